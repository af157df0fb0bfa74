/*
 * sysloghead.c - what syslog writes before what a program said.
 */
#include "input/syslogtext.h"

/* A place in a line while its head is being read. */
struct cursor {
    struct tl_str line;
    size_t at;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take(struct cursor *c, char byte)
{
    if (c->at >= c->line.n || c->line.p[c->at] != byte)
        return false;
    c->at++;
    return true;
}

/* 'd' a digit, 'D' a digit or a blank, 'a' a letter, else the byte itself. */
static bool fits(char form, char c)
{
    if (form == 'd')
        return is_digit(c);
    if (form == 'D')
        return is_digit(c) || c == ' ';
    if (form == 'a')
        return (c | 32) >= 'a' && (c | 32) <= 'z';
    return form == c;
}

static bool take_form(struct cursor *c, const char *form)
{
    size_t n = strlen(form);

    if (c->line.n - c->at < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!fits(form[i], c->line.p[c->at + i]))
            return false;
    c->at += n;
    return true;
}

/* More digits are no number of syslog's. */
#define DIGITS_MAX 18

static bool take_number(struct cursor *c, uint64_t *number)
{
    size_t from = c->at;
    uint64_t value = 0;

    while (c->at < c->line.n && is_digit(c->line.p[c->at]) &&
           c->at - from < DIGITS_MAX)
        value = value * 10 + (uint64_t)(c->line.p[c->at++] - '0');
    *number = value;
    return c->at > from;
}

/* Up to a blank, which is taken with it. */
static bool take_word(struct cursor *c, struct tl_str *word)
{
    size_t from = c->at;

    while (c->at < c->line.n && c->line.p[c->at] != ' ')
        c->at++;
    *word = (struct tl_str){c->line.p + from, c->at - from};
    return word->n && take(c, ' ');
}

/* "2026-11-20T21:10:58.123+00:00 " */
static bool take_iso(struct cursor *c, struct tl_str *stamp)
{
    struct cursor ahead = *c;

    if (!take_form(&ahead, "dddd-dd-ddTdd:dd:dd"))
        return false;
    return take_word(c, stamp);
}

static bool take_time(struct cursor *c, struct tl_str *stamp)
{
    *stamp = TL_NONE;
    if (take_iso(c, stamp))
        return true;
    return take_form(c, "aaa Dd dd:dd:dd ");
}

/* "host postgres[4986]: " */
static bool take_tag(struct cursor *c, struct syslog_head *h)
{
    size_t from = c->at;
    struct tl_str host;
    uint64_t pid;

    if (!take_word(c, &host))
        return false;
    size_t program = c->at;
    while (c->at < c->line.n && c->line.p[c->at] != ' ' &&
           c->line.p[c->at] != '[')
        c->at++;
    h->program = (struct tl_str){c->line.p + program, c->at - program};
    if (!take(c, '[') || !take_number(c, &pid) || !take(c, ']'))
        return false;
    h->owner = (struct tl_str){c->line.p + from, c->at - from};
    return take_form(c, ": ") || (take(c, ':') && c->at == c->line.n);
}

/* `[id name="value \" \] \\"]`, from its first byte. */
static bool take_element(struct cursor *c)
{
    bool quoted = false;

    for (; c->at < c->line.n; c->at++) {
        char byte = c->line.p[c->at];

        if (byte == '"')
            quoted = !quoted;
        else if (quoted && byte == '\\')
            c->at++;
        else if (!quoted && byte == ']')
            return take(c, ']');
    }
    return false;
}

static bool take_structured(struct cursor *c)
{
    if (take(c, '-'))
        return take(c, ' ');
    if (c->at >= c->line.n || c->line.p[c->at] != '[')
        return false;
    while (c->at < c->line.n && c->line.p[c->at] == '[')
        if (!take_element(c))
            return false;
    return take(c, ' ');
}

/* "2026-11-20T21:10:58.123Z host postgres 4986 - - " */
static bool take_rfc5424(struct cursor *c, struct syslog_head *h)
{
    struct tl_str word;

    if (!take_iso(c, &h->stamp))
        return false;
    size_t from = c->at;
    if (!take_word(c, &word) || !take_word(c, &h->program) ||
        !take_word(c, &word))
        return false;
    h->owner = (struct tl_str){c->line.p + from, c->at - 1 - from};
    if (!take_word(c, &word) || !take_structured(c))
        return false;
    if (c->line.n - c->at >= 3 &&
        memcmp(c->line.p + c->at, "\xef\xbb\xbf", 3) == 0)
        c->at += 3;
    /* Some daemons keep the blank that stood behind the program's name. */
    take(c, ' ');
    return true;
}

/* "[5-2] ", "[2] "; there may be none. */
static void take_chunk(struct cursor *c, struct syslog_head *h)
{
    struct cursor ahead = *c;
    uint64_t first;
    uint64_t second = 0;

    if (!take(&ahead, '[') || !take_number(&ahead, &first))
        return;
    bool two = take(&ahead, '-');
    if (two && !take_number(&ahead, &second))
        return;
    if (!take(&ahead, ']') || (ahead.at < c->line.n && !take(&ahead, ' ')))
        return;
    h->sequence = two ? first : 0;
    h->chunk = two ? second : first;
    *c = ahead;
}

bool syslog_head_read(struct tl_str line, struct syslog_head *h)
{
    struct cursor c = {line, 0};
    uint64_t priority;

    *h = (struct syslog_head){.body = 0};
    bool has_priority = take(&c, '<');
    if (has_priority && (!take_number(&c, &priority) || !take(&c, '>')))
        return false;
    if (has_priority && take_form(&c, "1 ")) {
        if (!take_rfc5424(&c, h))
            return false;
    } else if (!take_time(&c, &h->stamp) || !take_tag(&c, h)) {
        return false;
    }
    take_chunk(&c, h);
    h->body = c.at;
    return true;
}
