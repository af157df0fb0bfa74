/*
 * tree.c - protobuf messages to a preorder array, by reflection.
 *
 * For each kind of message its fields that hold messages are looked up in the
 * descriptors once and kept as slots: that table is the one thing here that
 * is initialised at run time, behind pthread_once, and never written again.
 * Trees can be a hundred thousand levels deep, so nothing recurses.
 */
#include "sql/tree.h"

#include "base/err.h"
#include "base/vec.h"

#include <pthread.h>

struct kind_shape;

/* A field that holds messages. */
struct kind_slot {
    size_t offset;
    size_t quantifier;              /* of the count or of the oneof's case */
    const struct kind_shape *child; /* NULL: PgQuery__Node wrappers */
    uint32_t case_id;               /* not 0: member of a oneof */
    uint16_t field;
    bool repeated;
};

struct kind_shape {
    const ProtobufCMessageDescriptor *descriptor;
    const struct kind_slot *slots;
    size_t n_slots;
    size_t location; /* offset; 0 when there is none */
    uint16_t kind;
};

/* More than the messages of any libpg_query up to 17 (about 270). */
#define MAX_SHAPES 512
/* More than all their message-typed fields together (about 900). */
#define MAX_SLOTS 4096
#define MAX_KINDS 512

struct kind_slots {
    struct kind_shape shapes[MAX_SHAPES];
    size_t n_shapes;
    struct kind_slot slots[MAX_SLOTS];
    size_t n_slots;
    const struct kind_shape *by_kind[MAX_KINDS];
};

static struct kind_slots kind_slots;
static pthread_once_t kind_slots_once = PTHREAD_ONCE_INIT;

static struct kind_shape *shape_of(const ProtobufCMessageDescriptor *descriptor)
{
    for (size_t i = 0; i < kind_slots.n_shapes; i++)
        if (kind_slots.shapes[i].descriptor == descriptor)
            return &kind_slots.shapes[i];
    INVARIANT(kind_slots.n_shapes < MAX_SHAPES);

    struct kind_shape *shape = &kind_slots.shapes[kind_slots.n_shapes++];

    shape->descriptor = descriptor;
    return shape;
}

static void add_slot(struct kind_shape *shape,
                     const ProtobufCFieldDescriptor *field)
{
    const ProtobufCMessageDescriptor *child = field->descriptor;
    bool oneof = field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF;

    INVARIANT(kind_slots.n_slots < MAX_SLOTS);
    kind_slots.slots[kind_slots.n_slots++] = (struct kind_slot){
        .offset = field->offset,
        .quantifier = field->quantifier_offset,
        .child = child == &pg_query__node__descriptor ? NULL : shape_of(child),
        .case_id = oneof ? field->id : 0,
        .field = (uint16_t)(field - shape->descriptor->fields),
        .repeated = field->label == PROTOBUF_C_LABEL_REPEATED,
    };
    shape->n_slots++;
}

static void fill_shape(struct kind_shape *shape)
{
    const ProtobufCMessageDescriptor *d = shape->descriptor;

    shape->slots = &kind_slots.slots[kind_slots.n_slots];
    for (unsigned i = 0; i < d->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &d->fields[i];

        if (field->type == PROTOBUF_C_TYPE_MESSAGE)
            add_slot(shape, field);
        else if (field->type == PROTOBUF_C_TYPE_INT32 &&
                 strcmp(field->name, "location") == 0)
            shape->location = field->offset;
    }
}

static void build_kind_slots(void)
{
    const ProtobufCMessageDescriptor *node = &pg_query__node__descriptor;

    for (unsigned i = 0; i < node->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &node->fields[i];
        struct kind_shape *shape = shape_of(field->descriptor);

        INVARIANT(field->id < MAX_KINDS);
        if (shape->kind == TL_KIND_OTHER)
            shape->kind = (uint16_t)field->id;
        kind_slots.by_kind[field->id] = shape;
    }
    /* Filling may add shapes that no Node holds: the loop meets them too. */
    for (size_t i = 0; i < kind_slots.n_shapes; i++)
        fill_shape(&kind_slots.shapes[i]);
}

static const struct kind_shape *shape_of_root(const ProtobufCMessage *root)
{
    for (size_t i = 0; i < kind_slots.n_shapes; i++)
        if (kind_slots.shapes[i].descriptor == root->descriptor)
            return &kind_slots.shapes[i];
    return NULL;
}

