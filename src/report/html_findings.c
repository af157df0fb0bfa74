/*
 * html_findings.c - the findings, file by file; and the rules that fired.
 */
#include "report/html.h"

#include "base/mem.h"

#define EXCERPT_LINES 12
#define AROUND 2
#define RELATED_WITH_SOURCE 3
#define RELATED_MAX 10
/* Places that the index of a rule lists. */
#define PLACES_MAX 50

static void add_place(struct html *h, struct tl_span span, bool with_path)
{
    struct source *s = report_source(h->run, span);

    if (!s)
        return;
    struct source_position p =
        source_position(s, span.start, SOURCE_CODEPOINTS);
    if (with_path) {
        html_path(&h->out, s->path);
        buf_printf(&h->out, ":%u:%u", p.line, p.column);
    } else {
        buf_printf(&h->out, "line %u:%u", p.line, p.column);
    }
}

void html_finding_link(struct html *h, size_t at, bool with_path)
{
    bool is_there = h->extent[at] != HTML_LEFT_OUT;

    if (is_there)
        buf_printf(&h->out, "<a href=\"#f%zu\">", at + 1);
    add_place(h, h->run->findings[at]->span, with_path);
    buf_puts(&h->out, is_there ? "</a>" : "");
}

static void add_severity(struct buf *b, enum tl_severity s)
{
    const char *name = report_severity_name(s);

    buf_printf(b, "<span class=\"sev %s\">%s</span>", name, name);
}

/* ---- one finding ---- */

static void open_article(struct html *h, size_t at, const char *class)
{
    const struct tl_finding *f = h->run->findings[at];
    const char *severity = report_severity_name(f->severity);

    buf_printf(&h->out,
               "<article class=\"%s %s\" id=\"f%zu\" data-severity=\"%s\" "
               "data-rule=\"%s\">\n",
               class, severity, at + 1, severity, f->rule->id);
}

static void add_rule_link(struct buf *b, const struct tl_rule *rule)
{
    buf_printf(b, "<a class=\"rule\" href=\"#rule-%s\"><b>%s</b> %s</a>",
               rule->id, rule->id, rule->name);
}

/* Where else on the page it is drawn. */
static void add_drawings(struct html *h, const struct tl_finding *f)
{
    size_t plan = html_plan_number(h, f->plan);
    size_t loop = html_loop_number(h, f->loop);

    if (plan)
        buf_printf(&h->out, "<a href=\"#plan-%zu\">plan</a>", plan);
    if (loop)
        buf_printf(&h->out, "<a href=\"#loop-%zu\">timeline</a>", loop);
    if (f->rule->family == TL_MIGRATION && html_has_history(h, f->span.source))
        buf_printf(&h->out, "<a href=\"#locks-%u\">locks</a>", f->span.source);
}

static void add_head(struct html *h, size_t at)
{
    const struct tl_finding *f = h->run->findings[at];

    buf_puts(&h->out, "<header>");
    add_severity(&h->out, f->severity);
    buf_puts(&h->out, "<h4>");
    html_text(&h->out, f->message);
    buf_puts(&h->out, "</h4><p class=\"meta\">");
    html_finding_link(h, at, false);
    add_rule_link(&h->out, f->rule);
    add_drawings(h, f);
    buf_puts(&h->out, "</p></header>\n");
}

/* A line that ends like a statement is one. */
static void add_advice(struct buf *b, struct tl_str text)
{
    for (size_t at = 0; at < text.n;) {
        const char *end = memchr(text.p + at, '\n', text.n - at);
        size_t n = end ? (size_t)(end - text.p) - at : text.n - at;
        struct tl_str line = {text.p + at, n};
        bool sql = n > 0 && line.p[n - 1] == ';';

        buf_puts(b, sql ? "<code class=\"sql\">" : "");
        html_lines(b, line);
        buf_puts(b, sql ? "</code>" : "");
        at += n + 1;
        buf_puts(b, at < text.n && !sql ? "<br>" : "");
    }
}

static void add_paragraph(struct html *h, const char *class, const char *label,
                          struct tl_str text)
{
    if (!text.n)
        return;
    buf_printf(&h->out, "<p class=\"%s\">%s", class, label);
    add_advice(&h->out, text);
    buf_puts(&h->out, "</p>\n");
}

