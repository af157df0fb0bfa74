/*
 * or-across-columns - an OR whose sides are looked up in different places.
 *
 * PostgreSQL joins what several indexes of one table find, but only when each
 * side has one. It joins nothing of two tables: the OR is asked of every row
 * of their join.
 *
 * Only of lookups by = on both sides. Where one side is a range, a flag or a
 * status, many rows are meant, and no index would help.
 */
#include <tusklint/rule.h>

#define ARMS 8

/* One side of the OR, and the test in it that an index finds rows by. */
struct arm {
    const struct tl_predicate *lookup;
    const struct tl_index *index; /* that serves it; NULL: none does */
    bool unsure;                  /* ... but one has a column of it */
};

static bool is_field(const struct tl_node *parent, const struct tl_node *n,
                     const char *name)
{
    return strcmp(parent->msg->descriptor->fields[n->field].name, name) == 0;
}

/* Does the whole WHERE or ON hold only where this holds? */
static bool is_conjunct(const struct tl_tree *t, const struct tl_node *n)
{
    const struct tl_node *parent = tl_parent(t, n);

    while (parent && parent->kind == TL_KIND(BOOL_EXPR) &&
           TL_AS(BOOL_EXPR, BoolExpr, parent)->boolop ==
               PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        n = parent;
        parent = tl_parent(t, n);
    }
    return parent && (is_field(parent, n, "where_clause") ||
                      is_field(parent, n, "quals"));
}

static bool is_outer_value(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_tree *t = tl_tree(ctx);

    TL_EACH(t, p->value, TL_KIND(COLUMN_REF), it) {
        struct tl_column_ref ref;

        if (tl_resolve_column(ctx, it, &ref) && ref.range && p->select &&
            !tl_inside(t, p->select, ref.range))
            return true;
    }
    return false;
}

static bool is_served_op(struct tl_str op)
{
    return tl_str_is(op, "=") || tl_str_is(op, "in") || tl_str_is(op, "any") ||
           tl_str_is(op, "<") || tl_str_is(op, ">") || tl_str_is(op, "<=") ||
           tl_str_is(op, ">=") || tl_str_is(op, "between") ||
           tl_str_is(op, "is null") || tl_str_is(op, "is true");
}

/* A value to look up: of a row at hand, not of the tables joined here. */
static bool has_value(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    return p->wrap == TL_WRAP_NONE && !p->negated && p->value &&
           p->value_is_constant &&
           (!p->value_is_joined || is_outer_value(ctx, p));
}

static bool is_lookup(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_column *c = p->ref.definition;

    return has_value(ctx, p) && p->ref.origin == TL_FROM_TABLE && c &&
           !c->type.dimensions &&
           (tl_str_is(p->op, "=") || tl_str_is(p->op, "in") ||
            tl_str_is(p->op, "any"));
}

/* The index that leads with the column, best one that is not partial. */
static const struct tl_index *index_led(struct tl_ctx *ctx,
                                        const struct tl_predicate *p)
{
    const struct tl_index *found = NULL;

    if (!p->ref.relation)
        return NULL;
    TL_EACH_INDEX(tl_after(ctx), p->ref.relation, x)
        if (x->n_keys && tl_str_eq(x->keys[0].column, p->ref.column) &&
            (!found || found->predicate.n))
            found = x;
    return found;
}

/* Behind others, or in a partial one: it may serve, if badly. */
static bool is_indexed(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    if (!p->ref.relation)
        return false;
    TL_EACH_INDEX(tl_after(ctx), p->ref.relation, x)
        for (uint32_t k = 0; k < x->n_keys; k++)
            if (tl_str_eq(x->keys[k].column, p->ref.column))
                return true;
    return false;
}

static bool is_parameter(const struct tl_tree *t, const struct tl_node *value)
{
    if (value->kind == TL_KIND(TYPE_CAST))
        value =
            tl_find_wrapped(t, value, TL_AS(TYPE_CAST, TypeCast, value)->arg);
    if (!value || value->kind == TL_KIND(PARAM_REF))
        return value != NULL;
    if (value->kind != TL_KIND(LIST))
        return false;
    TL_CHILDREN(t, value, item)
        if (item->kind != TL_KIND(PARAM_REF))
            return false;
    return true;
}

/* Its value tells few rows from many: not one of a handful of words. */
static bool is_selective(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_type *type = &p->ref.definition->type;

    if (tl_type_is(type, "uuid") || tl_type_is(type, "int8") ||
        tl_type_is(type, "int4"))
        return true;
    return (tl_type_is(type, "text") || tl_type_is(type, "varchar")) &&
           is_parameter(tl_tree(ctx), p->value);
}

/* What a subquery on a side filters by is its own. */
static const struct tl_node *query_of(const struct tl_tree *t,
                                      const struct tl_node *n)
{
    while (n && n->kind != TL_KIND(SELECT_STMT) &&
           n->kind != TL_KIND(UPDATE_STMT) && n->kind != TL_KIND(DELETE_STMT) &&
           n->kind != TL_KIND(MERGE_STMT))
        n = tl_parent(t, n);
    return n;
}

/* False: nothing can be said of this side. */
static bool read_arm(struct tl_ctx *ctx, const struct tl_node *side,
                     struct arm *arm)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);
    const struct tl_node *query = query_of(tl_tree(ctx), side);

    *arm = (struct arm){0};
    for (uint32_t i = 0; i < n; i++) {
        const struct tl_predicate *p = &all[i];

        if (p->select != query || !tl_inside(tl_tree(ctx), side, p->expr))
            continue;
        const struct tl_index *x = index_led(ctx, p);
        arm->unsure = arm->unsure || is_indexed(ctx, p);
        if (!is_lookup(ctx, p) || arm->index)
            continue;
        arm->index = x && !x->predicate.n ? x : NULL;
        if (!arm->lookup || arm->index)
            arm->lookup = p;
    }
    return arm->lookup && (arm->index || !arm->unsure);
}

