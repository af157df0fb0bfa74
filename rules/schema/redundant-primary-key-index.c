/*
 * redundant-primary-key-index - the index behind a key already serves every
 * query that this one could.
 */
#include <tusklint/rule.h>

static bool could_be_redundant(const struct tl_index *i)
{
    for (uint32_t k = 0; k < i->n_keys; k++)
        if (!i->keys[k].column.n)
            return false;
    return !i->of_constraint && !i->predicate.n &&
           tl_str_is(i->method, "btree");
}

/* A unique index over fewer columns promises more than the key does. */
static bool is_redundant(const struct tl_index *i, const struct tl_index *key)
{
    if (!key->of_constraint || !key->unique || key->predicate.n ||
        !tl_index_is_prefix(i, key))
        return false;
    return !i->unique || i->n_keys == key->n_keys;
}

static void report(struct tl_ctx *ctx, const struct tl_relation *table,
                   const struct tl_index *index, const struct tl_index *key)
{
    bool index_is_newer = index->row.first >= key->row.first;
    struct tl_str name = tl_name_text(ctx, index->name);
    struct tl_str of = tl_name_text(ctx, table->name);
    struct tl_str key_name = tl_quoted(ctx, key->name.name);
    const char *kind = key->primary ? "primary key" : "unique constraint";
    bool is_prefix = index->n_keys < key->n_keys;
    struct tl_finding *f = tl_report(
        ctx, index_is_newer ? index->row.made : key->row.made,
        "Index %.*s %s the %s %.*s of %.*s, which already serves the same "
        "look-ups.",
        TL_FMT(name), is_prefix ? "repeats the beginning of" : "repeats", kind,
        TL_FMT(key_name), TL_FMT(of));
    tl_object(ctx, f, index->name, TL_NONE);
    tl_about_relation(ctx, f, index->id);
    tl_about_relation(ctx, f, key->id);
    tl_related(ctx, f, index_is_newer ? key->row.made : index->row.made,
               index_is_newer ? "the %s is made here"
                              : "the index is made here",
               kind);
    if (index->n_include) {
        struct tl_str extra =
            tl_list_text(ctx, index->include, index->n_include);

        tl_set_severity(f, TL_NOTE);
        tl_detail(ctx, f,
                  "it only adds INCLUDE (%.*s), which saves a look at the "
                  "table in index-only scans",
                  TL_FMT(extra));
        tl_help(ctx, f,
                "Keep it only if such scans are frequent: every write pays "
                "for it.");
        return;
    }
    tl_detail(ctx, f,
              "every INSERT maintains both, as does an UPDATE that is not HOT, "
              "and both take "
              "space and cache");
    tl_help(ctx, f, "DROP INDEX CONCURRENTLY %.*s; outside of a transaction.",
            TL_FMT(name));
    if (index_is_newer)
        tl_fix_unmake(ctx, f, index);
}

static void judge_table(struct tl_ctx *ctx, const struct tl_relation *table)
{
    const struct tl_new_indexes news = tl_new_indexes(ctx, table);

    TL_EACH_INDEX(tl_after(ctx), table, index) {
        const struct tl_index *key =
            could_be_redundant(index)
                ? tl_find_pair(ctx, &news, index, is_redundant)
                : NULL;

        if (key)
            report(ctx, table, index, key);
    }
}

static void check(struct tl_ctx *ctx)
{
    for (const struct tl_relation *table = NULL;
         (table = tl_next_reindexed(ctx, table));)
        if (table->kind == TL_TABLE || table->kind == TL_PARTITIONED_TABLE)
            judge_table(ctx, table);
}

TL_RULE(redundant_primary_key_index) = {
    .id = "TL201",
    .name = "redundant-primary-key-index",
    .summary = "an index repeats the columns of a primary key or unique "
               "constraint",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .on_file_end = check,
};
