/*
 * rule.h - a rule, and everything it may ask and say.
 *
 * A rule is a constant. It names what it wants to see (tree nodes, ops,
 * predicates, plans, shapes, loops, the end of a file or of the run) and is
 * called for each. It holds no state, does no I/O, allocates nothing.
 * Whatever a hook is given is valid until the hook returns.
 */
#ifndef TUSKLINT_RULE_H
#define TUSKLINT_RULE_H

#include <tusklint/advice.h>
#include <tusklint/base.h>
#include <tusklint/finding.h>
#include <tusklint/op.h>
#include <tusklint/plan.h>
#include <tusklint/plan_limits.h>
#include <tusklint/query.h>
#include <tusklint/schema.h>
#include <tusklint/tree.h>
#include <tusklint/workload.h>

enum tl_family {
    TL_META,      /* TL0xx the linter's own */
    TL_MIGRATION, /* TL1xx locks, rewrites, transactions, compatibility */
    TL_SCHEMA,    /* TL2xx judged on the catalog */
    TL_QUERY,     /* TL3xx */
    TL_WORKLOAD,  /* TL4xx */
    TL_PLAN,      /* TL5xx */
};

/* What a statement is there for. */
enum tl_input {
    TL_IN_MIGRATION = 1,
    TL_IN_QUERY = 2, /* captured, in a query file, or behind a plan */
};

struct tl_rule {
    const char *id;      /* "TL101" */
    const char *name;    /* "require-concurrent-index-creation" */
    const char *summary; /* one line without a period */
    const char *since;   /* tusklint version */
    enum tl_family family;
    enum tl_severity severity;  /* by default */
    bool opt_in;                /* off unless selected */
    const char *const *aliases; /* NULL-terminated; other linters' names */
    unsigned inputs; /* enum tl_input bits for on_node, on_predicate and
                        on_statement; 0: migrations for TL_MIGRATION, queries
                        for TL_QUERY, both for the rest */

    const uint16_t *nodes; /* TL_ON(TL_KIND(...), ...) */
    void (*on_node)(struct tl_ctx *, const struct tl_node *);
    const uint16_t *ops; /* TL_ON(TL_OP_..., ...) */
    void (*on_op)(struct tl_ctx *, const struct tl_op *);
    void (*on_predicate)(struct tl_ctx *, const struct tl_predicate *);
    void (*on_statement)(struct tl_ctx *);
    void (*on_plan)(struct tl_ctx *, const struct tl_plan *);
    void (*on_shape)(struct tl_ctx *, const struct tl_shape *);
    void (*on_loop)(struct tl_ctx *, const struct tl_loop *);
    void (*on_request)(struct tl_ctx *, const struct tl_request *);
    void (*on_transaction)(struct tl_ctx *, const struct tl_transaction *);
    void (*on_gap)(struct tl_ctx *, const struct tl_gap *);
    /* After each migration file's up part: judge what the file changed. */
    void (*on_file_end)(struct tl_ctx *);
    /* After the part of a migration that takes it back: tl_migration() has the
       moments to compare. Nothing of it happened once the hook returned. */
    void (*on_down_end)(struct tl_ctx *);
    /* When everything was read: each relation that is there then. Where older
       migrations are there for the schema alone, those that the others changed,
       and what these belong to; so a finding is to stand where the relation or
       a part of it was made. */
    void (*on_relation)(struct tl_ctx *, const struct tl_relation *);
    /* Once, after that. */
    void (*on_end)(struct tl_ctx *);
};

#define TL_LIST_END UINT16_MAX
#define TL_ON(...) ((const uint16_t[]){__VA_ARGS__, TL_LIST_END})
#define TL_ALIASES(...) ((const char *const[]){__VA_ARGS__, NULL})
/* Defines the rule in its file: TL_RULE(not_in_subquery) = { ... }; the
   identifier is the file's name with '-' as '_'. */
#define TL_RULE(identifier)                                                    \
    extern const struct tl_rule tl_rule_##identifier;                          \
    const struct tl_rule tl_rule_##identifier

/* ---- the statement at hand ---- */

