/*
 * linter.h - the state of one run; what engine.c, ctx.c and api.c share.
 *
 * Everything a run owns hangs here and goes with linter_release. Memory by
 * lifetime: `arena` for the run (findings, names), a unit's arena for one
 * statement, the catalog's and the workload's own.
 */
#ifndef LINT_LINTER_H
#define LINT_LINTER_H

#include "base/arena.h"
#include "base/file.h"
#include "base/vec.h"
#include "input/layout.h"
#include "input/textmap.h"
#include "lint/advice.h"
#include "lint/predicate.h"
#include "lint/scope.h"
#include "lint/suppress.h"
#include "plan/baseline.h"
#include "schema/catalog.h"
#include "schema/decode.h"
#include "schema/txn.h"
#include "sql/comment.h"
#include "sql/parse.h"
#include "sql/plpgsql.h"
#include "sql/source.h"
#include "sql/split.h"
#include "workload/workload.h"

#include <tusklint/rule.h>
#include <tusklint/tusklint.h>

enum input_kind {
    INPUT_UNKNOWN,
    INPUT_MIGRATION,
    INPUT_QUERY,
    INPUT_QUERY_DATA, /* queries that a tool keeps: nothing to edit */
    INPUT_LOG,
    INPUT_PLAN,
    INPUT_BASELINE, /* of plans */
    INPUT_OTHER_DIALECT,
};

/* What holds for some of the inputs: the options that they were given with what
   the run has for the rest, and each rule's severity by its number. */
struct choice {
    const struct tl_options *given;
    struct tl_options options;
    enum tl_severity *severities;
};

struct input {
    const char *path;
    enum tl_as as;
    bool context_only;
    bool named;       /* given by the user, not found in a folder */
    const char *root; /* the path that was given, which this lies at or in */
    bool goes_first;  /* a schema that the run's migrations build upon */
    bool snapshot;    /* the schema that they lead to, a database of its own */
    enum input_kind kind;
    struct file file;
    bool owns_file;
    bool packed;        /* its text is not what lies on the disk */
    const char *damage; /* why its end is missing; NULL: it is all there */
    struct source source;
    bool failed;
    VEC(struct statement_range) statements;
    const struct input_format *format; /* of a log */
    bool foreign_reported;       /* another dialect: said once, then silent */
    const struct choice *choice; /* NULL: the run's options */
    struct tl_memo *memo; /* has its statements from earlier runs; NULL */
    /* With a cache; see known.h. */
    struct known *table;
    struct known_file *known;
    bool unread; /* input_load() reads it, if anybody asks */
};

/* A rule that is on, with the severity it has in this run. */
struct active_rule {
    const struct tl_rule *rule;
    enum tl_severity severity; /* see choice.c for that in a file */
    uint32_t number;           /* of tl_rule_at() */
};

struct added_value {
    struct tl_str type;
    struct tl_str value;
    struct tl_span at;
    uint32_t transaction, statement;
};

/* What a rule would say of a node follows from another finding. */
struct consequence {
    const char *rule;
    struct tl_span at;
    const struct tl_finding *cause;
};

/* An index that a migration's way down drops. */
struct dropped_index {
    uint32_t index;    /* id */
    struct tl_span at; /* the statement, with its semicolon */
    bool if_exists;
    bool one_of_many; /* it drops others, too */
};

#define DISPATCH_KINDS 512

struct dispatch {
    VEC(struct active_rule) rules; /* every rule that is on, by id */
    /* Lists of pointers into `rules`, NULL-terminated; NULL when empty. */
    const struct active_rule **by_kind[DISPATCH_KINDS];
    const struct active_rule **by_op[TL_OP_COUNT];
    const struct active_rule **on_predicate;
    const struct active_rule **on_statement;
    const struct active_rule **on_plan;
    const struct active_rule **on_shape;
    const struct active_rule **on_loop;
    const struct active_rule **on_request;
    const struct active_rule **on_transaction;
    const struct active_rule **on_gap;
    const struct active_rule **on_file_end;
    const struct active_rule **on_down_end;
    const struct active_rule **on_relation;
    const struct active_rule **on_end;
};

