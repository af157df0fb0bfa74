/*
 * layout_test.c - sections, transactions, directions and the order of files.
 */
#include "input/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <unistd.h>

/*
 * One word a section: "up" or "down", then "+" in a transaction, "-" in none,
 * "?" not known, "b" as one string; its text follows in brackets.
 */
static void check(const char *path, struct tl_str text, const char *tool,
                  const char *expected)
{
    struct layout l = {0};
    char got[1024];
    size_t n = 0;

    got[0] = '\0';
    layout_read(path, text, NULL, &l);
    for (size_t i = 0; i < l.sections.n; i++) {
        const struct layout_section *s = &l.sections.v[i];

        assert_true(s->start <= s->end && s->end <= text.n);
        const char *batch = s->batch ? "b" : "";

        n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%c%s[%.*s]",
                              s->down ? "down" : "up", "-+?"[s->wrapped], batch,
                              (int)(s->end - s->start),
                              text.n ? text.p + s->start : "");
        assert_true(n < sizeof(got));
    }
    if (strcmp(got, expected) != 0 || strcmp(l.tool ? l.tool : "", tool) != 0)
        fail_msg("%s: %.*s\ngives    %s %s\nexpected %s %s", path, TL_FMT(text),
                 l.tool ? l.tool : "", got, tool, expected);
    assert_true(l.reason || !l.marker);
    layout_release(&l);
}

