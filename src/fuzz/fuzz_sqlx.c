/*
 * fuzz_sqlx.c - the queries that SQLx keeps as JSON, against a schema.
 */
#include "fuzz/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tl_linter *l = fuzz_open(false);

    fuzz_add_schema(l);
    fuzz_add(l, ".sqlx/query-1.json", TL_AS_AUTO, data, size);
    fuzz_finish(l);
    return 0;
}
