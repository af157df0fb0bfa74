/*
 * shapes_test.c - what a query says about itself, and texts becoming shapes.
 */
#include "workload/shapes.h"

#include "base/buf.h"
#include "sql/parse.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct sample {
    const char *sql;
    enum tl_shape_class class;
    const char *table, *key; /* key_table and key_column */
};

static const struct sample samples[] = {
    {"SELECT a FROM t WHERE id = $1", TL_CLASS_ONE, "t", "id"},
    {"SELECT a FROM t WHERE id = 7 AND b > 3", TL_CLASS_ONE, "t", "id"},
    {"SELECT a FROM t WHERE $1 = id", TL_CLASS_ONE, "t", "id"},
    {"SELECT a FROM t WHERE id::text = $1", TL_CLASS_ONE, "t", "id"},
    {"SELECT a FROM t WHERE id IN ($1)", TL_CLASS_ONE, "t", "id"},
    {"SELECT \"B\".a FROM t AS \"B\" WHERE \"B\".id = $1", TL_CLASS_ONE, "t",
     "id"},
    {"SELECT a.x FROM a JOIN b ON b.a_id = a.id WHERE b.code = $1",
     TL_CLASS_ONE, "b", "code"},
    {"SELECT a FROM t WHERE id = $1 AND state IN ('x', 'y')", TL_CLASS_ONE, "t",
     "id"},
    {"SELECT a FROM t WHERE id IN (1, 2)", TL_CLASS_BATCH, "", ""},
    {"SELECT a FROM t WHERE id = ANY($1)", TL_CLASS_BATCH, "", ""},
    {"SELECT t.a FROM t JOIN unnest($1::int[]) AS k(id) ON k.id = t.id",
     TL_CLASS_BATCH, "", ""},
    {"SELECT t.a FROM t JOIN (VALUES (1), (2)) AS k(id) ON k.id = t.id",
     TL_CLASS_BATCH, "", ""},
    {"SELECT a FROM t WHERE id > $1", TL_CLASS_RANGE, "", ""},
    {"SELECT a FROM t WHERE id = $1 OR b = $2", TL_CLASS_SCAN, "", ""},
    {"SELECT a FROM t", TL_CLASS_SCAN, "", ""},
    {"INSERT INTO t (a) VALUES ($1)", TL_CLASS_INSERT_ONE, "", ""},
    {"INSERT INTO t DEFAULT VALUES", TL_CLASS_INSERT_ONE, "", ""},
    {"INSERT INTO t (a) VALUES ($1), ($2)", TL_CLASS_INSERT_MANY, "", ""},
    {"INSERT INTO t (a) VALUES ($1) ON CONFLICT DO NOTHING",
     TL_CLASS_UPSERT_ONE, "", ""},
    {"INSERT INTO t (a) SELECT a FROM s", TL_CLASS_WRITE, "", ""},
    {"UPDATE t SET a = 1 WHERE id = $1", TL_CLASS_UPDATE_ONE, "t", "id"},
    {"UPDATE t SET a = 1 WHERE id = (SELECT 1)", TL_CLASS_WRITE, "", ""},
    {"UPDATE t SET a = 1", TL_CLASS_WRITE, "", ""},
    {"DELETE FROM t WHERE id = $1", TL_CLASS_DELETE_ONE, "t", "id"},
    {"DELETE FROM t WHERE id = ANY($1)", TL_CLASS_WRITE, "", ""},
    {"MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE",
     TL_CLASS_WRITE, "", ""},
    {"SELECT a FROM t WHERE (", TL_CLASS_OTHER, "", ""},
};

static struct shape_use use_text(struct shapes *s, const char *sql)
{
    struct shape_place place = {.span = {5, 9, 2}, .from_capture = true};

    return shapes_use(s, tl_str_c(sql), &place);
}

