/*
 * envelopelog.c - PostgreSQL's log as collectors keep it.
 *
 * Each line stands in a JSON object of its own (Docker, Cloud SQL, CloudWatch;
 * in a file, a list or a reply of an API), or behind a head (Kubernetes). What
 * comes out of it is a stderr log; what has PostgreSQL's fields already is a
 * record.
 */
#include "input/backends.h"
#include "input/envelope.h"
#include "input/linehead.h"

#include "base/arena.h"

struct reader {
    struct backends *all;
    struct prefix prefix; /* with its literal text as JSON writes it */
    struct backend *now;  /* of the last line with a prefix */
    struct json_texts texts;
    struct tl_str stamp; /* of the entry */
    bool lost;           /* told that what stands here is no text */
};

/* What a line tells: a record begins, or the one before goes on. */
static void take_line(struct reader *r, size_t line, size_t start, size_t end,
                      bool escaped)
{
    struct tl_str text = {r->all->file.p + start, end - start};
    struct log_line l = {.start = line, .stamp = r->stamp};
    size_t behind;

    if (!text.n ||
        !prefix_match(&r->prefix, text, &l.prefix, &l.severity, &behind)) {
        if (r->now)
            backend_grow(r->all, r->now, end);
        return;
    }
    l.text = (struct piece){start + behind, end, escaped};
    r->now = backends_take(
        r->all, l.prefix.session.n ? l.prefix.session : l.prefix.pid, &l);
}

/* A statement that lacks its end means another thing. */
static void lose(struct reader *r)
{
    if (r->now) {
        r->now->open = false;
        r->now->growing = NULL;
    }
    r->now = NULL;
}

/* ---- JSON ---- */

/* Up to the next "\n" that is written as an escape. */
static size_t find_break(struct tl_str raw, size_t at)
{
    while (at < raw.n) {
        const char *slash = memchr(raw.p + at, '\\', raw.n - at);

        if (!slash || (size_t)(slash - raw.p) + 1 >= raw.n)
            return raw.n;
        at = (size_t)(slash - raw.p);
        if (raw.p[at + 1] == 'n')
            return at;
        at += 2;
    }
    return raw.n;
}

static size_t without_cr(struct tl_str raw, size_t start, size_t end)
{
    return end >= start + 2 && memcmp(raw.p + end - 2, "\\r", 2) == 0 ? end - 2
                                                                      : end;
}

/* A string may hold several lines, and a line break behind the last one. */
static void take_text(struct reader *r, size_t entry,
                      const struct json_value *v)
{
    size_t base = (size_t)(v->raw.p - r->all->file.p);

    for (size_t at = 0; at < v->raw.n;) {
        size_t end = v->escaped ? find_break(v->raw, at) : v->raw.n;
        size_t stop = without_cr(v->raw, at, end);
        bool escaped = v->escaped && memchr(v->raw.p + at, '\\', stop - at);

        take_line(r, entry, base + at, base + stop, escaped);
        at = end + 2;
    }
}

static void take_entry(struct reader *r, const struct envelope *found)
{
    const struct json_entry *e = &found->entry;
    struct json_value text = envelope_text(e);
    struct event event;

    r->stamp = e->values[JSON_STAMP].raw;
    if (text.present)
        take_text(r, found->start, &text);
    else if (e->values[JSON_SEVERITY].present &&
             json_entry_event(e, &r->texts, &r->all->state, found->start,
                              &event))
        r->all->stopped = !r->all->sink->event(r->all->sink->arg, &event);
}

static void read_entries(struct reader *r)
{
    struct tl_str file = r->all->file;
    struct envelope found = {.end = backends_bom(file)};

    while (!r->all->stopped) {
        envelope_next(file, found.end, &found);
        if (found.found == ENVELOPE_END)
            break;
        if (found.found == ENVELOPE_ENTRY) {
            take_entry(r, &found);
        } else {
            r->all->sink->error(r->all->sink->arg, found.broken, found.end,
                                found.broken < file.n
                                    ? "this is no JSON from here on"
                                    : "the JSON object does not end");
            lose(r);
        }
        backends_step(r->all, found.end);
    }
}

