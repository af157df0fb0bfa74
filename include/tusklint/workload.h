/*
 * workload.h - captured queries: shapes, and what sessions did with them.
 */
#ifndef TUSKLINT_WORKLOAD_H
#define TUSKLINT_WORKLOAD_H

#include <tusklint/base.h>
#include <tusklint/query.h>
#include <tusklint/schema.h>

enum tl_shape_class {
    TL_CLASS_OTHER,
    TL_CLASS_ONE,   /* SELECT with column = value */
    TL_CLASS_BATCH, /* SELECT with IN (many), = ANY(array) */
    TL_CLASS_RANGE,
    TL_CLASS_SCAN,
    TL_CLASS_INSERT_ONE,
    TL_CLASS_INSERT_MANY,
    TL_CLASS_UPSERT_ONE,
    TL_CLASS_UPDATE_ONE,
    TL_CLASS_DELETE_ONE,
    TL_CLASS_WRITE, /* any other INSERT, UPDATE, DELETE, MERGE */
};

/* A relation that a shape reads or writes, and the columns it looks up by. */
struct tl_shape_table {
    struct tl_name name;
    const struct tl_str *equal; /* columns compared with = to a value */
    uint32_t n_equal;
    const struct tl_str *other; /* columns compared otherwise */
    uint32_t n_other;
    bool written;
};

/* A text that came with a shape's executions, and with how many. */
struct tl_seen {
    struct tl_str text;
    uint64_t calls;
};

struct tl_shape {
    uint64_t hash;
    uint32_t number;       /* in order of first sight, from 0 */
    struct tl_str display; /* one line, values as $ marks */
    struct tl_str example; /* the first text seen, whole */
    struct tl_span span;   /* of that text in its input */
    struct tl_span last;   /* of the last execution's text */
    enum tl_shape_class class;
    const struct tl_shape_table *tables;
    uint32_t n_tables;
    struct tl_str key_column; /* TL_CLASS_ONE and *_ONE: the first equality */
    struct tl_name key_table;
    const struct tl_str *selected; /* plain columns of the select list */
    uint32_t n_selected;
    bool selects_star;
    bool locking; /* FOR UPDATE ... */
    bool volatile_call;
    bool from_capture;    /* false: a query file, not executions */
    bool from_statistics; /* its numbers are pg_stat_statements' */
    uint64_t calls;
    uint64_t errors;
    double total_ms; /* of calls with a time; negative when none had one */
    double max_ms;
    double p95_ms; /* to a sixteenth of it; negative when unknown */
    double rows;   /* returned in all; negative when unknown */
    /* Some of those that were seen. */
    const struct tl_seen *parameters; /* "$1 = '5'"; calls 0: not counted */
    uint32_t n_parameters;
    const struct tl_seen *applications; /* application_name */
    uint32_t n_applications;
    const struct tl_seen *routes; /* of the request, from tags */
    uint32_t n_routes;
    /* A bit for each set of constants that the text came with in a server's
       log, by its hash: equal sets have one bit, different ones may have. */
    uint64_t constants;
    /* Of INSERT ... ON CONFLICT DO NOTHING: the look-up in the same table that
       came next in its unit of work, and how often; NULL: none did. */
    const struct tl_shape *read_after;
    uint64_t reads_after;
};

/* At least so many different sets; counts up to 64. */
static inline unsigned tl_shape_constants(const struct tl_shape *s)
{
    unsigned n = 0;

    for (uint64_t bits = s->constants; bits; bits &= bits - 1)
        n++;
    return n;
}

/* One execution in a loop. */
struct tl_execution {
    struct tl_span span; /* of the statement's text in its input */
    double start_ms;     /* since an arbitrary moment; negative: unknown */
    double ms;           /* negative: unknown */
};

/* So many executions of a loop are kept, from its first on. */
#define TL_LOOP_RUNS 64

/* When one of them ran. */
struct tl_run {
    float after_ms; /* since the first began; negative: unknown */
    float ms;       /* negative: unknown */
};

