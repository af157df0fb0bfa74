/*
 * fault.c - makes calls of the C library fail, for ci/faults.py to see what
 * the program does then. Preloaded (LD_PRELOAD), driven by the environment:
 *
 *   FAULT_CALL   the kinds of call, with commas: alloc, start, map, open,
 *                folder, read, write, sync, rename, mode, spawn
 *   FAULT_AT     which of them fails, from 1 on; 0 or nothing: none
 *   FAULT_FOR    how many in a row; 0: that one and all after it
 *   FAULT_ERRNO  the error as a number; 0: half of what was asked is done
 *   FAULT_FILE   a file of 8 bytes, where the calls are counted
 *
 * Only the program of that name is touched: what it starts is left alone.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum kind {
    ALLOC = 1,
    THREAD,
    MAP,
    OPEN,
    FOLDER,
    READ,
    WRITE,
    SYNC,
    RENAME,
    MODE,
    SPAWN
};

static const char *const names[] = {"",     "alloc",  "start", "map",
                                    "open", "folder", "read",  "write",
                                    "sync", "rename", "mode",  "spawn"};

static unsigned chosen; /* bits */
static unsigned long first, run;
static int code;
static _Atomic unsigned long here;
static _Atomic unsigned long *count = &here;

static unsigned long number(const char *name)
{
    const char *v = getenv(name);

    return v ? strtoul(v, NULL, 10) : 0;
}

static _Atomic unsigned long *shared(const char *path)
{
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *p = fd < 0 ? MAP_FAILED
                     : mmap(NULL, sizeof(*count), PROT_READ | PROT_WRITE,
                            MAP_SHARED, fd, 0);

    if (fd >= 0)
        close(fd);
    return p == MAP_FAILED ? &here : p;
}

/* Last of all that is done here: until then nothing counts or fails. */
__attribute__((constructor)) static void begin(void)
{
    const char *asked = getenv("FAULT_CALL");

    if (!asked || strcmp(program_invocation_short_name, "tusklint") != 0)
        return;
    first = number("FAULT_AT");
    run = getenv("FAULT_FOR") ? number("FAULT_FOR") : 1;
    code = (int)number("FAULT_ERRNO");
    count = shared(getenv("FAULT_FILE"));
    unsigned bits = 0;
    for (enum kind k = ALLOC; k <= SPAWN; k++)
        if (strstr(asked, names[k]))
            bits |= 1u << k;
    chosen = bits;
}

static bool fails(enum kind kind)
{
    if (!(chosen >> kind & 1))
        return false;
    unsigned long n = atomic_fetch_add(count, 1) + 1;
    bool hit = first && n >= first && (!run || n - first < run);
    if (hit && code)
        errno = code;
    return hit;
}

/* Those of libc itself: dlsym would want memory. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

void *malloc(size_t n)
{
    return fails(ALLOC) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return fails(ALLOC) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    return fails(ALLOC) ? NULL : __libc_realloc(p, n);
}

#define NEXT(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

int pthread_create(pthread_t *t, const pthread_attr_t *a, void *(*f)(void *),
                   void *arg)
{
    return fails(THREAD) ? code : NEXT(pthread_create)(t, a, f, arg);
}

void *mmap(void *at, size_t n, int prot, int flags, int fd, off_t offset)
{
    return fails(MAP) ? MAP_FAILED : NEXT(mmap)(at, n, prot, flags, fd, offset);
}

int open(const char *path, int flags, ...)
{
    va_list ap;
    mode_t mode = 0;

    va_start(ap, flags);
    if (flags & O_CREAT)
        mode = va_arg(ap, mode_t);
    va_end(ap);
    return fails(OPEN) ? -1 : NEXT(open)(path, flags, mode);
}

DIR *opendir(const char *path)
{
    return fails(FOLDER) ? NULL : NEXT(opendir)(path);
}

struct dirent *readdir(DIR *d)
{
    return fails(FOLDER) ? NULL : NEXT(readdir)(d);
}

/* How much of `n` is asked for, or -1: the call fails. */
static ssize_t share(enum kind kind, size_t n)
{
    if (!fails(kind))
        return (ssize_t)n;
    return code ? -1 : (ssize_t)(n > 1 ? n / 2 : n);
}

ssize_t read(int fd, void *p, size_t n)
{
    ssize_t part = share(READ, n);

    return part < 0 ? -1 : NEXT(read)(fd, p, (size_t)part);
}

ssize_t pread(int fd, void *p, size_t n, off_t at)
{
    ssize_t part = share(READ, n);

    return part < 0 ? -1 : NEXT(pread)(fd, p, (size_t)part, at);
}

ssize_t write(int fd, const void *p, size_t n)
{
    ssize_t part = share(WRITE, n);

    return part < 0 ? -1 : NEXT(write)(fd, p, (size_t)part);
}

int fsync(int fd)
{
    return fails(SYNC) ? -1 : NEXT(fsync)(fd);
}

int close(int fd)
{
    bool failed = fails(SYNC);
    int status = NEXT(close)(fd);

    if (failed)
        errno = code;
    return failed ? -1 : status;
}

int rename(const char *from, const char *to)
{
    return fails(RENAME) ? -1 : NEXT(rename)(from, to);
}

int fchmod(int fd, mode_t mode)
{
    return fails(MODE) ? -1 : NEXT(fchmod)(fd, mode);
}

int fchown(int fd, uid_t user, gid_t group)
{
    return fails(MODE) ? -1 : NEXT(fchown)(fd, user, group);
}

int pipe2(int ends[2], int flags)
{
    return fails(SPAWN) ? -1 : NEXT(pipe2)(ends, flags);
}

int posix_spawnp(pid_t *pid, const char *file,
                 const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *a, char *const argv[],
                 char *const envp[])
{
    return fails(SPAWN) ? code
                        : NEXT(posix_spawnp)(pid, file, actions, a, argv, envp);
}
