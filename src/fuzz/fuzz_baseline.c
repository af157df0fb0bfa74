/*
 * fuzz_baseline.c - a baseline of findings, asked of a run's.
 */
#include "cli/baseline.h"
#include "fuzz/harness.h"
#include "fuzz/scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char sql[] = "CREATE INDEX ON herds (n);";
    struct err err;
    struct baseline_file *b =
        baseline_load(scratch_file("baseline.json", data, size), &err);

    if (!b)
        return 0;
    struct tl_linter *l = fuzz_open(false);
    fuzz_add(l, "db/1.sql", TL_AS_MIGRATION, (const uint8_t *)sql,
             sizeof(sql) - 1);
    tl_run(l);
    for (size_t i = 0; i < tl_finding_count(l); i++)
        baseline_knows(b, l, tl_finding_at(l, i));
    tl_close(l);
    baseline_free(b);
    return 0;
}
