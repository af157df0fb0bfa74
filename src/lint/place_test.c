#include <tusklint/place.h>
#include <tusklint/rule.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define FIRST                                                                  \
    "CREATE TABLE app.users (id bigint PRIMARY KEY, email text);\n"            \
    "CREATE INDEX users_email ON app.users (email);\n"                         \
    "CREATE TABLE gone (id int);\n"

struct run {
    struct tl_linter *linter;
    uint32_t source; /* of the text that is asked about */
};

static struct run run_on(const char *second)
{
    struct tl_options options = TL_OPTIONS_INIT;
    struct tl_error error;
    struct run r = {tl_open(&options, &error), 1};

    assert_non_null(r.linter);
    tl_add_history_text(r.linter, "migrations/1.sql", "migrations",
                        TL_STR(FIRST));
    tl_add_text(r.linter, "migrations/2.sql", tl_str_c(second), TL_AS_AUTO,
                false);
    tl_run(r.linter);
    assert_int_equal(tl_source_count(r.linter), 2);
    return r;
}

/* "relation users 1:0" and so on for what stands at the '|' of the text. */
static void expect(const char *marked, const char *want)
{
    static const char *const kinds[] = {"rule", "relation", "column", "index"};
    char text[512];
    char got[128] = "nothing";
    size_t at = strcspn(marked, "|");
    struct tl_place p;

    snprintf(text, sizeof(text), "%.*s%s", (int)at, marked, marked + at + 1);
    struct run r = run_on(text);
    if (tl_place_at(r.linter, r.source, at, &p)) {
        struct tl_row row = {0};
        struct tl_str name = TL_NONE;

        if (p.kind == TL_PLACE_RULE)
            name = tl_str_c(p.rule->id);
        if (p.kind == TL_PLACE_RELATION) {
            row = p.relation->row;
            name = p.relation->name.name;
        }
        if (p.kind == TL_PLACE_COLUMN) {
            row = p.column->row;
            name = p.column->name;
        }
        if (p.kind == TL_PLACE_INDEX) {
            row = p.index->row;
            name = p.index->name.name;
        }
        snprintf(got, sizeof(got), "%s %.*s, made in %u", kinds[p.kind],
                 TL_FMT(name), row.made.source);
    }
    assert_string_equal(got, want);
    tl_close(r.linter);
}

static void names_are_found(void **state)
{
    (void)state;
    expect("ALTER TABLE app.us|ers ADD COLUMN age int;",
           "relation users, made in 0");
    expect("ALTER TABLE |app.users ADD COLUMN age int;", "nothing");
    expect("ALTER TABLE \"app\".\"users\"| ADD COLUMN age int;",
           "relation users, made in 0");
    expect("DROP TABLE go|ne;", "relation gone, made in 0");
    expect("DROP INDEX app.users_|email;", "index users_email, made in 0");
    /* It was there before: `incomplete`. */
    expect("DROP TABLE never_|seen;", "relation never_seen, made in 1");
    expect("CREATE TABLE fre|sh (id int);", "relation fresh, made in 1");
}

static void columns_are_found(void **state)
{
    (void)state;
    expect("UPDATE app.users SET em|ail = 'x' WHERE id = 1;",
           "column email, made in 0");
    expect("ALTER TABLE app.users ADD COLUMN ag|e int;",
           "column age, made in 1");
    expect("ALTER TABLE app.users DROP COLUMN em|ail;",
           "column email, made in 0");
    expect("DELETE FROM gone g USING app.users u WHERE u.i|d = g.id;",
           "column id, made in 0");
    expect("DELETE FROM gone g USING app.users u WHERE |u.id = g.id;",
           "relation users, made in 0");
    expect("SELECT app.users.em|ail FROM app.users;",
           "column email, made in 0");
    expect("SELECT app.nobody.em|ail FROM app.users;", "nothing");
}

static void what_is_no_name_is_nothing(void **state)
{
    (void)state;
    expect("SELECT 'us|ers' FROM app.users;", "nothing");
    expect("-- app.us|ers\nSELECT 1 FROM app.users;", "nothing");
    expect("SELECT 1 |;", "nothing");
    expect("|", "nothing");
}

static void bodies_are_entered(void **state)
{
    (void)state;
    expect("DO $$ BEGIN UPDATE app.us|ers SET email = ''; END $$;",
           "relation users, made in 0");
    expect("DO $x$ BEGIN EXECUTE $y$ DROP TABLE go|ne $y$; END $x$;",
           "relation gone, made in 0");
    expect("DO $$ BEGIN UPDATE app.us|ers", "nothing");
}

static void text_that_does_not_parse_has_names(void **state)
{
    (void)state;
    expect("ALTER TABLE app.us|ers ADD COLUMN", "relation users, made in 0");
}

static void rules_stand_in_comments(void **state)
{
    (void)state;
    expect("-- tusklint: ignore[dropping-|table] old\nDROP TABLE gone;",
           "rule TL134, made in 0");
    expect("-- tusklint: ignore[nonsen|se] old\nDROP TABLE gone;", "nothing");
}

