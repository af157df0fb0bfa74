/*
 * function-on-filtered-column - an index on a column knows nothing of what a
 * function makes of it.
 */
#include <tusklint/rule.h>

/* The function's only column argument, bare; else NULL. */
static const struct tl_node *
bare_argument(const struct tl_ctx *ctx, const struct tl_node *call, size_t at)
{
    if (call->kind != TL_KIND(FUNC_CALL))
        return NULL;
    const PgQuery__FuncCall *f = TL_AS(FUNC_CALL, FuncCall, call);
    if (at >= f->n_args || f->n_args > 2)
        return NULL;
    const struct tl_node *n = tl_find_wrapped(tl_tree(ctx), call, f->args[at]);
    return n && n->kind == TL_KIND(COLUMN_REF) ? n : NULL;
}

static bool has_type(const struct tl_predicate *p, const char *name)
{
    return p->ref.definition && !p->ref.definition->type.dimensions &&
           tl_str_is(p->ref.definition->type.name.name, name);
}

static bool is_time(const struct tl_predicate *p)
{
    return has_type(p, "timestamp") || has_type(p, "timestamptz");
}

/* ---- exact rewrites ---- */

/* date(ts) = d */
static struct tl_str rewrite_date(struct tl_ctx *ctx,
                                  const struct tl_predicate *p)
{
    const struct tl_node *column = bare_argument(ctx, p->side, 0);

    if (!column || !is_time(p))
        return TL_NONE;
    struct tl_str day = tl_day_text(ctx, p->value);
    if (!day.n)
        return TL_NONE;
    struct tl_str next = tl_printf(ctx, "%.*s + 1", TL_FMT(day));
    return tl_step_comparison(ctx, tl_node_text(ctx, column), p->op, day, next);
}

/* The year of extract(year FROM c) = 2024; 0 when it is none. */
static int32_t year_of(const struct tl_node *value)
{
    if (!value || value->kind != TL_KIND(A_CONST))
        return 0;
    const PgQuery__AConst *c = TL_AS(A_CONST, AConst, value);
    int32_t year = c->val_case == PG_QUERY__A__CONST__VAL_IVAL && c->ival
                       ? c->ival->ival
                       : 0;
    return year >= 1000 && year <= 9998 ? year : 0;
}

static struct tl_str unit_of(const struct tl_ctx *ctx,
                             const struct tl_node *call)
{
    const PgQuery__FuncCall *f = TL_AS(FUNC_CALL, FuncCall, call);
    const struct tl_node *unit =
        f->n_args ? tl_find_wrapped(tl_tree(ctx), call, f->args[0]) : NULL;

    return unit ? tl_string_constant(unit) : TL_NONE;
}

static struct tl_str rewrite_year(struct tl_ctx *ctx,
                                  const struct tl_predicate *p)
{
    const struct tl_node *column = bare_argument(ctx, p->side, 1);
    int32_t year = year_of(p->value);

    if (!column || !year || !(is_time(p) || has_type(p, "date")) ||
        !tl_str_is(unit_of(ctx, p->side), "year"))
        return TL_NONE;
    struct tl_str low = tl_printf(ctx, "'%d-01-01'", year);
    struct tl_str next = tl_printf(ctx, "'%d-01-01'", year + 1);
    return tl_step_comparison(ctx, tl_node_text(ctx, column), p->op, low, next);
}

/* Is the day the first of the unit, so that rounding leaves it? */
static bool is_border(struct tl_str day, struct tl_str unit)
{
    if (day.n != strlen("yyyy-mm-dd") || day.p[4] != '-' || day.p[7] != '-')
        return false;
    for (size_t i = 0; i < day.n; i++)
        if (i != 4 && i != 7 && (day.p[i] < '0' || day.p[i] > '9'))
            return false;
    bool first_of_month = memcmp(day.p + 8, "01", 2) == 0;
    bool first_of_year = first_of_month && memcmp(day.p + 5, "01", 2) == 0;
    return tl_str_is(unit, "day") ||
           (tl_str_is(unit, "month") && first_of_month) ||
           (tl_str_is(unit, "year") && first_of_year);
}

/* date_trunc('month', ts) = '2024-05-01' */
static struct tl_str rewrite_trunc(struct tl_ctx *ctx,
                                   const struct tl_predicate *p)
{
    const struct tl_node *column = bare_argument(ctx, p->side, 1);
    struct tl_str day = p->value ? tl_string_constant(p->value) : TL_NONE;

    if (!column || !is_time(p))
        return TL_NONE;
    struct tl_str unit = unit_of(ctx, p->side);
    if (!is_border(day, unit))
        return TL_NONE;
    struct tl_str type = p->ref.definition->type.name.name;
    struct tl_str low =
        tl_printf(ctx, "'%.*s'::%.*s", TL_FMT(day), TL_FMT(type));
    struct tl_str next =
        tl_printf(ctx, "%.*s + interval '1 %.*s'", TL_FMT(low), TL_FMT(unit));
    return tl_step_comparison(ctx, tl_node_text(ctx, column), p->op, low, next);
}

