/*
 * manual.h - the help, the man page and the completions, from the tables.
 */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "base/buf.h"
#include "cli/commands.h"

/* What `tusklint COMMAND --help` prints; without a command: of all. */
void manual_help(const struct cli_command *, struct buf *);
/* A page for man(1), in roff. */
void manual_page(struct buf *);
/* For "bash", "zsh" or "fish"; false when the shell is not known. */
bool manual_completion(const char *shell, struct buf *);
/* The i-th option that the command takes, its own first; NULL behind the
   last. */
const struct cli_option *manual_option(const struct cli_command *, size_t i);
/* What its value may be, separated by blanks; NULL when anything may. */
const char *manual_choices(const struct cli_command *,
                           const struct cli_option *, struct buf *scratch);

#endif
