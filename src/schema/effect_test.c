/*
 * effect_test.c - the lock model against servers: every statement form that
 * was measured, cell by cell.
 *
 * A cell is what one version of PostgreSQL did: the lock on one relation, was
 * a table rewritten, was one read whole, may it stand in a transaction. The
 * model speaks of the op's relation and one more; ACCESS SHARE on what is only
 * read is not its business. Cells that differ for a reason stand with it in
 * exceptions.json, and an exception that nothing needs fails.
 *
 * A file given as an argument is judged instead: what ci/locks.sh measured.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "base/file.h"
#include "schema/store.h"
#include "schema/testing.h"

#define FORMS "testdata/locks/lock_oracle.json"
#define EXCEPTIONS "testdata/locks/exceptions.json"
#define MAX_LOCKS 32

struct lock_of {
    struct tl_str relation;
    enum tl_lock lock;
};

/* What the model says of one form. */
struct said {
    struct arena *arena;
    struct lock_of locks[MAX_LOCKS];
    size_t n;
    bool rewrite;
    bool scan;
    bool transaction;
};

static void say_lock(struct said *s, struct tl_str relation, enum tl_lock lock)
{
    if (lock == TL_LOCK_NONE || relation.n == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (!tl_str_eq(s->locks[i].relation, relation))
            continue;
        if (s->locks[i].lock < lock)
            s->locks[i].lock = lock;
        return;
    }
    assert_true(s->n < MAX_LOCKS);
    s->locks[s->n++] = (struct lock_of){arena_str(s->arena, relation), lock};
}

static void take_lock(void *arg, struct tl_name name, enum tl_lock lock)
{
    say_lock(arg, name.name, lock);
}

static void see(const struct tl_op *op, struct tl_schema before, void *arg)
{
    struct said *s = arg;

    effect_locks(op, before, take_lock, s);
    s->rewrite |= op->effect.rewrite;
    s->scan |= op->effect.scan;
    s->transaction &= op->effect.transaction_ok != TL_NO;
}

/* ---- the comparison ---- */

struct bench {
    cJSON *oracle;
    cJSON *exceptions;
    const cJSON *form;
    int version;
    size_t cells;
    size_t wrong;
};

static const char *text_of(const cJSON *object, const char *key)
{
    const char *s =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));

    return s ? s : "";
}

static bool has_string(const cJSON *list, const char *s)
{
    const cJSON *it;

    cJSON_ArrayForEach(it,
                       list) if (cJSON_IsString(it) &&
                                 strcmp(it->valuestring, s) == 0) return true;
    return false;
}

static bool is_excepted(struct bench *b, const char *cell)
{
    cJSON *it;

    cJSON_ArrayForEach(it, b->exceptions)
    {
        if (strcmp(text_of(it, "id"), text_of(b->form, "id")) != 0 ||
            !has_string(cJSON_GetObjectItemCaseSensitive(it, "cells"), cell))
            continue;
        if (!cJSON_HasObjectItem(it, "used"))
            cJSON_AddTrueToObject(it, "used");
        return true;
    }
    return false;
}

static void check_cell(struct bench *b, const char *cell, const char *measured,
                       const char *said)
{
    b->cells++;
    if (strcmp(measured, said) == 0 || is_excepted(b, cell))
        return;
    b->wrong++;
    print_error("%s on %d: %s measured %s, said %s\n", text_of(b->form, "id"),
                b->version, cell, measured, said);
}

static const char *yes(bool b)
{
    return b ? "yes" : "no";
}

static const char *lock_said(const struct said *s, const char *relation)
{
    for (size_t i = 0; i < s->n; i++)
        if (tl_str_is(s->locks[i].relation, relation))
            return tl_lock_name(s->locks[i].lock);
    return tl_lock_name(TL_LOCK_NONE);
}

static void check_locks(struct bench *b, const struct said *s,
                        const struct history *h, const cJSON *locks)
{
    char cell[128];
    const cJSON *it;

    cJSON_ArrayForEach(it, locks)
    {
        const char *said = lock_said(s, it->string);

        if (strcmp(it->valuestring, "ACCESS SHARE") == 0 &&
            strcmp(said, "none") == 0)
            continue;
        snprintf(cell, sizeof(cell), "lock:%s", it->string);
        check_cell(b, cell, it->valuestring, said);
    }
    /* Nothing is said to be locked that was not; of what is dropped the
       server could not be asked. */
    for (size_t i = 0; i < s->n; i++) {
        struct tl_name name = {TL_NONE, s->locks[i].relation};
        struct tl_schema after = history_now(h);
        struct tl_schema before = catalog_at(h->catalog, h->statement - 1);

        snprintf(cell, sizeof(cell), "%.*s", TL_FMT(name.name));
        if (cJSON_HasObjectItem(locks, cell) ||
            !tl_find_relation(before, name, NULL) ||
            !tl_find_relation(after, name, NULL))
            continue;
        snprintf(cell, sizeof(cell), "lock:%.*s", TL_FMT(name.name));
        check_cell(b, cell, "none", tl_lock_name(s->locks[i].lock));
    }
}

