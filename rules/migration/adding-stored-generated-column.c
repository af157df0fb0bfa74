/*
 * adding-stored-generated-column - every row is computed and written anew.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_column_def *c = &op->columns[0];

    if (!c->generated_stored || !op->effect.rewrite ||
        tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, c->node),
                  "Adding a stored generated column rewrites %.*s while "
                  "nobody can use it.",
                  TL_FMT(table));
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, c->name);
    tl_help(ctx, f,
            "Add a plain column, let a trigger keep it, and fill the old rows "
            "in batches; or, where only conditions ask for it, index the "
            "expression and store nothing.");
}

TL_RULE(adding_stored_generated_column) = {
    .id = "TL120",
    .name = "adding-stored-generated-column",
    .summary = "a stored generated column rewrites the table",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("add-column-generated", "add_column_generated_stored",
                          "addingStoredGeneratedColumn"),
    .ops = TL_ON(TL_OP_ADD_COLUMN),
    .on_op = check,
};
