/*
 * plpgsql.c - follows blocks, branches and loops, and takes the statements out.
 */
#include "sql/plpgsql.h"

#include "sql/lex.h"

#include <string.h>
#include <strings.h>

/* Deeper blocks are not followed; the body then counts as dynamic. */
#define MAX_BLOCKS 10000

enum block_kind { BLOCK_BEGIN, BLOCK_IF, BLOCK_LOOP, BLOCK_CASE };

struct block {
    enum block_kind kind;
    size_t parent; /* index; NO_BLOCK at the top */
    enum plpgsql_runs guard;
    bool branches;    /* IF: there is an ELSE or ELSIF */
    bool has_handler; /* BEGIN ... EXCEPTION */
    bool in_handler;
};

#define NO_BLOCK SIZE_MAX

struct found {
    size_t start, end, block;
    bool in_handler;
};

struct reader {
    struct lex lex;
    struct lex_token now;
    char *text; /* the masked copy */
    VEC(struct block) blocks;
    VEC(struct found) found;
    size_t open; /* the innermost block */
    struct plpgsql *out;
};

static void next(struct reader *r)
{
    r->now = lex_next_code(&r->lex);
}

static bool is(const struct reader *r, const char *word)
{
    return lex_is_word(&r->lex, r->now, word);
}

static bool is_any(const struct reader *r, const char *const *words)
{
    if (r->now.kind != LEX_WORD)
        return false;
    for (; *words; words++)
        if (is(r, *words))
            return true;
    return false;
}

static bool at_end(const struct reader *r)
{
    return r->now.kind == LEX_END;
}

static void mask(struct reader *r, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (r->text[i] != '\n')
            r->text[i] = ' ';
}

/* ---- blocks ---- */

static void push(struct reader *r, enum block_kind kind,
                 enum plpgsql_runs guard)
{
    if (r->blocks.n >= MAX_BLOCKS) {
        r->out->dynamic = true;
        return;
    }
    vec_push(&r->blocks,
             ((struct block){.kind = kind, .parent = r->open, .guard = guard}));
    r->open = r->blocks.n - 1;
}

static struct block *innermost(struct reader *r)
{
    return r->open == NO_BLOCK ? NULL : &r->blocks.v[r->open];
}

static void pop(struct reader *r)
{
    if (r->open != NO_BLOCK)
        r->open = r->blocks.v[r->open].parent;
}

static bool is_nested_bracket(const struct reader *r, int *depth)
{
    if (lex_is_punct(&r->lex, r->now, '(') ||
        lex_is_punct(&r->lex, r->now, '['))
        ++*depth;
    else if (lex_is_punct(&r->lex, r->now, ')') ||
             lex_is_punct(&r->lex, r->now, ']'))
        --*depth;
    else
        return *depth > 0;
    return true;
}

/* Up to the word, outside of brackets and CASE expressions; the word is read
   too. A semicolon outside of them ends the search: this is no such form. */
static void skip_to(struct reader *r, const char *word)
{
    int depth = 0;
    int cases = 0;

    for (; !at_end(r); next(r)) {
        if (is_nested_bracket(r, &depth))
            continue;
        if (cases == 0 && is(r, word)) {
            next(r);
            return;
        }
        if (lex_is_punct(&r->lex, r->now, ';'))
            return;
        cases += is(r, "case");
        cases -= cases > 0 && is(r, "end");
    }
}

/* Behind the semicolon that ends the statement; gives where it stood. */
static size_t skip_statement(struct reader *r)
{
    int depth = 0;
    size_t end = r->now.start;

    for (; !at_end(r); next(r)) {
        if (!is_nested_bracket(r, &depth) &&
            lex_is_punct(&r->lex, r->now, ';')) {
            next(r);
            return end;
        }
        end = r->now.end;
    }
    return end;
}

/* ---- statements ---- */

static void found(struct reader *r, size_t start, size_t end)
{
    const struct block *b = innermost(r);

    if (end > start)
        vec_push(&r->found,
                 ((struct found){start, end, r->open, b && b->in_handler}));
}