const struct tl_tree *tl_tree(const struct tl_ctx *);
/* Its text; node locations are offsets into it. */
struct tl_str tl_text(const struct tl_ctx *);
/* Bytes of an input as they stand there; clamped to its size. */
struct tl_str tl_source_text(const struct tl_ctx *, struct tl_span);
/* The line on which the region begins, from 1. */
uint32_t tl_line(const struct tl_ctx *, struct tl_span);
/* From the first token to the last. */
struct tl_span tl_statement_span(const struct tl_ctx *);
/* The node's tightest region: leftmost token to the end of its last one. */
struct tl_span tl_node_span(const struct tl_ctx *, const struct tl_node *);
/* The same as offsets into tl_text(). */
void tl_node_range(const struct tl_ctx *, const struct tl_node *, size_t *start,
                   size_t *end);
/* The type of a column's definition. */
struct tl_span tl_type_span(const struct tl_ctx *,
                            const struct tl_column_def *);
/* Calls for the type of each column that the op makes or changes, unless the
   table is temporary. */
void tl_each_type(struct tl_ctx *, const struct tl_op *,
                  void (*judge)(struct tl_ctx *, const struct tl_type *,
                                struct tl_span));
/* A region of tl_text(), placed in the user's file. */
struct tl_span tl_text_span(const struct tl_ctx *, size_t start, size_t end);
/* Does it stand in a function's body? */
bool tl_in_function(const struct tl_ctx *);
/* The captured shape that the statement is an example of, or NULL. */
const struct tl_shape *tl_statement_shape(const struct tl_ctx *);
/* Is it in a down or rollback part? (Findings sink one level by themselves.) */
bool tl_in_down(const struct tl_ctx *);
/* Number of this statement in the run; rows born by it have this `born`. */
uint32_t tl_statement_number(const struct tl_ctx *);
/* Where the table lost the primary key that it had last; false when it never
   had one, or has one. */
bool tl_lost_primary_key(const struct tl_ctx *, const struct tl_relation *,
                         struct tl_span *out);

/* ---- transaction, settings, version ---- */

/* Explicit BEGIN, or a tool that wraps the file; TL_UNKNOWN: cannot tell. */
enum tl_know tl_in_transaction(const struct tl_ctx *);
/* Why it is in one: "goose runs each migration in a transaction"; none. */
struct tl_str tl_transaction_reason(const struct tl_ctx *);
/* How the file's tool is told not to: "-- +goose NO TRANSACTION"; none. */
struct tl_str tl_no_transaction_marker(const struct tl_ctx *);
/* What the tool that a file is for does with migrations yet to be written. */
struct tl_tool {
    struct tl_str reason; /* as of tl_transaction_reason(); none: it opens no
                             transaction, or is not known */
    struct tl_str marker; /* as of tl_no_transaction_marker(); none */
    bool one_command;     /* it sends a file as one command */
};
struct tl_tool tl_tool_of(const struct tl_ctx *, uint32_t source);
/* Does the tool send this part of the file as one command, so that a second
   statement would make it a transaction? */
bool tl_is_one_command(const struct tl_ctx *);
/* Do more statements follow in this part of the file? */
bool tl_has_more_statements(const struct tl_ctx *);
/* The opening statement's region when the BEGIN is written out. */
bool tl_transaction_begin(const struct tl_ctx *, struct tl_span *out);
/* Does the tool send a COMMIT behind this part of the file, whatever stands in
   it? That ends a transaction, too, which the file itself began. */
bool tl_tool_commits(const struct tl_ctx *);
uint32_t tl_transaction_number(const struct tl_ctx *);
/* 12 to 18. */
int tl_pg_version(const struct tl_ctx *);

/* Was this op a BEGIN inside a transaction, or an end outside of one? */
bool tl_transaction_is_misplaced(const struct tl_ctx *);
/* What the file set for this statement, in milliseconds: 0 switched off, -1
   the file did not say. */
int64_t tl_lock_timeout(const struct tl_ctx *);
int64_t tl_statement_timeout(const struct tl_ctx *);

/* A lock that a statement took on a relation. */
struct tl_taken_lock {
    struct tl_name table; /* as it was called then */
    uint32_t relation;    /* its id, which no rename changes; 0: unknown */
    uint32_t owner;       /* of a sequence: the id of its column's table; 0 */
    enum tl_lock lock;
    enum tl_op_kind op;
    struct tl_str index;     /* DROP_INDEX, REINDEX INDEX: its name */
    struct tl_effect effect; /* of the whole op */
    bool in_use;             /* it was there before this file and may serve */
    bool own;                /* the relation that the op names first */
    bool tableless;          /* nobody saw the index being made: `table` is its
                                own name */
    bool doomed;             /* this transaction drops it, now or later */
    bool has_where;          /* UPDATE, DELETE */
    bool timed;              /* a lock_timeout was in force */
    bool down;
    uint32_t transaction, statement;
    struct tl_span at;
};
/*
 * The locks that this file took so far, oldest first, those of the statement
 * at hand last. Of ROW EXCLUSIVE and weaker ones only UPDATE's and DELETE's.
 * Those with tl_transaction_number() are held still, unless a COMMIT was read.
 */
