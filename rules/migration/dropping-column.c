/*
 * dropping-column - the data is gone, and code that is running still asks for
 * it.
 */
#include <tusklint/rule.h>

/* Was it copied, of every row? */
static bool is_elsewhere(struct tl_ctx *ctx, const struct tl_op *op)
{
    return tl_was_copied(ctx, op->table, op->column) &&
           tl_was_copied(ctx, op->table, TL_NONE);
}

/* Of a table with a new name no code is left that names the column. */
static void say_when(struct tl_ctx *ctx, struct tl_finding *f, bool renamed,
                     bool required)
{
    const char *nullable =
        required ? "make it nullable so that inserts without it work, " : "";

    if (renamed)
        tl_help(ctx, f,
                "Keep it for now, %sand drop it in a later migration, when its "
                "data is no longer wanted.",
                nullable);
    else
        tl_help(ctx, f,
                "Deploy code that no longer names the column first, %sand drop "
                "it in a later migration.",
                nullable);
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    const struct tl_relation *r = tl_relation(ctx, op->table);
    const struct tl_column *c =
        r ? tl_find_column(tl_before(ctx), r, op->column) : NULL;
    if (c && tl_is_made_here(ctx, &c->row))
        return;
    /* Perhaps made by a statement of this migration that we cannot read. */
    if (!c && tl_is_doubted_here(ctx, r))
        return;
    if (r && r->kind == TL_COMPOSITE)
        return;
    /* Another column takes its place, its name and its values. */
    if (tl_is_renamed_to_later(ctx, op->table, op->column) &&
        tl_was_copied(ctx, op->table, op->column))
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str column = tl_quoted(ctx, op->column);
    bool empty = tl_table_is_empty(ctx, op->table) == TL_YES;
    /* Code asks for the old name of a table, which is renaming-table's. */
    bool renamed = tl_is_renamed_here(ctx, r);
    if (renamed && (empty || is_elsewhere(ctx, op)))
        return;
    struct tl_finding *f = tl_report(
        ctx, op->span, "Dropping %.*s from %.*s %s%s%s.", TL_FMT(column),
        TL_FMT(table), empty ? "" : "deletes its data",
        empty || renamed ? "" : " and ",
        renamed ? "" : "breaks code that still reads it");
    tl_object(ctx, f, op->table, op->column);
    if (c && !r->incomplete)
        tl_related(ctx, f, c->row.made, "the column is made here");
    say_when(ctx, f, renamed, c && c->not_null && !c->default_text.n);
}

TL_RULE(dropping_column) = {
    .id = "TL133",
    .name = "dropping-column",
    .summary = "a dropped column loses its data and breaks running code",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("ban-drop-column", "drop-column", "banDropColumn"),
    .ops = TL_ON(TL_OP_DROP_COLUMN),
    .on_op = check,
};
