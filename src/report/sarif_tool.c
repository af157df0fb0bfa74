/*
 * sarif_tool.c - SARIF's description of the tool, its rules and the files.
 */
#include "base/mem.h"
#include "base/sha256.h"
#include "report/sarif.h"
#include "report/uri.h"

#include <ctype.h>
#include <string.h>

/* Hashing gigabytes of log would cost more than reading them did. */
#define HASHED_MAX ((size_t)64 << 20)

static void member(struct json *j, const char *key, struct tl_str value)
{
    json_key(j, key);
    json_str(j, value);
}

/* ---- rules -----------------------------------------------------------------
 */

/*
 * "not-in-subquery" to "NotInSubquery": SARIF's readable names. Two capitals
 * in a row are none: "n-plus-one" gives "NplusOne".
 */
static void add_pascal_name(struct json *j, const char *name)
{
    struct buf out;
    size_t letters = 0; /* of the word */
    bool upper = true;

    buf_init(&out, 0);
    for (const char *p = name; *p; p++) {
        if (*p == '-') {
            upper = letters > 1;
            letters = 0;
            continue;
        }
        buf_char(&out, upper ? (char)toupper((unsigned char)*p) : *p);
        upper = false;
        letters++;
    }
    member(j, "name", buf_view(&out));
    buf_release(&out);
}

static void add_sentence(struct json *j, const char *key, const char *text)
{
    struct buf out;

    buf_init(&out, 0);
    if (*text)
        buf_char(&out, (char)toupper((unsigned char)*text));
    buf_puts(&out, *text ? text + 1 : "");
    buf_char(&out, '.');
    sarif_text(j, key, buf_view(&out));
    buf_release(&out);
}

static void add_uri(struct json *j, const char *key, const char *base,
                    const char *tail)
{
    struct buf out;

    buf_init(&out, 0);
    buf_puts(&out, base);
    buf_puts(&out, tail);
    member(j, key, buf_view(&out));
    buf_release(&out);
}

static const char *problem_severity(enum tl_severity s)
{
    return s == TL_ERROR     ? "error"
           : s == TL_WARNING ? "warning"
                             : "recommendation";
}

static void add_properties(struct json *j, const struct report_rule *r)
{
    json_key(j, "properties");
    json_begin_object(j);
    json_key(j, "tags");
    json_begin_array(j);
    json_cstr(j, "postgresql");
    json_cstr(j, report_family_name(r->rule->family));
    json_end_array(j);
    member(j, "precision", TL_STR("high"));
    member(j, "problem.severity", tl_str_c(problem_severity(r->severity)));
    json_end_object(j);
}

/* What a rule and a notification have in common. */
static void add_descriptor(struct json *j, const struct report_run *run,
                           const struct report_rule *r)
{
    struct tl_str doc = r->doc.n ? r->doc : tl_str_c(r->rule->summary);
    struct buf tail;

    member(j, "id", tl_str_c(r->rule->id));
    add_pascal_name(j, r->rule->name);
    add_sentence(j, "shortDescription", r->rule->summary);
    add_sentence(j, "fullDescription", r->rule->summary);
    json_key(j, "help");
    json_begin_object(j);
    member(j, "text", doc);
    member(j, "markdown", doc);
    json_end_object(j);
    if (!run->home_uri)
        return;
    buf_init(&tail, 0);
    report_rule_page(&tail, r->rule);
    add_uri(j, "helpUri", run->home_uri, tail.p);
    buf_release(&tail);
}

static void add_rule(struct json *j, const struct report_run *run,
                     const struct report_rule *r)
{
    json_begin_object(j);
    add_descriptor(j, run, r);
    json_key(j, "defaultConfiguration");
    json_begin_object(j);
    json_key(j, "enabled");
    json_bool(j, true);
    member(j, "level", tl_str_c(report_severity_name(r->severity)));
    json_end_object(j);
    add_properties(j, r);
    json_end_object(j);
}

size_t sarif_rule_index(const struct report_run *run,
                        const struct tl_rule *rule)
{
    for (size_t i = 0; i < run->n_rules; i++)
        if (run->rules[i].rule == rule)
            return i;
    return 0;
}

static bool is_trouble(const struct tl_rule *rule)
{
    const struct tl_finding f = {.rule = rule};

    return report_is_trouble(&f);
}

size_t sarif_notification_index(const struct report_run *run,
                                const struct tl_rule *rule)
{
    size_t n = 0;

    for (size_t i = 0; i < run->n_rules && run->rules[i].rule != rule; i++)
        n += is_trouble(run->rules[i].rule);
    return n;
}

/* What could not be analysed: named apart from the rules that found it. */
static void add_notifications(struct json *j, const struct report_run *run)
{
    json_key(j, "notifications");
    json_begin_array(j);
    for (size_t i = 0; i < run->n_rules; i++) {
        if (!is_trouble(run->rules[i].rule))
            continue;
        json_begin_object(j);
        add_descriptor(j, run, &run->rules[i]);
        json_end_object(j);
    }
    json_end_array(j);
}

