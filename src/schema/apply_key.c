/*
 * apply_key.c - indexes and constraints come to a table, and change there.
 *
 * A key constraint and its index are made together and share a name. What
 * comes to a partitioned table comes to its partitions too, under names that
 * PostgreSQL chooses for each of them.
 */
#include "schema/apply.h"

struct index_row *apply_make_index(struct change *x, struct tl_relation *table,
                                   struct index_row spec, struct tl_str name,
                                   struct tl_span made)
{
    struct tl_name full = {table->name.schema, name};
    struct tl_relation *rel = store_add_relation(
        x,
        (struct tl_relation){
            .kind = TL_INDEX, .name = full, .temporary = table->temporary},
        made);

    spec.index.id = rel->id;
    spec.index.relation = table->id;
    spec.index.name = rel->name;
    return store_add_index(x, spec, made);
}

/* Does an index of the parent have it already? */
static bool is_attached(struct change *x, const struct tl_relation *parent,
                        uint32_t index)
{
    struct tl_schema now = {x->catalog, STORE_NOW};

    return parent && index_is_attached(now, parent, index);
}

/* A partition's index that already fits is taken instead of a new one. */
static struct index_row *find_same(struct change *x, uint32_t relation,
                                   const struct tl_index *like)
{
    struct object *o = store_object(x->catalog, relation);
    const struct tl_relation *rel =
        store_relation(x->catalog, relation, STORE_NOW);
    const struct tl_relation *parent =
        rel ? store_relation(x->catalog, rel->parent, STORE_NOW) : NULL;

    for (struct index_row *r = o ? o->first_index : NULL; r; r = r->next)
        if (row_is_current(&r->index.row) && index_fits(&r->index, like) &&
            !is_attached(x, parent, r->index.id))
            return r;
    return NULL;
}

static void join_indexes(struct change *x, uint32_t parent, uint32_t child)
{
    if (parent && parent != child)
        store_add_edge(x, parent,
                       (struct edge){.kind = EDGE_INDEX, .to = child});
}

struct index_for_children {
    const struct index_row *spec;
    uint32_t parent;
};

static void child_index(struct change *x, struct tl_relation *child,
                        const void *arg)
{
    const struct index_for_children *f = arg;

    apply_copy_index(x, child->id, f->spec, f->parent);
}

void apply_copy_index(struct change *x, uint32_t relation,
                      const struct index_row *spec, uint32_t parent_index)
{
    struct tl_relation *rel = store_relation(x->catalog, relation, STORE_NOW);

    if (!rel)
        return;

    struct index_row *made =
        parent_index ? find_same(x, relation, &spec->index) : NULL;

    if (!made) {
        struct tl_str name =
            names_for_relation(x, rel->name, spec->name_part, "idx", false);

        made = apply_make_index(x, rel, *spec, name, x->op->span);
    }
    join_indexes(x, parent_index, made->index.id);

    struct index_for_children f = {made, made->index.id};

    apply_children(x, relation, false, child_index, &f);
}

static struct index_row index_of_def(const struct tl_index_def *d)
{
    return (struct index_row){
        .index = index_as_made(d),
        .name_part = d->name_part,
        .used = d->used,
        .n_used = d->n_used,
    };
}

/* What may have been dropped is there by now, if perhaps as it was. */
static void make_sure(struct change *x, struct tl_relation *index)
{
    struct tl_relation next = *index;

    next.uncertain = false;
    if (index->kind == TL_INDEX && index->uncertain)
        store_replace_relation(x, index, &next);
}

void apply_create_index(struct change *x)
{
    const struct tl_index_def *def = x->op->index;
    struct tl_relation *rel = def ? apply_target(x, TL_TABLE) : NULL;

    if (!rel)
        return;

    struct tl_str name = def->name;
    struct index_row spec = index_of_def(def);

    spec.index.concurrently = x->op->concurrently;
    if (name.n > 0) {
        struct tl_name full = {rel->name.schema, name};
        struct relation_row *old =
            store_find_relation(x->catalog, full, STORE_NOW, NULL);

        if (old && x->op->if_not_exists) {
            make_sure(x, &old->rel);
            return;
        }
        if (old)
            drop_relation(x, old->rel.id, false);
    } else {
        name = names_for_relation(x, rel->name, def->name_part, "idx", false);
    }

    struct index_row *made = apply_make_index(x, rel, spec, name, x->op->span);
    struct index_for_children f = {made, made->index.id};

    if (!def->only)
        apply_children(x, rel->id, false, child_index, &f);
}

