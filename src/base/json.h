/*
 * json.h - a streaming JSON writer.
 *
 * Writes into a buf; keeps commas and nesting itself. Bytes that are not UTF-8
 * become U+FFFD, so that what comes out is always valid JSON. What a terminal
 * or a CI runner's log would obey or hide (controls, characters that turn the
 * writing direction, "##[") is escaped: it reads back as it was. Reading is
 * cJSON's job.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

#define JSON_DEPTH 64

struct json {
    struct buf *out;
    bool pretty; /* two spaces a level, one member a line */
    int depth;
    bool has_member[JSON_DEPTH];
    bool after_key;
};

void json_init(struct json *, struct buf *, bool pretty);
void json_begin_object(struct json *);
void json_end_object(struct json *);
void json_begin_array(struct json *);
void json_end_array(struct json *);
void json_key(struct json *, const char *);
void json_str(struct json *, struct tl_str);
void json_cstr(struct json *, const char *); /* NULL writes null */
void json_int(struct json *, int64_t);
void json_double(struct json *, double);
void json_bool(struct json *, bool);
void json_null(struct json *);
/* Text that is JSON already. */
void json_raw(struct json *, struct tl_str);

#endif
