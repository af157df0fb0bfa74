/*
 * canon_array.c - array literals and types, as canon.c writes them.
 */
#include "sql/canon_array.h"

#include <stdio.h>

static size_t count_items(struct tl_str s)
{
    size_t n = 1;

    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == ',';
    return n;
}

/* One item from `at` into `out`; gives the place behind it, or SIZE_MAX when
   it is malformed. */
static size_t read_item(struct tl_str s, size_t at, char *out,
                        struct array_item *item)
{
    size_t n = 0;
    bool quoted = at < s.n && s.p[at] == '"';

    at += quoted;
    for (;; at++) {
        if (at >= s.n)
            return quoted ? SIZE_MAX : at;
        if (quoted ? s.p[at] == '"' : s.p[at] == ',')
            break;
        if (!quoted && strchr("{}\"", s.p[at]))
            return SIZE_MAX;
        if (s.p[at] == '\\' && ++at >= s.n)
            return SIZE_MAX;
        out[n++] = s.p[at];
        item->text = (struct tl_str){out, n};
    }
    return at + quoted;
}

static bool is_null_word(struct tl_str s)
{
    static const char word[] = "null";

    if (s.n != 4)
        return false;
    for (size_t i = 0; i < 4; i++)
        if ((s.p[i] | 0x20) != word[i])
            return false;
    return true;
}

bool array_literal_read(struct tl_str literal, struct arena *arena,
                        struct array_items *out)
{
    *out = (struct array_items){NULL, 0};
    if (literal.n < 2 || literal.p[0] != '{' || literal.p[literal.n - 1] != '}')
        return false;

    struct tl_str s = {literal.p + 1, literal.n - 2};

    out->v = ARENA_ARRAY(arena, struct array_item, count_items(s));

    /* Unescaped items are never longer than what they are read from. */
    char *bytes = arena_alloc(arena, s.n + 1);

    for (size_t at = 0; at < s.n;) {
        struct array_item *item = &out->v[out->n++];
        bool quoted = s.p[at] == '"';

        at = read_item(s, at, bytes, item);
        if (at == SIZE_MAX || (at < s.n && s.p[at] != ','))
            return false;
        bytes += item->text.n;
        item->null = !quoted && is_null_word(item->text);
        if (at < s.n)
            at++;
    }
    return true;
}

const char *canon_type_words(const struct tl_type *type, char *buf, size_t size)
{
    int n = snprintf(buf, size, "%.*s%s%.*s", TL_FMT(type->name.schema),
                     type->name.schema.n ? "." : "", TL_FMT(type->name.name));
    size_t at = n < 0 ? 0 : (size_t)n;

    for (uint8_t i = 0; i < type->n_mods && at < size; i++) {
        n = snprintf(buf + at, size - at, "%s%d%s", i ? "," : "(",
                     type->mods[i], i + 1 == type->n_mods ? ")" : "");
        at += n < 0 ? 0 : (size_t)n;
    }
    for (uint8_t i = 0; i < type->dimensions && at < size; i++) {
        n = snprintf(buf + at, size - at, "[]");
        at += n < 0 ? 0 : (size_t)n;
    }
    return buf;
}
