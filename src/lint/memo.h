/*
 * memo.h - statements of a history, kept ready from one run to the next.
 *
 * Parsing is nine tenths of what a history costs. A statement's tree and ops
 * depend on its text alone, so what was parsed once need not be again.
 */
#ifndef LINT_MEMO_H
#define LINT_MEMO_H

#include "lint/linter.h"

#include <tusklint/place.h>

/* As unit_prepare(), of a unit that no rule will judge. Pool threads call it.
 */
void memo_prepare(struct tl_memo *, struct unit *);

#endif