void apply_attach_index(struct change *x)
{
    struct relation_row *parent =
        store_find_relation(x->catalog, x->op->table, STORE_NOW, NULL);
    struct relation_row *child =
        store_find_relation(x->catalog, x->op->other, STORE_NOW, NULL);

    if (parent && child)
        join_indexes(x, parent->rel.id, child->rel.id);
}

static const struct constraint_row *primary_key(const struct catalog *c,
                                                uint32_t relation)
{
    struct object *o = store_object(c, relation);

    for (struct constraint_row *r = o ? o->first_constraint : NULL; r;
         r = r->next)
        if (row_is_current(&r->con.row) && r->con.kind == TL_PRIMARY_KEY)
            return r;
    return NULL;
}

static void resolve_reference(struct change *x, struct tl_constraint *con)
{
    struct relation_row *target =
        store_find_relation(x->catalog, con->ref_table, STORE_NOW, NULL);

    if (!target)
        return;
    con->ref_relation = target->rel.id;
    con->ref_table = target->rel.name;
    if (con->n_ref_columns > 0)
        return;

    const struct constraint_row *key = primary_key(x->catalog, target->rel.id);

    if (key) {
        con->ref_columns = key->con.columns;
        con->n_ref_columns = key->con.n_columns;
    }
}

static const char *label_of(enum tl_constraint_kind kind)
{
    switch (kind) {
    case TL_PRIMARY_KEY:
        return "pkey";
    case TL_UNIQUE:
        return "key";
    case TL_EXCLUDE:
        return "excl";
    case TL_FOREIGN_KEY:
        return "fkey";
    case TL_CHECK:
        break;
    }
    return "check";
}

static struct tl_str choose_name(struct change *x, struct tl_name table,
                                 const struct tl_constraint *con,
                                 const struct index_row *index)
{
    struct tl_str part = TL_NONE;

    if (con->kind == TL_FOREIGN_KEY)
        part = names_join(&x->catalog->arena, con->columns, con->n_columns);
    else if (con->kind == TL_CHECK && con->n_columns == 1)
        part = con->columns[0];
    else if (index && con->kind != TL_PRIMARY_KEY)
        part = index->name_part;
    if (index)
        return names_for_relation(x, table, part, label_of(con->kind), true);
    return names_for_constraint(x, table, part, label_of(con->kind));
}

struct constraint_for_children {
    const struct constraint_row *spec;
    const struct index_row *index;
};

static void child_constraint(struct change *x, struct tl_relation *child,
                             const void *arg)
{
    const struct constraint_for_children *f = arg;
    bool key = f->index != NULL;

    if (!key &&
        store_constraint(x->catalog, child->id, f->spec->con.name, STORE_NOW))
        return;
    apply_copy_constraint(x, child->id, f->spec, f->index,
                          key ? TL_NONE : f->spec->con.name);
}

static void place_index(struct change *x, struct tl_relation *rel,
                        struct constraint_row *con,
                        const struct index_row *index, struct tl_span made)
{
    struct tl_name full = {rel->name.schema, con->con.name};
    struct relation_row *old =
        store_find_relation(x->catalog, full, STORE_NOW, NULL);
    struct index_row spec = *index;

    if (old)
        drop_relation(x, old->rel.id, false);
    spec.index.of_constraint = true;
    spec.index.primary = con->con.kind == TL_PRIMARY_KEY;
    spec.index.unique = con->con.kind != TL_EXCLUDE;
    con->con.index =
        apply_make_index(x, rel, spec, con->con.name, made)->index.id;
}

/* Puts it on one table; gives the row. */
static struct constraint_row *place(struct change *x, struct tl_relation *rel,
                                    struct constraint_row con,
                                    const struct index_row *index,
                                    struct tl_span made)
{
    struct constraint_row *old = NULL;

