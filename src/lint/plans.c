/*
 * plans.c - query plans on their way to the rules: read, joined to the query
 * that they are of, kept until every query is counted, judged.
 *
 * A plan finds its query in its own "Query Text", in the log entry around it,
 * or in the .sql file of the same name beside it; the query's shape is what
 * joins it to the captured calls.
 */
#include "base/xxh.h"
#include "lint/capture.h"
#include "lint/expected.h"
#include "plan/expect.h"
#include "sql/lex.h"
#include "sql/shape.h"
#include "workload/tags.h"

#include <stdlib.h>
#include <string.h>

#define PLANS_MAX 100000u
#define ERRORS_TOLD 20
/* Bytes of a query in a baseline: for people. */
#define QUERY_SHOWN 200

/* ---- the query of a plan ---- */

/* EXPLAIN (ANALYZE, ...) SELECT ... asks about what stands behind it. */
static struct tl_str explained(struct tl_str text)
{
    struct lex l = lex_at(text, 0);
    struct lex_token t = lex_next_code(&l);
    int depth = 0;

    if (!lex_is_word(&l, t, "explain"))
        return text;
    for (t = lex_next_code(&l); t.kind != LEX_END; t = lex_next_code(&l)) {
        depth += lex_is_punct(&l, t, '(');
        if (lex_is_punct(&l, t, ')'))
            depth--;
        else if (depth == 0 && !lex_is_word(&l, t, "analyze") &&
                 !lex_is_word(&l, t, "verbose"))
            break;
    }
    return (struct tl_str){text.p + t.start, text.n - t.start};
}

static uint64_t query_shape(struct tl_str text)
{
    struct query_tags tags;

    return shape_hash(tags_read(text, &tags));
}

uint64_t plan_query_shape(struct tl_str text)
{
    return query_shape(explained(text));
}

static void set_query(struct tl_plan *plan, struct tl_str text,
                      struct tl_span span)
{
    struct tl_str query = explained(text);

    span.start += (uint64_t)(query.p - text.p);
    plan->query = query;
    plan->query_span = span;
    plan->shape = query_shape(query);
}

/* A query that came with its plan may say what it expects, too; its places are
   those of the whole text, which may be encoded. */
static void read_expectations(struct tl_linter *l, struct tl_plan *plan)
{
    struct tl_expectation *list = NULL;
    uint32_t n;

    if (plan->query.n && !plan->n_expectations) {
        list = expect_read(plan->query, plan->query_span.source, &l->arena, &n);
        plan->n_expectations = n;
        plan->expectations = list;
    }
    for (uint32_t i = 0; list && i < plan->n_expectations; i++)
        list[i].span = plan->query_span;
}

static void join_file(struct capture *cap, const struct input *plan_file,
                      struct tl_plan *plan)
{
    struct tl_linter *l = cap->linter;
    const struct input *in = beside_plan(&cap->beside, l, plan_file->path);
    struct split_list list = {.statements = VEC_INIT};
    struct tl_str masked;

    if (!in)
        return;
    plan->expectations = expect_read(in->source.text, in->source.id, &l->arena,
                                     &plan->n_expectations);
    split_text(query_file_text(l, in), &l->arena, &list, &masked);
    if (!plan->query.n && list.statements.n == 1) {
        const struct split_statement *s = &list.statements.v[0];
        struct tl_str text = {masked.p + s->start, s->end - s->start};

        set_query(plan, text,
                  (struct tl_span){s->start, s->end, in->source.id});
    }
    split_release(&list);
}

/* ---- keeping ---- */

static void hash_text(XXH3_state_t *state, struct tl_str s)
{
    XXH3_64bits_update(state, s.p ? s.p : "", s.n);
    XXH3_64bits_update(state, "", 1);
}

static uint64_t structure_of(const struct tl_plan *plan)
{
    XXH3_state_t state;

    XXH3_64bits_reset(&state);
    XXH3_64bits_update(&state, &plan->shape, sizeof(plan->shape));
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];

        XXH3_64bits_update(&state, &n->parent, sizeof(n->parent));
        hash_text(&state, n->type);
        hash_text(&state, n->schema);
        hash_text(&state, n->relation);
        hash_text(&state, n->index);
    }
    return XXH3_64bits_digest(&state);
}

