/*
 * adding-foreign-key-constraint - a foreign key that is checked at once locks
 * both tables against writes for as long as the check takes.
 */
#include <tusklint/rule.h>

/* The first version that takes NOT VALID on a partitioned table. */
#define FIRST_PARTITIONED_NOT_VALID 18

static const struct tl_constraint_def *foreign_key(const struct tl_op *op)
{
    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (op->constraints[i].kind == TL_FOREIGN_KEY)
            return &op->constraints[i];
    return NULL;
}

/* ADD COLUMN x REFERENCES t, all NULL: nothing to check, but both locks. */
static void check_column(struct tl_ctx *ctx, const struct tl_op *op,
                         const struct tl_constraint_def *fk)
{
    struct tl_str other = tl_name_text(ctx, fk->ref_table);
    struct tl_str table = tl_name_text(ctx, op->table);

    /* A table that refers to itself is locked anyway. */
    if (tl_table_is_new(ctx, fk->ref_table) == TL_YES ||
        tl_str_eq(table, other))
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, fk->node),
                  "Adding a column with REFERENCES locks %.*s and %.*s "
                  "together.",
                  TL_FMT(table), TL_FMT(other));
    tl_detail(ctx, f,
              "ACCESS EXCLUSIVE on %.*s and SHARE ROW EXCLUSIVE on %.*s: for "
              "an instant, because the new column has no values to check%s",
              TL_FMT(table), TL_FMT(other),
              tl_in_transaction(ctx) == TL_YES
                  ? ", but kept until the transaction ends"
                  : "");
    tl_object(ctx, f, op->table, op->column);
    tl_help(ctx, f,
            "Set a short lock_timeout, so that a long query on either table "
            "cannot hold up the other.");
    tl_set_severity(f, TL_NOTE);
}

static void offer_split(struct tl_ctx *ctx, const struct tl_op *op,
                        const struct tl_constraint_def *fk,
                        struct tl_finding *f)
{
    struct tl_str table = tl_full_name_text(ctx, op->table);
    struct tl_str name = tl_quoted(ctx, fk->name);

    if (tl_is_partitioned(ctx, op->table) == TL_YES &&
        tl_pg_version(ctx) < FIRST_PARTITIONED_NOT_VALID) {
        tl_help(ctx, f,
                "Add it to each partition with NOT VALID, VALIDATE it there "
                "in a later transaction, and add it to %.*s last: then "
                "nothing is left to check. Before PostgreSQL 18 a "
                "partitioned table takes no NOT VALID itself.",
                TL_FMT(table));
        return;
    }
    if (!fk->name.n) {
        tl_help(ctx, f,
                "Name the constraint, add it with NOT VALID, and run ALTER "
                "TABLE %.*s VALIDATE CONSTRAINT in a later transaction.",
                TL_FMT(table));
        return;
    }
    tl_help(ctx, f,
            "Add it with NOT VALID, then run ALTER TABLE %.*s VALIDATE "
            "CONSTRAINT %.*s in a later transaction: that lets writes pass.",
            TL_FMT(table), TL_FMT(name));
    /* In one transaction the second statement would keep the first's lock. */
    struct tl_span whole = tl_statement_span(ctx);
    if (tl_in_transaction(ctx) == TL_YES || tl_is_one_command(ctx) ||
        op->span.end != whole.end)
        return;
    struct tl_fix *fix =
        tl_fix(ctx, f, TL_SAFE, "add it NOT VALID and validate it after");
    tl_edit(ctx, fix, (struct tl_span){whole.end, whole.end, whole.source},
            " NOT VALID;\nALTER TABLE %s%.*s VALIDATE CONSTRAINT %.*s",
            op->if_exists ? "IF EXISTS " : "", TL_FMT(table), TL_FMT(name));
}

static enum tl_lock stronger(enum tl_lock a, enum tl_lock b)
{
    return a > b ? a : b;
}

/* ALTER TABLE takes the strongest lock that any of its parts needs, and an
   earlier statement of the transaction may hold a stronger one. */
static struct tl_finding *report(struct tl_ctx *ctx, const struct tl_op *op,
                                 const struct tl_constraint_def *fk,
                                 struct tl_str table, struct tl_str other)
{
    enum tl_lock own = tl_statement_lock(ctx, op->table);
    enum tl_lock theirs = tl_statement_lock(ctx, fk->ref_table);
    bool alone = tl_str_eq(table, other) ||
                 tl_table_is_new(ctx, fk->ref_table) == TL_YES;

    own =
        stronger(stronger(own, op->effect.lock), tl_held_lock(ctx, op->table));
    theirs = stronger(theirs, tl_held_lock(ctx, fk->ref_table));
    theirs = stronger(theirs, TL_SHARE_ROW_EXCLUSIVE);
    const char *stops =
        tl_lock_blocks_reads(own) ? "reads and writes of" : "writes to";
    struct tl_str also =
        alone ? TL_STR("")
        : own == theirs
            ? tl_printf(ctx, " and %.*s", TL_FMT(other))
            : tl_printf(ctx, ", and writes to %.*s,", TL_FMT(other));
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, fk->node),
                  "Adding a validated foreign key blocks %s %.*s%.*s while "
                  "every row is checked.",
                  stops, TL_FMT(table), TL_FMT(also));

    if (alone)
        tl_detail(ctx, f, "%s on %.*s until the whole of it was checked%s",
                  tl_lock_name(own), TL_FMT(table), tl_and_on(ctx));
    else
        tl_detail(ctx, f,
                  "%s on %.*s and %s on %.*s until the whole of %.*s was "
                  "checked%s",
                  tl_lock_name(own), TL_FMT(table), tl_lock_name(theirs),
                  TL_FMT(other), TL_FMT(table), tl_and_on(ctx));
    return f;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_constraint_def *fk = foreign_key(op);

    if (!fk || fk->not_valid || op->effect.no_rows ||
        tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    if (op->kind == TL_OP_ADD_COLUMN && !op->columns[0].has_default) {
        check_column(ctx, op, fk);
        return;
    }
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str other = tl_name_text(ctx, fk->ref_table);
    struct tl_finding *f = report(ctx, op, fk, table, other);
    tl_object(ctx, f, op->table, fk->n_columns ? fk->columns[0] : TL_NONE);
    if (op->kind == TL_OP_ADD_CONSTRAINT)
        offer_split(ctx, op, fk, f);
    else
        tl_help(ctx, f,
                "Add the column first, the foreign key with NOT VALID after "
                "it, and VALIDATE it in a later transaction.");
}

TL_RULE(adding_foreign_key_constraint) = {
    .id = "TL110",
    .name = "adding-foreign-key-constraint",
    .summary = "a foreign key checked at once blocks writes to both tables",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("fk-no-not-valid", "addingForeignKeyConstraint"),
    .ops = TL_ON(TL_OP_ADD_CONSTRAINT, TL_OP_ADD_COLUMN),
    .on_op = check,
};
