/*
 * layout.c - the table of migration tools, and the reading of their markers.
 *
 * A marker is a line comment whose first words are the tool's own. Sections
 * are cut at marker lines before anything is split or parsed, because the
 * last statement of an up part may lack its semicolon.
 */
#include "input/layout.h"

#include "base/file.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

struct marker {
    const char *words; /* after "--" and blanks, case not minded */
    const char *tool;
    enum {
        MARK_UP,
        MARK_DOWN,
        MARK_NO_TRANSACTION, /* anywhere in the file */
        MARK_HEAD, /* the same, read only before the first statement */
        MARK_STATEMENT
    } kind;
    const char *no_transaction_option; /* on the same line, or NULL */
};

static const struct marker markers[] = {
    {"+goose up", "goose", MARK_UP, NULL},
    {"+goose down", "goose", MARK_DOWN, NULL},
    {"+goose no transaction", "goose", MARK_NO_TRANSACTION, NULL},
    {"+goose statementbegin", "goose", MARK_STATEMENT, NULL},
    {"+goose statementend", "goose", MARK_STATEMENT, NULL},
    {"migrate:up", "dbmate", MARK_UP, "transaction:false"},
    {"migrate:down", "dbmate", MARK_DOWN, "transaction:false"},
    {"+migrate up", "sql-migrate", MARK_UP, "notransaction"},
    {"+migrate down", "sql-migrate", MARK_DOWN, "notransaction"},
    {"+migrate statementbegin", "sql-migrate", MARK_STATEMENT, NULL},
    {"+migrate statementend", "sql-migrate", MARK_STATEMENT, NULL},
    {"no-transaction", "sqlx", MARK_HEAD, NULL},
    {"atlas:txmode none", "atlas", MARK_HEAD, NULL},
    {"postgres-migrations disable-transaction", "postgres-migrations",
     MARK_NO_TRANSACTION, NULL},
};

struct tool {
    const char *name;
    enum tl_know wrapped;
    bool batch;
    const char *reason;
    const char *marker;
};

static const struct tool tools[] = {
    {"goose", TL_YES, false, "goose runs each migration in a transaction",
     "put '-- +goose NO TRANSACTION' at the top of the file"},
    {"dbmate", TL_YES, false, "dbmate runs each migration in a transaction",
     "write '-- migrate:up transaction:false'"},
    {"sql-migrate", TL_YES, false,
     "sql-migrate runs each migration in a transaction",
     "write '-- +migrate Up notransaction'"},
    {"diesel", TL_YES, false, "diesel runs each migration in a transaction",
     "set 'run_in_transaction = false' in the migration's metadata.toml"},
    {"prisma", TL_UNKNOWN, true,
     "Prisma sends the whole file as one command, which PostgreSQL runs as "
     "one transaction",
     "keep it as the only statement of its migration"},
};

static const struct tool *find_tool(const char *name)
{
    for (size_t i = 0; name && i < sizeof(tools) / sizeof(tools[0]); i++)
        if (strcmp(tools[i].name, name) == 0)
            return &tools[i];
    return NULL;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s);
    size_t m = strlen(end);

    return n >= m && strcasecmp(s + n - m, end) == 0;
}

/* The words after "--" when the line is a comment, else none. */
static struct tl_str comment_words(struct tl_str line)
{
    size_t i = 0;

    while (i < line.n && (line.p[i] == ' ' || line.p[i] == '\t'))
        i++;
    if (i + 2 > line.n || line.p[i] != '-' || line.p[i + 1] != '-')
        return TL_NONE;
    i += 2;
    while (i < line.n && (line.p[i] == ' ' || line.p[i] == '\t'))
        i++;
    return (struct tl_str){line.p + i, line.n - i};
}

/* Does `s` begin with the words, any blanks between them? The rest to *rest. */
static bool begins_with_words(struct tl_str s, const char *words,
                              struct tl_str *rest)
{
    size_t i = 0;

