/*
 * digest.c - a capture's shapes as JSON lines, written and read again.
 */
#include "input/digest.h"

#include "base/json.h"
#include "base/scan.h"
#include "input/message.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Of one line: more would be another format. */
#define MEMBERS_MAX 64
#define MARK "{\"tusklint_digest\":"

/* ---- writing ---- */

static void write_count(struct json *j, const char *key, uint64_t n)
{
    json_key(j, key);
    json_int(j, (int64_t)n);
}

static void write_hex(struct json *j, const char *key, uint64_t n)
{
    char digits[17];

    snprintf(digits, sizeof(digits), "%016" PRIx64, n);
    json_key(j, key);
    json_cstr(j, digits);
}

static void write_times(struct json *j, const struct histogram *h)
{
    struct histogram_walk walk = histogram_walk(h);
    struct histogram_bucket bucket;

    if (!h->counts.n)
        return;
    json_key(j, "times");
    json_begin_array(j);
    while (histogram_next(&walk, &bucket)) {
        json_begin_array(j);
        json_int(j, bucket.number);
        json_int(j, (int64_t)bucket.count);
        json_end_array(j);
    }
    json_end_array(j);
}

static void write_sketch(struct json *j, const char *key,
                         const struct sketch *s)
{
    if (!s->n)
        return;
    json_key(j, key);
    json_begin_array(j);
    for (uint32_t i = 0; i < s->n; i++) {
        json_begin_array(j);
        json_str(j, s->entries[i].text);
        json_int(j, (int64_t)s->entries[i].count);
        json_end_array(j);
    }
    json_end_array(j);
}

void digest_write(struct buf *out, uint64_t shape, struct tl_str display,
                  const struct shape_stats *s)
{
    struct json j;

    json_init(&j, out, false);
    json_begin_object(&j);
    write_count(&j, "tusklint_digest", DIGEST_VERSION);
    write_hex(&j, "shape", shape);
    json_key(&j, "query");
    json_str(&j, display);
    write_count(&j, "calls", s->calls);
    write_count(&j, "errors", s->errors);
    if (s->has_total) {
        write_count(&j, "timed", s->timed);
        write_count(&j, "total_us", s->total_us);
        write_count(&j, "max_us", s->max_us);
    }
    if (s->has_rows)
        write_count(&j, "rows", s->rows);
    if (s->first_us <= s->last_us) {
        json_key(&j, "first_us");
        json_int(&j, s->first_us);
        json_key(&j, "last_us");
        json_int(&j, s->last_us);
    }
    write_times(&j, &s->times);
    if (s->constants)
        write_hex(&j, "constants", s->constants);
    write_sketch(&j, "applications", &s->applications);
    write_sketch(&j, "routes", &s->routes);
    write_sketch(&j, "parameters", &s->parameters);
    write_sketch(&j, "examples", &s->examples);
    json_end_object(&j);
    buf_char(out, '\n');
}

/* ---- reading ---- */

struct line {
    struct scan scan;
    struct arena *arena;
    struct shape_stats stats;
    uint64_t shape;
    struct tl_str display;
    struct scan_token example; /* its place in the file */
    bool has_example;
    bool bad;
};

static uint64_t take_count(struct line *l, struct scan_token t)
{
    double x = scan_number(&l->scan, t);

    if (!(x >= 0 && x <= (double)STATS_COUNT_MAX && floor(x) == x)) {
        l->bad = true;
        return 0;
    }
    return (uint64_t)x;
}

static int64_t take_time(struct line *l, struct scan_token t)
{
    double x = scan_number(&l->scan, t);

    l->bad |= !(fabs(x) <= (double)STATS_COUNT_MAX);
    return l->bad ? 0 : (int64_t)x;
}

static bool is_punct(struct scan_token t, char c)
{
    return t.kind == SCAN_PUNCT && t.punct == c;
}

