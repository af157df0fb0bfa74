/*
 * marks.c - the placeholders of drivers as PostgreSQL's $n.
 *
 * Python's drivers format the whole text, strings and all: there a % is never
 * itself. JDBC knows quotes and comments: a ? outside of them is a parameter,
 * whatever operator it looks like, and ?? is the operator's.
 */
#include "input/marks.h"

#include <stdio.h>

/* What is longer is no name. */
#define NAME_MAX_BYTES 256

static struct mark_step itself(char c)
{
    struct mark_step step = {.takes = 1, .gives = 1};

    step.text[0] = c;
    return step;
}

static struct mark_step numbered(struct marks *m, size_t takes)
{
    struct mark_step step = {.takes = takes};
    int n = snprintf(step.text, sizeof(step.text), "$%u", ++m->n);

    step.gives = n > 0 ? (size_t)n : 0;
    return step;
}

/* %s, %(name)s and %% */
static struct mark_step python(struct marks *m, struct tl_str s, size_t at)
{
    size_t rest = s.n - at;

    if (s.p[at] != '%' || rest < 2)
        return itself(s.p[at]);
    if (s.p[at + 1] == '%') {
        struct mark_step step = itself('%');

        step.takes = 2;
        return step;
    }
    if (s.p[at + 1] == 's')
        return numbered(m, 2);
    if (s.p[at + 1] != '(')
        return itself('%');
    const char *name = s.p + at + 2;
    size_t room = rest - 2 < NAME_MAX_BYTES ? rest - 2 : NAME_MAX_BYTES;
    const char *close = memchr(name, ')', room);
    if (!close || close + 1 >= s.p + s.n || close[1] != 's')
        return itself('%');
    size_t n = (size_t)(close - name);
    struct mark_step step = numbered(m, n + 4);
    step.name = (struct tl_str){name, n};
    return step;
}

static char opens(char c, char next)
{
    if (c == '\'' || c == '"')
        return c;
    if (c == '/' && next == '*')
        return '*';
    return c == '-' && next == '-' ? '-' : 0;
}

static bool closes(char quote, char c, char next)
{
    if (quote == '*')
        return c == '*' && next == '/';
    return quote == '-' ? c == '\n' : c == quote;
}

static struct mark_step jdbc(struct marks *m, struct tl_str s, size_t at)
{
    char c = s.p[at];
    char next = at + 1 < s.n ? s.p[at + 1] : '\0';

    if (m->quote) {
        if (closes(m->quote, c, next))
            m->quote = 0;
        return itself(c);
    }
    m->quote = opens(c, next);
    if (c != '?')
        return itself(c);
    if (next != '?')
        return numbered(m, 1);
    struct mark_step step = itself('?');
    step.takes = 2;
    return step;
}

struct mark_step marks_next(struct marks *m, struct tl_str s, size_t at)
{
    return m->style == TEXT_PYFORMAT ? python(m, s, at) : jdbc(m, s, at);
}

void marks_decode(enum text_encoding style, struct tl_str raw, struct buf *out)
{
    struct marks m = {.style = style};

    buf_clear(out);
    for (size_t at = 0; at < raw.n;) {
        struct mark_step step = marks_next(&m, raw, at);

        buf_add(out, step.text, step.gives);
        at += step.takes;
    }
}
