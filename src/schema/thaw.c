/*
 * thaw.c - a frozen catalog's bytes, which may be anybody's, to a catalog.
 */
#include "schema/freeze_row.h"
#include "schema/names.h"

#include <stdlib.h>

/* Rows take so much more than what they are written in. */
#define ROOM 16
#define ROOM_MAX ((size_t)64 << 20)

/* A row that shall be found by its name. */
struct named {
    struct tl_str name;
    void *thing;
    const struct tl_row *row;
    size_t place; /* in its list */
};

struct thaw {
    struct freezer f;
    struct catalog *catalog;
    VEC(struct named) names; /* of the list that is being read */
    /* By their numbers; what stands in a chain is taken out. */
    struct index_row **indexes;
    struct constraint_row **constraints;
    uint32_t n_indexes;
    uint32_t n_constraints;
};

static uint32_t read_count(struct thaw *t)
{
    uint32_t n = 0;

    code_count(t->f.codec, &n);
    return n;
}

/* Every object has a row, and that is the first thing known of it. */
static void read_relations(struct thaw *t)
{
    struct catalog *cat = t->catalog;

    for (uint32_t i = 0; i < t->f.n_objects; i++)
        vec_push(&cat->objects, ARENA_NEW(&cat->arena, struct object));
    for (uint32_t n = read_count(t); n > 0; n--) {
        struct relation_row *row = ARENA_NEW(&cat->arena, struct relation_row);

        freeze_relation(&t->f, row);
        if (t->f.codec->failed)
            return;
        struct object *o = cat->objects.v[row->rel.id - 1];
        row->number = ++cat->n_relations;
        row->older = o->newest;
        o->newest = row;
        names_link_relation(cat, row);
    }
    for (size_t i = 0; i < cat->objects.n; i++)
        if (!cat->objects.v[i]->newest)
            codec_fail(t->f.codec);
}

