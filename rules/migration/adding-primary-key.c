/*
 * adding-primary-key - its index is built, and NULLs are looked for, while
 * nobody can use the table.
 */
#include <tusklint/rule.h>

static const struct tl_constraint_def *primary_key(const struct tl_op *op)
{
    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (op->constraints[i].kind == TL_PRIMARY_KEY)
            return &op->constraints[i];
    return NULL;
}

/* The first column that PostgreSQL must look through for NULLs, or none. */
static struct tl_str nullable(struct tl_ctx *ctx, const struct tl_op *op,
                              const struct tl_str *columns, uint32_t n)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);

    for (uint32_t i = 0; r && i < n; i++)
        if (tl_column_is_not_null(tl_before(ctx), r, columns[i]) == TL_NO)
            return columns[i];
    return TL_NONE;
}

/* USING INDEX still reads the table when a column of the index may be NULL. */
static void check_using(struct tl_ctx *ctx, const struct tl_op *op,
                        const struct tl_constraint_def *c)
{
    struct tl_name name = {op->table.schema, c->using_index};
    const struct tl_index *index = tl_find_index(tl_before(ctx), name);
    struct tl_str columns[32];
    uint32_t n = 0;

    for (uint32_t i = 0; index && i < index->n_keys && n < 32; i++)
        columns[n++] = index->keys[i].column;
    struct tl_str column = nullable(ctx, op, columns, n);

    if (!column.n)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, c->node),
                  "%.*s may be NULL, so making it the primary key reads all "
                  "of %.*s while nobody can use it.",
                  TL_FMT(tl_quoted(ctx, column)), TL_FMT(table));
    tl_detail(ctx, f,
              "ACCESS EXCLUSIVE on %.*s: blocks reads and writes while every "
              "row is checked%s",
              TL_FMT(table), tl_and_on(ctx));
    tl_object(ctx, f, op->table, column);
    tl_help(ctx, f,
            "First CHECK (%.*s IS NOT NULL) NOT VALID, VALIDATE it, and SET "
            "NOT NULL.",
            TL_FMT(tl_quoted(ctx, column)));
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_constraint_def *c = primary_key(op);

    if (!c || op->effect.no_rows || tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES)
        return;
    if (c->using_index.n) {
        check_using(ctx, op, c);
        return;
    }
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str column = nullable(ctx, op, c->columns, c->n_columns);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, c->node),
                  "Adding a primary key blocks reads and writes of %.*s until "
                  "its index is built.",
                  TL_FMT(table));
    tl_note_lock(ctx, f, op);
    if (column.n)
        tl_detail(ctx, f, "%.*s may be NULL: every row is looked at, too",
                  TL_FMT(tl_quoted(ctx, column)));
    tl_object(ctx, f, op->table, c->n_columns ? c->columns[0] : TL_NONE);
    tl_help(ctx, f,
            "CREATE UNIQUE INDEX CONCURRENTLY%s, then ADD PRIMARY KEY USING "
            "INDEX, which takes an instant.",
            column.n ? ", make the column NOT NULL by a validated CHECK" : "");
}

TL_RULE(adding_primary_key) = {
    .id = "TL114",
    .name = "adding-primary-key",
    .summary = "a primary key builds its index under an exclusive lock",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("adding-primary-key-constraint",
                          "adding-serial-primary-key-field",
                          "addingPrimaryKeyConstraint"),
    .ops = TL_ON(TL_OP_ADD_CONSTRAINT, TL_OP_ADD_COLUMN),
    .on_op = check,
};
