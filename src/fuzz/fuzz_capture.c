/*
 * fuzz_capture.c - every reader of logs, statistics and traces.
 *
 * The first byte names the file, which decides with the bytes what reads it.
 */
#include "fuzz/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"postgresql.log", "postgresql.csv",
                                        "postgresql.json", "trace.jsonl"};
    static const enum tl_as kinds[] = {TL_AS_AUTO, TL_AS_LOG, TL_AS_STATS,
                                       TL_AS_TRACE};

    if (!size)
        return 0;
    struct tl_linter *l = fuzz_open(false);
    fuzz_add(l, names[data[0] % 4], kinds[data[0] / 4 % 4], data + 1, size - 1);
    fuzz_finish(l);
    return 0;
}
