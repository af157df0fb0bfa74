/*
 * server.c - the loop: what is there is read, then worked off in order.
 *
 * Reading everything first is the debounce, and what makes cancelling work:
 * diagnostics are sent when nothing else waits, and a request whose
 * cancellation lies in the same pile is not begun.
 */
#include "lsp/server.h"

#include "lsp/answers.h"
#include "lsp/framing.h"
#include "lsp/lifecycle.h"
#include "lsp/sync.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Messages that wait; the rest stays in the pipe. */
#define MAX_QUEUE 1000
/* Milliseconds without a message, after which documents are looked at that
   somebody else's edit may have changed. */
#define QUIET_TIME 300

struct message {
    cJSON *json;
    bool cancelled;
};

struct server {
    struct session session;
    struct framing framing;
    VEC(struct message) queue;
    size_t next; /* of the queue; what is before is done */
    int in;
    bool initialized;
    bool shut_down;
    bool done;
    bool at_end; /* the client will say no more */
};

/* ---- what waits ---- */

static bool same_id(const cJSON *a, const cJSON *b)
{
    if (cJSON_IsNumber(a) && cJSON_IsNumber(b))
        return !(a->valuedouble < b->valuedouble) &&
               !(a->valuedouble > b->valuedouble);
    return cJSON_IsString(a) && cJSON_IsString(b) &&
           strcmp(a->valuestring, b->valuestring) == 0;
}

static void cancel(struct server *v, const cJSON *id)
{
    for (size_t i = v->next; i < v->queue.n; i++)
        if (same_id(wire_get(v->queue.v[i].json, "id"), id))
            v->queue.v[i].cancelled = true;
}

static void enqueue(struct server *v, struct tl_str body)
{
    cJSON *json = wire_parse(body);
    const char *method = wire_string(json, "method");

    if (!json) {
        wire_error(&v->session.wire, NULL, WIRE_PARSE_ERROR,
                   "the message is no JSON");
        return;
    }
    if (method && strcmp(method, "$/cancelRequest") == 0) {
        cancel(v, wire_get(json, "params.id"));
        cJSON_Delete(json);
        return;
    }
    vec_push(&v->queue, (struct message){json, false});
}

static void take_frames(struct server *v)
{
    const char *problem = NULL;
    struct tl_str body;
    enum frame frame;

    while ((frame = framing_next(&v->framing, &body, &problem)) != FRAME_MORE) {
        if (frame == FRAME_BODY)
            enqueue(v, body);
        else
            wire_error(&v->session.wire, NULL, WIRE_PARSE_ERROR, problem);
    }
}

/* Is there anything to read within so many milliseconds? For ever: -1. */
static bool is_readable(const struct server *v, int timeout)
{
    struct pollfd p = {.fd = v->in, .events = POLLIN};

    return !v->at_end && poll(&p, 1, timeout) > 0;
}

static void read_some(struct server *v)
{
    char bytes[1 << 16];
    ssize_t n = read(v->in, bytes, sizeof(bytes));

    if (n < 0 && errno == EINTR)
        return;
    if (n <= 0) {
        v->at_end = true;
        return;
    }
    framing_feed(&v->framing, bytes, (size_t)n);
    take_frames(v);
}

static void drain(struct server *v)
{
    while (v->queue.n - v->next < MAX_QUEUE && is_readable(v, 0))
        read_some(v);
}

/* ---- requests ---- */

typedef void answer_fn(struct session *, const cJSON *id, const cJSON *params);
typedef void notice_fn(struct session *, const cJSON *params);

static const struct {
    const char *method;
    answer_fn *answer;
} requests[] = {
    {"textDocument/codeAction", actions_answer},
    {"textDocument/completion", completion_answer},
    {"textDocument/definition", definition_answer},
    {"textDocument/diagnostic", diagnostics_answer},
    {"textDocument/documentSymbol", symbols_answer},
    {"textDocument/hover", hover_answer},
};

static const struct {
    const char *method;
    notice_fn *notice;
} notices[] = {
    {"textDocument/didChange", sync_change},
    {"textDocument/didClose", sync_close},
    {"textDocument/didOpen", sync_open},
    {"textDocument/didSave", sync_save},
    {"workspace/didChangeConfiguration", sync_configuration},
    {"workspace/didChangeWatchedFiles", sync_watched},
    {"workspace/didChangeWorkspaceFolders", sync_folders},
};

/* Does a later message ask for the same document's diagnostics? */
static bool is_superseded(const struct server *v, const cJSON *json)
{
    const char *uri = wire_string(json, "params.textDocument.uri");

    for (size_t i = v->next; uri && i < v->queue.n; i++) {
        const cJSON *later = v->queue.v[i].json;
        const char *method = wire_string(later, "method");
        const char *of = wire_string(later, "params.textDocument.uri");

        if (method && of && strcmp(method, "textDocument/diagnostic") == 0 &&
            strcmp(of, uri) == 0)
            return true;
    }
    return false;
}

