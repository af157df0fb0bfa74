#include "lsp/uri.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* `want` NULL: no path. */
static void expect(const char *uri, const char *want)
{
    struct buf path;

    buf_init(&path, 0);
    assert_int_equal(lsp_uri_path(uri, &path), want != NULL);
    if (want)
        assert_string_equal(path.p, want);
    buf_release(&path);
}

static void files_have_paths(void **state)
{
    (void)state;
    expect("file:///a/b.sql", "/a/b.sql");
    expect("file:/a", "/a");
    expect("FILE://localhost/a", "/a");
    expect("file:///a%20b%2Fc%C3%A9", "/a b/c\xC3\xA9");
    expect("file:///a%zz%4", "/a%zz%4");
    expect("file:///a?x#y", "/a");
}

static void others_have_none(void **state)
{
    (void)state;
    expect("untitled:Untitled-1", NULL);
    expect("file://elsewhere/a", NULL);
    expect("file:a", NULL);
    expect("file:///a%00b", NULL);
    expect("", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_have_paths),
        cmocka_unit_test(others_have_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
