/*
 * record.h - what capture readers make of a log: events, one after the other.
 *
 * A reader walks a mapped file once and hands out one event at a time. What
 * an event points to is the file itself or the reader's own buffers, valid
 * until the callback returns. Bad records are handed out as errors with their
 * place, and reading goes on behind them.
 */
#ifndef INPUT_RECORD_H
#define INPUT_RECORD_H

#include "input/stats.h"
#include "input/textmap.h"

#include <tusklint/base.h>

enum event_kind {
    EVENT_EXECUTE,    /* a statement ran */
    EVENT_DURATION,   /* how long the session's last statement took */
    EVENT_FETCH,      /* it gave more rows */
    EVENT_ERROR,      /* a statement failed */
    EVENT_PLAN,       /* auto_explain: the statement and its plan */
    EVENT_STATISTICS, /* a statement and all of its executions at once */
    EVENT_HIDDEN,     /* one of those whose text the user may not see */
};

enum event_protocol { PROTOCOL_UNKNOWN, PROTOCOL_SIMPLE, PROTOCOL_EXTENDED };

#define EVENT_NO_TIME INT64_MIN

struct event {
    enum event_kind kind;
    enum event_protocol protocol;
    int64_t time_us; /* of the record, so the end; EVENT_NO_TIME */
    double ms;       /* negative: unknown; STATISTICS: of all */
    double rows;     /* returned; negative: unknown; likewise */
    uint64_t calls;  /* EVENT_STATISTICS */
    double max_ms;   /* the same; negative: unknown */
    uint64_t shape;  /* the same, of a digest: its hash; 0: none */
    const struct shape_stats *summary; /* the same: all its numbers */
    struct tl_str display;             /* the same: without values */
    struct tl_str session;             /* "6b00bc6e.1c2b"; none when unknown */
    struct tl_str transaction;         /* virtual transaction id "3/4465" */
    struct tl_str application;
    struct tl_str user;
    struct tl_str database;
    struct tl_str trace; /* id of the trace or request; else in a comment */
    struct tl_str route; /* of the request; the same */
    struct tl_str sql;   /* decoded; none for DURATION, FETCH, HIDDEN */
    struct text_map map; /* of sql; nested encodings map the outermost */
    struct tl_span span; /* of sql in the file, without the source */
    struct tl_str parameters; /* "$1 = 'x', $2 = NULL"; p NULL: not logged */
    bool parameters_cut;      /* a value ends in "..." */
    struct tl_str plan;       /* EVENT_PLAN in JSON: the object; else none */
    struct text_map plan_map;
    struct tl_span plan_span;
    uint64_t record_start; /* of the whole record in the file */
    uint64_t record_end;
};

struct input_sink {
    /* False stops the reading. */
    bool (*event)(void *arg, const struct event *);
    void (*error)(void *arg, uint64_t start, uint64_t end, const char *message);
    /* Everything before `offset` was read; may be NULL. */
    void (*progress)(void *arg, uint64_t offset);
    void *arg;
    /* Of a stderr log or syslog, when the user says it; none: found out. */
    struct tl_str log_line_prefix;
};

struct input_format {
    /* Could the file that begins like this be one? */
    bool (*sniff)(struct tl_str head);
    /* False when the sink stopped it. */
    bool (*read)(struct tl_str file, const struct input_sink *);
};

extern const struct input_format input_csvlog;
extern const struct input_format input_jsonlog;
extern const struct input_format input_syslog;
extern const struct input_format input_envelope;
extern const struct input_format input_headed;
extern const struct input_format input_stderrlog;
extern const struct input_format input_pgss;
extern const struct input_format input_psql;
extern const struct input_format input_trace;
extern const struct input_format input_ormlog;

/* The format whose sniff says yes, or NULL. */
const struct input_format *input_sniff(struct tl_str head);
/* Of the logs whose log_line_prefix only the user knows: which is it? */
const struct input_format *input_prefixed(struct tl_str head);

#endif
