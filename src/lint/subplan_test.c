#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lint/subplan.h"

#include <stdlib.h>
#include <string.h>

struct rewrite_case {
    const char *printed;
    const char *sql;
};

/* As 12 to 18 print them. */
static const struct rewrite_case cases[] = {
    {"(id = 5)", "(id = 5)"},
    {"", ""},
    {"(NOT (hashed SubPlan 1))", "(NOT NULL)"},
    {"((SubPlan 1) > 3)", "(NULL > 3)"},
    {"(a OR (alternatives: SubPlan 1 or hashed SubPlan 2))", "(a OR NULL)"},
    {"(NOT (ANY (id = (hashed SubPlan 1).col1)))", "(NOT NULL)"},
    {"(ANY ((a = (SubPlan 1).col1) AND (b = (SubPlan 1).col2)))", "NULL"},
    {"((x = 1) OR EXISTS(SubPlan 1))", "((x = 1) OR NULL)"},
    {"(NOT EXISTS(hashed SubPlan 1))", "(NOT NULL)"},
    {"(ALL (x > (SubPlan 1).col1))", "NULL"},
    {"(x = ANY ((InitPlan 1).col1))", "(x = ANY ($0))"},
    {"((InitPlan 1).col1 < weight)", "($0 < weight)"},
    {"(id = (InitPlan 12).col1)", "(id = $0)"},
    {"((a = ANY ('{1,2}'::integer[])) AND (hashed SubPlan 1))",
     "((a = ANY ('{1,2}'::integer[])) AND NULL)"},
    {"((subplan = 1) AND (SubPlan 1))", "((subplan = 1) AND NULL)"},
    {"(a = 'SubPlan 1 (')", "(a = 'SubPlan 1 (')"},
    {"(SubPlan 1", "(SubPlan 1"},
    {")) (SubPlan 1)", ")) NULL"},
    {"(SubPlan 1).", "NULL."},
    {"(SubPlan 1)..", "NULL.."},
};

static void check(struct tl_str printed, struct tl_str sql)
{
    struct arena a;

    arena_init(&a, 0);
    struct tl_str out = subplan_as_sql(printed, &a);
    assert_int_equal(out.n, sql.n);
    assert_memory_equal(out.p, sql.p, sql.n);
    arena_release(&a);
}

static void test_each_release(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check(tl_str_c(cases[i].printed), tl_str_c(cases[i].sql));
}

static void test_deep_is_left_alone(void **state)
{
    char text[2000];

    (void)state;
    memset(text, '(', sizeof(text));
    memcpy(text + sizeof(text) - 10, "SubPlan 1)", 10);
    struct tl_str s = {text, sizeof(text)};
    check(s, s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_release),
        cmocka_unit_test(test_deep_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
