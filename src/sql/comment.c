/*
 * comment.c - finds comments and reads those that address a linter.
 */
#include "sql/comment.h"

#include "sql/lex.h"

#include <ctype.h>
#include <strings.h>

struct reader {
    struct tl_str text;
    size_t at;
    size_t end;
    struct comment_list *out;
};

static void skip_blanks(struct reader *r)
{
    while (r->at < r->end && isspace((unsigned char)r->text.p[r->at]))
        r->at++;
}

/* Takes the word if it stands here, in any case. */
static bool take(struct reader *r, const char *word)
{
    size_t n = strlen(word);

    if (r->end - r->at < n || strncasecmp(r->text.p + r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

static bool is_name_byte(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("_-*?/", c));
}

static void add_rule(struct reader *r, size_t start, size_t end)
{
    while (start < end && isspace((unsigned char)r->text.p[start]))
        start++;
    while (end > start && isspace((unsigned char)r->text.p[end - 1]))
        end--;
    if (start == end)
        return;
    struct comment_rule rule = {{r->text.p + start, end - start}, start, end};
    vec_push(&r->out->rules, rule);
}

/* "[a, b]"; false when the bracket is not closed. */
static bool bracketed_rules(struct reader *r)
{
    size_t from = ++r->at;

    while (r->at < r->end && r->text.p[r->at] != ']') {
        if (r->text.p[r->at] == ',') {
            add_rule(r, from, r->at);
            from = r->at + 1;
        }
        r->at++;
    }
    add_rule(r, from, r->at);
    if (r->at == r->end)
        return false;
    r->at++;
    return true;
}

/* "a, b" as other linters write it, up to what is no name. */
static void listed_rules(struct reader *r)
{
    for (;;) {
        skip_blanks(r);
        size_t from = r->at;

        while (r->at < r->end && is_name_byte(r->text.p[r->at]))
            r->at++;
        add_rule(r, from, r->at);
        skip_blanks(r);
        if (from == r->at || r->at == r->end || r->text.p[r->at] != ',')
            return;
        r->at++;
    }
}

static struct tl_str rest(struct reader *r)
{
    size_t end = r->end;

    while (r->at < end && (isspace((unsigned char)r->text.p[r->at]) ||
                           r->text.p[r->at] == '-' || r->text.p[r->at] == ':'))
        r->at++;
    while (end > r->at && isspace((unsigned char)r->text.p[end - 1]))
        end--;
    return r->at < end ? (struct tl_str){r->text.p + r->at, end - r->at}
                       : TL_NONE;
}

static bool word_ends(const struct reader *r)
{
    return r->at == r->end || !is_name_byte(r->text.p[r->at]);
}

/* What else the comment may say to us: expectations of fixtures are not ours.*/
static bool read_own(struct reader *r, struct comment *c)
{
    c->dialect = COMMENT_TUSKLINT;
    skip_blanks(r);
    if (take(r, "ignore-file"))
        c->scope = COMMENT_FILE;
    else if (take(r, "ignore-start"))
        c->scope = COMMENT_START;
    else if (take(r, "ignore-end"))
        c->scope = COMMENT_END;
    else if (take(r, "ignore"))
        c->scope = COMMENT_NEXT;
    else
        c->malformed = true;
    if (!word_ends(r))
        c->malformed = true;
    skip_blanks(r);
    if (!c->malformed && r->at < r->end && r->text.p[r->at] == '[')
        c->malformed = !bracketed_rules(r);
    c->reason = rest(r);
    return true;
}

static bool read_squawk(struct reader *r, struct comment *c)
{
    c->dialect = COMMENT_SQUAWK;
    if (take(r, "-file"))
        c->scope = COMMENT_FILE;
    if (!word_ends(r))
        return false;
    listed_rules(r);
    c->reason = rest(r);
    return true;
}

static bool read_eugene(struct reader *r, struct comment *c)
{
    c->dialect = COMMENT_EUGENE;
    skip_blanks(r);
    if (!take(r, "ignore") || !word_ends(r))
        return false;
    skip_blanks(r);
    take(r, ":");
    listed_rules(r);
    c->reason = rest(r);
    return true;
}

/* "lint/safety/banDropColumn": the last part is the name. */
static void last_part(struct comment_rule *rule)
{
    for (size_t i = rule->name.n - 1; i > 0; i--)
        if (rule->name.p[i - 1] == '/') {
            rule->name.p += i;
            rule->start += i;
            rule->name.n -= i;
            return;
        }
}

static bool read_pgls(struct reader *r, struct comment *c)
{
    size_t first = r->out->rules.n;

    c->dialect = COMMENT_PGLS;
    if (take(r, "-all"))
        c->scope = COMMENT_FILE;
    else if (take(r, "-start"))
        c->scope = COMMENT_START;
    else if (take(r, "-end"))
        c->scope = COMMENT_END;
    if (!word_ends(r))
        return false;
    listed_rules(r);
    for (size_t i = first; i < r->out->rules.n; i++)
        last_part(&r->out->rules.v[i]);
    c->reason = rest(r);
    return true;
}

static bool read_pgfence(struct reader *r, struct comment *c)
{
    c->dialect = COMMENT_PGFENCE;
    if (!word_ends(r))
        return false;
    skip_blanks(r);
    take(r, ":");
    listed_rules(r);
    c->reason = rest(r);
    return true;
}

static const struct {
    const char *words;
    bool (*read)(struct reader *, struct comment *);
} dialects[] = {
    {"tusklint:", read_own},          {"squawk-ignore", read_squawk},
    {"eugene:", read_eugene},         {"pgls-ignore", read_pgls},
    {"pgfence-ignore", read_pgfence},
};

static void read_comment(struct tl_str text, struct lex_token t,
                         struct comment_list *out)
{
    struct reader r = {text, t.start + 2, t.end, out};
    struct comment c = {
        .start = t.start, .end = t.end, .first_rule = out->rules.n};

    if (t.kind == LEX_BLOCK_COMMENT)
        r.end -= 2;
    skip_blanks(&r);
    for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
        if (!take(&r, dialects[i].words))
            continue;
        if (dialects[i].read(&r, &c)) {
            c.n_rules = out->rules.n - c.first_rule;
            vec_push(&out->comments, c);
        } else {
            out->rules.n = c.first_rule;
        }
        return;
    }
}

/* `rare` is a place in the word whose letter SQL has seldom; `as` that letter
   in one of its cases. */
static bool contains_around(struct tl_str text, struct tl_str word, size_t rare,
                            char as)
{
    size_t at = rare;
    size_t end = text.n - word.n + rare + 1;

    while (at < end) {
        const char *p = memchr(text.p + at, as, end - at);

        if (!p)
            return false;
        if (strncasecmp(p - rare, word.p, word.n) == 0)
            return true;
        at = (size_t)(p - text.p) + 1;
    }
    return false;
}

static bool contains_any_case(struct tl_str text, struct tl_str word,
                              size_t rare)
{
    char small = word.p[rare];

    return text.n >= word.n &&
           (contains_around(text, word, rare, small) ||
            contains_around(text, word, rare, (char)(small & ~0x20)));
}

/* Most files have no such comment, and two searches are cheaper than lexing:
   other linters' words all have "ignore" in them. */
static bool may_have_any(struct tl_str text)
{
    return contains_any_case(text, TL_STR("ignore"), 1) ||
           contains_any_case(text, TL_STR("tusklint"), 3);
}

void comment_find(struct tl_str text, struct comment_list *out)
{
    struct lex l = lex_at(text, 0);

    vec_clear(&out->comments);
    vec_clear(&out->rules);
    if (!may_have_any(text))
        return;
    for (;;) {
        struct lex_token t = lex_next(&l);

        if (t.kind == LEX_END)
            return;
        /* One that does not end is none: PostgreSQL refuses it, and all that
           stands behind would be taken for the comment's. */
        if (t.kind == LEX_LINE_COMMENT ||
            (t.kind == LEX_BLOCK_COMMENT && !t.unterminated))
            read_comment(text, t, out);
    }
}

void comment_release(struct comment_list *l)
{
    vec_release(&l->comments);
    vec_release(&l->rules);
}
