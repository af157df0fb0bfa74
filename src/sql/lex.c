/*
 * lex.c - a total tokenizer after PostgreSQL's scan.l.
 *
 * One table gives each byte its class; quotes and comments are left with
 * memchr, so that the common bytes of SQL are touched once. What scan.l calls
 * an error is a token here too, because a splitter must get past it.
 */
#include "sql/lex.h"

enum class {
    C_OTHER,
    C_SPACE,
    C_WORD, /* begins an identifier */
    C_DIGIT,
    C_QUOTE,
    C_DOUBLE,
    C_DOLLAR,
    C_DOT,
    C_COLON,
    C_PUNCT, /* ( ) [ ] , ; */
    C_OP,
};

#define IDENT 32  /* may go on in an identifier */
#define STRONG 64 /* an operator with it may end in + or - */

/* Eight neighbours in the table; letters and high bytes come in eights. */
#define EIGHT(at, class)                                                       \
    [(at)] = (class), [(at) + 1] = (class), [(at) + 2] = (class),              \
    [(at) + 3] = (class), [(at) + 4] = (class), [(at) + 5] = (class),          \
    [(at) + 6] = (class), [(at) + 7] = (class)
#define WORDS(at) EIGHT(at, C_WORD | IDENT)
#define WORDS64(at)                                                            \
    WORDS(at), WORDS((at) + 8), WORDS((at) + 16), WORDS((at) + 24),            \
        WORDS((at) + 32), WORDS((at) + 40), WORDS((at) + 48), WORDS((at) + 56)

static const uint8_t classes[256] = {
    [' '] = C_SPACE,
    ['\t'] = C_SPACE,
    ['\n'] = C_SPACE,
    ['\r'] = C_SPACE,
    ['\f'] = C_SPACE,
    ['\v'] = C_SPACE,
    WORDS('a'),
    WORDS('i'),
    WORDS('q'),
    ['y'] = C_WORD | IDENT,
    ['z'] = C_WORD | IDENT,
    WORDS('A'),
    WORDS('I'),
    WORDS('Q'),
    ['Y'] = C_WORD | IDENT,
    ['Z'] = C_WORD | IDENT,
    ['_'] = C_WORD | IDENT,
    WORDS64(0x80),
    WORDS64(0xC0),
    EIGHT('0', C_DIGIT | IDENT),
    ['8'] = C_DIGIT | IDENT,
    ['9'] = C_DIGIT | IDENT,
    ['$'] = C_DOLLAR | IDENT,
    ['\''] = C_QUOTE,
    ['"'] = C_DOUBLE,
    ['.'] = C_DOT,
    [':'] = C_COLON,
    ['('] = C_PUNCT,
    [')'] = C_PUNCT,
    ['['] = C_PUNCT,
    [']'] = C_PUNCT,
    [','] = C_PUNCT,
    [';'] = C_PUNCT,
    ['+'] = C_OP,
    ['-'] = C_OP,
    ['*'] = C_OP,
    ['/'] = C_OP,
    ['<'] = C_OP,
    ['>'] = C_OP,
    ['='] = C_OP,
    ['~'] = C_OP | STRONG,
    ['!'] = C_OP | STRONG,
    ['@'] = C_OP | STRONG,
    ['#'] = C_OP | STRONG,
    ['^'] = C_OP | STRONG,
    ['&'] = C_OP | STRONG,
    ['|'] = C_OP | STRONG,
    ['`'] = C_OP | STRONG,
    ['?'] = C_OP | STRONG,
    ['%'] = C_OP | STRONG,
};

#define CLASS(c) (classes[(unsigned char)(c)] & 31)

static bool goes_on(char c)
{
    return (classes[(unsigned char)c] & IDENT) != 0;
}

bool lex_is_identifier_byte(char c)
{
    return goes_on(c);
}

/* Everything below works on text, position and end; `at` is the next byte. */

static size_t skip_class(struct tl_str s, size_t at, unsigned class)
{
    while (at < s.n && CLASS(s.p[at]) == class)
        at++;
    return at;
}

static size_t skip_ident(struct tl_str s, size_t at)
{
    while (at < s.n && goes_on(s.p[at]))
        at++;
    return at;
}

