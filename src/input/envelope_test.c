/*
 * envelope_test.c - logs as collectors keep them: JSON around each line, heads
 * before it; pieces, places, damage, and agreement with the stderr log inside.
 */
#include "base/file.h"
#include "input/linehead.h"
#include "input/testing.h"

#include <stdio.h>

#define AT "2026-11-20 10:00:00.000 UTC "
#define ISO "2026-11-20T10:00:00.000000001Z"
#define DOCKER(text)                                                           \
    "{\"log\":\"" text "\",\"stream\":\"stderr\",\"time\":\"" ISO "\"}\n"
#define CLOUD(text)                                                            \
    "{\"insertId\":\"s=1\",\"resource\":{\"labels\":{\"log\":\"x\"}},"         \
    "\"textPayload\":\"" text "\",\"timestamp\":\"" ISO "\"}"

/* What a decoded byte stands as in the file. */
static bool stands_there(struct tl_str file, uint64_t at, char byte)
{
    if (at >= file.n)
        return false;
    if (file.p[at] == '\\' || byte == '\n')
        return true;
    return file.p[at] == byte;
}

static void look_at_places(struct tl_str file, const struct event *e)
{
    if (e->kind == EVENT_PLAN || !e->sql.n)
        return;
    assert_int_equal(text_map_offset(&e->map, file, 0), e->span.start);
    for (size_t i = 0; i < e->sql.n && i < 600; i++) {
        uint64_t at = text_map_offset(&e->map, file, i);

        if (!stands_there(file, at, e->sql.p[i]))
            fail_msg("byte %zu of %.*s stands at %u", i, TL_FMT(e->sql),
                     (unsigned)at);
    }
}

static const struct seen_how json = {
    .format = &input_envelope, .write = write_session, .look = look_at_places};
static const struct seen_how headed = {
    .format = &input_headed, .write = write_session, .look = look_at_places};
static const struct seen_how plain = {.format = &input_stderrlog};

static void check(const struct seen_how *how, const char *text, size_t errors,
                  const char *want)
{
    assert_ptr_equal(input_sniff(tl_str_c(text)), how->format);
    seen_check(how, tl_str_c(text), errors, want);
}

/* ---- JSON ---- */

static void a_line_each(void **state)
{
    (void)state;
    check(&json,
          DOCKER(AT "[7] LOG:  duration: 1.000 ms  execute a: SELECT\\n")
              DOCKER("\\t\\t\\\"a\\\", '\\u00e9'\\n") DOCKER("\\t\\n")
                  DOCKER("\\tFROM t\\r\\n")
                      DOCKER(AT "[7] DETAIL:  parameters: $1 = 'x'\\n")
                          DOCKER(AT "[8] LOG:  statement: SELECT 2\\n")
                              DOCKER(AT "[7] LOG:  statement: SELECT 3\\n"),
          0,
          "7 SELECT\n\t\"a\", '\xc3\xa9'\n\nFROM t|$1 = 'x'\n"
          "7 SELECT 3|\n8 SELECT 2|\n");
}

/* Docker cuts lines of more than 16 KiB. */
static void pieces_of_a_line(void **state)
{
    struct buf log;
    struct buf want;
    struct buf value;

    (void)state;
    buf_init(&log, 0);
    buf_init(&want, 0);
    buf_init(&value, 0);
    for (int i = 0; i < 1600; i++)
        buf_puts(&value, "0123456789");
    buf_printf(&log,
               "{\"log\":\"" AT "[7] LOG:  statement: SELECT '%s\"}\n"
               "{\"log\":\"\\t%s\"}\n{\"log\":\"' AS a,\\n\"}\n"
               "{\"log\":\"\\tb\\n\"}\n",
               value.p, value.p);
    buf_printf(&want, "7 SELECT '%s\t%s' AS a,\nb|\n", value.p, value.p);
    check(&json, log.p, 0, want.p);
    buf_release(&log);
    buf_release(&want);
    buf_release(&value);
}

#define OLD "[7]: [1-1] db=d,user=u LOG:  statement: "
#define RDS "2026-11-20 10:00:00 UTC:[local]:u@d:[7]:LOG:  statement: "

