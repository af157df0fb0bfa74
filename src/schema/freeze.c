/*
 * freeze.c - see freeze.h.
 *
 * Rows of relations and edges are written in the order in which they were made,
 * which is all that the chains of versions, names and ends need. The other rows
 * stand in the lists of their objects, or behind them where a list had no room;
 * chains that lead from one list to another are written as the numbers of rows,
 * each of which may stand in one chain only, so that no bytes whatever make a
 * circle. What finds rows by their names is made anew.
 */
#include "schema/freeze.h"

#include "schema/freeze_row.h"

static void write_count(struct codec *c, size_t n)
{
    uint32_t count = (uint32_t)n;

    code_count(c, &count);
}

static void write_relations(struct freezer *f, const struct catalog *cat)
{
    struct relation_row **rows =
        mem_calloc(cat->n_relations + 1, sizeof(*rows));

    for (size_t i = 0; i < cat->objects.n; i++)
        for (struct relation_row *r = cat->objects.v[i]->newest; r;
             r = r->older)
            rows[r->number - 1] = r;
    write_count(f->codec, cat->n_relations);
    for (uint32_t i = 0; i < cat->n_relations; i++)
        freeze_relation(f, rows[i]);
    mem_free(rows);
}

#define WRITE_LIST(f, type, first, write)                                      \
    do {                                                                       \
        size_t n_ = 0;                                                         \
                                                                               \
        for (struct type *r_ = (first); r_; r_ = r_->next)                     \
            n_++;                                                              \
        write_count((f)->codec, n_);                                           \
        for (struct type *r_ = (first); r_; r_ = r_->next)                     \
            write((f), r_);                                                    \
    } while (0)

#define WRITE_CHAIN(f, type, first, link)                                      \
    do {                                                                       \
        size_t n_ = 0;                                                         \
                                                                               \
        for (struct type *r_ = (first); r_; r_ = r_->link)                     \
            n_++;                                                              \
        write_count((f)->codec, n_);                                           \
        for (struct type *r_ = (first); r_; r_ = r_->link)                     \
            code_u32((f)->codec, &r_->number);                                 \
    } while (0)

/* By the places of the columns, which rise. */
static void write_renewals(struct freezer *f, const struct object *o)
{
    VEC(struct renewal *) list = VEC_INIT;
    const struct column_row *at = NULL;
    uint32_t place = 0;

    for (struct renewal *n = o->renewals; n; n = n->older)
        vec_push(&list, n);
    write_count(f->codec, list.n);
    for (size_t i = list.n; i > 0; i--) {
        for (; at != list.v[i - 1]->last; place++)
            at = at ? at->next : o->first_column;
        code_u32(f->codec, &place);
        freeze_row(f, &list.v[i - 1]->row);
    }
    vec_release(&list);
}

static void write_object(struct freezer *f, struct object *o)
{
    code_u32(f->codec, &o->n_columns);
    WRITE_LIST(f, column_row, o->first_column, freeze_column);
    write_renewals(f, o);
    WRITE_LIST(f, index_row, o->first_index, freeze_index);
    WRITE_LIST(f, constraint_row, o->first_constraint, freeze_constraint);
    WRITE_LIST(f, policy_row, o->first_policy, freeze_policy);
}

/* What the lists of their tables had no room for. */
#define WRITE_STRAYS(f, type, all, first, owner, write)                        \
    do {                                                                       \
        bool *listed_ = mem_calloc((all).n + 1, sizeof(bool));                 \
        size_t n_ = (all).n;                                                   \
                                                                               \
        for (size_t i_ = 0; i_ < cat->objects.n; i_++)                         \
            for (struct type *r_ = cat->objects.v[i_]->first; r_;              \
                 r_ = r_->next, n_--)                                          \
                listed_[r_->number - 1] = true;                                \
        write_count((f)->codec, n_);                                           \
        for (size_t i_ = 0; i_ < (all).n; i_++) {                              \
            if (listed_[i_])                                                   \
                continue;                                                      \
            code_u32((f)->codec, &(all).v[i_]->owner);                         \
            write((f), (all).v[i_]);                                           \
        }                                                                      \
        mem_free(listed_);                                                     \
    } while (0)

static void write_objects(struct freezer *f, const struct catalog *cat)
{
    write_count(f->codec, cat->indexes.n);
    write_count(f->codec, cat->constraints.n);
    for (size_t i = 0; i < cat->objects.n; i++)
        write_object(f, cat->objects.v[i]);
    WRITE_STRAYS(f, index_row, cat->indexes, first_index, index.relation,
                 freeze_index);
    WRITE_STRAYS(f, constraint_row, cat->constraints, first_constraint,
                 con.relation, freeze_constraint);
    for (size_t i = 0; i < cat->objects.n; i++) {
        WRITE_CHAIN(f, index_row, cat->objects.v[i]->as_index, older);
        WRITE_CHAIN(f, constraint_row, cat->objects.v[i]->incoming,
                    next_incoming);
    }
    write_count(f->codec, cat->edges.n);
    for (size_t i = 0; i < cat->edges.n; i++)
        freeze_edge(f, cat->edges.v[i]);
}

static void write_types(struct freezer *f, const struct catalog *cat)
{
    write_count(f->codec, cat->label_sets.n);
    for (size_t i = 0; i < cat->label_sets.n; i++)
        WRITE_LIST(f, label_row, cat->label_sets.v[i]->first, freeze_label);
    write_count(f->codec, cat->types.n);
    for (size_t i = 0; i < cat->types.n; i++) {
        struct type_row *t = cat->types.v[i];
        uint32_t set = t->labels ? t->labels->number : 0;

        freeze_type(f, t);
        code_u32(f->codec, &set);
    }
}

static void write_paths(struct freezer *f, struct path_row *row)
{
    VEC(struct path_row *) rows = VEC_INIT;

    for (; row; row = row->older)
        vec_push(&rows, row);
    write_count(f->codec, rows.n);
    for (size_t i = rows.n; i > 0; i--)
        freeze_path(f, rows.v[i - 1]);
    vec_release(&rows);
}

void catalog_freeze(const struct catalog *cat, struct codec *c)
{
    uint32_t statement = cat->statement;
    struct freezer f = {.codec = c, .n_objects = (uint32_t)cat->objects.n};

    code_u32(c, &statement);
    write_count(c, cat->objects.n);
    write_relations(&f, cat);
    write_objects(&f, cat);
    write_types(&f, cat);
    write_count(c, cat->functions.n);
    for (size_t i = 0; i < cat->functions.n; i++)
        freeze_function(&f, cat->functions.v[i]);
    write_paths(&f, cat->path);
}
