/*
 * decode_column.c - column definitions, constraints, defaults.
 *
 * What is written behind a column becomes either a property of it or a
 * constraint of the table: the same struct that a table constraint gives.
 */
#include "schema/decoder.h"

#include "facts/volatility.h"

static enum tl_volatility
call_volatility(struct decoder *d, const struct tl_node *n, struct tl_str *name)
{
    const PgQuery__FuncCall *f = TL_AS(FUNC_CALL, FuncCall, n);
    struct tl_name called = decode_names(d, f->funcname, f->n_funcname);
    enum tl_volatility v = volatility_of(called.name);

    *name = called.name;
    if (called.schema.n > 0) {
        *name = arena_printf(d->arena, "%.*s.%.*s", TL_FMT(called.schema),
                             TL_FMT(called.name));
        /* An extension's function in a schema of its own is still its own. */
        return v == TL_VOLATILE ? v : TL_VOLATILITY_UNKNOWN;
    }
    return v;
}

/* How much a volatility decides: volatile settles it, unknown comes next. */
static int weight(enum tl_volatility v)
{
    static const int weights[] = {
        [TL_VOLATILITY_UNKNOWN] = 3,
        [TL_IMMUTABLE] = 1,
        [TL_STABLE] = 2,
        [TL_VOLATILE] = 4,
    };

    return weights[v];
}

void decode_volatility(struct decoder *d, const struct tl_node *expr,
                       struct tl_column_def *def)
{
    def->default_volatility = TL_IMMUTABLE;
    def->volatile_call = TL_NONE;
    for (uint32_t i = tl_index(d->tree, expr); i < expr->end; i++) {
        const struct tl_node *n = &d->tree->nodes[i];
        enum tl_volatility v = TL_IMMUTABLE;
        struct tl_str name = TL_NONE;

        if (n->kind == TL_KIND(FUNC_CALL))
            v = call_volatility(d, n, &name);
        else if (n->kind == TL_KIND(SQLVALUE_FUNCTION))
            v = TL_STABLE;
        if (weight(v) <= weight(def->default_volatility))
            continue;
        def->default_volatility = v;
        def->volatile_call =
            v == TL_VOLATILE || v == TL_VOLATILITY_UNKNOWN ? name : TL_NONE;
    }
}

static bool constraint_kind(const PgQuery__Constraint *c,
                            enum tl_constraint_kind *kind)
{
    switch (c->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        *kind = TL_CHECK;
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        *kind = TL_PRIMARY_KEY;
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
        *kind = TL_UNIQUE;
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        *kind = TL_EXCLUDE;
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        *kind = TL_FOREIGN_KEY;
        return true;
    default:
        return false;
    }
}

/* EXCLUDE (a WITH =, b WITH &&): each item is a key and its operator. */
static void decode_exclusion(struct decoder *d, const struct tl_node *node,
                             const PgQuery__Constraint *c,
                             struct tl_constraint_def *def)
{
    size_t n = c->n_exclusions;
    PgQuery__Node **keys = ARENA_ARRAY(d->arena, PgQuery__Node *, n);
    size_t n_keys = 0;

    for (size_t i = 0; i < n; i++) {
        const PgQuery__Node *item = c->exclusions[i];

        if (item->node_case == TL_KIND(LIST) && item->list->n_items > 0)
            keys[n_keys++] = item->list->items[0];
    }
    def->index = decode_index_def(d, node, keys, n_keys, c->including,
                                  c->n_including, c->where_clause);
    def->index->method = c->access_method && *c->access_method
                             ? tl_str_c(c->access_method)
                             : TL_STR("btree");

    struct tl_str *columns =
        ARENA_ARRAY(d->arena, struct tl_str, def->index->n_keys);

    for (uint32_t i = 0; i < def->index->n_keys; i++)
        if (def->index->keys[i].column.n > 0)
            columns[def->n_columns++] = def->index->keys[i].column;
    def->columns = columns;
}

static uint32_t key_length(size_t n)
{
    return n < DECODE_MAX_KEYS ? (uint32_t)n : DECODE_MAX_KEYS;
}

static void decode_foreign(struct decoder *d, const PgQuery__Constraint *c,
                           struct tl_constraint_def *def)
{
    def->ref_table = decode_range(c->pktable);
    def->n_columns = key_length(c->n_fk_attrs);
    def->columns = decode_strings(d, c->fk_attrs, def->n_columns);
    def->n_ref_columns = key_length(c->n_pk_attrs);
    def->ref_columns = decode_strings(d, c->pk_attrs, def->n_ref_columns);
    def->on_delete =
        c->fk_del_action && *c->fk_del_action ? *c->fk_del_action : 'a';
}

