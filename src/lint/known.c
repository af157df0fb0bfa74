/*
 * known.c - see known.h.
 */
#include "lint/known.h"

#include "base/codec.h"
#include "base/mem.h"
#include "input/layout.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TABLE_MAX ((size_t)256 << 20)
#define BESIDE_MAX ((size_t)1 << 16)
#define STATES 32
/* Fewer files than these are read again as fast as the table is written. */
#define WORTH_WRITING 16
/* File systems count time in steps, the coarsest two seconds. */
#define STEP UINT64_C(2000000000)

struct known {
    struct arena arena;
    const char *root;
    char *name;
    int folder;
    struct file file;              /* the table's bytes */
    VEC(struct known_file) before; /* by name */
    size_t at;                     /* the one that is asked for next */
    VEC(struct known_file *) files;
    VEC(struct known_state) states;
    bool new_state;
    uint64_t now;
};

static uint64_t nanoseconds(struct timespec t)
{
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- the table ---- */

static void code_stamp(struct codec *c, struct known_stamp *s)
{
    code_bool(c, &s->there);
    if (!s->there)
        return;
    code_u64(c, &s->device);
    code_u64(c, &s->inode);
    code_u64(c, &s->size);
    code_u64(c, &s->changed[0]);
    code_u64(c, &s->changed[1]);
}

static void code_name(struct codec *c, const char **name)
{
    struct tl_str s = {*name, *name ? strlen(*name) : 0};

    code_str(c, &s);
    *name = s.p;
}

static void code_file(struct codec *c, struct known_file *f)
{
    code_name(c, &f->name);
    code_stamp(c, &f->stamp);
    code_name(c, &f->beside_name);
    code_stamp(c, &f->beside);
    code_bytes(c, f->hash, sizeof(f->hash));
    if (!f->name)
        codec_fail(c);
}

static void code_states(struct codec *c, struct known *k)
{
    uint32_t n = (uint32_t)k->states.n;

    code_count(c, &n);
    for (uint32_t i = 0; i < n && !c->failed; i++) {
        struct known_state s = {0};

        if (!c->reading)
            s = k->states.v[i];
        code_u32(c, &s.inputs);
        code_bytes(c, s.chain, sizeof(s.chain));
        if (c->reading)
            vec_push(&k->states, s);
    }
}

static void read_files(struct codec *c, struct known *k)
{
    uint32_t n = 0;

    code_count(c, &n);
    vec_reserve(&k->before, n);
    for (uint32_t i = 0; i < n && !c->failed; i++) {
        struct known_file f = {.has_hash = true, .settled = true};

        code_file(c, &f);
        if (i && f.name && strcmp(k->before.v[i - 1].name, f.name) >= 0)
            codec_fail(c);
        vec_push(&k->before, f);
    }
}

static void read_table(struct known *k, struct tl_str bytes)
{
    struct codec c;

    codec_read(&c, bytes);
    read_files(&c, k);
    code_states(&c, k);
    if (!codec_is_done(&c)) {
        vec_clear(&k->before);
        vec_clear(&k->states);
    }
    codec_release(&c);
}

struct known *known_open(const struct depot *depot, const char *name,
                         const char *root)
{
    struct known *k = mem_calloc(1, sizeof(*k));
    struct timespec now;
    struct tl_str bytes;

    arena_init(&k->arena, 0);
    k->name = arena_strdup(&k->arena, name);
    k->root = arena_strdup(&k->arena, root);
    k->folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    clock_gettime(CLOCK_REALTIME, &now);
    k->now = nanoseconds(now);
    if (depot_read(depot, name, TABLE_MAX, &k->file, &bytes))
        read_table(k, bytes);
    return k;
}

void known_free(struct known *k)
{
    if (!k)
        return;
    if (k->folder >= 0)
        close(k->folder);
    file_release(&k->file);
    vec_release(&k->before);
    vec_release(&k->files);
    vec_release(&k->states);
    arena_release(&k->arena);
    mem_free(k);
}

/* ---- files ---- */

static bool is_settled(const struct known *k, const struct known_stamp *s)
{
    return !s->there ||
           (s->changed[0] + STEP < k->now && s->changed[1] + STEP < k->now);
}

static bool stamp(const struct known *k, const char *name,
                  struct known_stamp *out)
{
    struct stat st;

    *out = (struct known_stamp){.there = false};
    if (fstatat(k->folder, name, &st, 0) != 0)
        return false;
    *out = (struct known_stamp){
        .there = true,
        .device = st.st_dev,
        .inode = st.st_ino,
        .size = (uint64_t)st.st_size,
        .changed = {nanoseconds(st.st_mtim), nanoseconds(st.st_ctim)},
    };
    return S_ISREG(st.st_mode);
}

static bool is_same(const struct known_stamp *a, const struct known_stamp *b)
{
    return a->there == b->there && a->device == b->device &&
           a->inode == b->inode && a->size == b->size &&
           a->changed[0] == b->changed[0] && a->changed[1] == b->changed[1];
}

static int compare_name(const void *name, const void *file)
{
    return strcmp(name, ((const struct known_file *)file)->name);
}

static const struct known_file *find(struct known *k, const char *name)
{
    const struct known_file *f = NULL;

    if (k->at < k->before.n && strcmp(k->before.v[k->at].name, name) == 0)
        f = &k->before.v[k->at];
    else if (k->before.n)
        f = bsearch(name, k->before.v, k->before.n, sizeof(k->before.v[0]),
                    compare_name);
    if (f)
        k->at = (size_t)(f - k->before.v) + 1;
    return f;
}

struct known_file *known_look(struct known *k, const char *name)
{
    struct known_stamp now;

    if (!stamp(k, name, &now))
        return NULL;
    struct known_file *f = ARENA_NEW(&k->arena, struct known_file);
    const struct known_file *before = find(k, name);
    f->name = arena_strdup(&k->arena, name);
    f->stamp = now;
    f->beside_name = layout_beside(name, &k->arena);
    if (f->beside_name)
        stamp(k, f->beside_name, &f->beside);
    f->settled = is_settled(k, &f->stamp) && is_settled(k, &f->beside);
    f->recalled = before && is_same(&before->stamp, &f->stamp) &&
                  is_same(&before->beside, &f->beside);
    if (f->recalled) {
        memcpy(f->hash, before->hash, sizeof(f->hash));
        f->has_hash = true;
    }
    vec_push(&k->files, f);
    return f;
}

/* As layout_read() reads it; what it cannot read says nothing. */
static void add_beside(const struct known *k, const struct known_file *f,
                       struct sha256 *hash)
{
    struct file file;
    struct arena a;
    struct err err;

    if (!f->beside_name)
        return;
    arena_init(&a, 1024);
    const char *path =
        strcmp(k->root, ".") == 0
            ? f->beside_name
            : arena_printf(&a, "%s/%s", k->root, f->beside_name).p;
    if (file_read(&file, path, BESIDE_MAX, &err)) {
        sha256_add(hash, file.text.p, file.text.n);
        sha256_add(hash, "", 1);
        file_release(&file);
    }
    arena_release(&a);
}

static void hash_of(const struct known *k, const struct known_file *f,
                    struct tl_str text, unsigned char out[SHA256_BYTES])
{
    struct sha256 hash;

    sha256_begin(&hash);
    sha256_add(&hash, &text.n, sizeof(text.n));
    sha256_add(&hash, text.p, text.n);
    add_beside(k, f, &hash);
    sha256_end(&hash, out);
}

void known_take(const struct known *k, struct known_file *f, struct tl_str text)
{
    hash_of(k, f, text, f->hash);
    f->has_hash = true;
}

bool known_holds(const struct known *k, const struct known_file *f,
                 struct tl_str text)
{
    unsigned char hash[SHA256_BYTES];

    hash_of(k, f, text, hash);
    return f->has_hash && memcmp(hash, f->hash, sizeof(hash)) == 0;
}

static bool is_as_looked(const struct known *k, const struct known_file *f)
{
    struct known_stamp now;
    struct known_stamp beside = {.there = false};

    stamp(k, f->name, &now);
    if (f->beside_name)
        stamp(k, f->beside_name, &beside);
    return is_same(&now, &f->stamp) && is_same(&beside, &f->beside);
}

bool known_is_as_looked(const struct known *k)
{
    for (size_t i = 0; i < k->files.n; i++)
        if (!is_as_looked(k, k->files.v[i]))
            return false;
    return true;
}

/* ---- states ---- */

const struct known_state *known_states(const struct known *k, size_t *n)
{
    *n = k->states.n;
    return k->states.v;
}

void known_add_state(struct known *k, const struct known_state *s)
{
    size_t kept = 0;

    for (size_t i = 0; i < k->states.n; i++) {
        bool again =
            memcmp(k->states.v[i].chain, s->chain, sizeof(s->chain)) == 0;

        if (!again && k->states.n - i < STATES)
            k->states.v[kept++] = k->states.v[i];
    }
    k->states.n = kept;
    vec_push(&k->states, *s);
    k->new_state = true;
}

/* ---- writing ---- */

size_t known_count(const struct known *k, size_t *recalled)
{
    *recalled = 0;
    for (size_t i = 0; i < k->files.n; i++)
        *recalled += k->files.v[i]->recalled;
    return k->files.n;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp((*(struct known_file *const *)a)->name,
                  (*(struct known_file *const *)b)->name);
}

static bool is_kept(const struct known_file *f)
{
    return f->has_hash && f->settled;
}

static void write_table(struct known *k, struct buf *out)
{
    struct codec c;
    uint32_t n = 0;

    for (size_t i = 0; i < k->files.n; i++)
        n += is_kept(k->files.v[i]);
    if (k->files.n)
        qsort(k->files.v, k->files.n, sizeof(k->files.v[0]), compare_files);
    codec_write(&c);
    code_count(&c, &n);
    for (size_t i = 0; i < k->files.n; i++)
        if (is_kept(k->files.v[i]))
            code_file(&c, k->files.v[i]);
    code_states(&c, k);
    codec_finish(&c, out);
    codec_release(&c);
}

bool known_save(struct known *k, const struct depot *depot)
{
    struct buf out;
    size_t learned = 0;

    for (size_t i = 0; i < k->files.n; i++)
        learned += is_kept(k->files.v[i]) && !k->files.v[i]->recalled;
    if (learned < WORTH_WRITING && !k->new_state)
        return false;
    buf_init(&out, TABLE_MAX);
    write_table(k, &out);
    bool ok = !out.full && depot_write(depot, k->name, buf_view(&out));
    buf_release(&out);
    return ok;
}

bool known_check(struct tl_str bytes)
{
    struct known k = {.states = VEC_INIT};

    read_table(&k, bytes);
    bool whole = k.before.n > 0 || k.states.n > 0;
    vec_release(&k.before);
    vec_release(&k.states);
    return whole;
}
