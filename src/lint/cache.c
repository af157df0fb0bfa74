/*
 * cache.c - see cache.h.
 */
#include "lint/cache.h"

#include "base/build.h"
#include "base/codec.h"
#include "base/xxh.h"
#include "lint/memo.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* States and tables together; what was not of use for long goes first. */
#define FOLDER_MAX (UINT64_C(256) << 20)
#define STATE_MAX ((size_t)256 << 20)
/* So many files are folded again as fast as a state is read and written. */
#define NEAR 16
/* States are kept at the last multiples of 2, 4, 8 ... below the first file
   that is reported, and at all of this: wherever a file changes, what has to be
   folded again is at most about twice what stands behind it, or so many. */
#define APART 1024

/* Where states are kept: in a folder, or in the memory of an editor's server.
 */
struct store {
    bool (*is_usable)(const struct cache *);
    const struct known_state *(*states)(const struct cache *, size_t *n);
    /* The bytes, in `frozen`; false when they are gone. */
    bool (*read)(struct cache *, const struct known_state *, struct tl_str *);
    void (*keep)(struct cache *, const struct known_state *, struct tl_str);
    void (*hash_text)(const struct input *, struct sha256 *);
    /* Only the furthest: whoever lints again in one process mostly changes the
       same file. */
    bool only_furthest;
};

struct cache {
    const struct store *store;
    struct depot depot;
    struct tl_memo *memo;            /* in the place of both depot and table */
    unsigned char key[SHA256_BYTES]; /* of what holds for all files */
    VEC(struct known *) known;
    VEC(struct known_state) wishes; /* to be kept, by place */
    size_t passed;                  /* of these the walk has come by */
    VEC(struct known_state) written;
    struct file frozen; /* the state that was taken */
    bool spoilt;        /* a file was changed while we ran: nothing is kept */
    bool wrote;
};

/* ---- the stores ---- */

struct name {
    char text[16 + SHA256_HEX];
};

static struct name name_of(const char *what,
                           const unsigned char hash[SHA256_BYTES])
{
    struct name name;
    char hex[SHA256_HEX];

    sha256_show(hash, hex);
    snprintf(name.text, sizeof(name.text), "%s-%s", what, hex);
    return name;
}

/* States are told of in the table of a history's files. */
static bool folder_is_usable(const struct cache *c)
{
    return c->known.n > 0;
}

static const struct known_state *folder_states(const struct cache *c, size_t *n)
{
    return known_states(c->known.v[0], n);
}

static bool folder_read(struct cache *c, const struct known_state *s,
                        struct tl_str *bytes)
{
    struct name name = name_of("state", s->chain);

    if (!depot_read(&c->depot, name.text, STATE_MAX, &c->frozen, bytes))
        return false;
    depot_touch(&c->depot, name.text);
    return true;
}

static void folder_keep(struct cache *c, const struct known_state *s,
                        struct tl_str bytes)
{
    if (!depot_write(&c->depot, name_of("state", s->chain).text, bytes))
        return;
    vec_push(&c->written, *s);
    c->wrote = true;
}

static void folder_hash_text(const struct input *in, struct sha256 *out)
{
    unsigned char hash[SHA256_BYTES];

    if (in->known && in->known->has_hash)
        memcpy(hash, in->known->hash, sizeof(hash));
    else
        sha256(in->source.text, hash);
    sha256_add(out, hash, sizeof(hash));
}

static bool memory_is_usable(const struct cache *c)
{
    return c->memo != NULL;
}

static const struct known_state *memory_states(const struct cache *c, size_t *n)
{
    return memo_states(c->memo, n);
}

static bool memory_read(struct cache *c, const struct known_state *s,
                        struct tl_str *bytes)
{
    return memo_state(c->memo, s, &c->frozen, bytes);
}

static void memory_keep(struct cache *c, const struct known_state *s,
                        struct tl_str bytes)
{
    memo_keep_state(c->memo, s, bytes);
}

