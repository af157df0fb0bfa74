/*
 * view-not-security-invoker - a view reads with its owner's rights, past the
 * policies that hold for who asks.
 */
#include <tusklint/rule.h>

#define INVOKER_SINCE 15

static bool has_option(const PgQuery__ViewStmt *s, const char *name)
{
    for (size_t i = 0; i < s->n_options; i++)
        if (s->options[i]->node_case == TL_KIND(DEF_ELEM) &&
            strcmp(s->options[i]->def_elem->defname, name) == 0)
            return true;
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__ViewStmt *s = TL_AS(VIEW_STMT, ViewStmt, node);

    if (tl_pg_version(ctx) < INVOKER_SINCE || has_option(s, "security_invoker"))
        return;
    const struct tl_node *at = tl_find(tl_tree(ctx), node, s->view);
    struct tl_finding *f = tl_report(
        ctx, at ? tl_node_span(ctx, at) : tl_statement_span(ctx),
        "This view reads with its owner's rights: row level security of its "
        "tables does not see who asks.");

    tl_help(ctx, f, "CREATE VIEW ... WITH (security_invoker = true) AS ...");
}

TL_RULE(view_not_security_invoker) = {
    .id = "TL226",
    .name = "view-not-security-invoker",
    .summary = "a view reads past row level security",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
    .inputs = TL_IN_MIGRATION,
    .aliases = TL_ALIASES("security_definer_view"),
    .nodes = TL_ON(TL_KIND(VIEW_STMT)),
    .on_node = check,
};
