/*
 * digest_test.c - a line that is written is read as it was; lines that are
 * none are told with their place.
 */
#include "input/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct seen {
    size_t events;
    size_t errors;
    uint64_t error_at;
    struct buf again; /* what was read, written once more */
    struct tl_str file;
    bool example_placed;
};

static bool take_event(void *arg, const struct event *e)
{
    struct seen *s = arg;

    s->events++;
    digest_write(&s->again, e->shape, e->display, e->summary);
    s->example_placed = memcmp(s->file.p + e->span.start, "SELECT", 6) == 0 &&
                        s->file.p[e->span.end] == '"';
    return true;
}

static void take_error(void *arg, uint64_t start, uint64_t end,
                       const char *message)
{
    struct seen *s = arg;

    (void)message;
    assert_true(start <= end && end <= s->file.n);
    if (!s->errors++)
        s->error_at = start;
}

static void read(struct seen *s, struct tl_str file)
{
    struct input_sink sink = {take_event, take_error, NULL, s, TL_NONE};

    *s = (struct seen){.file = file};
    buf_init(&s->again, 0);
    assert_true(input_digest.read(file, &sink));
}

static void write_sample(struct buf *out)
{
    struct shape_stats stats;

    stats_init(&stats);
    for (unsigned i = 0; i < 30; i++) {
        struct stats_call call = {.ms = i * 0.3,
                                  .rows = 2,
                                  .time_us = 1000 + i,
                                  .application = TL_STR("web \"1\""),
                                  .route = TL_STR("GET /")};

        stats_count(&stats, &call);
    }
    stats_keep(&stats.parameters, STATS_PARAMETERS, TL_STR("$1 = 'a\n'"), 0);
    stats_keep(&stats.examples, STATS_EXAMPLES,
               TL_STR("SELECT a\nFROM t WHERE b = 'x'"), 0);
    stats.errors = 2;
    digest_write(out, 0xfedcba9876543210u, TL_STR("select a from t"), &stats);
    stats_release(&stats);
}

static void reads_what_it_wrote(void **state)
{
    struct buf out;
    struct seen s;

    (void)state;
    buf_init(&out, 0);
    write_sample(&out);
    assert_true(input_digest.sniff(buf_view(&out)));
    read(&s, buf_view(&out));
    assert_int_equal(s.events, 1);
    assert_int_equal(s.errors, 0);
    assert_true(s.example_placed);
    assert_true(tl_str_eq(buf_view(&s.again), buf_view(&out)));
    buf_release(&s.again);
    buf_release(&out);
}

/* Whatever is cut off or turned over: an event or one error, no more. */
static void damage_is_told(void **state)
{
    struct buf out;
    struct buf bad;
    struct seen s;

    (void)state;
    buf_init(&out, 0);
    buf_init(&bad, 0);
    write_sample(&out);
    for (size_t n = 1; n + 2 < out.n; n++) {
        buf_clear(&bad);
        buf_str(&bad, (struct tl_str){out.p, n});
        buf_char(&bad, '\n');
        buf_str(&bad, buf_view(&out));
        read(&s, buf_view(&bad));
        assert_int_equal(s.errors, 1);
        assert_int_equal(s.error_at, 0);
        assert_int_equal(s.events, 1);
        buf_release(&s.again);
    }
    for (size_t n = 0; n + 1 < out.n; n++) {
        buf_clear(&bad);
        buf_str(&bad, buf_view(&out));
        bad.p[n] = bad.p[n] == ']' ? '[' : ']';
        read(&s, buf_view(&bad));
        assert_int_equal(s.errors + s.events, 1);
        buf_release(&s.again);
    }
    buf_release(&bad);
    buf_release(&out);
}

static void later_members_are_passed_over(void **state)
{
    struct seen s;

    (void)state;
    read(&s, TL_STR("{\"tusklint_digest\":1,\"new\":{\"a\":[1,{}]},"
                    "\"shape\":\"00000000000000ff\",\"query\":\"x\"}\r\n\n"));
    assert_int_equal(s.events, 1);
    assert_int_equal(s.errors, 0);
    buf_release(&s.again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_wrote),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(later_members_are_passed_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