/* ---- the prefix ---- */

#define HEAD_BYTES ((size_t)64 << 10)

static struct tl_str head_of(struct tl_str file)
{
    return (struct tl_str){file.p, file.n < HEAD_BYTES ? file.n : HEAD_BYTES};
}

/* What the first entries are. */
struct beginning {
    struct buf lines;    /* the server's, decoded */
    bool has_records;    /* that need no prefix */
    struct tl_str first; /* when it was collected */
    struct tl_str last;
};

static void look_at(struct beginning *b, const struct json_entry *e,
                    struct buf *text)
{
    struct tl_str raw = envelope_text(e).raw;
    struct tl_str stamp = e->values[JSON_STAMP].raw;

    if (!raw.n)
        return;
    json_decode(raw, text);
    buf_str(&b->lines, buf_view(text));
    buf_char(&b->lines, '\n');
    if (!b->first.n)
        b->first = stamp;
    b->last = stamp;
}

static void beginning_init(struct beginning *b, struct tl_str head)
{
    struct envelope found = {.end = backends_bom(head)};
    struct buf text;

    *b = (struct beginning){.first = TL_NONE};
    buf_init(&b->lines, 0);
    buf_init(&text, 0);
    for (;;) {
        envelope_next(head, found.end, &found);
        if (found.found == ENVELOPE_END)
            break;
        /* The last one may be cut off. */
        b->has_records |= found.entry.values[JSON_SEVERITY].present &&
                          found.entry.values[JSON_MESSAGE].present;
        if (found.found == ENVELOPE_ENTRY)
            look_at(b, &found.entry, &text);
    }
    buf_release(&text);
}

static void beginning_release(struct beginning *b)
{
    buf_release(&b->lines);
}

/* ISO 8601 compares as text does, as long as it is of one zone. */
static bool is_upside_down(const struct beginning *b)
{
    size_t n = b->first.n < b->last.n ? b->first.n : b->last.n;

    return n > 19 && memcmp(b->last.p, b->first.p, 19) < 0;
}

/* As JSON writes it. Some writers escape what HTML would take for a tag. */
static struct tl_str escaped(struct tl_str literal, bool html, struct arena *a)
{
    struct buf b;

    buf_init(&b, 0);
    for (size_t i = 0; i < literal.n; i++) {
        char c = literal.p[i];

        if (c == '"' || c == '\\')
            buf_printf(&b, "\\%c", c);
        else if (c == '\t')
            buf_puts(&b, "\\t");
        else if (html && strchr("<>&", c))
            buf_printf(&b, "\\u%04x", (unsigned)c);
        else
            buf_char(&b, c);
    }
    struct tl_str copy = arena_str(a, buf_view(&b));
    buf_release(&b);
    return copy;
}

static void escape_prefix(struct prefix *p, struct tl_str head, struct arena *a)
{
    bool html = memmem(head.p, head.n, "\\u003", 5) != NULL ||
                memmem(head.p, head.n, "\\u0026", 6) != NULL;

    for (size_t i = 0; i < p->n; i++)
        if (!p->parts[i].escape)
            p->parts[i].text = escaped(p->parts[i].text, html, a);
}

/* What is wrong with the log as a whole, or NULL. */
static const char *find_prefix(struct tl_str file, struct tl_str given,
                               struct prefix *out, struct arena *a)
{
    struct tl_str head = head_of(file);
    struct beginning b;
    const char *wrong = NULL;

    beginning_init(&b, head);
    bool found = given.n ? prefix_compile(out, given)
                         : prefix_detect(out, buf_view(&b.lines));
    escape_prefix(out, head, a);
    if (!found && !b.has_records)
        wrong = "no line of this log begins with the log_line_prefix";
    else if (is_upside_down(&b))
        wrong = "the newest entries come first: of a statement of several "
                "lines the end would stand before the beginning";
    beginning_release(&b);
    return wrong;
}

