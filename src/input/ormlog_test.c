/*
 * ormlog_test.c - the logs of ORMs, and what is none.
 */
#include "base/buf.h"
#include "base/mem.h"
#include "input/marks.h"
#include "input/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct seen {
    struct tl_str file;
    size_t events;
    struct buf all; /* "session sql|parameters|ms\n" of each */
    struct buf places;
    struct buf routes;
    int64_t time_us;
    enum event_kind kind;
    struct tl_span span;
    struct text_map map;
    bool cut;
};

static bool take_event(void *arg, const struct event *e)
{
    struct seen *s = arg;

    s->events++;
    s->kind = e->kind;
    s->time_us = e->time_us;
    s->span = e->span;
    s->map = e->map;
    s->cut = e->parameters_cut;
    assert_true(e->span.start <= e->span.end && e->span.end <= s->file.n);
    assert_true(e->record_start <= e->record_end);
    assert_true(e->record_end <= s->file.n);
    for (size_t i = 0; i <= e->sql.n; i++)
        assert_true(text_map_offset(&e->map, s->file, i) <= s->file.n);
    buf_str(&s->all, e->session);
    buf_char(&s->all, ' ');
    buf_str(&s->all, e->sql);
    buf_char(&s->all, '|');
    buf_str(&s->all, e->parameters.p ? e->parameters : TL_STR("none"));
    buf_printf(&s->all, "|%g\n", e->ms);
    buf_str(&s->routes, e->route);
    buf_char(&s->routes, '|');
    buf_str(&s->routes, e->trace);
    buf_char(&s->routes, '\n');
    buf_str(&s->places, (struct tl_str){s->file.p + e->span.start,
                                        e->span.end - e->span.start});
    buf_char(&s->places, '\n');
    return true;
}

static void take_error(void *arg, uint64_t start, uint64_t end, const char *m)
{
    (void)arg;
    (void)start;
    (void)end;
    fail_msg("%s", m);
}

static void read_text(struct seen *s, struct tl_str text)
{
    struct input_sink sink = {
        .event = take_event, .error = take_error, .arg = s};

    memset(s, 0, sizeof(*s));
    s->file = text;
    buf_init(&s->all, 0);
    buf_init(&s->places, 0);
    buf_init(&s->routes, 0);
    assert_true(input_ormlog.read(text, &sink));
    buf_char(&s->all, '\0');
    buf_char(&s->places, '\0');
    buf_char(&s->routes, '\0');
}

static void done(struct seen *s)
{
    buf_release(&s->all);
    buf_release(&s->places);
    buf_release(&s->routes);
}

static void check(const char *text, const char *want)
{
    struct seen s;

    assert_ptr_equal(input_sniff(tl_str_c(text)), &input_ormlog);
    read_text(&s, tl_str_c(text));
    assert_string_equal(s.all.p, want);
    done(&s);
}

/* ---- Rails ---- */

#define BLUE "\033[1m\033[34m"
#define PLAIN "\033[0m"

static void rails(void **state)
{
    (void)state;
    check("  " BLUE "Cat Load (0.6ms)" PLAIN "  " BLUE
          "SELECT * FROM cats WHERE id = $1 AND a = $2" PLAIN
          "  [[\"id\", 7], [\"a\", nil]]\n"
          "  \342\206\263 app/models/cat.rb:9\n"
          "  " BLUE "CACHE Cat Load (0.0ms)" PLAIN "  " BLUE
          "SELECT * FROM cats WHERE id = $1" PLAIN "  [[\"id\", 7]]\n"
          "  Rendered cats/show.html.erb (1.2ms)\n"
          "   (1.5ms)  SELECT count(*) FROM cats\n"
          "  TRANSACTION (0.1ms)  BEGIN\n",
          " SELECT * FROM cats WHERE id = $1 AND a = $2|$1 = '7', $2 = "
          "NULL|0.6\n"
          " SELECT count(*) FROM cats|none|1.5\n BEGIN|none|0.1\n");
    /* Binds without colours; brackets in the text are none. */
    check("D, [2026-11-20T21:12:42.5 #7] DEBUG -- :   Cat Pluck (2.0ms)  "
          "SELECT a[1],  [1] FROM cats WHERE n = $1  [[\"n\", \"it's ]\"]]\n",
          " SELECT a[1],  [1] FROM cats WHERE n = $1|$1 = 'it''s ]'|2\n");
}

