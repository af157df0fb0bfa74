/*
 * follows_test.c - a cause and what follows from it, in one plan.
 */
#include "lint/linter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A nested loop for one row that gets 5000 of them. */
static const char plan[] =
    "[{\"Plan\": {\"Node Type\": \"Nested Loop\", \"Plan Rows\": 1,"
    " \"Actual Rows\": 5000, \"Actual Loops\": 1, \"Actual Total Time\": 90,"
    " \"Plans\": [{\"Node Type\": \"Seq Scan\","
    " \"Parent Relationship\": \"Outer\", \"Relation Name\": \"bins\","
    " \"Alias\": \"bins\", \"Plan Rows\": 1, \"Actual Rows\": 5000,"
    " \"Actual Loops\": 1, \"Actual Total Time\": 9,"
    " \"Filter\": \"(row = 4)\"},"
    " {\"Node Type\": \"Index Scan\", \"Parent Relationship\": \"Inner\","
    " \"Relation Name\": \"lots\", \"Alias\": \"lots\", \"Plan Rows\": 1,"
    " \"Index Name\": \"lots_pkey\", \"Actual Rows\": 1,"
    " \"Actual Loops\": 5000, \"Actual Total Time\": 0.016}]}}]";

static struct tl_linter *run(const struct tl_selector *selectors, size_t n)
{
    struct tl_options o = TL_OPTIONS_INIT;
    struct tl_error error;

    o.selectors = selectors;
    o.n_selectors = n;
    o.only_selected = true;
    struct tl_linter *l = tl_open(&o, &error);
    assert_non_null(l);
    tl_add_text(l, "p.json", tl_str_c(plan), TL_AS_PLAN, false);
    tl_run(l);
    return l;
}

static void the_cause_warns_and_the_rest_refers_to_it(void **state)
{
    static const struct tl_selector both[] = {
        {"misestimate", TL_OFF, true, false},
        {"nested-loop-blowup", TL_OFF, true, false}};

    (void)state;
    struct tl_linter *l = run(both, 2);
    assert_int_equal(tl_finding_count(l), 2);
    const struct tl_finding *loop = tl_finding_at(l, 0);
    const struct tl_finding *estimate = tl_finding_at(l, 1);
    assert_string_equal(loop->rule->name, "nested-loop-blowup");
    assert_int_equal(loop->severity, TL_WARNING);
    assert_true(loop->help.n > 0);
    assert_int_equal(estimate->severity, TL_NOTE);
    assert_int_equal(estimate->help.n, 0);
    assert_int_equal(estimate->related->span.start, loop->span.start);
    assert_true(tl_str_is(estimate->related->message,
                          "the same cause as nested-loop-blowup, told here"));
    tl_close(l);
}

static void without_the_cause_it_speaks_for_itself(void **state)
{
    static const struct tl_selector alone[] = {
        {"misestimate", TL_OFF, true, false}};

    (void)state;
    struct tl_linter *l = run(alone, 1);
    assert_int_equal(tl_finding_count(l), 1);
    assert_int_equal(tl_finding_at(l, 0)->severity, TL_WARNING);
    assert_true(tl_finding_at(l, 0)->help.n > 0);
    tl_close(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cause_warns_and_the_rest_refers_to_it),
        cmocka_unit_test(without_the_cause_it_speaks_for_itself),
    };

    return cmocka_run_group_tests_name("follows", tests, NULL, NULL);
}
