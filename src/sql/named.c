/*
 * named.c - the comments that name queries, and parameters with names.
 *
 * A name takes the leading zeros that make its parameter as long as it was:
 * blanks behind a shorter one would let spans end inside of the name.
 */
#include "sql/named.h"

#include "base/find.h"
#include "sql/lex.h"

#include <ctype.h>

/* The first query stands behind a licence and a few remarks at most. */
#define HEAD_BYTES ((size_t)64 << 10)
/* Of one statement; more of them share a number. */
#define NAMES_MAX 99

/* ---- the comment ---- */

static bool is_name_byte(char ch)
{
    return isalnum((unsigned char)ch) || ch == '_' || (unsigned char)ch >= 0x80;
}

static struct tl_str behind(struct tl_str s, size_t n)
{
    return (struct tl_str){s.p + n, s.n - n};
}

static struct tl_str trim(struct tl_str s)
{
    while (s.n && isspace((unsigned char)s.p[0]))
        s = behind(s, 1);
    while (s.n && isspace((unsigned char)s.p[s.n - 1]))
        s.n--;
    return s;
}

/* A comment's first line with words, without what makes it a comment. */
static struct tl_str first_line(struct tl_str comment, bool block)
{
    struct tl_str s = behind(comment, 2);

    if (block && s.n >= 2 && memcmp(s.p + s.n - 2, "*/", 2) == 0)
        s.n -= 2;
    while (block && s.n && (s.p[0] == '*' || isspace((unsigned char)s.p[0])))
        s = behind(s, 1);
    const char *newline = s.n ? memchr(s.p, '\n', s.n) : NULL;
    if (newline)
        s.n = (size_t)(newline - s.p);
    return trim(s);
}

/* Goes behind the word and the blanks that follow it. */
static bool take_word(struct tl_str *s, const char *word)
{
    size_t n = strlen(word);

    if (s->n <= n || memcmp(s->p, word, n) != 0 ||
        (s->p[n] != ':' && !isblank((unsigned char)s->p[n])))
        return false;
    *s = trim(behind(*s, n));
    return true;
}

static size_t name_length(struct tl_str s)
{
    size_t n = 0;

    while (n < s.n && (is_name_byte(s.p[n]) || s.p[n] == '-' || s.p[n] == '.'))
        n++;
    return n && (isalpha((unsigned char)s.p[0]) || s.p[0] == '_') ? n : 0;
}

static bool is_one_of(struct tl_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tl_str_is(s, words[i]))
            return true;
    return false;
}

static bool begins_with_command(struct tl_str s)
{
    static const char *const words[] = {
        ":one",        ":many",      ":exec",      ":execrows", ":execresult",
        ":execlastid", ":batchexec", ":batchmany", ":batchone", ":copyfrom",
    };
    size_t n = 0;

    while (n < s.n && !isspace((unsigned char)s.p[n]))
        n++;
    return is_one_of((struct tl_str){s.p, n}, words,
                     sizeof(words) / sizeof(words[0]));
}

/* Behind aiosql's name: its parameters, and how the query is to be run. */
static bool is_operation(struct tl_str s)
{
    static const char *const words[] = {"", "^", "$", "!", "<!", "*!", "#"};
    const char *close = s.n && s.p[0] == '(' ? memchr(s.p, ')', s.n) : NULL;

    if (close)
        s = behind(s, (size_t)(close - s.p) + 1);
    return is_one_of(trim(s), words, sizeof(words) / sizeof(words[0]));
}

static enum named_style style_of(struct tl_str comment)
{
    bool block = comment.p[0] == '/';
    struct tl_str s = first_line(comment, block);

    if (take_word(&s, "@name"))
        return block && name_length(s) ? NAMED_PGTYPED : NAMED_NONE;
    if (take_word(&s, ":name"))
        return name_length(s) ? NAMED_HUGSQL : NAMED_NONE;
    if (!take_word(&s, "name") || !s.n || s.p[0] != ':')
        return NAMED_NONE;
    s = trim(behind(s, 1));
    size_t n = name_length(s);
    if (!n)
        return NAMED_NONE;
    bool apart = n < s.n && isblank((unsigned char)s.p[n]);
    s = trim(behind(s, n));
    if (apart && begins_with_command(s))
        return NAMED_SQLC;
    return !block && is_operation(s) ? NAMED_AIOSQL : NAMED_NONE;
}

/* Is a comment begun by the mark, and "name" the first it says? */
static bool may_have_one(struct tl_str s, struct tl_str mark)
{
    const char *p;

    while ((p = find_by(s, mark, 0)) != NULL) {
        size_t at = (size_t)(p - s.p) + mark.n;

        while (at < s.n &&
               (isspace((unsigned char)s.p[at]) || memchr("-*@:", s.p[at], 4)))
            at++;
        s = behind(s, at);
        if (s.n >= 4 && memcmp(s.p, "name", 4) == 0)
            return true;
    }
    return false;
}

static bool may_have_any(struct tl_str s)
{
    return may_have_one(s, TL_STR("--")) || may_have_one(s, TL_STR("/*"));
}

