/*
 * tree.h - a statement's parse tree as an array.
 *
 * The tree stands in preorder: a node's subtree is the slice from the node to
 * its `end`, so that nobody recurses. Each node points at the message that
 * libpg_query made (PgQuery__SelectStmt and so on, see pg_query.proto); the
 * PgQuery__Node wrappers between them are left out. A tree lives as long as
 * its statement is being judged.
 */
#ifndef TUSKLINT_TREE_H
#define TUSKLINT_TREE_H

#include <tusklint/base.h>

#include <assert.h>
#include <pg_query/pg_query.pb-c.h>

#define TL_NO_NODE UINT32_MAX
/* The kind of a message that has no place in PgQuery__Node. */
#define TL_KIND_OTHER 0
/* TL_KIND(RANGE_VAR), TL_KIND(A_EXPR): names as in PgQuery__Node__NodeCase */
#define TL_KIND(name) PG_QUERY__NODE__NODE_##name

struct tl_node {
    const ProtobufCMessage *msg;
    uint32_t parent;  /* index; TL_NO_NODE at the root */
    uint32_t end;     /* index behind the last descendant */
    int32_t location; /* byte in the statement's text; -1 without one */
    uint16_t kind;    /* TL_KIND(...) */
    uint16_t field;   /* index of the field in the parent's descriptor */
};

struct tl_tree {
    const struct tl_node *nodes; /* nodes[0] is the statement */
    uint32_t count;
};

static inline uint32_t tl_index(const struct tl_tree *t,
                                const struct tl_node *n)
{
    return (uint32_t)(n - t->nodes);
}

static inline const struct tl_node *tl_parent(const struct tl_tree *t,
                                              const struct tl_node *n)
{
    return n->parent == TL_NO_NODE ? NULL : &t->nodes[n->parent];
}

/* Is `n` inside (or the same as) `top`? */
static inline bool tl_inside(const struct tl_tree *t, const struct tl_node *top,
                             const struct tl_node *n)
{
    return n >= top && tl_index(t, n) < top->end;
}

/* The nearest ancestor of that kind, or NULL. */
static inline const struct tl_node *
tl_ancestor(const struct tl_tree *t, const struct tl_node *n, uint16_t kind)
{
    do
        n = tl_parent(t, n);
    while (n && n->kind != kind);
    return n;
}

static inline const struct tl_node *
tl_next_of(const struct tl_tree *t, uint32_t at, uint32_t end, uint16_t kind)
{
    while (at < end && t->nodes[at].kind != kind)
        at++;
    return at < end ? &t->nodes[at] : NULL;
}

/* Every node of a kind in the subtree of `top`, `top` itself included. */
#define TL_EACH(tree, top, node_kind, it)                                      \
    for (const struct tl_node *it = tl_next_of(                                \
             (tree), tl_index((tree), (top)), (top)->end, (node_kind));        \
         it; it = tl_next_of((tree), tl_index((tree), it) + 1, (top)->end,     \
                             (node_kind)))

/* Every direct child. */
#define TL_CHILDREN(tree, top, it)                                             \
    for (const struct tl_node *it = (top) + 1;                                 \
         tl_index((tree), it) < (top)->end; it = &(tree)->nodes[it->end])

/* The node that stands for a message, searched inside `top`; NULL if none. */
static inline const struct tl_node *
tl_find(const struct tl_tree *t, const struct tl_node *top, const void *msg)
{
    for (const struct tl_node *n = top; tl_index(t, n) < top->end; n++)
        if ((const void *)n->msg == msg)
            return n;
    return NULL;
}

/* The message inside a PgQuery__Node; NULL for NULL and for an empty one. */
static inline const ProtobufCMessage *tl_unwrap(const PgQuery__Node *n)
{
    return n && n->node_case != PG_QUERY__NODE__NODE__NOT_SET ? &n->alias->base
                                                              : NULL;
}

static inline const struct tl_node *tl_find_wrapped(const struct tl_tree *t,
                                                    const struct tl_node *top,
                                                    const PgQuery__Node *n)
{
    const ProtobufCMessage *msg = tl_unwrap(n);

    return msg ? tl_find(t, top, msg) : NULL;
}

/* TL_AS(A_EXPR, AExpr, node): the message, checked in debug builds. */
#define TL_AS(kind_name, type, node)                                           \
    ((const PgQuery__##type *)tl_as_checked((node), TL_KIND(kind_name)))

static inline const void *tl_as_checked(const struct tl_node *n, uint16_t kind)
{
    assert(n->kind == kind);
    (void)kind;
    return n->msg;
}

#endif
