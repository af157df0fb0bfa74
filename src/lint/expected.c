/*
 * expected.c - what the run's options expect of queries' plans: they are
 * joined by the query's shape, so that constants and layout are no matter.
 */
#include "lint/expected.h"

#include "lint/capture.h"
#include "plan/expect.h"
#include "sql/lex.h"
#include "sql/shape.h"

/* Of a query, in a message. */
#define SQL_SHOWN 80

static bool is_blank(const char *text)
{
    struct lex l = lex_at(tl_str_c(text), 0);
    struct lex_token t;

    do
        t = lex_next_code(&l);
    while (lex_is_punct(&l, t, ';'));
    return t.kind == LEX_END;
}

static bool check_terms(const struct tl_plan_expectation *x,
                        const struct tl_expectation *terms, uint32_t n,
                        struct tl_error *error)
{

    if (is_blank(x->sql)) {
        snprintf(error->message, sizeof(error->message),
                 "plan expectation %s: its query is empty",
                 x->terms ? x->terms : "");
        return false;
    }
    for (uint32_t i = 0; i < n; i++)
        if (terms[i].kind == TL_EXPECT_UNKNOWN) {
            snprintf(error->message, sizeof(error->message),
                     "plan expectation %.*s: no such term; known are %s",
                     TL_FMT(terms[i].text), TL_EXPECT_TERMS);
            return false;
        }
    if (n == 0)
        snprintf(error->message, sizeof(error->message),
                 "plan expectation of \"%.*s\": a term is wanted; known are %s",
                 SQL_SHOWN, x->sql, TL_EXPECT_TERMS);
    return n > 0;
}

bool tl_check_plan_expectation(const struct tl_plan_expectation *x,
                               struct tl_error *error)
{
    struct arena arena;
    uint32_t n = 0;

    arena_init(&arena, 0);
    const struct tl_expectation *terms =
        expect_terms(tl_str_c(x->terms), &arena, &n);
    bool ok = check_terms(x, terms, n, error);
    arena_release(&arena);
    return ok;
}

bool expected_check(const struct tl_options *o, struct tl_error *error)
{
    bool ok = true;

    for (size_t i = 0; ok && i < o->n_plan_expectations; i++)
        ok = tl_check_plan_expectation(&o->plan_expectations[i], error);
    return ok;
}

void expected_read(struct expected_plans *e, struct tl_linter *l)
{
    const struct tl_options *o = &l->options;

    for (size_t i = 0; i < o->n_plan_expectations; i++) {
        const struct tl_plan_expectation *option = &o->plan_expectations[i];
        struct expected_plan x = {
            .shape = plan_query_shape(tl_str_c(option->sql)),
            .option = option,
        };

        x.terms = expect_terms(tl_str_c(option->terms), &l->arena, &x.n_terms);
        vec_push(&e->list, x);
    }
}

void expected_join(struct expected_plans *e, struct tl_linter *l,
                   struct tl_plan *plan)
{
    for (size_t i = 0; plan->shape && i < e->list.n; i++) {
        struct expected_plan *x = &e->list.v[i];

        if (x->shape != plan->shape)
            continue;
        x->met = true;
        struct tl_expectation *all =
            ARENA_ARRAY(&l->arena, struct tl_expectation,
                        plan->n_expectations + x->n_terms);
        if (plan->n_expectations)
            memcpy(all, plan->expectations,
                   plan->n_expectations * sizeof(*all));
        memcpy(all + plan->n_expectations, x->terms, x->n_terms * sizeof(*all));
        plan->expectations = all;
        plan->n_expectations += x->n_terms;
    }
}

static uint32_t count_nameless(const struct tl_linter *l)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < l->n_plans; i++)
        n += l->plans[i]->shape == 0;
    return n;
}

void expected_tell(const struct expected_plans *e, struct tl_linter *l)
{
    uint32_t nameless = count_nameless(l);

    for (size_t i = 0; i < e->list.n; i++) {
        const struct expected_plan *x = &e->list.v[i];

        if (x->met || !x->option->must_have_plan)
            continue;
        struct tl_str sql =
            shape_display(&l->arena, tl_str_c(x->option->sql), SQL_SHOWN);
        if (nameless)
            linter_fail(l, NULL,
                        "%s was expected of a plan of \"%.*s\", but no plan "
                        "of that query was given; %u plan%s no query (keep it "
                        "beside the plan under the same name, as .sql)",
                        x->option->terms, TL_FMT(sql), nameless,
                        nameless == 1 ? " names" : "s name");
        else
            linter_fail(l, NULL,
                        "%s was expected of a plan of \"%.*s\", but no plan "
                        "of that query was given",
                        x->option->terms, TL_FMT(sql));
    }
}

void expected_release(struct expected_plans *e)
{
    vec_release(&e->list);
}
