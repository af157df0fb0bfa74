/*
 * cmd_check.c - lints what it is given and writes the reports.
 */
#include "base/buf.h"
#include "base/file.h"
#include "cli/color.h"
#include "cli/commands.h"
#include "cli/diff.h"
#include "cli/inputs.h"
#include "cli/news.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/run.h"
#include "cli/workspace.h"
#include "lint/suggest.h"
#include "report/sanitize.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A fix may make room for the next one, but not for ever. */
#define FIX_ROUNDS 8

static const char *default_format(void)
{
    const char *v = getenv("GITHUB_ACTIONS");

    return v && strcmp(v, "true") == 0 ? "github" : "text";
}

static bool unknown_format(const char *asked)
{
    struct tl_str nearest = TL_NONE;
    unsigned best = 0;
    const char *name;
    struct buf all;

    buf_init(&all, 0);
    for (size_t i = 0; (name = tl_format_at(i)); i++) {
        suggest_consider(tl_str_c(asked), tl_str_c(name), &nearest, &best);
        buf_printf(&all, "%s%s", i ? ", " : "", name);
    }
    if (nearest.n)
        trouble("unknown format '%s'; did you mean '%.*s'? There are %s", asked,
                TL_FMT(nearest), all.p);
    else
        trouble("unknown format '%s'; there are %s", asked, all.p);
    buf_release(&all);
    return false;
}

/* One report would overwrite the other. */
static bool is_path_taken(const struct cli_options *o, size_t at)
{
    const char *path = o->outputs.v[at].path;

    if (strcmp(path, "-") == 0)
        return false;
    for (size_t i = 0; i < at; i++)
        if (strcmp(o->outputs.v[i].path, path) == 0)
            return true;
    return false;
}

static bool check_formats(const struct cli_options *o)
{
    if (o->format && !tl_has_format(o->format))
        return unknown_format(o->format);
    for (size_t i = 0; i < o->outputs.n; i++) {
        if (!tl_has_format(o->outputs.v[i].format))
            return unknown_format(o->outputs.v[i].format);
        if (is_path_taken(o, i)) {
            trouble("-o: two reports would go to %s", o->outputs.v[i].path);
            return false;
        }
    }
    return true;
}

static bool is_wanted(const struct cli_options *o, const char *format)
{
    bool wanted = o->format && strcmp(o->format, format) == 0;

    for (size_t i = 0; i < o->outputs.n; i++)
        wanted |= strcmp(o->outputs.v[i].format, format) == 0;
    return wanted;
}

static unsigned write_flags(const struct cli_options *o)
{
    return (o->quiet ? TL_WRITE_QUIET : 0u) |
           (o->statistics ? TL_WRITE_STATISTICS : 0u) |
           TL_WRITE_FAIL_ON(o->fail_on);
}

/* What a terminal adds: a file is the same wherever it is written. */
static unsigned terminal_flags(const struct cli_options *o, int fd)
{
    return (color_wanted(o->color, fd) ? TL_WRITE_COLOR : 0u) |
           TL_WRITE_WIDTH(color_columns(fd));
}

static bool is_same_file(const char *path, const struct stat *as)
{
    struct stat st;

    return stat(path, &st) == 0 && st.st_dev == as->st_dev &&
           st.st_ino == as->st_ino;
}

/* A report in its place would end it while it is read. */
static bool is_input(const struct tl_linter *l, const char *path)
{
    struct stat st;

    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    for (uint32_t i = 0; i < tl_source_count(l); i++)
        if (is_same_file(tl_source_path(l, i), &st))
            return true;
    return false;
}

/* Who wrote what is linted may have put the link there, to a file that is none
   of his. /dev/stdout is one, too. */
static bool is_link(const char *path)
{
    struct stat st;

    return strncmp(path, "/dev/", 5) != 0 && lstat(path, &st) == 0 &&
           S_ISLNK(st.st_mode);
}

/* Half a report is none. */
static void take_back(const char *path)
{
    struct stat st;

    if (lstat(path, &st) == 0 && S_ISREG(st.st_mode))
        unlink(path);
}

