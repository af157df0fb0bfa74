/*
 * git.h - what git says, without a shell and with fixed arguments.
 */
#ifndef CLI_GIT_H
#define CLI_GIT_H

#include "base/buf.h"
#include "base/err.h"

/* What `git ARGUMENTS` writes, with nothing of the user's settings that could
   run a program or change the format; NULL ends the arguments. */
bool git_output(const char *const *arguments, struct buf *out,
                struct err *) TL_NODISCARD;
/* Could it be a name of a commit? What looks like an option is none. */
bool git_is_name(const char *ref);

#endif
