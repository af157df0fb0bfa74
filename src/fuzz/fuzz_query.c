/*
 * fuzz_query.c - queries against a schema: predicates, needs, estimates.
 */
#include "fuzz/harness.h"

static const char schema[] =
    "CREATE TABLE herds (id bigint PRIMARY KEY, name text, n int, at "
    "timestamptz, tags jsonb, kinds int[]);\n"
    "CREATE TABLE cows (id serial PRIMARY KEY, herd_id bigint REFERENCES herds,"
    " name varchar(20), born date, weight numeric);\n"
    "CREATE INDEX ON cows (lower(name)); CREATE INDEX ON herds (at, n);\n"
    "CREATE VIEW big AS SELECT * FROM cows WHERE weight > 900;\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tl_linter *l = fuzz_open(false);

    fuzz_add(l, "schema/001.sql", TL_AS_MIGRATION, (const uint8_t *)schema,
             sizeof(schema) - 1);
    fuzz_add(l, "queries/q.sql", TL_AS_QUERY, data, size);
    fuzz_finish(l);
    return 0;
}
