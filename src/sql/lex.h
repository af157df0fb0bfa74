/*
 * lex.h - PostgreSQL's tokens, found without a parser.
 *
 * The lexer never fails and never allocates: whatever the bytes are, tokens
 * cover them from left to right. An unterminated quote or comment runs to the
 * end of the text and says so. It is the one reading of SQL text behind
 * splitting, comments, regions, shapes and the nesting bound; its borders are
 * those of pg_query_scan on every text that scans, but for N'...', which is
 * one token here, and \v, which is a blank as it is since PostgreSQL 16.
 */
#ifndef SQL_LEX_H
#define SQL_LEX_H

#include <tusklint/base.h>

#include <strings.h>

enum lex_kind {
    LEX_END,
    LEX_SPACE,         /* blanks, tabs, newlines */
    LEX_LINE_COMMENT,  /* -- to the end of the line, newline not included */
    LEX_BLOCK_COMMENT, /* nested */
    LEX_WORD,          /* keyword or identifier, not quoted */
    LEX_QUOTED_IDENT,  /* "..." and U&"..." */
    LEX_STRING,        /* '...' E'...' B'...' X'...' N'...' U&'...' */
    LEX_DOLLAR,        /* $tag$...$tag$ */
    LEX_NUMBER,        /* 1, 1.5e3, .5, 0x1F, 1_000 */
    LEX_PARAM,         /* $1 */
    LEX_OPERATOR,      /* any run of operator characters, := => :: .. too */
    LEX_PUNCT,         /* one of ( ) [ ] , ; . : */
    LEX_OTHER,         /* a byte that starts nothing: NUL, control, bad UTF-8 */
};

struct lex_token {
    size_t start;
    size_t end; /* exclusive */
    uint8_t kind;
    bool unterminated;
};

struct lex {
    struct tl_str text;
    size_t at;
};

/* May the byte go on in an identifier that is not quoted? */
bool lex_is_identifier_byte(char);

static inline struct lex lex_at(struct tl_str text, size_t offset)
{
    return (struct lex){text, offset};
}

/* The next token, LEX_END (start == end == text.n) for ever at the end. */
struct lex_token lex_next(struct lex *);
/* The same, passing over spaces and comments. */
struct lex_token lex_next_code(struct lex *);

static inline struct tl_str lex_text(const struct lex *l, struct lex_token t)
{
    return (struct tl_str){l->text.p + t.start, t.end - t.start};
}

/* A word compared with a keyword given in lower case, which begins with a
   letter. Inline: the keyword is mostly a constant, and most words differ in
   their length or first letter. */
static inline bool lex_is_word(const struct lex *l, struct lex_token t,
                               const char *keyword)
{
    size_t n = t.end - t.start;
    const char *word = l->text.p + t.start;

    return t.kind == LEX_WORD && strlen(keyword) == n &&
           (word[0] | 0x20) == keyword[0] && strncasecmp(word, keyword, n) == 0;
}

static inline bool lex_is_punct(const struct lex *l, struct lex_token t, char c)
{
    return t.kind == LEX_PUNCT && l->text.p[t.start] == c;
}

/*
 * A bound of the depth of the text's parse tree, before parsing: for every
 * open parenthesis (and bracket, and CASE) the tokens since its last comma,
 * summed; the maximum over the text. Measured: depth <= 1.5 * (bound + 4).
 */
size_t lex_nesting_bound(struct tl_str text);

#endif
