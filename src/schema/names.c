/*
 * names.c - the catalog's names: relations, types, functions, search_path.
 *
 * One hash table holds chains of rows, newest first, under "schema\0name";
 * under "\0name", for texts whose names cannot be resolved, stand the schemas
 * that have, or had, such a relation. A walk ends at the first row that tells.
 */
#include "base/mem.h"
#include "base/xxh.h"

#include <assert.h>

/* Its own hash falls through labels without saying so, and names that collide
   under it are easy to make. */
#define HASH_FUNCTION(key, n, hash) (hash) = (unsigned)XXH3_64bits((key), (n))
#define uthash_malloc(n) mem_alloc(n)
#define uthash_free(p, n) mem_free(p)
#include <uthash.h>

#include "schema/names.h"

/* PostgreSQL's names have 63 bytes; a longer part is compared by its head. */
#define PART_MAX 255
#define KEY_MAX (2 * PART_MAX + 1)

struct name_slot {
    struct relation_row *relations;
    struct type_row *types;
    struct function_row *functions;
    struct name_slot *next_schema; /* that has relations of the name */
    uint32_t tainting; /* the last one that looked here by the bare name */
    bool tainted_makes;
    char *key;
    UT_hash_handle hh;
};

struct key {
    char bytes[KEY_MAX];
    size_t n;
};

static void key_make(struct key *k, struct tl_str schema, struct tl_str name)
{
    size_t s = schema.n < PART_MAX ? schema.n : PART_MAX;
    size_t n = name.n < PART_MAX ? name.n : PART_MAX;

    if (s > 0)
        memcpy(k->bytes, schema.p, s);
    k->bytes[s] = '\0';
    if (n > 0)
        memcpy(k->bytes + s + 1, name.p, n);
    k->n = s + 1 + n;
}

#define TEMPORARY_SCHEMA TL_STR("pg_temp")

/* A statement's table is asked for again and again. */
static bool is_slot_of(const struct name_slot *slot, struct tl_str schema,
                       struct tl_str name)
{
    if (!slot || slot->hh.keylen != schema.n + 1 + name.n)
        return false;

    struct tl_str first = {slot->key, schema.n};
    struct tl_str second = {slot->key + schema.n + 1, name.n};

    return tl_str_eq(second, name) && slot->key[schema.n] == '\0' &&
           tl_str_eq(first, schema);
}

void names_init(struct catalog *c)
{
    c->found = ARENA_NEW(&c->arena, struct name_slot *);
}

static struct name_slot *slot_find(const struct catalog *c,
                                   struct tl_str schema, struct tl_str name)
{
    struct key key;
    struct name_slot *slot = NULL;

    if (is_slot_of(*c->found, schema, name))
        return *c->found;
    key_make(&key, schema, name);
    HASH_FIND(hh, c->names, key.bytes, key.n, slot);
    if (slot)
        *c->found = slot;
    return slot;
}

static struct name_slot *slot_make(struct catalog *c, struct tl_str schema,
                                   struct tl_str name)
{
    struct key key;
    struct name_slot *slot = NULL;
    unsigned hash;

    key_make(&key, schema, name);
    HASH_VALUE(key.bytes, key.n, hash);
    HASH_FIND_BYHASHVALUE(hh, c->names, key.bytes, key.n, hash, slot);
    if (slot)
        return slot;
    slot = ARENA_NEW(&c->arena, struct name_slot);
    slot->key = arena_alloc(&c->arena, key.n);
    memcpy(slot->key, key.bytes, key.n);
    HASH_ADD_KEYPTR_BYHASHVALUE(hh, c->names, slot->key, key.n, hash, slot);
    c->has_temporary |= tl_str_eq(schema, TEMPORARY_SCHEMA);
    return slot;
}

void names_release(struct catalog *c)
{
    HASH_CLEAR(hh, c->names);
}

/* A row that ended when it began is seen at no moment. */
static struct relation_row *first_seen(struct relation_row *r)
{
    while (r && r->rel.row.died <= r->rel.row.born)
        r = r->same_name;
    return r;
}

void names_link_relation(struct catalog *c, struct relation_row *row)
{
    struct tl_name name = row->rel.name;
    struct name_slot *slot = slot_make(c, name.schema, name.name);

    if (!slot->relations) {
        struct name_slot *bare = slot_make(c, TL_NONE, name.name);

        slot->next_schema = bare->next_schema;
        bare->next_schema = slot;
    }
    row->same_name = first_seen(slot->relations);
    slot->relations = row;
}

