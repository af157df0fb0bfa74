/*
 * apply_type.c - types, domains, functions, sequences.
 */
#include "schema/apply.h"

static enum type_kind kind_of(const struct tl_op *op)
{
    if (op->kind == TL_OP_CREATE_ENUM)
        return TYPE_ENUM;
    if (op->kind == TL_OP_CREATE_DOMAIN)
        return TYPE_DOMAIN;
    return op->n_columns > 0 ? TYPE_COMPOSITE : TYPE_OTHER;
}

/* Columns have a type, not its name. */
static void retype_columns(struct change *x, uint32_t relation,
                           struct tl_name from, struct tl_name to)
{
    struct object *o = store_object(x->catalog, relation);

    for (struct column_row *r = o ? o->first_column : NULL; r; r = r->next) {
        struct tl_name name = r->col.type.name;

        if (!row_is_current(&r->col.row) || !tl_str_eq(name.name, from.name) ||
            (name.schema.n > 0 && !tl_str_eq(name.schema, from.schema)))
            continue;

        struct tl_column next = r->col;

        next.type.name.name = to.name;
        if (!tl_str_eq(from.schema, to.schema))
            next.type.name.schema = to.schema;
        store_replace_column(x, &r->col, &next);
    }
}

static void move_type(struct change *x, struct type_row *old,
                      struct tl_name name)
{
    struct type_row next = *old;
    struct relation_row *composite =
        store_find_relation(x->catalog, old->name, STORE_NOW, NULL);

    if (tl_str_eq(old->name.name, name.name) &&
        tl_str_eq(old->name.schema, name.schema))
        return;
    next.name = name;
    store_end_row(x, &old->row);
    store_add_type(x, next);
    if (composite && composite->rel.kind == TL_COMPOSITE) {
        struct tl_relation moved = composite->rel;

        moved.name = name;
        store_replace_relation(x, &composite->rel, &moved);
    }
    for (uint32_t id = 1; id <= x->catalog->objects.n; id++)
        if (store_relation(x->catalog, id, STORE_NOW))
            retype_columns(x, id, old->name, name);
}

static void rename_type(struct change *x)
{
    struct type_row *old = store_find_type(x->catalog, x->op->table, STORE_NOW);

    if (old)
        move_type(x, old, (struct tl_name){old->name.schema, x->op->new_name});
}

/* ALTER SCHEMA ... RENAME. */
void apply_move_types(struct change *x, struct tl_str from, struct tl_str to)
{
    size_t n = x->catalog->types.n;

    for (size_t i = 0; i < n; i++) {
        struct type_row *t = x->catalog->types.v[i];

        if (row_is_current(&t->row) && tl_str_eq(t->name.schema, from))
            move_type(x, t, (struct tl_name){to, t->name.name});
    }
}

/* With each value the type becomes a new row. */
static void renew_type(struct change *x, struct type_row *old)
{
    struct type_row next = *old;

    store_end_row(x, &old->row);
    store_add_type(x, next);
}

void apply_enum_value(struct change *x)
{
    const struct tl_op *op = x->op;
    struct type_row *old = store_find_type(x->catalog, op->table, STORE_NOW);
    struct label_set *set = old ? old->labels : NULL;

    if (!set || byname_find(&set->by_name, op->value, STORE_NOW))
        return;

    struct label_row *beside =
        op->column.n ? byname_find(&set->by_name, op->column, STORE_NOW) : NULL;
    struct label_row *after = set->last;

    if (beside)
        after = op->after ? beside : beside->previous;
    store_add_label(x, set, after, op->value);
    renew_type(x, old);
}

static void rename_value(struct change *x, struct type_row *old)
{
    struct label_row *row = old->labels ? byname_find(&old->labels->by_name,
                                                      x->op->column, STORE_NOW)
                                        : NULL;

    if (!row)
        return;
    store_end_row(x, &row->row);
    store_add_label(x, old->labels, row, x->op->new_name);
    renew_type(x, old);
}

static struct label_set *make_labels(struct change *x)
{
    struct label_set *set = store_add_labels(x->catalog);

    for (uint32_t i = 0; i < x->op->n_labels; i++)
        store_add_label(x, set, set->last, x->op->labels[i]);
    return set;
}

/* Changes of types that have no kind of op of their own. */
void apply_other(struct change *x)
{
    bool value = tl_str_is(x->op->value, "rename enum value");
    bool schema = tl_str_is(x->op->value, "type set schema");
    struct type_row *old =
        value || schema ? store_find_type(x->catalog, x->op->table, STORE_NOW)
                        : NULL;

    if (old && value)
        rename_value(x, old);
    else if (old)
        move_type(x, old, (struct tl_name){x->op->new_name, old->name.name});
}

