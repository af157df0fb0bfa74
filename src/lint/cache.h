/*
 * cache.h - what a run leaves in a folder for the next one: the state that a
 * history's first files lead to, so that they need not be read again.
 *
 * A state is found by a hash of all it depends on: the program and its parser,
 * the options, the working folder, and for each input before it the path, the
 * kind and the content, in their order. So it is never a state of something
 * else; where one of these cannot be told, there is none. States are of inputs
 * for the schema alone, about which no rule speaks: findings are never kept.
 */
#ifndef LINT_CACHE_H
#define LINT_CACHE_H

#include "lint/known.h"
#include "lint/linter.h"

struct codec;

/* What the walk through migrations takes from one file into the next. */
struct walk_state {
    const struct input *up; /* the last part that went up; NULL: none yet */
    uint32_t up_number;     /* ... the statement before it, */
    uint32_t up_transaction;
    uint32_t up_from; /* the same for its way down */
    uint32_t up_to;
};

/* Statements of inputs that were not read, as input.statements has them. */
struct past {
    VEC(struct statement_range) ranges;
    VEC(uint32_t) from; /* of input i: from[i] up to from[i + 1] */
};

/* ---- a run ---- */

/* With options.cache_dir; where it cannot be used, the run goes without. */
void cache_open(struct tl_linter *);
void cache_close(struct tl_linter *);
/* The table of the history's files, or NULL without a cache. `names` of the
   folder are asked whether any of them hinders. */
struct known *cache_history(struct tl_linter *, const char *root);
/*
 * Before the walk: takes the furthest state that fits, and tells how many
 * inputs led to it, 0 for none. The walk goes on behind them.
 */
uint32_t cache_restore(struct tl_linter *, struct walk_state *);
/* The walk comes to this input, or to the end; keeps the state if it is one of
   those that shall be kept. */
void cache_pass(struct tl_linter *, const struct walk_state *, uint32_t input);
/* An input that was not read has been, before the walk comes to it: is it as it
   was known? */
void cache_confirm(struct tl_linter *, const struct input *);
/* After the walk. */
void cache_save(struct tl_linter *);

/* ---- frozen.c ---- */

/* Writes or reads all of it. `inputs` led to it. */
void frozen_write(struct tl_linter *, const struct walk_state *,
                  uint32_t inputs, struct codec *);
/* False, and the linter is as it was, when the bytes are none of ours. They
   must outlive the run. */
bool frozen_read(struct tl_linter *, struct walk_state *, uint32_t inputs,
                 struct tl_str bytes) TL_NODISCARD;
void frozen_release(struct tl_linter *);
/* The input's statements, read in this run or not. */
const struct statement_range *
frozen_statements(const struct tl_linter *, const struct input *, size_t *n);

#endif
