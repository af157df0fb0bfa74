/*
 * ormlog_values.c - parameters as ORMs print them.
 *
 * JSON, Ruby's inspect and Python's repr differ in what they call nothing and
 * in their quotes; one scanner reads them all. Escapes stay: values are only
 * ever compared.
 */
#include "input/marks.h"
#include "input/message.h"
#include "input/ormlog.h"

#define VALUES_MAX (1u << 20)
/* Looking up is quadratic; a statement of more has its values cut. */
#define LOOKED_UP_MAX 256
#define NAMED_MAX 65536

void orm_values_clear(struct orm_values *v)
{
    v->text.max = VALUES_MAX;
    buf_clear(&v->text);
    v->n = 0;
    v->known = false;
    v->cut = false;
}

static struct tl_str trim(struct tl_str s)
{
    while (s.n && strchr(" \t\r\n", s.p[0]) && s.p[0]) {
        s.p++;
        s.n--;
    }
    while (s.n && strchr(" \t\r\n", s.p[s.n - 1]) && s.p[s.n - 1])
        s.n--;
    return s;
}

static size_t behind_quote(struct tl_str s, size_t at)
{
    char quote = s.p[at];

    for (at++; at < s.n && s.p[at] != quote; at++)
        if (s.p[at] == '\\')
            at++;
    return at < s.n ? at + 1 : s.n;
}

/* At the comma, colon or bracket that ends the value, or at the end. */
static size_t value_end(struct tl_str s, size_t at, char also)
{
    size_t depth = 0;

    while (at < s.n) {
        char c = s.p[at];

        if (c == '"' || c == '\'') {
            at = behind_quote(s, at);
            continue;
        }
        if (!depth && (c == ',' || c == also || strchr(")]}", c)) && c)
            return at;
        if (c == '(' || c == '[' || c == '{')
            depth++;
        else if (c == ')' || c == ']' || c == '}')
            depth--;
        at++;
    }
    return at;
}

static bool is_null(struct tl_str s)
{
    return tl_str_is(s, "null") || tl_str_is(s, "None") || tl_str_is(s, "nil");
}

static struct tl_str unquoted(struct tl_str s)
{
    bool quoted =
        s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];

    return quoted ? (struct tl_str){s.p + 1, s.n - 2} : s;
}

void orm_values_one(struct orm_values *v, unsigned number, struct tl_str value)
{
    value = trim(value);
    buf_printf(&v->text, "%s$%u = ", v->n ? ", " : "", number);
    v->n++;
    v->known = true;
    if (is_null(value)) {
        buf_puts(&v->text, "NULL");
        return;
    }
    value = unquoted(value);
    buf_char(&v->text, '\'');
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '\'')
            buf_char(&v->text, '\'');
        buf_char(&v->text, value.p[i]);
    }
    buf_char(&v->text, '\'');
    v->cut |= v->text.full;
}

/* Where the bracket that s begins with is closed, or the end. */
static size_t closing(struct tl_str s)
{
    size_t end = value_end(s, 1, ',');

    while (end < s.n && s.p[end] == ',')
        end = value_end(s, end + 1, ',');
    return end;
}

/* Without the brackets around it. */
static struct tl_str inside(struct tl_str s)
{
    s = trim(s);
    if (s.n && strchr("[({", s.p[0]) && s.p[0])
        return trim((struct tl_str){s.p + 1, closing(s) - 1});
    return s;
}

/* The next value of a list; false at its end. */
static bool next_value(struct tl_str s, size_t *at, struct tl_str *value)
{
    if (*at >= s.n)
        return false;
    size_t end = value_end(s, *at, ',');
    *value = trim((struct tl_str){s.p + *at, end - *at});
    *at = end + 1;
    /* (1,) ends in a comma, and so may a list that was cut. */
    return value->n > 0;
}

/* Of ["id", 1] the 1. */
static struct tl_str second(struct tl_str pair)
{
    struct tl_str s = inside(pair);
    struct tl_str first = s;
    struct tl_str value;
    size_t at = 0;

    if (!next_value(s, &at, &first))
        return first;
    return next_value(s, &at, &value) ? value : s;
}

static void read_list(struct orm_values *v, struct tl_str raw, bool pairs)
{
    struct tl_str s = inside(raw);
    struct tl_str value;

    for (size_t at = 0; next_value(s, &at, &value);) {
        /* Elixir shows the first fifty. */
        if (tl_str_is(value, "...")) {
            v->cut = true;
            return;
        }
        orm_values_one(v, v->n + 1, pairs ? second(value) : value);
    }
}

/* The next `'name': value`; false at the end. */
static bool next_named(struct tl_str s, size_t *at, struct tl_str *name,
                       struct tl_str *value)
{
    if (*at >= s.n)
        return false;
    size_t colon = value_end(s, *at, ':');
    *name = unquoted(trim((struct tl_str){s.p + *at, colon - *at}));
    *at = colon + 1;
    return colon < s.n && s.p[colon] == ':' && next_value(s, at, value);
}

static bool named(struct tl_str s, struct tl_str wanted, struct tl_str *value)
{
    struct tl_str name;

    for (size_t at = 0; next_named(s, &at, &name, value);)
        if (tl_str_eq(name, wanted))
            return true;
    return false;
}

/* What is named may stand in the text in another order, and twice. */
static void read_named(struct orm_values *v, struct tl_str raw,
                       struct tl_str sql)
{
    struct marks m = {.style = TEXT_PYFORMAT};
    struct tl_str s = inside(raw);
    struct tl_str value;

    if (s.n > NAMED_MAX) {
        v->cut = true;
        return;
    }
    for (size_t at = 0; at < sql.n && m.n < LOOKED_UP_MAX;) {
        struct mark_step step = marks_next(&m, sql, at);

        at += step.takes;
        if (step.name.n && named(s, step.name, &value))
            orm_values_one(v, m.n, value);
        else if (step.name.n)
            v->cut = true;
    }
    v->cut |= m.n >= LOOKED_UP_MAX;
}

static void read_escaped(struct orm_values *v, struct tl_str raw)
{
    struct buf plain;

    buf_init(&plain, VALUES_MAX);
    json_decode(raw, &plain);
    read_list(v, buf_view(&plain), false);
    buf_release(&plain);
}

void orm_values_read(struct orm_values *v, enum orm_form form,
                     struct tl_str raw, struct tl_str sql)
{
    orm_values_clear(v);
    v->known = true;
    switch (form) {
    case ORM_LIST:
    case ORM_PAIRS:
        read_list(v, raw, form == ORM_PAIRS);
        break;
    case ORM_NAMED:
        read_named(v, raw, sql);
        break;
    case ORM_ESCAPED:
        read_escaped(v, raw);
        break;
    case ORM_ONE:
        orm_values_one(v, 1, raw);
        break;
    case ORM_NOT_TOLD:
        v->cut = true;
        break;
    }
}

bool orm_values_whole(struct tl_str s)
{
    return s.n >= 2 && s.p[0] == '[' && s.p[s.n - 1] == ']' &&
           closing(s) == s.n - 1;
}

/* Places in one text that may begin its list. */
#define LISTS_TRIED 32

bool orm_cut_list(struct tl_str *text, struct tl_str *values)
{
    size_t tried = 0;

    for (size_t at = 0; at + 1 < text->n && tried < LISTS_TRIED; at++) {
        struct tl_str rest = {text->p + at + 1, text->n - at - 1};

        if (text->p[at] != ' ' || rest.p[0] != '[')
            continue;
        tried++;
        if (!orm_values_whole(rest))
            continue;
        *values = rest;
        text->n = at;
        return true;
    }
    return false;
}
