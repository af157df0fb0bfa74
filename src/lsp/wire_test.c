#include "lsp/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static void what_is_no_json_is_nothing(void **state)
{
    static const char *const bad[] = {"",    "{",       "[1,]",       "{} x",
                                      "nul", "\"\\u12", "{\"a\":\"\\"};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_null(wire_parse(tl_str_c(bad[i])));
    /* A NUL ends no message. */
    assert_null(wire_parse(TL_STR("{}\0{}")));
}

static void expect_text(const char *json, const char *want)
{
    cJSON *v = wire_parse(tl_str_c(json));

    assert_non_null(v);
    assert_string_equal(cJSON_GetStringValue(v), want);
    cJSON_Delete(v);
}

static void odd_escapes_are_repaired(void **state)
{
    (void)state;
    expect_text("\"a\\u0000b\"", "a\xEF\xBF\xBD"
                                 "b");
    expect_text("\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80");
    expect_text("\"\\ud83dx\"", "\xEF\xBF\xBDx");
    expect_text("\"\\ude00\"", "\xEF\xBF\xBD");
    expect_text("\"\\ud83d\\ud83d\\ude00\"", "\xEF\xBF\xBD\xF0\x9F\x98\x80");
    /* A backslash that is escaped begins no escape. */
    expect_text("\"\\\\u0000\"", "\\u0000");
}

static void members_are_found(void **state)
{
    cJSON *v = wire_parse(
        TL_STR("{\"a\":{\"b\":\"x\",\"n\":7,\"t\":true},\"l\":[\"p\",3]}"));
    uint64_t n;

    (void)state;
    assert_string_equal(wire_string(v, "a.b"), "x");
    assert_null(wire_string(v, "a.n"));
    assert_null(wire_get(v, "a.b.c"));
    assert_null(wire_get(NULL, "a"));
    assert_true(wire_true(v, "a.t"));
    assert_true(wire_count(v, "a.n", &n));
    assert_int_equal(n, 7);
    assert_false(wire_count(v, "a.b", &n));
    assert_true(wire_has(wire_get(v, "l"), "p"));
    assert_false(wire_has(wire_get(v, "a"), "y"));
    cJSON_Delete(v);
}

static void messages_are_framed(void **state)
{
    cJSON *id = wire_parse(TL_STR("\"x\""));
    char got[200] = "";
    struct wire w;
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    wire_init(&w, ends[1]);
    wire_null(&w, id);
    assert_true(read(ends[0], got, sizeof(got) - 1) > 0);
    assert_string_equal(got,
                        "Content-Length: 40\r\n\r\n"
                        "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":null}");
    close(ends[0]);
    close(ends[1]);
    wire_release(&w);
    cJSON_Delete(id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_json_is_nothing),
        cmocka_unit_test(odd_escapes_are_repaired),
        cmocka_unit_test(members_are_found),
        cmocka_unit_test(messages_are_framed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
