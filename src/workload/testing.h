/*
 * testing.h - a text run through its reader into a workload.
 */
#ifndef WORKLOAD_TESTING_H
#define WORKLOAD_TESTING_H

#include "workload/workload.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct run {
    struct arena arena;
    struct workload *workload;
    size_t errors;
    size_t events;
};

static inline bool take_event(void *arg, const struct event *e)
{
    struct run *r = arg;

    r->events++;
    workload_add(r->workload, 3, e);
    return true;
}

static inline void take_error(void *arg, uint64_t start, uint64_t end,
                              const char *message)
{
    struct run *r = arg;

    (void)message;
    assert_true(start <= end);
    r->errors++;
}

static inline void run_text(struct run *r, struct tl_str text)
{
    struct input_sink sink = {
        .event = take_event, .error = take_error, .arg = r};
    const struct input_format *format = input_sniff(text);

    memset(r, 0, sizeof(*r));
    arena_init(&r->arena, 0);
    r->workload = workload_create(&r->arena, 5);
    assert_non_null(format);
    sink.arg = r;
    assert_true(format->read(text, &sink));
    workload_end_file(r->workload);
    workload_finish(r->workload, (struct tl_schema){NULL, 0});
}

static inline void run_release(struct run *r)
{
    workload_destroy(r->workload);
    arena_release(&r->arena);
}

#endif