enum named_style named_style(struct tl_str text)
{
    struct tl_str head = {text.p, text.n < HEAD_BYTES ? text.n : HEAD_BYTES};
    enum named_style style = NAMED_NONE;
    struct lex l = lex_at(head, 0);

    if (!head.n || !may_have_any(head))
        return NAMED_NONE;
    for (struct lex_token t = lex_next(&l); t.kind != LEX_END;
         t = lex_next(&l)) {
        if (t.kind != LEX_LINE_COMMENT && t.kind != LEX_BLOCK_COMMENT)
            continue;
        enum named_style found = style_of(lex_text(&l, t));
        if (found != NAMED_NONE && found != NAMED_AIOSQL)
            return found;
        if (found == NAMED_AIOSQL)
            style = found;
    }
    return style;
}

/* ---- parameters ---- */

struct masker {
    struct lex lex; /* of the original: what was masked is not read again */
    char *copy;
    enum named_style style;
    size_t brackets;
    bool after_array;
    bool after_list; /* IN or VALUES: the tool writes the parentheses */
    bool operand;    /* a value may begin here, though in brackets */
    struct tl_str names[NAMES_MAX]; /* of the statement */
    size_t n_names;
};

static size_t number_of(struct masker *m, struct tl_str name)
{
    for (size_t i = 0; i < m->n_names; i++)
        if (tl_str_eq(m->names[i], name))
            return i + 1;
    if (m->n_names < NAMES_MAX)
        m->names[m->n_names++] = name;
    return m->n_names;
}

static void put_parameter(struct masker *m, size_t start, size_t end,
                          struct tl_str name)
{
    size_t number = number_of(m, name);

    m->copy[start] = '$';
    for (size_t i = end - 1; i > start; i--) {
        m->copy[i] = (char)('0' + number % 10);
        number /= 10;
    }
    /* "@a" has no room for a tenth: the last one stands for the rest. */
    if (number)
        memset(m->copy + start + 1, '9', end - start - 1);
}

static bool is_blank_at(struct tl_str s, size_t at)
{
    return at < s.n && isblank((unsigned char)s.p[at]);
}

/* "IN :ids" becomes "IN ($1)"; a short name takes blanks around it. */
static void put_list(struct masker *m, size_t start, size_t end,
                     struct tl_str name)
{
    size_t open = start;
    size_t close = end;

    if (close - open < 4 && open > 0)
        open -= is_blank_at(m->lex.text, open - 1);
    if (close - open < 4)
        close += is_blank_at(m->lex.text, close);
    if (close - open < 4) {
        put_parameter(m, start, end, name);
        return;
    }
    m->copy[open] = '(';
    m->copy[close - 1] = ')';
    put_parameter(m, open + 1, close - 1, name);
}

/* A name as split.h masks one. */
static void put_name(struct masker *m, size_t start, size_t end)
{
    memset(m->copy + start, '_', end - start);
    m->copy[start] = 'x';
}

static void go_on_at(struct masker *m, size_t at)
{
    m->lex.at = at;
    m->after_array = m->after_list = m->operand = false;
}

/* The word that begins where the last token ended. */
static bool word_follows(struct lex *ahead, struct lex_token *word)
{
    size_t at = ahead->at;

    *word = lex_next(ahead);
    return word->kind == LEX_WORD && word->start == at;
}

/* "@name". "@ -5" is an absolute value, and "<@name" one operator. */
static bool take_at(struct masker *m, struct lex_token t)
{
    struct lex ahead = m->lex;
    struct lex_token word;

    if (t.end - t.start != 1 || m->lex.text.p[t.start] != '@' ||
        !word_follows(&ahead, &word))
        return false;
    put_parameter(m, t.start, word.end, lex_text(&m->lex, word));
    go_on_at(m, word.end);
    return true;
}

/* "sqlc.embed(authors)" selects all of its columns: "authors    .*". */
static void put_columns(struct masker *m, size_t start, size_t end,
                        struct tl_str table)
{
    memset(m->copy + start, ' ', end - start);
    memcpy(m->copy + start, table.p, table.n);
    memcpy(m->copy + end - 2, ".*", 2);
}

static bool is_argument(const struct lex *l, struct lex_token t)
{
    return t.kind == LEX_WORD || t.kind == LEX_QUOTED_IDENT ||
           (t.kind == LEX_STRING && l->text.p[t.start] == '\'');
}

static struct tl_str unquoted(struct tl_str s)
{
    return s.p[0] == '\'' ? (struct tl_str){s.p + 1, s.n - 2} : s;
}

