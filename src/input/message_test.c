/*
 * message_test.c - PostgreSQL's words about statements, whole and damaged.
 */
#include "input/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What log_record_event() makes of a LOG record; the message is the file. */
static bool read_one(struct message_state *s, const char *message,
                     const char *detail, struct event *e)
{
    struct log_record r = {.severity = TL_STR("LOG"),
                           .time = TL_STR("2026-11-20 21:32:30.274 UTC")};

    message_init(s, (struct tl_str){message, strlen(message)});
    r.message =
        (struct log_field){.text = s->file, .end = s->file.n, .plain = true};
    if (detail)
        r.detail = (struct log_field){.text = tl_str_c(detail), .plain = false};
    return log_record_event(s, &r, e);
}

struct sample {
    const char *message, *detail;
    int kind; /* enum event_kind, or -1: no event */
    const char *sql;
    double ms;
    const char *parameters; /* NULL: none */
};

static const struct sample samples[] = {
    {"duration: 0.133 ms  statement: SELECT 1", NULL, EVENT_EXECUTE, "SELECT 1",
     0.133, NULL},
    {"statement: SELECT 1", NULL, EVENT_EXECUTE, "SELECT 1", -1, NULL},
    {"00000: duration: 2 ms  statement: SELECT 1", NULL, EVENT_EXECUTE,
     "SELECT 1", 2, NULL},
    {"duration: 0.056 ms  execute <unnamed>: SELECT $1",
     "parameters: $1 = 'O''Reilly, $2'", EVENT_EXECUTE, "SELECT $1", 0.056,
     "$1 = 'O''Reilly, $2'"},
    {"execute a/b: SELECT $1", "Parameters: $1 = NULL", EVENT_EXECUTE,
     "SELECT $1", -1, "$1 = NULL"},
    {"execute odd name: a: SELECT 1", NULL, EVENT_EXECUTE, "a: SELECT 1", -1,
     NULL},
    {"statement: EXECUTE p(2)",
     "prepare: PREPARE p(int) AS SELECT a FROM t WHERE b = $1", EVENT_EXECUTE,
     "SELECT a FROM t WHERE b = $1", -1, "EXECUTE p(2)"},
    {"duration: 0.098 ms", NULL, EVENT_DURATION, "", 0.098, NULL},
    {"duration: 0.1 ms  parse <unnamed>: SELECT 1", NULL, -1, "", 0, NULL},
    {"duration: 0.1 ms  bind <unnamed>/C_1: SELECT 1", NULL, -1, "", 0, NULL},
    {"duration: 0.1 ms  execute fetch from <unnamed>/C_1: SELECT 1", NULL,
     EVENT_FETCH, "", 0.1, NULL},
    {"execute fetch from c: SELECT 1", NULL, EVENT_FETCH, "", -1, NULL},
    {"duration: 0.072 ms  plan:\n{\n  \"Query Text\": \"SELECT \\\"a\\\"\",\n"
     "  \"Plan\": {\"Actual Rows\": 12, \"Plans\": [{\"Actual Rows\": 3}]}\n}",
     NULL, EVENT_PLAN, "SELECT \"a\"", 0.072, NULL},
    {"duration: 0.5 ms  plan:\nQuery Text: SELECT a\n  FROM t\n"
     "Seq Scan on t  (cost=0.00..1.01 rows=1 width=4)",
     NULL, EVENT_PLAN, "SELECT a\n  FROM t", 0.5, NULL},
    /* Not about statements, or damaged. */
    {"checkpoint starting: time", NULL, -1, "", 0, NULL},
    {"duration: x ms", NULL, -1, "", 0, NULL},
    {"duration: ", NULL, -1, "", 0, NULL},
    {"duration: 1", NULL, -1, "", 0, NULL},
    {"duration: 1 ms  ", NULL, EVENT_DURATION, "", 1, NULL},
    {"duration: 99999999999999999999999999999 ms  statement: x", NULL, -1, "",
     0, NULL},
    {"execute no end", NULL, -1, "", 0, NULL},
    {"duration: 1 ms  plan:", NULL, -1, "", 0, NULL},
    {"duration: 1 ms  plan:\n{\"Query Text\": \"cut", NULL, -1, "", 0, NULL},
    {"duration: 1 ms  plan:\n{\"Query Text\": 7}", NULL, -1, "", 0, NULL},
    {"", NULL, -1, "", 0, NULL},
};

