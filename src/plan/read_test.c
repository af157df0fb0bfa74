/*
 * read_test.c - what is a plan, where it stands, and what is wrong with it.
 */
#include "plan/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SCAN "{\"Plan\": {\"Node Type\": \"Seq Scan\"}}"

struct read {
    struct arena arena;
    struct plan_list list;
};

static void read_text(struct read *r, const char *text)
{
    struct tl_str s = tl_str_c(text);

    *r = (struct read){.list = {.plans = VEC_INIT, .errors = VEC_INIT}};
    arena_init(&r->arena, 0);
    plan_read(s, &r->arena, 0, NULL, s, &r->list);
}

static void release(struct read *r)
{
    plan_list_release(&r->list);
    arena_release(&r->arena);
}

/* So many plans, each of a Seq Scan that stands where its type is written. */
static void expect_scans(const char *text, size_t n)
{
    struct read r;
    const char *at = text;

    read_text(&r, text);
    assert_int_equal(r.list.errors.n, 0);
    assert_int_equal(r.list.plans.n, n);
    for (size_t i = 0; i < n; i++) {
        const struct tl_plan *p = &r.list.plans.v[i];

        at = strstr(at, "\"Seq Scan\"");
        assert_non_null(at);
        assert_int_equal(p->nodes[0].end, 1);
        assert_true(tl_str_is(p->nodes[0].type, "Seq Scan"));
        assert_int_equal(p->nodes[0].span.start, at - text);
        at++;
    }
    release(&r);
}

/* One error of that text, where `needle` stands; what follows it is read. */
static void expect_error(const char *text, const char *needle,
                         const char *message, size_t plans)
{
    struct read r;

    read_text(&r, text);
    assert_int_equal(r.list.errors.n, 1);
    assert_string_equal(r.list.errors.v[0].message.p, message);
    assert_int_equal(r.list.errors.v[0].at, strstr(text, needle) - text);
    assert_int_equal(r.list.plans.n, plans);
    release(&r);
}

static void as_a_server_or_client_writes_it(void **state)
{
    (void)state;
    expect_scans(SCAN, 1);
    expect_scans("\xEF\xBB\xBF[" SCAN "]", 1);
    expect_scans("[" SCAN "]\n[" SCAN "]\n", 2);
    expect_scans("[[" SCAN "], [" SCAN "]]", 2);
    expect_scans("[{\"QUERY PLAN\": [" SCAN "]}]", 1);
}

static void as_psql_shows_it(void **state)
{
    (void)state;
    expect_scans("SET\n"
                 "              QUERY PLAN               \n"
                 "---------------------------------------\n"
                 " [                                    +\n"
                 "   {                                  +\n"
                 "     \"Plan\": {                        +\n"
                 "       \"Node Type\": \"Seq Scan\"        +\n"
                 "     }                                +\n"
                 "   }                                  +\n"
                 " ]\n"
                 "(1 row)\n\n"
                 "Time: 0.512 ms\n",
                 1);
    expect_scans("QUERY PLAN\r\n[" SCAN "]\r\n(1 row)\r\n", 1);
    expect_scans("BEGIN\nQUERY PLAN\n[" SCAN "]\n(1 Zeile)\n"
                 "QUERY PLAN\n[" SCAN "]\n(1 Zeile)\nCOMMIT\n",
                 2);
}

/* Below the first plan it is a text like any other. */
static void a_heading_inside_is_no_heading(void **state)
{
    (void)state;
    expect_error("[" SCAN "]\nQUERY PLAN\n[" SCAN "]\n", "QUERY",
                 "An EXPLAIN in JSON begins with [ or {.", 2);
}

static void what_is_broken_is_told_once(void **state)
{
    (void)state;
    expect_error("", "", "There is no plan in it.", 0);
    expect_error("QUERY PLAN\n(0 rows)\n", "", "There is no plan in it.", 0);
    expect_error("{\"a\": 1}\n" SCAN, "{", "There is no plan in this object.",
                 1);
    expect_error("{\"Plan\": {}}\n" SCAN, "{",
                 "The plan does not say what its nodes are.", 1);
    expect_error("{\"Plan\": }\n" SCAN, "}",
                 "The JSON is broken: a value is missing here.", 1);
    expect_error("{7: 1}\n" SCAN, "7",
                 "The JSON is broken: a key is missing here.", 1);
    expect_error("{\"a\" 1}\n" SCAN, "\"a",
                 "The JSON is broken: no colon stands behind this key.", 1);
    expect_error("{\"a\": 1 \"b\": 2}\n" SCAN, "\"b",
                 "The JSON is broken: a comma is missing here.", 1);
    expect_error("{\"a\": \"x\n" SCAN, "\"x",
                 "The JSON is broken: this string is not closed on its line.",
                 1);
    expect_error("{\"a\": ?}\n" SCAN, "?", "The JSON is broken here.", 1);
    expect_error(SCAN "\n?[\"a\": [1", "?",
                 "An EXPLAIN in JSON begins with [ or {.", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_a_server_or_client_writes_it),
        cmocka_unit_test(as_psql_shows_it),
        cmocka_unit_test(a_heading_inside_is_no_heading),
        cmocka_unit_test(what_is_broken_is_told_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
