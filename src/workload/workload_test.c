/*
 * workload_test.c - logs made for one question each: which executions belong
 * together, what is a loop and what only looks like one, and how much may
 * come.
 */
#include "workload/testing.h"

#include "base/buf.h"
#include "sql/parse.h"
#include "workload/gaps.h"

#include <stdio.h>

static size_t count_told(const struct workload *w)
{
    size_t n;
    size_t told = 0;
    const struct tl_loop *loops = workload_loops(w, &n);

    for (size_t i = 0; i < n; i++)
        told += loops[i].confidence != TL_LOW;
    return told;
}

/* ---- logs made for one question each ---- */

struct log {
    struct buf text;
    int64_t now_us; /* of the day */
    const char *session;
    const char *transaction; /* "3/0" is none that is known */
    size_t line;
};

static void log_init(struct log *l)
{
    *l = (struct log){
        .now_us = 36000000000, .session = "6b00.1", .transaction = "3/0"};
    buf_init(&l->text, 0);
}

static void csv_text(struct buf *b, const char *s)
{
    buf_char(b, '"');
    for (; *s; s++) {
        if (*s == '"')
            buf_char(b, '"');
        buf_char(b, *s);
    }
    buf_char(b, '"');
}

static void record(struct log *l, const char *severity, const char *message,
                   const char *detail, const char *query)
{
    int64_t us = l->now_us;

    buf_printf(&l->text,
               "2026-11-20 %02d:%02d:%02d.%03d UTC,\"u\",\"d\",1,\"[local]\","
               "%s,%zu,\"SELECT\",2026-11-20 09:00:00 UTC,%s,0,%s,00000,",
               (int)(us / 3600000000), (int)(us / 60000000 % 60),
               (int)(us / 1000000 % 60), (int)(us / 1000 % 1000), l->session,
               ++l->line, l->transaction, severity);
    csv_text(&l->text, message);
    buf_char(&l->text, ',');
    if (detail)
        csv_text(&l->text, detail);
    buf_puts(&l->text, ",,,,,");
    if (query)
        csv_text(&l->text, query);
    buf_puts(&l->text, ",,,\"web\",\"client backend\",,0\n");
}

/* One execution of half a millisecond, `pause` ms after the last. */
static void ran(struct log *l, int pause, const char *sql,
                const char *parameters)
{
    struct buf b;
    char detail[256];

    buf_init(&b, 0);
    l->now_us += (int64_t)pause * 1000 + 500;
    buf_printf(&b, "duration: 0.500 ms  %s%s",
               parameters ? "execute <unnamed>: " : "statement: ", sql);
    snprintf(detail, sizeof(detail), "parameters: %s",
             parameters ? parameters : "");
    record(l, "LOG", b.p, parameters ? detail : NULL, NULL);
    buf_release(&b);
}

static void ran_key(struct log *l, int pause, const char *sql, int key)
{
    char parameters[64];

    snprintf(parameters, sizeof(parameters), "$1 = '%d'", key);
    ran(l, pause, sql, parameters);
}

static void judge_log(struct log *l, struct run *r)
{
    run_text(r, buf_view(&l->text));
    assert_int_equal(r->errors, 0);
}

static void expect_loops(struct log *l, size_t n)
{
    struct run r;

    judge_log(l, &r);
    assert_int_equal(count_told(r.workload), n);
    run_release(&r);
    buf_release(&l->text);
}

#define LIST "SELECT id, name FROM growers WHERE region = $1"
#define CHILD "SELECT fruit FROM deliveries WHERE grower_id = $1"