static bool envelope_read(struct tl_str file, const struct input_sink *sink)
{
    struct reader r = {.now = NULL};
    struct arena a;

    arena_init(&a, 0);
    const char *wrong = find_prefix(file, sink->log_line_prefix, &r.prefix, &a);
    if (wrong) {
        sink->error(sink->arg, 0, 0, wrong);
        arena_release(&a);
        return true;
    }
    json_texts_init(&r.texts);
    r.all = backends_new(file, sink, TEXT_ENVELOPE);
    read_entries(&r);
    backends_finish(r.all);
    bool whole = !r.all->stopped;
    backends_free(r.all);
    json_texts_release(&r.texts);
    arena_release(&a);
    return whole;
}

static bool begins_json(struct tl_str head)
{
    size_t at = backends_bom(head);

    while (at < head.n && strchr(" \t\r\n", head.p[at]) && head.p[at])
        at++;
    return at < head.n && (head.p[at] == '{' || head.p[at] == '[');
}

static bool envelope_sniff(struct tl_str head)
{
    struct prefix p;
    struct beginning b;

    /* A file may begin in the middle of an entry. */
    if (!begins_json(head) && !memmem(head.p, head.n, "\n{", 2))
        return false;
    beginning_init(&b, head);
    bool yes = b.has_records || prefix_detect(&p, buf_view(&b.lines));
    beginning_release(&b);
    return yes;
}

const struct input_format input_envelope = {
    .sniff = envelope_sniff,
    .read = envelope_read,
};

/* ---- heads ---- */

/* What of a line tells whether it is text. */
#define RUBBISH_SEEN 4096

/* Text has no zero bytes. */
static bool is_rubbish(struct tl_str line)
{
    size_t n = line.n < RUBBISH_SEEN ? line.n : RUBBISH_SEEN;

    return n && memchr(line.p, '\0', n);
}

static void read_headed_line(void *arg, size_t start, size_t end)
{
    struct reader *r = arg;
    struct tl_str line = {r->all->file.p + start, end - start};
    struct line_head head;

    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    (void)line_head_read(line, &head);
    r->stamp = head.stamp;
    if (is_rubbish(line)) {
        if (!r->lost)
            r->all->sink->error(r->all->sink->arg, start, end,
                                "this is no text");
        r->lost = true;
        lose(r);
        return;
    }
    r->lost = false;
    take_line(r, start, start + head.body, start + line.n, head.partial);
}

/* What the head's lines say, without those that have no head. */
static void collect_lines(struct tl_str head, struct buf *out)
{
    for (size_t at = backends_bom(head); at < head.n;) {
        const char *newline = memchr(head.p + at, '\n', head.n - at);
        size_t end = newline ? (size_t)(newline - head.p) : head.n;
        struct tl_str line = {head.p + at, end - at};
        struct line_head h;

        if (line_head_read(line, &h)) {
            buf_add(out, line.p + h.body, line.n - h.body);
            buf_char(out, '\n');
        }
        at = end + 1;
    }
}

static bool find_headed_prefix(struct tl_str file, struct tl_str given,
                               struct prefix *out)
{
    struct buf lines;

    if (given.n)
        return prefix_compile(out, given);
    buf_init(&lines, 0);
    collect_lines(head_of(file), &lines);
    bool found = prefix_detect(out, buf_view(&lines));
    buf_release(&lines);
    return found;
}

static bool headed_read(struct tl_str file, const struct input_sink *sink)
{
    struct reader r = {.now = NULL};

    if (!find_headed_prefix(file, sink->log_line_prefix, &r.prefix)) {
        sink->error(sink->arg, 0, 0,
                    "no line of this log begins with the log_line_prefix");
        return true;
    }
    r.all = backends_new(file, sink, TEXT_HEADED);
    backends_read(r.all, read_headed_line, &r);
    bool whole = !r.all->stopped;
    backends_free(r.all);
    return whole;
}

static bool headed_sniff(struct tl_str head)
{
    struct prefix p;

    return find_headed_prefix(head, TL_NONE, &p);
}

const struct input_format input_headed = {
    .sniff = headed_sniff,
    .read = headed_read,
};
