/*
 * expect.c - what comments in a query file, or options, expect of a plan.
 *
 *     -- expect-plan: index=bins_room_id_idx, no-seq-scan=bins, max-rows=1000
 *     -- expect-plan: node="Index Only Scan" no-sort
 */
#include "plan/expect.h"

#include "base/vec.h"
#include "sql/lex.h"

#include <ctype.h>
#include <stdlib.h>

#define MARK "expect-plan:"

enum value { VALUE_NONE, VALUE_OPTIONAL, VALUE_NAME, VALUE_NUMBER };

static const struct {
    const char *word;
    enum tl_expectation_kind kind;
    enum value value;
} terms[] = {
    {"index", TL_EXPECT_INDEX, VALUE_NAME},
    {"no-seq-scan", TL_EXPECT_NO_SEQ_SCAN, VALUE_OPTIONAL},
    {"no-sort", TL_EXPECT_NO_SORT, VALUE_NONE},
    {"node", TL_EXPECT_NODE, VALUE_NAME},
    {"no-node", TL_EXPECT_NO_NODE, VALUE_NAME},
    {"max-rows", TL_EXPECT_MAX_ROWS, VALUE_NUMBER},
    {"max-cost", TL_EXPECT_MAX_COST, VALUE_NUMBER},
    {"max-ms", TL_EXPECT_MAX_MS, VALUE_NUMBER},
};

struct reader {
    struct tl_str text;
    size_t at;
    size_t end;
};

static bool is_gap(char c)
{
    return c == ',' || isspace((unsigned char)c);
}

/* Up to a gap, or to the closing quote; the quotes are left out. */
static struct tl_str take_value(struct reader *r)
{
    bool quoted = r->at < r->end && r->text.p[r->at] == '"';
    size_t start = r->at += quoted;

    while (r->at < r->end &&
           (quoted ? r->text.p[r->at] != '"' : !is_gap(r->text.p[r->at])))
        r->at++;
    struct tl_str value = {r->text.p + start, r->at - start};
    r->at += quoted && r->at < r->end;
    return value;
}

static bool read_number(struct tl_str s, double *out)
{
    char digits[32];
    char *end;

    if (!s.n || s.n >= sizeof(digits) || !isdigit((unsigned char)s.p[0]))
        return false;
    memcpy(digits, s.p, s.n);
    digits[s.n] = '\0';
    *out = strtod(digits, &end);
    return *end == '\0';
}

static bool fits(enum value wanted, struct tl_expectation *e)
{
    switch (wanted) {
    case VALUE_NONE:
        return !e->value.n;
    case VALUE_OPTIONAL:
        return true;
    case VALUE_NAME:
        return e->value.n > 0;
    case VALUE_NUMBER:
        return read_number(e->value, &e->number);
    }
    return false;
}

static struct tl_expectation take_term(struct reader *r)
{
    size_t start = r->at;
    struct tl_expectation e = {.kind = TL_EXPECT_UNKNOWN};

    while (r->at < r->end && r->text.p[r->at] != '=' &&
           !is_gap(r->text.p[r->at]))
        r->at++;
    struct tl_str word = {r->text.p + start, r->at - start};
    if (r->at < r->end && r->text.p[r->at] == '=') {
        r->at++;
        e.value = take_value(r);
    }
    for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++)
        if (tl_str_is(word, terms[i].word) && fits(terms[i].value, &e))
            e.kind = terms[i].kind;
    e.text = (struct tl_str){r->text.p + start, r->at - start};
    e.span.start = start;
    e.span.end = r->at;
    return e;
}

static bool begins_with_mark(struct reader *r)
{
    while (r->at < r->end && (isspace((unsigned char)r->text.p[r->at]) ||
                              r->text.p[r->at] == '*'))
        r->at++;
    if (r->end - r->at < sizeof(MARK) - 1 ||
        memcmp(r->text.p + r->at, MARK, sizeof(MARK) - 1) != 0)
        return false;
    r->at += sizeof(MARK) - 1;
    return true;
}

struct term_list {
    VEC(struct tl_expectation) terms;
};

static void take_terms(struct reader *r, uint32_t source,
                       struct term_list *list)
{
    for (;;) {
        while (r->at < r->end && is_gap(r->text.p[r->at]))
            r->at++;
        if (r->at == r->end)
            return;
        struct tl_expectation e = take_term(r);
        e.span.source = source;
        vec_push(&list->terms, e);
    }
}

/* Into the arena; the list is done with. */
static struct tl_expectation *keep(struct term_list *list, struct arena *arena,
                                   uint32_t *count)
{
    struct tl_expectation *out =
        ARENA_ARRAY(arena, struct tl_expectation, list->terms.n + 1);

    if (list->terms.n)
        memcpy(out, list->terms.v, list->terms.n * sizeof(*out));
    *count = (uint32_t)list->terms.n;
    vec_release(&list->terms);
    return out;
}

struct tl_expectation *expect_read(struct tl_str text, uint32_t source,
                                   struct arena *arena, uint32_t *count)
{
    struct term_list list = {.terms = VEC_INIT};
    struct lex l = lex_at(text, 0);

    for (struct lex_token t = lex_next(&l); t.kind != LEX_END;
         t = lex_next(&l)) {
        struct reader r = {text, t.start + 2, t.end};

        if (t.kind != LEX_LINE_COMMENT && t.kind != LEX_BLOCK_COMMENT)
            continue;
        if (t.kind == LEX_BLOCK_COMMENT && !t.unterminated)
            r.end -= 2;
        if (begins_with_mark(&r))
            take_terms(&r, source, &list);
    }
    return keep(&list, arena, count);
}

struct tl_expectation *expect_terms(struct tl_str text, struct arena *arena,
                                    uint32_t *count)
{
    struct term_list list = {.terms = VEC_INIT};
    struct reader r = {text, 0, text.n};

    take_terms(&r, 0, &list);
    struct tl_expectation *out = keep(&list, arena, count);
    for (uint32_t i = 0; i < *count; i++)
        out[i].span = (struct tl_span){0};
    return out;
}
