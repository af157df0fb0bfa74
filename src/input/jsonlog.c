/*
 * jsonlog.c - PostgreSQL's jsonlog (log_destination = jsonlog, since 15), and
 * records as objects that others write a line each: CloudNativePG, Supabase.
 */
#include "input/jsonentry.h"
#include "input/linehead.h"

struct reader {
    struct tl_str file;
    struct message_state state;
    struct json_texts texts;
    const struct input_sink *sink;
};

static size_t line_end(struct tl_str s, size_t at)
{
    const char *newline = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;

    return newline ? (size_t)(newline - s.p) : s.n;
}

static size_t behind_blanks(struct tl_str s, size_t at)
{
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t' || s.p[at] == '\r'))
        at++;
    return at;
}

/* The entry of the line, behind what a container's log has before it. */
static struct json_entry entry_of(struct tl_str file, size_t start, size_t end)
{
    struct json_entry e = {.text = {file.p, end}};

    e.at = behind_blanks(e.text, start);
    if (e.at < end && file.p[e.at] != '{') {
        struct line_head head;

        if (line_head_read((struct tl_str){file.p + e.at, end - e.at}, &head))
            e.at += head.body;
    }
    return e;
}

static bool is_whole(struct json_entry *e)
{
    if (json_entry_read(e) != JSON_ENTRY)
        return false;
    size_t behind = behind_blanks(e->text, e->at);
    if (behind < e->text.n)
        e->at = behind;
    return behind >= e->text.n;
}

static bool read_line(struct reader *r, size_t start, size_t end)
{
    struct json_entry e = entry_of(r->file, start, end);
    struct event event;

    if (e.at >= end)
        return true;
    if (is_whole(&e))
        return !json_entry_event(&e, &r->texts, &r->state, start, &event) ||
               r->sink->event(r->sink->arg, &event);
    r->sink->error(r->sink->arg, e.at < end ? e.at : start, end,
                   e.at < end ? "the line is no JSON object from here on"
                              : "the JSON object does not end");
    return true;
}

/* Several MiB of file between two reports of progress. */
#define PROGRESS_STEP ((size_t)8 << 20)

static size_t skip_bom(struct tl_str s)
{
    return s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static bool jsonlog_read(struct tl_str file, const struct input_sink *sink)
{
    struct reader r = {.file = file, .sink = sink};
    size_t reported = 0;
    bool go_on = true;

    message_init(&r.state, file);
    json_texts_init(&r.texts);
    for (size_t at = skip_bom(file); go_on && at < file.n;) {
        size_t end = line_end(file, at);

        go_on = read_line(&r, at, end);
        at = end + 1;
        if (sink->progress && at - reported > PROGRESS_STEP) {
            reported = at;
            sink->progress(sink->arg, at);
        }
    }
    json_texts_release(&r.texts);
    message_release(&r.state);
    return go_on;
}

static bool jsonlog_sniff(struct tl_str head)
{
    size_t at = skip_bom(head);

    for (int line = 0; line < 16 && at < head.n; line++) {
        size_t end = line_end(head, at);
        struct json_entry e = entry_of(head, at, end);

        /* The head may end inside of the first line. */
        (void)json_entry_read(&e);
        if (e.values[JSON_TIME].present && e.values[JSON_SEVERITY].present)
            return true;
        at = end + 1;
    }
    return false;
}

const struct input_format input_jsonlog = {
    .sniff = jsonlog_sniff,
    .read = jsonlog_read,
};
