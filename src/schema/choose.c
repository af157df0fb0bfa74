/*
 * choose.c - the names PostgreSQL chooses: t_pkey, t_a_b_key, t_a_fkey.
 *
 * A name has at most 63 bytes. When table and columns do not fit, the longer
 * of the two is cut first, never inside a character, so that the label always
 * stays whole. A name that is taken gets 1, 2, ... behind its label.
 */
#include "base/utf8.h"
#include "schema/names.h"

#include <stdio.h>

#define NAME_BYTES 63

/* At most `n` bytes, whole characters only. */
static struct tl_str clip(struct tl_str s, size_t n)
{
    size_t at = 0;

    if (s.n <= n)
        return s;
    while (at < n) {
        uint32_t codepoint;
        size_t step =
            utf8_next((struct tl_str){s.p + at, s.n - at}, &codepoint);

        if (at + step > n)
            break;
        at += step;
    }
    return (struct tl_str){s.p, at};
}

static struct tl_str make_name(struct arena *a, struct tl_str table,
                               struct tl_str part, const char *label)
{
    size_t overhead = strlen(label) + 1 + (part.n > 0);
    size_t room = overhead < NAME_BYTES ? NAME_BYTES - overhead : 0;
    size_t table_n = table.n;
    size_t part_n = part.n;

    while (table_n + part_n > room) {
        if (table_n > part_n)
            table_n--;
        else
            part_n--;
    }
    table = clip(table, table_n);
    part = clip(part, part_n);
    if (part.n == 0)
        return arena_printf(a, "%.*s_%s", TL_FMT(table), label);
    return arena_printf(a, "%.*s_%.*s_%s", TL_FMT(table), TL_FMT(part), label);
}

/* Constraint names are few and mostly found on their own table. */
static bool constraint_exists(const struct catalog *c, struct tl_str schema,
                              struct tl_name table, struct tl_str name)
{
    struct relation_row *r = store_find_relation(
        c, (struct tl_name){schema, table.name}, STORE_NOW, NULL);

    return r && store_constraint(c, r->rel.id, name, STORE_NOW);
}

static bool relation_exists(const struct catalog *c, struct tl_str schema,
                            struct tl_str name)
{
    return store_find_relation(c, (struct tl_name){schema, name}, STORE_NOW,
                               NULL) != NULL;
}

enum taken_by { TAKEN_RELATION = 1, TAKEN_CONSTRAINT = 2 };

/* Nobody has more of one name; a thousand alike shall not be counted through
   for each that comes. */
#define PASSES_MAX 256

static struct tl_str choose(struct change *x, struct tl_name table,
                            struct tl_str part, const char *label, int taken)
{
    const struct catalog *c = x->catalog;
    char numbered[32];

    for (unsigned pass = 0; pass < PASSES_MAX; pass++) {
        if (pass == 0)
            (void)snprintf(numbered, sizeof(numbered), "%s", label);
        else
            (void)snprintf(numbered, sizeof(numbered), "%s%u", label, pass);

        struct tl_str name =
            make_name(&x->catalog->arena, table.name, part, numbered);

        if ((taken & TAKEN_RELATION) && relation_exists(c, table.schema, name))
            continue;
        if ((taken & TAKEN_CONSTRAINT) &&
            constraint_exists(c, table.schema, table, name))
            continue;
        return name;
    }
    return make_name(&x->catalog->arena, table.name, part, label);
}

struct tl_str names_for_relation(struct change *x, struct tl_name table,
                                 struct tl_str part, const char *label,
                                 bool of_constraint)
{
    return choose(x, table, part, label,
                  of_constraint ? TAKEN_RELATION | TAKEN_CONSTRAINT
                                : TAKEN_RELATION);
}

struct tl_str names_for_constraint(struct change *x, struct tl_name table,
                                   struct tl_str part, const char *label)
{
    return choose(x, table, part, label, TAKEN_CONSTRAINT);
}

struct tl_str names_join(struct arena *a, const struct tl_str *columns,
                         uint32_t n)
{
    struct tl_str joined = TL_NONE;

    for (uint32_t i = 0; i < n && joined.n <= NAME_BYTES; i++)
        joined = joined.n == 0 ? columns[i]
                               : arena_printf(a, "%.*s_%.*s", TL_FMT(joined),
                                              TL_FMT(columns[i]));
    return joined;
}
