/*
 * codec.h - values to bytes and back, one description for both ways.
 *
 *     code_u32(c, &thing->id);
 *     code_str(c, &thing->name);
 *
 * writes what is there or reads what was written, so that the two cannot
 * disagree. Reading trusts nothing: what is not there, too large or ends early
 * sets `failed` and gives zeros; the caller looks when it is done. Numbers take
 * as many bytes as they need; equal strings are kept once.
 */
#ifndef BASE_CODEC_H
#define BASE_CODEC_H

#include "base/arena.h"
#include "base/buf.h"

struct codec_slot;

struct codec {
    bool reading;
    bool failed;
    struct buf out; /* written so far */
    const unsigned char *at;
    const unsigned char *end;
    /* Strings by number, from 1. Reading: in the bytes that are read. */
    struct tl_str *strings;
    size_t n_strings;
    size_t strings_room;
    struct codec_slot *slots; /* writing: numbers by content */
    size_t n_slots;
};

void codec_write(struct codec *);
/* `bytes` must outlive all strings that are read. */
void codec_read(struct codec *, struct tl_str bytes);
void codec_release(struct codec *);
/* Appends all that was written, with its strings, as codec_read() takes it. */
void codec_finish(const struct codec *, struct buf *out);
/* Was everything read, and nothing wrong? */
bool codec_is_done(const struct codec *);
static inline void codec_fail(struct codec *c)
{
    c->failed = true;
    c->at = c->end;
}

/* For what follows. */
uint64_t codec_take_long(struct codec *);
void codec_put(struct codec *, uint64_t);

static inline uint64_t codec_take(struct codec *c)
{
    if (c->at < c->end && *c->at < 0x80)
        return *c->at++;
    return codec_take_long(c);
}

static inline void code_u64(struct codec *c, uint64_t *v)
{
    if (c->reading)
        *v = codec_take(c);
    else
        codec_put(c, *v);
}

static inline void code_u32(struct codec *c, uint32_t *v)
{
    uint64_t wide = *v;

    code_u64(c, &wide);
    *v = (uint32_t)wide;
    if (wide > UINT32_MAX)
        codec_fail(c);
}

/* An enum whose values are below `n`. */
static inline unsigned code_choice(struct codec *c, unsigned value, unsigned n)
{
    uint64_t v = value;

    code_u64(c, &v);
    if (v < n)
        return (unsigned)v;
    codec_fail(c);
    return 0;
}
#define CODE_ENUM(c, place, n)                                                 \
    (*(place) = code_choice((c), (unsigned)*(place), (unsigned)(n)))

/* As one more: UINT32_MAX is 0, which is short. */
static inline void code_u32_wrapped(struct codec *c, uint32_t *v)
{
    uint32_t wrapped = *v + 1;

    code_u32(c, &wrapped);
    *v = wrapped - 1;
}

void code_i32(struct codec *, int32_t *);
static inline void code_bool(struct codec *c, bool *v)
{
    *v = code_choice(c, *v, 2) != 0;
}

/* Up to 16 at once, in two bytes at most. */
static inline void code_bools(struct codec *c, bool *const *list, unsigned n)
{
    uint64_t bits = 0;

    for (unsigned i = 0; i < n; i++)
        bits |= (uint64_t)*list[i] << i;
    code_u64(c, &bits);
    if (bits >> n)
        codec_fail(c);
    for (unsigned i = 0; i < n; i++)
        *list[i] = (bits >> i & 1) != 0;
}
#define CODE_BOOLS(c, ...)                                                     \
    code_bools((c), (bool *const[]){__VA_ARGS__},                              \
               sizeof((bool *const[]){__VA_ARGS__}) / sizeof(bool *))
void code_char(struct codec *, char *);
void code_bytes(struct codec *, void *, size_t n);
/* None stays none. What is read ends with a NUL that is not counted. */
void codec_put_str(struct codec *, struct tl_str);
static inline void code_str(struct codec *c, struct tl_str *s)
{
    if (!c->reading) {
        codec_put_str(c, *s);
        return;
    }
    uint64_t number = codec_take(c);
    *s = TL_NONE;
    if (number > c->n_strings)
        codec_fail(c);
    else if (number)
        *s = c->strings[number - 1];
}

/* How many follow: each takes at least a byte, so no count is larger than what
   is left. */
void code_count(struct codec *, uint32_t *);
#endif
