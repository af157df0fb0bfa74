/*
 * cmd_digest.c - tusklint digest PATH...: captures counted, a JSON line a
 * query, and digests of parts made one.
 */
#include "base/file.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/progress.h"

#include <errno.h>
#include <string.h>

/* What could not be read goes to stderr: the output is data. A record that is
   damaged does not make the rest worthless, so only a whole file that is
   missing counts as trouble. */
static int tell(struct tl_linter *l)
{
    int status = EXIT_CLEAN;

    for (size_t i = 0; i < tl_finding_count(l); i++) {
        const struct tl_finding *f = tl_finding_at(l, i);
        struct tl_position p =
            tl_source_position(l, f->span.source, f->span.start);

        trouble("%s:%u:%u: %.*s", tl_source_path(l, f->span.source), p.line,
                p.column, TL_FMT(f->message));
    }
    for (size_t i = 0; i < tl_failure_count(l); i++)
        status = trouble("%s", tl_failure_at(l, i));
    return status;
}

static int run(struct cli_options *o)
{
    static const struct tl_selector only_errors[] = {
        {"unreadable-input", TL_OFF, true, false}};
    struct file input = {.text = {"", 0}};
    struct tl_error error;
    struct progress progress;
    int status = EXIT_TROUBLE;

    progress_init(&progress, o->quiet);
    o->lint.progress = progress_show;
    o->lint.progress_arg = &progress;
    o->lint.digest = true;
    o->lint.selectors = only_errors;
    o->lint.n_selectors = sizeof(only_errors) / sizeof(only_errors[0]);
    o->lint.only_selected = true;
    struct tl_linter *l = cli_open(o, &error);

    if (!l)
        return trouble("%s", error.message);
    if (cli_add_inputs(o, l, &input)) {
        tl_run(l);
        progress_end(&progress);
        bool written = tl_write_digest(l, stdout) && fflush(stdout) == 0;
        int code = errno;
        status = tell(l);
        if (!written)
            status = code == EPIPE
                         ? EXIT_TROUBLE
                         : trouble("standard output: %s", strerror(code));
    }
    tl_close(l);
    file_release(&input);
    return status;
}

static int digest(struct cli_options *o)
{
    if (o->format && strcmp(o->format, "jsonl") != 0)
        return trouble("unknown format '%s'; digest knows jsonl", o->format);
    if (o->paths.n == 0)
        return trouble("no input; name logs or digests, or '-' for standard "
                       "input");
    return run(o);
}

int cmd_digest(int argc, char **argv)
{
    struct cli_options o;
    struct err err;
    int status;

    cli_init(&o);
    status = cli_parse(&o, argc, argv, &err) ? digest(&o)
                                             : trouble("%s", err.message);
    cli_release(&o);
    return status;
}