static uint32_t *slot_of(struct capture *cap, uint64_t structure)
{
    size_t i = structure & (cap->table_size - 1);

    while (cap->by_structure[i] &&
           cap->plans.v[cap->by_structure[i] - 1].structure != structure)
        i = (i + 1) & (cap->table_size - 1);
    return &cap->by_structure[i];
}

static void grow_table(struct capture *cap)
{
    if ((cap->plans.n + 1) * 2 <= cap->table_size)
        return;
    cap->table_size = cap->table_size ? cap->table_size * 2 : 64;
    mem_free(cap->by_structure);
    cap->by_structure =
        mem_calloc(cap->table_size, sizeof(cap->by_structure[0]));
    for (size_t i = 0; i < cap->plans.n; i++)
        *slot_of(cap, cap->plans.v[i].structure) = (uint32_t)i + 1;
}

/* True when the plan is the first of its structure. */
static bool keep(struct capture *cap, const struct tl_plan *plan,
                 uint64_t structure)
{
    if (cap->plans.n >= PLANS_MAX)
        return false;
    grow_table(cap);
    uint32_t *slot = slot_of(cap, structure);
    if (*slot)
        return false;
    vec_push(&cap->plans, ((struct kept_plan){*plan, structure}));
    *slot = (uint32_t)cap->plans.n;
    return true;
}

static void tell_errors(struct tl_linter *l, const struct input *in,
                        const struct plan_list *list)
{
    for (size_t i = 0; i < list->errors.n && i < ERRORS_TOLD; i++) {
        const struct plan_error *e = &list->errors.v[i];
        struct tl_span at = {e->at, e->at, in->source.id};

        linter_report(l, "unreadable-input", at, "%.*s", TL_FMT(e->message));
    }
}

void capture_plan_file(struct capture *cap, struct input *in)
{
    struct tl_linter *l = cap->linter;
    struct plan_list list = {.plans = VEC_INIT, .errors = VEC_INIT};
    struct text_map map = {.base = 0};

    plan_read(in->source.text, &l->arena, in->source.id, &map, in->source.text,
              &list);
    tell_errors(l, in, &list);
    for (size_t i = 0; i < list.plans.n; i++) {
        struct tl_plan *plan = &list.plans.v[i];

        if (plan->query.n)
            plan->shape = query_shape(plan->query);
        if (list.plans.n == 1)
            join_file(cap, in, plan);
        read_expectations(l, plan);
        /* Two files with equal plans are two findings: each has its place. */
        keep(cap, plan,
             structure_of(plan) ^ XXH3_64bits(&plan->span, sizeof(plan->span)));
    }
    plan_list_release(&list);
}

void capture_plan_event(struct capture *cap, struct input *in,
                        const struct event *e)
{
    struct tl_linter *l = cap->linter;
    struct plan_list list = {.plans = VEC_INIT, .errors = VEC_INIT};
    struct query_tags tags;
    struct tl_str sql = tags_read(e->sql, &tags);
    uint64_t shape = shape_hash(sql);

    plan_read(e->plan, &l->scratch, in->source.id, &e->plan_map,
              in->source.text, &list);
    bool is_new = list.plans.n == 1;
    uint64_t structure = 0;
    if (is_new) {
        list.plans.v[0].shape = shape;
        structure = structure_of(&list.plans.v[0]);
        grow_table(cap);
        is_new = !*slot_of(cap, structure);
    }
    tell_errors(l, in, &list);
    arena_clear(&l->scratch);
    if (is_new) {
        plan_read(e->plan, &l->arena, in->source.id, &e->plan_map,
                  in->source.text, &list);
        struct tl_plan *plan = &list.plans.v[0];
        plan->shape = shape;
        plan->query = arena_str(&l->arena, sql);
        plan->query_span = e->span;
        plan->query_span.source = in->source.id;
        read_expectations(l, plan);
        keep(cap, plan, structure);
    }
    plan_list_release(&list);
}

/* ---- judging ---- */

