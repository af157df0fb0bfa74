/*
 * memory.c - the program's allocator: the C library's, but it never says no.
 *
 * libpg_query writes through the NULL that it gets while it tells of an error,
 * and takes memory that is out for a fault of the statement; each library has
 * ways of its own. Their calls go through the dynamic linker, so these take
 * the place of malloc for all of them: no memory is one message and one exit
 * status wherever it was wanted. The library leaves its users' malloc alone.
 */
#include "base/mem.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#define IN_ITS_PLACE __attribute__((visibility("default")))

typedef void *malloc_fn(size_t);
typedef void *calloc_fn(size_t, size_t);
typedef void *realloc_fn(void *, size_t);

/* Whoever asks first looks it up; two that ask at once find the same. */
static void *next(_Atomic uintptr_t *known, const char *name)
{
    uintptr_t p = atomic_load_explicit(known, memory_order_relaxed);

    if (!p) {
        p = (uintptr_t)dlsym(RTLD_NEXT, name);
        atomic_store_explicit(known, p, memory_order_relaxed);
    }
    return (void *)p;
}

IN_ITS_PLACE void *malloc(size_t n)
{
    static _Atomic uintptr_t theirs;
    union {
        void *symbol;
        malloc_fn *call;
    } to = {.symbol = next(&theirs, "malloc")};
    void *p = to.call(n);

    if (!p)
        mem_exhausted();
    return p;
}

IN_ITS_PLACE void *calloc(size_t count, size_t size)
{
    static _Atomic uintptr_t theirs;
    union {
        void *symbol;
        calloc_fn *call;
    } to = {.symbol = next(&theirs, "calloc")};
    void *p = to.call(count, size);

    if (!p)
        mem_exhausted();
    return p;
}

/* NULL for no bytes is not a failure: the old ones were freed. */
IN_ITS_PLACE void *realloc(void *old, size_t n)
{
    static _Atomic uintptr_t theirs;
    union {
        void *symbol;
        realloc_fn *call;
    } to = {.symbol = next(&theirs, "realloc")};
    void *p = to.call(old, n);

    if (!p && n)
        mem_exhausted();
    return p;
}