void sarif_tool(struct json *j, const struct report_run *run)
{
    struct buf full;

    buf_init(&full, 0);
    buf_printf(&full, "tusklint %s", run->version);
    if (run->parser)
        buf_printf(&full, " (%s)", run->parser);
    json_key(j, "tool");
    json_begin_object(j);
    json_key(j, "driver");
    json_begin_object(j);
    member(j, "name", TL_STR("tusklint"));
    member(j, "fullName", buf_view(&full));
    member(j, "organization", TL_STR("tusklint"));
    member(j, "version", tl_str_c(run->version));
    member(j, "semanticVersion", tl_str_c(run->version));
    if (run->home_uri)
        member(j, "informationUri", tl_str_c(run->home_uri));
    json_key(j, "rules");
    json_begin_array(j);
    for (size_t i = 0; i < run->n_rules; i++)
        add_rule(j, run, &run->rules[i]);
    json_end_array(j);
    add_notifications(j, run);
    json_end_object(j);
    json_end_object(j);
    buf_release(&full);
}

/* ---- files
 * -------------------------------------------------------------------- */

static void speak_of(struct sarif_artifacts *a, const struct report_run *run,
                     struct tl_span span)
{
    if (span.source < run->n_sources)
        a->index[span.source] = 0;
}

void sarif_artifacts_init(struct sarif_artifacts *a,
                          const struct report_run *run,
                          struct tl_finding *const *results, size_t n)
{
    a->n = 0;
    a->index = mem_calloc(run->n_sources + 1, sizeof(*a->index));
    for (size_t i = 0; i < run->n_sources; i++)
        a->index[i] = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const struct tl_finding *f = results[i];

        speak_of(a, run, f->span);
        for (const struct tl_related *r = f->related; r; r = r->next)
            speak_of(a, run, r->span);
        for (const struct tl_edit *e = f->fix ? f->fix->edits : NULL; e;
             e = e->next)
            speak_of(a, run, e->span);
    }
    for (size_t i = 0; i < run->n_sources; i++)
        if (a->index[i] != SIZE_MAX)
            a->index[i] = a->n++;
}

void sarif_artifacts_release(struct sarif_artifacts *a)
{
    mem_free(a->index);
}

static void add_location(struct json *j, const char *key,
                         const struct sarif_artifacts *a,
                         const struct source *s)
{
    struct buf uri;

    buf_init(&uri, 0);
    uri_path(&uri, s->path);
    json_key(j, key);
    json_begin_object(j);
    member(j, "uri", buf_view(&uri));
    if (!uri_is_absolute(s->path))
        member(j, "uriBaseId", TL_STR("SRCROOT"));
    json_key(j, "index");
    json_int(j, (int64_t)a->index[s->id]);
    json_end_object(j);
    buf_release(&uri);
}

void sarif_artifact_location(struct json *j, const struct sarif_artifacts *a,
                             const struct source *s)
{
    add_location(j, "artifactLocation", a, s);
}

static bool ends_with(const char *path, const char *end)
{
    size_t n = strlen(path);
    size_t m = strlen(end);

    return n > m && strcasecmp(path + n - m, end) == 0;
}

static void add_kind(struct json *j, const char *path)
{
    const char *mime = "application/sql";

    if (ends_with(path, ".json"))
        mime = "application/json";
    else if (ends_with(path, ".csv"))
        mime = "text/csv";
    else if (ends_with(path, ".log") || ends_with(path, ".jsonl"))
        mime = "text/plain";
    else
        member(j, "sourceLanguage", TL_STR("sql"));
    member(j, "mimeType", tl_str_c(mime));
}

static void add_artifact(struct json *j, const struct sarif_artifacts *a,
                         const struct source *s)
{
    json_begin_object(j);
    add_location(j, "location", a, s);
    json_key(j, "length");
    json_int(j, (int64_t)s->text.n);
    member(j, "encoding", TL_STR("utf-8"));
    add_kind(j, s->path);
    json_key(j, "roles");
    json_begin_array(j);
    json_cstr(j, "analysisTarget");
    json_end_array(j);
    if (s->text.n <= HASHED_MAX) {
        char hash[SHA256_HEX];

        sha256_hex(s->text, hash);
        json_key(j, "hashes");
        json_begin_object(j);
        member(j, "sha-256", tl_str_c(hash));
        json_end_object(j);
    }
    json_end_object(j);
}

void sarif_artifacts_write(struct json *j, const struct sarif_artifacts *a,
                           const struct report_run *run)
{
    json_key(j, "artifacts");
    json_begin_array(j);
    for (size_t i = 0; i < run->n_sources; i++)
        if (a->index[i] != SIZE_MAX)
            add_artifact(j, a, run->sources[i]);
    json_end_array(j);
}
