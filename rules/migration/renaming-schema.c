/*
 * renaming-schema - every name that code writes with the schema is gone at
 * once.
 */
#include <tusklint/rule.h>

static bool is_used(const struct tl_ctx *ctx, struct tl_str schema)
{
    bool seen = false;

    TL_EACH_RELATION(tl_before(ctx), rel) {
        if (!tl_str_eq(rel->name.schema, schema))
            continue;
        seen = true;
        if (!tl_is_made_here(ctx, &rel->row))
            return true;
    }
    return !seen; /* what is in it was not shown */
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (!is_used(ctx, op->name))
        return;
    struct tl_str from = tl_quoted(ctx, op->name);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "Renaming schema %.*s to %.*s breaks code that still writes "
                  "the old name, and every search_path that holds it.",
                  TL_FMT(from), TL_FMT(tl_quoted(ctx, op->new_name)));
    tl_help(ctx, f,
            "Keep the name; or make a new schema with views of the tables, "
            "move the readers, then move the tables.");
}

TL_RULE(renaming_schema) = {
    .id = "TL132",
    .name = "renaming-schema",
    .summary = "a renamed schema breaks code that is still running",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("rename-schema", "renamingSchema"),
    .ops = TL_ON(TL_OP_RENAME_SCHEMA),
    .on_op = check,
};
