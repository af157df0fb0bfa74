/*
 * cmd_digest.c - tusklint digest PATH...: captures counted, a JSON line a
 * query, and digests of parts made one.
 */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/run.h"

#include <errno.h>
#include <string.h>

/* What could not be read goes to stderr: the output is data. A record that is
   damaged does not make the rest worthless, so only a whole file that is
   missing counts as trouble. */
static int write_digest(struct tl_linter *l, void *progress)
{
    progress_end(progress);
    bool written = tl_write_digest(l, stdout) && fflush(stdout) == 0;
    int code = errno;

    (void)cli_tell_findings(l);
    int status = cli_tell_failures(l);
    if (written)
        return status;
    return code == EPIPE ? EXIT_TROUBLE
                         : trouble("standard output: %s", strerror(code));
}

static int digest(struct cli_options *o)
{
    static const struct tl_selector only_errors[] = {
        {.rule = "unreadable-input", .keep_severity = true}};
    struct progress progress;

    if (o->format && strcmp(o->format, "jsonl") != 0)
        return trouble("unknown format '%s'; digest knows jsonl", o->format);
    if (o->paths.n == 0)
        return trouble("no input; name logs or digests, or '-' for standard "
                       "input");
    progress_init(&progress, o->quiet);
    o->lint.progress = progress_show;
    o->lint.progress_arg = &progress;
    o->lint.digest = true;
    return cli_read(o, only_errors, 1, write_digest, &progress);
}

int cmd_digest(int argc, char **argv)
{
    return cli_command(argc, argv, digest);
}
