/*
 * leading-wildcard-like - a pattern that may begin with anything: a b-tree,
 * which is sorted by beginnings, cannot find it.
 */
#include <tusklint/rule.h>

/* The constant that the pattern begins with: 'abc', or 'abc' || $1 || '%'. */
static struct tl_str beginning(const struct tl_ctx *ctx,
                               const struct tl_node *value)
{
    const struct tl_tree *t = tl_tree(ctx);

    while (value && value->kind == TL_KIND(A_EXPR)) {
        const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, value);

        if (e->n_name != 1 || e->name[0]->node_case != TL_KIND(STRING) ||
            strcmp(e->name[0]->string->sval, "||") != 0)
            return TL_NONE;
        value = tl_find_wrapped(t, value, e->lexpr);
    }
    if (value && value->kind == TL_KIND(TYPE_CAST))
        value =
            tl_find_wrapped(t, value, TL_AS(TYPE_CAST, TypeCast, value)->arg);
    return value ? tl_string_constant(value) : TL_NONE;
}

static bool is_like(const struct tl_predicate *p)
{
    return tl_str_is(p->op, "~~") || tl_str_is(p->op, "~~*");
}

static bool is_open(const struct tl_predicate *p, struct tl_str pattern)
{
    if (pattern.n < 2)
        return false;
    if (is_like(p))
        return pattern.p[0] == '%' || pattern.p[0] == '_';
    return pattern.p[0] != '^' && pattern.p[0] != '(';
}

static bool is_trigram(struct tl_str opclass)
{
    return tl_str_is(opclass, "gin_trgm_ops") ||
           tl_str_is(opclass, "gist_trgm_ops");
}

static bool has_trigram_index(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    struct tl_str side = tl_expression_text(ctx, p->side);

    TL_EACH_INDEX(tl_after(ctx), p->ref.relation, x)
        for (uint32_t k = 0; k < x->n_keys; k++) {
            const struct tl_index_key *key = &x->keys[k];
            struct tl_str is = key->column.n ? key->column : key->expression;

            if (is_trigram(key->opclass) && tl_str_eq(is, side))
                return true;
        }
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_index *index;
    bool pattern_op =
        is_like(p) || tl_str_is(p->op, "~") || tl_str_is(p->op, "~*");

    if (!pattern_op || !p->value || !is_open(p, beginning(ctx, p->value)))
        return;
    enum tl_severity severity = tl_filter_matters(ctx, p, &index);
    if (severity == TL_OFF || (p->ref.relation && has_trigram_index(ctx, p)))
        return;
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, p->expr),
        "The pattern may begin with anything, so every %.*s of %.*s is "
        "compared: no b-tree index helps.",
        TL_FMT(column), TL_FMT(table));
    /* An index on the column would not help either: what counts is that the
       table is known and nothing else narrows it. */
    if (severity == TL_NOTE && (!p->ref.relation || index))
        tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, p->ref.table, p->ref.column);
    struct tl_str side = tl_expression_text(ctx, p->side);
    bool bare = p->wrap == TL_WRAP_NONE;
    tl_help(ctx, f,
            "A trigram index serves such patterns of three letters and more: "
            "CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE INDEX CONCURRENTLY "
            "ON %.*s USING gin (%s%.*s%s gin_trgm_ops);",
            TL_FMT(table), bare ? "" : "(", TL_FMT(side), bare ? "" : ")");
}

TL_RULE(leading_wildcard_like) = {
    .id = "TL304",
    .name = "leading-wildcard-like",
    .summary = "a pattern that begins with a wildcard reads the whole table",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .on_predicate = check,
};
