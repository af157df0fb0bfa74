/*
 * option_table.c - every option of every command, and what setting it does.
 *
 * One table is the parser, the help, the man page and the completions.
 */
#include "cli/option_table.h"

#include "config/config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool set_format(struct cli_options *o, const char *v, struct err *e)
{
    (void)e;
    o->format = v;
    return true;
}

static bool set_output(struct cli_options *o, const char *v, struct err *e)
{
    const char *equals = strchr(v, '=');

    if (!equals || equals == v || !equals[1])
        return err_set(e,
                       "-o %s: FORMAT=PATH is wanted, as in "
                       "sarif=tusklint.sarif",
                       v);
    struct tl_str format = {v, (size_t)(equals - v)};
    struct cli_output out = {arena_str(&o->arena, format).p, equals + 1};
    vec_push(&o->outputs, out);
    return true;
}

static bool set_as(struct cli_options *o, const char *v, struct err *e)
{
    static const char *const names[] = {"auto",  "migration", "query", "log",
                                        "stats", "trace",     "plan"};

    for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(names[i], v) == 0) {
            o->as = (enum tl_as)i;
            return true;
        }
    return err_set(e,
                   "--as %s: auto, migration, query, log, stats, trace or "
                   "plan",
                   v);
}

static bool set_schema(struct cli_options *o, const char *v, struct err *e)
{
    (void)e;
    vec_push(&o->schemas, (struct cli_schema){v});
    return true;
}

static bool set_context(struct cli_options *o, const char *v, struct err *e)
{
    o->history = strcmp(v, "history") == 0;
    return o->history || strcmp(v, "none") == 0 ||
           err_set(e, "--context %s: none or history", v);
}

static bool set_stdin_filename(struct cli_options *o, const char *v,
                               struct err *e)
{
    (void)e;
    o->stdin_filename = v;
    return true;
}

/* A comma-separated list of selectors. */
static void add_selectors(struct cli_options *o, const char *v,
                          struct tl_selector like)
{
    while (*v) {
        size_t n = strcspn(v, ",");

        if (n) {
            like.rule = arena_str(&o->arena, (struct tl_str){v, n}).p;
            vec_push(&o->selectors, like);
        }
        v += n + (v[n] == ',');
    }
}

static bool set_select(struct cli_options *o, const char *v, struct err *e)
{
    (void)e;
    o->lint.only_selected = true;
    add_selectors(o, v, (struct tl_selector){.keep_severity = true});
    return true;
}

static bool set_ignore(struct cli_options *o, const char *v, struct err *e)
{
    (void)e;
    add_selectors(o, v, (struct tl_selector){.severity = TL_OFF});
    return true;
}

static bool read_severity(const char *v, enum tl_severity *out)
{
    static const char *const names[] = {"off", "note", "warning", "error"};

    for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(names[i], v) == 0) {
            *out = (enum tl_severity)i;
            return true;
        }
    return false;
}

static bool set_severity(struct cli_options *o, const char *v, struct err *e)
{
    const char *equals = strchr(v, '=');
    struct tl_selector s = {0};

    if (!equals || !read_severity(equals + 1, &s.severity))
        return err_set(e,
                       "--severity %s: RULE=error, warning, note or off is "
                       "wanted",
                       v);
    struct tl_str rule = {v, (size_t)(equals - v)};
    add_selectors(o, arena_str(&o->arena, rule).p, s);
    return true;
}

static bool set_fail_on(struct cli_options *o, const char *v, struct err *e)
{
    o->fail_on_given = true;
    if (strcmp(v, "never") == 0) {
        o->fail_on = TL_OFF;
        return true;
    }
    if (!read_severity(v, &o->fail_on) || o->fail_on == TL_OFF)
        return err_set(e, "--fail-on %s: error, warning, note or never", v);
    return true;
}

static bool begins_name(char c)
{
    return isalpha((unsigned char)c) || c == '_' || c == '"' ||
           (unsigned char)c >= 0x80;
}

/* The query may hold equals signs itself, the index's name hardly does. */
static bool set_expect_index(struct cli_options *o, const char *v,
                             struct err *e)
{
    const char *equals = strrchr(v, '=');

    if (!equals || equals == v || !begins_name(equals[1]))
        return err_set(e,
                       "--expect-index %s: SQL=INDEX is wanted, as in "
                       "'SELECT * FROM bins WHERE room_id = 1=bins_room_idx'",
                       v);
    struct tl_str sql = {v, (size_t)(equals - v)};
    struct tl_plan_expectation x = {
        .sql = arena_str(&o->arena, sql).p,
        .terms = arena_printf(&o->arena, "index%s", equals).p,
        .must_have_plan = true,
    };
    vec_push(&o->expectations, x);
    return true;
}

static bool read_number(const char *v, long low, long high, long *out)
{
    char *end;

    *out = strtol(v, &end, 10);
    return *v && !*end && *out >= low && *out <= high;
}

