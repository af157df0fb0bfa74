/*
 * command_table.c - the commands, as the help tells of them.
 */
#include "cli/commands.h"
#include "cli/option_table.h"

#include <string.h>

static const struct cli_option add_own[] = {
    {"add", 0, "[=REASON]", NULL, CLI_SUPPRESS, NULL,
     "write the comments, with this reason behind each"},
    {.name = NULL}};
static const struct cli_option stdio_own[] = {
    {"stdio", 0, NULL, NULL, CLI_LSP, NULL,
     "speak on standard input and output; there is no other way"},
    {.name = NULL}};
static const struct cli_option man_own[] = {
    {"man", 0, NULL, NULL, CLI_HELP, NULL, "print the man page, for man(1)"},
    {.name = NULL}};

static const struct cli_command table[] = {
    {"check", cmd_check, CLI_CHECK, "PATH...",
     "lint migrations, captured queries and plans",
     "The command that is meant when none is named. A PATH is a file, a folder "
     "that is walked, or '-' for standard input; what it holds is found out "
     "from its name and its bytes.\n"
     "\n"
     "The exit status is 0 when nothing was found from the severity of "
     "--fail-on on, 1 when something was, and 2 when something could not be "
     "done; 2 wins.\n"
     "\n"
     "On GitHub's runners the format is github when none is asked for.",
     NULL, NULL},
    {"locks", cmd_locks, CLI_LOCKS, "PATH...",
     "say what each statement of migrations locks, and for how long",
     "The formats are text and json.", NULL, NULL},
    {"baseline", cmd_baseline, CLI_BASELINE, "write|prune [PATH...]",
     "accept what is found today, so that only what is new is reported",
     "write replaces the file of --baseline (tusklint-baseline.json) by what "
     "is "
     "found now; prune takes out of it what is found no more. check reads it "
     "with --baseline FILE or by the configuration.",
     "write prune", NULL},
    {"suppress", cmd_suppress, CLI_SUPPRESS, "--add[=REASON] [RULE...] PATH...",
     "write comments into the files that hide what is found in them",
     "Only for the rules that are named, where some are. --diff shows the "
     "comments and writes none.",
     NULL, add_own},
    {"digest", cmd_digest, CLI_DIGEST, "PATH...",
     "count the queries of logs, a JSON line for each",
     "Digests are read like logs: those of several logs make one.", NULL, NULL},
    {"plan-baseline", cmd_plan_baseline, CLI_PLAN_BASELINE,
     "write|check FILE PLAN...",
     "keep the structure of plans, and say what changed since",
     "check takes the options of the command check.", "write check", NULL},
    {"config", cmd_config, CLI_CONFIG, "show|check|schema|init [PATH...]",
     "show, try, describe or begin a configuration",
     "show [FILE] prints what holds for a file and which line says it, check "
     "[FILE...] looks for mistakes, schema prints the JSON Schema, and init "
     "[FOLDER] writes a .tusklint.yml, with what .squawk.toml says.",
     "show check schema init", NULL},
    {"explain", cmd_explain, CLI_EXPLAIN, "RULE",
     "print the documentation of a rule",
     "RULE is an id, a name, or the name that another linter has for it.", NULL,
     NULL},
    {"rules", cmd_rules, CLI_RULES, "", "list the rules",
     "The formats are text, json and markdown.", NULL, NULL},
    {"lsp", cmd_lsp, CLI_LSP, "", "be a language server, for editors",
     "It speaks on standard input and output; docs/editors.md says how editors "
     "start it.",
     NULL, stdio_own},
    {"completion", cmd_completion, CLI_COMPLETION, "bash|zsh|fish",
     "print what completes commands and options in a shell",
     "For bash: eval \"$(tusklint completion bash)\".", "bash zsh fish", NULL},
    {"help", cmd_help, CLI_HELP, "[COMMAND]", "tell of a command", NULL, NULL,
     man_own},
    {"version", cmd_version, CLI_VERSION, "", "print the version",
     "The formats are text and json.", NULL, NULL},
};
#define TABLE_SIZE (sizeof(table) / sizeof(table[0]))

/* For our scripts alone. */
static const struct cli_command debug = {
    .word = "debug",
    .run = cmd_debug,
    .bit = CLI_DEBUG,
    .operands = "catalog PATH...",
    .summary = "print the schema that files make, for tests"};

const struct cli_command *cli_command_at(size_t i)
{
    return i < TABLE_SIZE ? &table[i] : NULL;
}

const struct cli_command *cli_command_find(const char *word)
{
    for (size_t i = 0; i < TABLE_SIZE; i++)
        if (strcmp(table[i].word, word) == 0)
            return &table[i];
    return strcmp(word, debug.word) == 0 ? &debug : NULL;
}