/* coalesce(c, k) = v with constants */
static struct tl_str rewrite_coalesce(struct tl_ctx *ctx,
                                      const struct tl_predicate *p)
{
    const struct tl_tree *t = tl_tree(ctx);
    const PgQuery__CoalesceExpr *e =
        TL_AS(COALESCE_EXPR, CoalesceExpr, p->side);

    if (e->n_args != 2 || !tl_str_is(p->op, "="))
        return TL_NONE;
    const struct tl_node *column = tl_find_wrapped(t, p->side, e->args[0]);
    const struct tl_node *other = tl_find_wrapped(t, p->side, e->args[1]);
    if (!column || column->kind != TL_KIND(COLUMN_REF) || !other ||
        !tl_string_constant(other).p || !tl_string_constant(p->value).p)
        return TL_NONE;
    struct tl_str c = tl_node_text(ctx, column);
    struct tl_str v = tl_node_text(ctx, p->value);
    if (tl_str_eq(tl_string_constant(other), tl_string_constant(p->value)))
        return tl_printf(ctx, "(%.*s = %.*s OR %.*s IS NULL)", TL_FMT(c),
                         TL_FMT(v), TL_FMT(c));
    /* Texts that differ may be one value of another type: 1.0 and 1.00. */
    if (!has_type(p, "text") && !has_type(p, "varchar"))
        return TL_NONE;
    return tl_printf(ctx, "%.*s = %.*s", TL_FMT(c), TL_FMT(v));
}

static struct tl_str rewrite(struct tl_ctx *ctx, const struct tl_predicate *p,
                             struct tl_str name)
{
    if (!p->value)
        return TL_NONE;
    if (p->side->kind == TL_KIND(COALESCE_EXPR))
        return rewrite_coalesce(ctx, p);
    if (p->side->kind != TL_KIND(FUNC_CALL))
        return TL_NONE;
    if (tl_str_is(name, "date"))
        return rewrite_date(ctx, p);
    if (tl_str_is(name, "extract") || tl_str_is(name, "date_part"))
        return rewrite_year(ctx, p);
    if (tl_str_is(name, "date_trunc"))
        return rewrite_trunc(ctx, p);
    return TL_NONE;
}

/* ---- the finding ---- */

/* An index needs a function that gives the same for ever; these do. */
static bool is_indexable(struct tl_str name)
{
    static const char *const names[] = {
        "lower",      "upper",     "btrim",  "ltrim",       "rtrim", "trim",
        "length",     "substring", "left",   "right",       "md5",   "reverse",
        "replace",    "abs",       "round",  "floor",       "ceil",  "coalesce",
        "split_part", "initcap",   "substr", "char_length",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (tl_str_is(name, names[i]))
            return true;
    return false;
}

static void add_help(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_predicate *p, struct tl_str name)
{
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_str side = tl_expression_text(ctx, p->side);

    if (is_indexable(name))
        tl_help(ctx, f,
                "Index what is compared: CREATE INDEX CONCURRENTLY ON %.*s "
                "((%.*s)); or compare %.*s itself.",
                TL_FMT(table), TL_FMT(side), TL_FMT(column));
    else
        tl_help(ctx, f,
                "Compare %.*s itself, with a range where the function rounds.",
                TL_FMT(column));
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_index *index;

    if (p->wrap != TL_WRAP_FUNCTION && p->wrap != TL_WRAP_TIME_ZONE)
        return;
    enum tl_severity severity = tl_filter_matters(ctx, p, &index);
    if (severity == TL_OFF)
        return;
    struct tl_str name = p->wrap == TL_WRAP_TIME_ZONE ? TL_STR("AT TIME ZONE")
                                                      : tl_call_name(p->side);
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, p->side),
        "No index on %.*s can serve this filter: %.*s%s is computed for "
        "every row of %.*s.",
        TL_FMT(column), TL_FMT(name), p->wrap == TL_WRAP_FUNCTION ? "()" : "",
        TL_FMT(table));

    if (severity == TL_NOTE)
        tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, p->ref.table, p->ref.column);
    if (index) {
        struct tl_str of = tl_quoted(ctx, index->name.name);

        tl_related(ctx, f, index->row.made, "%.*s is made here", TL_FMT(of));
    }
    struct tl_str instead = rewrite(ctx, p, name);
    if (!instead.n) {
        add_help(ctx, f, p, name);
        return;
    }
    tl_help(ctx, f, "Write it as a comparison of the column: %.*s.",
            TL_FMT(instead));
    struct tl_fix *fix = tl_fix(ctx, f, TL_SAFE, "compare the column itself");
    tl_edit(ctx, fix, tl_node_span(ctx, p->expr), "%s%.*s%s",
            p->under_or ? "(" : "", TL_FMT(instead), p->under_or ? ")" : "");
}

TL_RULE(function_on_filtered_column) = {
    .id = "TL301",
    .name = "function-on-filtered-column",
    .summary = "a filter on a function of a column that an index cannot serve",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .on_predicate = check,
};
