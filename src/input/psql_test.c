/*
 * psql_test.c - pg_stat_statements as psql prints it: aligned and expanded,
 * texts of several lines, places, damage.
 */
#include "input/psql.h"

#include "input/testing.h"

static void write_row(struct buf *out, const struct event *e)
{
    buf_str(out, e->sql);
    buf_printf(out, "|%llu|%g|%g\n", (unsigned long long)e->calls, e->ms,
               e->rows);
}

static void look_at_places(struct tl_str file, const struct event *e)
{
    assert_int_equal(e->kind, EVENT_STATISTICS);
    for (size_t i = 0; i < e->sql.n; i++) {
        uint64_t at = text_map_offset(&e->map, file, i);

        assert_true(at >= e->span.start && at <= e->span.end);
        if (e->sql.p[i] != '\n' && file.p[at] != e->sql.p[i])
            fail_msg("byte %zu of %.*s stands at %u", i, TL_FMT(e->sql),
                     (unsigned)at);
    }
}

static const struct seen_how psql = {
    .format = &input_psql, .write = write_row, .look = look_at_places};

static void check(const char *text, size_t errors, const char *want)
{
    assert_ptr_equal(input_sniff(tl_str_c(text)), &input_psql);
    seen_check(&psql, tl_str_c(text), errors, want);
}

/* The same statements, printed by psql 15. */
#define HEAD                                                                   \
    " queryid |     query      | calls | total_exec_time | rows | toplevel \n" \
    "---------+----------------+-------+-----------------+------+----------\n"
#define ROWS                                                                   \
    "       1 | SELECT a,     +|     4 |             2.5 |    4 | t\n"         \
    "         |   b | c       +|       |                 |      | \n"          \
    "         | FROM t         |       |                 |      | \n"          \
    "       2 | SELECT \"\xc3\xa9\" + 1 |     3 |               9 |    0 | "   \
    "t\n"                                                                      \
    "       3 | SELECT 1 +    +|     3 |               9 |    0 | t\n"         \
    "         | 2              |       |                 |      | \n"          \
    "       4 |                |     1 |               1 |    1 | f\n"         \
    "       5 | SELECT  1     +|     1 |               1 |    1 | t\n"         \
    "         |               +|       |                 |      | \n"          \
    "         |  AS \"\xe6\x97\xa5\xe6\x9c\xac\"     |       |               " \
    "  |      | \n"
#define WANT                                                                   \
    "SELECT a,\n  b | c\nFROM t|4|2.5|4\nSELECT \"\xc3\xa9\" + 1|3|9|0\n"      \
    "SELECT 1 +\n2|3|9|0\nSELECT  1\n\n AS "                                   \
    "\"\xe6\x97\xa5\xe6\x9c\xac\"|1|1|1\n"

static void aligned(void **state)
{
    (void)state;
    check(HEAD ROWS "(5 rows)\n\n", 0, WANT);
    /* Behind what psql says of other commands; the statement comes last. */
    check(
        "SET\n"
        " queryid | calls |     query      \n"
        "---------+-------+----------------\n"
        "       1 |     4 | SELECT a,     +\n"
        "         |       |   b | c       +\n"
        "         |       | FROM t\n"
        "       2 |     3 | SELECT \"\xc3\xa9\" + 1\n"
        "       3 |     3 | SELECT 1 +    +\n"
        "         |       | 2\n"
        "(3 rows)\n\n count \n-------\n     3\n(1 row)\n",
        0,
        "SELECT a,\n  b | c\nFROM t|4|-1|-1\nSELECT \"\xc3\xa9\" + 1|3|-1|-1\n"
        "SELECT 1 +\n2|3|-1|-1\n");
}

static void expanded(void **state)
{
    (void)state;
    check("Expanded display is on.\n"
          "-[ RECORD 1 ]---+---------------\n"
          "queryid         | 1\n"
          "query           | SELECT a,     +\n"
          "                |   b | c       +\n"
          "                | FROM t\n"
          "calls           | 4\n"
          "total_exec_time | 2.5\n"
          "rows            | 4\n"
          "-[ RECORD 2 ]---+---------------\r\n"
          "query           | SELECT  1     +\r\n"
          "                |               +\r\n"
          "                |  AS \"\xe6\x97\xa5\xe6\x9c\xac\"\r\n"
          "calls           | 1\r\n"
          "-[ RECORD 3 ]---+---------------\n"
          "query           | \n"
          "calls           | 1\n"
          "-[ RECORD 4 ]---+---------------\n"
          "calls           | 2\n"
          "query           | SELECT a +\n"
          "\n",
          0,
          "SELECT a,\n  b | c\nFROM t|4|2.5|4\n"
          "SELECT  1\n\n AS \"\xe6\x97\xa5\xe6\x9c\xac\"|1|-1|-1\n"
          "SELECT a +|2|-1|-1\n");
}

static void damage_is_told(void **state)
{
    (void)state;
    check(HEAD
          "       1 | SELECT 1       |     4 |\ngarbage\n"
          "       2 | SELECT 2       |  many |             2.5 |    4 | t\n"
          "       3 | SELECT 3       |     3 |             2.5 |    4 | t\n",
          3, "SELECT 3|3|2.5|4\n");
    check("-[ RECORD 1 ]--\nquery | SELECT 1\ncalls | 1\n"
          "-[ RECORD 2 ]--\nquery | SELECT 2\n",
          1, "SELECT 1|1|-1|-1\n");
}

static void other_tables(void **state)
{
    static const char *const texts[] = {
        " a | b \n---+---\n 1 | 2\n(1 row)\n",
        "-[ RECORD 1 ]\na | 1\n",
        " query | calls \n-----+-\n x | 1\n",
        "-\n--\n---\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_null(input_sniff(tl_str_c(texts[i])));
}

static void every_cut(void **state)
{
    static const char record[] = "-[ RECORD 1 ]-\nquery | SELECT "
                                 "\"\xc3\xa9\"+\r\n      | 2\ncalls | 1\n";

    (void)state;
    seen_every_cut(&psql, TL_STR(HEAD ROWS), 5);
    seen_every_cut(&psql, tl_str_c(record), 1);
}

static void every_garbled_byte(void **state)
{
    static const struct seen_how how = {.format = &input_psql};

    (void)state;
    seen_every_garbled(&how, TL_STR(HEAD ROWS),
                       TL_STR("\n\r |+-[0\xff"
                              "\0"),
                       12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aligned),        cmocka_unit_test(expanded),
        cmocka_unit_test(damage_is_told), cmocka_unit_test(other_tables),
        cmocka_unit_test(every_cut),      cmocka_unit_test(every_garbled_byte),
    };

    return cmocka_run_group_tests_name("psql", tests, NULL, NULL);
}