/* [first, count]; false behind the last pair. */
static bool next_pair(struct line *l, struct scan_token *first, uint64_t *count)
{
    struct scan_token t = scan_next(&l->scan);

    if (is_punct(t, ','))
        t = scan_next(&l->scan);
    if (is_punct(t, ']'))
        return false;
    *first = scan_next(&l->scan);
    bool comma = is_punct(scan_next(&l->scan), ',');
    *count = take_count(l, scan_next(&l->scan));
    bool closed = is_punct(scan_next(&l->scan), ']');
    l->bad |= !is_punct(t, '[') || !comma || !closed;
    return !l->bad;
}

static void take_times(struct line *l)
{
    struct scan_token t;
    uint64_t count;

    while (next_pair(l, &t, &count)) {
        uint64_t number = take_count(l, t);

        l->bad |= number >= HISTOGRAM_BUCKETS;
        if (!l->bad)
            histogram_add(&l->stats.times, (uint32_t)number, count);
    }
}

static void take_sketch(struct line *l, struct sketch *s, uint32_t capacity)
{
    struct scan_token t;
    uint64_t count;

    while (next_pair(l, &t, &count)) {
        l->bad |= t.kind != SCAN_STRING;
        if (l->bad)
            return;
        if (s == &l->stats.examples) {
            l->example = t;
            l->has_example = true;
        }
        sketch_add(s, capacity, scan_string(&l->scan, t, l->arena), count);
    }
}

static struct tl_str text_of(struct line *l, struct scan_token t)
{
    l->bad |= t.kind != SCAN_STRING;
    return l->bad ? TL_NONE : scan_string(&l->scan, t, l->arena);
}

static uint64_t take_hex(struct line *l, struct scan_token t)
{
    struct tl_str hex = text_of(l, t);
    char digits[17] = "";
    char *end = digits;
    uint64_t n = 0;

    if (hex.n == 16) {
        memcpy(digits, hex.p, 16);
        n = strtoull(digits, &end, 16);
    }
    l->bad |= end != digits + 16;
    return n;
}

static const struct {
    const char *name;
    size_t at;
} counts[] = {
    {"calls", offsetof(struct shape_stats, calls)},
    {"errors", offsetof(struct shape_stats, errors)},
    {"timed", offsetof(struct shape_stats, timed)},
    {"total_us", offsetof(struct shape_stats, total_us)},
    {"max_us", offsetof(struct shape_stats, max_us)},
    {"rows", offsetof(struct shape_stats, rows)},
};

static const struct {
    const char *name;
    size_t at;
    uint32_t capacity;
} sketches[] = {
    {"applications", offsetof(struct shape_stats, applications),
     STATS_APPLICATIONS},
    {"routes", offsetof(struct shape_stats, routes), STATS_ROUTES},
    {"parameters", offsetof(struct shape_stats, parameters), STATS_PARAMETERS},
    {"examples", offsetof(struct shape_stats, examples), STATS_EXAMPLES},
};

static bool take_counts(struct line *l, struct tl_str name, struct scan_token t)
{
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        if (!tl_str_is(name, counts[i].name))
            continue;
        uint64_t *to = (void *)((char *)&l->stats + counts[i].at);
        *to = take_count(l, t);
        l->stats.has_total |= to == &l->stats.total_us;
        l->stats.has_rows |= to == &l->stats.rows;
        return true;
    }
    return false;
}

static bool take_sketches(struct line *l, struct tl_str name,
                          struct scan_token t)
{
    for (size_t i = 0; i < sizeof(sketches) / sizeof(sketches[0]); i++) {
        if (!tl_str_is(name, sketches[i].name))
            continue;
        l->bad |= !is_punct(t, '[');
        if (!l->bad)
            take_sketch(l, (void *)((char *)&l->stats + sketches[i].at),
                        sketches[i].capacity);
        return true;
    }
    return false;
}

/* Members of later versions are passed over. */
static void take_member(struct line *l, struct tl_str name, struct scan_token t)
{
    if (tl_str_is(name, "tusklint_digest"))
        l->bad |= take_count(l, t) != DIGEST_VERSION;
    else if (tl_str_is(name, "shape"))
        l->shape = take_hex(l, t);
    else if (tl_str_is(name, "constants"))
        l->stats.constants = take_hex(l, t);
    else if (tl_str_is(name, "query"))
        l->display = text_of(l, t);
    else if (tl_str_is(name, "first_us"))
        l->stats.first_us = take_time(l, t);
    else if (tl_str_is(name, "last_us"))
        l->stats.last_us = take_time(l, t);
    else if (tl_str_is(name, "times") && is_punct(t, '['))
        take_times(l);
    else if (!take_counts(l, name, t) && !take_sketches(l, name, t))
        scan_skip(&l->scan, t);
}