/* As memo.c tells statements apart. */
static void memory_hash_text(const struct input *in, struct sha256 *out)
{
    XXH128_hash_t hash = XXH3_128bits(in->source.text.p, in->source.text.n);

    sha256_add(out, &hash, sizeof(hash));
}

static const struct store folder_store = {
    .is_usable = folder_is_usable,
    .states = folder_states,
    .read = folder_read,
    .keep = folder_keep,
    .hash_text = folder_hash_text,
};

static const struct store memory_store = {
    .is_usable = memory_is_usable,
    .states = memory_states,
    .read = memory_read,
    .keep = memory_keep,
    .hash_text = memory_hash_text,
    .only_furthest = true,
};

/* ---- the key ---- */

static bool make_key(const struct tl_options *o, unsigned char out[])
{
    struct sha256 hash;
    char here[PATH_MAX];
    uint64_t max = o->max_input;
    const int numbers[] = {o->pg_version, o->assume_in_transaction,
                           o->record_steps, (int)sizeof(size_t)};

    sha256_begin(&hash);
    sha256_add(&hash, TL_VERSION, sizeof(TL_VERSION));
    sha256_add(&hash, numbers, sizeof(numbers));
    sha256_add(&hash, &max, sizeof(max));
    bool ok = getcwd(here, sizeof(here)) && build_add(&hash, "libpg_query");
    if (ok)
        sha256_add(&hash, here, strlen(here));
    sha256_end(&hash, out);
    return ok;
}

void cache_open(struct tl_linter *l)
{
    struct err err;

    if (!l->options.cache_dir && !l->options.memo)
        return;
    struct cache *c = mem_calloc(1, sizeof(*c));
    l->cache = c;
    c->depot.fd = -1;
    c->memo = l->options.memo;
    c->store = l->options.cache_dir ? &folder_store : &memory_store;
    if (!make_key(&l->options, c->key))
        l->cache_note = "off: this program cannot tell its builds apart";
    else if (c->store == &memory_store)
        return;
    else if (!depot_open(&c->depot, l->options.cache_dir, &err))
        l->cache_note = arena_printf(&l->arena, "off: %s", err.message).p;
    else
        return;
    cache_close(l);
}

void cache_close(struct tl_linter *l)
{
    struct cache *c = l->cache;

    if (!c)
        return;
    for (size_t i = 0; i < c->known.n; i++)
        known_free(c->known.v[i]);
    vec_release(&c->known);
    vec_release(&c->wishes);
    vec_release(&c->written);
    depot_close(&c->depot);
    file_release(&c->frozen);
    mem_free(c);
    l->cache = NULL;
}

struct known *cache_history(struct tl_linter *l, const char *root)
{
    struct cache *c = l->cache;
    unsigned char hash[SHA256_BYTES];
    struct sha256 of;

    if (!c || c->store == &memory_store)
        return NULL;
    sha256_begin(&of);
    sha256_add(&of, c->key, sizeof(c->key));
    sha256_add(&of, root, strlen(root));
    sha256_end(&of, hash);
    vec_push(&c->known,
             known_open(&c->depot, name_of("files", hash).text, root));
    return *vec_last(&c->known);
}

/* ---- chains ---- */

struct chain {
    struct tl_linter *linter;
    struct sha256 hash;
    struct layout_folder folder;
    uint32_t inputs; /* in it */
};

static void chain_begin(struct chain *c, struct tl_linter *l)
{
    *c = (struct chain){.linter = l};
    sha256_begin(&c->hash);
    sha256_add(&c->hash, l->cache->key, sizeof(l->cache->key));
}

