/*
 * syslog_test.c - logs through syslog: chunks, prefixes, places, damage,
 * and agreement with the stderr log on the same records.
 */
#include "base/file.h"
#include "input/backends.h"
#include "input/syslogtext.h"
#include "input/testing.h"

#include <stdio.h>

#define OLD(pid) "Nov  2 10:00:00 db1 postgres[" pid "]: "
#define AT "2026-11-02 10:00:00.000 UTC "

/* What a decoded byte stands as in the file. */
static bool stands_there(struct tl_str file, uint64_t at, char byte)
{
    struct tl_str rest = {file.p + at, file.n - at};
    char escaped;

    if (at >= file.n)
        return false;
    if (byte == '\n' && (rest.p[0] == '\n' || rest.p[0] == '\r'))
        return true;
    return syslog_escape(rest, &escaped) ? escaped == byte : rest.p[0] == byte;
}

static void look_at_places(struct tl_str file, const struct event *e)
{
    struct text_map map = e->map;

    if (e->kind == EVENT_PLAN)
        return;
    if (e->sql.n)
        assert_int_equal(text_map_offset(&map, file, 0), e->span.start);
    for (size_t i = 0; i < e->sql.n && i < 2000; i++) {
        uint64_t at = text_map_offset(&map, file, i);

        if (!stands_there(file, at, e->sql.p[i]))
            fail_msg("byte %zu of %.*s stands at %u", i, TL_FMT(e->sql),
                     (unsigned)at);
    }
}

static struct seen_how with(const char *prefix)
{
    return (struct seen_how){.format = &input_syslog,
                             .prefix = prefix,
                             .write = write_session,
                             .look = look_at_places};
}

static void check(const char *log, const char *prefix, size_t errors,
                  const char *want)
{
    struct seen_how how = with(prefix);

    assert_ptr_equal(input_sniff(tl_str_c(log)), &input_syslog);
    seen_check(&how, tl_str_c(log), errors, want);
}

/* ---- messages ---- */

static void chunks(void **state)
{
    (void)state;
    check(OLD("7") "[4-1] " AT "[7] LOG:  duration: 1.000 ms  execute a: "
                   "SELECT $1\n" OLD(
                       "8") "[2-1] " AT "[8] LOG:  statement: SELECT 2,\n"
                            "Nov  2 10:00:00 db1 sshd[7]: [4-2] "
                            "hello\n" OLD(
                                "7") "[4-2] #011#011-- "
                                     "one\n" OLD("8") "[2-2]  3\n" OLD(
                                         "7") "[4-3]"
                                              " " AT "[7] "
                                              "DETAIL: "
                                              " paramet"
                                              "ers: $1 "
                                              "= "
                                              "'x#"
                                              "015"
                                              "\n" OLD("7") "[4-4] #011y'\n",
          NULL, 0,
          "db1 postgres[7] SELECT $1\n\t-- one|$1 = 'x\r\ny'\n"
          "db1 postgres[8] SELECT 2, 3|\n");
    /* An error's statement, and a hint that nobody asked for. */
    check(
        OLD("7") "[4-1] " AT "[7] ERROR:  no such column\n" OLD(
            "7") "[4-2] " AT
                 "[7] HINT:  look\n" OLD("7") "[4-3] #011again\n" OLD(
                     "7") "[4-4] " AT
                          "[7] STATEMENT:  SELECT\n" OLD("7") "[4-5] #011 x\n",
        NULL, 0, "db1 postgres[7] SELECT\n x|\n");
}

