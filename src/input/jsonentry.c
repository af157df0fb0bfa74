/*
 * jsonentry.c - one log entry that is a JSON object.
 *
 * Strings without escapes are views of the file, so an entry costs a few
 * memchr. Numbers are not read at all: query_id does not fit a double.
 */
#include "input/jsonentry.h"

#define NESTING_MAX 64
#define WRAPPERS_MAX 8

/* jsonlog's names, csvlog's columns, and those of who collects them. */
#define NAME(key, text)                                                        \
    {                                                                          \
        key,                                                                   \
        {                                                                      \
            text, sizeof(text) - 1                                             \
        }                                                                      \
    }
static const struct {
    enum json_key key;
    struct tl_str name;
} names[] = {
    NAME(JSON_TIME, "timestamp"),
    NAME(JSON_USER, "user"),
    NAME(JSON_DATABASE, "dbname"),
    NAME(JSON_SESSION, "session_id"),
    NAME(JSON_COMMAND, "ps"),
    NAME(JSON_TRANSACTION, "vxid"),
    NAME(JSON_SEVERITY, "error_severity"),
    NAME(JSON_MESSAGE, "message"),
    NAME(JSON_DETAIL, "detail"),
    NAME(JSON_QUERY, "statement"),
    NAME(JSON_APPLICATION, "application_name"),
    NAME(JSON_TIME, "log_time"),
    NAME(JSON_USER, "user_name"),
    NAME(JSON_DATABASE, "database_name"),
    NAME(JSON_COMMAND, "command_tag"),
    NAME(JSON_TRANSACTION, "virtual_transaction_id"),
    NAME(JSON_QUERY, "query"),
    NAME(JSON_MESSAGE, "event_message"),
    NAME(JSON_TEXT, "textPayload"),
    NAME(JSON_TEXT, "log"),
    NAME(JSON_STAMP, "time"),
};

/* Objects, or lists of one, whose members count as the entry's own. */
static const char *const wrappers[] = {
    "record", "metadata", "parsed", "jsonPayload", "log_attributes",
};

/* What lists of entries are called. */
static const char *const lists[] = {"events", "logEvents", "result", "entries"};

static bool is_one_of(struct tl_str name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tl_str_is(name, list[i]))
            return true;
    return false;
}

static bool is_wrapper(struct tl_str name)
{
    return is_one_of(name, wrappers, sizeof(wrappers) / sizeof(wrappers[0]));
}

static bool is_list(struct tl_str name)
{
    return is_one_of(name, lists, sizeof(lists) / sizeof(lists[0]));
}

/* "parsed.detail": an object whose members were written side by side. */
static struct tl_str without_wrapper(struct tl_str name)
{
    static const char head[] = "parsed.";
    size_t n = sizeof(head) - 1;

    if (name.n <= n || memcmp(name.p, head, n) != 0)
        return name;
    return (struct tl_str){name.p + n, name.n - n};
}

static enum json_key key_of(struct tl_str name)
{
    name = without_wrapper(name);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (tl_str_eq(name, names[i].name))
            return names[i].key;
    return JSON_OTHER;
}

/* Over a line break; false where another entry begins behind it. */
static bool next_line(struct json_entry *e)
{
    size_t at = e->at + 1;

    if (at < e->text.n && e->text.p[at] == '{') {
        e->text.n = e->at;
        return false;
    }
    e->at = at;
    return true;
}

static void skip_blanks(struct json_entry *e)
{
    while (e->at < e->text.n) {
        char c = e->text.p[e->at];

        if (c == '\n') {
            if (!next_line(e))
                return;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            e->at++;
        } else {
            return;
        }
    }
}

static bool is_at(struct json_entry *e, char c)
{
    skip_blanks(e);
    return e->at < e->text.n && e->text.p[e->at] == c;
}

static bool take(struct json_entry *e, char c)
{
    if (!is_at(e, c))
        return false;
    e->at++;
    return true;
}

static bool take_string(struct json_entry *e, struct json_value *out)
{
    size_t start = e->at;
    size_t end;

    if (start >= e->text.n || e->text.p[start] != '"')
        return false;
    end = json_string_end(e->text, start, &out->escaped);
    if (!end)
        return false;
    out->raw = (struct tl_str){e->text.p + start + 1, end - start - 2};
    /* A line break within is an escape; as itself it says that the end of the
       string is lost. */
    if (memchr(out->raw.p, '\n', out->raw.n))
        return false;
    out->present = true;
    e->at = end;
    return true;
}

/* Numbers, words, objects, lists: passed over, brackets counted. */
static bool skip_value(struct json_entry *e)
{
    int depth = 0;
    size_t start = e->at;

    while (e->at < e->text.n) {
        char c = e->text.p[e->at];
        struct json_value ignored;

        if (c == '"') {
            if (!take_string(e, &ignored))
                return false;
            continue;
        }
        if (c == '\n') {
            if (!next_line(e))
                return false;
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}' || c == ']'))
            return e->at > start;
        if (c == '{' || c == '[') {
            if (++depth > NESTING_MAX)
                return false;
        } else if ((c == '}' || c == ']') && --depth < 0) {
            return false;
        }
        e->at++;
    }
    return false;
}