static void rails_requests(void **state)
{
    struct seen s;

    (void)state;
    read_text(&s,
              TL_STR("Started GET \"/cats?page=2\" for ::1 at 2026-11-20\n"
                     "  Cat Load (0.6ms)  SELECT 1\n"
                     "Completed 200 OK in 5ms (ActiveRecord: 0.6ms)\n"
                     "  Cat Load (0.6ms)  SELECT 2\n"
                     "[0d3c4cfa-65b3-4ac2] Started POST \"/dogs\" for ::1\n"
                     "[0d3c4cfa-65b3-4ac2]   Dog Load (0.6ms)  SELECT 3\n"
                     "[ffffffff-65b3-4ac2]   Dog Load (0.6ms)  SELECT 4\n"));
    assert_string_equal(
        s.routes.p, "GET /cats|GET \"/cats?page=2\" for ::1 at 2026-11-20 #8\n"
                    "|\n"
                    "POST /dogs|0d3c4cfa-65b3-4ac2\n"
                    "|ffffffff-65b3-4ac2\n");
    done(&s);
}

/* ---- Python ---- */

static void django(void **state)
{
    (void)state;
    check("(0.002) SELECT a\n  FROM b WHERE c = 'x; y'; args=('x; y',)\n"
          "[20/Nov] \"GET / HTTP/1.1\" 200\n"
          "2026-11-20 10:00:00,5 DEBUG django.db.backends (0.010) BEGIN; "
          "args=None; alias=default\n"
          "(0.001) SELECT cut off\n(0.001) SELECT 2; args=()\n",
          " SELECT a\n  FROM b WHERE c = 'x; y'|none|2\n BEGIN|none|10\n"
          " SELECT 2|none|1\n");
}

#define ENGINE "2026-11-20 21:11:53,310 INFO sqlalchemy.engine.Engine "

static void sqlalchemy(void **state)
{
    static const char text[] =
        ENGINE "BEGIN (implicit)\n" ENGINE "SELECT a \n"
               "FROM b \n"
               "WHERE c = %(long_name)s AND d LIKE "
               "'x%%' AND e = %(e_1)s\n" ENGINE
               "[generated in 0.00018s] {'e_1': None, "
               "'long_name': \"it's\"}\n" ENGINE "ROLLBACK\n";
    struct seen s;

    (void)state;
    check(text, " BEGIN|none|-1\n"
                " SELECT a \nFROM b \nWHERE c = $1 AND d LIKE 'x%' AND e = "
                "$2|$1 = 'it''s', $2 = NULL|-1\n"
                " ROLLBACK|none|-1\n");
    read_text(&s, tl_str_c(text));
    assert_string_equal(s.places.p,
                        "BEGIN\nSELECT a \nFROM b \nWHERE c = %(long_name)s "
                        "AND d LIKE 'x%%' AND e = %(e_1)s\nROLLBACK\n");
    assert_int_equal(s.time_us % 1000000, 310000);
    done(&s);
    /* Positions instead of names; many rows at once. */
    check("INFO:sqlalchemy.engine.Engine:INSERT INTO a VALUES (%s, %s)\n"
          "INFO:sqlalchemy.engine.Engine:[no key 0.1s] (1, 'b')\n"
          "INFO:sqlalchemy.engine.Engine:COMMIT\n",
          " INSERT INTO a VALUES ($1, $2)|$1 = '1', $2 = 'b'|-1\n"
          " COMMIT|none|-1\n");
    read_text(&s, TL_STR(ENGINE "INSERT INTO a VALUES (%(a)s)\n" ENGINE
                                "[cached since 1s ago] [{'a': 1}, {'a': 2}]"));
    assert_true(s.cut);
    done(&s);
}

/* ---- JavaScript ---- */

static void sequelize(void **state)
{
    (void)state;
    check("Executed (default): SELECT ';' AS a; (6ms)\n"
          "Executing (9c0b): UPDATE a SET b = $1; \"x\", null\n"
          "Executing (default): SELECT 1; Elapsed time: 3ms\n"
          "Executing (default): SELECT a\n    FROM b\nnext\n",
          " SELECT ';' AS a|none|6\n"
          "9c0b UPDATE a SET b = $1|$1 = 'x', $2 = NULL|-1\n"
          " SELECT 1|none|3\n"
          " SELECT a\n    FROM b|none|-1\n");
}

