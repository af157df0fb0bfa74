/*
 * store.c - rows of the catalog: made, replaced, ended, and undone.
 *
 * Nothing is ever removed. Whatever changes a row's life goes through
 * store_begin_row() and store_end_row(), which is all that undoing needs.
 */
#include "schema/store.h"

#include <assert.h>

void store_begin_row(struct change *x, struct tl_row *row, struct tl_span made)
{
    *row = (struct tl_row){
        .born = x->context->statement,
        .died = TL_ALIVE,
        .first = x->context->statement,
        .file = x->context->file,
        .transaction = x->context->transaction,
        .made = made,
    };
    vec_push(&x->catalog->undo, (struct undo){row, true});
}

/* A version keeps the origin of the thing that it is a version of. */
static void continue_row(struct change *x, struct tl_row *row,
                         const struct tl_row *old)
{
    struct tl_row origin = *old;

    store_begin_row(x, row, origin.made);
    row->first = origin.first;
    row->file = origin.file;
    row->transaction = origin.transaction;
}

void store_end_row(struct change *x, struct tl_row *row)
{
    if (!row_is_current(row))
        return;
    row->died = x->context->statement;
    vec_push(&x->catalog->undo, (struct undo){row, false});
}

struct tl_str store_str(struct change *x, struct tl_str s)
{
    return arena_str(&x->catalog->arena, s);
}

struct tl_name store_name(struct change *x, struct tl_name n)
{
    return (struct tl_name){store_str(x, n.schema), store_str(x, n.name)};
}

struct tl_type store_type(struct change *x, struct tl_type t)
{
    t.name = store_name(x, t.name);
    return t;
}

const struct tl_str *store_list(struct change *x, const struct tl_str *list,
                                uint32_t n)
{
    if (n == 0)
        return NULL;

    struct tl_str *copy = ARENA_ARRAY(&x->catalog->arena, struct tl_str, n);

    for (uint32_t i = 0; i < n; i++)
        copy[i] = store_str(x, list[i]);
    return copy;
}

struct label_set *store_add_labels(struct catalog *c)
{
    struct label_set *set = ARENA_NEW(&c->arena, struct label_set);

    vec_push(&c->label_sets, set);
    set->number = (uint32_t)c->label_sets.n;
    return set;
}

void store_add_label(struct change *x, struct label_set *set,
                     struct label_row *after, struct tl_str name)
{
    struct label_row *row = ARENA_NEW(&x->catalog->arena, struct label_row);

    row->name = store_str(x, name);
    store_begin_row(x, &row->row, x->op->span);
    row->previous = after;
    row->next = after ? after->next : set->first;
    *(row->next ? &row->next->previous : &set->last) = row;
    *(after ? &after->next : &set->first) = row;
    byname_add(&set->by_name, &x->catalog->arena, row->name, row, &row->row);
}

struct tl_column *store_add_column(struct change *x, struct tl_column col,
                                   struct tl_span made)
{
    struct object *o = store_object(x->catalog, col.relation);
    struct column_row *row = ARENA_NEW(&x->catalog->arena, struct column_row);

    assert(o);
    row->col = col;
    row->col.name = store_str(x, col.name);
    row->col.type = store_type(x, col.type);
    row->col.default_text = store_str(x, col.default_text);
    row->col.collation = store_str(x, col.collation);
    row->col.typed = made;
    row->col.number = ++o->n_columns;
    store_begin_row(x, &row->col.row, made);
    o->changed = x->context->statement;
    if (o->last_column)
        o->last_column->next = row;
    else
        o->first_column = row;
    o->last_column = row;
    byname_add(&o->columns, &x->catalog->arena, row->col.name, row,
               &row->col.row);
    return &row->col;
}

struct column_row *store_first_column(const struct object *o, uint32_t at)
{
    for (const struct renewal *n = o->renewals; n; n = n->older)
        if (row_alive(&n->row, at))
            return n->last ? n->last->next : o->first_column;
    return o->first_column;
}

void store_renew_columns(struct change *x, uint32_t relation)
{
    struct object *o = store_object(x->catalog, relation);
    struct renewal *n = ARENA_NEW(&x->catalog->arena, struct renewal);

    assert(o);
    for (struct column_row *r = store_first_column(o, STORE_NOW); r;
         r = r->next)
        store_end_row(x, &r->col.row);
    n->last = o->last_column;
    n->older = o->renewals;
    o->renewals = n;
    store_begin_row(x, &n->row, x->op->span);
    o->changed = x->context->statement;
}

struct tl_column *store_replace_column(struct change *x, struct tl_column *old,
                                       const struct tl_column *next)
{
    struct object *o = store_object(x->catalog, old->relation);
    struct column_row *before = (struct column_row *)old;
    struct column_row *row = ARENA_NEW(&x->catalog->arena, struct column_row);

    assert(o);
    row->col = *next;
    row->col.name = store_str(x, next->name);
    row->col.type = store_type(x, next->type);
    row->col.default_text = store_str(x, next->default_text);
    row->col.collation = store_str(x, next->collation);
    store_end_row(x, &old->row);
    continue_row(x, &row->col.row, &old->row);
    o->changed = x->context->statement;
    row->next = before->next;
    before->next = row;
    if (o->last_column == before)
        o->last_column = row;
    byname_add(&o->columns, &x->catalog->arena, row->col.name, row,
               &row->col.row);
    return &row->col;
}

