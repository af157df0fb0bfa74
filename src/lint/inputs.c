/*
 * inputs.c - from paths to inputs: walking folders, telling kinds, ordering.
 *
 * A file that the user named must be something we know, or it is reported;
 * in a folder only what looks like ours is taken, the rest is none of our
 * business.
 */
#include "base/unpack.h"
#include "base/utf8.h"
#include "input/record.h"
#include "input/sqlx.h"
#include "lint/linter.h"
#include "plan/read.h"
#include "sql/lex.h"
#include "sql/named.h"

#include <tusklint/place.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define SNIFF_BYTES ((size_t)64 << 10)
#define DEFAULT_MAX_INPUT ((size_t)4 << 30)

static bool has_extension(const char *path, const char *extension)
{
    size_t n = file_unpacked_path(path);
    size_t m = strlen(extension);

    return n > m && strncasecmp(path + n - m, extension, m) == 0;
}

static bool is_capture_path(const char *path)
{
    static const char *const extensions[] = {".csv", ".json", ".jsonl", ".log"};

    for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++)
        if (has_extension(path, extensions[i]))
            return true;
    return false;
}

static bool want_file(const char *path, void *arg)
{
    (void)arg;
    if (sqlx_is_folder_path(path))
        return sqlx_is_path(path);
    return layout_is_sql_path(path) || is_capture_path(path);
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

/* 1_a.up.sql beside 1_a.postgres.up.sql: the way of all the other databases. */
static bool has_one_for_postgres(const char *path)
{
    static const char *const endings[] = {".up.sql", ".down.sql"};
    static const char *const dialects[] = {".postgres", ".postgresql"};
    size_t n = strlen(path);
    char other[PATH_MAX];

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t m = strlen(endings[i]);

        if (n <= m || strcasecmp(path + n - m, endings[i]) != 0)
            continue;
        for (size_t k = 0; k < sizeof(dialects) / sizeof(dialects[0]); k++) {
            int length = snprintf(other, sizeof(other), "%.*s%s%s",
                                  (int)(n - m), path, dialects[k], endings[i]);

            if (length > 0 && (size_t)length < sizeof(other) &&
                file_is_regular(other))
                return true;
        }
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

static enum input_kind kind_of(struct input *in)
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
    if (is_capture_path(in->path))
        return INPUT_UNKNOWN;
    return sql_kind(in->path, text);
}

/* Where the user says what its lines begin with, it is a log. */
static bool is_prefixed_log(const struct tl_linter *l, const struct input *in)
{
    return choice_options(l, in)->log_line_prefix &&
           (in->as == TL_AS_LOG ||
            (in->as == TL_AS_AUTO && is_capture_path(in->path)));
}

static void add_input(struct tl_linter *l, struct input *in)
{
    in->kind = kind_of(in);
    if (in->kind == INPUT_UNKNOWN && is_prefixed_log(l, in)) {
        in->format = input_prefixed(in->source.text);
        in->kind = INPUT_LOG;
    }
    l->bytes_read += in->source.text.n;
    if (in->kind == INPUT_UNKNOWN && !in->named) {
        input_release(in);
        return;
    }
    vec_push(&l->inputs, in);
}

static struct input *new_input(const char *path, enum tl_as as,
                               bool context_only)
{
    struct input *in = mem_calloc(1, sizeof(*in));

    in->path = path;
    in->as = as;
    in->context_only = context_only;
    return in;
}

static void open_file(struct tl_linter *l, const char *path, const char *root,
                      enum tl_as as, bool context_only)
{
    size_t max =
        l->options.max_input ? l->options.max_input : DEFAULT_MAX_INPUT;
    const struct choice *choice = NULL;
    struct err err;

    if (!context_only && !choice_of_path(l, path, path == root, &choice))
        return;
    struct input *in = new_input(path, as, context_only);
    in->choice = choice;
    if (!file_read(&in->file, path, max, &err)) {
        linter_fail(l, path, "%s", err.message);
        mem_free(in);
        return;
    }
    in->owns_file = true;
    in->packed = file_is_packed(in->file.text);
    if (in->packed && !file_unpack(&in->file, max, &err))
        in->damage = arena_strdup(&l->arena, err.message);
    in->root = root;
    in->named = path == root;
    /* The number is given when the order is known. */
    source_init(&in->source, 0, path, in->file.text);
    in->source.file = &in->file;
    add_input(l, in);
}

void inputs_add_text(struct tl_linter *l, const char *name, struct tl_str text,
                     enum tl_as as, bool context_only)
{
    const struct choice *choice = NULL;

    if (!context_only && !choice_of_path(l, name, true, &choice))
        return;
    struct input *in =
        new_input(arena_strdup(&l->arena, name), as, context_only);
    in->choice = choice;
    in->named = true;
    in->root = in->path;
    source_init(&in->source, 0, in->path, text);
    add_input(l, in);
}

void tl_add_history_text(struct tl_linter *l, const char *path,
                         const char *folder, struct tl_str text)
{
    if (layout_is_down_path(path))
        return;
    struct input *in =
        new_input(arena_strdup(&l->arena, path), TL_AS_AUTO, true);

    in->root = arena_strdup(&l->arena, folder);
    in->memo = l->options.memo;
    source_init(&in->source, 0, in->path, text);
    add_input(l, in);
}

/* "./a//b/" is a/b: paths are what reports, baselines and ignores compare. */
const char *inputs_clean_path(struct tl_linter *l, const char *path)
{
    char *out = arena_strdup(&l->arena, path);
    size_t n = 0;

    while (path[0] == '.' && path[1] == '/' && path[2])
        for (path += 2; *path == '/' && path[1];)
            path++;
    for (const char *p = path; *p; p++)
        if (*p != '/' || n == 0 || out[n - 1] != '/')
            out[n++] = *p;
    if (n > 1 && out[n - 1] == '/')
        n--;
    out[n] = '\0';
    return out;
}

void inputs_add_path(struct tl_linter *l, const char *path, enum tl_as as,
                     bool context_only)
{
    struct path_list list = {.paths = VEC_INIT};
    struct err err;

    path = inputs_clean_path(l, path);
    if (!file_is_dir(path)) {
        open_file(l, path, path, as, context_only);
        return;
    }
    if (!file_walk(&list, &l->arena, path, want_file, NULL, &err))
        linter_fail(l, path, "%s", err.message);
    for (size_t i = 0; i < list.paths.n; i++) {
        const char *p = list.paths.v[i];

        open_file(l, strncmp(p, "./", 2) == 0 ? p + 2 : p, path, as,
                  context_only);
    }
    vec_release(&list.paths);
}

void inputs_add_context(struct tl_linter *l, const char *path, const char *root)
{
    open_file(l, path, root, TL_AS_AUTO, true);
}

/* The same file named twice is one input; the one that reports wins, and text
   that was given over what the file holds. */
static void drop_duplicates(struct tl_linter *l)
{
    size_t kept = 0;

    for (size_t i = 0; i < l->inputs.n; i++) {
        struct input *in = l->inputs.v[i];
        struct input *last = kept ? l->inputs.v[kept - 1] : NULL;

        if (!last || strcmp(last->path, in->path) != 0) {
            l->inputs.v[kept++] = in;
            continue;
        }
        if (last->context_only)
            last->choice = in->choice;
        last->context_only &= in->context_only;
        last->named |= in->named;
        if (last->owns_file && !in->owns_file) {
            in->context_only = last->context_only;
            l->inputs.v[kept - 1] = in;
            in = last;
        }
        input_release(in);
    }
    l->inputs.n = kept;
}

static int compare_paths(const void *a, const void *b)
{
    const struct input *x = *(struct input *const *)a;
    const struct input *y = *(struct input *const *)b;

    return layout_compare_paths(x->path, y->path);
}

static int compare_order(const void *a, const void *b)
{
    const struct input *x = *(struct input *const *)a;
    const struct input *y = *(struct input *const *)b;

    if (x->snapshot != y->snapshot)
        return x->snapshot ? -1 : 1;
    if (x->goes_first != y->goes_first)
        return x->goes_first ? -1 : 1;
    return layout_compare_paths(x->path, y->path);
}

static bool lies_in(const char *path, const char *folder)
{
    size_t n = strlen(folder);

    if (strcmp(folder, ".") == 0)
        return path[0] != '/';
    return strncmp(path, folder, n) == 0 && path[n] == '/';
}

/*
 * A schema given with --schema is there before any migration, unless it is the
 * history that a reported file belongs to: then each keeps its place in it.
 */
static void place_context(struct tl_linter *l)
{
    for (size_t i = 0; i < l->inputs.n; i++) {
        struct input *in = l->inputs.v[i];

        if (!in->context_only || in->kind != INPUT_MIGRATION)
            continue;
        in->goes_first = true;
        for (size_t k = 0; in->goes_first && k < l->inputs.n; k++)
            if (!l->inputs.v[k]->context_only &&
                lies_in(l->inputs.v[k]->path, in->root))
                in->goes_first = false;
    }
}

/* Mostly they come in order: comparing versions costs more than looking. */
static void sort_inputs(struct tl_linter *l,
                        int (*compare)(const void *, const void *))
{
    size_t i = 1;

    while (i < l->inputs.n &&
           compare(&l->inputs.v[i - 1], &l->inputs.v[i]) <= 0)
        i++;
    if (i < l->inputs.n)
        qsort(l->inputs.v, l->inputs.n, sizeof(l->inputs.v[0]), compare);
}

void inputs_order(struct tl_linter *l)
{
    if (l->inputs.n == 0)
        return;
    sort_inputs(l, compare_paths);
    drop_duplicates(l);
    place_context(l);
    sort_inputs(l, compare_order);
    if (snapshots_find(l))
        sort_inputs(l, compare_order);
    for (size_t i = 0; i < l->inputs.n; i++)
        l->inputs.v[i]->source.id = (uint32_t)i;
    l->n_sources = (uint32_t)l->inputs.n;
}

void input_release(struct input *in)
{
    source_release(&in->source);
    if (in->owns_file)
        file_release(&in->file);
    vec_release(&in->statements);
    mem_free(in);
}
