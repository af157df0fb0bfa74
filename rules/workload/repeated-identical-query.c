/*
 * repeated-identical-query - one query with the same values again and again
 * in one unit of work: the answer was at hand.
 */
#include <tusklint/rule.h>

static bool is_select(const struct tl_shape *s)
{
    return s->class == TL_CLASS_ONE || s->class == TL_CLASS_RANGE ||
           s->class == TL_CLASS_SCAN;
}

static struct tl_str what(struct tl_ctx *ctx, const struct tl_shape *s)
{
    if (!s->n_tables)
        return TL_STR("");
    return tl_printf(ctx, " of %.*s",
                     TL_FMT(tl_name_text(ctx, s->tables[0].name)));
}

static void check(struct tl_ctx *ctx, const struct tl_loop *l)
{
    const struct tl_shape *s = l->shape;

    if (!is_select(s) || l->distinct != 1 || l->confidence == TL_LOW ||
        l->n < tl_loop_minimum(ctx))
        return;
    struct tl_finding *f = tl_report(
        ctx, l->first.span,
        "The same query%.*s with the same values runs %u times in one "
        "%s%.*s%.*s.",
        TL_FMT(what(ctx, s)), l->n, tl_loop_unit(l),
        TL_FMT(tl_loop_who(ctx, l)), TL_FMT(tl_loop_time(ctx, l)));
    /* The baseline knows a loop by its query. */
    f->statement_key = s->hash;
    /* One connection may serve more than one request without a pause. */
    if (l->window == TL_WINDOW_SESSION)
        tl_set_severity(f, TL_NOTE);
    if (s->n_tables)
        tl_object(ctx, f, s->tables[0].name, s->key_column);
    tl_detail(ctx, f,
              "Nothing is written to its tables in between; %u such loop%s "
              "in all.",
              l->occurrences, l->occurrences == 1 ? "" : "s");
    tl_help(ctx, f,
            "Keep the first answer for as long as the %s lasts, or in a cache "
            "with an end, and pass it on: %.*s.",
            tl_loop_unit(l), TL_FMT(s->display));
    tl_related(ctx, f, l->last.span, "the last of the %u", l->n);
}

TL_RULE(repeated_identical_query) = {
    .id = "TL402",
    .name = "repeated-identical-query",
    .summary = "the same query with the same values runs again and again",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("N02"),
    .on_loop = check,
};
