/*
 * parse_test.c - the boundary to libpg_query: trees, errors, places, depth.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "sql/parse.h"

#include <pthread.h>

static void check_error(const char *sql, const char *message, size_t at,
                        size_t at_end)
{
    struct arena arena;
    struct parse_result r;
    bool more = true;

    arena_init(&arena, 0);
    parse_statement((struct tl_str){sql, strlen(sql)}, &arena, &r, &more);
    if (r.ok || !tl_str_is(r.message, message) || r.at != at ||
        r.at_end != at_end)
        fail_msg("%s: ok %d, %.*s at %zu-%zu", sql, r.ok, TL_FMT(r.message),
                 r.at, r.at_end);
    assert_false(more);
    arena_release(&arena);
}

static void test_errors(void **state)
{
    (void)state;
    check_error("select 1 frm t where", "syntax error at or near \"t\"", 13,
                14);
    check_error("selec 1", "syntax error at or near \"selec\"", 0, 5);
    check_error("select 1 from  -- x\n", "syntax error at end of input", 13,
                13);
    /* Characters before the place take more than one byte. */
    check_error("select 'h\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x98', 1 from from",
                "syntax error at or near \"from\"", 28, 32);
    check_error("select 'x", "unterminated quoted string at or near \"'x\"", 7,
                9);
    check_error("select /* \xc3\xa9 /* \xe2\x82\xac */ */ 1 frm t where",
                "syntax error at or near \"t\"", 32, 33);
    check_error("select 1 /* x /* y */",
                "unterminated /* comment at or near \"/*          \"", 8, 8);
    check_error("", "there is no statement here", 0, 0);
    check_error("/* x */ ;", "there is no statement here", 9, 9);
}

/* Of a text without an end the beginning is told. */
static void test_brief(void **state)
{
    struct arena arena;
    struct parse_result r;
    struct buf sql;

    (void)state;
    arena_init(&arena, 0);
    buf_init(&sql, 0);
    buf_puts(&sql, "select '");
    for (int i = 0; i < 100000; i++)
        buf_puts(&sql, "\xc3\xa9");
    parse_statement(buf_view(&sql), &arena, &r, NULL);
    assert_false(r.ok);
    assert_int_equal(r.at, 7);
    assert_int_equal(r.at_end, sql.n);
    assert_true(r.message.n > 200 && r.message.n < 250);
    assert_memory_equal(r.message.p + r.message.n - 6, "\xc3\xa9...\"", 6);
    buf_release(&sql);
    arena_release(&arena);
}

static void add_signs(struct buf *sql, int n)
{
    buf_clear(sql);
    buf_puts(sql, "select '");
    for (int i = 0; i < 1000; i++)
        buf_puts(sql, "+-");
    buf_puts(sql, "', 1 ");
    for (int i = 0; i < n; i++)
        buf_char(sql, '+');
    buf_puts(sql, " 1");
}

static void test_signs(void **state)
{
    struct arena arena;
    struct parse_result r;
    struct buf sql;

    (void)state;
    arena_init(&arena, 0);
    buf_init(&sql, 0);
    add_signs(&sql, 256);
    parse_statement(buf_view(&sql), &arena, &r, NULL);
    assert_true(r.ok);
    add_signs(&sql, 257);
    parse_statement(buf_view(&sql), &arena, &r, NULL);
    assert_false(r.ok);
    assert_int_equal(r.at, 2013);
    assert_true(tl_str_is(r.message, "too many signs in a row"));
    buf_release(&sql);
    arena_release(&arena);
}

static void test_nul(void **state)
{
    static const char sql[] = "select \0 1";
    struct arena arena;
    struct parse_result r;

    (void)state;
    arena_init(&arena, 0);
    parse_statement((struct tl_str){sql, sizeof(sql) - 1}, &arena, &r, NULL);
    assert_false(r.ok);
    assert_int_equal(r.at, 7);
    assert_int_equal(r.at_end, 8);
    parse_expression((struct tl_str){sql + 7, 2}, &arena, &r);
    assert_false(r.ok);
    assert_int_equal(r.at, 0);
    arena_release(&arena);
}

