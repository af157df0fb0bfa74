/*
 * run.c - what the commands begin and end with alike.
 */
#include "cli/run.h"

#include "cli/commands.h"
#include "cli/inputs.h"

int cli_command(int argc, char **argv, int (*command)(struct cli_options *))
{
    struct cli_options o;
    struct err err;

    cli_init(&o);
    int status = cli_parse(&o, argc, argv, &err) ? command(&o)
                                                 : trouble("%s", err.message);
    cli_release(&o);
    return status;
}

int cli_read(struct cli_options *o, const struct tl_selector *only, size_t n,
             int (*use)(struct tl_linter *, void *arg), void *arg)
{
    struct file input = {.text = TL_NONE};
    struct tl_error error;
    int status = EXIT_TROUBLE;

    o->lint.selectors = only;
    o->lint.n_selectors = n;
    o->lint.only_selected = true;
    struct tl_linter *l = cli_open(o, &error);

    if (!l)
        return trouble("%s", error.message);
    if (cli_add_inputs(o, l, &input)) {
        tl_run(l);
        status = use(l, arg);
    }
    tl_close(l);
    file_release(&input);
    return status;
}

int cli_tell_failures(const struct tl_linter *l)
{
    int status = EXIT_CLEAN;

    for (size_t i = 0; i < tl_failure_count(l); i++)
        status = trouble("%s", tl_failure_at(l, i));
    return status;
}

int cli_tell_findings(struct tl_linter *l)
{
    int status = EXIT_CLEAN;

    for (size_t i = 0; i < tl_finding_count(l); i++) {
        const struct tl_finding *f = tl_finding_at(l, i);
        struct tl_position p =
            tl_source_position(l, f->span.source, f->span.start);

        status = trouble("%s:%u:%u: %.*s", tl_source_path(l, f->span.source),
                         p.line, p.column, TL_FMT(f->message));
    }
    return status;
}