/* `INTO [STRICT] a, b.c, d[1]`: from INTO on, gives its end. */
static size_t target_end(struct reader *r)
{
    size_t end = r->now.end;

    next(r);
    if (is(r, "strict")) {
        end = r->now.end;
        next(r);
    }
    for (;;) {
        int depth = 0;

        if (r->now.kind != LEX_WORD && r->now.kind != LEX_QUOTED_IDENT &&
            r->now.kind != LEX_PARAM)
            return end;
        end = r->now.end;
        next(r);
        while (lex_is_punct(&r->lex, r->now, '.') || depth > 0 ||
               lex_is_punct(&r->lex, r->now, '[')) {
            bool dot = lex_is_punct(&r->lex, r->now, '.');

            if (at_end(r))
                return end;
            is_nested_bracket(r, &depth);
            next(r);
            if (dot || depth > 0) {
                end = r->now.end;
                if (dot)
                    next(r);
            }
        }
        if (!lex_is_punct(&r->lex, r->now, ','))
            return end;
        next(r);
    }
}

/* Up to the semicolon (or the word LOOP), INTO targets masked on the way. */
static void take_sql(struct reader *r, size_t start, const char *until)
{
    int depth = 0;
    bool imports = is(r, "import");
    bool takes_rows = is(r, "insert") || is(r, "merge");
    size_t end = r->now.start;

    while (!at_end(r)) {
        if (!is_nested_bracket(r, &depth)) {
            if (lex_is_punct(&r->lex, r->now, ';') || (until && is(r, until)))
                break;
            if (is(r, "into") && !takes_rows && !imports) {
                size_t from = r->now.start;
                size_t to = target_end(r);

                mask(r, from, to);
                end = to;
                continue;
            }
            takes_rows = is(r, "insert") || is(r, "merge");
        }
        end = r->now.end;
        next(r);
    }
    found(r, start, end);
    next(r);
}

/* EXECUTE 'one constant' [INTO ...] [USING ...]; */
static void take_execute(struct reader *r)
{
    next(r);
    struct lex_token t = r->now;
    struct tl_str text = lex_text(&r->lex, t);
    size_t quote = 1;

    next(r);
    bool constant = lex_is_punct(&r->lex, r->now, ';') || at_end(r) ||
                    is(r, "using") || is(r, "into");

    if (t.kind == LEX_DOLLAR && text.n >= 4)
        quote = (size_t)((const char *)memchr(text.p + 1, '$', text.n - 1) -
                         text.p) +
                1;
    else if (t.kind != LEX_STRING || text.n < 2 || text.p[0] != '\'' ||
             memchr(text.p + 1, '\'', text.n - 2) ||
             memchr(text.p, '\\', text.n))
        constant = false;
    if (constant && !t.unterminated && text.n >= 2 * quote)
        found(r, t.start + quote, t.end - quote);
    else
        r->out->dynamic = true;
    skip_statement(r);
}

/* FOR x IN query LOOP, FOR i IN 1..n LOOP, FOREACH x IN ARRAY y LOOP */
static void take_for(struct reader *r)
{
    static const char *const queries[] = {
        "select", "with", "values", "insert", "update", "delete", NULL};

    skip_to(r, "in");
    if (is(r, "execute")) {
        r->out->dynamic = true;
        skip_to(r, "loop");
    } else if (is_any(r, queries)) {
        take_sql(r, r->now.start, "loop");
    } else {
        skip_to(r, "loop");
    }
    push(r, BLOCK_LOOP, PLPGSQL_PERHAPS);
}

static void take_return(struct reader *r)
{
    next(r);
    if (!is(r, "query")) {
        skip_statement(r);
        return;
    }
    next(r);
    if (is(r, "execute"))
        take_execute(r);
    else
        take_sql(r, r->now.start, NULL);
}

static void take_perform(struct reader *r)
{
    size_t start = r->now.start;

    memcpy(r->text + start, "SELECT ", strlen("PERFORM"));
    next(r);
    take_sql(r, start, NULL);
}

/* ---- structure ---- */

/* Behind a bracket, up to the one that closes it. */
static void skip_brackets(struct lex *l, struct lex_token *t)
{
    int depth = 1;

    while (depth > 0 && t->kind != LEX_END) {
        depth += lex_is_punct(l, *t, '(') - lex_is_punct(l, *t, ')');
        *t = lex_next_code(l);
    }
}

/* to_regclass('a') IS NOT NULL, or (SELECT to_regtype('a') IS NULL): nothing
   else may stand up to THEN. */
static enum plpgsql_runs guard_of_name(const struct reader *r)
{
    struct lex l = r->lex;
    struct lex_token t = r->now;

