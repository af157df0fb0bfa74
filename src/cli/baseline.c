/*
 * baseline.c - findings that are known, in a file beside the code.
 */
#include "cli/baseline.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/paths.h"
#include "config/file.h"

#include <tusklint/rule.h>

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BYTES ((size_t)64 << 20)
#define VERSION 1

struct entry {
    const char *path;
    const char *rule;
    const char *object;
    uint64_t statement;
    uint64_t count;
    uint64_t met; /* in this run */
};

struct baseline_file {
    struct arena arena;
    const char *path;
    const char *folder; /* absolute */
    VEC(struct entry) entries;
    const char *seen;     /* the path that was asked for last */
    const char *relative; /* ... and how it is written here */
};

static int compare(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    int c = strcmp(x->path, y->path);

    if (!c)
        c = strcmp(x->rule, y->rule);
    if (!c)
        c = x->statement < y->statement ? -1 : x->statement > y->statement;
    return c ? c : strcmp(x->object, y->object);
}

struct baseline_file *baseline_create(const char *path, struct err *e)
{
    struct baseline_file *b = mem_calloc(1, sizeof(*b));
    const char *slash = strrchr(path, '/');

    arena_init(&b->arena, 0);
    b->path = arena_strdup(&b->arena, path);
    const char *folder =
        !slash ? "."
               : arena_str(&b->arena,
                           (struct tl_str){path, (size_t)(slash - path) + 1})
                     .p;
    b->folder = config_real(&b->arena, folder);
    if (*b->folder)
        return b;
    err_set(e, "%s: there is no such folder", path);
    baseline_free(b);
    return NULL;
}

void baseline_free(struct baseline_file *b)
{
    if (!b)
        return;
    vec_release(&b->entries);
    arena_release(&b->arena);
    mem_free(b);
}

/* In order, equal ones as one. */
static void settle(struct baseline_file *b)
{
    size_t kept = 0;

    if (b->entries.n)
        qsort(b->entries.v, b->entries.n, sizeof(b->entries.v[0]), compare);
    for (size_t i = 0; i < b->entries.n; i++) {
        struct entry *last = kept ? &b->entries.v[kept - 1] : NULL;

        if (last && compare(last, &b->entries.v[i]) == 0)
            last->count += b->entries.v[i].count;
        else
            b->entries.v[kept++] = b->entries.v[i];
    }
    b->entries.n = kept;
}

/* ---- reading ---- */

static const char *text_of(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

    return cJSON_IsString(item) ? item->valuestring : NULL;
}

static bool read_entry(struct baseline_file *b, const cJSON *item)
{
    const char *rule = text_of(item, "rule");
    const char *path = text_of(item, "path");
    const char *statement = text_of(item, "statement");
    const char *object = text_of(item, "object");
    const cJSON *count = cJSON_GetObjectItemCaseSensitive(item, "count");
    char *end;

    if (!rule || !path || !statement || !cJSON_IsNumber(count) ||
        count->valuedouble < 1 || count->valuedouble > 1e9)
        return false;
    struct entry e = {.path = arena_strdup(&b->arena, path),
                      .rule = arena_strdup(&b->arena, rule),
                      .object = arena_strdup(&b->arena, object ? object : ""),
                      .statement = strtoull(statement, &end, 16),
                      .count = (uint64_t)count->valuedouble};
    vec_push(&b->entries, e);
    return *statement && !*end;
}

static bool read_entries(struct baseline_file *b, const cJSON *root,
                         struct err *err)
{
    const cJSON *version = cJSON_GetObjectItemCaseSensitive(root, "version");
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "findings");
    const cJSON *item;
    size_t n = 0;

    if (!cJSON_IsNumber(version) || !cJSON_IsArray(list))
        return err_set(err, "%s: it is no baseline of tusklint", b->path);
    if (version->valueint != VERSION)
        return err_set(err, "%s: a baseline of another version than %d",
                       b->path, VERSION);
    cJSON_ArrayForEach(item, list)
    {
        n++;
        if (!read_entry(b, item))
            return err_set(err,
                           "%s: entry %zu: rule, path, statement and count "
                           "are wanted",
                           b->path, n);
    }
    settle(b);
    return true;
}

struct baseline_file *baseline_load(const char *path, struct err *err)
{
    struct file file;

    if (!file_read(&file, path, MAX_BYTES, err))
        return NULL;
    struct baseline_file *b = baseline_create(path, err);
    if (b) {
        cJSON *root = file.text.n > MAX_BYTES
                          ? NULL
                          : cJSON_ParseWithLength(file.text.p, file.text.n);
        if (!read_entries(b, root, err)) {
            baseline_free(b);
            b = NULL;
        }
        cJSON_Delete(root);
    }
    file_release(&file);
    return b;
}

/* ---- findings ---- */