static struct relation_row *copy_relation(struct change *x,
                                          const struct tl_relation *rel)
{
    struct relation_row *row =
        ARENA_NEW(&x->catalog->arena, struct relation_row);

    row->number = ++x->catalog->n_relations;
    row->rel = *rel;
    row->rel.name = store_name(x, rel->name);
    row->rel.partition_columns = store_str(x, rel->partition_columns);
    row->rel.bounds.from = store_str(x, rel->bounds.from);
    row->rel.bounds.to = store_str(x, rel->bounds.to);
    return row;
}

struct tl_relation *store_add_relation(struct change *x, struct tl_relation rel,
                                       struct tl_span made)
{
    struct relation_row *row = copy_relation(x, &rel);
    struct object *o = ARENA_NEW(&x->catalog->arena, struct object);

    vec_push(&x->catalog->objects, o);
    row->rel.id = (uint32_t)x->catalog->objects.n;
    o->newest = row;
    o->changed = x->context->statement;
    store_begin_row(x, &row->rel.row, made);
    names_link_relation(x->catalog, row);
    return &row->rel;
}

struct tl_relation *store_replace_relation(struct change *x,
                                           struct tl_relation *old,
                                           const struct tl_relation *next)
{
    struct relation_row *row = copy_relation(x, next);
    struct object *o = store_object(x->catalog, old->id);

    assert(o);
    store_end_row(x, &old->row);
    store_begin_row(x, &row->rel.row, old->row.made);
    row->rel.row.first = old->row.first;
    row->rel.row.file = old->row.file;
    row->rel.row.transaction = old->row.transaction;
    row->older = o->newest;
    o->newest = row;
    o->changed = x->context->statement;
    names_link_relation(x->catalog, row);
    return &row->rel;
}

struct tl_relation *store_add_unseen(struct change *x, struct tl_name name,
                                     enum tl_relation_kind kind)
{
    if (name.schema.n == 0)
        name.schema = store_creation_schema(x->catalog);

    struct tl_relation *rel = store_add_relation(
        x,
        (struct tl_relation){
            .kind = kind, .name = name, .filled = true, .incomplete = true},
        x->op->span);

    /* It was there before the first statement, in no file of the run. */
    rel->row.born = 0;
    rel->row.file = UINT32_MAX;
    rel->row.transaction = UINT32_MAX;
    return rel;
}

void names_link_type(struct catalog *c, struct type_row *row)
{
    struct name_slot *slot = slot_make(c, row->name.schema, row->name.name);

    row->same_name = slot->types;
    slot->types = row;
}

void names_link_function(struct catalog *c, struct function_row *row)
{
    struct name_slot *slot = slot_make(c, row->name.schema, row->name.name);

    row->same_name = slot->functions;
    slot->functions = row;
}

void store_add_type(struct change *x, struct type_row from)
{
    struct type_row *row = ARENA_NEW(&x->catalog->arena, struct type_row);

    *row = from;
    row->name = store_name(x, from.name);
    row->base = store_type(x, from.base);
    vec_push(&x->catalog->types, row);
    store_begin_row(x, &row->row, x->op->span);
    names_link_type(x->catalog, row);
}

void store_add_function(struct change *x, struct function_row from)
{
    struct function_row *row =
        ARENA_NEW(&x->catalog->arena, struct function_row);

    *row = from;
    row->name = store_name(x, from.name);
    row->arguments = store_str(x, from.arguments);
    vec_push(&x->catalog->functions, row);
    store_begin_row(x, &row->row, x->op->span);
    names_link_function(x->catalog, row);
}

void store_set_path(struct catalog *c, const struct tl_str *schemas, uint32_t n,
                    bool local, uint32_t statement)
{
    struct path_row *row = ARENA_NEW(&c->arena, struct path_row);
    struct tl_str *copy = ARENA_ARRAY(&c->arena, struct tl_str, n);

    for (uint32_t i = 0; i < n; i++)
        copy[i] = arena_str(&c->arena, schemas[i]);
    *row = (struct path_row){
        .row = {.born = statement, .died = TL_ALIVE},
        .schemas = copy,
        .n = n,
        .local = local,
        .older = c->path,
    };
    c->path = row;
    vec_push(&c->undo, (struct undo){&row->row, true});
}

static const struct tl_str default_schema = {"public", 6};
static const struct path_row default_path = {.schemas = &default_schema,
                                             .n = 1};

/* The newest setting that was made by then and not rolled back. */
const struct path_row *store_path_set(const struct catalog *c, uint32_t at)
{
    for (const struct path_row *p = c->path; p; p = p->older)
        if (p->row.born <= at && at < p->row.died)
            return p;
    return NULL;
}

/* Where an empty path finds nothing, what is written without a schema is meant
   for the one that everybody has. */