static void grammar(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        const struct sample *w = &samples[i];
        struct message_state s;
        struct event e;
        bool is_event = read_one(&s, w->message, w->detail, &e) &&
                        !message_is_noise(s.file);

        if (is_event != (w->kind >= 0))
            fail_msg("%s", w->message);
        if (is_event &&
            ((int)e.kind != w->kind || !tl_str_is(e.sql, w->sql) ||
             e.ms < w->ms - 0.0001 || e.ms > w->ms + 0.0001 ||
             !tl_str_is(e.parameters, w->parameters ? w->parameters : "")))
            fail_msg("%s: %d %.*s", w->message, (int)e.kind, TL_FMT(e.sql));
        if (is_event && w->kind == EVENT_EXECUTE && !w->parameters)
            assert_true(e.parameters.p == NULL);
        message_release(&s);
    }
}

/* The span of a statement is the statement. */
static void spans(void **state)
{
    static const char text[] = "duration: 0.133 ms  execute n: SELECT 1";
    struct message_state s;
    struct event e;

    (void)state;
    assert_true(read_one(&s, text, NULL, &e));
    assert_int_equal(e.span.start, sizeof(text) - 1 - 8);
    assert_int_equal(e.span.end, sizeof(text) - 1);
    assert_int_equal(text_map_offset(&e.map, s.file, 0), e.span.start);
    message_release(&s);
}

static void rows_of_a_plan(void **state)
{
    struct message_state s;
    struct event e;

    (void)state;
    assert_true(read_one(&s, samples[12].message, NULL, &e));
    assert_true(e.rows > 11.9 && e.rows < 12.1);
    assert_true(e.plan.n > 0 && e.plan.p[0] == '{');
    message_release(&s);
    assert_true(
        read_one(&s, "plan:\n{\"Query Text\": \"a\", \"Plan\": {}}", NULL, &e));
    assert_true(e.rows < 0);
    message_release(&s);
}

static void cut_parameters(void **state)
{
    struct message_state s;
    struct event e;

    (void)state;
    assert_true(
        read_one(&s, "execute a: SELECT $1", "parameters: $1 = 'abc...'", &e));
    assert_true(e.parameters_cut);
    message_release(&s);
    assert_true(
        read_one(&s, "execute a: SELECT $1", "parameters: $1 = 'abc'", &e));
    assert_false(e.parameters_cut);
    message_release(&s);
}

static void times(void **state)
{
    struct message_state s;

    (void)state;
    message_init(&s, TL_NONE);
    assert_int_equal(message_time(&s, TL_STR("1970-01-02 00:00:01.5 UTC")),
                     86401500000);
    assert_int_equal(message_time(&s, TL_STR("2000-03-01 00:00:00 UTC")) -
                         message_time(&s, TL_STR("2000-02-28 00:00:00 UTC")),
                     (int64_t)2 * 86400 * 1000000);
    assert_int_equal(message_time(&s, TL_STR("2026-11-20 21:32:30.274")) -
                         message_time(&s, TL_STR("2026-11-20 21:32:30.273")),
                     1000);
    assert_true(message_time(&s, TL_STR("2026-11-20")) == EVENT_NO_TIME);
    assert_true(message_time(&s, TL_STR("yesterday at noon ...")) ==
                EVENT_NO_TIME);
    assert_true(message_time(&s, TL_NONE) == EVENT_NO_TIME);
    /* No month like that: any number, but no crash. */
    message_time(&s, TL_STR("9999-99-99 99:99:99.9999999999"));
    message_release(&s);
}

/* Every message cut at every byte. */
static void cuts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        struct tl_str whole = tl_str_c(samples[i].message);

        for (size_t n = 0; n <= whole.n; n++) {
            struct message_state s;
            struct event e;
            struct log_record r = {.severity = TL_STR("LOG")};

            message_init(&s, (struct tl_str){whole.p, n});
            r.message = (struct log_field){s.file, {0}, n, true};
            if (log_record_event(&s, &r, &e))
                assert_true(e.span.start <= e.span.end && e.span.end <= n);
            message_is_noise(s.file);
            message_release(&s);
        }
    }
}

static void failures(void **state)
{
    struct message_state s;
    struct event e;
    struct log_record r = {.severity = TL_STR("ERROR"),
                           .message = {.text = TL_STR("no such column")}};

    (void)state;
    message_init(&s, TL_STR("SELECT x"));
    assert_false(log_record_event(&s, &r, &e));
    r.query = (struct log_field){s.file, {0}, s.file.n, true};
    assert_true(log_record_event(&s, &r, &e));
    assert_int_equal(e.kind, EVENT_ERROR);
    assert_true(tl_str_is(e.sql, "SELECT x"));
    message_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grammar),        cmocka_unit_test(spans),
        cmocka_unit_test(rows_of_a_plan), cmocka_unit_test(cut_parameters),
        cmocka_unit_test(times),          cmocka_unit_test(cuts),
        cmocka_unit_test(failures),
    };

    return cmocka_run_group_tests_name("message", tests, NULL, NULL);
}
