/*
 * commands.h - what `tusklint WORD` does; each returns the exit status.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

/* `argv` begins behind the command's word. */
int cmd_baseline(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_config(int argc, char **argv);
/* The same, once the words are options. */
struct cli_options;
int check_inputs(struct cli_options *);
int cmd_debug(int argc, char **argv);
int cmd_digest(int argc, char **argv);
int cmd_explain(int argc, char **argv);
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