static size_t line_end(struct tl_str s, size_t at)
{
    while (at < s.n && s.p[at] != '\n' && s.p[at] != '\r')
        at++;
    return at;
}

static size_t block_comment(struct tl_str s, size_t at, bool *open)
{
    size_t depth = 1;

    at += 2;
    while (at + 1 < s.n) {
        if (s.p[at] == '*' && s.p[at + 1] == '/') {
            at += 2;
            if (--depth == 0)
                return at;
        } else if (s.p[at] == '/' && s.p[at + 1] == '*') {
            at += 2;
            depth++;
        } else {
            at++;
        }
    }
    *open = true;
    return s.n;
}

/* Behind the quote that ends it; doubled quotes are skipped. */
static size_t quoted(struct tl_str s, size_t at, char quote, bool *open)
{
    while (at < s.n) {
        const char *q = memchr(s.p + at, quote, s.n - at);

        if (!q)
            break;
        at = (size_t)(q - s.p) + 1;
        if (at >= s.n || s.p[at] != quote)
            return at;
        at++;
    }
    *open = true;
    return s.n;
}

static size_t escaped(struct tl_str s, size_t at, bool *open)
{
    while (at < s.n) {
        char c = s.p[at++];

        if (c == '\\' && at < s.n)
            at++;
        else if (c == '\'' && (at >= s.n || s.p[at] != '\''))
            return at;
        else if (c == '\'')
            at++;
    }
    *open = true;
    return s.n;
}

/*
 * 'a' <newline> 'b' is one constant: behind the quote that goes on after white
 * space with a newline in it, or 0. The server lets line comments stand there
 * too; libpg_query's scanner does not, and ours has to agree with the parser.
 */
static size_t continuation(struct tl_str s, size_t at)
{
    bool newline = false;

    for (; at < s.n && CLASS(s.p[at]) == C_SPACE; at++)
        newline |= s.p[at] == '\n' || s.p[at] == '\r';
    return newline && at < s.n && s.p[at] == '\'' ? at + 1 : 0;
}

enum quoting {
    PLAIN,   /* '' is a quote */
    ESCAPES, /* and so is \' */
    BITS,    /* neither: B'1''0' is two constants */
};

static size_t bits(struct tl_str s, size_t at, bool *open)
{
    const char *q = memchr(s.p + at, '\'', s.n - at);

    *open = !q;
    return q ? (size_t)(q - s.p) + 1 : s.n;
}

static size_t string(struct tl_str s, size_t at, enum quoting how, bool *open)
{
    for (;;) {
        if (how == BITS)
            at = bits(s, at, open);
        else if (how == ESCAPES)
            at = escaped(s, at, open);
        else
            at = quoted(s, at, '\'', open);
        size_t next = *open ? 0 : continuation(s, at);
        if (!next)
            return at;
        at = next;
    }
}

/* Behind the tag that comes again, or 0. Dollars are rare in bodies: looking
   for them is faster than for the whole tag. */
static size_t dollar_end(struct tl_str s, size_t at, struct tl_str tag)
{
    while (at + tag.n <= s.n) {
        const char *p = memchr(s.p + at, '$', s.n - tag.n + 1 - at);

        if (!p)
            return 0;
        at = (size_t)(p - s.p);
        if (memcmp(p, tag.p, tag.n) == 0)
            return at + tag.n;
        at++;
    }
    return 0;
}

/* $tag$ ... $tag$; 0 when no tag begins here. */
static size_t dollar(struct tl_str s, size_t at, bool *open)
{
    size_t tag = at + 1;

    while (tag < s.n && goes_on(s.p[tag]) && s.p[tag] != '$')
        tag++;
    bool is_tag = tag < s.n && s.p[tag] == '$' &&
                  (tag == at + 1 || CLASS(s.p[at + 1]) == C_WORD);
    if (!is_tag)
        return 0;
    size_t end =
        dollar_end(s, tag + 1, (struct tl_str){s.p + at, tag + 1 - at});
    *open = !end;
    return end ? end : s.n;
}

