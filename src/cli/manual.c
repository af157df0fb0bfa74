/*
 * manual.c - the help and the man page.
 */
#include "cli/manual.h"

#include "cli/option_table.h"

#include <tusklint/tusklint.h>

#include <string.h>

#define WIDTH 80
#define INDENT 34

static const char about[] = "finds in migrations, captured queries and query "
                            "plans of PostgreSQL what will hurt";

const struct cli_option *manual_option(const struct cli_command *c, size_t i)
{
    const struct cli_option *o;

    for (o = c->own; o && o->name; o++)
        if (i-- == 0)
            return o;
    for (size_t k = 0; (o = cli_option_at(k)); k++)
        if ((o->takes & c->bit) && i-- == 0)
            return o;
    return NULL;
}

const char *manual_choices(const struct cli_command *c,
                           const struct cli_option *o, struct buf *scratch)
{
    const char *name;

    if (strcmp(o->name, "format") != 0)
        return o->choices;
    if (c->bit == CLI_RULES)
        return "text json markdown";
    if (c->bit == CLI_LOCKS || c->bit == CLI_VERSION)
        return "text json";
    if (c->bit == CLI_DIGEST)
        return "jsonl";
    buf_clear(scratch);
    for (size_t i = 0; (name = tl_format_at(i)); i++)
        buf_printf(scratch, "%s%s", i ? " " : "", name);
    return scratch->p;
}

/* Words behind column `indent`, the first line begins at `column`. */
static void wrap(struct buf *b, const char *text, size_t indent, size_t column)
{
    const char *gap = "";

    for (const char *w = text; *w;) {
        size_t n = strcspn(w, " \n");

        if (*gap == ' ' && column + 1 + n > WIDTH)
            gap = "\n";
        buf_puts(b, gap);
        if (*gap == '\n') {
            buf_printf(b, "%*s", (int)indent, "");
            column = indent;
        }
        buf_printf(b, "%.*s", (int)n, w);
        column += n + (*gap == ' ');
        gap = w[n] == '\n' ? "\n\n" : " ";
        w += n + strspn(w + n, " \n");
    }
    buf_char(b, '\n');
}

/* "text json" as ": text, json". */
static void list(struct buf *b, const char *choices)
{
    buf_puts(b, ": ");
    for (const char *p = choices; *p; p++)
        buf_printf(b, *p == ' ' ? ", " : "%c", *p);
}

/* "-o, --output FORMAT=PATH" */
static void name_option(struct buf *b, const struct cli_option *o)
{
    bool inlined = o->value && o->value[0] == '[';

    if (o->letter)
        buf_printf(b, "-%c, ", o->letter);
    buf_printf(b, "--%s%s%s", o->name, o->value && !inlined ? " " : "",
               o->value ? o->value : "");
}

static void add_option(struct buf *b, const struct cli_command *c,
                       const struct cli_option *o)
{
    struct buf left;
    struct buf text;
    struct buf scratch;

    buf_init(&left, 0);
    buf_init(&text, 0);
    buf_init(&scratch, 0);
    buf_printf(&left, "%s", o->letter ? "  " : "      ");
    name_option(&left, o);
    buf_printf(b, "%s", left.p);
    size_t column = left.n;
    if (column + 2 > INDENT)
        buf_printf(b, "\n%*s", INDENT, "");
    else
        buf_printf(b, "%*s", (int)(INDENT - column), "");
    buf_puts(&text, o->help);
    const char *choices = manual_choices(c, o, &scratch);
    if (choices && strcmp(o->name, "format") == 0)
        list(&text, choices);
    wrap(b, text.p, INDENT, INDENT);
    buf_release(&left);
    buf_release(&text);
    buf_release(&scratch);
}

static void add_options(struct buf *b, const struct cli_command *c)
{
    const struct cli_option *o;

    buf_puts(b, "\noptions:\n");
    for (size_t i = 0; (o = manual_option(c, i)); i++)
        add_option(b, c, o);
}

static bool has_options(const struct cli_command *c)
{
    /* --help is one of all. */
    return manual_option(c, 1) != NULL;
}

static void add_usage(struct buf *b, const struct cli_command *c)
{
    bool check = c->bit == CLI_CHECK;

    buf_printf(b, "usage: tusklint %s%s%s%s%s%s\n", check ? "[" : "", c->word,
               check ? "]" : "", has_options(c) ? " [OPTIONS]" : "",
               *c->operands ? " " : "", c->operands);
}

