/*
 * masks.c - what a template's mask stands for, where a text would show it.
 *
 * The splitter puts "x____" in the place of {{name}}, and the catalog keeps
 * such names. Nobody knows them: findings show what stands in the file. Every
 * name with a mask in it is noted when its statement is read, and what rules
 * say is looked through for them. Two templates may leave the same mask; then
 * only the statement at hand tells which is meant, or nobody does.
 */
#include "lint/linter.h"

#include "base/buf.h"
#include "base/codec.h"
#include "base/xxh.h"
#include "sql/lex.h"
#include "sql/split.h"

#include <stdlib.h>

enum kind {
    WORD,
    SCHEMA, /* of every length the same, as the catalog keeps it */
};

struct slot {
    uint64_t hash; /* of kind and name; 0: free */
    struct tl_str source;
    uint32_t statement; /* the last that has it */
    uint32_t mixed;     /* ... in which it stands for two */
    bool ambiguous;
};

struct masks {
    struct slot *slots;
    size_t size; /* a power of two */
    size_t n;
};

/* NAMEDATALEN - 1: the parser cuts longer ones. */
#define NAME_MAX_BYTES 63
/* The shortest mask that is looked for: "x___". */
#define MASK_MIN 4

void masks_free(struct masks *m)
{
    if (m)
        mem_free(m->slots);
    mem_free(m);
}

static uint64_t hash_of(enum kind kind, struct tl_str name)
{
    size_t n = name.n < NAME_MAX_BYTES ? name.n : NAME_MAX_BYTES;

    return XXH3_64bits_withSeed(name.p, n, kind) | 1;
}

static struct slot *slot_of(struct slot *slots, size_t size, uint64_t hash)
{
    size_t at = (size_t)(hash >> 1) & (size - 1);

