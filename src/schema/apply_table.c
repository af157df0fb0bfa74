/*
 * apply_table.c - tables and views are made.
 *
 * Columns come in PostgreSQL's order: those of the parents that INHERITS and
 * PARTITION OF name, then the written ones, a LIKE's where it stands. Checks
 * come before keys, keys before foreign keys, which may need them.
 */
#include "schema/apply.h"

static const struct tl_relation *
parent_of(struct change *x, const struct tl_parent_def *p, uint32_t self)
{
    struct relation_row *row =
        store_find_relation(x->catalog, p->table, STORE_NOW, NULL);

    return row && row->rel.id != self ? &row->rel : NULL;
}

static void copy_column(struct change *x, uint32_t relation,
                        const struct tl_column *from,
                        const struct tl_parent_def *p)
{
    bool view = p->kind == TL_PARENT_STAR;
    bool like = p->kind == TL_PARENT_LIKE;
    struct tl_column_def def = {
        .name = from->name,
        .type = from->type,
        .collation = from->collation,
        .not_null = from->not_null && !view,
    };

    def.identity = like && from->identity && p->identity;
    if (view || (like && !p->defaults && !from->generated_stored)) {
        apply_column_def(x, relation, &def);
        return;
    }
    def.generated_stored = from->generated_stored && (!like || p->generated);
    if (!from->generated_stored || def.generated_stored) {
        def.default_text = from->default_text;
        def.has_default = from->default_text.n > 0;
    }
    apply_column_def(x, relation, &def);
}

static void copy_columns(struct change *x, uint32_t relation,
                         const struct tl_parent_def *p)
{
    const struct tl_relation *parent = parent_of(x, p, relation);
    struct object *o = parent ? store_object(x->catalog, parent->id) : NULL;

    for (struct column_row *r = o ? o->first_column : NULL; r; r = r->next) {
        if (!row_is_current(&r->col.row))
            continue;
        copy_column(x, relation, &r->col, p);
        if (p->kind == TL_PARENT_INHERITS)
            apply_set_inherited(x, relation, r->col.name, true);
    }
}

static void copy_checks(struct change *x, uint32_t relation,
                        const struct tl_parent_def *p)
{
    const struct tl_relation *parent = parent_of(x, p, relation);
    struct object *o = parent ? store_object(x->catalog, parent->id) : NULL;

    if (p->kind == TL_PARENT_LIKE && !p->constraints)
        return;
    for (struct constraint_row *r = o ? o->first_constraint : NULL; r;
         r = r->next) {
        if (!row_is_current(&r->con.row) || r->con.kind != TL_CHECK ||
            (r->no_inherit && p->kind != TL_PARENT_LIKE) ||
            store_constraint(x->catalog, relation, r->con.name, STORE_NOW))
            continue;
        apply_copy_constraint(x, relation, r, NULL, r->con.name);
    }
}

static const struct constraint_row *constraint_of(struct object *o,
                                                  uint32_t index)
{
    for (struct constraint_row *r = o->first_constraint; r; r = r->next)
        if (row_is_current(&r->con.row) && r->con.index == index)
            return r;
    return NULL;
}

/* LIKE ... INCLUDING INDEXES: names are chosen anew. */
static void copy_indexes(struct change *x, uint32_t relation,
                         const struct tl_parent_def *p)
{
    const struct tl_relation *parent = parent_of(x, p, relation);
    struct object *o = parent ? store_object(x->catalog, parent->id) : NULL;

    for (struct index_row *i = o ? o->first_index : NULL; i; i = i->next) {
        if (!row_is_current(&i->index.row))
            continue;

        const struct constraint_row *con =
            i->index.of_constraint ? constraint_of(o, i->index.id) : NULL;

        if (con)
            apply_copy_constraint(x, relation, con, i, TL_NONE);
        else
            apply_copy_index(x, relation, i, 0);
    }
}

static void type_from_source(struct change *x, struct tl_column_def *def)
{
    if (def->copy_of.n == 0 || def->copy_from >= x->op->n_parents)
        return;

    const struct tl_relation *from =
        parent_of(x, &x->op->parents[def->copy_from], 0);
    const struct tl_column *col =
        from ? store_column(x->catalog, from->id, def->copy_of, STORE_NOW)
             : NULL;

    if (col)
        def->type = col->type;
}

static bool is_inheritance(const struct tl_parent_def *p)
{
    return p->kind == TL_PARENT_INHERITS || p->kind == TL_PARENT_PARTITION;
}

