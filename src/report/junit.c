/*
 * junit.c - JUnit's XML: a suite an input, a test case a finding.
 *
 * From --fail-on up a finding is a failure; below, a case that passes and has
 * its text as output. An input without findings is one case that passes. What
 * could not be read is a suite with an error. There are no times, so that
 * equal runs are equal.
 */
#include "report/report.h"
#include "report/sanitize.h"
#include "report/xml.h"

struct suite {
    const char *path;
    struct source *source; /* NULL: findings of no input */
    const struct tl_finding *const *findings;
    size_t n;
};

static bool is_failure(const struct report_run *run, const struct tl_finding *f)
{
    return run->fail_on != TL_OFF && f->severity >= run->fail_on;
}

static size_t count_failures(const struct report_run *run,
                             const struct tl_finding *const *findings, size_t n)
{
    size_t failures = 0;

    for (size_t i = 0; i < n; i++)
        failures += is_failure(run, findings[i]);
    return failures;
}

/* ---- cases ---- */

static void begin_suite(struct buf *out, const char *path, size_t tests,
                        size_t failures, size_t errors)
{
    buf_puts(out, "  <testsuite");
    xml_attribute(out, "name", tl_str_c(path));
    xml_number(out, "tests", tests);
    xml_number(out, "failures", failures);
    xml_number(out, "errors", errors);
    buf_puts(out, ">\n");
}

static void add_case(struct buf *out, struct tl_str name, const char *path,
                     uint32_t line)
{
    buf_puts(out, "    <testcase");
    xml_attribute(out, "name", name);
    xml_attribute(out, "classname", tl_str_c(path));
    xml_attribute(out, "file", tl_str_c(path));
    if (line)
        xml_number(out, "line", line);
}

/* Lines begin with words of ours: a runner of CI would obey "::". */
static void add_body(struct buf *out, const struct suite *s,
                     struct source_position p, const struct tl_finding *f)
{
    struct buf place;

    buf_init(&place, 0);
    sanitize_path(&place, s->path);
    buf_printf(&place, ":%u:%u: %s: ", p.line, p.column,
               report_severity_name(f->severity));
    xml_text(out, buf_view(&place));
    buf_release(&place);
    xml_text(out, f->message);
    if (f->detail.n) {
        buf_puts(out, "\n  = ");
        xml_text(out, f->detail);
    }
    if (f->help.n) {
        buf_puts(out, "\n  = help: ");
        xml_text(out, f->help);
    }
}

/* Names differ within a suite, also where a rule speaks twice of a place. */
static void add_name(struct buf *name, const struct suite *s, size_t at,
                     struct source_position p)
{
    const struct tl_finding *f = s->findings[at];
    size_t same = 0;

    for (size_t i = at; i > 0 && s->findings[i - 1]->rule == f->rule &&
                        s->findings[i - 1]->span.start == f->span.start;
         i--)
        same++;
    buf_printf(name, "%s %s %u:%u", f->rule->id, f->rule->name, p.line,
               p.column);
    if (same)
        buf_printf(name, " (%zu)", same + 1);
}

static void add_finding(const struct report_run *run, struct buf *out,
                        const struct suite *s, size_t at)
{
    const struct tl_finding *f = s->findings[at];
    struct source_position p = {1, 1};
    struct buf name;

    if (s->source)
        p = source_position(s->source, f->span.start, SOURCE_CODEPOINTS);
    buf_init(&name, 0);
    add_name(&name, s, at, p);
    add_case(out, buf_view(&name), s->path, s->source ? p.line : 0);
    buf_release(&name);
    bool fails = is_failure(run, f);
    buf_puts(out, fails ? ">\n      <failure" : ">\n      <system-out>");
    if (fails) {
        xml_attribute(out, "type", tl_str_c(report_severity_name(f->severity)));
        xml_attribute(out, "message", f->message);
        buf_char(out, '>');
    }
    add_body(out, s, p, f);
    buf_puts(out, fails ? "</failure>" : "</system-out>");
    buf_puts(out, "\n    </testcase>\n");
}

/* ---- suites ---- */

static void add_suite(const struct report_run *run, struct buf *out,
                      const struct suite *s)
{
    begin_suite(out, s->path, s->n ? s->n : 1,
                count_failures(run, s->findings, s->n), 0);
    for (size_t i = 0; i < s->n; i++)
        add_finding(run, out, s, i);
    if (s->n == 0) {
        add_case(out, TL_STR("no findings"), s->path, 0);
        buf_puts(out, "/>\n");
    }
    buf_puts(out, "  </testsuite>\n");
}

static void add_unread(const struct report_run *run, struct buf *out, size_t at)
{
    const char *path = report_failure_path(run, at);

    begin_suite(out, path, 1, 0, 1);
    add_case(out, TL_STR("can be analysed"), path, 0);
    buf_puts(out, ">\n      <error type=\"failure\"");
    xml_attribute(out, "message", tl_str_c(run->failures[at]));
    buf_puts(out, "/>\n    </testcase>\n  </testsuite>\n");
}

static bool is_judged(const struct report_run *run, size_t source)
{
    return source < run->n_sources && (!run->judged || run->judged[source]);
}

/* A clean input is one test. */
static size_t count_tests(const struct report_run *run,
                          const struct report_groups *g)
{
    size_t n = run->n_findings + run->n_failures;

    for (size_t i = 0; i < run->n_sources; i++)
        n += g->from[i] == g->from[i + 1] && is_judged(run, i);
    return n;
}

static void add_suites(const struct report_run *run, struct buf *out,
                       const struct report_groups *g, FILE *f)
{
    for (size_t i = 0; i < run->n_failures; i++)
        add_unread(run, out, i);
    for (size_t i = 0; i <= run->n_sources; i++) {
        struct source *source = i < run->n_sources ? run->sources[i] : NULL;
        struct suite s = {source ? source->path : ".", source,
                          g->findings + g->from[i],
                          g->from[i + 1] - g->from[i]};

        if (s.n == 0 && !is_judged(run, i))
            continue;
        add_suite(run, out, &s);
        report_flush(out, f);
    }
}

static void write_junit(const struct report_run *run, FILE *f)
{
    struct report_groups groups;
    struct buf out;

    buf_init(&out, 0);
    report_group(run, &groups);
    buf_puts(&out, XML_HEAD "<testsuites name=\"tusklint\"");
    xml_number(&out, "tests", count_tests(run, &groups));
    xml_number(&out, "failures",
               count_failures(run, groups.findings, run->n_findings));
    xml_number(&out, "errors", run->n_failures);
    buf_puts(&out, ">\n");
    add_suites(run, &out, &groups, f);
    buf_puts(&out, "</testsuites>\n");
    report_flush(&out, f);
    report_groups_release(&groups);
    buf_release(&out);
}

const struct reporter report_junit = {
    .name = "junit",
    .unit = SOURCE_CODEPOINTS,
    .write = write_junit,
};