/* A message still to be visited. */
struct pending {
    const ProtobufCMessage *msg;
    const struct kind_shape *shape;
    uint32_t parent;
    uint16_t field;
};

struct flatten {
    VEC(struct pending) stack;
    VEC(struct tl_node) nodes;
};

static const void *member(const ProtobufCMessage *msg, size_t offset)
{
    return (const char *)msg + offset;
}

static void push_message(struct flatten *f, const void *message,
                         const struct kind_slot *slot, uint32_t parent)
{
    const ProtobufCMessage *msg = message;
    const struct kind_shape *shape = slot->child;

    if (!shape) {
        const PgQuery__Node *wrapper = message;

        msg = tl_unwrap(wrapper);
        if (!msg)
            return;
        shape = kind_slots.by_kind[wrapper->node_case];
    }
    if (!msg)
        return;
    vec_push(&f->stack, (struct pending){msg, shape, parent, slot->field});
}

/* In reverse, so that the first child is taken from the stack first. */
static void push_children(struct flatten *f, const struct pending *p,
                          uint32_t parent)
{
    for (size_t i = p->shape->n_slots; i-- > 0;) {
        const struct kind_slot *slot = &p->shape->slots[i];
        const void *const *at = member(p->msg, slot->offset);

        if (slot->repeated) {
            const size_t *count = member(p->msg, slot->quantifier);
            const void *const *items = *at;

            for (size_t k = *count; k-- > 0;)
                push_message(f, items[k], slot, parent);
            continue;
        }
        if (slot->case_id) {
            const uint32_t *which = member(p->msg, slot->quantifier);

            if (*which != slot->case_id)
                continue;
        }
        if (*at)
            push_message(f, *at, slot, parent);
    }
}

static void push_node(struct flatten *f, const struct pending *p)
{
    int32_t location = -1;

    if (p->shape->location) {
        const int32_t *at = member(p->msg, p->shape->location);

        location = *at;
    }
    vec_push(&f->nodes, (struct tl_node){.msg = p->msg,
                                         .parent = p->parent,
                                         .location = location,
                                         .kind = p->shape->kind,
                                         .field = p->field});
}

/* A child stands behind its parent, so one pass from the back is enough. */
static void close_nodes(struct tl_node *nodes, size_t n)
{
    for (size_t i = n; i-- > 0;) {
        if (nodes[i].end == 0)
            nodes[i].end = (uint32_t)i + 1;
        if (nodes[i].parent == TL_NO_NODE)
            continue;

        struct tl_node *parent = &nodes[nodes[i].parent];

        if (parent->end < nodes[i].end)
            parent->end = nodes[i].end;
    }
}

struct tl_tree tree_flatten(const ProtobufCMessage *root, struct arena *arena)
{
    pthread_once(&kind_slots_once, build_kind_slots);

    struct flatten f = {VEC_INIT, VEC_INIT};
    const struct kind_shape *shape = shape_of_root(root);

    INVARIANT(shape);
    vec_reserve(&f.stack, 64);
    vec_reserve(&f.nodes, 128);
    vec_push(&f.stack, (struct pending){root, shape, TL_NO_NODE, 0});
    while (f.stack.n > 0) {
        struct pending p = f.stack.v[--f.stack.n];
        uint32_t index = (uint32_t)f.nodes.n;

        push_node(&f, &p);
        push_children(&f, &p, index);
    }
    close_nodes(f.nodes.v, f.nodes.n);

    struct tl_node *nodes =
        arena_alloc(arena, f.nodes.n * sizeof(struct tl_node));
    struct tl_tree tree = {nodes, (uint32_t)f.nodes.n};

    memcpy(nodes, f.nodes.v, f.nodes.n * sizeof(struct tl_node));
    vec_release(&f.nodes);
    vec_release(&f.stack);
    return tree;
}

const char *tree_kind_name(uint16_t kind)
{
    pthread_once(&kind_slots_once, build_kind_slots);
    if (kind >= MAX_KINDS || !kind_slots.by_kind[kind])
        return "?";

    const char *name = kind_slots.by_kind[kind]->descriptor->name;
    const char *dot = strrchr(name, '.');

    return dot ? dot + 1 : name;
}
