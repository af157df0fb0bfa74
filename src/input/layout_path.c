/*
 * layout_path.c - the order in which tools apply files, and what else names
 * tell.
 */
#include "input/layout_path.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Mostly the first byte tells. */
static bool is_word(const char *s, const char *word)
{
    return tolower((unsigned char)*s) == tolower((unsigned char)*word) &&
           strcasecmp(s, word) == 0;
}

bool path_ends(const char *s, const char *end)
{
    size_t n = strlen(s);
    size_t m = strlen(end);

    return n >= m && is_word(s + n - m, end);
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
    bool stamp;    /* of date and time, which may tell more or less of them */
};

static struct number read_number(const char *s, size_t n)
{
    struct number x = {.at = s};
    size_t stamp = stamp_length(s, n);

    x.stamp = stamp > 0;
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
    size_t n = a.digits < b.digits ? a.digits : b.digits;
    int by_length = (a.digits > b.digits) - (a.digits < b.digits);

    if (by_length && !a.stamp && !b.stamp)
        return by_length;
    for (size_t i = 0; i < n; i++, p++, q++) {
        p += *p == '-';
        q += *q == '-';
        if (*p != *q)
            return *p < *q ? -1 : 1;
    }
    return by_length;
}

/* Numbers compare by value, everything else byte by byte. */
static int compare_natural(const char *a, size_t an, const char *b, size_t bn)
{
    size_t i = 0;

    /* Neighbours begin alike; where they differ may be inside of a number or a
       stamp. */
    while (i < an && i < bn && a[i] == b[i])
        i++;
    while (i > 0 && (isdigit((unsigned char)a[i - 1]) || a[i - 1] == '-'))
        i--;
    size_t j = i;

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
        if (path_ends(name, endings[i]))
            return n - strlen(endings[i]);
    return n;
}

bool path_has_dialect(const char *name)
{
    return memchr(name, '.', stem_length(name)) != NULL;
}

bool path_is_pop(const char *name)
{
    static const char *const marks[] = {
        ".autocommit", ".mysql",  ".mariadb",
        ".sqlite3",    ".sqlite", ".cockroach",
    };
    size_t n = stem_length(name);

    if (!isdigit((unsigned char)name[0]) ||
        (strcasecmp(name + n, ".up.sql") != 0 &&
         strcasecmp(name + n, ".down.sql") != 0))
        return false;
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        size_t m = strlen(marks[i]);

        if (n > m && strncasecmp(name + n - m, marks[i], m) == 0)
            return true;
    }
    return false;
}

bool layout_is_down_path(const char *path)
{
    const char *name = path_base(path);

    if (is_word(name, "down.sql") || path_ends(name, ".down.sql") ||
        path_ends(name, "_down.sql") || path_ends(name, ".undo.sql") ||
        path_ends(name, ".rollback.sql"))
        return true;
    /* Flyway: U12__name.sql; sqitch: revert/name.sql */
    if (name[0] == 'U' && isdigit((unsigned char)name[1]) && strstr(name, "__"))
        return true;
    return strstr(path, "/revert/") != NULL || strncmp(path, "revert/", 7) == 0;
}

static size_t dir_length(const char *path)
{
    return (size_t)(path_base(path) - path);
}

/* up.sql and down.sql share their folder's place, so the stem is empty. */
static size_t comparable_stem(const char *name)
{
    if (is_word(name, "up.sql") || is_word(name, "down.sql"))
        return 0;
    return stem_length(name);
}

enum flyway path_flyway(const char *name, struct tl_str *version)
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
    enum flyway af = path_flyway(a, &av);
    enum flyway bf = path_flyway(b, &bv);

    if (af != bf)
        return af < bf ? -1 : 1;
    if (af != FLYWAY_VERSIONED)
        return 0;
    int c = compare_versions(av, bv);
    return c ? c : (a[0] == 'U') - (b[0] == 'U');
}

/* 0012_name.up.sql: the number is the version, the name a remark. */
static bool is_numbered_step(const char *name)
{
    return isdigit((unsigned char)name[0]) &&
           (path_ends(name, ".up.sql") || path_ends(name, ".down.sql"));
}

static size_t number_length(const char *name)
{
    return strspn(name, "0123456789");
}

