/*
 * main.c - the program: finds the command and runs it.
 */
#include "base/buf.h"
#include "base/err.h"
#include "cli/commands.h"
#include "lint/suggest.h"
#include "report/sanitize.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int trouble(const char *fmt, ...)
{
    char text[4096];
    struct buf line;
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    buf_init(&line, 0);
    sanitize(&line, tl_str_c(text));
    fflush(stdout);
    fprintf(stderr, "tusklint: %s\n", line.p ? line.p : "");
    buf_release(&line);
    return EXIT_TROUBLE;
}

/* A word that is no path and nearly a command's. */
static const char *near_command(const char *word)
{
    const struct cli_command *c;
    struct tl_str nearest = TL_NONE;
    unsigned best = 0;

    if (strpbrk(word, "./-") || access(word, F_OK) == 0)
        return NULL;
    for (size_t i = 0; (c = cli_command_at(i)); i++)
        suggest_consider(tl_str_c(word), tl_str_c(c->word), &nearest, &best);
    return nearest.p;
}

/* A file that is opened must not take the place of a stream that was closed: it
   would be written what the stream is told. What is opened here can be neither
   read nor written, as if it were closed. */
static void hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static int help(const struct cli_command *c)
{
    char *argv[] = {(char *)(uintptr_t)(c ? c->word : NULL), NULL};

    return cmd_help(c ? 1 : 0, argv);
}

/* Without a command's word it is a check: `tusklint migrations/`. */
int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";
    const struct cli_command *named = cli_command_find(word);
    const struct cli_command *c = named ? named : cli_command_at(0);
    int skipped = named ? 2 : 1;
    const char *meant = named || !*word ? NULL : near_command(word);
    bool wants_help;
    struct err err;

    hold_streams();
    /* A file at its limit is an error like a full disk, and no end. */
    signal(SIGXFSZ, SIG_IGN);
    argc = argc > skipped ? argc - skipped : 0;
    argv += skipped;
    if (meant)
        return trouble("no file or command '%s'; did you mean tusklint %s?",
                       word, meant);
    if (!cli_words_fit(c, argc, argv, &wants_help, &err))
        return trouble("%s", err.message);
    if (wants_help)
        return help(named);
    cli_lead(c, argc, argv);
    return c->run(argc, argv);
}
