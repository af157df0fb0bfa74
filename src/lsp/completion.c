/*
 * completion.c - in comments that speak to the linter: its words, and the
 * names of rules.
 */
#include "lsp/answers.h"

#include <stdio.h>
#include <string.h>

/* CompletionItemKind */
enum { KIND_KEYWORD = 14, KIND_VALUE = 12 };

struct completion {
    struct session *session;
    struct question q;
    struct json *json;
    size_t start; /* of the word that is being typed */
};

enum wanted { WANTED_NOTHING, WANTED_WORD, WANTED_RULE };

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '*';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The line up to the cursor. */
static struct tl_str line_before(const struct question *q)
{
    struct tl_str text = q->analysis->text.s;
    size_t from = q->start;

    while (from > 0 && text.p[from - 1] != '\n' && text.p[from - 1] != '\r')
        from--;
    return (struct tl_str){text.p + from, q->start - from};
}

/* Behind the last "tusklint:" of a comment in the line; none. */
static struct tl_str behind_address(struct tl_str line)
{
    static const char address[] = "tusklint:";
    size_t n = sizeof(address) - 1;
    struct tl_str rest = TL_NONE;

    for (size_t i = 2; i + n <= line.n; i++) {
        if (memcmp(line.p + i, address, n) != 0)
            continue;
        if (memmem(line.p, i, "--", 2) || memmem(line.p, i, "/*", 2))
            rest = (struct tl_str){line.p + i + n, line.n - i - n};
    }
    return rest;
}

static enum wanted wanted_at(struct tl_str rest)
{
    if (!rest.p)
        return WANTED_NOTHING;
    const char *open = memchr(rest.p, '[', rest.n);
    if (open)
        return memchr(rest.p, ']', rest.n) ? WANTED_NOTHING : WANTED_RULE;
    while (rest.n && is_blank(rest.p[0])) {
        rest.p++;
        rest.n--;
    }
    for (size_t i = 0; i < rest.n; i++)
        if (!is_word_byte(rest.p[i]))
            return WANTED_NOTHING;
    return WANTED_WORD;
}

static void put_item(const struct completion *c, const char *label, int kind,
                     const char *detail, const char *text)
{
    struct json *j = c->json;

    json_begin_object(j);
    json_key(j, "label");
    json_cstr(j, label);
    json_key(j, "kind");
    json_int(j, kind);
    json_key(j, "detail");
    json_cstr(j, detail);
    json_key(j, "textEdit");
    json_begin_object(j);
    json_key(j, "range");
    put_range(j, &c->q.analysis->text, c->start, c->q.start,
              c->session->encoding);
    json_key(j, "newText");
    json_cstr(j, text);
    json_end_object(j);
    json_end_object(j);
}

static void put_rules(const struct completion *c)
{
    for (size_t i = 0; i < tl_rule_count(); i++) {
        const struct tl_rule *r = tl_rule_at(i);
        char detail[256];

        snprintf(detail, sizeof(detail), "%s %s", r->id, r->summary);
        put_item(c, r->name, KIND_VALUE, detail, r->name);
    }
}

static void put_words(const struct completion *c)
{
    static const char *const words[][3] = {
        {"ignore", "the statement behind or before it", "ignore["},
        {"ignore-file", "the whole file", "ignore-file["},
        {"ignore-start", "from here to ignore-end", "ignore-start["},
        {"ignore-end", "ends what ignore-start began", "ignore-end"},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        put_item(c, words[i][0], KIND_KEYWORD, words[i][1], words[i][2]);
}

void completion_answer(struct session *s, const cJSON *id, const cJSON *params)
{
    struct completion c = {.session = s};

    if (!question_read(s, id, params, &c.q))
        return;
    struct tl_str line = line_before(&c.q);
    enum wanted wanted = wanted_at(behind_address(line));
    size_t typed = 0;

    while (typed < line.n && is_word_byte(line.p[line.n - typed - 1]))
        typed++;
    c.start = c.q.start - typed;
    c.json = wire_result(&s->wire, id);
    json_begin_object(c.json);
    json_key(c.json, "isIncomplete");
    json_bool(c.json, false);
    json_key(c.json, "items");
    json_begin_array(c.json);
    if (wanted == WANTED_RULE)
        put_rules(&c);
    if (wanted == WANTED_WORD)
        put_words(&c);
    json_end_array(c.json);
    json_end_object(c.json);
    wire_send(&s->wire);
}