    con.con.relation = rel->id;
    if (con.con.name.n == 0)
        con.con.name = choose_name(x, rel->name, &con.con, index);
    old = store_constraint(x->catalog, rel->id, con.con.name, STORE_NOW);
    if (old)
        drop_constraint(x, old, false);
    if (index)
        place_index(x, rel, &con, index, made);
    for (uint32_t i = 0;
         con.con.kind == TL_PRIMARY_KEY && i < con.con.n_columns; i++)
        apply_set_not_null(x, rel->id, con.con.columns[i], true);
    return store_add_constraint(x, con, made);
}

/* CHECKs go to every kind of child, the rest to partitions alone. */
static void place_in_children(struct change *x, uint32_t relation,
                              const struct constraint_row *con,
                              const struct index_row *index)
{
    struct constraint_for_children f = {con, index};

    if (con->no_inherit)
        return;
    apply_children(x, relation, con->con.kind == TL_CHECK, child_constraint,
                   &f);
}

void apply_copy_constraint(struct change *x, uint32_t relation,
                           const struct constraint_row *spec,
                           const struct index_row *index, struct tl_str name)
{
    struct tl_relation *rel = store_relation(x->catalog, relation, STORE_NOW);
    struct constraint_row con = *spec;
    uint32_t parent_index = spec->con.index;

    if (!rel)
        return;
    con.con.name = name;
    con.con.index = 0;
    con.inherited = true;
    con.next_incoming = NULL;

    struct constraint_row *row = place(x, rel, con, index, x->op->span);

    if (row->con.index && parent_index && rel->parent)
        join_indexes(x, parent_index, row->con.index);
    place_in_children(x, relation, row, index);
}

/* The columns of a key as an index on them. */
static struct index_row index_of_key(struct change *x,
                                     const struct tl_constraint_def *def)
{
    if (def->index)
        return index_of_def(def->index);

    struct arena *a = &x->catalog->arena;
    struct tl_index_key *keys =
        ARENA_ARRAY(a, struct tl_index_key, def->n_columns);
    struct tl_str part = names_join(a, def->columns, def->n_columns);
    struct tl_str more = names_join(a, def->include, def->n_include);

    for (uint32_t i = 0; i < def->n_columns; i++)
        keys[i].column = def->columns[i];
    if (more.n > 0)
        part = arena_printf(a, "%.*s_%.*s", TL_FMT(part), TL_FMT(more));
    return (struct index_row){
        .index =
            {
                .method = TL_STR("btree"),
                .unique = true,
                .nulls_not_distinct = def->nulls_not_distinct,
                .keys = keys,
                .n_keys = def->n_columns,
                .include = def->include,
                .n_include = def->n_include,
            },
        .name_part = part,
    };
}

/* ADD ... USING INDEX: the index is the constraint's from now on. */
static void adopt_index(struct change *x, struct tl_relation *rel,
                        struct constraint_row con,
                        const struct tl_constraint_def *def,
                        struct tl_span made)
{
    struct tl_name full = {rel->name.schema, def->using_index};
    struct relation_row *found =
        store_find_relation(x->catalog, full, STORE_NOW, NULL);
    struct index_row *index =
        found ? store_index(x->catalog, found->rel.id, STORE_NOW) : NULL;

    if (con.con.name.n == 0)
        con.con.name = def->using_index;
    if (!index) {
        place(x, rel, con, NULL, made);
        return;
    }
    if (!tl_str_eq(con.con.name, def->using_index)) {
        apply_rename_index(x, found->rel.id, con.con.name);
        index = store_index(x->catalog, found->rel.id, STORE_NOW);
    }
    if (!index)
        return;

    struct index_row owned = *index;
    struct tl_str *columns =
        ARENA_ARRAY(&x->catalog->arena, struct tl_str, index->index.n_keys);

    owned.index.of_constraint = true;
    owned.index.primary = def->kind == TL_PRIMARY_KEY;
    index = store_replace_index(x, index, &owned);
    for (uint32_t i = 0; i < index->index.n_keys; i++)
        columns[i] = index->index.keys[i].column;
    con.con.columns = columns;
    con.con.n_columns = index->index.n_keys;
    con.con.index = index->index.id;
    place(x, rel, con, NULL, made);
}

