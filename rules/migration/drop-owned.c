/*
 * drop-owned - everything that a role owns, named by nobody.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    (void)node;
    struct tl_finding *f = tl_report(
        ctx, tl_statement_span(ctx),
        "DROP OWNED drops every table, view and function of the role in this "
        "database, and its privileges.");

    tl_help(ctx, f,
            "REASSIGN OWNED first, or drop by name what is no longer wanted.");
}

TL_RULE(drop_owned) = {
    .id = "TL160",
    .name = "drop-owned",
    .summary = "DROP OWNED drops what nobody named",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_ERROR,
    .nodes = TL_ON(TL_KIND(DROP_OWNED_STMT)),
    .on_node = check,
};
