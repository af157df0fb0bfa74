#include "lsp/framing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* What comes out of the bytes, fed `step` at a time: "[body]" and "!". */
static void expect(const char *bytes, size_t n, size_t step, const char *want)
{
    struct framing f;
    struct buf got;

    framing_init(&f);
    buf_init(&got, 0);
    buf_puts(&got, "");
    for (size_t at = 0; at < n; at += step) {
        struct tl_str body;
        const char *problem = NULL;
        enum frame frame;

        framing_feed(&f, bytes + at, step < n - at ? step : n - at);
        while ((frame = framing_next(&f, &body, &problem)) != FRAME_MORE) {
            if (frame == FRAME_BODY)
                buf_printf(&got, "[%.*s]", TL_FMT(body));
            else
                buf_printf(&got, "!");
        }
    }
    assert_string_equal(buf_view(&got).p, want);
    buf_release(&got);
    framing_release(&f);
}

static void expect_all_steps(const char *bytes, const char *want)
{
    size_t n = strlen(bytes);

    for (size_t step = 1; step <= n; step++)
        expect(bytes, n, step, want);
}

static void messages_are_cut(void **state)
{
    (void)state;
    expect_all_steps("Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]",
                     "[{}][[1]]");
    expect_all_steps("content-length:2\r\nContent-Type: x; charset=utf8\r\n"
                     "\r\n{}",
                     "[{}]");
    expect_all_steps("Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\n7",
                     "[][7]");
    expect_all_steps("Content-Length: 9\r\n\r\n{}", "");
}

static void bad_headers_are_passed(void **state)
{
    (void)state;
    expect_all_steps("Nonsense\r\n\r\nContent-Length: 2\r\n\r\n{}", "![{}]");
    expect_all_steps("Content-Length: -1\r\n\r\nContent-Length: 2\r\n\r\n{}",
                     "![{}]");
    expect_all_steps("Content-Length: 2x\r\n\r\n", "!");
    expect_all_steps("Content-Length:\r\n\r\n", "!");
    expect_all_steps("\r\n\r\n", "!");
    expect_all_steps("Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "!");
    expect_all_steps("Content-Length: 99999999999999999999\r\n\r\n", "!");
}

static void what_is_too_large_is_skipped(void **state)
{
    static const char good[] = "Content-Length: 2\r\n\r\n{}";
    size_t body = FRAMING_MAX_BODY + 1;
    char *bytes = malloc(body + 100);

    (void)state;
    assert_non_null(bytes);
    int n = snprintf(bytes, 100, "Content-Length: %zu\r\n\r\n", body);
    memset(bytes + n, 'x', body);
    memcpy(bytes + n + body, good, sizeof(good));
    expect(bytes, (size_t)n + body + sizeof(good) - 1, 1 << 16, "![{}]");
    memset(bytes, 'x', 20000);
    memcpy(bytes + 20000, "\r\n\r\n", 4);
    memcpy(bytes + 20004, good, sizeof(good));
    expect(bytes, 20004 + sizeof(good) - 1, 100, "![{}]");
    expect(bytes, 20004 + sizeof(good) - 1, 1, "![{}]");
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_cut),
        cmocka_unit_test(bad_headers_are_passed),
        cmocka_unit_test(what_is_too_large_is_skipped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
