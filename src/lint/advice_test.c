/*
 * advice_test.c - queries in, indexes out, case by case.
 *
 * Each case has queries, one a line, that took 45 ms for two rows; the answer
 * is what is advised, "table (columns)" with its predicate, what it extends
 * and the number of queries, joined by "; ".
 */
#include "base/buf.h"
#include "lint/linter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char schema[] =
    "CREATE TYPE mood AS ENUM ('good', 'bad');"
    "CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c int, d int,"
    " e int, on_at timestamptz, status text, mood mood, flag bool, j json,"
    " gone_at timestamptz);"
    "CREATE TABLE u (id bigint PRIMARY KEY, t_id bigint, k int, x int,"
    " y int, z int, ref int REFERENCES t (id));"
    "CREATE INDEX u_k_idx ON u (k);"
    "CREATE UNIQUE INDEX u_x_idx ON u (x, y);"
    "CREATE INDEX u_z_idx ON u (z) WHERE y > 3;"
    "CREATE INDEX u_low_idx ON u (abs(y));"
    "CREATE TABLE p (a int, b int) PARTITION BY RANGE (b);"
    "CREATE INDEX ON p (a);"
    "CREATE TABLE p_one PARTITION OF p FOR VALUES FROM (1) TO (2);"
    "CREATE TABLE copied (LIKE p_one INCLUDING ALL);"
    "CREATE TABLE excluding (a int, b int4range,"
    " EXCLUDE USING gist (a WITH =, b WITH &&));"
    "CREATE TABLE named (s text, r text);"
    "CREATE INDEX named_s_idx ON named (s text_pattern_ops);"
    "CREATE VIEW v AS SELECT a, b FROM t;"
    "CREATE TABLE long_name_of_a_table_that_goes_on_for_some_time"
    " (id int, a_column_with_a_name_that_is_long_as_well int);"
    "CREATE TABLE w (id int, a int); CREATE TABLE w_a_idx (id int);";

struct advice_case {
    const char *queries;
    const char *answer;
};

