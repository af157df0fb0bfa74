/*
 * squawk.c - what a .squawk.toml says, as a configuration.
 *
 * Of TOML it reads what stands in such files: tables, keys, strings, numbers,
 * booleans and arrays of strings over any number of lines.
 */
#include "config/glob.h"
#include "config/show.h"
#include "lint/select.h"

#include <stdlib.h>
#include <string.h>

#define MAX_WORDS 1000

struct toml {
    const char *p;
    const char *end;
    unsigned line;
    struct arena arena;
    const char *table;
    const char *key;
    VEC(const char *) words; /* the value: of an array, its elements */
};

struct import {
    struct buf *out;
    struct buf *notes;
    struct toml toml;
    unsigned done; /* keys by their number, a bit each */
};

static void note(struct import *im, unsigned line, const char *what,
                 const char *why)
{
    buf_printf(im->notes, ".squawk.toml:%u: %s: %s\n", line, what, why);
}

static void skip_blanks(struct toml *t, bool lines)
{
    for (; t->p < t->end; t->p++) {
        if (*t->p == '#')
            while (t->p + 1 < t->end && t->p[1] != '\n')
                t->p++;
        else if (*t->p == '\n' && lines)
            t->line++;
        else if (*t->p != ' ' && *t->p != '\t' && *t->p != '\r')
            return;
    }
}

static void skip_line(struct toml *t)
{
    while (t->p < t->end && *t->p != '\n')
        t->p++;
}

static void push_word(struct toml *t, const char *start, const char *end)
{
    struct tl_str word = {start, (size_t)(end - start)};

    if (t->words.n < MAX_WORDS && !memchr(start, 0, word.n))
        vec_push(&t->words, arena_str(&t->arena, word).p);
}

/* A string without escapes, or a bare word. */
static void read_word(struct toml *t)
{
    const char *start = t->p;
    char quote = *t->p;

    if (quote == '"' || quote == '\'') {
        t->p++;
        while (t->p < t->end && *t->p != quote && *t->p != '\n')
            t->p++;
        push_word(t, start + 1, t->p);
        t->p += t->p < t->end;
        return;
    }
    while (t->p < t->end && !strchr(" \t\r\n,]#=", *t->p))
        t->p++;
    if (t->p == start)
        t->p++;
    else
        push_word(t, start, t->p);
}

static void read_value(struct toml *t)
{
    vec_clear(&t->words);
    skip_blanks(t, false);
    if (t->p == t->end || *t->p == '\n')
        return;
    if (*t->p != '[') {
        read_word(t);
        return;
    }
    for (t->p++, skip_blanks(t, true); t->p < t->end && *t->p != ']';
         skip_blanks(t, true)) {
        if (*t->p == ',')
            t->p++;
        else
            read_word(t);
    }
    t->p += t->p < t->end;
}

/* The next key with its value; false at the end. */
static bool next_key(struct toml *t, unsigned *line)
{
    for (;;) {
        skip_blanks(t, true);
        if (t->p == t->end)
            return false;
        *line = t->line;
        vec_clear(&t->words);
        bool is_table = *t->p == '[';
        t->p += is_table;
        read_word(t);
        const char *name = t->words.n ? t->words.v[0] : "";
        if (is_table) {
            t->table = name;
            skip_line(t);
            continue;
        }
        t->key = name;
        skip_blanks(t, false);
        if (t->p < t->end && *t->p == '=') {
            t->p++;
            read_value(t);
            skip_line(t);
            return true;
        }
        skip_line(t);
    }
}

static void import_rules(struct import *im, unsigned line, const char *first)
{
    struct toml *t = &im->toml;
    bool any = false;

    (void)first;
    for (size_t i = 0; i < t->words.n; i++) {
        const char *word = t->words.v[i];
        const struct tl_rule *r = tl_rule_find(word);

        if (!select_is_known(tl_str_c(word))) {
            note(im, line, word, "tusklint has no such rule");
            continue;
        }
        if (!any)
            buf_puts(im->out, "\nignore:\n");
        any = true;
        buf_puts(im->out, "  - ");
        config_scalar(im->out, r ? r->name : word);
        if (r && strcmp(r->name, word) != 0)
            buf_printf(im->out, "  # %s", word);
        buf_char(im->out, '\n');
    }
}

static void import_paths(struct import *im, unsigned line, const char *first)
{
    struct toml *t = &im->toml;
    bool any = false;

    (void)first;
    for (size_t i = 0; i < t->words.n; i++) {
        const char *word = t->words.v[i];
        const char *problem =
            word[0] == '/' ? "a pattern is relative to the configuration's "
                             "folder"
                           : glob_problem(word);

        if (problem) {
            note(im, line, word, problem);
            continue;
        }
        if (!any)
            buf_puts(im->out,
                     "\n# Still read for the schema, so that later files are "
                     "understood.\noverrides:\n  - ignore: [all]\n"
                     "    files:\n");
        any = true;
        buf_puts(im->out, "      - ");
        config_scalar(im->out, word);
        buf_char(im->out, '\n');
    }
}

static void import_version(struct import *im, unsigned line, const char *word)
{
    const struct config_key *k = config_key_at(CONFIG_PG_VERSION);
    long n = strtol(word, NULL, 10);

    if (n < k->low || n > k->high)
        note(im, line, "pg_version", "tusklint knows 12 to 18");
    else
        buf_printf(im->out, "\npg-version: %ld\n", n);
}

static void import_switch(struct import *im, unsigned line, const char *word)
{
    (void)line;
    buf_printf(im->out, "\nassume-in-transaction: %s\n",
               strcmp(word, "true") == 0 ? "true" : "false");
}

static const struct {
    const char *key;
    void (*import)(struct import *, unsigned line, const char *word);
} keys[] = {
    {"excluded_rules", import_rules},
    {"excluded_paths", import_paths},
    {"pg_version", import_version},
    {"assume_in_transaction", import_switch},
};
#define KEYS (sizeof(keys) / sizeof(keys[0]))

static void import_key(struct import *im, unsigned line)
{
    const struct toml *t = &im->toml;
    size_t i = 0;

    while (i < KEYS && strcmp(t->key, keys[i].key) != 0)
        i++;
    if (*t->table)
        note(im, line, t->key,
             "has no counterpart; the exit status follows fail-on");
    else if (i == KEYS)
        note(im, line, t->key, "has no counterpart");
    else if (im->done & 1U << i)
        note(im, line, t->key, "it is there already, so this is left out");
    else
        keys[i].import(im, line, t->words.n ? t->words.v[0] : "");
    if (!*t->table && i < KEYS)
        im->done |= 1U << i;
}

void config_from_squawk(struct tl_str toml, struct buf *out, struct buf *notes)
{
    struct import im = {
        .out = out,
        .notes = notes,
        .toml = {.p = toml.p, .end = toml.p + toml.n, .line = 1, .table = ""}};
    unsigned line;

    arena_init(&im.toml.arena, 4096);
    buf_puts(out, "# Configuration of tusklint, made of .squawk.toml; "
                  "docs/configuration.md tells more.\n");
    while (next_key(&im.toml, &line))
        import_key(&im, line);
    vec_release(&im.toml.words);
    arena_release(&im.toml.arena);
}
