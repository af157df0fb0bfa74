/*
 * queries.c - the queries of a capture as a table, the costly ones first.
 */
#include "report/report.h"

#include "report/sanitize.h"

#define SHOWN 10

static double total_of(const struct report_run *run)
{
    double total = 0;

    for (size_t i = 0; i < run->n_queries; i++)
        total += run->queries[i]->total_ms;
    return total;
}

static uint64_t calls_of(const struct report_run *run)
{
    uint64_t calls = 0;

    for (size_t i = 0; i < run->n_queries; i++)
        calls += run->queries[i]->calls;
    return calls;
}

/* What was found in a query's own text, or in how often it runs. */
static size_t findings_of(const struct report_run *run,
                          const struct tl_shape *query)
{
    size_t n = 0;

    for (size_t i = 0; i < run->n_findings; i++)
        n += run->findings[i]->statement_key == query->hash;
    return n;
}

static void add_row(const struct report_run *run, struct buf *out,
                    const struct tl_shape *q, double total, unsigned width)
{
    double mean = q->calls ? q->total_ms / (double)q->calls : q->total_ms;
    size_t before = out->n;
    size_t findings = findings_of(run, q);

    buf_printf(out, "%6.1f %% %11.1f %9llu %9.2f %9.1f  ",
               100 * q->total_ms / total, q->total_ms,
               (unsigned long long)q->calls, mean, q->max_ms);
    if (findings)
        buf_printf(out, "%8zu  ", findings);
    else
        buf_puts(out, "          ");
    size_t used = out->n - before;
    size_t room = width > used + 20 ? width - used : 20;
    bool cut = q->display.n > room;
    size_t n = cut ? room - 1 : q->display.n;
    /* Not in the middle of a character. */
    while (cut && n > 0 && (q->display.p[n] & 0xc0) == 0x80)
        n--;
    sanitize(out, (struct tl_str){q->display.p, n});
    buf_puts(out, cut ? "\xe2\x80\xa6\n" : "\n");
}

void report_add_queries(const struct report_run *run, struct buf *out,
                        unsigned width)
{
    double total = total_of(run);
    size_t shown = run->n_queries < SHOWN ? run->n_queries : SHOWN;

    if (run->n_queries == 0 || total <= 0)
        return;
    buf_printf(out,
               "%zu of %zu queries, by time: %.1f ms in %llu calls\n\n"
               "   share    total ms     calls   mean ms    max ms  findings  "
               "query\n",
               shown, run->n_queries, total, (unsigned long long)calls_of(run));
    for (size_t i = 0; i < shown; i++)
        add_row(run, out, run->queries[i], total, width);
    buf_char(out, '\n');
}
