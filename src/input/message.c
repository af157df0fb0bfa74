/*
 * message.c - what PostgreSQL's log messages say about statements.
 *
 * A duration, then a word, then the statement; the spellings were measured on
 * PostgreSQL 15 and are those of 12 to 18. parse and bind records are dropped:
 * they are steps of an execution that is counted once. So is "execute fetch",
 * but it tells that the connection was at work.
 */
#include "input/message.h"

/* A place in a field while it is being read. */
struct cursor {
    const struct log_field *field;
    size_t at;
};

void message_init(struct message_state *s, struct tl_str file)
{
    memset(s, 0, sizeof(*s));
    s->file = file;
    buf_init(&s->sql, 0);
    buf_init(&s->parameters, 0);
}

void message_release(struct message_state *s)
{
    buf_release(&s->sql);
    buf_release(&s->parameters);
}

/* ---- time ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int two_digits(const char *p)
{
    return (p[0] - '0') * 10 + (p[1] - '0');
}

bool message_is_time(struct tl_str s)
{
    static const char form[] = "dddd-dd-dd dd:dd:dd";

    if (s.n < sizeof(form) - 1)
        return false;
    for (size_t i = 0; i < sizeof(form) - 1; i++)
        if (form[i] == 'd' ? !is_digit(s.p[i]) : s.p[i] != form[i])
            return false;
    return true;
}

/* Days from 1970-01-01, by the proleptic Gregorian calendar; March is the
   first month so that the leap day is the year's last. */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t m = month <= 2 ? month + 9 : month - 3;

    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 -
           719468;
}

int64_t message_time(struct message_state *s, struct tl_str t)
{
    if (!message_is_time(t))
        return EVENT_NO_TIME;
    if (memcmp(s->day, t.p, sizeof(s->day)) != 0) {
        int year = two_digits(t.p) * 100 + two_digits(t.p + 2);

        memcpy(s->day, t.p, sizeof(s->day));
        s->day_us = days_of(year, two_digits(t.p + 5), two_digits(t.p + 8)) *
                    86400 * 1000000;
    }
    int64_t seconds = two_digits(t.p + 11) * 3600 + two_digits(t.p + 14) * 60 +
                      two_digits(t.p + 17);
    int64_t us = s->day_us + seconds * 1000000;
    int64_t unit = 100000;

    if (t.n > 19 && t.p[19] == '.')
        for (size_t i = 20; i < t.n && is_digit(t.p[i]); i++, unit /= 10)
            us += (t.p[i] - '0') * unit;
    return us;
}

/* ---- the message ---- */

static struct tl_str rest_of(const struct cursor *c)
{
    struct tl_str t = c->field->text;

    return t.n ? (struct tl_str){t.p + c->at, t.n - c->at} : TL_NONE;
}

static bool take(struct cursor *c, const char *word)
{
    struct tl_str rest = rest_of(c);
    size_t n = strlen(word);

    if (rest.n < n || memcmp(rest.p, word, n) != 0)
        return false;
    c->at += n;
    return true;
}

/* DETAIL's words begin in upper case in newer releases. */
static bool take_any_case(struct cursor *c, const char *word)
{
    struct tl_str rest = rest_of(c);
    size_t n = strlen(word);

    if (rest.n < n || (rest.p[0] | 32) != word[0] ||
        memcmp(rest.p + 1, word + 1, n - 1) != 0)
        return false;
    c->at += n;
    return true;
}

static void skip_spaces(struct cursor *c)
{
    while (c->at < c->field->text.n && c->field->text.p[c->at] == ' ')
        c->at++;
}

/* Thirty years; what is longer was no duration. */
#define MS_MAX 1e12

/* "0.133 ms"; false without one. */
static bool take_ms(struct cursor *c, double *ms)
{
    struct tl_str t = c->field->text;
    size_t at = c->at;
    double value = 0;

    while (at < t.n && is_digit(t.p[at]))
        value = value * 10 + (t.p[at++] - '0');
    if (at == c->at)
        return false;
    if (at < t.n && t.p[at] == '.') {
        double unit = 1;

        for (at++; at < t.n && is_digit(t.p[at]); at++)
            value += (t.p[at] - '0') * (unit /= 10);
    }
    c->at = at;
    if (!take(c, " ms") || value > MS_MAX)
        return false;
    *ms = value;
    return true;
}

/* Statement names may hold anything: the first ": " ends them. */
static bool take_name(struct cursor *c)
{
    struct tl_str rest = rest_of(c);
    const char *end = rest.n ? memmem(rest.p, rest.n, ": ", 2) : NULL;

    if (!end)
        return false;
    c->at += (size_t)(end - rest.p) + 2;
    return true;
}

