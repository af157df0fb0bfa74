/*
 * file.c - reading files whole, walking folders, replacing files safely.
 */
#include "base/file.h"

#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_pipe(struct file *f, int fd, const char *path, size_t max,
                      struct err *e)
{
    size_t cap = (size_t)64 << 10;
    size_t n = 0;
    char *p = mem_alloc(cap);

    for (;;) {
        if (n == cap) {
            cap *= 2;
            p = mem_realloc(p, cap);
        }
        ssize_t got = read(fd, p + n, cap - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            mem_free(p);
            return err_errno(e, "%s: cannot be read", path);
        }
        if (got == 0)
            break;
        n += (size_t)got;
        if (n > max) {
            mem_free(p);
            return err_set(e, "%s: larger than the limit of %zu bytes", path,
                           max);
        }
    }
    f->text = (struct tl_str){p, n};
    f->owned = true;
    return true;
}

static bool map(struct file *f, int fd, size_t size, const char *path,
                struct err *e)
{
    void *p = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);

    if (p == MAP_FAILED)
        return err_errno(e, "%s: cannot be mapped", path);
    madvise(p, size, MADV_SEQUENTIAL);
    f->text = (struct tl_str){p, size};
    f->mapped = true;
    return true;
}

static bool read_fd(struct file *f, int fd, const char *path, size_t max,
                    struct err *e)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return err_errno(e, "%s", path);
    if (S_ISDIR(st.st_mode))
        return err_set(e, "%s: is a folder", path);
    if (S_ISREG(st.st_mode) && st.st_size > 0)
        return map(f, fd, (size_t)st.st_size, path, e);
    return read_pipe(f, fd, path, max, e);
}

bool file_read(struct file *f, const char *path, size_t max, struct err *e)
{
    *f = (struct file){.text = {"", 0}};
    if (strcmp(path, "-") == 0)
        return read_fd(f, STDIN_FILENO, "standard input", max, e);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, "%s: cannot be opened", path);
    bool ok = read_fd(f, fd, path, max, e);
    close(fd);
    return ok;
}

void file_forget(const struct file *f, size_t offset)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t n = offset / page * page;

    if (f->mapped && n)
        madvise((void *)(uintptr_t)f->text.p, n, MADV_DONTNEED);
}

void file_release(struct file *f)
{
    void *p = (void *)(uintptr_t)f->text.p;

    if (f->mapped)
        munmap(p, f->text.n);
    else if (f->owned)
        mem_free(p);
    *f = (struct file){.text = {"", 0}};
}

static bool write_all(int fd, struct tl_str s)
{
    size_t at = 0;

    while (at < s.n) {
        ssize_t n = write(fd, s.p + at, s.n - at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        at += (size_t)n;
    }
    return fsync(fd) == 0;
}

bool file_write(const char *path, struct tl_str text, struct err *e)
{
    struct stat st;
    struct arena a;
    bool exists = lstat(path, &st) == 0;

    if (exists && S_ISLNK(st.st_mode))
        return err_set(e, "%s: is a symbolic link; not written", path);
    arena_init(&a, 1024);
    struct tl_str name = arena_printf(&a, "%s.tusklint-XXXXXX", path);
    char *temporary = arena_strdup(&a, name.p);
    int fd = mkostemp(temporary, O_CLOEXEC);
    bool ok = fd >= 0;
    if (ok) {
        mode_t mode = exists ? st.st_mode & 07777 : 0644;

        ok = fchmod(fd, mode) == 0 && write_all(fd, text);
        ok = close(fd) == 0 && ok;
        ok = ok && rename(temporary, path) == 0;
        if (!ok) {
            int code = errno;

            unlink(temporary);
            errno = code;
        }
    }
    if (!ok)
        err_errno(e, "%s: cannot be written", path);
    arena_release(&a);
    return ok;
}

bool file_is_dir(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

#define MAX_DEPTH 64

struct walk {
    struct path_list *list;
    struct arena *arena;
    file_want_fn *want;
    void *arg;
    int depth;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool enters(const char *name)
{
    return name[0] != '.' && strcmp(name, "node_modules") != 0;
}

static bool walk_dir(struct walk *, const char *dir, struct err *);

/* lstat: a link to a folder could lead round in circles. */
static void walk_entry(struct walk *w, const char *dir, const char *name,
                       struct err *e)
{
    struct tl_str path = strcmp(dir, ".") == 0
                             ? arena_printf(w->arena, "%s", name)
                             : arena_printf(w->arena, "%s/%s", dir, name);
    struct stat st;

    if (lstat(path.p, &st) != 0)
        return;
    if (S_ISDIR(st.st_mode)) {
        if (enters(name) && w->depth < MAX_DEPTH) {
            w->depth++;
            walk_dir(w, path.p, e);
            w->depth--;
        }
        return;
    }
    if (S_ISLNK(st.st_mode) && (stat(path.p, &st) != 0))
        return;
    if (S_ISREG(st.st_mode) && w->want(path.p, w->arg))
        vec_push(&w->list->paths, path.p);
}

static bool walk_dir(struct walk *w, const char *dir, struct err *e)
{
    VEC(const char *) names = VEC_INIT;
    DIR *d = opendir(dir);

    if (!d)
        return err_errno(e, "%s: cannot be opened", dir);
    for (struct dirent *entry; (entry = readdir(d));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            vec_push(&names, arena_strdup(w->arena, entry->d_name));
    closedir(d);
    if (names.n)
        qsort(names.v, names.n, sizeof(names.v[0]), compare_names);
    for (size_t i = 0; i < names.n; i++)
        walk_entry(w, dir, names.v[i], e);
    vec_release(&names);
    return e->message[0] == '\0';
}

/* A folder inside that cannot be read makes the answer false, but the rest is
   walked all the same. */
bool file_walk(struct path_list *out, struct arena *a, const char *dir,
               file_want_fn *want, void *arg, struct err *e)
{
    struct walk w = {out, a, want, arg, 0};

    e->message[0] = '\0';
    return walk_dir(&w, dir, e);
}
