/*
 * decode_utility.c - transactions, settings, and what is left.
 */
#include "base/buf.h"
#include "schema/decoder.h"

static void transaction(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__TransactionStmt *s =
        TL_AS(TRANSACTION_STMT, TransactionStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_OTHER, node);

    op->name = tl_str_c(s->savepoint_name);
    op->chain = s->chain;
    switch (s->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
        op->kind = TL_OP_BEGIN;
        return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
        op->kind = TL_OP_COMMIT;
        return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
        op->kind = TL_OP_ROLLBACK;
        return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
        op->kind = TL_OP_ROLLBACK;
        op->value = TL_STR("to savepoint");
        return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
        op->kind = TL_OP_SAVEPOINT;
        return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
        op->kind = TL_OP_SAVEPOINT;
        op->value = TL_STR("release");
        return;
    default:
        return;
    }
}

static void set_values(struct decoder *d, const PgQuery__VariableSetStmt *s,
                       struct tl_op *op)
{
    bool path = tl_str_is(op->name, "search_path");
    struct buf all;

    buf_init(&all, 0);
    for (size_t i = 0; i < s->n_args; i++) {
        struct tl_str v = decode_constant(d, s->args[i]);

        if (path && v.n > 0)
            v = canon_quoted(v, d->arena);
        if (i == 0)
            op->value = v;
        if (all.n > 0)
            buf_puts(&all, ", ");
        buf_str(&all, v);
    }
    if (s->n_args > 1)
        op->value = arena_str(d->arena, buf_view(&all));
    buf_release(&all);
}

static void setting(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__VariableSetStmt *s =
        TL_AS(VARIABLE_SET_STMT, VariableSetStmt, node);
    bool reset = ENUM_IS(s->kind, VARIABLE_SET_KIND, VAR_RESET) ||
                 ENUM_IS(s->kind, VARIABLE_SET_KIND, VAR_RESET_ALL) ||
                 ENUM_IS(s->kind, VARIABLE_SET_KIND, VAR_SET_DEFAULT);
    struct tl_op *op = decode_op(d, reset ? TL_OP_RESET : TL_OP_SET, node);

    op->name = tl_str_c(s->name);
    op->local = s->is_local;
    set_values(d, s, op);
}

static void lock_tables(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__LockStmt *s = TL_AS(LOCK_STMT, LockStmt, node);

    for (size_t i = 0; i < s->n_relations; i++) {
        struct tl_op *op = decode_op(d, TL_OP_LOCK_TABLE, node);

        op->table = decode_object(d, s->relations[i]);
        op->one_of_many = s->n_relations > 1;
        op->lock_mode = s->mode >= 1 && s->mode <= TL_ACCESS_EXCLUSIVE
                            ? (enum tl_lock)s->mode
                            : TL_ACCESS_EXCLUSIVE;
        op->value = tl_str_c(tl_lock_name(op->lock_mode));
    }
}

static void do_block(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__DoStmt *s = TL_AS(DO_STMT, DoStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_DO, node);

    for (size_t i = 0; i < s->n_args; i++)
        if (s->args[i]->node_case == TL_KIND(DEF_ELEM) &&
            tl_str_is(tl_str_c(s->args[i]->def_elem->defname), "as"))
            op->value = decode_string(s->args[i]->def_elem->arg);
}

/* Statements that lock a table but leave the schema as it is. */
static void other(struct decoder *d, const struct tl_node *node,
                  struct tl_name table, const char *words)
{
    struct tl_op *op = decode_op(d, TL_OP_OTHER, node);

    op->table = table;
    op->value = tl_str_c(words);
}

static void comment(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__CommentStmt *s = TL_AS(COMMENT_STMT, CommentStmt, node);
    struct tl_name table = {TL_NONE, TL_NONE};
    const PgQuery__Node *o = s->object;

    if (ENUM_IS(s->objtype, OBJECT_TYPE, OBJECT_TABLE))
        table = decode_object(d, o);
    else if (ENUM_IS(s->objtype, OBJECT_TYPE, OBJECT_COLUMN) && o &&
             o->node_case == TL_KIND(LIST) && o->list->n_items > 1)
        table = decode_names(d, o->list->items, o->list->n_items - 1);
    other(d, node, table, "comment");
}

static void trigger(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__CreateTrigStmt *s =
        TL_AS(CREATE_TRIG_STMT, CreateTrigStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_CREATE_TRIGGER, node);

    op->table = decode_range(s->relation);
    op->name = tl_str_c(s->trigname);
    op->or_replace = s->replace;
}

static void policy(struct decoder *d, const struct tl_node *node,
                   const PgQuery__RangeVar *r, const char *name,
                   const char *what)
{
    struct tl_op *op = decode_op(d, TL_OP_POLICY, node);

    op->table = decode_range(r);
    op->name = tl_str_c(name);
    op->value = tl_str_c(what);
}

static const PgQuery__RangeVar *published(const PgQuery__Node *n)
{
    if (n->node_case != TL_KIND(PUBLICATION_OBJ_SPEC) ||
        !n->publication_obj_spec->pubtable)
        return NULL;
    return n->publication_obj_spec->pubtable->relation;
}

