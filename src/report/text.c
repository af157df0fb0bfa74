/*
 * text.c - findings for people: the place, the source, why, and the safe way.
 *
 * The first line of a finding is also what editors and terminals take for a
 * link. Everything that comes from an input passes the sanitizer.
 */
#include "report/change.h"
#include "report/excerpt.h"
#include "report/report.h"
#include "report/sanitize.h"

#define DEFAULT_WIDTH 100
#define SPAN_LINES 4
/* Other places of a finding: so many with their source, so many at all. */
#define RELATED_WITH_SOURCE 2
#define RELATED_MAX 6

struct palette {
    const char *severity[TL_ERROR + 1];
    const char *bold;
    const char *dim;
    const char *help;
    const char *removed;
    const char *added;
    const char *reset;
};

static const struct palette plain = {
    {"", "", "", ""}, "", "", "", "", "", "",
};
/* No red beside green: some eyes see them as one. */
static const struct palette colored = {
    .severity = {"", "\x1b[1;36m", "\x1b[1;33m", "\x1b[1;31m"},
    .bold = "\x1b[1m",
    .dim = "\x1b[34m",
    .help = "\x1b[36m",
    .removed = "\x1b[33m",
    .added = "\x1b[36m",
    .reset = "\x1b[0m",
};

struct writer {
    const struct report_run *run;
    const struct palette *colors;
    struct buf out;
    unsigned width;
    const struct tl_finding *previous;
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

/* ---- notes below the source, wrapped ---------------------------------------
 */

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
            /* A runner of CI would obey it where a line begins. */
            if (word.n > 1 && word.p[0] == ':' && word.p[1] == ':')
                buf_char(&w->out, '\\');
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

static struct excerpt_style style_of(const struct writer *w, unsigned gutter)
{
    return (struct excerpt_style){
        .width = w->width,
        .gutter = gutter,
        .max_lines = SPAN_LINES,
        .under = '^',
        .mark = w->colors->severity[TL_NOTE],
        .number = w->colors->dim,
        .reset = w->colors->reset,
    };
}

static void add_fix(struct writer *w, unsigned gutter, struct source *home,
                    const struct tl_fix *fix)
{
    struct change_style style = {.excerpt = style_of(w, gutter),
                                 .removed = w->colors->removed,
                                 .added = w->colors->added};
    struct buf title;

    buf_init(&title, 0);
    buf_str(&title, fix->title);
    buf_puts(&title, applied_by(fix->applicability));
    add_note(w, gutter, w->colors->help, "fix: ", buf_view(&title));
    buf_release(&title);
    if (home)
        change_write(&w->out, home, fix, &style);
}

/* Is the place among the lines that the reader has just seen? */
static bool is_in_sight(struct source *s, const struct tl_finding *f,
                        struct tl_span span)
{
    if (f->span.source != span.source)
        return false;
    uint32_t line = source_position(s, span.start, SOURCE_BYTES).line;
    uint32_t first = source_position(s, f->span.start, SOURCE_BYTES).line;

    return line >= first && line < first + SPAN_LINES;
}

static void add_related(struct writer *w, unsigned gutter,
                        const struct tl_finding *f)
{
    struct excerpt_style style = style_of(w, gutter);
    size_t n = 0;
    size_t left = 0;

    style.under = '-';
    style.max_lines = 1;
    for (const struct tl_related *r = f->related; r; r = r->next) {
        struct source *s = report_source(w->run, r->span);

        if (++n > RELATED_MAX) {
            left++;
            continue;
        }
        buf_printf(&w->out, "%s%*s=%s ", w->colors->dim, (int)gutter + 2, "",
                   w->colors->reset);
        add_place(w, r->span);
        sanitize(&w->out, r->message);
        buf_char(&w->out, '\n');
        if (s && s->text.n && n <= RELATED_WITH_SOURCE &&
            !is_in_sight(s, f, r->span))
            excerpt_write(&w->out, s, report_span(s, r->span), &style);
    }
    if (left)
        buf_printf(&w->out, "%*s= and %zu more\n", (int)gutter + 2, "", left);
}

/* ---- one finding ------------------------------------------------------------
 */

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
    buf_printf(&w->out, "%s [%s %s]\n", w->colors->reset, f->rule->id,
               f->rule->name);
}

static uint32_t last_line(const struct report_run *run, struct tl_span span)
{
    struct source *s = report_source(run, span);

    return s ? source_position(s, report_span(s, span).end, SOURCE_BYTES).line
             : 0;
}

/* One width of line numbers for all that is shown of a finding. */
static unsigned gutter_of(const struct report_run *run,
                          const struct tl_finding *f)
{
    uint32_t most = last_line(run, f->span);

    for (const struct tl_related *r = f->related; r; r = r->next) {
        uint32_t line = last_line(run, r->span);

        most = line > most ? line : most;
    }
    return digits(most);
}

/* A rule that speaks of one place after another gives its advice once. */
static bool is_repeated(const struct writer *w, const struct tl_finding *f)
{
    const struct tl_finding *p = w->previous;

    return p && p->rule == f->rule && p->span.source == f->span.source &&
           tl_str_eq(p->help, f->help);
}

static void add_finding(struct writer *w, size_t at)
{
    const struct tl_finding *f = w->run->findings[at];
    struct source *s = report_source(w->run, f->span);
    unsigned gutter = gutter_of(w->run, f);

    add_headline(w, f);
    if (s && s->text.n) {
        struct excerpt_style style = style_of(w, gutter);

        style.mark = w->colors->severity[f->severity];
        excerpt_write(&w->out, s, report_span(s, f->span), &style);
    }
    add_note(w, gutter, "", "", f->detail);
    add_related(w, gutter, f);
    report_add_plan(w->run, at, &w->out, gutter + 2, w->width);
    add_note(w, gutter, w->colors->help, "help: ",
             is_repeated(w, f) && f->help.n ? TL_STR("as above") : f->help);
    if (f->fix)
        add_fix(w, gutter, s, f->fix);
    buf_char(&w->out, '\n');
    w->previous = f;
}

/* What one command would do about it. */
static void add_next_step(struct writer *w)
{
    size_t n = 0;

    for (size_t i = 0; i < w->run->n_findings; i++) {
        const struct tl_fix *fix = w->run->findings[i]->fix;

        n += fix && fix->edits && fix->applicability == TL_SAFE;
    }
    if (n)
        buf_printf(&w->out, "; --fix would apply %zu %s", n,
                   n == 1 ? "fix" : "fixes");
}

static void write_text(const struct report_run *run, FILE *f)
{
    struct writer w = {.run = run,
                       .colors = run->color ? &colored : &plain,
                       .width = run->width ? run->width : DEFAULT_WIDTH};

    buf_init(&w.out, 0);
    if (!run->quiet)
        report_add_queries(run, &w.out, w.width);
    for (size_t i = 0; i < run->n_findings; i++) {
        add_finding(&w, i);
        report_flush(&w.out, f);
    }
    if (run->statistics && run->n_findings) {
        report_add_tallies(run, &w.out);
        buf_char(&w.out, '\n');
    }
    if (!run->quiet) {
        report_summary(run, &w.out);
        add_next_step(&w);
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
