/*
 * checkstyle.c - Checkstyle's XML, which many CI servers read.
 *
 * Files with findings, each with its errors; columns in code points. What
 * could not be read is an error without a line.
 */
#include "report/report.h"
#include "report/xml.h"

static const char *severity_of(enum tl_severity s)
{
    static const char *const names[] = {"ignore", "info", "warning", "error"};

    return names[s];
}

static void begin_file(struct buf *out, const char *path)
{
    buf_puts(out, "  <file");
    xml_attribute(out, "name", tl_str_c(path));
    buf_puts(out, ">\n");
}

static void add_message(struct buf *out, const struct tl_finding *f)
{
    buf_puts(out, " message=\"");
    xml_text(out, f->message);
    if (f->detail.n) {
        buf_char(out, ' ');
        xml_text(out, f->detail);
    }
    buf_char(out, '"');
}

static void add_error(const struct report_run *run, struct buf *out,
                      const struct tl_finding *f)
{
    struct source *s = report_source(run, f->span);

    buf_puts(out, "    <error");
    if (s) {
        struct source_position p =
            source_position(s, f->span.start, SOURCE_CODEPOINTS);

        xml_number(out, "line", p.line);
        xml_number(out, "column", p.column);
    }
    xml_attribute(out, "severity", tl_str_c(severity_of(f->severity)));
    add_message(out, f);
    buf_printf(out, " source=\"tusklint.%s\"/>\n", f->rule->id);
}

static void add_failure(const struct report_run *run, struct buf *out,
                        size_t at)
{
    begin_file(out, report_failure_path(run, at));
    buf_puts(out, "    <error severity=\"error\"");
    xml_attribute(out, "message", tl_str_c(run->failures[at]));
    buf_puts(out, " source=\"tusklint.failure\"/>\n  </file>\n");
}

static void write_checkstyle(const struct report_run *run, FILE *f)
{
    struct report_groups groups;
    struct buf out;

    buf_init(&out, 0);
    report_group(run, &groups);
    buf_puts(&out, XML_HEAD "<checkstyle version=\"4.3\">\n");
    for (size_t i = 0; i < run->n_failures; i++)
        add_failure(run, &out, i);
    for (size_t i = 0; i <= run->n_sources; i++) {
        if (groups.from[i] == groups.from[i + 1])
            continue;
        begin_file(&out, i < run->n_sources ? run->sources[i]->path : ".");
        for (size_t k = groups.from[i]; k < groups.from[i + 1]; k++)
            add_error(run, &out, groups.findings[k]);
        buf_puts(&out, "  </file>\n");
        report_flush(&out, f);
    }
    buf_puts(&out, "</checkstyle>\n");
    report_flush(&out, f);
    report_groups_release(&groups);
    buf_release(&out);
}

const struct reporter report_checkstyle = {
    .name = "checkstyle",
    .unit = SOURCE_CODEPOINTS,
    .write = write_checkstyle,
};
