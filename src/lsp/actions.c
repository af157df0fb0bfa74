/*
 * actions.c - what can be done about a finding: its fix, a comment that hides
 * it, and all safe fixes of a document at once.
 */
#include "lsp/answers.h"

#include <tusklint/place.h>

#include <string.h>
#include <strings.h>

/* A fix may make room for the next one, but not for ever. */
#define FIX_ROUNDS 8
#define FIX_ALL "source.fixAll.tusklint"

struct actions {
    struct session *session;
    struct question q;
    struct json *json;
    const cJSON *only; /* kinds that are asked for; NULL: any */
};

/* "source" asks for source.fixAll.tusklint, too. */
static bool is_wanted(const struct actions *a, const char *kind)
{
    const cJSON *item;

    if (!cJSON_IsArray(a->only))
        return true;
    cJSON_ArrayForEach(item, a->only)
    {
        const char *asked = cJSON_GetStringValue(item);
        size_t n = asked ? strlen(asked) : 0;

        if (asked && strncmp(kind, asked, n) == 0 &&
            (n == 0 || kind[n] == '.' || kind[n] == '\0'))
            return true;
    }
    return false;
}

/* ---- edits ---- */

static void put_edit(const struct actions *a, struct tl_span at,
                     struct tl_str text)
{
    json_begin_object(a->json);
    json_key(a->json, "range");
    put_span(a->session, a->json, &a->q, at);
    json_key(a->json, "newText");
    json_str(a->json, text.p ? text : TL_STR(""));
    json_end_object(a->json);
}

/* Opens a WorkspaceEdit of the document up to its list of edits. */
static void begin_edits(const struct actions *a)
{
    struct json *j = a->json;
    const struct document *d = a->q.document;

    json_key(j, "edit");
    json_begin_object(j);
    if (!a->session->client.versions_edits) {
        json_key(j, "changes");
        json_begin_object(j);
        json_key(j, d->uri);
        json_begin_array(j);
        return;
    }
    json_key(j, "documentChanges");
    json_begin_array(j);
    json_begin_object(j);
    json_key(j, "textDocument");
    json_begin_object(j);
    json_key(j, "uri");
    json_cstr(j, d->uri);
    json_key(j, "version");
    if (d->has_version)
        json_int(j, d->version);
    else
        json_null(j);
    json_end_object(j);
    json_key(j, "edits");
    json_begin_array(j);
}

static void end_edits(const struct actions *a)
{
    json_end_array(a->json);
    json_end_object(a->json);
    if (a->session->client.versions_edits)
        json_end_array(a->json);
    json_end_object(a->json);
}

static void begin_action(const struct actions *a, const char *kind,
                         struct tl_str title)
{
    json_begin_object(a->json);
    json_key(a->json, "title");
    json_str(a->json, title);
    json_key(a->json, "kind");
    json_cstr(a->json, kind);
}

static void put_solved(const struct actions *a, const struct tl_finding *f)
{
    json_key(a->json, "diagnostics");
    json_begin_array(a->json);
    put_diagnostic(a->session, a->json, &a->q, f);
    json_end_array(a->json);
}

/* ---- of one finding ---- */

static void put_fix(const struct actions *a, const struct tl_finding *f)
{
    struct buf title;

    if (!f->fix || !f->fix->edits || f->fix->applicability == TL_MANUAL)
        return;
    for (const struct tl_edit *e = f->fix->edits; e; e = e->next)
        if (e->span.source != a->q.analysis->source)
            return;
    bool safe = f->fix->applicability == TL_SAFE;
    buf_init(&title, 0);
    buf_printf(&title, "%s: ", f->rule->name);
    show_text(&title, f->fix->title);
    if (!safe)
        buf_puts(&title, " (needs a look)");
    begin_action(a, "quickfix", buf_view(&title));
    buf_release(&title);
    put_solved(a, f);
    if (safe && a->session->client.prefers_fixes) {
        json_key(a->json, "isPreferred");
        json_bool(a->json, true);
    }
    begin_edits(a);
    for (const struct tl_edit *e = f->fix->edits; e; e = e->next)
        put_edit(a, e->span, e->text);
    end_edits(a);
    json_end_object(a->json);
}

