/*
 * pgss.c - exports of pg_stat_statements: CSV with a header, a JSON array, or
 * an object a line. And of pg_stat_activity, which tells what ran, once each.
 *
 * Columns are found by name, because each release renames some:
 * total_time became total_exec_time in 13 (pgstatstatements.html). What has no
 * text (NULL) tells nothing and is passed over.
 */
#include "input/pgss.h"
#include "base/scan.h"

#include <math.h>
#include <stdlib.h>

#define COLUMNS_MAX 96

static const struct {
    enum pgss_column column;
    const char *name;
} names[] = {
    {PGSS_QUERY, "query"},
    {PGSS_CALLS, "calls"},
    {PGSS_TOTAL, "total_exec_time"},
    {PGSS_TOTAL, "total_time"},
    {PGSS_MAX, "max_exec_time"},
    {PGSS_MAX, "max_time"},
    {PGSS_ROWS, "rows"},
    {PGSS_TOPLEVEL, "toplevel"},
    {PGSS_USER, "userid"},
    {PGSS_DATABASE, "dbid"},
    {PGSS_DATABASE, "datname"},
    {PGSS_USER, "usename"},
    {PGSS_APPLICATION, "application_name"},
    {PGSS_STATE, "state"},
};

int pgss_column(struct tl_str name)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (tl_str_is(name, names[i].name))
            return (int)names[i].column;
    return -1;
}

struct reader {
    struct tl_str file;
    size_t at;
    struct buf text;
    const struct input_sink *sink;
};

/* -1 where there is none. */
static double number(struct tl_str s)
{
    char digits[64];
    char *end;

    if (!s.n || s.n >= sizeof(digits))
        return -1;
    memcpy(digits, s.p, s.n);
    digits[s.n] = '\0';
    double value = strtod(digits, &end);
    return *end || !isfinite(value) || value < 0 ? -1 : value;
}

/* Its own statement's, not one of a function it calls. */
static bool is_inner(struct tl_str toplevel)
{
    return toplevel.n && (toplevel.p[0] == 'f' || toplevel.p[0] == 'F');
}

bool pgss_columns_do(const bool seen[PGSS_COLUMNS])
{
    return seen[PGSS_QUERY] && (seen[PGSS_CALLS] || seen[PGSS_STATE]);
}

/* A text of pg_stat_activity is cut at track_activity_query_size, 1 KiB unless
   somebody raised it, and leaves no mark; a character less than whole is left
   out. */
#define ACTIVITY_WHOLE 1020

static bool tells_nothing(const struct pgss_row *row)
{
    bool activity = row->values[PGSS_STATE].p != NULL;

    return !row->query.text.n || is_inner(row->values[PGSS_TOPLEVEL]) ||
           (activity && row->query.text.n >= ACTIVITY_WHOLE);
}

bool pgss_emit(const struct input_sink *sink, const struct pgss_row *row)
{
    struct event e = {.kind = EVENT_STATISTICS, .time_us = EVENT_NO_TIME};
    double calls = 1;

    if (!row->values[PGSS_STATE].p)
        calls = number(row->values[PGSS_CALLS]);
    if (calls < 0) {
        sink->error(sink->arg, row->start, row->end, "calls is no number");
        return true;
    }
    if (tells_nothing(row))
        return true;
    if (tl_str_is(row->query.text, "<insufficient privilege>"))
        e.kind = EVENT_HIDDEN;
    else
        e.sql = row->query.text;
    e.map = row->query.map;
    e.span.start = row->query.map.base;
    e.span.end = row->query.end;
    e.calls = calls < 1e18 ? (uint64_t)calls : 0;
    e.ms = number(row->values[PGSS_TOTAL]);
    e.max_ms = number(row->values[PGSS_MAX]);
    e.rows = number(row->values[PGSS_ROWS]);
    e.user = row->values[PGSS_USER];
    e.database = row->values[PGSS_DATABASE];
    e.application = row->values[PGSS_APPLICATION];
    e.record_start = row->start;
    e.record_end = row->end;
    return sink->event(sink->arg, &e);
}

