/*
 * expected_test.c - expectations that an embedder gives, on plans in memory.
 */
#include "lint/expected.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char plan[] =
    "[{\"Query Text\": \"SELECT id FROM bins WHERE row = 4 ORDER BY id\","
    " \"Plan\": {\"Node Type\": \"Sort\", \"Sort Key\": [\"id\"],"
    " \"Plans\": [{\"Node Type\": \"Index Scan\","
    " \"Parent Relationship\": \"Outer\", \"Relation Name\": \"bins\","
    " \"Alias\": \"bins\", \"Index Name\": \"bins_row_idx\"}]}}]";

#define QUERY "select id from bins where row = $1 order by id;"

static const struct tl_selector only[] = {
    {"plan-expectation-failed", TL_OFF, true, false}};

/* A run on the plan with one expectation. */
static struct tl_linter *run(const struct tl_plan_expectation *x)
{
    struct tl_options o = TL_OPTIONS_INIT;
    struct tl_error error;

    o.plan_expectations = x;
    o.n_plan_expectations = 1;
    o.selectors = only;
    o.n_selectors = 1;
    o.only_selected = true;
    struct tl_linter *l = tl_open(&o, &error);
    assert_non_null(l);
    tl_add_text(l, "p.json", tl_str_c(plan), TL_AS_PLAN, false);
    tl_run(l);
    return l;
}

static void terms_are_judged(void **state)
{
    static const struct {
        const char *terms;
        size_t findings;
    } cases[] = {
        {"index=bins_row_idx", 0},
        {"index=public.bins_row_idx", 0},
        {"index=row_idx", 1},
        {"index=bins_id_idx no-sort", 2},
        {"no-seq-scan, node=\"Index Scan\"", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct tl_plan_expectation x = {QUERY, cases[i].terms, true};
        struct tl_linter *l = run(&x);

        assert_int_equal(tl_finding_count(l), cases[i].findings);
        assert_int_equal(tl_failure_count(l), 0);
        tl_close(l);
    }
}

static void a_plan_that_is_not_there(void **state)
{
    struct tl_plan_expectation x = {"SELECT 1", "no-sort", false};

    (void)state;
    struct tl_linter *l = run(&x);
    assert_int_equal(tl_failure_count(l), 0);
    tl_close(l);
    x.must_have_plan = true;
    l = run(&x);
    assert_int_equal(tl_failure_count(l), 1);
    assert_string_equal(tl_failure_at(l, 0),
                        "no-sort was expected of a plan of \"select $1\", but "
                        "no plan of that query was given");
    tl_close(l);
}

static void what_is_refused(void **state)
{
    static const struct tl_plan_expectation bad[] = {
        {"SELECT 1", "sorted", false}, {"SELECT 1", "", false},
        {"SELECT 1", NULL, false},     {" ; ", "no-sort", false},
        {NULL, "no-sort", false},      {"-- no more", "no-sort", false},
    };
    struct tl_options o = TL_OPTIONS_INIT;
    struct tl_error error;

    (void)state;
    o.n_plan_expectations = 1;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        o.plan_expectations = &bad[i];
        error.message[0] = '\0';
        assert_null(tl_open(&o, &error));
        assert_true(strncmp(error.message, "plan expectation", 16) == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_judged),
        cmocka_unit_test(a_plan_that_is_not_there),
        cmocka_unit_test(what_is_refused),
    };

    return cmocka_run_group_tests_name("expected", tests, NULL, NULL);
}
