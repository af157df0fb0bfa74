/*
 * api.c - tusklint.h: a run from the outside.
 */
#include "base/clock.h"
#include "base/err.h"
#include "input/prefix.h"
#include "lint/cache.h"
#include "lint/expected.h"
#include "lint/linter.h"
#include "lint/select.h"
#include "report/report.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#define DEFAULT_LOOP_MINIMUM 5
#define MAX_THREADS 64

/* registry.c, generated. */
struct tl_rule_entry {
    const struct tl_rule *rule;
    struct tl_str doc;
};
extern const struct tl_rule_entry tl_rule_table[];
extern const size_t tl_rule_table_size;

size_t tl_rule_count(void)
{
    return tl_rule_table_size;
}

const struct tl_rule *tl_rule_at(size_t i)
{
    return i < tl_rule_table_size ? tl_rule_table[i].rule : NULL;
}

struct tl_str tl_rule_doc(const struct tl_rule *rule)
{
    for (size_t i = 0; i < tl_rule_table_size; i++)
        if (tl_rule_table[i].rule == rule)
            return tl_rule_table[i].doc;
    return TL_NONE;
}

static bool has_alias(const struct tl_rule *r, const char *name)
{
    for (const char *const *a = r->aliases; a && *a; a++)
        if (strcmp(*a, name) == 0)
            return true;
    return false;
}

const struct tl_rule *tl_rule_find(const char *name)
{
    for (size_t i = 0; i < tl_rule_table_size; i++) {
        const struct tl_rule *r = tl_rule_table[i].rule;

        if (strcmp(r->id, name) == 0 || strcmp(r->name, name) == 0)
            return r;
    }
    for (size_t i = 0; i < tl_rule_table_size; i++)
        if (has_alias(tl_rule_table[i].rule, name))
            return tl_rule_table[i].rule;
    return NULL;
}

static void fail(struct tl_error *e, const char *fmt, ...) TL_PRINTF(2, 3);
static void fail(struct tl_error *e, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(e->message, sizeof(e->message), fmt, ap);
    va_end(ap);
}

static unsigned machine_threads(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > MAX_THREADS ? MAX_THREADS : (unsigned)n;
}

static bool set_options(struct tl_linter *l, const struct tl_options *options,
                        struct tl_error *error)
{
    l->options = *options;
    if (l->options.threads == 0)
        l->options.threads = machine_threads();
    if (l->options.threads > MAX_THREADS)
        l->options.threads = MAX_THREADS;
    if (l->options.loop_minimum == 0)
        l->options.loop_minimum = DEFAULT_LOOP_MINIMUM;
    if (l->options.pg_version == 0)
        l->options.pg_version = parse_grammar_version();
    if (l->options.pg_version < 12 || l->options.pg_version > 18) {
        fail(error, "PostgreSQL %d: versions 12 to 18 are known",
             l->options.pg_version);
        return false;
    }
    return expected_check(&l->options, error);
}

struct tl_linter *tl_open(const struct tl_options *options,
                          struct tl_error *error)
{
    struct tl_linter *l = mem_calloc(1, sizeof(*l));

    arena_init(&l->arena, 0);
    arena_init(&l->scratch, 0);
    arena_init(&l->cut, 0);
    arena_init(&l->taken_names, 0);
    txn_init(&l->txn);
    l->catalog = catalog_create();
    if (!set_options(l, options, error) || !select_check(options, error)) {
        tl_close(l);
        return NULL;
    }
    l->severities = choice_severities(&l->options, &l->arena);
    dispatch_init(&l->dispatch, l->severities, &l->arena);
    cache_open(l);
    return l;
}

void tl_add_path(struct tl_linter *l, const char *path, enum tl_as as,
                 bool context_only)
{
    double began = clock_seconds();

    inputs_add_path(l, path, as, context_only);
    l->timing.read += clock_seconds() - began;
    l->timing.all += clock_seconds() - began;
}

void tl_add_history(struct tl_linter *l, const char *path)
{
    inputs_add_history(l, path);
}

void tl_add_text(struct tl_linter *l, const char *name, struct tl_str text,
                 enum tl_as as, bool context_only)
{
    inputs_add_text(l, name, text, as, context_only);
}

static void *run(void *arg)
{
    struct tl_linter *l = arg;

    inputs_order(l);
    choice_widen_dispatch(l);
    if (l->options.digest) {
        capture_digest(l);
    } else {
        evidence_begin(l);
        migrate_run(l);
        capture_run(l);
    }
    finish_run(l);
    cache_save(l);
    parse_thread_end();
    return NULL;
}

