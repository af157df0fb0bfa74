/*
 * tags_test.c - comments behind queries: what they say, and the query without
 * them.
 */
#include "workload/tags.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct sample {
    const char *text, *sql, *trace, *route, *controller;
};

static const struct sample samples[] = {
    {"SELECT 1", "SELECT 1", "", "", ""},
    {" SELECT 1 ; ", "SELECT 1", "", "", ""},
    {"SELECT 1 /*route='%2Fa',traceparent='00-"
     "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'*/",
     "SELECT 1", "0af7651916cd43dd8448eb211c80319c", "%2Fa", ""},
    {"SELECT 1 /*application:web,controller:bins,action:show,"
     "line:/app/a.rb:60:in `y'*/;",
     "SELECT 1", "", "show", "bins"},
    {"/* request_id='r-1' */ SELECT 1", "SELECT 1", "r-1", "", ""},
    {"SELECT 1 /*trace_id=abc,request_id=def*/", "SELECT 1", "abc", "", ""},
    {"SELECT 1 /*action='it\\'s',route='x'*/", "SELECT 1", "", "x", ""},
    /* Nobody's tags. */
    {"SELECT 1 /* why */", "SELECT 1", "", "", ""},
    {"SELECT 1 /**/", "SELECT 1", "", "", ""},
    {"SELECT 1 /* a /* b */ c */", "SELECT 1 /* a /* b */ c */", "", "", ""},
    {"SELECT '*/'", "SELECT '*/'", "", "", ""},
    {"SELECT 1 */", "SELECT 1 */", "", "", ""},
    {"/*", "/*", "", "", ""},
    {"*/", "*/", "", "", ""},
    {"/*/", "/*/", "", "", ""},
    {"", "", "", "", ""},
    {"SELECT 1 /*traceparent='00-short'*/", "SELECT 1", "", "", ""},
    {"SELECT 1 /*route='no end*/", "SELECT 1", "", "no end", ""},
    {"SELECT 1 /*route='ends in \\*/", "SELECT 1", "", "ends in \\", ""},
    {"SELECT 1 /*=,:,route*/", "SELECT 1", "", "", ""},
};

static void reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        const struct sample *s = &samples[i];
        struct query_tags tags;
        struct tl_str sql = tags_read(tl_str_c(s->text), &tags);

        if (!tl_str_is(sql, s->sql) || !tl_str_is(tags.trace, s->trace) ||
            !tl_str_is(tags.route, s->route) ||
            !tl_str_is(tags.controller, s->controller))
            fail_msg("%s: %.*s|%.*s|%.*s|%.*s", s->text, TL_FMT(sql),
                     TL_FMT(tags.trace), TL_FMT(tags.route),
                     TL_FMT(tags.controller));
    }
}

static void decodes(void **state)
{
    char buf[12];

    (void)state;
    assert_int_equal(tags_decode(TL_STR("GET%20%2Fa"), buf, sizeof(buf)), 6);
    assert_memory_equal(buf, "GET /a", 6);
    assert_int_equal(tags_decode(TL_STR("%2"), buf, sizeof(buf)), 2);
    assert_int_equal(tags_decode(TL_STR("%zz"), buf, sizeof(buf)), 3);
    assert_int_equal(
        tags_decode(TL_STR("a name that is too long"), buf, sizeof(buf)),
        sizeof(buf));
    assert_int_equal(tags_decode(TL_NONE, buf, sizeof(buf)), 0);
}

/* Every cut of a tagged text stays inside of it. */
static void cuts(void **state)
{
    static const char text[] =
        "/*a='b'*/ SELECT '/*' /*route='%2F\\'',traceparent='00-0af7651916cd"
        "43dd8448eb211c80319c-b7ad6b7169203331-01'*/ ;";

    (void)state;
    for (size_t from = 0; from < sizeof(text); from++)
        for (size_t n = 0; from + n < sizeof(text); n++) {
            struct query_tags tags;
            struct tl_str s = tags_read((struct tl_str){text + from, n}, &tags);

            assert_true(s.n <= n);
            assert_true(!s.n ||
                        (s.p >= text + from && s.p + s.n <= text + from + n));
            assert_true(tags.trace.n <= n && tags.route.n <= n);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),
        cmocka_unit_test(decodes),
        cmocka_unit_test(cuts),
    };

    return cmocka_run_group_tests_name("tags", tests, NULL, NULL);
}