static void make_columns(struct change *x, uint32_t relation)
{
    const struct tl_op *op = x->op;

    for (uint32_t i = 0; i < op->n_parents; i++)
        if (is_inheritance(&op->parents[i]))
            copy_columns(x, relation, &op->parents[i]);
    for (uint32_t c = 0; c <= op->n_columns; c++) {
        for (uint32_t i = 0; i < op->n_parents; i++)
            if (op->parents[i].before == c &&
                (op->parents[i].kind == TL_PARENT_LIKE ||
                 op->parents[i].kind == TL_PARENT_STAR))
                copy_columns(x, relation, &op->parents[i]);
        if (c == op->n_columns)
            break;

        struct tl_column_def def = op->columns[c];

        type_from_source(x, &def);
        apply_column_def(x, relation, &def);
        apply_set_inherited(x, relation, def.name, false);
    }
}

static bool same_columns(const struct tl_constraint_def *a,
                         const struct tl_constraint_def *b)
{
    if (a->n_columns != b->n_columns || a->deferrable != b->deferrable ||
        a->n_include != b->n_include ||
        a->nulls_not_distinct != b->nulls_not_distinct)
        return false;
    for (uint32_t i = 0; i < a->n_columns; i++)
        if (!tl_str_eq(a->columns[i], b->columns[i]))
            return false;
    for (uint32_t i = 0; i < a->n_include; i++)
        if (!tl_str_eq(a->include[i], b->include[i]))
            return false;
    return true;
}

/* PRIMARY KEY and UNIQUE on the same columns make one index in PostgreSQL,
   the first of them, with the primary key before all. */
static bool is_repeated(const struct tl_op *op, uint32_t at)
{
    const struct tl_constraint_def *def = &op->constraints[at];

    if (def->kind != TL_UNIQUE)
        return false;
    for (uint32_t i = 0; i < op->n_constraints; i++) {
        const struct tl_constraint_def *other = &op->constraints[i];
        bool before = other->kind == TL_PRIMARY_KEY ||
                      (other->kind == TL_UNIQUE && i < at);

        if (i != at && before && same_columns(def, other))
            return true;
    }
    return false;
}

static void make_constraints(struct change *x, uint32_t relation)
{
    static const enum tl_constraint_kind order[][2] = {
        {TL_CHECK, TL_CHECK},
        {TL_PRIMARY_KEY, TL_PRIMARY_KEY},
        {TL_UNIQUE, TL_EXCLUDE},
        {TL_FOREIGN_KEY, TL_FOREIGN_KEY},
    };
    const struct tl_op *op = x->op;

    for (size_t pass = 0; pass < 4; pass++)
        for (uint32_t i = 0; i < op->n_constraints; i++) {
            enum tl_constraint_kind kind = op->constraints[i].kind;

            if ((kind == order[pass][0] || kind == order[pass][1]) &&
                !is_repeated(op, i))
                apply_constraint_def(x, relation, &op->constraints[i]);
        }
}

static void join_parent(struct change *x, uint32_t relation,
                        const struct tl_parent_def *p)
{
    enum tl_relation_kind kind =
        p->kind == TL_PARENT_PARTITION ? TL_PARTITIONED_TABLE : TL_TABLE;
    struct tl_relation *parent = apply_relation(x, p->table, kind);
    struct tl_relation *rel = store_relation(x->catalog, relation, STORE_NOW);

    if (!parent || !rel || parent->id == relation)
        return;
    if (p->kind == TL_PARENT_INHERITS) {
        store_add_edge(x, parent->id,
                       (struct edge){.kind = EDGE_INHERITS, .to = relation});
        return;
    }
    rel->parent = parent->id;
    rel->bounds = (struct tl_bounds){store_str(x, x->op->bounds.from),
                                     store_str(x, x->op->bounds.to)};
    store_add_edge(x, parent->id,
                   (struct edge){.kind = EDGE_PARTITION,
                                 .to = relation,
                                 .is_default = x->op->is_default});
    apply_inherit_keys(x, parent->id, relation);
}

/* Columns of a parent that was never seen are not known here either. */
static void mark_unseen_parents(struct change *x, uint32_t id)
{
    struct tl_relation *rel = store_relation(x->catalog, id, STORE_NOW);

    for (uint32_t i = 0; rel && i < x->op->n_parents; i++) {
        const struct tl_relation *from = parent_of(x, &x->op->parents[i], id);

        if (!from || from->incomplete)
            rel->incomplete = true;
    }
}

