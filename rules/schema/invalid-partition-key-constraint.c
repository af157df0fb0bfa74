/*
 * invalid-partition-key-constraint - PostgreSQL keeps unique what one partition
 * holds, so the key must name the partition columns.
 */
#include <tusklint/rule.h>

static bool has(const struct tl_constraint_def *c, struct tl_str column)
{
    for (uint32_t i = 0; i < c->n_columns; i++)
        if (tl_str_eq(c->columns[i], column))
            return true;
    return false;
}

/* The first column of "a,b" that the key lacks; none. */
static struct tl_str missing(const struct tl_constraint_def *c,
                             struct tl_str partition_columns)
{
    size_t start = 0;

    for (size_t i = 0; i <= partition_columns.n; i++) {
        if (i < partition_columns.n && partition_columns.p[i] != ',')
            continue;
        struct tl_str column = {partition_columns.p + start, i - start};

        if (column.n && !has(c, column))
            return column;
        start = i + 1;
    }
    return TL_NONE;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);
    struct tl_str columns =
        op->kind == TL_OP_CREATE_TABLE ? op->partition_columns : TL_NONE;

    if (op->kind != TL_OP_CREATE_TABLE && r)
        columns = r->partition_columns;
    for (uint32_t i = 0; columns.n && i < op->n_constraints; i++) {
        const struct tl_constraint_def *c = &op->constraints[i];
        struct tl_str column = missing(c, columns);

        if ((c->kind != TL_PRIMARY_KEY && c->kind != TL_UNIQUE) || !column.n ||
            !c->n_columns)
            continue;
        struct tl_finding *f = tl_report(
            ctx, tl_node_span(ctx, c->node),
            "This fails: a %s of the partitioned table %.*s must hold the "
            "partition column %.*s.",
            c->kind == TL_PRIMARY_KEY ? "primary key" : "unique constraint",
            TL_FMT(tl_name_text(ctx, op->table)),
            TL_FMT(tl_quoted(ctx, column)));

        tl_object(ctx, f, op->table, column);
        tl_help(ctx, f,
                "Add %.*s to the key, or make a unique index on each "
                "partition.",
                TL_FMT(tl_quoted(ctx, column)));
    }
}

TL_RULE(invalid_partition_key_constraint) = {
    .id = "TL221",
    .name = "invalid-partition-key-constraint",
    .summary = "a key of a partitioned table lacks a partition column",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_ERROR,
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_CONSTRAINT),
    .on_op = check,
};
