/*
 * plantree_test.c - plans as trees: marks, what a large plan leaves out, and
 * hostile names.
 */
#include "report/testing.h"

static struct sample s;

static struct tl_plan_node node(const char *type, uint32_t parent, double rows)
{
    return (struct tl_plan_node){.type = tl_str_c(type),
                                 .parent = parent,
                                 .plan_rows = rows,
                                 .rows_out = rows,
                                 .rows_removed = -1,
                                 .actual_loops = 1,
                                 .self_ms = 0.5};
}

static const char *draw(const struct tl_plan *plan, uint32_t guilty)
{
    static struct buf out;
    uint32_t id = sample_source(&s, "p.json", TL_STR("{}"));
    struct tl_finding *f =
        sample_finding(&s, (struct tl_span){0, 1, id}, "It reads.");

    f->plan = plan;
    f->span.start = plan->nodes[guilty].span.start;
    buf_release(&out);
    buf_init(&out, 0);
    report_add_plan(&s.run, s.run.n_findings - 1, &out, 3, 60);
    return out.p ? out.p : "";
}

static void marks_the_guilty_node(void **state)
{
    struct tl_plan_node nodes[3] = {
        node("Limit", TL_NO_NODE, 5),
        node("Nested Loop", 0, 10),
        node("Seq Scan", 1, 97),
    };
    struct tl_plan plan = {.nodes = nodes, .count = 3, .analyzed = true};

    (void)state;
    nodes[1].never_executed = true;
    nodes[2].relation = TL_STR("bins");
    nodes[2].alias = TL_STR("b");
    nodes[2].actual_loops = 3;
    nodes[2].rows_removed = 100;
    nodes[2].span.start = 7;
    sample_init(&s);
    assert_string_equal(draw(&plan, 2),
                        "     Limit: 5 rows, 0.5 ms\n"
                        "       -> Nested Loop: never executed\n"
                        "   >     -> Seq Scan on bins b: 97 rows, 3 loops, 300 "
                        "remov\xe2\x80\xa6\n");
    struct tl_plan other = {.nodes = nodes, .count = 3};
    nodes[2].self_ms = -1;
    nodes[2].rows_removed = -1;
    nodes[2].index = TL_STR("bins_idx");
    assert_non_null(strstr(draw(&other, 2),
                           "Seq Scan using bins_idx on bins b: "
                           "about 97"));
    sample_release(&s);
}

static void the_same_plan_is_drawn_once(void **state)
{
    struct tl_plan_node nodes[1] = {node("Sort", TL_NO_NODE, 5)};
    struct tl_plan plan = {.nodes = nodes, .count = 1, .analyzed = true};

    (void)state;
    sample_init(&s);
    assert_string_not_equal(draw(&plan, 0), "");
    assert_string_equal(draw(&plan, 0), "");
    sample_release(&s);
}

static void a_large_plan_is_shown_around_the_mark(void **state)
{
    struct tl_plan_node nodes[40];
    struct tl_plan plan = {.nodes = nodes, .count = 40, .analyzed = true};

    (void)state;
    for (uint32_t i = 0; i < 40; i++) {
        nodes[i] = node("Append", i ? 0 : TL_NO_NODE, i);
        nodes[i].span.start = i;
    }
    nodes[31].parent = 30;
    nodes[31].relation = TL_STR("a\x1b[2J\nb");
    sample_init(&s);
    assert_string_equal(
        draw(&plan, 30),
        "     Append: 0 rows, 0.5 ms\n"
        "   >   -> Append: 30 rows, 0.5 ms\n"
        "         -> Append on a\\x1b[2J\\x0ab: 31 rows, 0.5 ms\n"
        "     without 37 nodes of the plan\n");
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_the_guilty_node),
        cmocka_unit_test(the_same_plan_is_drawn_once),
        cmocka_unit_test(a_large_plan_is_shown_around_the_mark),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
