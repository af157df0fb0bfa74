/*
 * mem.c - malloc and friends, with one handler for "no memory left".
 */
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Without exit(): its handlers may not run in two threads at once. The lock is
   kept: of two threads that find no memory one tells. */
void mem_exhausted(void)
{
    flockfile(stderr);
    fputs("tusklint: out of memory\n", stderr);
    _Exit(2);
}

void *mem_alloc(size_t n)
{
    void *p = malloc(n ? n : 1);

    if (!p)
        mem_exhausted();
    return p;
}

void *mem_calloc(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);

    if (!p)
        mem_exhausted();
    return p;
}

void *mem_realloc(void *p, size_t n)
{
    p = realloc(p, n ? n : 1);
    if (!p)
        mem_exhausted();
    return p;
}

void *mem_realloc_array(void *p, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        mem_exhausted();
    return mem_realloc(p, count * size);
}

void mem_free(void *p)
{
    free(p);
}
