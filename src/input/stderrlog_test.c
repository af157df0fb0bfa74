/*
 * stderrlog_test.c - the plain log: prefixes, backends that interleave,
 * damage, and agreement with csvlog on what one server wrote in both forms.
 */
#include "base/file.h"
#include "input/prefix.h"
#include "input/testing.h"

#include <stdio.h>

#define AT "2026-11-20 10:00:00.000 UTC "

static const struct seen_how stderrlog = {.format = &input_stderrlog,
                                          .write = write_session};

static void check(const char *log, const char *want)
{
    seen_check(&stderrlog, tl_str_c(log), 0, want);
}

static void backends_interleave(void **state)
{
    (void)state;
    check(AT "[7] LOG:  duration: 1.000 ms  execute a: SELECT $1\n" AT
             "[8] LOG:  statement: SELECT 2\n" AT
             "[7] DETAIL:  parameters: $1 = 'x'\n" AT
             "[8] LOG:  statement: SELECT 3\n",
          "8 SELECT 2|\n7 SELECT $1|$1 = 'x'\n8 SELECT 3|\n");
    /* parse and bind are steps of an execution, and so are their details. */
    check(AT "[7] LOG:  duration: 1.000 ms  bind a: SELECT $1\n" AT
             "[7] DETAIL:  parameters: $1 = 'x'\n" AT
             "[7] LOG:  duration: 1.000 ms  execute a: SELECT $1\n" AT
             "[7] DETAIL:  parameters: $1 = 'y'\n",
          "7 SELECT $1|$1 = 'y'\n");
}

static void lines_continue(void **state)
{
    static const char log[] = AT "[7] LOG:  statement: SELECT\n\t\t1,\n\t\n"
                                 "\t  2\r\n" AT "[7] LOG:  statement: COMMIT\n";
    struct seen s;

    (void)state;
    check(log, "7 SELECT\n\t1,\n\n  2|\n7 COMMIT|\n");
    /* A copy that lost the tabs. */
    check(AT "[7] LOG:  statement: SELECT\n 1\n", "7 SELECT\n 1|\n");
    seen_read(&s, &stderrlog,
              tl_str_c(AT "[7] LOG:  statement: SELECT\n\t1 AS one\n"));
    assert_int_equal(text_map_offset(&s.last.map, s.file, 7),
                     strstr(s.file.p, "1 AS") - s.file.p);
    seen_release(&s);
}

static void errors_have_their_statement(void **state)
{
    (void)state;
    check(AT "[7] ERROR:  column \"x\" does not exist at character 8\n" AT
             "[7] HINT:  Perhaps you meant \"y\".\n" AT
             "[7] STATEMENT:  SELECT x\n\tFROM t\n" AT
             "[7] LOG:  connection authorized\n",
          "7 SELECT x\nFROM t|\n");
}

struct prefix_case {
    const char *prefix;
    const char *line;
    const char *session; /* NULL: no match */
    const char *user;
};