static const struct advice_case cases[] = {
    /* one query */
    {"select 1 from t where a = $1", "t (a) 1"},
    {"select 1 from t where $1 = a", "t (a) 1"},
    {"select 1 from t where a in ($1, $2)", "t (a) 1"},
    {"select 1 from t where a = any ($1)", "t (a) 1"},
    {"select 1 from t where b = $1 and a = $2", "t (a, b) 1"},
    {"update t set b = 1 where a = $1", "t (a) 1"},
    {"delete from t where a = $1", "t (a) 1"},
    {"insert into u select id from t where a = $1", "t (a) 1"},
    {"with c as (select id from t where a = $1) select 1 from c", "t (a) 1"},
    {"select 1 from t where a = 1 and b = 2 and c = 3 and d = 4",
     "t (a, b, c) 1"},
    {"select 1 from t where a = $1 and on_at > $2", "t (a, on_at) 1"},
    {"select 1 from t where a = $1 and b > $2 and on_at > $2", "t (a) 1"},
    {"select 1 from t where on_at between $1 and $2", "t (on_at) 1"},
    {"select 1 from t where a = $1 order by on_at desc limit 5",
     "t (a, on_at) 1"},
    {"select 1 from t where a = $1 order by on_at, b limit 5",
     "t (a, on_at) 1"},
    {"select 1 from t where a = $1 and status = $2 order by on_at limit 5",
     "t (a, status, on_at) 1"},
    {"select 1 from t where status = $1 order by on_at limit 5",
     "t (status, on_at) 1"},
    {"select 1 from t order by on_at limit 5", "t (on_at) 1"},
    {"select 1 from t where a = $1 and (on_at, id) < ($2, $3) "
     "order by on_at desc, id desc limit 5",
     "t (a, on_at) 1"},
    {"select 1 from t where a = $1 and gone_at is null",
     "t (a) where gone_at is null 1"},
    {"select 1 from t where a = $1 and not flag", "t (a) where not flag 1"},
    {"select 1 from t where a = $1 and status = $2 and mood = $3", "t (a) 1"},
    /* what is no need */
    {"select 1 from t", ""},
    {"select 1 from t where a = b", ""},
    {"select 1 from t where a = 5.5", ""},
    {"select 1 from t where a = $1::numeric", ""},
    {"select 1 from t where a = random()", ""},
    {"select 1 from t where a <> $1", ""},
    {"select 1 from t where not a = $1", ""},
    {"select 1 from t where a = $1 or b = $1", ""},
    {"select 1 from t where a + 1 = $1", ""},
    {"select 1 from t where flag", ""},
    {"select 1 from t where flag = $1", ""},
    {"select 1 from t where mood = $1 and status = $2", ""},
    {"select 1 from t where on_at > $1", ""},
    {"select 1 from t where b between 1 and 2 and on_at between $1 and $2", ""},
    {"select 1 from t where j is null", ""},
    {"select 1 from t where id = $1 and a = $2", ""},
    {"select 1 from v where a = $1", ""},
    {"select 1 from nowhere where a = $1", ""},
    {"select 1 from t order by on_at", ""},
    {"select 1 from t order by on_at limit all", ""},
    {"select 1 from t order by on_at nulls first limit 5", ""},
    {"select a from t group by a order by a limit 5", ""},
    {"select 1 from t join u using (id) where a = $1", ""},
    {"select 1 from t, u where t.a = u.y", ""},
    {"select 1 from t where (a, b) in (select 1, 2) and id = 3", ""},
    /* joins */
    {"select 1 from t join u on u.t_id = t.id where t.id = $1", "u (t_id) 1"},
    {"select 1 from t left join u on u.t_id = t.id where t.a = $1",
     "t (a) 1; u (t_id) 1"},
    {"select 1 from t join u on u.t_id = t.id where u.k = $1", ""},
    {"select 1 from t where t.id = 1 and exists (select 1 from u where "
     "u.t_id = t.id)",
     "u (t_id) 1"},
    {"select 1 from u join (select unnest($1::int[]) i) s on s.i = u.k "
     "where u.y = 3",
     ""},
    {"select 1 from u join t on t.id = u.t_id join w on w.id = t.a "
     "where w.a = $1 and t.b = $2 and u.k = $3",
     "w (a) 1 as w_a_idx1"},
    /* indexes that are there */
    {"select 1 from u where k = $1", ""},
    {"select 1 from u where k = $1 and y = $2", "u (k, y) for u_k_idx 1"},
    {"select 1 from u where k = $1 order by y limit 3",
     "u (k, y) for u_k_idx 1"},
    {"select 1 from u where x = $1", ""},
    {"select 1 from u where x = $1 and z = $2", ""},
    {"select 1 from u where z = $1 and y > 3", ""},
    {"select 1 from u where z = $1", "u (z) 1 as u_z_idx1"},
    {"select 1 from u where z = $1 and y = 4", ""},
    {"select 1 from u where abs(y) = 4 and t_id = 7", ""},
    {"select 1 from u where ref = $1 and y is null", "u (ref) 1"},
    {"select 1 from p where a = $1", ""},
    {"select 1 from p_one where a = $1", ""},
    {"select 1 from p where b = $1", "p (b) 1"},
    {"select 1 from copied where a = $1", ""},
    {"select 1 from excluding where a = $1", ""},
    {"select 1 from named where s like 'x%' and r = $1", ""},
    {"select 1 from named where s ilike 'x%' and r = $1", "named (r) 1"},
    /* names */
    {"select 1 from long_name_of_a_table_that_goes_on_for_some_time "
     "where a_column_with_a_name_that_is_long_as_well = 1",
     "long_name_of_a_table_that_goes_on_for_some_time "
     "(a_column_with_a_name_that_is_long_as_well) 1 as "
     "long_name_of_a_table_that_goe_a_column_with_a_name_that_is__idx"},
    {"select 1 from w where a = $1", "w (a) 1 as w_a_idx1"},
    /* several queries, one index */
    {"select 1 from t where a = $1\nselect 2, 3 from t where a = $1",
     "t (a) 2"},
    {"select 1 from t where a = $1 and b = $2\nselect 1 from t where b = $1",
     "t (b, a) 2"},
    {"select 1 from t where a = $1 and b = $2 and c = $3\n"
     "select 1 from t where c = $1\nselect 1 from t where c = $1 and b = $2",
     "t (c, b, a) 3"},
    {"select 1 from t where a = $1 and b = $2\nselect 1 from t where a = $1\n"
     "select 1 from t where b = $1",
     "t (a, b) 2; t (b) 1"},
    {"select 1 from t where a = $1 order by on_at limit 5\n"
     "select 1 from t where a = $1 and on_at > $2\n"
     "select 1 from t where a = $1",
     "t (a, on_at) 3"},
    {"select 1 from t where a = $1 and b = $2\n"
     "select 1 from t where a = $1 and b between 1 and 9",
     "t (a, b) 2"},
    {"select 1 from t where a = $1 order by on_at limit 5\n"
     "select 1 from t where a = $1 order by gone_at limit 5",
     "t (a, on_at) 2"},
    {"select 1 from t where a = $1 and gone_at is null\n"
     "select 1 from t where a = $1 and c = $2 and gone_at is null",
     "t (a, c) where gone_at is null 2"},
    {"select 1 from t where a = $1 and gone_at is null\n"
     "select 1 from t where a = $1",
     "t (a) 2"},
    {"select 1 from t where c = $1 and d = $2\n"
     "select 1 from t where d = $1 and e = $2\n"
     "select 1 from t where d = $1",
     "t (d, c) 2; t (d, e) 1"},
};

