/*
 * query_test.c - what a history's last statements changed.
 */
#include "schema/catalog.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "schema/testing.h"

static const char start[] =
    "CREATE TABLE rows (id int); CREATE TABLE bins (id int, CHECK (id > 0));"
    "CREATE TABLE days (d date) PARTITION BY RANGE (d);"
    "CREATE TABLE loose (d date); CREATE INDEX by_id ON bins (id);"
    "CREATE VIEW seen AS SELECT id FROM rows;";

/* The names of what `sql` changed, with spaces between. */
static void changes(const char *sql, const char *expected)
{
    struct history h;
    struct buf names;

    history_init(&h, 15);
    history_run(&h, start);
    uint32_t since = history_now(&h).at + 1;
    history_run(&h, sql);
    buf_init(&names, 0);
    for (const struct tl_relation *r = NULL;
         (r = catalog_next_changed(history_now(&h), r, since));) {
        if (names.n)
            buf_char(&names, ' ');
        buf_str(&names, r->name.name);
    }
    if (!tl_str_is(buf_view(&names), expected))
        fail_msg("%s: %.*s", sql, TL_FMT(buf_view(&names)));
    buf_release(&names);
    history_release(&h);
}

static void test_changes(void **state)
{
    (void)state;
    changes("SELECT 1", "");
    changes("INSERT INTO rows VALUES (1)", "rows"); /* which has some now */
    changes("CREATE TABLE trees (id int)", "trees");
    changes("ALTER TABLE rows ADD COLUMN a int", "rows");
    changes("ALTER TABLE rows ALTER COLUMN id TYPE bigint", "rows");
    changes("ALTER TABLE bins ADD CONSTRAINT c CHECK (id < 9) NOT VALID",
            "bins");
    changes("ALTER TABLE bins RENAME CONSTRAINT bins_id_check TO c", "bins");
    changes("CREATE POLICY p ON rows USING (true)", "rows");
    changes("CREATE OR REPLACE VIEW seen AS SELECT id, 1 AS one FROM rows",
            "rows seen");
    changes("ALTER TABLE rows RENAME TO lines", "lines");
    changes("DROP TABLE loose", "");
}

static void test_indexes_change_their_table(void **state)
{
    (void)state;
    changes("CREATE INDEX second ON rows (id)", "rows second");
    changes("ALTER INDEX by_id RENAME TO third", "bins third");
}

static void test_partitions_change_their_parent(void **state)
{
    (void)state;
    changes("ALTER TABLE days ATTACH PARTITION loose DEFAULT", "days loose");
    changes("CREATE TABLE rest PARTITION OF days DEFAULT", "days rest");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_indexes_change_their_table),
        cmocka_unit_test(test_partitions_change_their_parent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