static void a_loop_says_everything(void **state)
{
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
    ran_key(&l, 1, LIST, 7);
    for (int i = 0; i < 6; i++)
        ran_key(&l, 1, CHILD, i);
    judge_log(&l, &r);
    const struct tl_loop *loop = workload_loops(r.workload, &n);
    assert_int_equal(n, 1);
    assert_int_equal(loop->n, 6);
    assert_int_equal(loop->distinct, 6);
    assert_int_equal(loop->occurrences, 1);
    assert_int_equal(loop->window, TL_WINDOW_SESSION);
    assert_int_equal(loop->confidence, TL_HIGH);
    assert_true(loop->total_ms > 2.99 && loop->total_ms < 3.01);
    assert_true(loop->parent_linked);
    assert_int_equal(loop->first.span.source, 3);
    assert_int_equal(loop->last.span.source, 3);
    assert_int_equal(loop->parent_at.span.source, 3);
    assert_true(loop->last.start_ms > loop->first.start_ms);
    assert_int_equal(loop->n_runs, 6);
    for (int i = 0; i < 6; i++) {
        /* Half a millisecond each, a millisecond apart; the log's clock has
           whole ones. */
        assert_true(loop->runs[i].ms > 0.49F && loop->runs[i].ms < 0.51F);
        assert_true(loop->runs[i].after_ms >= 1.5F * (float)i - 1.0F);
        assert_true(loop->runs[i].after_ms <= 1.5F * (float)i + 1.0F);
    }
    struct tl_span s = loop->first.span;
    assert_int_equal(s.end - s.start, strlen(CHILD));
    assert_memory_equal(l.text.p + s.start, CHILD, strlen(CHILD));
    assert_true(tl_str_is(loop->application, "web"));
    const struct tl_shape *shapes = workload_shapes(r.workload, &n);
    assert_int_equal(n, 2);
    assert_int_equal(shapes[0].number, 0);
    assert_int_equal(shapes[1].calls, 6);
    assert_ptr_equal(workload_shape(r.workload, shapes[1].hash), &shapes[1]);
    assert_true(workload_has_capture(r.workload));
    run_release(&r);
    buf_release(&l.text);
}

static void values_in_the_text(void **state)
{
    struct log l;
    char sql[128];

    (void)state;
    log_init(&l);
    ran(&l, 1, "SELECT id FROM growers", NULL);
    for (int i = 0; i < 5; i++) {
        snprintf(sql, sizeof(sql),
                 "SELECT fruit\n  FROM deliveries\n WHERE grower_id = %d "
                 "AND note <> '\"it''s\"'",
                 i);
        ran(&l, 1, sql, NULL);
    }
    expect_loops(&l, 1);
}

static void connections_do_not_mix(void **state)
{
    static const char *const sessions[] = {"a.1", "b.2", "c.3", "d.4"};
    struct log l;

    (void)state;
    log_init(&l);
    /* Four connections with four lookups each: sixteen, and no loop. */
    for (int i = 0; i < 5; i++)
        for (size_t s = 0; s < 4; s++) {
            l.session = sessions[s];
            ran_key(&l, 1, i == 0 ? LIST : CHILD, i);
        }
    expect_loops(&l, 0);
}

static void a_trace_joins_connections(void **state)
{
    static const char *const sessions[] = {"a.1", "b.2", "c.3", "d.4"};
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
#define TRACE                                                                  \
    " /*route='%2Fgrowers',traceparent='00-"                                   \
    "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'*/"
    ran_key(&l, 1, LIST TRACE, 1);
    for (int i = 0; i < 8; i++) {
        l.session = sessions[i % 4];
        ran_key(&l, 1, CHILD TRACE, i);
    }
    judge_log(&l, &r);
    const struct tl_loop *loop = workload_loops(r.workload, &n);
    assert_int_equal(n, 1);
    assert_int_equal(loop->n, 8);
    assert_int_equal(loop->window, TL_WINDOW_TRACE);
    assert_true(tl_str_is(loop->tag, "/growers"));
    assert_int_equal(loop->first.span.end - loop->first.span.start,
                     strlen(CHILD));
    run_release(&r);
    buf_release(&l.text);
}

static void a_transaction_holds_together(void **state)
{
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
    ran(&l, 1, "BEGIN", NULL);
    l.transaction = "3/77";
    /* Slower than a connection would be believed. */
    for (int i = 0; i < 5; i++)
        ran_key(&l, 400, "INSERT INTO audit_log (actor) VALUES ($1)", i);
    ran(&l, 1, "COMMIT", NULL);
    judge_log(&l, &r);
    const struct tl_loop *loop = workload_loops(r.workload, &n);
    assert_int_equal(n, 1);
    assert_int_equal(loop->window, TL_WINDOW_TRANSACTION);
    assert_int_equal(loop->confidence, TL_HIGH);
    run_release(&r);
    buf_release(&l.text);
}

