/*
 * memo.h - statements of a history, kept ready from one run to the next.
 *
 * Parsing is nine tenths of what a history costs. A statement's tree and ops
 * depend on its text alone, so what was parsed once need not be again.
 */
#ifndef LINT_MEMO_H
#define LINT_MEMO_H

#include "lint/known.h"
#include "lint/linter.h"

#include <tusklint/place.h>

/*
 * States of a schema that a history's first inputs led to (cache.h), which cost
 * more than parsing once that is done; the last few. In the order in which they
 * were kept.
 */
const struct known_state *memo_states(const struct tl_memo *, size_t *n);
/* A copy of its bytes, in the file, for the caller to release; false when there
   is none. */
bool memo_state(const struct tl_memo *, const struct known_state *,
                struct file *, struct tl_str *bytes) TL_NODISCARD;
void memo_keep_state(struct tl_memo *, const struct known_state *,
                     struct tl_str bytes);

/* As unit_prepare(), of a unit that no rule will judge. Pool threads call it.
 */
void memo_prepare(struct tl_memo *, struct unit *);

#endif
