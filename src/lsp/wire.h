/*
 * wire.h - JSON-RPC messages: what a client's say, and writing ours.
 */
#ifndef LSP_WIRE_H
#define LSP_WIRE_H

#include "base/buf.h"
#include "base/json.h"

#include <cjson/cJSON.h>

enum wire_code {
    WIRE_PARSE_ERROR = -32700,
    WIRE_INVALID_REQUEST = -32600,
    WIRE_METHOD_NOT_FOUND = -32601,
    WIRE_INVALID_PARAMS = -32602,
    WIRE_NOT_INITIALIZED = -32002,
    WIRE_REQUEST_CANCELLED = -32800,
    WIRE_SERVER_CANCELLED = -32802, /* another request will tell */
};

/* NULL when it is no JSON. What C strings cannot hold, NUL and halves of
   surrogate pairs, comes out as U+FFFD. */
cJSON *wire_parse(struct tl_str body);

/* The member behind a dotted path; NULL. `from` may be NULL. */
const cJSON *wire_get(const cJSON *from, const char *path);
/* NULL when it is no string. */
const char *wire_string(const cJSON *from, const char *path);
bool wire_true(const cJSON *from, const char *path);
/* A whole number from 0 on; false when it is none. */
bool wire_count(const cJSON *from, const char *path, uint64_t *out);
/* Has the array this string? */
bool wire_has(const cJSON *array, const char *string);

/* Writes messages to a descriptor; `failed` once nobody reads them. */
struct wire {
    int fd;
    bool failed;
    uint32_t requests; /* sent so far: their ids */
    struct buf body;
    struct json json;
};

void wire_init(struct wire *, int fd);
void wire_release(struct wire *);
/*
 * Each of these begins a message; the caller writes one value with the writer
 * that it gives, then wire_send().
 */
struct json *wire_result(struct wire *, const cJSON *id);
struct json *wire_notification(struct wire *, const char *method);
struct json *wire_request(struct wire *, const char *method);
void wire_send(struct wire *);

void wire_null(struct wire *, const cJSON *id);
/* `id` NULL: the message had none that could be read. */
void wire_error(struct wire *, const cJSON *id, enum wire_code,
                const char *message);

#endif
