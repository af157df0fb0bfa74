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

static void check(struct tl_ctx *ctx)
{
    struct tl_schema s = tl_after(ctx);

    TL_EACH_RELATION(s, table) {
        bool judged =
            (table->kind == TL_TABLE || table->kind == TL_PARTITIONED_TABLE) &&
            !table->parent && !table->temporary && !table->unlogged &&
            !table->incomplete && !table->uncertain &&
            table->replica_identity != 'i';

        if (!judged || has_key(s, table))
            continue;
        struct tl_str name = tl_name_text(ctx, table->name);
        struct tl_finding *f =
            tl_report(ctx, table->row.made, "Table %.*s has no primary key.",
                      TL_FMT(name));

        tl_object(ctx, f, table->name, TL_NONE);
        tl_detail(ctx, f,
                  "logical replication refuses UPDATE and DELETE without one");
        tl_help(ctx, f,
                "Make the columns that tell rows apart its primary key, or add "
                "an identity column.");
    }
}

TL_RULE(table_without_primary_key) = {
    .id = "TL205",
    .name = "table-without-primary-key",
    .summary = "a table has no primary key when the history ends",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("no-primary-key", "E13"),
    .on_end = check,
};
