/*
 * renaming-table - code that is running still asks for the old name.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);

    if (tl_table_is_new(ctx, op->table) == TL_YES ||
        (op->relation_kind != TL_TABLE && op->relation_kind != TL_VIEW &&
         op->relation_kind != TL_MATVIEW) ||
        (r && (r->kind == TL_SEQUENCE || r->kind == TL_COMPOSITE)))
        return;
    /* A view or a table of the old name takes its place. */
    if (tl_is_made_later(ctx, op->table))
        return;
    bool moves = op->kind == TL_OP_SET_SCHEMA;
    struct tl_str from = tl_name_text(ctx, op->table);
    struct tl_str to =
        moves ? tl_full_name_text(
                    ctx, (struct tl_name){op->new_name, op->table.name})
              : tl_quoted(ctx, op->new_name);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "%s %.*s to %.*s breaks code that still asks for the old "
                  "name.",
                  moves ? "Moving" : "Renaming", TL_FMT(from), TL_FMT(to));

    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "In the same transaction CREATE VIEW %.*s AS SELECT * FROM %.*s, "
            "and drop the view when no code uses it; or keep the name.",
            TL_FMT(from), TL_FMT(to));
}

TL_RULE(renaming_table) = {
    .id = "TL131",
    .name = "renaming-table",
    .summary = "a renamed table breaks code that is still running",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("rename-table", "renamingTable"),
    .ops = TL_ON(TL_OP_RENAME_TABLE, TL_OP_SET_SCHEMA),
    .on_op = check,
};
