/*
 * main.c - the program: finds the command and runs it.
 */
#include "base/buf.h"
#include "cli/commands.h"
#include "report/sanitize.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *word;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"baseline", cmd_baseline},
    {"check", cmd_check},
    {"config", cmd_config},
    {"debug", cmd_debug},
    {"digest", cmd_digest},
    {"explain", cmd_explain},
    {"locks", cmd_locks},
    {"lsp", cmd_lsp},
    {"plan-baseline", cmd_plan_baseline},
    {"rules", cmd_rules},
    {"suppress", cmd_suppress},
    {"version", cmd_version},
};

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

/* Without a command's word it is a check: `tusklint migrations/`. */
int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (argc > 1 && strcmp(argv[1], commands[i].word) == 0)
            return commands[i].run(argc - 2, argv + 2);
    return cmd_check(argc > 0 ? argc - 1 : 0, argv + 1);
}
