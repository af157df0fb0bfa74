/*
 * framing.c - messages cut out of a stream of bytes.
 */
#include "lsp/framing.h"

#include <string.h>
#include <strings.h>

/* The buffer holds one message and what came along with it. */
#define MAX_BUFFER (2 * FRAMING_MAX_BODY)

void framing_init(struct framing *f)
{
    memset(f, 0, sizeof(*f));
    buf_init(&f->in, MAX_BUFFER);
}

void framing_release(struct framing *f)
{
    buf_release(&f->in);
}

/* Forgets what was handed out. */
static void compact(struct framing *f)
{
    if (f->at == 0)
        return;
    memmove(f->in.p, f->in.p + f->at, f->in.n - f->at);
    f->in.n -= f->at;
    f->at = 0;
}

static size_t left(const struct framing *f)
{
    return f->in.n - f->at;
}

void framing_feed(struct framing *f, const void *bytes, size_t n)
{
    size_t skipped = f->skip < n ? (size_t)f->skip : n;

    f->skip -= skipped;
    compact(f);
    buf_add(&f->in, (const char *)bytes + skipped, n - skipped);
}

/* The value of a header line with that name; none. */
static struct tl_str header_value(struct tl_str line, const char *name)
{
    size_t n = strlen(name);

    if (line.n <= n || strncasecmp(line.p, name, n) != 0 || line.p[n] != ':')
        return TL_NONE;
    line.p += n + 1;
    line.n -= n + 1;
    while (line.n && (line.p[0] == ' ' || line.p[0] == '\t')) {
        line.p++;
        line.n--;
    }
    while (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
        line.n--;
    return line;
}

static bool read_length(struct tl_str value, uint64_t *out)
{
    *out = 0;
    if (value.n == 0 || value.n > 15)
        return false;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] < '0' || value.p[i] > '9')
            return false;
        *out = *out * 10 + (uint64_t)(value.p[i] - '0');
    }
    return true;
}

/* Exactly one line says how long the body is; the others say nothing that we
   need: every client writes UTF-8. */
static bool read_header(struct tl_str block, uint64_t *length)
{
    bool found = false;

    while (block.n) {
        const char *end = memmem(block.p, block.n, "\r\n", 2);
        size_t n = end ? (size_t)(end - block.p) : block.n;
        struct tl_str value =
            header_value((struct tl_str){block.p, n}, "Content-Length");

        if (value.p && (found || !read_length(value, length)))
            return false;
        found |= value.p != NULL;
        n += end ? 2 : 0;
        block.p += n;
        block.n -= n;
    }
    return found;
}

/* Bytes up to the end of the header block, its empty line included; 0. */
static size_t header_size(const struct framing *f)
{
    const char *p = f->in.p + f->at;
    const char *end = memmem(p, left(f), "\r\n\r\n", 4);

    return end ? (size_t)(end - p) + 4 : 0;
}

static enum frame bad(const char **problem, const char *text)
{
    *problem = text;
    return FRAME_BAD;
}

/* No end of a header yet: the last bytes may be the begin of one. */
static enum frame await_header(struct framing *f, const char **problem)
{
    if (left(f) <= FRAMING_MAX_HEADER)
        return FRAME_MORE;
    bool was_lost = f->lost;

    f->lost = true;
    f->at = f->in.n - 3;
    return was_lost ? FRAME_MORE : bad(problem, "a header of more than 8 KiB");
}

static enum frame skip_body(struct framing *f, uint64_t length,
                            const char **problem)
{
    size_t here = length < left(f) ? (size_t)length : left(f);

    f->at += here;
    f->skip = length - here;
    return bad(problem, "a message of more than 64 MiB");
}

enum frame framing_next(struct framing *f, struct tl_str *body,
                        const char **problem)
{
    uint64_t length = 0;

    if (left(f) == 0)
        return FRAME_MORE;
    size_t header = header_size(f);
    if (header == 0)
        return await_header(f, problem);
    struct tl_str block = {f->in.p + f->at, header - 4};
    if (f->lost) {
        f->lost = false;
        f->at += header;
        return framing_next(f, body, problem);
    }
    if (header > FRAMING_MAX_HEADER || !read_header(block, &length)) {
        f->at += header;
        return bad(problem, "a header without one valid Content-Length");
    }
    if (length > FRAMING_MAX_BODY) {
        f->at += header;
        return skip_body(f, length, problem);
    }
    if (left(f) - header < length)
        return FRAME_MORE;
    *body = (struct tl_str){f->in.p + f->at + header, (size_t)length};
    f->at += header + (size_t)length;
    return FRAME_BODY;
}