static void add_related(struct html *h, const struct tl_finding *f)
{
    size_t n = 0;

    if (!f->related)
        return;
    buf_puts(&h->out, "<ul class=\"related\">\n");
    for (const struct tl_related *r = f->related; r; r = r->next) {
        struct source *s = report_source(h->run, r->span);

        if (++n > RELATED_MAX)
            continue;
        buf_puts(&h->out, "<li>");
        html_lines(&h->out, r->message);
        buf_puts(&h->out, " <span class=\"at\">");
        add_place(h, r->span, r->span.source != f->span.source || !s);
        buf_puts(&h->out, "</span>");
        if (s && s->text.n && n <= RELATED_WITH_SOURCE)
            html_excerpt(&h->out, s, r->span, 3, 0);
        buf_puts(&h->out, "</li>\n");
    }
    if (n > RELATED_MAX)
        buf_printf(&h->out, "<li>and %zu more places</li>\n", n - RELATED_MAX);
    buf_puts(&h->out, "</ul>\n");
}

static void add_fix(struct html *h, struct source *home,
                    const struct tl_fix *fix)
{
    static const char *const applied[] = {
        [TL_SAFE] = "<code>--fix</code> applies it",
        [TL_UNSAFE] = "<code>--fix=unsafe</code> applies it: look first",
        [TL_MANUAL] = "by hand",
    };

    buf_puts(&h->out, "<div class=\"fix\"><p><b>Fix</b> ");
    html_lines(&h->out, fix->title);
    buf_printf(&h->out, " <span class=\"how\">%s</span></p>\n",
               applied[fix->applicability]);
    if (home)
        html_change(&h->out, home, fix);
    buf_puts(&h->out, "</div>\n");
}

static void add_full(struct html *h, size_t at)
{
    const struct tl_finding *f = h->run->findings[at];
    struct source *s = report_source(h->run, f->span);

    open_article(h, at, "finding");
    add_head(h, at);
    if (s && s->text.n)
        html_excerpt(&h->out, s, f->span, EXCERPT_LINES, AROUND);
    add_paragraph(h, "detail", "", f->detail);
    add_related(h, f);
    add_paragraph(h, "help", "<b>Help</b> ", f->help);
    if (f->fix)
        add_fix(h, s, f->fix);
    buf_puts(&h->out, "</article>\n");
}

static void add_line(struct html *h, size_t at)
{
    open_article(h, at, "finding line");
    add_head(h, at);
    buf_puts(&h->out, "</article>\n");
}

/* ---- by file ---- */

static void add_file_counts(struct html *h, size_t from, size_t to)
{
    size_t counts[TL_ERROR + 1] = {0};

    for (size_t i = from; i < to; i++)
        counts[h->run->findings[i]->severity]++;
    buf_puts(&h->out, "<span class=\"counts\">");
    for (int s = TL_ERROR; s >= TL_NOTE; s--) {
        const char *name = report_severity_name((enum tl_severity)s);

        if (!counts[s])
            continue;
        buf_printf(&h->out, "<span class=\"sev %s\">", name);
        html_count(&h->out, counts[s], name);
        buf_puts(&h->out, "</span>");
    }
    buf_puts(&h->out, "</span>");
}

static void add_file(struct html *h, size_t from, size_t to)
{
    const struct tl_finding *f = h->run->findings[from];
    struct source *s = report_source(h->run, f->span);

    buf_printf(&h->out,
               "<details class=\"file\" open><summary id=\"file-%u\"><h3>",
               f->span.source);
    if (s)
        html_path(&h->out, s->path);
    else
        buf_puts(&h->out, "no file");
    buf_puts(&h->out, "</h3>");
    add_file_counts(h, from, to);
    buf_puts(&h->out, "</summary>\n");
    for (size_t i = from; i < to; i++) {
        if (h->extent[i] == HTML_FULL)
            add_full(h, i);
        else if (h->extent[i] == HTML_ONE_LINE)
            add_line(h, i);
        html_flush(h);
    }
    buf_puts(&h->out, "</details>\n");
}

static size_t file_end(const struct html *h, size_t from)
{
    struct tl_finding *const *f = h->run->findings;
    size_t end = from;

    while (end < h->run->n_findings &&
           f[end]->span.source == f[from]->span.source)
        end++;
    return end;
}

static size_t count_extent(const struct html *h, enum html_extent least)
{
    size_t n = 0;

    for (size_t i = 0; i < h->run->n_findings; i++)
        n += h->extent[i] >= least;
    return n;
}

/* ---- the filter, which the script brings to life ---- */

static void add_box(struct buf *b, enum tl_severity s, size_t n)
{
    const char *name = report_severity_name(s);

    if (!n)
        return;
    buf_printf(b,
               "<label class=\"box\"><input type=\"checkbox\" "
               "data-box=\"%s\" checked><span class=\"sev %s\">%s</span>"
               "</label>\n",
               name, name, name);
}

