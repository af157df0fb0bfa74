/*
 * statement-before-marker - reported by the engine for what a migration tool
 * passes over.
 */
#include <tusklint/rule.h>

TL_RULE(statement_before_marker) = {
    .id = "TL006",
    .name = "statement-before-marker",
    .summary = "a statement stands where the migration tool runs nothing",
    .since = "0.1",
    .family = TL_META,
    .severity = TL_ERROR,
};