static bool set_pg_version(struct cli_options *o, const char *v, struct err *e)
{
    long n;

    if (!read_number(v, 12, 18, &n))
        return err_set(e, "--pg-version %s: 12 to 18 are known", v);
    o->lint.pg_version = (int)n;
    return true;
}

static bool set_threads(struct cli_options *o, const char *v, struct err *e)
{
    long n;

    if (!read_number(v, 0, 1024, &n))
        return err_set(e,
                       "-j %s: a number of threads is wanted, 0 for all "
                       "cores",
                       v);
    o->lint.threads = (unsigned)n;
    return true;
}

static bool set_loop(struct cli_options *o, const char *v, struct err *e)
{
    long n;

    if (!read_number(v, 2, 1000000, &n))
        return err_set(e, "--n-plus-one %s: a number from 2 on is wanted", v);
    o->lint.loop_minimum = (uint32_t)n;
    return true;
}

static bool set_prefix(struct cli_options *o, const char *v, struct err *e)
{
    if (!tl_check_log_line_prefix(v))
        return err_set(e, "--log-line-prefix %s: not a log_line_prefix", v);
    o->lint.log_line_prefix = v;
    return true;
}

static bool set_config(struct cli_options *o, const char *v, struct err *e)
{
    (void)e;
    o->config_file = v;
    return true;
}

static bool set_baseline(struct cli_options *o, const char *v, struct err *e)
{
    (void)e;
    o->baseline = v;
    return true;
}

static bool set_since(struct cli_options *o, const char *v, struct err *e)
{
    (void)e;
    o->since = v;
    return true;
}

static bool set_diff_from(struct cli_options *o, const char *v, struct err *e)
{
    (void)e;
    o->diff_from = v;
    return true;
}

static bool set_cache_dir(struct cli_options *o, const char *v, struct err *e)
{
    if (!*v)
        return err_set(e, "--cache-dir: a folder is wanted");
    o->lint.cache_dir = v;
    return true;
}

static bool set_color(struct cli_options *o, const char *v, struct err *e)
{
    if (strcmp(v, "auto") == 0)
        o->color = COLOR_AUTO;
    else if (strcmp(v, "always") == 0)
        o->color = COLOR_ALWAYS;
    else if (strcmp(v, "never") == 0)
        o->color = COLOR_NEVER;
    else
        return err_set(e, "--color %s: auto, always or never", v);
    return true;
}

/* --fix takes its value after an equals sign only: what follows it as a word
   is a path. */
static bool set_fix(struct cli_options *o, const char *v, struct err *e)
{
    o->fix = true;
    o->fix_unsafe = v && strcmp(v, "unsafe") == 0;
    return !v || o->fix_unsafe || strcmp(v, "safe") == 0 ||
           err_set(e, "--fix=%s: safe or unsafe", v);
}

#define SWITCH(name, member)                                                   \
    static bool name(struct cli_options *o, const char *v, struct err *e)      \
    {                                                                          \
        (void)v;                                                               \
        (void)e;                                                               \
        o->member = true;                                                      \
        return true;                                                           \
    }
SWITCH(set_in_transaction, lint.assume_in_transaction)
SWITCH(set_no_config, no_config)
SWITCH(set_diff, diff)
SWITCH(set_quiet, quiet)
SWITCH(set_verbose, verbose)
SWITCH(set_statistics, statistics)
SWITCH(set_timing, timing)
SWITCH(set_help, help)
SWITCH(set_version, version)

#define CHECK CLI_CHECK
#define LOCKS CLI_LOCKS
#define DIGEST CLI_DIGEST
#define BASELINE CLI_BASELINE
#define PLAN_BASELINE CLI_PLAN_BASELINE
#define SUPPRESS CLI_SUPPRESS
#define CONFIG CLI_CONFIG
#define LSP CLI_LSP
#define RULES CLI_RULES
#define VERSION CLI_VERSION
#define ALL (~0u)
/* What reads inputs; what judges them. */
#define INPUTS (RULE_CHOICE_OF_RUNS | LOCKS | DIGEST)
#define RULE_CHOICE_OF_RUNS (CHECK | BASELINE | PLAN_BASELINE | SUPPRESS)
#define RULE_CHOICE (RULE_CHOICE_OF_RUNS | LSP)