void apply_constraint_def(struct change *x, uint32_t relation,
                          const struct tl_constraint_def *def)
{
    struct tl_relation *rel = store_relation(x->catalog, relation, STORE_NOW);
    struct tl_span made = apply_part(x, def->at, def->length);
    struct constraint_row con = {
        .con =
            {
                .kind = def->kind,
                .name = def->name,
                .columns = def->columns,
                .n_columns = def->n_columns,
                .validated = !def->not_valid,
                .deferrable = def->deferrable,
                .check = def->check,
                .ref_table = def->ref_table,
                .ref_columns = def->ref_columns,
                .n_ref_columns = def->n_ref_columns,
                .on_delete = def->on_delete,
            },
        .no_inherit = def->no_inherit,
    };

    if (!rel)
        return;
    if (def->kind == TL_FOREIGN_KEY)
        resolve_reference(x, &con.con);
    if (def->using_index.n > 0) {
        adopt_index(x, rel, con, def, made);
        return;
    }

    bool key = def->kind != TL_FOREIGN_KEY && def->kind != TL_CHECK;
    struct index_row spec = {0};

    if (key)
        spec = index_of_key(x, def);

    struct constraint_row *row = place(x, rel, con, key ? &spec : NULL, made);

    place_in_children(x, relation, row, key ? &spec : NULL);
}

void apply_add_constraint(struct change *x)
{
    struct tl_relation *rel = apply_target(x, TL_TABLE);

    for (uint32_t i = 0; rel && i < x->op->n_constraints; i++)
        apply_constraint_def(x, rel->id, &x->op->constraints[i]);
}

void apply_inherit_keys(struct change *x, uint32_t parent, uint32_t child)
{
    struct object *o = store_object(x->catalog, parent);

    for (struct constraint_row *r = o ? o->first_constraint : NULL; r;
         r = r->next) {
        if (!row_is_current(&r->con.row) || r->no_inherit)
            continue;

        struct index_row *index =
            r->con.index ? store_index(x->catalog, r->con.index, STORE_NOW)
                         : NULL;
        struct index_row *same =
            index ? find_same(x, child, &index->index) : NULL;

        if (same)
            join_indexes(x, index->index.id, same->index.id);
        else if (index ||
                 !store_constraint(x->catalog, child, r->con.name, STORE_NOW))
            apply_copy_constraint(x, child, r, index,
                                  index ? TL_NONE : r->con.name);
    }
    for (struct index_row *i = o ? o->first_index : NULL; i; i = i->next)
        if (row_is_current(&i->index.row) && !i->index.of_constraint)
            apply_copy_index(x, child, i, i->index.id);
}

static void validate_child(struct change *x, struct tl_relation *child,
                           const void *arg);

static void change_constraint(struct change *x, uint32_t relation,
                              struct constraint_row *row)
{
    struct constraint_row next = *row;
    struct tl_str old_name = row->con.name;

    if (x->op->kind == TL_OP_RENAME_CONSTRAINT)
        next.con.name = x->op->new_name;
    else if (x->op->kind == TL_OP_VALIDATE_CONSTRAINT)
        next.con.validated = true;
    else
        next.con.deferrable =
            x->op->n_constraints > 0 && x->op->constraints[0].deferrable;
    row = store_replace_constraint(x, row, &next);
    if (x->op->kind == TL_OP_RENAME_CONSTRAINT && row->con.index)
        apply_rename_index(x, row->con.index, x->op->new_name);
    apply_children(x, relation, true, validate_child, &old_name);
}

static void validate_child(struct change *x, struct tl_relation *child,
                           const void *arg)
{
    const struct tl_str *name = arg;
    struct constraint_row *row =
        store_constraint(x->catalog, child->id, *name, STORE_NOW);

    if (row && row->inherited)
        change_constraint(x, child->id, row);
}

void apply_change_constraint(struct change *x)
{
    struct tl_relation *rel = apply_target(x, TL_TABLE);
    struct constraint_row *row =
        rel ? store_constraint(x->catalog, rel->id, x->op->name, STORE_NOW)
            : NULL;

    if (!row)
        return;
    if (x->op->kind == TL_OP_DROP_CONSTRAINT)
        drop_constraint(x, row, x->op->cascade);
    else
        change_constraint(x, rel->id, row);
}
