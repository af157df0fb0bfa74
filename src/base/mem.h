/*
 * mem.h - malloc and friends that cannot return NULL.
 *
 * Out of memory has one handler: one line on stderr, exit status 2. Only
 * src/base/ calls the C library's allocator.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t n) __attribute__((malloc));
void *mem_calloc(size_t count, size_t size);
void *mem_realloc(void *, size_t n);
/* count * size, checked. */
void *mem_realloc_array(void *, size_t count, size_t size);
void mem_free(void *); /* NULL is fine */
/* That handler, for memory that another library did not get. */
void mem_exhausted(void) __attribute__((noreturn));

#endif
