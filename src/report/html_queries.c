/*
 * html_queries.c - the shapes of a capture that cost most, with bars.
 */
#include "report/html.h"

#define TEXT_MAX 400

struct totals {
    double ms; /* 0: the capture has no times */
    uint64_t calls;
};

static struct totals sum(const struct report_run *run)
{
    struct totals t = {0, 0};

    for (size_t i = 0; i < run->n_queries; i++) {
        t.ms += run->queries[i]->total_ms > 0 ? run->queries[i]->total_ms : 0;
        t.calls += run->queries[i]->calls;
    }
    return t;
}

static void add_ms_cell(struct buf *b, double ms)
{
    buf_puts(b, "<td class=\"num\">");
    if (ms >= 0)
        html_ms(b, ms);
    buf_puts(b, "</td>");
}

/* The findings about it, the first few by name. */
static void add_findings(struct html *h, const struct tl_shape *q)
{
    size_t n = report_findings_of(h->run, q);
    size_t shown = 0;

    for (size_t i = 0; n && i < h->run->n_findings && shown < 4; i++) {
        const struct tl_finding *f = h->run->findings[i];

        if (f->statement_key != q->hash || h->extent[i] == HTML_LEFT_OUT)
            continue;
        buf_printf(&h->out,
                   "<a class=\"tag %s\" href=\"#f%zu\" title=\"%s\">%s</a>",
                   report_severity_name(f->severity), i + 1, f->rule->name,
                   f->rule->id);
        shown++;
    }
    if (n > shown)
        buf_printf(&h->out, "<span class=\"tag\">+%zu</span>", n - shown);
}

static void add_row(struct html *h, const struct tl_shape *q,
                    const struct totals *t)
{
    struct buf *b = &h->out;
    double part = t->ms > 0 ? q->total_ms : (double)q->calls;
    double whole = t->ms > 0 ? t->ms : (double)t->calls;
    double share = part > 0 && whole > 0 ? 100 * part / whole : 0;

    buf_puts(b, "<tr><td class=\"share\">");
    html_bar(b, "share-bar", part, whole);
    buf_printf(b, "<span>%.1f %%</span></td>", share);
    if (t->ms > 0)
        add_ms_cell(b, q->total_ms);
    buf_puts(b, "<td class=\"num\">");
    html_number(b, q->calls);
    buf_puts(b, "</td>");
    if (t->ms > 0) {
        add_ms_cell(b, q->total_ms >= 0 && q->calls
                           ? q->total_ms / (double)q->calls
                           : -1);
        add_ms_cell(b, q->p95_ms);
        add_ms_cell(b, q->max_ms);
    }
    buf_puts(b, "<td class=\"query\"><code>");
    html_clipped(b, q->display, TEXT_MAX);
    buf_puts(b, "</code> ");
    add_findings(h, q);
    buf_puts(b, "</td></tr>\n");
}

static void add_table_head(struct buf *b, bool timed)
{
    buf_puts(b, "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                "aria-label=\"Captured queries\"><table class=\"queries\">"
                "<thead><tr><th>share</th>");
    if (timed)
        buf_puts(b, "<th class=\"num\">total</th>");
    buf_puts(b, "<th class=\"num\">calls</th>");
    if (timed)
        buf_puts(b, "<th class=\"num\">mean</th><th class=\"num\">p95</th>"
                    "<th class=\"num\">max</th>");
    buf_puts(b, "<th>query</th></tr></thead><tbody>\n");
}

void html_queries(struct html *h)
{
    struct buf *b = &h->out;
    struct totals t = sum(h->run);
    size_t n = h->run->n_queries;
    size_t shown = n < HTML_QUERIES_MAX ? n : HTML_QUERIES_MAX;

    if (!n || !t.calls)
        return;
    buf_puts(b, "<section id=\"queries\" aria-labelledby=\"h-queries\">"
                "<h2 id=\"h-queries\">Captured queries</h2>\n"
                "<p class=\"lead\">");
    html_number(b, n);
    buf_printf(b, " different %s ran ", n == 1 ? "query" : "queries");
    html_count(b, t.calls, "time");
    if (t.ms > 0) {
        buf_puts(b, " and took ");
        html_ms(b, t.ms);
        buf_puts(b, " in all; by time:</p>\n");
    } else {
        buf_puts(b, "; the capture has no times, so by calls:</p>\n");
    }
    add_table_head(b, t.ms > 0);
    for (size_t i = 0; i < shown; i++)
        add_row(h, h->run->queries[i], &t);
    buf_puts(b, "</tbody></table></div>\n");
    html_left_out(h, n, shown, "query shape",
                  "<code>--format json</code> has all");
    buf_puts(b, "</section>\n");
    html_flush(h);
}
