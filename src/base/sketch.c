/*
 * sketch.c - a few of the texts that were seen, and how often.
 */
#include "base/sketch.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "base/xxh.h"

static bool is_writable(struct tl_str s)
{
    return utf8_invalid_at(s) == s.n && !memchr(s.p, '\0', s.n);
}

static struct sketch_entry entry_of(struct tl_str text, uint64_t hash,
                                    uint64_t count)
{
    char *copy = mem_alloc(text.n);

    memcpy(copy, text.p, text.n);
    return (struct sketch_entry){hash, count, {copy, text.n}};
}

static void let_go(const struct sketch_entry *e)
{
    mem_free((void *)(uintptr_t)e->text.p);
}

void sketch_add(struct sketch *s, uint32_t capacity, struct tl_str text,
                uint64_t count)
{
    uint32_t at = 0;

    if (!text.n)
        return;
    uint64_t hash = XXH3_64bits(text.p, text.n);
    while (at < s->n && s->entries[at].hash < hash)
        at++;
    if (at < s->n && s->entries[at].hash == hash) {
        s->entries[at].count += count;
        return;
    }
    if (at == capacity || !is_writable(text))
        return;
    if (!s->entries)
        s->entries = mem_calloc(capacity, sizeof(*s->entries));
    if (s->n == capacity)
        let_go(&s->entries[--s->n]);
    memmove(&s->entries[at + 1], &s->entries[at],
            (s->n - at) * sizeof(s->entries[0]));
    s->entries[at] = entry_of(text, hash, count);
    s->n++;
}

void sketch_release(struct sketch *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        let_go(&s->entries[i]);
    mem_free(s->entries);
    *s = (struct sketch){NULL, 0};
}