const struct tl_taken_lock *tl_taken_locks(const struct tl_ctx *, uint32_t *n);

/* Are both on one relation? */
static inline bool tl_same_relation(const struct tl_taken_lock *a,
                                    const struct tl_taken_lock *b)
{
    if (a->relation && b->relation)
        return a->relation == b->relation;
    return tl_name_eq(a->table, b->table);
}

/* The strongest lock on a relation that earlier statements of the transaction
   hold, and that this statement takes in all its parts. */
enum tl_lock tl_held_lock(const struct tl_ctx *, struct tl_name);
enum tl_lock tl_statement_lock(const struct tl_ctx *, struct tl_name);

/* Was this enum value added earlier in the transaction, to a type that was
   there before it? PostgreSQL refuses to use it until COMMIT. */
bool tl_enum_value_is_new(const struct tl_ctx *, struct tl_str value,
                          struct tl_span *added);
/* The statement's first identifier behind `from`, an offset into its text,
   that is longer than the 63 bytes PostgreSQL keeps. */
bool tl_long_identifier(const struct tl_ctx *, size_t from, size_t *start,
                        size_t *end);

/* ---- the schema ---- */

struct tl_schema tl_before(const struct tl_ctx *); /* this statement */
struct tl_schema tl_after(const struct tl_ctx *);
/* When the part of the file that holds the statement began. */
struct tl_schema tl_part_before(const struct tl_ctx *);
/* on_down_end: the schema before the migration, after its up part, and after
   its down part; where the down part begins. */
struct tl_migration {
    struct tl_schema before;
    struct tl_schema up;
    struct tl_schema down;
    struct tl_span down_at;
};
struct tl_migration tl_migration(const struct tl_ctx *);
/* Did the file that just ended make or change it (on_file_end)? */
bool tl_is_news(const struct tl_ctx *, const struct tl_row *);
/* Relations whose indexes or keys the file that just ended changed: NULL
   first, then the last one. */
const struct tl_relation *tl_next_reindexed(const struct tl_ctx *,
                                            const struct tl_relation *);
/* The indexes of a table that the file that just ended made or changed. */
struct tl_new_indexes {
    const struct tl_relation *table;
    const struct tl_index *const *v; /* until the hook returns */
    uint32_t n;
};
struct tl_new_indexes tl_new_indexes(const struct tl_ctx *,
                                     const struct tl_relation *);
/* The first other index that `fits` beside this one, where at least one of the
   two is new; NULL. */
typedef bool tl_index_pair_fn(const struct tl_index *,
                              const struct tl_index *other);
const struct tl_index *tl_find_pair(const struct tl_ctx *,
                                    const struct tl_new_indexes *,
                                    const struct tl_index *,
                                    tl_index_pair_fn *fits);
/*
 * Can nobody be using it yet: made in this transaction or this file, or
 * temporary? TL_UNKNOWN is never given for a table that was seen being made.
 */
enum tl_know tl_table_is_new(const struct tl_ctx *, struct tl_name);
/* Was the object made by this file or in this transaction, so that no running
   code knows it? `made` is its row's. */
bool tl_is_made_here(const struct tl_ctx *, const struct tl_row *);
/* Does this file have a statement that may have changed the relation, and that
   could not be read: dynamic SQL, or what does not parse? */
bool tl_is_doubted_here(const struct tl_ctx *, const struct tl_relation *);
/* Has this file given the table the name that it has now, so that no running
   code asks for it? */
bool tl_is_renamed_here(const struct tl_ctx *, const struct tl_relation *);
/* Does a later statement of this part of the file CREATE a table or view of the
   name? Read from the text: what CREATE names, not what a branch or a block
   does. */
bool tl_is_made_later(const struct tl_ctx *, struct tl_name);
/* The same of a table that stays; gives the place of its name. */
bool tl_is_made_again(const struct tl_ctx *, struct tl_name,
                      struct tl_span *at);
/* Does a later statement of this part add a column of the name to some table?
   Read from the text, as tl_is_made_later(). */
bool tl_is_added_later(const struct tl_ctx *, struct tl_str column);
/* Does this part say DROP ... IF EXISTS of the name, before or in the statement
   at hand? Read from the text. */