static void lists_and_replies(void **state)
{
    static const char *const logs[] = {
        ("[" CLOUD(AT OLD "SELECT 1") ", " CLOUD(AT OLD "SELECT") "," CLOUD(
            "\\t 2") "]"),
        /* Before the time stood in it, and a line break within an entry. */
        CLOUD(OLD "SELECT 1") "\n" CLOUD(OLD "SELECT\\n\\t 2") "\n",
        ("{\n    \"events\": [\n        {\n            \"timestamp\": 1,\n"
         "            \"message\": \"" RDS "SELECT 1\"\n        },\n"
         "        {\n            \"message\": \"" RDS "SELECT\\n\\t 2\\n\",\n"
         "            \"ingestionTime\": 2\n        }\n    ],\n"
         "    \"nextForwardToken\": \"f/3\"\n}\n"),
        ("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\","
         "\"message\":\"" RDS "SELECT 1\"},{\"id\":\"2\",\"message\":"
         "\"" RDS "SELECT\\n\\t 2\"}]}\n"),
    };

    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++)
        check(&json, logs[i], 0, "7 SELECT 1|\n7 SELECT\n 2|\n");
}

/* What a statement goes on with would be another one's. */
static void newest_first(void **state)
{
#define LATE                                                                   \
    "{\"textPayload\":\"" AT "[7] LOG:  statement: SELECT 2\","                \
    "\"timestamp\":\"2026-11-20T10:00:01.5Z\"}\n"
    (void)state;
    check(&json, LATE CLOUD(AT "[7] LOG:  statement: DELETE FROM t") "\n", 1,
          "");
    check(&json, CLOUD(AT "[7] LOG:  statement: SELECT 1") "\n" LATE, 0,
          "7 SELECT 1|\n7 SELECT 2|\n");
}

#define RECORD                                                                 \
    "{\"log_time\":\"" AT "\",\"user_name\":\"u\",\"process_id\":\"7\","       \
    "\"session_id\":\"6b.7\",\"virtual_transaction_id\":\"3/4\","              \
    "\"error_severity\":\"LOG\",\"message\":\"duration: 2.000 ms  execute a:"  \
    " SELECT \\\"b\\\"\",\"detail\":\"parameters: $1 = 'x'\","                 \
    "\"query\":null,\"application_name\":\"web\"}"

/* CloudNativePG's, Supabase's: what is no line needs no prefix. */
static void records(void **state)
{
    static const struct seen_how jsonlog = {.format = &input_jsonlog,
                                            .write = write_session,
                                            .look = look_at_places};
    static const char want[] = "6b.7 SELECT \"b\"|$1 = 'x'\n";

    (void)state;
    check(&jsonlog,
          "{\"level\":\"info\",\"ts\":\"" ISO "\",\"msg\":\"starting\"}\n"
          "{\"level\":\"info\",\"ts\":\"" ISO "\",\"logger\":\"postgres\","
          "\"msg\":\"record\",\"logging_pod\":\"a-1\",\"record\":" RECORD "}\n",
          0, want);
    check(&jsonlog,
          ISO " stdout F {\"logger\":\"postgres\",\"record\":" RECORD "}\n"
              "[pod/a-1/postgres] {\"msg\":\"record\",\"record\":" RECORD "}\n",
          0, "6b.7 SELECT \"b\"|$1 = 'x'\n6b.7 SELECT \"b\"|$1 = 'x'\n");
    check(&json,
          "[{\"event_message\":\"duration: 2.000 ms  execute a: SELECT "
          "\\\"b\\\"\",\"metadata\":[{\"host\":\"db\",\"parsed\":[{"
          "\"error_severity\":\"LOG\",\"detail\":\"parameters: $1 = 'x'\","
          "\"session_id\":\"6b.7\",\"query\":null}]}],\"timestamp\":1}]",
          0, want);
    check(&json,
          "{\"result\":[\n{\"event_message\":\"no such column\",\"metadata\":{"
          "\"parsed\":{\"error_severity\":\"ERROR\",\"session_id\":\"6b.7\","
          "\"query\":\"SELECT c\"}},\"timestamp\":\"2026\"}\n]}",
          0, "6b.7 SELECT c|\n");
    /* The same side by side, and through another collector. */
    check(&json,
          "[\n  {\n    \"event_message\": \"statement: SELECT 1\",\n"
          "    \"log_attributes\": {\n"
          "      \"parsed.error_severity\": \"LOG\",\n"
          "      \"parsed.session_id\": \"6b.7\"\n    }\n  },\n"
          "  {\n    \"event_message\": \"statement: SELECT 2\",\n"
          "    \"parsed.error_severity\": \"LOG\",\n"
          "    \"parsed.session_id\": \"6b.8\"\n  }\n]\n",
          0, "6b.7 SELECT 1|\n6b.8 SELECT 2|\n");
    check(&json,
          "[{\"jsonPayload\":{\"logger\":\"postgres\",\"record\":" RECORD
          "},\"timestamp\":\"" ISO "\"}]",
          0, want);
}

