/*
 * changes.c - which lines a unified diff adds or changes.
 *
 * Within a hunk its two counts say what is a line of it: a deleted SQL comment
 * reads "--- like this" and begins no file.
 */
#include "cli/changes.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LINE 1000000000U

struct reader {
    struct changes *out;
    struct tl_str text;
    size_t at;
    uint32_t line_number; /* of the diff */
    const char *name;
    struct err *err;
    bool is_git;          /* paths begin with a/ and b/, or c/, i/, w/, o/ */
    struct tl_str before; /* what stands behind "--- " */
    bool any;             /* something that only a diff has */
    size_t file;          /* of the hunks at hand, from 1; 0: deleted, none */
};

void changes_init(struct changes *c)
{
    memset(c, 0, sizeof(*c));
    arena_init(&c->arena, 0);
}

void changes_release(struct changes *c)
{
    for (size_t i = 0; i < c->files.n; i++)
        vec_release(&c->files.v[i].lines);
    vec_release(&c->files);
    arena_release(&c->arena);
}

static bool next_line(struct reader *r, struct tl_str *out)
{
    if (r->at >= r->text.n)
        return false;
    const char *p = r->text.p + r->at;
    const char *end = memchr(p, '\n', r->text.n - r->at);

    out->p = p;
    out->n = end ? (size_t)(end - p) : r->text.n - r->at;
    r->at += out->n + 1;
    r->line_number++;
    return true;
}

static bool begins(struct tl_str s, const char *with)
{
    size_t n = strlen(with);

    return s.n >= n && memcmp(s.p, with, n) == 0;
}

static bool damaged(struct reader *r, const char *why)
{
    return err_set(r->err, "%s:%u: %s", r->name, r->line_number, why);
}

/* ---- paths ---- */

static char escaped(char c)
{
    static const char letters[] = "abtnvfr";
    const char *at = c ? strchr(letters, c) : NULL;

    return at ? (char)('\a' + (at - letters)) : c;
}

/* "a\303\266\"b" in quotes, as git writes what is not plain. */
static struct tl_str unquoted(struct arena *a, struct tl_str s)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;

    for (size_t i = 1; i < s.n && s.p[i] != '"'; i++) {
        unsigned value = 0;
        size_t digits = 0;

        if (s.p[i] != '\\' || i + 1 == s.n) {
            out[n++] = s.p[i];
            continue;
        }
        i++;
        while (digits < 3 && i + digits < s.n && s.p[i + digits] >= '0' &&
               s.p[i + digits] <= '7')
            value = value * 8 + (unsigned)(s.p[i + digits++] - '0');
        out[n++] = digits ? (char)value : escaped(s.p[i]);
        i += digits ? digits - 1 : 0;
    }
    out[n] = '\0';
    return (struct tl_str){out, n};
}

/* Behind "--- " or "+++ ", without the time that diff -u writes. */
static struct tl_str path_in(struct reader *r, struct tl_str line)
{
    struct tl_str s = {line.p + 4, line.n - 4};

    if (s.n && s.p[s.n - 1] == '\r')
        s.n--;
    if (s.n && s.p[0] == '"')
        return unquoted(&r->out->arena, s);
    const char *tab = s.n ? memchr(s.p, '\t', s.n) : NULL;
    if (tab)
        s.n = (size_t)(tab - s.p);
    return s;
}

static bool is_null(struct tl_str path)
{
    return tl_str_is(path, "/dev/null");
}

static bool has_prefix(struct tl_str path)
{
    return path.n > 2 && path.p[1] == '/' && strchr("abciow", path.p[0]);
}

/* Prefixes stand on both sides or on none. */
static struct tl_str without_prefix(const struct reader *r, struct tl_str path)
{
    bool ab =
        begins(path, "b/") && (is_null(r->before) || begins(r->before, "a/"));
    bool any = r->is_git && has_prefix(path) &&
               (is_null(r->before) ||
                (has_prefix(r->before) && r->before.p[0] != path.p[0]));

    if (ab || any)
        path = (struct tl_str){path.p + 2, path.n - 2};
    while (begins(path, "./"))
        path = (struct tl_str){path.p + 2, path.n - 2};
    return path;
}

static void begin_file(struct reader *r, struct tl_str path)
{
    r->any = true;
    r->file = 0;
    if (is_null(path) || memchr(path.p, 0, path.n))
        return;
    struct changed_file f = {.lines = VEC_INIT};
    f.path = arena_str(&r->out->arena, without_prefix(r, path)).p;
    vec_push(&r->out->files, f);
    r->file = r->out->files.n;
}

/* ---- hunks ---- */

