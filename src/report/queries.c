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
        if (run->queries[i]->total_ms > 0)
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

size_t report_findings_of(const struct report_run *run,
                          const struct tl_shape *query)
{
    size_t n = 0;

    for (size_t i = 0; i < run->n_findings; i++)
        n += run->findings[i]->statement_key == query->hash;
    return n;
}

static void add_ms(struct buf *out, int width, double ms)
{
    if (ms >= 0)
        buf_printf(out, " %*.2f", width, ms);
    else
        buf_printf(out, " %*s", width, "");
}

static void add_times(struct buf *out, const struct tl_shape *q)
{
    double total = q->total_ms > 0 ? q->total_ms : 0;

    add_ms(out, 8, q->calls ? total / (double)q->calls : total);
    add_ms(out, 8, q->p95_ms);
    add_ms(out, 8, q->max_ms);
}

/* Cut to the room there is, not in the middle of a character. */
static void add_text(struct buf *out, struct tl_str text, size_t room)
{
    bool cut = text.n > room;
    size_t n = cut ? room - 1 : text.n;

    while (cut && n > 0 && (text.p[n] & 0xc0) == 0x80)
        n--;
    sanitize(out, (struct tl_str){text.p, n});
    buf_puts(out, cut ? "\xe2\x80\xa6\n" : "\n");
}

static void add_row(const struct report_run *run, struct buf *out,
                    const struct tl_shape *q, double total, unsigned width)
{
    size_t before = out->n;
    size_t findings = report_findings_of(run, q);
    double calls = (double)calls_of(run);

    if (total > 0)
        buf_printf(out, "%6.1f %% %10.1f %8llu",
                   q->total_ms > 0 ? 100 * q->total_ms / total : 0,
                   q->total_ms > 0 ? q->total_ms : 0,
                   (unsigned long long)q->calls);
    else
        buf_printf(out, "%6.1f %% %8llu",
                   calls > 0 ? 100 * (double)q->calls / calls : 0,
                   (unsigned long long)q->calls);
    if (total > 0)
        add_times(out, q);
    if (findings)
        buf_printf(out, " %8zu  ", findings);
    else
        buf_puts(out, "           ");
    size_t used = out->n - before;
    add_text(out, q->display, width > used + 20 ? width - used : 20);
}

void report_add_queries(const struct report_run *run, struct buf *out,
                        unsigned width)
{
    double total = total_of(run);
    uint64_t calls = calls_of(run);
    size_t shown = run->n_queries < SHOWN ? run->n_queries : SHOWN;

    if (calls == 0)
        return;
    buf_printf(out, "%zu of %zu %s, by %s: ", shown, run->n_queries,
               run->n_queries == 1 ? "query" : "queries",
               total > 0 ? "time" : "calls");
    if (total > 0)
        buf_printf(out, "%.1f ms in ", total);
    report_number(out, (size_t)calls, "call");
    buf_puts(out, "\n\n   share ");
    buf_puts(out, total > 0 ? "  total ms    calls  mean ms   p95 ms   max ms"
                            : "   calls");
    buf_puts(out, " findings  query\n");
    for (size_t i = 0; i < shown; i++)
        add_row(run, out, run->queries[i], total, width);
    buf_char(out, '\n');
}
