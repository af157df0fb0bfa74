/*
 * txn_test.c - blocks, savepoints, wrapped files, nesting that fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "schema/testing.h"

static bool has_table(const struct history *h, const char *name)
{
    struct tl_name n = {TL_NONE, tl_str_c(name)};

    return tl_find_relation(history_now(h), n, NULL) != NULL;
}

static void test_autocommit(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    assert_false(txn_is_open(&h.txn));
    history_run(&h, "create table a (x int)");

    uint32_t first = h.txn.number;

    history_run(&h, "create table b (x int)");
    assert_int_not_equal(h.txn.number, first);
    history_release(&h);
}

static void test_block(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    history_run(&h, "begin");
    assert_true(txn_is_open(&h.txn));

    uint32_t number = h.txn.number;

    history_run(&h, "create table a (x int); create table b (x int)");
    assert_int_equal(h.txn.number, number);
    history_run(&h, "begin");
    assert_true(h.txn.failed_nesting);
    assert_int_equal(h.txn.number, number);
    history_run(&h, "commit");
    assert_false(txn_is_open(&h.txn));
    assert_true(h.txn.number > number);
    assert_true(has_table(&h, "a") && has_table(&h, "b"));
    history_run(&h, "commit");
    assert_true(h.txn.failed_nesting);
    history_release(&h);
}

static void test_rollback(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    history_run(&h, "create table a (x int); begin; drop table a;"
                    "create table b (x int); alter table b add y int");
    assert_true(has_table(&h, "b") && !has_table(&h, "a"));
    history_run(&h, "rollback");
    assert_true(has_table(&h, "a") && !has_table(&h, "b"));
    history_run(&h, "create table c (x int); rollback");
    assert_true(h.txn.failed_nesting);
    assert_true(has_table(&h, "c"));
    history_release(&h);
}

static void test_savepoints(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    history_run(&h, "begin; create table a (x int); savepoint s;"
                    "create table b (x int); savepoint s;"
                    "create table c (x int); rollback to s");
    assert_true(has_table(&h, "b") && !has_table(&h, "c"));
    /* It is still there to go back to. */
    history_run(&h, "create table d (x int); rollback to savepoint s");
    assert_true(has_table(&h, "b") && !has_table(&h, "d"));
    history_run(&h, "release s; rollback to s");
    assert_true(has_table(&h, "a") && !has_table(&h, "b"));
    history_run(&h, "rollback to nowhere");
    assert_true(has_table(&h, "a"));
    history_run(&h, "commit; savepoint s");
    assert_true(h.txn.failed_nesting);
    assert_int_equal(h.txn.savepoints.n, 0);
    history_release(&h);
}

static void test_chain(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    history_run(&h, "begin; create table a (x int); commit and chain;"
                    "create table b (x int)");
    assert_true(txn_is_open(&h.txn));
    history_run(&h, "rollback");
    assert_true(has_table(&h, "a") && !has_table(&h, "b"));
    history_release(&h);
}

static void test_wrapped_file(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    txn_begin_file(&h.txn, TXN_WRAPPED, catalog_mark(h.catalog));
    assert_true(txn_is_open(&h.txn));

    uint32_t number = h.txn.number;

    history_run(&h, "create table a (x int); create table b (x int)");
    assert_int_equal(h.txn.number, number);
    /* The script ends the tool's transaction: what follows is on its own. */
    history_run(&h, "commit");
    assert_true(h.txn.failed_nesting);
    assert_false(txn_is_open(&h.txn));
    txn_begin_file(&h.txn, TXN_BARE, catalog_mark(h.catalog));
    assert_false(h.txn.failed_nesting);
    assert_true(h.txn.number > number);
    history_release(&h);
}

