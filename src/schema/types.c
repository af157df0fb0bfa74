/*
 * types.c - types as text, and their comparison.
 */
#include <tusklint/schema.h>

#include <stdarg.h>
#include <stdio.h>

struct spelling {
    const char *parser;
    const char *sql;
};

/* Names that the grammar makes of the standard's spellings. */
static const struct spelling spellings[] = {
    {"int2", "smallint"}, {"int4", "integer"},
    {"int8", "bigint"},   {"float4", "real"},
    {"bool", "boolean"},  {"float8", "double precision"},
    {"bpchar", "char"},   {"varbit", "bit varying"},
};

static const char *sql_name(struct tl_str name)
{
    for (size_t i = 0; i < sizeof(spellings) / sizeof(*spellings); i++)
        if (tl_str_is(name, spellings[i].parser))
            return spellings[i].sql;
    return NULL;
}

struct out {
    char *p;
    size_t size;
    size_t n;
};

static void TL_PRINTF(2, 3) out_add(struct out *o, const char *fmt, ...)
{
    va_list args;

    if (o->n + 1 >= o->size)
        return;
    va_start(args, fmt);

    int n = vsnprintf(o->p + o->n, o->size - o->n, fmt, args);

    va_end(args);
    if (n > 0)
        o->n += (size_t)n;
}

/* An interval's first modifier is its fields; only the second is written. */
static uint8_t first_mod(const struct tl_type *t)
{
    return t->n_mods == 2 && tl_str_is(t->name.name, "interval") ? 1 : 0;
}

const char *tl_type_text(const struct tl_type *t, char *buf, size_t size)
{
    struct out o = {buf, size, 0};
    const char *sql = t->name.schema.n == 0 ? sql_name(t->name.name) : NULL;

    if (size == 0)
        return "";
    buf[0] = '\0';
    if (t->name.schema.n > 0)
        out_add(&o, "%.*s.", TL_FMT(t->name.schema));
    if (sql && !(tl_str_is(t->name.name, "bpchar") && t->n_mods == 0))
        out_add(&o, "%s", sql);
    else
        out_add(&o, "%.*s", TL_FMT(t->name.name));
    for (uint8_t i = first_mod(t); i < t->n_mods && i < 2; i++)
        out_add(&o, "%s%d", i == first_mod(t) ? "(" : ",", (int)t->mods[i]);
    if (t->n_mods > first_mod(t))
        out_add(&o, ")");
    for (uint8_t i = 0; i < t->dimensions; i++)
        out_add(&o, "[]");
    return buf;
}

/* The number of dimensions means nothing to PostgreSQL, being an array does. */
bool tl_type_equal(const struct tl_type *a, const struct tl_type *b)
{
    if (!tl_str_eq(a->name.name, b->name.name) || a->n_mods != b->n_mods)
        return false;
    if (a->name.schema.n > 0 && b->name.schema.n > 0 &&
        !tl_str_eq(a->name.schema, b->name.schema))
        return false;
    for (uint8_t i = 0; i < a->n_mods && i < 2; i++)
        if (a->mods[i] != b->mods[i])
            return false;
    return (a->dimensions > 0) == (b->dimensions > 0);
}
