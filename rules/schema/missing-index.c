/*
 * missing-index - captured queries look rows up by columns that no index of
 * the table begins with.
 *
 * Small tables are read faster than any index, so the times must show that the
 * table is none of them.
 */
#include <tusklint/rule.h>

#define CALLS_MIN 20
#define MEAN_MS 1
#define SLOW_MS 20
#define SHARE 0.01
#define WAYS 3
#define TOLD 8

static bool is_by_key(const struct tl_ctx *ctx, const struct tl_shape *s)
{
    struct tl_schema schema = tl_after(ctx);
    const struct tl_relation *table =
        tl_find_relation(schema, s->key_table, NULL);

    if (s->class != TL_CLASS_ONE || s->n_tables != 1 || s->locking || !table)
        return false;
    TL_EACH_INDEX(schema, table, x)
        if (x->unique && !x->predicate.n && x->n_keys == 1 &&
            tl_str_eq(x->keys[0].column, s->key_column))
            return true;
    return false;
}

/* Where the application took the times, the way to the server and back is in
   all of them: what one row by its key takes at the least; 0: not known. */
static double way_ms(const struct tl_ctx *ctx)
{
    double least = -1;

    for (const struct tl_shape *s = NULL; (s = tl_next_shape(ctx, s));) {
        double mean = s->total_ms / (double)(s->calls ? s->calls : 1);

        if (s->from_capture && s->total_ms >= 0 && s->calls >= CALLS_MIN &&
            (least < 0 || mean < least) && is_by_key(ctx, s))
            least = mean;
    }
    return least > 0 ? least : 0;
}

static double capture_ms(const struct tl_ctx *ctx)
{
    double total = 0;

    for (const struct tl_shape *s = NULL; (s = tl_next_shape(ctx, s));)
        if (s->from_capture && s->total_ms > 0)
            total += s->total_ms;
    return total;
}

static bool matters(const struct tl_index_advice *a, double total, double way)
{
    double mean = a->total_ms / (double)(a->timed_calls ? a->timed_calls : 1);

    if (a->calls < CALLS_MIN)
        return false;
    if (a->total_ms < 0)
        return true;
    return mean >= MEAN_MS && mean >= WAYS * way &&
           (mean >= SLOW_MS || a->total_ms >= SHARE * total);
}

static struct tl_str time_text(struct tl_ctx *ctx,
                               const struct tl_index_advice *a)
{
    if (a->total_ms < 0)
        return TL_NONE;
    return tl_printf(ctx, ", %.3g ms on average",
                     a->total_ms /
                         (double)(a->timed_calls ? a->timed_calls : 1));
}

/* What to run; the whole of a partitioned table cannot be indexed so. */
static void advise(struct tl_ctx *ctx, struct tl_finding *f,
                   const struct tl_index_advice *a)
{
    struct tl_str table = tl_name_text(ctx, a->table->name);
    struct tl_str name = tl_quoted(ctx, a->name);
    struct tl_str columns = tl_list_text(ctx, a->columns, a->n_columns);
    struct tl_str where =
        a->predicate.n ? tl_printf(ctx, " WHERE %.*s", TL_FMT(a->predicate))
                       : TL_NONE;
    struct tl_str drop =
        a->extends ? tl_printf(ctx,
                               " Then DROP INDEX CONCURRENTLY %.*s; it is the "
                               "beginning of the new one.",
                               TL_FMT(tl_name_text(ctx, a->extends->name)))
                   : TL_NONE;

    if (a->table->kind == TL_PARTITIONED_TABLE)
        tl_help(ctx, f,
                "CREATE INDEX %.*s ON ONLY %.*s (%.*s)%.*s; then the same on "
                "each partition with CONCURRENTLY, and ALTER INDEX ... ATTACH "
                "PARTITION.",
                TL_FMT(name), TL_FMT(table), TL_FMT(columns), TL_FMT(where));
    else
        tl_help(ctx, f,
                "CREATE INDEX CONCURRENTLY %.*s ON %.*s (%.*s)%.*s;%.*s",
                TL_FMT(name), TL_FMT(table), TL_FMT(columns), TL_FMT(where),
                TL_FMT(drop));
}

static void tell_shapes(struct tl_ctx *ctx, struct tl_finding *f,
                        const struct tl_index_advice *a)
{
    for (uint32_t i = 1; i < a->n_shapes && i < TOLD; i++)
        tl_related(ctx, f, a->shapes[i]->span,
                   "it leads to the rows of this one, too: %llu call%s",
                   (unsigned long long)a->shapes[i]->calls,
                   a->shapes[i]->calls == 1 ? "" : "s");
    if (a->n_shapes > TOLD)
        tl_detail(ctx, f, "and to those of %u more queries",
                  a->n_shapes - TOLD);
}

static bool is_read(const struct tl_shape *s)
{
    bool reads = s->class == TL_CLASS_ONE || s->class == TL_CLASS_BATCH ||
                 s->class == TL_CLASS_RANGE || s->class == TL_CLASS_SCAN;

    return reads && !s->locking;
}

/* What locks rows may have waited for them, however small the table. */
static bool is_certain(const struct tl_index_advice *a)
{
    for (uint32_t i = 0; i < a->n_shapes && a->total_ms >= 0; i++)
        if (is_read(a->shapes[i]))
            return true;
    return false;
}

static void report(struct tl_ctx *ctx, const struct tl_index_advice *a)
{
    const struct tl_shape *first = a->shapes[0];
    struct tl_str table = tl_name_text(ctx, a->table->name);
    struct tl_finding *f = tl_report(
        ctx, first->span,
        "No index of %.*s leads to the rows by (%.*s): %u quer%s, %llu "
        "calls%.*s.",
        TL_FMT(table), TL_FMT(tl_list_text(ctx, a->columns, a->n_columns)),
        a->n_shapes, a->n_shapes == 1 ? "y" : "ies",
        (unsigned long long)a->calls, TL_FMT(time_text(ctx, a)));

    if (!is_certain(a))
        tl_set_severity(f, TL_NOTE);
    f->statement_key = first->hash;
    tl_object(ctx, f, a->table->name, a->columns[0]);
    tl_related(ctx, f, a->table->row.made, "%.*s is made here", TL_FMT(table));
    if (a->extends)
        tl_related(ctx, f, a->extends->row.made,
                   "this index leads there in part only");
    tell_shapes(ctx, f, a);
    advise(ctx, f, a);
}

static void check(struct tl_ctx *ctx)
{
    uint32_t n;
    const struct tl_index_advice *list = tl_index_advices(ctx, &n);
    double total = n ? capture_ms(ctx) : 0;
    double way = n ? way_ms(ctx) : 0;

    for (uint32_t i = 0; i < n; i++)
        if (matters(&list[i], total, way))
            report(ctx, &list[i]);
}

TL_RULE(missing_index) = {
    .id = "TL220",
    .name = "missing-index",
    .summary = "captured queries look rows up where no index leads to them",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .on_end = check,
};
