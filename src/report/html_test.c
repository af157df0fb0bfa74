#include "report/html.h"
#include "report/testing.h"

#include "base/mem.h"

typedef void text_fn(struct buf *, struct tl_str);

static void expect(text_fn *write, struct tl_str in, const char *wanted)
{
    struct buf b;

    buf_init(&b, 0);
    write(&b, in);
    assert_string_equal(buf_view(&b).p, wanted);
    buf_release(&b);
}

static void test_text(void **state)
{
    (void)state;
    expect(html_text, TL_STR(""), "");
    expect(html_text, TL_STR("a < b && c > \"d\" '"),
           "a &lt; b &amp;&amp; c &gt; &quot;d&quot; &#39;");
    expect(html_text, TL_STR("</script>"), "&lt;/script&gt;");
    expect(html_text, TL_STR("gr\xC3\xBC\xC3\x9F"), "gr\xC3\xBC\xC3\x9F");
    /* A page on standard output passes a runner that obeys such words. */
    expect(html_text, TL_STR("##[x] ##vso[y]"), "&#35;#[x] &#35;#vso[y]");
}

static void test_hidden(void **state)
{
    (void)state;
    expect(html_text,
           TL_STR("a\xE2\x80\xAE"
                  "b"),
           "a<span class=\"hid\">&lt;U+202E&gt;</span>b");
    expect(html_text, TL_STR("\x1b[0m\xff\n"),
           "<span class=\"hid\">\\x1b</span>[0m"
           "<span class=\"hid\">\\xff</span>"
           "<span class=\"hid\">\\x0a</span>");
    expect(html_text, ((struct tl_str){"\0", 1}),
           "<span class=\"hid\">\\x00</span>");
    expect(html_lines, TL_STR("a\n\tb\r"),
           "a\n\tb<span class=\"hid\">\\x0d</span>");
    /* A character that the text ends in. */
    expect(html_text, TL_STR("\xE2\x80"),
           "<span class=\"hid\">\\xe2</span>"
           "<span class=\"hid\">\\x80</span>");
}

static void clip4(struct buf *b, struct tl_str s)
{
    html_clipped(b, s, 4);
}

static void path(struct buf *b, struct tl_str s)
{
    html_path(b, s.p);
}

static void test_clipped(void **state)
{
    (void)state;
    expect(clip4, TL_STR("abcd"), "abcd");
    expect(clip4, TL_STR("abcde"),
           "abcd<span class=\"cut\">\xE2\x80\xA6</span>");
    expect(clip4, TL_STR("abc\xC3\xBCx"),
           "abc<span class=\"cut\">\xE2\x80\xA6</span>");
    expect(path, TL_STR("a/<b>/c"), "a/<wbr>&lt;b&gt;/<wbr>c");
}

static void test_numbers(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    html_number(&b, 0);
    buf_char(&b, ' ');
    html_number(&b, 1234567);
    buf_char(&b, ' ');
    html_count(&b, 1, "call");
    buf_char(&b, ' ');
    html_percent(&b, 1, 3);
    buf_char(&b, ' ');
    html_percent(&b, 9, 3);
    buf_char(&b, ' ');
    html_percent(&b, -1, 0);
    buf_char(&b, ' ');
    html_ms(&b, 12345);
    assert_string_equal(b.p, "0 1,234,567 1 call 33.33% 100.00% 0.00% 12.3 s");
    buf_release(&b);
}

static void test_markdown(void **state)
{
    (void)state;
    expect(html_markdown,
           TL_STR("# title\n\n## What\n\nOne `a < b`\ntwo **three**.\n\n"
                  "- x\n  more\n- y\n\n```sql\nSELECT '<';\n\n-- z\n```\n\n"
                  "| a | b |\n|---|---|\n| 1 | 2 |\n"),
           "<h4>What</h4>\n<p>One <code>a &lt; b</code> two <b>three</b>."
           "</p>\n<ul><li>x more</li><li>y</li></ul>\n"
           "<pre class=\"code\"><code>SELECT &#39;&lt;&#39;;\n\n-- z\n"
           "</code></pre>\n"
           "<table><tr><th>a </th><th>b </th></tr>\n"
           "<tr><td>1 </td><td>2 </td></tr>\n</table>\n");
    expect(html_markdown, TL_STR("a `b"), "<p>a <code>b</code></p>\n");
    expect(html_markdown, TL_STR("```\nno end"),
           "<pre class=\"code\"><code>no end\n</code></pre>\n");
}

static void excerpt(struct tl_str text, const char *what, unsigned around,
                    const char *wanted)
{
    static struct sample s;
    struct buf b;

    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", text);
    buf_init(&b, 0);
    html_excerpt(&b, s.source_list[id], sample_span(&s, id, what), 2, around);
    assert_string_equal(buf_view(&b).p, wanted);
    buf_release(&b);
    sample_release(&s);
}

