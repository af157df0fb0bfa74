/*
 * html_loops.c - a loop of queries as a timeline: the query that gave the keys
 * above, each execution below.
 *
 * A capture without times shows the order alone.
 */
#include "report/html.h"

#define TEXT_MAX 600
#define LANE 18

/* What the drawing's width stands for, in ms from its left edge. */
struct scale {
    double width;
    double shift; /* of the first execution */
    bool timed;
    double at[TL_LOOP_RUNS]; /* where each of them begins */
    double end;              /* of the last of them */
};

static double length_of(const struct tl_loop *l)
{
    double end = l->last.ms > 0 ? l->last.ms : 0;

    return l->last.start_ms - l->first.start_ms + end;
}

/* A query that ran long before is named, not drawn. */
static bool parent_is_near(const struct tl_loop *l, double length)
{
    double before = l->first.start_ms - l->parent_at.start_ms;

    return l->parent && l->parent_at.start_ms >= 0 && before >= 0 &&
           before <= length + 1;
}

/* A log's clock is coarse: on one connection nothing runs before the one
   before has ended. */
static void place_runs(const struct tl_loop *l, struct scale *s)
{
    for (uint32_t i = 0; i < l->n_runs; i++) {
        double at = s->shift + (double)l->runs[i].after_ms;
        double took = l->runs[i].ms > 0 ? (double)l->runs[i].ms : 0;

        if (l->window != TL_WINDOW_TRACE && at < s->end)
            at = s->end;
        s->at[i] = at;
        s->end = at + took > s->end ? at + took : s->end;
    }
}

static struct scale scale_of(const struct tl_loop *l)
{
    struct scale s = {.width = l->n_runs};
    double length = length_of(l);

    s.timed = l->first.start_ms >= 0 && l->last.start_ms >= 0 && length > 0;
    for (uint32_t i = 0; i < l->n_runs; i++)
        s.timed = s.timed && l->runs[i].after_ms >= 0;
    if (!s.timed)
        return s;
    if (parent_is_near(l, length))
        s.shift = l->first.start_ms - l->parent_at.start_ms;
    if (s.shift > 0 && s.shift < l->parent_at.ms)
        s.shift = l->parent_at.ms;
    place_runs(l, &s);
    s.width = s.end > s.shift + length ? s.end : s.shift + length;
    return s;
}

static void add_rect(struct buf *b, const char *class, unsigned y, double from,
                     double length, const struct scale *s)
{
    buf_printf(b, "<rect class=\"%s\" y=\"%u\" height=\"%d\" x=\"", class, y,
               LANE);
    html_percent(b, from, s->width);
    buf_puts(b, "\" width=\"");
    html_percent(b, length, s->width);
    buf_puts(b, "\">");
}

/* Does nothing of the page stand between it and the one before? */
static bool touches(const struct tl_loop *l, uint32_t i, const struct scale *s)
{
    if (!s->timed || i == 0)
        return false;
    double took = l->runs[i - 1].ms > 0 ? (double)l->runs[i - 1].ms : 0;
    return s->at[i] - s->at[i - 1] - took < s->width / 300;
}

static void add_run(struct buf *b, const struct tl_loop *l, uint32_t i,
                    const struct scale *s)
{
    const struct tl_run *r = &l->runs[i];
    const char *class = touches(l, i, s) && i % 2 ? "run odd" : "run";

    if (s->timed)
        add_rect(b, class, 28, s->at[i], r->ms > 0 ? (double)r->ms : 0, s);
    else
        add_rect(b, class, 28, i, 0.7, s);
    buf_printf(b, "<title>%u of %u", i + 1, l->n);
    if (s->timed) {
        buf_puts(b, ": began after ");
        html_ms(b, (double)r->after_ms);
    }
    if (r->ms >= 0) {
        buf_puts(b, ", took ");
        html_ms(b, (double)r->ms);
    }
    buf_puts(b, "</title></rect>\n");
}

/* Those behind the last that was kept. */
static void add_rest(struct buf *b, const struct tl_loop *l,
                     const struct scale *s)
{
    if (l->n == l->n_runs || !s->timed)
        return;
    add_rect(b, "rest", 28, s->end, s->width - s->end, s);
    buf_printf(b, "<title>%u more executions</title></rect>\n",
               l->n - l->n_runs);
}

static void add_tick(struct buf *b, double at, const struct scale *s,
                     const char *anchor)
{
    buf_printf(b,
               "<text class=\"tick\" y=\"64\" text-anchor=\"%s\" x=\"%.2f%%"
               "\">",
               anchor, 100 * at);
    html_ms(b, at * s->width);
    buf_puts(b, "</text>\n");
}

