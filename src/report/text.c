/*
 * text.c - findings for people: the place, the source, why, and the safe way.
 *
 * The first line of a finding is also what editors and terminals take for a
 * link. Everything that comes from an input passes the sanitizer.
 */
#include "report/excerpt.h"
#include "report/report.h"
#include "report/sanitize.h"

#include "base/mem.h"

#define DEFAULT_WIDTH 100

struct palette {
    const char *severity[TL_ERROR + 1];
    const char *bold;
    const char *dim;
    const char *help;
    const char *reset;
};

static const struct palette plain = {{"", "", "", ""}, "", "", "", ""};
static const struct palette colored = {
    .severity = {"", "\x1b[1;36m", "\x1b[1;33m", "\x1b[1;31m"},
    .bold = "\x1b[1m",
    .dim = "\x1b[34m",
    .help = "\x1b[32m",
    .reset = "\x1b[0m",
};

struct writer {
    const struct report_run *run;
    const struct palette *colors;
    struct buf out;
    unsigned width;
};

static void add_place(struct writer *w, struct tl_span span)
{
    struct source *s = report_source(w->run, span);

    if (!s)
        return;
    struct source_position p =
        source_position(s, span.start, SOURCE_CODEPOINTS);
    sanitize_path(&w->out, s->path);
    buf_printf(&w->out, ":%u:%u: ", p.line, p.column);
}

/* ---- notes below the source, wrapped --------------------------------------- */

static size_t text_width(struct tl_str s)
{
    size_t columns = 0;

    for (size_t i = 0; i < s.n;) {
        char shown[SANITIZE_MAX];
        size_t width;

        i += sanitize_next(s, i, shown, &width);
        columns += width;
    }
    return columns;
}

/* Words that do not fit begin a line below the first word. */
static void add_wrapped(struct writer *w, struct tl_str text, size_t indent)
{
    size_t column = indent;
    size_t at = 0;

    while (at < text.n) {
        size_t end = at;

        while (end < text.n && text.p[end] != ' ' && text.p[end] != '\n')
            end++;
        struct tl_str word = {text.p + at, end - at};
        size_t width = text_width(word);
        bool line_break = at > 0 && text.p[at - 1] == '\n';

        if (line_break || (column > indent && column + 1 + width > w->width)) {
            buf_printf(&w->out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (at > 0) {
            buf_char(&w->out, ' ');
            column++;
        }
        sanitize(&w->out, word);
        column += width;
        at = end + 1;
    }
    buf_char(&w->out, '\n');
}

/* "     = help: ..." */
static void add_note(struct writer *w, unsigned gutter, const char *color,
                     const char *label, struct tl_str text)
{
    size_t indent = gutter + 4 + strlen(label);

    if (!text.n)
        return;
    buf_printf(&w->out, "%s%*s=%s %s%s%s", w->colors->dim, (int)gutter + 2, "",
               w->colors->reset, color, label, *color ? w->colors->reset : "");
    add_wrapped(w, text, indent);
}

static const char *applied_by(enum tl_applicability a)
{
    switch (a) {
    case TL_SAFE:
        return " (--fix)";
    case TL_UNSAFE:
        return " (--fix=unsafe)";
    case TL_MANUAL:
        break;
    }
    return "";
}

static void add_fix(struct writer *w, unsigned gutter, const struct tl_fix *fix)
{
    struct buf title;

    buf_init(&title, 0);
    buf_str(&title, fix->title);
    buf_puts(&title, applied_by(fix->applicability));
    add_note(w, gutter, w->colors->help, "fix: ", buf_view(&title));
    buf_release(&title);
}

static void add_related(struct writer *w, unsigned gutter,
                        const struct tl_related *r)
{
    for (; r; r = r->next) {
        buf_printf(&w->out, "%s%*s=%s ", w->colors->dim, (int)gutter + 2, "",
                   w->colors->reset);
        add_place(w, r->span);
        sanitize(&w->out, r->message);
        buf_char(&w->out, '\n');
    }
}

/* ---- one finding ------------------------------------------------------------ */

static unsigned digits(uint32_t n)
{
    unsigned d = 1;

    while (n >= 10) {
        n /= 10;
        d++;
    }
    return d < 3 ? 3 : d;
}

static void add_headline(struct writer *w, const struct tl_finding *f)
{
    buf_puts(&w->out, w->colors->bold);
    add_place(w, f->span);
    buf_printf(&w->out, "%s%s%s:%s ", w->colors->reset,
               w->colors->severity[f->severity],
               report_severity_name(f->severity), w->colors->reset);
    buf_puts(&w->out, w->colors->bold);
    sanitize(&w->out, f->message);
    buf_printf(&w->out, "%s [%s]\n", w->colors->reset, f->rule->name);
}

static void add_finding(struct writer *w, const struct tl_finding *f)
{
    struct source *s = report_source(w->run, f->span);
    unsigned gutter = 3;

    add_headline(w, f);
    if (s && s->text.n) {
        struct tl_span span = report_span(s, f->span);
        struct source_position end =
            source_position(s, span.end, SOURCE_BYTES);

        gutter = digits(end.line);
        struct excerpt_style style = {
            .width = w->width,
            .gutter = gutter,
            .mark = w->colors->severity[f->severity],
            .number = w->colors->dim,
            .reset = w->colors->reset,
        };
        excerpt_write(&w->out, s, span, &style);
    }
    add_note(w, gutter, "", "", f->detail);
    add_related(w, gutter, f->related);
    add_note(w, gutter, w->colors->help, "help: ", f->help);
    if (f->fix)
        add_fix(w, gutter, f->fix);
    buf_char(&w->out, '\n');
}

static void add_statistics(struct writer *w)
{
    size_t n;
    struct report_tally *t = report_tallies(w->run, &n);

    for (size_t i = 0; i < n; i++)
        buf_printf(&w->out, "%6zu  %s %s\n", t[i].n, t[i].rule->id,
                   t[i].rule->name);
    if (n)
        buf_char(&w->out, '\n');
    mem_free(t);
}

static void write_text(const struct report_run *run, FILE *f)
{
    struct writer w = {.run = run,
                       .colors = run->color ? &colored : &plain,
                       .width = run->width ? run->width : DEFAULT_WIDTH};

    buf_init(&w.out, 0);
    for (size_t i = 0; i < run->n_findings; i++) {
        add_finding(&w, run->findings[i]);
        report_flush(&w.out, f);
    }
    if (run->statistics)
        add_statistics(&w);
    if (!run->quiet) {
        report_summary(run, &w.out);
        buf_char(&w.out, '\n');
    }
    report_flush(&w.out, f);
    buf_release(&w.out);
}

const struct reporter report_text = {
    .name = "text",
    .unit = SOURCE_CODEPOINTS,
    .write = write_text,
};
