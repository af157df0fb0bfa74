/*
 * apply_drop.c - what goes when something goes.
 *
 * PostgreSQL refuses a DROP that something depends on unless it says CASCADE.
 * A migration that ran did not fail, so what would have stopped it cannot be
 * there: dependents that only CASCADE takes along end in either case, views
 * excepted, which may have been replaced in a way the history does not show.
 */
#include "schema/apply.h"
#include "sql/split.h"

static void end_relation_row(struct change *x, uint32_t id)
{
    struct tl_relation *rel = store_relation(x->catalog, id, STORE_NOW);

    if (rel)
        store_end_row(x, &rel->row);
}

void drop_index(struct change *x, uint32_t id)
{
    struct index_row *index = store_index(x->catalog, id, STORE_NOW);
    struct object *o = store_object(x->catalog, id);

    if (!index || !o)
        return;
    store_end_row(x, &index->index.row);
    end_relation_row(x, id);
    if (x->depth >= STORE_MAX_DEPTH)
        return;
    x->depth++;
    for (struct edge *e = o->edges; e; e = e->next)
        if (e->kind == EDGE_INDEX && row_is_current(&e->row))
            drop_index(x, e->to);
    x->depth--;
}

/* Foreign keys that point at exactly these columns have lost their key. */
static void drop_incoming(struct change *x, const struct tl_constraint *key)
{
    struct object *o = store_object(x->catalog, key->relation);

    for (struct constraint_row *r = o ? o->incoming : NULL; r;
         r = r->next_incoming) {
        if (!row_is_current(&r->con.row) ||
            r->con.n_ref_columns != key->n_columns)
            continue;

        bool same = true;

        for (uint32_t i = 0; i < key->n_columns; i++)
            same = same && list_has(r->con.ref_columns, r->con.n_ref_columns,
                                    key->columns[i]);
        if (same)
            store_end_row(x, &r->con.row);
    }
}

struct named_drop {
    struct tl_str name;
    bool cascade;
};

static void drop_child_constraint(struct change *x, struct tl_relation *child,
                                  const void *arg)
{
    const struct named_drop *d = arg;
    struct constraint_row *r =
        store_constraint(x->catalog, child->id, d->name, STORE_NOW);

    if (r && r->inherited)
        drop_constraint(x, r, d->cascade);
}

/* The constraints of partitions that belong to a key of their parent have
   names of their own: the edge between the indexes tells. */
static void drop_child_keys(struct change *x, uint32_t index)
{
    struct object *o = store_object(x->catalog, index);

    for (struct edge *e = o ? o->edges : NULL; e; e = e->next) {
        struct index_row *i = e->kind == EDGE_INDEX && row_is_current(&e->row)
                                  ? store_index(x->catalog, e->to, STORE_NOW)
                                  : NULL;
        struct object *table =
            i ? store_object(x->catalog, i->index.relation) : NULL;

        for (struct constraint_row *r = table ? table->first_constraint : NULL;
             r; r = r->next)
            if (row_is_current(&r->con.row) && r->con.index == e->to)
                drop_constraint(x, r, false);
    }
}

void drop_constraint(struct change *x, struct constraint_row *r, bool cascade)
{
    struct named_drop d = {r->con.name, cascade};

    store_end_row(x, &r->con.row);
    if (r->con.index) {
        drop_incoming(x, &r->con);
        drop_child_keys(x, r->con.index);
        drop_index(x, r->con.index);
        return;
    }
    apply_children(x, r->con.relation, true, drop_child_constraint, &d);
}

static void drop_views(struct change *x, uint32_t id)
{
    struct object *o = store_object(x->catalog, id);

    if (!o || x->depth >= STORE_MAX_DEPTH)
        return;
    x->depth++;
    for (struct edge *e = o->edges; e; e = e->next)
        if (e->kind == EDGE_VIEW && row_is_current(&e->row) &&
            store_relation(x->catalog, e->to, STORE_NOW))
            drop_relation(x, e->to, true);
    x->depth--;
}

