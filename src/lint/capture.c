/*
 * capture.c - what the application does: query files, logs, and the shapes
 * and loops in them.
 *
 * Runs when the migrations are folded: every query is judged against the
 * schema as they leave it. A captured query is judged once, by the first text
 * that was seen of its shape.
 */
#include "lint/capture.h"

#include "base/clock.h"
#include "input/digest.h"
#include "lint/linter.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

/* A log that is broken from end to end is told so in a few findings. */
#define ERRORS_TOLD 20

/* ---- logs ---- */

struct log_walk {
    struct capture *capture;
    struct input *input;
    size_t errors;
};

static bool take_event(void *arg, const struct event *e)
{
    struct log_walk *w = arg;

    workload_add(w->capture->linter->workload, w->input->source.id, e);
    if (e->kind == EVENT_PLAN && e->plan.n &&
        !w->capture->linter->options.digest)
        capture_plan_event(w->capture, w->input, e);
    return true;
}

static void take_error(void *arg, uint64_t start, uint64_t end,
                       const char *message)
{
    struct log_walk *w = arg;
    struct tl_span at = {start, end, w->input->source.id};

    mention_blind(w->capture->linter);
    if (w->errors++ < ERRORS_TOLD)
        linter_report(w->capture->linter, "unreadable-input", at, "%s",
                      message);
}

static void take_progress(void *arg, uint64_t offset)
{
    struct log_walk *w = arg;
    const struct tl_options *o = &w->capture->linter->options;

    if (w->input->owns_file)
        file_forget(&w->input->file, offset);
    if (o->progress)
        o->progress(o->progress_arg, w->input->path, offset,
                    w->input->source.text.n);
}

static void read_log(struct capture *cap, struct input *in)
{
    struct log_walk w = {.capture = cap, .input = in};
    struct input_sink sink = {
        .event = take_event,
        .error = take_error,
        .progress = take_progress,
        .arg = &w,
        .log_line_prefix =
            tl_str_c(choice_options(cap->linter, in)->log_line_prefix)};

    in->format->read(in->source.text, &sink);
    workload_end_file(cap->linter->workload);
    if (w.errors <= ERRORS_TOLD)
        return;
    struct tl_span end = {in->source.text.n, in->source.text.n, in->source.id};
    linter_report(cap->linter, "unreadable-input", end,
                  "%zu more records of this log cannot be read.",
                  w.errors - ERRORS_TOLD);
}

/* ---- what could not be read ---- */

static void tell_damage(struct tl_linter *l, const struct input *in)
{
    struct tl_span end = {in->source.text.n, in->source.text.n, in->source.id};

    linter_report(l, "unreadable-input", end,
                  "%c%s: what comes before is read.",
                  toupper((unsigned char)in->damage[0]), in->damage + 1);
}

static void tell_unknown(struct tl_linter *l, const struct input *in)
{
    struct tl_span at = {0, 0, in->source.id};

    if (in->source.text.n == 0)
        return;
    struct tl_finding *f = linter_report(
        l, "unreadable-input", at,
        "This is no SQL, no EXPLAIN (FORMAT JSON) and no log that is known.");
    struct tl_ctx c = {.linter = l, .scratch = &l->scratch};
    tl_help(&c, f, "Say what it is with --as, or leave it out of the run.");
}

static void tell_dialect(struct tl_linter *l, const struct input *in)
{
    struct tl_span at = {0, 0, in->source.id};
    const char *dialect = layout_foreign_dialect(in->path);
    struct tl_finding *f =
        dialect ? linter_report(l, "unreadable-input", at,
                                "By its name this is SQL of another database "
                                "(%s): it is not read.",
                                dialect)
                : linter_report(l, "unreadable-input", at,
                                "The file beside it is PostgreSQL's way of "
                                "this migration: this one is not read.");

    tl_set_severity(f, TL_NOTE);
}

