/*
 * join-on-expression - tables are joined by a computed column, and neither has
 * an index that could find the rows of the other.
 */
#include <tusklint/rule.h>

static bool is_computed(const struct tl_predicate *p)
{
    return p->wrap == TL_WRAP_FUNCTION || p->wrap == TL_WRAP_CAST ||
           p->wrap == TL_WRAP_ARITHMETIC || p->wrap == TL_WRAP_TIME_ZONE;
}

static bool is_text(struct tl_str type)
{
    return tl_str_is(type, "text") || tl_str_is(type, "varchar");
}

/* A cast that leaves the stored bytes, so that the index serves anyway. */
static bool is_harmless_cast(const struct tl_predicate *p)
{
    if (p->side->kind != TL_KIND(TYPE_CAST) || !p->ref.definition)
        return false;
    const PgQuery__TypeCast *cast = TL_AS(TYPE_CAST, TypeCast, p->side);
    const PgQuery__TypeName *type = cast->type_name;
    if (!type || !type->n_names ||
        type->names[type->n_names - 1]->node_case != TL_KIND(STRING))
        return true;
    struct tl_str to = tl_str_c(type->names[type->n_names - 1]->string->sval);
    struct tl_str from = p->ref.definition->type.name.name;
    return tl_str_eq(from, to) || (is_text(from) && is_text(to));
}

static bool is_known(const struct tl_column_ref *r)
{
    return r->origin == TL_FROM_TABLE && r->relation &&
           !r->relation->incomplete && !r->relation->uncertain &&
           !r->relation->temporary;
}

static const struct tl_index *index_on(struct tl_schema s,
                                       const struct tl_column_ref *r)
{
    TL_EACH_INDEX(s, r->relation, x)
        if (x->n_keys && tl_str_eq(x->keys[0].column, r->column))
            return x;
    return NULL;
}

/* A condition of its own finds the table's rows; they are looked up elsewhere
   then, not here. */
static bool is_narrowed(struct tl_ctx *ctx, const struct tl_node *range)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    for (uint32_t i = 0; i < n; i++)
        if (all[i].ref.range == range && !all[i].value_is_joined &&
            all[i].clause != TL_CLAUSE_HAVING)
            return true;
    return false;
}

/* Is it certain that the other side finds no rows either? */
static bool serves_nothing(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    struct tl_schema s = tl_after(ctx);
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    for (uint32_t i = 0; i < n; i++) {
        const struct tl_predicate *other = &all[i];

        if (other->expr != p->expr || other->side != p->value)
            continue;
        if (!is_known(&other->ref))
            return false;
        if (other->wrap == TL_WRAP_NONE)
            return !index_on(s, &other->ref);
        return !tl_expression_index(ctx, other->ref.relation, other->side);
    }
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    if (!is_computed(p) || !p->value_is_joined || p->under_or || p->negated ||
        !tl_str_is(p->op, "=") || !is_known(&p->ref) || is_harmless_cast(p) ||
        tl_expression_index(ctx, p->ref.relation, p->side))
        return;
    const struct tl_index *index = index_on(tl_after(ctx), &p->ref);
    if (!index || is_narrowed(ctx, p->ref.range) || !serves_nothing(ctx, p))
        return;
    struct tl_str name = tl_quoted(ctx, index->name.name);
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, p->side),
        "This join cannot use %.*s: %.*s is computed for every row of %.*s, "
        "and the other side has no index either.",
        TL_FMT(name), TL_FMT(column), TL_FMT(tl_name_text(ctx, p->ref.table)));

    tl_object(ctx, f, p->ref.table, p->ref.column);
    tl_related(ctx, f, index->row.made, "%.*s is made here", TL_FMT(name));
    tl_help(ctx, f,
            "Give both columns one type and one form, and join them as they "
            "are; or index what is computed: CREATE INDEX CONCURRENTLY ON "
            "%.*s ((%.*s)), when the expression is immutable.",
            TL_FMT(tl_name_text(ctx, p->ref.table)),
            TL_FMT(tl_node_text(ctx, p->side)));
}

TL_RULE(join_on_expression) = {
    .id = "TL325",
    .name = "join-on-expression",
    .summary = "tables joined by a computed column, without an index for it",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .on_predicate = check,
};