/* Everything runs on a thread of our own, because a parser needs a stack that
   the caller's thread may not have. */
void tl_run(struct tl_linter *l)
{
    pthread_attr_t attributes;
    pthread_t thread;

    double began = clock_seconds();

    if (l->ran)
        return;
    l->ran = true;
    pthread_attr_init(&attributes);
    if (pthread_attr_setstacksize(&attributes, PARSE_STACK) != 0 ||
        pthread_create(&thread, &attributes, run, l) != 0)
        linter_fail(l, NULL, "cannot start a thread with a stack of 256 MiB");
    else
        pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
    l->timing.all += clock_seconds() - began;
}

struct tl_timing tl_timing(const struct tl_linter *l)
{
    return l->timing;
}

size_t tl_finding_count(const struct tl_linter *l)
{
    return l->findings.n;
}

const struct tl_finding *tl_finding_at(const struct tl_linter *l, size_t i)
{
    return i < l->findings.n ? l->findings.v[i] : NULL;
}

void tl_keep(struct tl_linter *l,
             bool (*keep)(void *arg, const struct tl_finding *), void *arg)
{
    size_t kept = 0;

    for (size_t i = 0; i < l->findings.n; i++)
        if (keep(arg, l->findings.v[i]))
            l->findings.v[kept++] = l->findings.v[i];
    l->n_not_new += l->findings.n - kept;
    l->findings.n = kept;
}

uint32_t tl_source_count(const struct tl_linter *l)
{
    return (uint32_t)l->inputs.n;
}

struct tl_str tl_source_bytes(const struct tl_linter *l, uint32_t source)
{
    return source < l->inputs.n ? l->inputs.v[source]->source.text : TL_NONE;
}

const char *tl_cache_note(const struct tl_linter *l)
{
    return l->cache_note;
}

const char *tl_source_kind(const struct tl_linter *l, uint32_t source)
{
    static const char *const names[] = {
        [INPUT_UNKNOWN] = "unknown",
        [INPUT_MIGRATION] = "migration",
        [INPUT_QUERY] = "query",
        [INPUT_LOG] = "log",
        [INPUT_QUERY_DATA] = "query",
        [INPUT_PLAN] = "plan",
        [INPUT_BASELINE] = "plan baseline",
        [INPUT_OTHER_DIALECT] = "other dialect",
    };

    return source < l->inputs.n ? names[l->inputs.v[source]->kind] : "unknown";
}

bool tl_source_is_context(const struct tl_linter *l, uint32_t source)
{
    return source < l->inputs.n && l->inputs.v[source]->context_only;
}

const char *tl_source_path(const struct tl_linter *l, uint32_t source)
{
    return source < l->inputs.n ? l->inputs.v[source]->path : NULL;
}

struct tl_position tl_source_position(struct tl_linter *l, uint32_t source,
                                      uint64_t offset)
{
    struct tl_position p = {offset, 1, 1};

    if (source >= l->inputs.n)
        return p;
    input_load(l, l->inputs.v[source]);
    struct source_position s = source_position(&l->inputs.v[source]->source,
                                               offset, SOURCE_CODEPOINTS);
    p.line = s.line;
    p.column = s.column;
    return p;
}

size_t tl_failure_count(const struct tl_linter *l)
{
    return l->failures.n;
}

const char *tl_failure_at(const struct tl_linter *l, size_t i)
{
    return i < l->failures.n ? l->failures.v[i] : NULL;
}

bool tl_check_log_line_prefix(const char *text)
{
    struct prefix p;

    return prefix_compile(&p, tl_str_c(text));
}

bool tl_has_format(const char *format)
{
    return report_find(format) != NULL;
}

const char *tl_format_at(size_t i)
{
    const struct reporter *r = report_at(i);

    return r ? r->name : NULL;
}

static void list_sources(struct tl_linter *l, struct report_run *run)
{
    struct source **sources =
        ARENA_ARRAY(&l->arena, struct source *, l->inputs.n + 1);
    bool *judged = ARENA_ARRAY(&l->arena, bool, l->inputs.n + 1);
    struct report_input *inputs =
        ARENA_ARRAY(&l->arena, struct report_input, l->inputs.n + 1);

    for (size_t i = 0; i < l->inputs.n; i++) {
        struct input *in = l->inputs.v[i];

        sources[i] = &in->source;
        inputs[i] = (struct report_input){tl_source_kind(l, (uint32_t)i),
                                          in->context_only};
        judged[i] = !in->context_only && in->kind != INPUT_OTHER_DIALECT;
        run->n_files += judged[i];
    }
    run->sources = sources;
    run->inputs = inputs;
    run->n_sources = l->inputs.n;
    run->judged = judged;
}

