/*
 * place.h - what stands at a place of an input: for editors.
 *
 * All answers are about a run that is done (tl_run), and live until
 * tl_close().
 */
#ifndef TUSKLINT_PLACE_H
#define TUSKLINT_PLACE_H

#include <tusklint/schema.h>
#include <tusklint/tusklint.h>

enum tl_place_kind {
    TL_PLACE_RULE, /* a rule's name in a comment that hides findings */
    TL_PLACE_RELATION,
    TL_PLACE_COLUMN,
    TL_PLACE_INDEX,
};

struct tl_place {
    enum tl_place_kind kind;
    struct tl_span at;       /* the name itself */
    struct tl_schema schema; /* behind the statement; before it, if that drops
                                the thing */
    const struct tl_rule *rule;
    const struct tl_relation *relation; /* also the column's, the index's */
    const struct tl_column *column;
    const struct tl_index *index;
};

/* False when nothing that is known stands there. */
TL_API bool tl_place_at(const struct tl_linter *, uint32_t source,
                        uint64_t offset, struct tl_place *out);

/* Statements of a migration or a query file, in order of the text. */
TL_API size_t tl_statement_count(const struct tl_linter *, uint32_t source);
TL_API struct tl_span tl_statement_at(const struct tl_linter *, uint32_t source,
                                      size_t);
/* The schema behind the last statement of a source that is a migration; of
   another one, behind all migrations. */
TL_API struct tl_schema tl_schema_behind(const struct tl_linter *,
                                         uint32_t source);

/*
 * The folder of the history that a migration belongs to, by its name, as
 * tl_add_history() finds it: how many bytes of `path` name it, 0 for the
 * working directory. `nested` when each migration has a folder in it. False
 * where the name tells of no history.
 */
TL_API bool tl_history_folder(const char *path, size_t *n, bool *nested);
/* Does something of that name, in the folder of a history, belong to it: a
   file, or the folder of a nested one? */
TL_API bool tl_history_takes(const char *name, bool nested);
/*
 * For programs that lint again and again: statements of histories, parsed once
 * for all runs whose options name the memo. It is for one run at a time, and
 * outlives the linters that used it; those are closed before it is cleared.
 */
TL_API struct tl_memo *tl_memo_create(void);
/* The memory that it takes, about. */
TL_API size_t tl_memo_bytes(const struct tl_memo *);
TL_API void tl_memo_clear(struct tl_memo *);
TL_API void tl_memo_free(struct tl_memo *);
/*
 * Adds a file of the history in `folder` that reported inputs are part of: it
 * is read for the schema only, at its place in the order. What takes a
 * migration back is left out, for it did not happen. `text` must outlive the
 * run.
 */
TL_API void tl_add_history_text(struct tl_linter *, const char *path,
                                const char *folder, struct tl_str text);

#endif
