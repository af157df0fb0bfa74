/*
 * linehash.c - GitHub's primaryLocationLineHash.
 *
 * A rolling hash over UTF-16 code units. Blanks are skipped and line ends are
 * LF; a line's hash is due when the window has come round to the slot where
 * the line began. Two passes: the first finds the hashes asked for, the second
 * counts them, so that memory does not grow with the file.
 */
#include "report/linehash.h"

#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>

#define BLOCK 100
#define FACTOR 37u
#define UNIT_END 0xFFFFu

typedef void emit_fn(void *arg, uint32_t line, uint64_t hash);

struct roll {
    uint16_t window[BLOCK];
    uint32_t lines[BLOCK]; /* the line that began in the slot; 0: none */
    uint64_t hash;
    uint64_t oldest_factor; /* FACTOR to the power of BLOCK */
    uint32_t line;
    unsigned at;
    bool line_start;
    bool after_cr;
    emit_fn *emit;
    void *arg;
};

static void roll_init(struct roll *r, emit_fn *emit, void *arg)
{
    *r = (struct roll){.line_start = true, .emit = emit, .arg = arg};
    r->oldest_factor = 1;
    for (int i = 0; i < BLOCK; i++)
        r->oldest_factor *= FACTOR;
}

static void take(struct roll *r, uint16_t unit)
{
    r->hash = FACTOR * r->hash + unit - r->oldest_factor * r->window[r->at];
    r->window[r->at] = unit;
    r->at = (r->at + 1) % BLOCK;
}

static void give(struct roll *r)
{
    if (r->lines[r->at])
        r->emit(r->arg, r->lines[r->at], r->hash);
    r->lines[r->at] = 0;
}

static void roll_unit(struct roll *r, uint16_t unit)
{
    if (unit == ' ' || unit == '\t' || (r->after_cr && unit == '\n')) {
        r->after_cr = false;
        return;
    }
    r->after_cr = unit == '\r';
    if (r->after_cr)
        unit = '\n';
    give(r);
    if (r->line_start)
        r->lines[r->at] = ++r->line;
    r->line_start = unit == '\n';
    take(r, unit);
}

static void roll_end(struct roll *r)
{
    roll_unit(r, UNIT_END);
    for (int i = 0; i < BLOCK; i++) {
        give(r);
        take(r, 0);
    }
}

/* How many bytes follow a first byte, and which the second may be. */
static size_t expect(unsigned char c, unsigned char *low, unsigned char *high)
{
    *low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    *high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (c >= 0xC2 && c <= 0xDF)
        return 1;
    if (c >= 0xE0 && c <= 0xEF)
        return 2;
    return c >= 0xF0 && c <= 0xF4 ? 3 : 0;
}

/*
 * Decodes as JavaScript does: one U+FFFD for each longest beginning of a
 * character that breaks off, which is not how positions count damaged bytes.
 */
static size_t decode(const unsigned char *p, size_t n, uint32_t *out)
{
    unsigned char low;
    unsigned char high;
    size_t more = expect(p[0], &low, &high);
    uint32_t c = p[0];
    size_t i = 1;

    if (p[0] < 0x80) {
        *out = c;
        return 1;
    }
    c &= more ? 0x3Fu >> more : 0;
    for (; i <= more && i < n && p[i] >= low && p[i] <= high; i++) {
        c = c << 6 | (p[i] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *out = more && i == more + 1 ? c : 0xFFFD;
    return i;
}

static void roll_text(struct roll *r, struct tl_str text)
{
    const unsigned char *p = (const unsigned char *)text.p;

    for (size_t i = 0; i < text.n;) {
        uint32_t c;

        i += decode(p + i, text.n - i, &c);
        if (c <= 0xFFFF) {
            roll_unit(r, (uint16_t)c);
            continue;
        }
        roll_unit(r, (uint16_t)(0xD800u + ((c - 0x10000) >> 10)));
        roll_unit(r, (uint16_t)(0xDC00u + ((c - 0x10000) & 0x3FF)));
    }
    roll_end(r);
}

struct pass {
    struct linehash *lines;
    size_t n;
    size_t next;
};

static void note_hash(void *arg, uint32_t line, uint64_t hash)
{
    struct pass *p = arg;

    while (p->next < p->n && p->lines[p->next].line < line)
        p->next++;
    if (p->next == p->n || p->lines[p->next].line != line)
        return;
    p->lines[p->next].hash = hash;
    p->lines[p->next].found = true;
}

struct hash_count {
    uint64_t hash;
    uint32_t n;
};

struct counting {
    struct pass pass;
    struct hash_count *counts; /* by hash, distinct */
    size_t n;
};

static int compare_counts(const void *a, const void *b)
{
    uint64_t x = ((const struct hash_count *)a)->hash;
    uint64_t y = ((const struct hash_count *)b)->hash;

    return x < y ? -1 : x > y;
}

static void count_hash(void *arg, uint32_t line, uint64_t hash)
{
    struct counting *c = arg;
    struct hash_count key = {hash, 0};
    struct hash_count *found =
        bsearch(&key, c->counts, c->n, sizeof(key), compare_counts);

    if (!found)
        return;
    found->n++;
    struct pass *p = &c->pass;
    while (p->next < p->n && p->lines[p->next].line < line)
        p->next++;
    if (p->next < p->n && p->lines[p->next].line == line)
        p->lines[p->next].ordinal = found->n;
}

void linehash_fill(struct tl_str text, struct linehash *lines, size_t n)
{
    struct pass first = {lines, n, 0};
    struct counting second = {.pass = {lines, n, 0}};
    struct roll r;

    roll_init(&r, note_hash, &first);
    roll_text(&r, text);
    second.counts = mem_calloc(n + 1, sizeof(*second.counts));
    for (size_t i = 0; i < n; i++)
        second.counts[i].hash = lines[i].hash;
    qsort(second.counts, n, sizeof(*second.counts), compare_counts);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || second.counts[i].hash != second.counts[second.n - 1].hash)
            second.counts[second.n++] = second.counts[i];
    roll_init(&r, count_hash, &second);
    roll_text(&r, text);
    mem_free(second.counts);
}

void linehash_write(struct buf *b, const struct linehash *h)
{
    buf_printf(b, "%" PRIx64 ":%" PRIu32, h->hash, h->ordinal);
}
