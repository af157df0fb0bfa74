/*
 * file.c - reading files whole, walking folders, replacing files safely.
 */
#include "base/file.h"

#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void set_empty(struct file *f)
{
    *f = (struct file){.text = {"", 0}};
}

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
    *f = (struct file){.text = {p, n}, .owned = true};
    return true;
}

/* Up to about here mapping costs more than copying into memory that nobody has
   touched yet. */
#define SMALL_FILE ((size_t)16 << 10)

/* False when the file grew or shrank meanwhile, or cannot be read so. */
static bool read_small(struct file *f, int fd, size_t size)
{
    char *p = mem_alloc(size);

    if (pread(fd, p, size, 0) == (ssize_t)size) {
        *f = (struct file){.text = {p, size}, .owned = true};
        return true;
    }
    mem_free(p);
    return false;
}

/* False where it cannot be done: some file systems do not map. */
static bool map(struct file *f, int fd, size_t size)
{
    void *p = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);

    if (p == MAP_FAILED)
        return false;
    madvise(p, size, MADV_SEQUENTIAL);
    f->text = (struct tl_str){p, size};
    f->mapped = true;
    return true;
}

/* Some of them have no end. */
#define DEVICE_MAX ((size_t)16 << 20)

static bool read_fd(struct file *f, int fd, const char *path, size_t max,
                    struct err *e)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return err_errno(e, "%s: cannot be read", path);
    if (S_ISDIR(st.st_mode))
        return err_set(e, "%s: is a folder", path);
    /* Standard input may be a file that someone has read the start of; files
       of /proc say that they are empty. Both are read like a pipe. */
    bool whole = S_ISREG(st.st_mode) &&
                 (fd != STDIN_FILENO || lseek(fd, 0, SEEK_CUR) == 0);
    if ((S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode)) && max > DEVICE_MAX)
        max = DEVICE_MAX;
    size_t size = whole && st.st_size > 0 ? (size_t)st.st_size : 0;
    if (size && size <= SMALL_FILE && size <= max && read_small(f, fd, size))
        return true;
    if (size && map(f, fd, size))
        return true;
    return read_pipe(f, fd, path, max, e);
}

bool file_read(struct file *f, const char *path, size_t max, struct err *e)
{
    set_empty(f);
    if (strcmp(path, "-") == 0)
        return read_fd(f, STDIN_FILENO, "standard input", max, e);
    int fd;
    do
        fd = open(path, O_RDONLY | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return err_errno(e, "%s: cannot be opened", path);
    bool ok = read_fd(f, fd, path, max, e);
    close(fd);
    return ok;
}

void file_forget(const struct file *f, size_t offset)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t n = (offset < f->text.n ? offset : f->text.n) / page * page;

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
    set_empty(f);
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

#define TEMPORARY_TRIES 100

/* Not mkstemp: a new file is to have the mode that the umask gives. */
static int open_temporary(struct arena *a, const char *path, const char **name)
{
    for (int i = 0; i < TEMPORARY_TRIES; i++) {
        *name = arena_printf(a, "%s.%ld-%d.tmp", path, (long)getpid(), i).p;
        int fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || (errno != EEXIST && errno != EINTR))
            return fd;
    }
    return -1;
}

/* The owner first: that takes bits away from the mode. */
static bool keep_owner_and_mode(int fd, const struct stat *old)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return false;
    if ((st.st_uid != old->st_uid || st.st_gid != old->st_gid) &&
        fchown(fd, old->st_uid, old->st_gid) != 0)
        return false;
    return fchmod(fd, old->st_mode & 07777) == 0;
}

/* `old` is NULL when there was no file. Leaves errno on failure. */
static bool replace(struct arena *a, const char *path, struct tl_str text,
                    const struct stat *old)
{
    const char *temporary;
    int fd = open_temporary(a, path, &temporary);

    if (fd < 0)
        return false;
    bool ok = !old || keep_owner_and_mode(fd, old);
    ok = ok && write_all(fd, text);
    int code = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        code = errno;
    }
    if (ok && rename(temporary, path) == 0)
        return true;
    if (ok)
        code = errno;
    unlink(temporary);
    errno = code;
    return false;
}

/* Whoever ends the program finds no temporary file behind it, unless he does
   it by force: what can wait waits until the file is whole. */
static bool replace_undisturbed(struct arena *a, const char *path,
                                struct tl_str text, const struct stat *old)
{
    sigset_t all;
    sigset_t before;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool ok = replace(a, path, text, old);
    int code = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return ok;
}

