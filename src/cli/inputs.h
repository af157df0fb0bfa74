/*
 * inputs.h - what the command line names, given to a linter.
 */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "base/file.h"
#include "cli/options.h"

/* A linter for what the command line says, with the configuration behind it.
   NULL with a message. */
struct tl_linter *cli_open(struct cli_options *, struct tl_error *);
/* The file's severity from which on a finding is a failure, TL_OFF: never. */
enum tl_severity cli_fail_on(struct cli_options *, const char *path);
/* False when standard input is unreadable or a configuration is wrong,
   which was said then. What is read belongs to *input, released by the caller
   after the linter; a text that is there already is taken for what was read. */
bool cli_add_inputs(struct cli_options *, struct tl_linter *,
                    struct file *input) TL_NODISCARD;

struct config;
/* What is wrong with the configurations, on stderr; true if anything is. */
bool cli_tell_config_errors(const struct config *);

#endif
