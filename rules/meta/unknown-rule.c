/*
 * unknown-rule - reported by the engine for comments with a name it cannot
 * find.
 */
#include <tusklint/rule.h>

TL_RULE(unknown_rule) = {
    .id = "TL003",
    .name = "unknown-rule",
    .summary = "an ignore comment names a rule that does not exist",
    .since = "0.1",
    .family = TL_META,
    .severity = TL_WARNING,
};
