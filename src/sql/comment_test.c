/*
 * comment_test.c - what comments say to a linter, in each dialect.
 */
#include "sql/comment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

#include <stdio.h>

#include <cmocka.h>

/* "dialect scope [rules] (reason) !": the exclamation mark is "malformed". */
static void describe(const struct comment_list *l, char *out, size_t room)
{
    static const char *const dialects[] = {"tusklint", "squawk", "eugene",
                                           "pgls", "pgfence"};
    static const char *const scopes[] = {"next", "file", "start", "end"};
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; i < l->comments.n; i++) {
        const struct comment *c = &l->comments.v[i];

        n += (size_t)snprintf(out + n, room - n, "%s%s %s [", i ? "; " : "",
                              dialects[c->dialect], scopes[c->scope]);
        for (size_t k = 0; k < c->n_rules; k++)
            n += (size_t)snprintf(out + n, room - n, "%s%.*s", k ? "|" : "",
                                  TL_FMT(l->rules.v[c->first_rule + k].name));
        n += (size_t)snprintf(out + n, room - n, "]");
        if (c->reason.n)
            n += (size_t)snprintf(out + n, room - n, " (%.*s)",
                                  TL_FMT(c->reason));
        n +=
            (size_t)snprintf(out + n, room - n, "%s", c->malformed ? " !" : "");
        assert_true(n < room);
    }
}

static void check_places(const struct comment_list *l, struct tl_str text)
{
    for (size_t i = 0; i < l->rules.n; i++) {
        const struct comment_rule *r = &l->rules.v[i];

        assert_true(r->start < r->end && r->end <= text.n);
        assert_ptr_equal(r->name.p, text.p + r->start);
        assert_int_equal(r->name.n, r->end - r->start);
    }
    for (size_t i = 0; i < l->comments.n; i++) {
        const struct comment *c = &l->comments.v[i];

        assert_true(c->start < c->end && c->end <= text.n);
        assert_true(c->first_rule + c->n_rules <= l->rules.n);
    }
}

static const struct {
    const char *text;
    const char *expected;
} cases[] = {
    {"-- tusklint: ignore", "tusklint next []"},
    {"-- tusklint:ignore[a]", "tusklint next [a]"},
    {"--tusklint: ignore [a, b-c ] because", "tusklint next [a|b-c] (because)"},
    {"-- tusklint: ignore[a] -- the why: x", "tusklint next [a] (the why: x)"},
    {"-- tusklint: ignore: the why", "tusklint next [] (the why)"},
    {"select 1; -- TuskLint: Ignore[TL101]", "tusklint next [TL101]"},
    {"/* tusklint: ignore[a] why */ select 1", "tusklint next [a] (why)"},
    {"/*tusklint: ignore[a]*/", "tusklint next [a]"},
    {"/* tusklint: ignore[a,\n b] */", "tusklint next [a|b]"},
    {"-- tusklint: ignore-file[query/*]", "tusklint file [query/*]"},
    {"-- tusklint: ignore-file", "tusklint file []"},
    {"-- tusklint: ignore-start[a] x\nselect 1;\n-- tusklint: ignore-end",
     "tusklint start [a] (x); tusklint end []"},
    {"-- tusklint: ignore[]", "tusklint next []"},
    {"-- tusklint: ignore[,a,,]", "tusklint next [a]"},
    {"-- tusklint: ignore[a", "tusklint next [a] !"},
    {"-- tusklint: ignores[a]", "tusklint next [] (s[a]) !"},
    {"-- tusklint: ignore-next[a]", "tusklint next [] (next[a]) !"},
    {"-- tusklint: disable a", "tusklint next [] (disable a) !"},
    {"-- tusklint:", "tusklint next [] !"},
    {"-- tusklint is a linter: ignore", ""},
    {"-- see tusklint: ignore[a]", ""},
    {"-- expect: ignore", ""},
    {"select '-- tusklint: ignore[a]', $$ -- tusklint: ignore $$", ""},
    {"select \"/* tusklint: ignore */\"", ""},
    {"/* /* tusklint: ignore */ */", ""},
    {"/* tusklint: ignore[a]", ""},

    {"-- squawk-ignore ban-drop-column", "squawk next [ban-drop-column]"},
    {"-- squawk-ignore a, b-c,d", "squawk next [a|b-c|d]"},
    {"-- squawk-ignore", "squawk next []"},
    {"-- squawk-ignore-file", "squawk file []"},
    {"-- squawk-ignore-file a", "squawk file [a]"},
    {"-- squawk-ignore-this a", ""},
    {"-- squawk-ignored a", ""},
    {"/* squawk-ignore a */", "squawk next [a]"},

    {"-- eugene: ignore", "eugene next []"},
    {"-- eugene: ignore E1, E2", "eugene next [E1|E2]"},
    {"-- eugene: ignore: E1,E2", "eugene next [E1|E2]"},
    {"-- eugene: look", ""},
    {"-- eugene: ignored", ""},

    {"-- pgls-ignore lint/safety/banDropColumn: why not",
     "pgls next [banDropColumn] (why not)"},
    {"-- pgls-ignore-all lint/safety: x", "pgls file [safety] (x)"},
    {"-- pgls-ignore-start lint/a/b: x\n-- pgls-ignore-end lint/a/b: x",
     "pgls start [b] (x); pgls end [b] (x)"},
    {"-- pgls-ignore lint/", "pgls next [lint/]"},
    {"-- pgls-ignoreall lint/a/b", ""},

    {"-- pgfence-ignore", "pgfence next []"},
    {"-- pgfence-ignore: drop-column", "pgfence next [drop-column]"},
    {"-- pgfence-ignore: a, b", "pgfence next [a|b]"},
    {"-- pgfence-ignored: a", ""},

    {"-- tusklint: ignore[a]\r\nselect 1; -- squawk-ignore b\r-- x",
     "tusklint next [a]; squawk next [b]"},
};

