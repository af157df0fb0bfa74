/*
 * prefix-index - an index that another one begins with: whatever it finds,
 * the longer one finds, too.
 */
#include <tusklint/rule.h>

/* A unique one holds a promise, and one with INCLUDE columns more than keys. */
static bool could_go(const struct tl_index *i)
{
    return !i->of_constraint && !i->unique && !i->n_include &&
           tl_str_is(i->method, "btree");
}

/* Those that keys make are redundant-primary-key-index's. */
static bool is_covered(const struct tl_index *i, const struct tl_index *longer)
{
    return longer->n_keys > i->n_keys && !longer->maybe_invalid &&
           !(longer->of_constraint && longer->unique) &&
           tl_str_eq(longer->predicate, i->predicate) &&
           tl_index_is_prefix(i, longer);
}

static void report(struct tl_ctx *ctx, const struct tl_relation *table,
                   const struct tl_index *index, const struct tl_index *longer)
{
    bool newer = index->row.first >= longer->row.first;
    struct tl_str name = tl_name_text(ctx, index->name);
    struct tl_finding *f =
        tl_report(ctx, newer ? index->row.made : longer->row.made,
                  "Index %.*s repeats the beginning of %.*s of %.*s.",
                  TL_FMT(name), TL_FMT(tl_quoted(ctx, longer->name.name)),
                  TL_FMT(tl_name_text(ctx, table->name)));

    tl_object(ctx, f, index->name, TL_NONE);
    tl_about_relation(ctx, f, index->id);
    tl_about_relation(ctx, f, longer->id);
    tl_related(ctx, f, newer ? longer->row.made : index->row.made,
               newer ? "the longer one is made here"
                     : "the shorter one is made here");
    tl_detail(ctx, f,
              "the longer one serves the same look-ups, a little more slowly; "
              "every write maintains both");
    tl_help(ctx, f,
            "DROP INDEX CONCURRENTLY %.*s; unless it is much smaller and read "
            "all the time.",
            TL_FMT(name));
}

static void judge_table(struct tl_ctx *ctx, const struct tl_relation *table)
{
    const struct tl_new_indexes news = tl_new_indexes(ctx, table);

    TL_EACH_INDEX(tl_after(ctx), table, index) {
        const struct tl_index *longer =
            could_go(index) ? tl_find_pair(ctx, &news, index, is_covered)
                            : NULL;

        if (longer)
            report(ctx, table, index, longer);
    }
}

static void check(struct tl_ctx *ctx)
{
    for (const struct tl_relation *table = NULL;
         (table = tl_next_reindexed(ctx, table));)
        judge_table(ctx, table);
}

TL_RULE(prefix_index) = {
    .id = "TL203",
    .name = "prefix-index",
    .summary = "another index begins with the same columns",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .on_file_end = check,
};
