/*
 * uri_test.c - any file name survives as a URI reference.
 */
#include "report/uri.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect(const char *path, const char *wanted)
{
    struct buf b;

    buf_init(&b, 0);
    uri_path(&b, path);
    assert_string_equal(buf_view(&b).p, wanted);
    buf_release(&b);
}

static void relative_paths(void **state)
{
    (void)state;
    expect("a/b.sql", "a/b.sql");
    expect("./a.sql", "a.sql");
    expect(".//a.sql", "a.sql");
    expect("../a.sql", "../a.sql");
    expect("a-b_c~d.sql", "a-b_c~d.sql");
}

static void absolute_paths(void **state)
{
    (void)state;
    expect("/srv/a b.sql", "file:///srv/a%20b.sql");
    expect("//srv/a.sql", "file:///srv/a.sql");
    assert_true(uri_is_absolute("/a"));
    assert_false(uri_is_absolute("a"));
}

static void what_means_something_in_a_uri(void **state)
{
    (void)state;
    expect("a b#c?d%.sql", "a%20b%23c%3Fd%25.sql");
    expect("[x]|\\^`{}\"<>", "%5Bx%5D%7C%5C%5E%60%7B%7D%22%3C%3E");
    expect("\xC3\xA9\xFF\n", "%C3%A9%FF%0A");
}

/* A colon in the first segment would make it a scheme. */
static void colons(void **state)
{
    (void)state;
    expect("db:v1/x:y.sql", "db%3Av1/x:y.sql");
    expect("./c:d.sql", "c%3Ad.sql");
    expect("/a:b", "file:///a:b");
}

static void every_byte_comes_back(void **state)
{
    (void)state;
    for (unsigned c = 1; c < 256; c++) {
        char path[3] = {'x', (char)c, '\0'};
        unsigned long back = 0;
        struct buf b;

        buf_init(&b, 0);
        uri_path(&b, path);
        if (b.n == 4)
            back = strtoul((char[]){b.p[2], b.p[3], '\0'}, NULL, 16);
        else
            back = (unsigned char)b.p[1];
        assert_int_equal(back, c);
        buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relative_paths),
        cmocka_unit_test(absolute_paths),
        cmocka_unit_test(what_means_something_in_a_uri),
        cmocka_unit_test(colons),
        cmocka_unit_test(every_byte_comes_back),
    };

    return cmocka_run_group_tests_name("uri", tests, NULL, NULL);
}
