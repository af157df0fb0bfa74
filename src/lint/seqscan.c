/*
 * seqscan.c - which sequential scans an index would spare, and why none does.
 *
 * Three plan rules ask the same question and report one answer each, so the
 * answer is found here. A small table, a filter that keeps many rows, a LIMIT
 * that stops the scan early: reading on is then the planner's right choice.
 */
#include "lint/linter.h"

#include <tusklint/plan_limits.h>

/* PostgreSQL's default cost of a page, a row, and a comparison of a row. */
#define PAGE_COST 1.0
#define ROW_COST 0.01
#define TEST_COST 0.0025
/* What a page holds beside its rows, and a row beside its columns. */
#define PAGE_ROOM 8000.0
#define ROW_HEAD 28.0
#define MAX_ROWS_OF_PAGE 100.0
#define NAME_MAX_BYTES 63

/* ---- how many rows ---- */

static bool is_in_filter(const struct tl_plan_node *n,
                         const struct tl_plan_node *subplan)
{
    struct tl_str name = subplan->subplan_name;

    return name.n && n->filter.n &&
           memmem(n->filter.p, n->filter.n, name.p, name.n);
}

/* Of the subqueries that the scan computes for each row: to filter it, or, when
   it is kept, for its output. */
static double subplan_cost(const struct tl_plan *p,
                           const struct tl_plan_node *n, bool of_filter)
{
    double cost = 0;

    for (const struct tl_plan_node *c = tl_next_child(p, n, NULL); c;
         c = tl_next_child(p, n, c))
        if (tl_str_is(c->relationship, "SubPlan") && !tl_is_hashed(p, c) &&
            is_in_filter(n, c) == of_filter && c->total_cost > 0)
            cost += c->total_cost;
    return cost;
}

/* Without ANALYZE the table's size shows only in the cost of reading it. */
static double estimated_rows(const struct tl_plan *p,
                             const struct tl_plan_node *n, double share)
{
    double width = n->plan_width > 0 ? n->plan_width : 0;
    double of_page = PAGE_ROOM / (width + ROW_HEAD);
    double cost = n->total_cost - n->startup_cost -
                  subplan_cost(p, n, false) * n->plan_rows;

    if (of_page > MAX_ROWS_OF_PAGE)
        of_page = MAX_ROWS_OF_PAGE;
    return cost > 0
               ? cost / (PAGE_COST / of_page + (ROW_COST + TEST_COST) / share +
                         subplan_cost(p, n, true))
               : 0;
}

/* These read all that is below them before they give a row. */
static bool is_blocking(const struct tl_plan_node *n)
{
    static const char *const types[] = {"Sort", "Hash", "Aggregate",
                                        "WindowAgg", "Materialize"};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (tl_node_is(n, types[i]))
            return true;
    return false;
}

/* The part of the scan that a LIMIT above needs. */
static double needed(const struct tl_plan *p, const struct tl_plan_node *n)
{
    double rows = n->plan_rows;

    for (const struct tl_plan_node *up = tl_plan_parent(p, n);
         up && !is_blocking(up); up = tl_plan_parent(p, up))
        if (tl_node_is(up, "Limit") && up->plan_rows < rows && rows > 0)
            return up->plan_rows / rows;
    return 1;
}

static void count_rows(const struct tl_plan *p, const struct tl_plan_node *n,
                       struct tl_scan *out)
{
    out->measured = n->rows_scanned >= 0;
    out->times = tl_plan_times(p, n);
    if (out->measured) {
        out->scanned = n->rows_scanned;
        out->kept = n->rows_out;
        return;
    }
    double share = plan_divisor(p, n);
    double part = needed(p, n) * out->times;
    out->scanned = estimated_rows(p, n, share) * part;
    out->kept = n->plan_rows * share * part;
}

/* A loop's inner side without a filter of its own: the join throws away. */
static void count_join(const struct tl_plan *p, const struct tl_plan_node *n,
                       struct tl_scan *out)
{
    const struct tl_plan_node *join = tl_plan_parent(p, n);

    out->filter = TL_NONE;
    if (!join || !tl_node_is(join, "Nested Loop") ||
        !tl_str_is(n->relationship, "Inner"))
        return;
    out->filter = join->join_cond;
    out->kept = out->measured ? join->rows_out
                              : join->plan_rows * tl_plan_times(p, join);
}

