/*
 * testing.h - a text run through its reader, and what came out of it.
 */
#ifndef INPUT_TESTING_H
#define INPUT_TESTING_H

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "base/xxh.h"
#include "input/record.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct seen {
    struct tl_str file;
    size_t events, errors;
    struct buf all;    /* what `write` wrote of each event */
    struct event last; /* its texts are gone: numbers and places alone */
    VEC(uint64_t) hashes;
};

struct seen_how {
    const struct input_format *format;
    const char *prefix; /* log_line_prefix */
    void (*write)(struct buf *, const struct event *);
    /* Looks at each event besides; may be NULL. */
    void (*look)(struct tl_str file, const struct event *);
    /* What not every form knows counts for the hashes, too. */
    bool session_counts;
};

struct seen_run {
    struct seen *seen;
    const struct seen_how *how;
};

/* "session sql|parameters\n" */
static inline void write_session(struct buf *out, const struct event *e)
{
    buf_str(out, e->session);
    buf_char(out, ' ');
    buf_str(out, e->sql);
    buf_char(out, '|');
    buf_str(out, e->parameters);
    buf_char(out, '\n');
}

static inline uint64_t seen_hash(const struct event *e, bool session_counts)
{
    struct buf b;

    buf_init(&b, 0);
    buf_printf(&b, "%d %d %.3f|", (int)e->kind, (int)e->protocol, e->ms);
    buf_str(&b, e->sql);
    buf_str(&b, e->parameters);
    if (session_counts) {
        buf_printf(&b, "|%lld", (long long)e->time_us);
        buf_str(&b, e->session);
        buf_str(&b, e->transaction);
        buf_str(&b, e->application);
    }
    uint64_t hash = XXH3_64bits(b.p, b.n);
    buf_release(&b);
    return hash;
}

static inline bool seen_event(void *arg, const struct event *e)
{
    const struct seen_run *run = arg;
    struct seen *s = run->seen;

    s->events++;
    s->last = *e;
    assert_true(e->record_start < e->record_end);
    assert_true(e->record_end <= s->file.n);
    assert_true(e->span.start <= e->span.end && e->span.end <= s->file.n);
    if (run->how->look)
        run->how->look(s->file, e);
    if (run->how->write)
        run->how->write(&s->all, e);
    vec_push(&s->hashes, seen_hash(e, run->how->session_counts));
    return true;
}

static inline void seen_error(void *arg, uint64_t start, uint64_t end,
                              const char *message)
{
    const struct seen_run *run = arg;

    assert_non_null(message);
    assert_true(start <= end && end <= run->seen->file.n);
    run->seen->errors++;
}

static inline void seen_read(struct seen *s, const struct seen_how *how,
                             struct tl_str text)
{
    struct seen_run run = {s, how};
    struct input_sink sink = {.event = seen_event,
                              .error = seen_error,
                              .arg = &run,
                              .log_line_prefix = tl_str_c(how->prefix)};

    memset(s, 0, sizeof(*s));
    s->file = text;
    buf_init(&s->all, 0);
    assert_true(how->format->read(text, &sink));
    buf_char(&s->all, '\0');
}

static inline void seen_release(struct seen *s)
{
    buf_release(&s->all);
    vec_release(&s->hashes);
}

/* The text gives that and so many errors. */
static inline void seen_check(const struct seen_how *how, struct tl_str text,
                              size_t errors, const char *want)
{
    struct seen s;

    seen_read(&s, how, text);
    assert_string_equal(s.all.p, want);
    assert_int_equal(s.errors, errors);
    seen_release(&s);
}

/* A copy of that size, so that a byte too far is seen. */
static inline void seen_copy(const struct seen_how *how, struct tl_str text,
                             size_t events_max)
{
    char *copy = mem_alloc(text.n + 1);
    struct seen s;

    if (text.n)
        memcpy(copy, text.p, text.n);
    (void)how->format->sniff((struct tl_str){copy, text.n});
    seen_read(&s, how, (struct tl_str){copy, text.n});
    assert_true(s.events <= events_max);
    seen_release(&s);
    mem_free(copy);
}

static inline void seen_every_cut(const struct seen_how *how,
                                  struct tl_str text, size_t events_max)
{
    for (size_t n = 0; n <= text.n; n++)
        seen_copy(how, (struct tl_str){text.p, n}, events_max);
}

/* Each byte in turn replaced by each of those. */
static inline void seen_every_garbled(const struct seen_how *how,
                                      struct tl_str text, struct tl_str bytes,
                                      size_t events_max)
{
    char *copy = mem_alloc(text.n);

    for (size_t at = 0; at < text.n; at++)
        for (size_t i = 0; i < bytes.n; i++) {
            memcpy(copy, text.p, text.n);
            copy[at] = bytes.p[i];
            seen_copy(how, (struct tl_str){copy, text.n}, events_max);
        }
    mem_free(copy);
}

static inline int seen_compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* The same events of two texts, in whatever order. */
static inline void seen_agree(const struct seen_how *one, struct tl_str text,
                              const struct seen_how *other,
                              struct tl_str other_text)
{
    struct seen seen[2];

    seen_read(&seen[0], one, text);
    seen_read(&seen[1], other, other_text);
    assert_true(seen[0].events > 0);
    assert_int_equal(seen[0].events, seen[1].events);
    for (int k = 0; k < 2; k++) {
        assert_int_equal(seen[k].errors, 0);
        qsort(seen[k].hashes.v, seen[k].hashes.n, sizeof(uint64_t),
              seen_compare);
    }
    assert_memory_equal(seen[0].hashes.v, seen[1].hashes.v,
                        seen[0].hashes.n * sizeof(uint64_t));
    for (int k = 0; k < 2; k++)
        seen_release(&seen[k]);
}

#endif