    for (; *words; words++) {
        if (*words == ' ') {
            if (i >= s.n || !isblank((unsigned char)s.p[i]))
                return false;
            while (i < s.n && isblank((unsigned char)s.p[i]))
                i++;
            continue;
        }
        if (i >= s.n || tolower((unsigned char)s.p[i]) != *words)
            return false;
        i++;
    }
    if (i < s.n &&
        (isalnum((unsigned char)s.p[i]) || s.p[i] == '-' || s.p[i] == '_'))
        return false;
    *rest = (struct tl_str){s.p + i, s.n - i};
    return true;
}

static bool contains(struct tl_str s, const char *needle)
{
    return s.n && memmem(s.p, s.n, needle, strlen(needle)) != NULL;
}

static const struct marker *find_marker(struct tl_str words,
                                        struct tl_str *rest)
{
    for (size_t i = 0; i < sizeof(markers) / sizeof(markers[0]); i++)
        if (begins_with_words(words, markers[i].words, rest))
            return &markers[i];
    return NULL;
}

struct reading {
    struct layout *out;
    struct layout_section current;
    bool no_transaction; /* for the whole file */
    bool in_section;
    bool in_head; /* no statement yet */
};

static void close_section(struct reading *r, size_t end)
{
    if (!r->in_section)
        return;
    r->current.end = end;
    vec_push(&r->out->sections, r->current);
    r->in_section = false;
}

static void open_section(struct reading *r, size_t start, bool down,
                         bool without_transaction)
{
    r->current = (struct layout_section){.start = start, .down = down};
    r->current.wrapped = without_transaction ? TL_NO : TL_UNKNOWN;
    r->in_section = true;
}

/* A marker between the statements of one section cuts it in two, so that
   statements on both sides stay apart and the marker's line is never read. */
static void take_marker(struct reading *r, const struct marker *m,
                        struct tl_str rest, size_t line, size_t next)
{
    bool off =
        m->no_transaction_option && contains(rest, m->no_transaction_option);

    switch (m->kind) {
    case MARK_UP:
    case MARK_DOWN:
        if (!r->out->tool)
            r->out->tool = m->tool;
        close_section(r, line);
        open_section(r, next, m->kind == MARK_DOWN, off);
        break;
    case MARK_HEAD:
    case MARK_NO_TRANSACTION:
        if (m->kind == MARK_HEAD && !r->in_head)
            break;
        r->no_transaction = true;
        if (!r->out->tool)
            r->out->tool = m->tool;
        break;
    case MARK_STATEMENT:
        if (r->in_section) {
            bool down = r->current.down;
            bool none = r->current.wrapped == TL_NO;

            close_section(r, line);
            open_section(r, next, down, none);
        }
        break;
    }
}

static bool is_blank(struct tl_str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (!isspace((unsigned char)line.p[i]))
            return false;
    return true;
}

static bool is_comment(struct tl_str line)
{
    return comment_words(line).p != NULL;
}

static void read_markers(struct tl_str text, struct layout *out,
                         bool *no_transaction)
{
    struct reading r = {.out = out, .in_head = true};
    bool bom = text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0;
    size_t at = bom ? 3 : 0;

    /* Most files have no marker; one search tells. */
    if (!contains(text, "--"))
        return;
    while (at < text.n) {
        const char *nl = memchr(text.p + at, '\n', text.n - at);
        size_t next = nl ? (size_t)(nl - text.p) + 1 : text.n;
        struct tl_str line = {text.p + at, next - at};
        struct tl_str words = comment_words(line);
        struct tl_str rest;
        const struct marker *m = words.n ? find_marker(words, &rest) : NULL;

        if (m)
            take_marker(&r, m, rest, at, next);
        else if (!is_comment(line) && !is_blank(line))
            r.in_head = false;
        at = next;
    }
    close_section(&r, text.n);
    *no_transaction = r.no_transaction;
}

static bool is_diesel(const char *path)
{
    const char *name = base_name(path);

    return (strcasecmp(name, "up.sql") == 0 ||
            strcasecmp(name, "down.sql") == 0) &&
           name != path;
}

