/*
 * split.c - one pass of the lexer cuts statements and masks what is not SQL.
 *
 * A text without colon-variables, dollar-braces, double braces, backslash
 * lines and COPY data is never copied: the first mask makes the copy.
 */
#include "sql/split.h"

#include "base/mem.h"
#include "sql/lex.h"

#include <ctype.h>
#include <strings.h>

/* A placeholder is short; what is longer is something else. */
#define MAX_PLACEHOLDER 4096

struct split {
    struct tl_str text; /* the original */
    struct tl_str view; /* original, or the masked copy */
    char *copy;         /* NULL until something is masked */
    struct arena *arena;
    struct split_list *out;
    struct lex lex;
    /* The statement being read. */
    bool begun;
    struct split_statement now;
    unsigned words;   /* code tokens read, up to a few */
    bool is_create;   /* first word is CREATE */
    bool is_routine;  /* CREATE ... FUNCTION or PROCEDURE */
    bool is_rule;     /* CREATE ... RULE */
    bool is_copy;     /* first word is COPY */
    bool from_stdin;  /* COPY ... FROM STDIN */
    bool after_from;  /* last word was FROM */
    bool after_begin; /* last word was BEGIN, in a routine */
    bool after_as;    /* last token was AS or a dot: a name follows */
    unsigned atomic;  /* depth of BEGIN ATOMIC and CASE inside it */
    size_t parens;
    size_t brackets;
    /* Of the file. */
    bool no_more_data; /* no line of "\." is left */
};

static void make_copy(struct split *c)
{
    if (c->copy)
        return;
    c->copy = arena_alloc(c->arena, c->text.n + 1);
    memcpy(c->copy, c->text.p, c->text.n);
    c->copy[c->text.n] = '\0';
    c->view.p = c->copy;
    c->lex.text.p = c->copy;
}

/* Blanks, but lines stay lines. */
static void blank(struct split *c, size_t start, size_t end)
{
    make_copy(c);
    for (size_t i = start; i < end; i++)
        if (c->copy[i] != '\n' && c->copy[i] != '\r')
            c->copy[i] = ' ';
}

/* A name of the same length: letters that no keyword begins with. */
static void name_mask(struct split *c, size_t start, size_t end)
{
    make_copy(c);
    memset(c->copy + start, '_', end - start);
    c->copy[start] = 'x';
    c->now.masked = true;
}

bool split_is_mask(struct tl_str name)
{
    if (name.n < 4 || name.p[0] != 'x')
        return false;
    for (size_t i = 1; i < name.n; i++)
        if (name.p[i] != '_')
            return false;
    return true;
}

/* Nothing but blanks between the line's begin and `at`? Looks no further back
   than the blanks go: lines can be megabytes long. */
static bool begins_line(struct tl_str s, size_t at)
{
    while (at > 0 && (s.p[at - 1] == ' ' || s.p[at - 1] == '\t'))
        at--;
    return at == 0 || s.p[at - 1] == '\n' || s.p[at - 1] == '\r';
}

static bool ends_line(struct tl_str s, size_t at)
{
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
        at++;
    return at == s.n || s.p[at] == '\n' || s.p[at] == '\r';
}

static size_t line_end(struct tl_str s, size_t at)
{
    while (at < s.n && s.p[at] != '\n' && s.p[at] != '\r')
        at++;
    return at;
}

static void reset(struct split *c)
{
    struct split_statement none = {0};

    c->begun = false;
    c->now = none;
    c->words = 0;
    c->is_create = c->is_routine = c->is_rule = false;
    c->is_copy = c->from_stdin = false;
    c->after_from = c->after_begin = c->after_as = false;
    c->atomic = 0;
    c->parens = c->brackets = 0;
}

static void finish(struct split *c, size_t outer_end)
{
    if (c->begun) {
        c->now.outer_end = outer_end;
        vec_push(&c->out->statements, c->now);
    }
    reset(c);
}

/* Behind the line end at `at`. */
static size_t past_newline(struct tl_str s, size_t at)
{
    bool two = at + 1 < s.n && s.p[at] == '\r' && s.p[at + 1] == '\n';

    return at + 1 + two;
}