/* ---- CSV ---- */

struct cell {
    struct tl_str raw; /* without its quotes */
    bool quoted;
    bool doubled;
};

/* Reads a cell; false when its quotes do not end. */
static bool read_cell(struct reader *r, struct cell *c)
{
    struct tl_str s = r->file;
    size_t p = r->at;

    *c = (struct cell){.quoted = p < s.n && s.p[p] == '"'};
    if (!c->quoted) {
        while (p < s.n && s.p[p] != ',' && s.p[p] != '\n' && s.p[p] != '\r')
            p++;
        c->raw = (struct tl_str){s.p + r->at, p - r->at};
        r->at = p;
        return true;
    }
    size_t from = ++p;
    for (;;) {
        const char *quote = p < s.n ? memchr(s.p + p, '"', s.n - p) : NULL;

        if (!quote)
            return false;
        p = (size_t)(quote - s.p) + 1;
        if (p >= s.n || s.p[p] != '"')
            break;
        c->doubled = true;
        p++;
    }
    c->raw = (struct tl_str){s.p + from, p - 1 - from};
    r->at = p;
    return true;
}

/* Behind the cell: true when another one follows in the row. */
static bool next_cell(struct reader *r)
{
    struct tl_str s = r->file;

    if (r->at < s.n && s.p[r->at] == ',') {
        r->at++;
        return true;
    }
    while (r->at < s.n && s.p[r->at] != '\n')
        r->at++;
    r->at += r->at < s.n;
    return false;
}

static struct log_field decode_cell(struct reader *r, const struct cell *c)
{
    struct log_field f = {.text = c->raw, .plain = !c->doubled};

    f.map.base = (uint64_t)(c->raw.p - r->file.p);
    f.map.encoding = c->quoted ? TEXT_CSV : TEXT_PLAIN;
    f.end = f.map.base + c->raw.n;
    if (!c->doubled)
        return f;
    buf_clear(&r->text);
    for (size_t i = 0; i < c->raw.n; i++) {
        buf_char(&r->text, c->raw.p[i]);
        i += c->raw.p[i] == '"';
    }
    f.text = buf_view(&r->text);
    return f;
}

static size_t read_header(struct reader *r, int columns[COLUMNS_MAX])
{
    size_t n = 0;
    struct cell c;

    do {
        if (!read_cell(r, &c))
            return 0;
        if (n < COLUMNS_MAX)
            columns[n++] = pgss_column(c.raw);
    } while (next_cell(r));
    return n;
}

static bool read_csv_row(struct reader *r, const int *columns, size_t n)
{
    struct pgss_row row = {.start = r->at};
    struct cell query = {.raw = TL_NONE};
    size_t i = 0;

    do {
        struct cell c;

        if (!read_cell(r, &c)) {
            r->sink->error(r->sink->arg, row.start, r->file.n,
                           "the quoted field does not end");
            r->at = r->file.n;
            return true;
        }
        if (i < n && columns[i] >= 0)
            row.values[columns[i]] = c.raw;
        if (i < n && columns[i] == PGSS_QUERY)
            query = c;
        i++;
    } while (next_cell(r));
    row.end = r->at;
    /* An empty line at the end is no row. */
    if (i == 1 && !row.values[PGSS_CALLS].n && !row.values[PGSS_STATE].n)
        return true;
    if (query.raw.p)
        row.query = decode_cell(r, &query);
    return pgss_emit(r->sink, &row);
}

static bool read_csv(struct reader *r)
{
    int columns[COLUMNS_MAX];
    size_t n = read_header(r, columns);

    while (r->at < r->file.n)
        if (!read_csv_row(r, columns, n))
            return false;
    return true;
}

/* ---- JSON ---- */

static void take_member(struct reader *r, const struct scan *s,
                        struct scan_token key, struct scan_token value,
                        struct pgss_row *row)
{
    struct tl_str name = {s->text.p + key.start + 1, key.end - key.start - 2};
    struct tl_str raw = {s->text.p + value.start, value.end - value.start};
    int column = pgss_column(name);

