/*
 * ormlog.c - what ORMs log of their SQL: Rails, Django, SQLAlchemy, Sequelize,
 * TypeORM, Drizzle, Knex, Prisma, Hibernate, p6spy, GORM, Ecto, Laravel.
 *
 * A statement is held back until the next one: its lines, its values and how
 * long it took may come behind it. Only places in the file are held.
 */
#include "input/ormlog.h"

#include "input/marks.h"
#include "input/message.h"

/* A statement that goes on for longer has lost its end. */
#define LINES_MAX 2000
#define STATEMENT_MAX (1u << 20)
#define ROUTE_MAX 512
#define SNIFFED_LINES 500

struct reader {
    struct tl_str file;
    const struct input_sink *sink;
    struct message_state state;
    struct buf sql;
    struct orm_values values;
    struct orm_line held;
    bool has_held;
    size_t held_lines;
    size_t start; /* of the held record */
    size_t end;
    struct tl_str time;     /* of its line */
    struct tl_str last_sql; /* that was handed out */
    /* The request that is under way: an id of its own, or made from its
       line. */
    struct tl_str request_id;
    struct buf request;
    char route[ROUTE_MAX];
    size_t route_n;
    bool stopped;
};

/* ---- events ---- */

/* "2026-11-20T21:12:47,927" among the first bytes of a line. */
static int64_t time_of(struct reader *r, struct tl_str line)
{
    char copy[26];

    for (size_t i = 0; i + 19 <= line.n && i < 24; i++) {
        size_t n = line.n - i < sizeof(copy) ? line.n - i : sizeof(copy);

        if (line.p[i + 4] != '-')
            continue;
        memcpy(copy, line.p + i, n);
        copy[10] = copy[10] == 'T' ? ' ' : copy[10];
        if (n > 19 && copy[19] == ',')
            copy[19] = '.';
        if (message_is_time((struct tl_str){copy, n}))
            return message_time(&r->state, (struct tl_str){copy, n});
    }
    return EVENT_NO_TIME;
}

static struct tl_str decoded(struct reader *r)
{
    struct tl_str raw = r->held.sql;

    if (r->held.encoding == TEXT_PLAIN)
        return raw;
    if (r->held.encoding == TEXT_JSON)
        json_decode(raw, &r->sql);
    else
        marks_decode(r->held.encoding, raw, &r->sql);
    return buf_view(&r->sql);
}

/* Is it of the request whose beginning was seen last? */
static bool in_request(const struct reader *r)
{
    return r->request.n && (!r->held.request.n || !r->request_id.n ||
                            tl_str_eq(r->held.request, r->request_id));
}

static void hand_out(struct reader *r, enum event_kind kind)
{
    const struct orm_line *held = &r->held;
    size_t start = (size_t)(held->sql.p - r->file.p);
    struct event e = {.kind = kind, .ms = held->ms, .rows = -1};

    e.time_us = time_of(r, r->time);
    e.session = held->session;
    e.trace = held->request;
    if (in_request(r)) {
        e.route = (struct tl_str){r->route, r->route_n};
        if (!e.trace.n)
            e.trace = buf_view(&r->request);
    }
    e.sql = decoded(r);
    e.map = (struct text_map){.base = start, .encoding = held->encoding};
    e.span = (struct tl_span){start, start + held->sql.n, 0};
    if (r->values.known)
        e.parameters =
            r->values.n ? buf_view(&r->values.text) : (struct tl_str){"", 0};
    e.parameters_cut = r->values.cut;
    e.record_start = r->start;
    e.record_end = r->end;
    r->stopped = !r->sink->event(r->sink->arg, &e);
    r->last_sql = held->sql;
}

static void flush(struct reader *r)
{
    const struct orm_line *held = &r->held;

    if (!r->has_held)
        return;
    r->has_held = false;
    r->held.sql = orm_trim(held->sql);
    if (!orm_is_sql(held->sql))
        return;
    /* Cut off in the middle: its end would have been at the tail. */
    if (held->open &&
        (held->goes_on == ORM_TO_TAIL || held->goes_on == ORM_TO_LIST))
        return;
    if (held->kind == ORM_AGAIN && tl_str_eq(held->sql, r->last_sql))
        return;
    hand_out(r, held->kind == ORM_FAILED ? EVENT_ERROR : EVENT_EXECUTE);
}