static void typeorm(void **state)
{
    struct seen s;

    (void)state;
    check("query: SELECT $1 -- PARAMETERS: [\"a, b\"]\n"
          "query is slow: SELECT $1 -- PARAMETERS: [\"a, b\"]\n"
          "execution time: 1200\n"
          "query failed: SELECT boom\nerror: error: no column\n"
          "    at Object.<anonymous> (a.js:1:1)\n",
          " SELECT $1|$1 = 'a, b'|-1\n |none|1200\n SELECT boom|none|-1\n");
    /* Slow ones alone; the logger that writes a file. */
    check("[2026-11-20T10:00:00.000Z][QUERY]: SELECT $1 -- PARAMETERS: [1]\n"
          "query is slow: SELECT 2\nexecution time: 1200\n",
          " SELECT $1|$1 = '1'|-1\n SELECT 2|none|-1\n |none|1200\n");
    read_text(&s, TL_STR("query failed: SELECT boom"));
    assert_int_equal(s.kind, EVENT_ERROR);
    done(&s);
}

static void other_javascript(void **state)
{
    (void)state;
    check("Query: select $1 -- params: [[1, 2], {\"a\": 1}]\n",
          " select $1|$1 = '[1, 2]', $2 = '{\"a\": 1}'|-1\n");
    check("{\"__knexUid\":\"k1\",\"sql\":\"select \\\"a\\\" = $1\","
          "\"bindings\":[7]}\nnoise\n{\"sql\":\"select 2\"}\n{\"__knexUid\":",
          "k1 select \"a\" = $1|$1 = '7'|-1\n");
    check("\033[34mprisma:query\033[39m SELECT \"a\" FROM \"b\" LIMIT $1\n",
          " SELECT \"a\" FROM \"b\" LIMIT $1|none|-1\n");
    check("{\"timestamp\":\"t\",\"query\":\"SELECT $1\",\"params\":"
          "\"[\\\"x\\\",4]\",\"duration\":2,\"target\":"
          "\"quaint::connector::metrics\"}\n",
          " SELECT $1|$1 = 'x', $2 = '4'|2\n");
}

/* ---- Java ---- */

static void hibernate(void **state)
{
    static const char text[] =
        "Hibernate: \n    select\n        a \n    from\n        b \n    "
        "where\n        c=? and d='?' and e ?? 'k' and f=?\n";
    struct seen s;

    (void)state;
    check(text, " select\n        a \n    from\n        b \n    where\n       "
                " c=$1 and d='?' and e ? 'k' and f=$2|none|-1\n");
    read_text(&s, tl_str_c(text));
    assert_int_equal(text_map_offset(&s.map, s.file,
                                     strlen("select\n        a \n    from\n"
                                            "        b \n    where\n       "
                                            " c=$1 and d='?' and e ? 'k' "
                                            "and ")),
                     strstr(text, "f=?") - text);
    done(&s);
    check("2026-11-20 10:00:00.000 DEBUG 1 --- [main] org.hibernate.SQL : "
          "select a from b where c=? and d=?\n"
          "2026-11-20 10:00:00.001 TRACE 1 --- [main] o.h.orm.jdbc.bind : "
          "binding parameter (1:BIGINT) <- [5]\n"
          "2026-11-20 10:00:00.001 TRACE 1 --- [other] o.h.orm.jdbc.bind : "
          "binding parameter (1:BIGINT) <- [6]\n"
          "2026-11-20 10:00:00.001 TRACE 1 --- [main] o.h.BasicBinder : "
          "binding parameter [2] as [VARCHAR] - [null]\n",
          "main select a from b where c=$1 and d=$2|$1 = '5', $2 = NULL|-1\n");
}

static void p6spy(void **state)
{
    (void)state;
    check("1700000000|12|statement|connection 3|url jdbc:postgresql://h/d|"
          "select a || ? from b|select a || 'x' from b\n"
          "1700000001|0|commit|connection 3|url jdbc:postgresql://h/d||\n",
          "connection 3 select a || 'x' from b|none|12\n"
          "connection 3 commit|none|0\n");
}

