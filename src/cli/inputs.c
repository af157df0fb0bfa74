/*
 * inputs.c - paths, schemas and standard input become a run's inputs.
 */
#include "cli/inputs.h"

#include "cli/commands.h"

#include <string.h>
#include <sys/stat.h>

static bool add_stdin(struct cli_options *o, struct tl_linter *l,
                      struct file *input)
{
    struct err err;

    if (!file_read(input, "-", (size_t)4 << 30, &err)) {
        trouble("%s", err.message);
        return false;
    }
    tl_add_text(l, o->stdin_filename ? o->stdin_filename : "<stdin>",
                input->text,
                o->files_are_migrations && o->as == TL_AS_AUTO ? TL_AS_MIGRATION
                                                               : o->as,
                false);
    return true;
}

/* A folder holds other files, too; a file that is named is meant. */
static enum tl_as kind_of(const struct cli_options *o, const char *path)
{
    struct stat st;

    if (o->files_are_migrations && o->as == TL_AS_AUTO &&
        (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)))
        return TL_AS_MIGRATION;
    return o->as;
}

/* A folder is its own. */
static void add_history(const struct cli_options *o, struct tl_linter *l,
                        const char *path)
{
    struct stat st;
    bool is_stdin = strcmp(path, "-") == 0;

    if (is_stdin && o->stdin_filename)
        tl_add_history(l, o->stdin_filename);
    else if (!is_stdin && stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
        tl_add_history(l, path);
}

bool cli_add_inputs(struct cli_options *o, struct tl_linter *l,
                    struct file *input)
{
    bool has_stdin = false;

    for (size_t i = 0; i < o->schemas.n; i++)
        tl_add_path(l, o->schemas.v[i].path, TL_AS_AUTO, true);
    for (size_t i = 0; o->history && i < o->paths.n; i++)
        add_history(o, l, o->paths.v[i]);
    for (size_t i = 0; i < o->paths.n; i++) {
        if (strcmp(o->paths.v[i], "-") != 0)
            tl_add_path(l, o->paths.v[i], kind_of(o, o->paths.v[i]), false);
        else if (!has_stdin && !add_stdin(o, l, input))
            return false;
        else
            has_stdin = true;
    }
    return true;
}
