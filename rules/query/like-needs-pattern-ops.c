/*
 * like-needs-pattern-ops - a pattern with a fixed beginning, on a column whose
 * index sorts by a language's rules.
 *
 * Such an order does not keep equal beginnings together. Only the one of C
 * does, and the *_pattern_ops classes compare so whatever the collation. The
 * database's own collation is not known here, so a column without a COLLATE
 * is told of with that doubt.
 */
#include <tusklint/rule.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
}

static bool has_any(struct tl_str s, const char *chars)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr(chars, s.p[i]))
            return true;
    return false;
}

/* 'abc%'. Without a wildcard it is an =, which every b-tree serves. */
static bool is_like_prefix(struct tl_str s)
{
    return s.n > 1 && s.p[0] != '%' && s.p[0] != '_' && s.p[0] != '\\' &&
           has_any(s, "%_");
}

/* '^abc': an alternative has no beginning, and up to $ it is an =. */
static bool is_regex_prefix(struct tl_str s)
{
    return s.n > 2 && s.p[0] == '^' && is_letter(s.p[1]) && is_letter(s.p[2]) &&
           !has_any(s, "|$");
}

static const struct tl_node *uncast(const struct tl_tree *t,
                                    const struct tl_node *n)
{
    return n && n->kind == TL_KIND(TYPE_CAST)
               ? tl_find_wrapped(t, n, TL_AS(TYPE_CAST, TypeCast, n)->arg)
               : n;
}

/* $1 || '%' or 'abc' || $1 || '%': what comes first is no wildcard, as far as
   one can see. */
static bool is_built_prefix(const struct tl_tree *t, const struct tl_node *n)
{
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, n);
    const struct tl_node *left = uncast(t, tl_find_wrapped(t, n, e->lexpr));
    const struct tl_node *right = uncast(t, tl_find_wrapped(t, n, e->rexpr));

    if (e->n_name != 1 || e->name[0]->node_case != TL_KIND(STRING) ||
        strcmp(e->name[0]->string->sval, "||") != 0 || !left || !right ||
        !tl_str_is(tl_string_constant(right), "%"))
        return false;
    while (left && left->kind == TL_KIND(A_EXPR))
        left = uncast(
            t, tl_find_wrapped(t, left, TL_AS(A_EXPR, AExpr, left)->lexpr));
    if (!left)
        return false;
    struct tl_str s = tl_string_constant(left);
    return left->kind == TL_KIND(PARAM_REF) ||
           (s.n && s.p[0] != '%' && s.p[0] != '_' && s.p[0] != '\\');
}

static bool is_prefix(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_node *v = uncast(tl_tree(ctx), p->value);

    if (!v)
        return false;
    if (tl_str_is(p->op, "~"))
        return is_regex_prefix(tl_string_constant(v));
    if (!tl_str_is(p->op, "~~"))
        return false;
    return v->kind == TL_KIND(A_EXPR) ? is_built_prefix(tl_tree(ctx), v)
                                      : is_like_prefix(tl_string_constant(v));
}

/* The operator class that compares the column's type byte by byte. */
static const char *opclass_of(const struct tl_column *c)
{
    if (!c)
        return NULL;
    if (tl_type_is(&c->type, "text"))
        return "text_pattern_ops";
    if (tl_type_is(&c->type, "varchar"))
        return "varchar_pattern_ops";
    return tl_type_is(&c->type, "bpchar") ? "bpchar_pattern_ops" : NULL;
}

static bool is_c(struct tl_str collation)
{
    return tl_str_is(collation, "C") || tl_str_is(collation, "POSIX") ||
           tl_str_is(collation, "ucs_basic") ||
           tl_str_is(collation, "pg_c_utf8");
}

static bool has_column(const struct tl_index *x, struct tl_str column)
{
    for (uint32_t k = 0; k < x->n_keys; k++)
        if (tl_str_eq(x->keys[k].column, column))
            return true;
    return false;
}

/*
 * The b-tree that could serve if it sorted otherwise. NULL when there is none,
 * and when another index serves: one of other bytes' order, or a trigram one.
 */
static const struct tl_index *misfit(struct tl_ctx *ctx,
                                     const struct tl_predicate *p)
{
    const struct tl_index *found = NULL;

    TL_EACH_INDEX(tl_after(ctx), p->ref.relation, x) {
        bool btree = tl_str_is(x->method, "btree");

        if (!btree && !tl_str_is(x->method, "hash") &&
            has_column(x, p->ref.column))
            return NULL;
        if (!btree || !x->n_keys ||
            !tl_str_eq(x->keys[0].column, p->ref.column))
            continue;
        if (x->keys[0].opclass.n || is_c(x->keys[0].collation))
            return NULL;
        if (!x->predicate.n && !found)
            found = x;
    }
    return found;
}

static void help(struct tl_ctx *ctx, struct tl_finding *f,
                 const struct tl_predicate *p, const char *opclass)
{
    struct tl_str table = tl_full_name_text(ctx, p->ref.table);
    struct tl_str column = tl_quoted(ctx, p->ref.column);

    tl_help(ctx, f,
            "An index of its own serves such patterns under every collation: "
            "CREATE INDEX CONCURRENTLY ON %.*s (%.*s %s);",
            TL_FMT(table), TL_FMT(column), opclass);
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_column *c = p->ref.definition;
    const char *opclass = opclass_of(c);

    if (!opclass || p->wrap != TL_WRAP_NONE || is_c(c->collation) ||
        !is_prefix(ctx, p) || tl_filter_matters(ctx, p, NULL) != TL_WARNING)
        return;
    const struct tl_index *index = misfit(ctx, p);
    if (!index)
        return;
    struct tl_str name = tl_quoted(ctx, index->name.name);
    struct tl_str own =
        index->keys[0].collation.n ? index->keys[0].collation : c->collation;
    struct tl_finding *f;
    if (own.n && !tl_str_is(own, "default"))
        f = tl_report(ctx, tl_node_span(ctx, p->expr),
                      "%.*s cannot find a beginning: it is sorted by the "
                      "collation %.*s, which is not C.",
                      TL_FMT(name), TL_FMT(tl_quoted(ctx, own)));
    else
        f = tl_report(ctx, tl_node_span(ctx, p->expr),
                      "%.*s can find a beginning only in a database whose "
                      "collation is C.",
                      TL_FMT(name));
    tl_object(ctx, f, p->ref.table, p->ref.column);
    tl_related(ctx, f, index->row.made, "%.*s is made here", TL_FMT(name));
    help(ctx, f, p, opclass);
}

TL_RULE(like_needs_pattern_ops) = {
    .id = "TL305",
    .name = "like-needs-pattern-ops",
    .summary = "a pattern's beginning that the index's collation cannot find",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .on_predicate = check,
};