static const struct cli_option table[] = {
    {"format", 0, "FORMAT", NULL,
     CHECK | LOCKS | DIGEST | RULES | VERSION | PLAN_BASELINE, set_format,
     "what goes to standard output, the first when nothing is said"},
    {"output", 'o', "FORMAT=PATH", NULL, CHECK | PLAN_BASELINE, set_output,
     "one more report, into a file; may be repeated"},
    {"as", 0, "KIND", "auto migration query log stats trace plan", INPUTS,
     set_as,
     "take the inputs for: auto (default), migration, query, log, stats, "
     "trace, plan"},
    {"schema", 0, "PATH", NULL, INPUTS, set_schema,
     "read for the schema only, never reported; may be repeated"},
    {"context", 0, "WHAT", "none history", CHECK | LOCKS | BASELINE | SUPPRESS,
     set_context,
     "what else feeds the schema: none (default), or history, the other "
     "migrations beside each file that is named"},
    {"cache-dir", 0, "DIR", NULL, CHECK | BASELINE | SUPPRESS, set_cache_dir,
     "keep there what --context history has read, so that the next run need "
     "not; the answers are the same"},
    {"stdin-filename", 0, "NAME", NULL, INPUTS, set_stdin_filename,
     "the name of standard input ('-'), which decides its kind"},
    {"select", 0, "RULES", NULL, RULE_CHOICE, set_select,
     "only these: ids, names, families, globs; separated by commas"},
    {"ignore", 0, "RULES", NULL, RULE_CHOICE, set_ignore, "not these"},
    {"severity", 0, "RULE=LEVEL", NULL, RULE_CHOICE, set_severity,
     "error, warning, note or off for a rule"},
    {"fail-on", 0, "LEVEL", "error warning note never", CHECK | PLAN_BASELINE,
     set_fail_on,
     "exit with 1 from this severity on: error, warning (default), note, "
     "never"},
    {"pg-version", 0, "N", "12 13 14 15 16 17 18", INPUTS | LSP, set_pg_version,
     "the server's major version, 12 to 18 (default: the grammar's)"},
    {"assume-in-transaction", 0, NULL, NULL, INPUTS | LSP, set_in_transaction,
     "the migration tool wraps each file in BEGIN and COMMIT"},
    {"n-plus-one", 0, "N", NULL, INPUTS, set_loop,
     "executions that make a loop (default 5)"},
    {"log-line-prefix", 0, "TEXT", NULL, INPUTS, set_prefix,
     "the server's log_line_prefix (default: found out from the log)"},
    {"expect-index", 0, "SQL=INDEX", NULL, CHECK | PLAN_BASELINE,
     set_expect_index,
     "the plan of that query must be among the inputs and use the index; may "
     "be repeated"},
    {"config", 0, "FILE", NULL, INPUTS | CONFIG | LSP, set_config,
     "this configuration for all inputs (default: the nearest .tusklint.yml of "
     "each file)"},
    {"no-config", 0, NULL, NULL, INPUTS | LSP, set_no_config,
     "no configuration at all"},
    {"baseline", 0, "FILE", NULL, CHECK | BASELINE | SUPPRESS | PLAN_BASELINE,
     set_baseline, "only what this file of known findings does not have"},
    {"since", 0, "REF", NULL, CHECK | SUPPRESS | BASELINE, set_since,
     "only findings on lines changed since the commit (git's merge base)"},
    {"diff-from", 0, "FILE", NULL, CHECK | SUPPRESS | BASELINE, set_diff_from,
     "only findings on lines that this unified diff changes; '-' reads it"},
    {"fix", 0, "[=unsafe]", NULL, CHECK, set_fix,
     "apply the safe fixes to the files, with =unsafe all of them; what '-' "
     "reads is written to standard output, the report to standard error"},
    {"diff", 0, NULL, NULL, CHECK | SUPPRESS, set_diff,
     "print what would be changed, and change nothing"},
    {"jobs", 'j', "N", NULL, INPUTS, set_threads,
     "threads (default: one a core)"},
    {"color", 0, "WHEN", "auto always never", INPUTS, set_color,
     "auto (default), always or never"},
    {"statistics", 0, NULL, NULL, CHECK | PLAN_BASELINE, set_statistics,
     "count findings by rule"},
    {"timing", 0, NULL, NULL, CHECK | PLAN_BASELINE, set_timing,
     "say on standard error where time went"},
    {"quiet", 'q', NULL, NULL, INPUTS, set_quiet,
     "no summary, no table of queries"},
    {"verbose", 'v', NULL, NULL, INPUTS, set_verbose,
     "say what was read, and as what"},
    {"help", 'h', NULL, NULL, ALL, set_help, "this text"},
    {"version", 'V', NULL, NULL, CHECK, set_version, "tusklint's version"},
};
#define TABLE_SIZE (sizeof(table) / sizeof(table[0]))

const struct cli_option *cli_option_at(size_t i)
{
    return i < TABLE_SIZE ? &table[i] : NULL;
}

const struct cli_option *cli_option_find(const char *name, size_t n)
{
    for (size_t i = 0; i < TABLE_SIZE; i++)
        if (strlen(table[i].name) == n && memcmp(table[i].name, name, n) == 0)
            return &table[i];
    return NULL;
}

const struct cli_option *cli_option_of_letter(char c)
{
    for (size_t i = 0; i < TABLE_SIZE; i++)
        if (table[i].letter == c)
            return &table[i];
    return NULL;
}
