/*
 * unreadable-input - reported by the readers for what they cannot decode.
 */
#include <tusklint/rule.h>

TL_RULE(unreadable_input) = {
    .id = "TL004",
    .name = "unreadable-input",
    .summary = "a log record, plan or file cannot be decoded",
    .since = "0.1",
    .family = TL_META,
    .severity = TL_ERROR,
};
