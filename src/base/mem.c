/*
 * mem.c - malloc and friends, with one handler for "no memory left".
 */
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Without exit(): its handlers may not run in two threads at once. */
static void out_of_memory(void) __attribute__((noreturn));
static void out_of_memory(void)
{
    fputs("tusklint: out of memory\n", stderr);
    _Exit(2);
}

void *mem_alloc(size_t n)
{
    void *p = malloc(n ? n : 1);

    if (!p)
        out_of_memory();
    return p;
}

void *mem_calloc(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);

    if (!p)
        out_of_memory();
    return p;
}

void *mem_realloc(void *p, size_t n)
{
    p = realloc(p, n ? n : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *mem_realloc_array(void *p, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory();
    return mem_realloc(p, count * size);
}

void mem_free(void *p)
{
    free(p);
}
