/*
 * tree_tokens.c - a statement's tokens with their brackets paired.
 */
#include "sql/tree_tokens.h"

/* CASE ... END pairs like a bracket, except where a keyword is a name. */
static char bracket_of(const struct tokens *t, size_t at)
{
    struct lex_token token = t->v[at].token;

    if (token.kind == LEX_PUNCT || token.kind == LEX_OPERATOR) {
        char c = t->lex.text.p[token.start];

        return token.end - token.start == 1 && strchr("()[]", c) ? c : 0;
    }
    if (token.kind != LEX_WORD)
        return 0;

    bool is_case = lex_is_word(&t->lex, token, "case");

    if (!is_case && !lex_is_word(&t->lex, token, "end"))
        return 0;
    if (at > 0 &&
        (tokens_is_punct(t, at - 1, '.') || tokens_is_word(t, at - 1, "as")))
        return 0;
    return is_case ? 'c' : 'e';
}

static char opener_of(char close)
{
    return close == ')' ? '(' : close == ']' ? '[' : close == 'e' ? 'c' : 0;
}

struct open_bracket {
    size_t at;
    char kind;
};

static void pair_brackets(struct tokens *t)
{
    VEC(struct open_bracket) open = VEC_INIT;

    for (size_t i = 0; i < t->n; i++) {
        char kind = bracket_of(t, i);
        char opener = opener_of(kind);

        if (kind && !opener) {
            vec_push(&open, (struct open_bracket){i, kind});
            continue;
        }
        /* A parenthesis ends a CASE that was never ended, not vice versa. */
        while (opener && open.n > 0 && vec_last(&open)->kind == 'c' &&
               opener != 'c')
            open.n--;
        if (opener && open.n > 0 && vec_last(&open)->kind == opener) {
            size_t partner = open.v[--open.n].at;

            t->v[i].match = partner;
            t->v[partner].match = i;
        }
    }
    vec_release(&open);
}

void tokens_init(struct tokens *t, struct tl_str text)
{
    *t = (struct tokens){.lex = lex_at(text, 0)};

    struct lex lex = t->lex;

    for (;;) {
        struct lex_token token = lex_next_code(&lex);

        if (token.kind == LEX_END)
            break;
        vec_push(t, (struct paired_token){token, NO_TOKEN});
    }
    while (t->n > 0 && tokens_is_punct(t, t->n - 1, ';'))
        t->n--;
    pair_brackets(t);
}

void tokens_release(struct tokens *t)
{
    vec_release(t);
}

const struct tokens *tokens_in(struct arena *a, struct tl_str text)
{
    struct tokens *kept = ARENA_NEW(a, struct tokens);
    struct tokens made;

    tokens_init(&made, text);
    *kept = made;
    kept->v = ARENA_ARRAY(a, struct paired_token, made.n);
    if (made.n > 0)
        memcpy(kept->v, made.v, made.n * sizeof(*made.v));
    tokens_release(&made);
    return kept;
}

size_t tokens_at(const struct tokens *t, int32_t byte)
{
    size_t lo = 0;
    size_t hi = t->n;

    if (byte < 0)
        return NO_TOKEN;
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;

        if (t->v[middle].token.end <= (size_t)byte)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < t->n ? lo : NO_TOKEN;
}

bool tokens_is_word(const struct tokens *t, size_t at, const char *word)
{
    return at < t->n && lex_is_word(&t->lex, t->v[at].token, word);
}

bool tokens_is_punct(const struct tokens *t, size_t at, char c)
{
    if (at >= t->n)
        return false;

    struct lex_token token = t->v[at].token;

    return token.end - token.start == 1 && t->lex.text.p[token.start] == c &&
           (token.kind == LEX_PUNCT || token.kind == LEX_OPERATOR);
}

bool tokens_is_name(const struct tokens *t, size_t at)
{
    return at < t->n && (t->v[at].token.kind == LEX_WORD ||
                         t->v[at].token.kind == LEX_QUOTED_IDENT);
}

size_t tokens_close(const struct tokens *t, size_t at)
{
    if (at >= t->n || t->v[at].match == NO_TOKEN || t->v[at].match < at)
        return at;
    return t->v[at].match;
}

