/*
 * harness.c - see harness.h.
 */
#include "fuzz/harness.h"

#include "base/mem.h"
#include "lint/linter.h"

#include <stdlib.h>
#include <string.h>

struct tl_linter *fuzz_open(bool digest)
{
    static const struct tl_selector all = {.rule = "all",
                                           .severity = TL_WARNING};
    struct tl_options options = TL_OPTIONS_INIT;
    struct tl_error error;

    options.threads = 1;
    options.selectors = &all;
    options.n_selectors = 1;
    options.record_steps = true;
    options.digest = digest;
    struct tl_linter *l = tl_open(&options, &error);
    if (!l)
        abort();
    return l;
}

struct tl_str fuzz_add(struct tl_linter *l, const char *name, enum tl_as as,
                       const uint8_t *data, size_t size)
{
    struct tl_str text =
        arena_str(&l->arena, (struct tl_str){(const char *)data, size});

    tl_add_text(l, name, text, as, false);
    return text;
}

static void write(struct tl_linter *l, const char *format, unsigned flags)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);

    if (!f || !tl_write(l, format, flags, f))
        abort();
    fclose(f);
    mem_free(text);
}

/* Text draws excerpts, JSON places everything, jsonl escapes for terminals.
   SARIF would spend most of the time on the rules' prose. */
void fuzz_finish(struct tl_linter *l)
{
    static const char *const formats[] = {"text", "json", "jsonl", "github"};

    tl_run(l);
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
        write(l, formats[i], TL_WRITE_COLOR);
    tl_close(l);
}
