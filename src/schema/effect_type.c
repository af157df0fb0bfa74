/*
 * effect_type.c - which type changes PostgreSQL makes without touching rows.
 *
 * Two types are binary coercible, or a length coercion is known to change
 * nothing (varchar grows, numeric keeps its scale): then only the catalog is
 * written. Every line was measured; see testdata/locks/.
 */
#include "schema/effect_type.h"

static bool is_any(struct tl_str name, const char *const *list)
{
    for (; *list; list++)
        if (tl_str_is(name, *list))
            return true;
    return false;
}

struct pair {
    const char *from;
    const char *to;
    enum type_change change;
};

/* Binary coercible both as PostgreSQL's pg_cast says, without a modifier. */
static const struct pair pairs[] = {
    {"varchar", "text", TYPE_KEPT},        {"text", "varchar", TYPE_KEPT},
    {"cidr", "inet", TYPE_KEPT},           {"xml", "text", TYPE_KEPT},
    {"xml", "varchar", TYPE_KEPT},         {"int4", "oid", TYPE_REORDERED},
    {"oid", "int4", TYPE_REORDERED},       {"text", "citext", TYPE_REORDERED},
    {"varchar", "citext", TYPE_REORDERED}, {"citext", "text", TYPE_REORDERED},
    {"citext", "varchar", TYPE_REORDERED},
};

/* An interval's first modifier is its fields; the second the precision. */
static int32_t last_mod(const struct tl_type *t)
{
    if (tl_str_is(t->name.name, "interval"))
        return t->n_mods == 2 ? t->mods[1] : -1;
    return t->n_mods ? t->mods[0] : -1;
}

/* No modifier allows everything. */
static bool grows(int32_t from, int32_t to)
{
    return to < 0 || (from >= 0 && from <= to);
}

static int32_t scale(const struct tl_type *t)
{
    return t->n_mods == 2 ? t->mods[1] : 0;
}

static bool same_fields(const struct tl_type *a, const struct tl_type *b)
{
    /* "interval" and "interval(6)" have all fields. */
    const int32_t all = 32767;
    int32_t x = a->n_mods ? a->mods[0] : all;
    int32_t y = b->n_mods ? b->mods[0] : all;

    return x == y || y == all;
}

/* The same name with other modifiers. */
static enum type_change length_change(const struct tl_type *from,
                                      const struct tl_type *to)
{
    static const char *const growing[] = {"varchar", "varbit",    "time",
                                          "timetz",  "timestamp", "timestamptz",
                                          NULL};
    struct tl_str name = from->name.name;

    if (is_any(name, growing))
        return grows(last_mod(from), last_mod(to)) ? TYPE_KEPT : TYPE_REWRITTEN;
    if (tl_str_is(name, "interval"))
        return same_fields(from, to) && grows(last_mod(from), last_mod(to))
                   ? TYPE_KEPT
                   : TYPE_REWRITTEN;
    if (tl_str_is(name, "numeric"))
        return to->n_mods == 0 || (from->n_mods && scale(from) == scale(to) &&
                                   from->mods[0] <= to->mods[0])
                   ? TYPE_KEPT
                   : TYPE_REWRITTEN;
    return TYPE_REWRITTEN;
}

static bool is_timestamp_pair(const struct tl_type *a, const struct tl_type *b)
{
    return (tl_str_is(a->name.name, "timestamp") &&
            tl_str_is(b->name.name, "timestamptz")) ||
           (tl_str_is(a->name.name, "timestamptz") &&
            tl_str_is(b->name.name, "timestamp"));
}

enum type_change effect_type_change(const struct tl_type *from,
                                    const struct tl_type *to, bool utc)
{
    if (tl_type_equal(from, to))
        return TYPE_KEPT;
    if (from->dimensions || to->dimensions)
        return TYPE_REWRITTEN;
    if (tl_str_eq(from->name.name, to->name.name))
        return length_change(from, to);
    /* A new length or precision is a conversion of its own. */
    if (to->n_mods)
        return TYPE_REWRITTEN;
    if (is_timestamp_pair(from, to))
        return utc ? TYPE_REORDERED : TYPE_REWRITTEN;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
        if (tl_str_is(from->name.name, pairs[i].from) &&
            tl_str_is(to->name.name, pairs[i].to))
            return pairs[i].change;
    return TYPE_REWRITTEN;
}

bool effect_using_computes(const struct tl_op *op)
{
    const struct tl_node *n = op->using_node;

    if (n && n->kind == TL_KIND(TYPE_CAST)) {
        const PgQuery__TypeCast *cast = TL_AS(TYPE_CAST, TypeCast, n);

        /* column::type: the cast that would be made anyway. */
        return !cast->arg || cast->arg->node_case != TL_KIND(COLUMN_REF);
    }
    return n && n->kind != TL_KIND(COLUMN_REF);
}
