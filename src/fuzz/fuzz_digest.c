/*
 * fuzz_digest.c - digests, read and merged: what is written is read again and
 * is the same.
 */
#include "fuzz/harness.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static char *digest(const uint8_t *data, size_t size, size_t *n)
{
    struct tl_linter *l = fuzz_open(true);
    char *text = NULL;
    FILE *f = open_memstream(&text, n);

    fuzz_add(l, "a.digest.json", TL_AS_AUTO, data, size);
    tl_run(l);
    if (!f || !tl_write_digest(l, f))
        abort();
    fclose(f);
    tl_close(l);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t n = 0;
    size_t m = 0;
    char *once = digest(data, size, &n);
    char *twice = digest((const uint8_t *)once, n, &m);

    if (n != m || memcmp(once, twice, n) != 0)
        abort();
    mem_free(once);
    mem_free(twice);
    return 0;
}
