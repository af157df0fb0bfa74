/*
 * slow-lookup - one row by its key takes a fraction of a millisecond; what
 * takes longer waits, or does not use the index.
 */
#include <tusklint/rule.h>

#define MEAN_MS 10
#define CALLS_MIN 5

static bool is_key(struct tl_schema s, const struct tl_relation *table,
                   struct tl_str column)
{
    TL_EACH_CONSTRAINT(s, table, c)
        if ((c->kind == TL_PRIMARY_KEY || c->kind == TL_UNIQUE) &&
            c->n_columns == 1 && tl_str_eq(c->columns[0], column))
            return true;
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_shape *s)
{
    const struct tl_relation *table =
        tl_find_relation(tl_after(ctx), s->key_table, NULL);

    if (s->class != TL_CLASS_ONE || s->n_tables != 1 || s->calls < CALLS_MIN ||
        s->total_ms < MEAN_MS * (double)s->calls || !table ||
        !is_key(tl_after(ctx), table, s->key_column) || s->locking)
        return;
    struct tl_str name = tl_name_text(ctx, s->key_table);
    struct tl_str column = tl_quoted(ctx, s->key_column);
    struct tl_finding *f = tl_report(
        ctx, s->span,
        "One row of %.*s by its key takes %.3g ms on average; an index finds "
        "it in well under one.",
        TL_FMT(name), s->total_ms / (double)s->calls);

    f->statement_key = s->hash;
    tl_object(ctx, f, s->key_table, s->key_column);
    tl_help(ctx, f,
            "Look for what it waits for (locks, a slow network, a full "
            "connection pool), and whether the value has the type of %.*s.",
            TL_FMT(column));
}

TL_RULE(slow_lookup) = {
    .id = "TL410",
    .name = "slow-lookup",
    .summary = "one row by its key takes far longer than an index needs",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_WARNING,
    .on_shape = check,
};
