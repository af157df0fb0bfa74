/*
 * options_test.c - the command line as it is documented, and its mistakes.
 */
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>

#include <cmocka.h>

#define MAX_WORDS 24

/* Options point into the words they were read from. */
struct line {
    struct cli_options o;
    struct err e;
    char text[MAX_WORDS][64];
};

/* Words ended by NULL; false and a message when they are refused. */
static bool parse(struct line *l, const char *const *words)
{
    char *argv[MAX_WORDS];
    int argc = 0;

    for (; words[argc]; argc++) {
        assert_true(argc < MAX_WORDS);
        snprintf(l->text[argc], sizeof(l->text[argc]), "%s", words[argc]);
        argv[argc] = l->text[argc];
    }
    cli_init(&l->o);
    l->e.message[0] = '\0';
    return cli_parse(&l->o, argc, argv, &l->e);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_documented(void **state)
{
    static const char *const lines[][4] = {
        {"--format", "text"},
        {"--format", "json"},
        {"--format=sarif"},
        {"-o", "sarif=x.sarif"},
        {"-osarif=x"},
        {"--output=json=-"},
        {"--as", "auto"},
        {"--as", "migration"},
        {"--as", "query"},
        {"--as", "log"},
        {"--as", "stats"},
        {"--as", "trace"},
        {"--as=plan"},
        {"--schema", "a.sql"},
        {"--expect-index", "SELECT a = 1=a_idx"},
        {"--stdin-filename", "a.sql"},
        {"--stdin-filename=a.sql", "-"},
        {"--select", "TL101"},
        {"--select=query,migration/*"},
        {"--ignore", "a"},
        {"--severity", "a=error"},
        {"--severity=a=off"},
        {"--severity", "a=note"},
        {"--severity", "a=warning"},
        {"--fail-on", "error"},
        {"--fail-on", "warning"},
        {"--fail-on", "note"},
        {"--fail-on=never"},
        {"--pg-version", "12"},
        {"--pg-version=18"},
        {"--assume-in-transaction"},
        {"-j", "4"},
        {"-j4"},
        {"-j0"},
        {"--jobs=2"},
        {"--color", "auto"},
        {"--color=always"},
        {"--color=never"},
        {"-q"},
        {"-v"},
        {"-qv"},
        {"--quiet"},
        {"--verbose"},
        {"--statistics"},
        {"-h"},
        {"--help"},
        {"-V"},
        {"--version"},
        {"--fix"},
        {"--diff"},
        {"a", "-", "b"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct line l;

        if (!parse(&l, lines[i]))
            fail_msg("%s: %s", lines[i][0], l.e.message);
        cli_release(&l.o);
    }
}

static void test_refused(void **state)
{
    static const struct {
        const char *words[4];
        const char *part; /* of the message */
    } cases[] = {
        {{"--selct", "a"}, "did you mean --select?"},
        {{"--serverity=a=off"}, "did you mean --severity?"},
        {{"--verbos"}, "did you mean --verbose?"},
        {{"--nonsense-altogether"}, "see tusklint --help"},
        {{"--=x"}, "unknown option"},
        {{"-x"}, "unknown option -x"},
        {{"-qx"}, "unknown option -x"},
        {{"--format"}, "needs a value"},
        {{"-j"}, "needs a value"},
        {{"--quiet=yes"}, "takes no value"},
        {{"-o", "sarif"}, "FORMAT=PATH"},
        {{"-o", "=x"}, "FORMAT=PATH"},
        {{"-o", "sarif="}, "FORMAT=PATH"},
        {{"--as", "sql"}, "--as sql"},
        {{"--expect-index", "SELECT 1"}, "SQL=INDEX"},
        {{"--expect-index", "SELECT 1 FROM t WHERE a=$1"}, "SQL=INDEX"},
        {{"--expect-index", "=i"}, "SQL=INDEX"},
        {{"--expect-index", "SELECT 1="}, "SQL=INDEX"},
        {{"--severity", "a"}, "--severity a"},
        {{"--severity", "a=bad"}, "--severity a=bad"},
        {{"--fail-on", "off"}, "--fail-on off"},
        {{"--fail-on", ""}, "--fail-on"},
        {{"--pg-version", "11"}, "12 to 18"},
        {{"--pg-version", "19"}, "12 to 18"},
        {{"--pg-version", "15x"}, "12 to 18"},
        {{"--pg-version="}, "12 to 18"},
        {{"--pg-version", "99999999999999999999"}, "12 to 18"},
        {{"-j", "-1"}, "number of threads"},
        {{"-jx"}, "number of threads"},
        {{"--n-plus-one", "1"}, "from 2"},
        {{"--color", "yes"}, "auto, always or never"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct line l;

        if (parse(&l, cases[i].words))
            fail_msg("%s is taken", cases[i].words[0]);
        if (!strstr(l.e.message, cases[i].part))
            fail_msg("%s: %s", cases[i].words[0], l.e.message);
        cli_release(&l.o);
    }
}

static void test_values(void **state)
{
    struct line l;

    (void)state;
    assert_true(
        parse(&l, WORDS("a.sql", "--pg-version=14", "-j3", "--as", "log",
                        "--schema", "s", "-o", "json=out=1", "--fail-on",
                        "never", "--color=always", "-qv", "--", "--help")));
    assert_int_equal(l.o.paths.n, 2);
    assert_string_equal(l.o.paths.v[0], "a.sql");
    assert_string_equal(l.o.paths.v[1], "--help");
    assert_false(l.o.help);
    assert_int_equal(l.o.lint.pg_version, 14);
    assert_int_equal(l.o.lint.threads, 3);
    assert_int_equal(l.o.as, TL_AS_LOG);
    assert_int_equal(l.o.schemas.n, 1);
    assert_int_equal(l.o.outputs.n, 1);
    assert_string_equal(l.o.outputs.v[0].format, "json");
    assert_string_equal(l.o.outputs.v[0].path, "out=1");
    assert_int_equal(l.o.fail_on, TL_OFF);
    assert_int_equal(l.o.color, COLOR_ALWAYS);
    assert_true(l.o.quiet && l.o.verbose);
    cli_release(&l.o);
}

static void test_defaults(void **state)
{
    struct line l;

    (void)state;
    assert_true(parse(&l, (const char *const[]){NULL}));
    assert_null(l.o.format);
    assert_int_equal(l.o.paths.n, 0);
    assert_int_equal(l.o.as, TL_AS_AUTO);
    assert_int_equal(l.o.fail_on, TL_WARNING);
    assert_int_equal(l.o.color, COLOR_AUTO);
    assert_false(l.o.quiet || l.o.verbose || l.o.help || l.o.version);
    assert_false(l.o.lint.only_selected);
    cli_release(&l.o);
}

/* Later selectors win, so their order is that of the command line. */
static void test_selectors(void **state)
{
    struct line l;

    (void)state;
    assert_true(parse(&l, WORDS("--select", "a,,b", "--ignore", "c",
                                "--severity", "d,e=note")));
    assert_true(l.o.lint.only_selected);
    assert_int_equal(l.o.lint.n_selectors, 5);
    for (size_t i = 0; i < 5; i++) {
        const char name[2] = {(char)('a' + i), '\0'};

        assert_string_equal(l.o.lint.selectors[i].rule, name);
    }
    assert_true(l.o.lint.selectors[0].keep_severity);
    assert_int_equal(l.o.lint.selectors[2].severity, TL_OFF);
    assert_int_equal(l.o.lint.selectors[4].severity, TL_NOTE);
    cli_release(&l.o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documented), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_values),     cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_selectors),
    };

    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