/* log_error_verbosity = verbose writes the SQLSTATE first. */
static void skip_sqlstate(struct cursor *c)
{
    struct tl_str rest = rest_of(c);

    if (rest.n < 7 || rest.p[5] != ':' || rest.p[6] != ' ')
        return;
    for (size_t i = 0; i < 5; i++)
        if (!is_digit(rest.p[i]) && (rest.p[i] < 'A' || rest.p[i] > 'Z'))
            return;
    c->at += 7;
    skip_spaces(c);
}

bool message_is_noise(struct tl_str message)
{
    struct log_field field = {.text = message};
    struct cursor c = {&field, 0};
    double ms;

    skip_sqlstate(&c);
    if (!take(&c, "duration: ") || !take_ms(&c, &ms))
        return false;
    skip_spaces(&c);
    return take(&c, "parse ") || take(&c, "bind ");
}

/* The rest of a field as the statement: place, map, span. */
static void set_sql(const struct message_state *s, const struct cursor *c,
                    struct event *e)
{
    e->sql = rest_of(c);
    e->map = c->field->map;
    e->map.skip += c->at;
    e->span.end = c->field->end;
    e->span.start = c->field->plain ? (uint64_t)(e->sql.p - s->file.p)
                                    : text_map_offset(&e->map, s->file, 0);
}

static bool ends_cut(struct tl_str parameters)
{
    return parameters.n &&
           memmem(parameters.p, parameters.n, "...'", 4) != NULL;
}

static void read_detail(const struct message_state *s,
                        const struct log_record *r, struct event *e)
{
    struct cursor c = {&r->detail, 0};

    if (!r->detail.text.p)
        return;
    if (take_any_case(&c, "parameters: ")) {
        e->parameters = rest_of(&c);
        e->parameters_cut = ends_cut(e->parameters);
        return;
    }
    if (!take_any_case(&c, "prepare: "))
        return;
    /* EXECUTE name(values): the prepared statement is what ran. */
    struct tl_str call = e->sql;
    struct tl_str rest = rest_of(&c);
    const char *as = rest.n ? memmem(rest.p, rest.n, " AS ", 4) : NULL;

    if (!as)
        as = rest.n ? memmem(rest.p, rest.n, " as ", 4) : NULL;
    if (!as)
        return;
    c.at += (size_t)(as - rest.p) + 4;
    set_sql(s, &c, e);
    e->parameters = call;
}

/* ---- plans ---- */

/* The raw inside of the string behind `"key": `; false without one. */
static bool find_json_text(struct tl_str json, const char *key,
                           struct tl_str *raw, size_t *at)
{
    const char *p = memmem(json.p, json.n, key, strlen(key));
    bool escaped;

    if (!p)
        return false;
    size_t start = (size_t)(p - json.p) + strlen(key);
    while (start < json.n && json.p[start] == ' ')
        start++;
    if (start >= json.n || json.p[start] != '"')
        return false;
    size_t end = json_string_end(json, start, &escaped);
    if (!end)
        return false;
    *raw = (struct tl_str){json.p + start + 1, end - start - 2};
    *at = start + 1;
    return true;
}

static uint64_t place_in(const struct message_state *s,
                         const struct log_field *f, size_t at)
{
    struct text_map map = f->map;

    if (f->plain)
        return (uint64_t)(f->text.p - s->file.p) + at;
    map.skip += at;
    return text_map_offset(&map, s->file, 0);
}

/* The top node's "Actual Rows" is the first behind "Plan"; the nodes below it
   come last in their parent. */
static double rows_of(struct tl_str json)
{
    static const char word[] = "\"Actual Rows\":";
    const char *plan = memmem(json.p, json.n, "\"Plan\":", 7);
    double rows = 0;

    if (!plan)
        return -1;
    size_t left = json.n - (size_t)(plan - json.p);
    const char *p = memmem(plan, left, word, sizeof(word) - 1);
    if (!p)
        return -1;
    size_t at = (size_t)(p - json.p) + sizeof(word) - 1;
    while (at < json.n && json.p[at] == ' ')
        at++;
    if (at >= json.n || !is_digit(json.p[at]))
        return -1;
    for (; at < json.n && is_digit(json.p[at]) && rows < 1e15; at++)
        rows = rows * 10 + (json.p[at] - '0');
    return rows;
}

