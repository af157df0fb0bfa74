/*
 * fuzz_migration.c - splitter, parser, catalog and all rules on a migration.
 *
 * A line of "-- next" begins another file: rules that look back at the history
 * need one.
 */
#include "fuzz/harness.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tl_linter *l = fuzz_open(false);
    struct tl_str text = {(const char *)data, size};

    for (unsigned file = 1; file < 8 && text.n; file++) {
        char name[64];
        struct tl_str behind = fuzz_behind_next(&text);

        snprintf(name, sizeof(name), "migrations/%03u_a.sql", file);
        fuzz_add(l, name, TL_AS_MIGRATION, (const uint8_t *)text.p, text.n);
        text = behind;
    }
    fuzz_finish(l);
    return 0;
}