    while (slots[at].hash && slots[at].hash != hash)
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static void grow(struct masks *m)
{
    size_t size = m->size ? m->size * 2 : 64;
    struct slot *slots = mem_calloc(size, sizeof(*slots));

    for (size_t i = 0; i < m->size; i++)
        if (m->slots[i].hash)
            *slot_of(slots, size, m->slots[i].hash) = m->slots[i];
    mem_free(m->slots);
    m->slots = slots;
    m->size = size;
}

static void code_slot(struct codec *c, struct slot *s)
{
    code_u64(c, &s->hash);
    code_str(c, &s->source);
    code_u32(c, &s->statement);
    code_u32(c, &s->mixed);
    code_bool(c, &s->ambiguous);
}

static void read_slot(struct codec *c, struct masks *m)
{
    struct slot s = {0};

    code_slot(c, &s);
    if (m->n * 2 >= m->size)
        grow(m);
    struct slot *own = slot_of(m->slots, m->size, s.hash);
    if (!s.hash || own->hash || !s.source.p) {
        codec_fail(c);
        return;
    }
    *own = s;
    m->n++;
}

static int compare_slots(const void *a, const void *b)
{
    const struct slot *x = *(struct slot *const *)a;
    const struct slot *y = *(struct slot *const *)b;

    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Sorted: where in the table they stand says how it grew, too. */
static void write_slots(struct codec *c, const struct masks *m)
{
    VEC(struct slot *) list = VEC_INIT;

    for (size_t i = 0; i < m->size; i++)
        if (m->slots[i].hash)
            vec_push(&list, &m->slots[i]);
    if (list.n)
        qsort(list.v, list.n, sizeof(list.v[0]), compare_slots);
    for (size_t i = 0; i < list.n; i++)
        code_slot(c, list.v[i]);
    vec_release(&list);
}

void masks_code(struct codec *c, struct masks **masks)
{
    uint32_t n = *masks ? (uint32_t)(*masks)->n : 0;

    code_count(c, &n);
    if (!c->reading && n)
        write_slots(c, *masks);
    if (!c->reading || !n)
        return;
    *masks = mem_calloc(1, sizeof(**masks));
    for (uint32_t i = 0; i < n && !c->failed; i++)
        read_slot(c, *masks);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '"';
}

/* {{x}}, {{ x }} and "{{x}}" are one. */
static bool is_same(struct tl_str a, struct tl_str b)
{
    size_t i = 0;
    size_t k = 0;

    for (;;) {
        while (i < a.n && is_blank(a.p[i]))
            i++;
        while (k < b.n && is_blank(b.p[k]))
            k++;
        if (i == a.n || k == b.n)
            return i == a.n && k == b.n;
        if (a.p[i++] != b.p[k++])
            return false;
    }
}

static void keep(struct tl_linter *l, enum kind kind, struct tl_str name,
                 struct tl_str source)
{
    if (!l->masks)
        l->masks = mem_calloc(1, sizeof(*l->masks));
    struct masks *m = l->masks;
    if (m->n * 2 >= m->size)
        grow(m);
    struct slot *s = slot_of(m->slots, m->size, hash_of(kind, name));
    bool known = s->hash != 0;
    bool same = known && is_same(s->source, source);

    if (known && !same) {
        s->ambiguous = true;
        if (s->statement == l->statement)
            s->mixed = l->statement;
    }
    m->n += !known;
    s->hash = hash_of(kind, name);
    s->statement = l->statement;
    s->source = source;
}

/* The token's name as the parser gives it, when a mask is in it. */
static bool masked_name(const struct lex *l, struct lex_token t,
                        struct tl_str source, char *folded, struct tl_str *out)
{
    struct tl_str text = lex_text(l, t);

    if (memcmp(text.p, source.p, text.n) == 0)
        return false;
    if (t.kind == LEX_QUOTED_IDENT && text.n > 2) {
        *out = (struct tl_str){text.p + 1, text.n - 2};
        return true;
    }
    size_t n = text.n < NAME_MAX_BYTES ? text.n : NAME_MAX_BYTES;
    for (size_t i = 0; i < n; i++)
        folded[i] = text.p[i] >= 'A' && text.p[i] <= 'Z'
                        ? (char)(text.p[i] + ('a' - 'A'))
                        : text.p[i];
    *out = (struct tl_str){folded, n};
    return t.kind == LEX_WORD;
}

void masks_read(struct tl_linter *l, const struct unit *u)
{
    struct tl_str file = u->input->source.text;
    size_t base = (size_t)u->map.base;

    if (u->map.encoding != TEXT_PLAIN || base > file.n ||
        u->text.n > file.n - base || u->text.p == file.p + base ||
        memcmp(u->text.p, file.p + base, u->text.n) == 0)
        return;
    struct lex lex = lex_at(u->text, 0);
    for (struct lex_token t = lex_next_code(&lex); t.kind != LEX_END;
         t = lex_next_code(&lex)) {
        struct tl_str source = {file.p + base + t.start, t.end - t.start};
        char folded[NAME_MAX_BYTES];
        struct tl_str name;
        struct lex behind = lex;

        if (!masked_name(&lex, t, source, folded, &name))
            continue;
        keep(l, WORD, name, source);
        if (split_is_mask(name) &&
            lex_is_punct(&behind, lex_next_code(&behind), '.'))
            keep(l, SCHEMA, TL_STR("x"), source);
    }
}

/* ---- showing ---- */

enum found { NOT_A_MASK, FOUND, LOST };

static enum found find(const struct tl_ctx *c, enum kind kind,
                       struct tl_str name, struct tl_str *out)
{
    const struct masks *m = c->linter->masks;
    const struct slot *s = slot_of(m->slots, m->size, hash_of(kind, name));
    uint32_t now = c->unit ? c->linter->statement : 0;

    if (!s->hash)
        return NOT_A_MASK;
    *out = s->source;
    if (s->ambiguous && (s->statement != now || s->mixed == now))
        return LOST;
    return FOUND;
}

/* A word of a text, and where its mask begins in it. */
struct word {
    struct tl_str text;
    size_t mask;
    bool quoted;
    bool is_schema;
};

static bool next_word(struct tl_str text, size_t from, struct word *w)
{
    const char *found = NULL;

    for (size_t i = from; i + MASK_MIN <= text.n && !found; i++)
        if (text.p[i] == 'x' && memcmp(text.p + i, "x___", MASK_MIN) == 0)
            found = text.p + i;
    if (!found)
        return false;
    size_t at = (size_t)(found - text.p);
    size_t start = at;
    size_t end = at;
    while (start > from && lex_is_identifier_byte(text.p[start - 1]))
        start--;
    while (end < text.n && lex_is_identifier_byte(text.p[end]))
        end++;
    w->quoted = start > from && text.p[start - 1] == '"' && end < text.n &&
                text.p[end] == '"';
    w->text = (struct tl_str){text.p + start, end - start};
    w->mask = at - start;
    end += w->quoted;
    w->is_schema =
        end < text.n && text.p[end] == '.' && end + 1 < text.n &&
        (lex_is_identifier_byte(text.p[end + 1]) || text.p[end + 1] == '"') &&
        split_is_mask(w->text);
    return true;
}

/* A name that was made of one with a mask: its source and the rest of it. */
static enum found find_part(const struct tl_ctx *c, const struct word *w,
                            struct buf *out)
{
    struct tl_str s;
    struct tl_str t = w->text;
    enum found found = NOT_A_MASK;

    for (size_t n = t.n; n >= w->mask + MASK_MIN && found == NOT_A_MASK; n--) {
        size_t from = 0;

        found = find(c, WORD, (struct tl_str){t.p, n}, &s);
        if (found == NOT_A_MASK && w->mask) {
            from = w->mask;
            found = find(c, WORD, (struct tl_str){t.p + from, n - from}, &s);
        }
        if (found != FOUND)
            continue;
        size_t inner = s.n > 2 && s.p[0] == '"';
        bool quoted = inner || (w->quoted && n - from < t.n);
        buf_puts(out, quoted ? "\"" : "");
        buf_add(out, t.p, from);
        buf_add(out, s.p + inner, s.n - 2 * inner);
        buf_add(out, t.p + n, t.n - n);
        buf_puts(out, quoted ? "\"" : "");
    }
    return found;
}

/* It is a template's name, and no more is known. */
static void show_lost(const struct word *w, struct buf *out)
{
    struct tl_str t = w->text;
    size_t end = w->mask + 1;

    while (end < t.n && t.p[end] == '_')
        end++;
    buf_add(out, t.p, w->mask);
    buf_puts(out, "{{...}}");
    buf_add(out, t.p + end, t.n - end);
}

static enum found show(const struct tl_ctx *c, const struct word *w,
                       struct buf *out)
{
    struct tl_str s;

    if (w->is_schema && find(c, SCHEMA, TL_STR("x"), &s) == FOUND) {
        buf_str(out, s);
        return FOUND;
    }
    return w->is_schema ? LOST : find_part(c, w, out);
}

struct tl_str masks_show(struct tl_ctx *c, struct tl_str text, bool *lost)
{
    struct word w;
    size_t at = 0;
    struct buf out;

    *lost = false;
    if (!c->linter->masks || !next_word(text, 0, &w))
        return text;
    buf_init(&out, 0);
    do {
        size_t start = (size_t)(w.text.p - text.p);
        size_t end = start + w.text.n;

        buf_add(&out, text.p + at, start - w.quoted - at);
        at = end + w.quoted;
        enum found found = show(c, &w, &out);
        *lost |= found != FOUND;
        if (found == LOST && w.is_schema)
            at++;
        else if (found == LOST)
            show_lost(&w, &out);
        else if (found == NOT_A_MASK)
            buf_add(&out, text.p + start - w.quoted,
                    w.text.n + 2 * (size_t)w.quoted);
    } while (next_word(text, at, &w));
    buf_add(&out, text.p + at, text.n - at);
    struct tl_str shown = arena_str(&c->linter->arena, buf_view(&out));
    buf_release(&out);
    return shown;
}
