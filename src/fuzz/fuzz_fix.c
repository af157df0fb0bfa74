/*
 * fuzz_fix.c - what the safe fixes make of a file parses where the file did,
 * and fixing comes to an end.
 */
#include "fuzz/harness.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#include <tusklint/rule.h>

static size_t syntax_errors(const struct tl_linter *l)
{
    size_t n = 0;

    for (size_t i = 0; i < tl_finding_count(l); i++)
        n += strcmp(tl_finding_at(l, i)->rule->id, "TL001") == 0;
    return n;
}

/* One round; gives the fixed text, to be freed, or NULL when nothing was to
   fix. */
static char *fix(const char *text, size_t n, size_t *errors, size_t *fixed_n)
{
    struct tl_linter *l = fuzz_open(false);
    struct tl_str fixed;
    char *out = NULL;

    fuzz_add(l, "db/1.sql", TL_AS_MIGRATION, (const uint8_t *)text, n);
    tl_run(l);
    *errors = syntax_errors(l);
    if (tl_source_count(l) && tl_fixed_text(l, 0, TL_SAFE, &fixed)) {
        out = mem_alloc(fixed.n);
        memcpy(out, fixed.p, fixed.n);
        *fixed_n = fixed.n;
    }
    tl_close(l);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = mem_alloc(size);
    size_t before = 0;

    if (size)
        memcpy(text, data, size);
    for (int round = 0;; round++) {
        size_t errors = 0;
        size_t n = 0;
        char *fixed = fix(text, size, &errors, &n);

        if ((round && errors > before) || round > 64)
            abort();
        mem_free(text);
        if (!fixed)
            break;
        text = fixed;
        size = n;
        before = errors;
    }
    return 0;
}