static void tell_duration(struct reader *r, double ms)
{
    struct event e = {.kind = EVENT_DURATION,
                      .time_us = EVENT_NO_TIME,
                      .ms = ms,
                      .rows = -1,
                      .record_start = r->start,
                      .record_end = r->end};

    flush(r);
    if (!r->stopped && r->last_sql.n)
        r->stopped = !r->sink->event(r->sink->arg, &e);
}

/* ---- lines ---- */

static void hold(struct reader *r, const struct orm_line *l, struct tl_str line)
{
    /* Printed by show_sql and by a logger as well: once. */
    bool twice = r->has_held && l->encoding == TEXT_QMARK &&
                 !l->session.n != !r->held.session.n &&
                 tl_str_eq(l->sql, r->held.sql) && l->sql.n;

    if (twice) {
        r->held.session = l->session.n ? l->session : r->held.session;
        return;
    }
    flush(r);
    r->held = *l;
    if (!r->held.sql.p)
        r->held.sql = (struct tl_str){line.p + line.n, 0};
    r->has_held = true;
    r->held_lines = 0;
    r->start = (size_t)(line.p - r->file.p);
    r->end = r->start + line.n;
    r->time = line;
    orm_values_clear(&r->values);
    if (l->values.p)
        orm_values_read(&r->values, l->form, l->values, l->sql);
}

static void grow(struct reader *r, struct tl_str line)
{
    const char *end = line.p + line.n;

    if (!r->held.sql.n)
        r->held.sql.p = line.p;
    r->held.sql.n = (size_t)(end - r->held.sql.p);
    r->end = (size_t)(end - r->file.p);
    if (++r->held_lines > LINES_MAX || r->held.sql.n > STATEMENT_MAX)
        r->has_held = false;
}

/* A line that another logger began. */
static bool is_record(struct tl_str line)
{
    static const char *const levels[] = {"INFO", "DEBUG", "WARN", "ERROR"};
    size_t n = line.n < 19 ? line.n : 19;
    size_t digits = 0;

    for (size_t i = 0; i < n; i++)
        digits += line.p[i] >= '0' && line.p[i] <= '9';
    if (digits >= 12)
        return true;
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
        if (line.n > 5 && memcmp(line.p, levels[i], strlen(levels[i])) == 0)
            return true;
    return false;
}

static bool is_indented(struct tl_str line)
{
    return line.n > 1 && (line.p[0] == ' ' || line.p[0] == '\t') &&
           (line.p[1] == ' ' || line.p[1] == '\t' || line.p[0] == '\t');
}

/* The line ends the statement when there is a list at its end. */
static void go_on_to_list(struct reader *r, struct tl_str line)
{
    struct orm_line *held = &r->held;
    struct tl_str text = orm_trim(line);
    struct tl_str values;

    if (is_record(line)) {
        r->has_held = false;
        return;
    }
    held->open = !orm_cut_list(&text, &values);
    grow(r, held->open ? line : text);
    if (!held->open)
        orm_values_read(&r->values, held->form, values, held->sql);
}

/* A line that no pattern knows: the statement's next one? */
static void go_on(struct reader *r, struct tl_str line)
{
    struct orm_line *held = &r->held;
    struct tl_str sql;
    struct tl_str values;

    if (!r->has_held || !held->open)
        return;
    if (held->goes_on == ORM_TO_LIST) {
        go_on_to_list(r, line);
        return;
    }
    if (held->goes_on == ORM_ONE_LINE ||
        (held->goes_on == ORM_INDENTED && !is_indented(line)) ||
        (held->goes_on != ORM_INDENTED && is_record(line))) {
        /* TO_TAIL stays open: without its tail it is not whole. */
        held->open = held->goes_on == ORM_TO_TAIL;
        held->goes_on = held->open ? ORM_TO_TAIL : ORM_ONE_LINE;
        return;
    }
    held->open = !orm_line_tail(line, held->tail, &sql, &values);
    grow(r, sql);
    if (values.p && held->goes_on != ORM_TO_TAIL)
        orm_values_read(&r->values, held->form, values, held->sql);
}

/* Whose the values are that a line tells. */
static void take_values(struct reader *r, const struct orm_line *l,
                        struct tl_str line)
{
    if (!r->has_held || !tl_str_eq(l->session, r->held.session))
        return;
    r->held.open = false;
    r->end = (size_t)(line.p - r->file.p) + line.n;
    if (l->kind == ORM_BIND)
        orm_values_one(&r->values, l->number, l->values);
    else
        orm_values_read(&r->values, l->form, l->values, r->held.sql);
}