/* show_sql and a logger print the same; two threads do not. */
static void hibernate_twice(void **state)
{
    (void)state;
    check("1 [main] org.hibernate.SQL : select a from b where c=?\n"
          "Hibernate: select a from b where c=?\n"
          "1 [main] x : binding parameter (1:BIGINT) <- [5]\n"
          "1 [main] org.hibernate.SQL : select 1\n"
          "1 [exec-2] org.hibernate.SQL : select 1\n",
          "main select a from b where c=$1|$1 = '5'|-1\n"
          "main select 1|none|-1\nexec-2 select 1|none|-1\n");
}

/* ---- what is none ---- */

static void gorm(void **state)
{
    (void)state;
    check("\r\n2026/11/20 10:00:00 /app/main.go:54\n"
          "[1.017ms] [rows:1] SELECT * FROM \"cats\" WHERE id = 'a[1]'\n\n"
          "2026/11/20 10:00:00 /app/main.go:60 SLOW SQL >= 200ms\n"
          "\033[0m\033[31;1m[200.5ms] \033[33m[rows:-]\033[35m SELECT 2"
          "\033[0m\n2026/11/20 10:00:00 [info] /app/main.go:61 hello\n"
          "web_1  | [0.3ms] [rows:3] SELECT a,\n\t\tb\nready\n",
          " SELECT * FROM \"cats\" WHERE id = 'a[1]'|none|1.017\n"
          " SELECT 2|none|200.5\n SELECT a,\n\t\tb|none|0.3\n");
}

#define ECTO "12:00:00.123 request_id=Fx1 [debug] QUERY "

static void ecto(void **state)
{
    (void)state;
    check("12:00:00.000 request_id=Fx1 [info] GET /\n" ECTO
          "OK source=\"cats\" db=1.2ms queue=0.1ms idle=9.5ms\n"
          "SELECT c0.\"id\" FROM \"cats\" AS c0 WHERE (c0.\"id\" = $1) "
          "AND b = ARRAY[1] [5, nil, \"it's\", ~U[2026-11-20 10:00:00Z]]\n"
          "\342\206\263 App.cats/1, at: lib/app.ex:12\n"
          "[info] Sent 200 in 1ms\n"
          "\033[36m" ECTO "ERROR db=0.5ms\nselect\n\n  nope []\n\033[0m\n"
          "[debug] QUERY OK db=2ms\ncommit []\n",
          " SELECT c0.\"id\" FROM \"cats\" AS c0 WHERE (c0.\"id\" = $1) "
          "AND b = ARRAY[1]|$1 = '5', $2 = NULL, $3 = 'it''s', "
          "$4 = '~U[2026-11-20 10:00:00Z]'|1.2\n"
          " select\n\n  nope||0.5\n commit||2\n");
    /* Fifty values are shown; without its list a statement is not whole. */
    check(ECTO "OK db=1.0ms\nSELECT $1, $2 [1, ...]\n" ECTO
               "OK db=1.0ms\nSELECT 1 FROM\n" ECTO "OK db=1.0ms\n"
               "SELECT 3 []\n" ECTO "OK db=1.0ms\nSELECT",
          " SELECT $1, $2|$1 = '1'|1\n SELECT 3||1\n");
}

#define LARAVEL "[2026-11-20 10:00:00] local."

static void laravel(void **state)
{
    (void)state;
    check(LARAVEL "DEBUG: started  \n" LARAVEL
                  "INFO: select * from \"cats\" where \"id\" = ? and "
                  "\"tags\" @> '[1]' limit 1 [7,\"a\"] \n" LARAVEL
                  "DEBUG: select * from \"cats\" where \"id\" in (?, ?) "
                  "{\"bindings\":[7,null],\"time\":0.38} []\n" LARAVEL
                  "INFO: select 3  \n" LARAVEL "INFO: select 4 [] []\n",
          " select * from \"cats\" where \"id\" = $1 and \"tags\" @> '[1]' "
          "limit 1|$1 = '7', $2 = 'a'|-1\n"
          " select * from \"cats\" where \"id\" in ($1, $2)|$1 = '7', "
          "$2 = NULL|0.38\n"
          " select 3|none|-1\n select 4||-1\n");
}

