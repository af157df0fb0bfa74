/*
 * backends.h - records of a text log, put together by backend.
 *
 * What one backend says may come in several lines, and those of other backends
 * stand between them: DETAIL and STATEMENT belong to the record that the same
 * backend began before. A record is therefore held back until its backend says
 * something else; only places in the file are held, never text.
 */
#ifndef INPUT_BACKENDS_H
#define INPUT_BACKENDS_H

#include "input/message.h"
#include "input/prefix.h"

/* Backends that are waited for. Behind that many lines nothing more comes. */
#define BACKENDS_MAX 1024
#define LINES_WAITED 20000
/* Of one decoded text; what is longer is an error. */
#define MESSAGE_MAX ((size_t)64 << 20)

/* A severity's text: from its first byte to the end of its last line. */
struct piece {
    size_t start;
    size_t end;
    bool encoded; /* of several lines, or with escapes */
};

struct backend {
    struct tl_str key; /* in the file */
    bool open;         /* a record is held back */
    size_t line;       /* the last of its record */
    struct prefix_values prefix;
    struct tl_str stamp; /* the time that syslog gives, where it has a year */
    struct tl_str severity;
    struct piece message;
    struct piece detail;
    struct piece statement;
    struct piece *growing; /* what continuation lines belong to */
    uint64_t sequence;     /* syslog's numbers of its last line */
    uint64_t chunk;
    size_t start;
    size_t end;
};

struct backends {
    struct tl_str file;
    const struct input_sink *sink;
    enum text_encoding encoding; /* of pieces that are encoded */
    struct message_state state;
    struct buf message, detail, query;
    struct backend list[BACKENDS_MAX];
    uint64_t hashes[BACKENDS_MAX]; /* of their keys */
    size_t n;
    struct backend *last; /* found; most lines are of the one before */
    size_t line;
    size_t reported; /* progress */
    bool stopped;
};

struct backends *backends_new(struct tl_str file, const struct input_sink *,
                              enum text_encoding);
void backends_free(struct backends *);

/* What a line with a prefix begins. */
struct log_line {
    struct prefix_values prefix;
    struct tl_str severity;
    struct tl_str stamp;
    size_t start; /* of the line */
    struct piece text;
};

/* The backend of that name, or NULL: it said nothing yet. */
struct backend *backends_find(struct backends *, struct tl_str key);
/* Begins a record, or adds a DETAIL or STATEMENT to the one before. */
struct backend *backends_take(struct backends *, struct tl_str key,
                              const struct log_line *);
/* A line that goes on with what the backend said. */
void backend_grow(const struct backends *, struct backend *, size_t end);

/* Nothing more comes of its record. */
void backend_close(struct backends *, struct backend *);
/* DETAIL and the like: belongs to the record before it. */
bool log_is_part(struct tl_str severity);

/* A line was read, up to `at`. */
void backends_step(struct backends *, size_t at);
/* All that is held back, to the sink. */
void backends_finish(struct backends *);
/* Of the mark at the beginning of the file, or 0. */
size_t backends_bom(struct tl_str);

/* Hands the file's lines, without their LF, to `line`; then all that is held
   back to the sink. */
void backends_read(struct backends *,
                   void (*line)(void *arg, size_t start, size_t end),
                   void *arg);

#endif
