/*
 * layout.c - the table of migration tools, and the reading of their markers.
 *
 * A marker is a line comment whose first words are the tool's own. Sections
 * are cut at marker lines before anything is split or parsed, because the
 * last statement of an up part may lack its semicolon.
 */
#include "input/layout.h"

#include "base/file.h"
#include "base/find.h"
#include "input/layout_path.h"

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
        MARK_STATEMENT,
        MARK_TOOL,     /* names the tool, nothing else */
        MARK_CHANGESET /* MARK_UP where the tool is known already */
    } kind;
    const char *no_transaction_option; /* on the same line, or NULL */
    const char *up; /* the marker that statements stand behind, as the tool
                       writes it; NULL: it runs what is in front, too */
};

static const struct marker markers[] = {
    {"+goose up", "goose", MARK_UP, NULL, "-- +goose Up"},
    {"+goose down", "goose", MARK_DOWN, NULL, "-- +goose Up"},
    {"+goose no transaction", "goose", MARK_NO_TRANSACTION, NULL, NULL},
    {"+goose statementbegin", "goose", MARK_STATEMENT, NULL, NULL},
    {"+goose statementend", "goose", MARK_STATEMENT, NULL, NULL},
    {"migrate:up", "dbmate", MARK_UP, "transaction:false", "-- migrate:up"},
    {"migrate:down", "dbmate", MARK_DOWN, "transaction:false", "-- migrate:up"},
    {"+migrate up", "sql-migrate", MARK_UP, "notransaction", "-- +migrate Up"},
    {"+migrate down", "sql-migrate", MARK_DOWN, "notransaction",
     "-- +migrate Up"},
    {"+migrate statementbegin", "sql-migrate", MARK_STATEMENT, NULL, NULL},
    {"+migrate statementend", "sql-migrate", MARK_STATEMENT, NULL, NULL},
    {"up migration", "node-pg-migrate", MARK_UP, NULL, NULL},
    {"down migration", "node-pg-migrate", MARK_DOWN, NULL, NULL},
    {"liquibase formatted sql", "liquibase", MARK_TOOL, NULL, NULL},
    {"changeset", "liquibase", MARK_CHANGESET, "runInTransaction:false",
     "--changeset author:id"},
    {"no-transaction", "sqlx", MARK_HEAD, NULL, NULL},
    {"atlas:txmode none", "atlas", MARK_HEAD, NULL, NULL},
    {"postgres-migrations disable-transaction", "postgres-migrations",
     MARK_NO_TRANSACTION, NULL, NULL},
};

struct tool {
    const char *name;
    enum tl_know wrapped; /* TL_NO: it never opens one itself */
    bool batch;           /* also where the transaction is turned off */
    const char *reason;
    const char *marker;
    const char *down_marker; /* where each way has its own */
};

static const struct tool tools[] = {
    {"goose", TL_YES, false, "goose runs each migration in a transaction",
     "put '-- +goose NO TRANSACTION' at the top of the file", NULL},
    {"dbmate", TL_YES, true, "dbmate runs each migration in a transaction",
     "write '-- migrate:up transaction:false'",
     "write '-- migrate:down transaction:false'"},
    {"sql-migrate", TL_YES, false,
     "sql-migrate runs each migration in a transaction",
     "write '-- +migrate Up notransaction'",
     "write '-- +migrate Down notransaction'"},
    {"diesel", TL_YES, true, "diesel runs each migration in a transaction",
     "set 'run_in_transaction = false' in the migration's metadata.toml", NULL},
    {"flyway", TL_YES, false, "Flyway runs each migration in a transaction",
     "write 'executeInTransaction=false' into a file of the same name with "
     "'.conf' behind it",
     NULL},
    {"liquibase", TL_YES, false,
     "Liquibase runs each changeset in a transaction",
     "write 'runInTransaction:false' behind its changeset", NULL},
    {"drizzle", TL_YES, false, "Drizzle runs migrations in a transaction", NULL,
     NULL},
    {"pop", TL_YES, true, "pop runs each migration in a transaction",
     "put '.autocommit' before '.up.sql' in the file's name",
     "put '.autocommit' before '.down.sql' in the file's name"},
    {"sqlx", TL_UNKNOWN, true, NULL, NULL, NULL},
    {"postgres-migrations", TL_UNKNOWN, true, NULL, NULL, NULL},
    {"prisma", TL_NO, true, NULL, NULL, NULL},
    {"golang-migrate", TL_UNKNOWN, true, NULL, NULL, NULL},
    {"supabase", TL_UNKNOWN, true, NULL, NULL, NULL},
};