static void test_markers(void **state)
{
    static const struct {
        const char *text, *tool, *expected;
    } cases[] = {
        {"select 1;", "", "up?[select 1;]"},
        {"-- +goose Up\na;\n-- +goose Down\nb;\n", "goose",
         "up+[a;\n]down+[b;\n]"},
        {"-- +goose NO TRANSACTION\n-- +goose Up\na;\n-- +goose Down\nb;",
         "goose", "up-[a;\n]down-[b;]"},
        {"-- +goose Up\r\na;\r\n--+GOOSE  down\r\nb;", "goose",
         "up+[a;\r\n]down+[b;]"},
        {"-- +goose Up\n-- +goose StatementBegin\na\n"
         "-- +goose StatementEnd\nb;\n-- +goose Down\nc",
         "goose", "up+[]up+[a\n]up+[b;\n]down+[c]"},
        {"-- +goose Up\na;\n-- +goose Down", "goose", "up+[a;\n]down+[]"},
        {"-- a note\n\n-- +goose Up\na;", "goose", "up+[a;]"},
        {"-- migrate:up\na;\n-- migrate:down\nb;", "dbmate",
         "up+b[a;\n]down+b[b;]"},
        {"-- migrate:up transaction:false\na;\n-- migrate:down\nb;", "dbmate",
         "up-b[a;\n]down+b[b;]"},
        {"-- migrate:upwards\na;", "", "up?[-- migrate:upwards\na;]"},
        {"-- +migrate Up\na;\n-- +migrate Down\nb;", "sql-migrate",
         "up+[a;\n]down+[b;]"},
        {"-- +migrate Up notransaction\n-- +migrate StatementBegin\na;\n"
         "-- +migrate StatementEnd\n-- +migrate Down notransaction\nb;",
         "sql-migrate", "up-[]up-[a;\n]up-[]down-[b;]"},
        {"-- no-transaction\na;", "sqlx", "up-b[-- no-transaction\na;]"},
        {"a;\n-- no-transaction\nb;", "", "up?[a;\n-- no-transaction\nb;]"},
        {"-- x\n\n-- atlas:txmode none\n\na;", "atlas",
         "up-[-- x\n\n-- atlas:txmode none\n\na;]"},
        {"-- postgres-migrations disable-transaction\na;",
         "postgres-migrations",
         "up-b[-- postgres-migrations disable-transaction\na;]"},
        {"--liquibase formatted sql\n--changeset me:1\na;\n"
         "--changeset me:2 runInTransaction:false\nb;",
         "liquibase", "up+[a;\n]up-[b;]"},
        {"-- changeset of ours\na;", "", "up?[-- changeset of ours\na;]"},
        {"a;--> statement-breakpoint\nb;", "drizzle",
         "up+[a;--> statement-breakpoint\nb;]"},
        {"-- Up Migration\na;\n-- Down Migration\nb;", "node-pg-migrate",
         "up?[a;\n]down?[b;]"},
        {"a;\n-- Down Migration\nb;", "node-pg-migrate", "up?[a;\n]down?[b;]"},
        {"-- a note\n-- Down Migration\nb;", "node-pg-migrate", "down?[b;]"},
        {"a;\n-- +goose Down\nb;", "goose", "down+[b;]"},
        {"select '-- +goose Up';", "", "up?[select '-- +goose Up';]"},
        {"", "", "up?[]"},
        {"--", "", "up?[--]"},
        {"\xEF\xBB\xBF-- +goose Up\na;", "goose", "up+[a;]"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check("db/1_a.sql", tl_str_c(cases[i].text), cases[i].tool,
              cases[i].expected);
}

/* What stands in front of the first marker, where no tool runs that. */
static void check_head(const char *text, const char *up_marker, size_t end)
{
    struct layout l = {0};

    layout_read("db/1_a.sql", tl_str_c(text), NULL, &l);
    assert_string_equal(l.up_marker ? l.up_marker : "", up_marker);
    assert_int_equal(l.head_end, end);
    layout_release(&l);
}

static void test_head(void **state)
{
    (void)state;
    check_head("a;\n-- +goose Up\nb;", "-- +goose Up", 3);
    check_head("a;\n-- +goose NO TRANSACTION\n-- +goose Down\nb;",
               "-- +goose Up", 28);
    check_head("a;\n-- +goose StatementBegin\n-- +goose Up\nb;", "-- +goose Up",
               28);
    check_head("-- migrate:down\nb;", "-- migrate:up", 0);
    check_head("a;\n-- Up Migration\nb;", "", 3);
    check_head("--liquibase formatted sql\na;\n--changeset me:1\nb;",
               "--changeset author:id", 29);
    check_head("a;\n--changeset me:1\nb;", "", 0);
    check_head("a;", "", 0);
}

static void test_tools_by_path(void **state)
{
    (void)state;
    check("m/20240101_a/up.sql", TL_STR("a;"), "diesel", "up+b[a;]");
    check("m/20240101_a/down.sql", TL_STR("a;"), "diesel", "down+b[a;]");
    check("up.sql", TL_STR("a;"), "", "up?[a;]");
    check("prisma/migrations/1_a/migration.sql", TL_STR("a;"), "prisma",
          "up?b[a;]");
    check("m/000001_a.up.sql", TL_STR("a;"), "golang-migrate", "up?b[a;]");
    check("m/000001_a.down.sql", TL_STR("a;"), "golang-migrate", "down?b[a;]");
    check("m/V1__a.sql", TL_STR("a;"), "flyway", "up+[a;]");
    check("m/V1.2__a.sql", TL_STR("a concurrently"), "flyway",
          "up?[a concurrently]");
    check("m/U1__a.sql", TL_STR("a;"), "flyway", "down+[a;]");
    check("m/Vehicles__a.sql", TL_STR("a;"), "", "up?[a;]");
    check("supabase/migrations/1_a.sql", TL_STR("a;"), "supabase", "up?b[a;]");
    check("m/1_a.mysql.up.sql", TL_STR("a;"), "pop", "up+b[a;]");
    check("m/1_a.autocommit.up.sql", TL_STR("a;"), "pop", "up-b[a;]");
    check("m/1_a.postgres.autocommit.down.sql", TL_STR("a;"), "pop",
          "down-b[a;]");
    check("m/mysql.up.sql", TL_STR("a;"), "golang-migrate", "up?b[a;]");
    check("m/1_a.autocommit.sql", TL_STR("a;"), "", "up-[a;]");
    check("db/structure.sql", TL_STR("a;"), "", "up?[a;]");
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void test_diesel_metadata(void **state)
{
    static const struct {
        const char *toml, *expected;
    } cases[] = {
        {"run_in_transaction = false\n", "up-b[a;]"},
        {"# x\n  run_in_transaction=false # y", "up-b[a;]"},
        {"run_in_transaction = true\n", "up+b[a;]"},
        {"# run_in_transaction = false\n", "up+b[a;]"},
        {"run_in_transaction = true # not false\n", "up+b[a;]"},
        {"not_run_in_transaction = false\n", "up+b[a;]"},
        {"", "up+b[a;]"},
    };
    char dir[] = "/tmp/layout_test.XXXXXX";
    char up[64];
    char meta[64];

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(up, sizeof(up), "%s/up.sql", dir);
    snprintf(meta, sizeof(meta), "%s/metadata.toml", dir);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        write_file(meta, cases[i].toml);
        check(up, TL_STR("a;"), "diesel", cases[i].expected);
    }
    assert_int_equal(unlink(meta), 0);
    assert_int_equal(rmdir(dir), 0);
}

/* One name in a folder tells of them all, and is looked for once. */
static void test_pop_folder(void **state)
{
    struct layout_folder folder = {0};
    struct layout l = {0};
    char dir[] = "/tmp/layout_test.XXXXXX";
    char plain[64];
    char cockroach[64];

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(plain, sizeof(plain), "%s/1_a.up.sql", dir);
    snprintf(cockroach, sizeof(cockroach), "%s/2_b.cockroach.up.sql", dir);
    layout_read(plain, TL_STR("a;"), &folder, &l);
    assert_string_equal(l.tool, "golang-migrate");
    write_file(cockroach, "");
    layout_read(plain, TL_STR("a;"), &folder, &l);
    assert_string_equal(l.tool, "golang-migrate");
    folder.path = NULL;
    layout_read(plain, TL_STR("a;"), &folder, &l);
    assert_string_equal(l.tool, "pop");
    assert_int_equal(l.sections.v[0].wrapped, TL_YES);
    layout_read("9_x.up.sql", TL_STR("a;"), &folder, &l);
    assert_string_equal(l.tool, "golang-migrate");
    layout_release(&l);
    assert_int_equal(unlink(cockroach), 0);
    assert_int_equal(rmdir(dir), 0);
}

/* In the order in which they are applied; each pair is compared. */
static const char *const ordered[][10] = {
    {"m/1_a.sql", "m/2_b.sql", "m/10_c.sql", "m/010_d.sql", "m/11.sql"},
    {"m/1_a.up.sql", "m/1_a.down.sql", "m/2_a.up.sql", "m/2_a.down.sql"},
    {"m/V1__a.sql", "m/U1__a.sql", "m/V1.1__b.sql", "m/V1_2__c.sql",
     "m/V1.10__d.sql", "m/V2__e.sql", "m/V10__f.sql", "m/afterMigrate.sql",
     "m/R__view.sql"},
    {"a.sql", "a/1.sql", "a/b/1.sql", "a/b/2.sql", "a/c/1.sql"},
    {"m/1_a/up.sql", "m/1_a/down.sql", "m/2_a/up.sql", "m/10_a/up.sql"},
    {"m/20230101_x/migration.sql", "m/20230102_a/migration.sql"},
    {"m/20240101120000_a.sql", "m/20240101120001_a.sql",
     "m/120240101120001_a.sql"},
    {"m/2026-05-27-120000_b/up.sql", "m/2026-05-27-120000-0000_a/up.sql",
     "m/2026-05-27-120001_a/up.sql"},
    {"m/a.sql", "m/b.sql", "m/ba.sql"},
};

static void test_order(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof(ordered) / sizeof(ordered[0]); k++)
        for (size_t i = 0; i < 10 && ordered[k][i]; i++)
            for (size_t j = 0; j < 10 && ordered[k][j]; j++) {
                int c = layout_compare_paths(ordered[k][i], ordered[k][j]);

                if ((c > 0) - (c < 0) != (i > j) - (i < j))
                    fail_msg("%s, %s: %d", ordered[k][i], ordered[k][j], c);
            }
}

/* A sort needs an order: no three paths may go round in a circle. */
static void test_order_is_total(void **state)
{
    const char *all[80];
    size_t n = 0;

    (void)state;
    for (size_t k = 0; k < sizeof(ordered) / sizeof(ordered[0]); k++)
        for (size_t i = 0; i < 10 && ordered[k][i]; i++)
            all[n++] = ordered[k][i];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < n; k++)
                if (layout_compare_paths(all[i], all[j]) < 0 &&
                    layout_compare_paths(all[j], all[k]) < 0 &&
                    layout_compare_paths(all[i], all[k]) >= 0)
                    fail_msg("%s, %s, %s", all[i], all[j], all[k]);
}

