/*
 * html.c - the report as one page: its frame, its summary, its order.
 *
 * The page loads nothing and sends nothing: style and script stand in it, and
 * its policy allows these two by their hashes and no more. Without the script
 * everything is there to read; the script only filters.
 */
#include "report/html.h"

#include "base/mem.h"
#include "base/sha256.h"

/* Of what could not be read so much is listed. */
#define FAILURES_MAX 200
/* Inputs that are listed one by one. */
#define INPUTS_MAX 1000
#define INPUTS_OPEN 12
/* From so many on a browser lays out only what is in sight. */
#define MANY 300

void html_flush(struct html *h)
{
    report_flush(&h->out, h->file);
}

void html_left_out(struct html *h, size_t all, size_t shown, const char *one,
                   const char *where)
{
    size_t left = all > shown ? all - shown : 0;

    if (!left)
        return;
    buf_puts(&h->out, "<p class=\"left-out\">");
    html_number(&h->out, left);
    buf_printf(&h->out, " more %s%s not shown here; %s.</p>\n", one,
               left == 1 ? " is" : "s are", where);
}

/* ---- the frame ---- */

static void add_hash(struct buf *b, const char *what, const char *text,
                     size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char hash[SHA256_BYTES];

    sha256((struct tl_str){text, n}, hash);
    buf_printf(b, "%s 'sha256-", what);
    for (size_t i = 0; i < sizeof(hash); i += 3) {
        bool whole = i + 2 < sizeof(hash);
        unsigned bits = (unsigned)hash[i] << 16 | (unsigned)hash[i + 1] << 8 |
                        (whole ? hash[i + 2] : 0U);

        buf_char(b, digits[bits >> 18]);
        buf_char(b, digits[bits >> 12 & 63]);
        buf_char(b, digits[bits >> 6 & 63]);
        buf_char(b, whole ? digits[bits & 63] : '=');
    }
    buf_puts(b, "'; ");
}

static void add_document_head(struct html *h)
{
    struct buf *b = &h->out;
    struct buf title;

    buf_init(&title, 0);
    report_summary(h->run, &title);
    buf_puts(b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                "<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\""
                "default-src 'none'; ");
    add_hash(b, "style-src", html_style, html_style_size);
    add_hash(b, "script-src", html_script, html_script_size);
    buf_puts(b, "base-uri 'none'; form-action 'none'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, "
                "initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n<title>"
                "tusklint: ");
    html_text(b, buf_view(&title));
    buf_puts(b, "</title>\n<style>");
    buf_add(b, html_style, html_style_size);
    buf_puts(b, "</style>\n</head>\n<body>\n"
                "<a class=\"skip\" href=\"#findings\">Skip to the findings</a>"
                "\n");
    buf_release(&title);
}

/* ---- the summary ---- */

static void add_tile(struct buf *b, const char *class, size_t n,
                     const char *one)
{
    buf_printf(b, "<li class=\"tile %s%s\"><b>", class, n ? "" : " zero");
    html_number(b, n);
    buf_printf(b, "</b> %s%s</li>\n", one, n == 1 ? "" : "s");
}

static void add_failures(struct html *h)
{
    struct buf *b = &h->out;
    size_t n = h->run->n_failures;
    size_t shown = n < FAILURES_MAX ? n : FAILURES_MAX;

    if (!n)
        return;
    buf_puts(b, "<div class=\"failures\" role=\"note\"><h2>Not "
                "everything could be read</h2>\n<ul>\n");
    for (size_t i = 0; i < shown; i++) {
        buf_puts(b, "<li>");
        html_text(b, tl_str_c(h->run->failures[i]));
        buf_puts(b, "</li>\n");
    }
    buf_puts(b, "</ul>\n");
    html_left_out(h, n, shown, "line", "standard error has all");
    buf_puts(b, "</div>\n");
}

static void add_link(struct buf *b, const char *to, const char *text, size_t n)
{
    if (!n)
        return;
    buf_printf(b, "<li><a href=\"#%s\">%s <span class=\"num\">", to, text);
    html_number(b, n);
    buf_puts(b, "</span></a></li>\n");
}

static void add_contents(struct html *h)
{
    struct buf *b = &h->out;
    size_t rules;

    mem_free(report_tallies(h->run, &rules));
    buf_puts(b, "<nav aria-label=\"Sections\"><ul>\n");
    add_link(b, "findings", "Findings", h->run->n_findings);
    add_link(b, "rules", "Rules", rules);
    add_link(b, "locks", "Lock timelines", h->n_histories);
    add_link(b, "queries", "Captured queries", h->run->n_queries);
    add_link(b, "loops", "Loops", h->n_loops);
    add_link(b, "plans", "Plans", h->n_plans);
    add_link(b, "inputs", "Inputs", h->run->inputs ? h->run->n_sources : 0);
    buf_puts(b, "</ul></nav>\n");
}