/* What the input has to do with the state behind it. */
static void chain_add(struct chain *c, struct input *in)
{
    const struct tl_options *o = choice_options(c->linter, in);
    const unsigned char about[] = {(unsigned char)in->kind,
                                   in->goes_first,
                                   in->failed,
                                   layout_is_pop(in->path, &c->folder),
                                   o->assume_in_transaction,
                                   (unsigned char)o->pg_version};

    if (in->kind == INPUT_MIGRATION)
        c->linter->cache->store->hash_text(in, &c->hash);
    sha256_add(&c->hash, about, sizeof(about));
    sha256_add(&c->hash, in->path, strlen(in->path) + 1);
    c->inputs++;
}

static void chain_to(struct chain *c, struct known_state *s)
{
    while (c->inputs < s->inputs)
        chain_add(c, c->linter->inputs.v[c->inputs]);
    sha256_end(&c->hash, s->chain);
}

/* ---- which states ---- */

static bool has_beside(const char *path)
{
    struct arena a;

    arena_init(&a, 1024);
    bool has = layout_beside(path, &a) != NULL;
    arena_release(&a);
    return has;
}

/* Can all that the state behind it depends on be told? */
static bool is_told(const struct input *in)
{
    if (in->damage)
        return false;
    return in->kind != INPUT_MIGRATION || (in->known && in->known->has_hash) ||
           !has_beside(in->path);
}

/* How many inputs stand before all that is reported; 0: no state is of use. */
static uint32_t silent_inputs(const struct tl_linter *l)
{
    uint32_t n = 0;

    if (l->evidence.wanted || !l->cache->store->is_usable(l->cache))
        return 0;
    for (; n < l->inputs.n && l->inputs.v[n]->context_only; n++)
        if (!is_told(l->inputs.v[n]))
            return 0;
    return n;
}

static int compare_states(const void *a, const void *b)
{
    const struct known_state *x = a;
    const struct known_state *y = b;

    return x->inputs < y->inputs ? -1 : x->inputs > y->inputs;
}

struct states {
    VEC(struct known_state) list;
};

static void sort_states(struct states *s)
{
    if (s->list.n)
        qsort(s->list.v, s->list.n, sizeof(s->list.v[0]), compare_states);
}

static bool load(struct tl_linter *l, struct walk_state *walk,
                 const struct known_state *s)
{
    struct cache *c = l->cache;
    struct tl_str bytes;

    if (!c->store->read(c, s, &bytes))
        return false;
    if (frozen_read(l, walk, s->inputs, bytes))
        return true;
    file_release(&c->frozen);
    return false;
}

/* The furthest of those that an earlier run has kept; the newest first, where
   several are as far. */
static uint32_t take_state(struct tl_linter *l, struct walk_state *walk,
                           uint32_t silent)
{
    size_t n;
    const struct known_state *kept = l->cache->store->states(l->cache, &n);
    struct states own = {.list = VEC_INIT};
    struct chain chain;
    uint32_t restored = 0;

    for (size_t i = 0; i < n; i++)
        if (kept[i].inputs > 0 && kept[i].inputs <= silent)
            vec_push(&own.list, kept[i]);
    sort_states(&own);
    chain_begin(&chain, l);
    size_t fitting = 0;
    for (size_t i = 0; i < own.list.n; i++) {
        struct known_state now = {.inputs = own.list.v[i].inputs};

        chain_to(&chain, &now);
        if (memcmp(now.chain, own.list.v[i].chain, sizeof(now.chain)) == 0)
            own.list.v[fitting++] = now;
    }
    while (fitting > 0 && !restored)
        if (load(l, walk, &own.list.v[--fitting]))
            restored = own.list.v[fitting].inputs;
    vec_release(&own.list);
    return restored;
}

static void wish(struct states *s, uint32_t from, uint32_t inputs)
{
    if (inputs <= from)
        return;
    for (size_t i = 0; i < s->list.n; i++)
        if (s->list.v[i].inputs == inputs)
            return;
    vec_push(&s->list, (struct known_state){.inputs = inputs});
}