static int compare_steps(const char *an, const char *bn)
{
    int c = compare_natural(an, number_length(an), bn, number_length(bn));

    return c ? c : layout_is_down_path(an) - layout_is_down_path(bn);
}

int layout_compare_paths(const char *a, const char *b)
{
    size_t ad = dir_length(a);
    size_t bd = dir_length(b);
    bool same = ad == bd && memcmp(a, b, ad) == 0;
    int c = same ? 0 : compare_natural(a, ad, b, bd);

    if (c)
        return c;
    const char *an = a + ad;
    const char *bn = b + bd;
    c = compare_flyway(an, bn);
    if (c)
        return c;
    if (is_numbered_step(an) && is_numbered_step(bn))
        c = compare_steps(an, bn);
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

bool layout_is_same_migration(const char *a, const char *b)
{
    size_t dir = dir_length(a);

    if (strcmp(a, b) == 0)
        return true;
    if (dir_length(b) != dir || strncmp(a, b, dir) != 0)
        return false;
    const char *an = a + dir;
    const char *bn = b + dir;
    struct tl_str av = TL_NONE;
    struct tl_str bv = TL_NONE;
    if (path_flyway(an, &av) == FLYWAY_VERSIONED &&
        path_flyway(bn, &bv) == FLYWAY_VERSIONED)
        return compare_versions(av, bv) == 0;
    size_t n = comparable_stem(an);
    return comparable_stem(bn) == n && strncmp(an, bn, n) == 0 &&
           layout_is_down_path(a) != layout_is_down_path(b);
}

#define POP_STAMP 14 /* 20200830154602, */
#define POP_PART 6   /* 000001 */

bool layout_are_pop_parts(const char *a, const char *b)
{
    const size_t number = POP_STAMP + POP_PART;
    size_t dir = dir_length(a);

    if (dir_length(b) != dir || strncmp(a, b, dir + POP_STAMP) != 0)
        return false;
    const char *an = a + dir;
    const char *bn = b + dir;
    if (number_length(an) != number || number_length(bn) != number)
        return false;
    size_t n = strcspn(an + number, ".");
    return strcspn(bn + number, ".") == n &&
           strncmp(an + number, bn + number, n) == 0;
}

/* clickhouse_migrations/1.sql, but not drop_mysql_tables.sql */
static bool ends_dialect(const char *p)
{
    return *p == '/' || *p == '.' || *p == '\0' || strchr(p, '/');
}

/* Is the word, up to `end`, the dialect, or the folder of a driver for it:
   storesqlite/1.sql? No other word ends like these. */
static bool is_dialect(const char *word, const char *end, const char *dialect)
{
    size_t n = strlen(dialect);
    bool ends_words = strcmp(dialect, "mysql") == 0 ||
                      strcmp(dialect, "sqlite") == 0 ||
                      strcmp(dialect, "sqlite3") == 0;

    if ((size_t)(end - word) < n || strncasecmp(end - n, dialect, n) != 0)
        return false;
    if ((size_t)(end - word) == n)
        return ends_dialect(end);
    return ends_words && *end == '/';
}

const char *layout_foreign_dialect(const char *path)
{
    static const char *const names[] = {
        "mysql",     "sqlite",      "sqlite3",    "mariadb",
        "mssql",     "oracle",      "h2",         "sqlserver",
        "cockroach", "cockroachdb", "clickhouse",
    };

    /* A word of the name or of a folder, set off by separators. */
    for (const char *p = path; *p; p += p[0] != '\0') {
        size_t n = strcspn(p, "/._-");

        for (size_t i = 0; n && i < sizeof(names) / sizeof(names[0]); i++)
            if (is_dialect(p, p + n, names[i]))
                return names[i];
        p += n;
    }
    return NULL;
}

bool layout_is_sql_path(const char *path)
{
    return path_ends(path, ".sql") || path_ends(path, ".sql.postgres") ||
           path_ends(path, ".psql") || path_ends(path, ".pgsql") ||
           path_ends(path, ".ddl");
}

bool layout_is_migration_path(const char *path)
{
    static const char *const words[] = {"migrat", "schema", "deploy/",
                                        "revert/", "structure.sql"};
    const char *name = path_base(path);

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcasestr(path, words[i]))
            return true;
    return isdigit((unsigned char)name[0]) ||
           (strchr("VUR", name[0]) && strstr(name, "__"));
}
