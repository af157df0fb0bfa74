/*
 * freeze_test.c - a catalog that was written and read answers as before, is
 * linked as before, and can be folded on.
 */
#include "schema/freeze.h"

#include "base/buf.h"
#include "schema/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "schema/testing.h"

static const char sql[] =
    "CREATE SCHEMA app; SET search_path TO app, public;"
    "CREATE TYPE mood AS ENUM ('good', 'bad');"
    "CREATE TABLE plots (id bigint PRIMARY KEY, m mood, geo geometry(1,2,3));"
    "CREATE TABLE trees (id serial, plot bigint REFERENCES plots, h varchar(9) "
    "DEFAULT 'x' UNIQUE, CHECK (h <> ''));"
    "CREATE INDEX tall ON trees (lower(h) DESC, plot) INCLUDE (id) WHERE id > "
    "4; ALTER INDEX tall RENAME TO taller;"
    "ALTER TABLE trees ALTER COLUMN h TYPE text, ALTER COLUMN plot SET NOT "
    "NULL; ALTER TABLE trees RENAME COLUMN plot TO place;"
    "CREATE TABLE rows (d date) PARTITION BY RANGE (d);"
    "CREATE TABLE row1 PARTITION OF rows FOR VALUES FROM ('2026-01-01') TO "
    "('2027-01-01');"
    "CREATE VIEW seen AS SELECT * FROM trees; CREATE TABLE heir () INHERITS "
    "(plots); CREATE POLICY p ON trees USING (true);"
    "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';"
    "BEGIN; DROP TABLE plots CASCADE; ROLLBACK;"
    "BEGIN; ALTER INDEX taller RENAME TO tallest; ROLLBACK;"
    "ALTER TABLE gone ADD COLUMN a int; DROP TABLE gone;"
    "DO $$ BEGIN EXECUTE 'ALTER TABLE heir'; END $$;"
    "CREATE TABLE rest PARTITION OF rows DEFAULT; CREATE SCHEMA other;"
    "CREATE INDEX ON rows (d); CREATE TABLE other.trees (id int, b int);"
    "ALTER TABLE other.trees RENAME b TO c; ALTER TABLE other.trees RENAME id "
    "TO b; CREATE TEMP TABLE trees (x int); DROP TABLE pg_temp.trees;"
    "ALTER TABLE rows DETACH PARTITION rest; ALTER TABLE rows ATTACH PARTITION "
    "rest DEFAULT; CREATE OR REPLACE VIEW seen AS SELECT t.id, h, p.id AS p "
    "FROM trees t, plots p; BEGIN; CREATE OR REPLACE VIEW seen AS SELECT id "
    "FROM trees; ROLLBACK; CREATE SEQUENCE s OWNED BY trees.id;"
    "ALTER SEQUENCE s OWNED BY plots.id; ALTER TYPE mood ADD VALUE 'fair' "
    "BEFORE 'bad'; ALTER TYPE mood RENAME VALUE 'good' TO 'fine';"
    "ALTER TYPE mood ADD VALUE 'good' BEFORE 'fine'; BEGIN; ALTER TYPE mood "
    "ADD VALUE 'lost' AFTER 'good'; ROLLBACK; ALTER TYPE mood RENAME TO moods;"
    "ALTER TABLE trees ADD CONSTRAINT k CHECK (id > 0), ADD CONSTRAINT l CHECK "
    "(id > 1); ALTER TABLE trees RENAME CONSTRAINT l TO m; ALTER TABLE trees "
    "RENAME CONSTRAINT k TO l; DROP POLICY p ON trees; CREATE POLICY p ON "
    "trees USING (false);";

static const char more[] =
    "ALTER TABLE plots RENAME TO fields; DROP INDEX taller;"
    "ALTER TYPE moods ADD VALUE 'sad' AFTER 'bad'; ALTER TYPE moods RENAME "
    "VALUE 'good' TO 'best'; ALTER SEQUENCE s OWNED BY NONE; ALTER TABLE trees "
    "DROP CONSTRAINT m, DROP CONSTRAINT l; ALTER TABLE other.trees DROP c;"
    "ALTER TABLE rows DETACH PARTITION rest; CREATE OR REPLACE VIEW seen AS "
    "SELECT 1 AS one; DROP VIEW seen; DROP POLICY p ON trees;"
    "ALTER TABLE trees DROP COLUMN h; DROP TABLE rows;";

static const size_t lengths[] = {sizeof(sql), sizeof(sql)};
static const struct freeze_sources sources = {lengths, 2};

