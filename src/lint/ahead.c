/*
 * ahead.c - what the rest of the file does, read from its text: statements are
 * judged in order, and the parser has not been there yet.
 */
#include "lint/linter.h"
#include "sql/lex.h"

static bool skips(const struct lex *l, struct lex_token t)
{
    static const char *const words[] = {
        "or",    "replace", "temp",         "temporary", "unlogged",
        "local", "global",  "materialized", "recursive", "table",
        "view",  "if",      "not",          "exists",
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (lex_is_word(l, t, words[i]))
            return true;
    return false;
}

static bool is_name(const struct lex *l, struct lex_token t, struct tl_str name)
{
    struct tl_str text = lex_text(l, t);
    char word[64];

    if (t.kind == LEX_QUOTED_IDENT)
        return text.n == name.n + 2 && memcmp(text.p + 1, name.p, name.n) == 0;
    if (t.kind != LEX_WORD || name.n >= sizeof(word))
        return false;
    memcpy(word, name.p, name.n);
    word[name.n] = '\0';
    return lex_is_word(l, t, word);
}

/* Behind CREATE: [words] [schema.]name */
static bool makes(struct lex *l, struct tl_str name)
{
    struct lex_token t = lex_next_code(l);

    while (skips(l, t))
        t = lex_next_code(l);
    bool found = is_name(l, t, name);
    struct lex behind = *l;

    if (!lex_is_punct(&behind, lex_next_code(&behind), '.'))
        return found;
    return is_name(&behind, lex_next_code(&behind), name);
}

bool tl_is_made_later(const struct tl_ctx *c, struct tl_name name)
{
    struct tl_str file = c->unit->input->source.text;
    struct lex l = lex_at(file, c->unit->map.base + c->unit->text.n);

    if (c->unit->map.encoding != TEXT_PLAIN)
        return false;
    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l))
        if (lex_is_word(&l, t, "create") && makes(&l, name.name))
            return true;
    return false;
}

/* Behind ALTER TABLE [IF EXISTS] [ONLY]: is it [schema.]name ... PRIMARY KEY,
   before the statement ends? */
static bool adds_key(struct lex *l, struct tl_str name)
{
    bool named = false;

    for (struct lex_token t = lex_next_code(l);
         t.kind != LEX_END && !lex_is_punct(l, t, ';'); t = lex_next_code(l)) {
        named = named || is_name(l, t, name);
        if (named && lex_is_word(l, t, "primary"))
            return true;
    }
    return false;
}

bool tl_gets_key_later(const struct tl_ctx *c, struct tl_name table)
{
    struct tl_str file = c->unit->input->source.text;
    struct lex l = lex_at(file, c->unit->map.base + c->unit->text.n);

    if (c->unit->map.encoding != TEXT_PLAIN)
        return false;
    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        struct lex behind = l;

        if (lex_is_word(&l, t, "alter") &&
            lex_is_word(&behind, lex_next_code(&behind), "table") &&
            adds_key(&behind, table.name))
            return true;
    }
    return false;
}

/* Behind ADD: [COLUMN] [IF NOT EXISTS] name */
static bool adds(struct lex *l, struct tl_str name)
{
    static const char *const words[] = {"column", "if", "not", "exists"};
    struct lex_token t = lex_next_code(l);

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (lex_is_word(l, t, words[i]))
            t = lex_next_code(l);
    return is_name(l, t, name);
}

bool tl_is_added_later(const struct tl_ctx *c, struct tl_str column)
{
    struct tl_str file = c->unit->input->source.text;
    struct lex l = lex_at(file, c->unit->map.base + c->unit->text.n);

    if (c->unit->map.encoding != TEXT_PLAIN)
        return false;
    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l))
        if (lex_is_word(&l, t, "add") && adds(&l, column))
            return true;
    return false;
}

bool tl_is_renamed_to_later(const struct tl_ctx *c, struct tl_str name)
{
    struct tl_str file = c->unit->input->source.text;
    struct lex l = lex_at(file, c->unit->map.base + c->unit->text.n);

    if (c->unit->map.encoding != TEXT_PLAIN)
        return false;
    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        struct lex behind = l;

        if (!lex_is_word(&l, t, "rename"))
            continue;
        while (t.kind != LEX_END && !lex_is_punct(&behind, t, ';') &&
               !lex_is_word(&behind, t, "to"))
            t = lex_next_code(&behind);
        if (lex_is_word(&behind, t, "to") &&
            is_name(&behind, lex_next_code(&behind), name))
            return true;
    }
    return false;
}

bool tl_has_more_statements(const struct tl_ctx *c)
{
    struct tl_str file = c->unit->input->source.text;
    size_t end = c->section ? c->section->end : file.n;
    struct lex l = lex_at((struct tl_str){file.p, end},
                          c->unit->map.base + c->unit->text.n);

    if (c->unit->map.encoding != TEXT_PLAIN)
        return true;
    for (;;) {
        struct lex_token t = lex_next_code(&l);

        if (t.kind == LEX_END)
            return false;
        if (!lex_is_punct(&l, t, ';'))
            return true;
    }
}

/* NAMEDATALEN - 1; see sql-syntax-lexical.html, Identifiers. */
#define NAME_MAX_BYTES 63

bool tl_long_identifier(const struct tl_ctx *c, size_t from, size_t *start,
                        size_t *end)
{
    struct lex l = lex_at(c->unit->text, from);

    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        size_t quotes = t.kind == LEX_QUOTED_IDENT ? 2 : 0;

        if ((t.kind != LEX_WORD && t.kind != LEX_QUOTED_IDENT) ||
            t.end - t.start <= NAME_MAX_BYTES + quotes)
            continue;
        *start = t.start;
        *end = t.end;
        return true;
    }
    return false;
}