/* Also for those who will change another file than now. */
static void wish_apart(struct states *s, uint32_t from, uint32_t silent)
{
    for (uint32_t step = NEAR * 2; step <= silent; step *= 2)
        wish(s, from, silent / step * step);
    for (uint32_t at = APART; at < silent; at += APART)
        wish(s, from, at);
}

/* What was restored is kept already, and what stands close behind it need not
   be. */
static void make_wishes(struct tl_linter *l, uint32_t restored, uint32_t silent)
{
    struct states wanted = {.list = VEC_INIT};
    struct chain chain;

    if (silent - restored < NEAR)
        return;
    wish(&wanted, restored, silent);
    if (!l->cache->store->only_furthest)
        wish_apart(&wanted, restored, silent);
    sort_states(&wanted);
    chain_begin(&chain, l);
    for (size_t i = 0; i < wanted.list.n; i++) {
        chain_to(&chain, &wanted.list.v[i]);
        vec_push(&l->cache->wishes, wanted.list.v[i]);
    }
    vec_release(&wanted.list);
}

/* ---- the run ---- */

/* What was read without being known is known now. */
static void take_hashes(struct tl_linter *l)
{
    for (size_t i = 0; i < l->inputs.n; i++) {
        struct input *in = l->inputs.v[i];

        if (in->known && !in->known->has_hash && !in->packed &&
            in->kind == INPUT_MIGRATION)
            known_take(in->table, in->known, in->source.text);
    }
}

uint32_t cache_restore(struct tl_linter *l, struct walk_state *walk)
{
    uint32_t restored = 0;

    if (!l->cache)
        return 0;
    take_hashes(l);
    uint32_t silent = silent_inputs(l);
    if (silent) {
        restored = take_state(l, walk, silent);
        make_wishes(l, restored, silent);
    }
    l->cache_note =
        arena_printf(&l->arena, "%u of %zu inputs need not be folded again",
                     restored, l->inputs.n)
            .p;
    return restored;
}

static void keep_state(struct tl_linter *l, const struct walk_state *walk,
                       const struct known_state *s)
{
    struct cache *c = l->cache;
    struct codec codec;
    struct buf out;

    codec_write(&codec);
    buf_init(&out, STATE_MAX);
    frozen_write(l, walk, s->inputs, &codec);
    codec_finish(&codec, &out);
    if (!out.full)
        c->store->keep(c, s, buf_view(&out));
    buf_release(&out);
    codec_release(&codec);
}

void cache_pass(struct tl_linter *l, const struct walk_state *walk,
                uint32_t input)
{
    struct cache *c = l->cache;

    while (c && c->passed < c->wishes.n &&
           c->wishes.v[c->passed].inputs <= input) {
        const struct known_state *s = &c->wishes.v[c->passed++];

        /* Nothing is ever said before it, but that is what all depends on. */
        if (!c->spoilt && l->findings.n == 0)
            keep_state(l, walk, s);
    }
}

void cache_confirm(struct tl_linter *l, const struct input *in)
{
    struct cache *c = l->cache;

    if (c && c->wishes.n && in->source.id < vec_last(&c->wishes)->inputs &&
        in->known && !known_holds(in->table, in->known, in->source.text))
        c->spoilt = true;
}

/* A file that was changed between its hash and its use may have led to a state
   of another hash: nobody shall find it. */
static void tell_states(struct cache *c)
{
    for (size_t i = 0; c->written.n && i < c->known.n; i++)
        c->spoilt = c->spoilt || !known_is_as_looked(c->known.v[i]);
    for (size_t i = 0; !c->spoilt && i < c->written.n; i++)
        known_add_state(c->known.v[0], &c->written.v[i]);
}

void cache_save(struct tl_linter *l)
{
    struct cache *c = l->cache;

    if (!c || c->store == &memory_store)
        return;
    tell_states(c);
    for (size_t i = 0; i < c->known.n; i++)
        c->wrote = known_save(c->known.v[i], &c->depot) || c->wrote;
    if (c->wrote)
        depot_sweep(&c->depot, FOLDER_MAX);
}