    while (lex_is_punct(&l, t, '(') || lex_is_word(&l, t, "select"))
        t = lex_next_code(&l);
    if (lex_text(&l, t).n < 6 ||
        strncasecmp(lex_text(&l, t).p, "to_reg", 6) != 0)
        return PLPGSQL_PERHAPS;
    t = lex_next_code(&l);
    if (!lex_is_punct(&l, t, '('))
        return PLPGSQL_PERHAPS;
    t = lex_next_code(&l);
    skip_brackets(&l, &t);
    while (lex_is_punct(&l, t, ')'))
        t = lex_next_code(&l);
    if (!lex_is_word(&l, t, "is"))
        return PLPGSQL_PERHAPS;
    t = lex_next_code(&l);
    bool there = lex_is_word(&l, t, "not");
    if (there)
        t = lex_next_code(&l);
    if (!lex_is_word(&l, t, "null"))
        return PLPGSQL_PERHAPS;
    t = lex_next_code(&l);
    while (lex_is_punct(&l, t, ')'))
        t = lex_next_code(&l);
    if (!lex_is_word(&l, t, "then"))
        return PLPGSQL_PERHAPS;
    return there ? PLPGSQL_IF_THERE : PLPGSQL_UNLESS_THERE;
}

static void take_if(struct reader *r)
{
    next(r);
    enum plpgsql_runs guard = guard_of_name(r);

    if (is(r, "exists")) {
        guard = PLPGSQL_IF_THERE;
    } else if (is(r, "not")) {
        next(r);
        if (is(r, "exists"))
            guard = PLPGSQL_UNLESS_THERE;
    }
    skip_to(r, "then");
    push(r, BLOCK_IF, guard);
}

static void take_end(struct reader *r)
{
    pop(r);
    skip_statement(r);
}

/* WHEN duplicate_object OR duplicate_table THEN */
static void take_when(struct reader *r)
{
    struct block *b = innermost(r);
    enum plpgsql_runs guard = PLPGSQL_PERHAPS;

    next(r);
    struct tl_str word = lex_text(&r->lex, r->now);

    if (word.n > 10 && strncasecmp(word.p, "duplicate_", 10) == 0)
        guard = PLPGSQL_UNLESS_THERE;
    else if (word.n > 10 && strncasecmp(word.p, "undefined_", 10) == 0)
        guard = PLPGSQL_IF_THERE;
    if (b && b->in_handler)
        b->guard = b->guard == PLPGSQL_ALWAYS || b->guard == guard
                       ? guard
                       : PLPGSQL_PERHAPS;
    skip_to(r, "then");
}

static void take_exception(struct reader *r)
{
    struct block *b = innermost(r);

    if (b && b->kind == BLOCK_BEGIN)
        b->has_handler = b->in_handler = true;
    next(r);
}

static void take_else(struct reader *r)
{
    struct block *b = innermost(r);
    bool has_condition = !is(r, "else");

    if (b && b->kind == BLOCK_IF)
        b->branches = true;
    next(r);
    if (has_condition)
        skip_to(r, "then");
}

static void take_declarations(struct reader *r)
{
    next(r);
    while (!at_end(r) && !is(r, "begin"))
        skip_statement(r);
}

static void begin_block(struct reader *r)
{
    push(r, BLOCK_BEGIN, PLPGSQL_ALWAYS);
    next(r);
}

static void begin_loop(struct reader *r)
{
    push(r, BLOCK_LOOP, PLPGSQL_PERHAPS);
    next(r);
}

static void take_while(struct reader *r)
{
    skip_to(r, "loop");
    push(r, BLOCK_LOOP, PLPGSQL_PERHAPS);
}

static void take_case(struct reader *r)
{
    next(r);
    skip_to(r, "then");
    push(r, BLOCK_CASE, PLPGSQL_PERHAPS);
}

static const struct {
    const char *word;
    void (*take)(struct reader *);
} forms[] = {
    {"declare", take_declarations},
    {"begin", begin_block},
    {"exception", take_exception},
    {"end", take_end},
    {"if", take_if},
    {"elsif", take_else},
    {"elseif", take_else},
    {"else", take_else},
    {"when", take_when},
    {"case", take_case},
    {"loop", begin_loop},
    {"while", take_while},
    {"for", take_for},
    {"foreach", take_for},
    {"execute", take_execute},
    {"perform", take_perform},
    {"return", take_return},
};

