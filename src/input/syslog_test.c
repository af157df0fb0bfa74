/*
 * syslog_test.c - logs through syslog: chunks, prefixes, places, damage,
 * and agreement with the stderr log on the same records.
 */
#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"
#include "base/xxh.h"
#include "input/backends.h"
#include "input/syslogtext.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define OLD(pid) "Nov  2 10:00:00 db1 postgres[" pid "]: "
#define AT "2026-11-02 10:00:00.000 UTC "

struct seen {
    struct tl_str file;
    size_t events, errors;
    struct buf all; /* "session sql|parameters\n" of each */
    int64_t time_us;
    VEC(uint64_t) hashes;
};

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

static void check_places(struct tl_str file, const struct event *e)
{
    struct text_map map = e->map;

    if (e->sql.n)
        assert_int_equal(text_map_offset(&map, file, 0), e->span.start);
    for (size_t i = 0; i < e->sql.n && i < 2000; i++) {
        uint64_t at = text_map_offset(&map, file, i);

        if (!stands_there(file, at, e->sql.p[i]))
            fail_msg("byte %zu of %.*s stands at %u", i, TL_FMT(e->sql),
                     (unsigned)at);
    }
}

static bool take_event(void *arg, const struct event *e)
{
    struct seen *s = arg;
    struct buf b;

    s->events++;
    s->time_us = e->time_us;
    buf_str(&s->all, e->session);
    buf_char(&s->all, ' ');
    buf_str(&s->all, e->sql);
    buf_char(&s->all, '|');
    buf_str(&s->all, e->parameters);
    buf_char(&s->all, '\n');
    assert_true(e->record_start < e->record_end);
    assert_true(e->span.start <= e->span.end && e->span.end <= s->file.n);
    if (e->kind != EVENT_PLAN && e->map.encoding != TEXT_TABBED)
        check_places(s->file, e);
    buf_init(&b, 0);
    buf_printf(&b, "%d %d %.3f|", (int)e->kind, (int)e->protocol, e->ms);
    buf_str(&b, e->sql);
    buf_str(&b, e->parameters);
    vec_push(&s->hashes, XXH3_64bits(b.p, b.n));
    buf_release(&b);
    return true;
}

static void take_error(void *arg, uint64_t start, uint64_t end, const char *m)
{
    struct seen *s = arg;

    (void)m;
    s->errors++;
    assert_true(start <= end && end <= s->file.n);
}

static void read_with(const struct input_format *f, struct seen *s,
                      struct tl_str text, const char *prefix)
{
    struct input_sink sink = {.event = take_event,
                              .error = take_error,
                              .arg = s,
                              .log_line_prefix = tl_str_c(prefix)};

    memset(s, 0, sizeof(*s));
    s->file = text;
    buf_init(&s->all, 0);
    assert_true(f->read(text, &sink));
}

static void seen_release(struct seen *s)
{
    buf_release(&s->all);
    vec_release(&s->hashes);
}

static void check(const char *log, const char *prefix, size_t errors,
                  const char *want)
{
    struct seen s;

    assert_ptr_equal(input_sniff(tl_str_c(log)), &input_syslog);
    read_with(&input_syslog, &s, tl_str_c(log), prefix);
    buf_char(&s.all, '\0');
    assert_string_equal(s.all.p, want);
    assert_int_equal(s.errors, errors);
    seen_release(&s);
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
    struct seen s;

    read_with(&input_syslog, &s, tl_str_c(log), prefix);
    assert_int_equal(s.events, 1);
    seen_release(&s);
    return s.time_us;
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
    assert_ptr_equal(input_format_find("syslog"), &input_syslog);
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

/* A copy of that size, so that a byte too far is seen. */
static void read_copy(const char *text, size_t n)
{
    char *copy = mem_alloc(n + 1);
    struct seen s;

    memcpy(copy, text, n);
    read_with(&input_syslog, &s, (struct tl_str){copy, n}, "%m [%p] ");
    (void)input_syslog.sniff((struct tl_str){copy, n});
    assert_true(s.events <= 16);
    seen_release(&s);
    mem_free(copy);
}

static void every_cut(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof(sample); n++)
        read_copy(sample, n);
}

static void every_garbled_byte(void **state)
{
    static const char bytes[] = "\n\t#[]- 0\xff";
    char copy[sizeof(sample)];

    (void)state;
    for (size_t at = 0; at < sizeof(sample) - 1; at++)
        for (size_t i = 0; i < sizeof(bytes); i++) {
            memcpy(copy, sample, sizeof(sample));
            copy[at] = bytes[i];
            read_copy(copy, sizeof(sample) - 1);
        }
}

static void huge_messages(void **state)
{
    struct buf log;
    struct seen s;

    (void)state;
    buf_init(&log, 0);
    buf_puts(&log, OLD("7") AT "[7] LOG:  statement: SELECT#012'");
    while (log.n < MESSAGE_MAX + 1024)
        buf_puts(&log, "0123456789012345678901234567890123456789012345678");
    buf_puts(&log, "'\n" OLD("7") AT "[7] LOG:  statement: SELECT 1\n");
    read_with(&input_syslog, &s, buf_view(&log), NULL);
    assert_int_equal(s.errors, 1);
    buf_char(&s.all, '\0');
    assert_string_equal(s.all.p, "db1 postgres[7] SELECT 1|\n");
    seen_release(&s);
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

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static void agree(const char *name, bool split)
{
    struct writer w = {.split = split};
    struct seen seen[2];
    struct file file;
    char path[128];

    snprintf(path, sizeof(path), "testdata/inputs/stderr/%s.log", name);
    assert_true(file_read(&file, path, 0, NULL));
    buf_init(&w.out, 0);
    write_as_syslog(&w, file.text);
    read_with(&input_stderrlog, &seen[0], file.text, NULL);
    read_with(&input_syslog, &seen[1], buf_view(&w.out), NULL);
    for (int k = 0; k < 2; k++) {
        assert_int_equal(seen[k].errors, 0);
        qsort(seen[k].hashes.v, seen[k].hashes.n, sizeof(uint64_t), compare);
    }
    assert_true(seen[0].events > 0);
    assert_int_equal(seen[0].events, seen[1].events);
    assert_memory_equal(seen[0].hashes.v, seen[1].hashes.v,
                        seen[0].hashes.n * sizeof(uint64_t));
    for (int k = 0; k < 2; k++)
        seen_release(&seen[k]);
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