static void places_are_told_once_by_the_longest(void **state)
{
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
    for (int page = 0; page < 3; page++) {
        ran_key(&l, 500, LIST, page);
        for (int i = 0; i < 6 + page; i++)
            ran_key(&l, 1, CHILD, i);
    }
    judge_log(&l, &r);
    const struct tl_loop *loop = workload_loops(r.workload, &n);
    assert_int_equal(n, 1);
    assert_int_equal(loop->n, 8);
    assert_int_equal(loop->n_runs, 8);
    assert_int_equal(loop->occurrences, 3);
    run_release(&r);
    buf_release(&l.text);
}

static void only_the_first_executions_are_kept(void **state)
{
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
    ran_key(&l, 1, LIST, 7);
    for (int i = 0; i < TL_LOOP_RUNS + 9; i++)
        ran_key(&l, 1, CHILD, i);
    judge_log(&l, &r);
    const struct tl_loop *loop = workload_loops(r.workload, &n);
    assert_int_equal(n, 1);
    assert_int_equal(loop->n, TL_LOOP_RUNS + 9);
    assert_int_equal(loop->n_runs, TL_LOOP_RUNS);
    run_release(&r);
    buf_release(&l.text);
}

static void pages_without_a_pause(void **state)
{
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
    for (int page = 0; page < 2; page++) {
        ran_key(&l, 1, LIST, page);
        for (int i = 0; i < 6; i++)
            ran_key(&l, 1, CHILD, i);
    }
    judge_log(&l, &r);
    const struct tl_loop *loop = workload_loops(r.workload, &n);
    assert_int_equal(n, 1);
    assert_int_equal(loop->n, 6);
    assert_int_equal(loop->occurrences, 2);
    run_release(&r);
    buf_release(&l.text);
}

static void two_lookups_alternate(void **state)
{
    struct log l;

    (void)state;
    log_init(&l);
    ran_key(&l, 1, "SELECT id, room_id FROM bins WHERE lot = $1", 1);
    for (int i = 0; i < 6; i++) {
        ran_key(&l, 1, "SELECT kg FROM weighings WHERE bin_id = $1", i);
        ran_key(&l, 1, "SELECT name FROM rooms WHERE id = $1", i % 4);
        if (i % 2)
            ran_key(&l, 1, "SELECT kg FROM weighings WHERE bin_id = $1",
                    100 + i);
    }
    expect_loops(&l, 2);
}

static void durations_are_joined(void **state)
{
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
    record(&l, "LOG", "statement: SELECT a FROM t WHERE b = 1", NULL, NULL);
    l.now_us += 2000;
    record(&l, "LOG", "duration: 1.250 ms", NULL, NULL);
    /* Of nothing that was told. */
    record(&l, "LOG", "duration: 9.000 ms", NULL, NULL);
    judge_log(&l, &r);
    const struct tl_shape *s = workload_shapes(r.workload, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s->calls, 1);
    assert_true(s->total_ms > 1.24 && s->total_ms < 1.26);
    run_release(&r);
    buf_release(&l.text);
}

static void errors_count_once(void **state)
{
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
    for (int i = 0; i < 6; i++) {
        record(&l, "LOG", "statement: SELECT a FROM t WHERE b = 1", NULL, NULL);
        record(&l, "ERROR", "canceling statement", NULL,
               "SELECT a FROM t WHERE b = 1");
    }
    judge_log(&l, &r);
    const struct tl_shape *s = workload_shapes(r.workload, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s->calls, 6);
    assert_int_equal(s->errors, 6);
    assert_int_equal(count_told(r.workload), 0);
    run_release(&r);
    buf_release(&l.text);
}

/* ---- what tempts and is no loop ---- */

