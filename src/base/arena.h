/*
 * arena.h - memory that is freed all at once.
 *
 * Pointers go from short-lived arenas to long-lived ones only. Allocation
 * cannot fail: the process ends with one line and status 2 (see mem.h).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <tusklint/base.h>

struct arena_block;

struct arena {
    struct arena_block *head; /* the block that allocations come from */
    size_t block_size;        /* of the next block, before doubling */
    size_t allocated;         /* bytes handed out since init or clear */
};

struct arena_mark {
    struct arena_block *head;
    size_t used;
};

/* `block_size` 0 means the default (64 KiB). Allocates nothing yet. */
void arena_init(struct arena *, size_t block_size);
/* Uninitialised, aligned for any type; n == 0 gives a unique pointer. */
void *arena_alloc(struct arena *, size_t n) __attribute__((malloc));
/* Zeroed array; overflow of count * size ends the process. */
void *arena_calloc(struct arena *, size_t count, size_t size);
/* So much is going to be allocated: one block, that the kernel may fill with
   large pages. */
void arena_reserve(struct arena *, size_t n);
/* A copy, NUL-terminated (the NUL is not counted). none stays none. */
struct tl_str arena_str(struct arena *, struct tl_str);
char *arena_strdup(struct arena *, const char *);
struct tl_str arena_printf(struct arena *, const char *fmt, ...)
    TL_PRINTF(2, 3);
struct tl_str arena_vprintf(struct arena *, const char *fmt, __builtin_va_list)
    TL_PRINTF(2, 0);
/* Scratch use: everything allocated after the mark goes at the pop. */
struct arena_mark arena_mark(const struct arena *);
void arena_pop(struct arena *, struct arena_mark);
/* Keeps one block for reuse. */
void arena_clear(struct arena *);
/* Gives all memory back; the arena is as after arena_init. */
void arena_release(struct arena *);

#define ARENA_NEW(arena, type) ((type *)arena_calloc((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, type, n)                                            \
    ((type *)arena_calloc((arena), (n), sizeof(type)))

#endif