static void test_time_zone(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    assert_false(h.txn.settings.now.utc);
    history_run(&h, "set time zone 'UTC'");
    assert_true(h.txn.settings.now.utc);
    history_run(&h, "set lock_timeout = '1s'; reset lock_timeout");
    assert_true(h.txn.settings.now.utc);
    history_run(&h, "set timezone = 'Europe/Berlin'");
    assert_false(h.txn.settings.now.utc);
    history_run(&h, "set timezone to 'Etc/UTC'; reset all");
    assert_false(h.txn.settings.now.utc);
    history_run(&h, "set local timezone = 'UTC'");
    assert_false(h.txn.settings.now.utc);
    history_run(&h, "begin; set local timezone = 'UTC'");
    assert_true(h.txn.settings.now.utc);
    history_run(&h, "commit");
    assert_false(h.txn.settings.now.utc);
    history_release(&h);
}

static void expect_timeout(struct history *h, const char *sql, int64_t wanted)
{
    history_run(h, sql);
    assert_int_equal(h->txn.settings.now.lock_timeout, wanted);
}

static void test_timeouts(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    expect_timeout(&h, "select 1", SETTING_UNSAID);
    expect_timeout(&h, "set lock_timeout = '2s'", 2000);
    expect_timeout(&h, "set local lock_timeout = '9s'", 2000);
    expect_timeout(&h, "begin; set local lock_timeout = 500", 500);
    expect_timeout(&h, "commit", 2000);
    expect_timeout(&h, "begin; set lock_timeout to '1min'", 60000);
    expect_timeout(&h, "savepoint s; set lock_timeout = 0", 0);
    expect_timeout(&h, "rollback to s", 60000);
    expect_timeout(&h, "rollback", 2000);
    expect_timeout(&h, "select set_config('lock_timeout', '100', false)", 100);
    expect_timeout(&h, "set lock_timeout to default", SETTING_UNSAID);
    expect_timeout(&h, "set lock_timeout = '1s'; discard all", SETTING_UNSAID);
    expect_timeout(&h, "set session lock_timeout = '1 h'", 3600000);
    history_release(&h);
}

static void test_times(void **state)
{
    static const struct {
        const char *text;
        int64_t milliseconds;
    } cases[] = {
        {"5s", 5000},
        {"1500", 1500},
        {" 2 min ", 120000},
        {"1.5s", 1500},
        {"0", 0},
        {"1d", 86400000},
        {"1us", 1},
        {"-1", -1},
        {"5 seconds", -1},
        {"", -1},
        {"s", -1},
        {"99999999999999999999999999999999999999", -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        if (settings_time(tl_str_c(cases[i].text)) != cases[i].milliseconds)
            fail_msg("%s: %lld", cases[i].text,
                     (long long)settings_time(tl_str_c(cases[i].text)));
    assert_int_equal(settings_time(TL_NONE), SETTING_UNSAID);
}

/* A BEGIN inside a script that is sent as one string is no second one. */
static void test_one_string(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    txn_begin_file(&h.txn, TXN_IMPLICIT, catalog_mark(h.catalog));

    uint32_t number = h.txn.number;

    history_run(&h, "create table a (x int); begin; create table b (x int)");
    assert_false(h.txn.failed_nesting);
    assert_int_equal(h.txn.number, number);
    history_run(&h, "rollback; create table c (x int)");
    assert_true(!has_table(&h, "a") && !has_table(&h, "b"));
    assert_true(txn_is_open(&h.txn) && has_table(&h, "c"));
    history_release(&h);
}

/* Nothing that a script repeats may grow without an end or crash. */
static void test_hostile(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    for (int i = 0; i < 500; i++)
        history_run(&h, "rollback to a; release a; commit; rollback; begin;"
                        "begin; savepoint a; savepoint a; release a");
    assert_true(h.txn.savepoints.n <= 2);
    history_release(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_autocommit), cmocka_unit_test(test_block),
        cmocka_unit_test(test_rollback),   cmocka_unit_test(test_savepoints),
        cmocka_unit_test(test_chain),      cmocka_unit_test(test_wrapped_file),
        cmocka_unit_test(test_time_zone),  cmocka_unit_test(test_timeouts),
        cmocka_unit_test(test_times),      cmocka_unit_test(test_one_string),
        cmocka_unit_test(test_hostile),
    };

    return cmocka_run_group_tests_name("txn", tests, NULL, NULL);
}