static void test_excerpt(void **state)
{
    (void)state;
    excerpt(TL_STR("one\ntwo <b>\nthree\n"), "<b>", 1,
            "<pre class=\"src\"><code>"
            "<span class=\"l near\" data-n=\"1\">one</span>"
            "<span class=\"l\" data-n=\"2\">two <mark>&lt;b&gt;</mark></span>"
            "<span class=\"l near\" data-n=\"3\">three</span>"
            "</code></pre>\n");
    excerpt(TL_STR("x\n  y\n z\n"), "x\n  y\n z", 3,
            "<pre class=\"src\"><code>"
            "<span class=\"l\" data-n=\"1\"><mark>x</mark></span>"
            "<span class=\"l\" data-n=\"2\">  <mark>y</mark></span>"
            "<span class=\"l more\">\xE2\x80\xA6 1 more line</span>"
            "</code></pre>\n");
}

static void test_long_line(void **state)
{
    static char line[100000];
    static struct sample s;
    struct buf b;

    (void)state;
    memset(line, 'x', sizeof(line));
    memcpy(line + 90000, "HERE", 4);
    sample_init(&s);
    uint32_t id =
        sample_source(&s, "a.sql", (struct tl_str){line, sizeof(line)});
    buf_init(&b, 0);
    html_excerpt(&b, s.source_list[id], sample_span(&s, id, "HERE"), 2, 2);
    assert_non_null(strstr(b.p, "<mark>HERE</mark>"));
    assert_true(b.n < 1000);
    buf_release(&b);
    sample_release(&s);
}

/* How often the page has the text. */
static size_t count(const char *page, const char *what)
{
    size_t n = 0;

    for (; (page = strstr(page, what)); page++)
        n++;
    return n;
}

static void test_page(void **state)
{
    static struct sample s;
    static const char *const failures[] = {"x<y>: cannot be read"};

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "</script><script>.sql",
                                TL_STR("SELECT '</script><img src=x>';\n"));
    struct tl_finding *f = sample_finding(
        &s, sample_span(&s, id, "'</script><img src=x>'"), "<img src=x> & co");
    f->help = TL_STR("Do it so:\nSELECT '<i>';");
    s.run.failures = failures;
    s.run.n_failures = 1;
    const char *page = sample_write(&s, &report_html);

    assert_non_null(strstr(page, "default-src 'none'"));
    assert_int_equal(count(page, "'sha256-"), 2);
    assert_int_equal(count(page, "<script"), 1);
    assert_int_equal(count(page, "</script"), 1);
    assert_int_equal(count(page, "<img"), 0);
    assert_non_null(strstr(page, "<h4>&lt;img src=x&gt; &amp; co</h4>"));
    assert_non_null(strstr(page, "<h3>&lt;/<wbr>script&gt;&lt;script&gt;.sql"));
    assert_non_null(strstr(page, "x&lt;y&gt;: cannot be read"));
    assert_non_null(
        strstr(page, "<code class=\"sql\">SELECT &#39;&lt;i&gt;&#39;;</code>"));
    assert_non_null(strstr(page, "<p>Text.</p>"));
    sample_release(&s);
}

static void test_fix(void **state)
{
    static struct sample s;

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("DROP <a>;\n"));
    struct tl_finding *f =
        sample_finding(&s, sample_span(&s, id, "DROP"), "It drops.");
    struct tl_edit edit = {.span = f->span, .text = TL_STR("KEEP")};
    struct tl_fix fix = {TL_STR("keep it"), TL_SAFE, &edit, 0};
    f->fix = &fix;
    const char *page = sample_write(&s, &report_html);

    assert_non_null(strstr(page, "<span class=\"l del\" data-n=\"1\"><del>DROP "
                                 "&lt;a&gt;;</del></span>"
                                 "<span class=\"l ins\"><ins>KEEP &lt;a&gt;;"
                                 "</ins></span>"));
    sample_release(&s);
}

/* The worst are shown whole, wherever they stand. */
static void test_room(void **state)
{
    enum { N = HTML_LISTED_MAX + 10 };
    struct tl_finding note = {.rule = &sample_rule, .severity = TL_NOTE};
    struct tl_finding error = {.rule = &sample_rule, .severity = TL_ERROR};
    struct tl_finding **list = mem_calloc(N, sizeof(*list));
    struct report_run run = {.findings = list, .n_findings = N};
    struct html h = {.run = &run};
    size_t sums[3] = {0};

    (void)state;
    for (size_t i = 0; i < N; i++)
        list[i] = i == N - 1 ? &error : &note;
    buf_init(&h.out, 0);
    html_choose(&h);
    for (size_t i = 0; i < N; i++)
        sums[h.extent[i]]++;
    assert_int_equal(h.extent[N - 1], HTML_FULL);
    assert_int_equal(sums[HTML_FULL], HTML_FULL_MAX);
    assert_int_equal(sums[HTML_ONE_LINE], HTML_LISTED_MAX - HTML_FULL_MAX);
    assert_int_equal(sums[HTML_LEFT_OUT], 10);
    html_release(&h);
    mem_free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),      cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_clipped),   cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_markdown),  cmocka_unit_test(test_excerpt),
        cmocka_unit_test(test_long_line), cmocka_unit_test(test_page),
        cmocka_unit_test(test_fix),       cmocka_unit_test(test_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
