/*
 * blanket-suppression - reported by the engine for ignore comments without
 * names.
 */
#include <tusklint/rule.h>

TL_RULE(blanket_suppression) = {
    .id = "TL005",
    .name = "blanket-suppression",
    .summary = "an ignore comment without rule names hides everything",
    .since = "0.1",
    .family = TL_META,
    .severity = TL_NOTE,
};