static const struct tool *find_tool(const char *name)
{
    for (size_t i = 0; name && i < sizeof(tools) / sizeof(tools[0]); i++)
        if (strcmp(tools[i].name, name) == 0)
            return &tools[i];
    return NULL;
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
    char first = (char)tolower((unsigned char)words.p[0]);

    for (size_t i = 0; i < sizeof(markers) / sizeof(markers[0]); i++)
        if (first == markers[i].words[0] &&
            begins_with_words(words, markers[i].words, rest))
            return &markers[i];
    return NULL;
}

struct reading {
    struct layout *out;
    size_t begin; /* behind the byte order mark */
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

/* What stands in front of the first marker. */
static void end_head(struct reading *r, const struct marker *m, size_t line)
{
    r->out->head_end = line;
    r->out->up_marker = m->up;
    if (m->up || r->in_head)
        return;
    open_section(r, r->begin, false, false);
    close_section(r, line);
}

static void begin_section(struct reading *r, const struct marker *m,
                          bool without_transaction, size_t line, size_t next)
{
    if (!r->out->tool)
        r->out->tool = m->tool;
    if (!r->in_section && r->out->sections.n == 0)
        end_head(r, m, line);
    close_section(r, line);
    open_section(r, next, m->kind == MARK_DOWN, without_transaction);
}

/* A marker between the statements of one section cuts it in two, so that
   statements on both sides stay apart and the marker's line is never read. */
static void take_marker(struct reading *r, const struct marker *m,
                        struct tl_str rest, size_t line, size_t next)
{
    bool off =
        m->no_transaction_option && contains(rest, m->no_transaction_option);