bool tl_was_dropped_if_exists(const struct tl_ctx *, struct tl_str name);
/* Does a later ALTER TABLE of this part rename a column of the table to that?
   Read from the text. */
bool tl_is_renamed_to_later(const struct tl_ctx *, struct tl_name table,
                            struct tl_str column, struct tl_span *at);
/* Does an ALTER TABLE behind `from`, a region of the statement at hand, add a
   column of that name to the table: in this statement or in a later one of this
   part? Gives the place of its name, and whether it must not be NULL and has no
   default. Read from the text. */
bool tl_is_column_made_again(const struct tl_ctx *, struct tl_name table,
                             struct tl_str column, struct tl_span from,
                             struct tl_span *at, bool *required);
/* Does a later statement of this part drop the type or domain, the table? Read
   from the text. */
bool tl_is_type_dropped_later(const struct tl_ctx *, struct tl_str type);
bool tl_is_table_dropped_later(const struct tl_ctx *, struct tl_str table);
/* Does a later statement of this part, or a function's body in it, name a
   relation that the statement at hand names, within the next 64 KiB? Read from
   the text. */
bool tl_is_touched_later(const struct tl_ctx *);
/* Has an earlier statement of this part written elsewhere what it read in the
   column? Without a column: all rows of the table. Read from the text. */
bool tl_was_copied(const struct tl_ctx *, struct tl_name table,
                   struct tl_str column);
/* Does a later ALTER TABLE of this transaction take ACCESS EXCLUSIVE on the
   table? Read from the text, where its first words make that plain. */
bool tl_is_shut_later(const struct tl_ctx *, struct tl_name table);
/* Does this statement or a later one of its transaction drop the table? Read
   from the text. */
bool tl_is_dropped_later(const struct tl_ctx *, struct tl_name table);
/* Does a later ALTER TABLE of this part give the table a primary key? Read
   from the text. */
bool tl_gets_key_later(const struct tl_ctx *, struct tl_name table);
/* Does the statement, or a later ALTER TABLE of this part, make the column, or
   it with others, the primary key? */
bool tl_becomes_key(const struct tl_ctx *, struct tl_name table,
                    struct tl_str column);
/* Does a later statement of this part CREATE an index of the name? Read from
   the text. */
bool tl_is_index_made_later(const struct tl_ctx *, struct tl_str index);
/* Does a later statement of this part make a foreign key to the table? Read
   from the text. */
bool tl_is_referred_to_later(const struct tl_ctx *, struct tl_name table);
/* Has an earlier statement of this part been an UPDATE of the table? Read from
   the text. */
bool tl_was_updated(const struct tl_ctx *, struct tl_str table);
/* Does a later ALTER TABLE of this part make the column, or it with others, a
   foreign key; or a later statement make it unique by itself? Read from the
   text. */
bool tl_gets_foreign_key_later(const struct tl_ctx *, struct tl_name table,
                               struct tl_str column);
/* ... or it with others unique? */
bool tl_is_in_unique_later(const struct tl_ctx *, struct tl_name table,
                           struct tl_str column);
bool tl_is_unique_later(const struct tl_ctx *, struct tl_name table,
                        struct tl_str column);
/* Does a later ALTER TABLE of this part add a column that is NOT NULL, has no
   default and is not there yet? Read from the text. */
bool tl_gets_required_later(const struct tl_ctx *, struct tl_name table);
/* Can it have one row at most: is there a unique index on a constant, or on a
   column that a CHECK gives one value? */
bool tl_has_one_row(const struct tl_ctx *, struct tl_name);
/* Has the history left it no row: new, or emptied in this file, or given a
   column that rows would not allow, and no INSERT, COPY ... since? */
enum tl_know tl_table_is_empty(const struct tl_ctx *, struct tl_name);
/* Did this file take every row (TRUNCATE, DELETE), and no INSERT ... since? */
bool tl_is_emptied_here(const struct tl_ctx *, struct tl_name);
enum tl_know tl_is_partitioned(const struct tl_ctx *, struct tl_name);
/* The column of the op's table that it changes, under the name that it has in
   tl_before(): in a branch of a block that may not run, the statement before
   may have renamed it. NULL when the catalog has none. */
const struct tl_column *tl_op_column(const struct tl_ctx *,
                                     const struct tl_op *);
/* The relation under its current name; NULL when the catalog has none. */
const struct tl_relation *tl_relation(const struct tl_ctx *, struct tl_name);

