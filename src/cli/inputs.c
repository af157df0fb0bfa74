/*
 * inputs.c - paths, schemas and standard input become a run's inputs.
 */
#include "cli/inputs.h"

#include "base/buf.h"
#include "cli/commands.h"
#include "config/config.h"
#include "report/sanitize.h"

#include <string.h>
#include <sys/stat.h>

/* A run without plans of these queries is none that fails. */
static void expect_plans(struct cli_options *o, const struct config_effect *e)
{
    const struct config_setting *plans =
        config_setting_of(e, CONFIG_EXPECT_PLANS);

    for (size_t i = 0; plans && i < plans->n; i++) {
        struct tl_plan_expectation x = {.sql = plans->items[i].text,
                                        .terms = plans->items[i].value};

        vec_push(&o->expectations, x);
    }
    o->lint.plan_expectations = o->expectations.v;
    o->lint.n_plan_expectations = o->expectations.n;
}

/* What is one for the whole run is the first path's configuration's. */
static void set_run(struct cli_options *o)
{
    const char *path = o->stdin_filename ? o->stdin_filename : "";

    if (o->paths.n && strcmp(o->paths.v[0], "-") != 0)
        path = o->paths.v[0];
    if (file_is_dir(path))
        path = arena_printf(&o->arena, "%s/", path).p;
    struct config_effect e = config_effect_of(o->config, path);
    const struct config_setting *loop =
        config_setting_of(&e, CONFIG_N_PLUS_ONE);
    if (loop && o->lint.loop_minimum == 0)
        o->lint.loop_minimum = (uint32_t)loop->number;
    const struct config_setting *known = config_setting_of(&e, CONFIG_BASELINE);
    if (known && known->n && !o->baseline)
        o->baseline = config_shown(&o->arena, known->items[0].text);
    expect_plans(o, &e);
}

struct tl_linter *cli_open(struct cli_options *o, struct tl_error *error)
{
    if (!o->config && !o->no_config) {
        o->config = config_open(&o->lint, o->config_file);
        set_run(o);
        o->lint.of_input = config_of_input;
        o->lint.of_input_arg = o->config;
    }
    return tl_open(&o->lint, error);
}

enum tl_severity cli_fail_on(struct cli_options *o, const char *path)
{
    if (o->fail_on_given || !o->config)
        return o->fail_on;
    return config_fail_on(o->config, path, o->fail_on);
}

bool cli_tell_config_errors(const struct config *c)
{
    struct buf line;

    buf_init(&line, 0);
    for (size_t i = 0; i < config_error_count(c); i++) {
        buf_clear(&line);
        sanitize_path(&line, config_error_at(c, i));
        fprintf(stderr, "%s\n", line.p);
    }
    buf_release(&line);
    return config_error_count(c) > 0;
}

static bool add_stdin(struct cli_options *o, struct tl_linter *l,
                      struct file *input)
{
    struct err err;

    if (!input->text.p && !file_read(input, "-", (size_t)4 << 30, &err)) {
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
    const char *schema;
    for (size_t i = 0;
         o->config && (schema = config_schema_at(o->config, i)) != NULL; i++)
        tl_add_path(l, schema, TL_AS_AUTO, true);
    return !o->config || !cli_tell_config_errors(o->config);
}
