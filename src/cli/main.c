/*
 * main.c - the program: finds the command and runs it.
 */
#include "cli/commands.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *word;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"check", cmd_check},
    {"debug", cmd_debug},
    {"digest", cmd_digest},
    {"explain", cmd_explain},
    {"locks", cmd_locks},
    {"lsp", cmd_lsp},
    {"plan-baseline", cmd_plan_baseline},
    {"rules", cmd_rules},
    {"version", cmd_version},
};

int trouble(const char *fmt, ...)
{
    va_list ap;

    fflush(stdout);
    fputs("tusklint: ", stderr);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    return EXIT_TROUBLE;
}

/* Without a command's word it is a check: `tusklint migrations/`. */
int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (argc > 1 && strcmp(argv[1], commands[i].word) == 0)
            return commands[i].run(argc - 2, argv + 2);
    return cmd_check(argc > 0 ? argc - 1 : 0, argv + 1);
}
