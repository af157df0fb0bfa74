/*
 * json.c - the run as one JSON object, for scripts.
 *
 * {"version":1,"tool":{},"findings":[],"queries":[],"errors":[],"summary":{}};
 * "queries" of captures only. Keys are only ever added. Offsets are bytes from
 * 0, lines and columns count from 1, columns in code points. What could not be
 * analysed stands in "errors" and, where a rule reports it, among the findings
 * too.
 */
#include "report/json_parts.h"

static void add_findings(struct json *j, struct buf *out,
                         const struct report_run *run, FILE *f)
{
    json_key(j, "findings");
    json_begin_array(j);
    for (size_t i = 0; i < run->n_findings; i++) {
        json_begin_object(j);
        json_finding(j, run, run->findings[i]);
        json_end_object(j);
        report_flush(out, f);
    }
    json_end_array(j);
}

static void add_queries(struct json *j, struct buf *out,
                        const struct report_run *run, FILE *f)
{
    if (!run->n_queries)
        return;
    json_key(j, "queries");
    json_begin_array(j);
    for (size_t i = 0; i < run->n_queries; i++) {
        json_begin_object(j);
        json_query(j, run, run->queries[i]);
        json_end_object(j);
        report_flush(out, f);
    }
    json_end_array(j);
}

static void add_errors(struct json *j, const struct report_run *run)
{
    json_key(j, "errors");
    json_begin_array(j);
    for (size_t i = 0; i < run->n_failures; i++) {
        json_begin_object(j);
        json_failure(j, run, i);
        json_end_object(j);
    }
    for (size_t i = 0; i < run->n_findings; i++) {
        if (!report_is_trouble(run->findings[i]))
            continue;
        json_begin_object(j);
        json_trouble(j, run, run->findings[i]);
        json_end_object(j);
    }
    json_end_array(j);
}

static void write_json(const struct report_run *run, FILE *f)
{
    struct buf out;
    struct json j;

    buf_init(&out, 0);
    json_init(&j, &out, true);
    json_begin_object(&j);
    json_tool(&j, run);
    add_findings(&j, &out, run, f);
    add_queries(&j, &out, run, f);
    add_errors(&j, run);
    json_key(&j, "summary");
    json_begin_object(&j);
    json_summary(&j, run);
    json_end_object(&j);
    json_end_object(&j);
    buf_char(&out, '\n');
    report_flush(&out, f);
    buf_release(&out);
}

const struct reporter report_json = {
    .name = "json",
    .unit = SOURCE_CODEPOINTS,
    .write = write_json,
};
