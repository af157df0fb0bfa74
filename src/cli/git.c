/*
 * git.c - what git says, without a shell and with fixed arguments.
 */
#include "cli/git.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_ARGUMENTS 32
#define MAX_OUTPUT ((size_t)512 << 20)

extern char **environ;

bool git_is_name(const char *ref)
{
    if (!*ref || *ref == '-' || strlen(ref) > 255)
        return false;
    for (const char *p = ref; *p; p++)
        if ((unsigned char)*p <= ' ' || *p == 127 || strchr("\\*?[:", *p))
            return false;
    return true;
}

static bool read_all(int fd, struct buf *out, struct err *e)
{
    char chunk[65536];
    ssize_t n;

    while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, "git");
        buf_add(out, chunk, (size_t)n);
    }
    return !out->full || err_set(e, "git has too much to say");
}

static bool end_well(pid_t pid, const char *what, struct err *e)
{
    int status;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return err_errno(e, "git");
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           err_set(e, "git %s failed", what);
}

bool git_output(const char *const *arguments, struct buf *out, struct err *e)
{
    static const char *const always[] = {"git",
                                         "--no-pager",
                                         "--no-optional-locks",
                                         "-c",
                                         "core.fsmonitor=false",
                                         "-c",
                                         "core.hooksPath=/dev/null",
                                         "-c",
                                         "diff.autoRefreshIndex=false",
                                         "-c",
                                         "core.quotePath=true"};
    const char *argv[MAX_ARGUMENTS];
    posix_spawn_file_actions_t actions;
    size_t n = 0;
    int ends[2];
    pid_t pid;

    for (; n < sizeof(always) / sizeof(always[0]); n++)
        argv[n] = always[n];
    const char *what = arguments[0];
    while (*arguments && n < MAX_ARGUMENTS - 1)
        argv[n++] = *arguments++;
    argv[n] = NULL;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_errno(e, "git");
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    /* posix_spawn takes what execv takes: it changes none of the strings. */
    union {
        const char **ours;
        char **theirs;
    } list = {.ours = argv};
    int code = posix_spawnp(&pid, "git", &actions, NULL, list.theirs, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    errno = code;
    bool ok = code == 0 ? read_all(ends[0], out, e)
                        : err_errno(e, "git cannot be started");
    close(ends[0]);
    return code == 0 ? end_well(pid, what, e) && ok : false;
}
