/*
 * completion.c - completions for shells, from the tables.
 *
 * Each script knows, for a command: its options, which of them want a value and
 * what that may be, and what its first operand may be. Everything else is a
 * path.
 */
#include "cli/manual.h"
#include "cli/option_table.h"

#include <tusklint/rule.h>
#include <tusklint/tusklint.h>

#include <string.h>

static bool wants_rules(const struct cli_command *c, const struct cli_option *o)
{
    return o ? strcmp(o->name, "select") == 0 ||
                   strcmp(o->name, "ignore") == 0 ||
                   strcmp(o->name, "severity") == 0
             : c->bit == CLI_EXPLAIN;
}

static void add_rules(struct buf *b)
{
    for (size_t i = 0; i < tl_rule_count(); i++)
        buf_printf(b, "%s%s", i ? " " : "", tl_rule_at(i)->name);
}

static void add_commands(struct buf *b)
{
    const struct cli_command *c;

    for (size_t i = 0; (c = cli_command_at(i)); i++)
        buf_printf(b, "%s%s", i ? " " : "", c->word);
}

/* Must its value be a word of its own? */
static bool takes_word(const struct cli_option *o)
{
    return o->value && o->value[0] != '[';
}

/* What an operand or an option's value may be: words, or nothing for paths. */
static void add_values(struct buf *b, const struct cli_command *c,
                       const struct cli_option *o)
{
    struct buf scratch;

    buf_init(&scratch, 0);
    const char *choices = o ? manual_choices(c, o, &scratch) : c->words;
    if (wants_rules(c, o))
        add_rules(b);
    else if (!o && c->bit == CLI_HELP)
        add_commands(b);
    else if (choices)
        buf_puts(b, choices);
    buf_release(&scratch);
}

/* ---- bash ---- */

static void bash_options(struct buf *b, const struct cli_command *c)
{
    const struct cli_option *o;

    buf_puts(b, "        options='");
    for (size_t i = 0; (o = manual_option(c, i)); i++)
        buf_printf(b, "%s--%s%s", i ? " " : "", o->name,
                   takes_word(o) || !o->value ? "" : " ");
    buf_puts(b, "'\n        words='");
    add_values(b, c, NULL);
    buf_puts(b, "'\n        case $previous in\n");
    for (size_t i = 0; (o = manual_option(c, i)); i++) {
        if (!takes_word(o))
            continue;
        if (o->letter)
            buf_printf(b, "        --%s|-%c) values='", o->name, o->letter);
        else
            buf_printf(b, "        --%s) values='", o->name);
        add_values(b, c, o);
        buf_puts(b, "'; valued=1 ;;\n");
    }
    buf_puts(b, "        esac\n        ;;\n");
}

static void bash(struct buf *b)
{
    const struct cli_command *c;

    buf_puts(b, "# Completions of tusklint for bash.\n"
                "_tusklint() {\n"
                "    local current=${COMP_WORDS[COMP_CWORD]}\n"
                "    local previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
                "    local command=check first=1 options= words= values= "
                "valued=\n"
                "    COMPREPLY=()\n"
                "    case ${COMP_WORDS[1]} in\n    ");
    for (size_t i = 0; (c = cli_command_at(i)); i++)
        buf_printf(b, "%s%s", i ? "|" : "", c->word);
    buf_puts(b, ")\n        [ \"$COMP_CWORD\" -gt 1 ] && "
                "command=${COMP_WORDS[1]} first=2 ;;\n"
                "    esac\n"
                "    case $command in\n");
    for (size_t i = 0; (c = cli_command_at(i)); i++) {
        buf_printf(b, "    %s)\n", c->word);
        bash_options(b, c);
    }
    buf_puts(b,
             "    esac\n"
             "    if [ -n \"$valued\" ]; then\n"
             "        COMPREPLY=($(compgen -W \"$values\" -- \"$current\"))\n"
             "    elif [[ $current == -* ]]; then\n"
             "        COMPREPLY=($(compgen -W \"$options\" -- "
             "\"$current\"))\n"
             "    elif [ \"$COMP_CWORD\" = \"$first\" ]; then\n"
             "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
             "    fi\n"
             "    if [ \"$COMP_CWORD\" = 1 ]; then\n"
             "        COMPREPLY+=($(compgen -W '");
    add_commands(b);
    buf_puts(b, "' -- \"$current\"))\n"
                "    fi\n"
                "    [ -z \"$words$values\" ] && [[ $current != -* ]] &&\n"
                "        compopt -o default 2>/dev/null\n"
                "    return 0\n"
                "}\n"
                "complete -F _tusklint tusklint\n");
}

/* ---- zsh ---- */

/* For single quotes, and as the text of a specification. */
static void zsh_text(struct buf *b, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'')
            buf_puts(b, "'\\''");
        else if (strchr("[]:\\", *p))
            buf_printf(b, "\\%c", *p);
        else
            buf_char(b, *p);
    }
}

/* ":message:(a b)", or of files. */
static void zsh_action(struct buf *b, const struct cli_command *c,
                       const struct cli_option *o)
{
    struct buf values;

    buf_init(&values, 0);
    add_values(&values, c, o);
    buf_puts(b, o && o->value[0] == '[' ? "::" : ":");
    zsh_text(b, o ? o->value + (o->value[0] == '[' ? 2 : 0) : "operand");
    if (values.n)
        buf_printf(b, ":(%s)", values.p);
    else
        buf_puts(b, ":_files");
    buf_release(&values);
}