/*
 * The rows behind COPY ... FROM stdin, up to a line of "\.". Without such a
 * line nothing is data: better an error at the rows than a file whose rest is
 * never read.
 */
static void skip_copy_data(struct split *c)
{
    size_t start = line_end(c->text, c->lex.at);
    size_t at = start;
    bool ended = false;

    while (!c->no_more_data && !ended && at < c->text.n) {
        at = past_newline(c->text, at);
        size_t end = line_end(c->text, at);
        ended = end - at == 2 && memcmp(c->text.p + at, "\\.", 2) == 0;
        at = end;
    }
    if (!ended) {
        c->no_more_data = true;
        return;
    }
    blank(c, start, at);
    c->lex.at = at;
}

/* Where a statement may begin, when a parenthesis was left open before it. */
static bool begins_statement(struct tl_str s, size_t at, bool in_rule)
{
    /* The first ones may be a rule's actions. */
    static const char *const words[] = {
        "insert", "update", "delete",   "select", "with",    "notify", "create",
        "alter",  "drop",   "grant",    "revoke", "comment", "begin",  "commit",
        "set",    "copy",   "truncate", "do",     "reindex",
    };
    const size_t first = in_rule ? 6 : 0;
    struct lex l = lex_at(s, at);
    struct lex_token t = lex_next_code(&l);

    if (t.kind == LEX_END)
        return true;
    if (!begins_line(s, t.start))
        return false;
    for (size_t i = first; i < sizeof(words) / sizeof(words[0]); i++)
        if (lex_is_word(&l, t, words[i]))
            return true;
    return false;
}

static bool ends_here(const struct split *c, size_t semicolon)
{
    if (c->atomic)
        return false;
    if (c->parens == 0)
        return true;
    /* CREATE RULE ... DO (a; b) has semicolons inside parentheses. */
    return begins_statement(c->view, semicolon + 1, c->is_rule);
}

/* ---- masks ---- */

/* The letters behind a backslash. */
static struct tl_str psql_command(struct tl_str t, size_t at)
{
    size_t end = at + 1;

    while (end < t.n && isalpha((unsigned char)t.p[end]))
        end++;
    return (struct tl_str){t.p + at + 1, end - at - 1};
}

/* Does the command send what was read so far, as a semicolon does? */
static bool sends_statement(struct tl_str command)
{
    static const char *const words[] = {
        "g", "gx", "gexec", "gset", "gdesc", "crosstabview", "watch",
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (tl_str_is(command, words[i]))
            return true;
    return false;
}

/* "\copy t from stdin": its rows follow, as they do behind COPY. */
static bool copies_stdin(struct tl_str line)
{
    struct lex l = lex_at(line, 1);
    struct lex_token t = lex_next_code(&l);
    bool after_from = false;

    if (!lex_is_word(&l, t, "copy"))
        return false;
    for (; t.kind != LEX_END; t = lex_next_code(&l)) {
        if (after_from && lex_is_word(&l, t, "stdin"))
            return true;
        after_from = lex_is_word(&l, t, "from");
    }
    return false;
}

/* "\restrict x" on its own line, or "\gexec" behind a statement: psql takes
   the rest of the line. "\;" is a semicolon that does not send. */
static bool take_backslash(struct split *c, size_t at)
{
    size_t end = line_end(c->text, at);
    struct tl_str line = {c->text.p + at, end - at};
    struct tl_str command = psql_command(c->text, at);

    if (line.n > 1 && line.p[1] == ';') {
        blank(c, at, at + 1);
        return true;
    }
    if (command.n == 0 && !begins_line(c->text, at))
        return false;
    blank(c, at, end);
    if (sends_statement(command))
        finish(c, c->now.end);
    c->lex.at = end;
    if (copies_stdin(line))
        skip_copy_data(c);
    return true;
}

/* The bytes in which a placeholder that begins at `at` must end. */
static size_t placeholder_room(struct tl_str t, size_t at)
{
    return t.n - at < MAX_PLACEHOLDER ? t.n - at : MAX_PLACEHOLDER;
}

static bool is_name_byte(char ch)
{
    return isalnum((unsigned char)ch) || ch == '_' || (unsigned char)ch >= 0x80;
}

/* ${name}: an identifier of the same length, joined to what is around it. */
static bool take_dollar_brace(struct split *c, size_t at)
{
    if (at + 1 >= c->text.n || c->text.p[at + 1] != '{')
        return false;
    const char *open = c->text.p + at;
    const char *close = memchr(open, '}', placeholder_room(c->text, at));
    if (!close || memchr(open, '\n', (size_t)(close - open)))
        return false;
    name_mask(c, at, (size_t)(close - c->text.p) + 1);
    c->lex.at = at;
    return true;
}

static bool is_block_tag(struct tl_str s)
{
    static const char *const words[] = {"if",     "else",  "end",  "endif",
                                        "range",  "for",   "with", "define",
                                        "endfor", "block", "elif", "set"};
    size_t i = 0;

    while (i < s.n && (isblank((unsigned char)s.p[i]) || s.p[i] == '-'))
        i++;
    for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++) {
        size_t n = strlen(words[w]);

        if (s.n - i >= n && strncasecmp(s.p + i, words[w], n) == 0 &&
            (s.n - i == n || !is_name_byte(s.p[i + n])))
            return true;
    }
    return false;
}

