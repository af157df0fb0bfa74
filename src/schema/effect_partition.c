/*
 * effect_partition.c - what a new partition makes PostgreSQL read.
 *
 * PostgreSQL proves the bounds from the child's constraints. Here the CHECKs
 * are taken for a proof when the partition columns cannot be NULL and the
 * CHECKs that name them hold every constant of the bounds: nobody writes such
 * a CHECK for another purpose.
 */
#include "schema/effect_partition.h"

#include "schema/store.h"
#include "sql/lex.h"

#include <stdio.h>

bool tl_has_partitions(struct tl_schema s, const struct tl_relation *parent)
{
    const struct object *o =
        parent ? store_object(s.catalog, parent->id) : NULL;

    for (const struct edge *e = o ? o->edges : NULL; e; e = e->next)
        if (e->kind == EDGE_PARTITION && tl_alive(&e->row, s))
            return true;
    return false;
}

bool tl_has_default_partition(struct tl_schema s,
                              const struct tl_relation *parent)
{
    const struct object *o =
        parent ? store_object(s.catalog, parent->id) : NULL;

    for (const struct edge *e = o ? o->default_edges : NULL; e;
         e = e->next_default)
        if (tl_alive(&e->row, s))
            return true;
    return false;
}

static bool has_index(const struct tl_index_def *def, struct tl_schema s,
                      const struct tl_relation *parent,
                      const struct tl_relation *child)
{
    TL_EACH_INDEX(s, child, i)
        if (tl_index_serves(i, def) && !index_is_attached(s, parent, i->id))
            return true;
    return false;
}

bool partitions_have_index(const struct tl_index_def *def, struct tl_schema s,
                           const struct tl_relation *parent)
{
    const struct object *o = store_object(s.catalog, parent->id);
    bool any = false;

    for (const struct edge *e = o ? o->edges : NULL; e; e = e->next) {
        if (e->kind != EDGE_PARTITION || !tl_alive(&e->row, s))
            continue;
        any = true;
        if (!has_index(def, s, parent, tl_relation_by_id(s, e->to)))
            return false;
    }
    return any;
}

/* A sign stands in the bound's constant, before a CHECK's number, and in the
   text '-10' that a dump writes. */
static struct tl_str without_sign(struct tl_str s)
{
    return s.n > 1 && *s.p == '-' ? (struct tl_str){s.p + 1, s.n - 1} : s;
}

static bool has_token(struct tl_str text, struct tl_str wanted)
{
    struct lex l = lex_at(text, 0);

    wanted = without_sign(wanted);

    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        struct tl_str word = lex_text(&l, t);

        if (t.kind == LEX_STRING && word.n >= 2)
            word = without_sign((struct tl_str){word.p + 1, word.n - 2});
        if (tl_str_eq(word, wanted))
            return true;
    }
    return false;
}

/* The checks of one table. */
struct checks {
    struct tl_schema schema;
    const struct tl_relation *table;
};

static bool checks_hold(const struct checks *k, struct tl_str constant)
{
    TL_EACH_CONSTRAINT(k->schema, k->table, c)
        if (c->kind == TL_CHECK && c->validated &&
            has_token(c->check, constant))
            return true;
    return false;
}

static bool datum_is_checked(const struct checks *k, const PgQuery__Node *n)
{
    if (n->node_case == TL_KIND(TYPE_CAST) && n->type_cast->arg)
        n = n->type_cast->arg;
    /* MINVALUE and MAXVALUE ask for nothing. */
    if (n->node_case == TL_KIND(COLUMN_REF))
        return true;
    if (n->node_case != TL_KIND(A_CONST))
        return false;

    const PgQuery__AConst *v = n->a_const;
    char digits[16];

    switch (v->val_case) {
    case PG_QUERY__A__CONST__VAL_SVAL:
        return checks_hold(k, tl_str_c(v->sval->sval));
    case PG_QUERY__A__CONST__VAL_FVAL:
        return checks_hold(k, tl_str_c(v->fval->fval));
    case PG_QUERY__A__CONST__VAL_IVAL:
        snprintf(digits, sizeof(digits), "%d", (int)v->ival->ival);
        return checks_hold(k, tl_str_c(digits));
    default:
        return false;
    }
}

static bool all_checked(const struct checks *k, PgQuery__Node *const *list,
                        size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!datum_is_checked(k, list[i]))
            return false;
    return true;
}

/* "a,b": the columns of the parent's key, none of which may be NULL. */
static bool key_is_not_null(const struct checks *k, struct tl_str columns)
{
    size_t start = 0;

    if (columns.n == 0)
        return false;
    for (size_t i = 0; i <= columns.n; i++) {
        if (i < columns.n && columns.p[i] != ',')
            continue;

        struct tl_str name = {columns.p + start, i - start};

        if (tl_column_is_not_null(k->schema, k->table, name) != TL_YES ||
            !checks_hold(k, name))
            return false;
        start = i + 1;
    }
    return true;
}

bool partition_is_checked(const struct tl_op *attach, struct tl_schema s,
                          const struct tl_relation *parent)
{
    struct checks k = {s, tl_find_relation(s, attach->other, NULL)};

    if (!parent || !k.table || attach->node->kind != TL_KIND(ALTER_TABLE_CMD))
        return false;

    const PgQuery__AlterTableCmd *cmd =
        TL_AS(ALTER_TABLE_CMD, AlterTableCmd, attach->node);
    const PgQuery__PartitionBoundSpec *b =
        cmd->def && cmd->def->node_case == TL_KIND(PARTITION_CMD)
            ? cmd->def->partition_cmd->bound
            : NULL;

    /* A hash is not written as a CHECK, and DEFAULT is what no other is. */
    if (!b || b->is_default ||
        b->n_lowerdatums + b->n_upperdatums + b->n_listdatums == 0)
        return false;
    return key_is_not_null(&k, parent->partition_columns) &&
           all_checked(&k, b->lowerdatums, b->n_lowerdatums) &&
           all_checked(&k, b->upperdatums, b->n_upperdatums) &&
           all_checked(&k, b->listdatums, b->n_listdatums);
}