static bool is_in_loop(const struct tl_plan *p, const struct tl_plan_node *n,
                       const struct tl_scan *s)
{
    return tl_plan_repeated(p, n) &&
           s->times >= tl_limit(p, TL_LOOP_SCAN_MIN_LOOPS) &&
           s->scanned >= tl_limit(p, TL_LOOP_SCAN_MIN_ROWS) &&
           s->scanned >= s->times * tl_limit(p, TL_LOOP_SCAN_MIN_ROWS_A_LOOP);
}

/* A small table that is read a few times more is a small table still. */
static bool is_wasteful(const struct tl_plan *p, const struct tl_scan *s,
                        double runs)
{
    return s->scanned >= runs * tl_limit(p, TL_SCAN_MIN_ROWS) &&
           s->kept < s->scanned * tl_limit(p, TL_SCAN_MAX_KEPT);
}

/* ---- what the filter compares ---- */

static bool is_text_type(struct tl_str name)
{
    return tl_str_is(name, "text") || tl_str_is(name, "varchar") ||
           tl_str_is(name, "citext");
}

/* PostgreSQL prints varchar as (column)::text: the same bytes. A table that
   nobody knows has most likely a varchar there. */
static bool is_harmless_cast(struct tl_schema s, const struct tl_relation *r,
                             const struct tl_condition *c)
{
    const struct tl_column *column = r ? tl_find_column(s, r, c->column) : NULL;

    if (c->wrap != TL_WRAP_CAST)
        return false;
    if (tl_str_is(c->wrap_name, "text"))
        return !column || is_text_type(column->type.name.name);
    return column && tl_str_eq(c->wrap_name, column->type.name.name);
}

static bool is_plain(struct tl_schema s, const struct tl_relation *r,
                     const struct tl_condition *c)
{
    return c->wrap == TL_WRAP_NONE || is_harmless_cast(s, r, c);
}

static bool is_equality(const struct tl_condition *c)
{
    return tl_str_is(c->op, "=") || tl_str_is(c->op, "any") ||
           tl_str_is(c->op, "in");
}

static bool is_range(const struct tl_condition *c)
{
    static const char *const ops[] = {"<", "<=", ">", ">=", "between"};

    for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
        if (tl_str_is(c->op, ops[i]))
            return true;
    return false;
}

static bool could_use_index(const struct tl_condition *c)
{
    return !c->negated && !c->under_or && (is_equality(c) || is_range(c));
}

static bool has_column(const struct tl_scan *s, struct tl_str column)
{
    for (uint32_t i = 0; i < s->n_plain; i++)
        if (tl_str_eq(s->plain[i]->column, column))
            return true;
    return false;
}

/* Equalities first; a b-tree then narrows by one range more. */
static void choose_plain(struct tl_schema schema, struct tl_scan *s)
{
    for (int range = 0; range <= 1; range++)
        for (uint32_t i = 0; i < s->n_conditions; i++) {
            const struct tl_condition *c = &s->conditions[i];

            if (!could_use_index(c) || !is_plain(schema, s->relation, c) ||
                is_range(c) != (range == 1) || has_column(s, c->column) ||
                s->n_plain == TL_SCAN_COLUMNS)
                continue;
            s->plain[s->n_plain++] = c;
            if (range)
                return;
        }
}

static const struct tl_index *index_on(struct tl_schema schema,
                                       const struct tl_relation *r,
                                       struct tl_str column)
{
    TL_EACH_INDEX(schema, r, index)
        if (!index->predicate.n && index->n_keys &&
            tl_str_eq(index->keys[0].column, column))
            return index;
    return NULL;
}

static const struct tl_index *index_of_expression(struct tl_schema schema,
                                                  const struct tl_relation *r,
                                                  struct tl_str expression)
{
    TL_EACH_INDEX(schema, r, index)
        for (uint32_t i = 0; i < index->n_keys; i++)
            if (index->keys[i].expression.n &&
                tl_str_eq(index->keys[i].expression, expression))
                return index;
    return NULL;
}

static bool find_serving(struct tl_schema schema, struct tl_scan *s)
{
    const struct tl_index *x = NULL;

    for (uint32_t i = 0; i < s->n_plain && !x; i++)
        x = index_on(schema, s->relation, s->plain[i]->column);
    for (uint32_t i = 0; i < s->n_conditions && !x; i++)
        x = index_of_expression(schema, s->relation,
                                s->conditions[i].expression);
    if (x)
        s->index = x;
    return x;
}

