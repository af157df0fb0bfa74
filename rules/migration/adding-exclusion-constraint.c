/*
 * adding-exclusion-constraint - its index is built while nobody can use the
 * table, and there is no concurrent way.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (!op->n_constraints || op->constraints[0].kind != TL_EXCLUDE ||
        op->effect.no_rows || tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, op->constraints[0].node),
                  "Adding an exclusion constraint blocks reads and writes of "
                  "%.*s until its index is built.",
                  TL_FMT(table));
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "PostgreSQL has no way to build it concurrently: make it while "
            "the table is small, or on a new table that takes the old one's "
            "place.");
}

TL_RULE(adding_exclusion_constraint) = {
    .id = "TL115",
    .name = "adding-exclusion-constraint",
    .summary = "an exclusion constraint builds its index under an exclusive "
               "lock",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("add-constraint-exclude", "add_exclusion_constraint",
                          "E8"),
    .ops = TL_ON(TL_OP_ADD_CONSTRAINT),
    .on_op = check,
};