static void classes(void **state)
{
    struct arena arena;
    struct shapes s;

    (void)state;
    arena_init(&arena, 0);
    shapes_init(&s, &arena, 0);
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        struct shape_use use = use_text(&s, samples[i].sql);
        const struct tl_shape *shape = &s.list.v[use.shape];

        assert_int_not_equal(use.shape, NO_SHAPE);
        if (shape->class != samples[i].class ||
            !tl_str_is(shape->key_table.name, samples[i].table) ||
            !tl_str_is(shape->key_column, samples[i].key))
            fail_msg("%s: class %d, key %.*s.%.*s", samples[i].sql,
                     (int)shape->class, TL_FMT(shape->key_table.name),
                     TL_FMT(shape->key_column));
    }
    shapes_release(&s);
    arena_release(&arena);
}

static void roles(void **state)
{
    static const struct {
        const char *sql;
        enum statement_role role;
    } list[] = {
        {"BEGIN", ROLE_BEGIN},
        {"start transaction read only", ROLE_BEGIN},
        {"COMMIT", ROLE_END},
        {"end", ROLE_END},
        {"ROLLBACK", ROLE_END},
        {"rollback work", ROLE_END},
        {"ROLLBACK TO SAVEPOINT a", ROLE_IGNORED},
        {"ROLLBACK WORK TO a", ROLE_IGNORED},
        {"DISCARD ALL", ROLE_RESET},
        {"RESET ALL", ROLE_RESET},
        {"RESET work_mem", ROLE_IGNORED},
        {"SAVEPOINT a", ROLE_IGNORED},
        {"COPY t FROM STDIN", ROLE_IGNORED},
        {"FETCH 10 FROM c", ROLE_IGNORED},
        {"SELECT 1", ROLE_IGNORED},
        {"SELECT now()", ROLE_IGNORED},
        {"SELECT * FROM pg_class WHERE oid = 1", ROLE_IGNORED},
        {"SELECT * FROM information_schema.tables", ROLE_IGNORED},
        {"SELECT * FROM t", ROLE_QUERY},
        {"(SELECT * FROM t)", ROLE_QUERY},
        {"WITH x AS (SELECT 1) SELECT * FROM x JOIN t ON true", ROLE_QUERY},
        {"", ROLE_IGNORED},
        {"-- nothing", ROLE_IGNORED},
    };
    struct arena arena;
    struct shapes s;

    (void)state;
    arena_init(&arena, 0);
    shapes_init(&s, &arena, 0);
    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
        if (use_text(&s, list[i].sql).role != list[i].role)
            fail_msg("%s", list[i].sql);
    shapes_release(&s);
    arena_release(&arena);
}

static void texts_meet(void **state)
{
    struct arena arena;
    struct shapes s;

    (void)state;
    arena_init(&arena, 0);
    shapes_init(&s, &arena, 0);
    struct shape_use a = use_text(&s, "SELECT a FROM t WHERE id = 1");
    struct shape_use b = use_text(&s, "select a\nfrom t where id = 2 -- x");
    struct shape_use c = use_text(&s, "SELECT a FROM t WHERE id = 1");
    struct shape_use d = use_text(&s, "SELECT a FROM t WHERE id IN (1, 2)");
    assert_int_equal(a.shape, b.shape);
    assert_int_equal(a.shape, c.shape);
    assert_true(a.values == c.values && a.values != b.values);
    assert_int_not_equal(a.shape, d.shape);
    const struct tl_shape *shape = &s.list.v[a.shape];
    assert_true(tl_str_is(shape->example, "SELECT a FROM t WHERE id = 1"));
    assert_true(tl_str_is(shape->display, "select a from t where id = $1"));
    assert_int_equal(shape->span.source, 2);
    assert_int_equal(shape->span.start, 5);
    assert_int_equal(shapes_find(&s, shape->hash), a.shape);
    assert_int_equal(shapes_find(&s, shape->hash + 2), NO_SHAPE);
    shapes_release(&s);
    arena_release(&arena);
}