static void strangers(void **state)
{
    static const char *const texts[] = {
        "",
        "\n",
        "SELECT 1;\n-- query: SELECT 2\n",
        "CREATE TABLE query (a int);\n",
        "query: select the best option\n",
        "  query: SELECT 1\n  query: SELECT 2\n  query: SELECT 3\n",
        "Query: what is this?\n",
        "# How to\n```\nExecuting (default): SELECT 1\n```\n",
        "// Executing (default): SELECT 1\n",
        "We saw Hibernate: select it and go.\n",
        "{\"sql\":\"SELECT 1\",\"n\":1}\n",
        "{\"query\":\"SELECT 1\",\"params\":\"[]\"}\n",
        "(0.1) SELECT; args=\n",
        "Started GET \"/a\" for ::1\nCompleted 200 OK\n",
        "? LOG:  statement: SELECT 1\nquery: SELECT 1 -- PARAMETERS: [1]\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (input_ormlog.sniff((struct tl_str){texts[i], strlen(texts[i])}))
            fail_msg("%s", texts[i]);
}

static void marks(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 0);
    marks_decode(TEXT_PYFORMAT, TL_STR("%s%% %(a)s %d %(b %(c)d %"), &out);
    assert_string_equal(out.p, "$1% $2 %d %(b %(c)d %");
    marks_decode(TEXT_QMARK, TL_STR("?=? \"?\" '?''?' /* ? */ -- ?\n?|??"),
                 &out);
    assert_string_equal(out.p, "$1=$2 \"?\" '?''?' /* ? */ -- ?\n$3|?");
    buf_release(&out);
}

#define BOUND                                                                  \
    "1 [main] org.hibernate.SQL : select ?\n    from b\n"                      \
    "1 [main] a : binding parameter (1:A) <- [5]\n"

static void every_cut(void **state)
{
    static const char *const texts[] = {
        "[0d3c4cfa-65b3-4ac2]   " BLUE "C Load (0.6ms)" PLAIN "  " BLUE
        "SELECT 1" PLAIN "  [[\"id\", [7]], [\"a\", 'b\\'']]\n\342\206\263 x",
        "(0.002) SELECT a; args=('x',)\n",
        ENGINE "SELECT %(a)s%%\n" ENGINE "[raw sql] {'a': (1, {2: 3})}\n",
        "Executed (default): SELECT 1; \"a\", 1 (6ms)\nExecuting (x): SELECT",
        "query: SELECT $1 -- PARAMETERS: [[1],{}]\nexecution time: 1\n",
        "{\"__knexUid\":\"k\",\"sql\":\"select \\u0041\",\"bindings\":[[7]]}",
        BOUND,
        "1|2|statement|connection 3|url u|select ?|select 1\n1|2|commit|c|\n",
        "[1.0ms] [rows:1] SELECT 1\n\033[33m[1.0ms] [rows:-]\033[0m SELECT",
        ECTO "OK source=\"a\" db=1.2ms\nSELECT $1 [1, ~U[2], \"a\\\"\", ...]",
        LARAVEL "INFO: select ? {\"bindings\":[7,null],\"time\":0.38} []\n",
        LARAVEL "DEBUG: select ? [1,[\"a\"]] []\n",
        "Started GET \"/a\" for ::1\n  C Load (0.1ms)  SELECT 1  [[1]]\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        for (size_t n = 0; n <= strlen(texts[i]); n++) {
            /* A copy of that size, so that a byte too far is seen. */
            char *copy = mem_alloc(n + 1);
            struct seen s;

            memcpy(copy, texts[i], n);
            (void)input_ormlog.sniff((struct tl_str){copy, n});
            read_text(&s, (struct tl_str){copy, n});
            assert_true(s.events <= 3);
            done(&s);
            mem_free(copy);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rails),
        cmocka_unit_test(rails_requests),
        cmocka_unit_test(django),
        cmocka_unit_test(sqlalchemy),
        cmocka_unit_test(sequelize),
        cmocka_unit_test(typeorm),
        cmocka_unit_test(other_javascript),
        cmocka_unit_test(hibernate),
        cmocka_unit_test(hibernate_twice),
        cmocka_unit_test(p6spy),
        cmocka_unit_test(gorm),
        cmocka_unit_test(ecto),
        cmocka_unit_test(laravel),
        cmocka_unit_test(strangers),
        cmocka_unit_test(marks),
        cmocka_unit_test(every_cut),
    };

    return cmocka_run_group_tests_name("ormlog", tests, NULL, NULL);
}