/* sqlc.arg(name), narg, slice, embed; the name may be a string. */
static bool take_macro(struct masker *m, struct lex_token t)
{
    struct lex ahead = m->lex;

    if (!lex_is_word(&ahead, t, "sqlc"))
        return false;
    struct lex_token dot = lex_next_code(&ahead);
    struct lex_token what = lex_next_code(&ahead);
    struct lex_token open = lex_next_code(&ahead);
    struct lex_token name = lex_next_code(&ahead);
    struct lex_token close = lex_next_code(&ahead);
    bool embeds = lex_is_word(&ahead, what, "embed");
    bool known = embeds || lex_is_word(&ahead, what, "arg") ||
                 lex_is_word(&ahead, what, "narg") ||
                 lex_is_word(&ahead, what, "slice");
    if (!known || !is_argument(&ahead, name) ||
        !lex_is_punct(&ahead, dot, '.') || !lex_is_punct(&ahead, open, '(') ||
        !lex_is_punct(&ahead, close, ')'))
        return false;
    struct tl_str text = unquoted(lex_text(&ahead, name));
    if (embeds)
        put_columns(m, t.start, close.end, text);
    else
        put_parameter(m, t.start, close.end, text);
    go_on_at(m, close.end);
    return true;
}

/* Behind the type that HugSQL has before a name: "v:", "i*:". Else `at`. */
static size_t behind_type(struct tl_str s, size_t at)
{
    size_t i = at;

    while (i < s.n && isalpha((unsigned char)s.p[i]))
        i++;
    i += i < s.n && s.p[i] == '*';
    return i > at && i + 1 < s.n && s.p[i] == ':' && is_name_byte(s.p[i + 1])
               ? i + 1
               : at;
}

/* Clojure's keywords have hyphens and dots inside. */
static size_t keyword_end(struct tl_str s, size_t at)
{
    while (at < s.n && (is_name_byte(s.p[at]) ||
                        ((s.p[at] == '-' || s.p[at] == '.') && at + 1 < s.n &&
                         is_name_byte(s.p[at + 1]))))
        at++;
    return at;
}

static bool follows(struct tl_str s, size_t at, char ch, const char *but_not)
{
    return at < s.n && s.p[at] == ch &&
           (at + 1 == s.n || !s.p[at + 1] || !strchr(but_not, s.p[at + 1]));
}

/* Types that stand for a name or for any piece of SQL. */
static bool is_name_type(struct tl_str type)
{
    static const char *const words[] = {
        "i:",    "i*:",          "identifier:", "sql:",
        "snip:", "identifier*:", "s:",          "snip*:"};

    return is_one_of(type, words, sizeof(words) / sizeof(words[0]));
}

static size_t parameter_end(const struct masker *m, struct lex_token word,
                            size_t name)
{
    struct tl_str s = m->lex.text;
    size_t end = m->style == NAMED_HUGSQL ? keyword_end(s, name) : word.end;

    if (m->style == NAMED_PGTYPED && follows(s, end, '!', "="))
        return end + 1;
    if (m->style != NAMED_PGTYPED && follows(s, end, ':', ":="))
        return end + 1;
    return end;
}

/* ":name". In brackets a colon makes a slice, unless a value begins there. */
static bool take_colon(struct masker *m, struct lex_token t)
{
    struct tl_str s = m->lex.text;
    struct lex ahead = m->lex;
    struct lex_token word;

    if (s.p[t.start] != ':' || (m->brackets && !m->operand) ||
        !word_follows(&ahead, &word))
        return false;
    size_t name = m->style == NAMED_HUGSQL ? behind_type(s, t.end) : t.end;
    size_t end = parameter_end(m, word, name);
    struct tl_str type = {s.p + t.end, name - t.end};
    struct tl_str text = {s.p + name, end - name};
    if (is_name_type(type))
        put_name(m, t.start, end);
    else if (m->after_list)
        put_list(m, t.start, end, text);
    else
        put_parameter(m, t.start, end, text);
    go_on_at(m, end);
    return true;
}

static bool mask(struct masker *m, struct lex_token t)
{
    if (m->style != NAMED_SQLC)
        return t.kind == LEX_PUNCT && take_colon(m, t);
    if (t.kind == LEX_OPERATOR)
        return take_at(m, t);
    return t.kind == LEX_WORD && take_macro(m, t);
}

static void note(struct masker *m, struct lex_token t)
{
    char ch = t.kind == LEX_PUNCT ? m->lex.text.p[t.start] : '\0';

    m->operand = t.kind == LEX_OPERATOR || ch == ',' || ch == '(' ||
                 (ch == '[' && m->after_array);
    m->after_array = lex_is_word(&m->lex, t, "array");
    m->after_list =
        lex_is_word(&m->lex, t, "in") || lex_is_word(&m->lex, t, "values");
    if (ch == '[')
        m->brackets++;
    else if (ch == ']' && m->brackets)
        m->brackets--;
    else if (ch == ';')
        m->n_names = m->brackets = 0;
}

struct tl_str named_mask(struct tl_str text, enum named_style style,
                         struct arena *arena)
{
    struct masker m = {.lex = lex_at(text, 0), .style = style};

    if (style == NAMED_NONE || !text.n)
        return text;
    m.copy = arena_alloc(arena, text.n + 1);
    memcpy(m.copy, text.p, text.n);
    m.copy[text.n] = '\0';
    for (struct lex_token t = lex_next_code(&m.lex); t.kind != LEX_END;
         t = lex_next_code(&m.lex))
        if (!mask(&m, t))
            note(&m, t);
    return (struct tl_str){m.copy, text.n};
}
