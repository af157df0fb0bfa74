/*
 * distinct-with-join - rows are multiplied by a join and made distinct again.
 *
 * Only where DISTINCT can have no other purpose: everything selected is of one
 * table, a key of it among that, and another table joined to it has many rows
 * for each of its rows.
 */
#include <tusklint/rule.h>

#define RANGES 12

/* A table of the FROM. */
struct range {
    const struct tl_node *node; /* RangeVar */
    const struct tl_relation *relation;
    struct tl_str alias;
    bool single; /* one row of it for each of the table shown */
};

struct query {
    const struct tl_node *select;
    const PgQuery__SelectStmt *stmt;
    struct range ranges[RANGES];
    uint32_t n;
    const struct range *shown; /* the one that all of the output is of */
};

static bool is_table(const struct tl_column_ref *ref)
{
    const struct tl_relation *r = ref->relation;

    return ref->origin == TL_FROM_TABLE && r && !r->incomplete &&
           !r->uncertain &&
           (r->kind == TL_TABLE || r->kind == TL_PARTITIONED_TABLE);
}

/* What a table of the FROM is, by the conditions on it; false: none is known,
   or it is none. */
static bool read_range(struct tl_ctx *ctx, const struct tl_node *node,
                       struct range *out)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    for (uint32_t i = 0; i < n; i++) {
        if (all[i].ref.range != node)
            continue;
        *out = (struct range){.node = node,
                              .relation = all[i].ref.relation,
                              .alias = all[i].ref.alias};
        return is_table(&all[i].ref);
    }
    return false;
}

/* Tables and joins of tables, nothing else. */
static bool read_from(struct tl_ctx *ctx, struct query *q)
{
    const struct tl_tree *t = tl_tree(ctx);

    for (size_t i = 0; i < q->stmt->n_from_clause; i++) {
        const struct tl_node *from =
            tl_find_wrapped(t, q->select, q->stmt->from_clause[i]);

        if (!from || (from->kind != TL_KIND(RANGE_VAR) &&
                      from->kind != TL_KIND(JOIN_EXPR)))
            return false;
        TL_EACH(t, from, TL_KIND(RANGE_SUBSELECT), it)
            return false;
        TL_EACH(t, from, TL_KIND(RANGE_FUNCTION), it)
            return false;
        TL_EACH(t, from, TL_KIND(RANGE_VAR), it) {
            if (tl_ancestor(t, it, TL_KIND(SELECT_STMT)) != q->select)
                continue;
            if (q->n == RANGES || !read_range(ctx, it, &q->ranges[q->n]))
                return false;
            q->n++;
        }
    }
    return q->n > 1;
}

static const struct range *range_of(const struct query *q,
                                    const struct tl_node *node)
{
    for (uint32_t i = 0; i < q->n; i++)
        if (q->ranges[i].node == node)
            return &q->ranges[i];
    return NULL;
}

static bool is_star(const PgQuery__ColumnRef *c)
{
    return c->n_fields &&
           c->fields[c->n_fields - 1]->node_case == TL_KIND(A_STAR);
}

/* "g" of g.*; NULL of * and schema.g.* */
static const struct range *range_of_star(const struct query *q,
                                         const PgQuery__ColumnRef *c)
{
    if (c->n_fields != 2 || c->fields[0]->node_case != TL_KIND(STRING))
        return NULL;
    for (uint32_t i = 0; i < q->n; i++)
        if (tl_str_is(q->ranges[i].alias, c->fields[0]->string->sval))
            return &q->ranges[i];
    return NULL;
}

/* The one table that all output columns are of; NULL when there is more to it,
   and for calls, which may do anything. */
static const struct range *shown_range(struct tl_ctx *ctx,
                                       const struct query *q)
{
    const struct tl_tree *t = tl_tree(ctx);
    const struct range *shown = NULL;

    for (size_t i = 0; i < q->stmt->n_target_list; i++) {
        const PgQuery__Node *target = q->stmt->target_list[i];
        struct tl_column_ref ref;

        if (target->node_case != TL_KIND(RES_TARGET))
            return NULL;
        const struct tl_node *v =
            tl_find_wrapped(t, q->select, target->res_target->val);
        if (!v || v->kind != TL_KIND(COLUMN_REF))
            return NULL;
        const PgQuery__ColumnRef *c = TL_AS(COLUMN_REF, ColumnRef, v);
        const struct range *r = is_star(c) ? range_of_star(q, c)
                                : tl_resolve_column(ctx, v, &ref)
                                    ? range_of(q, ref.range)
                                    : NULL;
        if (!r || (shown && r != shown))
            return NULL;
        shown = r;
    }
    return shown;
}

static bool is_shown(const struct query *q, struct tl_str column)
{
    for (size_t i = 0; i < q->stmt->n_target_list; i++) {
        const PgQuery__ColumnRef *c =
            q->stmt->target_list[i]->res_target->val->column_ref;

        if (is_star(c) ||
            tl_str_is(column, c->fields[c->n_fields - 1]->string->sval))
            return true;
    }
    return false;
}

