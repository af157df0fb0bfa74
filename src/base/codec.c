/*
 * codec.c - see codec.h.
 *
 * Numbers are written seven bits a byte, the lowest first. In front stand the
 * strings: how many, then each with its length and a NUL.
 */
#include "base/codec.h"

#include "base/mem.h"
#include "base/xxh.h"

#define NUMBER_BYTES 10

struct codec_slot {
    uint64_t hash;
    uint32_t number; /* 0: free */
};

void codec_write(struct codec *c)
{
    *c = (struct codec){.reading = false};
    buf_init(&c->out, 0);
}

void codec_release(struct codec *c)
{
    buf_release(&c->out);
    mem_free(c->strings);
    mem_free(c->slots);
    *c = (struct codec){.failed = true};
}

bool codec_is_done(const struct codec *c)
{
    return !c->failed && c->at == c->end;
}

/* ---- numbers ---- */

static size_t spell(unsigned char *bytes, uint64_t v)
{
    size_t n = 0;

    for (; v >= 0x80; v >>= 7)
        bytes[n++] = (unsigned char)(v | 0x80);
    bytes[n++] = (unsigned char)v;
    return n;
}

/* Mostly there is room. */
static void put_number(struct buf *out, uint64_t v)
{
    if (out->cap - out->n > NUMBER_BYTES) {
        out->n += spell((unsigned char *)out->p + out->n, v);
        out->p[out->n] = '\0';
    } else {
        unsigned char bytes[NUMBER_BYTES];

        buf_add(out, bytes, spell(bytes, v));
    }
}

void codec_put(struct codec *c, uint64_t v)
{
    put_number(&c->out, v);
}

uint64_t codec_take_long(struct codec *c)
{
    uint64_t v = 0;

    for (unsigned shift = 0; shift < 64 && c->at < c->end; shift += 7) {
        unsigned char byte = *c->at++;

        if (shift == 63 && byte > 1)
            break;
        v |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return v;
    }
    codec_fail(c);
    return 0;
}

void code_i32(struct codec *c, int32_t *v)
{
    uint32_t bits = (uint32_t)*v;

    code_u32(c, &bits);
    *v = (int32_t)bits;
}

void code_char(struct codec *c, char *v)
{
    *v = (char)code_choice(c, (unsigned char)*v, 256);
}

void code_bytes(struct codec *c, void *p, size_t n)
{
    if (!c->reading) {
        buf_add(&c->out, p, n);
    } else if ((size_t)(c->end - c->at) >= n) {
        memcpy(p, c->at, n);
        c->at += n;
    } else {
        codec_fail(c);
        memset(p, 0, n);
    }
}

void code_count(struct codec *c, uint32_t *n)
{
    code_u32(c, n);
    if (!c->reading || *n <= (size_t)(c->end - c->at))
        return;
    codec_fail(c);
    *n = 0;
}

/* ---- strings ---- */

static struct codec_slot *slot_of(const struct codec *c, struct tl_str s,
                                  uint64_t hash)
{
    size_t at = (size_t)hash & (c->n_slots - 1);

    for (;; at = (at + 1) & (c->n_slots - 1)) {
        struct codec_slot *slot = &c->slots[at];

        if (!slot->number ||
            (slot->hash == hash && tl_str_eq(c->strings[slot->number - 1], s)))
            return slot;
    }
}

static void grow(struct codec *c)
{
    struct codec_slot *old = c->slots;
    size_t n = c->n_slots;

    c->n_slots = n ? 2 * n : 1024;
    c->slots = mem_calloc(c->n_slots, sizeof(*c->slots));
    for (size_t i = 0; i < n; i++)
        if (old[i].number)
            *slot_of(c, c->strings[old[i].number - 1], old[i].hash) = old[i];
    mem_free(old);
}

static uint32_t number_of(struct codec *c, struct tl_str s)
{
    uint64_t hash = XXH3_64bits(s.p, s.n);

    if (2 * c->n_strings >= c->n_slots)
        grow(c);
    struct codec_slot *slot = slot_of(c, s, hash);
    if (slot->number)
        return slot->number;
    if (c->n_strings == c->strings_room) {
        c->strings_room = c->strings_room ? 2 * c->strings_room : 1024;
        c->strings =
            mem_realloc_array(c->strings, c->strings_room, sizeof(*c->strings));
    }
    c->strings[c->n_strings++] = s;
    *slot = (struct codec_slot){hash, (uint32_t)c->n_strings};
    return slot->number;
}

void codec_put_str(struct codec *c, struct tl_str s)
{
    put_number(&c->out, s.p ? number_of(c, s) : 0);
}

void codec_finish(const struct codec *c, struct buf *out)
{
    put_number(out, c->n_strings);
    for (size_t i = 0; i < c->n_strings; i++) {
        put_number(out, c->strings[i].n);
        buf_str(out, c->strings[i]);
        buf_char(out, '\0');
    }
    buf_str(out, buf_view(&c->out));
    out->full |= c->out.full;
}

static void take_string(struct codec *c, struct tl_str *s)
{
    uint64_t n = codec_take(c);

    if (n >= (size_t)(c->end - c->at) || c->at[n] != '\0') {
        codec_fail(c);
        return;
    }
    *s = (struct tl_str){(const char *)c->at, (size_t)n};
    c->at += n + 1;
}

void codec_read(struct codec *c, struct tl_str bytes)
{
    uint32_t n = 0;

    *c = (struct codec){.reading = true};
    c->at = (const unsigned char *)bytes.p;
    c->end = c->at + bytes.n;
    code_count(c, &n);
    c->strings = mem_calloc(n ? n : 1, sizeof(*c->strings));
    c->n_strings = n;
    for (uint32_t i = 0; i < n && !c->failed; i++)
        take_string(c, &c->strings[i]);
}