static void whole_messages(void **state)
{
    (void)state;
    check(OLD("7") AT "[7] LOG:  duration: 1.000 ms  execute a: SELECT#012"
                      "#011#011$1#012" AT
                      "[7] DETAIL:  parameters: $1 = 'x'#012\n" OLD("7") AT
          "[7] LOG:  statement: SELECT#012 1#012\n",
          NULL, 0,
          "db1 postgres[7] SELECT\n\t$1|$1 = 'x'\n"
          "db1 postgres[7] SELECT\n 1|\n");
    /* Numbered all the same; what one of them lacks is not the next one's. */
    check(OLD("7") "[3] " AT "[7] LOG:  statement: SELECT 1\n" OLD(
              "7") "[9] " AT "[7] LOG:  statement: SELECT 2\n",
          NULL, 0, "db1 postgres[7] SELECT 1|\ndb1 postgres[7] SELECT 2|\n");
    /* A daemon that leaves control bytes alone. */
    check(OLD("7") AT "[7] LOG:  duration: 1.000 ms  execute a: SELECT\n"
                      "\t\t$1\r\n" AT "[7] DETAIL:  parameters: $1 = 'x'\n"
                      "Nov  2 10:00:00 db1 sshd[7]: hello\n\tthere\n",
          NULL, 0, "db1 postgres[7] SELECT\n\t$1|$1 = 'x'\n");
}

static void numbers_off(void **state)
{
    (void)state;
    check(OLD("7") "[1] " AT
                   "[7] LOG:  statement: SELECT\n" OLD("7") "[2] #0111\n" OLD(
                       "7") "[1] " AT
                            "[7] LOG:  statement: SELECT\n" OLD("7") "[2]  2\n",
          NULL, 0, "db1 postgres[7] SELECT\n1|\ndb1 postgres[7] SELECT 2|\n");
}

static void lost_chunks(void **state)
{
    (void)state;
    /* In the middle: without its end the statement is another one. */
    check(OLD("7") "[4-1] " AT "[7] LOG:  statement: DELETE FROM t\n" OLD(
              "7") "[4-3] #011  AND b\n" OLD("7") "[4-4] #011  AND "
                                                  "c\n" OLD("7") "[5-1]"
                                                                 " " AT "[7] "
                                                                 "LOG:  "
                                                                 "statem"
                                                                 "ent: "
                                                                 "COMMIT"
                                                                 "\n",
          NULL, 1, "db1 postgres[7] COMMIT|\n");
    check(OLD("7") "[4-1] " AT "[7] LOG:  execute a: DELETE FROM t\n" OLD(
              "7") "[4-3] " AT
                   "[7] DETAIL:  parameters: $1 = '1'\n" OLD(
                       "7") "[5-1] " AT "[7] LOG:  statement: COMMIT\n",
          NULL, 1, "db1 postgres[7] COMMIT|\n");
    /* The first of the next message: the one before is whole. */
    check(OLD("7") "[4-1] " AT "[7] LOG:  execute a: SELECT 1\n" OLD(
              "7") "[5-2] #011 2\n" OLD("7") "[5-3] " AT
                                             "[7] DETAIL:  parameters: $1 = "
                                             "'1'\n",
          NULL, 0, "db1 postgres[7] SELECT 1|\n");
    check(OLD("7") "[4-1] " AT "[7] LOG:  execute a: SELECT 1\n" OLD(
              "7") "[5-2] " AT "[7] DETAIL:  parameters: $1 = '1'\n",
          NULL, 0, "db1 postgres[7] SELECT 1|\n");
}

static void damaged_lines(void **state)
{
    (void)state;
    check("cut off\n" OLD("7") "[4-1] " AT "[7] LOG:  statement: SELECT 1\n"
                               "\x01garbage\n\n" OLD("7") "[4-2] #011+ 2\n" OLD(
                                   "9") "[1-2] #011 of nothing\n",
          NULL, 2, "db1 postgres[7] SELECT 1\n+ 2|\n");
}

/* ---- prefixes ---- */

static int64_t time_seen(const char *log, const char *prefix)
{
    struct seen_how how = with(prefix);
    struct seen s;

    seen_read(&s, &how, tl_str_c(log));
    assert_int_equal(s.events, 1);
    seen_release(&s);
    return s.last.time_us;
}