const struct path_row *store_path(const struct catalog *c, uint32_t at)
{
    const struct path_row *p = store_path_set(c, at);

    return p && p->n > 0 ? p : &default_path;
}

bool tl_path_has(struct tl_schema s, struct tl_str schema)
{
    const struct path_row *p = store_path_set(s.catalog, s.at);

    if (!p)
        p = &default_path;
    return list_has(p->schemas, p->n, schema);
}

struct tl_str store_creation_schema(const struct catalog *c)
{
    return store_path(c, STORE_NOW)->schemas[0];
}

/* A row that had a life and ended it tells of a name that is free again: what
   is older had left the name to it. */
static bool has_died(const struct tl_row *row, uint32_t at)
{
    return row->died > row->born && row->died <= at;
}

static struct relation_row *find_in(const struct catalog *c,
                                    struct tl_str schema, struct tl_str name,
                                    uint32_t at, bool *died)
{
    struct name_slot *slot = slot_find(c, schema, name);

    for (struct relation_row *r = slot ? slot->relations : NULL; r;
         r = r->same_name) {
        if (row_alive(&r->rel.row, at))
            return r;
        if (has_died(&r->rel.row, at)) {
            *died = true;
            return NULL;
        }
    }
    return NULL;
}

struct relation_row *store_find_relation(const struct catalog *c,
                                         struct tl_name name, uint32_t at,
                                         enum tl_know *known)
{
    bool died = false;
    struct relation_row *row = NULL;

    if (name.schema.n > 0) {
        row = find_in(c, name.schema, name.name, at, &died);
    } else {
        const struct path_row *path = store_path(c, at);

        if (c->has_temporary)
            row = find_in(c, TEMPORARY_SCHEMA, name.name, at, &died);
        for (uint32_t i = 0; !row && i < path->n; i++)
            row = find_in(c, path->schemas[i], name.name, at, &died);
    }
    if (known)
        *known = row ? TL_YES : died ? TL_NO : TL_UNKNOWN;
    return row;
}

struct name_slot *store_next_schema(const struct name_slot *slot)
{
    return slot->next_schema;
}

struct relation_row *store_newest(const struct name_slot *slot)
{
    return first_seen(slot->relations);
}

struct name_slot *store_bare(const struct catalog *c, struct tl_str name)
{
    struct name_slot *bare = slot_find(c, TL_NONE, name);

    return bare ? bare->next_schema : NULL;
}

struct name_slot *store_bare_once(struct catalog *c, struct tl_str name,
                                  bool makes)
{
    struct name_slot *bare = slot_find(c, TL_NONE, name);

    if (!bare ||
        (bare->tainting == c->tainting && (bare->tainted_makes || !makes)))
        return NULL;
    bare->tainting = c->tainting;
    bare->tainted_makes = makes;
    return bare->next_schema;
}

static struct type_row *type_in(const struct catalog *c, struct tl_str schema,
                                struct tl_str name, uint32_t at)
{
    struct name_slot *slot = slot_find(c, schema, name);

    for (struct type_row *t = slot ? slot->types : NULL; t; t = t->same_name) {
        if (row_alive(&t->row, at))
            return t;
        if (has_died(&t->row, at))
            return NULL;
    }
    return NULL;
}

struct type_row *store_find_type(const struct catalog *c, struct tl_name name,
                                 uint32_t at)
{
    if (name.schema.n > 0)
        return type_in(c, name.schema, name.name, at);

    const struct path_row *path = store_path(c, at);

    for (uint32_t i = 0; i < path->n; i++) {
        struct type_row *t = type_in(c, path->schemas[i], name.name, at);

        if (t)
            return t;
    }
    return NULL;
}

struct function_row *store_functions(const struct catalog *c,
                                     struct tl_name name, uint32_t at)
{
    const struct path_row *path = store_path(c, at);
    struct name_slot *slot = NULL;

    if (name.schema.n > 0)
        slot = slot_find(c, name.schema, name.name);
    for (uint32_t i = 0; name.schema.n == 0 && i < path->n; i++) {
        slot = slot_find(c, path->schemas[i], name.name);
        if (slot && slot->functions)
            break;
    }
    return slot ? slot->functions : NULL;
}

struct tl_name name_split(struct tl_str dotted)
{
    const char *dot = dotted.n ? memchr(dotted.p, '.', dotted.n) : NULL;

    if (!dot)
        return (struct tl_name){TL_NONE, dotted};

    size_t n = (size_t)(dot - dotted.p);

    return (struct tl_name){{dotted.p, n}, {dot + 1, dotted.n - n - 1}};
}