static void add_overview(struct buf *b)
{
    const struct cli_command *c;

    buf_printf(b, "tusklint - ");
    wrap(b, about, 11, 11);
    buf_puts(b, "\nusage: tusklint [COMMAND] [OPTIONS] PATH...\n"
                "\ncommands (tusklint COMMAND --help tells more):\n");
    for (size_t i = 0; (c = cli_command_at(i)); i++) {
        buf_printf(b, "  %-15s ", c->word);
        wrap(b, c->summary, 18, 18);
    }
}

void manual_help(const struct cli_command *c, struct buf *b)
{
    if (!c) {
        add_overview(b);
        c = cli_command_at(0);
        buf_puts(b, "\n");
    } else {
        add_usage(b, c);
        buf_puts(b, "\n");
        buf_printf(b, "%s: ", c->word);
        wrap(b, c->summary, 0, strlen(c->word) + 2);
        buf_puts(b, c->more ? "\n" : "");
    }
    if (c->more)
        wrap(b, c->more, 0, 0);
    add_options(b, c);
}

/* ---- roff ---- */

/* What roff would read as its own. */
static void roff(struct buf *b, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\n' && p[1] == '\n') {
            buf_puts(b, "\n.PP\n");
            p++;
        } else if (*p == '\\') {
            buf_puts(b, "\\e");
        } else if (*p == '-') {
            buf_puts(b, "\\-");
        } else if ((*p == '.' || *p == '\'') && (p == text || p[-1] == '\n')) {
            buf_printf(b, "\\&%c", *p);
        } else {
            buf_char(b, *p);
        }
    }
}

static void roff_option(struct buf *b, const struct cli_command *c,
                        const struct cli_option *o)
{
    struct buf name;
    struct buf scratch;

    buf_init(&name, 0);
    buf_init(&scratch, 0);
    name_option(&name, o);
    buf_puts(b, ".TP\n.B ");
    roff(b, name.p);
    buf_char(b, '\n');
    roff(b, o->help);
    const char *choices = manual_choices(c, o, &scratch);
    buf_clear(&name);
    if (choices && strcmp(o->name, "format") == 0)
        list(&name, choices);
    roff(b, name.n ? name.p : "");
    buf_puts(b, ".\n");
    buf_release(&name);
    buf_release(&scratch);
}

/* Options that several commands take are told of once, with check. */
static void roff_command(struct buf *b, const struct cli_command *c)
{
    const struct cli_option *o;

    buf_puts(b, ".SS \"tusklint ");
    roff(b, c->word);
    buf_puts(b, *c->operands ? " " : "");
    roff(b, c->operands);
    buf_puts(b, "\"\n");
    roff(b, c->summary);
    buf_puts(b, ".\n");
    if (c->more) {
        buf_puts(b, ".PP\n");
        roff(b, c->more);
        buf_char(b, '\n');
    }
    for (o = c->own; o && o->name; o++)
        roff_option(b, c, o);
}

void manual_page(struct buf *b)
{
    const struct cli_command *c;
    const struct cli_option *o;

    buf_printf(b, ".TH TUSKLINT 1 \"\" \"tusklint %s\" \"User commands\"\n",
               TL_VERSION);
    buf_puts(b, ".SH NAME\ntusklint \\- ");
    roff(b, about);
    buf_puts(b, "\n.SH SYNOPSIS\n.B tusklint\n[COMMAND] [OPTIONS] "
                "PATH...\n.SH COMMANDS\n");
    for (size_t i = 0; (c = cli_command_at(i)); i++)
        roff_command(b, c);
    buf_puts(b, ".SH OPTIONS\nThose of\n.BR check ;\nother commands take "
                "what fits of them, as\n.B tusklint COMMAND "
                "\\-\\-help\ntells.\n");
    c = cli_command_at(0);
    for (size_t i = 0; (o = manual_option(c, i)); i++)
        roff_option(b, c, o);
    buf_puts(b,
             ".SH EXIT STATUS\n"
             ".TP\n0\nNothing was found.\n"
             ".TP\n1\nSomething was found from the severity of \\-\\-fail\\-on "
             "on.\n"
             ".TP\n2\nSomething could not be done.\n"
             ".SH FILES\n.TP\n.I .tusklint.yml\nThe configuration of the "
             "files beside and below it.\n"
             ".SH ENVIRONMENT\n"
             ".TP\n.B NO_COLOR\nNo colors unless \\-\\-color asks.\n"
             ".TP\n.B CLICOLOR_FORCE, FORCE_COLOR\nColors even where nobody "
             "looks.\n"
             ".TP\n.B GITHUB_ACTIONS\nWhen it is true, the format is github "
             "unless one is asked for.\n");
}
