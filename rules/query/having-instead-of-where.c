/*
 * having-instead-of-where - rows are grouped first and thrown away after.
 */
#include <tusklint/rule.h>

static bool calls_function(const struct tl_ctx *ctx, const struct tl_node *top)
{
    TL_EACH(tl_tree(ctx), top, TL_KIND(FUNC_CALL), call) {
        (void)call;
        return true;
    }
    TL_EACH(tl_tree(ctx), top, TL_KIND(SUB_LINK), link) {
        (void)link;
        return true;
    }
    return false;
}

static bool is_plain_group(const struct tl_ctx *ctx, const struct tl_node *node,
                           const PgQuery__SelectStmt *s)
{
    for (size_t i = 0; i < s->n_group_clause; i++) {
        const struct tl_node *g =
            tl_find_wrapped(tl_tree(ctx), node, s->group_clause[i]);

        if (!g || g->kind == TL_KIND(GROUPING_SET))
            return false;
    }
    return s->n_group_clause > 0;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);
    const struct tl_node *having =
        tl_find_wrapped(tl_tree(ctx), node, s->having_clause);

    /* What calls no function can hold no aggregate; OR needs both sides. */
    if (!having || calls_function(ctx, having) || !is_plain_group(ctx, node, s))
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, having),
                  "HAVING without an aggregate is a filter on rows, asked when "
                  "they are grouped already.");

    tl_help(ctx, f,
            "Move the condition to WHERE: PostgreSQL often does so "
            "itself, and the reader then need not wonder.");
}

TL_RULE(having_instead_of_where) = {
    .id = "TL326",
    .name = "having-instead-of-where",
    .summary = "HAVING without an aggregate",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(SELECT_STMT)),
    .on_node = check,
};