/* Had the table no column of that name when the part of the file began, so that
   nothing can be built on it before? */
bool tl_column_is_new(const struct tl_ctx *, struct tl_name table,
                      struct tl_str column);

/* ---- captured queries and plans (on_plan, on_shape, on_end) ---- */

const struct tl_shape *tl_shape_by_hash(const struct tl_ctx *, uint64_t hash);
const struct tl_shape *tl_next_shape(const struct tl_ctx *,
                                     const struct tl_shape *);
bool tl_has_capture(const struct tl_ctx *);
/* Executions a loop must have to be one (--n-plus-one, default 5). */
uint32_t tl_loop_minimum(const struct tl_ctx *);

/* ---- speaking ---- */

/* Is what is said of that place reported? Not of inputs for the schema alone:
   a rule that has much to work out may pass it by. */
bool tl_is_shown(const struct tl_ctx *, struct tl_span);
/*
 * A finding at `span`; printf-like. Never NULL: when the rule is off here, a
 * finding that goes nowhere is given, so that rules need not ask.
 */
struct tl_finding *tl_report(struct tl_ctx *, struct tl_span, const char *fmt,
                             ...) TL_PRINTF(3, 4);
void tl_detail(struct tl_ctx *, struct tl_finding *, const char *fmt, ...)
    TL_PRINTF(3, 4);
void tl_help(struct tl_ctx *, struct tl_finding *, const char *fmt, ...)
    TL_PRINTF(3, 4);
/* The lock the op takes, what it blocks and for how long, as detail. */
void tl_note_lock(struct tl_ctx *, struct tl_finding *, const struct tl_op *);
/* ", and on until the transaction ends" where it runs in one, else "". */
const char *tl_and_on(const struct tl_ctx *);
void tl_related(struct tl_ctx *, struct tl_finding *, struct tl_span,
                const char *fmt, ...) TL_PRINTF(4, 5);
/* The relation it is about (an index is one), or a part of it: its column,
   constraint or index. For reports and fingerprints. */
void tl_object(struct tl_ctx *, struct tl_finding *, struct tl_name,
               struct tl_str part);
/* Lowers the severity to this one; never raises it. */
void tl_set_severity(struct tl_finding *, enum tl_severity);
/*
 * The finding is about this relation (an index is one); at most two. If the
 * history drops it later, the finding becomes a note and says where.
 */
void tl_about_relation(struct tl_ctx *, struct tl_finding *, uint32_t id);
/* One fix a finding; edits are added to it in any order. */
struct tl_fix *tl_fix(struct tl_ctx *, struct tl_finding *,
                      enum tl_applicability, const char *title);
void tl_edit(struct tl_ctx *, struct tl_fix *, struct tl_span, const char *fmt,
             ...) TL_PRINTF(4, 5);
/* The fix that takes the index's CREATE away, and the DROP INDEX on the
   migration's way down. None is given where something else needs the index. */
void tl_fix_unmake(struct tl_ctx *, struct tl_finding *,
                   const struct tl_index *);
/* Text from the unit's arena, for building messages. */
struct tl_str tl_printf(struct tl_ctx *, const char *fmt, ...) TL_PRINTF(2, 3);
/* An identifier as SQL needs it written: quoted only when it must be. */
struct tl_str tl_quoted(struct tl_ctx *, struct tl_str identifier);
/* schema.table for a message, quoted as needed; without "public", unless a
   migration is being read that has taken it from its search_path. */
struct tl_str tl_name_text(struct tl_ctx *, struct tl_name);
/* The same for SQL that is to stand where the schema is as given: with
   "public", too, where the search_path does not find it. */
struct tl_str tl_name_text_at(struct tl_ctx *, struct tl_name,
                              struct tl_schema);
/* The same with whatever schema it has: for SQL that an edit inserts. */
struct tl_str tl_full_name_text(struct tl_ctx *, struct tl_name);
/* "a, b, c" of column names, quoted as needed. */
struct tl_str tl_list_text(struct tl_ctx *, const struct tl_str *, uint32_t n);

/* Words for a loop. Its unit of work: "request", "transaction" ... */
const char *tl_loop_unit(const struct tl_loop *);
/* " (GET /authors)", or the application's name, or nothing. */
struct tl_str tl_loop_who(struct tl_ctx *, const struct tl_loop *);
/* ", 12.5 ms in all", or nothing where the capture has no times. */
struct tl_str tl_loop_time(struct tl_ctx *, const struct tl_loop *);

#endif
