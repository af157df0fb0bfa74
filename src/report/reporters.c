/*
 * reporters.c - the table of formats, and what several of them need.
 */
#include "base/mem.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

static const struct reporter *const table[] = {
    &report_text,    &report_concise,    &report_json,   &report_jsonl,
    &report_sarif,   &report_github,     &report_gitlab, &report_rdjson,
    &report_rdjsonl, &report_checkstyle, &report_junit,  &report_markdown,
    &report_html,
};

const struct reporter *report_at(size_t i)
{
    return i < sizeof(table) / sizeof(table[0]) ? table[i] : NULL;
}

const struct reporter *report_find(const char *name)
{
    const struct reporter *r;

    for (size_t i = 0; (r = report_at(i)); i++)
        if (strcmp(r->name, name) == 0)
            return r;
    return NULL;
}

void report_flush(struct buf *b, FILE *f)
{
    if (b->n)
        fwrite(b->p, 1, b->n, f);
    buf_clear(b);
}

struct source *report_source(const struct report_run *run, struct tl_span span)
{
    return span.source < run->n_sources ? run->sources[span.source] : NULL;
}

struct tl_span report_span(const struct source *s, struct tl_span span)
{
    if (span.end > s->text.n)
        span.end = s->text.n;
    if (span.start > span.end)
        span.start = span.end;
    return span;
}

const char *report_failure_path(const struct report_run *run, size_t at)
{
    const char *path = run->failure_paths ? run->failure_paths[at] : NULL;

    return path ? path : ".";
}

const char *report_prefix(const struct report_run *run, const char *path)
{
    bool relative = path[0] != '/' && path[0] != '<';

    return relative && run->prefix ? run->prefix : "";
}

bool report_is_trouble(const struct tl_finding *f)
{
    return f->rule->family == TL_META &&
           (strcmp(f->rule->name, "syntax-error") == 0 ||
            strcmp(f->rule->name, "unreadable-input") == 0);
}

const char *report_severity_name(enum tl_severity s)
{
    static const char *const names[] = {"off", "note", "warning", "error"};

    return names[s];
}

const char *report_family_name(enum tl_family f)
{
    static const char *const names[] = {"meta",  "migration", "schema",
                                        "query", "workload",  "plan"};

    return names[f];
}

void report_count(const struct report_run *run, struct report_counts *out)
{
    bool *seen = mem_calloc(run->n_sources + 1, sizeof(*seen));

    *out = (struct report_counts){0};
    for (size_t i = 0; i < run->n_findings; i++) {
        const struct tl_finding *f = run->findings[i];

        out->by_severity[f->severity]++;
        if (f->span.source < run->n_sources && !seen[f->span.source]) {
            seen[f->span.source] = true;
            out->files++;
        }
    }
    mem_free(seen);
}

void report_rule_page(struct buf *b, const struct tl_rule *r)
{
    buf_printf(b, "/blob/main/rules/%s/%s.md", report_family_name(r->family),
               r->name);
}

void report_number(struct buf *b, size_t n, const char *one)
{
    buf_printf(b, "%zu %s%s", n, one, n == 1 ? "" : "s");
}

static void hidden_and_failed(const struct report_run *run, struct buf *b)
{
    if (run->n_suppressed)
        buf_printf(b, "; %zu hidden by comments", run->n_suppressed);
    if (run->n_not_new)
        buf_printf(b, "; %zu not new", run->n_not_new);
    if (run->n_failures) {
        buf_puts(b, "; ");
        report_number(b, run->n_failures, "failure");
    }
}

void report_summary(const struct report_run *run, struct buf *b)
{
    struct report_counts c;
    const char *between = "";

    report_count(run, &c);
    if (run->n_findings == 0) {
        buf_puts(b, "No findings in ");
        report_number(b, run->n_files, "file");
        if (run->n_files == 0 && run->n_failures == 0)
            buf_puts(b, ": nothing to read was found");
        hidden_and_failed(run, b);
        return;
    }
    for (int s = TL_ERROR; s >= TL_NOTE; s--) {
        if (c.by_severity[s] == 0)
            continue;
        buf_puts(b, between);
        report_number(b, c.by_severity[s],
                      report_severity_name((enum tl_severity)s));
        between = ", ";
    }
    buf_puts(b, " in ");
    if (run->n_files > c.files)
        buf_printf(b, "%zu of ", c.files);
    report_number(b, run->n_files > c.files ? run->n_files : c.files, "file");
    hidden_and_failed(run, b);
}

static int by_number(const void *a, const void *b)
{
    const struct report_tally *x = a;
    const struct report_tally *y = b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return strcmp(x->rule->id, y->rule->id);
}

static int by_rule(const void *a, const void *b)
{
    const struct report_tally *x = a;
    const struct report_tally *y = b;

    return strcmp(x->rule->id, y->rule->id);
}

struct report_tally *report_tallies(const struct report_run *run, size_t *n)
{
    struct report_tally *t = mem_calloc(run->n_findings + 1, sizeof(*t));
    size_t kept = 0;

    for (size_t i = 0; i < run->n_findings; i++)
        t[i] = (struct report_tally){run->findings[i]->rule, 1};
    qsort(t, run->n_findings, sizeof(*t), by_rule);
    for (size_t i = 0; i < run->n_findings; i++) {
        if (kept && t[kept - 1].rule == t[i].rule)
            t[kept - 1].n++;
        else
            t[kept++] = t[i];
    }
    qsort(t, kept, sizeof(*t), by_number);
    *n = kept;
    return t;
}

void report_add_tallies(const struct report_run *run, struct buf *out)
{
    size_t n;
    struct report_tally *t = report_tallies(run, &n);

    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%6zu  %s %s\n", t[i].n, t[i].rule->id,
                   t[i].rule->name);
    mem_free(t);
}

/* The group that a finding belongs to. */
static size_t group_of(const struct report_run *run, const struct tl_finding *f)
{
    return f->span.source < run->n_sources ? f->span.source : run->n_sources;
}

void report_group(const struct report_run *run, struct report_groups *g)
{
    size_t groups = run->n_sources + 1;
    size_t *next = mem_calloc(groups + 1, sizeof(*next));

    g->findings = mem_calloc(run->n_findings + 1, sizeof(*g->findings));
    g->from = mem_calloc(groups + 1, sizeof(*g->from));
    for (size_t i = 0; i < run->n_findings; i++)
        g->from[group_of(run, run->findings[i]) + 1]++;
    for (size_t i = 0; i < groups; i++)
        g->from[i + 1] += g->from[i];
    memcpy(next, g->from, (groups + 1) * sizeof(*next));
    for (size_t i = 0; i < run->n_findings; i++)
        g->findings[next[group_of(run, run->findings[i])]++] = run->findings[i];
    mem_free(next);
}

void report_groups_release(struct report_groups *g)
{
    mem_free(g->findings);
    mem_free(g->from);
}
