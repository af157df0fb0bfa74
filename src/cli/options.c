/*
 * options.c - words of the command line become options.
 */
#include "cli/options.h"

#include "cli/commands.h"
#include "cli/option_table.h"
#include "config/config.h"
#include "lint/suggest.h"

#include <string.h>

void cli_init(struct cli_options *o)
{
    memset(o, 0, sizeof(*o));
    arena_init(&o->arena, 4096);
    o->fail_on = TL_WARNING;
}

void cli_release(struct cli_options *o)
{
    config_free(o->config);
    vec_release(&o->outputs);
    vec_release(&o->schemas);
    vec_release(&o->selectors);
    vec_release(&o->expectations);
    vec_release(&o->paths);
    arena_release(&o->arena);
}

struct words {
    const struct cli_command *command; /* NULL: every option is taken */
    int argc;
    char **argv;
    int at;
    const char *letters; /* what is left of "-qv" */
    bool only_paths;
};

enum word { WORD_NONE, WORD_PATH, WORD_OPTION, WORD_WRONG };

static bool takes(const struct cli_command *c, const struct cli_option *o)
{
    return !c || (o->takes & c->bit) != 0;
}

static const struct cli_option *find_own(const struct cli_command *c,
                                         const char *name, size_t n)
{
    for (const struct cli_option *o = c ? c->own : NULL; o && o->name; o++)
        if (strlen(o->name) == n && memcmp(o->name, name, n) == 0)
            return o;
    return NULL;
}

static void unknown_option(const struct words *w, const char *word,
                           struct err *e)
{
    struct tl_str asked = {word, strcspn(word, "=")};
    struct tl_str nearest = TL_NONE;
    unsigned best = 0;
    const struct cli_option *o = w->command ? w->command->own : NULL;

    for (; o && o->name; o++)
        suggest_consider(asked, tl_str_c(o->name), &nearest, &best);
    for (size_t i = 0; (o = cli_option_at(i)); i++)
        if (takes(w->command, o))
            suggest_consider(asked, tl_str_c(o->name), &nearest, &best);
    if (nearest.n)
        err_set(e, "unknown option --%.*s; did you mean --%.*s?", TL_FMT(asked),
                TL_FMT(nearest));
    else
        err_set(e, "unknown option --%.*s; see tusklint --help", TL_FMT(asked));
}

static bool take_value(struct words *w, const struct cli_option *o,
                       const char *inlined, const char **value, struct err *e)
{
    *value = inlined;
    if (o->value && o->value[0] == '[')
        return true;
    if (!o->value)
        return !inlined || err_set(e, "option --%s takes no value", o->name);
    if (inlined)
        return true;
    if (w->at >= w->argc)
        return err_set(e, "option --%s needs a value: %s", o->name, o->value);
    *value = w->argv[w->at++];
    return true;
}

static bool is_taken(const struct words *w, const struct cli_option *o,
                     struct err *e)
{
    return takes(w->command, o) ||
           err_set(e, "%s has no option --%s; see tusklint %s --help",
                   w->command->word, o->name, w->command->word);
}

static enum word long_option(struct words *w, const char *word,
                             const struct cli_option **o, const char **value,
                             struct err *e)
{
    size_t n = strcspn(word, "=");
    const char *inlined = word[n] ? word + n + 1 : NULL;

    *o = find_own(w->command, word, n);
    if (*o)
        return take_value(w, *o, inlined, value, e) ? WORD_OPTION : WORD_WRONG;
    *o = cli_option_find(word, n);
    if (!*o) {
        unknown_option(w, word, e);
        return WORD_WRONG;
    }
    return is_taken(w, *o, e) && take_value(w, *o, inlined, value, e)
               ? WORD_OPTION
               : WORD_WRONG;
}

/* One of "-qv", "-j4", "-j 4". */
static enum word letter_option(struct words *w, const struct cli_option **o,
                               const char **value, struct err *e)
{
    const char *p = w->letters++;

    *o = cli_option_of_letter(*p);
    if (!*o) {
        err_set(e, "unknown option -%c; see tusklint --help", *p);
        return WORD_WRONG;
    }
    const char *inlined = (*o)->value && p[1] ? p + 1 : NULL;
    if (!p[1] || (*o)->value)
        w->letters = NULL;
    return is_taken(w, *o, e) && take_value(w, *o, inlined, value, e)
               ? WORD_OPTION
               : WORD_WRONG;
}

/* The next option with its value, or a path as the value. */
static enum word next_word(struct words *w, const struct cli_option **o,
                           const char **value, struct err *e)
{
    if (w->letters)
        return letter_option(w, o, value, e);
    if (w->at >= w->argc)
        return WORD_NONE;
    const char *word = w->argv[w->at++];
    *value = word;
    if (w->only_paths || word[0] != '-' || word[1] == '\0')
        return WORD_PATH;
    if (strcmp(word, "--") == 0) {
        w->only_paths = true;
        return next_word(w, o, value, e);
    }
    if (word[1] == '-')
        return long_option(w, word + 2, o, value, e);
    w->letters = word + 1;
    return letter_option(w, o, value, e);
}

bool cli_parse(struct cli_options *out, int argc, char **argv, struct err *e)
{
    struct words w = {.argc = argc, .argv = argv};
    const struct cli_option *o;
    const char *value;

    for (;;) {
        switch (next_word(&w, &o, &value, e)) {
        case WORD_WRONG:
            return false;
        case WORD_PATH:
            vec_push(&out->paths, value);
            continue;
        case WORD_OPTION:
            if (!o->set(out, value, e))
                return false;
            continue;
        case WORD_NONE:
            break;
        }
        break;
    }
    out->lint.selectors = out->selectors.v;
    out->lint.n_selectors = out->selectors.n;
    out->lint.plan_expectations = out->expectations.v;
    out->lint.n_plan_expectations = out->expectations.n;
    return true;
}

bool cli_words_fit(const struct cli_command *c, int argc, char **argv,
                   bool *help, struct err *e)
{
    struct words w = {.command = c, .argc = argc, .argv = argv};
    const struct cli_option *o;
    const char *value;
    enum word word;

    *help = false;
    while ((word = next_word(&w, &o, &value, e)) != WORD_NONE) {
        if (word == WORD_WRONG)
            return *help;
        if (word == WORD_OPTION && strcmp(o->name, "help") == 0)
            *help = true;
    }
    return true;
}

void cli_lead(const struct cli_command *c, int argc, char **argv)
{
    struct words w = {.command = c, .argc = argc, .argv = argv};
    const struct cli_option *o;
    const char *value;
    struct err err;
    bool leads = false;

    while (!leads) {
        enum word word = next_word(&w, &o, &value, &err);

        if (word == WORD_NONE || word == WORD_WRONG)
            return;
        leads = word == WORD_PATH
                    ? c->words != NULL
                    : find_own(c, o->name, strlen(o->name)) != NULL;
    }
    char *first = argv[w.at - 1];
    memmove(argv + 1, argv, (size_t)(w.at - 1) * sizeof(*argv));
    argv[0] = first;
}