/* Does a line say "run_in_transaction = false"? */
static bool turns_transaction_off(struct tl_str toml)
{
    static const char key[] = "run_in_transaction";
    size_t at = 0;

    while (at < toml.n) {
        const char *nl = memchr(toml.p + at, '\n', toml.n - at);
        size_t end = nl ? (size_t)(nl - toml.p) : toml.n;
        struct tl_str line = {toml.p + at, end - at};
        struct tl_str rest;

        while (line.n && isblank((unsigned char)line.p[0])) {
            line.p++;
            line.n--;
        }
        const char *comment = line.n ? memchr(line.p, '#', line.n) : NULL;
        if (comment)
            line.n = (size_t)(comment - line.p);
        if (begins_with_words(line, key, &rest) && contains(rest, "false"))
            return true;
        at = end + 1;
    }
    return false;
}

/* diesel's metadata.toml stands beside up.sql. */
static bool diesel_without_transaction(const char *path)
{
    struct arena a;
    struct err err;
    struct file f;
    bool off = false;

    arena_init(&a, 1024);
    const char *name = base_name(path);
    struct tl_str meta =
        arena_printf(&a, "%.*smetadata.toml", (int)(name - path), path);
    if (file_read(&f, meta.p, 1 << 16, &err)) {
        off = turns_transaction_off(f.text);
        file_release(&f);
    }
    arena_release(&a);
    return off;
}

static void tool_by_path(const char *path, struct layout *out)
{
    const char *name = base_name(path);

    if (out->tool)
        return;
    if (is_diesel(path))
        out->tool = "diesel";
    else if (strcmp(name, "migration.sql") == 0)
        out->tool = "prisma";
}

/* Where its first statements stand. */
#define DUMP_HEAD ((size_t)4096)

/* A marker that turns the transaction off does so for its whole direction,
   wherever in the file it stands. */
static void spread_no_transaction(struct layout *out)
{
    bool off[2] = {false, false};

    for (size_t i = 0; i < out->sections.n; i++)
        if (out->sections.v[i].wrapped == TL_NO)
            off[out->sections.v[i].down] = true;
    for (size_t i = 0; i < out->sections.n; i++)
        if (off[out->sections.v[i].down])
            out->sections.v[i].wrapped = TL_NO;
}

/* What pg_dump writes first, also where tools strip its comments. */
static bool is_dump(struct tl_str text)
{
    struct tl_str head = {text.p, text.n < DUMP_HEAD ? text.n : DUMP_HEAD};

    return contains(head, "PostgreSQL database dump") ||
           (contains(head, "SET statement_timeout = 0;") &&
            contains(head, "pg_catalog.set_config('search_path', ''"));
}

void layout_read(const char *path, struct tl_str text, struct layout *out)
{
    bool no_transaction = false;

    vec_clear(&out->sections);
    out->tool = out->reason = out->marker = NULL;
    out->dialect = layout_foreign_dialect(path);
    out->dump = is_dump(text);
    read_markers(text, out, &no_transaction);
    if (out->sections.n == 0) {
        struct layout_section whole = {.end = text.n,
                                       .down = layout_is_down_path(path),
                                       .wrapped = TL_UNKNOWN};
        vec_push(&out->sections, whole);
    }
    spread_no_transaction(out);
    tool_by_path(path, out);
    if (out->tool && strcmp(out->tool, "diesel") == 0)
        no_transaction |= diesel_without_transaction(path);
    const struct tool *tool = find_tool(out->tool);
    out->reason = tool ? tool->reason : NULL;
    out->marker = tool ? tool->marker : NULL;
    for (size_t i = 0; i < out->sections.n; i++) {
        struct layout_section *s = &out->sections.v[i];

        if (no_transaction)
            s->wrapped = TL_NO;
        else if (s->wrapped == TL_UNKNOWN && tool) {
            s->wrapped = tool->wrapped;
            s->batch = tool->batch;
        }
    }
}

