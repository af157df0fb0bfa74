/*
 * vec.h - a typed array that grows.
 *
 *     VEC(struct thing) v = VEC_INIT;
 *     vec_push(&v, (struct thing){...});
 *     for (size_t i = 0; i < v.n; i++) use(&v.v[i]);
 *     vec_release(&v);
 *
 * The vector owns its elements' bytes, nothing they point to. A push may move
 * every element.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/mem.h"

#include <stddef.h>

#define VEC(type)                                                              \
    struct {                                                                   \
        type *v;                                                               \
        size_t n;                                                              \
        size_t cap;                                                            \
    }
#define VEC_INIT                                                               \
    {                                                                          \
        NULL, 0, 0                                                             \
    }

#define vec_reserve(vec, count)                                                \
    do {                                                                       \
        if ((count) > (vec)->cap) {                                            \
            size_t vec_cap_ = (vec)->cap ? (vec)->cap * 2 : 8;                 \
            if (vec_cap_ < (count))                                            \
                vec_cap_ = (count);                                            \
            (vec)->v =                                                         \
                mem_realloc_array((vec)->v, vec_cap_, sizeof(*(vec)->v));      \
            (vec)->cap = vec_cap_;                                             \
        }                                                                      \
    } while (0)
#define vec_push(vec, ...)                                                     \
    do {                                                                       \
        vec_reserve((vec), (vec)->n + 1);                                      \
        (vec)->v[(vec)->n++] = (__VA_ARGS__);                                  \
    } while (0)
#define vec_last(vec) (&(vec)->v[(vec)->n - 1])
#define vec_clear(vec) ((void)((vec)->n = 0))
#define vec_release(vec)                                                       \
    do {                                                                       \
        mem_free((vec)->v);                                                    \
        (vec)->v = NULL;                                                       \
        (vec)->n = (vec)->cap = 0;                                             \
    } while (0)

#endif