static bool write_file(const struct cli_options *o, struct tl_linter *l,
                       const struct cli_output *out)
{
    if (is_input(l, out->path)) {
        trouble("-o: %s is an input of this run; it is not overwritten",
                out->path);
        return false;
    }
    if (is_link(out->path)) {
        trouble("%s: is a symbolic link; not written", out->path);
        return false;
    }
    FILE *f = strcmp(out->path, "-") == 0 ? stdout : fopen(out->path, "we");

    if (!f) {
        trouble("%s: cannot be opened: %s", out->path, strerror(errno));
        return false;
    }
    bool ok = tl_write(l, out->format, write_flags(o), f);
    ok = (f == stdout ? fflush(f) : fclose(f)) == 0 && ok;
    if (ok)
        return true;
    trouble("%s: cannot be written: %s", out->path, strerror(errno));
    if (f != stdout)
        take_back(out->path);
    return false;
}

static bool write_reports(const struct cli_options *o, struct tl_linter *l,
                          FILE *to)
{
    const char *format = o->format ? o->format : default_format();
    unsigned flags = write_flags(o) | terminal_flags(o, fileno(to));
    bool ok = tl_write(l, format, flags, to) && fflush(to) == 0;

    /* A reader that went away (`| head`) has seen enough. */
    if (!ok && errno != EPIPE)
        trouble("standard output: %s", strerror(errno));
    for (size_t i = 0; i < o->outputs.n; i++)
        ok = write_file(o, l, &o->outputs.v[i]) && ok;
    return ok;
}

static void tell_inputs(const struct tl_linter *l)
{
    struct buf path;

    buf_init(&path, 0);
    for (uint32_t i = 0; i < tl_source_count(l); i++) {
        buf_clear(&path);
        sanitize(&path, tl_str_c(tl_source_path(l, i)));
        fprintf(stderr, "tusklint: %s: %s%s\n", path.p, tl_source_kind(l, i),
                tl_source_is_context(l, i) ? ", for the schema only" : "");
    }
    buf_release(&path);
}

static void tell_cache(const char *note)
{
    struct buf line;

    buf_init(&line, 0);
    sanitize(&line, tl_str_c(note));
    fprintf(stderr, "tusklint: cache: %s\n", line.p);
    buf_release(&line);
}

static void tell_timing(const struct tl_linter *l)
{
    struct tl_timing t = tl_timing(l);

    fprintf(stderr,
            "tusklint: reading %.3f s, parsing %.3f s on all threads, rules "
            "%.3f s, reports %.3f s; %.3f s in all\n",
            t.read, t.parse, t.rules, t.report, t.all);
}

static bool has_stdin(const struct cli_options *o)
{
    for (size_t i = 0; i < o->paths.n; i++)
        if (strcmp(o->paths.v[i], "-") == 0)
            return true;
    return false;
}

/* ---- fixes ---- */

static enum tl_applicability most_applicable(const struct cli_options *o)
{
    return o->fix_unsafe ? TL_UNSAFE : TL_SAFE;
}

static bool print_diff(const struct cli_options *o, struct tl_linter *l)
{
    for (uint32_t i = 0; i < tl_source_count(l); i++) {
        struct tl_str fixed;

        if (tl_fixed_text(l, i, most_applicable(o), &fixed))
            diff_print(stdout, tl_source_path(l, i), tl_source_bytes(l, i),
                       fixed);
    }
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    if (errno != EPIPE)
        trouble("standard output: %s", strerror(errno));
    return false;
}

static bool is_stdin(const struct cli_options *o, const struct tl_linter *l,
                     uint32_t source)
{
    const char *name = o->stdin_filename ? o->stdin_filename : "<stdin>";

    return has_stdin(o) && strcmp(tl_source_path(l, source), name) == 0;
}

/* A file that cannot be written keeps its findings, and the others are fixed.
   It is spoken of when nothing else is left to fix. Standard input cannot be
   written back: the next round takes it from *stdin_fixed. */
static bool write_fixes(struct cli_options *o, struct tl_linter *l,
                        struct tl_str *stdin_fixed, size_t *fixes)
{
    VEC(struct err) errors = VEC_INIT;

    for (uint32_t i = 0; i < tl_source_count(l); i++) {
        struct tl_str fixed;
        struct err err;
        size_t n = tl_fixed_text(l, i, most_applicable(o), &fixed);

        if (n && is_stdin(o, l, i))
            *stdin_fixed = arena_str(&o->arena, fixed);
        else if (n && !file_write(tl_source_path(l, i), fixed, &err)) {
            vec_push(&errors, err);
            continue;
        }
        *fixes += n;
    }
    if (*fixes && !o->quiet)
        fprintf(stderr, "tusklint: %zu %s applied\n", *fixes,
                *fixes == 1 ? "fix" : "fixes");
    for (size_t i = 0; !*fixes && i < errors.n; i++)
        trouble("%s", errors.v[i].message);
    bool ok = errors.n == 0;
    vec_release(&errors);
    return ok;
}

