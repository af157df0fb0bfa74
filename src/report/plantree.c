/*
 * plantree.c - a plan drawn as EXPLAIN draws it, the guilty nodes marked.
 */
#include "report/report.h"

#include "report/sanitize.h"

#include "base/mem.h"

/* Of a larger plan only the marked nodes, their way up and their children. */
#define WHOLE_MAX 24u
/* Deeper nodes stand no further to the right. */
#define DEPTH_MAX 20u

struct drawing {
    const struct tl_plan *plan;
    struct buf *out;
    unsigned indent;
    unsigned width;
    bool *marked;
    bool *shown;
};

static bool is_new(const struct report_run *run, size_t at)
{
    return run->findings[at]->plan &&
           (at == 0 || run->findings[at - 1]->plan != run->findings[at]->plan);
}

/* Findings of one plan stand together. */
static void mark_nodes(const struct report_run *run, size_t at,
                       struct drawing *d)
{
    const struct tl_plan *plan = d->plan;

    for (; at < run->n_findings && run->findings[at]->plan == plan; at++)
        for (uint32_t i = 0; i < plan->count; i++)
            d->marked[i] |=
                plan->nodes[i].span.start == run->findings[at]->span.start;
}

static void choose_nodes(struct drawing *d)
{
    const struct tl_plan *p = d->plan;

    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t parent = p->nodes[i].parent;

        d->shown[i] |= p->count <= WHOLE_MAX || i == 0 || d->marked[i] ||
                       (parent != TL_NO_NODE && d->marked[parent]);
        for (uint32_t up = parent; d->marked[i] && up != TL_NO_NODE;
             up = p->nodes[up].parent)
            d->shown[up] = true;
    }
}

static unsigned depth_of(const struct tl_plan *p, uint32_t node)
{
    unsigned depth = 0;

    while ((node = p->nodes[node].parent) != TL_NO_NODE && depth < DEPTH_MAX)
        depth++;
    return depth;
}

/* "Index Scan using b_idx on bins b" */
static void put_label(struct buf *b, const struct tl_plan_node *n)
{
    buf_str(b, n->type);
    if (n->index.n)
        buf_printf(b, " using %.*s", TL_FMT(n->index));
    if (n->relation.n)
        buf_printf(b, " on %.*s", TL_FMT(n->relation));
    else if (n->cte_name.n)
        buf_printf(b, " on %.*s", TL_FMT(n->cte_name));
    if (n->alias.n && !tl_str_eq(n->alias, n->relation))
        buf_printf(b, " %.*s", TL_FMT(n->alias));
    if (n->subplan_name.n)
        buf_printf(b, " (%.*s)", TL_FMT(n->subplan_name));
}

static void put_figures(const struct drawing *d, struct buf *b,
                        const struct tl_plan_node *n)
{
    if (!d->plan->analyzed)
        buf_printf(b, "about %.0f rows", n->plan_rows);
    else if (n->never_executed)
        buf_puts(b, "never executed");
    else
        buf_printf(b, "%.0f rows", n->rows_out);
    if (n->actual_loops > 1)
        buf_printf(b, ", %.0f loops", n->actual_loops);
    if (n->rows_removed > 0 && n->actual_loops > 0)
        buf_printf(b, ", %.0f removed", n->rows_removed * n->actual_loops);
    if (n->self_ms >= 0 && !n->never_executed)
        buf_printf(b, ", %.1f ms", n->self_ms);
}

/* Bounded by the line's width; what is cut off ends in an ellipsis. */
static void put_line(struct drawing *d, bool marked, struct tl_str text)
{
    size_t room = d->width > d->indent + 22 ? d->width - d->indent - 2 : 20;
    size_t columns = 0;

    buf_printf(d->out, "%*s%c ", (int)d->indent, "", marked ? '>' : ' ');
    for (size_t i = 0; i < text.n;) {
        char shown[SANITIZE_MAX];
        size_t width;
        size_t used = sanitize_next(text, i, shown, &width);

        if (columns + width > room ||
            (columns + width == room && i + used < text.n)) {
            buf_puts(d->out, "\xe2\x80\xa6");
            break;
        }
        buf_puts(d->out, shown);
        columns += width;
        i += used;
    }
    buf_char(d->out, '\n');
}

static void draw_node(struct drawing *d, uint32_t node, struct buf *line)
{
    const struct tl_plan_node *n = &d->plan->nodes[node];
    unsigned depth = depth_of(d->plan, node);

    buf_clear(line);
    buf_printf(line, "%*s%s", (int)depth * 2, "", depth ? "-> " : "");
    put_label(line, n);
    buf_puts(line, ": ");
    put_figures(d, line, n);
    put_line(d, d->marked[node], buf_view(line));
}

static void draw(struct drawing *d)
{
    struct buf line;
    uint32_t left_out = 0;

    buf_init(&line, 0);
    for (uint32_t i = 0; i < d->plan->count; i++) {
        if (!d->shown[i]) {
            left_out++;
            continue;
        }
        draw_node(d, i, &line);
    }
    if (left_out) {
        buf_clear(&line);
        buf_puts(&line, "without ");
        report_number(&line, left_out, "node");
        buf_puts(&line, " of the plan");
        put_line(d, false, buf_view(&line));
    }
    buf_release(&line);
}

void report_add_plan(const struct report_run *run, size_t at, struct buf *out,
                     unsigned indent, unsigned width)
{
    if (!is_new(run, at))
        return;
    struct drawing d = {.plan = run->findings[at]->plan,
                        .out = out,
                        .indent = indent,
                        .width = width};

    d.marked = mem_calloc(d.plan->count, sizeof(*d.marked));
    d.shown = mem_calloc(d.plan->count, sizeof(*d.shown));
    mark_nodes(run, at, &d);
    choose_nodes(&d);
    draw(&d);
    mem_free(d.marked);
    mem_free(d.shown);
}