static bool is_digit_of(char c, unsigned base)
{
    if (base == 16 && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
        return true;
    return c >= '0' && c < '0' + (base < 10 ? (int)base : 10);
}

/* Single underscores may stand between digits (since PostgreSQL 16). */
static size_t digits(struct tl_str s, size_t at, unsigned base)
{
    while (at < s.n) {
        bool joined =
            s.p[at] == '_' && at + 1 < s.n && is_digit_of(s.p[at + 1], base);

        if (!joined && !is_digit_of(s.p[at], base))
            break;
        at += 1u + joined;
    }
    return at;
}

/* 0x1F, 0o17, 0b1 (since PostgreSQL 16); `at` itself when there is none. */
static size_t based_number(struct tl_str s, size_t at)
{
    if (at + 2 >= s.n || s.p[at] != '0')
        return at;
    char mark = (char)(s.p[at + 1] | 0x20);
    unsigned base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
    size_t end = base ? digits(s, at + 2, base) : at;
    return end > at + 2 ? end : at;
}

/* 1..10 is a number and two dots, but 1_0..20 is not so to PostgreSQL 16; 1.e5
   and .5 are numbers. */
static size_t number(struct tl_str s, size_t start)
{
    size_t at = based_number(s, start);

    if (at > start)
        return at;
    /* An underscore cannot come first: `start` is at a digit or a dot. */
    at = digits(s, at, 10);
    bool range = at + 1 < s.n && s.p[at] == '.' && s.p[at + 1] == '.' &&
                 skip_class(s, start, C_DIGIT) == at;
    if (at < s.n && s.p[at] == '.' && !range) {
        at++;
        if (at < s.n && is_digit_of(s.p[at], 10))
            at = digits(s, at, 10);
    }
    if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
        size_t e = at + 1;

        if (e < s.n && (s.p[e] == '+' || s.p[e] == '-'))
            e++;
        if (e < s.n && CLASS(s.p[e]) == C_DIGIT)
            at = digits(s, e, 10);
    }
    return at;
}

static bool pair(struct tl_str s, size_t at, char a, char b)
{
    return at + 1 < s.n && s.p[at] == a && s.p[at + 1] == b;
}

/* A longer one is no operator to the server: names have at most 63 bytes. */
#define OPERATOR_MAX 64

/* A run of operator characters, cut before a comment; + and - at its end
   belong to what follows unless a character that SQL does not use is in it. */
static size_t operator_end(struct tl_str s, size_t start)
{
    size_t at = start;
    bool strong = false;

    while (at < s.n && at - start < OPERATOR_MAX && CLASS(s.p[at]) == C_OP &&
           !pair(s, at, '-', '-') && !pair(s, at, '/', '*')) {
        strong |= (classes[(unsigned char)s.p[at]] & STRONG) != 0;
        at++;
    }
    if (!strong)
        while (at > start + 1 && (s.p[at - 1] == '+' || s.p[at - 1] == '-'))
            at--;
    return at;
}

static void take_word(struct tl_str s, struct lex_token *t, bool *open)
{
    char c = s.p[t->start];
    size_t next = t->start + 1;
    bool quote = next < s.n && s.p[next] == '\'';

    if (quote && strchr("eEbBxXnN", c)) {
        enum quoting how = strchr("eE", c)     ? ESCAPES
                           : strchr("bBxX", c) ? BITS
                                               : PLAIN;

        t->kind = LEX_STRING;
        t->end = string(s, next + 1, how, open);
        return;
    }
    if ((c == 'u' || c == 'U') && pair(s, next, '&', '\'')) {
        t->kind = LEX_STRING;
        t->end = string(s, next + 2, PLAIN, open);
        return;
    }
    if ((c == 'u' || c == 'U') && pair(s, next, '&', '"')) {
        t->kind = LEX_QUOTED_IDENT;
        t->end = quoted(s, next + 2, '"', open);
        return;
    }
    t->kind = LEX_WORD;
    t->end = skip_ident(s, next);
}

static void take_dollar(struct tl_str s, struct lex_token *t, bool *open)
{
    size_t next = t->start + 1;

    if (next < s.n && CLASS(s.p[next]) == C_DIGIT) {
        t->kind = LEX_PARAM;
        t->end = skip_class(s, next, C_DIGIT);
        return;
    }
    size_t end = dollar(s, t->start, open);
    t->kind = end ? LEX_DOLLAR : LEX_OTHER;
    t->end = end ? end : next;
}