    if (column < 0)
        return;
    if (value.kind == SCAN_STRING)
        raw = (struct tl_str){raw.p + 1, raw.n - 2};
    row->values[column] = raw;
    if (column != PGSS_QUERY || value.kind != SCAN_STRING)
        return;
    row->query = (struct log_field){.text = raw, .plain = true};
    row->query.map.base = value.start + 1;
    row->query.map.encoding = TEXT_JSON;
    row->query.end = value.end - 1;
    if (memchr(raw.p, '\\', raw.n)) {
        json_decode(raw, &r->text);
        row->query.text = buf_view(&r->text);
        row->query.plain = false;
    }
}

/* Behind the opening brace; false when it breaks off. */
static bool read_object(struct reader *r, struct scan *s, struct pgss_row *row)
{
    for (;;) {
        struct scan_token key = scan_next(s);

        if (key.kind == SCAN_PUNCT && key.punct == '}')
            break;
        if (key.kind == SCAN_PUNCT && key.punct == ',')
            continue;
        struct scan_token colon = scan_next(s);
        struct scan_token value = scan_next(s);
        if (key.kind != SCAN_STRING || colon.kind != SCAN_PUNCT ||
            colon.punct != ':' || value.kind == SCAN_END ||
            value.kind == SCAN_BAD)
            return false;
        if (value.kind == SCAN_PUNCT)
            scan_skip(s, value);
        else
            take_member(r, s, key, value, row);
    }
    row->end = s->at;
    return true;
}

static bool read_json(struct reader *r)
{
    struct scan s = {r->file, r->at};

    for (;;) {
        struct scan_token t = scan_next(&s);
        struct pgss_row row = {.start = t.start};

        if (t.kind == SCAN_END)
            return true;
        if (t.kind == SCAN_PUNCT && t.punct == '{') {
            if (read_object(r, &s, &row)) {
                if (!pgss_emit(r->sink, &row))
                    return false;
                continue;
            }
        } else if (t.kind == SCAN_PUNCT &&
                   (t.punct == '[' || t.punct == ']' || t.punct == ',')) {
            continue;
        }
        r->sink->error(r->sink->arg, row.start, r->file.n,
                       "the JSON breaks off or is damaged from here on");
        return true;
    }
}

/* ---- the format ---- */

static size_t skip_bom(struct tl_str s)
{
    return s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static bool is_json(struct tl_str s)
{
    size_t at = skip_bom(s);

    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\n' || s.p[at] == '\r' ||
                        s.p[at] == '\t'))
        at++;
    return at < s.n && (s.p[at] == '[' || s.p[at] == '{');
}

static bool pgss_read(struct tl_str file, const struct input_sink *sink)
{
    struct reader r = {.file = file, .at = skip_bom(file), .sink = sink};

    buf_init(&r.text, 0);
    bool whole = is_json(file) ? read_json(&r) : read_csv(&r);
    buf_release(&r.text);
    return whole;
}

static bool has(struct tl_str head, const char *word)
{
    return memmem(head.p, head.n, word, strlen(word)) != NULL;
}

static bool csv_sniff(struct tl_str head)
{
    struct reader r = {.file = head, .at = skip_bom(head)};
    int columns[COLUMNS_MAX];
    bool seen[PGSS_COLUMNS] = {false};
    const char *line = memchr(head.p, '\n', head.n);

    if (line)
        r.file.n = (size_t)(line - head.p);
    size_t n = read_header(&r, columns);
    for (size_t i = 0; i < n; i++)
        if (columns[i] >= 0)
            seen[columns[i]] = true;
    return n > 1 && pgss_columns_do(seen);
}

static bool pgss_sniff(struct tl_str head)
{
    if (is_json(head))
        return has(head, "\"query\"") &&
               ((has(head, "\"calls\"") && (has(head, "\"total_exec_time\"") ||
                                            has(head, "\"total_time\""))) ||
                (has(head, "\"state\"") && has(head, "\"usename\"")));
    return head.n && csv_sniff(head);
}

const struct input_format input_pgss = {
    .sniff = pgss_sniff,
    .read = pgss_read,
};
