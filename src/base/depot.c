/*
 * depot.c - see depot.h.
 */
#include "base/depot.h"

#include "base/xxh.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* All names here begin so. */
#define PREFIX "tusklint-"
#define TEMPORARY PREFIX "new-"
#define NAME_SIZE 256
/* Whoever still writes such a file has been at it for an hour. */
#define ABANDONED ((time_t)3600)

static void make_folders(const char *folder)
{
    struct arena a;

    arena_init(&a, 1024);
    char *path = arena_strdup(&a, folder);
    for (char *p = path + 1; *path && *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        mkdir(path, 0700);
        *p = '/';
    }
    mkdir(path, 0700);
    arena_release(&a);
}

bool depot_open(struct depot *d, const char *folder, struct err *e)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    struct stat st;

    d->fd = open(folder, flags);
    if (d->fd < 0 && errno == ENOENT) {
        make_folders(folder);
        d->fd = open(folder, flags);
    }
    if (d->fd < 0)
        return err_errno(e, "%s: cannot be opened as a folder", folder);
    if (fstat(d->fd, &st) == 0 && st.st_uid == geteuid() &&
        (st.st_mode & (S_IWGRP | S_IWOTH)) == 0)
        return true;
    depot_close(d);
    return err_set(e, "%s: others may write to it, or own it", folder);
}

void depot_close(struct depot *d)
{
    if (d->fd >= 0)
        close(d->fd);
    d->fd = -1;
}

static void full_name(char *out, const char *prefix, const char *name)
{
    snprintf(out, NAME_SIZE, "%s%s", prefix, name);
}

static bool read_whole(int fd, size_t size, struct file *f)
{
    char *p = mem_alloc(size + 1);
    size_t at = 0;

    while (at < size) {
        ssize_t n = pread(fd, p + at, size - at, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        at += (size_t)n;
    }
    *f = (struct file){.text = {p, at}, .owned = true};
    if (at == size)
        return true;
    file_release(f);
    return false;
}

/* In front stands the sum of the rest. */
static bool is_whole(const struct file *f, struct tl_str *bytes)
{
    XXH64_canonical_t sum;

    if (f->text.n < sizeof(sum))
        return false;
    memcpy(&sum, f->text.p, sizeof(sum));
    bytes->p = f->text.p + sizeof(sum);
    bytes->n = f->text.n - sizeof(sum);
    return XXH64_hashFromCanonical(&sum) == XXH3_64bits(bytes->p, bytes->n);
}

bool depot_read(const struct depot *d, const char *name, size_t max,
                struct file *f, struct tl_str *bytes)
{
    char path[NAME_SIZE];
    struct stat st;

    full_name(path, PREFIX, name);
    int fd =
        openat(d->fd, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return false;
    /* Files that came with a checkout are open to all: those are not ours. */
    bool ok =
        fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
        (st.st_mode & (S_IRWXG | S_IRWXO)) == 0 &&
        (uint64_t)st.st_size <= max && read_whole(fd, (size_t)st.st_size, f);
    close(fd);
    if (ok && !is_whole(f, bytes)) {
        file_release(f);
        ok = false;
    }
    return ok;
}

static bool write_whole(int fd, struct tl_str s)
{
    while (s.n) {
        ssize_t n = write(fd, s.p, s.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s.p += n;
        s.n -= (size_t)n;
    }
    return true;
}

bool depot_write(const struct depot *d, const char *name, struct tl_str text)
{
    char temporary[NAME_SIZE];
    char path[NAME_SIZE];
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(temporary, sizeof(temporary), TEMPORARY "%ld-%lld-%ld",
             (long)getpid(), (long long)now.tv_sec, now.tv_nsec);
    full_name(path, PREFIX, name);
    int fd = openat(d->fd, temporary,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    XXH64_canonical_t sum;
    XXH64_canonicalFromHash(&sum, XXH3_64bits(text.p, text.n));
    bool ok =
        write_whole(fd, (struct tl_str){(const char *)&sum, sizeof(sum)}) &&
        write_whole(fd, text);
    ok = close(fd) == 0 && ok;
    ok = ok && renameat(d->fd, temporary, d->fd, path) == 0;
    if (!ok)
        unlinkat(d->fd, temporary, 0);
    return ok;
}

void depot_touch(const struct depot *d, const char *name)
{
    char path[NAME_SIZE];

    full_name(path, PREFIX, name);
    utimensat(d->fd, path, NULL, AT_SYMLINK_NOFOLLOW);
}

/* ---- sweeping ---- */

struct entry {
    char *name;
    uint64_t size;
    struct timespec used;
    bool temporary;
};

struct entries {
    struct arena arena;
    VEC(struct entry) list;
};

static int compare_use(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;

    if (x->used.tv_sec != y->used.tv_sec)
        return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
    if (x->used.tv_nsec != y->used.tv_nsec)
        return x->used.tv_nsec < y->used.tv_nsec ? -1 : 1;
    return strcmp(x->name, y->name);
}

static void note_entry(const struct depot *d, struct entries *e,
                       const char *name)
{
    struct stat st;

    if (strncmp(name, PREFIX, strlen(PREFIX)) != 0 ||
        fstatat(d->fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(st.st_mode))
        return;
    struct entry entry = {
        .name = arena_strdup(&e->arena, name),
        .size = (uint64_t)st.st_size,
        .used = st.st_mtim,
        .temporary = strncmp(name, TEMPORARY, strlen(TEMPORARY)) == 0,
    };
    vec_push(&e->list, entry);
}

static bool list_entries(const struct depot *d, struct entries *e)
{
    int fd = openat(d->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);

    if (!dir) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    for (struct dirent *entry; (entry = readdir(dir));)
        note_entry(d, e, entry->d_name);
    closedir(dir);
    if (e->list.n)
        qsort(e->list.v, e->list.n, sizeof(e->list.v[0]), compare_use);
    return true;
}

void depot_sweep(const struct depot *d, uint64_t max)
{
    struct entries e = {.list = VEC_INIT};
    uint64_t all = 0;
    time_t now = time(NULL);

    arena_init(&e.arena, 0);
    if (list_entries(d, &e))
        for (size_t i = 0; i < e.list.n; i++)
            all += e.list.v[i].size;
    for (size_t i = 0; i < e.list.n; i++) {
        const struct entry *x = &e.list.v[i];
        bool old = x->used.tv_sec < now - ABANDONED;

        if (x->temporary ? !old : all <= max)
            continue;
        if (unlinkat(d->fd, x->name, 0) == 0)
            all -= x->size;
    }
    vec_release(&e.list);
    arena_release(&e.arena);
}
