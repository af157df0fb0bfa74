/*
 * drop-cascade - CASCADE drops what nobody named.
 */
#include <tusklint/rule.h>

static bool has_keys(const struct tl_ctx *ctx, struct tl_name name)
{
    const struct tl_relation *r = tl_relation(ctx, name);

    return r && (r->kind == TL_TABLE || r->kind == TL_PARTITIONED_TABLE);
}

/* Is a foreign key of the table alive now and gone after this? Where the
   dropped table refers to it, it loses none: its lock is for the triggers. */
static bool loses_any(const struct tl_ctx *ctx, struct tl_name name)
{
    const struct tl_relation *r = tl_relation(ctx, name);
    struct tl_schema before = tl_before(ctx);

    TL_EACH_CONSTRAINT(before, r, c)
        if (c->kind == TL_FOREIGN_KEY && !tl_alive(&c->row, tl_after(ctx)))
            return true;
    return false;
}

/* A table that loses a foreign key to what is dropped. */
static struct tl_str loses_key(struct tl_ctx *ctx, const struct tl_op *op)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);

    for (uint32_t i = n; i > 0; i--) {
        const struct tl_taken_lock *lock = &locks[i - 1];

        if (lock->statement != tl_statement_number(ctx))
            break;
        if (lock->op == op->kind && !lock->own && lock->in_use &&
            lock->lock == TL_ACCESS_EXCLUSIVE &&
            lock->at.start == op->span.start && has_keys(ctx, lock->table) &&
            loses_any(ctx, lock->table))
            return tl_name_text(ctx, lock->table);
    }
    return TL_NONE;
}

/* DROP a, b CASCADE is said once. */
static bool is_first(const struct tl_ctx *ctx, const struct tl_op *op)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);
    uint32_t first = n;

    while (first > 0 && locks[first - 1].statement == tl_statement_number(ctx))
        first--;
    return !op->one_of_many || first == n ||
           tl_str_eq(locks[first].table.name, op->table.name);
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);

    if (!op->cascade || !is_first(ctx, op) ||
        (r && tl_is_made_here(ctx, &r->row)) ||
        tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    struct tl_str other = loses_key(ctx, op);
    struct tl_str what =
        op->kind == TL_OP_DROP_COLUMN || op->kind == TL_OP_DROP_CONSTRAINT
            ? tl_printf(ctx, "%.*s of %.*s",
                        TL_FMT(tl_quoted(ctx, op->kind == TL_OP_DROP_COLUMN
                                                  ? op->column
                                                  : op->name)),
                        TL_FMT(tl_name_text(ctx, op->table)))
            : tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, op->span, "CASCADE drops whatever depends on %.*s, too.",
                  TL_FMT(what));

    if (other.n)
        tl_detail(ctx, f, "a foreign key of %.*s goes with it", TL_FMT(other));
    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "Drop what depends on it by name, and leave CASCADE out: "
            "PostgreSQL then tells what is left.");
}

TL_RULE(drop_cascade) = {
    .id = "TL138",
    .name = "drop-cascade",
    .summary = "DROP ... CASCADE drops what nobody named",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("drop-cascade-table"),
    .ops = TL_ON(TL_OP_DROP_TABLE, TL_OP_DROP_COLUMN, TL_OP_DROP_CONSTRAINT,
                 TL_OP_DROP_VIEW, TL_OP_DROP_TYPE, TL_OP_DROP_SEQUENCE),
    .on_op = check,
};
