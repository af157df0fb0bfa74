/*
 * setting-not-null - SET NOT NULL reads the whole table while nobody can use
 * it, unless a valid CHECK already proves what it wants to know.
 */
#include <tusklint/rule.h>

#define CHECK_PROVES_SINCE 12

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (!op->effect.scan || tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str column = tl_quoted(ctx, op->column);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "SET NOT NULL blocks reads and writes of %.*s while every "
                  "row is checked.",
                  TL_FMT(table));
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, op->column);
    if (tl_pg_version(ctx) < CHECK_PROVES_SINCE) {
        tl_help(ctx, f,
                "Keep a validated CHECK (%.*s IS NOT NULL) instead: before "
                "PostgreSQL 12 there is no way around the scan.",
                TL_FMT(column));
        return;
    }
    tl_help(ctx, f,
            "First add CHECK (%.*s IS NOT NULL) NOT VALID, then VALIDATE it, "
            "each in a transaction of its own; SET NOT NULL then needs no "
            "scan, and the CHECK can go.",
            TL_FMT(column));
}

TL_RULE(setting_not_null) = {
    .id = "TL116",
    .name = "setting-not-null",
    .summary = "SET NOT NULL reads the whole table under an exclusive lock",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("adding-not-nullable-field", "set-not-null",
                          "addingNotNullField", "E2"),
    .ops = TL_ON(TL_OP_SET_NOT_NULL),
    .on_op = check,
};
