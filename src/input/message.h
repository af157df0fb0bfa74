/*
 * message.h - what PostgreSQL's log messages say about statements.
 *
 * The grammar that csvlog, jsonlog and stderr share; a reader fills a
 * log_record with decoded fields, log_record_event() makes the event of it.
 */
#ifndef INPUT_MESSAGE_H
#define INPUT_MESSAGE_H

#include "base/buf.h"
#include "input/record.h"

/* A decoded field and where it came from. */
struct log_field {
    struct tl_str text;
    struct text_map map;
    uint64_t end; /* byte of the file behind the encoded field */
    bool plain;   /* the text is the file's own bytes */
};

struct log_record {
    struct tl_str time;
    struct tl_str session;
    struct tl_str command; /* command tag or ps display: PARSE, BIND ... */
    struct tl_str severity;
    struct tl_str transaction;
    struct tl_str application;
    struct tl_str user;
    struct tl_str database;
    struct log_field message;
    struct log_field detail;
    struct log_field query; /* the statement of an error */
    uint64_t start;
    uint64_t end;
};

/* What is kept from record to record. */
struct message_state {
    struct tl_str file;
    struct buf sql; /* of nested encodings */
    struct buf parameters;
    char day[10]; /* the last date seen and its midnight */
    int64_t day_us;
};

void message_init(struct message_state *, struct tl_str file);
void message_release(struct message_state *);

/* "2026-11-20 21:32:30.274 UTC" in microseconds since 1970, zone as UTC. */
int64_t message_time(struct message_state *, struct tl_str);
/* Does it begin as a time stamp does? */
bool message_is_time(struct tl_str);
/* Quick test of a raw message: parse and bind records tell nothing. */
bool message_is_noise(struct tl_str message);
/* False when the record is no event. */
bool log_record_event(struct message_state *, const struct log_record *,
                      struct event *out);

/*
 * Decodes a JSON string's inside into `out` (cleared first); a damaged escape
 * stands for itself.
 */
void json_decode(struct tl_str raw, struct buf *out);
/* Behind the closing quote of the string that begins at s[at] == '"', or 0
   when there is none. `escaped` is set when a backslash stands in it. */
size_t json_string_end(struct tl_str s, size_t at, bool *escaped);

#endif