static void test_statement(void **state)
{
    struct arena arena;
    struct parse_result r;
    bool more = true;

    (void)state;
    arena_init(&arena, 0);
    /* The text is a view: what follows it must not be read. */
    parse_statement((struct tl_str){"select 1 garbage garbage", 8}, &arena, &r,
                    &more);
    assert_true(r.ok);
    assert_false(more);
    assert_int_equal(r.tree.nodes[0].kind, TL_KIND(SELECT_STMT));
    parse_statement(TL_STR("select 1; select 2"), &arena, &r, &more);
    assert_true(r.ok);
    assert_true(more);
    arena_release(&arena);
}

static void test_expression(void **state)
{
    struct arena arena;
    struct parse_result r;

    (void)state;
    arena_init(&arena, 0);
    parse_expression(TL_STR("a = 1"), &arena, &r);
    assert_true(r.ok);
    assert_int_equal(r.tree.nodes[0].kind, TL_KIND(A_EXPR));
    assert_int_equal(r.tree.nodes[0].location, 2);
    assert_int_equal(r.tree.nodes[0].parent, TL_NO_NODE);
    parse_expression(TL_STR("a = "), &arena, &r);
    assert_false(r.ok);
    assert_int_equal(r.at, 3);
    parse_expression(TL_STR("a = = b +"), &arena, &r);
    assert_false(r.ok);
    parse_expression(TL_STR("a from t"), &arena, &r);
    assert_false(r.ok);
    parse_expression(TL_STR("a b"), &arena, &r);
    assert_false(r.ok);
    parse_expression(TL_STR("a, b"), &arena, &r);
    assert_false(r.ok);
    parse_expression(TL_STR("1; select 2"), &arena, &r);
    assert_false(r.ok);
    parse_expression(TL_STR(""), &arena, &r);
    assert_false(r.ok);
    arena_release(&arena);
}

static void test_grammar_version(void **state)
{
    (void)state;
    assert_true(parse_grammar_version() >= 15);
}

static void add_chain(struct buf *sql, int terms)
{
    buf_puts(sql, "select a");
    for (int i = 1; i < terms; i++)
        buf_puts(sql, "||a");
}

struct depth_check {
    bool deep_ok;
    bool too_deep_refused;
    uint32_t count;
};

static void *parse_deep(void *arg)
{
    struct depth_check *check = arg;
    struct arena arena;
    struct parse_result r;
    struct buf sql;

    arena_init(&arena, 0);
    buf_init(&sql, 0);
    add_chain(&sql, 30000);
    parse_statement(buf_view(&sql), &arena, &r, NULL);
    check->deep_ok = r.ok;
    check->count = r.ok ? r.tree.count : 0;
    arena_clear(&arena);
    buf_clear(&sql);
    add_chain(&sql, 100000);
    parse_statement(buf_view(&sql), &arena, &r, NULL);
    check->too_deep_refused = !r.ok && r.at == 0 && r.at_end == 6;
    buf_release(&sql);
    arena_release(&arena);
    parse_thread_end();
    return NULL;
}

/* The deepest tree the bound lets through, on the stack we promise. */
static void test_depth(void **state)
{
    struct depth_check check = {false, false, 0};
    pthread_attr_t attributes;
    pthread_t thread;

    (void)state;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, PARSE_STACK);
    assert_int_equal(pthread_create(&thread, &attributes, parse_deep, &check),
                     0);
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
    assert_true(check.deep_ok);
    assert_true(check.count > 90000);
    assert_true(check.too_deep_refused);
}

/* Damaged text gives an error inside the text, never a crash. */
static void test_damaged(void **state)
{
    static const char *const texts[] = {
        "\xff\xfe",
        "select '\xe2\x82",
        "select \xc3",
        "create table \xf0 (",
        "\x01\x02",
        "select 1 \xe2",
        "$$",
        "/*",
        "\"",
        "select $1$",
        "\\d",
        "select U&'\\zzzz'",
        "select E'\\xff\\u12'",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct arena arena;
        struct parse_result r;
        struct tl_str text = tl_str_c(texts[i]);

        arena_init(&arena, 0);
        parse_statement(text, &arena, &r, NULL);
        if (!r.ok)
            assert_true(r.message.n > 0 && r.at <= r.at_end &&
                        r.at_end <= text.n);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_nul),
        cmocka_unit_test(test_brief),
        cmocka_unit_test(test_signs),
        cmocka_unit_test(test_statement),
        cmocka_unit_test(test_expression),
        cmocka_unit_test(test_grammar_version),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_depth),
    };
    int failed = cmocka_run_group_tests_name("parse", tests, NULL, NULL);

    parse_thread_end();
    return failed;
}