/* What stands deeper is the server's own; around it the collector's. */
static void keep(struct json_entry *e, struct tl_str name,
                 const struct json_value *value)
{
    enum json_key key = key_of(name);

    if (key == JSON_TIME && !message_is_time(value->raw))
        key = JSON_STAMP;
    struct json_value *old = &e->values[key];
    if (!old->present || value->depth >= old->depth)
        *old = *value;
}

static enum json_found take_object(struct json_entry *e, unsigned depth);

/* {"...": ...} or [{"...": ...}] */
static enum json_found take_wrapped(struct json_entry *e, unsigned depth)
{
    bool listed = is_at(e, '[');

    if (depth > WRAPPERS_MAX || !(listed || is_at(e, '{')))
        return skip_value(e) ? JSON_ENTRY : JSON_BROKEN;
    if (!listed)
        return take_object(e, depth);
    e->at++;
    if (take(e, ']'))
        return JSON_ENTRY;
    do {
        enum json_found found = JSON_ENTRY;

        if (is_at(e, '{'))
            found = take_object(e, depth);
        else if (!skip_value(e))
            return JSON_BROKEN;
        if (found != JSON_ENTRY)
            return found;
    } while (take(e, ','));
    return take(e, ']') ? JSON_ENTRY : JSON_BROKEN;
}

static enum json_found take_member(struct json_entry *e, unsigned depth)
{
    struct json_value name = {.present = false};
    struct json_value value = {.depth = depth};

    skip_blanks(e);
    if (!take_string(e, &name) || !take(e, ':'))
        return JSON_BROKEN;
    skip_blanks(e);
    if (e->at >= e->text.n)
        return JSON_BROKEN;
    if (e->text.p[e->at] == '"') {
        if (!take_string(e, &value))
            return JSON_BROKEN;
        keep(e, name.raw, &value);
        return JSON_ENTRY;
    }
    if (is_at(e, '[') && e->may_hold_list && is_list(name.raw)) {
        e->at++;
        return JSON_LIST;
    }
    if ((is_at(e, '[') || is_at(e, '{')) && is_wrapper(name.raw))
        return take_wrapped(e, depth + 1);
    return skip_value(e) ? JSON_ENTRY : JSON_BROKEN;
}

static enum json_found take_object(struct json_entry *e, unsigned depth)
{
    if (!take(e, '{'))
        return JSON_BROKEN;
    if (take(e, '}'))
        return JSON_ENTRY;
    do {
        enum json_found found = take_member(e, depth);

        if (found != JSON_ENTRY)
            return found;
    } while (take(e, ','));
    return take(e, '}') ? JSON_ENTRY : JSON_BROKEN;
}

enum json_found json_entry_read(struct json_entry *e)
{
    return take_object(e, 0);
}

/* ---- records ---- */

void json_texts_init(struct json_texts *t)
{
    for (int k = 0; k < JSON_KEYS; k++)
        buf_init(&t->buffers[k], 0);
}

void json_texts_release(struct json_texts *t)
{
    for (int k = 0; k < JSON_KEYS; k++)
        buf_release(&t->buffers[k]);
}

static struct tl_str text_of(struct json_texts *t, const struct json_entry *e,
                             enum json_key k)
{
    const struct json_value *v = &e->values[k];

    if (!v->present)
        return TL_NONE;
    if (!v->escaped)
        return v->raw;
    json_decode(v->raw, &t->buffers[k]);
    return buf_view(&t->buffers[k]);
}

static struct log_field field_of(struct json_texts *t,
                                 const struct json_entry *e, enum json_key k)
{
    const struct json_value *v = &e->values[k];
    struct log_field f = {.text = text_of(t, e, k), .plain = !v->escaped};

    if (!v->present)
        return f;
    f.map.base = (uint64_t)(v->raw.p - e->text.p);
    f.map.encoding = TEXT_JSON;
    f.end = f.map.base + v->raw.n;
    return f;
}

bool json_entry_event(const struct json_entry *e, struct json_texts *t,
                      struct message_state *state, size_t start,
                      struct event *out)
{
    struct log_record record = {.start = start, .end = e->at};

    if (message_is_noise(e->values[JSON_MESSAGE].raw))
        return false;
    record.time = text_of(t, e, JSON_TIME);
    record.session = text_of(t, e, JSON_SESSION);
    record.command = text_of(t, e, JSON_COMMAND);
    record.severity = text_of(t, e, JSON_SEVERITY);
    record.transaction = text_of(t, e, JSON_TRANSACTION);
    record.application = text_of(t, e, JSON_APPLICATION);
    record.user = text_of(t, e, JSON_USER);
    record.database = text_of(t, e, JSON_DATABASE);
    record.message = field_of(t, e, JSON_MESSAGE);
    record.detail = field_of(t, e, JSON_DETAIL);
    record.query = field_of(t, e, JSON_QUERY);
    return log_record_event(state, &record, out);
}
