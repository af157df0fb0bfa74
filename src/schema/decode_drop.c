/*
 * decode_drop.c - DROP of everything, TRUNCATE.
 *
 * A DROP of several things is one op for each.
 */
#include "schema/decoder.h"

struct drop_kind {
    PgQuery__ObjectType type;
    enum tl_op_kind op;
    enum tl_relation_kind relation;
};

#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name

static const struct drop_kind drop_kinds[] = {
    {OBJECT(TABLE), TL_OP_DROP_TABLE, TL_TABLE},
    {OBJECT(FOREIGN_TABLE), TL_OP_DROP_TABLE, TL_FOREIGN_TABLE},
    {OBJECT(VIEW), TL_OP_DROP_VIEW, TL_VIEW},
    {OBJECT(MATVIEW), TL_OP_DROP_VIEW, TL_MATVIEW},
    {OBJECT(INDEX), TL_OP_DROP_INDEX, TL_INDEX},
    {OBJECT(SEQUENCE), TL_OP_DROP_SEQUENCE, TL_SEQUENCE},
    {OBJECT(TYPE), TL_OP_DROP_TYPE, TL_COMPOSITE},
    {OBJECT(DOMAIN), TL_OP_DROP_TYPE, TL_COMPOSITE},
    {OBJECT(SCHEMA), TL_OP_DROP_SCHEMA, TL_TABLE},
    {OBJECT(FUNCTION), TL_OP_DROP_FUNCTION, TL_TABLE},
    {OBJECT(PROCEDURE), TL_OP_DROP_FUNCTION, TL_TABLE},
    {OBJECT(ROUTINE), TL_OP_DROP_FUNCTION, TL_TABLE},
    {OBJECT(TRIGGER), TL_OP_DROP_TRIGGER, TL_TABLE},
    {OBJECT(POLICY), TL_OP_POLICY, TL_TABLE},
};

/* DROP TRIGGER t ON a.b: the list is the table's name and then the thing's. */
static void part_of_table(struct decoder *d, const PgQuery__Node *n,
                          struct tl_op *op)
{
    if (n->node_case != TL_KIND(LIST) || n->list->n_items < 2)
        return;

    size_t last = n->list->n_items - 1;

    op->name = decode_string(n->list->items[last]);
    op->table = decode_names(d, n->list->items, last);
    op->value = TL_STR("drop");
}

static void drop_target(struct decoder *d, const PgQuery__Node *n,
                        struct tl_op *op)
{
    if (op->kind == TL_OP_DROP_TRIGGER || op->kind == TL_OP_POLICY) {
        part_of_table(d, n, op);
        return;
    }
    op->table = decode_object(d, n);
    op->name = op->table.name;
    if (op->kind == TL_OP_DROP_SCHEMA)
        op->table = (struct tl_name){TL_NONE, TL_NONE};
    if (op->kind == TL_OP_DROP_FUNCTION &&
        n->node_case == TL_KIND(OBJECT_WITH_ARGS) &&
        !n->object_with_args->args_unspecified)
        op->value = decode_arguments(d, n->object_with_args->objargs,
                                     n->object_with_args->n_objargs);
}

static void drop_one(struct decoder *d, const struct tl_node *node,
                     const PgQuery__DropStmt *s, const PgQuery__Node *n)
{
    static const char *const word[] = {"index", NULL};
    size_t kinds = sizeof(drop_kinds) / sizeof(*drop_kinds);
    const struct drop_kind *kind = NULL;

    for (size_t i = 0; i < kinds && !kind; i++)
        if (drop_kinds[i].type == s->remove_type)
            kind = &drop_kinds[i];

    struct tl_op *op = decode_op(d, kind ? kind->op : TL_OP_OTHER, node);

    op->if_exists = s->missing_ok;
    op->cascade = ENUM_IS(s->behavior, DROP_BEHAVIOR, DROP_CASCADE);
    op->concurrently = s->concurrent;
    op->one_of_many = s->n_objects > 1;
    if (!kind) {
        op->value = TL_STR("drop");
        if (ENUM_IS(s->remove_type, OBJECT_TYPE, OBJECT_RULE))
            part_of_table(d, n, op);
        return;
    }
    op->relation_kind = kind->relation;
    if (kind->op == TL_OP_DROP_INDEX)
        op->keyword_end = decode_word_end(d->text, word);
    drop_target(d, n, op);
}

static void truncate_tables(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__TruncateStmt *s = TL_AS(TRUNCATE_STMT, TruncateStmt, node);

    for (size_t i = 0; i < s->n_relations; i++) {
        struct tl_op *op = decode_op(d, TL_OP_TRUNCATE, node);

        op->table = decode_object(d, s->relations[i]);
        op->cascade = ENUM_IS(s->behavior, DROP_BEHAVIOR, DROP_CASCADE);
        op->one_of_many = s->n_relations > 1;
    }
}

bool decode_drop(struct decoder *d, const struct tl_node *node)
{
    if (node->kind == TL_KIND(TRUNCATE_STMT)) {
        truncate_tables(d, node);
        return true;
    }
    if (node->kind != TL_KIND(DROP_STMT))
        return false;

    const PgQuery__DropStmt *s = TL_AS(DROP_STMT, DropStmt, node);

    for (size_t i = 0; i < s->n_objects; i++)
        drop_one(d, node, s, s->objects[i]);
    return s->n_objects > 0;
}