static struct entry entry_of(struct baseline_file *b, struct tl_linter *l,
                             const struct tl_finding *f)
{
    const char *path = tl_source_path(l, f->span.source);

    if (!b->seen || b->seen != path) {
        b->seen = path;
        b->relative = paths_relative(&b->arena, path ? path : "", b->folder);
    }
    return (struct entry){
        .path = b->relative,
        .rule = f->rule->id,
        .object = f->object.n ? arena_str(&b->arena, f->object).p : "",
        .statement = f->statement_key,
        .count = 1};
}

static struct entry *find(struct baseline_file *b, const struct entry *like)
{
    return b->entries.n ? bsearch(like, b->entries.v, b->entries.n,
                                  sizeof(b->entries.v[0]), compare)
                        : NULL;
}

bool baseline_knows(struct baseline_file *b, struct tl_linter *l,
                    const struct tl_finding *f)
{
    struct entry like = entry_of(b, l, f);
    struct entry *e = find(b, &like);

    if (!e || e->met == e->count)
        return false;
    e->met++;
    return true;
}

void baseline_add(struct baseline_file *b, struct tl_linter *l,
                  const struct tl_finding *f)
{
    vec_push(&b->entries, entry_of(b, l, f));
}

/* The paths that the run read, in order, as they are written here. */
static const char **read_paths(struct baseline_file *b, struct tl_linter *l,
                               size_t *n)
{
    uint32_t count = tl_source_count(l);
    const char **list = ARENA_ARRAY(&b->arena, const char *, count + 1);

    *n = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!tl_source_is_context(l, i))
            list[(*n)++] =
                paths_relative(&b->arena, tl_source_path(l, i), b->folder);
    paths_sort(list, *n);
    return list;
}

static bool is_left_alone(struct baseline_file *b, const struct entry *e,
                          const char **read, size_t n)
{
    struct arena_mark mark = arena_mark(&b->arena);

    if (paths_has(read, n, e->path))
        return false;
    bool is_there =
        file_is_regular(arena_printf(&b->arena, "%s/%s", b->folder, e->path).p);
    arena_pop(&b->arena, mark);
    return is_there;
}

size_t baseline_prune(struct baseline_file *b, struct tl_linter *l)
{
    size_t n;
    const char **read = read_paths(b, l, &n);
    size_t gone = 0;
    size_t kept = 0;

    for (size_t i = 0; i < b->entries.n; i++) {
        struct entry e = b->entries.v[i];

        if (!is_left_alone(b, &e, read, n)) {
            gone += e.count - e.met;
            e.count = e.met;
        }
        if (e.count)
            b->entries.v[kept++] = e;
    }
    b->entries.n = kept;
    return gone;
}

void baseline_keep_unread(struct baseline_file *b, struct baseline_file *old,
                          struct tl_linter *l)
{
    size_t n;
    const char **read = read_paths(old, l, &n);

    for (size_t i = 0; i < old->entries.n; i++)
        if (is_left_alone(old, &old->entries.v[i], read, n)) {
            struct entry e = old->entries.v[i];

            e.path = arena_strdup(&b->arena, e.path);
            e.rule = arena_strdup(&b->arena, e.rule);
            e.object = arena_strdup(&b->arena, e.object);
            vec_push(&b->entries, e);
        }
}

size_t baseline_total(const struct baseline_file *b)
{
    uint64_t n = 0;

    for (size_t i = 0; i < b->entries.n; i++)
        n += b->entries.v[i].count;
    return (size_t)n;
}

/* ---- writing ---- */

static void write_entry(struct buf *out, const struct entry *e)
{
    char statement[17];
    struct json j;

    snprintf(statement, sizeof(statement), "%016" PRIx64, e->statement);
    json_init(&j, out, false);
    json_begin_object(&j);
    json_key(&j, "rule");
    json_cstr(&j, e->rule);
    json_key(&j, "path");
    json_cstr(&j, e->path);
    json_key(&j, "statement");
    json_cstr(&j, statement);
    if (*e->object) {
        json_key(&j, "object");
        json_cstr(&j, e->object);
    }
    json_key(&j, "count");
    json_int(&j, (int64_t)e->count);
    json_end_object(&j);
}

bool baseline_save(struct baseline_file *b, struct err *err)
{
    struct buf out;

    settle(b);
    buf_init(&out, MAX_BYTES);
    buf_printf(&out, "{\"version\":%d,\"findings\":[", VERSION);
    for (size_t i = 0; i < b->entries.n; i++) {
        buf_puts(&out, i ? ",\n" : "\n");
        write_entry(&out, &b->entries.v[i]);
    }
    buf_puts(&out, "\n]}\n");
    bool ok = out.full
                  ? err_set(err, "%s: there are too many findings", b->path)
                  : file_write(b->path, buf_view(&out), err);
    buf_release(&out);
    return ok;
}