/* One statement on its way from text to judgement. */
struct unit {
    struct arena *arena;   /* shared by the units of one batch */
    struct tl_str text;    /* as parsed: masks applied */
    struct tl_str written; /* of equal length, where names of parameters were
                              masked: what the user reads; else none */
    struct text_map map;   /* of text offsets to the file */
    struct input *input;
    enum tl_input place;
    struct parse_result parse;
    struct op_list ops;
    const struct tokens *tokens;  /* of the text, when a node was sought */
    uint64_t key;                 /* shape hash, 0 until it is known */
    const struct tl_shape *shape; /* the captured shape it stands for */
    /* What a DO block or a function's body holds, when that could be read. */
    struct unit *body;
    uint32_t n_body;
    bool has_body;
    bool body_is_dynamic;
    enum plpgsql_runs runs; /* of a unit in a body */
    bool in_function;
    bool goes_on; /* nothing stands between it and the one before: both run or
                     none */
};

struct tl_ctx {
    struct tl_linter *linter;
    const struct active_rule *active; /* the rule that is speaking */
    struct unit *unit;                /* NULL outside of statements */
    const struct input *input;        /* on_down_end */
    const struct layout_section *section;
    const struct layout *layout;
    uint32_t file_number;      /* statement number when the file began */
    uint32_t part_number;      /* ... and its part that goes up or down */
    uint32_t part_transaction; /* the first transaction of that part */
    bool part_goes_on;         /* it began in another file */
    struct scope *scope;       /* of the unit; made when first asked for */
    const struct tl_predicate *predicates;
    uint32_t n_predicates;
    bool has_predicates;
    const uint32_t *reindexed; /* on_file_end: ids, rising */
    uint32_t n_reindexed;
    uint32_t up_from; /* on_down_end: the last statement before the up part */
    uint32_t up_to;   /* ... and of it */
    bool down;
    const struct tl_plan *plan; /* on_plan: lives as long as the run */
    const struct tl_loop *loop; /* on_loop: the same */
    bool in_block;              /* in a DO block */
    /* RENAME COLUMN just before in the same branch, which the schema lacks,
       for the branch may not run. */
    const struct tl_op *renamed;
    bool muted;               /* context only: findings go nowhere */
    struct arena *scratch;    /* the unit's arena, or the run's scratch */
    struct tl_finding *fixed; /* the one that was given a fix last */
};

struct tl_linter {
    struct tl_options options;
    struct arena arena;
    struct arena scratch; /* for hooks without a unit; cleared after each */
    struct arena cut; /* the cutter's, on whatever thread it is; see cut.h */
    VEC(struct input *) inputs;
    VEC(const char *) failures;
    VEC(const char *) failure_paths;   /* of each failure, or NULL */
    VEC(struct tl_finding *) findings; /* as reported, then sorted */
    struct dispatch dispatch;
    enum tl_severity *severities; /* of rules by number, without a choice */
    VEC(struct choice *) choices;
    struct catalog *catalog;
    struct txn txn;
    VEC(struct tl_taken_lock) taken; /* by the file at hand */
    VEC(struct tl_taken_lock)
    perhaps; /* if the statement at hand runs at all:
                for its step alone */
    struct arena taken_names;
    VEC(struct added_value) added; /* enum values, by the file at hand */
    VEC(struct dropped_index) dropped_down;
    VEC(struct tl_step) steps; /* with options.record_steps */
    struct masks *masks;       /* NULL: no name has one */
    struct ahead *ahead;       /* of the part at hand; see ahead.c */
    struct tl_tool tool;       /* of the file that was asked for last */
    uint32_t tool_of;          /* its source id, from 1 */
    struct layout_folder tool_folder;
    uint32_t statement;  /* number of the current one */
    uint32_t shown_from; /* ... of the first that is reported; 0: none is */
    uint32_t n_sources;
    struct workload *workload;
    const struct tl_shape *shapes;
    size_t n_shapes;
    bool has_capture;
    struct evidence evidence;     /* of what queries look up by */
    const struct tl_plan **plans; /* in the order of judging */
    uint32_t n_plans;
    struct baseline baseline;             /* of plans */
    VEC(struct consequence) consequences; /* in the plan at hand */
    uint64_t bytes_read;
    size_t n_suppressed;
    struct tl_timing timing;
    size_t n_not_new;    /* see tl_keep() */
    struct cache *cache; /* NULL: none; see cache.h */
    struct past *past;   /* of inputs whose state was taken from it; NULL */
    const char *cache_note;
    bool ran;
};

