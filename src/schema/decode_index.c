/*
 * decode_index.c - CREATE INDEX and REINDEX.
 */
#include "schema/decoder.h"

#include <strings.h>

#define NAME_BYTES 63

/* PostgreSQL makes no expression of a column in parentheses, and of a COLLATE
   behind it the key's collation. */
static void bare_column(struct decoder *d, const PgQuery__Node *expr,
                        struct tl_index_key *key)
{
    struct tl_str collation = key->collation;

    if (expr && expr->node_case == TL_KIND(COLLATE_CLAUSE)) {
        const PgQuery__CollateClause *c = expr->collate_clause;

        collation = decode_names(d, c->collname, c->n_collname).name;
        expr = c->arg;
    }
    if (!expr || expr->node_case != TL_KIND(COLUMN_REF))
        return;

    const PgQuery__ColumnRef *ref = expr->column_ref;

    key->column = ref->n_fields > 0
                      ? decode_string(ref->fields[ref->n_fields - 1])
                      : TL_NONE;
    if (key->column.n > 0)
        key->collation = collation;
}

static struct tl_index_key decode_key(struct decoder *d,
                                      const struct tl_node *top,
                                      const PgQuery__IndexElem *e)
{
    struct tl_index_key key = {
        .column = tl_str_c(e->name),
        .desc = ENUM_IS(e->ordering, SORT_BY_DIR, SORTBY_DESC),
    };

    key.collation = decode_names(d, e->collation, e->n_collation).name;
    if (e->expr)
        bare_column(d, e->expr, &key);
    if (key.column.n == 0 && e->expr)
        key.expression = decode_expression(d, top, e->expr);
    key.opclass = decode_names(d, e->opclass, e->n_opclass).name;
    key.nulls_first =
        ENUM_IS(e->nulls_ordering, SORT_BY_NULLS, SORTBY_NULLS_FIRST) ||
        (key.desc &&
         !ENUM_IS(e->nulls_ordering, SORT_BY_NULLS, SORTBY_NULLS_LAST));
    return key;
}

struct key_names {
    struct tl_str *names;
    size_t n;
};

static bool is_taken(const struct key_names *k, struct tl_str name)
{
    for (size_t i = 0; i < k->n; i++)
        if (tl_str_eq(k->names[i], name))
            return true;
    return false;
}

/* Each column of an index has a name of its own; a second one that would be
   called the same gets a number. */
static void add_key_name(struct decoder *d, struct key_names *k,
                         const PgQuery__Node *n)
{
    if (n->node_case != TL_KIND(INDEX_ELEM))
        return;

    const PgQuery__IndexElem *e = n->index_elem;
    struct tl_str base =
        e->name && *e->name ? tl_str_c(e->name) : decode_figure_name(e->expr);
    struct tl_str name = base.n > 0 ? base : TL_STR("expr");

    base = name;
    for (unsigned i = 1; is_taken(k, name) && i < 1000; i++)
        name = arena_printf(d->arena, "%.*s%u", TL_FMT(base), i);
    k->names[k->n++] = name;
}

static struct tl_str name_part(struct decoder *d, const struct key_names *k)
{
    struct tl_str part = TL_NONE;

    for (size_t i = 0; i < k->n && part.n <= NAME_BYTES; i++)
        part = part.n == 0 ? k->names[i]
                           : arena_printf(d->arena, "%.*s_%.*s", TL_FMT(part),
                                          TL_FMT(k->names[i]));
    return part;
}

/* Columns that the index depends on beside its keys: a plain key has no
   ColumnRef in the tree, so every one that is met stands in an expression. */
static void used_columns(struct decoder *d, const struct tl_node *top,
                         struct tl_index_def *def)
{
    def->used = decode_columns(d, top, &def->n_used);
}

struct tl_index_def *decode_index_def(struct decoder *d,
                                      const struct tl_node *top,
                                      PgQuery__Node *const *keys, size_t n_keys,
                                      PgQuery__Node *const *include,
                                      size_t n_include,
                                      const PgQuery__Node *predicate)
{
    struct tl_index_def *def = ARENA_NEW(d->arena, struct tl_index_def);

    n_keys = n_keys < DECODE_MAX_KEYS ? n_keys : DECODE_MAX_KEYS;
    n_include = n_include < DECODE_MAX_KEYS ? n_include : DECODE_MAX_KEYS;

    struct tl_index_key *k = ARENA_ARRAY(d->arena, struct tl_index_key, n_keys);
    struct tl_str *inc = ARENA_ARRAY(d->arena, struct tl_str, n_include);
    struct key_names names = {
        ARENA_ARRAY(d->arena, struct tl_str, n_keys + n_include), 0};

    for (size_t i = 0; i < n_keys; i++) {
        if (keys[i]->node_case != TL_KIND(INDEX_ELEM))
            continue;
        k[def->n_keys++] = decode_key(d, top, keys[i]->index_elem);
        add_key_name(d, &names, keys[i]);
    }
    for (size_t i = 0; i < n_include; i++) {
        if (include[i]->node_case != TL_KIND(INDEX_ELEM))
            continue;
        inc[def->n_include++] = tl_str_c(include[i]->index_elem->name);
        add_key_name(d, &names, include[i]);
    }
    def->keys = k;
    def->include = inc;
    def->name_part = name_part(d, &names);
    if (predicate)
        def->predicate = decode_expression(d, top, predicate);
    used_columns(d, top, def);
    return def;
}

