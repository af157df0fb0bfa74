/*
 * sqlx.c - SQLx's offline data, read without a tree: a finding points at the
 * string that the query stands in.
 */
#include "input/sqlx.h"

#include "base/scan.h"

#include <fnmatch.h>
#include <string.h>

/* ---- which files ---- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

bool sqlx_is_folder_path(const char *path)
{
    return strncmp(path, ".sqlx/", 6) == 0 || strstr(path, "/.sqlx/");
}

bool sqlx_is_path(const char *path)
{
    const char *name = base_name(path);

    if (strcmp(name, "sqlx-data.json") == 0)
        return true;
    return sqlx_is_folder_path(path) && fnmatch("query-*.json", name, 0) == 0;
}

static bool has(struct tl_str s, const char *word)
{
    return memmem(s.p, s.n, word, strlen(word)) != NULL;
}

/* The folder may be given as ".", so the path alone does not tell; a query of
   64 kB may hide the members behind it, so the beginning does not either. */
bool sqlx_sniff(const char *path, struct tl_str head)
{
    struct scan s = {head, 0};
    struct scan_token t = scan_next(&s);

    if (t.kind != SCAN_PUNCT || t.punct != '{')
        return false;
    if (sqlx_is_path(path))
        return true;
    return has(head, "\"query\"") && has(head, "\"describe\"") &&
           (has(head, "\"db_name\"") || has(head, "\"db\""));
}

/* ---- reading ---- */

struct member {
    struct scan_token key;
    struct scan_token value; /* its first token, when it is no scalar */
};

enum step { STEP_MEMBER, STEP_END, STEP_BROKEN };

static bool is_punct(struct scan_token t, char ch)
{
    return t.kind == SCAN_PUNCT && t.punct == ch;
}

/* The next member of the object that the scan stands in. */
static enum step next_member(struct scan *s, struct member *m)
{
    m->key = scan_next(s);
    if (is_punct(m->key, ','))
        m->key = scan_next(s);
    if (is_punct(m->key, '}'))
        return STEP_END;
    struct scan_token colon = scan_next(s);
    m->value = scan_next(s);
    bool good = m->key.kind == SCAN_STRING && is_punct(colon, ':') &&
                m->value.kind != SCAN_END && m->value.kind != SCAN_BAD;
    return good ? STEP_MEMBER : STEP_BROKEN;
}

static bool is_string(const struct scan *s, struct scan_token t,
                      const char *text)
{
    struct tl_str inside = {s->text.p + t.start + 1, t.end - t.start - 2};

    return t.kind == SCAN_STRING && tl_str_is(inside, text);
}

static void skip_value(struct scan *s, const struct member *m)
{
    if (m->value.kind == SCAN_PUNCT)
        scan_skip(s, m->value);
}

/* Which database the file is for may stand behind the queries. */
static bool is_for_postgres(struct scan s)
{
    struct member m;

    while (next_member(&s, &m) == STEP_MEMBER) {
        bool names =
            is_string(&s, m.key, "db_name") || is_string(&s, m.key, "db");

        if (names && m.value.kind == SCAN_STRING)
            return is_string(&s, m.value, "PostgreSQL");
        skip_value(&s, &m);
    }
    return true;
}

struct reader {
    struct scan scan;
    struct arena *arena;
    const struct sqlx_sink *sink;
};

static void take_query(struct reader *r, struct scan_token value)
{
    struct text_map map = {.base = value.start + 1, .encoding = TEXT_JSON};

    r->sink->query(r->sink->arg, scan_string(&r->scan, value, r->arena), map);
}

/* An object's own query, and at the top those of the objects in it. */
static enum step read_object(struct reader *r, bool top)
{
    struct scan *s = &r->scan;
    struct member m;
    enum step step;

    while ((step = next_member(s, &m)) == STEP_MEMBER) {
        bool is_query = is_string(s, m.key, "query");

        if (is_query && m.value.kind == SCAN_STRING)
            take_query(r, m.value);
        else if (top && is_punct(m.value, '{') &&
                 !is_string(s, m.key, "describe"))
            step = read_object(r, false);
        else
            skip_value(s, &m);
        if (step == STEP_BROKEN)
            return step;
    }
    return step;
}

void sqlx_read(struct tl_str file, struct arena *arena,
               const struct sqlx_sink *sink)
{
    struct reader r = {.scan = {file, 0}, .arena = arena, .sink = sink};
    struct scan_token open = scan_next(&r.scan);

    if (is_punct(open, '{') && !is_for_postgres(r.scan))
        return;
    if (!is_punct(open, '{') || read_object(&r, true) == STEP_BROKEN)
        sink->error(sink->arg, open.start, file.n,
                    "the JSON breaks off or is damaged");
}
