/*
 * adding-serial-column - every row needs a number of its own, so the table is
 * written anew.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_column_def *c = &op->columns[0];

    if (!(c->serial || c->identity) || !op->effect.rewrite ||
        tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, c->node),
                  "Adding %s column rewrites %.*s while nobody can use it.",
                  c->identity ? "an identity" : "a serial", TL_FMT(table));
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, c->name);
    tl_help(ctx, f,
            "Add a plain column, make a sequence its default, fill the old "
            "rows in batches, then set it NOT NULL by a validated CHECK%s.",
            tl_becomes_key(ctx, op->table, c->name) ? ", and make it a key last"
                                                    : "");
}

TL_RULE(adding_serial_column) = {
    .id = "TL119",
    .name = "adding-serial-column",
    .summary = "a serial or identity column rewrites the table",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("add-column-serial", "add_column_auto_incrementing",
                          "addSerialColumn", "E11"),
    .ops = TL_ON(TL_OP_ADD_COLUMN),
    .on_op = check,
};