static void take_operator(struct tl_str s, struct lex_token *t, bool *open)
{
    if (pair(s, t->start, '-', '-')) {
        t->kind = LEX_LINE_COMMENT;
        t->end = line_end(s, t->start);
        return;
    }
    if (pair(s, t->start, '/', '*')) {
        t->kind = LEX_BLOCK_COMMENT;
        t->end = block_comment(s, t->start, open);
        return;
    }
    t->kind = LEX_OPERATOR;
    t->end = operator_end(s, t->start);
}

static void take_dot(struct tl_str s, struct lex_token *t)
{
    size_t next = t->start + 1;

    if (next < s.n && CLASS(s.p[next]) == C_DIGIT) {
        t->kind = LEX_NUMBER;
        t->end = number(s, t->start);
        return;
    }
    bool two = next < s.n && s.p[next] == '.';
    t->kind = two ? LEX_OPERATOR : LEX_PUNCT;
    t->end = next + two;
}

static void take_colon(struct tl_str s, struct lex_token *t)
{
    bool two = pair(s, t->start, ':', ':') || pair(s, t->start, ':', '=');

    t->kind = two ? LEX_OPERATOR : LEX_PUNCT;
    t->end = t->start + 1 + two;
}

struct lex_token lex_next(struct lex *l)
{
    struct tl_str s = l->text;
    struct lex_token t = {.start = l->at, .end = l->at + 1};
    bool open = false;

    if (l->at >= s.n)
        return (struct lex_token){s.n, s.n, LEX_END, false};
    switch (CLASS(s.p[l->at])) {
    case C_SPACE:
        t.kind = LEX_SPACE;
        t.end = skip_class(s, t.end, C_SPACE);
        break;
    case C_WORD:
        take_word(s, &t, &open);
        break;
    case C_DIGIT:
        t.kind = LEX_NUMBER;
        t.end = number(s, t.start);
        break;
    case C_QUOTE:
        t.kind = LEX_STRING;
        t.end = string(s, t.end, PLAIN, &open);
        break;
    case C_DOUBLE:
        t.kind = LEX_QUOTED_IDENT;
        t.end = quoted(s, t.end, '"', &open);
        break;
    case C_DOLLAR:
        take_dollar(s, &t, &open);
        break;
    case C_DOT:
        take_dot(s, &t);
        break;
    case C_COLON:
        take_colon(s, &t);
        break;
    case C_PUNCT:
        t.kind = LEX_PUNCT;
        break;
    case C_OP:
        take_operator(s, &t, &open);
        break;
    default:
        t.kind = LEX_OTHER;
        break;
    }
    t.unterminated = open;
    l->at = t.end;
    return t;
}

struct lex_token lex_next_code(struct lex *l)
{
    struct lex_token t;

    do {
        while (l->at < l->text.n && CLASS(l->text.p[l->at]) == C_SPACE)
            l->at++;
        t = lex_next(l);
    } while (t.kind == LEX_LINE_COMMENT || t.kind == LEX_BLOCK_COMMENT);
    return t;
}

#define MAX_OPEN 512

/*
 * The stack holds, for each open bracket, the tokens before its last comma;
 * beyond MAX_OPEN brackets the sums go on without forgetting commas, which
 * only makes the bound larger.
 */
size_t lex_nesting_bound(struct tl_str text)
{
    size_t saved[MAX_OPEN];
    size_t open = 0;
    size_t current = 0; /* sum over the open brackets */
    size_t base = 0;    /* of it, what lies outside the innermost bracket */
    size_t most = 0;
    struct lex l = lex_at(text, 0);

    for (;;) {
        struct lex_token t = lex_next_code(&l);
        char c = t.kind == LEX_PUNCT ? text.p[t.start] : '\0';
        bool opens = c == '(' || c == '[' || lex_is_word(&l, t, "case");
        bool closes = c == ')' || c == ']' || lex_is_word(&l, t, "end");

        if (t.kind == LEX_END)
            return most;
        current++;
        if (current > most)
            most = current;
        if (opens && ++open <= MAX_OPEN) {
            saved[open - 1] = base;
            base = current;
        } else if (closes && open > 0 && open-- <= MAX_OPEN) {
            current = base;
            base = saved[open];
        } else if (c == ',' && open <= MAX_OPEN) {
            current = base;
        }
    }
}