void layout_release(struct layout *l)
{
    vec_release(&l->sections);
}

static size_t digits(const char *s, size_t n)
{
    size_t i = 0;

    while (i < n && isdigit((unsigned char)s[i]))
        i++;
    return i;
}

/* 2017-08-31-230457: one number to diesel, whose dashes are for people. */
static size_t stamp_length(const char *s, size_t n)
{
    if (digits(s, n) != 4 || n < 11 || s[4] != '-' ||
        digits(s + 5, n - 5) != 2 || s[7] != '-' || digits(s + 8, n - 8) != 2)
        return 0;
    size_t end = 10;
    while (end + 1 < n && s[end] == '-' && digits(s + end + 1, n - end - 1))
        end += 1 + digits(s + end + 1, n - end - 1);
    return end > 10 ? end : 0;
}

struct number {
    const char *at;
    size_t length; /* bytes in the name */
    size_t digits; /* without leading zeros */
};

static struct number read_number(const char *s, size_t n)
{
    struct number x = {.at = s};
    size_t stamp = stamp_length(s, n);

    x.length = stamp ? stamp : digits(s, n);
    while (x.at < s + x.length && *x.at == '0')
        x.at++;
    for (const char *p = x.at; p < s + x.length; p++)
        x.digits += *p != '-';
    return x;
}

static int compare_numbers(struct number a, struct number b)
{
    const char *p = a.at;
    const char *q = b.at;

    if (a.digits != b.digits)
        return a.digits < b.digits ? -1 : 1;
    for (size_t i = 0; i < a.digits; i++, p++, q++) {
        p += *p == '-';
        q += *q == '-';
        if (*p != *q)
            return *p < *q ? -1 : 1;
    }
    return 0;
}

/* Numbers compare by value, everything else byte by byte. */
static int compare_natural(const char *a, size_t an, const char *b, size_t bn)
{
    size_t i = 0;
    size_t j = 0;

    while (i < an && j < bn) {
        unsigned char ca = (unsigned char)a[i];
        unsigned char cb = (unsigned char)b[j];

        if (isdigit(ca) && isdigit(cb)) {
            struct number x = read_number(a + i, an - i);
            struct number y = read_number(b + j, bn - j);
            int c = compare_numbers(x, y);

            if (c)
                return c;
            i += x.length;
            j += y.length;
            continue;
        }
        if (ca != cb)
            return ca < cb ? -1 : 1;
        i++;
        j++;
    }
    return an - i == bn - j ? 0 : (an - i < bn - j ? -1 : 1);
}

/* The part of a file name before its direction and extension. */
static size_t stem_length(const char *name)
{
    static const char *const endings[] = {
        ".up.sql", ".down.sql", ".undo.sql", ".rollback.sql",
        "_up.sql", "_down.sql", ".sql",
    };
    size_t n = strlen(name);

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (ends_with(name, endings[i]))
            return n - strlen(endings[i]);
    return n;
}

bool layout_is_down_path(const char *path)
{
    const char *name = base_name(path);

    if (strcasecmp(name, "down.sql") == 0 || ends_with(name, ".down.sql") ||
        ends_with(name, "_down.sql") || ends_with(name, ".undo.sql") ||
        ends_with(name, ".rollback.sql"))
        return true;
    /* Flyway: U12__name.sql; sqitch: revert/name.sql */
    if (name[0] == 'U' && isdigit((unsigned char)name[1]) && strstr(name, "__"))
        return true;
    return strstr(path, "/revert/") != NULL || strncmp(path, "revert/", 7) == 0;
}

static size_t dir_length(const char *path)
{
    return (size_t)(base_name(path) - path);
}

/* up.sql and down.sql share their folder's place, so the stem is empty. */
static size_t comparable_stem(const char *name)
{
    if (strcasecmp(name, "up.sql") == 0 || strcasecmp(name, "down.sql") == 0)
        return 0;
    return stem_length(name);
}

