/*
 * tusklint.h - the linter for programs that embed it.
 *
 *     struct tl_options options = TL_OPTIONS_INIT;
 *     struct tl_linter *linter = tl_open(&options, &error);
 *     tl_add_path(linter, "migrations", TL_AS_AUTO, false);
 *     tl_run(linter);
 *     tl_write(linter, "sarif", 0, stdout);
 *     tl_close(linter);
 *
 * One linter is one run, used by one thread; several may exist at a time.
 * Everything it hands out is its own and lives until tl_close().
 */
#ifndef TUSKLINT_TUSKLINT_H
#define TUSKLINT_TUSKLINT_H

#include <tusklint/base.h>
#include <tusklint/finding.h>
#include <tusklint/op.h>
#include <tusklint/step.h>

#include <stdio.h>

#define TL_VERSION "0.1.0"
/* Where the project lives: reports link to it. */
#ifndef TL_HOME_URI
#define TL_HOME_URI "https://github.com/tusklint/tusklint"
#endif

struct tl_linter;
struct tl_memo;

/* One line of text for the user when something outside the input failed. */
struct tl_error {
    char message[1024];
};

enum tl_as {
    TL_AS_AUTO,
    TL_AS_MIGRATION,
    TL_AS_QUERY,
    TL_AS_LOG,
    TL_AS_STATS,
    TL_AS_TRACE,
    TL_AS_PLAN,
};

/* A rule selector: id, name, alias, family, "all", or a glob over them. */
struct tl_selector {
    const char *rule;
    enum tl_severity severity; /* TL_OFF ignores; see `keep_severity` */
    bool keep_severity;        /* only selects: severity stays the default */
    bool only_level; /* a severity that switches on nothing, even by name */
};

/* What the plan of a query must be. Plans of the query are known by its shape:
   constants and layout do not matter. */
struct tl_plan_expectation {
    const char *sql;
    const char *terms; /* as behind "-- expect-plan:": "index=a_idx no-sort" */
    bool must_have_plan; /* a run without a plan of that query has failed */
};

struct tl_options {
    unsigned threads; /* 0: as many as the machine has */
    int pg_version;   /* 0: the newest that the parser knows */
    bool assume_in_transaction;
    uint32_t loop_minimum;       /* 0: 5 */
    const char *log_line_prefix; /* of stderr logs; NULL: found out */
    const double
        *limits; /* of plan rules, TL_PLAN_LIMIT_COUNT; NULL: presets */
    const char *path_prefix; /* put before relative paths by the formats github
                                and gitlab, which count from a server's root;
                                NULL: nothing */
    size_t max_input;        /* bytes read from a pipe; 0: 4 GiB */
    const struct tl_selector *selectors; /* later ones win */
    size_t n_selectors;
    const struct tl_plan_expectation *plan_expectations;
    size_t n_plan_expectations;
    bool only_selected; /* --select was given: nothing else is on */
    bool record_steps;  /* keep what tl_step_at() gives */
    bool digest; /* captures are counted for tl_write_digest(), no more */
    /* Called now and then while a long capture is read, bytes of a file done
       and in all; on the run's own thread, which tl_run() waits for. */
    void (*progress)(void *arg, const char *path, uint64_t done, uint64_t all);
    void *progress_arg;
    /* Is the input of that name to be read (`named`: it was given itself, not
       found in a folder), and what holds for it? In *out, NULL before: options
       of which the selectors, the version (0: the run's),
       `assume_in_transaction`, `log_line_prefix` and `limits` (NULL: the run's)
       are read.
       The same options are the same pointer and live until tl_close(); their
       selectors are not checked. Not asked of context. */
    bool (*of_input)(void *arg, const char *path, bool named,
                     const struct tl_options **out);
    void *of_input_arg;
    struct tl_memo *memo; /* what tl_add_history_text() adds is kept there, see
                             place.h; or NULL */
    /* A folder in which a run leaves, for the next, what the files that
       tl_add_history() adds lead to; NULL: none. Findings are the same with and
       without. */
    const char *cache_dir;
};

#define TL_OPTIONS_INIT                                                        \
    {                                                                          \
        0                                                                      \
    }

/* Where a position lies; line and column from 1, columns in code points. */
struct tl_position {
    uint64_t offset;
    uint32_t line;
    uint32_t column;
};

/* NULL and a message when an option names no rule, version or expectation. */
TL_API struct tl_linter *tl_open(const struct tl_options *, struct tl_error *);
/*
 * Adds a file, a folder or "-"; `context_only` inputs feed the catalog and are
 * never reported. What cannot be read is remembered for tl_failures().
 */
TL_API void tl_add_path(struct tl_linter *, const char *path, enum tl_as,
                        bool context_only);
/*
 * Adds, for the schema only, the other migrations of the history that the file
 * belongs to: those beside it whose names begin with a version, or for
 * 2024_x/up.sql and 2024_x/migration.sql those in the folders beside its own.
 * Nothing where its name tells of no history; a path without a folder is of the
 * working directory. One that is added as well, by path or as text under the
 * same name, is reported.
 */
TL_API void tl_add_history(struct tl_linter *, const char *path);
/* Adds text under a name that need not exist; `text` must outlive the run. */
TL_API void tl_add_text(struct tl_linter *, const char *name,
                        struct tl_str text, enum tl_as, bool context_only);
/* Judges everything that was added; once. */
TL_API void tl_run(struct tl_linter *);