static void damage_is_told(void **state)
{
#define GOOD DOCKER(AT "[7] LOG:  statement: SELECT 1\\n")
    static const char *const bad[] = {
        "{\"log\":\"2026\n",
        "{\"log\":\"x\",\"stream\":\n",
        "{\"log\" 1}\n",
        "{\"log\":\"x\",}\n",
        "{\"a\":[1,{\"b\":2]}\n",
        "garbage\n",
        "dbc\"}\n",
        "\xff\xfe\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct buf log;

        buf_init(&log, 0);
        buf_printf(&log, "%s%s%s", GOOD GOOD, bad[i],
                   DOCKER("\\tAND more\\n") GOOD);
        struct seen s;
        seen_read(&s, &json, buf_view(&log));
        /* What it may have been the end of is dropped. */
        if (s.events != 2 || s.errors != 1)
            fail_msg("%s: %zu events, %zu errors", bad[i], s.events, s.errors);
        seen_release(&s);
        buf_release(&log);
    }
    check(&json, GOOD "{\"log\":\"" AT "[7] LOG:  statement: SEL", 1, "");
}

static void every_cut(void **state)
{
    static const char *const logs[] = {
        DOCKER(AT "[7] LOG:  duration: 1.000 ms  execute a: SELECT\\n")
            DOCKER("\\t\\u00e9\\ud83d\\ude00\\\\\\n")
                DOCKER(AT "[7] DETAIL:  parameters: $1 = 'x'\\n"),
        "{\"events\":[{\"message\":\"" AT "[7] LOG:  statement: SELECT\\n\"},"
        "{\"message\":\"\\t 2\"}],\"n\":[1.5e3,true,null]}",
        ("[{\"event_message\":\"statement: SELECT\\n1\",\"metadata\":[{"
         "\"parsed\":[{\"error_severity\":\"LOG\"}]}]}]"),
    };
    static const struct seen_how how = {.format = &input_envelope,
                                        .prefix = "%m [%p] "};

    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++)
        seen_every_cut(&how, tl_str_c(logs[i]), 2);
}

static void every_garbled_byte(void **state)
{
    static const char log[] =
        DOCKER(AT "[7] LOG:  statement: SELECT\\n") DOCKER("\\t1\\n");
    static const struct seen_how how = {.format = &input_envelope,
                                        .prefix = "%m [%p] "};

    (void)state;
    seen_every_garbled(&how, tl_str_c(log),
                       TL_STR("\n\"\\{}[]:,tn0\xff"
                              "\0"),
                       2);
}

/* ---- heads ---- */

static void heads(void **state)
{
    static const struct {
        const char *line;
        const char *body; /* NULL: none */
        bool partial;
    } cases[] = {
        {ISO " stderr F LOG", "LOG", false},
        {ISO " stdout P LOG", "LOG", true},
        {ISO " LOG", "LOG", false},
        {"2026-11-20T10:00:00+02:00 stderr F \tx", "\tx", false},
        {"db-1  | " AT, AT, false},
        {"db-1  | " ISO " x", "x", false},
        {"db-1  |", "", false},
        {"[pod/a-1/postgres] x", "x", false},
        {"[pod/a-1/postgres", NULL, false},
        {"2026-11-20T10:00:00 x", NULL, false},
        {"2026-11-20T10:00:00.1Z", NULL, false},
        {AT "[7] LOG:  x", NULL, false},
        {" | x", NULL, false},
        {"\tx", NULL, false},
        {"", NULL, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct tl_str line = tl_str_c(cases[i].line);
        struct line_head head;
        bool is = line_head_read(line, &head);

        if (is != (cases[i].body != NULL) || head.partial != cases[i].partial)
            fail_msg("%s", cases[i].line);
        if (is)
            assert_string_equal(cases[i].line + head.body, cases[i].body);
    }
}

#define CRI(flag, text) ISO " stderr " flag " " text "\n"

static void headed_lines(void **state)
{
    (void)state;
    check(&headed,
          CRI("F", AT "[7] LOG:  duration: 1.000 ms  execute a: SELECT")
              CRI("P", "\t\t'abc") CRI("F", "\tdef',\r") CRI("F", "\t2")
                  CRI("F", AT "[7] DETAIL:  parameters: $1 = 'x'")
                      CRI("F", AT "[8] LOG:  statement: SELECT 2"),
          0, "7 SELECT\n\t'abc\tdef',\r\n2|$1 = 'x'\n8 SELECT 2|\n");
    /* An export of CloudWatch's has one before the first line alone. */
    check(&headed,
          "2026-11-20T10:00:00.000Z " AT "[7] LOG:  statement: SELECT\n\t1\n"
          "2026-11-20T10:00:00.000Z " AT "[7] LOG:  statement: SELECT 2\n",
          0, "7 SELECT\n1|\n7 SELECT 2|\n");
    check(&headed,
          "db-1   | " AT "[7] LOG:  statement: SELECT\ndb-1   | \t1\n"
          "web-1  | GET /\ndb-1   | " AT "[7] LOG:  statement: SELECT 2\n",
          0, "7 SELECT\n1\nGET /|\n7 SELECT 2|\n");
}

static void every_cut_of_heads(void **state)
{
    static const char log[] = CRI("F", AT "[7] LOG:  statement: SELECT")
        CRI("P", "\t1") CRI("F", ",\r") CRI("F", "\t2");
    static const struct seen_how how = {.format = &input_headed,
                                        .prefix = "%m [%p] "};

    (void)state;
    seen_every_cut(&how, tl_str_c(log), 1);
}

/* ---- the same records through stderr ---- */

enum form { FORM_DOCKER, FORM_LIST, FORM_EVENTS, FORM_HEADED, FORMS };

static void write_json(struct buf *out, struct tl_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c == '\t')
            buf_puts(out, "\\t");
        else if (c < 32 || c == '<')
            buf_printf(out, "\\u%04x", c);
        else
            buf_char(out, (char)c);
    }
}

