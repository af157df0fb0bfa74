/*
 * fuzz_migration.c - splitter, parser, catalog and all rules on a migration.
 *
 * A line of "-- next" begins another file: rules that look back at the history
 * need one.
 */
#include "fuzz/harness.h"

#include <stdio.h>
#include <string.h>

static const char next[] = "\n-- next\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tl_linter *l = fuzz_open(false);

    for (unsigned file = 1; file < 8 && size; file++) {
        char name[64];
        const uint8_t *end = memmem(data, size, next, sizeof(next) - 1);
        size_t n = end ? (size_t)(end - data) : size;

        snprintf(name, sizeof(name), "migrations/%03u_a.sql", file);
        fuzz_add(l, name, TL_AS_MIGRATION, data, n);
        n += end ? sizeof(next) - 1 : 0;
        data += n;
        size -= n;
    }
    fuzz_finish(l);
    return 0;
}
