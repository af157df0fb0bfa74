/*
 * select.h - which rules a name means, and how severe they are in a run.
 *
 * A name is a rule's id, its name, an alias (the names that other linters
 * give it), a family, "all", or a glob with * and ? over any of these but
 * "all". Letters compare as in ids and names: TL101 is tl101.
 */
#ifndef LINT_SELECT_H
#define LINT_SELECT_H

#include <tusklint/rule.h>
#include <tusklint/tusklint.h>

bool select_matches(const struct tl_rule *, struct tl_str pattern);
/* Does any rule of this build match? */
bool select_is_known(struct tl_str pattern);
/* The known name that is nearest to a misspelt one; none. */
struct tl_str select_suggest(struct tl_str pattern);
/* False and a message when a selector names no rule. */
bool select_check(const struct tl_options *, struct tl_error *);
/*
 * The rule's severity under the options, TL_OFF when it is off. Later
 * selectors win. A severity for a family, a glob or "all" does not switch on
 * what is off; selecting them does, and then that severity holds. What could
 * not be analysed is told even when nothing else is selected, unless it is
 * ignored by name.
 */
enum tl_severity select_severity(const struct tl_options *,
                                 const struct tl_rule *);

#endif