/* One op for each table that a publication names. */
static void publication(struct decoder *d, const struct tl_node *node,
                        PgQuery__Node *const *objects, size_t n)
{
    size_t first = d->ops.n;

    for (size_t i = 0; i < n; i++) {
        const PgQuery__RangeVar *r = published(objects[i]);

        if (r)
            other(d, node, decode_range(r), "publication");
    }
    if (d->ops.n == first)
        decode_op(d, TL_OP_OTHER, node);
    for (size_t i = first; i < d->ops.n; i++)
        d->ops.v[i].one_of_many = d->ops.n - first > 1;
}

static bool utility_table(struct decoder *d, const struct tl_node *node)
{
    switch (node->kind) {
    case TL_KIND(CREATE_TRIG_STMT):
        trigger(d, node);
        return true;
    case TL_KIND(CREATE_POLICY_STMT): {
        const PgQuery__CreatePolicyStmt *s =
            TL_AS(CREATE_POLICY_STMT, CreatePolicyStmt, node);

        policy(d, node, s->table, s->policy_name, "create");
        return true;
    }
    case TL_KIND(ALTER_POLICY_STMT): {
        const PgQuery__AlterPolicyStmt *s =
            TL_AS(ALTER_POLICY_STMT, AlterPolicyStmt, node);

        policy(d, node, s->table, s->policy_name, "alter");
        return true;
    }
    case TL_KIND(RULE_STMT):
        other(d, node, decode_range(TL_AS(RULE_STMT, RuleStmt, node)->relation),
              "create rule");
        return true;
    case TL_KIND(CREATE_STATS_STMT): {
        const PgQuery__CreateStatsStmt *s =
            TL_AS(CREATE_STATS_STMT, CreateStatsStmt, node);

        other(d, node,
              decode_object(d, s->n_relations ? s->relations[0] : NULL),
              "create statistics");
        return true;
    }
    case TL_KIND(COMMENT_STMT):
        comment(d, node);
        return true;
    case TL_KIND(CREATE_PUBLICATION_STMT): {
        const PgQuery__CreatePublicationStmt *s =
            TL_AS(CREATE_PUBLICATION_STMT, CreatePublicationStmt, node);

        publication(d, node, s->pubobjects, s->n_pubobjects);
        return true;
    }
    case TL_KIND(ALTER_PUBLICATION_STMT): {
        const PgQuery__AlterPublicationStmt *s =
            TL_AS(ALTER_PUBLICATION_STMT, AlterPublicationStmt, node);

        publication(d, node, s->pubobjects, s->n_pubobjects);
        return true;
    }
    default:
        return false;
    }
}

/* EXPLAIN ANALYZE runs what it explains. */
static bool explained(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__ExplainStmt *s = TL_AS(EXPLAIN_STMT, ExplainStmt, node);

    for (size_t i = 0; i < s->n_options; i++) {
        const PgQuery__Node *o = s->options[i];

        if (o->node_case != TL_KIND(DEF_ELEM) ||
            !tl_str_is(tl_str_c(o->def_elem->defname), "analyze"))
            continue;

        const struct tl_node *query = tl_find_wrapped(d->tree, node, s->query);

        if (query)
            decode_nested(d, query);
        return query != NULL;
    }
    return false;
}

bool decode_utility(struct decoder *d, const struct tl_node *node)
{
    if (decode_rows(d, node) || utility_table(d, node))
        return true;
    switch (node->kind) {
    case TL_KIND(LOCK_STMT):
        lock_tables(d, node);
        return true;
    case TL_KIND(TRANSACTION_STMT):
        transaction(d, node);
        return true;
    case TL_KIND(VARIABLE_SET_STMT):
        setting(d, node);
        return true;
    case TL_KIND(DISCARD_STMT):
        decode_op(d, TL_OP_RESET, node);
        return true;
    case TL_KIND(DO_STMT):
        do_block(d, node);
        return true;
    case TL_KIND(EXPLAIN_STMT):
        return explained(d, node);
    case TL_KIND(CREATE_EXTENSION_STMT): {
        const PgQuery__CreateExtensionStmt *s =
            TL_AS(CREATE_EXTENSION_STMT, CreateExtensionStmt, node);
        struct tl_op *op = decode_op(d, TL_OP_CREATE_EXTENSION, node);

        op->name = tl_str_c(s->extname);
        op->if_not_exists = s->if_not_exists;
        return true;
    }
    case TL_KIND(CREATEDB_STMT):
        decode_op(d, TL_OP_DATABASE, node)->value = TL_STR("create");
        vec_last(&d->ops)->name =
            tl_str_c(TL_AS(CREATEDB_STMT, CreatedbStmt, node)->dbname);
        return true;
    case TL_KIND(DROPDB_STMT):
        decode_op(d, TL_OP_DATABASE, node)->value = TL_STR("drop");
        vec_last(&d->ops)->name =
            tl_str_c(TL_AS(DROPDB_STMT, DropdbStmt, node)->dbname);
        return true;
    case TL_KIND(ALTER_SYSTEM_STMT):
        decode_op(d, TL_OP_SYSTEM, node);
        return true;
    case TL_KIND(CREATE_TABLE_SPACE_STMT):
    case TL_KIND(DROP_TABLE_SPACE_STMT):
    case TL_KIND(CREATE_SUBSCRIPTION_STMT):
        other(d, node, (struct tl_name){TL_NONE, TL_NONE},
              "not in a transaction");
        return true;
    default:
        return false;
    }
}