static bool read_json_plan(struct message_state *s, struct cursor *c,
                           struct event *e)
{
    struct tl_str json = rest_of(c);
    struct tl_str raw;
    size_t at;

    e->plan = json;
    e->plan_map = c->field->map;
    e->plan_map.skip += c->at;
    e->plan_span.start = place_in(s, c->field, c->at);
    e->plan_span.end = c->field->end;
    e->rows = rows_of(json);
    if (!find_json_text(json, "\"Query Text\":", &raw, &at))
        return false;
    json_decode(raw, &s->sql);
    e->sql = buf_view(&s->sql);
    e->span.start = place_in(s, c->field, c->at + at);
    e->span.end = place_in(s, c->field, c->at + at + raw.n);
    /* Two encodings lie over each other here; offsets inside the statement
       are exact as long as it holds nothing to escape. */
    e->map = (struct text_map){.base = e->span.start};
    if (find_json_text(json, "\"Query Parameters\":", &raw, &at)) {
        json_decode(raw, &s->parameters);
        e->parameters = buf_view(&s->parameters);
        e->parameters_cut = ends_cut(e->parameters);
    }
    return true;
}

/* "Query Text: ..." up to the first line that is a plan's. */
static bool read_text_plan(const struct message_state *s, struct cursor *c,
                           struct event *e)
{
    if (!take(c, "Query Text: "))
        return false;
    struct tl_str rest = rest_of(c);
    const char *cost = memmem(rest.p, rest.n, "  (cost=", 8);
    const char *cut = memmem(rest.p, rest.n, "\nQuery Parameters: ", 19);
    size_t end = cost ? (size_t)(cost - rest.p) : rest.n;

    while (cost && end > 0 && rest.p[end] != '\n')
        end--;
    if (cut && (size_t)(cut - rest.p) < end)
        end = (size_t)(cut - rest.p);
    set_sql(s, c, e);
    e->span.end = place_in(s, c->field, c->at + end);
    e->sql.n = end;
    return true;
}

static bool read_plan(struct message_state *s, struct cursor *c,
                      struct event *e)
{
    e->kind = EVENT_PLAN;
    while (c->at < c->field->text.n &&
           (c->field->text.p[c->at] == '\n' ||
            c->field->text.p[c->at] == '\r' || c->field->text.p[c->at] == ' '))
        c->at++;
    struct tl_str rest = rest_of(c);
    if (rest.n && rest.p[0] == '{')
        return read_json_plan(s, c, e);
    return read_text_plan(s, c, e);
}

/* ---- records ---- */

static bool read_log(struct message_state *s, const struct log_record *r,
                     struct event *e)
{
    struct cursor c = {&r->message, 0};

    skip_sqlstate(&c);
    if (take(&c, "duration: ")) {
        if (!take_ms(&c, &e->ms))
            return false;
        skip_spaces(&c);
        if (c.at >= r->message.text.n) {
            e->kind = EVENT_DURATION;
            return !tl_str_is(r->command, "PARSE") &&
                   !tl_str_is(r->command, "BIND");
        }
    }
    if (take(&c, "plan:"))
        return read_plan(s, &c, e);
    e->kind = EVENT_EXECUTE;
    if (take(&c, "statement: ")) {
        e->protocol = PROTOCOL_SIMPLE;
    } else if (take(&c, "execute ")) {
        e->protocol = PROTOCOL_EXTENDED;
        if (take(&c, "fetch from ")) {
            e->kind = EVENT_FETCH;
            return true;
        }
        if (!take_name(&c))
            return false;
    } else {
        return false;
    }
    set_sql(s, &c, e);
    read_detail(s, r, e);
    return true;
}

static bool is_failure(struct tl_str severity)
{
    return tl_str_is(severity, "ERROR") || tl_str_is(severity, "FATAL");
}

bool log_record_event(struct message_state *s, const struct log_record *r,
                      struct event *e)
{
    memset(e, 0, sizeof(*e));
    e->ms = -1;
    e->rows = -1;
    e->session = r->session;
    e->transaction = r->transaction;
    e->application = r->application;
    e->user = r->user;
    e->database = r->database;
    e->record_start = r->start;
    e->record_end = r->end;
    if (is_failure(r->severity)) {
        struct cursor c = {&r->query, 0};

        if (!r->query.text.n)
            return false;
        e->kind = EVENT_ERROR;
        set_sql(s, &c, e);
    } else if (!r->message.text.n || !read_log(s, r, e)) {
        return false;
    }
    e->time_us = message_time(s, r->time);
    return true;
}