enum flyway { FLYWAY_VERSIONED, FLYWAY_NO, FLYWAY_REPEATABLE };

/* V1.2__name, U1_2__name, R__name; gives the version. */
static enum flyway read_flyway(const char *name, struct tl_str *version)
{
    const char *end = strstr(name, "__");

    if (!end || !strchr("VUR", name[0]))
        return FLYWAY_NO;
    if (name[0] == 'R')
        return end == name + 1 ? FLYWAY_REPEATABLE : FLYWAY_NO;
    *version = (struct tl_str){name + 1, (size_t)(end - name) - 1};
    return isdigit((unsigned char)name[1]) ? FLYWAY_VERSIONED : FLYWAY_NO;
}

static size_t version_part(struct tl_str v, size_t at)
{
    while (at < v.n && v.p[at] != '.' && v.p[at] != '_')
        at++;
    return at;
}

/* 1 < 1.1 = 1_1 < 1.2 < 1.10 */
static int compare_versions(struct tl_str a, struct tl_str b)
{
    size_t i = 0;
    size_t j = 0;

    while (i < a.n && j < b.n) {
        size_t ie = version_part(a, i);
        size_t je = version_part(b, j);
        int c = compare_natural(a.p + i, ie - i, b.p + j, je - j);

        if (c)
            return c;
        i = ie + 1;
        j = je + 1;
    }
    return (i < a.n) - (j < b.n);
}

/* Versioned files first, repeatable ones last, callbacks between them. */
static int compare_flyway(const char *a, const char *b)
{
    struct tl_str av = TL_NONE;
    struct tl_str bv = TL_NONE;
    enum flyway af = read_flyway(a, &av);
    enum flyway bf = read_flyway(b, &bv);

    if (af != bf)
        return af < bf ? -1 : 1;
    if (af != FLYWAY_VERSIONED)
        return 0;
    int c = compare_versions(av, bv);
    return c ? c : (a[0] == 'U') - (b[0] == 'U');
}

int layout_compare_paths(const char *a, const char *b)
{
    size_t ad = dir_length(a);
    size_t bd = dir_length(b);
    int c = compare_natural(a, ad, b, bd);

    if (c)
        return c;
    const char *an = a + ad;
    const char *bn = b + bd;
    c = compare_flyway(an, bn);
    if (c)
        return c;
    c = compare_natural(an, comparable_stem(an), bn, comparable_stem(bn));
    if (c)
        return c;
    bool adown = layout_is_down_path(a);
    bool bdown = layout_is_down_path(b);
    if (adown != bdown)
        return adown ? 1 : -1;
    return strcmp(a, b);
}

const char *layout_foreign_dialect(const char *path)
{
    static const char *const names[] = {
        "mysql",     "sqlite",      "sqlite3",    "mariadb",
        "mssql",     "oracle",      "h2",         "sqlserver",
        "cockroach", "cockroachdb", "clickhouse",
    };

    /* A word of the name or of a folder, set off by separators. */
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        size_t n = strlen(names[i]);

        for (const char *p = path; (p = strcasestr(p, names[i])); p += n) {
            bool begins = p == path || strchr("/._-", p[-1]);
            bool ends = p[n] == '/' || p[n] == '.' || p[n] == '\0';

            if (begins && ends)
                return names[i];
        }
    }
    return NULL;
}

bool layout_is_sql_path(const char *path)
{
    return ends_with(path, ".sql") || ends_with(path, ".sql.postgres") ||
           ends_with(path, ".psql") || ends_with(path, ".pgsql") ||
           ends_with(path, ".ddl");
}

bool layout_is_migration_path(const char *path)
{
    static const char *const words[] = {"migrat", "schema", "deploy/",
                                        "revert/", "structure.sql"};
    const char *name = base_name(path);

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcasestr(path, words[i]))
            return true;
    return isdigit((unsigned char)name[0]) ||
           (strchr("VUR", name[0]) && strstr(name, "__"));
}