static void zsh_option(struct buf *b, const struct cli_command *c,
                       const struct cli_option *o)
{
    for (int letter = o->letter ? 1 : 0; letter >= 0; letter--) {
        if (letter)
            buf_printf(b, "            '*-%c%s[", o->letter,
                       o->value ? "+" : "");
        else
            buf_printf(b, "            '*--%s%s[", o->name,
                       !o->value       ? ""
                       : takes_word(o) ? "="
                                       : "=-");
        zsh_text(b, o->help);
        buf_puts(b, "]");
        if (o->value)
            zsh_action(b, c, o);
        buf_puts(b, "' \\\n");
    }
}

static void zsh_command(struct buf *b, const struct cli_command *c)
{
    const struct cli_option *o;

    buf_printf(b, "    %s)\n        _arguments -s -S \\\n", c->word);
    for (size_t i = 0; (o = manual_option(c, i)); i++)
        zsh_option(b, c, o);
    buf_puts(b, "            '1");
    zsh_action(b, c, NULL);
    buf_puts(b, "' \\\n            '*:path:_files'\n        ;;\n");
}

static void zsh(struct buf *b)
{
    const struct cli_command *c;

    buf_puts(b, "#compdef tusklint\n"
                "# Completions of tusklint for zsh.\n"
                "_tusklint() {\n"
                "    local -a commands\n"
                "    local command=check\n"
                "    commands=(\n");
    for (size_t i = 0; (c = cli_command_at(i)); i++) {
        buf_printf(b, "        '%s:", c->word);
        zsh_text(b, c->summary);
        buf_puts(b, "'\n");
    }
    buf_puts(b, "    )\n"
                "    if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
                "        _describe -t commands command commands\n"
                "    fi\n"
                "    case $words[2] in\n    ");
    for (size_t i = 0; (c = cli_command_at(i)); i++)
        buf_printf(b, "%s%s", i ? "|" : "", c->word);
    buf_puts(b, ")\n"
                "        if (( CURRENT > 2 )); then\n"
                "            command=$words[2]\n"
                "            words=(\"$words[1]\" \"${(@)words[3,-1]}\")\n"
                "            (( CURRENT-- ))\n"
                "        fi ;;\n"
                "    esac\n"
                "    case $command in\n");
    for (size_t i = 0; (c = cli_command_at(i)); i++)
        zsh_command(b, c);
    buf_puts(b, "    esac\n"
                "}\n"
                "if [ \"$funcstack[1]\" = _tusklint ]; then\n"
                "    _tusklint \"$@\"\n"
                "else\n"
                "    compdef _tusklint tusklint\n"
                "fi\n");
}

/* ---- fish ---- */

static void fish_text(struct buf *b, const char *text)
{
    buf_char(b, '\'');
    for (const char *p = text; *p; p++)
        buf_printf(b, "%s%c", strchr("'\\", *p) ? "\\" : "", *p);
    buf_char(b, '\'');
}

/* check is meant where no command is named. */
static void fish_condition(struct buf *b, const struct cli_command *c)
{
    if (c->bit == CLI_CHECK)
        buf_puts(b, "complete -c tusklint -n '__tusklint_is check'");
    else
        buf_printf(b, "complete -c tusklint -n '__tusklint_is %s'", c->word);
}

static void fish_option(struct buf *b, const struct cli_command *c,
                        const struct cli_option *o)
{
    struct buf values;

    buf_init(&values, 0);
    add_values(&values, c, o);
    fish_condition(b, c);
    buf_printf(b, " -l %s", o->name);
    if (o->letter)
        buf_printf(b, " -s %c", o->letter);
    if (takes_word(o))
        buf_puts(b, values.n ? " -x" : " -r");
    if (values.n) {
        buf_puts(b, " -a ");
        fish_text(b, values.p);
    }
    buf_puts(b, " -d ");
    fish_text(b, o->help);
    buf_char(b, '\n');
    buf_release(&values);
}

static void fish_command(struct buf *b, const struct cli_command *c)
{
    const struct cli_option *o;
    struct buf values;

    buf_printf(b, "complete -c tusklint -n __tusklint_is_first -f -a %s -d ",
               c->word);
    fish_text(b, c->summary);
    buf_char(b, '\n');
    for (size_t i = 0; (o = manual_option(c, i)); i++)
        fish_option(b, c, o);
    buf_init(&values, 0);
    add_values(&values, c, NULL);
    if (values.n) {
        fish_condition(b, c);
        buf_puts(b, " -f -a ");
        fish_text(b, values.p);
        buf_char(b, '\n');
    }
    buf_release(&values);
}

static void fish(struct buf *b)
{
    const struct cli_command *c;

    buf_puts(b, "# Completions of tusklint for fish.\n"
                "function __tusklint_is_first\n"
                "    test (count (commandline -opc)) = 1\n"
                "end\n"
                "function __tusklint_is\n"
                "    set -l words (commandline -opc)\n"
                "    set -l command check\n"
                "    contains -- \"$words[2]\" ");
    add_commands(b);
    buf_puts(b, "; and set command $words[2]\n"
                "    test $command = $argv[1]\n"
                "end\n");
    for (size_t i = 0; (c = cli_command_at(i)); i++)
        fish_command(b, c);
}

bool manual_completion(const char *shell, struct buf *b)
{
    static const struct {
        const char *shell;
        void (*write)(struct buf *);
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

    for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++)
        if (strcmp(shells[i].shell, shell) == 0) {
            shells[i].write(b);
            return true;
        }
    return false;
}