static void create_composite(struct change *x, struct tl_name name)
{
    struct tl_relation *rel = store_add_relation(
        x, (struct tl_relation){.kind = TL_COMPOSITE, .name = name},
        x->op->span);

    for (uint32_t i = 0; i < x->op->n_columns; i++)
        apply_column_def(x, rel->id, &x->op->columns[i]);
}

void apply_type(struct change *x)
{
    const struct tl_op *op = x->op;

    if (op->kind == TL_OP_RENAME_TYPE) {
        rename_type(x);
        return;
    }

    struct tl_name name = apply_new_name(x, op->table, false);
    struct type_row *old = store_find_type(x->catalog, name, STORE_NOW);
    struct type_row type = {
        .name = name, .kind = kind_of(op), .base = op->type};

    if (type.kind == TYPE_ENUM)
        type.labels = make_labels(x);
    for (uint32_t i = 0; i < op->n_constraints; i++)
        type.n_checks += op->constraints[i].kind == TL_CHECK;
    type.not_null = op->n_columns == 1 && op->kind == TL_OP_CREATE_DOMAIN &&
                    op->columns[0].not_null;
    if (old)
        store_end_row(x, &old->row);
    store_add_type(x, type);
    if (type.kind == TYPE_COMPOSITE)
        create_composite(x, name);
}

void apply_domain(struct change *x)
{
    const struct tl_op *op = x->op;
    struct type_row *old = store_find_type(x->catalog, op->table, STORE_NOW);

    if (!old)
        return;

    struct type_row next = *old;

    if (tl_str_is(op->value, "add constraint"))
        next.n_checks++;
    else if (tl_str_is(op->value, "drop constraint") && next.n_checks > 0)
        next.n_checks--;
    else if (tl_str_is(op->value, "set not null"))
        next.not_null = true;
    else if (tl_str_is(op->value, "drop not null"))
        next.not_null = false;
    else
        return;
    store_end_row(x, &old->row);
    store_add_type(x, next);
}

void apply_function(struct change *x)
{
    const struct tl_op *op = x->op;
    bool create = op->kind == TL_OP_CREATE_FUNCTION;
    struct function_row *f = store_functions(x->catalog, op->table, STORE_NOW);

    /* DROP FUNCTION f without arguments means the only one of that name. */
    for (unsigned i = 0; f && i < STORE_MAX_FUNCTIONS; i++, f = f->same_name)
        if (row_is_current(&f->row) &&
            (tl_str_eq(f->arguments, op->value) || (!create && !op->value.p)))
            store_end_row(x, &f->row);
    if (!create)
        return;
    store_add_function(
        x, (struct function_row){.name = apply_new_name(x, op->table, false),
                                 .arguments = op->value,
                                 .volatility = op->volatility});
}

/* A sequence has one owner: the edge of another one ends. */
static void disown(struct change *x, uint32_t sequence)
{
    struct object *o = store_object(x->catalog, sequence);

    for (struct edge *e = o ? o->edges_to : NULL; e; e = e->next_to)
        if (e->kind == EDGE_OWNED)
            store_end_row(x, &e->row);
}

void apply_sequence(struct change *x)
{
    const struct tl_op *op = x->op;
    struct relation_row *old =
        store_find_relation(x->catalog, op->table, STORE_NOW, NULL);
    struct tl_relation *rel = old ? &old->rel : NULL;

    if (op->kind == TL_OP_CREATE_SEQUENCE && !(old && op->if_not_exists)) {
        if (old)
            drop_relation(x, old->rel.id, false);
        rel = store_add_relation(
            x,
            (struct tl_relation){
                .kind = TL_SEQUENCE,
                .name = apply_new_name(x, op->table, op->temporary),
                .temporary = op->temporary},
            op->span);
    }
    if (rel && op->kind == TL_OP_ALTER_SEQUENCE &&
        (op->other.name.n > 0 || tl_str_is(op->value, "owned by none")))
        disown(x, rel->id);
    if (!rel || op->other.name.n == 0)
        return;

    struct tl_relation *owner = apply_relation(x, op->other, TL_TABLE);
    struct tl_column *col =
        owner ? store_column(x->catalog, owner->id, op->column, STORE_NOW)
              : NULL;

    if (col)
        store_add_edge(x, owner->id,
                       (struct edge){.kind = EDGE_OWNED,
                                     .to = rel->id,
                                     .column = col->number});
}