static void choose_wrapped(struct tl_schema schema, struct tl_scan *s)
{
    for (uint32_t i = 0; i < s->n_conditions; i++) {
        const struct tl_condition *c = &s->conditions[i];

        if (!could_use_index(c) || c->wrap == TL_WRAP_OTHER ||
            is_plain(schema, s->relation, c))
            continue;
        const struct tl_index *x =
            s->relation ? index_on(schema, s->relation, c->column) : NULL;
        if (s->wrapped && !x)
            continue;
        s->wrapped = c;
        s->index = x;
        if (x)
            return;
    }
}

/* ---- one cause, one finding ---- */

static bool same_filter(struct tl_ctx *ctx, const struct tl_plan *p,
                        const struct tl_plan_node *other,
                        const struct tl_scan *s)
{
    uint32_t n;
    const struct tl_condition *c =
        tl_plan_conditions(ctx, p, other->filter, &n);

    if (n != s->n_conditions)
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (!tl_str_eq(c[i].term, s->conditions[i].term))
            return false;
    return n > 0;
}

static bool seen_before(struct tl_ctx *ctx, const struct tl_plan *p,
                        const struct tl_plan_node *n, const struct tl_scan *s)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, n);
    bool is_part = parent && (tl_node_is(parent, "Append") ||
                              tl_node_is(parent, "Merge Append"));

    for (const struct tl_plan_node *o = p->nodes; o < n; o++) {
        bool related = tl_str_eq(o->relation, n->relation) ||
                       (is_part && o->parent == n->parent);

        if (related && tl_node_is(o, "Seq Scan") && o->filter.n &&
            same_filter(ctx, p, o, s))
            return true;
    }
    return false;
}

static struct tl_str order_after(const struct tl_plan *p,
                                 const struct tl_plan_node *n)
{
    const struct tl_plan_node *up = tl_plan_parent(p, n);
    struct tl_str key = up && tl_node_is(up, "Sort") ? up->sort_key : TL_NONE;

    for (size_t i = 0; i < key.n; i++) {
        char ch = key.p[i];

        if (!(ch >= 'a' && ch <= 'z') && ch != '_' &&
            !(i > 0 && ch >= '0' && ch <= '9'))
            return TL_NONE;
    }
    return key;
}

/* All partitions are read for a reason that has a rule of its own. */
static bool is_unpruned(struct tl_ctx *ctx, const struct tl_plan *p,
                        const struct tl_plan_node *n)
{
    struct tl_unpruned u;

    return tl_is_partition(p, n) &&
           tl_is_unpruned(ctx, p, tl_plan_parent(p, n), &u);
}

enum tl_scan_cause tl_judge_scan(struct tl_ctx *ctx, const struct tl_plan *p,
                                 const struct tl_plan_node *n,
                                 struct tl_scan *out)
{
    struct tl_schema schema = tl_after(ctx);
    struct tl_name name = {n->schema, n->relation};

    memset(out, 0, sizeof(*out));
    if (!tl_node_is(n, "Seq Scan") || n->never_executed)
        return TL_SCAN_FINE;
    out->filter = n->filter;
    count_rows(p, n, out);
    bool in_loop = is_in_loop(p, n, out);
    if (in_loop && !n->filter.n)
        count_join(p, n, out);
    double runs = !in_loop && tl_plan_repeated(p, n) ? out->times : 1;
    if (!out->filter.n || !is_wasteful(p, out, runs))
        return TL_SCAN_FINE;
    const struct tl_relation *r = tl_find_relation(schema, name, NULL);
    out->relation = r && !r->incomplete && !r->uncertain ? r : NULL;
    out->conditions =
        condition_list(ctx, p, n, n->filter.n ? NULL : tl_plan_parent(p, n),
                       out->filter, &out->n_conditions);
    if (seen_before(ctx, p, n, out) || is_unpruned(ctx, p, n))
        return TL_SCAN_FINE;
    if (!in_loop && !out->n_conditions && !tl_filter_has_column(ctx, n))
        return TL_SCAN_FINE;
    choose_plain(schema, out);
    choose_wrapped(schema, out);
    if (out->n_plain && !is_range(out->plain[out->n_plain - 1]))
        out->order = order_after(p, n);
    if (out->relation && find_serving(schema, out))
        return TL_SCAN_SERVED;
    if (in_loop)
        return TL_SCAN_IN_LOOP;
    if (!out->relation)
        return TL_SCAN_OTHER;
    if (out->n_plain)
        return TL_SCAN_NO_INDEX;
    return out->index ? TL_SCAN_WRAPPED : TL_SCAN_OTHER;
}

