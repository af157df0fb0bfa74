/*
 * kind.c - what kind of input a file is, by its name and what it begins with.
 *
 * May run on any thread; touches nothing but the input.
 */
#include "base/unpack.h"
#include "input/record.h"
#include "input/sqlx.h"
#include "lint/linter.h"
#include "plan/read.h"
#include "sql/lex.h"
#include "sql/named.h"

#include <limits.h>
#include <stdio.h>
#include <strings.h>

#define SNIFF_BYTES ((size_t)64 << 10)

static bool has_extension(const char *path, const char *extension)
{
    size_t n = file_unpacked_path(path);
    size_t m = strlen(extension);

    return n > m && strncasecmp(path + n - m, extension, m) == 0;
}

bool kind_is_capture_path(const char *path)
{
    static const char *const extensions[] = {".csv", ".json", ".jsonl", ".log"};

    for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++)
        if (has_extension(path, extensions[i]))
            return true;
    return false;
}

/* WITH ... DELETE: does a word of the statement's rest write? */
static bool writes(struct lex *l, size_t end)
{
    static const char *const words[] = {"insert", "update", "delete", "merge"};

    for (struct lex_token t = lex_next_code(l);
         t.kind != LEX_END && t.start < end; t = lex_next_code(l))
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
            if (lex_is_word(l, t, words[i]))
                return true;
    return false;
}

typedef bool begins_fn(struct lex *, struct lex_token first, size_t end);

/* SELECT and its like, which change nothing. */
static bool asks(struct lex *l, struct lex_token t, size_t end)
{
    return lex_is_word(l, t, "select") || lex_is_word(l, t, "values") ||
           lex_is_word(l, t, "table") || lex_is_word(l, t, "explain") ||
           (lex_is_word(l, t, "with") && !writes(l, end));
}

static bool asks_or_writes(struct lex *l, struct lex_token t, size_t end)
{
    return lex_is_word(l, t, "insert") || lex_is_word(l, t, "update") ||
           lex_is_word(l, t, "delete") || lex_is_word(l, t, "merge") ||
           lex_is_word(l, t, "with") || asks(l, t, end);
}

/* By the statements' first words: a file of nothing but SELECTs asks, it does
   not migrate. */
static bool every_statement(struct tl_str text, begins_fn *begins)
{
    struct split_list list = {.statements = VEC_INIT};
    struct arena a;
    struct tl_str masked;
    bool all = true;
    struct lex head = lex_at(text, 0);
    struct lex_token first = lex_next_code(&head);

    /* Mostly the first word tells, without cutting. */
    if (first.kind == LEX_WORD && !begins(&head, first, first.end))
        return false;
    arena_init(&a, 0);
    split_text(text, &a, &list, &masked);
    for (size_t i = 0; all && i < list.statements.n; i++) {
        const struct split_statement *s = &list.statements.v[i];
        struct lex l = lex_at(masked, s->start);
        struct lex_token t = lex_next_code(&l);

        while (lex_is_punct(&l, t, '('))
            t = lex_next_code(&l);
        all = begins(&l, t, s->end);
    }
    all = all && list.statements.n > 0;
    split_release(&list);
    arena_release(&a);
    return all;
}

static bool is_query_path(const char *path)
{
    return strcasestr(path, "/queries/") || strcasestr(path, "/query/") ||
           strncasecmp(path, "queries/", 8) == 0;
}

/* Where its folder, its name or its markers say who applies it. */
static bool is_applied(const char *path, struct tl_str text)
{
    struct layout layout = {.sections = VEC_INIT};

    if (strcasestr(path, "migrations/") || strcasestr(path, "migration/") ||
        strcasestr(path, "migrate/"))
        return true;
    layout_read(path, text, NULL, &layout);
    bool applied = layout.tool != NULL;
    layout_release(&layout);
    return applied;
}

/* Comments that name queries. aiosql's is one that anybody may write, so all
   else must look like queries, too. */
static bool has_named_queries(const char *path, struct tl_str text)
{
    enum named_style style = named_style(text);

    if (style == NAMED_NONE || is_applied(path, text))
        return false;
    return style != NAMED_AIOSQL ||
           (text.n <= SNIFF_BYTES && !layout_is_migration_path(path) &&
            every_statement(text, asks_or_writes));
}

static bool is_file(struct tl_str stem, const char *dialect, const char *ending)
{
    char path[PATH_MAX];
    int n =
        snprintf(path, sizeof(path), "%.*s%s%s", TL_FMT(stem), dialect, ending);

    return n > 0 && (size_t)n < sizeof(path) && file_is_regular(path);
}

/* 1_a.up.sql beside 1_a.postgres.up.sql: the way of all the other databases.
   Each may be outside of a transaction. */
static bool has_one_for_postgres(const char *path)
{
    static const char *const endings[] = {".autocommit.up.sql", ".up.sql",
                                          ".autocommit.down.sql", ".down.sql"};
    size_t n = strlen(path);

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t m = strlen(endings[i]);

        if (n <= m || strcasecmp(path + n - m, endings[i]) != 0)
            continue;
        struct tl_str stem = {path, n - m};
        size_t first = i & ~(size_t)1;
        for (size_t k = first; k < first + 2; k++)
            if (is_file(stem, ".postgres", endings[k]) ||
                is_file(stem, ".postgresql", endings[k]))
                return true;
        return false;
    }
    return false;
}

static enum input_kind sql_kind(const char *path, struct tl_str text)
{
    if (layout_foreign_dialect(path) || has_one_for_postgres(path))
        return INPUT_OTHER_DIALECT;
    if (is_query_path(path) || has_named_queries(path, text))
        return INPUT_QUERY;
    /* One that only reads is one all the same: a backfill, a check. */
    if (strcasestr(path, "migrat"))
        return INPUT_MIGRATION;
    /* Cutting a file twice is cheap beside parsing it, but a large one is a
       dump anyway. */
    if (text.n <= SNIFF_BYTES && every_statement(text, asks))
        return INPUT_QUERY;
    return INPUT_MIGRATION;
}

enum input_kind kind_of_input(struct input *in)
{
    struct tl_str text = in->source.text;
    struct tl_str head = {text.p, text.n < SNIFF_BYTES ? text.n : SNIFF_BYTES};

    switch (in->as) {
    case TL_AS_MIGRATION:
        return INPUT_MIGRATION;
    case TL_AS_QUERY:
        return sqlx_sniff(in->path, head) ? INPUT_QUERY_DATA : INPUT_QUERY;
    case TL_AS_PLAN:
        return INPUT_PLAN;
    case TL_AS_LOG:
    case TL_AS_STATS:
    case TL_AS_TRACE:
        in->format = input_sniff(head);
        return in->format ? INPUT_LOG : INPUT_UNKNOWN;
    case TL_AS_AUTO:
        break;
    }
    if (layout_is_sql_path(in->path))
        return sql_kind(in->path, text);
    if (sqlx_sniff(in->path, head))
        return INPUT_QUERY_DATA;
    if (baseline_sniff(head))
        return INPUT_BASELINE;
    if (plan_sniff(head))
        return INPUT_PLAN;
    in->format = input_sniff(head);
    if (in->format)
        return INPUT_LOG;
    if (kind_is_capture_path(in->path))
        return INPUT_UNKNOWN;
    return sql_kind(in->path, text);
}