/* After the run: what is to be reported, sorted by path, offset, rule id. */
TL_API size_t tl_finding_count(const struct tl_linter *);
TL_API const struct tl_finding *tl_finding_at(const struct tl_linter *, size_t);
TL_API const char *tl_source_path(const struct tl_linter *, uint32_t source);
TL_API struct tl_position tl_source_position(struct tl_linter *,
                                             uint32_t source, uint64_t offset);
/* A file in which comments are obeyed and may be written. */
TL_API bool tl_takes_comments(const struct tl_linter *, uint32_t source);
/* The statement that the region begins in; what stands in its body, too. */
TL_API bool tl_statement_around(const struct tl_linter *, struct tl_span,
                                struct tl_span *out);
/* Takes from what is reported the findings that `keep` refuses; reports say
   how many were not new. Asked in the order of the report. */
TL_API void tl_keep(struct tl_linter *,
                    bool (*keep)(void *arg, const struct tl_finding *),
                    void *arg);
/* Inputs that could not be read at all, and plans that must have been among
   them and were not: one line each. */
TL_API size_t tl_failure_count(const struct tl_linter *);
TL_API const char *tl_failure_at(const struct tl_linter *, size_t);
/* Has it a query and terms that are known? tl_open() asks, too. */
TL_API bool tl_check_plan_expectation(const struct tl_plan_expectation *,
                                      struct tl_error *);
/* Is it a log_line_prefix that PostgreSQL would take? */
TL_API bool tl_check_log_line_prefix(const char *);

/* What was read: sources are numbered from 0. Of what a cache spared the run
   there are no bytes. */
TL_API uint32_t tl_source_count(const struct tl_linter *);
TL_API struct tl_str tl_source_bytes(const struct tl_linter *, uint32_t source);
/* "migration", "query", "log", "plan", "other dialect" or "unknown". */
TL_API const char *tl_source_kind(const struct tl_linter *, uint32_t source);
/* What the cache did, a line; NULL without one. It lives until tl_close(). */
TL_API const char *tl_cache_note(const struct tl_linter *);
/* Read for the schema only? */
TL_API bool tl_source_is_context(const struct tl_linter *, uint32_t source);
/*
 * The source's text with the fixes of its findings, up to this applicability,
 * applied. Fixes that would touch the same bytes are left for the next run.
 * Gives how many were applied; *out is set when it is not 0, and lives until
 * tl_close().
 */
TL_API size_t tl_fixed_text(struct tl_linter *, uint32_t source,
                            enum tl_applicability most, struct tl_str *out);

/* With `record_steps`: the statements that parse, in the order of applying; of
   a DO block also those in it that lock something. */
TL_API size_t tl_step_count(const struct tl_linter *);
TL_API const struct tl_step *tl_step_at(const struct tl_linter *, size_t);

/* Where the time went, in seconds. What parses several files at a time counts
   each thread; what follows the schema stands in `all` alone. */
struct tl_timing {
    double read;   /* files, logs, plans */
    double parse;  /* SQL, by all threads together */
    double rules;  /* the rules' own work */
    double report; /* tl_write() */
    double all;    /* adding inputs, the run and its reports */
};
TL_API struct tl_timing tl_timing(const struct tl_linter *);

enum tl_write_flags {
    TL_WRITE_COLOR = 1,
    TL_WRITE_QUIET = 2,      /* no summary */
    TL_WRITE_STATISTICS = 4, /* findings by rule, where the format has it */
};
/* More for the flags. From which severity on junit speaks of a failure, TL_OFF
   for none (without: TL_WARNING); columns of text (without: 100). */
#define TL_WRITE_FAIL_ON(severity) (((unsigned)(severity) + 1u) << 8)
#define TL_WRITE_WIDTH(columns) ((unsigned)(columns) << 16)

/* Writes a report in one of the formats that tl_format_at() names; html shows
   what migrations lock only with `record_steps`. False with
   errno set when the stream failed, EINVAL when there is no such format. */
TL_API bool tl_write(struct tl_linter *, const char *format, unsigned flags,
                     FILE *);
TL_API bool tl_has_format(const char *format);
/* The i-th format's name, NULL behind the last. */
TL_API const char *tl_format_at(size_t);
/* After the run: the schema that the migrations built, as JSON, for a
   comparison with a server's. False with errno set when the stream failed. */
TL_API bool tl_write_catalog(struct tl_linter *, FILE *);
/* After the run: plans that were read, those alike counted once, and plans of
   baselines to compare them with. */
TL_API size_t tl_plan_count(const struct tl_linter *);
TL_API size_t tl_plans_before(const struct tl_linter *);
/* After the run: its plans' structures, a JSON object a line (docs/plans.md).
   False with errno set when the stream failed. */
TL_API bool tl_write_plan_baseline(struct tl_linter *, FILE *);
/* After a run with `digest`: its shapes, a JSON object a line, by hash
   (docs/digest.md). False with errno set when the stream failed. */
TL_API bool tl_write_digest(struct tl_linter *, FILE *);
TL_API void tl_close(struct tl_linter *);

/* All rules of this build, sorted by id, and their documentation. */
TL_API size_t tl_rule_count(void);
TL_API const struct tl_rule *tl_rule_at(size_t);
/* By id, name or alias; NULL. */
TL_API const struct tl_rule *tl_rule_find(const char *name);
/* The rule's Markdown. */
TL_API struct tl_str tl_rule_doc(const struct tl_rule *);

#endif