/* ---- the index ---- */

static struct tl_str index_name(struct tl_ctx *ctx, struct tl_str table,
                                const struct tl_scan *s)
{
    struct tl_str name = table;

    for (uint32_t i = 0; i < s->n_plain; i++)
        name = tl_printf(ctx, "%.*s_%.*s", TL_FMT(name),
                         TL_FMT(s->plain[i]->column));
    if (s->order.n && !has_column(s, s->order))
        name = tl_printf(ctx, "%.*s_%.*s", TL_FMT(name), TL_FMT(s->order));
    size_t room = NAME_MAX_BYTES - strlen("_idx9");
    if (name.n > room)
        name.n = room;
    name = tl_printf(ctx, "%.*s_idx", TL_FMT(name));
    struct tl_name taken = {TL_NONE, name};
    for (int i = 1; i <= 9 && tl_find_index(tl_after(ctx), taken); i++)
        taken.name = tl_printf(ctx, "%.*s%d", TL_FMT(name), i);
    return taken.name;
}

struct tl_str tl_scan_columns(struct tl_ctx *ctx, const struct tl_scan *s)
{
    struct tl_str columns = TL_NONE;

    for (uint32_t i = 0; i < s->n_plain; i++) {
        struct tl_str c = tl_quoted(ctx, s->plain[i]->column);

        columns =
            i ? tl_printf(ctx, "%.*s, %.*s", TL_FMT(columns), TL_FMT(c)) : c;
    }
    if (s->n_plain && s->order.n && !has_column(s, s->order))
        columns =
            tl_printf(ctx, "%.*s, %.*s", TL_FMT(columns), TL_FMT(s->order));
    return columns;
}

struct tl_str tl_scan_index(struct tl_ctx *ctx, const struct tl_plan_node *n,
                            const struct tl_scan *s)
{
    struct tl_str columns = tl_scan_columns(ctx, s);

    if (!columns.n)
        return TL_NONE;
    struct tl_str table =
        tl_name_text(ctx, (struct tl_name){n->schema, n->relation});
    struct tl_str name = index_name(ctx, n->relation, s);
    struct tl_str quoted = tl_quoted(ctx, name);
    return tl_printf(ctx, "CREATE INDEX CONCURRENTLY %.*s ON %.*s (%.*s);",
                     TL_FMT(quoted), TL_FMT(table), TL_FMT(columns));
}

/* ---- an index scan ---- */

/* Of an index that is read whole, in its order, for a LIMIT. */
static struct tl_str order_of(struct tl_schema schema,
                              const struct tl_relation *r, struct tl_str index)
{
    TL_EACH_INDEX(schema, r, x)
        if (tl_str_eq(x->name.name, index) && x->n_keys)
            return x->keys[0].column;
    return TL_NONE;
}

void tl_read_scan(struct tl_ctx *ctx, const struct tl_plan *p,
                  const struct tl_plan_node *n, struct tl_scan *out)
{
    struct tl_schema schema = tl_after(ctx);
    struct tl_name name = {n->schema, n->relation};
    struct tl_str cond = n->index_cond.n ? n->index_cond : n->recheck_cond;

    memset(out, 0, sizeof(*out));
    out->relation = tl_find_relation(schema, name, NULL);
    out->filter = cond.n ? cond : n->filter;
    if (cond.n && n->filter.n)
        out->filter = tl_printf(ctx, "(%.*s) AND (%.*s)", TL_FMT(cond),
                                TL_FMT(n->filter));
    out->conditions =
        condition_list(ctx, p, n, NULL, out->filter, &out->n_conditions);
    choose_plain(schema, out);
    choose_wrapped(schema, out);
    if (!cond.n && out->relation && out->n_plain &&
        !is_range(out->plain[out->n_plain - 1]))
        out->order = order_of(schema, out->relation, n->index);
}
