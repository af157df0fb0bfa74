/*
 * cmd_baseline.c - tusklint baseline write|prune [PATH...]: what is found today
 * is written down, or what is found no more is taken out.
 */
#include "base/file.h"
#include "cli/baseline.h"
#include "cli/commands.h"
#include "cli/inputs.h"

#include <string.h>

#define DEFAULT_FILE "tusklint-baseline.json"

/* What other folders' entries say stays when only some paths are given. */
static int write_found(struct cli_options *o, struct tl_linter *l)
{
    const char *path = o->baseline;
    struct baseline_file *old = NULL;
    struct err err;

    if (file_is_regular(path) && !(old = baseline_load(path, &err)))
        return trouble("%s", err.message);
    struct baseline_file *b = baseline_create(path, &err);
    bool ok = b != NULL;
    for (size_t i = 0; ok && i < tl_finding_count(l); i++)
        baseline_add(b, l, tl_finding_at(l, i));
    if (ok && old)
        baseline_keep_unread(b, old, l);
    ok = ok && baseline_save(b, &err);
    if (ok && !o->quiet)
        printf("%s: findings: %zu\n", path, baseline_total(b));
    baseline_free(old);
    baseline_free(b);
    return ok ? EXIT_CLEAN : trouble("%s", err.message);
}

static int prune(struct cli_options *o, struct tl_linter *l)
{
    struct err err;
    struct baseline_file *b = baseline_load(o->baseline, &err);

    if (!b)
        return trouble("%s", err.message);
    for (size_t i = 0; i < tl_finding_count(l); i++)
        (void)baseline_knows(b, l, tl_finding_at(l, i));
    size_t gone = baseline_prune(b, l);
    bool ok = gone == 0 || baseline_save(b, &err);
    if (ok && !o->quiet)
        printf("%s: findings: %zu, gone: %zu\n", o->baseline, baseline_total(b),
               gone);
    baseline_free(b);
    return ok ? EXIT_CLEAN : trouble("%s", err.message);
}

/* What cannot be read must not be taken for clean. */
static int run(struct cli_options *o, struct tl_linter *l, bool pruning)
{
    struct file input = {.text = TL_NONE};
    int status = EXIT_TROUBLE;

    if (cli_add_inputs(o, l, &input)) {
        tl_run(l);
        for (size_t i = 0; i < tl_failure_count(l); i++)
            trouble("%s", tl_failure_at(l, i));
        if (tl_failure_count(l) == 0)
            status = pruning ? prune(o, l) : write_found(o, l);
    }
    tl_close(l);
    file_release(&input);
    return status;
}

static int baseline(struct cli_options *o, bool pruning)
{
    struct tl_error error;

    if (o->since || o->diff_from)
        return trouble("baseline takes no --since and no --diff-from: it is "
                       "about all that is found");
    if (o->paths.n == 0)
        vec_push(&o->paths, ".");
    struct tl_linter *l = cli_open(o, &error);
    if (!l)
        return trouble("%s", error.message);
    if (!o->baseline)
        o->baseline = DEFAULT_FILE;
    return run(o, l, pruning);
}

int cmd_baseline(int argc, char **argv)
{
    struct cli_options o;
    struct err err;
    bool pruning = argc > 0 && strcmp(argv[0], "prune") == 0;

    if (argc < 1 || (!pruning && strcmp(argv[0], "write") != 0))
        return trouble("baseline takes: write [PATH...], or prune [PATH...]");
    cli_init(&o);
    int status = cli_parse(&o, argc - 1, argv + 1, &err)
                     ? baseline(&o, pruning)
                     : trouble("%s", err.message);
    cli_release(&o);
    return status;
}
