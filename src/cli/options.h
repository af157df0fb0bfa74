/*
 * options.h - the command line; its table is option_table.h.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "cli/color.h"

#include <tusklint/tusklint.h>

struct cli_output {
    const char *format;
    const char *path; /* NULL: standard output */
};

struct cli_schema {
    const char *path;
};

struct config;

struct cli_options {
    struct arena arena;
    struct config *config; /* opened with the first linter; NULL: none */
    const char *config_file;
    bool no_config;
    struct tl_options lint;
    const char *format; /* NULL: chosen by where we run */
    VEC(struct cli_output) outputs;
    VEC(struct cli_schema) schemas;
    VEC(struct tl_selector) selectors;
    VEC(struct tl_plan_expectation) expectations;
    VEC(const char *) paths;
    enum tl_as as;
    bool against_baseline;     /* without plans to compare it is trouble */
    bool files_are_migrations; /* those that are named, without --as */
    bool history;              /* of each named file, for the schema */
    const char *stdin_filename;
    const char *baseline;  /* of findings; the configuration's in its place */
    const char *since;     /* a commit */
    const char *diff_from; /* a unified diff, or "-" */
    enum tl_severity fail_on; /* TL_OFF: never */
    bool fail_on_given;
    enum cli_color color;
    bool fix;
    bool fix_unsafe;
    bool diff;
    bool quiet;
    bool verbose;
    bool statistics;
    bool timing;
    bool help;
    bool version;
};

void cli_init(struct cli_options *);
void cli_release(struct cli_options *);
/* Parses the words behind the command; false with a message for the user. */
bool cli_parse(struct cli_options *, int argc, char **argv,
               struct err *) TL_NODISCARD;

#endif
