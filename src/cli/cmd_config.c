/*
 * cmd_config.c - tusklint config show|check|schema|init.
 */
#include "base/file.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "config/show.h"
#include "report/sanitize.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define NAME ".tusklint.yml"

static int usage(void)
{
    return trouble("config takes: show [FILE], check [FILE...], schema, or "
                   "init [FOLDER]");
}

static int print(struct buf *b)
{
    bool ok = fwrite(b->p ? b->p : "", 1, b->n, stdout) == b->n &&
              fflush(stdout) == 0;

    buf_release(b);
    return ok ? EXIT_CLEAN : trouble("standard output: %s", strerror(errno));
}

static int schema(void)
{
    struct buf b;

    buf_init(&b, 0);
    config_schema(&b);
    return print(&b);
}

/* A folder stands for a file in it. */
static const char *file_in(struct cli_options *o, const char *path)
{
    return file_is_dir(path) ? arena_printf(&o->arena, "%s/", path).p : path;
}

static int show(struct cli_options *o)
{
    struct buf b;

    if (o->paths.n > 1)
        return usage();
    const char *path = file_in(o, o->paths.n ? o->paths.v[0] : ".");
    o->config = config_open(&o->lint, o->config_file);
    buf_init(&b, 0);
    config_show(o->config, path, &b);
    if (cli_tell_config_errors(o->config)) {
        buf_release(&b);
        return EXIT_TROUBLE;
    }
    return print(&b);
}

/* Configurations that are named, or those of folders and files. */
static int check(struct cli_options *o)
{
    o->config = config_open(&o->lint, o->config_file);
    if (o->paths.n == 0)
        vec_push(&o->paths, ".");
    int status = EXIT_CLEAN;
    for (size_t i = 0; i < o->paths.n; i++) {
        const char *path = o->paths.v[i];
        const char *name = strrchr(path, '/');

        name = name ? name + 1 : path;
        if (strncmp(name, ".tusklint.", 10) == 0 && file_is_regular(path))
            config_read(o->config, path);
        else if (!config_effect_of(o->config, file_in(o, path)).file)
            status = trouble("%s: there is no configuration for it", path);
    }
    return cli_tell_config_errors(o->config) ? EXIT_TROUBLE : status;
}

static void tell_notes(const struct buf *notes)
{
    struct buf line;

    buf_init(&line, 0);
    for (size_t at = 0; at < notes->n;) {
        const char *end = memchr(notes->p + at, '\n', notes->n - at);
        size_t n = (size_t)(end - (notes->p + at));

        buf_clear(&line);
        sanitize(&line, (struct tl_str){notes->p + at, n});
        trouble("%s", line.p);
        at += n + 1;
    }
    buf_release(&line);
}

static int write_new(const char *path, const struct buf *b)
{
    FILE *f = fopen(path, "wxe");

    if (!f)
        return errno == EEXIST
                   ? trouble("%s is there already, and stays as it is", path)
                   : trouble("%s: %s", path, strerror(errno));
    bool ok = fwrite(b->p, 1, b->n, f) == b->n;
    ok = fclose(f) == 0 && ok;
    if (!ok) {
        int status = trouble("%s: %s", path, strerror(errno));
        unlink(path);
        return status;
    }
    printf("wrote %s\n", path);
    return EXIT_CLEAN;
}

static int init(struct cli_options *o)
{
    const char *folder = o->paths.n ? o->paths.v[0] : ".";
    const char *from = arena_printf(&o->arena, "%s/.squawk.toml", folder).p;
    const char *to = arena_printf(&o->arena, "%s/" NAME, folder).p;
    struct file toml;
    struct buf out;
    struct buf notes;
    struct err err;

    if (o->paths.n > 1)
        return usage();
    buf_init(&out, 0);
    buf_init(&notes, 0);
    bool squawk = file_is_regular(from);
    int status = EXIT_CLEAN;
    if (!squawk) {
        config_starter(&out);
    } else if (file_read(&toml, from, (size_t)1 << 20, &err)) {
        config_from_squawk(toml.text, &out, &notes);
        file_release(&toml);
    } else {
        status = trouble("%s", err.message);
    }
    if (status == EXIT_CLEAN)
        status = write_new(strcmp(folder, ".") == 0 ? NAME : to, &out);
    if (status == EXIT_CLEAN)
        tell_notes(&notes);
    buf_release(&out);
    buf_release(&notes);
    return status;
}

int cmd_config(int argc, char **argv)
{
    static const struct {
        const char *word;
        int (*run)(struct cli_options *);
    } commands[] = {{"show", show}, {"check", check}, {"init", init}};
    struct cli_options o;
    struct err err;
    int status = -1;

    if (argc < 1)
        return usage();
    if (strcmp(argv[0], "schema") == 0)
        return argc == 1 ? schema() : usage();
    cli_init(&o);
    if (!cli_parse(&o, argc - 1, argv + 1, &err))
        status = trouble("%s", err.message);
    for (size_t i = 0; status < 0 && i < sizeof(commands) / sizeof(*commands);
         i++)
        if (strcmp(argv[0], commands[i].word) == 0)
            status = commands[i].run(&o);
    if (status < 0)
        status = usage();
    cli_release(&o);
    return status;
}