/* What else PL/pgSQL understands itself. */
static const char *const own_words[] = {
    "assert", "close", "commit", "continue", "exit",     "fetch", "get",
    "move",   "null",  "open",   "raise",    "rollback", NULL};

/* A label: <<name>> */
static bool skip_label(struct reader *r)
{
    struct tl_str t = lex_text(&r->lex, r->now);

    if (r->now.kind != LEX_OPERATOR || t.n < 2 || t.p[0] != '<' ||
        t.p[1] != '<')
        return false;
    do
        next(r);
    while (!at_end(r) && r->now.kind != LEX_OPERATOR);
    next(r);
    return true;
}

/* #variable_conflict use_column, which no semicolon ends. */
static bool skip_option(struct reader *r)
{
    if (r->now.kind != LEX_OPERATOR ||
        !tl_str_is(lex_text(&r->lex, r->now), "#"))
        return false;
    for (int i = 0; i < 3; i++)
        next(r);
    return true;
}

/* To a variable, a part or an element of it. It may have a keyword's name. */
static bool is_assignment(const struct reader *r)
{
    struct lex ahead = r->lex;
    struct lex_token t = lex_next_code(&ahead);
    struct tl_str text = lex_text(&ahead, t);

    return tl_str_is(text, ":=") || tl_str_is(text, "=") ||
           tl_str_is(text, ".") || tl_str_is(text, "[");
}

static void take_statement(struct reader *r)
{
    if (skip_label(r) || skip_option(r))
        return;
    if (r->now.kind == LEX_WORD && is_assignment(r)) {
        skip_statement(r);
        return;
    }
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (is(r, forms[i].word)) {
            forms[i].take(r);
            return;
        }
    if (r->now.kind != LEX_WORD || is_any(r, own_words))
        skip_statement(r);
    else
        take_sql(r, r->now.start, NULL);
}

/* ---- does it run? ---- */

static enum plpgsql_runs of_block(const struct block *b)
{
    switch (b->kind) {
    case BLOCK_BEGIN:
        return b->has_handler ? b->guard : PLPGSQL_ALWAYS;
    case BLOCK_IF:
        return b->branches ? PLPGSQL_PERHAPS : b->guard;
    case BLOCK_LOOP:
    case BLOCK_CASE:
        break;
    }
    return PLPGSQL_PERHAPS;
}

static enum plpgsql_runs runs_of(const struct reader *r, const struct found *f)
{
    enum plpgsql_runs runs = f->in_handler ? PLPGSQL_PERHAPS : PLPGSQL_ALWAYS;

    for (size_t i = f->block; i != NO_BLOCK; i = r->blocks.v[i].parent) {
        enum plpgsql_runs of = of_block(&r->blocks.v[i]);

        if (r->blocks.v[i].has_handler && of == PLPGSQL_ALWAYS)
            of = PLPGSQL_PERHAPS;
        if (of == PLPGSQL_ALWAYS || of == runs)
            continue;
        if (runs != PLPGSQL_ALWAYS)
            return PLPGSQL_PERHAPS;
        runs = of;
    }
    return runs;
}

void plpgsql_read(struct tl_str body, struct arena *a, struct plpgsql *out)
{
    struct reader r = {.lex = lex_at(body, 0),
                       .blocks = VEC_INIT,
                       .found = VEC_INIT,
                       .open = NO_BLOCK,
                       .out = out};

    vec_clear(&out->statements);
    out->dynamic = false;
    r.text = ARENA_ARRAY(a, char, body.n + 1);
    if (body.n)
        memcpy(r.text, body.p, body.n);
    out->text = (struct tl_str){r.text, body.n};
    next(&r);
    while (!at_end(&r)) {
        size_t before = r.now.start;

        take_statement(&r);
        if (!at_end(&r) && r.now.start == before)
            next(&r);
    }
    if (r.open != NO_BLOCK)
        out->dynamic = true;
    for (size_t i = 0; i < r.found.n; i++)
        vec_push(&out->statements, ((struct plpgsql_statement){
                                       r.found.v[i].start, r.found.v[i].end,
                                       runs_of(&r, &r.found.v[i])}));
    vec_release(&r.blocks);
    vec_release(&r.found);
}

void plpgsql_release(struct plpgsql *p)
{
    vec_release(&p->statements);
}