    switch (m->kind) {
    case MARK_TOOL:
        if (!r->out->tool)
            r->out->tool = m->tool;
        break;
    case MARK_CHANGESET:
        if (r->out->tool && strcmp(r->out->tool, m->tool) == 0)
            begin_section(r, m, off, line, next);
        break;
    case MARK_UP:
    case MARK_DOWN:
        begin_section(r, m, off, line, next);
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

/* Most files have none, and passing from "--" to "--" tells. */
static bool may_have_marker(struct tl_str text)
{
    const char *end = text.p + text.n;
    struct tl_str rest;

    for (const char *p = text.p; p < end; p++) {
        p = memchr(p, '-', (size_t)(end - p));
        if (!p)
            return false;
        struct tl_str words =
            comment_words((struct tl_str){p, (size_t)(end - p)});
        if (words.n && find_marker(words, &rest))
            return true;
    }
    return false;
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
    bool bom = text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0;
    size_t at = bom ? 3 : 0;
    struct reading r = {.out = out, .begin = at, .in_head = true};

    if (!may_have_marker(text))
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
    const char *name = path_base(path);

    return (strcasecmp(name, "up.sql") == 0 ||
            strcasecmp(name, "down.sql") == 0) &&
           name != path;
}

/* Does a line say "KEY = false"? */
static bool turns_transaction_off(struct tl_str toml, const char *key)
{
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

static bool file_says(const char *path, const char *key)
{
    struct err err;
    struct file f;
    bool off = false;

    if (file_read(&f, path, 1 << 16, &err)) {
        off = turns_transaction_off(f.text, key);
        file_release(&f);
    }
    return off;
}

const char *layout_beside(const char *path, struct arena *a)
{
    const char *name = path_base(path);
    struct tl_str version;

    if (is_diesel(path))
        return arena_printf(a, "%.*smetadata.toml", (int)(name - path), path).p;
    if (path_flyway(name, &version) != FLYWAY_NO)
        return arena_printf(a, "%s.conf", path).p;
    return NULL;
}

static bool says_beside(const char *path, const char *key)
{
    struct arena a;

    arena_init(&a, 1024);
    const char *beside = layout_beside(path, &a);
    bool says = beside && file_says(beside, key);
    arena_release(&a);
    return says;
}

/* Files come folder by folder: the folder that the file lies in. */
static struct layout_folder *folder_of(const char *path,
                                       struct layout_folder *folder)
{
    size_t n = (size_t)(path_base(path) - path);

    if (!folder->path || folder->n != n || memcmp(folder->path, path, n) != 0)
        *folder = (struct layout_folder){
            .path = path, .n = n, .pop = TL_UNKNOWN, .diesels = TL_UNKNOWN};
    return folder;
}

static bool diesel_says_off(const char *path, struct layout_folder *folder)
{
    struct layout_folder none = {0};
    struct layout_folder *f = folder_of(path, folder ? folder : &none);

    if (f->diesels == TL_UNKNOWN)
        f->diesels = says_beside(path, "run_in_transaction") ? TL_YES : TL_NO;
    return f->diesels == TL_YES;
}

/* What files beside it say. */
static bool turned_off_beside(const char *path, const char *tool,
                              struct layout_folder *folder)
{
    if (strcmp(tool, "diesel") == 0)
        return diesel_says_off(path, folder);
    return strcmp(tool, "flyway") == 0 &&
           says_beside(path, "executeintransaction");
}

static bool want_pop(const char *name, void *arg)
{
    (void)arg;
    return path_is_pop(name);
}

static bool is_pop_folder(const char *path, struct layout_folder *folder)
{
    struct arena a;

    if (!folder)
        return path_is_pop(path_base(path));
    struct layout_folder *f = folder_of(path, folder);
    if (f->pop == TL_UNKNOWN) {
        arena_init(&a, 1024);
        const char *dir =
            f->n ? arena_printf(&a, "%.*s", (int)f->n, path).p : ".";
        f->pop = file_has_entry(dir, want_pop, NULL) ? TL_YES : TL_NO;
        arena_release(&a);
    }
    return f->pop == TL_YES;
}

static bool is_step(const char *name)
{
    return path_ends(name, ".up.sql") || path_ends(name, ".down.sql");
}

bool layout_is_pop(const char *path, struct layout_folder *folder)
{
    return is_step(path_base(path)) && is_pop_folder(path, folder);
}

static void tool_by_path(const char *path, struct layout_folder *folder,
                         struct layout *out)
{
    const char *name = path_base(path);
    struct tl_str version = TL_NONE;

    if (out->tool)
        return;
    if (is_diesel(path))
        out->tool = "diesel";
    else if (strcmp(name, "migration.sql") == 0)
        out->tool = "prisma";
    else if (path_flyway(name, &version) != FLYWAY_NO)
        out->tool = "flyway";
    else if (strstr(path, "supabase/migrations/"))
        out->tool = "supabase";
    else if (is_step(name))
        out->tool = is_pop_folder(path, folder) ? "pop" : "golang-migrate";
}

/* Flyway sees for itself what refuses a transaction, and opens none for a file
   that holds nothing else. */
static enum tl_know flyway_wraps(struct tl_str text)
{
    static const char *const refusing[] = {
        "CONCURRENTLY",        "VACUUM",     "CREATE DATABASE", "DROP DATABASE",
        "ALTER SYSTEM",        "TABLESPACE", "REINDEX",         "DISCARD ALL",
        "CREATE SUBSCRIPTION", "ADD VALUE",
    };

    for (size_t i = 0; i < sizeof(refusing) / sizeof(refusing[0]); i++) {
        size_t n = strlen(refusing[i]);

        for (size_t at = 0; at + n <= text.n; at++)
            if (strncasecmp(text.p + at, refusing[i], n) == 0)
                return TL_UNKNOWN;
    }
    return TL_YES;
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

    return find_by(head, TL_STR("PostgreSQL database dump"), 8) ||
           (find_by(head, TL_STR("SET statement_timeout = 0;"), 22) &&
            contains(head, "pg_catalog.set_config('search_path', ''"));
}

static void settle_section(struct layout_section *s, const struct tool *tool,
                           struct tl_str text)
{
    bool flyway = strcmp(tool->name, "flyway") == 0;

    s->batch = tool->batch;
    s->bare = tool->wrapped == TL_NO;
    if (s->wrapped == TL_UNKNOWN && !s->bare)
        s->wrapped = flyway ? flyway_wraps(text) : tool->wrapped;
}

/* sql-migrate collects the statements behind every "+migrate Up", goose what
   StatementBegin cut in pieces; both run them in one transaction. */
static void join_sections(struct layout *out)
{
    for (size_t i = 1; i < out->sections.n; i++) {
        struct layout_section *s = &out->sections.v[i];

        s->goes_on =
            s->wrapped == TL_YES && s->down == out->sections.v[i - 1].down;
    }
}

/* A file that no dialect is named in goes to every database that pop migrates,
   and what may not run in a transaction is PostgreSQL's alone. */
static void settle_pop_markers(const char *name, struct layout *out)
{
    if (path_has_dialect(name))
        return;
    out->marker = "put '.postgres.autocommit' before '.up.sql' in the file's "
                  "name; other databases that pop migrates need a file of "
                  "their own";
    out->down_marker =
        "put '.postgres.autocommit' before '.down.sql' in the file's name; "
        "other databases that pop migrates need a file of their own";
}

void layout_read(const char *path, struct tl_str text,
                 struct layout_folder *folder, struct layout *out)
{
    bool no_transaction = false;

    vec_clear(&out->sections);
    out->tool = out->reason = out->marker = out->down_marker = NULL;
    out->up_marker = NULL;
    out->head_end = 0;
    out->dialect = layout_foreign_dialect(path);
    out->dump = is_dump(text);
    read_markers(text, out, &no_transaction);
    if (out->sections.n == 0) {
        struct layout_section whole = {.end = text.n,
                                       .down = layout_is_down_path(path),
                                       .wrapped = TL_UNKNOWN};
        vec_push(&out->sections, whole);
    }
    if (!out->tool && find_by(text, TL_STR("--> statement-breakpoint"), 2))
        out->tool = "drizzle";
    if (!out->tool || strcmp(out->tool, "liquibase") != 0)
        spread_no_transaction(out);
    tool_by_path(path, folder, out);
    if (out->tool)
        no_transaction |= turned_off_beside(path, out->tool, folder);
    no_transaction |= strstr(path_base(path), ".autocommit.") != NULL;
    const struct tool *tool = find_tool(out->tool);
    out->reason = tool ? tool->reason : NULL;
    out->marker = tool ? tool->marker : NULL;
    out->down_marker = tool ? tool->down_marker : NULL;
    if (tool && strcmp(tool->name, "pop") == 0)
        settle_pop_markers(path_base(path), out);
    for (size_t i = 0; i < out->sections.n; i++) {
        struct layout_section *s = &out->sections.v[i];

        if (no_transaction)
            s->wrapped = TL_NO;
        if (tool)
            settle_section(s, tool, text);
    }
    if (tool && (strcmp(tool->name, "sql-migrate") == 0 ||
                 strcmp(tool->name, "goose") == 0))
        join_sections(out);
}

void layout_release(struct layout *l)
{
    vec_release(&l->sections);
}
