/*
 * github.c - workflow commands, which GitHub shows as annotations.
 *
 * Escaped as the runner unescapes them. A runner shows ten annotations of a
 * kind for a step, so the worst come first and the rest is counted. Columns
 * are only said of a span on one line: the runner drops others.
 */
#include "base/utf8.h"
#include "report/report.h"
#include "report/sanitize.h"

#define SHOWN_OF_A_KIND 10
/* The runner cuts messages after this many characters. */
#define MESSAGE_MAX 4000

static const char *command_of(enum tl_severity s)
{
    static const char *const names[] = {"debug", "notice", "warning", "error"};

    return names[s];
}

/* The text is sanitized first: no newline, no "##[". */
static void escape(struct buf *out, struct tl_str clean, bool property)
{
    for (size_t i = 0; i < clean.n; i++) {
        char ch = clean.p[i];

        if (ch == '%' || (property && (ch == ':' || ch == ',')))
            buf_printf(out, "%%%02X", (unsigned)ch);
        else
            buf_char(out, ch);
    }
}

/* Not in the middle of a character. */
static struct tl_str whole(const struct buf *clean)
{
    struct tl_str s = buf_view(clean);

    if (clean->full)
        s.n = utf8_invalid_at(s);
    return s;
}

static void add_clean(struct buf *out, struct tl_str text, bool property)
{
    struct buf clean;

    buf_init(&clean, MESSAGE_MAX);
    sanitize(&clean, text);
    escape(out, whole(&clean), property);
    if (clean.full)
        buf_puts(out, "\xE2\x80\xA6");
    buf_release(&clean);
}

static void add_path(struct buf *out, const char *path)
{
    /* A path with bytes that cannot be shown names no file of the tree. */
    add_clean(out, tl_str_c(path), true);
}

static void add_place(struct buf *out, const struct report_run *run,
                      struct source *s, struct tl_span span)
{
    span = report_span(s, span);
    struct source_position from = source_position(s, span.start, SOURCE_UTF16);
    struct source_position to = source_position(s, span.end, SOURCE_UTF16);

    buf_puts(out, "file=");
    add_path(out, report_prefix(run, s->path));
    add_path(out, s->path);
    buf_printf(out, ",line=%u,endLine=%u", from.line, to.line);
    if (from.line == to.line)
        buf_printf(out, ",col=%u,endColumn=%u", from.column,
                   to.column > from.column ? to.column : from.column + 1);
    buf_char(out, ',');
}

static void add_line(struct buf *out, struct tl_str text)
{
    if (!text.n)
        return;
    buf_puts(out, "%0A");
    add_clean(out, text, false);
}

static void add_command(struct buf *out, const struct report_run *run,
                        const struct tl_finding *f)
{
    struct source *s = report_source(run, f->span);

    buf_printf(out, "::%s ", command_of(f->severity));
    if (s)
        add_place(out, run, s, f->span);
    buf_printf(out, "title=tusklint %s %s::", f->rule->id, f->rule->name);
    add_clean(out, f->message, false);
    add_line(out, f->detail);
    add_line(out, f->help);
    buf_char(out, '\n');
}

/* How many are left over. */
static size_t write_kind(const struct report_run *run, enum tl_severity kind,
                         size_t room, struct buf *out)
{
    size_t n = 0;

    for (size_t i = 0; i < run->n_findings; i++) {
        if (run->findings[i]->severity != kind)
            continue;
        if (n++ < room)
            add_command(out, run, run->findings[i]);
    }
    return n > room ? n - room : 0;
}

static size_t less(size_t taken)
{
    return taken < SHOWN_OF_A_KIND ? SHOWN_OF_A_KIND - taken : 0;
}

static void write_github(const struct report_run *run, FILE *f)
{
    struct buf out;
    size_t left = 0;

    buf_init(&out, 0);
    /* Each line of "could not be read" is an error, the last line a notice. */
    left += write_kind(run, TL_ERROR, less(run->n_failures), &out);
    left += write_kind(run, TL_WARNING, SHOWN_OF_A_KIND, &out);
    left += write_kind(run, TL_NOTE, less(1), &out);
    for (size_t i = 0; i < run->n_failures; i++) {
        buf_puts(&out, "::error title=tusklint::");
        add_clean(&out, tl_str_c(run->failures[i]), false);
        buf_char(&out, '\n');
    }
    if (left)
        buf_printf(&out,
                   "::notice title=tusklint::%zu more findings are not shown "
                   "as annotations; the SARIF report and the summary have "
                   "them all.\n",
                   left);
    if (run->statistics)
        report_add_tallies(run, &out);
    if (!run->quiet) {
        report_summary(run, &out);
        buf_char(&out, '\n');
    }
    report_flush(&out, f);
    buf_release(&out);
}

const struct reporter report_github = {
    .name = "github",
    .unit = SOURCE_UTF16,
    .write = write_github,
};