/* {{ x }} stands for a name, {{ if x }} and {% ... %} for nothing. */
static bool take_braces(struct split *c, size_t at)
{
    struct tl_str t = c->text;
    bool percent = at + 1 < t.n && t.p[at + 1] == '%';

    /* The word before took the dollar: app_${env}. */
    if (at > 0 && t.p[at - 1] == '$' && c->begun && c->now.end == at)
        return take_dollar_brace(c, at - 1);
    if (at + 1 >= t.n || (t.p[at + 1] != '{' && !percent))
        return false;
    const char *close =
        memmem(t.p + at, placeholder_room(t, at), percent ? "%}" : "}}", 2);
    if (!close)
        return false;
    size_t end = (size_t)(close - t.p) + 2;
    struct tl_str inside = {t.p + at + 2, end - at - 4};
    bool whole_line = begins_line(t, at) && ends_line(t, end);
    if (percent || is_block_tag(inside) ||
        (whole_line && memchr(inside.p, '\n', inside.n)))
        blank(c, at, end);
    else if (!memchr(inside.p, '\n', inside.n))
        name_mask(c, at, end);
    else
        return false;
    c->lex.at = at;
    return true;
}

/* "{{ index .Names "schema" }}": quotes in a template's quotes end nothing. */
static bool take_quoted_braces(struct split *c, struct lex_token t)
{
    struct tl_str s = {c->view.p + t.start, t.end - t.start};

    /* The token is read again after each mask: long ones would cost squares. */
    if (s.n > MAX_PLACEHOLDER)
        return false;
    const char *open = memmem(s.p, s.n, "{{", 2);
    if (!open)
        return false;
    size_t at = (size_t)(open - c->view.p);
    size_t room = placeholder_room(c->text, at);
    const char *close = memmem(c->text.p + at, room, "}}", 2);
    if (!close)
        return false;
    size_t end = (size_t)(close - c->text.p) + 2;
    if (end <= t.end || memchr(c->text.p + at, '\n', end - at))
        return false;
    name_mask(c, at, end);
    c->lex.at = t.start;
    return true;
}

/* Behind the blanks that end at `at`, backwards. */
static size_t skip_blanks_back(struct tl_str t, size_t at)
{
    while (at > 0 && isspace((unsigned char)t.p[at - 1]))
        at--;
    return at;
}

/* ARRAY[:a, b:::c]: an element or a type begins there, and no slice's upper
   bound. */
static bool begins_element(struct tl_str t, size_t at)
{
    static const char array[] = "array";
    size_t n = sizeof(array) - 1;

    if (at > 1 && t.p[at - 1] == ':' && t.p[at - 2] == ':')
        return true;
    at = skip_blanks_back(t, at);
    if (at == 0 || t.p[at - 1] != '[')
        return at > 0 && t.p[at - 1] == ',';
    at = skip_blanks_back(t, at - 1);
    return (at > 0 && t.p[at - 1] == '[') ||
           (at >= n && strncasecmp(t.p + at - n, array, n) == 0);
}

