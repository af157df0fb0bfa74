/*
 * syntax-error - reported by the engine for each statement that does not parse.
 */
#include <tusklint/rule.h>

TL_RULE(syntax_error) = {
    .id = "TL001",
    .name = "syntax-error",
    .summary = "a statement does not parse",
    .since = "0.1",
    .family = TL_META,
    .severity = TL_ERROR,
};
