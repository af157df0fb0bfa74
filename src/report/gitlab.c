/*
 * gitlab.c - GitLab's Code Quality report: an array of issues.
 *
 * GitLab shows one issue a fingerprint, and does not show the rule's name: so
 * the fingerprints of a run differ, and descriptions begin with the name.
 * Paths are those of the run, which should start in the repository's folder.
 */
#include "base/json.h"
#include "report/report.h"
#include "report/sanitize.h"

#include <inttypes.h>
#include <string.h>

struct writer {
    const struct report_run *run;
    struct json json;
};

static const char *severity_of(const struct tl_finding *f)
{
    static const char *const names[] = {"info", "info", "major", "critical"};

    return report_is_trouble(f) ? "blocker" : names[f->severity];
}

static void add_member(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    json_cstr(j, value);
}

static void add_location(struct writer *w, const char *path, uint32_t begin,
                         uint32_t end)
{
    struct json *j = &w->json;
    struct buf whole;

    buf_init(&whole, 0);
    buf_printf(&whole, "%s%s", report_prefix(w->run, path), path);
    json_key(j, "location");
    json_begin_object(j);
    add_member(j, "path", whole.p);
    buf_release(&whole);
    json_key(j, "lines");
    json_begin_object(j);
    json_key(j, "begin");
    json_int(j, begin);
    json_key(j, "end");
    json_int(j, end);
    json_end_object(j);
    json_end_object(j);
}

static void add_description(struct json *j, const char *name,
                            struct tl_str message, struct tl_str detail)
{
    struct buf text;

    buf_init(&text, 0);
    buf_printf(&text, "%s: ", name);
    sanitize(&text, message);
    if (detail.n) {
        buf_char(&text, ' ');
        sanitize(&text, detail);
    }
    json_key(j, "description");
    json_str(j, buf_view(&text));
    buf_release(&text);
}

static void add_fingerprint(struct json *j, uint64_t high, uint64_t low)
{
    char text[33];

    snprintf(text, sizeof(text), "%016" PRIx64 "%016" PRIx64, high, low);
    add_member(j, "fingerprint", text);
}

static void add_finding(struct writer *w, const struct tl_finding *f)
{
    struct json *j = &w->json;
    struct source *s = report_source(w->run, f->span);
    struct tl_span span = s ? report_span(s, f->span) : f->span;

    json_begin_object(j);
    add_description(j, f->rule->name, f->message, f->detail);
    add_member(j, "check_name", f->rule->name);
    add_fingerprint(j, f->fingerprint[0], f->fingerprint[1]);
    add_member(j, "severity", severity_of(f));
    if (s)
        add_location(w, s->path,
                     source_position(s, span.start, SOURCE_BYTES).line,
                     source_position(s, span.end, SOURCE_BYTES).line);
    else
        add_location(w, ".", 1, 1);
    json_end_object(j);
}

/* FNV-1a: the text alone makes it, so that it stays the same. */
static uint64_t hash_text(const char *p)
{
    uint64_t h = UINT64_C(0xCBF29CE484222325);

    for (; *p; p++)
        h = (h ^ (unsigned char)*p) * UINT64_C(0x100000001B3);
    return h;
}

/* How many failures before it say the same. */
static uint64_t ordinal_of(const struct report_run *run, size_t at)
{
    uint64_t n = 0;

    for (size_t i = 0; i < at; i++)
        n += strcmp(run->failures[i], run->failures[at]) == 0;
    return n;
}

static void add_failure(struct writer *w, size_t at)
{
    struct json *j = &w->json;
    const char *message = w->run->failures[at];

    json_begin_object(j);
    add_description(j, "failure", tl_str_c(message), TL_NONE);
    add_member(j, "check_name", "failure");
    add_fingerprint(j, hash_text(message), ordinal_of(w->run, at));
    add_member(j, "severity", "blocker");
    add_location(w, report_failure_path(w->run, at), 1, 1);
    json_end_object(j);
}

static void write_gitlab(const struct report_run *run, FILE *f)
{
    struct writer w = {.run = run};
    struct buf out;

    buf_init(&out, 0);
    json_init(&w.json, &out, true);
    json_begin_array(&w.json);
    for (size_t i = 0; i < run->n_failures; i++)
        add_failure(&w, i);
    for (size_t i = 0; i < run->n_findings; i++) {
        add_finding(&w, run->findings[i]);
        report_flush(&out, f);
    }
    json_end_array(&w.json);
    buf_char(&out, '\n');
    report_flush(&out, f);
    buf_release(&out);
}

const struct reporter report_gitlab = {
    .name = "gitlab",
    .unit = SOURCE_CODEPOINTS,
    .write = write_gitlab,
};
