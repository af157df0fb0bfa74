/*
 * jsonentry.h - one log entry that is a JSON object.
 *
 * PostgreSQL's jsonlog has its fields in the object itself; what collects logs
 * puts them, or the line that the server wrote, somewhere inside of its own.
 * All are read alike: known names, at the top and in the objects known to
 * wrap, give the fields; everything else is passed over.
 */
#ifndef INPUT_JSONENTRY_H
#define INPUT_JSONENTRY_H

#include "input/message.h"

enum json_key {
    JSON_OTHER,
    JSON_TIME,
    JSON_STAMP, /* when it was collected, ISO 8601 */
    JSON_USER,
    JSON_DATABASE,
    JSON_SESSION,
    JSON_COMMAND,
    JSON_TRANSACTION,
    JSON_SEVERITY,
    JSON_MESSAGE,
    JSON_TEXT, /* a line as the server wrote it */
    JSON_DETAIL,
    JSON_QUERY,
    JSON_APPLICATION,
    JSON_KEYS,
};

struct json_value {
    struct tl_str raw; /* inside of the quotes */
    bool escaped;
    bool present;
    unsigned depth; /* of the object that it stands in */
};

struct json_entry {
    struct tl_str text; /* the file, up to where the entry must have ended */
    size_t at;
    bool may_hold_list;
    struct json_value values[JSON_KEYS];
};

enum json_found {
    JSON_ENTRY,
    JSON_LIST,  /* entry.at is behind the bracket of a list of entries */
    JSON_BROKEN /* entry.at is where it broke */
};

/*
 * Reads the object that begins at entry->at. Where it may be spread over
 * lines, one that begins in a line's first column begins another entry.
 */
enum json_found json_entry_read(struct json_entry *);

/* Decoded values; the buffers live as long as the reader. */
struct json_texts {
    struct buf buffers[JSON_KEYS];
};
void json_texts_init(struct json_texts *);
void json_texts_release(struct json_texts *);

/* The event of an entry with the fields of a log record; false without. */
bool json_entry_event(const struct json_entry *, struct json_texts *,
                      struct message_state *, size_t start, struct event *);

#endif
