/*
 * cast-on-filtered-column - a column that is converted before it is compared
 * cannot be looked up in its index.
 *
 * Two ways lead there: a cast that is written, and a constant of a type that
 * the column must be converted to (an integer column against 5.0).
 */
#include <tusklint/rule.h>

#include <stdlib.h>

static bool is_any(struct tl_str name, const char *const *list)
{
    for (; *list; list++)
        if (tl_str_is(name, *list))
            return true;
    return false;
}

static struct tl_str column_type(const struct tl_predicate *p)
{
    const struct tl_column *c = p->ref.definition;

    return c && !c->type.dimensions ? c->type.name.name : TL_NONE;
}

static bool is_integer(struct tl_str type)
{
    static const char *const names[] = {"int2", "int4", "int8", NULL};

    return is_any(type, names);
}

static bool is_time(struct tl_str type)
{
    static const char *const names[] = {"timestamp", "timestamptz", NULL};

    return is_any(type, names);
}

static bool is_text(struct tl_str type)
{
    static const char *const names[] = {"text", "varchar", "name", "citext",
                                        NULL};

    return is_any(type, names);
}

/* The type a cast names, and the bare column under it; false otherwise. */
static bool read_cast(struct tl_ctx *ctx, const struct tl_predicate *p,
                      struct tl_str *to, const struct tl_node **column)
{
    if (p->side->kind != TL_KIND(TYPE_CAST))
        return false;
    const PgQuery__TypeCast *cast = TL_AS(TYPE_CAST, TypeCast, p->side);
    const PgQuery__TypeName *type = cast->type_name;
    if (!type || !type->n_names || type->n_typmods || type->n_array_bounds)
        return false;
    const PgQuery__Node *last = type->names[type->n_names - 1];
    *column = tl_find_wrapped(tl_tree(ctx), p->side, cast->arg);
    if (last->node_case != TL_KIND(STRING) || !*column ||
        (*column)->kind != TL_KIND(COLUMN_REF))
        return false;
    *to = tl_str_c(last->string->sval);
    return true;
}

/* Does the cast leave the stored bytes, so that the index serves anyway? */
static bool is_harmless(struct tl_str from, struct tl_str to)
{
    return tl_str_eq(from, to) || (is_text(from) && is_text(to));
}

/* ---- exact rewrites ---- */

/* '42' as an integer writes itself: no sign, blank or zero before it. */
static bool is_canonical_integer(struct tl_str s)
{
    size_t from = s.n && s.p[0] == '-' ? 1 : 0;

    if (s.n == from || s.n - from > 9 || (s.p[from] == '0' && s.n > 1))
        return false;
    for (size_t i = from; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

static struct tl_str rewrite_cast(struct tl_ctx *ctx,
                                  const struct tl_predicate *p,
                                  struct tl_str to,
                                  const struct tl_node *column)
{
    struct tl_str from = column_type(p);
    struct tl_str c = tl_node_text(ctx, column);
    struct tl_str constant = tl_string_constant(p->value);

    if (is_time(from) && tl_str_is(to, "date")) {
        struct tl_str day = tl_day_text(ctx, p->value);

        if (!day.n)
            return TL_NONE;
        struct tl_str next = tl_printf(ctx, "%.*s + 1", TL_FMT(day));
        return tl_step_comparison(ctx, c, p->op, day, next);
    }
    if (is_integer(from) && is_text(to) && tl_str_is(p->op, "=") &&
        is_canonical_integer(constant))
        return tl_printf(ctx, "%.*s = %.*s", TL_FMT(c), TL_FMT(constant));
    return TL_NONE;
}

/* 5.0 is 5, 4998.5 is between two integers. */
static bool is_fraction(const struct tl_node *value, struct tl_str *digits)
{
    if (!value || value->kind != TL_KIND(A_CONST))
        return false;
    const PgQuery__AConst *c = TL_AS(A_CONST, AConst, value);
    if (c->val_case != PG_QUERY__A__CONST__VAL_FVAL || !c->fval->fval)
        return false;
    *digits = tl_str_c(c->fval->fval);
    /* Without a point it is an integer too large for int4: int8 compares. */
    return strchr(c->fval->fval, '.') && !strpbrk(c->fval->fval, "eE");
}

static struct tl_str rewrite_fraction(struct tl_ctx *ctx,
                                      const struct tl_predicate *p,
                                      struct tl_str digits)
{
    size_t point = 0;

    while (point < digits.n && digits.p[point] != '.')
        point++;
    for (size_t i = point + 1; i < digits.n; i++)
        if (digits.p[i] != '0')
            return TL_NONE;
    if (point == 0 || point > 9)
        return TL_NONE;
    struct tl_str c = tl_node_text(ctx, p->side);
    return tl_printf(ctx, "%.*s %.*s %.*s", TL_FMT(c), TL_FMT(p->op),
                     (int)point, digits.p);
}

/* ---- the finding ---- */

static void report(struct tl_ctx *ctx, const struct tl_predicate *p,
                   struct tl_str to, struct tl_str instead)
{
    const struct tl_index *index;
    enum tl_severity severity = tl_filter_matters(ctx, p, &index);

    if (severity == TL_OFF)
        return;
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, p->side),
                  "No index on %.*s can serve this filter: every row's %.*s is "
                  "converted to %.*s first.",
                  TL_FMT(column), TL_FMT(column), TL_FMT(to));
    if (severity == TL_NOTE)
        tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, p->ref.table, p->ref.column);
    if (index) {
        struct tl_str of = tl_quoted(ctx, index->name.name);

        tl_related(ctx, f, index->row.made, "%.*s is made here", TL_FMT(of));
    }
    if (!instead.n) {
        tl_help(ctx, f,
                "Give the value the column's type instead, and compare %.*s "
                "of %.*s as it is.",
                TL_FMT(column), TL_FMT(table));
        return;
    }
    tl_help(ctx, f, "Compare the column as it is: %.*s.", TL_FMT(instead));
    struct tl_fix *fix = tl_fix(ctx, f, TL_SAFE, "compare the column itself");
    tl_edit(ctx, fix, tl_node_span(ctx, p->expr), "%s%.*s%s",
            p->under_or ? "(" : "", TL_FMT(instead), p->under_or ? ")" : "");
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_node *column;
    struct tl_str to;
    struct tl_str digits;

    if (!p->value)
        return;
    if (p->wrap == TL_WRAP_CAST && read_cast(ctx, p, &to, &column)) {
        struct tl_str from = column_type(p);

        /* Of an unknown column to text: it may be varchar, which is free. */
        if ((from.n ? is_harmless(from, to) : is_text(to)))
            return;
        report(ctx, p, to, rewrite_cast(ctx, p, to, column));
    } else if (p->wrap == TL_WRAP_NONE && is_integer(column_type(p)) &&
               is_fraction(p->value, &digits)) {
        report(ctx, p, TL_STR("numeric"), rewrite_fraction(ctx, p, digits));
    }
}

TL_RULE(cast_on_filtered_column) = {
    .id = "TL303",
    .name = "cast-on-filtered-column",
    .summary = "a filter that converts its column, so that no index serves it",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .on_predicate = check,
};
