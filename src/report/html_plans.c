/*
 * html_plans.c - plans as trees, each node's time and rows as bars, the nodes
 * that findings are about marked.
 */
#include "report/html.h"

#include "base/mem.h"

/* Of a larger plan only the guilty nodes, their way up and their children. */
#define WHOLE_MAX 120u
/* Deeper nodes stand no further to the right. */
#define DEPTH_MAX 24u
#define QUERY_MAX 4000
#define CONDITION_MAX 300

struct tree {
    const struct tl_plan *plan;
    bool *marked;
    bool *shown;
    double all_ms;    /* of all nodes, exclusive of children; 0: no times */
    double most_rows; /* that a node gives or reads */
};

/* ---- what to draw ---- */

static bool is_about(const struct tl_finding *f, const struct tl_plan *plan,
                     uint32_t node)
{
    return f->plan == plan && f->span.start == plan->nodes[node].span.start &&
           f->span.source == plan->nodes[node].span.source;
}

static void mark_nodes(const struct html *h, struct tree *t)
{
    for (size_t i = 0; i < h->run->n_findings; i++) {
        if (h->run->findings[i]->plan != t->plan)
            continue;
        for (uint32_t k = 0; k < t->plan->count; k++)
            t->marked[k] |= is_about(h->run->findings[i], t->plan, k);
    }
}

static void choose_nodes(struct tree *t)
{
    const struct tl_plan *p = t->plan;

    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t parent = p->nodes[i].parent;

        t->shown[i] |= p->count <= WHOLE_MAX || i == 0 || t->marked[i] ||
                       (parent != TL_NO_NODE && t->marked[parent]);
        for (uint32_t up = parent; t->marked[i] && up != TL_NO_NODE;
             up = p->nodes[up].parent)
            t->shown[up] = true;
    }
}

static double rows_of(const struct tl_plan_node *n)
{
    return n->rows_scanned > n->rows_out ? n->rows_scanned : n->rows_out;
}

static void measure(struct tree *t)
{
    for (uint32_t i = 0; i < t->plan->count; i++) {
        const struct tl_plan_node *n = &t->plan->nodes[i];

        t->all_ms += n->self_ms > 0 ? n->self_ms : 0;
        if (rows_of(n) > t->most_rows)
            t->most_rows = rows_of(n);
    }
}

/* ---- a node ---- */

static unsigned depth_of(const struct tl_plan *p, uint32_t node)
{
    unsigned depth = 0;

    while ((node = p->nodes[node].parent) != TL_NO_NODE && depth < DEPTH_MAX)
        depth++;
    return depth;
}

static void add_name(struct buf *b, const char *before, struct tl_str name)
{
    if (!name.n)
        return;
    buf_printf(b, " %s <b>", before);
    html_text(b, name);
    buf_puts(b, "</b>");
}

static void add_label(struct buf *b, const struct tl_plan_node *n)
{
    buf_puts(b, "<span class=\"type\">");
    html_text(b, n->type);
    buf_puts(b, "</span>");
    add_name(b, "using", n->index);
    add_name(b, "on", n->relation.n ? n->relation : n->cte_name);
    if (n->alias.n && !tl_str_eq(n->alias, n->relation)) {
        buf_char(b, ' ');
        html_text(b, n->alias);
    }
    if (n->subplan_name.n) {
        buf_puts(b, " (");
        html_text(b, n->subplan_name);
        buf_char(b, ')');
    }
}

static void add_condition(struct buf *b, const char *label, struct tl_str text)
{
    if (!text.n)
        return;
    buf_printf(b, "<span class=\"cond\">%s <code>", label);
    html_clipped(b, text, CONDITION_MAX);
    buf_puts(b, "</code></span>");
}

static void add_conditions(struct buf *b, const struct tl_plan_node *n)
{
    add_condition(b, "index", n->index_cond);
    add_condition(b, "join", n->join_cond);
    add_condition(b, "filter", n->filter);
    add_condition(b, "sort", n->sort_key);
}

static void add_guilt(struct html *h, const struct tree *t, uint32_t node)
{
    for (size_t i = 0; t->marked[node] && i < h->run->n_findings; i++) {
        const struct tl_finding *f = h->run->findings[i];

        if (!is_about(f, t->plan, node) || h->extent[i] == HTML_LEFT_OUT)
            continue;
        buf_printf(&h->out, "<a class=\"tag %s\" href=\"#f%zu\">%s %s</a>",
                   report_severity_name(f->severity), i + 1, f->rule->id,
                   f->rule->name);
    }
}

static void add_rounded(struct buf *b, double x)
{
    html_number(b, x > 0 && x < 1e18 ? (uint64_t)(x + 0.5) : 0);
}

static void add_rows_cell(struct buf *b, const struct tree *t,
                          const struct tl_plan_node *n)
{
    buf_puts(b, "<td class=\"figure\">");
    if (n->never_executed) {
        buf_puts(b, "<span>never ran</span></td>");
        return;
    }
    html_bar(b, "row-bar", rows_of(n), t->most_rows);
    buf_puts(b, "<span>");
    buf_puts(b, t->plan->analyzed ? "" : "about ");
    add_rounded(b, t->plan->analyzed ? n->rows_out : n->plan_rows);
    buf_puts(b, "</span>");
    if (n->rows_removed > 0 && n->actual_loops > 0) {
        buf_puts(b, "<small>");
        add_rounded(b, n->rows_removed * n->actual_loops);
        buf_puts(b, " removed</small>");
    }
    buf_puts(b, "</td>");
}

