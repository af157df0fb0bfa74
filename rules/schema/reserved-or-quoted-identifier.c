/*
 * reserved-or-quoted-identifier - a name that must be quoted wherever it is
 * written, for ever.
 */
#include <tusklint/rule.h>

/* Key words that may name a table or column without quotes, though PostgreSQL
   itself writes them quoted (sql-keywords-appendix.html: "non-reserved (cannot
   be function or type)"). */
static bool goes_without(struct tl_str name)
{
    static const char *const words[] = {
        "between",   "bigint",   "bit",       "boolean",   "char",
        "character", "coalesce", "dec",       "decimal",   "exists",
        "extract",   "float",    "greatest",  "grouping",  "inout",
        "int",       "integer",  "interval",  "least",     "national",
        "nchar",     "none",     "normalize", "nullif",    "numeric",
        "out",       "overlay",  "position",  "precision", "real",
        "row",       "setof",    "smallint",  "substring", "time",
        "timestamp", "treat",    "trim",      "values",    "varchar",
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (tl_str_is(name, words[i]))
            return true;
    return false;
}

static void judge(struct tl_ctx *ctx, const struct tl_op *op,
                  struct tl_str name, struct tl_span at, const char *what)
{
    struct tl_str quoted = tl_quoted(ctx, name);

    if (!name.n || tl_str_eq(quoted, name) || goes_without(name))
        return;
    struct tl_finding *f =
        tl_report(ctx, at, "The %s %.*s needs its quotes wherever it is used.",
                  what, TL_FMT(quoted));

    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "Take a name of small letters, digits and _ that is no key word.");
}

static struct tl_span part(const struct tl_op *op, uint32_t at, uint32_t length)
{
    struct tl_span span = op->span;

    if (length) {
        span.start += at;
        span.end = span.start + length;
    }
    return span;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    switch (op->kind) {
    case TL_OP_CREATE_INDEX:
        judge(ctx, op, op->index->name, op->span, "index");
        return;
    case TL_OP_RENAME_TABLE:
        judge(ctx, op, op->new_name, op->span, "table");
        return;
    case TL_OP_RENAME_COLUMN:
        judge(ctx, op, op->new_name, op->span, "column");
        return;
    case TL_OP_CREATE_SCHEMA:
        judge(ctx, op, op->name, op->span, "schema");
        return;
    case TL_OP_CREATE_TABLE:
        judge(ctx, op, op->table.name, op->span, "table");
        break;
    default:
        break;
    }
    for (uint32_t i = 0; i < op->n_columns; i++)
        judge(ctx, op, op->columns[i].name,
              part(op, op->columns[i].at, op->columns[i].length), "column");
}

TL_RULE(reserved_or_quoted_identifier) = {
    .id = "TL217",
    .name = "reserved-or-quoted-identifier",
    .summary = "a name that must be quoted wherever it is used",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
    .inputs = TL_IN_MIGRATION,
    .ops = TL_ON(TL_OP_CREATE_SCHEMA, TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN,
                 TL_OP_CREATE_INDEX, TL_OP_RENAME_TABLE, TL_OP_RENAME_COLUMN),
    .on_op = check,
};