static void read_members(struct line *l)
{
    l->bad = !is_punct(scan_next(&l->scan), '{');
    for (size_t n = 0; !l->bad; n++) {
        struct scan_token key = scan_next(&l->scan);

        if (is_punct(key, '}'))
            break;
        if (n > 0 && is_punct(key, ','))
            key = scan_next(&l->scan);
        bool colon = is_punct(scan_next(&l->scan), ':');
        struct scan_token value = scan_next(&l->scan);
        l->bad = n == MEMBERS_MAX || key.kind != SCAN_STRING || !colon ||
                 value.kind == SCAN_END || value.kind == SCAN_BAD;
        if (!l->bad)
            take_member(l, scan_string(&l->scan, key, l->arena), value);
    }
    struct scan_token rest =
        l->bad ? (struct scan_token){SCAN_BAD, 0, 0, 0} : scan_next(&l->scan);
    l->bad |= rest.kind != SCAN_END || !l->shape || !l->display.n;
}

/* Its own text: an example, or the shape with its values cut out. */
static void set_text(const struct line *l, size_t start, struct event *e)
{
    const struct sketch *examples = &l->stats.examples;

    e->display = l->display;
    e->sql = examples->n ? examples->entries[0].text : l->display;
    e->span = (struct tl_span){e->record_start, e->record_end, 0};
    e->map = (struct text_map){.base = start, .encoding = TEXT_JSON};
    if (!l->has_example || examples->n != 1)
        return;
    e->map.base = start + l->example.start + 1;
    e->span.start = e->map.base;
    e->span.end = start + l->example.end - 1;
}

static bool read_line(struct tl_str file, size_t start, size_t end,
                      struct arena *arena, const struct input_sink *sink)
{
    struct line l = {.scan = {{file.p + start, end - start}, 0},
                     .arena = arena};
    bool go_on = true;

    stats_init(&l.stats);
    read_members(&l);
    if (l.bad) {
        sink->error(sink->arg, start, end, "the line is no digest of a query");
    } else {
        struct event e = {.kind = EVENT_STATISTICS,
                          .time_us = EVENT_NO_TIME,
                          .ms = -1,
                          .rows = -1,
                          .max_ms = -1,
                          .calls = l.stats.calls,
                          .shape = l.shape,
                          .summary = &l.stats,
                          .record_start = start,
                          .record_end = end};

        set_text(&l, start, &e);
        go_on = sink->event(sink->arg, &e);
    }
    stats_release(&l.stats);
    arena_clear(arena);
    return go_on;
}

static bool is_blank(struct tl_str file, size_t start, size_t end)
{
    while (start < end && (file.p[start] == ' ' || file.p[start] == '\r'))
        start++;
    return start == end;
}

/* Several MiB of file between two reports of progress. */
#define PROGRESS_STEP ((size_t)8 << 20)

static bool digest_read(struct tl_str file, const struct input_sink *sink)
{
    struct arena arena;
    size_t reported = 0;
    bool go_on = true;

    arena_init(&arena, 0);
    for (size_t at = 0; at < file.n && go_on;) {
        const char *newline = memchr(file.p + at, '\n', file.n - at);
        size_t end = newline ? (size_t)(newline - file.p) : file.n;

        if (!is_blank(file, at, end))
            go_on = read_line(file, at, end, &arena, sink);
        at = end + 1;
        if (sink->progress && at < file.n && at - reported > PROGRESS_STEP) {
            reported = at;
            sink->progress(sink->arg, at);
        }
    }
    arena_release(&arena);
    return go_on;
}

static bool digest_sniff(struct tl_str head)
{
    return head.n > sizeof(MARK) && memcmp(head.p, MARK, sizeof(MARK) - 1) == 0;
}

const struct input_format input_digest = {
    .sniff = digest_sniff,
    .read = digest_read,
};