static void statements_are_listed(void **state)
{
    struct run r = run_on("SELECT 1; broken ;\nDROP TABLE gone;");

    (void)state;
    assert_int_equal(tl_statement_count(r.linter, 1), 3);
    assert_int_equal(tl_statement_at(r.linter, 1, 2).start, 19);
    assert_int_equal(tl_statement_count(r.linter, 7), 0);
    assert_int_equal(tl_statement_at(r.linter, 1, 7).end, 0);
    struct tl_name gone = {TL_NONE, TL_STR("gone")};
    assert_non_null(
        tl_find_relation(tl_schema_behind(r.linter, 0), gone, NULL));
    assert_null(tl_find_relation(tl_schema_behind(r.linter, 1), gone, NULL));
    tl_close(r.linter);
}

/* `want` NULL: no history. */
static void expect_folder(const char *path, const char *want, bool nested)
{
    size_t n;
    bool got;

    assert_int_equal(tl_history_folder(path, &n, &got), want != NULL);
    if (!want)
        return;
    assert_int_equal(n, strlen(want));
    assert_int_equal(strncmp(path, want, n), 0);
    assert_int_equal(got, nested);
}

static void folders_of_histories(void **state)
{
    (void)state;
    expect_folder("1.sql", "", false);
    expect_folder("db/1.sql", "db/", false);
    expect_folder("db/V1__a.sql", "db/", false);
    expect_folder("db/users.sql", NULL, false);
    expect_folder("/db/1/up.sql", "/db/", true);
    expect_folder("/1/migration.sql", "/", true);
    expect_folder("1/down.sql", "", true);
    expect_folder("a/up.sql", NULL, true);
    expect_folder("up.sql", NULL, true);
    assert_true(tl_history_takes("1.sql", false));
    assert_true(tl_history_takes("1_a", true));
    assert_false(tl_history_takes("1_a", false));
    assert_false(tl_history_takes("a.sql", false));
}

static void ways_down_are_no_history(void **state)
{
    struct tl_options options = TL_OPTIONS_INIT;
    struct tl_error error;
    struct tl_linter *l = tl_open(&options, &error);

    (void)state;
    tl_add_history_text(l, "m/1/down.sql", "m", TL_STR("DROP TABLE t;"));
    tl_add_history_text(l, "m/1/up.sql", "m", TL_STR("CREATE TABLE t ();"));
    tl_run(l);
    assert_int_equal(tl_source_count(l), 1);
    assert_int_equal(tl_finding_count(l), 0);
    tl_close(l);
}

/* The same history, run again, says the same: also of what it changed. */
static void a_memo_changes_nothing(void **state)
{
    static const char history[] =
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;\n"
        "CREATE TABLE t (id bigint PRIMARY KEY, a int DEFAULT f());\n"
        "DO $$ BEGIN CREATE TABLE u (id int); END $$;\n"
        "SAVEPOINT s; ROLLBACK TO SAVEPOINT s; broken;\n"
        "CREATE INDEX t_a ON t (a); CREATE INDEX t_a2 ON t (a);\n";
    struct tl_options options = TL_OPTIONS_INIT;
    struct tl_error error;
    struct tl_place p;

    (void)state;
    options.memo = tl_memo_create();
    for (int i = 0; i < 3; i++) {
        struct tl_linter *l = tl_open(&options, &error);

        tl_add_history_text(l, "m/2.sql", "m", TL_STR(history));
        tl_add_text(l, "m/3.sql", TL_STR("DROP TABLE u; DROP INDEX t_a;"),
                    TL_AS_AUTO, false);
        tl_run(l);
        assert_int_equal(tl_statement_count(l, 0), 8);
        assert_true(tl_place_at(l, 1, 12, &p));
        assert_int_equal(p.kind, TL_PLACE_RELATION);
        assert_int_equal(p.relation->row.made.start,
                         strstr(history, "CREATE TABLE u") - history);
        assert_true(tl_place_at(l, 1, 27, &p));
        assert_int_equal(p.kind, TL_PLACE_INDEX);
        assert_int_equal(p.index->row.made.start,
                         strstr(history, "CREATE INDEX t_a ") - history);
        tl_close(l);
    }
    assert_true(tl_memo_bytes(options.memo) > 0);
    tl_memo_clear(options.memo);
    assert_int_equal(tl_memo_bytes(options.memo), 0);
    tl_memo_free(options.memo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(columns_are_found),
        cmocka_unit_test(what_is_no_name_is_nothing),
        cmocka_unit_test(bodies_are_entered),
        cmocka_unit_test(text_that_does_not_parse_has_names),
        cmocka_unit_test(rules_stand_in_comments),
        cmocka_unit_test(statements_are_listed),
        cmocka_unit_test(folders_of_histories),
        cmocka_unit_test(ways_down_are_no_history),
        cmocka_unit_test(a_memo_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