static void list_rules(struct tl_linter *l, struct report_run *run)
{
    struct report_rule *rules =
        ARENA_ARRAY(&l->arena, struct report_rule, l->dispatch.rules.n + 1);

    for (size_t i = 0; i < l->dispatch.rules.n; i++) {
        const struct active_rule *a = &l->dispatch.rules.v[i];

        rules[i] =
            (struct report_rule){a->rule, a->severity, tl_rule_doc(a->rule)};
    }
    run->rules = rules;
    run->n_rules = l->dispatch.rules.n;
}

static void read_flags(unsigned flags, struct report_run *run)
{
    unsigned fail_on = flags >> 8 & 0xF;

    run->color = (flags & TL_WRITE_COLOR) != 0;
    run->quiet = (flags & TL_WRITE_QUIET) != 0;
    run->statistics = (flags & TL_WRITE_STATISTICS) != 0;
    run->fail_on = fail_on ? (enum tl_severity)(fail_on - 1) : TL_WARNING;
    run->width = flags >> 16;
}

static int compare_time(const void *a, const void *b)
{
    const struct tl_shape *x = *(const struct tl_shape *const *)a;
    const struct tl_shape *y = *(const struct tl_shape *const *)b;

    if (x->total_ms != y->total_ms)
        return x->total_ms > y->total_ms ? -1 : 1;
    if (x->calls != y->calls)
        return x->calls > y->calls ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Captured queries, the costliest first. */
static void list_queries(struct tl_linter *l, struct report_run *run)
{
    const struct tl_shape **list =
        ARENA_ARRAY(&l->arena, const struct tl_shape *, l->n_shapes + 1);

    for (size_t i = 0; i < l->n_shapes; i++)
        if (l->shapes[i].from_capture && l->shapes[i].calls > 0)
            list[run->n_queries++] = &l->shapes[i];
    if (run->n_queries)
        qsort(list, run->n_queries, sizeof(list[0]), compare_time);
    run->queries = list;
}

bool tl_write(struct tl_linter *l, const char *format, unsigned flags, FILE *f)
{
    const struct reporter *reporter = report_find(format);
    double began = clock_seconds();
    struct report_run run = {.version = TL_VERSION,
                             .parser = parse_library(),
                             .home_uri = TL_HOME_URI,
                             .prefix = l->options.path_prefix};

    if (!reporter) {
        errno = EINVAL;
        return false;
    }
    list_sources(l, &run);
    list_rules(l, &run);
    list_queries(l, &run);
    run.findings = l->findings.v;
    run.n_findings = l->findings.n;
    run.steps = l->steps.v;
    run.n_steps = l->steps.n;
    run.n_plans = l->n_plans;
    run.failures = l->failures.v;
    run.failure_paths = l->failure_paths.v;
    run.n_failures = l->failures.n;
    run.n_suppressed = l->n_suppressed;
    run.n_not_new = l->n_not_new;
    read_flags(flags, &run);
    reporter->write(&run, f);
    l->timing.report += clock_seconds() - began;
    l->timing.all += clock_seconds() - began;
    return !ferror(f);
}

void tl_close(struct tl_linter *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->inputs.n; i++)
        input_release(l->inputs.v[i]);
    vec_release(&l->inputs);
    vec_release(&l->failures);
    vec_release(&l->failure_paths);
    vec_release(&l->findings);
    vec_release(&l->consequences);
    baseline_release(&l->baseline);
    dispatch_release(&l->dispatch);
    choice_release(l);
    evidence_release(l);
    if (l->workload)
        workload_destroy(l->workload);
    catalog_destroy(l->catalog);
    txn_release(&l->txn);
    vec_release(&l->taken);
    vec_release(&l->dropped_down);
    vec_release(&l->perhaps);
    vec_release(&l->added);
    vec_release(&l->steps);
    arena_release(&l->taken_names);
    ahead_release(l);
    masks_free(l->masks);
    cache_close(l);
    frozen_release(l);
    arena_release(&l->scratch);
    arena_release(&l->cut);
    arena_release(&l->arena);
    mem_free(l);
}