static void prefixes(void **state)
{
    static const struct prefix_case cases[] = {
        {"%m [%p] ", AT "[42] LOG:  x", "42", ""},
        {"%t:%r:%u@%d:[%p]:",
         "2026-11-20 21:32:47 UTC:127.0.0.1(53744):me@db:[7731]:LOG:  x",
         "7731", "me"},
        {"%t:%r:%u@%d:[%p]:", "2026-11-20 21:32:47 +02::@:[7731]:LOG:  x",
         "7731", ""},
        {"%m [%p] %q%u@%d ", AT "[42] me@shop LOG:  x", "42", "me"},
        {"%m [%p] %q%u@%d ", AT "[42] LOG:  checkpoint", "42", ""},
        {"%m [%p] %q%u@%d ", AT "[42] me at shop LOG:  x", NULL, NULL},
        {"%-6p|%5p %u ", "42    |   42 me LOG:  x", "42", "me"},
        {"%% %c %v %x %e%Q ", "% 6b.1f 3/4 0 00000-12 LOG:  x", "6b.1f", ""},
        {"%a %p ", "an app with blanks 42 LOG:  x", "42", ""},
        {"%n %p %l ", "1795210406.375 9487 1 LOG:  x", "9487", ""},
        {"%m [%p] ", AT "[42] LOG: x y", "42", ""},
        {"%m [%p] ", AT "[42] LOGS:  x", NULL, NULL},
        {"%m [%p] ", "LOG:  x", NULL, NULL},
        {"%m [%p] ", "", NULL, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct prefix p;
        struct prefix_values v;
        struct tl_str severity;
        size_t behind;

        assert_true(prefix_compile(&p, tl_str_c(cases[i].prefix)));
        bool ok =
            prefix_match(&p, tl_str_c(cases[i].line), &v, &severity, &behind);
        if (ok != (cases[i].session != NULL))
            fail_msg("%s: %s", cases[i].prefix, cases[i].line);
        if (!ok)
            continue;
        struct tl_str session = v.session.n ? v.session : v.pid;
        assert_true(tl_str_is(session, cases[i].session));
        assert_true(tl_str_is(v.user, cases[i].user));
        assert_true(tl_str_is(severity, "LOG"));
    }
}

static void refuses_what_is_no_prefix(void **state)
{
    struct prefix p;
    char many[2 * PREFIX_MAX_PARTS + 3];

    (void)state;
    assert_false(prefix_compile(&p, TL_STR("")));
    assert_false(prefix_compile(&p, TL_STR("%")));
    assert_false(prefix_compile(&p, TL_STR("%-5")));
    assert_false(prefix_compile(&p, TL_STR("%z ")));
    for (size_t i = 0; i < sizeof(many) - 1; i++)
        many[i] = i % 2 ? 'p' : '%';
    many[sizeof(many) - 1] = '\0';
    assert_false(prefix_compile(&p, tl_str_c(many)));
}

/* Names that fit everywhere must not be tried for ever. */
static void hostile_names_end(void **state)
{
    struct buf line;
    struct prefix p;
    struct prefix_values v;
    struct tl_str severity;
    size_t behind;

    (void)state;
    buf_init(&line, 0);
    for (int i = 0; i < 4000; i++)
        buf_char(&line, ' ');
    assert_true(prefix_compile(&p, TL_STR("%a %u %d %h %a %u %d x")));
    assert_false(prefix_match(&p, buf_view(&line), &v, &severity, &behind));
    buf_release(&line);
}

static void every_cut(void **state)
{
    static const char log[] =
        AT "[7] LOG:  duration: 1.000 ms  execute a: SELECT\n\t$1\n" AT
           "[7] DETAIL:  parameters: $1 = 'x'\n" AT "[8] ERROR:  no\n" AT
           "[8] STATEMENT:  SELECT x\n";

    static const struct seen_how how = {.format = &input_stderrlog,
                                        .prefix = "%m [%p] "};

    (void)state;
    seen_every_cut(&how, tl_str_c(log), 2);
}

/* The server's two files hold the same events, in other orders. With
   log_duration alone they do not: only csvlog tells whose duration it is. */
static void agrees_with_csvlog(void **state)
{
    static const char *const names[] = {
        "duration0",           "duration0_sqlcommenter",
        "verbose_truncparams", "auto_explain_json_plus_duration",
        "cursor_prepare",
    };

    static const struct seen_how csvlog = {.format = &input_csvlog};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct file files[2];

        for (int k = 0; k < 2; k++) {
            char path[128];

            snprintf(path, sizeof(path), "testdata/inputs/%s/%s.%s",
                     k ? "stderr" : "csvlog", names[i], k ? "log" : "csv");
            assert_true(file_read(&files[k], path, 0, NULL));
            assert_ptr_equal(input_sniff(files[k].text),
                             k ? &input_stderrlog : &input_csvlog);
        }
        seen_agree(&csvlog, files[0].text, &stderrlog, files[1].text);
        for (int k = 0; k < 2; k++)
            file_release(&files[k]);
    }
}

/* Those that pgBadger counts in these files, and one that failed. */
#define QUERIES 46

static void hosts(void **state)
{
    static const char *const names[] = {"azure",  "cloudsql", "debian", "epoch",
                                        "heroku", "pgbadger", "rds"};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[128];
        struct file file;
        struct seen s;

        snprintf(path, sizeof(path), "testdata/inputs/stderr/%s.log", names[i]);
        assert_true(file_read(&file, path, 0, NULL));
        assert_ptr_equal(input_sniff(file.text), &input_stderrlog);
        seen_read(&s, &stderrlog, file.text);
        if (s.events != QUERIES)
            fail_msg("%s: %zu events", names[i], s.events);
        seen_release(&s);
        file_release(&file);
    }
}

static void a_prefix_of_ones_own(void **state)
{
    static const struct seen_how how = {
        .format = &input_stderrlog,
        .prefix = "%m [%p] %b %c:%l vxid=%v xid=%x %Q %u@%d/%a %r %i "};
    struct file file;
    struct seen s;

    (void)state;
    assert_true(file_read(&file, "testdata/inputs/stderr/full.log", 0, NULL));
    seen_read(&s, &how, file.text);
    assert_int_equal(s.events, QUERIES);
    seen_release(&s);
    file_release(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(backends_interleave),
        cmocka_unit_test(lines_continue),
        cmocka_unit_test(errors_have_their_statement),
        cmocka_unit_test(prefixes),
        cmocka_unit_test(refuses_what_is_no_prefix),
        cmocka_unit_test(hostile_names_end),
        cmocka_unit_test(every_cut),
        cmocka_unit_test(agrees_with_csvlog),
        cmocka_unit_test(hosts),
        cmocka_unit_test(a_prefix_of_ones_own),
    };

    return cmocka_run_group_tests_name("stderrlog", tests, NULL, NULL);
}