static const struct tl_index_key *
copy_keys(struct change *x, const struct tl_index_key *keys, uint32_t n)
{
    if (n == 0)
        return NULL;

    struct tl_index_key *copy =
        ARENA_ARRAY(&x->catalog->arena, struct tl_index_key, n);

    for (uint32_t i = 0; i < n; i++) {
        copy[i] = keys[i];
        copy[i].column = store_str(x, keys[i].column);
        copy[i].expression = store_str(x, keys[i].expression);
        copy[i].opclass = store_str(x, keys[i].opclass);
        copy[i].collation = store_str(x, keys[i].collation);
    }
    return copy;
}

static struct index_row *copy_index(struct change *x,
                                    const struct index_row *from)
{
    struct index_row *row = ARENA_NEW(&x->catalog->arena, struct index_row);
    struct tl_index *index = &row->index;

    *row = *from;
    vec_push(&x->catalog->indexes, row);
    row->number = (uint32_t)x->catalog->indexes.n;
    index->name = store_name(x, index->name);
    index->method = store_str(x, index->method);
    index->predicate = store_str(x, index->predicate);
    index->keys = copy_keys(x, index->keys, index->n_keys);
    index->include = store_list(x, index->include, index->n_include);
    row->name_part = store_str(x, row->name_part);
    row->used = store_list(x, row->used, row->n_used);
    return row;
}

static bool has_room(struct object *o, uint32_t *n)
{
    if (*n < STORE_MAX_PARTS) {
        ++*n;
        return true;
    }
    o->newest->rel.uncertain = true;
    return false;
}

static void note_change(struct change *x, uint32_t relation)
{
    vec_push(&x->catalog->index_changes,
             ((struct index_change){x->context->statement, relation}));
}

struct index_row *store_add_index(struct change *x, struct index_row from,
                                  struct tl_span made)
{
    struct index_row *row = copy_index(x, &from);
    struct object *table = store_object(x->catalog, row->index.relation);
    struct object *self = store_object(x->catalog, row->index.id);

    assert(table && self);
    row->next = NULL;
    row->older = NULL;
    self->as_index = row;
    store_begin_row(x, &row->index.row, made);
    table->changed = x->context->statement;
    note_change(x, row->index.relation);
    if (!has_room(table, &table->n_indexes))
        return row;
    if (table->last_index)
        table->last_index->next = row;
    else
        table->first_index = row;
    table->last_index = row;
    return row;
}

struct index_row *store_replace_index(struct change *x, struct index_row *old,
                                      const struct index_row *next)
{
    struct index_row *row = copy_index(x, next);
    struct object *table = store_object(x->catalog, row->index.relation);
    struct object *self = store_object(x->catalog, row->index.id);

    assert(table && self);
    store_end_row(x, &old->index.row);
    continue_row(x, &row->index.row, &old->index.row);
    table->changed = x->context->statement;
    note_change(x, row->index.relation);
    row->older = self->as_index;
    self->as_index = row;
    row->next = NULL;
    if (!has_room(table, &table->n_indexes))
        return row;
    row->next = old->next;
    old->next = row;
    if (table->last_index == old)
        table->last_index = row;
    return row;
}

static struct constraint_row *copy_constraint(struct change *x,
                                              const struct constraint_row *from)
{
    struct constraint_row *row =
        ARENA_NEW(&x->catalog->arena, struct constraint_row);
    struct tl_constraint *con = &row->con;

    *row = *from;
    vec_push(&x->catalog->constraints, row);
    row->number = (uint32_t)x->catalog->constraints.n;
    con->name = store_str(x, con->name);
    con->columns = store_list(x, con->columns, con->n_columns);
    con->check = store_str(x, con->check);
    con->ref_table = store_name(x, con->ref_table);
    con->ref_columns = store_list(x, con->ref_columns, con->n_ref_columns);
    return row;
}

static void link_incoming(struct change *x, struct constraint_row *row)
{
    struct object *target = store_object(x->catalog, row->con.ref_relation);

    if (row->con.kind != TL_FOREIGN_KEY || !target)
        return;
    row->next_incoming = target->incoming;
    target->incoming = row;
}

struct constraint_row *store_add_constraint(struct change *x,
                                            struct constraint_row from,
                                            struct tl_span made)
{
    struct constraint_row *row = copy_constraint(x, &from);
    struct object *o = store_object(x->catalog, row->con.relation);

