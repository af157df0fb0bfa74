/*
 * truncating - every row goes at once, and with CASCADE those of other tables.
 */
#include <tusklint/rule.h>

static bool is_partition(const struct tl_ctx *ctx, uint32_t relation)
{
    const struct tl_relation *r = tl_relation_by_id(tl_before(ctx), relation);

    return r && r->parent;
}

/* Of a statement with more names or locks nothing is counted: each name would
   look at all of them. */
#define NODES_LOOKED_AT 2048
#define LOCKS_LOOKED_AT 64

static bool is_named(const struct tl_ctx *ctx, struct tl_str table)
{
    const struct tl_tree *tree = tl_tree(ctx);

    TL_EACH(tree, tree->nodes, TL_KIND(RANGE_VAR), n)
        if (tl_str_is(table, TL_AS(RANGE_VAR, RangeVar, n)->relname))
            return true;
    return false;
}

/* TRUNCATE a, b locks a table once for each that leads to it. */
static bool comes_again(const struct tl_taken_lock *locks, uint32_t i,
                        uint32_t n)
{
    for (uint32_t k = i + 1; k < n; k++)
        if (tl_same_relation(&locks[k], &locks[i]))
            return true;
    return false;
}

/* Tables that CASCADE empties too, though nobody named them: how many, and the
   last of them. Partitions are counted with their table. */
static uint32_t count_reached(const struct tl_ctx *ctx, const struct tl_op *op,
                              const struct tl_taken_lock **last)
{
    uint32_t n;
    uint32_t found = 0;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);

    if (tl_tree(ctx)->count > NODES_LOOKED_AT)
        return 0;
    for (uint32_t i = n; i > 0; i--) {
        const struct tl_taken_lock *lock = &locks[i - 1];

        if (lock->statement != tl_statement_number(ctx))
            break;
        if (n - i > LOCKS_LOOKED_AT)
            return 0;
        if (lock->op != TL_OP_TRUNCATE || lock->own || !lock->in_use ||
            lock->at.start != op->span.start ||
            is_partition(ctx, lock->relation) ||
            is_named(ctx, lock->table.name) || comes_again(locks, i - 1, n))
            continue;
        if (!found++)
            *last = lock;
    }
    return found;
}

/* "next" or "next and 2 more". */
static struct tl_str
text_of_reached(struct tl_ctx *ctx, const struct tl_taken_lock *one, uint32_t n)
{
    struct tl_str name = tl_name_text(ctx, one->table);

    return n > 1 ? tl_printf(ctx, "%.*s and %u more", TL_FMT(name), n - 1)
                 : name;
}

static void say_instead(struct tl_ctx *ctx, struct tl_finding *f,
                        const struct tl_op *op)
{
    if (op->cascade)
        tl_help(ctx, f,
                "Name the tables, without CASCADE: PostgreSQL tells which are "
                "left.");
    else if (tl_gets_required_later(ctx, op->table))
        tl_help(ctx, f,
                "The NOT NULL column that this file adds needs the empty "
                "table: add it nullable, fill it or delete the rows in "
                "batches, outside of migrations, and set it NOT NULL later.");
    else
        tl_help(ctx, f,
                "Delete what is no longer wanted in batches, outside of "
                "migrations.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES)
        return;
    const struct tl_taken_lock *other = NULL;
    uint32_t n = op->cascade ? count_reached(ctx, op, &other) : 0;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        other ? tl_report(ctx, op->span,
                          "TRUNCATE ... CASCADE deletes every row of %.*s and, "
                          "through foreign keys, of %.*s.",
                          TL_FMT(table), TL_FMT(text_of_reached(ctx, other, n)))
              : tl_report(ctx, op->span, "TRUNCATE deletes every row of %.*s.",
                          TL_FMT(table));

    if (!op->cascade)
        tl_set_severity(f, tl_in_down(ctx) ? TL_NOTE : TL_WARNING);
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, TL_NONE);
    say_instead(ctx, f, op);
}

TL_RULE(truncating) = {
    .id = "TL137",
    .name = "truncating",
    .summary = "TRUNCATE deletes every row of a table in use",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_ERROR,
    .aliases = TL_ALIASES("ban-truncate", "ban-truncate-cascade", "truncate",
                          "banTruncate", "banTruncateCascade"),
    .ops = TL_ON(TL_OP_TRUNCATE),
    .on_op = check,
};
