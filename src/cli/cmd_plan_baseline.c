/*
 * cmd_plan_baseline.c - tusklint plan-baseline write|check FILE PLAN...: plans
 * as they are now are written down, or held against what was.
 */
#include "base/file.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/inputs.h"

#include <errno.h>
#include <string.h>

static int write_file(struct tl_linter *l, const char *path)
{
    char *text = NULL;
    size_t n = 0;
    struct err err;
    FILE *f = open_memstream(&text, &n);

    if (!f)
        return trouble("%s: %s", path, strerror(errno));
    bool ok = tl_write_plan_baseline(l, f);
    ok = fclose(f) == 0 && ok;
    if (ok)
        ok = file_write(path, (struct tl_str){text, n}, &err);
    else
        err_set(&err, "%s: %s", path, strerror(errno));
    mem_free(text);
    return ok ? EXIT_CLEAN : trouble("%s", err.message);
}

static int tell(struct tl_linter *l)
{
    int status = EXIT_CLEAN;

    for (size_t i = 0; i < tl_failure_count(l); i++)
        status = trouble("%s", tl_failure_at(l, i));
    for (size_t i = 0; i < tl_finding_count(l); i++) {
        const struct tl_finding *f = tl_finding_at(l, i);
        struct tl_position p =
            tl_source_position(l, f->span.source, f->span.start);

        status = trouble("%s:%u:%u: %.*s", tl_source_path(l, f->span.source),
                         p.line, p.column, TL_FMT(f->message));
    }
    return status;
}

/* What cannot be read must not be left out of a baseline unseen: then nothing
   is written. */
static int write_baseline(struct cli_options *o, const char *path)
{
    static const struct tl_selector only_errors[] = {
        {"unreadable-input", TL_OFF, true, false}};
    struct file input = {.text = {"", 0}};
    struct tl_error error;
    int status = EXIT_TROUBLE;

    o->lint.selectors = only_errors;
    o->lint.n_selectors = sizeof(only_errors) / sizeof(only_errors[0]);
    o->lint.only_selected = true;
    struct tl_linter *l = cli_open(o, &error);

    if (!l)
        return trouble("%s", error.message);
    if (cli_add_inputs(o, l, &input)) {
        tl_run(l);
        status = tell(l);
        if (status == EXIT_CLEAN)
            status = write_file(l, path);
    }
    tl_close(l);
    file_release(&input);
    return status;
}

static int usage(void)
{
    return trouble("plan-baseline takes: write FILE PLAN..., or check FILE "
                   "PLAN...");
}

/* `check` is a check of the plans with the baseline beside them. */
int cmd_plan_baseline(int argc, char **argv)
{
    struct cli_options o;
    struct err err;

    if (argc < 1)
        return usage();
    if (strcmp(argv[0], "check") == 0)
        return argc < 3 ? usage() : cmd_check(argc - 1, argv + 1);
    if (strcmp(argv[0], "write") != 0)
        return usage();
    cli_init(&o);
    int status = EXIT_TROUBLE;
    if (!cli_parse(&o, argc - 1, argv + 1, &err)) {
        status = trouble("%s", err.message);
    } else if (o.paths.n < 2) {
        status = usage();
    } else {
        const char *path = o.paths.v[0];

        o.paths.n--;
        memmove(&o.paths.v[0], &o.paths.v[1], o.paths.n * sizeof(o.paths.v[0]));
        status = write_baseline(&o, path);
    }
    cli_release(&o);
    return status;
}