static void add_filter(struct html *h)
{
    struct buf *b = &h->out;
    struct report_counts c;
    size_t n;
    struct report_tally *t = report_tallies(h->run, &n);

    report_count(h->run, &c);
    buf_puts(b, "<div id=\"filter\" role=\"search\" aria-label=\"Filter the "
                "findings\" hidden>\n<fieldset><legend>Severity</legend>\n");
    for (int s = TL_ERROR; s >= TL_NOTE; s--)
        add_box(b, (enum tl_severity)s, c.by_severity[s]);
    buf_puts(b, "</fieldset>\n<label>Rule <select id=\"rule\"><option "
                "value=\"\">all rules</option>\n");
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "<option value=\"%s\">%s %s (%zu)</option>\n",
                   t[i].rule->id, t[i].rule->id, t[i].rule->name, t[i].n);
    buf_puts(b, "</select></label>\n<label>Search <input type=\"search\" "
                "id=\"search\" placeholder=\"text, path, table\" "
                "autocomplete=\"off\" spellcheck=\"false\"></label>\n"
                "<output id=\"shown\" aria-live=\"polite\"></output>\n"
                "<button type=\"button\" id=\"fold\">Collapse all</button>\n"
                "</div>\n");
    mem_free(t);
}

void html_findings(struct html *h)
{
    size_t all = h->run->n_findings;
    size_t listed = count_extent(h, HTML_ONE_LINE);
    size_t full = count_extent(h, HTML_FULL);

    buf_puts(&h->out, "<section id=\"findings\" aria-labelledby=\"h-findings\">"
                      "<h2 id=\"h-findings\">Findings</h2>\n");
    if (!all)
        buf_puts(&h->out, "<p class=\"none\">Nothing was found.</p>\n");
    else
        add_filter(h);
    if (full < listed) {
        buf_puts(&h->out, "<p class=\"left-out\">");
        html_number(&h->out, full);
        buf_puts(&h->out, " of ");
        html_number(&h->out, all);
        buf_puts(&h->out, " findings, the severe ones first, are shown with "
                          "their source; of the others a line each.</p>\n");
    }
    html_left_out(h, all, listed, "finding",
                  "<code>--format json</code> has all");
    for (size_t i = 0; i < all;) {
        size_t end = file_end(h, i);

        add_file(h, i, end);
        i = end;
    }
    buf_puts(&h->out, "<p class=\"none\" id=\"no-match\" hidden>No finding "
                      "matches the filter.</p>\n</section>\n");
}

/* ---- by rule ---- */

static void add_places(struct html *h, const struct report_tally *t)
{
    size_t shown = 0;

    buf_puts(&h->out, "<ol class=\"places\">\n");
    for (size_t i = 0; i < h->run->n_findings && shown < PLACES_MAX; i++) {
        if (h->run->findings[i]->rule != t->rule)
            continue;
        buf_puts(&h->out, "<li>");
        html_finding_link(h, i, true);
        buf_puts(&h->out, "</li>\n");
        shown++;
    }
    buf_puts(&h->out, "</ol>\n");
    html_left_out(h, t->n, shown, "place",
                  "<code>--format json</code> has all");
}

static struct tl_str doc_of(const struct report_run *run,
                            const struct tl_rule *rule)
{
    for (size_t i = 0; i < run->n_rules; i++)
        if (run->rules[i].rule == rule)
            return run->rules[i].doc;
    return TL_NONE;
}

static void add_rule(struct html *h, const struct report_tally *t, size_t most)
{
    struct buf *b = &h->out;

    buf_printf(b,
               "<details class=\"rule-doc\"><summary><h3><b>%s</b> %s</h3>"
               "<span class=\"what\">",
               t->rule->id, t->rule->name);
    html_text(b, tl_str_c(t->rule->summary));
    buf_puts(b, "</span>");
    html_bar(b, "rule-bar", (double)t->n, (double)most);
    buf_puts(b, "<span class=\"num\">");
    html_number(b, t->n);
    buf_printf(b, "</span></summary>\n<div class=\"prose\" id=\"rule-%s\">\n",
               t->rule->id);
    add_places(h, t);
    html_markdown(b, doc_of(h->run, t->rule));
    buf_puts(b, "</div></details>\n");
    html_flush(h);
}

void html_rules(struct html *h)
{
    size_t n;
    struct report_tally *t = report_tallies(h->run, &n);

    if (n)
        buf_puts(&h->out,
                 "<section id=\"rules\" aria-labelledby=\"h-rules\">"
                 "<h2 id=\"h-rules\">Rules</h2>\n<p class=\"lead\">The "
                 "rules that fired, with where and why; open one to "
                 "read it.</p>\n");
    for (size_t i = 0; i < n; i++)
        add_rule(h, &t[i], t[0].n);
    buf_puts(&h->out, n ? "</section>\n" : "");
    mem_free(t);
}
