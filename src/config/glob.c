/*
 * glob.c - patterns over paths.
 */
#include "config/glob.h"

#include <string.h>

/* Two stars nest, so the work is at most their product with the path; a step
   limit keeps patterns of nothing but stars from taking long. */
#define MAX_STEPS 100000

struct walk {
    unsigned steps;
};

/* "[...]" at p against c; *end is behind it. False positives for an open set
   are ruled out by glob_problem(). */
static bool in_set(const char *p, char c, const char **end)
{
    bool negated = p[1] == '!' || p[1] == '^';
    bool found = false;
    const char *q = p + 1 + negated;

    for (const char *first = q; *q && (*q != ']' || q == first); q++) {
        if (q[1] == '-' && q[2] && q[2] != ']') {
            found |= c >= q[0] && c <= q[2];
            q += 2;
        } else {
            found |= c == *q;
        }
    }
    *end = *q ? q + 1 : q;
    return found != negated && c != '/';
}

static bool match(struct walk *w, const char *p, const char *s);

/* A double star and what follows it: at any slash from here on. */
static bool match_folders(struct walk *w, const char *p, const char *s)
{
    p += 2;
    if (!*p)
        return true;
    if (*p == '/')
        p++;
    for (; s && w->steps < MAX_STEPS; s = strchr(s, '/'), s += s != NULL)
        if (match(w, p, s))
            return true;
    return false;
}

static bool match_star(struct walk *w, const char *p, const char *s)
{
    while (*p == '*')
        p++;
    for (;; s++) {
        if (match(w, p, s))
            return true;
        if (!*s || *s == '/' || w->steps >= MAX_STEPS)
            return false;
    }
}

/* The whole of s, or s up to a slash: a folder holds what is below it. */
static bool match(struct walk *w, const char *p, const char *s)
{
    while (++w->steps < MAX_STEPS) {
        if (!*p || (p[0] == '/' && !p[1] && *s == '/'))
            return !*s || *s == '/';
        if (p[0] == '*')
            return p[1] == '*' ? match_folders(w, p, s) : match_star(w, p, s);
        if (*p == '[' && *s) {
            if (!in_set(p, *s, &p))
                return false;
        } else if (*s && (*p == *s || (*p == '?' && *s != '/'))) {
            p++;
        } else {
            return false;
        }
        s++;
    }
    return false;
}

bool glob_matches(const char *pattern, const char *path)
{
    const char *slash = strchr(pattern, '/');
    struct walk w = {0};

    if (pattern[0] == '/')
        return match(&w, pattern + 1, path);
    if (slash && slash[1])
        return match(&w, pattern, path);
    for (const char *s = path; s; s = strchr(s, '/'), s += s != NULL)
        if (match(&w, pattern, s))
            return true;
    return false;
}

static bool has_open_set(const char *p)
{
    for (p = strchr(p, '['); p; p = strchr(p, '[')) {
        p += 1 + (p[1] == '!' || p[1] == '^');
        /* A bracket that comes first is one of the set. */
        p = *p ? strchr(p + 1, ']') : NULL;
        if (!p)
            return true;
    }
    return false;
}

static bool leaves_its_folder(const char *p)
{
    for (;;) {
        if (p[0] == '.' && p[1] == '.' && (p[2] == '/' || !p[2]))
            return true;
        p = strchr(p, '/');
        if (!p)
            return false;
        p++;
    }
}

const char *glob_problem(const char *pattern)
{
    if (!*pattern)
        return "a pattern is not empty";
    if (pattern[0] == '!')
        return "a pattern does not begin with '!'";
    if (strpbrk(pattern, "{}\\"))
        return "a pattern has no braces or backslashes; write several";
    if (has_open_set(pattern))
        return "a '[' is not closed";
    if (leaves_its_folder(pattern))
        return "a pattern cannot leave the configuration's folder";
    return strlen(pattern) > 1024 ? "a pattern has at most 1024 bytes" : NULL;
}
