/*
 * graft.c - copies libpg_query's tree of structs where it would pack it.
 *
 * The state is a thread's own because the functions that libpg_query calls
 * have no argument for it; parse.c sets and clears it around each parse.
 * Other users of libpg_query in the process get what they always got.
 */
#include "sql/graft.h"

struct graft {
    struct arena *arena; /* NULL: nobody waits for a tree */
    const PgQuery__ParseResult *tree;
};

static _Thread_local struct graft graft;

void graft_begin(struct arena *arena)
{
    graft = (struct graft){.arena = arena};
}

const PgQuery__ParseResult *graft_end(void)
{
    const PgQuery__ParseResult *tree = graft.tree;

    graft = (struct graft){.arena = NULL};
    return tree;
}

static ProtobufCMessage *copy_message(struct arena *, const ProtobufCMessage *);

/* As unpacking does: no string is NULL, an empty one takes no memory. */
static char *copy_string(struct arena *arena, const char *s)
{
    return s && *s ? arena_strdup(arena, s)
                   : (char *)(uintptr_t)protobuf_c_empty_string;
}

static void copy_list(struct arena *arena,
                      const ProtobufCFieldDescriptor *field, size_t n,
                      void **list)
{
    void *const *from = *list;
    void **to;

    if (n == 0) {
        *list = NULL;
        return;
    }
    to = arena_alloc(arena, n * sizeof(void *));
    for (size_t i = 0; i < n; i++)
        to[i] = field->type == PROTOBUF_C_TYPE_MESSAGE
                    ? (void *)copy_message(arena, from[i])
                    : (void *)copy_string(arena, from[i]);
    *list = to;
}

/* The members that point at something; the rest came with the struct. */
static void copy_field(struct arena *arena,
                       const ProtobufCFieldDescriptor *field, char *message)
{
    void **member = (void **)(void *)(message + field->offset);

    if (field->type != PROTOBUF_C_TYPE_MESSAGE &&
        field->type != PROTOBUF_C_TYPE_STRING)
        return;
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        const size_t *n = (const void *)(message + field->quantifier_offset);

        copy_list(arena, field, *n, member);
        return;
    }
    /* Members of a union share their place: only the one that is set counts. */
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
        const uint32_t *set =
            (const void *)(message + field->quantifier_offset);

        if (*set != field->id)
            return;
    }
    *member = field->type == PROTOBUF_C_TYPE_MESSAGE
                  ? (void *)copy_message(arena, *member)
                  : (void *)copy_string(arena, *member);
}

/* A Node is a union of some 240 kinds of message and nothing else. */
static ProtobufCMessage *copy_node(struct arena *arena,
                                   const PgQuery__Node *from)
{
    PgQuery__Node *to = arena_alloc(arena, sizeof(*to));

    *to = *from;
    if (to->node_case != PG_QUERY__NODE__NODE__NOT_SET)
        to->alias =
            (PgQuery__Alias *)(void *)copy_message(arena, &from->alias->base);
    return &to->base;
}

static ProtobufCMessage *copy_message(struct arena *arena,
                                      const ProtobufCMessage *from)
{
    if (!from)
        return NULL;
    const ProtobufCMessageDescriptor *d = from->descriptor;

    if (d == &pg_query__node__descriptor)
        return copy_node(arena, (const PgQuery__Node *)(const void *)from);
    ProtobufCMessage *to = arena_alloc(arena, d->sizeof_message);

    memcpy(to, from, d->sizeof_message);
    for (unsigned i = 0; i < d->n_fields; i++)
        copy_field(arena, &d->fields[i], (char *)to);
    return to;
}

size_t graft_packed_size(const PgQuery__ParseResult *message)
{
    if (!graft.arena)
        return protobuf_c_message_get_packed_size(&message->base);
    graft.tree = (const PgQuery__ParseResult *)(const void *)copy_message(
        graft.arena, &message->base);
    return 0;
}

size_t graft_pack(const PgQuery__ParseResult *message, uint8_t *out)
{
    return graft.arena ? 0 : protobuf_c_message_pack(&message->base, out);
}

/* Weak: a static libpg_query brings its own, and the two must not clash. */
#define IN_ITS_PLACE __attribute__((weak, visibility("default")))

IN_ITS_PLACE size_t
pg_query__parse_result__get_packed_size(const PgQuery__ParseResult *message)
{
    return graft_packed_size(message);
}

IN_ITS_PLACE size_t
pg_query__parse_result__pack(const PgQuery__ParseResult *message, uint8_t *out)
{
    return graft_pack(message, out);
}