/* dispatch.c: for the rules whose severity, by number, is not off. */
void dispatch_init(struct dispatch *, const enum tl_severity *severities,
                   struct arena *);
void dispatch_release(struct dispatch *);
/* The active rule of that name, or NULL when it is off. */
const struct active_rule *dispatch_find(const struct dispatch *,
                                        const char *name);

/* choice.c: each rule's severity, by number. */
enum tl_severity *choice_severities(const struct tl_options *, struct arena *);
/* What the options' of_input() says; false: the input is not to be read. */
bool choice_of_path(struct tl_linter *, const char *path, bool named,
                    const struct choice **out);
/* Before the run: rules that are on in any file are called. */
void choice_widen_dispatch(struct tl_linter *);
/* What holds for that input, which may be NULL, and for where a rule is. */
const struct tl_options *choice_options(const struct tl_linter *,
                                        const struct input *);
const struct tl_options *choice_at(const struct tl_ctx *);
/* The rule's severity in that source. */
enum tl_severity choice_severity(const struct tl_linter *,
                                 const struct active_rule *, uint32_t source);
void choice_release(struct tl_linter *);

/* unit.c: may run on a pool thread. */
void unit_prepare(struct unit *);
/* body.c: the same for what stands in the unit's body. */
void body_prepare(struct unit *);

/* judge.c: the rules' hooks, called in order. */
void judge_unit(struct tl_linter *, struct tl_ctx *);
typedef void judge_fn(struct tl_ctx *, const struct tl_rule *, const void *arg);
void judge_list(struct tl_ctx *, const struct active_rule **list,
                judge_fn *call, const void *arg);

/* kind.c: of an input with its path and text; the format of a log, too. */
enum input_kind kind_of_input(struct input *);
/* May a file of that name be a log or a plan? */
bool kind_is_capture_path(const char *path);

/* inputs.c: what was added becomes inputs with a kind, in order. */
void inputs_add_path(struct tl_linter *, const char *path, enum tl_as,
                     bool context_only);
/* Without "./" and doubled slashes; a string of the linter's. */
const char *inputs_clean_path(struct tl_linter *, const char *path);
/* A file for the schema only, of the history in `root`. */
void inputs_add_context(struct tl_linter *, const char *path, const char *root);
/* The same of one that a table knows; it is not read before anybody asks. */
struct known;
struct known_file;
void inputs_add_known(struct tl_linter *, const char *path, const char *root,
                      struct known *, struct known_file *);
/* history.c */
void inputs_add_history(struct tl_linter *, const char *path);
void inputs_add_text(struct tl_linter *, const char *name, struct tl_str,
                     enum tl_as, bool context_only);
void inputs_order(struct tl_linter *);
void input_release(struct input *);
/* Reads what was left unread: before the text of an input for the schema is
   looked at. What cannot be read any more is empty, and failed. */
void input_load(struct tl_linter *, struct input *);
/* The length of its text, read or not. */
size_t input_length(const struct input *);

/* snapshot.c: marks the inputs that are one; they have their order. Gives
   whether any is. */
bool snapshots_find(struct tl_linter *);

/* syntax.c: says where and why a statement did not parse. */
void syntax_report(struct tl_linter *, struct tl_ctx *);

