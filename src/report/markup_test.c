/*
 * markup_test.c - what a page would take for markup, and what it may keep.
 */
#include "report/markup.h"
#include "report/testing.h"

static void expect(void (*write)(struct buf *, struct tl_str), const char *text,
                   const char *wanted)
{
    struct buf b;

    buf_init(&b, 0);
    write(&b, tl_str_c(text));
    assert_string_equal(b.p ? b.p : "", wanted);
    buf_release(&b);
}

static void a_page_shows_it_as_it_is(void **state)
{
    (void)state;
    expect(markup_page, "bins row 1.5, 10%", "bins row 1.5, 10%");
    expect(markup_page, "<b>|`a`", "&#60;b&#62;&#124;&#96;a&#96;");
    expect(markup_page, "a_b*", "a&#95;b&#42;");
    expect(markup_page, "@me, @ 1", "&#64;&#8203;me, &#64; 1");
    expect(markup_page, "x#12 #a", "x&#35;&#8203;12 &#35;a");
    expect(markup_page, "www.x.y", "www.&#8203;x.y");
    expect(markup_page, "http://x", "http&#58;&#8203;//x");
    expect(markup_page, "mailto:x", "mailto&#58;&#8203;x");
}

static void a_message_stays_readable(void **state)
{
    (void)state;
    expect(markup_message, "", "");
    expect(markup_message, "a_b < c AND d[1] = (e)", "a_b < c AND d[1] = (e)");
    expect(markup_message, "<b>&lt;<!--", "\\<b>\\&lt;\\<!--");
    expect(markup_message, "![a](b)[c]: [d][e]", "![a]\\(b)[c]\\: [d]\\[e]");
    expect(markup_message, "\\<a", "\\\\\\<a");
    expect(markup_message, "a@b https://x",
           "a@\xE2\x80\x8B"
           "b https:\xE2\x80\x8B//x");
    expect(markup_message, "\x1b\n", "\\x1b\\x0a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_shows_it_as_it_is),
        cmocka_unit_test(a_message_stays_readable),
    };

    return cmocka_run_group_tests_name("markup", tests, NULL, NULL);
}