static void answer(struct server *v, const char *method, const cJSON *id,
                   const cJSON *json)
{
    const cJSON *params = wire_get(json, "params");
    struct wire *w = &v->session.wire;

    if (strcmp(method, "textDocument/diagnostic") == 0 &&
        is_superseded(v, json)) {
        wire_error(w, id, WIRE_SERVER_CANCELLED,
                   "a later request asks for the same");
        return;
    }
    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
        if (strcmp(requests[i].method, method) == 0) {
            requests[i].answer(&v->session, id, params);
            return;
        }
    wire_error(w, id, WIRE_METHOD_NOT_FOUND, "no such method");
}

static void handle_request(struct server *v, const char *method,
                           const cJSON *id, const cJSON *json)
{
    struct wire *w = &v->session.wire;
    bool greets = strcmp(method, "initialize") == 0;

    if (v->shut_down) {
        wire_error(w, id, WIRE_INVALID_REQUEST, "the server was shut down");
    } else if (greets && v->initialized) {
        wire_error(w, id, WIRE_INVALID_REQUEST, "initialize comes once");
    } else if (greets) {
        v->initialized = true;
        lifecycle_initialize(&v->session, id, wire_get(json, "params"));
    } else if (!v->initialized) {
        wire_error(w, id, WIRE_NOT_INITIALIZED, "initialize comes first");
    } else if (strcmp(method, "shutdown") == 0) {
        v->shut_down = true;
        wire_null(w, id);
    } else {
        answer(v, method, id, json);
    }
}

static void handle_notice(struct server *v, const char *method,
                          const cJSON *json)
{
    if (strcmp(method, "exit") == 0) {
        v->done = true;
        return;
    }
    if (!v->initialized || v->shut_down)
        return;
    if (strcmp(method, "initialized") == 0)
        lifecycle_initialized(&v->session);
    for (size_t i = 0; i < sizeof(notices) / sizeof(notices[0]); i++)
        if (strcmp(notices[i].method, method) == 0)
            notices[i].notice(&v->session, wire_get(json, "params"));
}

/* What has an id and no method answers a request of ours: nothing to do. */
static void handle(struct server *v, const struct message *m)
{
    const char *method = wire_string(m->json, "method");
    const cJSON *id = wire_get(m->json, "id");
    bool is_reply =
        !method && (wire_get(m->json, "result") || wire_get(m->json, "error"));

    if (is_reply)
        return;
    if (!method || (id && !cJSON_IsNumber(id) && !cJSON_IsString(id)))
        wire_error(&v->session.wire, NULL, WIRE_INVALID_REQUEST,
                   "a message has a method, and an id that is a number or "
                   "a string");
    else if (id && m->cancelled)
        wire_error(&v->session.wire, id, WIRE_REQUEST_CANCELLED, "cancelled");
    else if (id)
        handle_request(v, method, id, m->json);
    else
        handle_notice(v, method, m->json);
}

static void handle_next(struct server *v)
{
    struct message m = v->queue.v[v->next++];

    handle(v, &m);
    cJSON_Delete(m.json);
    if (v->next == v->queue.n)
        v->next = v->queue.n = 0;
}

/* ---- diagnostics ---- */

/* A document whose diagnostics are out of date: of those that were edited, or
   of any. */
static struct document *outdated(const struct server *v, bool edited)
{
    const struct session *s = &v->session;

    for (size_t i = 0; !s->client.pulls && i < s->documents.n; i++) {
        struct document *d = s->documents.v[i];

        if (d->shown != s->revision && (d->edited || !edited))
            return d;
    }
    return NULL;
}

/* One at a time: the user may go on meanwhile. */
static void idle(struct server *v)
{
    struct document *d = outdated(v, true);

    if (!d && outdated(v, false) && !is_readable(v, QUIET_TIME))
        d = outdated(v, false);
    if (d)
        diagnostics_publish(&v->session, d);
    else if (v->at_end)
        v->done = true;
    else if (is_readable(v, -1))
        read_some(v);
}

static void init(struct server *v, const struct lsp_options *options, int in,
                 int out)
{
    memset(v, 0, sizeof(*v));
    v->in = in;
    session_init(&v->session, options, out);
    framing_init(&v->framing);
}

static void release(struct server *v)
{
    for (size_t i = v->next; i < v->queue.n; i++)
        cJSON_Delete(v->queue.v[i].json);
    vec_release(&v->queue);
    framing_release(&v->framing);
    session_release(&v->session);
}

int lsp_serve(const struct lsp_options *options, int in, int out)
{
    struct server v;

    /* A client that went away is seen by write(). */
    signal(SIGPIPE, SIG_IGN);
    init(&v, options, in, out);
    while (!v.done && !v.session.wire.failed) {
        drain(&v);
        if (v.next < v.queue.n)
            handle_next(&v);
        else
            idle(&v);
    }
    int status = v.shut_down ? 0 : 1;
    release(&v);
    return status;
}