/* ---- the run ---- */

static bool fails(struct cli_options *o, const struct tl_linter *l)
{
    for (size_t i = 0; i < tl_finding_count(l); i++) {
        const struct tl_finding *f = tl_finding_at(l, i);
        enum tl_severity from =
            cli_fail_on(o, tl_source_path(l, f->span.source));

        if (from != TL_OFF && f->severity >= from)
            return true;
    }
    return false;
}

/* A test that has nothing to compare would pass for ever. */
static bool compares_plans(const struct tl_linter *l)
{
    if (tl_plans_before(l) == 0)
        trouble("no plan baseline is among the inputs: nothing is compared");
    else if (tl_plan_count(l) == 0)
        trouble("no plan is among the inputs: nothing is compared");
    return tl_plans_before(l) && tl_plan_count(l);
}

/* What is fixed goes to standard output, and what is left to say of it is out
   of its way. */
static bool write_stdin(const struct cli_options *o, struct tl_linter *l,
                        const struct file *input)
{
    bool ok = fwrite(input->text.p, 1, input->text.n, stdout) == input->text.n;

    if (!ok || fflush(stdout) != 0) {
        trouble("standard output: %s", strerror(errno));
        return false;
    }
    return write_reports(o, l, stderr);
}

static bool write_result(const struct cli_options *o, struct tl_linter *l,
                         const struct file *input)
{
    if (o->diff)
        return print_diff(o, l);
    return o->fix && has_stdin(o) ? write_stdin(o, l, input)
                                  : write_reports(o, l, stdout);
}

/* One run; `again` when something was fixed and another must tell what is
   left. `input` is standard input's text, for all runs. */
static int run(struct cli_options *o, struct tl_linter *l, struct file *input,
               bool fix, bool *again)
{
    struct tl_str stdin_fixed = TL_NONE;
    struct err err;
    struct news *news = news_open(o, &err);
    bool ok = news || !err.message[0];
    size_t fixes = 0;

    *again = false;
    if (!ok)
        trouble("%s", err.message);
    ok = ok && cli_add_inputs(o, l, input);
    if (ok)
        tl_run(l);
    if (ok && news)
        news_filter(news, l);
    news_free(news);
    bool compared = !ok || !o->against_baseline || compares_plans(l);
    progress_end(o->lint.progress_arg);
    if (ok && o->verbose)
        tell_inputs(l);
    if (ok && o->verbose && tl_cache_note(l))
        tell_cache(tl_cache_note(l));
    bool written = !(ok && fix) || write_fixes(o, l, &stdin_fixed, &fixes);
    if (ok && fixes) {
        *again = true;
        tl_close(l);
        if (stdin_fixed.p) {
            file_release(input);
            input->text = stdin_fixed;
        }
        return EXIT_CLEAN;
    }
    ok = ok && write_result(o, l, input);
    int status = cli_tell_failures(l);
    if (ok && o->timing)
        tell_timing(l);
    if (!ok || !written || !compared)
        status = EXIT_TROUBLE;
    else if (status == EXIT_CLEAN && fails(o, l))
        status = EXIT_FINDINGS;
    tl_close(l);
    return status;
}

int check_inputs(struct cli_options *o)
{
    struct tl_error error;

    if (o->version)
        return cmd_version(0, NULL);
    if (!check_formats(o))
        return EXIT_TROUBLE;
    if (o->paths.n == 0)
        return trouble("no input; name files or folders, or '-' for standard "
                       "input (tusklint --help)");
    if (has_stdin(o) && o->diff_from && strcmp(o->diff_from, "-") == 0)
        return trouble("standard input is one thing: either an input or the "
                       "diff");
    struct progress progress;
    progress_init(&progress, o->quiet);
    o->lint.progress = progress_show;
    o->lint.progress_arg = &progress;
    o->lint.record_steps = is_wanted(o, "html");
    o->lint.path_prefix = workspace_prefix(&o->arena);
    bool again = o->fix && !o->diff;
    int status = EXIT_CLEAN;
    struct file input = {.text = TL_NONE};
    for (unsigned round = 0; round == 0 || again; round++) {
        struct tl_linter *l = cli_open(o, &error);
        if (!l) {
            status = trouble("%s", error.message);
            break;
        }
        status = run(o, l, &input, again && round < FIX_ROUNDS, &again);
    }
    file_release(&input);
    return status;
}

int cmd_check(int argc, char **argv)
{
    return cli_command(argc, argv, check_inputs);
}