static void check_measured(struct bench *b, const cJSON *base,
                           const cJSON *measured)
{
    struct history h;
    const cJSON *it;

    history_init(&h, b->version);
    cJSON_ArrayForEach(it, base) history_run(&h, it->valuestring);
    history_run(&h, text_of(b->form, "setup"));

    struct said s = {.arena = &h.arena, .transaction = true};
    h.seen = see;
    h.arg = &s;
    history_run(&h, text_of(b->form, "sql"));
    if (cJSON_HasObjectItem(measured, "transaction")) {
        check_cell(b, "transaction", "no", yes(s.transaction));
        history_release(&h);
        return;
    }
    check_cell(b, "transaction", "yes", yes(s.transaction));
    check_locks(b, &s, &h, cJSON_GetObjectItemCaseSensitive(measured, "locks"));
    check_cell(b, "rewrite",
               yes(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(
                       measured, "rewrite")) > 0),
               yes(s.rewrite));
    check_cell(b, "scan",
               yes(cJSON_GetArraySize(
                       cJSON_GetObjectItemCaseSensitive(measured, "scan")) > 0),
               yes(s.scan));
    history_release(&h);
}

static cJSON *read_json(const char *path)
{
    struct err err = {0};
    struct file f;

    if (!file_read(&f, path, SIZE_MAX, &err))
        fail_msg("cannot read %s", path);

    cJSON *json = cJSON_ParseWithLength(f.text.p, f.text.n);

    file_release(&f);
    if (!json)
        fail_msg("%s is not JSON", path);
    return json;
}

static void check_form(struct bench *b)
{
    const cJSON *base = cJSON_GetObjectItemCaseSensitive(b->oracle, "base");
    const cJSON *measured;

    cJSON_ArrayForEach(measured,
                       cJSON_GetObjectItemCaseSensitive(b->form, "measured"))
    {
        const cJSON *v;

        cJSON_ArrayForEach(
            v, cJSON_GetObjectItemCaseSensitive(measured, "versions"))
        {
            b->version = v->valueint;
            check_measured(b, base, measured);
        }
    }
}

static void check_exceptions(struct bench *b)
{
    const cJSON *it;

    cJSON_ArrayForEach(it, b->exceptions)
    {
        if (cJSON_HasObjectItem(it, "used") && *text_of(it, "why"))
            continue;
        b->wrong++;
        print_error("%s: an exception nobody needs\n", text_of(it, "id"));
    }
}

static void test_measured_forms(void **state)
{
    const char *given = *state;
    struct bench b = {.oracle = read_json(given ? given : FORMS),
                      .exceptions = read_json(EXCEPTIONS)};
    const cJSON *it;

    cJSON_ArrayForEach(it, cJSON_GetObjectItemCaseSensitive(b.oracle, "forms"))
    {
        b.form = it;
        check_form(&b);
    }
    /* One server does not need what another one does. */
    if (!given)
        check_exceptions(&b);
    cJSON_Delete(b.oracle);
    cJSON_Delete(b.exceptions);
    assert_true(b.cells > (given ? 200 : 1500));
    assert_int_equal(b.wrong, 0);
}

static void see_rewrite(const struct tl_op *op, struct tl_schema before,
                        void *arg)
{
    (void)before;
    *(bool *)arg = op->effect.rewrite;
}

/* A function that the history declares is as volatile as it says. */
static void test_declared_functions(void **state)
{
    bool rewrite = false;
    struct history h;

    (void)state;
    history_init(&h, 15);
    history_run(&h, "create table t (a int);"
                    "create function app.s() returns int language sql stable "
                    "as 'select 1';"
                    "create function app.v() returns int language plpgsql "
                    "as 'begin return 1; end'");
    h.seen = see_rewrite;
    h.arg = &rewrite;
    history_run(&h, "alter table t add b int default app.v()");
    assert_true(rewrite);
    history_run(&h, "alter table t add c int default app.s()");
    assert_false(rewrite);
    history_run(&h, "alter table t add d int default app.nobody_knows()");
    assert_true(rewrite);
    history_release(&h);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_measured_forms,
                                  argc > 1 ? argv[1] : NULL),
        cmocka_unit_test(test_declared_functions),
    };

    return cmocka_run_group_tests_name("effect", tests, NULL, NULL);
}