/* GET "/authors?page=2" for ...: without quotes and what was asked for. */
static void begin_request(struct reader *r, const struct orm_line *l)
{
    buf_clear(&r->request);
    buf_str(&r->request, l->sql);
    /* The clock has seconds only; the place tells two requests apart. */
    buf_printf(&r->request, " #%zu", (size_t)(l->sql.p - r->file.p));
    r->request_id = l->request;
    r->route_n = 0;
    for (size_t i = 0, quotes = 0; i < l->sql.n && quotes < 2; i++) {
        char c = l->sql.p[i];

        quotes += c == '"';
        if (c == '?' || r->route_n == sizeof(r->route))
            break;
        if (c != '"')
            r->route[r->route_n++] = c;
    }
}

static void take_line(struct reader *r, struct tl_str line)
{
    struct orm_line l;

    orm_line_read(line, &l);
    switch (l.kind) {
    case ORM_NOTHING:
        go_on(r, line);
        return;
    case ORM_VALUES:
    case ORM_BIND:
        take_values(r, &l, line);
        return;
    case ORM_STATEMENT:
    case ORM_AGAIN:
    case ORM_FAILED:
        hold(r, &l, line);
        return;
    case ORM_TOOK:
        tell_duration(r, l.ms);
        return;
    case ORM_REQUEST:
        flush(r);
        begin_request(r, &l);
        return;
    case ORM_REQUEST_END:
        flush(r);
        if (tl_str_eq(l.request, r->request_id))
            buf_clear(&r->request);
        return;
    case ORM_OTHER:
        flush(r);
        return;
    }
}

static struct tl_str line_at(struct tl_str s, size_t at)
{
    const char *newline = memchr(s.p + at, '\n', s.n - at);
    size_t end = newline ? (size_t)(newline - s.p) : s.n;

    if (end > at && s.p[end - 1] == '\r')
        end--;
    return (struct tl_str){s.p + at, end - at};
}

static size_t behind_line(struct tl_str s, struct tl_str line)
{
    size_t at = (size_t)(line.p - s.p) + line.n;

    at += at < s.n && s.p[at] == '\r';
    return at < s.n ? at + 1 : s.n;
}

static bool ormlog_read(struct tl_str file, const struct input_sink *sink)
{
    struct reader r = {.file = file, .sink = sink};

    message_init(&r.state, file);
    buf_init(&r.sql, 0);
    buf_init(&r.request, 0);
    buf_init(&r.values.text, 0);
    for (size_t at = 0; at < file.n && !r.stopped;) {
        struct tl_str line = line_at(file, at);

        take_line(&r, line);
        if (sink->progress)
            sink->progress(sink->arg, r.has_held ? r.start : at);
        at = behind_line(file, line);
    }
    if (!r.stopped)
        flush(&r);
    buf_release(&r.sql);
    buf_release(&r.request);
    buf_release(&r.values.text);
    message_release(&r.state);
    return !r.stopped;
}

/* ---- the format ---- */

static bool has(struct tl_str head, const char *word)
{
    return memmem(head.p, head.n, word, strlen(word)) != NULL;
}

/* "query: " is said elsewhere too: with a tail, or at a line's beginning and
   more than once. */
static unsigned weight(struct tl_str line, struct tl_str next)
{
    struct orm_line l;

    orm_line_read(line, &l);
    if (l.kind != ORM_STATEMENT)
        return 0;
    if (!l.sql.n)
        return (is_indented(next) || l.goes_on == ORM_TO_LIST) &&
                       orm_is_sql(next)
                   ? 3
                   : 0;
    if (!l.tail || !l.open)
        return 3;
    return line.p[0] == ' ' || line.p[0] == '\t' ? 0 : 1;
}

static bool ormlog_sniff(struct tl_str head)
{
    unsigned sum = 0;

    /* The server's own words, and pages that quote a log. */
    if (!head.n || has(head, "LOG:  ") || has(head, "STATEMENT:  ") ||
        has(head, "\n```"))
        return false;
    for (size_t at = 0, n = 0; at < head.n && n < SNIFFED_LINES; n++) {
        struct tl_str line = line_at(head, at);

        at = behind_line(head, line);
        if (line.n)
            sum += weight(line, line_at(head, at));
        if (sum >= 3)
            return true;
    }
    return false;
}

const struct input_format input_ormlog = {
    .sniff = ormlog_sniff,
    .read = ormlog_read,
};