/* What the sessions need to know. */
static void extras(void **state)
{
    struct arena arena;
    struct shapes s;
    const struct shape_extra *e;

    (void)state;
    arena_init(&arena, 0);
    shapes_init(&s, &arena, 0);
    use_text(&s, "SELECT a FROM t WHERE b > $1 AND id = $2 LIMIT 1");
    e = vec_last(&s.extras);
    assert_true(e->has_params && e->is_select && e->single_row);
    assert_int_equal(e->key_params, 2);
    use_text(&s, "SELECT count(*) FROM t");
    assert_true(vec_last(&s.extras)->single_row);
    use_text(&s, "SELECT a, count(*) FROM t GROUP BY a");
    assert_false(vec_last(&s.extras)->single_row);
    use_text(&s, "SELECT a FROM t WHERE id > 4 ORDER BY id LIMIT 10");
    assert_true(vec_last(&s.extras)->pages);
    use_text(&s, "SELECT a FROM t WHERE b = 4 OFFSET 10");
    assert_true(vec_last(&s.extras)->pages);
    use_text(&s, "SELECT a FROM t WHERE b = 4 ORDER BY id LIMIT 10");
    assert_false(vec_last(&s.extras)->pages);
    use_text(&s, "DELETE FROM t WHERE id = $1 RETURNING id");
    assert_true(vec_last(&s.extras)->returning);
    use_text(&s, "SELECT *, x FROM t WHERE id = $1 FOR UPDATE");
    assert_true(vec_last(&s.list)->locking);
    assert_true(vec_last(&s.list)->selects_star);
    assert_int_equal(vec_last(&s.list)->n_selected, 1);
    use_text(&s, "SELECT nextval('q') FROM t");
    assert_true(vec_last(&s.list)->volatile_call);
    use_text(&s, "SELECT lower(a) FROM t");
    assert_false(vec_last(&s.list)->volatile_call);
    shapes_release(&s);
    arena_release(&arena);
}

static void a_full_table_says_so(void **state)
{
    struct arena arena;
    struct shapes s;
    char sql[64];

    (void)state;
    arena_init(&arena, 0);
    shapes_init(&s, &arena, 300);
    for (int i = 0; i < 310; i++) {
        snprintf(sql, sizeof(sql), "SELECT a FROM t%d", i);
        use_text(&s, sql);
    }
    assert_int_equal(s.list.n, 300);
    assert_int_equal(s.dropped, 10);
    assert_int_equal(use_text(&s, "SELECT a FROM t7").shape, 7);
    shapes_release(&s);
    arena_release(&arena);
}

static void damaged(void **state)
{
    static const char *const texts[] = {
        "SELECT '",  "SELECT \"",    "SELECT $q$",
        "SELECT /*", "select (((((", "SELECT \xff\xfe FROM t",
        "INSERT",    "WITH",         "VALUES",
        "TABLE",
    };
    struct arena arena;
    struct shapes s;

    (void)state;
    arena_init(&arena, 0);
    shapes_init(&s, &arena, 0);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        use_text(&s, texts[i]);
    struct shape_place place = {.from_capture = true};
    shapes_use(&s, TL_STR("SELECT a\0b FROM t"), &place);
    /* A text too long to keep is counted all the same. */
    struct buf b;
    buf_init(&b, 0);
    buf_puts(&b, "INSERT INTO t (a) VALUES (1)");
    while (b.n < SHAPES_PARSE_MAX + 100)
        buf_puts(&b, ", (1234567890), (1234567890), (1234567890)");
    struct shape_use use = shapes_use(&s, buf_view(&b), &place);
    assert_int_not_equal(use.shape, NO_SHAPE);
    assert_int_equal(s.list.v[use.shape].example.n, 0);
    buf_release(&b);
    shapes_release(&s);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes),
        cmocka_unit_test(roles),
        cmocka_unit_test(texts_meet),
        cmocka_unit_test(extras),
        cmocka_unit_test(a_full_table_says_so),
        cmocka_unit_test(damaged),
    };
    int failed = cmocka_run_group_tests_name("shapes", tests, NULL, NULL);

    parse_thread_end();
    return failed;
}
