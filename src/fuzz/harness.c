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

void fuzz_add(struct tl_linter *l, const char *name, enum tl_as as,
              const uint8_t *data, size_t size)
{
    tl_add_text(l, name, (struct tl_str){(const char *)data, size}, as, false);
}

void fuzz_add_schema(struct tl_linter *l)
{
    static const char schema[] =
        "CREATE TABLE herds (id bigint PRIMARY KEY, name text, n int, at "
        "timestamptz, tags jsonb, kinds int[]);\n"
        "CREATE TABLE cows (id serial PRIMARY KEY, herd_id bigint REFERENCES "
        "herds, name varchar(20), born date, weight numeric);\n"
        "CREATE INDEX ON cows (lower(name)); CREATE INDEX ON herds (at, n);\n"
        "CREATE VIEW big AS SELECT * FROM cows WHERE weight > 900;\n";

    fuzz_add(l, "schema/001.sql", TL_AS_MIGRATION, (const uint8_t *)schema,
             sizeof(schema) - 1);
}

struct tl_str fuzz_behind_next(struct tl_str *text)
{
    static const char next[] = "\n-- next\n";
    const char *end =
        text->n ? memmem(text->p, text->n, next, sizeof(next) - 1) : NULL;

    if (!end)
        return TL_NONE;
    size_t n = (size_t)(end - text->p);
    size_t behind = n + sizeof(next) - 1;
    struct tl_str rest = {text->p + behind, text->n - behind};

    text->n = n;
    return rest;
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
   SARIF would spend most of the time on the rules' prose. Even these take most
   of a run, so each input gets one of them. */
void fuzz_finish(struct tl_linter *l)
{
    static const char *const formats[] = {"text", "json", "jsonl", "github"};
    size_t bytes = 0;

    tl_run(l);
    for (uint32_t i = 0; i < tl_source_count(l); i++)
        bytes += tl_source_bytes(l, i).n;
    write(l, formats[bytes % (sizeof(formats) / sizeof(formats[0]))],
          TL_WRITE_COLOR);
    tl_close(l);
}
