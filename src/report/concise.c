/*
 * concise.c - a finding a line, as compilers write them.
 */
#include "report/report.h"
#include "report/sanitize.h"

static void write_concise(const struct report_run *run, FILE *f)
{
    struct buf out;

    buf_init(&out, 0);
    for (size_t i = 0; i < run->n_findings; i++) {
        const struct tl_finding *x = run->findings[i];
        struct source *s = report_source(run, x->span);

        if (s) {
            struct source_position p =
                source_position(s, x->span.start, SOURCE_CODEPOINTS);

            sanitize_path(&out, s->path);
            buf_printf(&out, ":%u:%u: ", p.line, p.column);
        }
        buf_printf(&out, "%s: ", report_severity_name(x->severity));
        sanitize(&out, x->message);
        buf_printf(&out, " [%s %s]\n", x->rule->id, x->rule->name);
        report_flush(&out, f);
    }
    for (size_t i = 0; i < run->n_failures; i++) {
        buf_puts(&out, "error: ");
        sanitize(&out, tl_str_c(run->failures[i]));
        buf_char(&out, '\n');
    }
    if (run->statistics)
        report_add_tallies(run, &out);
    report_flush(&out, f);
    buf_release(&out);
}

const struct reporter report_concise = {
    .name = "concise",
    .unit = SOURCE_CODEPOINTS,
    .write = write_concise,
};
