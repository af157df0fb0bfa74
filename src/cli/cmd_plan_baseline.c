/*
 * cmd_plan_baseline.c - tusklint plan-baseline write|check FILE PLAN...: plans
 * as they are now are written down, or held against what was.
 */
#include "base/file.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/run.h"

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

/* What cannot be read must not be left out of a baseline unseen: then nothing
   is written. */
static int write_if_whole(struct tl_linter *l, void *arg)
{
    const char *path = *(const char *const *)arg;
    int failures = cli_tell_failures(l);
    int findings = cli_tell_findings(l);

    if (failures || findings)
        return EXIT_TROUBLE;
    if (tl_plan_count(l) == 0)
        return trouble("%s: not written; there is no plan among the inputs",
                       path);
    return write_file(l, path);
}

static int usage(void)
{
    return trouble("plan-baseline takes: write FILE PLAN..., or check FILE "
                   "PLAN...");
}

static int write_baseline(struct cli_options *o)
{
    static const struct tl_selector only_errors[] = {
        {.rule = "unreadable-input", .keep_severity = true}};

    if (o->paths.n < 2)
        return usage();
    const char *path = o->paths.v[0];
    o->paths.n--;
    memmove(&o->paths.v[0], &o->paths.v[1], o->paths.n * sizeof(o->paths.v[0]));
    return cli_read(o, only_errors, 1, write_if_whole, &path);
}

/* A check of the plans with the baseline beside them. */
static int check_baseline(struct cli_options *o)
{
    if (o->paths.n < 2 && !o->help && !o->version)
        return usage();
    o->against_baseline = true;
    return check_inputs(o);
}

int cmd_plan_baseline(int argc, char **argv)
{
    if (argc > 0 && strcmp(argv[0], "check") == 0)
        return cli_command(argc - 1, argv + 1, check_baseline);
    if (argc > 0 && strcmp(argv[0], "write") == 0)
        return cli_command(argc - 1, argv + 1, write_baseline);
    return usage();
}