static void read_input(struct capture *cap, struct input *in)
{
    struct tl_linter *l = cap->linter;
    double began = clock_seconds();

    switch (in->kind) {
    case INPUT_QUERY:
        query_read_file(l, in);
        return;
    case INPUT_QUERY_DATA:
        query_read_data(l, in);
        return;
    case INPUT_LOG:
        read_log(cap, in);
        break;
    case INPUT_PLAN:
        capture_plan_file(cap, in);
        break;
    case INPUT_BASELINE:
        capture_baseline_file(l, in);
        break;
    case INPUT_UNKNOWN:
        tell_unknown(l, in);
        return;
    case INPUT_OTHER_DIALECT:
        if (in->named)
            tell_dialect(l, in);
        return;
    case INPUT_MIGRATION:
        return;
    }
    l->timing.read += clock_seconds() - began;
}

static void read_kind(struct capture *cap, enum input_kind kind)
{
    /* Plans may add the query files beside them to the inputs. */
    size_t n = cap->linter->inputs.n;

    for (size_t i = 0; i < n; i++) {
        struct input *in = cap->linter->inputs.v[i];

        if (in->kind == kind && !in->context_only && !in->failed)
            read_input(cap, in);
    }
}

/* ---- shapes and loops ---- */

static void call_shape(struct tl_ctx *c, const struct tl_rule *r,
                       const void *arg)
{
    r->on_shape(c, arg);
}

static void call_loop(struct tl_ctx *c, const struct tl_rule *r,
                      const void *arg)
{
    c->loop = arg;
    r->on_loop(c, arg);
}

static void call_request(struct tl_ctx *c, const struct tl_rule *r,
                         const void *arg)
{
    r->on_request(c, arg);
}

static void call_transaction(struct tl_ctx *c, const struct tl_rule *r,
                             const void *arg)
{
    r->on_transaction(c, arg);
}

static void call_gap(struct tl_ctx *c, const struct tl_rule *r, const void *arg)
{
    r->on_gap(c, arg);
}

static void call_relation(struct tl_ctx *c, const struct tl_rule *r,
                          const void *arg)
{
    r->on_relation(c, arg);
}

static void call_end(struct tl_ctx *c, const struct tl_rule *r, const void *arg)
{
    (void)arg;
    r->on_end(c);
}

void capture_call(struct tl_linter *l, const struct active_rule **list,
                  judge_fn *call, const void *arg)
{
    struct tl_ctx c = {.linter = l, .scratch = &l->scratch};

    judge_list(&c, list, call, arg);
    arena_clear(&l->scratch);
}

/* All rules of one relation, then the next: it is in no cache a second time. */
static void judge_relations(struct tl_linter *l)
{
    struct tl_schema now = catalog_at(l->catalog, l->statement);

    if (!l->shown_from || !l->dispatch.on_relation)
        return;
    for (const struct tl_relation *r = NULL;
         (r = catalog_next_changed(now, r, l->shown_from));)
        capture_call(l, l->dispatch.on_relation, call_relation, r);
}

void capture_judge_end(struct tl_linter *l)
{
    judge_relations(l);
    capture_call(l, l->dispatch.on_end, call_end, NULL);
}

/* Statements of query files were judged where they stand. What the server
   refused every time says nothing that the application relies on, and what was
   cut is no error of its. */
static void judge_example(const struct capture *cap, const struct tl_shape *s)
{
    struct tl_linter *l = cap->linter;
    const struct shape_extra *extra = workload_extra(l->workload, s);

    if (s->number < cap->n_file_shapes || extra->role != ROLE_QUERY ||
        s->span.source >= l->inputs.n)
        return;
    /* Of the long ones only bulk loads surely look nothing up. */
    if (!s->example.n && s->class != TL_CLASS_INSERT_MANY)
        mention_blind(l);
    if (!s->example.n)
        return;
    struct unit u = {.input = l->inputs.v[s->span.source],
                     .text = s->example,
                     .map = extra->map,
                     .key = s->hash,
                     .shape = s};
    query_judge(l, &u,
                s->calls > s->errors && !workload_is_cut(l->workload, s));
}

static void judge_work(struct tl_linter *l)
{
    const struct dispatch *d = &l->dispatch;
    size_t n;

    const struct tl_loop *loops = workload_loops(l->workload, &n);
    for (size_t i = 0; i < n; i++)
        capture_call(l, d->on_loop, call_loop, &loops[i]);
    const struct tl_request *requests = workload_requests(l->workload, &n);
    for (size_t i = 0; i < n; i++)
        capture_call(l, d->on_request, call_request, &requests[i]);
    const struct tl_transaction *open = workload_transactions(l->workload, &n);
    for (size_t i = 0; i < n; i++)
        capture_call(l, d->on_transaction, call_transaction, &open[i]);
    const struct tl_gap *gaps = workload_gaps(l->workload, &n);
    for (size_t i = 0; i < n; i++)
        capture_call(l, d->on_gap, call_gap, &gaps[i]);
}

