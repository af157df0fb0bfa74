/*
 * column-of-missing-table - DDL that names what the history has dropped.
 *
 * "Never made" is no proof, for a history need not be whole; "dropped" is, and
 * so is a column or constraint that a table with a known CREATE does not have.
 */
#include <tusklint/rule.h>

static void say(struct tl_ctx *ctx, const struct tl_op *op,
                struct tl_str column, struct tl_str what)
{
    struct tl_finding *f = tl_report(
        ctx, op->span, "PostgreSQL refuses this: %.*s.", TL_FMT(what));

    tl_object(ctx, f, op->table, column);
    tl_help(ctx, f,
            "Correct the name, or add IF EXISTS where it is meant to "
            "be gone on some databases.");
}

static bool is_table_gone(const struct tl_ctx *ctx, const struct tl_op *op)
{
    enum tl_know before;
    enum tl_know after;

    tl_find_relation(tl_before(ctx), op->table, &before);
    tl_find_relation(tl_after(ctx), op->table, &after);
    return before == TL_NO && after == TL_NO;
}

static bool is_sure(const struct tl_relation *r)
{
    return r && !r->incomplete && !r->uncertain &&
           (r->kind == TL_TABLE || r->kind == TL_PARTITIONED_TABLE);
}

/* An op may name what another one of its statement made or renamed. */
static bool has_column(const struct tl_ctx *ctx, const struct tl_op *op,
                       struct tl_str column)
{
    const struct tl_relation *before =
        tl_find_relation(tl_before(ctx), op->table, NULL);
    const struct tl_relation *after =
        tl_find_relation(tl_after(ctx), op->table, NULL);

    if (!is_sure(before) || (after && !is_sure(after)))
        return true;
    return tl_find_column(tl_before(ctx), before, column) ||
           (after && tl_find_column(tl_after(ctx), after, column));
}

static bool has_constraint(const struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *before =
        tl_find_relation(tl_before(ctx), op->table, NULL);
    const struct tl_relation *after =
        tl_find_relation(tl_after(ctx), op->table, NULL);

    if (!is_sure(before) || !is_sure(after))
        return true;
    return tl_find_constraint(tl_before(ctx), before, op->name) ||
           tl_find_constraint(tl_after(ctx), after, op->name);
}

static bool judge_column(struct tl_ctx *ctx, const struct tl_op *op,
                         struct tl_str column)
{
    if (!column.n || has_column(ctx, op, column))
        return true;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str name = tl_quoted(ctx, column);

    say(ctx, op, column,
        tl_printf(ctx, "%.*s has no column %.*s", TL_FMT(table), TL_FMT(name)));
    return false;
}

/* PostgreSQL 18 names NOT NULL constraints like this. */
static bool is_not_null_name(struct tl_str name)
{
    static const char end[] = "_not_null";
    size_t n = sizeof(end) - 1;

    return name.n > n && memcmp(name.p + name.n - n, end, n) == 0;
}

static void judge_constraint(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (!op->name.n || is_not_null_name(op->name) || has_constraint(ctx, op))
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str name = tl_quoted(ctx, op->name);

    say(ctx, op, TL_NONE,
        tl_printf(ctx, "%.*s has no constraint %.*s", TL_FMT(table),
                  TL_FMT(name)));
}

static void judge_parts(struct tl_ctx *ctx, const struct tl_op *op)
{
    switch (op->kind) {
    case TL_OP_DROP_CONSTRAINT:
    case TL_OP_VALIDATE_CONSTRAINT:
    case TL_OP_RENAME_CONSTRAINT:
        judge_constraint(ctx, op);
        return;
    case TL_OP_CREATE_INDEX:
        for (uint32_t i = 0; i < op->index->n_keys; i++)
            if (!judge_column(ctx, op, op->index->keys[i].column))
                return;
        return;
    case TL_OP_ADD_CONSTRAINT:
        for (uint32_t i = 0; i < op->constraints[0].n_columns; i++)
            if (!judge_column(ctx, op, op->constraints[0].columns[i]))
                return;
        return;
    default:
        judge_column(ctx, op, op->column);
    }
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (op->if_exists || !op->table.name.n)
        return;
    if (is_table_gone(ctx, op)) {
        struct tl_str name = tl_name_text(ctx, op->table);

        say(ctx, op, TL_NONE,
            tl_printf(ctx, "%.*s was dropped or renamed before", TL_FMT(name)));
        return;
    }
    judge_parts(ctx, op);
}

TL_RULE(column_of_missing_table) = {
    .id = "TL154",
    .name = "column-of-missing-table",
    .summary = "a table, column or constraint that the history does not have",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .ops = TL_ON(TL_OP_ADD_COLUMN, TL_OP_DROP_COLUMN, TL_OP_RENAME_COLUMN,
                 TL_OP_ALTER_COLUMN_TYPE, TL_OP_SET_DEFAULT, TL_OP_DROP_DEFAULT,
                 TL_OP_SET_NOT_NULL, TL_OP_DROP_NOT_NULL, TL_OP_ADD_CONSTRAINT,
                 TL_OP_DROP_CONSTRAINT, TL_OP_VALIDATE_CONSTRAINT,
                 TL_OP_RENAME_CONSTRAINT, TL_OP_CREATE_INDEX, TL_OP_DROP_TABLE,
                 TL_OP_RENAME_TABLE, TL_OP_DROP_INDEX, TL_OP_TRUNCATE,
                 TL_OP_CREATE_TRIGGER),
    .on_op = check,
};