/* head.c: says which statement of the file its tool does not run, unless
   `muted`. */
void head_take(struct tl_linter *, struct input *, const struct layout *,
               bool muted);

/* ahead.c */
void ahead_release(struct tl_linter *);

/* masks.c: notes what stands behind the masks in a statement's names. */
void masks_read(struct tl_linter *, const struct unit *);
void masks_free(struct masks *);
struct codec;
/* Writes or reads all that is noted; NULL is nothing. */
void masks_code(struct codec *, struct masks **);
/* A text for the user, with the source of what is masked in it. `lost`: it is
   not known of some name; a schema is left away then. */
struct tl_str masks_show(struct tl_ctx *, struct tl_str text, bool *lost);

/* whole.c: an UPDATE or DELETE whose WHERE no index serves. */
bool reads_whole(struct tl_ctx *, const struct tl_op *);

/* taken.c: what the file at hand has locked. */
void taken_clear(struct tl_linter *);
/* Of an op of a block that may not run. */
void taken_perhaps(struct tl_ctx *, const struct tl_op *,
                   struct tl_schema before);
/* Of an op that the catalog will apply next. */
void taken_add(struct tl_ctx *, const struct tl_op *, struct tl_schema before);
/* Locks that were taken behind `at` are let go: ROLLBACK TO SAVEPOINT. */
void taken_release(struct tl_linter *, struct tl_span at);

/* steps.c: the statement that was folded last, for tl_step_at(). */
void step_add(struct tl_ctx *, uint32_t transaction);
/* The same of a statement in a DO block, if it locks anything. */
void step_add_inner(struct tl_ctx *);

/* migrate.c */
void migrate_run(struct tl_linter *);
/* ctx.c: the name of the op's column in that schema, before `renamed`. */
struct tl_str ctx_column_name(const struct tl_ctx *, const struct tl_op *,
                              struct tl_schema);
/* condition.c: as tl_plan_conditions(), of the columns of node `of`; the
   condition may be that of a join above it, else `join` is NULL. */
const struct tl_condition *
condition_list(struct tl_ctx *, const struct tl_plan *,
               const struct tl_plan_node *of, const struct tl_plan_node *join,
               struct tl_str condition, uint32_t *count);
/* plannode.c: the planner divides the rows of a parallel scan among workers,
   the leader taking a share. */
double plan_divisor(const struct tl_plan *, const struct tl_plan_node *);
/* follows.c: of the findings from `first` on, which are a plan's, those that
   follow from others become notes. */
void follows_settle(struct tl_linter *, size_t first);
/* capture.c: query files, logs, plans. */
void capture_run(struct tl_linter *);
/* Judges what the schema is at the end of a run, or of a snapshot. */
void capture_judge_end(struct tl_linter *);
/* Only counts what logs and digests hold. */
void capture_digest(struct tl_linter *);
/* unmake.c: notes a way down's DROP INDEX, which the catalog will apply next.
 */
void unmake_note(struct tl_ctx *, const struct tl_op *,
                 struct tl_schema before);
/* What a fix that makes an index not at all must take away, too; of each
   finding, once all is read and sorted. */
void unmake_sort(struct tl_linter *);
void unmake_settle(struct tl_linter *, struct tl_finding *);
/* finish.c: suppressions, fingerprints, order. */
void finish_run(struct tl_linter *);
/* The migrations' statement with that number, or the one whose body holds it:
   one that the walk has left behind. */
bool statement_place(const struct tl_linter *, uint32_t number,
                     struct tl_span *out);

/* A finding of one of the linter's own rules. */
struct tl_finding *linter_report(struct tl_linter *, const char *rule,
                                 struct tl_span, const char *fmt, ...)
    TL_PRINTF(4, 5);
/* What the tool could not do; `path` of the input that it is about, or NULL. */
void linter_fail(struct tl_linter *, const char *path, const char *fmt, ...)
    TL_PRINTF(3, 4);

#endif
