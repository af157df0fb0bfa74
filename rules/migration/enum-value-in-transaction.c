/*
 * enum-value-in-transaction - a new enum value may not be used before COMMIT.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__AConst *c = TL_AS(A_CONST, AConst, node);
    struct tl_span added;

    if (c->val_case != PG_QUERY__A__CONST__VAL_SVAL ||
        tl_in_transaction(ctx) != TL_YES)
        return;
    struct tl_str value = tl_str_c(c->sval->sval);

    if (!tl_enum_value_is_new(ctx, value, &added))
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, node),
                  "The enum value '%.*s' cannot be used in the transaction "
                  "that adds it: the migration fails here.",
                  TL_FMT(value));
    tl_related(ctx, f, added, "it is added here");
    tl_help(ctx, f, "Use it in a later migration.");
}

TL_RULE(enum_value_in_transaction) = {
    .id = "TL149",
    .name = "enum-value-in-transaction",
    .summary = "an enum value is used in the transaction that adds it",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_ERROR,
    .aliases = TL_ALIASES("enum-value-used-in-transaction",
                          "ban-alter-enum-in-transaction"),
    .nodes = TL_ON(TL_KIND(A_CONST)),
    .on_node = check,
};
