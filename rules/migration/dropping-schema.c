/*
 * dropping-schema - a schema or a database goes with all that is in it.
 */
#include <tusklint/rule.h>

static void drop_schema(struct tl_ctx *ctx, const struct tl_op *op)
{
    uint32_t n = 0;
    bool used = false;

    TL_EACH_RELATION(tl_before(ctx), rel) {
        bool table = rel->kind == TL_TABLE || rel->kind == TL_PARTITIONED_TABLE;

        if (!table || !tl_str_eq(rel->name.schema, op->name))
            continue;
        n++;
        used |= !tl_is_made_here(ctx, &rel->row);
    }
    /* Without CASCADE PostgreSQL refuses to drop what is not empty. */
    if (!op->cascade || (n > 0 && !used))
        return;
    struct tl_str name = tl_quoted(ctx, op->name);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "Dropping schema %.*s with CASCADE deletes all that is "
                  "in it, and what depends on that elsewhere.",
                  TL_FMT(name));

    if (n == 0) /* functions and types, or what was not seen */
        tl_set_severity(f, op->if_exists || tl_in_down(ctx) ? TL_NOTE
                                                            : TL_WARNING);
    else
        tl_detail(ctx, f, "it holds %u %s", n, n == 1 ? "table" : "tables");
    tl_help(ctx, f,
            "Drop what is in it by name, then the schema without CASCADE.");
}

static void drop_database(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (!tl_str_is(op->value, "drop"))
        return;
    struct tl_finding *f =
        tl_report(ctx, op->span, "DROP DATABASE deletes %.*s for good.",
                  TL_FMT(tl_quoted(ctx, op->name)));

    tl_help(ctx, f, "A migration changes a database; leave this to a person.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (op->kind == TL_OP_DROP_SCHEMA)
        drop_schema(ctx, op);
    else
        drop_database(ctx, op);
}

TL_RULE(dropping_schema) = {
    .id = "TL135",
    .name = "dropping-schema",
    .summary = "a schema or database is dropped with all that is in it",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_ERROR,
    .aliases = TL_ALIASES("drop-schema", "ban-drop-database", "drop-database",
                          "banDropDatabase"),
    .ops = TL_ON(TL_OP_DROP_SCHEMA, TL_OP_DATABASE),
    .on_op = check,
};
