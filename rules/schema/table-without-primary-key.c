/*
 * table-without-primary-key - rows that nothing tells apart: no upsert, no
 * logical replication of changes, and duplicates that cannot be removed.
 */
#include <tusklint/rule.h>

static bool has_key(struct tl_schema s, const struct tl_relation *table)
{
    TL_EACH_CONSTRAINT(s, table, c)
        if (c->kind == TL_PRIMARY_KEY)
            return true;
    return false;
}

/* Is it a list of columns? With an expression in it the table can have no
   primary key at all. */
static bool is_plain(struct tl_schema s, const struct tl_relation *table)
{
    struct tl_str left = table->partition_columns;

    while (left.n) {
        const char *comma = memchr(left.p, ',', left.n);
        size_t n = comma ? (size_t)(comma - left.p) : left.n;

        if (!tl_find_column(s, table, (struct tl_str){left.p, n}))
            return false;
        n += comma != NULL;
        left = (struct tl_str){left.p + n, left.n - n};
    }
    return true;
}

/* Partitions may be divided by columns of their own. */
static bool has_divided_partition(struct tl_schema s,
                                  const struct tl_relation *table)
{
    TL_EACH_PARTITION(s, table, part)
    if (part->kind == TL_PARTITIONED_TABLE)
        return true;
    return false;
}

static void say_how(struct tl_ctx *ctx, struct tl_finding *f,
                    const struct tl_relation *table)
{
    struct tl_schema s = tl_after(ctx);

    if (table->kind == TL_PARTITIONED_TABLE)
        tl_help(ctx, f,
                "Make the columns that tell rows apart its primary key; those "
                "of the partition key (%.*s) must be among them%s.",
                TL_FMT(table->partition_columns),
                has_divided_partition(s, table)
                    ? ", and those by which its partitions are divided"
                    : "");
    else if (tl_has_heirs(s, table))
        tl_help(ctx, f,
                "Make the columns that tell rows apart its primary key; it "
                "does not hold for the tables that inherit from this one.");
    else
        tl_help(ctx, f,
                "Make the columns that tell rows apart its primary key, or add "
                "an identity column and make that the key.");
}

static void check(struct tl_ctx *ctx, const struct tl_relation *table)
{
    struct tl_schema s = tl_after(ctx);
    bool judged =
        (table->kind == TL_TABLE || table->kind == TL_PARTITIONED_TABLE) &&
        !table->parent && !table->temporary && !table->unlogged &&
        !table->incomplete && !table->uncertain &&
        table->replica_identity != 'i' && is_plain(s, table);

    if (!judged || has_key(s, table))
        return;
    struct tl_str name = tl_name_text(ctx, table->name);
    struct tl_span lost;
    bool had_one = tl_lost_primary_key(ctx, table, &lost);
    struct tl_finding *f =
        tl_report(ctx, table->row.made, "Table %.*s has no primary key%s.",
                  TL_FMT(name), had_one ? " any more" : "");

    tl_object(ctx, f, table->name, TL_NONE);
    if (had_one)
        tl_related(ctx, f, lost, "its primary key is dropped here");
    if (table->replica_identity != 'f')
        tl_detail(ctx, f,
                  "where a publication takes its UPDATEs and DELETEs they "
                  "fail, unless REPLICA IDENTITY is FULL or a unique "
                  "index");
    say_how(ctx, f, table);
}

TL_RULE(table_without_primary_key) = {
    .id = "TL205",
    .name = "table-without-primary-key",
    .summary = "a table has no primary key when the history ends",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("no-primary-key", "E13"),
    .on_relation = check,
};