static void call_plan(struct tl_ctx *c, const struct tl_rule *r,
                      const void *arg)
{
    c->plan = arg;
    r->on_plan(c, arg);
}

/* A plan whose query is not known goes by its file. */
static uint64_t baseline_key(const struct tl_linter *l,
                             const struct tl_plan *plan)
{
    const char *path = tl_source_path(l, plan->span.source);

    if (plan->shape)
        return plan->shape;
    return path ? XXH3_64bits(path, strlen(path)) : 0;
}

const struct tl_plan_before *tl_plan_before(const struct tl_ctx *c,
                                            const struct tl_plan *plan)
{
    return baseline_find(&c->linter->baseline, baseline_key(c->linter, plan),
                         plan);
}

bool tl_plan_is_name(struct tl_str before, struct tl_str now)
{
    return baseline_is_text(before, now);
}

bool tl_plan_spills(const struct tl_plan_node *n)
{
    return baseline_spills(n);
}

void capture_baseline_file(struct tl_linter *l, struct input *in)
{
    struct plan_list list = {.plans = VEC_INIT, .errors = VEC_INIT};

    baseline_read(&l->baseline, in->source.text, in->source.id, &l->arena,
                  &list);
    tell_errors(l, in, &list);
    plan_list_release(&list);
}

static int compare_texts(const void *a, const void *b)
{
    const struct tl_str *x = a;
    const struct tl_str *y = b;
    size_t n = x->n < y->n ? x->n : y->n;
    int c = memcmp(x->p, y->p, n);

    return c ? c : x->n < y->n ? -1 : x->n > y->n;
}

static struct tl_str plan_line(struct tl_linter *l, const struct tl_plan *plan,
                               struct buf *b)
{
    struct tl_str query =
        plan->query.n ? shape_display(&l->arena, plan->query, QUERY_SHOWN)
                      : tl_str_c(tl_source_path(l, plan->span.source));

    buf_clear(b);
    baseline_write(b, baseline_key(l, plan), query, plan);
    return arena_str(&l->arena, buf_view(b));
}

size_t tl_plan_count(const struct tl_linter *l)
{
    return l->n_plans;
}

size_t tl_plans_before(const struct tl_linter *l)
{
    return l->baseline.entries.n;
}

/* Sorted, and what came twice once. */
bool tl_write_plan_baseline(struct tl_linter *l, FILE *f)
{
    struct tl_str *lines =
        ARENA_ARRAY(&l->arena, struct tl_str, l->n_plans + 1);
    struct buf b;

    buf_init(&b, 0);
    for (uint32_t i = 0; i < l->n_plans; i++)
        lines[i] = plan_line(l, l->plans[i], &b);
    buf_release(&b);
    if (l->n_plans)
        qsort(lines, l->n_plans, sizeof(lines[0]), compare_texts);
    for (uint32_t i = 0; i < l->n_plans && !ferror(f); i++)
        if (i == 0 || !tl_str_eq(lines[i], lines[i - 1]))
            fwrite(lines[i].p, 1, lines[i].n, f);
    return !ferror(f);
}

void capture_plans_judge(struct capture *cap)
{
    struct tl_linter *l = cap->linter;
    struct expected_plans expected = {.list = VEC_INIT};

    expected_read(&expected, l);
    baseline_sort(&l->baseline);
    l->plans = ARENA_ARRAY(&l->arena, const struct tl_plan *, cap->plans.n + 1);

    for (size_t i = 0; i < cap->plans.n; i++) {
        struct tl_plan *plan = ARENA_NEW(&l->arena, struct tl_plan);

        *plan = cap->plans.v[i].plan;
        expected_join(&expected, l, plan);
        plan->number = l->n_plans;
        plan->limits =
            choice_options(l, l->inputs.v[plan->span.source])->limits;
        l->plans[l->n_plans++] = plan;
        size_t first = l->findings.n;
        capture_call(l, l->dispatch.on_plan, call_plan, plan);
        follows_settle(l, first);
    }
    expected_tell(&expected, l);
    expected_release(&expected);
}

void capture_plans_release(struct capture *cap)
{
    vec_release(&cap->plans);
    mem_free(cap->by_structure);
    beside_release(&cap->beside);
}