static void add_time_cell(struct buf *b, const struct tree *t,
                          const struct tl_plan_node *n)
{
    if (t->all_ms <= 0)
        return;
    buf_puts(b, "<td class=\"figure\">");
    if (n->self_ms >= 0 && !n->never_executed) {
        html_bar(b, "time-bar", n->self_ms, t->all_ms);
        buf_puts(b, "<span>");
        html_ms(b, n->self_ms);
        buf_puts(b, "</span>");
    }
    buf_puts(b, "</td>");
}

/* Of a measured plan: what the planner expected of one run, and how many there
   were. */
static void add_estimate_cells(struct buf *b, const struct tree *t,
                               const struct tl_plan_node *n)
{
    if (!t->plan->analyzed)
        return;
    buf_puts(b, "<td class=\"num\">");
    add_rounded(b, n->plan_rows);
    buf_puts(b, "</td><td class=\"num\">");
    if (n->actual_loops >= 0)
        add_rounded(b, n->actual_loops);
    buf_puts(b, "</td>");
}

static void add_node(struct html *h, const struct tree *t, uint32_t node)
{
    const struct tl_plan_node *n = &t->plan->nodes[node];
    struct buf *b = &h->out;

    buf_puts(b, t->marked[node] ? "<tr class=\"guilty\">" : "<tr>");
    buf_puts(b, "<th scope=\"row\"><div class=\"node\">");
    for (unsigned i = depth_of(t->plan, node); i > 0; i--)
        buf_puts(b, "<i></i>");
    buf_puts(b, "<div>");
    add_label(b, n);
    add_conditions(b, n);
    add_guilt(h, t, node);
    buf_puts(b, "</div></div></th>");
    add_time_cell(b, t, n);
    add_rows_cell(b, t, n);
    add_estimate_cells(b, t, n);
    buf_puts(b, "</tr>\n");
    html_flush(h);
}

/* ---- a plan ---- */

static void add_tree_head(struct buf *b, const struct tree *t)
{
    buf_puts(b, "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                "aria-label=\"Plan\"><table class=\"plan\"><thead><tr>"
                "<th>node</th>");
    if (t->all_ms > 0)
        buf_puts(b, "<th>own time</th>");
    buf_puts(b, "<th>rows</th>");
    if (t->plan->analyzed)
        buf_puts(b, "<th class=\"num\">expected</th>"
                    "<th class=\"num\">runs</th>");
    buf_puts(b, "</tr></thead><tbody>\n");
}

static void add_tree(struct html *h, const struct tree *t)
{
    size_t left_out = 0;

    add_tree_head(&h->out, t);
    for (uint32_t i = 0; i < t->plan->count; i++) {
        if (t->shown[i])
            add_node(h, t, i);
        else
            left_out++;
    }
    buf_puts(&h->out, "</tbody></table></div>\n");
    html_left_out(h, t->plan->count, t->plan->count - left_out, "node",
                  "the guilty ones, their way up and their children are");
}

static void add_title(struct html *h, const struct tl_plan *p, size_t number)
{
    struct source *s = report_source(h->run, p->span);
    struct buf *b = &h->out;

    buf_printf(b, "<figure class=\"plan\" id=\"plan-%zu\"><figcaption><h3>",
               number);
    if (s) {
        html_path(b, s->path);
        buf_printf(b, ":%u",
                   source_position(s, p->span.start, SOURCE_BYTES).line);
    }
    buf_puts(b, "</h3><span class=\"what\">");
    if (tl_plan_ms(p) >= 0) {
        html_ms(b, tl_plan_ms(p));
        buf_puts(b, p->planning_ms >= 0 ? ", planned in " : "");
        if (p->planning_ms >= 0)
            html_ms(b, p->planning_ms);
    } else {
        buf_puts(b, "estimates only: EXPLAIN without ANALYZE");
    }
    buf_puts(b, "</span></figcaption>\n");
    if (p->query.n) {
        buf_puts(b, "<details class=\"sql\"><summary>the query</summary>"
                    "<pre class=\"code\"><code>");
        html_lines(b, (struct tl_str){p->query.p, p->query.n > QUERY_MAX
                                                      ? QUERY_MAX
                                                      : p->query.n});
        buf_puts(b, p->query.n > QUERY_MAX ? "\xE2\x80\xA6" : "");
        buf_puts(b, "</code></pre></details>\n");
    }
}

static void add_plan(struct html *h, size_t at)
{
    struct tree t = {.plan = h->plans[at]};

    t.marked = mem_calloc(t.plan->count, sizeof(*t.marked));
    t.shown = mem_calloc(t.plan->count, sizeof(*t.shown));
    mark_nodes(h, &t);
    choose_nodes(&t);
    measure(&t);
    add_title(h, t.plan, at + 1);
    add_tree(h, &t);
    buf_puts(&h->out, "</figure>\n");
    mem_free(t.marked);
    mem_free(t.shown);
}

void html_plans(struct html *h)
{
    size_t quiet = h->run->n_plans > h->n_plans_found
                       ? h->run->n_plans - h->n_plans_found
                       : 0;

    if (!h->n_plans)
        return;
    buf_puts(&h->out, "<section id=\"plans\" aria-labelledby=\"h-plans\">"
                      "<h2 id=\"h-plans\">Plans</h2>\n");
    for (size_t i = 0; i < h->n_plans; i++)
        add_plan(h, i);
    html_left_out(h, h->n_plans_found, h->n_plans, "plan",
                  "their findings are above");
    if (quiet)
        buf_printf(&h->out,
                   "<p class=\"left-out\">%zu other plan%s without a "
                   "finding.</p>\n",
                   quiet, quiet == 1 ? " is" : "s are");
    buf_puts(&h->out, "</section>\n");
}