#define SECOND INT64_C(1000000)

static void prefixes_and_times(void **state)
{
    static const char iso[] = "2026-11-02T10:00:00.5+00:00 db1 postgres[7]: ";
    int64_t ten = INT64_C(1793613600) * SECOND;
    char log[256];

    (void)state;
    check(OLD("7") "[1-1] LOG:  statement: SELECT 1\n", NULL, 0,
          "db1 postgres[7] SELECT 1|\n");
    check(OLD("7") "[1-1] user=me,db=shop LOG:  statement: SELECT 1\n", NULL, 0,
          "db1 postgres[7] SELECT 1|\n");
    check(OLD("7") "[1-1] ~6b.1f~ LOG:  statement: SELECT 1\n", "~%c~ ", 0,
          "6b.1f SELECT 1|\n");
    check(OLD("7") "[1-1] ~6b.1f~ LOG:  statement: SELECT 1\n", NULL, 1, "");
    assert_true(time_seen(OLD("7") "LOG:  statement: SELECT 1\n", NULL) ==
                EVENT_NO_TIME);
    snprintf(log, sizeof(log), "%sLOG:  statement: SELECT 1\n", iso);
    assert_true(time_seen(log, NULL) == ten + SECOND / 2);
    snprintf(log, sizeof(log), "%s" AT "LOG:  statement: SELECT 1\n", iso);
    assert_true(time_seen(log, "%m ") == ten);
}

static void found_by_its_heads(void **state)
{
    (void)state;
    assert_ptr_equal(
        input_prefixed(TL_STR("Nov  2 10:00:00 db1 pg[7]: ~7~ LOG:  x\n")),
        &input_syslog);
    assert_ptr_equal(input_prefixed(TL_STR("~7~ LOG:  x\n")), &input_stderrlog);
    assert_ptr_equal(input_prefixed(TL_NONE), &input_stderrlog);
    assert_null(input_sniff(TL_STR("Nov  2 10:00:00 db1 app[7]: ERROR:  x\n")));
    /* Under another name what it says tells. */
    check("Nov  2 10:00:00 db1 pg[7]: " AT "[7] LOG:  statement: SELECT 1\n",
          NULL, 0, "db1 pg[7] SELECT 1|\n");
}

/* ---- damage ---- */

static const char sample[] =
    OLD("7") "[4-1] " AT
             "[7] LOG:  duration: 1.000 ms  execute a: SELECT\n" OLD(
                 "8") "[1-1] " AT "[8] LOG:  statement: SELECT#012#0112#012" AT
                      "[8] DETAIL:  x\n" OLD("7") "[4-2] #011$1#015\n" OLD(
                          "7") "[4-3] " AT "[7] DETAIL:  parameters: $1 = 'x'\n"
                               "<13>1 2026-11-02T10:00:00Z db1 postgres 9 - [a "
                               "b=\"c\"] " AT "[9] ERROR:  no#012" AT
                               "[9] STATEMENT:  SELECT x\n\ty\n";

static void every_cut(void **state)
{
    struct seen_how how = with("%m [%p] ");

    (void)state;
    seen_every_cut(&how, tl_str_c(sample), 16);
}

static void every_garbled_byte(void **state)
{
    struct seen_how how = with("%m [%p] ");

    (void)state;
    seen_every_garbled(&how, tl_str_c(sample),
                       TL_STR("\n\t#[]- 0\xff"
                              "\0"),
                       16);
}

static void huge_messages(void **state)
{
    struct seen_how how = with(NULL);
    struct buf log;

    (void)state;
    buf_init(&log, 0);
    buf_puts(&log, OLD("7") AT "[7] LOG:  statement: SELECT#012'");
    while (log.n < MESSAGE_MAX + 1024)
        buf_puts(&log, "0123456789012345678901234567890123456789012345678");
    buf_puts(&log, "'\n" OLD("7") AT "[7] LOG:  statement: SELECT 1\n");
    seen_check(&how, buf_view(&log), 1, "db1 postgres[7] SELECT 1|\n");
    buf_release(&log);
}

