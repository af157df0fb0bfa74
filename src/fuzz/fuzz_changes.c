/*
 * fuzz_changes.c - unified diffs, as --diff-from takes them.
 */
#include "cli/changes.h"
#include "fuzz/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct changes c;
    struct err err;

    changes_init(&c);
    if (changes_read(&c, (struct tl_str){(const char *)data, size}, "diff",
                     &err))
        for (size_t i = 0; i < c.files.n; i++)
            changes_touch(&c.files.v[i], 1, 10);
    changes_release(&c);
    return 0;
}
