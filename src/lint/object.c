/*
 * object.c - what a finding is about: its full name, and what kind of thing it
 * is, as far as the schema says.
 */
#include "lint/linter.h"

static const struct tl_relation *find(const struct tl_ctx *c,
                                      struct tl_name name)
{
    const struct tl_relation *r = tl_find_relation(tl_after(c), name, NULL);

    /* What the statement drops or renames is known before it. */
    return r ? r : tl_find_relation(tl_before(c), name, NULL);
}

static const char *kind_of(const struct tl_ctx *c, const struct tl_relation *r)
{
    static const char *const names[] = {
        [TL_TABLE] = "table",    [TL_PARTITIONED_TABLE] = "table",
        [TL_VIEW] = "view",      [TL_MATVIEW] = "materialized view",
        [TL_INDEX] = "index",    [TL_SEQUENCE] = "sequence",
        [TL_COMPOSITE] = "type", [TL_FOREIGN_TABLE] = "foreign table",
    };

    if (r)
        return names[r->kind];
    /* What a node of a plan reads is hardly anything else. */
    return c->plan ? "table" : "object";
}

static bool is_column(struct tl_schema s, const struct tl_relation *r,
                      struct tl_str part)
{
    return tl_find_column(s, r, part) != NULL;
}

static bool is_constraint(struct tl_schema s, const struct tl_relation *r,
                          struct tl_str part)
{
    return tl_find_constraint(s, r, part) != NULL;
}

static bool is_index(struct tl_schema s, const struct tl_relation *r,
                     struct tl_str part)
{
    struct tl_name name = {r->name.schema, part};

    return tl_find_index(s, name) != NULL;
}

static const char *part_kind(const struct tl_ctx *c,
                             const struct tl_relation *r, struct tl_str part)
{
    static const struct {
        const char *kind;
        bool (*is)(struct tl_schema, const struct tl_relation *, struct tl_str);
    } kinds[] = {
        {"column", is_column},
        {"constraint", is_constraint},
        {"index", is_index},
    };

    for (size_t i = 0; r && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (kinds[i].is(tl_after(c), r, part) ||
            kinds[i].is(tl_before(c), r, part))
            return kinds[i].kind;
    return c->plan ? "column" : "object";
}

void tl_object(struct tl_ctx *c, struct tl_finding *f, struct tl_name name,
               struct tl_str part)
{
    struct arena *a = &c->linter->arena;
    const struct tl_relation *r = find(c, name);
    struct tl_str schema = name.schema.n ? name.schema
                           : r           ? r->name.schema
                                         : TL_STR("public");

    f->relation =
        arena_printf(a, "%.*s.%.*s", TL_FMT(schema), TL_FMT(name.name));
    f->relation_kind = kind_of(c, r);
    f->object = f->relation;
    if (part.n) {
        f->object =
            arena_printf(a, "%.*s.%.*s", TL_FMT(f->relation), TL_FMT(part));
        f->part_kind = part_kind(c, r, part);
    }
}
