/*
 * xml_test.c - no input writes XML, or what XML forbids.
 */
#include "report/testing.h"
#include "report/xml.h"

static void text_and_attributes(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    xml_text(&b, TL_STR("a<b> & \"c\" ]]>\t\xEF\xBF\xBF"));
    assert_string_equal(b.p, "a&lt;b&gt; &amp; &quot;c&quot; ]]&gt;\\x09"
                             "&lt;U+FFFF&gt;");
    buf_clear(&b);
    xml_attribute(&b, "name", TL_STR("\"><x"));
    xml_number(&b, "n", 7);
    assert_string_equal(b.p, " name=\"&quot;&gt;&lt;x\" n=\"7\"");
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_attributes),
    };

    return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