static void create_index(struct decoder *d, const struct tl_node *node)
{
    static const char *const word[] = {"index", NULL};
    const PgQuery__IndexStmt *s = TL_AS(INDEX_STMT, IndexStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_CREATE_INDEX, node);

    op->table = decode_range(s->relation);
    op->name = tl_str_c(s->idxname);
    op->concurrently = s->concurrent;
    op->if_not_exists = s->if_not_exists;
    op->relation_kind = TL_INDEX;
    op->keyword_end = decode_word_end(d->text, word);
    op->index = decode_index_def(d, node, s->index_params, s->n_index_params,
                                 s->index_including_params,
                                 s->n_index_including_params, s->where_clause);
    op->index->name = op->name;
    op->index->method = s->access_method && *s->access_method
                            ? tl_str_c(s->access_method)
                            : TL_STR("btree");
    op->index->unique = s->unique;
    op->index->nulls_not_distinct = s->nulls_not_distinct;
    op->index->only = s->relation && !s->relation->inh;
}

static bool means_false(const PgQuery__Node *arg)
{
    struct tl_str value = decode_string(arg);

    return (value.n == 3 && strncasecmp(value.p, "off", 3) == 0) ||
           (value.n == 5 && strncasecmp(value.p, "false", 5) == 0) ||
           (arg->node_case == TL_KIND(INTEGER) && arg->integer->ival == 0);
}

/* Of an option given twice the server takes the last. */
static bool has_option(PgQuery__Node *const *list, size_t n, const char *name)
{
    bool on = false;

    for (size_t i = 0; i < n; i++) {
        const PgQuery__DefElem *e =
            list[i]->node_case == TL_KIND(DEF_ELEM) ? list[i]->def_elem : NULL;

        if (e && tl_str_is(tl_str_c(e->defname), name))
            on = !e->arg || !means_false(e->arg);
    }
    return on;
}

static void reindex(struct decoder *d, const struct tl_node *node)
{
    static const char *const words[] = {"index",  "table",    "schema",
                                        "system", "database", NULL};
    static const char *const values[] = {"",       "index",  "table",
                                         "schema", "system", "database"};
    const PgQuery__ReindexStmt *s = TL_AS(REINDEX_STMT, ReindexStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_REINDEX, node);

    op->table = decode_range(s->relation);
    op->name = s->relation ? op->table.name : tl_str_c(s->name);
    op->value = (size_t)s->kind < sizeof(values) / sizeof(*values)
                    ? tl_str_c(values[s->kind])
                    : TL_NONE;
    op->concurrently = has_option(s->params, s->n_params, "concurrently");
    op->relation_kind = tl_str_is(op->value, "index") ? TL_INDEX : TL_TABLE;
    op->keyword_end = decode_word_end(d->text, words);
}

static void refresh(struct decoder *d, const struct tl_node *node)
{
    static const char *const word[] = {"view", NULL};
    const PgQuery__RefreshMatViewStmt *s =
        TL_AS(REFRESH_MAT_VIEW_STMT, RefreshMatViewStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_REFRESH_MATVIEW, node);

    op->table = decode_range(s->relation);
    op->concurrently = s->concurrent;
    op->with_data = !s->skip_data;
    op->relation_kind = TL_MATVIEW;
    op->keyword_end = decode_word_end(d->text, word);
}

static void vacuum(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__VacuumStmt *s = TL_AS(VACUUM_STMT, VacuumStmt, node);
    bool full = has_option(s->options, s->n_options, "full");

    for (size_t i = 0; i < s->n_rels || i == 0; i++) {
        struct tl_op *op = decode_op(d, TL_OP_VACUUM, node);

        op->full = full;
        op->value = s->is_vacuumcmd ? TL_STR("vacuum") : TL_STR("analyze");
        op->one_of_many = s->n_rels > 1;
        if (i < s->n_rels && s->rels[i]->node_case == TL_KIND(VACUUM_RELATION))
            op->table = decode_range(s->rels[i]->vacuum_relation->relation);
    }
}

bool decode_index(struct decoder *d, const struct tl_node *node)
{
    switch (node->kind) {
    case TL_KIND(INDEX_STMT):
        create_index(d, node);
        return true;
    case TL_KIND(REINDEX_STMT):
        reindex(d, node);
        return true;
    case TL_KIND(REFRESH_MAT_VIEW_STMT):
        refresh(d, node);
        return true;
    case TL_KIND(VACUUM_STMT):
        vacuum(d, node);
        return true;
    case TL_KIND(CLUSTER_STMT): {
        const PgQuery__ClusterStmt *s = TL_AS(CLUSTER_STMT, ClusterStmt, node);
        struct tl_op *op = decode_op(d, TL_OP_CLUSTER, node);

        op->table = decode_range(s->relation);
        op->name = tl_str_c(s->indexname);
        return true;
    }
    default:
        return false;
    }
}