/* ---- the same records through stderr ---- */

/* How the server and the daemon write what a stderr log says. */
struct writer {
    struct buf out;
    char pid[16];
    unsigned sequence, chunk;
    bool split;
};

#define CHUNK_BYTES 200

static void write_chunk(struct writer *w, struct tl_str text)
{
    if (w->split) {
        buf_printf(&w->out, "\nNov  2 10:00:00 db1 postgres[%s]: [%u-%u] ",
                   w->pid, w->sequence, ++w->chunk);
    } else if (++w->chunk == 1) {
        buf_printf(&w->out, "\nNov  2 10:00:00 db1 postgres[%s]: ", w->pid);
    }
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < 32)
            buf_printf(&w->out, "#%03o", (unsigned)text.p[i]);
        else
            buf_char(&w->out, text.p[i]);
}

static void write_line(struct writer *w, const struct prefix *p,
                       struct tl_str line)
{
    struct prefix_values v;
    struct tl_str severity;
    size_t behind;
    bool begins =
        prefix_match(p, line, &v, &severity, &behind) && !log_is_part(severity);

    if (begins) {
        snprintf(w->pid, sizeof(w->pid), "%.*s", TL_FMT(v.pid));
        w->sequence++;
        w->chunk = 0;
    } else if (!w->split) {
        buf_puts(&w->out, "#012");
    }
    while (w->split && line.n > CHUNK_BYTES) {
        size_t n = CHUNK_BYTES;

        /* The server cuts before a blank, and a tab would be a new line's. */
        while (n > 1 && line.p[n] == '\t')
            n--;
        write_chunk(w, (struct tl_str){line.p, n});
        line = (struct tl_str){line.p + n, line.n - n};
    }
    write_chunk(w, line);
}

static void write_as_syslog(struct writer *w, struct tl_str log)
{
    struct prefix p;

    assert_true(prefix_detect(&p, log));
    for (size_t at = 0; at < log.n;) {
        const char *newline = memchr(log.p + at, '\n', log.n - at);
        size_t end = newline ? (size_t)(newline - log.p) : log.n;

        write_line(w, &p, (struct tl_str){log.p + at, end - at});
        at = end + 1;
    }
    buf_char(&w->out, '\n');
}

static void agree(const char *name, bool split)
{
    static const struct seen_how plain = {.format = &input_stderrlog};
    struct seen_how how = with(NULL);
    struct writer w = {.split = split};
    struct file file;
    char path[128];

    snprintf(path, sizeof(path), "testdata/inputs/stderr/%s.log", name);
    assert_true(file_read(&file, path, 0, NULL));
    buf_init(&w.out, 0);
    write_as_syslog(&w, file.text);
    seen_agree(&plain, file.text, &how, buf_view(&w.out));
    buf_release(&w.out);
    file_release(&file);
}

static void agrees_with_stderr(void **state)
{
    static const char *const names[] = {
        "duration0",           "duration0_sqlcommenter",
        "verbose_truncparams", "auto_explain_json_plus_duration",
        "cursor_prepare",      "debian",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        agree(names[i], true);
        agree(names[i], false);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chunks),
        cmocka_unit_test(whole_messages),
        cmocka_unit_test(numbers_off),
        cmocka_unit_test(lost_chunks),
        cmocka_unit_test(damaged_lines),
        cmocka_unit_test(prefixes_and_times),
        cmocka_unit_test(found_by_its_heads),
        cmocka_unit_test(every_cut),
        cmocka_unit_test(every_garbled_byte),
        cmocka_unit_test(huge_messages),
        cmocka_unit_test(agrees_with_stderr),
    };

    return cmocka_run_group_tests_name("syslog", tests, NULL, NULL);
}
