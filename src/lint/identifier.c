/*
 * identifier.c - finds identifiers that are longer than the server keeps.
 */
#include "lint/linter.h"
#include "sql/lex.h"

#include <string.h>

/* NAMEDATALEN - 1; see sql-syntax-lexical.html, Identifiers. */
#define NAME_MAX_BYTES 63

/* Any 64 bytes on end hold one whose place is a multiple of 64. */
static bool has_long_word(struct tl_str s)
{
    for (size_t at = 0; at < s.n; at += NAME_MAX_BYTES + 1) {
        size_t start = at;
        size_t end = at;

        while (start > 0 && lex_is_identifier_byte(s.p[start - 1]))
            start--;
        while (end < s.n && lex_is_identifier_byte(s.p[end]))
            end++;
        if (end - start > NAME_MAX_BYTES)
            return true;
    }
    return false;
}

static bool has_distant_quotes(struct tl_str s)
{
    const char *end = s.p + s.n;
    const char *last = NULL;

    for (const char *p = s.p; (p = memchr(p, '"', (size_t)(end - p))); p++) {
        if (last && p - last > NAME_MAX_BYTES)
            return true;
        last = p;
    }
    return false;
}

bool tl_long_identifier(const struct tl_ctx *c, size_t from, size_t *start,
                        size_t *end)
{
    struct tl_str text = c->unit->text;
    struct lex l = lex_at(text, from);

    if (text.n <= NAME_MAX_BYTES ||
        (!has_long_word(text) && !has_distant_quotes(text)))
        return false;
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
