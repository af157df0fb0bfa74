/*
 * apply.c - finding what an op works on, and the ops that touch whole
 * relations: partitions, renames, schemas, rows coming in, settings.
 */
#include "schema/apply.h"

#include "sql/lex.h"

struct tl_span apply_part(const struct change *x, uint32_t at, uint32_t length)
{
    struct tl_span span = x->op->span;

    if (length == 0)
        return span;
    span.start += at;
    span.end = span.start + length;
    return span;
}

struct tl_name apply_new_name(struct change *x, struct tl_name name,
                              bool temporary)
{
    if (temporary)
        name.schema = TL_STR("pg_temp");
    else if (name.schema.n == 0)
        name.schema = store_creation_schema(x->catalog);
    return name;
}

struct tl_relation *apply_relation(struct change *x, struct tl_name name,
                                   enum tl_relation_kind kind)
{
    enum tl_know known;
    struct relation_row *row =
        store_find_relation(x->catalog, name, STORE_NOW, &known);

    if (row)
        return &row->rel;
    if (known == TL_NO || name.name.n == 0)
        return NULL;
    return store_add_unseen(x, name, kind);
}

struct tl_relation *apply_target(struct change *x, enum tl_relation_kind kind)
{
    return apply_relation(x, x->op->table, kind);
}

/* Inheritance may come together again, or be written in a circle: the ways
   through it are then beyond counting. Every table is there on a few. */
static bool may_visit(struct change *x)
{
    return x->visits++ < 64 + 4 * x->catalog->objects.n;
}

void apply_children(struct change *x, uint32_t parent, bool inherits,
                    apply_child_fn *visit, const void *arg)
{
    struct object *o = store_object(x->catalog, parent);

    if (!o || !o->has_children || x->depth >= STORE_MAX_DEPTH ||
        (x->op->only && x->depth == 0))
        return;
    x->depth++;
    for (struct edge *e = o->edges; e; e = e->next) {
        bool child =
            e->kind == EDGE_PARTITION || (inherits && e->kind == EDGE_INHERITS);
        struct tl_relation *rel =
            child && row_is_current(&e->row)
                ? store_relation(x->catalog, e->to, STORE_NOW)
                : NULL;

        if (rel && rel->id != parent && may_visit(x))
            visit(x, rel, arg);
    }
    x->depth--;
}

static void mark_filled(struct change *x, struct tl_relation *rel)
{
    struct tl_relation next = *rel;

    if (rel->filled && !rel->emptied && !rel->proved_empty)
        return;
    next.filled = true;
    next.emptied = next.proved_empty = 0;
    next.dead_rows = false;
    store_replace_relation(x, rel, &next);
}

/* TRUNCATE, or a DELETE without WHERE. */
void apply_emptied(struct change *x)
{
    struct relation_row *row =
        store_find_relation(x->catalog, x->op->table, STORE_NOW, NULL);

    if (!row || x->op->has_where)
        return;
    struct tl_relation next = row->rel;
    next.emptied = x->context->statement;
    next.dead_rows = x->op->kind == TL_OP_DELETE;
    store_replace_relation(x, &row->rel, &next);
}

static void fill_child(struct change *x, struct tl_relation *rel,
                       const void *arg)
{
    mark_filled(x, rel);
    apply_children(x, rel->id, false, fill_child, arg);
}

/* Rows of a partition are rows of every table above it. */
void apply_filled(struct change *x)
{
    struct relation_row *row =
        store_find_relation(x->catalog, x->op->table, STORE_NOW, NULL);

    if (!row)
        return;

    uint32_t parent = row->rel.parent;

    apply_children(x, row->rel.id, false, fill_child, NULL);
    mark_filled(x, &row->rel);
    for (unsigned i = 0; parent && i < STORE_MAX_DEPTH; i++) {
        struct tl_relation *up = store_relation(x->catalog, parent, STORE_NOW);

        if (!up)
            return;
        parent = up->parent;
        mark_filled(x, up);
    }
}

void apply_refresh(struct change *x)
{
    struct tl_relation *rel = apply_target(x, TL_MATVIEW);

    if (!rel || rel->without_data == !x->op->with_data)
        return;

    struct tl_relation next = *rel;

    next.without_data = !x->op->with_data;
    next.filled = next.filled || x->op->with_data;
    store_replace_relation(x, rel, &next);
}

/* Would the catalog loop if `child` came under `parent`? */
static bool is_above(struct change *x, uint32_t child, uint32_t parent)
{
    for (unsigned i = 0; parent && i < STORE_MAX_DEPTH; i++) {
        if (parent == child)
            return true;

        struct tl_relation *rel = store_relation(x->catalog, parent, STORE_NOW);

        parent = rel ? rel->parent : 0;
    }
    return parent != 0;
}

