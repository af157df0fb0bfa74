/*
 * sarif.c - SARIF 2.1.0, as GitHub's code scanning and its validators want it.
 *
 * Every rule that was on stands in the driver, whether it found anything or
 * not, so that runs compare. Regions have all four numbers, in UTF-16 units.
 * Nothing depends on the clock, the folder or the environment.
 */
#include "report/sarif.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "report/linehash.h"
#include "report/sanitize.h"

#include <inttypes.h>
#include <stdlib.h>

/* Code scanning refuses a run with more. */
#define RESULTS_MAX 25000
#define SNIPPET_MAX 2000
/* Above so many results their surroundings would fill the upload's limit. */
#define CONTEXT_RESULTS_MAX 5000
#define CONTEXT_LINES 2

#define SCHEMA                                                                 \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"      \
    "sarif-schema-2.1.0.json"

struct sarif {
    struct json json;
    struct buf out;
    const struct report_run *run;
    struct tl_finding **results; /* those that are reported */
    size_t n_results;
    size_t omitted;
    struct sarif_artifacts artifacts;
    struct text_cursor {
        const struct source *source;
        uint64_t byte;
        uint64_t unit; /* UTF-16, as columns are */
    } cursor;
};

void sarif_text(struct json *j, const char *key, struct tl_str text)
{
    json_key(j, key);
    json_begin_object(j);
    json_key(j, "text");
    json_str(j, text);
    json_end_object(j);
}

static void member(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    json_cstr(j, value);
}

static void number(struct json *j, const char *key, uint64_t n)
{
    json_key(j, key);
    json_int(j, (int64_t)n);
}

/* ---- regions ---- */

static void add_lines(struct json *j, struct source *s, struct tl_span span)
{
    struct source_position from = source_position(s, span.start, SOURCE_UTF16);
    struct source_position to = source_position(s, span.end, SOURCE_UTF16);

    number(j, "startLine", from.line);
    number(j, "startColumn", from.column);
    number(j, "endLine", to.line);
    number(j, "endColumn", to.column);
}

static uint64_t count_units(const struct source *s, uint64_t from, uint64_t to)
{
    return utf8_utf16((struct tl_str){s->text.p + from, to - from});
}

/*
 * Counting goes on from the last region: results stand in order of place, so
 * a file is counted once, not once a result. A byte order mark is no text.
 */
static void add_characters(struct sarif *w, const struct source *s,
                           struct tl_span span)
{
    struct text_cursor *c = &w->cursor;

    if (c->source != s || c->byte > span.start)
        *c = (struct text_cursor){s, source_bom(s->text), 0};
    if (c->byte > span.start)
        return;
    c->unit += count_units(s, c->byte, span.start);
    c->byte = span.start;
    number(&w->json, "charOffset", c->unit);
    number(&w->json, "charLength", count_units(s, span.start, span.end));
}

static void add_region(struct sarif *w, struct source *s, struct tl_span span,
                       bool primary)
{
    struct json *j = &w->json;
    uint64_t n = span.end - span.start;

    json_key(j, "region");
    json_begin_object(j);
    add_lines(j, s, span);
    if (primary)
        add_characters(w, s, span);
    number(j, "byteOffset", span.start);
    number(j, "byteLength", n);
    if (n && n <= SNIPPET_MAX)
        sarif_text(j, "snippet", (struct tl_str){s->text.p + span.start, n});
    json_end_object(j);
}

/* A few lines around, when they show more than the region and are not long. */
static void add_context(struct json *j, struct source *s, struct tl_span span)
{
    uint32_t first = source_position(s, span.start, SOURCE_BYTES).line;
    uint32_t last = source_position(s, span.end, SOURCE_BYTES).line;
    uint32_t count = source_line_count(s);

    first = first > CONTEXT_LINES ? first - CONTEXT_LINES : 1;
    last = last + CONTEXT_LINES < count ? last + CONTEXT_LINES : count;
    struct tl_str end = source_line(s, last);
    uint64_t from = source_line_start(s, first);
    uint64_t to = source_line_start(s, last) + end.n;
    bool shows_more = from < span.start || to > span.end;
    if (!shows_more || to - from > SNIPPET_MAX || to < span.end)
        return;
    json_key(j, "contextRegion");
    json_begin_object(j);
    add_lines(j, s, (struct tl_span){from, to, span.source});
    sarif_text(j, "snippet", (struct tl_str){s->text.p + from, to - from});
    json_end_object(j);
}