static int compare_named(const void *a, const void *b)
{
    const struct named *x = a;
    const struct named *y = b;

    if (x->row->born != y->row->born)
        return x->row->born < y->row->born ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static void name_row(struct thaw *t, struct tl_str name, void *thing,
                     const struct tl_row *row)
{
    vec_push(&t->names, ((struct named){name, thing, row, t->names.n}));
}

/* A list has versions behind those that they replace; what is found by its name
   comes in the order in which it was made. */
static void make_byname(struct thaw *t, struct byname *out)
{
    bool sorted = true;

    for (size_t i = 1; i < t->names.n && sorted; i++)
        sorted = compare_named(&t->names.v[i - 1], &t->names.v[i]) < 0;
    if (!sorted)
        qsort(t->names.v, t->names.n, sizeof(t->names.v[0]), compare_named);
    for (size_t i = 0; i < t->names.n; i++) {
        const struct named *n = &t->names.v[i];

        byname_add(out, &t->catalog->arena, n->name, n->thing, n->row);
    }
    vec_clear(&t->names);
}

static void read_columns(struct thaw *t, struct object *o, uint32_t id)
{
    for (uint32_t n = read_count(t); n > 0; n--) {
        struct column_row *row =
            ARENA_NEW(&t->catalog->arena, struct column_row);

        freeze_column(&t->f, row);
        if (row->col.number > o->n_columns)
            codec_fail(t->f.codec);
        row->col.relation = id;
        if (o->last_column)
            o->last_column->next = row;
        else
            o->first_column = row;
        o->last_column = row;
        name_row(t, row->col.name, row, &row->col.row);
    }
    make_byname(t, &o->columns);
}

static void read_renewals(struct thaw *t, struct object *o)
{
    struct column_row *at = NULL;
    uint32_t place = 0;

    for (uint32_t n = read_count(t); n > 0 && !t->f.codec->failed; n--) {
        struct renewal *renewal = ARENA_NEW(&t->catalog->arena, struct renewal);
        uint32_t last = 0;

        code_u32(t->f.codec, &last);
        freeze_row(&t->f, &renewal->row);
        for (; place < last && at != o->last_column; place++)
            at = at ? at->next : o->first_column;
        if (place != last)
            codec_fail(t->f.codec);
        renewal->last = at;
        renewal->older = o->renewals;
        o->renewals = renewal;
    }
}

/* Each number is given once. */
#define NUMBER_ROW(t, rows, n, row)                                            \
    do {                                                                       \
        if ((row)->number == 0 || (row)->number > (n) ||                       \
            (rows)[(row)->number - 1])                                         \
            codec_fail((t)->f.codec);                                          \
        else                                                                   \
            (rows)[(row)->number - 1] = (row);                                 \
    } while (0)

static struct index_row *read_index(struct thaw *t, uint32_t id)
{
    struct index_row *row = ARENA_NEW(&t->catalog->arena, struct index_row);

    freeze_index(&t->f, row);
    row->index.relation = id;
    NUMBER_ROW(t, t->indexes, t->n_indexes, row);
    return row;
}

static struct constraint_row *read_constraint(struct thaw *t, uint32_t id)
{
    struct constraint_row *row =
        ARENA_NEW(&t->catalog->arena, struct constraint_row);

    freeze_constraint(&t->f, row);
    row->con.relation = id;
    NUMBER_ROW(t, t->constraints, t->n_constraints, row);
    return row;
}

/* How many parts a table has. */
static uint32_t read_parts(struct thaw *t)
{
    uint32_t n = read_count(t);

    if (n > STORE_MAX_PARTS)
        codec_fail(t->f.codec);
    return n;
}

static void read_indexes(struct thaw *t, struct object *o, uint32_t id)
{
    o->n_indexes = read_parts(t);
    for (uint32_t n = o->n_indexes; n > 0; n--) {
        struct index_row *row = read_index(t, id);

        if (o->last_index)
            o->last_index->next = row;
        else
            o->first_index = row;
        o->last_index = row;
    }
}

static void read_constraints(struct thaw *t, struct object *o, uint32_t id)
{
    o->n_constraints = read_parts(t);
    for (uint32_t n = o->n_constraints; n > 0; n--) {
        struct constraint_row *row = read_constraint(t, id);

        if (o->last_constraint)
            o->last_constraint->next = row;
        else
            o->first_constraint = row;
        o->last_constraint = row;
    }
}

static void read_policies(struct thaw *t, struct object *o, uint32_t id)
{
    for (uint32_t n = read_count(t); n > 0; n--) {
        struct policy_row *row =
            ARENA_NEW(&t->catalog->arena, struct policy_row);

        freeze_policy(&t->f, row);
        row->policy.relation = id;
        if (o->last_policy)
            o->last_policy->next = row;
        else
            o->first_policy = row;
        o->last_policy = row;
        byname_add(&o->policies, &t->catalog->arena, row->policy.name, row,
                   &row->policy.row);
    }
}

static void read_object(struct thaw *t, uint32_t id)
{
    struct object *o = t->catalog->objects.v[id - 1];

    code_u32(t->f.codec, &o->n_columns);
    read_columns(t, o, id);
    read_renewals(t, o);
    read_indexes(t, o, id);
    read_constraints(t, o, id);
    read_policies(t, o, id);
}

static void read_strays(struct thaw *t)
{
    uint32_t id = 0;

    for (uint32_t n = read_count(t); n > 0 && !t->f.codec->failed; n--) {
        freeze_object(&t->f, &id);
        read_index(t, id);
    }
    for (uint32_t n = read_count(t); n > 0 && !t->f.codec->failed; n--) {
        freeze_object(&t->f, &id);
        read_constraint(t, id);
    }
}

/* All rows as they were made. */
static void order_parts(struct thaw *t)
{
    struct catalog *cat = t->catalog;

    for (uint32_t i = 0; i < t->n_indexes && !t->f.codec->failed; i++) {
        vec_push(&cat->indexes, t->indexes[i]);
        if (!t->indexes[i])
            codec_fail(t->f.codec);
    }
    for (uint32_t i = 0; i < t->n_constraints && !t->f.codec->failed; i++) {
        struct constraint_row *row = t->constraints[i];

        vec_push(&cat->constraints, row);
        if (row)
            byname_add(&store_object(cat, row->con.relation)->constraints,
                       &cat->arena, row->con.name, row, &row->con.row);
        else
            codec_fail(t->f.codec);
    }
}

#define TAKE(t, rows, n, out)                                                  \
    do {                                                                       \
        uint32_t number_ = 0;                                                  \
                                                                               \
        code_u32((t)->f.codec, &number_);                                      \
        *(out) = number_ && number_ <= (n) ? (rows)[number_ - 1] : NULL;       \
        if (*(out))                                                            \
            (rows)[number_ - 1] = NULL;                                        \
        else                                                                   \
            codec_fail((t)->f.codec);                                          \
    } while (0)

/* An index's versions, and the keys that refer to a table. */
static void read_chains(struct thaw *t, struct object *o)
{
    struct index_row **index = &o->as_index;
    struct constraint_row **con = &o->incoming;

    for (uint32_t n = read_count(t); n > 0 && !t->f.codec->failed; n--) {
        TAKE(t, t->indexes, t->n_indexes, index);
        if (*index)
            index = &(*index)->older;
    }
    for (uint32_t n = read_count(t); n > 0 && !t->f.codec->failed; n--) {
        TAKE(t, t->constraints, t->n_constraints, con);
        if (*con)
            con = &(*con)->next_incoming;
    }
}

static void read_edges(struct thaw *t)
{
    struct catalog *cat = t->catalog;

    for (uint32_t n = read_count(t); n > 0; n--) {
        struct edge *e = ARENA_NEW(&cat->arena, struct edge);

        freeze_edge(&t->f, e);
        if (t->f.codec->failed)
            return;
        store_link_edge(cat, e);
    }
}

static void read_objects(struct thaw *t)
{
    struct catalog *cat = t->catalog;

    t->n_indexes = read_count(t);
    t->n_constraints = read_count(t);
    t->indexes = mem_calloc(t->n_indexes + 1, sizeof(struct index_row *));
    t->constraints =
        mem_calloc(t->n_constraints + 1, sizeof(struct constraint_row *));
    for (uint32_t id = 1; id <= t->f.n_objects && !t->f.codec->failed; id++)
        read_object(t, id);
    read_strays(t);
    order_parts(t);
    for (uint32_t id = 1; id <= t->f.n_objects && !t->f.codec->failed; id++)
        read_chains(t, cat->objects.v[id - 1]);
    mem_free(t->indexes);
    mem_free(t->constraints);
    read_edges(t);
}

static void read_labels(struct thaw *t)
{
    struct label_set *set = store_add_labels(t->catalog);

    for (uint32_t n = read_count(t); n > 0; n--) {
        struct label_row *row = ARENA_NEW(&t->catalog->arena, struct label_row);

        freeze_label(&t->f, row);
        row->previous = set->last;
        *(set->last ? &set->last->next : &set->first) = row;
        set->last = row;
        name_row(t, row->name, row, &row->row);
    }
    make_byname(t, &set->by_name);
}

/* Every enum has a set, and nothing else has. */
static void read_type(struct thaw *t)
{
    struct catalog *cat = t->catalog;
    struct type_row *row = ARENA_NEW(&cat->arena, struct type_row);
    uint32_t set = 0;

    freeze_type(&t->f, row);
    code_u32(t->f.codec, &set);
    if (set > cat->label_sets.n || (set == 0) == (row->kind == TYPE_ENUM))
        codec_fail(t->f.codec);
    else if (set)
        row->labels = cat->label_sets.v[set - 1];
    if (t->f.codec->failed)
        return;
    vec_push(&cat->types, row);
    names_link_type(cat, row);
}

static void read_rest(struct thaw *t)
{
    struct catalog *cat = t->catalog;

    for (uint32_t n = read_count(t); n > 0; n--)
        read_labels(t);
    for (uint32_t n = read_count(t); n > 0; n--)
        read_type(t);
    for (uint32_t n = read_count(t); n > 0; n--) {
        struct function_row *row = ARENA_NEW(&cat->arena, struct function_row);

        freeze_function(&t->f, row);
        vec_push(&cat->functions, row);
        names_link_function(cat, row);
    }
    for (uint32_t n = read_count(t); n > 0; n--) {
        struct path_row *row = ARENA_NEW(&cat->arena, struct path_row);

        freeze_path(&t->f, row);
        row->older = cat->path;
        cat->path = row;
    }
}

static void read_behind_relations(struct thaw *t)
{
    read_objects(t);
    if (!t->f.codec->failed)
        read_rest(t);
}

bool catalog_thaw(struct catalog *cat, struct codec *c,
                  struct freeze_sources sources)
{
    struct thaw t = {
        .f = {.codec = c, .arena = &cat->arena, .sources = sources},
        .catalog = cat};

    size_t room = (size_t)(c->end - c->at) * ROOM;
    arena_reserve(&cat->arena, room < ROOM_MAX ? room : ROOM_MAX);
    code_u32(c, &cat->statement);
    t.f.n_objects = read_count(&t);
    read_relations(&t);
    if (!c->failed)
        read_behind_relations(&t);
    vec_release(&t.names);
    return !c->failed;
}
