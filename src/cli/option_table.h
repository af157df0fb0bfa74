/*
 * option_table.h - the options, for their parser and for all that tells of
 * them.
 */
#ifndef CLI_OPTION_TABLE_H
#define CLI_OPTION_TABLE_H

#include "cli/options.h"

/* Which commands take an option. */
enum cli_takes {
    CLI_CHECK = 1,
    CLI_LOCKS = 2,
    CLI_DIGEST = 4,
    CLI_BASELINE = 8,
    CLI_PLAN_BASELINE = 16,
    CLI_SUPPRESS = 32,
    CLI_CONFIG = 64,
    CLI_LSP = 128,
    CLI_RULES = 256,
    CLI_VERSION = 512,
    CLI_EXPLAIN = 1024,
    CLI_COMPLETION = 2048,
    CLI_HELP = 4096,
    CLI_DEBUG = 8192,
};

struct cli_option {
    const char *name;    /* long name without dashes */
    char letter;         /* or 0 */
    const char *value;   /* its value's name; NULL: a switch; "[=X]": may be
                            given behind an equals sign */
    const char *choices; /* what the value may be, separated by blanks; NULL */
    unsigned takes;      /* enum cli_takes bits */
    bool (*set)(struct cli_options *, const char *value, struct err *);
    const char *help; /* a sentence without a period */
};

/* The i-th option, NULL behind the last. */
const struct cli_option *cli_option_at(size_t i);
const struct cli_option *cli_option_find(const char *name, size_t n);
const struct cli_option *cli_option_of_letter(char);

#endif