/* :name, :'name', :"name" of psql. In brackets a colon may make a slice. */
static bool take_colon(struct split *c, size_t at)
{
    struct tl_str t = c->text;
    size_t name = at + 1;

    if (name >= t.n || (c->brackets && !begins_element(t, at)))
        return false;
    char quote = t.p[name];
    if (quote == '\'' || quote == '"') {
        size_t end = name + 1;

        while (end < t.n && is_name_byte(t.p[end]))
            end++;
        if (end == name + 1 || end >= t.n || t.p[end] != quote)
            return false;
        /* The colon goes into the quotes, so that the length stays. */
        make_copy(c);
        c->copy[at] = quote;
        c->copy[name] = '_';
        c->now.masked = true;
        c->lex.at = at;
        return true;
    }
    if (!isalpha((unsigned char)quote) && quote != '_')
        return false;
    make_copy(c);
    c->copy[at] = '_';
    c->now.masked = true;
    c->lex.at = at;
    return true;
}

/* %(name)s of Python's drivers: a value. An operator may stand before it. */
static bool take_percent(struct split *c, struct lex_token t)
{
    struct tl_str s = c->text;
    size_t at = t.end - 1;
    size_t end = t.end + 1;

    if (s.p[at] != '%' || t.end >= s.n || s.p[t.end] != '(')
        return false;
    while (end < s.n && end - at < MAX_PLACEHOLDER && is_name_byte(s.p[end]))
        end++;
    if (end == t.end + 1 || end + 1 >= s.n || s.p[end] != ')' ||
        !strchr("sbt", s.p[end + 1]) ||
        (end + 2 < s.n && is_name_byte(s.p[end + 2])))
        return false;
    name_mask(c, at, end + 2);
    c->lex.at = t.start;
    return true;
}

/* @extschema@, @extschema:name@: CREATE EXTENSION puts a name there. */
static bool take_at(struct split *c, struct lex_token t)
{
    struct tl_str s = c->text;
    size_t at = t.end - 1;
    size_t end = t.end;

    if (s.p[at] != '@')
        return false;
    while (end < s.n && end - at < MAX_PLACEHOLDER &&
           (is_name_byte(s.p[end]) || s.p[end] == ':'))
        end++;
    if (end == t.end || end >= s.n || s.p[end] != '@' ||
        !isalpha((unsigned char)s.p[t.end]))
        return false;
    name_mask(c, at, end + 1);
    c->lex.at = t.start;
    return true;
}

static bool mask(struct split *c, struct lex_token t)
{
    char ch = c->text.p[t.start];

    switch (t.kind) {
    case LEX_OTHER:
        if (ch == '\\')
            return take_backslash(c, t.start);
        if (ch == '$')
            return take_dollar_brace(c, t.start);
        return ch == '{' && take_braces(c, t.start);
    case LEX_PUNCT:
        return ch == ':' && take_colon(c, t.start);
    case LEX_QUOTED_IDENT:
    case LEX_STRING:
        return take_quoted_braces(c, t);
    case LEX_OPERATOR:
        return take_percent(c, t) || take_at(c, t);
    default:
        return false;
    }
}

/* ---- the walk ---- */

static void note_first_word(struct split *c, struct lex_token t)
{
    c->is_create = lex_is_word(&c->lex, t, "create");
    c->is_copy = lex_is_word(&c->lex, t, "copy");
}

/* A column may be called CASE or END without AS: what comes next tells. */
static struct lex_token look_ahead(const struct split *c, struct lex *ahead)
{
    *ahead = c->lex;
    return lex_next_code(ahead);
}

static bool ends_body(const struct split *c)
{
    struct lex ahead;
    struct lex_token t = look_ahead(c, &ahead);

    return t.kind == LEX_END || lex_is_punct(&ahead, t, ';');
}

static bool begins_case(const struct split *c)
{
    struct lex ahead;
    struct lex_token t = look_ahead(c, &ahead);
    bool ends_column = lex_is_punct(&ahead, t, ',') ||
                       lex_is_punct(&ahead, t, ';') ||
                       lex_is_punct(&ahead, t, ')');

    return !ends_column && !lex_is_word(&ahead, t, "from");
}