void apply_create_table(struct change *x)
{
    const struct tl_op *op = x->op;
    struct tl_name name = apply_new_name(x, op->table, op->temporary);
    struct relation_row *old =
        store_find_relation(x->catalog, name, STORE_NOW, NULL);
    enum tl_relation_kind kind = op->relation_kind;

    if (old && op->if_not_exists)
        return;
    if (old)
        drop_relation(x, old->rel.id, false);
    if (op->partitioned)
        kind = TL_PARTITIONED_TABLE;

    uint32_t id =
        store_add_relation(
            x,
            (struct tl_relation){.kind = kind,
                                 .name = name,
                                 .temporary = op->temporary,
                                 .unlogged = op->unlogged,
                                 .partition_columns = op->partition_columns,
                                 .partitioned_by = op->partitioned_by},
            op->span)
            ->id;

    make_columns(x, id);
    mark_unseen_parents(x, id);
    for (uint32_t i = 0; i < op->n_parents; i++)
        copy_checks(x, id, &op->parents[i]);
    make_constraints(x, id);
    for (uint32_t i = 0; i < op->n_parents; i++) {
        if (is_inheritance(&op->parents[i]))
            join_parent(x, id, &op->parents[i]);
        else if (op->parents[i].indexes)
            copy_indexes(x, id, &op->parents[i]);
    }
}

static uint32_t replace_view(struct change *x, struct relation_row *old)
{
    struct object *o = store_object(x->catalog, old->rel.id);

    store_renew_columns(x, old->rel.id);
    for (struct edge *e = o ? o->edges_to : NULL; e; e = e->next_to) {
        /* Behind one that ended there are only such. */
        if (!row_is_current(&e->row) && e->row.born < e->row.died)
            break;
        if (e->kind == EDGE_VIEW)
            store_end_row(x, &e->row);
    }
    return old->rel.id;
}

static enum tl_relation_kind view_kind(const struct tl_op *op)
{
    if (op->kind == TL_OP_CREATE_VIEW)
        return TL_VIEW;
    return op->kind == TL_OP_CREATE_MATVIEW ? TL_MATVIEW : TL_TABLE;
}

static uint32_t new_view(struct change *x, struct tl_name name)
{
    const struct tl_op *op = x->op;
    enum tl_relation_kind kind = view_kind(op);
    bool stored = kind != TL_VIEW;

    return store_add_relation(
               x,
               (struct tl_relation){.kind = kind,
                                    .name = name,
                                    .temporary = op->temporary,
                                    .unlogged = op->unlogged,
                                    .filled = stored && op->with_data,
                                    .without_data =
                                        kind == TL_MATVIEW && !op->with_data},
               op->span)
        ->id;
}

/* SELECT * from what was never seen shows columns that nobody knows. */
static void mark_unknown_columns(struct change *x, uint32_t id)
{
    const struct tl_op *op = x->op;
    struct tl_relation *rel = store_relation(x->catalog, id, STORE_NOW);
    bool unknown = op->columns_unknown;

    for (uint32_t i = 0; i < op->n_parents && !unknown; i++) {
        const struct tl_relation *from = parent_of(x, &op->parents[i], id);

        unknown = op->parents[i].kind == TL_PARENT_STAR &&
                  (!from || from->incomplete);
    }
    if (!rel || rel->incomplete == unknown)
        return;

    struct tl_relation next = *rel;

    next.incomplete = unknown;
    store_replace_relation(x, rel, &next);
}

void apply_create_view(struct change *x)
{
    const struct tl_op *op = x->op;
    struct tl_name name = apply_new_name(x, op->table, op->temporary);
    struct relation_row *old =
        store_find_relation(x->catalog, name, STORE_NOW, NULL);
    uint32_t id = 0;

    if (old && op->if_not_exists)
        return;
    if (old && op->or_replace && old->rel.kind == TL_VIEW)
        id = replace_view(x, old);
    else if (old)
        drop_relation(x, old->rel.id, false);
    if (id == 0)
        id = new_view(x, name);
    make_columns(x, id);
    mark_unknown_columns(x, id);
    if (op->kind == TL_OP_CREATE_TABLE_AS)
        return;
    for (uint32_t i = 0; i < op->n_parents; i++) {
        const struct tl_relation *from = parent_of(x, &op->parents[i], id);

        if (from)
            store_add_edge(x, from->id,
                           (struct edge){.kind = EDGE_VIEW, .to = id});
    }
}
