/*
 * jsonl.c - the run as JSON lines: one object a finding, query or error, each
 * with its "type", and a "summary" as the last line. The objects are those of
 * json.c.
 */
#include "report/json_parts.h"

struct writer {
    const struct report_run *run;
    FILE *file;
    struct buf out;
    struct json json;
};

static void begin_line(struct writer *w, const char *type)
{
    json_begin_object(&w->json);
    json_key(&w->json, "type");
    json_cstr(&w->json, type);
}

static void end_line(struct writer *w)
{
    json_end_object(&w->json);
    buf_char(&w->out, '\n');
    report_flush(&w->out, w->file);
}

static void add_errors(struct writer *w)
{
    const struct report_run *run = w->run;

    for (size_t i = 0; i < run->n_failures; i++) {
        begin_line(w, "error");
        json_failure(&w->json, run, i);
        end_line(w);
    }
    for (size_t i = 0; i < run->n_findings; i++) {
        if (!report_is_trouble(run->findings[i]))
            continue;
        begin_line(w, "error");
        json_trouble(&w->json, run, run->findings[i]);
        end_line(w);
    }
}

static void write_jsonl(const struct report_run *run, FILE *f)
{
    struct writer w = {.run = run, .file = f};

    buf_init(&w.out, 0);
    json_init(&w.json, &w.out, false);
    for (size_t i = 0; i < run->n_findings; i++) {
        begin_line(&w, "finding");
        json_finding(&w.json, run, run->findings[i]);
        end_line(&w);
    }
    for (size_t i = 0; i < run->n_queries; i++) {
        begin_line(&w, "query");
        json_query(&w.json, run, run->queries[i]);
        end_line(&w);
    }
    add_errors(&w);
    begin_line(&w, "summary");
    json_tool(&w.json, run);
    json_summary(&w.json, run);
    end_line(&w);
    buf_release(&w.out);
}

const struct reporter report_jsonl = {
    .name = "jsonl",
    .unit = SOURCE_CODEPOINTS,
    .write = write_jsonl,
};
