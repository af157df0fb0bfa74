/*
 * unused-index - an index that no captured query, constraint or foreign key has
 * a use for.
 *
 * What is not in the capture proves nothing unless the capture is all there
 * is: it must be long, of the table as well, and have the fast queries in it.
 */
#include <tusklint/rule.h>

#define CALLS_MIN 1000
#define TABLE_CALLS_MIN 100
#define TABLE_SHAPES_MIN 5
/* A server that logs slow statements alone has none below its threshold, which
   is a millisecond at least. */
#define FAST_MS 0.9
/* An export that ends after the costliest has none that cost so little. */
#define CHEAP_SHARE 0.001

static bool is_whole(const struct tl_ctx *ctx)
{
    uint64_t calls = 0;
    double total = 0;
    double least = -1;
    bool fast = false;
    bool timed = false;

    for (const struct tl_shape *s = NULL; (s = tl_next_shape(ctx, s));) {
        if (!s->from_capture || s->calls == 0)
            continue;
        calls += s->calls;
        if (s->total_ms < 0)
            continue;
        timed = true;
        total += s->total_ms;
        fast |= s->total_ms < FAST_MS * (double)s->calls;
        if (s->from_statistics && (least < 0 || s->total_ms < least))
            least = s->total_ms;
    }
    return calls >= CALLS_MIN && (fast || !timed) &&
           least <= CHEAP_SHARE * total;
}

static bool is_used_much(const struct tl_ctx *ctx,
                         const struct tl_relation *table)
{
    struct tl_table_use use = tl_table_use(ctx, table);

    return use.calls >= TABLE_CALLS_MIN || use.shapes >= TABLE_SHAPES_MIN;
}

static bool is_of_foreign_key(struct tl_schema s,
                              const struct tl_relation *table,
                              struct tl_str column)
{
    TL_EACH_CONSTRAINT(s, table, c)
        for (uint32_t i = 0; c->kind == TL_FOREIGN_KEY && i < c->n_columns; i++)
            if (tl_str_eq(c->columns[i], column))
                return true;
    return false;
}

/* A child is read through its parent, by conditions on that. */
static bool is_judged(struct tl_schema s, const struct tl_relation *table)
{
    if ((table->kind != TL_TABLE && table->kind != TL_PARTITIONED_TABLE) ||
        table->temporary || table->incomplete || table->uncertain ||
        table->parent || tl_next_policy(s, table, NULL))
        return false;
    TL_EACH_COLUMN(s, table, c)
        if (c->inherited)
            return false;
    return true;
}

static void report(struct tl_ctx *ctx, const struct tl_relation *table,
                   const struct tl_index *x)
{
    struct tl_str name = tl_name_text(ctx, x->name);
    struct tl_table_use use = tl_table_use(ctx, table);
    struct tl_finding *f = tl_report(
        ctx, x->row.made,
        "No query of the capture compares, joins or sorts by the columns of "
        "%.*s: every write to %.*s maintains it.",
        TL_FMT(name), TL_FMT(tl_name_text(ctx, table->name)));

    tl_object(ctx, f, x->name, TL_NONE);
    tl_about_relation(ctx, f, x->id);
    tl_detail(ctx, f, "%u captured quer%s of the table, %llu calls", use.shapes,
              use.shapes == 1 ? "y" : "ies", (unsigned long long)use.calls);
    tl_help(ctx, f,
            "See idx_scan of pg_stat_user_indexes on every server; when it "
            "stays 0, DROP INDEX CONCURRENTLY %.*s;",
            TL_FMT(name));
}

static void check(struct tl_ctx *ctx)
{
    struct tl_schema s = tl_after(ctx);

    if (!tl_has_capture(ctx) || !is_whole(ctx))
        return;
    TL_EACH_RELATION(s, table) {
        if (!is_judged(s, table) || !is_used_much(ctx, table))
            continue;
        TL_EACH_INDEX(s, table, x)
            if (!x->unique && !x->primary && !x->of_constraint && x->n_keys &&
                !is_of_foreign_key(s, table, x->keys[0].column) &&
                tl_index_is_mentioned(ctx, x) == TL_NO)
                report(ctx, table, x);
    }
}

TL_RULE(unused_index) = {
    .id = "TL219",
    .name = "unused-index",
    .summary = "an index that no captured query has a use for",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .on_end = check,
};
