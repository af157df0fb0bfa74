/*
 * inputs.h - what the command line names, given to a linter.
 */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "base/file.h"
#include "cli/options.h"

/* False when standard input is unreadable, which was said then; what is read
   belongs to *input, released by the caller after the linter. */
bool cli_add_inputs(struct cli_options *, struct tl_linter *,
                    struct file *input) TL_NODISCARD;

#endif