static const char *line_end_of(struct tl_str text)
{
    const char *newline = memchr(text.p, '\n', text.n);

    return newline && newline > text.p && newline[-1] == '\r' ? "\r\n" : "\n";
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A comment in a line of its own before `at`, as far in as what stands
   there. */
static void put_comment_line(const struct actions *a, size_t at,
                             const char *word, const struct tl_rule *rule)
{
    struct tl_str text = a->q.analysis->text.s;
    struct tl_span place = {at, at, a->q.analysis->source};
    const char *newline = line_end_of(text);
    size_t line = at;
    struct buf comment;

    while (line > 0 && is_blank(text.p[line - 1]))
        line--;
    bool begins_line =
        line == 0 || text.p[line - 1] == '\n' || text.p[line - 1] == '\r';
    buf_init(&comment, 0);
    if (!begins_line)
        buf_puts(&comment, newline);
    buf_printf(&comment, "-- tusklint: %s[%s]%s", word, rule->name, newline);
    if (begins_line)
        buf_add(&comment, text.p + line, at - line);
    put_edit(a, place, buf_view(&comment));
    buf_release(&comment);
}

/* The statement that the finding begins in, or the next one; the finding's own
   place where there is none. */
static size_t statement_of(const struct actions *a, const struct tl_finding *f)
{
    const struct tl_linter *l = a->q.analysis->linter;
    size_t n = tl_statement_count(l, f->span.source);

    for (size_t i = 0; i < n; i++) {
        struct tl_span s = tl_statement_at(l, f->span.source, i);

        if (s.end > f->span.start)
            return (size_t)s.start;
    }
    return (size_t)f->span.start;
}

/* Behind the mark of byte order, and a first line that must be one. */
static size_t top_of(struct tl_str text)
{
    static const char bom[] = "\xEF\xBB\xBF";
    size_t at = text.n >= 3 && memcmp(text.p, bom, 3) == 0 ? 3 : 0;
    size_t word = at;

    if (text.n - at < 2 || memcmp(text.p + at, "--", 2) != 0)
        return at;
    for (word += 2; word < text.n && is_blank(text.p[word]);)
        word++;
    if (text.n - word < 9 || strncasecmp(text.p + word, "liquibase", 9) != 0)
        return at;
    const char *newline = memchr(text.p + at, '\n', text.n - at);
    return newline ? (size_t)(newline - text.p) + 1 : at;
}

static void put_ignore(const struct actions *a, const struct tl_finding *f,
                       bool whole_file)
{
    struct buf title;

    buf_init(&title, 0);
    buf_printf(&title, "Ignore %s for this %s", f->rule->name,
               whole_file ? "file" : "statement");
    begin_action(a, "quickfix", buf_view(&title));
    buf_release(&title);
    put_solved(a, f);
    begin_edits(a);
    if (whole_file)
        put_comment_line(a, top_of(a->q.analysis->text.s), "ignore-file",
                         f->rule);
    else
        put_comment_line(a, statement_of(a, f), "ignore", f->rule);
    end_edits(a);
    json_end_object(a->json);
}

static bool takes_comments(const struct actions *a)
{
    const char *kind =
        tl_source_kind(a->q.analysis->linter, a->q.analysis->source);

    return strcmp(kind, "migration") == 0 || strcmp(kind, "query") == 0;
}

static bool touches(const struct question *q, const struct tl_finding *f)
{
    return is_shown(q->analysis, f) && f->span.start <= q->end &&
           f->span.end >= q->start;
}

static void put_quick_fixes(const struct actions *a)
{
    const struct tl_linter *l = a->q.analysis->linter;

    for (size_t i = 0; i < tl_finding_count(l); i++)
        if (touches(&a->q, tl_finding_at(l, i)))
            put_fix(a, tl_finding_at(l, i));
    for (size_t i = 0; takes_comments(a) && i < tl_finding_count(l); i++) {
        const struct tl_finding *f = tl_finding_at(l, i);

        if (!touches(&a->q, f) || f->rule->family == TL_META)
            continue;
        put_ignore(a, f, false);
        put_ignore(a, f, true);
    }
}

/* ---- of the document ---- */

/* The text with all safe fixes, in a buffer; false when there are none. */
static bool fix_all(const struct actions *a, struct buf *out)
{
    struct analysis *run = a->q.analysis;
    bool any = false;

    for (int round = 0; run && round < FIX_ROUNDS; round++) {
        struct tl_str fixed;
        struct tl_error error;
        size_t n = tl_fixed_text(run->linter, run->source, TL_SAFE, &fixed);

        if (n) {
            buf_clear(out);
            buf_str(out, fixed);
            any = true;
        }
        if (run != a->q.analysis)
            analysis_free(run);
        run = n ? analysis_of_text(a->session, a->q.document, buf_view(out),
                                   &error)
                : NULL;
    }
    if (run && run != a->q.analysis)
        analysis_free(run);
    return any;
}

/* May a text be cut here, between two characters? */
static bool is_border(struct tl_str s, size_t at)
{
    return at == 0 || at >= s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80;
}

static void put_difference(const struct actions *a, struct tl_str from,
                           struct tl_str to)
{
    size_t least = from.n < to.n ? from.n : to.n;
    size_t head = 0;
    size_t tail = 0;

    while (head < least && from.p[head] == to.p[head])
        head++;
    while (!is_border(from, head) || !is_border(to, head))
        head--;
    while (tail < least - head &&
           from.p[from.n - tail - 1] == to.p[to.n - tail - 1])
        tail++;
    while (tail &&
           (!is_border(from, from.n - tail) || !is_border(to, to.n - tail)))
        tail--;
    struct tl_span at = {head, from.n - tail, a->q.analysis->source};
    put_edit(a, at, (struct tl_str){to.p + head, to.n - tail - head});
}

static void put_fix_all(const struct actions *a)
{
    struct buf fixed;

    buf_init(&fixed, 0);
    if (fix_all(a, &fixed)) {
        begin_action(a, FIX_ALL, TL_STR("Apply all safe fixes of tusklint"));
        begin_edits(a);
        put_difference(a, a->q.analysis->text.s, buf_view(&fixed));
        end_edits(a);
        json_end_object(a->json);
    }
    buf_release(&fixed);
}

/* Asked for at every move of the cursor, it would cost too much. */
static bool wants_fix_all(const struct actions *a, const cJSON *params)
{
    uint64_t trigger = 0;
    bool automatic =
        wire_count(params, "context.triggerKind", &trigger) && trigger == 2;

    return is_wanted(a, FIX_ALL) && (cJSON_IsArray(a->only) || !automatic);
}

void actions_answer(struct session *s, const cJSON *id, const cJSON *params)
{
    struct actions a = {.session = s, .only = wire_get(params, "context.only")};
    struct buf list;
    struct json json;

    if (!question_read(s, id, params, &a.q))
        return;
    buf_init(&list, 0);
    json_init(&json, &list, false);
    a.json = &json;
    json_begin_array(&json);
    if (is_wanted(&a, "quickfix"))
        put_quick_fixes(&a);
    if (wants_fix_all(&a, params))
        put_fix_all(&a);
    json_end_array(&json);
    json_raw(wire_result(&s->wire, id), buf_view(&list));
    wire_send(&s->wire);
    buf_release(&list);
}
