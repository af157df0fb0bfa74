/*
 * ilike-or-case-insensitive - a b-tree tells capitals from small letters.
 *
 * Patterns that begin with a wildcard are leading-wildcard-like's.
 */
#include <tusklint/rule.h>

static bool is_trigram(struct tl_str opclass)
{
    return tl_str_is(opclass, "gin_trgm_ops") ||
           tl_str_is(opclass, "gist_trgm_ops");
}

static bool is_served(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_column *c = p->ref.definition;

    if (c && tl_str_is(c->type.name.name, "citext"))
        return true;
    TL_EACH_INDEX(tl_after(ctx), p->ref.relation, x)
        for (uint32_t k = 0; k < x->n_keys; k++)
            if (is_trigram(x->keys[k].opclass) &&
                tl_str_eq(x->keys[k].column, p->ref.column))
                return true;
    return false;
}

/* A prefix without letters is the same in both cases. */
static bool has_letter(struct tl_str pattern)
{
    for (size_t i = 0; i < pattern.n; i++) {
        char c = pattern.p[i];

        if (c == '%' || c == '_')
            return false;
        if (c < 0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return true;
    }
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_index *index;

    if (!tl_str_is(p->op, "~~*") || p->wrap != TL_WRAP_NONE || !p->value ||
        !has_letter(tl_string_constant(p->value)))
        return;
    enum tl_severity severity = tl_filter_matters(ctx, p, &index);
    if (severity == TL_OFF || (p->ref.relation && is_served(ctx, p)))
        return;
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, p->expr),
                  "ILIKE compares every %.*s of %.*s: a b-tree tells capitals "
                  "from small letters.",
                  TL_FMT(column), TL_FMT(table));

    if (severity == TL_NOTE)
        tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, p->ref.table, p->ref.column);
    tl_help(ctx, f,
            "Index lower(%.*s) with text_pattern_ops and ask for lower(%.*s) "
            "LIKE lower(pattern), or make a trigram index.",
            TL_FMT(column), TL_FMT(column));
}

TL_RULE(ilike_or_case_insensitive) = {
    .id = "TL306",
    .name = "ilike-or-case-insensitive",
    .summary = "a search that does not tell capitals from small letters",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .on_predicate = check,
};
