/*
 * unused-suppression - reported by the engine for comments that hid no finding.
 */
#include <tusklint/rule.h>

TL_RULE(unused_suppression) = {
    .id = "TL002",
    .name = "unused-suppression",
    .summary = "an ignore comment hides nothing",
    .since = "0.1",
    .family = TL_META,
    .severity = TL_NOTE,
};
