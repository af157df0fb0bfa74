/*
 * json_test.c - nesting, escapes and numbers of the JSON writer.
 */
#include "base/json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

static void write_sample(struct json *j)
{
    json_begin_object(j);
    json_key(j, "a");
    json_begin_array(j);
    json_int(j, INT64_MIN);
    json_bool(j, true);
    json_null(j);
    json_begin_object(j);
    json_end_object(j);
    json_end_array(j);
    json_key(j, "b");
    json_cstr(j, NULL);
    json_key(j, "c");
    json_raw(j, TL_STR("{\"x\":1}"));
    json_key(j, "d");
    json_begin_array(j);
    json_end_array(j);
    json_end_object(j);
}

static void nests_compactly(void **state)
{
    struct buf b;
    struct json j;

    (void)state;
    buf_init(&b, 0);
    json_init(&j, &b, false);
    write_sample(&j);
    assert_string_equal(b.p, "{\"a\":[-9223372036854775808,true,null,{}],"
                             "\"b\":null,\"c\":{\"x\":1},\"d\":[]}");
    assert_int_equal(j.depth, 0);
    buf_release(&b);
}

static void nests_prettily(void **state)
{
    struct buf b;
    struct json j;

    (void)state;
    buf_init(&b, 0);
    json_init(&j, &b, true);
    write_sample(&j);
    assert_string_equal(b.p, "{\n  \"a\": [\n    -9223372036854775808,\n"
                             "    true,\n    null,\n    {}\n  ],\n"
                             "  \"b\": null,\n  \"c\": {\"x\":1},\n"
                             "  \"d\": []\n}");
    buf_release(&b);
}

static void check_string(struct tl_str in, const char *out)
{
    struct buf b;
    struct json j;

    buf_init(&b, 0);
    json_init(&j, &b, false);
    json_str(&j, in);
    assert_string_equal(b.p, out);
    buf_release(&b);
}

static void escapes_strings(void **state)
{
    (void)state;
    check_string(TL_NONE, "\"\"");
    check_string(TL_STR("a\"b\\c/"), "\"a\\\"b\\\\c/\"");
    check_string(TL_STR("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"");
    check_string(TL_STR("\0\x01\x1f\x7f"), "\"\\u0000\\u0001\\u001f\\u007f\"");
    check_string(TL_STR("\xC3\xA9\xF0\x9F\x98\x80"),
                 "\"\xC3\xA9\xF0\x9F\x98\x80\"");
    check_string(TL_STR("a\xFFz\xE6\xBC"),
                 "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

/* A log that shows the text obeys none of it, and it reads back the same. */
static void escapes_what_is_obeyed_or_hidden(void **state)
{
    (void)state;
    check_string(TL_STR("\xE2\x80\xAE\xC2\x85\xE2\x80\xA8"),
                 "\"\\u202e\\u0085\\u2028\"");
    check_string(TL_STR("\xF3\xA0\x80\x81"), "\"\\udb40\\udc01\"");
    check_string(TL_STR("#[ ##[x] ###[ ##vso[ ##V"),
                 "\"#[ ##\\u005bx] ###\\u005b ##\\u0076so[ ##\\u0056\"");
}

static void check_double(double d, const char *out)
{
    struct buf b;
    struct json j;

    buf_init(&b, 0);
    json_init(&j, &b, false);
    json_double(&j, d);
    assert_string_equal(b.p, out);
    buf_release(&b);
}

static void doubles_are_short_and_exact(void **state)
{
    (void)state;
    check_double(0, "0");
    check_double(-0.5, "-0.5");
    check_double(0.1, "0.1");
    check_double(0.1 + 0.2, "0.30000000000000004");
    check_double(1e300, "1e+300");
    check_double(5e-324, "4.94065645841247e-324");
    check_double((double)NAN, "null");
    check_double((double)INFINITY, "null");
    check_double(-(double)INFINITY, "null");
}

/* Whatever the bytes, a reader of JSON takes the result. */
static void any_bytes_give_valid_json(void **state)
{
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 2000; round++) {
        char text[24];
        struct buf b;
        struct json j;

        for (size_t i = 0; i < sizeof(text); i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = (char)(seed >> 24);
            if (text[i] == '\0')
                text[i] = '"';
        }
        buf_init(&b, 0);
        json_init(&j, &b, round % 2 != 0);
        json_begin_array(&j);
        json_str(&j, (struct tl_str){text, sizeof(text)});
        json_end_array(&j);
        cJSON *read = cJSON_ParseWithLength(b.p, b.n);
        assert_non_null(read);
        cJSON_Delete(read);
        buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nests_compactly),
        cmocka_unit_test(nests_prettily),
        cmocka_unit_test(escapes_strings),
        cmocka_unit_test(escapes_what_is_obeyed_or_hidden),
        cmocka_unit_test(doubles_are_short_and_exact),
        cmocka_unit_test(any_bytes_give_valid_json),
    };

    return cmocka_run_group_tests_name("base/json", tests, NULL, NULL);
}
