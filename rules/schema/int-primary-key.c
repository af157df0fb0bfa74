/*
 * int-primary-key - an integer key is used up after two thousand million rows,
 * and a larger type then rewrites the table.
 */
#include <tusklint/rule.h>

/* As pg_dump writes serial: DEFAULT nextval('...'). */
static bool counts(const struct tl_column *c)
{
    static const char call[] = "nextval(";
    size_t n = sizeof(call) - 1;

    return c->serial || c->identity ||
           (c->default_text.n > n && memcmp(c->default_text.p, call, n) == 0);
}

static const struct tl_column *small_key(struct tl_schema s,
                                         const struct tl_relation *table)
{
    TL_EACH_CONSTRAINT(s, table, c) {
        const struct tl_column *column;

        if (c->kind != TL_PRIMARY_KEY || c->n_columns != 1)
            continue;
        column = tl_find_column(s, table, c->columns[0]);
        if (column && counts(column) &&
            (tl_type_is(&column->type, "int4") ||
             tl_type_is(&column->type, "int2")))
            return column;
    }
    return NULL;
}

static void check(struct tl_ctx *ctx, const struct tl_relation *table)
{
    struct tl_schema s = tl_after(ctx);
    const struct tl_column *key = table->temporary ? NULL : small_key(s, table);

    if (!key)
        return;
    char type[64];
    struct tl_finding *f = tl_report(
        ctx, key->typed, "%.*s of %.*s counts up in %s: it ends at %s.",
        TL_FMT(tl_quoted(ctx, key->name)),
        TL_FMT(tl_name_text(ctx, table->name)),
        tl_type_text(&key->type, type, sizeof(type)),
        tl_type_is(&key->type, "int2") ? "32767" : "2147483647");

    tl_object(ctx, f, table->name, key->name);
    tl_help(ctx, f,
            "Make new keys bigint: to change the type later rewrites the "
            "table and all that refers to it.");
}

TL_RULE(int_primary_key) = {
    .id = "TL206",
    .name = "int-primary-key",
    .summary = "a counting primary key that is smaller than bigint",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("prefer-bigint-over-int", "prefer-big-int",
                          "prefer-bigint-over-smallint", "preferBigInt"),
    .on_relation = check,
};