static void drop_rows(struct change *x, struct object *o)
{
    for (struct column_row *r = o->first_column; r; r = r->next)
        store_end_row(x, &r->col.row);
    for (struct index_row *r = o->first_index; r; r = r->next)
        if (row_is_current(&r->index.row))
            drop_index(x, r->index.id);
    for (struct constraint_row *r = o->first_constraint; r; r = r->next)
        store_end_row(x, &r->con.row);
    for (struct constraint_row *r = o->incoming; r; r = r->next_incoming)
        store_end_row(x, &r->con.row);
    for (struct policy_row *r = o->first_policy; r; r = r->next)
        store_end_row(x, &r->policy.row);
}

void drop_relation(struct change *x, uint32_t id, bool cascade)
{
    struct object *o = store_object(x->catalog, id);

    if (!o || x->depth >= STORE_MAX_DEPTH)
        return;
    if (store_index(x->catalog, id, STORE_NOW)) {
        drop_index(x, id);
        return;
    }
    x->depth++;
    end_relation_row(x, id);
    drop_rows(x, o);
    for (struct edge *e = o->edges; e; e = e->next) {
        if (!row_is_current(&e->row) ||
            !store_relation(x->catalog, e->to, STORE_NOW))
            continue;
        if (e->kind == EDGE_PARTITION || e->kind == EDGE_OWNED ||
            (cascade && e->kind != EDGE_INDEX))
            drop_relation(x, e->to, cascade);
        store_end_row(x, &e->row);
    }
    x->depth--;
}

/* The key's own columns, or those its index includes. */
static bool constraint_uses(struct change *x, const struct tl_constraint *con,
                            struct tl_str column)
{
    const struct index_row *index =
        con->index ? store_index(x->catalog, con->index, STORE_NOW) : NULL;

    return list_has(con->columns, con->n_columns, column) ||
           (index && index_uses(index, column));
}

/* The sequences of a column. */
static void drop_owned(struct change *x, struct object *o, uint32_t column)
{
    for (struct edge *e = o->edges; e; e = e->next)
        if (e->kind == EDGE_OWNED && row_is_current(&e->row) &&
            e->column == column)
            drop_relation(x, e->to, false);
}

void drop_identity(struct change *x, uint32_t relation, struct tl_str name)
{
    struct tl_column *col = store_column(x->catalog, relation, name, STORE_NOW);
    struct object *o = store_object(x->catalog, relation);

    if (o && col && col->identity)
        drop_owned(x, o, col->number);
}

static void drop_column_dependents(struct change *x, struct object *o,
                                   const struct tl_column *col, bool cascade)
{
    for (struct constraint_row *r = o->first_constraint; r; r = r->next) {
        if (!row_is_current(&r->con.row) ||
            !constraint_uses(x, &r->con, col->name))
            continue;
        if (r->con.index)
            drop_constraint(x, r, cascade);
        else
            store_end_row(x, &r->con.row); /* a child's goes with its column */
    }
    for (struct constraint_row *r = o->incoming; r; r = r->next_incoming)
        if (row_is_current(&r->con.row) &&
            list_has(r->con.ref_columns, r->con.n_ref_columns, col->name))
            store_end_row(x, &r->con.row);
    for (struct index_row *r = o->first_index; r; r = r->next)
        if (row_is_current(&r->index.row) && index_uses(r, col->name))
            drop_index(x, r->index.id);
    drop_owned(x, o, col->number);
}

static void drop_child_column(struct change *x, struct tl_relation *child,
                              const void *arg)
{
    const struct named_drop *d = arg;
    const struct tl_column *col =
        store_column(x->catalog, child->id, d->name, STORE_NOW);

    if (col && (col->inherited || child->parent))
        drop_column(x, child->id, d->name, d->cascade);
}

void drop_column(struct change *x, uint32_t relation, struct tl_str name,
                 bool cascade)
{
    struct tl_column *col = store_column(x->catalog, relation, name, STORE_NOW);
    struct object *o = store_object(x->catalog, relation);
    struct named_drop d = {name, cascade};

    if (!o || !col)
        return;
    store_end_row(x, &col->row);
    drop_column_dependents(x, o, col, cascade);
    if (cascade)
        drop_views(x, relation);
    apply_children(x, relation, true, drop_child_column, &d);
}

