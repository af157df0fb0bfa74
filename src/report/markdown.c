/*
 * markdown.c - a summary for a page: counts, then a table of findings.
 *
 * For GitHub's step summary and merge request comments, which take 1 MiB: the
 * worst findings come first and the rest is counted. Nothing from an input is
 * ever read as markup.
 */
#include "report/markup.h"
#include "report/report.h"

#include "base/mem.h"

#define MAX_BYTES ((size_t)900 << 10)

static void add_row(const struct report_run *run, const struct tl_finding *f,
                    struct buf *out)
{
    struct source *s = report_source(run, f->span);

    buf_printf(out, "| %s | ", report_severity_name(f->severity));
    if (s) {
        struct source_position p =
            source_position(s, f->span.start, SOURCE_CODEPOINTS);

        markup_page(out, tl_str_c(s->path));
        buf_printf(out, "&#58;%u&#58;%u", p.line, p.column);
    }
    buf_puts(out, " | ");
    markup_page(out, f->message);
    if (f->help.n) {
        buf_puts(out, "<br>");
        markup_page(out, f->help);
    }
    buf_printf(out, " | %s %s |\n", f->rule->id, f->rule->name);
}

static void add_rows(const struct report_run *run, struct buf *out)
{
    size_t left = run->n_findings;

    for (int severity = TL_ERROR; severity >= TL_NOTE; severity--)
        for (size_t i = 0; i < run->n_findings; i++) {
            if ((int)run->findings[i]->severity != severity)
                continue;
            if (out->n > MAX_BYTES) {
                buf_printf(out, "\n%zu more findings do not fit here.\n", left);
                return;
            }
            add_row(run, run->findings[i], out);
            left--;
        }
}

static void add_statistics(const struct report_run *run, struct buf *out)
{
    size_t n;
    struct report_tally *t = report_tallies(run, &n);

    buf_puts(out, "\n| findings | rule |\n|---:|---|\n");
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "| %zu | %s %s |\n", t[i].n, t[i].rule->id,
                   t[i].rule->name);
    mem_free(t);
}

static void write_markdown(const struct report_run *run, FILE *f)
{
    struct buf out;

    buf_init(&out, 0);
    buf_puts(&out, "### tusklint\n\n");
    report_summary(run, &out);
    buf_puts(&out, "\n");
    if (run->n_findings) {
        buf_puts(&out, "\n| severity | where | what | rule |\n"
                       "|---|---|---|---|\n");
        add_rows(run, &out);
    }
    if (run->statistics && run->n_findings)
        add_statistics(run, &out);
    for (size_t i = 0; i < run->n_failures; i++) {
        buf_puts(&out, "\n- ");
        markup_page(&out, tl_str_c(run->failures[i]));
        buf_puts(&out, "\n");
    }
    report_flush(&out, f);
    buf_release(&out);
}

const struct reporter report_markdown = {
    .name = "markdown",
    .unit = SOURCE_CODEPOINTS,
    .write = write_markdown,
};