enum tl_window {
    TL_WINDOW_TRACE, /* one trace or request id */
    TL_WINDOW_TRANSACTION,
    TL_WINDOW_SESSION, /* one connection, without long pauses */
};

enum tl_confidence { TL_LOW, TL_MEDIUM, TL_HIGH };

/* A shape that ran again and again inside one unit of work. */
struct tl_loop {
    const struct tl_shape *shape;
    uint32_t n;        /* executions */
    uint32_t distinct; /* distinct parameter vectors; 0: not captured */
    double total_ms;   /* negative: unknown */
    double think_ms;   /* mean pause before one; negative: unknown */
    bool autocommit;   /* each is known to be a transaction of its own */
    struct tl_execution first, last;
    const struct tl_run *runs; /* the first of them, in order */
    uint32_t n_runs;
    enum tl_window window;
    enum tl_confidence confidence;
    const struct tl_shape *parent; /* the query that gave the keys, or NULL */
    struct tl_execution parent_at;
    double parent_rows;                /* negative: unknown */
    bool parent_linked;                /* by a key or by the number of rows */
    const struct tl_shape *between[4]; /* shapes interleaved with it */
    uint32_t n_between;
    uint32_t occurrences; /* loops like this in the capture, this one incl. */
    struct tl_str application;
    struct tl_str tag; /* route, action or trace id; none when unknown */
};

/* Up to so many statements of one request nobody is told of. */
#define TL_REQUEST_STATEMENTS 50

/*
 * Requests of one name, each of more statements than that when what its loops
 * repeat is left out. What is known of one is known of the worst.
 */
struct tl_request {
    uint64_t hash;      /* of the name, ids in it left out */
    struct tl_str name; /* route or action; none when unknown */
    struct tl_str application;
    uint32_t n;                  /* such requests in the capture */
    uint32_t statements;         /* all of them */
    uint32_t repeated;           /* in its loops, but for the first of each */
    uint32_t shapes;             /* different ones */
    const struct tl_shape *most; /* what it ran most often */
    uint32_t most_n;
    double total_ms; /* in SQL; negative: unknown */
    struct tl_span first, last;
};

/* What is shorter nobody is told of: a pause in a transaction, and one as a
   whole. */
#define TL_PAUSE_MS 5000
#define TL_TRANSACTION_MS 60000
#define TL_WRITTEN_MAX 4

/*
 * Transactions that stayed open while nothing ran, one for each two queries
 * that such a pause lies between; else those that were long without a pause,
 * by their first query. What is known of one is known of the longest.
 */
struct tl_transaction {
    uint64_t hash; /* of the two queries */
    const struct tl_shape *before;
    const struct tl_shape *after; /* NULL: no query, mostly the end */
    struct tl_span before_at, after_at;
    double pause_ms;     /* negative: without a pause, only long */
    double total_ms;     /* from BEGIN to the end */
    double longest_ms;   /* that one of its statements took, at most */
    uint32_t statements; /* between BEGIN and the end */
    struct tl_name written[TL_WRITTEN_MAX]; /* tables, before the pause */
    uint32_t n_written;
    bool locks; /* it had locked rows (FOR UPDATE) */
    uint32_t n; /* such transactions in the capture */
    struct tl_str application;
    struct tl_str tag; /* route or action; none when unknown */
};

/* What a capture does not show. */
enum tl_gap_kind {
    TL_GAP_CUT,        /* statements without their end */
    TL_GAP_PARAMETERS, /* loops without the values they differ in */
    TL_GAP_HIDDEN,     /* statements that the user may not see */
    TL_GAP_QUICK,      /* quick statements are not logged */
    TL_GAP_SAMPLE,     /* statements are logged at random */
    TL_GAP_CLOCK,      /* the times go back */
};

/* One for each input and kind. */
struct tl_gap {
    enum tl_gap_kind kind;
    struct tl_span first; /* place */
    uint64_t n;           /* statements, loops, jumps; QUICK: all it has */
    double ms;            /* CLOCK: the longest way back; QUICK: the fastest */
};

#endif
