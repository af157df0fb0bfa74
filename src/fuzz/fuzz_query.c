/*
 * fuzz_query.c - queries against a schema: predicates, needs, estimates.
 */
#include "fuzz/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tl_linter *l = fuzz_open(false);

    fuzz_add_schema(l);
    fuzz_add(l, "queries/q.sql", TL_AS_QUERY, data, size);
    fuzz_finish(l);
    return 0;
}