void apply_attach_partition(struct change *x)
{
    struct tl_relation *parent = apply_target(x, TL_PARTITIONED_TABLE);
    struct tl_relation *child = apply_relation(x, x->op->other, TL_TABLE);

    if (!parent || !child || is_above(x, child->id, parent->id))
        return;

    struct tl_relation next = *child;

    next.parent = parent->id;
    next.bounds = x->op->bounds;
    child = store_replace_relation(x, child, &next);
    store_add_edge(x, parent->id,
                   (struct edge){.kind = EDGE_PARTITION,
                                 .to = child->id,
                                 .is_default = x->op->is_default});
    if (child->filled)
        mark_filled(x, parent);
    apply_inherit_keys(x, parent->id, child->id);
}

static void end_edges(struct change *x, uint32_t from, enum edge_kind kind,
                      uint32_t to)
{
    struct edge *e = NULL;

    while ((e = store_edge(x->catalog, from, kind, to, STORE_NOW)))
        store_end_row(x, &e->row);
}

static bool is_index_of(const struct change *x, uint32_t index, uint32_t table)
{
    const struct index_row *i = store_index(x->catalog, index, STORE_NOW);

    return i && i->index.relation == table;
}

static void detach_indexes(struct change *x, uint32_t parent, uint32_t child)
{
    struct object *o = store_object(x->catalog, child);

    for (struct index_row *i = o ? o->first_index : NULL; i; i = i->next) {
        struct object *index = row_is_current(&i->index.row)
                                   ? store_object(x->catalog, i->index.id)
                                   : NULL;

        for (struct edge *e = index ? index->edges_to : NULL; e; e = e->next_to)
            if (e->kind == EDGE_INDEX && row_is_current(&e->row) &&
                is_index_of(x, e->from, parent))
                store_end_row(x, &e->row);
    }
}

void apply_detach_partition(struct change *x)
{
    struct tl_relation *parent = apply_target(x, TL_PARTITIONED_TABLE);
    struct tl_relation *child = apply_relation(x, x->op->other, TL_TABLE);

    if (!parent || !child)
        return;
    end_edges(x, parent->id, EDGE_PARTITION, child->id);
    detach_indexes(x, parent->id, child->id);

    struct tl_relation next = *child;

    next.parent = 0;
    next.bounds = (struct tl_bounds){TL_NONE, TL_NONE};
    store_replace_relation(x, child, &next);
}

void apply_alter_table_other(struct change *x)
{
    struct tl_relation *rel = apply_target(x, TL_TABLE);
    struct tl_str what = x->op->value;

    if (!rel)
        return;
    if (tl_str_is(what, "set logged") || tl_str_is(what, "set unlogged")) {
        struct tl_relation next = *rel;

        next.unlogged = tl_str_is(what, "set unlogged");
        store_replace_relation(x, rel, &next);
        return;
    }

    if (tl_str_is(what, "replica identity")) {
        struct tl_relation next = *rel;

        next.replica_identity = x->op->new_name.n ? x->op->new_name.p[0] : 0;
        store_replace_relation(x, rel, &next);
        return;
    }
    if (tl_str_is(what, "enable row level security") ||
        tl_str_is(what, "disable row level security")) {
        struct tl_relation next = *rel;

        next.row_security = what.p[0] == 'e';
        store_replace_relation(x, rel, &next);
        return;
    }

    bool add = tl_str_is(what, "inherit");

    if (!add && !tl_str_is(what, "no inherit"))
        return;

    struct tl_relation *parent = apply_relation(x, x->op->other, TL_TABLE);

    if (!parent || parent->id == rel->id)
        return;
    if (add)
        store_add_edge(x, parent->id,
                       (struct edge){.kind = EDGE_INHERITS, .to = rel->id});
    else
        end_edges(x, parent->id, EDGE_INHERITS, rel->id);
}

void apply_policy(struct change *x)
{
    const struct tl_op *op = x->op;
    struct tl_relation *rel = apply_target(x, TL_TABLE);
    struct policy_row *old =
        rel ? store_policy(x->catalog, rel->id, op->name, STORE_NOW) : NULL;

    if (!rel || tl_str_is(op->value, "alter"))
        return;
    if (old)
        store_end_row(x, &old->policy.row);
    if (tl_str_is(op->value, "create"))
        store_add_policy(x, rel->id, op->name, op->span);
    else if (old && tl_str_is(op->value, "rename"))
        store_add_policy(x, rel->id, op->new_name, old->policy.row.made);
}

static void move_relation(struct change *x, struct tl_relation *rel,
                          struct tl_name name)
{
    struct tl_relation next = *rel;

    next.name = name;
    store_replace_relation(x, rel, &next);

    struct index_row *index = store_index(x->catalog, rel->id, STORE_NOW);

    if (!index)
        return;

    struct index_row moved = *index;

    moved.index.name = name;
    store_replace_index(x, index, &moved);
}

void apply_rename_index(struct change *x, uint32_t id, struct tl_str name)
{
    struct tl_relation *rel = store_relation(x->catalog, id, STORE_NOW);

    if (rel)
        move_relation(x, rel, (struct tl_name){rel->name.schema, name});
}

