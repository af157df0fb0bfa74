/*
 * duplicate-index - two indexes of one table are the same but for the name.
 */
#include <tusklint/rule.h>

static bool same_key(const struct tl_index_key *a, const struct tl_index_key *b)
{
    return tl_str_eq(a->column, b->column) &&
           tl_str_eq(a->expression, b->expression) &&
           tl_str_eq(a->opclass, b->opclass) &&
           tl_str_eq(a->collation, b->collation) && a->desc == b->desc &&
           a->nulls_first == b->nulls_first;
}

static bool same_list(const struct tl_str *a, uint32_t n,
                      const struct tl_str *b, uint32_t m)
{
    if (n != m)
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (!tl_str_eq(a[i], b[i]))
            return false;
    return true;
}

static bool same_definition(const struct tl_index *a, const struct tl_index *b)
{
    if (a->n_keys != b->n_keys || !tl_str_eq(a->method, b->method) ||
        !tl_str_eq(a->predicate, b->predicate) ||
        !same_list(a->include, a->n_include, b->include, b->n_include))
        return false;
    for (uint32_t i = 0; i < a->n_keys; i++)
        if (!same_key(&a->keys[i], &b->keys[i]))
            return false;
    return true;
}

/* Of two that are the same, the one to drop: not the unique one, else the
   younger. Those of constraints are redundant-primary-key-index's. */
static bool should_go(const struct tl_index *i, const struct tl_index *other)
{
    if (other->of_constraint || !same_definition(i, other))
        return false;
    if (i->unique != other->unique)
        return !i->unique;
    return i->row.first > other->row.first ||
           (i->row.first == other->row.first && i->id > other->id);
}

static void report(struct tl_ctx *ctx, const struct tl_relation *table,
                   const struct tl_index *index, const struct tl_index *other)
{
    bool newer = index->row.first >= other->row.first;
    struct tl_str name = tl_name_text(ctx, index->name);
    struct tl_str twin = tl_quoted(ctx, other->name.name);
    struct tl_str of = tl_name_text(ctx, table->name);
    struct tl_finding *f =
        tl_report(ctx, newer ? index->row.made : other->row.made,
                  other->unique && !index->unique
                      ? "Index %.*s repeats the unique index %.*s of %.*s."
                      : "Index %.*s is the same as %.*s of %.*s.",
                  TL_FMT(name), TL_FMT(twin), TL_FMT(of));
    tl_object(ctx, f, index->name, TL_NONE);
    tl_about_relation(ctx, f, index->id);
    tl_about_relation(ctx, f, other->id);
    tl_related(ctx, f, newer ? other->row.made : index->row.made,
               "the other one is made here");
    tl_detail(ctx, f,
              "every INSERT maintains both, as does an UPDATE that is not HOT, "
              "and no query "
              "needs both");
    tl_help(ctx, f, "DROP INDEX CONCURRENTLY %.*s; outside of a transaction.",
            TL_FMT(name));
    if (newer)
        tl_fix_unmake(ctx, f, index);
}

static void judge_table(struct tl_ctx *ctx, const struct tl_relation *table)
{
    const struct tl_new_indexes news = tl_new_indexes(ctx, table);

    TL_EACH_INDEX(tl_after(ctx), table, index) {
        const struct tl_index *other =
            index->of_constraint ? NULL
                                 : tl_find_pair(ctx, &news, index, should_go);

        if (other)
            report(ctx, table, index, other);
    }
}

static void check(struct tl_ctx *ctx)
{
    for (const struct tl_relation *table = NULL;
         (table = tl_next_reindexed(ctx, table));)
        judge_table(ctx, table);
}

TL_RULE(duplicate_index) = {
    .id = "TL202",
    .name = "duplicate-index",
    .summary = "two indexes of a table are the same",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .on_file_end = check,
};