static void keyset_and_offset(void **state)
{
    struct log l;
    char text[128];

    (void)state;
    log_init(&l);
    ran_key(&l, 1, LIST, 1);
    for (int i = 0; i < 6; i++) {
        snprintf(text, sizeof(text), "$1 = '7', $2 = '%d'", i * 50);
        ran(&l, 1,
            "SELECT fruit FROM deliveries WHERE grower_id = $1 AND id > $2 "
            "ORDER BY id LIMIT 50",
            text);
    }
    for (int i = 0; i < 6; i++) {
        snprintf(text, sizeof(text),
                 "SELECT fruit FROM deliveries WHERE grower_id = 7 ORDER BY "
                 "id LIMIT 50 OFFSET %d",
                 i * 50);
        ran(&l, 1, text, NULL);
    }
    expect_loops(&l, 0);
}

static void batches(void **state)
{
    struct log l;
    char text[128];

    (void)state;
    log_init(&l);
    ran_key(&l, 1, LIST, 1);
    for (int i = 0; i < 6; i++) {
        snprintf(text, sizeof(text), "$1 = '{%d,%d}'", i, i + 1);
        ran(&l, 1, "SELECT fruit FROM deliveries WHERE grower_id = ANY($1)",
            text);
    }
    for (int i = 0; i < 6; i++) {
        snprintf(text, sizeof(text),
                 "INSERT INTO tags (name) VALUES ('a%d'), ('b%d')", i, i);
        ran(&l, 1, text, NULL);
    }
    expect_loops(&l, 0);
}

static void utilities(void **state)
{
    struct log l;

    (void)state;
    log_init(&l);
    for (int i = 0; i < 8; i++) {
        ran(&l, 1, "SELECT 1", NULL);
        ran(&l, 1, "SELECT oid FROM pg_class WHERE relname = 'a'", NULL);
        ran(&l, 1, "COPY deliveries FROM STDIN", NULL);
        ran(&l, 1, "FETCH 100 FROM c", NULL);
        ran(&l, 1, "SET search_path = public", NULL);
    }
    expect_loops(&l, 0);
}

static void polling_and_far_apart(void **state)
{
    struct log l;

    (void)state;
    log_init(&l);
    for (int i = 0; i < 20; i++)
        ran(&l, 200, "SELECT id FROM jobs WHERE state = 'queued'", NULL);
    ran_key(&l, 1, LIST, 1);
    for (int i = 0; i < 8; i++) {
        ran(&l, 900, "BEGIN", NULL);
        ran_key(&l, 1, CHILD, i);
        ran(&l, 1, "COMMIT", NULL);
    }
    expect_loops(&l, 0);
}

static void unrelated_requests(void **state)
{
    struct log l;

    (void)state;
    log_init(&l);
    ran(&l, 1, "SELECT key, value FROM settings ORDER BY key", NULL);
    for (int i = 0; i < 30; i++)
        ran_key(&l, i % 12, "SELECT name FROM growers WHERE id = $1",
                i * 7 % 30);
    expect_loops(&l, 0);
}

static void reads_between_writes(void **state)
{
    struct log l;

    (void)state;
    log_init(&l);
    l.transaction = "3/9";
    for (int i = 0; i < 6; i++) {
        ran(&l, 1, "SELECT kg FROM stock WHERE id = 1", NULL);
        ran(&l, 1, "UPDATE stock SET kg = kg - 1 WHERE id = 1", NULL);
        ran(&l, 1, "SELECT nextval('s') FROM stock WHERE id = 1", NULL);
    }
    expect_loops(&l, 0);
}

/* ---- bounds ---- */

static void many_sessions(void **state)
{
    struct log l;
    char session[32];

    (void)state;
    log_init(&l);
    l.session = session;
    for (int i = 0; i < 12000; i++) {
        snprintf(session, sizeof(session), "%x.%x", i, i);
        ran_key(&l, 0, i % 2 ? CHILD : CHILD TRACE, i);
    }
    struct run r;
    judge_log(&l, &r);
    size_t n;
    const struct tl_shape *s = workload_shapes(r.workload, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s->calls, 12000);
    run_release(&r);
    buf_release(&l.text);
}

static void a_unit_without_end(void **state)
{
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
    ran_key(&l, 0, LIST, 1);
    for (int i = 0; i < 40000; i++)
        ran_key(&l, 0, CHILD, i);
    judge_log(&l, &r);
    const struct tl_loop *loop = workload_loops(r.workload, &n);
    assert_true(n >= 1);
    assert_true(loop->n > 10000);
    run_release(&r);
    buf_release(&l.text);
}

