/*
 * rewriting-table - statements whose work it is to write a table anew.
 */
#include <tusklint/rule.h>

/* "set logged" as it is written. */
static struct tl_str words_of(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (op->kind == TL_OP_CLUSTER)
        return TL_STR("CLUSTER");
    if (op->kind == TL_OP_VACUUM)
        return TL_STR("VACUUM FULL");
    struct tl_str words = tl_printf(ctx, "%.*s", TL_FMT(op->value));
    char upper[64];
    size_t n = words.n < sizeof(upper) ? words.n : sizeof(upper) - 1;

    for (size_t i = 0; i < n; i++)
        upper[i] = words.p[i] >= 'a' && words.p[i] <= 'z'
                       ? (char)(words.p[i] - 32)
                       : words.p[i];
    return tl_printf(ctx, "%.*s", (int)n, upper);
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (!op->effect.rewrite || tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES)
        return;
    struct tl_str table =
        op->table.name.n ? tl_name_text(ctx, op->table) : TL_STR("every table");
    struct tl_finding *f =
        tl_report(ctx, op->span, "%.*s rewrites %.*s while nobody can use it.",
                  TL_FMT(words_of(ctx, op)), TL_FMT(table));

    if (op->table.name.n) {
        tl_note_lock(ctx, f, op);
        tl_object(ctx, f, op->table, TL_NONE);
    }
    tl_help(ctx, f,
            "Do it in a maintenance window; pg_repack does the like beside a "
            "table in use.");
}

TL_RULE(rewriting_table) = {
    .id = "TL122",
    .name = "rewriting-table",
    .summary = "CLUSTER, VACUUM FULL, SET LOGGED ... write the table anew",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("vacuum-full", "cluster", "set-logged-unlogged"),
    .ops = TL_ON(TL_OP_CLUSTER, TL_OP_VACUUM, TL_OP_ALTER_TABLE_OTHER),
    .on_op = check,
};
