/*
 * syslogtext_test.c - the heads of syslog's lines, and escapes.
 */
#include "input/syslogtext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define OLD(pid) "Nov  2 10:00:00 db1 postgres[" pid "]: "

struct head_case {
    const char *line;
    const char *owner; /* NULL: no head */
    const char *stamp;
    unsigned sequence, chunk;
    const char *body;
};

static void heads(void **state)
{
    static const struct head_case cases[] = {
        {OLD("7") "[5-2] x", "db1 postgres[7]", "", 5, 2, "x"},
        {OLD("7") "[2]  x", "db1 postgres[7]", "", 0, 2, " x"},
        {OLD("7") "x", "db1 postgres[7]", "", 0, 0, "x"},
        {OLD("7") "[5-2]", "db1 postgres[7]", "", 5, 2, ""},
        {OLD("7") "[5-] x", "db1 postgres[7]", "", 0, 0, "[5-] x"},
        {OLD("7") "[x] x", "db1 postgres[7]", "", 0, 0, "[x] x"},
        {"<134>" OLD("7") "x", "db1 postgres[7]", "", 0, 0, "x"},
        {"2026-11-02T10:00:00.5+00:00 db1 pg/main[7]: [1-1] x",
         "db1 pg/main[7]", "2026-11-02T10:00:00.5+00:00 ", 1, 1, "x"},
        {"<13>1 2026-11-02T10:00:00Z db1 postgres 7 - - [3-1] x",
         "db1 postgres 7", "2026-11-02T10:00:00Z ", 3, 1, "x"},
        {"<13>1 2026-11-02T10:00:00Z db1 postgres 7 id "
         "[a b=\"]\\\" \"][c]  [3-1] x",
         "db1 postgres 7", "2026-11-02T10:00:00Z ", 3, 1, "x"},
        {"<13>1 2026-11-02T10:00:00Z db1 postgres 7 - - \xef\xbb\xbfx",
         "db1 postgres 7", "2026-11-02T10:00:00Z ", 0, 0, "x"},
        {"<13>1 2026-11-02T10:00:00Z db1 postgres 7 - [a", NULL, "", 0, 0, ""},
        {"<13>1 2026-11-02T10:00:00Z db1 postgres 7", NULL, "", 0, 0, ""},
        {"<13", NULL, "", 0, 0, ""},
        {"2026-11-02 10:00:00.000 UTC [7] LOG:  x", NULL, "", 0, 0, ""},
        {"2026-11-02T10:00:00Z 2026-11-02 10:00:00.000 UTC [7] LOG:  x", NULL,
         "", 0, 0, ""},
        {"Nov  2 10:00:00 db1 cron: x", NULL, "", 0, 0, ""},
        {"Nov  2 10:00:00", NULL, "", 0, 0, ""},
        {"", NULL, "", 0, 0, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct head_case *c = &cases[i];
        struct syslog_head h;

        if (syslog_head_read(tl_str_c(c->line), &h) != (c->owner != NULL))
            fail_msg("%s", c->line);
        if (!c->owner)
            continue;
        assert_true(tl_str_is(h.owner, c->owner));
        assert_memory_equal(h.stamp.p, c->stamp, h.stamp.n);
        assert_int_equal(h.sequence, c->sequence);
        assert_int_equal(h.chunk, c->chunk);
        assert_string_equal(c->line + h.body, c->body);
    }
}

static void escapes(void **state)
{
    char byte = 0;

    (void)state;
    assert_int_equal(syslog_escape(TL_STR("#011x"), &byte), 4);
    assert_int_equal(byte, '\t');
    assert_int_equal(syslog_escape(TL_STR("#177"), &byte), 4);
    assert_int_equal(byte, 127);
    assert_int_equal(syslog_escape(TL_STR("#000"), &byte), 0);
    assert_int_equal(syslog_escape(TL_STR("#040"), &byte), 0);
    assert_int_equal(syslog_escape(TL_STR("#01"), &byte), 0);
    assert_int_equal(syslog_escape(TL_STR("#> '{a}'"), &byte), 0);
}

/* A text in two lines with another program's between them. */
static void places(void **state)
{
    static const char text[] =
        OLD("7") "a#011b\r\n"
                 "Nov  2 10:00:00 db1 cron[9]: x\n" OLD("7") "[2] c\n" OLD(
                     "7") "[3] #011d#012#011e\n";
    static const char decoded[] = "a\tbc\nd\ne";
    struct tl_str file = {text, sizeof(text) - 1};
    size_t start = strlen(OLD("7"));
    struct text_map map = {
        .base = start, .encoding = TEXT_SYSLOG, .end = file.n - 1};
    struct buf out;

    (void)state;
    buf_init(&out, 0);
    syslog_decode(file, start, file.n - 1, &out);
    assert_string_equal(out.p, decoded);
    for (size_t i = 0; i < out.n; i++)
        if (out.p[i] > ' ')
            assert_int_equal(text[text_map_offset(&map, file, i)], out.p[i]);
    assert_int_equal(text_map_offset(&map, file, 1), start + 1);
    assert_int_equal(text_map_offset(&map, file, out.n), file.n - 1);
    assert_int_equal(text_map_offset(&map, file, 999), file.n - 1);
    /* From the middle of it, as the places of a plan's nodes are counted. */
    map.base = text_map_offset(&map, file, 3);
    assert_int_equal(text[text_map_offset(&map, file, 2)], 'd');
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads),
        cmocka_unit_test(escapes),
        cmocka_unit_test(places),
    };

    return cmocka_run_group_tests_name("syslogtext", tests, NULL, NULL);
}
