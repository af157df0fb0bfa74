/*
 * array-any-column - value = ANY(column) reads every array; a GIN index serves
 * column @> ARRAY[value].
 */
#include <tusklint/rule.h>

static bool is_equal(const PgQuery__AExpr *e)
{
    return e->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY && e->n_name == 1 &&
           e->name[0]->node_case == TL_KIND(STRING) &&
           strcmp(e->name[0]->string->sval, "=") == 0;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, node);
    const struct tl_node *array = tl_find_wrapped(tl_tree(ctx), node, e->rexpr);
    const struct tl_node *value = tl_find_wrapped(tl_tree(ctx), node, e->lexpr);
    struct tl_column_ref ref;

    if (!is_equal(e) || !array || !value ||
        array->kind != TL_KIND(COLUMN_REF) ||
        value->kind == TL_KIND(COLUMN_REF) ||
        !tl_resolve_column(ctx, array, &ref) || ref.origin != TL_FROM_TABLE ||
        (ref.definition && !ref.definition->type.dimensions))
        return;
    struct tl_str column = tl_node_text(ctx, array);
    struct tl_str text = tl_node_text(ctx, value);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, node),
                  "No index can serve = ANY(%.*s): the array of every row is "
                  "searched.",
                  TL_FMT(column));

    if (!ref.definition)
        tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, ref.table, ref.column);
    tl_help(ctx, f, "%.*s @> ARRAY[%.*s] is served by a GIN index.",
            TL_FMT(column), TL_FMT(text));
    tl_edit(ctx, tl_fix(ctx, f, TL_UNSAFE, "ask with @>"),
            tl_node_span(ctx, node), "%.*s @> ARRAY[%.*s]", TL_FMT(column),
            TL_FMT(text));
}

TL_RULE(array_any_column) = {
    .id = "TL322",
    .name = "array-any-column",
    .summary = "value = ANY(column) cannot use an index",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .nodes = TL_ON(TL_KIND(A_EXPR)),
    .on_node = check,
};
