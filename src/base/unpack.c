/*
 * unpack.c - gzip and zstd, member by member, into an unlinked file.
 */
#include "base/unpack.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define CHUNK ((size_t)256 << 10)

struct unpacking {
    struct tl_str in;
    size_t at; /* behind what was taken of it */
    int fd;
    size_t n; /* bytes written */
    size_t max;
    char *chunk;
    struct err *err;
};

static bool is_gzip(struct tl_str s)
{
    return s.n >= 2 && memcmp(s.p, "\x1f\x8b", 2) == 0;
}

static bool is_zstd(struct tl_str s)
{
    return s.n >= 4 && memcmp(s.p, "\x28\xb5\x2f\xfd", 4) == 0;
}

bool file_is_packed(struct tl_str head)
{
    return is_gzip(head) || is_zstd(head);
}

size_t file_unpacked_path(const char *path)
{
    static const char *const endings[] = {".gz", ".zst"};
    size_t n = strlen(path);

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t m = strlen(endings[i]);

        if (n > m && strcasecmp(path + n - m, endings[i]) == 0)
            return n - m;
    }
    return n;
}

/* Not /tmp, which may be memory: a log can be larger than that. */
static int open_nameless(void)
{
    const char *folder = getenv("TMPDIR");
    char name[4096];

    if (!folder || !*folder || strlen(folder) > sizeof(name) - 32)
        folder = "/var/tmp";
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    snprintf(name, sizeof(name), "%s/tusklint-XXXXXX", folder);
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0)
        unlink(name);
    return fd;
}

static bool write_out(struct unpacking *u, size_t n)
{
    bool full = n > u->max - u->n;
    size_t at = 0;

    if (full)
        n = u->max - u->n;
    while (at < n) {
        ssize_t done = write(u->fd, u->chunk + at, n - at);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return err_errno(u->err, "cannot be unpacked");
        at += (size_t)done;
        u->n += (size_t)done;
    }
    return !full || err_set(u->err,
                            "unpacked it is larger than the limit of "
                            "%zu bytes",
                            u->max);
}

static bool damaged(const struct unpacking *u)
{
    if (u->at >= u->in.n)
        return err_set(u->err, "the packed file is cut off");
    return err_set(u->err, "the packed file is damaged near its byte %zu",
                   u->at);
}

/* One member: what one run of gzip wrote. */
static bool inflate_member(struct unpacking *u, z_stream *z)
{
    int code = Z_OK;

    while (code != Z_STREAM_END) {
        size_t left = u->in.n - u->at;

        z->next_in = (z_const Bytef *)(uintptr_t)(u->in.p + u->at);
        z->avail_in = left < CHUNK ? (uInt)left : (uInt)CHUNK;
        z->next_out = (Bytef *)u->chunk;
        z->avail_out = (uInt)CHUNK;
        uInt given = z->avail_in;
        code = inflate(z, Z_NO_FLUSH);
        u->at += given - z->avail_in;
        if (!write_out(u, CHUNK - z->avail_out))
            return false;
        if (code != Z_OK && code != Z_STREAM_END)
            return damaged(u);
    }
    return true;
}

static bool decompress_frame(struct unpacking *u, ZSTD_DCtx *z)
{
    size_t hint = 1;
    bool full = false;

    /* Asked again without input while the frame has more than a chunk. */
    while (hint != 0) {
        ZSTD_inBuffer in = {u->in.p, u->in.n, u->at};
        ZSTD_outBuffer out = {u->chunk, CHUNK, 0};

        if (u->at == u->in.n && !full)
            return damaged(u);
        hint = ZSTD_decompressStream(z, &out, &in);
        u->at = in.pos;
        if (!write_out(u, out.pos))
            return false;
        if (ZSTD_isError(hint))
            return damaged(u);
        full = out.pos == CHUNK;
    }
    return true;
}

static bool unpack_gzip(struct unpacking *u)
{
    z_stream z = {0};
    bool ok = true;

    /* 16: gzip's own head, and nothing else. */
    if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
        return err_set(u->err, "cannot be unpacked: out of memory");
    while (ok && u->at < u->in.n) {
        struct tl_str rest = {u->in.p + u->at, u->in.n - u->at};

        ok = is_gzip(rest) ? inflate_member(u, &z) : damaged(u);
        inflateReset(&z);
    }
    inflateEnd(&z);
    return ok;
}

static bool unpack_zstd(struct unpacking *u)
{
    ZSTD_DCtx *z = ZSTD_createDCtx();
    bool ok = true;

    if (!z)
        return err_set(u->err, "cannot be unpacked: out of memory");
    while (ok && u->at < u->in.n)
        ok = decompress_frame(u, z);
    ZSTD_freeDCtx(z);
    return ok;
}

/* What was written takes the packed file's place. */
static bool take_over(struct file *f, const struct unpacking *u)
{
    void *p = NULL;

    if (u->n) {
        p = mmap(NULL, u->n, PROT_READ, MAP_PRIVATE, u->fd, 0);
        if (p == MAP_FAILED)
            return err_errno(u->err, "cannot be unpacked");
        madvise(p, u->n, MADV_SEQUENTIAL);
    }
    file_release(f);
    if (u->n)
        *f = (struct file){.text = {p, u->n}, .mapped = true};
    return true;
}

bool file_unpack(struct file *f, size_t max, struct err *e)
{
    struct unpacking u = {.in = f->text, .max = max, .err = e};

    u.fd = open_nameless();
    if (u.fd < 0) {
        err_errno(e, "cannot be unpacked: no temporary file");
        file_release(f);
        return false;
    }
    u.chunk = mem_alloc(CHUNK);
    bool ok = is_gzip(f->text) ? unpack_gzip(&u) : unpack_zstd(&u);
    mem_free(u.chunk);
    if (!take_over(f, &u)) {
        file_release(f);
        ok = false;
    }
    close(u.fd);
    return ok;
}