static void add_drawing(struct buf *b, const struct tl_loop *l)
{
    struct scale s = scale_of(l);

    buf_puts(b, "<svg class=\"timeline\" role=\"img\" aria-label=\"");
    html_count(b, l->n, "execution");
    if (s.timed) {
        buf_puts(b, " in ");
        html_ms(b, length_of(l));
    }
    buf_puts(b, "\">\n<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"49\" "
                "y2=\"49\"/>\n");
    if (s.timed && s.shift > 0) {
        add_rect(b, "parent", 6, 0, l->parent_at.ms > 0 ? l->parent_at.ms : 0,
                 &s);
        buf_puts(b, "<title>the query that gives the keys</title></rect>\n");
    }
    for (uint32_t i = 0; i < l->n_runs; i++)
        add_run(b, l, i, &s);
    add_rest(b, l, &s);
    for (int i = 0; s.timed && i <= 4; i++)
        add_tick(b, i / 4.0, &s, i == 0 ? "start" : i == 4 ? "end" : "middle");
    buf_puts(b, "</svg>\n");
    if (!s.timed)
        buf_puts(b, "<p class=\"left-out\">The capture has no times: this is "
                    "the order alone.</p>\n");
    if (l->n > l->n_runs)
        buf_printf(b,
                   "<p class=\"left-out\">The first %u executions are "
                   "drawn; %u more follow.</p>\n",
                   l->n_runs, l->n - l->n_runs);
}

/* ---- in words ---- */

static void add_times(struct buf *b, const struct tl_loop *l)
{
    bool timed = l->first.start_ms >= 0 && l->last.start_ms >= 0;
    double length = length_of(l);

    if (l->total_ms >= 0) {
        buf_puts(b, "<li><b>");
        html_ms(b, l->total_ms);
        buf_puts(b, "</b> in the server</li>");
    }
    if (timed && length > 0) {
        buf_puts(b, "<li><b>");
        html_ms(b, length);
        buf_puts(b, "</b> from the first to the last");
        if (l->total_ms >= 0 && l->total_ms <= length)
            buf_printf(b, ", %.0f %% of it not in this query",
                       100 - 100 * l->total_ms / length);
        buf_puts(b, "</li>");
    }
    if (l->distinct)
        buf_printf(b, "<li><b>%u</b> different value%s</li>", l->distinct,
                   l->distinct == 1 ? "" : "s");
    if (l->occurrences > 1) {
        buf_puts(b, "<li><b>");
        html_number(b, l->occurrences);
        buf_puts(b, "</b> such loops in the capture</li>");
    }
}

static void add_query(struct buf *b, const char *class, const char *label,
                      const struct tl_shape *q)
{
    buf_printf(b, "<li><span class=\"key %s\"></span>%s <code>", class, label);
    html_clipped(b, q->display, TEXT_MAX);
    buf_puts(b, "</code></li>\n");
}

static void add_links(struct html *h, const struct tl_loop *l)
{
    for (size_t i = 0; i < h->run->n_findings; i++) {
        const struct tl_finding *f = h->run->findings[i];

        if (f->loop != l || h->extent[i] == HTML_LEFT_OUT)
            continue;
        buf_printf(&h->out, "<a class=\"tag %s\" href=\"#f%zu\">%s %s</a>",
                   report_severity_name(f->severity), i + 1, f->rule->id,
                   f->rule->name);
    }
}

static void add_loop(struct html *h, size_t at)
{
    static const char *const windows[] = {"request", "transaction",
                                          "connection's work"};
    const struct tl_loop *l = h->loops[at];
    struct buf *b = &h->out;

    buf_printf(b, "<figure class=\"loop\" id=\"loop-%zu\"><figcaption><h3>",
               at + 1);
    html_number(b, l->n);
    buf_printf(b, " executions in one %s", windows[l->window]);
    if (l->tag.n || l->application.n) {
        buf_puts(b, ": ");
        html_text(b, l->tag.n ? l->tag : l->application);
    }
    buf_puts(b, "</h3> ");
    add_links(h, l);
    buf_puts(b, "</figcaption>\n<ul class=\"facts\">");
    add_times(b, l);
    buf_puts(b, "</ul>\n");
    add_drawing(b, l);
    buf_puts(b, "<ul class=\"legend\">\n");
    if (l->parent && l->parent_linked)
        add_query(b, "parent", "gives the keys:", l->parent);
    else if (l->parent)
        add_query(b, "parent", "runs before:", l->parent);
    add_query(b, "run", "again and again:", l->shape);
    for (uint32_t i = 0; i < l->n_between; i++)
        add_query(b, "other", "in between:", l->between[i]);
    buf_puts(b, "</ul></figure>\n");
    html_flush(h);
}

void html_loops(struct html *h)
{
    if (!h->n_loops)
        return;
    buf_puts(&h->out,
             "<section id=\"loops\" aria-labelledby=\"h-loops\">"
             "<h2 id=\"h-loops\">Loops</h2>\n<p class=\"lead\">One "
             "query again and again in one unit of work, as the "
             "capture has it. Bars are its time in the server; empty is "
             "what goes on between: the network, the application, other "
             "queries.</p>\n");
    for (size_t i = 0; i < h->n_loops; i++)
        add_loop(h, i);
    html_left_out(h, h->n_loops_found, h->n_loops, "loop",
                  "their findings are above");
    buf_puts(&h->out, "</section>\n");
}