bool file_write(const char *path, struct tl_str text, struct err *e)
{
    struct stat st;
    struct arena a;
    bool exists = lstat(path, &st) == 0;

    if (!exists && errno != ENOENT)
        return err_errno(e, "%s: cannot be written", path);
    if (exists && S_ISLNK(st.st_mode))
        return err_set(e, "%s: is a symbolic link; not written", path);
    /* The rename would put a file in the place of a device or a pipe. */
    if (exists && !S_ISREG(st.st_mode))
        return err_set(e, "%s: is not a regular file; not written", path);
    /* A rename asks the folder alone, but who took the right away meant it. */
    if (exists && access(path, W_OK) != 0)
        return err_errno(e, "%s: cannot be written", path);
    arena_init(&a, 1024);
    bool ok = replace_undisturbed(&a, path, text, exists ? &st : NULL);
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

bool file_is_regular(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

#define MAX_DEPTH 64

struct walk {
    struct path_list *list;
    struct arena *arena;
    file_want_fn *want;
    void *arg;
    struct err *err;
    int depth;
    bool failed;
};

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* SQLx keeps an application's queries in a hidden folder, for all to read. */
static bool enters(const char *name)
{
    return (name[0] != '.' && strcmp(name, "node_modules") != 0) ||
           strcmp(name, ".sqlx") == 0;
}

/* The first failure is the one that is told. */
static void walk_failed(struct walk *w, const char *dir, const char *what)
{
    if (!w->failed)
        err_errno(w->err, "%s: %s", dir, what);
    w->failed = true;
}

static void walk_dir(struct walk *, const char *dir);

static void enter_dir(struct walk *w, const char *path)
{
    if (w->depth == MAX_DEPTH) {
        errno = ELOOP;
        walk_failed(w, path, "is too deep");
        return;
    }
    w->depth++;
    walk_dir(w, path);
    w->depth--;
}

static const char *join(struct arena *a, const char *dir, const char *name)
{
    size_t n = strlen(dir);

    if (strcmp(dir, ".") == 0)
        return arena_strdup(a, name);
    const char *slash = n && dir[n - 1] == '/' ? "" : "/";
    return arena_printf(a, "%s%s%s", dir, slash, name).p;
}

struct entry {
    const char *name;
    unsigned char type; /* DT_... */
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;

    return strcmp(x->name, y->name);
}

static unsigned char type_of(mode_t mode)
{
    return S_ISDIR(mode) ? DT_DIR : S_ISREG(mode) ? DT_REG : DT_UNKNOWN;
}

/* A link to a folder could lead round in circles. */
static unsigned char link_type(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode) ? DT_REG : DT_UNKNOWN;
}

/* Some file systems do not say it with the name. */
static unsigned char unsaid_type(const char *path)
{
    struct stat st;

    if (lstat(path, &st) != 0)
        return DT_UNKNOWN;
    return S_ISLNK(st.st_mode) ? link_type(path) : type_of(st.st_mode);
}

static void walk_entry(struct walk *w, const char *dir, struct entry e)
{
    const char *path = join(w->arena, dir, e.name);
    unsigned char type = e.type == DT_UNKNOWN ? unsaid_type(path)
                         : e.type == DT_LNK   ? link_type(path)
                                              : e.type;

    if (type == DT_DIR && enters(e.name))
        enter_dir(w, path);
    else if (type == DT_REG && w->want(path, w->arg))
        vec_push(&w->list->paths, path);
}

/* The names are read whole first, so that one folder is open at a time. */
static void walk_dir(struct walk *w, const char *dir)
{
    VEC(struct entry) entries = VEC_INIT;
    DIR *d = opendir(dir);

    if (!d) {
        walk_failed(w, dir, "cannot be opened");
        return;
    }
    errno = 0;
    for (struct dirent *e; (e = readdir(d)); errno = 0)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            vec_push(
                &entries,
                ((struct entry){arena_strdup(w->arena, e->d_name), e->d_type}));
    if (errno)
        walk_failed(w, dir, "cannot be read");
    closedir(d);
    if (entries.n)
        qsort(entries.v, entries.n, sizeof(entries.v[0]), compare_entries);
    for (size_t i = 0; i < entries.n; i++)
        walk_entry(w, dir, entries.v[i]);
    vec_release(&entries);
}

bool file_has_entry(const char *dir, file_want_fn *want, void *arg)
{
    DIR *d = opendir(dir);
    bool found = false;

    if (!d)
        return false;
    for (struct dirent *entry; !found && (entry = readdir(d));)
        found = want(entry->d_name, arg);
    closedir(d);
    return found;
}

/*
 * A folder inside that cannot be read makes the answer false, but the rest is
 * walked all the same. The order of folders is not that of paths ("a.sql" is
 * before "a/b.sql", but "a" is before "a.sql"), so they are sorted at the end.
 */
bool file_walk(struct path_list *out, struct arena *a, const char *dir,
               file_want_fn *want, void *arg, struct err *e)
{
    struct walk w = {
        .list = out, .arena = a, .want = want, .arg = arg, .err = e};
    size_t before = out->paths.n;

    walk_dir(&w, dir);
    if (out->paths.n > before)
        qsort(out->paths.v + before, out->paths.n - before,
              sizeof(out->paths.v[0]), compare_strings);
    return !w.failed;
}
