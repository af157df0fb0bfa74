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
    txn_begin_file(&h.txn, true, catalog_mark(h.catalog));
    assert_true(txn_is_open(&h.txn));

    uint32_t number = h.txn.number;

    history_run(&h, "create table a (x int); create table b (x int)");
    assert_int_equal(h.txn.number, number);
    /* The script ends the tool's transaction: what follows is on its own. */
    history_run(&h, "commit");
    assert_true(h.txn.failed_nesting);
    assert_false(txn_is_open(&h.txn));
    txn_begin_file(&h.txn, false, catalog_mark(h.catalog));
    assert_false(h.txn.failed_nesting);
    assert_true(h.txn.number > number);
    history_release(&h);
}

static void test_time_zone(void **state)
{
    struct history h;

    (void)state;
    history_init(&h, 15);
    assert_false(h.txn.utc);
    history_run(&h, "set time zone 'UTC'");
    assert_true(h.txn.utc);
    history_run(&h, "set lock_timeout = '1s'; reset lock_timeout");
    assert_true(h.txn.utc);
    history_run(&h, "set timezone = 'Europe/Berlin'");
    assert_false(h.txn.utc);
    history_run(&h, "set timezone to 'Etc/UTC'; reset all");
    assert_false(h.txn.utc);
    history_run(&h, "set local timezone = 'UTC'");
    assert_false(h.txn.utc);
    history_run(&h, "begin; set local timezone = 'UTC'");
    assert_true(h.txn.utc);
    history_run(&h, "commit");
    assert_false(h.txn.utc);
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
        cmocka_unit_test(test_time_zone),  cmocka_unit_test(test_hostile),
    };

    return cmocka_run_group_tests_name("txn", tests, NULL, NULL);
}
