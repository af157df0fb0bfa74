/*
 * linehead.c - what containers' logs have before each line.
 */
#include "input/linehead.h"

#define NAME_MAX 128

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '_' || c == '-' || c == '.' || c == '/';
}

static size_t behind_names(struct tl_str s, size_t at)
{
    size_t max = s.n < at + NAME_MAX ? s.n : at + NAME_MAX;

    while (at < max && is_name(s.p[at]))
        at++;
    return at;
}

static bool has(struct tl_str s, size_t at, const char *word)
{
    size_t n = strlen(word);

    return at <= s.n && s.n - at >= n && memcmp(s.p + at, word, n) == 0;
}

/* "db-1  | " or "[pod/db-1/postgres] "; `at` itself for anything else. */
static size_t behind_container(struct tl_str s)
{
    if (has(s, 0, "[pod/")) {
        size_t end = behind_names(s, 1);

        return has(s, end, "] ") ? end + 2 : 0;
    }
    size_t name = behind_names(s, 0);
    size_t end = name;
    while (end < s.n && s.p[end] == ' ')
        end++;
    if (end == name || name == 0 || !has(s, end, "|"))
        return 0;
    return end + 1 + (has(s, end + 1, " ") ? 1 : 0);
}

static bool has_form(struct tl_str s, size_t at, const char *form)
{
    size_t n = strlen(form);

    if (at > s.n || s.n - at < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (form[i] == 'd' ? !is_digit(s.p[at + i]) : s.p[at + i] != form[i])
            return false;
    return true;
}

/* "2026-11-20T21:10:58.123456789Z", "...+00:00"; `at` without one. */
static size_t behind_stamp(struct tl_str s, size_t at)
{
    size_t p = at + 19;

    if (!has_form(s, at, "dddd-dd-ddTdd:dd:dd"))
        return at;
    if (p < s.n && s.p[p] == '.')
        for (p++; p < s.n && is_digit(s.p[p]);)
            p++;
    if (has(s, p, "Z"))
        return p + 1;
    if (has_form(s, p, "+dd:dd") || has_form(s, p, "-dd:dd"))
        return p + 6;
    return at;
}

/* "stderr F " */
static size_t behind_stream(struct tl_str s, size_t at, bool *partial)
{
    if (!has(s, at, "stderr ") && !has(s, at, "stdout "))
        return at;
    *partial = has(s, at + 7, "P ");
    return *partial || has(s, at + 7, "F ") ? at + 9 : at;
}

bool line_head_read(struct tl_str line, struct line_head *head)
{
    size_t at = behind_container(line);
    size_t stamp = behind_stamp(line, at);

    *head = (struct line_head){.stamp = TL_NONE};
    if (stamp > at && has(line, stamp, " ")) {
        head->stamp = (struct tl_str){line.p + at, stamp - at};
        at = behind_stream(line, stamp + 1, &head->partial);
    }
    head->body = at;
    return at > 0;
}