static void freeze(const struct catalog *cat, struct buf *out)
{
    struct codec c;

    buf_init(out, 0);
    codec_write(&c);
    catalog_freeze(cat, &c);
    codec_finish(&c, out);
    codec_release(&c);
}

static bool thaw(struct catalog *cat, struct tl_str bytes)
{
    struct codec c;

    codec_read(&c, bytes);
    bool ok = catalog_thaw(cat, &c, sources) && codec_is_done(&c);
    codec_release(&c);
    return ok;
}

static void fold(struct history *h, const char *text)
{
    history_init(h, 15);
    history_run(h, text);
}

/* What stands in no bytes: rows by name at all moments, ends of lists, edges
   from where they end. */
struct telling {
    const struct catalog *cat;
    struct buf out;
};

static void tell_columns(struct telling *t, const struct object *o)
{
    const struct column_row *last = NULL;

    for (const struct column_row *r = o->first_column; r; last = r, r = r->next)
        for (uint32_t at = 0; at <= t->cat->statement; at++) {
            const struct column_row *found =
                byname_find(&o->columns, r->col.name, at);

            if (found)
                buf_printf(&t->out, " %u:%u of %u", at, found->col.number,
                           found->col.row.born);
        }
    assert_ptr_equal(last, o->last_column);
    for (const struct renewal *n = o->renewals; n; n = n->older)
        buf_printf(&t->out, " renewed %u after %u of %u", n->row.born,
                   n->last ? n->last->col.number : 0,
                   n->last ? n->last->col.row.born : 0);
}

static void tell_constraints(struct telling *t, const struct object *o)
{
    const struct constraint_row *last = NULL;
    uint32_t n = 0;

    for (const struct constraint_row *r = o->first_constraint; r;
         last = r, r = r->next, n++)
        for (uint32_t at = 0; at <= t->cat->statement; at++) {
            const struct constraint_row *found =
                byname_find(&o->constraints, r->con.name, at);

            if (found)
                buf_printf(&t->out, " %u:%u", at, found->number);
        }
    assert_ptr_equal(last, o->last_constraint);
    assert_int_equal(n, o->n_constraints);
}

static void tell_edges(struct telling *t, const struct object *o)
{
    const struct edge *last = NULL;

    for (const struct edge *e = o->edges; e; last = e, e = e->next)
        buf_printf(&t->out, " %u->%u", e->from, e->to);
    assert_ptr_equal(last, o->last_edge);
    for (const struct edge *e = o->default_edges; e; e = e->next_default)
        buf_printf(&t->out, " default %u of %u", e->to, e->row.born);
    for (const struct edge *e = o->edges_to; e; e = e->next_to)
        buf_printf(&t->out, " from %u of %u", e->from, e->row.born);
    buf_printf(&t->out, " %d\n", o->has_children);
}

static void tell_rest(struct telling *t, const struct object *o)
{
    const struct index_row *i = o->first_index;
    uint32_t n = 0;

    for (; i && i->next; i = i->next)
        n++;
    assert_ptr_equal(i, o->last_index);
    assert_int_equal(o->n_indexes, i ? n + 1 : 0);
    for (const struct policy_row *p = o->first_policy; p; p = p->next) {
        assert_true(p->next || p == o->last_policy);
        for (uint32_t at = 0; at <= t->cat->statement; at++) {
            const struct policy_row *found =
                byname_find(&o->policies, p->policy.name, at);

            if (found)
                buf_printf(&t->out, " %u:%u", at, found->policy.row.born);
        }
    }
    for (const struct name_slot *at =
             store_bare(t->cat, o->newest->rel.name.name);
         at; at = store_next_schema(at))
        buf_printf(&t->out, " schema %u",
                   store_newest(at) ? store_newest(at)->rel.id : 0);
}

static void tell_labels(struct telling *t, const struct label_set *set)
{
    const struct label_row *last = NULL;

    for (const struct label_row *r = set->first; r; last = r, r = r->next) {
        assert_ptr_equal(r->previous, last);
        buf_printf(&t->out, " %.*s", TL_FMT(r->name));
        for (uint32_t at = 0; at <= t->cat->statement; at++) {
            const struct label_row *found =
                byname_find(&set->by_name, r->name, at);

            if (found)
                buf_printf(&t->out, " %u:%u", at, found->row.born);
        }
    }
    assert_ptr_equal(last, set->last);
}