/* A condition with a value, or without one (IS NULL), that may find rows by
   itself. */
static bool narrows(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    if (p->under_or || p->negated)
        return false;
    if (p->ref.origin != TL_FROM_TABLE || !p->ref.relation)
        return true;
    if (p->wrap != TL_WRAP_NONE)
        return p->value_is_constant && !p->value_is_joined;
    return is_served_op(p->op) && (!p->value || has_value(ctx, p)) &&
           index_led(ctx, p);
}

/* Another condition finds the rows of one of the query's tables, or one of
   them is no table and may have few. */
static bool is_narrowed(struct tl_ctx *ctx, const struct tl_predicate *mine)
{
    const struct tl_tree *t = tl_tree(ctx);
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    for (uint32_t i = 0; i < n; i++)
        if (all[i].select == mine->select &&
            all[i].conjunct != mine->conjunct && narrows(ctx, &all[i]))
            return true;
    TL_EACH(t, mine->select, TL_KIND(RANGE_SUBSELECT), it)
        return true;
    TL_EACH(t, mine->select, TL_KIND(RANGE_FUNCTION), it)
        return true;
    return false;
}

static bool is_table(const struct tl_predicate *p)
{
    const struct tl_relation *r = p->ref.relation;

    return !r->incomplete && !r->uncertain && !r->temporary &&
           (r->kind == TL_TABLE || r->kind == TL_PARTITIONED_TABLE ||
            r->kind == TL_MATVIEW);
}

static struct tl_str column_text(struct tl_ctx *ctx,
                                 const struct tl_predicate *p)
{
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_str column = tl_quoted(ctx, p->ref.column);

    return tl_printf(ctx, "%.*s.%.*s", TL_FMT(table), TL_FMT(column));
}

/* One table: the side without an index spoils that of the others. */
static void report_column(struct tl_ctx *ctx, const struct tl_node *node,
                          const struct arm *served, const struct arm *unserved)
{
    const struct tl_predicate *p = unserved->lookup;
    struct tl_str name = tl_quoted(ctx, served->index->name.name);
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_str table = tl_full_name_text(ctx, p->ref.table);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, node),
        "No index has %.*s, so %.*s is of no use to the other side of the OR: "
        "all of %.*s is read.",
        TL_FMT(column), TL_FMT(name), TL_FMT(tl_name_text(ctx, p->ref.table)));

    tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, p->ref.table, p->ref.column);
    tl_related(ctx, f, served->index->row.made, "%.*s is made here",
               TL_FMT(name));
    tl_help(ctx, f,
            "With an index for each side PostgreSQL joins what they find: "
            "CREATE INDEX CONCURRENTLY ON %.*s (%.*s);",
            TL_FMT(table), TL_FMT(column));
}

static void report_tables(struct tl_ctx *ctx, const struct tl_node *node,
                          const struct arm *a, const struct arm *b)
{
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, node),
        "An OR across two tables is asked of every row of their join: the "
        "indexes on %.*s and %.*s cannot be used together.",
        TL_FMT(column_text(ctx, a->lookup)),
        TL_FMT(column_text(ctx, b->lookup)));

    tl_object(ctx, f, a->lookup->ref.table, a->lookup->ref.column);
    tl_help(ctx, f,
            "Make it two queries, one for each side, and put UNION between "
            "them; select a key, since UNION drops equal rows.");
}

/* Do both sides look rows up, and would nothing else? */
static void judge(struct tl_ctx *ctx, const struct tl_node *node,
                  const struct arm *a, const struct arm *b)
{
    if (a->lookup->ref.range == b->lookup->ref.range) {
        if (!a->index == !b->index)
            return;
        const struct arm *served = a->index ? a : b;
        const struct arm *unserved = a->index ? b : a;

        if (tl_filter_matters(ctx, served->lookup, NULL) == TL_WARNING &&
            is_selective(ctx, unserved->lookup))
            report_column(ctx, node, served, unserved);
    } else if (a->index && b->index && is_table(a->lookup) &&
               is_table(b->lookup) && !is_narrowed(ctx, a->lookup)) {
        report_tables(ctx, node, a, b);
    }
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const struct tl_tree *t = tl_tree(ctx);
    const PgQuery__BoolExpr *e = TL_AS(BOOL_EXPR, BoolExpr, node);
    struct arm arms[ARMS];
    uint32_t n = 0;

    if (e->boolop != PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR || e->n_args > ARMS ||
        !is_conjunct(t, node))
        return;
    TL_CHILDREN(t, node, side)
        if (!read_arm(ctx, side, &arms[n++]))
            return;
    /* The first side against the first that differs: one finding an OR. */
    for (uint32_t i = 1; i < n; i++) {
        const struct arm *a = &arms[0];
        const struct arm *b = &arms[i];

        if (a->lookup->ref.range == b->lookup->ref.range &&
            !a->index == !b->index)
            continue;
        judge(ctx, node, a, b);
        return;
    }
}

TL_RULE(or_across_columns) = {
    .id = "TL308",
    .name = "or-across-columns",
    .summary = "an OR of which one side has no index, or that spans two tables",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("or-across-tables"),
    .nodes = TL_ON(TL_KIND(BOOL_EXPR)),
    .on_node = check,
};