static void test_forms(void **state)
{
    struct comment_list l = {0};
    char got[512];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct tl_str text = tl_str_c(cases[i].text);

        comment_find(text, &l);
        describe(&l, got, sizeof(got));
        if (strcmp(got, cases[i].expected) != 0)
            fail_msg("%s\ngives    %s\nexpected %s", cases[i].text, got,
                     cases[i].expected);
        check_places(&l, text);
    }
    comment_release(&l);
}

static void test_places(void **state)
{
    struct tl_str text =
        TL_STR("select 1;\n-- tusklint: ignore[ a , bc ] why\nselect 2;");
    struct comment_list l = {0};

    (void)state;
    comment_find(text, &l);
    assert_int_equal(l.comments.n, 1);
    assert_int_equal(l.comments.v[0].start, 10);
    assert_int_equal(l.comments.v[0].end, 43);
    assert_int_equal(l.rules.n, 2);
    assert_int_equal(l.rules.v[0].start, 31);
    assert_int_equal(l.rules.v[0].end, 32);
    assert_int_equal(l.rules.v[1].start, 35);
    assert_int_equal(l.rules.v[1].end, 37);
    /* The next text's comments replace these. */
    comment_find(TL_STR("select 1"), &l);
    assert_int_equal(l.comments.n, 0);
    comment_find(TL_NONE, &l);
    assert_int_equal(l.rules.n, 0);
    comment_release(&l);
}

/* Cut anywhere, in memory of exactly the length; and with a NUL in it. */
static void test_cut_anywhere(void **state)
{
    struct comment_list l = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        for (size_t n = 1; n <= strlen(cases[i].text); n++) {
            char *copy = mem_alloc(n);

            memcpy(copy, cases[i].text, n);
            comment_find((struct tl_str){copy, n}, &l);
            check_places(&l, (struct tl_str){copy, n});
            copy[n / 2] = '\0';
            comment_find((struct tl_str){copy, n}, &l);
            check_places(&l, (struct tl_str){copy, n});
            mem_free(copy);
        }
    comment_find(TL_STR("-- squawk-ignore a\0b"), &l);
    assert_int_equal(l.rules.n, 1);
    assert_true(tl_str_is(l.rules.v[0].name, "a"));
    comment_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_cut_anywhere),
    };

    return cmocka_run_group_tests_name("comment", tests, NULL, NULL);
}
