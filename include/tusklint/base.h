/*
 * base.h - the few words every other header speaks in.
 *
 * Nothing here owns memory: a tl_str and a tl_span are views, passed by value.
 */
#ifndef TUSKLINT_BASE_H
#define TUSKLINT_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TL_API __attribute__((visibility("default")))
#define TL_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define TL_NODISCARD __attribute__((warn_unused_result))
#define TL_UNUSED __attribute__((unused))

/* Bytes that somebody else owns; not NUL-terminated. `p` is NULL for "none". */
struct tl_str {
    const char *p;
    size_t n;
};

#define TL_STR(literal) ((struct tl_str){(literal), sizeof(literal) - 1})
#define TL_NONE ((struct tl_str){NULL, 0})
/* For printf: "%.*s", TL_FMT(s). */
#define TL_FMT(s) (int)(s).n, (s).p ? (s).p : ""

static inline bool tl_str_eq(struct tl_str a, struct tl_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool tl_str_is(struct tl_str a, const char *literal)
{
    size_t n = strlen(literal);

    return a.n == n && (n == 0 || memcmp(a.p, literal, n) == 0);
}

/* A view of a C string; none for NULL and for "". */
static inline struct tl_str tl_str_c(const char *s)
{
    return s && *s ? (struct tl_str){s, strlen(s)} : TL_NONE;
}

/*
 * A region of an input, in bytes of the user's file, end exclusive. `source`
 * numbers the inputs of the run from 0 in the order they were opened.
 */
struct tl_span {
    uint64_t start;
    uint64_t end;
    uint32_t source;
};

enum tl_severity { TL_OFF, TL_NOTE, TL_WARNING, TL_ERROR };

/* The catalog has not seen everything: "unknown" is an answer of its own. */
enum tl_know { TL_NO, TL_YES, TL_UNKNOWN };

/* A possibly qualified name as the parser gives it: folded and unquoted. */
struct tl_name {
    struct tl_str schema; /* none: found through search_path */
    struct tl_str name;
};

/* As written; search_path is not followed. */
static inline bool tl_name_eq(struct tl_name a, struct tl_name b)
{
    return tl_str_eq(a.schema, b.schema) && tl_str_eq(a.name, b.name);
}

#endif