/* The one index of that name, whatever its schema. */
static struct tl_relation *only_index(struct change *x, struct tl_str name)
{
    struct relation_row *found = NULL;

    for (struct name_slot *at = store_bare(x->catalog, name); at;
         at = store_next_schema(at)) {
        struct relation_row *r = store_newest(at);

        if (!r || !row_is_current(&r->rel.row) || r->rel.kind != TL_INDEX)
            continue;
        if (found)
            return NULL;
        found = r;
    }
    return found ? &found->rel : NULL;
}

/* A bare name that the search_path does not find: tools set a path of their
   own, and nobody writes a DROP INDEX for nothing. Surely so where it would
   fail, and where a template gives the schema. */
static bool dropped_elsewhere(struct change *x)
{
    const struct tl_op *op = x->op;
    struct tl_relation *rel = NULL;

    if (op->kind == TL_OP_DROP_INDEX && !op->table.schema.n &&
        !store_find_relation(x->catalog, op->table, STORE_NOW, NULL))
        rel = only_index(x, op->table.name);
    if (!rel)
        return false;
    if (op->if_exists && !split_is_mask(rel->name.schema)) {
        struct tl_relation next = *rel;

        next.uncertain = true;
        next.doubted = x->context->statement;
        store_replace_relation(x, rel, &next);
        return true;
    }
    struct index_row *index = store_index(x->catalog, rel->id, STORE_NOW);

    if (index && !index->index.of_constraint)
        drop_index(x, rel->id);
    return true;
}

void apply_drop(struct change *x)
{
    const struct tl_op *op = x->op;

    if (dropped_elsewhere(x))
        return;

    struct tl_relation *rel = apply_target(x, op->relation_kind);

    if (!rel)
        return;

    struct index_row *index = store_index(x->catalog, rel->id, STORE_NOW);

    if (index && index->index.of_constraint)
        return; /* PostgreSQL refuses: the constraint requires it. */
    drop_relation(x, rel->id, op->cascade);
}

/* `of_schema`: a bare name may be that of another schema's type. */
static bool has_type(const struct tl_column *col, const struct type_row *type,
                     bool of_schema)
{
    struct tl_str schema = col->type.name.schema;

    return tl_str_eq(col->type.name.name, type->name.name) &&
           ((schema.n == 0 && !of_schema) ||
            tl_str_eq(schema, type->name.schema));
}

static void drop_columns_of(struct change *x, const struct type_row *type,
                            bool of_schema)
{
    for (uint32_t id = 1; id <= x->catalog->objects.n; id++) {
        struct object *o = store_object(x->catalog, id);

        for (struct column_row *r = o ? o->first_column : NULL; r; r = r->next)
            if (row_is_current(&r->col.row) &&
                has_type(&r->col, type, of_schema))
                drop_column(x, id, r->col.name, true);
    }
}

void apply_drop_schema(struct change *x)
{
    for (uint32_t id = 1; id <= x->catalog->objects.n; id++) {
        struct tl_relation *rel = store_relation(x->catalog, id, STORE_NOW);

        if (rel && tl_str_eq(rel->name.schema, x->op->name))
            drop_relation(x, id, true);
    }
    for (size_t i = 0; i < x->catalog->types.n; i++) {
        struct type_row *type = x->catalog->types.v[i];

        if (!row_is_current(&type->row) ||
            !tl_str_eq(type->name.schema, x->op->name))
            continue;
        store_end_row(x, &type->row);
        drop_columns_of(x, type, true);
    }
}

void apply_drop_type(struct change *x)
{
    struct tl_name name = {x->op->table.schema, x->op->table.name};
    struct type_row *type = store_find_type(x->catalog, name, STORE_NOW);
    struct relation_row *composite =
        store_find_relation(x->catalog, name, STORE_NOW, NULL);

    if (composite && composite->rel.kind == TL_COMPOSITE)
        drop_relation(x, composite->rel.id, x->op->cascade);
    if (!type)
        return;
    store_end_row(x, &type->row);
    if (!x->op->cascade)
        return;
    drop_columns_of(x, type, false);
}