/* Records whose time is damaged have an order all the same. */
static void without_times(void **state)
{
    struct run r;
    struct log l;
    size_t n;

    (void)state;
    log_init(&l);
    ran_key(&l, 1, LIST, 1);
    for (int i = 0; i < 6; i++)
        ran_key(&l, 1, CHILD, i);
    for (size_t i = 0; i < 6; i++) {
        /* All but the last record. */
        char *line = l.text.p;

        for (size_t k = 0; k < i; k++)
            line = strchr(line, '\n') + 1;
        *line = 'x';
    }
    judge_log(&l, &r);
    const struct tl_loop *loop = workload_loops(r.workload, &n);
    assert_int_equal(n, 1);
    assert_int_equal(loop->n, 6);
    assert_true(loop->first.start_ms < 0);
    assert_true(loop->last.start_ms > 0);
    run_release(&r);
    buf_release(&l.text);
}

static void nothing_at_all(void **state)
{
    struct arena arena;
    size_t n;

    (void)state;
    arena_init(&arena, 0);
    struct workload *w = workload_create(&arena, 0);
    struct event empty = {.kind = EVENT_EXECUTE};
    workload_add(w, 0, &empty);
    struct text_map map = {.base = 10, .encoding = TEXT_JSON};
    struct tl_str file = TL_STR("{\"query\":\"SELECT\\na FROM t\"}");
    const struct tl_shape *s =
        workload_query(w, TL_STR("SELECT\na FROM t"), 1, file, map);
    assert_non_null(s);
    assert_int_equal(s->span.start, 10);
    assert_int_equal(s->span.end, 26);
    assert_int_equal(s->calls, 0);
    assert_false(s->from_capture);
    assert_null(workload_query(w, TL_STR("VACUUM"), 1, file, map));
    assert_null(workload_query(w, TL_STR(""), 1, file, map));
    workload_finish(w, (struct tl_schema){NULL, 0});
    workload_loops(w, &n);
    assert_int_equal(n, 0);
    /* Without an end, everything is given back all the same. */
    workload_destroy(w);
    w = workload_create(&arena, 5);
    empty.sql = TL_STR("SELECT a FROM t WHERE b = 1");
    workload_add(w, 0, &empty);
    workload_destroy(w);
    workload_destroy(NULL);
    arena_release(&arena);
}

/* ---- beside loops ---- */

static void pause_between(struct log *l, const char *before, const char *after)
{
    ran(l, 10, "BEGIN", NULL);
    ran(l, 1, before, NULL);
    ran(l, 6000, after, NULL);
    ran(l, 1, "COMMIT", NULL);
}

static void a_pause_in_a_transaction(void **state)
{
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
    for (int i = 0; i < 3; i++)
        pause_between(&l, "UPDATE crates SET packed = true WHERE id = 4",
                      "DELETE FROM orders WHERE crate = 4");
    pause_between(&l, "DELETE FROM orders WHERE crate = 4", "SELECT 1 FROM a");
    judge_log(&l, &r);
    const struct tl_transaction *t = workload_transactions(r.workload, &n);
    assert_int_equal(n, 2);
    assert_int_equal(t[0].n, 3);
    assert_true(t[0].pause_ms > 5999 && t[0].pause_ms < 6001);
    assert_true(t[0].total_ms > 6001 && t[0].total_ms < 6010);
    assert_int_equal(t[0].n_written, 1);
    assert_true(tl_str_is(t[0].written[0].name, "crates"));
    assert_true(tl_str_is(t[0].after->tables[0].name.name, "orders"));
    assert_int_equal(t[0].before_at.source, 3);
    assert_int_equal(t[1].n, 1);
    run_release(&r);
    buf_release(&l.text);
}

/* More pairs of queries than are kept. */
static void many_pauses(void **state)
{
    struct log l;
    struct run r;
    char sql[64];
    size_t n;

    (void)state;
    log_init(&l);
    for (int i = 0; i < 1100; i++) {
        snprintf(sql, sizeof(sql), "UPDATE t SET c%d = 1 WHERE id = 4", i);
        l.now_us = 36000000000;
        pause_between(&l, sql, "SELECT 1 FROM a");
    }
    judge_log(&l, &r);
    workload_transactions(r.workload, &n);
    assert_int_equal(n, 1024);
    run_release(&r);
    buf_release(&l.text);
}