static void add_physical(struct sarif *w, struct tl_span span, bool primary)
{
    struct json *j = &w->json;
    struct source *s = report_source(w->run, span);

    json_key(j, "physicalLocation");
    json_begin_object(j);
    sarif_artifact_location(j, &w->artifacts, s);
    span = report_span(s, span);
    add_region(w, s, span, primary);
    if (primary && w->n_results <= CONTEXT_RESULTS_MAX)
        add_context(j, s, span);
    json_end_object(j);
}

/* ---- results ---- */

/*
 * In a message "[" begins a link, unless it is escaped. Names may hold what a
 * page would show as something else: readers see it escaped.
 */
static void add_escaped(struct buf *out, struct tl_str text)
{
    struct buf clean;

    buf_init(&clean, 0);
    sanitize(&clean, text);
    for (size_t i = 0; i < clean.n; i++) {
        if (strchr("[]\\", clean.p[i]))
            buf_char(out, '\\');
        buf_char(out, clean.p[i]);
    }
    buf_release(&clean);
}

/* Ends a sentence that its author did not end. */
static void end_sentence(struct buf *out)
{
    if (out->n && !strchr(".!?;", out->p[out->n - 1]))
        buf_char(out, '.');
}

static void add_sentence(struct json *j, const char *key, struct tl_str text)
{
    struct buf out;

    buf_init(&out, 0);
    sanitize(&out, text);
    end_sentence(&out);
    sarif_text(j, key, buf_view(&out));
    buf_release(&out);
}

/* GitHub shows only the related places that the message links to. */
static void add_message(struct sarif *w, const struct tl_finding *f)
{
    struct buf text;
    unsigned id = 1;

    buf_init(&text, 0);
    add_escaped(&text, f->message);
    end_sentence(&text);
    if (f->detail.n) {
        buf_char(&text, ' ');
        add_escaped(&text, f->detail);
        end_sentence(&text);
    }
    for (const struct tl_related *r = f->related; r; r = r->next) {
        if (!report_source(w->run, r->span))
            continue;
        buf_puts(&text, " See: [");
        add_escaped(&text, r->message);
        buf_printf(&text, "](%u).", id++);
    }
    sarif_text(&w->json, "message", buf_view(&text));
    buf_release(&text);
}

static void add_related(struct sarif *w, const struct tl_finding *f)
{
    struct json *j = &w->json;
    unsigned id = 1;

    json_key(j, "relatedLocations");
    json_begin_array(j);
    for (const struct tl_related *r = f->related; r; r = r->next) {
        if (!report_source(w->run, r->span))
            continue;
        json_begin_object(j);
        number(j, "id", id++);
        add_sentence(j, "message", r->message);
        add_physical(w, r->span, false);
        json_end_object(j);
    }
    json_end_array(j);
}

static void add_replacements(struct sarif *w, const struct tl_fix *fix,
                             uint32_t source)
{
    struct json *j = &w->json;

    json_key(j, "replacements");
    json_begin_array(j);
    for (const struct tl_edit *e = fix->edits; e; e = e->next) {
        if (e->span.source != source)
            continue;
        struct source *s = w->run->sources[source];

        json_begin_object(j);
        json_key(j, "deletedRegion");
        json_begin_object(j);
        add_lines(j, s, report_span(s, e->span));
        json_end_object(j);
        sarif_text(j, "insertedContent", e->text);
        json_end_object(j);
    }
    json_end_array(j);
}

/* One change a file, in the order in which the edits name them. */
static bool seen_before(const struct tl_fix *fix, const struct tl_edit *edit)
{
    for (const struct tl_edit *e = fix->edits; e != edit; e = e->next)
        if (e->span.source == edit->span.source)
            return true;
    return false;
}