static void tell_dropped(struct tl_linter *l)
{
    uint64_t dropped = workload_dropped(l->workload);

    if (!dropped)
        return;
    mention_blind(l);
    linter_fail(l, NULL,
                "the capture has more different queries than are kept: "
                "%" PRIu64 " executions are not counted",
                dropped);
}

static void judge_workload(const struct capture *cap)
{
    struct tl_linter *l = cap->linter;

    l->shapes = workload_shapes(l->workload, &l->n_shapes);
    l->has_capture = workload_has_capture(l->workload);
    for (size_t i = 0; i < l->n_shapes; i++) {
        judge_example(cap, &l->shapes[i]);
        capture_call(l, l->dispatch.on_shape, call_shape, &l->shapes[i]);
    }
    judge_work(l);
    tell_dropped(l);
}

static void tell_damages(struct tl_linter *l)
{
    for (size_t i = 0; i < l->inputs.n; i++)
        if (l->inputs.v[i]->damage) {
            mention_blind(l);
            tell_damage(l, l->inputs.v[i]);
        }
}

static uint32_t count_shapes(const struct tl_linter *l)
{
    size_t n;

    (void)workload_shapes(l->workload, &n);
    return (uint32_t)n;
}

void capture_run(struct tl_linter *l)
{
    struct capture cap = {.linter = l};

    l->workload = workload_create(&l->arena, l->options.loop_minimum);
    tell_damages(l);
    read_kind(&cap, INPUT_UNKNOWN);
    read_kind(&cap, INPUT_OTHER_DIALECT);
    read_kind(&cap, INPUT_QUERY);
    read_kind(&cap, INPUT_QUERY_DATA);
    cap.n_file_shapes = count_shapes(l);
    read_kind(&cap, INPUT_LOG);
    read_kind(&cap, INPUT_BASELINE);
    read_kind(&cap, INPUT_PLAN);
    workload_finish(l->workload, catalog_at(l->catalog, l->statement));
    judge_workload(&cap);
    capture_plans_judge(&cap);
    capture_judge_end(l);
    capture_plans_release(&cap);
}

/* ---- a digest ---- */

void capture_digest(struct tl_linter *l)
{
    struct capture cap = {.linter = l};

    l->workload = workload_create(&l->arena, l->options.loop_minimum);
    workload_only_count(l->workload);
    tell_damages(l);
    for (size_t i = 0; i < l->inputs.n; i++) {
        struct input *in = l->inputs.v[i];

        if (in->kind == INPUT_LOG)
            read_input(&cap, in);
        else if (in->named && in->source.text.n)
            linter_fail(l, in->path,
                        "%s: is no log, no statistics and no digest", in->path);
    }
    workload_finish(l->workload, catalog_at(l->catalog, 0));
    tell_dropped(l);
}

static int compare_hash(const void *a, const void *b)
{
    const struct tl_shape *x = *(const struct tl_shape *const *)a;
    const struct tl_shape *y = *(const struct tl_shape *const *)b;

    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

bool tl_write_digest(struct tl_linter *l, FILE *f)
{
    size_t n = 0;
    const struct tl_shape *shapes =
        l->workload ? workload_shapes(l->workload, &n) : NULL;
    const struct tl_shape **list =
        ARENA_ARRAY(&l->arena, const struct tl_shape *, n + 1);
    struct buf out;

    for (size_t i = 0; i < n; i++)
        list[i] = &shapes[i];
    if (n)
        qsort(list, n, sizeof(list[0]), compare_hash);
    buf_init(&out, 0);
    for (size_t i = 0; i < n && !ferror(f); i++) {
        const struct shape_stats *s = workload_stats(l->workload, list[i]);

        buf_clear(&out);
        if (s->calls)
            digest_write(&out, list[i]->hash, list[i]->display, s);
        fwrite(out.p, 1, out.n, f);
    }
    buf_release(&out);
    return !ferror(f);
}
