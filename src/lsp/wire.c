/*
 * wire.c - JSON-RPC messages.
 */
#include "lsp/wire.h"

#include "base/mem.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* ---- reading ---- */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The code unit of a \uXXXX at p; -1 when none stands there. */
static int escaped_unit(const char *p, const char *end)
{
    int unit = 0;

    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = hex_value(p[i]);

        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* Both kinds of escapes make cJSON cut the string, or refuse the message. */
static void repair_escapes(char *p, const char *end)
{
    while (p < end) {
        int unit = escaped_unit(p, end);
        int next = unit >= 0 ? escaped_unit(p + 6, end) : -1;

        if (unit >= 0xD800 && unit <= 0xDBFF && next >= 0xDC00 &&
            next <= 0xDFFF) {
            p += 12;
        } else if (unit == 0 || (unit >= 0xD800 && unit <= 0xDFFF)) {
            memcpy(p + 2, "fffd", 4);
            p += 6;
        } else {
            p += *p == '\\' ? 2 : 1;
        }
    }
}

cJSON *wire_parse(struct tl_str body)
{
    const char *end = NULL;
    char *copy = mem_alloc(body.n + 1);

    if (body.n)
        memcpy(copy, body.p, body.n);
    copy[body.n] = '\0';
    repair_escapes(copy, copy + body.n);
    cJSON *json = cJSON_ParseWithLengthOpts(copy, body.n + 1, &end, true);
    /* A NUL inside ends the text early. */
    if (json && end != copy + body.n) {
        cJSON_Delete(json);
        json = NULL;
    }
    mem_free(copy);
    return json;
}

const cJSON *wire_get(const cJSON *from, const char *path)
{
    while (from && *path) {
        char key[64];
        size_t n = strcspn(path, ".");

        if (n >= sizeof(key))
            return NULL;
        memcpy(key, path, n);
        key[n] = '\0';
        from = cJSON_GetObjectItemCaseSensitive(from, key);
        path += n + (path[n] == '.');
    }
    return from;
}

const char *wire_string(const cJSON *from, const char *path)
{
    return cJSON_GetStringValue(wire_get(from, path));
}

bool wire_true(const cJSON *from, const char *path)
{
    return cJSON_IsTrue(wire_get(from, path));
}

bool wire_count(const cJSON *from, const char *path, uint64_t *out)
{
    const cJSON *item = wire_get(from, path);

    if (!item || !cJSON_IsNumber(item) || !(item->valuedouble >= 0) ||
        item->valuedouble > 9e15)
        return false;
    *out = (uint64_t)item->valuedouble;
    return true;
}

bool wire_has(const cJSON *array, const char *string)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, array)
    {
        if (cJSON_IsString(item) && strcmp(item->valuestring, string) == 0)
            return true;
    }
    return false;
}

/* ---- writing ---- */

void wire_init(struct wire *w, int fd)
{
    memset(w, 0, sizeof(*w));
    w->fd = fd;
    buf_init(&w->body, 0);
}

void wire_release(struct wire *w)
{
    buf_release(&w->body);
}

static void begin(struct wire *w)
{
    buf_clear(&w->body);
    json_init(&w->json, &w->body, false);
    json_begin_object(&w->json);
    json_key(&w->json, "jsonrpc");
    json_cstr(&w->json, "2.0");
}

static void put_id(struct wire *w, const cJSON *id)
{
    json_key(&w->json, "id");
    if (cJSON_IsString(id))
        json_cstr(&w->json, id->valuestring);
    else if (!cJSON_IsNumber(id))
        json_null(&w->json);
    else if (id->valuedouble == floor(id->valuedouble) &&
             fabs(id->valuedouble) < 9e15)
        json_int(&w->json, (int64_t)id->valuedouble);
    else
        json_double(&w->json, id->valuedouble);
}

struct json *wire_result(struct wire *w, const cJSON *id)
{
    begin(w);
    put_id(w, id);
    json_key(&w->json, "result");
    return &w->json;
}

static struct json *begin_call(struct wire *w, const char *method)
{
    json_key(&w->json, "method");
    json_cstr(&w->json, method);
    json_key(&w->json, "params");
    return &w->json;
}

struct json *wire_notification(struct wire *w, const char *method)
{
    begin(w);
    return begin_call(w, method);
}

struct json *wire_request(struct wire *w, const char *method)
{
    begin(w);
    json_key(&w->json, "id");
    json_int(&w->json, ++w->requests);
    return begin_call(w, method);
}

static void write_all(struct wire *w, const char *p, size_t n)
{
    while (n && !w->failed) {
        ssize_t done = write(w->fd, p, n);

        if (done < 0 && errno != EINTR)
            w->failed = true;
        if (done > 0) {
            p += done;
            n -= (size_t)done;
        }
    }
}

void wire_send(struct wire *w)
{
    struct buf header;

    json_end_object(&w->json);
    buf_init(&header, 0);
    buf_printf(&header, "Content-Length: %zu\r\n\r\n", w->body.n);
    write_all(w, header.p, header.n);
    write_all(w, w->body.p, w->body.n);
    buf_release(&header);
}

void wire_null(struct wire *w, const cJSON *id)
{
    json_null(wire_result(w, id));
    wire_send(w);
}

void wire_error(struct wire *w, const cJSON *id, enum wire_code code,
                const char *message)
{
    begin(w);
    put_id(w, id);
    json_key(&w->json, "error");
    json_begin_object(&w->json);
    json_key(&w->json, "code");
    json_int(&w->json, code);
    json_key(&w->json, "message");
    json_cstr(&w->json, message);
    if (code == WIRE_SERVER_CANCELLED) {
        json_key(&w->json, "data");
        json_begin_object(&w->json);
        json_key(&w->json, "retriggerRequest");
        json_bool(&w->json, false);
        json_end_object(&w->json);
    }
    json_end_object(&w->json);
    wire_send(w);
}
