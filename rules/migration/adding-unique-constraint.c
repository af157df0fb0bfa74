/*
 * adding-unique-constraint - its index is built while nobody can use the table.
 */
#include <tusklint/rule.h>

static const struct tl_constraint_def *unique(const struct tl_op *op)
{
    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (op->constraints[i].kind == TL_UNIQUE &&
            !op->constraints[i].using_index.n)
            return &op->constraints[i];
    return NULL;
}

/* The index first, then the constraint over it. A name is needed for both, and
   a partitioned table takes no index that is built concurrently. */
static void offer_index(struct tl_ctx *ctx, const struct tl_op *op,
                        const struct tl_constraint_def *c, struct tl_finding *f)
{
    struct tl_span whole = tl_statement_span(ctx);

    if (!c->name.n || c->of_column || c->n_include || c->nulls_not_distinct ||
        c->deferrable || op->if_exists || tl_in_transaction(ctx) == TL_YES ||
        tl_is_one_command(ctx) || op->span.start != whole.start ||
        op->span.end != whole.end ||
        tl_is_partitioned(ctx, op->table) == TL_YES)
        return;
    struct tl_str table = tl_full_name_text(ctx, op->table);
    struct tl_str name = tl_quoted(ctx, c->name);
    struct tl_fix *fix =
        tl_fix(ctx, f, TL_UNSAFE, "build the index first, concurrently");

    tl_edit(ctx, fix, whole,
            "CREATE UNIQUE INDEX CONCURRENTLY %.*s ON %.*s (%.*s);\n"
            "ALTER TABLE %.*s ADD CONSTRAINT %.*s UNIQUE USING INDEX %.*s",
            TL_FMT(name), TL_FMT(table),
            TL_FMT(tl_list_text(ctx, c->columns, c->n_columns)), TL_FMT(table),
            TL_FMT(name), TL_FMT(name));
}

static void say_index_first(struct tl_ctx *ctx, struct tl_finding *f,
                            const struct tl_op *op,
                            const struct tl_constraint_def *c)
{
    bool new = false;

    for (uint32_t i = 0; i < c->n_columns; i++)
        new |= tl_column_is_new(ctx, op->table, c->columns[i]);
    if (op->kind == TL_OP_ADD_COLUMN)
        tl_help(ctx, f,
                "Add the column without UNIQUE; then CREATE UNIQUE INDEX "
                "CONCURRENTLY, and ADD CONSTRAINT ... UNIQUE USING INDEX, "
                "which takes an instant.");
    else
        tl_help(ctx, f,
                "%sCREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT ... "
                "UNIQUE USING INDEX, which takes an instant%s.",
                new ? "In later migrations: " : "",
                new ? "; foreign keys to it come after that" : "");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_constraint_def *c = unique(op);

    if (!c || op->effect.no_rows || tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, c->node),
                  "Adding a unique constraint blocks reads and writes of %.*s "
                  "until its index is built.",
                  TL_FMT(table));
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, c->n_columns ? c->columns[0] : TL_NONE);
    say_index_first(ctx, f, op, c);
    offer_index(ctx, op, c, f);
}

TL_RULE(adding_unique_constraint) = {
    .id = "TL113",
    .name = "adding-unique-constraint",
    .summary = "a unique constraint builds its index under an exclusive lock",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("disallowed-unique-constraint",
                          "add-constraint-unique", "add_unique_constraint",
                          "disallowUniqueConstraint", "E7"),
    .ops = TL_ON(TL_OP_ADD_CONSTRAINT, TL_OP_ADD_COLUMN),
    .on_op = check,
};