static bool read_number(struct tl_str *s, uint32_t *out)
{
    size_t n = 0;
    uint64_t value = 0;

    for (; n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++)
        value =
            value > MAX_LINE ? value : value * 10 + (uint64_t)(s->p[n] - '0');
    *s = (struct tl_str){s->p + n, s->n - n};
    *out = (uint32_t)(value > MAX_LINE ? MAX_LINE : value);
    return n > 0 && value <= MAX_LINE;
}

/* "12,3" or "12". */
static bool read_range(struct tl_str *s, uint32_t *start, uint32_t *count)
{
    *count = 1;
    if (!read_number(s, start))
        return false;
    if (!begins(*s, ","))
        return true;
    *s = (struct tl_str){s->p + 1, s->n - 1};
    return read_number(s, count);
}

struct hunk {
    uint32_t old_count, line, new_count;
};

static bool read_header(struct tl_str s, struct hunk *h)
{
    uint32_t old_start;

    s = (struct tl_str){s.p + 4, s.n - 4};
    if (!read_range(&s, &old_start, &h->old_count) || !begins(s, " +"))
        return false;
    s = (struct tl_str){s.p + 2, s.n - 2};
    if (!read_range(&s, &h->line, &h->new_count) || !begins(s, " @@"))
        return false;
    /* A hunk without new lines names the one before it. */
    h->line += h->new_count == 0;
    return true;
}

static void mark(struct reader *r, struct change c)
{
    if (!r->file)
        return;
    struct changed_file *f = &r->out->files.v[r->file - 1];
    struct change *last = f->lines.n ? vec_last(&f->lines) : NULL;

    if (last && c.first <= c.last && last->first <= last->last &&
        c.first == last->last + 1)
        last->last = c.last;
    else
        vec_push(&f->lines, c);
}

static bool read_hunk(struct reader *r, struct tl_str header)
{
    struct hunk h;
    struct tl_str line;

    if (!read_header(header, &h))
        return damaged(r, "the line of the hunk is damaged");
    while (h.old_count || h.new_count) {
        if (!next_line(r, &line))
            return damaged(r, "the diff ends within a hunk");
        char c = line.n ? line.p[0] : ' ';
        if (c == '\\')
            continue;
        /* Some tools cut the blank of an empty line, or leave its CR. */
        if (c == '\r')
            c = ' ';
        bool old = c == ' ' || c == '-';
        bool new = c == ' ' || c == '+';
        if ((!old && !new) || (old && !h.old_count) || (new && !h.new_count))
            return damaged(r, "the hunk has not the lines that it says");
        if (c == '+')
            mark(r, (struct change){h.line, h.line});
        if (c == '-')
            mark(r, (struct change){h.line, h.line - 1});
        h.old_count -= old;
        h.new_count -= new;
        h.line += new;
    }
    return true;
}

static int compare_files(const void *a, const void *b)
{
    const struct changed_file *x = a;
    const struct changed_file *y = b;

    return strcmp(x->path, y->path);
}

static bool is_blank(struct tl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(" \t\r\n", s.p[i]) || !s.p[i])
            return false;
    return true;
}

static bool read_line(struct reader *r, struct tl_str line)
{
    if (begins(line, "diff --git ")) {
        r->any = r->is_git = true;
        r->file = 0;
    } else if (begins(line, "--- ")) {
        r->before = path_in(r, line);
    } else if (begins(line, "+++ ")) {
        begin_file(r, path_in(r, line));
    } else if (begins(line, "@@@")) {
        return damaged(r, "a diff of a merge is not read; compare with one "
                          "parent");
    } else if (begins(line, "@@ -")) {
        return read_hunk(r, line);
    }
    return true;
}

bool changes_read(struct changes *c, struct tl_str diff, const char *name,
                  struct err *err)
{
    struct reader r = {.out = c, .text = diff, .name = name, .err = err};
    struct tl_str line;

    while (next_line(&r, &line))
        if (!read_line(&r, line))
            return false;
    if (c->files.n)
        qsort(c->files.v, c->files.n, sizeof(c->files.v[0]), compare_files);
    return r.any || is_blank(diff) ||
           err_set(err, "%s: it is no unified diff", name);
}

/* ---- asking ---- */

const struct changed_file *changes_of(const struct changes *c, const char *path)
{
    struct changed_file like = {.path = path};

    return c->files.n ? bsearch(&like, c->files.v, c->files.n,
                                sizeof(c->files.v[0]), compare_files)
                      : NULL;
}

/* The first change that reaches `first` or lies behind it tells. */
bool changes_touch(const struct changed_file *f, uint32_t first, uint32_t last)
{
    for (size_t i = 0; i < f->lines.n; i++) {
        struct change c = f->lines.v[i];

        if (c.first > last)
            return false;
        /* What was taken out counts when it stood in the middle. */
        if (c.first > c.last ? c.last >= first && c.first <= last
                             : c.last >= first)
            return true;
    }
    return false;
}