static void add_trace(struct buf *out, const char *queries)
{
    while (*queries) {
        size_t n = strcspn(queries, "\n");

        buf_printf(out, "{\"sql\":\"%.*s\",\"duration_ms\":45,\"rows\":2}\n",
                   (int)n, queries);
        queries += n + (queries[n] == '\n');
    }
}

static bool is_conventional(struct tl_str name)
{
    struct tl_str end = {name.p + name.n - 4, 4};

    return name.n < 60 && tl_str_is(end, "_idx");
}

static void add_advice(struct buf *out, const struct tl_index_advice *a)
{
    if (out->n)
        buf_printf(out, "; ");
    buf_printf(out, "%.*s (", TL_FMT(a->table->name.name));
    for (uint32_t i = 0; i < a->n_columns; i++)
        buf_printf(out, "%s%.*s", i ? ", " : "", TL_FMT(a->columns[i]));
    buf_printf(out, ")");
    if (a->predicate.n)
        buf_printf(out, " where %.*s", TL_FMT(a->predicate));
    if (a->extends)
        buf_printf(out, " for %.*s", TL_FMT(a->extends->name.name));
    buf_printf(out, " %u", a->n_shapes);
    if (!is_conventional(a->name))
        buf_printf(out, " as %.*s", TL_FMT(a->name));
}

static struct tl_linter *run(const char *queries, struct buf *trace)
{
    struct tl_options options = {.threads = 1};
    struct tl_error error;
    struct tl_linter *l = tl_open(&options, &error);

    assert_non_null(l);
    add_trace(trace, queries);
    tl_add_text(l, "schema.sql", tl_str_c(schema), TL_AS_MIGRATION, true);
    tl_add_text(l, "trace.json", buf_view(trace), TL_AS_TRACE, false);
    tl_run(l);
    return l;
}

static bool check(const struct advice_case *c)
{
    struct buf trace;
    struct buf out;

    buf_init(&trace, 0);
    buf_init(&out, 0);
    struct tl_linter *l = run(c->queries, &trace);
    struct tl_ctx ctx = {.linter = l, .scratch = &l->scratch};
    uint32_t n;
    const struct tl_index_advice *list = tl_index_advices(&ctx, &n);

    for (uint32_t i = 0; i < n; i++)
        add_advice(&out, &list[i]);
    bool same = tl_str_is(buf_view(&out), c->answer);
    if (!same)
        print_error("%s: %.*s, not %s\n", c->queries, TL_FMT(buf_view(&out)),
                    c->answer);
    tl_close(l);
    buf_release(&trace);
    buf_release(&out);
    return same;
}

static void test_cases(void **state)
{
    size_t bad = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        bad += !check(&cases[i]);
    assert_int_equal(bad, 0);
}

/* Columns that are shown are not mentioned, all others are. */
static void test_mentions(void **state)
{
    static const struct {
        const char *query;
        enum tl_know k, x;
    } asked[] = {
        {"select k, x from u where id = 1", TL_NO, TL_NO},
        {"select 1 from u where k = 1", TL_YES, TL_NO},
        {"select 1 from u order by x limit 1", TL_NO, TL_YES},
        {"select k from u group by 1", TL_YES, TL_NO},
        {"select k from u order by x", TL_NO, TL_YES},
        {"select k as y from u order by y", TL_YES, TL_NO},
        {"select distinct k from u", TL_YES, TL_NO},
        {"select k from u union select 4", TL_YES, TL_NO},
        {"select max(k) from u", TL_YES, TL_NO},
        {"select 1 from t where a in (select k from u)", TL_YES, TL_NO},
        {"select 1 from u join w using (k)", TL_YES, TL_NO},
        {"select 1 from u natural join w", TL_UNKNOWN, TL_UNKNOWN},
        {"select 1 from somewhere", TL_UNKNOWN, TL_UNKNOWN},
        {"update u set x = 4 where id = 3 returning k", TL_NO, TL_NO},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
        struct buf trace;

        buf_init(&trace, 0);
        struct tl_linter *l = run(asked[i].query, &trace);
        struct tl_ctx ctx = {.linter = l, .scratch = &l->scratch};
        struct tl_schema s = tl_after(&ctx);
        struct tl_name k = {TL_NONE, TL_STR("u_k_idx")};
        struct tl_name x = {TL_NONE, TL_STR("u_x_idx")};

        if (tl_index_is_mentioned(&ctx, tl_find_index(s, k)) != asked[i].k ||
            tl_index_is_mentioned(&ctx, tl_find_index(s, x)) != asked[i].x)
            fail_msg("%s", asked[i].query);
        tl_close(l);
        buf_release(&trace);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_mentions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