/* Without the joins, no two rows of the output could be equal. */
static bool shows_key(struct tl_ctx *ctx, const struct query *q)
{
    struct tl_schema s = tl_after(ctx);
    const struct tl_relation *r = q->shown->relation;

    TL_EACH_INDEX(s, r, x) {
        bool whole = x->unique && !x->predicate.n && x->n_keys > 0;

        for (uint32_t k = 0; whole && k < x->n_keys; k++)
            whole = x->keys[k].column.n && is_shown(q, x->keys[k].column) &&
                    tl_column_is_not_null(s, r, x->keys[k].column) == TL_YES;
        if (whole)
            return true;
    }
    return false;
}

/* ---- the table that multiplies ---- */

static bool is_equality(const struct tl_predicate *p, const struct query *q,
                        const struct range *r)
{
    return p->select == q->select && p->ref.range == r->node && !p->under_or &&
           !p->negated && p->wrap == TL_WRAP_NONE && p->value_is_constant &&
           tl_str_is(p->op, "=");
}

/* Is a column's value one that a row of the table shown decides? */
static bool is_given(struct tl_ctx *ctx, const struct query *q,
                     const struct range *r, struct tl_str column)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    for (uint32_t i = 0; i < n; i++) {
        const struct tl_predicate *p = &all[i];
        struct tl_column_ref of;

        if (!is_equality(p, q, r) || !tl_str_eq(p->ref.column, column))
            continue;
        if (!p->value_is_joined)
            return true;
        const struct range *from =
            p->value_is_column && tl_resolve_column(ctx, p->value, &of)
                ? range_of(q, of.range)
                : NULL;
        /* Of an expression or of a query around this one. */
        if (!from || from->single)
            return true;
    }
    return false;
}

static bool gives_one_row(struct tl_ctx *ctx, const struct query *q,
                          const struct range *r)
{
    TL_EACH_INDEX(tl_after(ctx), r->relation, x) {
        bool whole = x->unique && x->n_keys > 0;

        for (uint32_t k = 0; whole && k < x->n_keys; k++)
            whole =
                x->keys[k].column.n && is_given(ctx, q, r, x->keys[k].column);
        if (whole)
            return true;
    }
    return false;
}

/* What is single makes others single that are joined to it by their key. */
static void find_single(struct tl_ctx *ctx, struct query *q)
{
    bool more = true;

    while (more) {
        more = false;
        for (uint32_t i = 0; i < q->n; i++) {
            struct range *r = &q->ranges[i];

            if (r->single || (r != q->shown && !gives_one_row(ctx, q, r)))
                continue;
            r->single = true;
            more = true;
        }
    }
}

/* Is it joined to the table shown, by plain columns, and in no OR, which
   EXISTS would make worse? */
static bool is_joined(struct tl_ctx *ctx, const struct query *q,
                      const struct range *r)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);
    bool joined = false;

    for (uint32_t i = 0; i < n; i++) {
        const struct tl_predicate *p = &all[i];
        struct tl_column_ref other;

        if (p->ref.range != r->node || p->select != q->select)
            continue;
        if (p->under_or)
            return false;
        joined = joined || (is_equality(p, q, r) && p->value_is_column &&
                            tl_resolve_column(ctx, p->value, &other) &&
                            other.range == q->shown->node);
    }
    return joined;
}

static bool is_plain_distinct(const PgQuery__SelectStmt *s)
{
    return s->n_distinct_clause == 1 &&
           s->distinct_clause[0]->node_case == PG_QUERY__NODE__NODE__NOT_SET &&
           s->op == PG_QUERY__SET_OPERATION__SETOP_NONE && !s->n_group_clause &&
           !s->having_clause;
}

static void report(struct tl_ctx *ctx, const struct query *q,
                   const struct range *many)
{
    struct tl_str of = tl_name_text(ctx, q->shown->relation->name);
    struct tl_str by = tl_name_text(ctx, many->relation->name);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, many->node),
                  "The join repeats a row of %.*s for every row of %.*s that "
                  "fits, and DISTINCT has to drop the repeats.",
                  TL_FMT(of), TL_FMT(by));

    tl_object(ctx, f, many->relation->name, TL_NONE);
    tl_help(ctx, f,
            "Nothing of %.*s is selected: ask with EXISTS (SELECT 1 FROM %.*s "
            "...), which stops at the first, and leave DISTINCT out.",
            TL_FMT(by), TL_FMT(by));
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    struct query q = {.select = node,
                      .stmt = TL_AS(SELECT_STMT, SelectStmt, node)};

    if (!is_plain_distinct(q.stmt) || !read_from(ctx, &q))
        return;
    q.shown = shown_range(ctx, &q);
    if (!q.shown || !shows_key(ctx, &q))
        return;
    find_single(ctx, &q);
    for (uint32_t i = 0; i < q.n; i++) {
        const struct range *r = &q.ranges[i];

        if (r->single || !is_joined(ctx, &q, r))
            continue;
        report(ctx, &q, r);
        return;
    }
}

TL_RULE(distinct_with_join) = {
    .id = "TL315",
    .name = "distinct-with-join",
    .summary = "DISTINCT drops again the rows that a join has multiplied",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(SELECT_STMT)),
    .on_node = check,
};
