/*
 * sections_test.c - what stands beside the nodes of an EXPLAIN, as 12 to 18
 * write it.
 */
#include "plan/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct read {
    struct arena arena;
    struct plan_list list;
};

static const struct tl_plan *read_one(struct read *r, const char *text)
{
    struct tl_str s = tl_str_c(text);

    *r = (struct read){.list = {.plans = VEC_INIT, .errors = VEC_INIT}};
    arena_init(&r->arena, 0);
    plan_read(s, &r->arena, 0, NULL, s, &r->list);
    assert_int_equal(r->list.errors.n, 0);
    assert_int_equal(r->list.plans.n, 1);
    return &r->list.plans.v[0];
}

static void release(struct read *r)
{
    plan_list_release(&r->list);
    arena_release(&r->arena);
}

static void assert_text(struct tl_str s, const char *expected)
{
    assert_true(tl_str_is(s, expected));
}

/* Whole numbers and eighths: nothing is rounded. */
static void assert_figure(double figure, double expected)
{
    assert_true(figure >= expected && figure <= expected);
}

static void triggers_and_settings(void **state)
{
    struct read r;
    const struct tl_plan *p = read_one(
        &r, "[{\"Plan\": {\"Node Type\": \"ModifyTable\", \"Actual Loops\": 1,"
            "\"Actual Total Time\": 0.5}, \"Settings\": {\"work_mem\": \"1MB\","
            "\"jit\": \"off\"}, \"Triggers\": [{\"Trigger Name\": \"t\","
            "\"Constraint Name\": \"c\", \"Relation\": \"r\", \"Time\": 4.5,"
            "\"Calls\": 3}, {\"Trigger Name\": \"u\"}, 7, []]}]");

    (void)state;
    assert_int_equal(p->n_triggers, 2);
    assert_text(p->triggers[0].name, "t");
    assert_text(p->triggers[0].constraint, "c");
    assert_text(p->triggers[0].relation, "r");
    assert_figure(p->triggers[0].time_ms, 4.5);
    assert_figure(p->triggers[0].calls, 3);
    assert_figure(p->triggers[1].time_ms, -1);
    assert_text(tl_plan_setting(p, "work_mem"), "1MB");
    assert_int_equal(tl_plan_setting(p, "work").n, 0);
    /* auto_explain gives no sum. */
    assert_figure(tl_plan_ms(p), 5);
    release(&r);
}

static void compiling_and_planning(void **state)
{
    struct read r;
    const struct tl_plan *p = read_one(
        &r, "{\"Plan\": {\"Node Type\": \"Result\"}, \"Planning\": {\"Shared "
            "Hit Blocks\": 8, \"Shared Read Blocks\": 2}, \"JIT\": {"
            "\"Functions\": 3, \"Timing\": {\"Generation\": {\"Deform\": 1,"
            "\"Total\": 2}, \"Total\": 64.5}}}");

    (void)state;
    assert_figure(p->jit_ms, 64.5);
    assert_figure(p->planning_hit, 8);
    assert_figure(p->planning_read, 2);
    assert_int_equal(p->n_triggers, 0);
    release(&r);
}

/* The leader's figures may stand behind those of the workers. */
static void workers(void **state)
{
    struct read r;
    const struct tl_plan *p = read_one(
        &r, "[{\"Plan\": {\"Node Type\": \"Sort\", \"Actual Loops\": 3,"
            "\"Workers\": [{\"Worker Number\": 0, \"Sort Space Used\": 40,"
            "\"Sort Space Type\": \"Disk\"}, {\"Worker Number\": 1,"
            "\"Sort Space Used\": 25, \"Sort Space Type\": \"Memory\"}],"
            "\"Sort Space Used\": 30, \"Sort Space Type\": \"Disk\"}}]");

    (void)state;
    assert_figure(p->nodes[0].disk_kb, 70);
    assert_figure(p->nodes[0].disk_most_kb, 40);
    release(&r);
    p = read_one(&r,
                 "[{\"Plan\": {\"Node Type\": \"Memoize\", \"Cache Hits\": 5,"
                 "\"Cache Misses\": 1, \"Disabled\": true, \"Workers\": [{"
                 "\"Cache Hits\": 2, \"Cache Misses\": 3, \"JIT\": {\"Timing\":"
                 "{\"Total\": 9}}}]}}]");
    assert_figure(p->nodes[0].cache_hits, 7);
    assert_figure(p->nodes[0].cache_misses, 4);
    assert_figure(p->nodes[0].cache_evictions, -1);
    assert_true(p->nodes[0].disabled);
    assert_figure(p->jit_ms, -1);
    release(&r);
}

static void sort_groups(void **state)
{
    struct read r;
    const struct tl_plan *p = read_one(
        &r, "[{\"Plan\": {\"Node Type\": \"Incremental Sort\","
            "\"Full-sort Groups\": {\"Group Count\": 1, \"Sort Methods Used\":"
            "[\"quicksort\"], \"Sort Space Memory\": {\"Average Sort Space "
            "Used\": 26, \"Peak Sort Space Used\": 26}}, \"Pre-sorted Groups\":"
            "{\"Sort Space Disk\": {\"Average Sort Space Used\": 10,"
            "\"Peak Sort Space Used\": 12}}}}]");

    (void)state;
    assert_figure(p->nodes[0].disk_kb, 12);
    assert_figure(p->nodes[0].disk_most_kb, 12);
    release(&r);
}

/* Sections of one document are not those of the next. */
static void documents(void **state)
{
    struct read r = {.list = {.plans = VEC_INIT, .errors = VEC_INIT}};
    struct tl_str s = tl_str_c(
        "[{\"Plan\": {\"Node Type\": \"A\"}, \"Triggers\": [{\"Time\": 1}]}]\n"
        "[{\"Plan\": {\"Node Type\": \"B\"}}]\n");

    (void)state;
    arena_init(&r.arena, 0);
    plan_read(s, &r.arena, 0, NULL, s, &r.list);
    assert_int_equal(r.list.plans.n, 2);
    assert_int_equal(r.list.plans.v[0].n_triggers, 1);
    assert_int_equal(r.list.plans.v[1].n_triggers, 0);
    release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(triggers_and_settings),
        cmocka_unit_test(compiling_and_planning),
        cmocka_unit_test(workers),
        cmocka_unit_test(sort_groups),
        cmocka_unit_test(documents),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
