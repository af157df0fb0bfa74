/*
 * memo.c - statements of a history, kept ready from one run to the next.
 *
 * An entry owns the text and all that was made of it. A run changes ops while
 * it folds them, so it gets copies of those; trees it only reads.
 */
#include "lint/memo.h"

#include "base/xxh.h"

#include <pthread.h>
#include <string.h>

/* The keys are hashes already; its own function falls through labels without
   saying so. */
#define HASH_FUNCTION(key, n, hash) memcpy(&(hash), (key), sizeof(hash))
#define uthash_malloc(n) mem_alloc(n)
#define uthash_free(p, n) mem_free(p)
#include <uthash.h>

#define ENTRY_BLOCK 2048
/* An editor has few migrations open at a time. */
#define STATES 4

struct entry {
    XXH128_hash_t hash;
    struct arena arena;
    struct unit unit; /* its places count from the begin of the text */
    UT_hash_handle hh;
};

struct tl_memo {
    pthread_mutex_t lock;
    struct entry *entries; /* by hash */
    size_t bytes;
    struct known_state states[STATES];
    struct buf frozen[STATES]; /* the bytes of each */
    size_t n_states;
};

struct tl_memo *tl_memo_create(void)
{
    struct tl_memo *m = mem_calloc(1, sizeof(*m));

    pthread_mutex_init(&m->lock, NULL);
    return m;
}

static void free_entry(struct entry *e)
{
    arena_release(&e->arena);
    mem_free(e);
}

void tl_memo_clear(struct tl_memo *m)
{
    struct entry *e;
    struct entry *next;

    HASH_ITER(hh, m->entries, e, next)
    {
        HASH_DEL(m->entries, e);
        free_entry(e);
    }
    while (m->n_states > 0)
        buf_release(&m->frozen[--m->n_states]);
    m->bytes = 0;
}

void tl_memo_free(struct tl_memo *m)
{
    tl_memo_clear(m);
    pthread_mutex_destroy(&m->lock);
    mem_free(m);
}

size_t tl_memo_bytes(const struct tl_memo *m)
{
    return m->bytes;
}

static struct entry *find(struct tl_memo *m, XXH128_hash_t hash)
{
    struct entry *e;

    pthread_mutex_lock(&m->lock);
    HASH_FIND(hh, m->entries, &hash, sizeof(hash), e);
    pthread_mutex_unlock(&m->lock);
    return e;
}

/* Another thread may have been faster with the same text: its entry stays. */
static struct entry *insert(struct tl_memo *m, struct entry *e)
{
    struct entry *other;

    pthread_mutex_lock(&m->lock);
    HASH_FIND(hh, m->entries, &e->hash, sizeof(e->hash), other);
    if (!other) {
        HASH_ADD(hh, m->entries, hash, sizeof(e->hash), e);
        m->bytes += sizeof(*e) + e->arena.allocated;
    }
    pthread_mutex_unlock(&m->lock);
    if (other)
        free_entry(e);
    return other ? other : e;
}

static struct entry *make(const struct unit *u, XXH128_hash_t hash)
{
    struct entry *e = mem_calloc(1, sizeof(*e));

    e->hash = hash;
    arena_init(&e->arena, ENTRY_BLOCK);
    e->unit = (struct unit){.arena = &e->arena, .place = u->place};
    e->unit.text = arena_str(&e->arena, u->text);
    unit_prepare(&e->unit);
    return e;
}

static void copy_ops(struct unit *u)
{
    struct tl_op *ops = ARENA_ARRAY(u->arena, struct tl_op, u->ops.n);

    for (uint32_t i = 0; i < u->ops.n; i++) {
        struct tl_op *op = &ops[i];

        *op = u->ops.ops[i];
        if (op->n_columns == 0)
            continue;
        op->columns =
            ARENA_ARRAY(u->arena, struct tl_column_def, op->n_columns);
        memcpy(op->columns, u->ops.ops[i].columns,
               op->n_columns * sizeof(op->columns[0]));
    }
    u->ops.ops = ops;
}

static void adopt(struct unit *u, const struct entry *e)
{
    struct unit own = *u;

    *u = e->unit;
    u->arena = own.arena;
    u->map = own.map;
    u->input = own.input;
    copy_ops(u);
    if (u->n_body == 0)
        return;
    u->body = ARENA_ARRAY(u->arena, struct unit, u->n_body);
    for (uint32_t i = 0; i < u->n_body; i++) {
        struct unit *child = &u->body[i];

        *child = e->unit.body[i];
        child->arena = u->arena;
        child->input = u->input;
        child->map.base += u->map.base;
        copy_ops(child);
    }
}

void memo_prepare(struct tl_memo *m, struct unit *u)
{
    XXH128_hash_t hash = XXH3_128bits(u->text.p, u->text.n);
    struct entry *e = find(m, hash);

    if (!e)
        e = insert(m, make(u, hash));
    adopt(u, e);
}

/* ---- states ---- */

const struct known_state *memo_states(const struct tl_memo *m, size_t *n)
{
    *n = m->n_states;
    return m->states;
}

bool memo_state(const struct tl_memo *m, const struct known_state *s,
                struct file *f, struct tl_str *bytes)
{
    size_t i = 0;

    while (i < m->n_states &&
           memcmp(m->states[i].chain, s->chain, sizeof(s->chain)) != 0)
        i++;
    if (i == m->n_states)
        return false;
    char *copy = mem_alloc(m->frozen[i].n + 1);
    memcpy(copy, m->frozen[i].p, m->frozen[i].n);
    *bytes = (struct tl_str){copy, m->frozen[i].n};
    *f = (struct file){.text = *bytes, .owned = true};
    return true;
}

void memo_keep_state(struct tl_memo *m, const struct known_state *s,
                     struct tl_str bytes)
{
    if (m->n_states == STATES) {
        m->bytes -= m->frozen[0].n;
        buf_release(&m->frozen[0]);
        m->n_states--;
        memmove(m->frozen, m->frozen + 1, m->n_states * sizeof(m->frozen[0]));
        memmove(m->states, m->states + 1, m->n_states * sizeof(m->states[0]));
    }
    m->states[m->n_states] = *s;
    buf_init(&m->frozen[m->n_states], 0);
    buf_str(&m->frozen[m->n_states], bytes);
    m->bytes += bytes.n;
    m->n_states++;
}
