/*
 * commands.h - what `tusklint WORD` does.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

struct cli_option;
struct cli_options;
struct err;

struct cli_command {
    const char *word;
    /* `argv` begins behind the command's word; gives the exit status. */
    int (*run)(int argc, char **argv);
    unsigned bit;         /* enum cli_takes */
    const char *operands; /* behind the options: "PATH..." */
    const char *summary;  /* one line, without a period */
    const char *more;     /* paragraphs, separated by empty lines; NULL */
    const char *words;    /* the first operand's choices, by blanks; NULL */
    const struct cli_option *own; /* options that no other has, up to one
                                     without a name; NULL */
};

/* The i-th command that is documented, NULL behind the last. */
const struct cli_command *cli_command_at(size_t i);
const struct cli_command *cli_command_find(const char *word);
/*
 * Are the words options that the command takes, with their values? `help` says
 * whether --help is among them, which is an answer to any words.
 */
bool cli_words_fit(const struct cli_command *, int argc, char **argv,
                   bool *help, struct err *);
/* Moves the word that says what the command does (write, --add) to the front:
   options may stand before it. The words fit. */
void cli_lead(const struct cli_command *, int argc, char **argv);

int cmd_baseline(int argc, char **argv);
int cmd_check(int argc, char **argv);
/* The same, once the words are options. */
int check_inputs(struct cli_options *);
int cmd_completion(int argc, char **argv);
int cmd_config(int argc, char **argv);
int cmd_debug(int argc, char **argv);
int cmd_digest(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_help(int argc, char **argv);
int cmd_locks(int argc, char **argv);
int cmd_lsp(int argc, char **argv);
int cmd_plan_baseline(int argc, char **argv);
int cmd_rules(int argc, char **argv);
int cmd_suppress(int argc, char **argv);
int cmd_version(int argc, char **argv);

/* Exit statuses (design: the command line). */
enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_TROUBLE = 2 };

/* One line on stderr: "tusklint: ..."; returns EXIT_TROUBLE. */
int trouble(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
