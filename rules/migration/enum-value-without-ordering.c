/*
 * enum-value-without-ordering - a new value sorts last unless it is told where.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__AlterEnumStmt *s =
        TL_AS(ALTER_ENUM_STMT, AlterEnumStmt, node);

    if (!s->new_val || !*s->new_val || (s->old_val && *s->old_val) ||
        (s->new_val_neighbor && *s->new_val_neighbor))
        return;
    struct tl_finding *f = tl_report(
        ctx, tl_statement_span(ctx),
        "The new value '%s' sorts behind all others, for ever.", s->new_val);

    tl_help(ctx, f, "Say BEFORE or AFTER which value it comes.");
}

TL_RULE(enum_value_without_ordering) = {
    .id = "TL150",
    .name = "enum-value-without-ordering",
    .summary = "an enum value is added without BEFORE or AFTER",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .opt_in = true,
    .aliases = TL_ALIASES("require-enum-value-ordering"),
    .nodes = TL_ON(TL_KIND(ALTER_ENUM_STMT)),
    .on_node = check,
};