static void write_line(struct buf *out, enum form form, struct tl_str line)
{
    bool goes_on = line.n && line.p[0] == '\t';

    switch (form) {
    case FORM_DOCKER:
        buf_puts(out, "{\"log\":\"");
        write_json(out, line);
        buf_puts(out, "\\n\",\"stream\":\"stderr\",\"time\":\"" ISO "\"}\n");
        return;
    case FORM_LIST:
        buf_printf(out, "%s{\n  \"textPayload\": \"", out->n ? ",\n" : "[");
        write_json(out, line);
        buf_puts(out, "\",\n  \"resource\": {\n    \"type\": \"x\"\n  }\n}");
        return;
    case FORM_EVENTS:
        buf_puts(out, goes_on  ? "\\n"
                      : out->n ? "\"},{\"message\":\""
                               : "{\"events\":[{\"message\":\"");
        write_json(out, line);
        return;
    default:
        buf_puts(out, ISO " stderr F ");
        buf_str(out, line);
        buf_char(out, '\n');
        return;
    }
}

static void write_log(struct buf *out, enum form form, struct tl_str log)
{
    for (size_t at = 0; at < log.n;) {
        const char *newline = memchr(log.p + at, '\n', log.n - at);
        size_t end = newline ? (size_t)(newline - log.p) : log.n;

        write_line(out, form, (struct tl_str){log.p + at, end - at});
        at = end + 1;
    }
    if (form == FORM_LIST)
        buf_puts(out, "\n]\n");
    if (form == FORM_EVENTS)
        buf_puts(out, "\"}]}");
}

static void agrees_with_stderr(void **state)
{
    static const char *const names[] = {
        "duration0",
        "duration0_sqlcommenter",
        "verbose_truncparams",
        "auto_explain_json_plus_duration",
        "cursor_prepare",
        "debian",
        "azure",
        "cloudsql",
        "heroku",
        "rds",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[128];
        struct file file;

        snprintf(path, sizeof(path), "testdata/inputs/stderr/%s.log", names[i]);
        assert_true(file_read(&file, path, 0, NULL));
        for (int form = 0; form < FORMS; form++) {
            const struct seen_how *how = form == FORM_HEADED ? &headed : &json;
            struct buf log;

            buf_init(&log, 0);
            write_log(&log, (enum form)form, file.text);
            struct tl_str head = {log.p, log.n < 65536 ? log.n : 65536};
            assert_ptr_equal(input_sniff(head), how->format);
            seen_agree(&plain, file.text, how, buf_view(&log));
            buf_release(&log);
        }
        file_release(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_each),
        cmocka_unit_test(pieces_of_a_line),
        cmocka_unit_test(lists_and_replies),
        cmocka_unit_test(newest_first),
        cmocka_unit_test(records),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(every_cut),
        cmocka_unit_test(every_garbled_byte),
        cmocka_unit_test(heads),
        cmocka_unit_test(headed_lines),
        cmocka_unit_test(every_cut_of_heads),
        cmocka_unit_test(agrees_with_stderr),
    };

    return cmocka_run_group_tests_name("envelope", tests, NULL, NULL);
}