static void tell(const struct catalog *cat, struct buf *out)
{
    struct telling t = {.cat = cat};

    buf_init(&t.out, SIZE_MAX);
    for (size_t i = 0; i < cat->objects.n; i++) {
        tell_columns(&t, cat->objects.v[i]);
        tell_constraints(&t, cat->objects.v[i]);
        tell_rest(&t, cat->objects.v[i]);
        tell_edges(&t, cat->objects.v[i]);
    }
    for (size_t i = 0; i < cat->types.n; i++)
        if (cat->types.v[i]->labels)
            tell_labels(&t, cat->types.v[i]->labels);
    buf_printf(&t.out, " %d", cat->has_temporary);
    *out = t.out;
}

static void is_linked_as(const struct catalog *one, const struct catalog *two)
{
    struct buf a;
    struct buf b;

    tell(one, &a);
    tell(two, &b);
    assert_true(a.n > 100 && tl_str_eq(buf_view(&a), buf_view(&b)));
    buf_release(&a);
    buf_release(&b);
}

/* A table with more parts than its lists have room for. */
static void strays_are_kept(void **state)
{
    struct history one;
    struct history two;
    struct buf text;
    struct buf bytes;
    struct buf again;

    (void)state;
    buf_init(&text, SIZE_MAX);
    buf_printf(&text, "CREATE TABLE big (a int);");
    for (int i = 0; i < STORE_MAX_PARTS + 40; i++)
        buf_printf(&text,
                   "ALTER TABLE big ADD CONSTRAINT c%d CHECK (a > %d);"
                   "CREATE INDEX i%d ON big (a);",
                   i, i, i);
    buf_printf(&text,
               "ALTER TABLE big RENAME CONSTRAINT c%d TO c;"
               "ALTER INDEX i%d RENAME TO i; DROP INDEX i%d;",
               STORE_MAX_PARTS + 10, STORE_MAX_PARTS + 10, STORE_MAX_PARTS + 9);
    history_init(&one, 15);
    buf_char(&text, 0);
    history_run(&one, text.p);
    freeze(one.catalog, &bytes);
    history_init(&two, 15);
    assert_true(thaw(two.catalog, buf_view(&bytes)));
    freeze(two.catalog, &again);
    assert_true(tl_str_eq(buf_view(&bytes), buf_view(&again)));
    is_linked_as(one.catalog, two.catalog);
    assert_non_null(store_constraint(two.catalog, 1, TL_STR("c"), STORE_NOW));
    assert_null(store_constraint(two.catalog, 1, TL_STR("c1010"), STORE_NOW));
    buf_release(&text);
    buf_release(&bytes);
    buf_release(&again);
    history_release(&one);
    history_release(&two);
}

/* Both ways: bytes are equal when the catalogs are. */
static void answers_as_before(void **state)
{
    struct history one;
    struct history two;
    struct buf bytes;
    struct buf again;

    (void)state;
    fold(&one, sql);
    freeze(one.catalog, &bytes);
    history_init(&two, 15);
    assert_true(thaw(two.catalog, buf_view(&bytes)));
    freeze(two.catalog, &again);
    assert_true(tl_str_eq(buf_view(&bytes), buf_view(&again)));
    buf_release(&again);
    is_linked_as(one.catalog, two.catalog);

    two.statement = one.statement;
    two.txn.number = one.txn.number;
    /* What was before can be rolled back no more, and is asked of no one. */
    history_run(&one, more);
    history_run(&two, more);
    struct buf after;
    freeze(one.catalog, &after);
    freeze(two.catalog, &again);
    assert_true(tl_str_eq(buf_view(&after), buf_view(&again)));
    is_linked_as(one.catalog, two.catalog);
    buf_release(&after);
    buf_release(&again);
    history_release(&one);
    history_release(&two);
    buf_release(&bytes);
}

/* A catalog of any damaged bytes is refused, or can be folded on. */
static void damage_is_survived(void **state)
{
    struct history h;
    struct buf bytes;

    (void)state;
    fold(&h, sql);
    freeze(h.catalog, &bytes);
    history_release(&h);
    for (size_t i = 0; i < bytes.n; i++) {
        char kept = bytes.p[i];

        bytes.p[i] = (char)(kept ^ (1 << i % 8));
        history_init(&h, 15);
        if (thaw(h.catalog, buf_view(&bytes)))
            history_run(&h, more);
        history_release(&h);
        bytes.p[i] = kept;
    }
    for (size_t n = 0; n < bytes.n; n += 7) {
        struct catalog *cat = catalog_create();

        assert_false(thaw(cat, (struct tl_str){bytes.p, n}));
        catalog_destroy(cat);
    }
    buf_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_as_before),
        cmocka_unit_test(strays_are_kept),
        cmocka_unit_test(damage_is_survived),
    };

    return cmocka_run_group_tests_name("freeze", tests, NULL, NULL);
}