size_t tokens_enclosing(const struct tokens *t, size_t at)
{
    if (at > t->n)
        at = t->n;
    while (at-- > 0) {
        size_t match = t->v[at].match;

        if (match == NO_TOKEN)
            continue;
        if (match < at) {
            at = match;
            continue;
        }
        if (tokens_is_punct(t, at, '(') || tokens_is_punct(t, at, '['))
            return at;
    }
    return NO_TOKEN;
}

size_t tokens_skip_group(const struct tokens *t, size_t at)
{
    return tokens_is_punct(t, at + 1, '(') ? tokens_close(t, at + 1) : at;
}

size_t tokens_item_end(const struct tokens *t, size_t at)
{
    at = tokens_close(t, at);
    while (at + 1 < t->n && !tokens_is_punct(t, at + 1, ',') &&
           !tokens_is_punct(t, at + 1, ')') &&
           !tokens_is_punct(t, at + 1, ']') && !tokens_is_punct(t, at + 1, ';'))
        at = tokens_close(t, at + 1);
    return at;
}

size_t tokens_name_end(const struct tokens *t, size_t at)
{
    while (tokens_is_punct(t, at + 1, '.') &&
           (tokens_is_name(t, at + 2) || tokens_is_punct(t, at + 2, '*')))
        at += 2;
    return at;
}

size_t tokens_indirection_end(const struct tokens *t, size_t at)
{
    for (;;) {
        size_t next = tokens_name_end(t, at);

        if (tokens_is_punct(t, next + 1, '['))
            next = tokens_close(t, next + 1);
        if (next == at)
            return at;
        at = next;
    }
}

/* [WITH | WITHOUT] TIME ZONE */
static size_t zone_end(const struct tokens *t, size_t at)
{
    if ((tokens_is_word(t, at + 1, "with") ||
         tokens_is_word(t, at + 1, "without")) &&
        tokens_is_word(t, at + 2, "time") && tokens_is_word(t, at + 3, "zone"))
        return at + 3;
    return at;
}

static bool is_interval_field(const struct tokens *t, size_t at)
{
    static const char *const fields[] = {"year", "month",  "day",
                                         "hour", "minute", "second"};

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        if (tokens_is_word(t, at, fields[i]))
            return true;
    return false;
}

/* INTERVAL '1' DAY TO SECOND (3): the constant may stand in between. */
static size_t interval_end(const struct tokens *t, size_t at)
{
    size_t field = at + 1;

    if (field < t->n && t->v[field].token.kind == LEX_STRING)
        field++;
    if (!is_interval_field(t, field))
        return tokens_skip_group(t, at);
    at = tokens_skip_group(t, field);
    if (tokens_is_word(t, at + 1, "to") && is_interval_field(t, at + 2))
        at = tokens_skip_group(t, at + 2);
    return at;
}

static size_t base_type_end(const struct tokens *t, size_t at, size_t mods)
{
    size_t name = at;

    if (tokens_is_word(t, at, "interval"))
        return interval_end(t, at);
    if (tokens_is_word(t, at, "time") || tokens_is_word(t, at, "timestamp"))
        return zone_end(t, tokens_skip_group(t, at));
    if (tokens_is_word(t, at, "double") &&
        tokens_is_word(t, at + 1, "precision"))
        return at + 1;
    if (tokens_is_word(t, at, "national"))
        name++;
    if (tokens_is_word(t, name + 1, "varying"))
        name++;
    else
        name = tokens_name_end(t, name);
    if (tokens_is_punct(t, name + 1, '%') &&
        tokens_is_word(t, name + 2, "type"))
        return name + 2;
    return mods > 0 ? tokens_skip_group(t, name) : name;
}

size_t tokens_type_end(const struct tokens *t, size_t at, size_t mods,
                       size_t dimensions)
{
    at = base_type_end(t, at, mods);
    if (dimensions > 0 && tokens_is_word(t, at + 1, "array"))
        at++;
    while (dimensions-- > 0 && tokens_is_punct(t, at + 1, '['))
        at = tokens_close(t, at + 1);
    return at;
}
