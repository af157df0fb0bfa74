/*
 * report.h - what a finished run gives to its reports, and the formats.
 *
 * A reporter only reads: the run fills a struct report_run and calls write.
 * Output depends on nothing else (no clock, no environment, no folder), so
 * that equal runs give equal bytes.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buf.h"
#include "sql/source.h"

#include <tusklint/rule.h>
#include <tusklint/step.h>

#include <stdio.h>

/* A rule that was on in the run. */
struct report_rule {
    const struct tl_rule *rule;
    enum tl_severity severity;
    struct tl_str doc; /* its Markdown; may be none */
};

/* What an input was taken for. */
struct report_input {
    const char *kind; /* as tl_source_kind() says */
    bool context;     /* read for the schema only */
};

struct report_run {
    struct tl_finding *const *findings; /* in the order to be shown */
    size_t n_findings;
    struct source *const *sources; /* index: tl_span.source */
    size_t n_sources;
    const struct report_input *inputs; /* of the sources; NULL: not told */
    const struct report_rule *rules;   /* by id */
    size_t n_rules;
    const struct tl_shape *const *queries; /* captured, by time and calls */
    size_t n_queries;
    const bool *judged; /* by source: not for the schema only; NULL: all are */
    const struct tl_step *steps; /* of migrations, where they were recorded */
    size_t n_steps;
    size_t n_plans;              /* that were read */
    const char *const *failures; /* what the tool could not do: one line each */
    const char *const
        *failure_paths; /* of which input; it or one may be NULL */
    size_t n_failures;
    enum tl_severity fail_on; /* passes below; TL_OFF: all pass */
    const char *version;      /* of tusklint: "0.1.0" */
    const char *parser;       /* "libpg_query 15-4.2.3"; NULL: not told */
    const char *home_uri;     /* absolute; NULL: no links */
    const char *prefix;       /* of relative paths where a server's root counts,
                                 "sub/"; NULL: none */
    size_t n_files;           /* inputs that were judged */
    size_t n_suppressed;      /* findings that comments hide */
    size_t n_not_new; /* ... that a baseline knows, or outside a change */
    unsigned width;   /* terminal columns; 0: 100 */
    bool color;
    bool quiet;      /* no summary */
    bool statistics; /* findings by rule */
};

struct reporter {
    const char *name;
    enum source_unit unit; /* of its columns */
    /* Errors stay with the stream: ask ferror() afterwards. */
    void (*write)(const struct report_run *, FILE *);
};

extern const struct reporter report_text;
extern const struct reporter report_concise;
extern const struct reporter report_json;
extern const struct reporter report_sarif;
extern const struct reporter report_github;
extern const struct reporter report_markdown;
extern const struct reporter report_jsonl;
extern const struct reporter report_gitlab;
extern const struct reporter report_rdjson;
extern const struct reporter report_rdjsonl;
extern const struct reporter report_checkstyle;
extern const struct reporter report_junit;
extern const struct reporter report_html;

/* NULL when there is no such format. */
const struct reporter *report_find(const char *name);
/* The i-th format, NULL behind the last. */
const struct reporter *report_at(size_t i);

/* ---- for the reporters ---- */

/* Hands what is in the buffer to the stream and empties it. */
void report_flush(struct buf *, FILE *);
/* The source of a span, or NULL when the span has no place in the run. */
struct source *report_source(const struct report_run *, struct tl_span);
/* Clipped to the source, so that start <= end <= length. */
struct tl_span report_span(const struct source *, struct tl_span);
/* Of which input the failure is, "." when of none. */
const char *report_failure_path(const struct report_run *, size_t at);
/* Does it say that something could not be analysed? */
bool report_is_trouble(const struct tl_finding *);
/* What is to stand before the path in a report for a server. */
const char *report_prefix(const struct report_run *, const char *path);
const char *report_severity_name(enum tl_severity);
const char *report_family_name(enum tl_family);

struct report_counts {
    size_t by_severity[TL_ERROR + 1];
    size_t files; /* with at least one finding */
};
void report_count(const struct report_run *, struct report_counts *);
/* "2 errors, 5 warnings in 3 of 12 files; 1 hidden by comments" */
void report_summary(const struct report_run *, struct buf *);
/* The costliest queries of a capture, a line each; without times those that
   run most often. */
void report_add_queries(const struct report_run *, struct buf *,
                        unsigned width);
/*
 * The plan of run->findings[at] as a tree, a line a node, with '>' before the
 * nodes that findings are about; nothing when the finding before it showed the
 * same plan. `indent` columns stand before each line.
 */
void report_add_plan(const struct report_run *, size_t at, struct buf *,
                     unsigned indent, unsigned width);
/* How many findings are about the query's text, or how often it runs. */
size_t report_findings_of(const struct report_run *, const struct tl_shape *);
/* "/blob/main/rules/query/some-rule.md", below home_uri. */
void report_rule_page(struct buf *, const struct tl_rule *);
/* "12 files" */
void report_number(struct buf *, size_t n, const char *one);

struct report_tally {
    const struct tl_rule *rule;
    size_t n;
};
/* Rules with findings, most findings first; mem_free() the array. */
struct report_tally *report_tallies(const struct report_run *, size_t *n);
/* The tallies, a line each: "     3  TL101 some-rule". */
void report_add_tallies(const struct report_run *, struct buf *);

/* Findings by source, each group in the order of the run. */
struct report_groups {
    const struct tl_finding **findings;
    size_t *from; /* of source i from[i] up to from[i + 1]; of none the last */
};
/* Release what it fills with report_groups_release(). */
void report_group(const struct report_run *, struct report_groups *);
void report_groups_release(struct report_groups *);

#endif
