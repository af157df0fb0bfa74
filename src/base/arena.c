/*
 * arena.c - a chain of blocks, newest first, that a cursor moves through.
 *
 * Blocks double up to a cap, so a small run stays small and a large one makes
 * few calls. A request larger than a block gets a block of its own.
 */
#include "base/arena.h"

#include "base/err.h"
#include "base/mem.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>

#define DEFAULT_BLOCK ((size_t)64 << 10)
#define MAX_BLOCK ((size_t)1 << 20)
#define ALIGNMENT alignof(max_align_t)

/*
 * A sanitizer sees what malloc gave, and an arena's block is one such piece:
 * it is told where allocations end, with some bytes behind each that are
 * nobody's.
 */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#ifdef SANITIZED
#include <sanitizer/asan_interface.h>
#define GUARD ALIGNMENT
#define HIDE(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define SHOW(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define GUARD 0
#define HIDE(p, n) ((void)(p), (void)(n))
#define SHOW(p, n) ((void)(p), (void)(n))
#endif

struct arena_block {
    struct arena_block *older;
    size_t size; /* of data */
    size_t used;
    alignas(max_align_t) char data[];
};

void arena_init(struct arena *a, size_t block_size)
{
    *a = (struct arena){NULL, block_size ? block_size : DEFAULT_BLOCK, 0};
}

static void add_block(struct arena *a, size_t need)
{
    size_t size = need > a->block_size ? need : a->block_size;
    struct arena_block *b = mem_alloc(sizeof(*b) + size);

    b->older = a->head;
    b->size = size;
    b->used = 0;
    HIDE(b->data, size);
    a->head = b;
    if (a->block_size < MAX_BLOCK)
        a->block_size =
            a->block_size > MAX_BLOCK / 2 ? MAX_BLOCK : a->block_size * 2;
}

void arena_reserve(struct arena *a, size_t n)
{
    const uintptr_t page = 4096;

    add_block(a, n);
    uintptr_t from = ((uintptr_t)a->head->data + page - 1) & ~(page - 1);
    uintptr_t to = ((uintptr_t)a->head->data + n) & ~(page - 1);
    if (from < to)
        madvise((void *)from, to - from, MADV_HUGEPAGE);
}

void *arena_alloc(struct arena *a, size_t n)
{
    INVARIANT(n <= SIZE_MAX / 2);
    size_t need = (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

    if (need == 0)
        need = ALIGNMENT;
    if (!a->head || a->head->size - a->head->used < need + GUARD)
        add_block(a, need + GUARD);
    void *p = a->head->data + a->head->used;
    a->head->used += need + GUARD;
    a->allocated += need;
    SHOW(p, n);
    return p;
}

void *arena_calloc(struct arena *a, size_t count, size_t size)
{
    INVARIANT(size == 0 || count <= SIZE_MAX / 2 / size);
    return memset(arena_alloc(a, count * size), 0, count * size);
}

struct tl_str arena_str(struct arena *a, struct tl_str s)
{
    if (!s.p)
        return TL_NONE;
    char *p = arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (struct tl_str){p, s.n};
}

char *arena_strdup(struct arena *a, const char *s)
{
    size_t n = strlen(s) + 1;

    return memcpy(arena_alloc(a, n), s, n);
}

struct tl_str arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
    char brief[256]; /* most texts are made once, not measured before */
    va_list again;

    va_copy(again, ap);
    int n = vsnprintf(brief, sizeof(brief), fmt, again);
    va_end(again);
    INVARIANT(n >= 0);
    char *p = arena_alloc(a, (size_t)n + 1);
    if ((size_t)n < sizeof(brief))
        memcpy(p, brief, (size_t)n + 1);
    else
        vsnprintf(p, (size_t)n + 1, fmt, ap);
    return (struct tl_str){p, (size_t)n};
}

struct tl_str arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    struct tl_str s = arena_vprintf(a, fmt, ap);
    va_end(ap);
    return s;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){a->head, a->head ? a->head->used : 0};
}

/* Frees what is newer than `keep`, which is in the chain, or NULL. */
static void free_newer(struct arena *a, const struct arena_block *keep)
{
    while (a->head != keep) {
        struct arena_block *b = a->head;

        INVARIANT(b);
        a->head = b->older;
        mem_free(b);
    }
}

/* The newest block stays: it is the largest of those that doubled. */
static void rewind_all(struct arena *a)
{
    struct arena_block *newest = a->head;

    if (!newest)
        return;
    a->head = newest->older;
    free_newer(a, NULL);
    newest->older = NULL;
    newest->used = 0;
    HIDE(newest->data, newest->size);
    a->head = newest;
}

/* A mark of the empty arena keeps a block, so that a loop of marks and pops
   does not call malloc each time. */
void arena_pop(struct arena *a, struct arena_mark mark)
{
    if (!mark.head) {
        rewind_all(a);
        return;
    }
    free_newer(a, mark.head);
    a->head->used = mark.used;
    HIDE(a->head->data + mark.used, a->head->size - mark.used);
}

void arena_clear(struct arena *a)
{
    rewind_all(a);
    a->allocated = 0;
}

void arena_release(struct arena *a)
{
    free_newer(a, NULL);
    a->allocated = 0;
}
