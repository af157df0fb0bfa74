/*
 * fuzz_plan.c - the plan reader, plan rules and drawn trees.
 */
#include "fuzz/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tl_linter *l = fuzz_open(false);

    fuzz_add(l, "plan.json", TL_AS_PLAN, data, size);
    fuzz_finish(l);
    return 0;
}
