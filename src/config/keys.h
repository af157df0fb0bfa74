/*
 * keys.h - what may stand in a configuration: one table for the reader, the
 * schema, `config show` and the file that `config init` writes.
 */
#ifndef CONFIG_KEYS_H
#define CONFIG_KEYS_H

#include <tusklint/base.h>

enum config_id {
    CONFIG_EXTENDS,
    CONFIG_SELECT,
    CONFIG_IGNORE,
    CONFIG_SEVERITY,
    CONFIG_FAIL_ON,
    CONFIG_PG_VERSION,
    CONFIG_IN_TRANSACTION,
    CONFIG_N_PLUS_ONE,
    CONFIG_LOG_LINE_PREFIX,
    CONFIG_SCHEMA,
    CONFIG_BASELINE,
    CONFIG_INCLUDE,
    CONFIG_EXCLUDE,
    CONFIG_PLAN,
    CONFIG_EXPECT_PLANS,
    CONFIG_OVERRIDES,
    CONFIG_FILES,
    CONFIG_IDS,
};

enum config_type {
    CONFIG_RULES,   /* a list of selectors */
    CONFIG_LEVELS,  /* a map of selectors to severities */
    CONFIG_LIMITS,  /* a map of plan limits to numbers */
    CONFIG_PLANS,   /* a map of queries to what their plans must be */
    CONFIG_WORD,    /* one of `words` */
    CONFIG_NUMBER,  /* whole, `low` to `high` */
    CONFIG_SWITCH,  /* true or false */
    CONFIG_PREFIX,  /* a log_line_prefix */
    CONFIG_PATHS,   /* a list of paths */
    CONFIG_PATH,    /* one */
    CONFIG_GLOBS,   /* a list of patterns */
    CONFIG_ENTRIES, /* the overrides */
};

enum config_where {
    CONFIG_TOP = 1,   /* in the file itself */
    CONFIG_ENTRY = 2, /* in an entry of `overrides` */
    CONFIG_RUN = 4,   /* of the whole run: the first path's configuration's */
};

struct config_key {
    const char *name;
    enum config_type type;
    unsigned where;
    const char *words; /* separated by blanks */
    long low, high;
    const char *preset; /* its value without a configuration, as written */
    const char *example;
    const char *doc;
};

const struct config_key *config_key_at(enum config_id);
/* Of that name and valid in that place; NULL. */
const struct config_key *config_key_find(const char *name, unsigned where);
enum config_id config_key_id(const struct config_key *);
/* The nearest name that is valid there, or none. */
struct tl_str config_key_suggest(const char *name, unsigned where);
/* Is the word among the blank-separated ones? Its number, or -1. */
int config_word_number(const char *words, const char *word);

/* The plan limit of that name, or -1. */
int config_limit_number(const char *name);

/* What severities are called, in the order of enum tl_severity. */
#define CONFIG_LEVEL_WORDS "off note warning error"

#endif