static void test_directions(void **state)
{
    static const char *const down[] = {
        "down.sql",     "m/down.sql",       "m/1_a.down.sql", "m/1_a_down.sql",
        "m/1.undo.sql", "m/1.rollback.sql", "U1__x.sql",      "U1.2__x.sql",
        "revert/a.sql", "p/revert/a.sql",   "m/1.DOWN.SQL",
    };
    static const char *const up[] = {
        "up.sql",       "m/1_a.up.sql", "V1__x.sql",
        "Users__x.sql", "deploy/a.sql", "m/countdown.sql",
        "m/U1_x.sql",   "reverted.sql", "",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(down) / sizeof(down[0]); i++)
        if (!layout_is_down_path(down[i]))
            fail_msg("%s goes down", down[i]);
    for (size_t i = 0; i < sizeof(up) / sizeof(up[0]); i++)
        if (layout_is_down_path(up[i]))
            fail_msg("%s goes up", up[i]);
}

static void test_dialects(void **state)
{
    static const struct {
        const char *path, *dialect;
    } cases[] = {
        {"m/1_a.mysql.up.sql", "mysql"},
        {"mysql/1.sql", "mysql"},
        {"db/SQLite/1.sql", "sqlite"},
        {"db/sqlite3/1.sql", "sqlite3"},
        {"1_a_mysql.sql", "mysql"},
        {"schema.mysql", "mysql"},
        {"m/1_a.postgres.sql", NULL},
        {"m/1_mysqlish.sql", NULL},
        {"m/drop_mysql_tables.sql", NULL},
        {"storesqlite/migration/1.sql", "sqlite"},
        {"db/gormMySQL/1.sql", "mysql"},
        {"db/storesqlite.sql", NULL},
        {"storesqlite_old/1.sql", NULL},
        {"pgoracle/1.sql", NULL},
        {"postgresql/1.sql", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *got = layout_foreign_dialect(cases[i].path);

        if (strcmp(got ? got : "", cases[i].dialect ? cases[i].dialect : "") !=
            0)
            fail_msg("%s: %s", cases[i].path, got ? got : "none");
    }
}

static void test_kinds_of_path(void **state)
{
    (void)state;
    assert_true(layout_is_sql_path("a.sql"));
    assert_true(layout_is_sql_path("A.SQL"));
    assert_true(layout_is_sql_path("a.sql.postgres"));
    assert_true(layout_is_sql_path("a.pgsql"));
    assert_false(layout_is_sql_path("a.sqlx"));
    assert_false(layout_is_sql_path("sql"));
    assert_true(layout_is_migration_path("db/migrate/a.sql"));
    assert_true(layout_is_migration_path("001_a.sql"));
    assert_true(layout_is_migration_path("q/V1__a.sql"));
    assert_true(layout_is_migration_path("db/structure.sql"));
    assert_false(layout_is_migration_path("queries/top.sql"));
    assert_false(layout_is_migration_path(""));
}

/* Any bytes, in memory of exactly their length. */
static void test_cut_anywhere(void **state)
{
    static const char text[] =
        "\xEF\xBB\xBF-- +goose Up\r\n-- +goose StatementBegin\nselect \0;\n"
        "-- +goose NO TRANSACTION\n-- migrate:up transaction:false\n--";
    struct layout l = {0};

    (void)state;
    for (size_t n = 1; n < sizeof(text); n++) {
        char *copy = mem_alloc(n);
        size_t at = 0;

        memcpy(copy, text, n);
        layout_read("a.sql", (struct tl_str){copy, n}, NULL, &l);
        assert_true(l.sections.n > 0);
        for (size_t i = 0; i < l.sections.n; i++) {
            assert_true(l.sections.v[i].start >= at);
            assert_true(l.sections.v[i].end >= l.sections.v[i].start);
            at = l.sections.v[i].end;
        }
        assert_true(at <= n);
        mem_free(copy);
    }
    layout_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markers),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_tools_by_path),
        cmocka_unit_test(test_diesel_metadata),
        cmocka_unit_test(test_pop_folder),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_order_is_total),
        cmocka_unit_test(test_directions),
        cmocka_unit_test(test_dialects),
        cmocka_unit_test(test_kinds_of_path),
        cmocka_unit_test(test_cut_anywhere),
    };

    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