/* Names of requests with ids in them, and more names than are kept. */
static void requests_have_names(void **state)
{
    struct log l;
    struct run r;
    char sql[160];
    size_t n;

    (void)state;
    log_init(&l);
    for (int i = 0; i < 1100; i++)
        for (int k = 0; k < 51; k++) {
            snprintf(sql, sizeof(sql),
                     "SELECT c%d FROM t WHERE a > 1 /*route='/%s%d/%d',"
                     "traceparent='00-%032x-0000000000000001-01'*/",
                     k, i < 9 ? "a/" : "name", i, i, i + 1);
            ran(&l, 0, sql, NULL);
            l.now_us = 36000000000;
        }
    judge_log(&l, &r);
    const struct tl_request *q = workload_requests(r.workload, &n);
    assert_int_equal(n, 1024);
    assert_int_equal(q[0].n + q[1].n, 10);
    assert_int_equal(q[0].statements, 51);
    assert_int_equal(q[0].shapes, 51);
    run_release(&r);
    buf_release(&l.text);
}

static void what_is_not_shown(void **state)
{
    struct log l;
    struct run r;
    size_t n;

    (void)state;
    log_init(&l);
    for (int i = 0; i < 6; i++)
        ran(&l, 1, CHILD, "");
    ran(&l, 1, "SELECT a FROM t WHERE b IN (1, 2, ...", NULL);
    l.now_us -= 60000000;
    ran(&l, 1, "SELECT a FROM t", NULL);
    judge_log(&l, &r);
    const struct tl_gap *g = workload_gaps(r.workload, &n);
    assert_int_equal(n, 2);
    assert_int_equal(g[0].kind, TL_GAP_CUT);
    assert_int_equal(g[1].kind, TL_GAP_CLOCK);
    assert_true(g[1].ms > 59990 && g[1].ms < 60000);
    run_release(&r);
    buf_release(&l.text);
}

static void cut_texts(void **state)
{
    static const char *const cut[] = {"SELECT a, 'b", "SELECT (a",
                                      "UPDATE t...",  "SELECT a /* b",
                                      "SELECT \"a",   "SELECT a\xe2\x80\xa6"};

    (void)state;
    for (size_t i = 0; i < sizeof(cut) / sizeof(cut[0]); i++)
        assert_true(text_is_cut(tl_str_c(cut[i])));
    assert_false(text_is_cut(TL_STR("")));
    assert_false(text_is_cut(TL_STR("SELECT a FROM t WHERE b = ?")));
    assert_false(text_is_cut(TL_STR("SELECT a)))")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_loop_says_everything),
        cmocka_unit_test(values_in_the_text),
        cmocka_unit_test(connections_do_not_mix),
        cmocka_unit_test(a_trace_joins_connections),
        cmocka_unit_test(a_transaction_holds_together),
        cmocka_unit_test(places_are_told_once_by_the_longest),
        cmocka_unit_test(only_the_first_executions_are_kept),
        cmocka_unit_test(pages_without_a_pause),
        cmocka_unit_test(two_lookups_alternate),
        cmocka_unit_test(durations_are_joined),
        cmocka_unit_test(errors_count_once),
        cmocka_unit_test(keyset_and_offset),
        cmocka_unit_test(batches),
        cmocka_unit_test(utilities),
        cmocka_unit_test(polling_and_far_apart),
        cmocka_unit_test(unrelated_requests),
        cmocka_unit_test(reads_between_writes),
        cmocka_unit_test(many_sessions),
        cmocka_unit_test(a_unit_without_end),
        cmocka_unit_test(without_times),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(a_pause_in_a_transaction),
        cmocka_unit_test(many_pauses),
        cmocka_unit_test(requests_have_names),
        cmocka_unit_test(what_is_not_shown),
        cmocka_unit_test(cut_texts),
    };
    int failed = cmocka_run_group_tests_name("workload", tests, NULL, NULL);

    parse_thread_end();
    return failed;
}