static void note_atomic(struct split *c, struct lex_token t)
{
    bool begin = lex_is_word(&c->lex, t, "begin");

    if (c->after_as)
        begin = false; /* a name, whatever it reads like */
    else if (c->after_begin && lex_is_word(&c->lex, t, "atomic"))
        c->atomic = 1;
    else if (c->atomic && lex_is_word(&c->lex, t, "case"))
        c->atomic += begins_case(c);
    else if (c->atomic && lex_is_word(&c->lex, t, "end"))
        c->atomic -= c->atomic > 1 || ends_body(c);
    c->after_begin = begin;
}

/* Most words of most statements tell nothing: the flags are asked first. */
static void note_word(struct split *c, struct lex_token t)
{
    if (c->words == 1)
        note_first_word(c, t);
    if (c->is_create && c->words < 6 && !c->is_routine && !c->is_rule) {
        c->is_rule = lex_is_word(&c->lex, t, "rule");
        c->is_routine = lex_is_word(&c->lex, t, "function") ||
                        lex_is_word(&c->lex, t, "procedure");
    }
    if (c->is_routine)
        note_atomic(c, t);
    if (c->is_copy) {
        if (c->after_from && lex_is_word(&c->lex, t, "stdin"))
            c->from_stdin = true;
        c->after_from = lex_is_word(&c->lex, t, "from");
    }
}

static void note_punct(struct split *c, char ch)
{
    if (ch == '(')
        c->parens++;
    else if (ch == ')' && c->parens)
        c->parens--;
    else if (ch == '[')
        c->brackets++;
    else if (ch == ']' && c->brackets)
        c->brackets--;
}

static void take_code(struct split *c, struct lex_token t)
{
    if (!c->begun) {
        bool masked = c->now.masked;

        reset(c);
        c->begun = true;
        c->now.start = t.start;
        c->now.masked = masked;
    }
    c->now.end = t.end;
    c->now.unterminated |= t.unterminated;
    if (c->words < 1000)
        c->words++;
    if (t.kind == LEX_WORD)
        note_word(c, t);
    else if (t.kind == LEX_PUNCT)
        note_punct(c, c->view.p[t.start]);
    if (c->atomic)
        c->after_as =
            lex_is_word(&c->lex, t, "as") || lex_is_punct(&c->lex, t, '.');
}

static void take_semicolon(struct split *c, struct lex_token t)
{
    if (!c->begun)
        return;
    if (!ends_here(c, t.start)) {
        take_code(c, t);
        return;
    }
    bool data = c->from_stdin;
    finish(c, t.end);
    if (data)
        skip_copy_data(c);
}

static void take(struct split *c, struct lex_token t)
{
    if (t.kind == LEX_SPACE || t.kind == LEX_LINE_COMMENT)
        return;
    if (t.kind == LEX_BLOCK_COMMENT && !t.unterminated)
        return;
    if (mask(c, t))
        return;
    if (t.kind == LEX_PUNCT && c->view.p[t.start] == ';')
        take_semicolon(c, t);
    else
        take_code(c, t);
}

struct split *split_create(void)
{
    return mem_calloc(1, sizeof(struct split));
}

void split_free(struct split *c)
{
    mem_free(c);
}

void split_begin(struct split *c, struct tl_str text, struct arena *arena)
{
    *c = (struct split){
        .text = text, .view = text, .arena = arena, .lex = lex_at(text, 0)};
    reset(c);
}

bool split_some(struct split *c, size_t bytes, struct split_list *out,
                struct tl_str *masked)
{
    size_t from = c->lex.at;
    struct lex_token t = {.kind = LEX_SPACE};

    vec_clear(&out->statements);
    c->out = out;
    while (t.kind != LEX_END &&
           (out->statements.n < 2 || c->lex.at - from < bytes)) {
        t = lex_next(&c->lex);
        if (t.kind != LEX_END)
            take(c, t);
    }
    if (t.kind == LEX_END)
        finish(c, c->now.end);
    *masked = c->view;
    return t.kind != LEX_END;
}

void split_text(struct tl_str text, struct arena *arena, struct split_list *out,
                struct tl_str *masked)
{
    struct split c;

    split_begin(&c, text, arena);
    split_some(&c, SIZE_MAX, out, masked);
}

void split_release(struct split_list *l)
{
    vec_release(&l->statements);
}
