/*
 * renaming-column - code that is running still asks for the old name.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    const struct tl_relation *r = tl_relation(ctx, op->table);
    const struct tl_column *c =
        r ? tl_find_column(tl_before(ctx), r, op->column) : NULL;
    /* Made by this very migration: no code knows it yet. */
    if (c && tl_is_made_here(ctx, &c->row))
        return;
    /* Perhaps made by a statement of this migration that we cannot read. */
    if (!c && tl_is_doubted_here(ctx, r))
        return;
    if (r && (r->kind == TL_COMPOSITE || tl_is_renamed_here(ctx, r)))
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str from = tl_quoted(ctx, op->column);
    struct tl_str to = tl_quoted(ctx, op->new_name);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "Renaming %.*s to %.*s breaks code that still asks %.*s for "
                  "the old name.",
                  TL_FMT(from), TL_FMT(to), TL_FMT(table));
    tl_object(ctx, f, op->table, op->column);
    if (tl_is_added_later(ctx, op->column))
        tl_detail(ctx, f,
                  "and another column gets that name here: old code then "
                  "reads and writes the wrong one");
    tl_help(ctx, f,
            "Add %.*s, write both, move the readers, then drop %.*s; or keep "
            "the name.",
            TL_FMT(to), TL_FMT(from));
}

TL_RULE(renaming_column) = {
    .id = "TL130",
    .name = "renaming-column",
    .summary = "a renamed column breaks code that is still running",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("rename-column", "renamingColumn"),
    .ops = TL_ON(TL_OP_RENAME_COLUMN),
    .on_op = check,
};
