/*
 * baseline_test.c - what is written is read, what differs is found, and lines
 * that are none are told.
 */
#include "plan/baseline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define KEY 0xabcdefu

static struct tl_plan_node nodes[3];
static struct tl_plan plan = {.nodes = nodes, .count = 3};

static void make_plan(void)
{
    memset(nodes, 0, sizeof(nodes));
    nodes[0].type = TL_STR("Sort");
    nodes[0].parent = TL_NO_NODE;
    nodes[0].sort_space_type = TL_STR("Disk");
    nodes[1].type = TL_STR("Nested Loop");
    nodes[2].type = TL_STR("Index Scan");
    nodes[2].relation = TL_STR("bins \"x\"\n");
    nodes[2].alias = TL_STR("b");
    nodes[2].index = TL_STR("bins_idx");
    nodes[2].parent = 1;
}

struct run {
    struct arena arena;
    struct baseline baseline;
    struct plan_list list;
};

static void read(struct run *r, struct tl_str text)
{
    memset(r, 0, sizeof(*r));
    arena_init(&r->arena, 0);
    baseline_read(&r->baseline, text, 4, &r->arena, &r->list);
    baseline_sort(&r->baseline);
}

static void release(struct run *r)
{
    baseline_release(&r->baseline);
    plan_list_release(&r->list);
    arena_release(&r->arena);
}

static void finds_what_differs(void **state)
{
    struct buf out;
    struct run r;

    (void)state;
    make_plan();
    buf_init(&out, 0);
    baseline_write(&out, KEY + 1, TL_STR("select 1"), &plan);
    baseline_write(&out, KEY, TL_STR("select 2"), &plan);
    assert_true(baseline_sniff(buf_view(&out)));
    read(&r, buf_view(&out));
    assert_int_equal(r.list.errors.n, 0);
    assert_null(baseline_find(&r.baseline, KEY, &plan));
    assert_null(baseline_find(&r.baseline, KEY + 2, &plan));
    nodes[2].index = TL_STR("other_idx");
    const struct tl_plan_before *b = baseline_find(&r.baseline, KEY, &plan);
    assert_non_null(b);
    assert_int_equal(b->count, 3);
    assert_true(b->steps[0].spills);
    assert_int_equal(b->steps[2].parent, 1);
    assert_true(tl_str_is(b->steps[2].index, "bins_idx"));
    assert_true(tl_str_is(b->steps[2].relation, "bins \"x\"\n"));
    assert_int_equal(b->span.source, 4);
    assert_true(b->span.start > 0 && b->span.end == out.n - 1);
    release(&r);
    buf_release(&out);
}

static void one_of_several_is_enough(void **state)
{
    struct buf out;
    struct run r;

    (void)state;
    make_plan();
    buf_init(&out, 0);
    baseline_write(&out, KEY, TL_NONE, &plan);
    nodes[2].type = TL_STR("Seq Scan");
    baseline_write(&out, KEY, TL_NONE, &plan);
    read(&r, buf_view(&out));
    assert_null(baseline_find(&r.baseline, KEY, &plan));
    make_plan();
    assert_null(baseline_find(&r.baseline, KEY, &plan));
    plan.count = 2;
    assert_non_null(baseline_find(&r.baseline, KEY, &plan));
    plan.count = 3;
    release(&r);
    buf_release(&out);
}

/* JSON has no place for bytes that are no UTF-8. */
static void finds_names_of_other_encodings(void **state)
{
    struct buf out;
    struct run r;

    (void)state;
    make_plan();
    nodes[2].index = TL_STR("stra\xdf"
                            "e_idx");
    buf_init(&out, 0);
    baseline_write(&out, KEY, TL_NONE, &plan);
    read(&r, buf_view(&out));
    assert_int_equal(r.baseline.entries.n, 1);
    assert_null(baseline_find(&r.baseline, KEY, &plan));
    nodes[2].index = TL_STR("stra\xdf"
                            "en_idx");
    assert_non_null(baseline_find(&r.baseline, KEY, &plan));
    release(&r);
    buf_release(&out);
}

static void finds_nodes_without_an_alias(void **state)
{
    struct buf out;
    struct run r;

    (void)state;
    make_plan();
    nodes[2].relation = TL_STR("streets");
    nodes[2].alias = TL_NONE;
    buf_init(&out, 0);
    baseline_write(&out, KEY, TL_NONE, &plan);
    read(&r, buf_view(&out));
    assert_null(baseline_find(&r.baseline, KEY, &plan));
    nodes[2].alias = TL_STR("others");
    assert_non_null(baseline_find(&r.baseline, KEY, &plan));
    release(&r);
    buf_release(&out);
}

/* A plan that lacks a member is as it was, too. */
static void finds_nodes_without_a_type(void **state)
{
    struct buf out;
    struct run r;

    (void)state;
    make_plan();
    nodes[1].type = TL_NONE;
    buf_init(&out, 0);
    baseline_write(&out, KEY, TL_NONE, &plan);
    read(&r, buf_view(&out));
    assert_int_equal(r.baseline.entries.n, 1);
    assert_null(baseline_find(&r.baseline, KEY, &plan));
    release(&r);
    buf_release(&out);
}

static void damage_is_told(void **state)
{
    struct buf out;
    struct buf bad;
    struct run r;

    (void)state;
    make_plan();
    buf_init(&out, 0);
    buf_init(&bad, 0);
    baseline_write(&out, KEY, TL_STR("select"), &plan);
    for (size_t n = 1; n + 2 < out.n; n++) {
        buf_clear(&bad);
        buf_str(&bad, (struct tl_str){out.p, n});
        buf_char(&bad, '\n');
        buf_str(&bad, buf_view(&out));
        read(&r, buf_view(&bad));
        assert_int_equal(r.list.errors.n, 1);
        assert_int_equal(r.list.errors.v[0].at, 0);
        assert_int_equal(r.baseline.entries.n, 1);
        release(&r);
    }
    read(&r, TL_STR("{\"tusklint_plan\":1,\"shape\":\"0000000000000001\","
                    "\"nodes\":[{\"node\":\"Sort\",\"in\":0}]}\n"
                    "{\"tusklint_plan\":2}\n[[[[[[\n"));
    assert_int_equal(r.list.errors.n, 3);
    release(&r);
    buf_release(&bad);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_differs),
        cmocka_unit_test(one_of_several_is_enough),
        cmocka_unit_test(finds_names_of_other_encodings),
        cmocka_unit_test(finds_nodes_without_an_alias),
        cmocka_unit_test(finds_nodes_without_a_type),
        cmocka_unit_test(damage_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
