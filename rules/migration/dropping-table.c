/*
 * dropping-table - the rows are gone, and code that is running still asks for
 * them.
 */
#include <tusklint/rule.h>

/* Were the rows copied by this file, or are there none? */
static bool are_elsewhere(struct tl_ctx *ctx, struct tl_name table)
{
    return tl_table_is_empty(ctx, table) == TL_YES ||
           tl_was_copied(ctx, table, TL_NONE);
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);

    if (op->relation_kind != TL_TABLE ||
        tl_table_is_new(ctx, op->table) == TL_YES ||
        (r && (r->temporary || r->kind == TL_VIEW)))
        return;
    /* Code that asks for the old name of a table is renaming-table's, and code
       that knows the new one there is none: only the rows count. */
    bool renamed = tl_is_renamed_here(ctx, r);
    if (renamed && are_elsewhere(ctx, op->table))
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f = tl_report(
        ctx, op->span, "Dropping %.*s deletes its rows%s.", TL_FMT(table),
        renamed ? "" : " and breaks code that still reads it");
    tl_object(ctx, f, op->table, TL_NONE);
    if (!r && op->if_exists)
        tl_set_severity(f, TL_NOTE);
    if (r && !r->incomplete)
        tl_related(ctx, f, r->row.made, "the table is made here");
    tl_help(ctx, f,
            "Deploy code that no longer names the table first, and drop it in "
            "a later migration.");
}

TL_RULE(dropping_table) = {
    .id = "TL134",
    .name = "dropping-table",
    .summary = "a dropped table loses its rows and breaks running code",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("ban-drop-table", "drop-table", "banDropTable"),
    .ops = TL_ON(TL_OP_DROP_TABLE),
    .on_op = check,
};
