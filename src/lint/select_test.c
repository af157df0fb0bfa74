/*
 * select_test.c - names, globs and families; what is on and how severe.
 *
 * With rules of its own, so that the tests stay when the rules change.
 */
#include "lint/select.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct tl_rule broken = {
    .id = "TL001",
    .name = "syntax-error",
    .family = TL_META,
    .severity = TL_ERROR,
};
static const struct tl_rule blocking = {
    .id = "TL101",
    .name = "blocking-index",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("E6", "requireConcurrently"),
};
static const struct tl_rule fussy = {
    .id = "TL208",
    .name = "prefer-identity",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
};
static const struct tl_rule *const rules[] = {&broken, &blocking, &fussy};

size_t tl_rule_count(void)
{
    return sizeof(rules) / sizeof(rules[0]);
}

const struct tl_rule *tl_rule_at(size_t i)
{
    return i < tl_rule_count() ? rules[i] : NULL;
}

static void a_rule_has_many_names(void **state)
{
    static const char *const mine[] = {
        "TL101",   "tl101", "blocking-index", "Blocking-Index", "E6",   "e6",
        "all",     "ALL",   "migration",      "Migration",      "TL1*", "tl10?",
        "*-index", "*",     "mig*",           "b*-*x*",         "?6",
    };
    static const char *const not_mine[] = {
        "",      "TL10", "TL1011", "blocking", "TL2*", "schema",
        "query", "al",   "E66",    "?",        "a*l",  "blocking-index ",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(mine) / sizeof(mine[0]); i++)
        assert_true(select_matches(&blocking, tl_str_c(mine[i])));
    for (size_t i = 0; i < sizeof(not_mine) / sizeof(not_mine[0]); i++)
        assert_false(select_matches(&blocking, tl_str_c(not_mine[i])));
}

static void globs_take_no_time(void **state)
{
    (void)state;
    assert_false(select_matches(
        &blocking, TL_STR("*b*l*o*c*k*i*n*g*i*n*d*e*x*b*l*o*c*k*i*n*g*z")));
    assert_false(select_matches(
        &blocking, TL_STR("*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*")));
}

static void unknown_names_have_a_suggestion(void **state)
{
    (void)state;
    assert_true(select_is_known(TL_STR("requireconcurrently")));
    assert_false(select_is_known(TL_STR("bloking-index")));
    assert_true(
        tl_str_is(select_suggest(TL_STR("bloking-index")), "blocking-index"));
    assert_true(tl_str_is(select_suggest(TL_STR("migrations")), "migration"));
    assert_int_equal(select_suggest(TL_STR("zzzzzzzzzzzz")).n, 0);
}

static void selectors_must_name_something(void **state)
{
    struct tl_selector s = {.rule = "prefer-identty"};
    struct tl_options o = {.selectors = &s, .n_selectors = 1};
    struct tl_error error;

    (void)state;
    assert_false(select_check(&o, &error));
    assert_non_null(strstr(error.message, "'prefer-identty'"));
    assert_non_null(strstr(error.message, "did you mean 'prefer-identity'?"));
    s.rule = "schema";
    assert_true(select_check(&o, &error));
    s.rule = "";
    assert_false(select_check(&o, &error));
}

static void expect(const struct tl_selector *s, size_t n, bool only,
                   const enum tl_severity wanted[3])
{
    const struct tl_options o = {
        .selectors = s, .n_selectors = n, .only_selected = only};

    for (size_t i = 0; i < 3; i++)
        assert_int_equal(select_severity(&o, rules[i]), wanted[i]);
}

static void by_default(void **state)
{
    (void)state;
    expect(NULL, 0, false,
           (const enum tl_severity[]){TL_ERROR, TL_WARNING, TL_OFF});
}

static void selecting(void **state)
{
    const struct tl_selector fussy_too[] = {{"TL208", TL_OFF, true, false}};
    const struct tl_selector everything[] = {{"all", TL_OFF, true, false}};

    (void)state;
    expect(fussy_too, 1, false,
           (const enum tl_severity[]){TL_ERROR, TL_WARNING, TL_NOTE});
    /* A run that could not look says so even then. */
    expect(fussy_too, 1, true,
           (const enum tl_severity[]){TL_ERROR, TL_OFF, TL_NOTE});
    expect(everything, 1, true,
           (const enum tl_severity[]){TL_ERROR, TL_WARNING, TL_NOTE});
}

static void severities(void **state)
{
    const struct tl_selector by_name[] = {
        {"prefer-identity", TL_ERROR, false, false}};
    const struct tl_selector by_family[] = {{"*", TL_NOTE, false, false}};

    (void)state;
    expect(by_name, 1, false,
           (const enum tl_severity[]){TL_ERROR, TL_WARNING, TL_ERROR});
    /* A family switches nothing on. */
    expect(by_family, 1, false,
           (const enum tl_severity[]){TL_NOTE, TL_NOTE, TL_OFF});
}

static void later_selectors_win(void **state)
{
    const struct tl_selector off_then_on[] = {
        {"migration", TL_OFF, false, false}, {"TL101", TL_ERROR, false, false}};
    const struct tl_selector on_then_off[] = {
        {"TL101", TL_ERROR, false, false}, {"migration", TL_OFF, false, false}};

    (void)state;
    expect(off_then_on, 2, false,
           (const enum tl_severity[]){TL_ERROR, TL_ERROR, TL_OFF});
    expect(on_then_off, 2, false,
           (const enum tl_severity[]){TL_ERROR, TL_OFF, TL_OFF});
}

static void severities_wait_for_being_on(void **state)
{
    const struct tl_selector only_level[] = {
        {"prefer-identity", TL_ERROR, false, true}};
    const struct tl_selector then_on[] = {
        {"prefer-identity", TL_ERROR, false, true},
        {"all", TL_OFF, true, false}};

    (void)state;
    expect(only_level, 1, false,
           (const enum tl_severity[]){TL_ERROR, TL_WARNING, TL_OFF});
    expect(then_on, 2, true,
           (const enum tl_severity[]){TL_ERROR, TL_WARNING, TL_ERROR});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_has_many_names),
        cmocka_unit_test(globs_take_no_time),
        cmocka_unit_test(unknown_names_have_a_suggestion),
        cmocka_unit_test(selectors_must_name_something),
        cmocka_unit_test(by_default),
        cmocka_unit_test(selecting),
        cmocka_unit_test(severities),
        cmocka_unit_test(later_selectors_win),
        cmocka_unit_test(severities_wait_for_being_on),
    };

    return cmocka_run_group_tests_name("select", tests, NULL, NULL);
}
