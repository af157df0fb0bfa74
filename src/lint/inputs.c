/*
 * inputs.c - from paths to inputs: walking folders, reading, ordering.
 *
 * A file that the user named must be something we know, or it is reported;
 * in a folder only what looks like ours is taken, the rest is none of our
 * business.
 */
#include "base/pool.h"
#include "base/unpack.h"
#include "input/record.h"
#include "input/sqlx.h"
#include "lint/known.h"
#include "lint/linter.h"

#include <tusklint/place.h>

#include <stdlib.h>

#define DEFAULT_MAX_INPUT ((size_t)4 << 30)
#define SHEAF_FILES 16

static bool want_file(const char *path, void *arg)
{
    (void)arg;
    if (sqlx_is_folder_path(path))
        return sqlx_is_path(path);
    return layout_is_sql_path(path) || kind_is_capture_path(path);
}

/* Where the user says what its lines begin with, it is a log. */
static bool is_prefixed_log(const struct tl_linter *l, const struct input *in)
{
    return choice_options(l, in)->log_line_prefix &&
           (in->as == TL_AS_LOG ||
            (in->as == TL_AS_AUTO && kind_is_capture_path(in->path)));
}

/* With its kind. */
static void add_input(struct tl_linter *l, struct input *in)
{
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

/* ---- files ---- */

/* A file on its way to being an input. */
struct opening {
    struct input *input; /* NULL: it is not to be read */
    size_t max;          /* bytes */
    bool failed;
    bool damaged;
    struct err err;
};

static size_t max_input(const struct tl_linter *l)
{
    return l->options.max_input ? l->options.max_input : DEFAULT_MAX_INPUT;
}

static void open_begin(struct tl_linter *l, struct opening *o, const char *path,
                       const char *root, enum tl_as as, bool context_only)
{
    const struct choice *choice = NULL;

    *o = (struct opening){.max = max_input(l)};
    if (!context_only && !choice_of_path(l, path, path == root, &choice))
        return;
    o->input = new_input(path, as, context_only);
    o->input->choice = choice;
    o->input->root = root;
    o->input->named = path == root;
}

/* On any thread. */
static void read_text(struct opening *o)
{
    struct input *in = o->input;

    o->failed = !file_read(&in->file, in->path, o->max, &o->err);
    if (o->failed)
        return;
    in->owns_file = true;
    in->packed = file_is_packed(in->file.text);
    o->damaged = in->packed && !file_unpack(&in->file, o->max, &o->err);
    /* The number is given when the order is known. */
    source_init(&in->source, 0, in->path, in->file.text);
    in->source.file = &in->file;
}

/* With its kind. */
static void open_read(struct opening *o)
{
    if (!o->input)
        return;
    read_text(o);
    if (!o->failed)
        o->input->kind = kind_of_input(o->input);
}

/* NULL: it is not to be read, or cannot be. */
static struct input *open_end(struct tl_linter *l, const struct opening *o)
{
    if (o->failed) {
        linter_fail(l, o->input->path, "%s", o->err.message);
        mem_free(o->input);
        return NULL;
    }
    if (o->damaged)
        o->input->damage = arena_strdup(&l->arena, o->err.message);
    return o->input;
}

static struct input *open_file(struct tl_linter *l, const char *path,
                               const char *root, enum tl_as as,
                               bool context_only)
{
    struct opening o;

    open_begin(l, &o, path, root, as, context_only);
    open_read(&o);
    return open_end(l, &o);
}

void input_load(struct tl_linter *l, struct input *in)
{
    struct opening o = {.input = in, .max = max_input(l)};
    uint32_t id = in->source.id;

    if (!in->unread)
        return;
    in->unread = false;
    read_text(&o);
    in->source.id = id;
    in->failed = o.failed;
    if (o.failed)
        linter_fail(l, in->path, "%s", o.err.message);
    else if (o.damaged)
        in->damage = arena_strdup(&l->arena, o.err.message);
}

size_t input_length(const struct input *in)
{
    return in->unread ? (size_t)in->known->stamp.size : in->source.text.n;
}

/* Some of a folder's files: reading one alone is too little for a thread. */
struct sheaf {
    struct opening files[SHEAF_FILES];
    size_t n;
};

static void read_sheaf(void *job, void *state)
{
    struct sheaf *s = job;

    (void)state;
    for (size_t i = 0; i < s->n; i++)
        open_read(&s->files[i]);
}

static void take_sheaf(struct tl_linter *l, struct pool *p)
{
    struct sheaf *s = pool_take(p);

    for (size_t i = 0; i < s->n; i++) {
        struct input *in = open_end(l, &s->files[i]);

        if (in)
            add_input(l, in);
    }
    mem_free(s);
}

/* What holds for a file is found on this thread, its text read on any. */
static void open_files(struct tl_linter *l, const struct path_list *list,
                       const char *root, enum tl_as as, bool context_only)
{
    struct pool_config config = {.threads =
                                     list->paths.n > (size_t)4 * SHEAF_FILES
                                         ? l->options.threads - 1
                                         : 0,
                                 .window = 4 * (size_t)l->options.threads,
                                 .work = read_sheaf};
    struct pool *p = pool_create(&config);

    for (size_t i = 0; i < list->paths.n;) {
        struct sheaf *s = mem_alloc(sizeof(*s));

        for (s->n = 0; i < list->paths.n && s->n < SHEAF_FILES; i++) {
            const char *path = list->paths.v[i];

            open_begin(l, &s->files[s->n++],
                       strncmp(path, "./", 2) == 0 ? path + 2 : path, root, as,
                       context_only);
        }
        if (pool_pending(p) == config.window)
            take_sheaf(l, p);
        pool_submit(p, s);
    }
    while (pool_pending(p))
        take_sheaf(l, p);
    pool_destroy(p);
}

/* ---- what is added ---- */

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
    in->kind = kind_of_input(in);
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
    in->kind = kind_of_input(in);
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

static void add_file(struct tl_linter *l, const char *path, const char *root,
                     enum tl_as as, bool context_only)
{
    struct input *in = open_file(l, path, root, as, context_only);

    if (in)
        add_input(l, in);
}

void inputs_add_path(struct tl_linter *l, const char *path, enum tl_as as,
                     bool context_only)
{
    struct path_list list = {.paths = VEC_INIT};
    struct err err;

    path = inputs_clean_path(l, path);
    if (!file_is_dir(path)) {
        add_file(l, path, path, as, context_only);
        return;
    }
    if (!file_walk(&list, &l->arena, path, want_file, NULL, &err))
        linter_fail(l, path, "%s", err.message);
    open_files(l, &list, path, as, context_only);
    vec_release(&list.paths);
}

void inputs_add_context(struct tl_linter *l, const char *path, const char *root)
{
    add_file(l, path, root, TL_AS_AUTO, true);
}

void inputs_add_known(struct tl_linter *l, const char *path, const char *root,
                      struct known *table, struct known_file *known)
{
    struct input *in = known->recalled
                           ? new_input(path, TL_AS_AUTO, true)
                           : open_file(l, path, root, TL_AS_AUTO, true);

    if (!in)
        return;
    in->root = root;
    in->table = table;
    in->known = known;
    if (!known->recalled) {
        add_input(l, in);
        return;
    }
    in->kind = INPUT_MIGRATION;
    in->unread = in->owns_file = true;
    source_init(&in->source, 0, path, TL_NONE);
    vec_push(&l->inputs, in);
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

static bool is_history_of_any(const struct tl_linter *l, const char *root)
{
    for (size_t i = 0; i < l->inputs.n; i++)
        if (!l->inputs.v[i]->context_only &&
            lies_in(l->inputs.v[i]->path, root))
            return true;
    return false;
}

/*
 * A schema given with --schema is there before any migration, unless it is the
 * history that a reported file belongs to: then each keeps its place in it.
 */
static void place_context(struct tl_linter *l)
{
    const char *root = NULL;
    bool is_history = false;

    for (size_t i = 0; i < l->inputs.n; i++) {
        struct input *in = l->inputs.v[i];

        if (!in->context_only || in->kind != INPUT_MIGRATION)
            continue;
        if (in->root != root) {
            root = in->root;
            is_history = is_history_of_any(l, root);
        }
        in->goes_first = !is_history;
    }
}

/* What is reported is read in any case. */
static void load_reported(struct tl_linter *l)
{
    for (size_t i = 0; i < l->inputs.n; i++)
        if (!l->inputs.v[i]->context_only)
            input_load(l, l->inputs.v[i]);
}

typedef int compare_fn(const void *, const void *);

/* Behind all before it that are not greater. */
static void insert(struct input **v, size_t at, compare_fn *compare)
{
    struct input *in = v[at];
    size_t low = 0;
    size_t high = at;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&v[middle], &in) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    memmove(v + low + 1, v + low, (at - low) * sizeof(v[0]));
    v[low] = in;
}

/* So many are put in their places one by one. */
#define STRAYS 32

/* Mostly they come in order, but for a few that were named: comparing versions
   costs more than looking. */
static void sort_inputs(struct tl_linter *l, compare_fn *compare)
{
    struct input **v = l->inputs.v;
    unsigned strays = 0;

    for (size_t i = 1; i < l->inputs.n; i++) {
        if (compare(&v[i - 1], &v[i]) <= 0)
            continue;
        if (strays++ == STRAYS) {
            qsort(v, l->inputs.n, sizeof(v[0]), compare);
            return;
        }
        insert(v, i, compare);
    }
}

void inputs_order(struct tl_linter *l)
{
    if (l->inputs.n == 0)
        return;
    sort_inputs(l, compare_paths);
    drop_duplicates(l);
    load_reported(l);
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