struct tl_constraint_def decode_constraint(struct decoder *d,
                                           const struct tl_node *node)
{
    const PgQuery__Constraint *c = TL_AS(CONSTRAINT, Constraint, node);
    struct tl_constraint_def def = {
        .name = tl_str_c(c->conname),
        .using_index = tl_str_c(c->indexname),
        .not_valid = c->skip_validation,
        .deferrable = c->deferrable,
        .no_inherit = c->is_no_inherit,
        .nulls_not_distinct = c->nulls_not_distinct,
        .node = node,
    };

    (void)constraint_kind(c, &def.kind);
    if (def.kind == TL_FOREIGN_KEY) {
        decode_foreign(d, c, &def);
    } else if (def.kind == TL_CHECK) {
        def.check_node = tl_find_wrapped(d->tree, node, c->raw_expr);
        def.check = decode_expression(d, node, c->raw_expr);
        def.columns = decode_columns(d, node, &def.n_columns);
    } else if (def.kind == TL_EXCLUDE) {
        decode_exclusion(d, node, c, &def);
    } else {
        def.n_columns = key_length(c->n_keys);
        def.columns = decode_strings(d, c->keys, def.n_columns);
        def.n_include = key_length(c->n_including);
        def.include = decode_strings(d, c->including, def.n_include);
    }
    return def;
}

void decode_default(struct decoder *d, const struct tl_node *node,
                    const PgQuery__Node *expr, struct tl_column_def *def)
{
    const struct tl_node *found = tl_find_wrapped(d->tree, node, expr);

    /* DEFAULT NULL is no default. */
    if (!found ||
        (expr->node_case == TL_KIND(A_CONST) && expr->a_const->isnull))
        return;
    def->has_default = true;
    def->default_node = found;
    def->default_text = decode_expression(d, node, expr);
    decode_volatility(d, found, def);
}

static void column_property(struct decoder *d, const struct tl_node *node,
                            struct tl_column_def *def)
{
    const PgQuery__Constraint *c = TL_AS(CONSTRAINT, Constraint, node);

    switch (c->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        def->not_null = true;
        return;
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        decode_default(d, node, c->raw_expr, def);
        return;
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        def->identity = true;
        def->sequence = decode_sequence_name(d, c);
        def->not_null = true;
        return;
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        decode_default(d, node, c->raw_expr, def);
        def->generated_stored = true;
        def->has_default = false;
        return;
    default:
        return;
    }
}

void decode_push_constraint(struct decoder *d, struct tl_op *op,
                            const struct tl_constraint_def *def)
{
    /* Doubling an array in an arena: what it leaves behind goes with it. */
    if ((op->n_constraints & (op->n_constraints - 1)) == 0) {
        size_t cap = op->n_constraints ? (size_t)op->n_constraints * 2 : 1;
        struct tl_constraint_def *grown =
            ARENA_ARRAY(d->arena, struct tl_constraint_def, cap);

        if (op->n_constraints > 0)
            memcpy(grown, op->constraints, op->n_constraints * sizeof(*grown));
        op->constraints = grown;
    }
    op->constraints[op->n_constraints++] = *def;
}

static void hoist(struct decoder *d, struct tl_op *op,
                  const struct tl_node *node,
                  const struct tl_column_def *column, struct part place)
{
    struct tl_constraint_def def = decode_constraint(d, node);
    size_t at = node->location > 0 ? (size_t)node->location : place.start;

    if (def.kind != TL_CHECK) {
        struct tl_str *own = ARENA_NEW(d->arena, struct tl_str);

        *own = column->name;
        def.columns = own;
        def.n_columns = 1;
    }
    def.of_column = true;
    if (op->kind == TL_OP_CREATE_TABLE)
        def.not_valid = false;
    if (place.end > at && at >= op->span.start) {
        def.at = (uint32_t)(at - op->span.start);
        def.length = (uint32_t)(place.end - at);
    }
    decode_push_constraint(d, op, &def);
}

/* DEFERRABLE behind a column's constraint is a constraint of its own in the
   tree: it belongs to the one before. */
static void column_constraint(struct decoder *d, struct tl_op *op,
                              const struct tl_node *node,
                              struct tl_column_def *def, struct part place)
{
    const PgQuery__Constraint *c = TL_AS(CONSTRAINT, Constraint, node);
    enum tl_constraint_kind kind;

    if (constraint_kind(c, &kind)) {
        hoist(d, op, node, def, place);
        if (kind == TL_PRIMARY_KEY)
            def->not_null = true;
        return;
    }
    if ((ENUM_IS(c->contype, CONSTR_TYPE, CONSTR_ATTR_DEFERRABLE) ||
         ENUM_IS(c->contype, CONSTR_TYPE, CONSTR_ATTR_DEFERRED)) &&
        op->n_constraints > 0)
        op->constraints[op->n_constraints - 1].deferrable = true;
    column_property(d, node, def);
}

struct tl_column_def decode_column(struct decoder *d,
                                   const struct tl_node *node,
                                   struct part place, struct tl_op *op)
{
    const PgQuery__ColumnDef *c = TL_AS(COLUMN_DEF, ColumnDef, node);
    struct tl_column_def def = {
        .name = tl_str_c(c->colname),
        .not_null = c->is_not_null,
        .default_volatility = TL_IMMUTABLE,
        .node = node,
    };

    def.type = canon_type(c->type_name, d->arena, &def.serial);
    if (c->coll_clause)
        def.collation = decode_names(d, c->coll_clause->collname,
                                     c->coll_clause->n_collname)
                            .name;
    if (place.end > place.start && place.start >= op->span.start) {
        def.at = (uint32_t)(place.start - op->span.start);
        def.length = (uint32_t)(place.end - place.start);
    }
    TL_CHILDREN(d->tree, node, child)
        if (child->kind == TL_KIND(CONSTRAINT))
            column_constraint(d, op, child, &def, place);
    def.not_null = def.not_null || def.serial;
    return def;
}
