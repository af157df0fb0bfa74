/*
 * suggest.h - "did you mean": the nearest of several names.
 */
#ifndef LINT_SUGGEST_H
#define LINT_SUGGEST_H

#include <tusklint/base.h>

/*
 * Keeps in *nearest the candidate that is fewest edits away from `asked`, if
 * it is near enough to be a slip: a third of its length and one, and less than
 * half of the shorter word. Start with *nearest
 * none; `best` is the distance so far.
 */
void suggest_consider(struct tl_str asked, struct tl_str candidate,
                      struct tl_str *nearest, unsigned *best);

#endif