static void add_summary(struct html *h)
{
    struct buf *b = &h->out;
    struct report_counts c;
    struct buf text;

    report_count(h->run, &c);
    buf_init(&text, 0);
    report_summary(h->run, &text);
    buf_puts(b, "<header class=\"top\">\n<p class=\"brand\">tusklint</p>\n"
                "<h1>");
    html_text(b, buf_view(&text));
    buf_puts(b, "</h1>\n<ul class=\"tiles\" aria-label=\"Findings by "
                "severity\">\n");
    add_tile(b, "error", c.by_severity[TL_ERROR], "error");
    add_tile(b, "warning", c.by_severity[TL_WARNING], "warning");
    add_tile(b, "note", c.by_severity[TL_NOTE], "note");
    buf_puts(b, "</ul>\n");
    buf_release(&text);
    add_failures(h);
    add_contents(h);
    buf_puts(b, "</header>\n");
}

/* ---- inputs ---- */

static size_t *count_by_source(const struct report_run *run)
{
    size_t *n = mem_calloc(run->n_sources + 1, sizeof(*n));

    for (size_t i = 0; i < run->n_findings; i++)
        if (run->findings[i]->span.source < run->n_sources)
            n[run->findings[i]->span.source]++;
    return n;
}

static void add_input(struct html *h, size_t i, size_t findings)
{
    const struct report_input *in = &h->run->inputs[i];
    struct buf *b = &h->out;

    buf_puts(b, "<tr><td>");
    if (findings)
        buf_printf(b, "<a href=\"#file-%zu\">", i);
    html_path(b, h->run->sources[i]->path);
    buf_puts(b, findings ? "</a></td><td>" : "</td><td>");
    html_text(b, tl_str_c(in->kind));
    buf_puts(b, in->context ? ", for the schema only" : "");
    buf_puts(b, "</td><td class=\"num\">");
    if (findings)
        html_number(b, findings);
    buf_puts(b, "</td></tr>\n");
}

static void add_inputs(struct html *h)
{
    size_t n = h->run->n_sources;
    size_t shown = n < INPUTS_MAX ? n : INPUTS_MAX;
    size_t *findings = count_by_source(h->run);

    if (!h->run->inputs || !n) {
        mem_free(findings);
        return;
    }
    buf_printf(&h->out,
               "<section id=\"inputs\" aria-labelledby=\"h-inputs\">"
               "<h2 id=\"h-inputs\">Inputs</h2>\n<details%s><summary>",
               n <= INPUTS_OPEN ? " open" : "");
    html_count(&h->out, n, "input");
    buf_puts(&h->out, ", in the order of reading</summary>\n"
                      "<table class=\"inputs\"><thead><tr><th>path</th>"
                      "<th>taken for</th><th class=\"num\">findings</th></tr>"
                      "</thead><tbody>\n");
    for (size_t i = 0; i < shown; i++)
        add_input(h, i, findings[i]);
    buf_puts(&h->out, "</tbody></table>\n");
    html_left_out(h, n, shown, "input", "<code>--verbose</code> tells all");
    buf_puts(&h->out, "</details></section>\n");
    mem_free(findings);
}

static void add_foot(struct html *h)
{
    buf_puts(&h->out, "</main>\n<footer><p>Written by tusklint ");
    html_text(&h->out, tl_str_c(h->run->version));
    if (h->run->parser) {
        buf_puts(&h->out, " with ");
        html_text(&h->out, tl_str_c(h->run->parser));
    }
    buf_puts(&h->out, ".</p></footer>\n<script>");
    buf_add(&h->out, html_script, html_script_size);
    buf_puts(&h->out, "</script>\n</body>\n</html>\n");
}

static void write_html(const struct report_run *run, FILE *f)
{
    struct html h = {.run = run, .file = f};

    buf_init(&h.out, 0);
    html_choose(&h);
    add_document_head(&h);
    add_summary(&h);
    buf_puts(&h.out,
             run->n_findings > MANY ? "<main class=\"many\">\n" : "<main>\n");
    html_findings(&h);
    html_rules(&h);
    html_histories(&h);
    html_queries(&h);
    html_loops(&h);
    html_plans(&h);
    add_inputs(&h);
    add_foot(&h);
    html_flush(&h);
    html_release(&h);
}

const struct reporter report_html = {
    .name = "html",
    .unit = SOURCE_CODEPOINTS,
    .write = write_html,
};