    assert(o);
    row->next = NULL;
    store_begin_row(x, &row->con.row, made);
    o->changed = x->context->statement;
    byname_add(&o->constraints, &x->catalog->arena, row->con.name, row,
               &row->con.row);
    link_incoming(x, row);
    if (!has_room(o, &o->n_constraints))
        return row;
    if (o->last_constraint)
        o->last_constraint->next = row;
    else
        o->first_constraint = row;
    o->last_constraint = row;
    return row;
}

struct constraint_row *
store_replace_constraint(struct change *x, struct constraint_row *old,
                         const struct constraint_row *next)
{
    struct constraint_row *row = copy_constraint(x, next);
    struct object *o = store_object(x->catalog, row->con.relation);

    assert(o);
    store_end_row(x, &old->con.row);
    continue_row(x, &row->con.row, &old->con.row);
    o->changed = x->context->statement;
    byname_add(&o->constraints, &x->catalog->arena, row->con.name, row,
               &row->con.row);
    link_incoming(x, row);
    row->next = NULL;
    if (!has_room(o, &o->n_constraints))
        return row;
    row->next = old->next;
    old->next = row;
    if (o->last_constraint == old)
        o->last_constraint = row;
    return row;
}

struct edge *store_add_edge(struct change *x, uint32_t from, struct edge e)
{
    struct edge *edge = ARENA_NEW(&x->catalog->arena, struct edge);

    *edge = e;
    edge->from = from;
    store_begin_row(x, &edge->row, x->op->span);
    store_link_edge(x->catalog, edge);
    struct object *o = store_object(x->catalog, from);
    assert(o);
    o->changed = x->context->statement;
    return edge;
}

void store_link_edge(struct catalog *c, struct edge *edge)
{
    struct object *o = store_object(c, edge->from);
    struct object *end = store_object(c, edge->to);

    assert(o && end);
    vec_push(&c->edges, edge);
    if (o->last_edge)
        o->last_edge->next = edge;
    else
        o->edges = edge;
    o->last_edge = edge;
    if (edge->is_default) {
        edge->next_default = o->default_edges;
        o->default_edges = edge;
    }
    edge->next_to = end->edges_to;
    end->edges_to = edge;
    o->has_children |=
        edge->kind == EDGE_PARTITION || edge->kind == EDGE_INHERITS;
}

struct edge *store_edge(const struct catalog *c, uint32_t from,
                        enum edge_kind kind, uint32_t to, uint32_t at)
{
    const struct object *o = store_object(c, to);

    for (struct edge *e = o ? o->edges_to : NULL; e; e = e->next_to)
        if (e->from == from && e->kind == kind && row_alive(&e->row, at))
            return e;
    return NULL;
}

struct policy_row *store_add_policy(struct change *x, uint32_t relation,
                                    struct tl_str name, struct tl_span made)
{
    struct object *o = store_object(x->catalog, relation);
    struct policy_row *row = ARENA_NEW(&x->catalog->arena, struct policy_row);

    assert(o);
    row->policy.relation = relation;
    row->policy.name = store_str(x, name);
    store_begin_row(x, &row->policy.row, made);
    o->changed = x->context->statement;
    if (o->last_policy)
        o->last_policy->next = row;
    else
        o->first_policy = row;
    o->last_policy = row;
    byname_add(&o->policies, &x->catalog->arena, row->policy.name, row,
               &row->policy.row);
    return row;
}

struct policy_row *store_policy(const struct catalog *c, uint32_t relation,
                                struct tl_str name, uint32_t at)
{
    struct object *o = store_object(c, relation);

    return o ? byname_find(&o->policies, name, at) : NULL;
}

struct tl_column *store_column(const struct catalog *c, uint32_t relation,
                               struct tl_str name, uint32_t at)
{
    struct object *o = store_object(c, relation);
    struct column_row *r = o ? byname_find(&o->columns, name, at) : NULL;

    return r ? &r->col : NULL;
}

struct constraint_row *store_constraint(const struct catalog *c,
                                        uint32_t relation, struct tl_str name,
                                        uint32_t at)
{
    struct object *o = store_object(c, relation);

    return o ? byname_find(&o->constraints, name, at) : NULL;
}

struct tl_relation *store_relation(const struct catalog *c, uint32_t id,
                                   uint32_t at)
{
    struct object *o = store_object(c, id);

    for (struct relation_row *r = o ? o->newest : NULL; r; r = r->older)
        if (row_alive(&r->rel.row, at))
            return &r->rel;
    return NULL;
}

struct index_row *store_index(const struct catalog *c, uint32_t id, uint32_t at)
{
    struct object *o = store_object(c, id);

    for (struct index_row *r = o ? o->as_index : NULL; r; r = r->older)
        if (row_alive(&r->index.row, at))
            return r;
    return NULL;
}

bool index_computes(const struct index_row *r, struct tl_str column)
{
    return list_has(r->used, r->n_used, column);
}

bool index_uses(const struct index_row *r, struct tl_str column)
{
    for (uint32_t i = 0; i < r->index.n_keys; i++)
        if (tl_str_eq(r->index.keys[i].column, column))
            return true;
    return list_has(r->index.include, r->index.n_include, column) ||
           index_computes(r, column);
}