static void add_fix(struct sarif *w, const struct tl_fix *fix)
{
    struct json *j = &w->json;

    json_key(j, "fixes");
    json_begin_array(j);
    json_begin_object(j);
    add_sentence(j, "description", fix->title);
    json_key(j, "artifactChanges");
    json_begin_array(j);
    for (const struct tl_edit *e = fix->edits; e; e = e->next) {
        struct source *s = report_source(w->run, e->span);

        if (!s || seen_before(fix, e))
            continue;
        json_begin_object(j);
        sarif_artifact_location(j, &w->artifacts, s);
        add_replacements(w, fix, e->span.source);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
    json_end_array(j);
}

static void add_fingerprints(struct json *j, const struct tl_finding *f,
                             const struct linehash *hash)
{
    struct buf text;

    buf_init(&text, 0);
    json_key(j, "partialFingerprints");
    json_begin_object(j);
    if (hash && hash->found) {
        linehash_write(&text, hash);
        json_key(j, "primaryLocationLineHash");
        json_str(j, buf_view(&text));
        buf_clear(&text);
    }
    buf_printf(&text, "%016" PRIx64 "%016" PRIx64, f->fingerprint[0],
               f->fingerprint[1]);
    json_key(j, "tusklint/v1");
    json_str(j, buf_view(&text));
    json_end_object(j);
    buf_release(&text);
}

static void add_result(struct sarif *w, const struct tl_finding *f,
                       const struct linehash *hash)
{
    struct json *j = &w->json;

    json_begin_object(j);
    member(j, "ruleId", f->rule->id);
    number(j, "ruleIndex", sarif_rule_index(w->run, f->rule));
    member(j, "level", report_severity_name(f->severity));
    add_message(w, f);
    json_key(j, "locations");
    json_begin_array(j);
    json_begin_object(j);
    add_physical(w, f->span, true);
    sarif_logical(j, f);
    json_end_object(j);
    json_end_array(j);
    if (f->related)
        add_related(w, f);
    add_fingerprints(j, f, hash);
    if (f->fix && f->fix->edits)
        add_fix(w, f->fix);
    json_end_object(j);
}

/* ---- results, file by file -------------------------------------------------
 */

static uint32_t line_of(const struct sarif *w, size_t i)
{
    const struct tl_finding *f = w->results[i];
    struct source *s = w->run->sources[f->span.source];

    return source_position(s, report_span(s, f->span).start, SOURCE_BYTES).line;
}

/* Results [from, to) are of one source, in order of place. */
static void add_group(struct sarif *w, size_t from, size_t to)
{
    struct source *s = w->run->sources[w->results[from]->span.source];
    struct linehash *hashes = mem_calloc(to - from, sizeof(*hashes));
    size_t n = 0;

    for (size_t i = from; i < to; i++) {
        uint32_t line = line_of(w, i);

        if (n == 0 || hashes[n - 1].line != line)
            hashes[n++].line = line;
    }
    linehash_fill(s->text, hashes, n);
    for (size_t i = from, h = 0; i < to; i++) {
        while (hashes[h].line != line_of(w, i))
            h++;
        add_result(w, w->results[i], &hashes[h]);
    }
    mem_free(hashes);
}

static void add_results(struct sarif *w, FILE *f)
{
    json_key(&w->json, "results");
    json_begin_array(&w->json);
    for (size_t i = 0; i < w->n_results;) {
        size_t to = i;

        while (to < w->n_results &&
               w->results[to]->span.source == w->results[i]->span.source)
            to++;
        add_group(w, i, to);
        report_flush(&w->out, f);
        i = to;
    }
    json_end_array(&w->json);
}

/* Those that have a place, the worst when there are too many. */
static void choose(struct sarif *w)
{
    const struct report_run *run = w->run;
    size_t taken[TL_ERROR + 1] = {0};
    size_t room = RESULTS_MAX;
    struct report_counts counts;

    report_count(run, &counts);
    for (int s = TL_ERROR; s >= TL_NOTE; s--) {
        size_t n = counts.by_severity[s];

        taken[s] = n < room ? n : room;
        room -= taken[s];
    }
    w->results = mem_calloc(run->n_findings + 1, sizeof(*w->results));
    for (size_t i = 0; i < run->n_findings; i++) {
        struct tl_finding *f = run->findings[i];

        if (!report_source(run, f->span))
            continue;
        if (taken[f->severity] == 0) {
            w->omitted++;
            continue;
        }
        taken[f->severity]--;
        w->results[w->n_results++] = f;
    }
}

/* ---- what went wrong
 * --------------------------------------------------------- */

static void add_notification(struct sarif *w, const char *text)
{
    struct json *j = &w->json;

    json_begin_object(j);
    member(j, "level", "error");
    add_sentence(j, "message", tl_str_c(text));
    json_end_object(j);
}

static void add_trouble(struct sarif *w, const struct tl_finding *f)
{
    struct json *j = &w->json;

    json_begin_object(j);
    json_key(j, "descriptor");
    json_begin_object(j);
    member(j, "id", f->rule->id);
    number(j, "index", sarif_notification_index(w->run, f->rule));
    json_end_object(j);
    json_key(j, "associatedRule");
    json_begin_object(j);
    member(j, "id", f->rule->id);
    number(j, "index", sarif_rule_index(w->run, f->rule));
    json_end_object(j);
    member(j, "level", report_severity_name(f->severity));
    add_sentence(j, "message", f->message);
    json_key(j, "locations");
    json_begin_array(j);
    json_begin_object(j);
    add_physical(w, f->span, false);
    json_end_object(j);
    json_end_array(j);
    json_end_object(j);
}

static void add_invocation(struct sarif *w)
{
    struct json *j = &w->json;

    json_key(j, "invocations");
    json_begin_array(j);
    json_begin_object(j);
    json_key(j, "executionSuccessful");
    json_bool(j, w->run->n_failures == 0);
    json_key(j, "toolExecutionNotifications");
    json_begin_array(j);
    for (size_t i = 0; i < w->run->n_failures; i++)
        add_notification(w, w->run->failures[i]);
    for (size_t i = 0; i < w->n_results; i++)
        if (report_is_trouble(w->results[i]))
            add_trouble(w, w->results[i]);
    if (w->omitted) {
        char text[96];

        snprintf(text, sizeof(text),
                 "%zu results are left out: a run may have %d.", w->omitted,
                 RESULTS_MAX);
        add_notification(w, text);
    }
    json_end_array(j);
    json_end_object(j);
    json_end_array(j);
}

static void add_root(struct json *j)
{
    static const char *const newlines[] = {"\r\n", "\n", "\r"};

    json_key(j, "originalUriBaseIds");
    json_begin_object(j);
    json_key(j, "SRCROOT");
    json_begin_object(j);
    sarif_text(j, "description", TL_STR("The root of the analysed tree."));
    json_end_object(j);
    json_end_object(j);
    member(j, "columnKind", "utf16CodeUnits");
    member(j, "defaultEncoding", "utf-8");
    member(j, "language", "en-US");
    json_key(j, "newlineSequences");
    json_begin_array(j);
    for (size_t i = 0; i < sizeof(newlines) / sizeof(*newlines); i++)
        json_cstr(j, newlines[i]);
    json_end_array(j);
}

static void write_sarif(const struct report_run *run, FILE *f)
{
    struct sarif w = {.run = run};
    struct json *j = &w.json;

    buf_init(&w.out, 0);
    json_init(j, &w.out, true);
    choose(&w);
    sarif_artifacts_init(&w.artifacts, run, w.results, w.n_results);
    json_begin_object(j);
    member(j, "$schema", SCHEMA);
    member(j, "version", "2.1.0");
    json_key(j, "runs");
    json_begin_array(j);
    json_begin_object(j);
    sarif_tool(j, run);
    add_invocation(&w);
    add_root(j);
    sarif_artifacts_write(j, &w.artifacts, run);
    add_results(&w, f);
    json_end_object(j);
    json_end_array(j);
    json_end_object(j);
    buf_char(&w.out, '\n');
    report_flush(&w.out, f);
    sarif_artifacts_release(&w.artifacts);
    mem_free(w.results);
    buf_release(&w.out);
}

const struct reporter report_sarif = {
    .name = "sarif",
    .unit = SOURCE_UTF16,
    .write = write_sarif,
};