/* An index of a constraint and the constraint have one name. */
static void rename_constraint_of(struct change *x, uint32_t index_id,
                                 struct tl_str name)
{
    struct index_row *index = store_index(x->catalog, index_id, STORE_NOW);
    struct object *o =
        index ? store_object(x->catalog, index->index.relation) : NULL;

    for (struct constraint_row *r = o ? o->first_constraint : NULL; r;
         r = r->next) {
        if (!row_is_current(&r->con.row) || r->con.index != index_id)
            continue;

        struct constraint_row next = *r;

        next.con.name = name;
        store_replace_constraint(x, r, &next);
        return;
    }
}

void apply_rename(struct change *x)
{
    /* An index nobody saw may be there or not: it takes no name from others. */
    if (x->op->if_exists && x->op->relation_kind == TL_INDEX &&
        !store_find_relation(x->catalog, x->op->table, STORE_NOW, NULL))
        return;

    struct tl_relation *rel = apply_target(x, x->op->relation_kind);

    if (!rel)
        return;

    uint32_t id = rel->id;
    struct tl_name name = {rel->name.schema, x->op->new_name};

    move_relation(x, rel, name);
    rename_constraint_of(x, id, x->op->new_name);
}

static void move_schema(struct change *x, uint32_t id, struct tl_str schema)
{
    struct tl_relation *rel = store_relation(x->catalog, id, STORE_NOW);
    struct object *o = store_object(x->catalog, id);

    if (!rel || !o)
        return;
    move_relation(x, rel, (struct tl_name){schema, rel->name.name});
    for (struct index_row *i = o->first_index; i; i = i->next) {
        struct tl_relation *index =
            row_is_current(&i->index.row)
                ? store_relation(x->catalog, i->index.id, STORE_NOW)
                : NULL;

        if (index && !tl_str_eq(index->name.schema, schema))
            move_relation(x, index, (struct tl_name){schema, index->name.name});
    }
    for (struct edge *e = o->edges; e; e = e->next)
        if (e->kind == EDGE_OWNED && row_is_current(&e->row))
            move_schema(x, e->to, schema);
}

void apply_set_schema(struct change *x)
{
    struct tl_relation *rel = apply_target(x, x->op->relation_kind);

    if (rel)
        move_schema(x, rel->id, x->op->new_name);
}

void apply_rename_schema(struct change *x)
{
    for (uint32_t id = 1; id <= x->catalog->objects.n; id++) {
        struct tl_relation *rel = store_relation(x->catalog, id, STORE_NOW);

        if (rel && tl_str_eq(rel->name.schema, x->op->name))
            move_relation(x, rel,
                          (struct tl_name){x->op->new_name, rel->name.name});
    }
    apply_move_types(x, x->op->name, x->op->new_name);
}

/* "a, \"B\", $user": the schemas of a search_path. */
static uint32_t split_path(struct tl_str value, struct tl_str *out,
                           uint32_t max)
{
    struct lex l = lex_at(value, 0);
    uint32_t n = 0;

    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END && n < max;
         t = lex_next_code(&l)) {
        struct tl_str text = lex_text(&l, t);

        if ((t.kind == LEX_QUOTED_IDENT || t.kind == LEX_STRING) && text.n >= 2)
            text = (struct tl_str){text.p + 1, text.n - 2};
        else if (t.kind != LEX_WORD)
            continue;
        if (text.n == 0 || text.p[0] == '$' || tl_str_is(text, "user"))
            continue;
        out[n++] = text;
    }
    return n;
}

/* The setting that holds when a SET LOCAL ends. */
static void end_local_path(struct change *x)
{
    const struct path_row *now = store_path_set(x->catalog, STORE_NOW);

    if (!now || !now->local)
        return;
    while (now && (now->local || !row_is_current(&now->row)))
        now = now->older;

    const struct tl_str public_schema = TL_STR("public");

    store_set_path(x->catalog, now ? now->schemas : &public_schema,
                   now ? now->n : 1, false, x->context->statement);
}

void apply_setting(struct change *x)
{
    const struct tl_op *op = x->op;
    struct tl_str schemas[32];

    if (op->kind == TL_OP_COMMIT || op->kind == TL_OP_ROLLBACK) {
        end_local_path(x);
        return;
    }
    if (op->kind == TL_OP_RESET && op->name.n > 0 &&
        !tl_str_is(op->name, "search_path"))
        return;
    if (op->kind == TL_OP_SET && !tl_str_is(op->name, "search_path"))
        return;

    uint32_t n = op->kind == TL_OP_SET ? split_path(op->value, schemas, 32) : 0;

    /* A value that is written out and names no schema empties the path. */
    if (n == 0 && !(op->kind == TL_OP_SET && op->value.p))
        schemas[n++] = TL_STR("public");
    store_set_path(x->catalog, schemas, n, op->local, x->context->statement);
}
