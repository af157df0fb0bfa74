/*
 * run.h - what the commands begin and end with alike.
 */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/options.h"

/* Reads the words as options and hands them to the command; its status. */
int cli_command(int argc, char **argv, int (*command)(struct cli_options *));

/*
 * For commands that judge nothing: reads what the options name, with these
 * rules on, which are of errors, and hands the linter to `use` when it has run.
 * Its status, or EXIT_TROUBLE.
 */
int cli_read(struct cli_options *, const struct tl_selector *only, size_t n,
             int (*use)(struct tl_linter *, void *arg), void *arg);

/* On standard error, a line each: inputs that could not be read at all, and
   findings with their places. EXIT_TROUBLE when there was one. */
int cli_tell_failures(const struct tl_linter *);
int cli_tell_findings(struct tl_linter *);

#endif
