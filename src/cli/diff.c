/*
 * diff.c - a unified diff of two texts that are nearly the same.
 *
 * Fixes touch a line here and there, so a look-ahead of a few lines finds
 * where the texts agree again.
 */
#include "cli/diff.h"

#include "base/vec.h"

#define CONTEXT 3
#define LOOK_AHEAD 64

struct lines {
    VEC(struct tl_str) v; /* each with its end */
};

/* Lines before[a0..a1) became after[b0..b1). */
struct change {
    size_t a0, a1, b0, b1;
};

struct changes {
    VEC(struct change) v;
};

static void cut(struct tl_str text, struct lines *out)
{
    size_t at = 0;

    while (at < text.n) {
        const char *nl = memchr(text.p + at, '\n', text.n - at);
        size_t end = nl ? (size_t)(nl - text.p) + 1 : text.n;

        vec_push(&out->v, ((struct tl_str){text.p + at, end - at}));
        at = end;
    }
}

static bool agree(const struct lines *a, size_t i, const struct lines *b,
                  size_t j)
{
    if (i == a->v.n || j == b->v.n)
        return i == a->v.n && j == b->v.n;
    return tl_str_eq(a->v.v[i], b->v.v[j]);
}

/* The nearest place where both agree again, else the ends of both. */
static struct change find_end(const struct lines *a, size_t i,
                              const struct lines *b, size_t j)
{
    for (size_t sum = 1; sum < LOOK_AHEAD; sum++)
        for (size_t x = 0; x <= sum; x++)
            if (i + x <= a->v.n && j + sum - x <= b->v.n &&
                agree(a, i + x, b, j + sum - x))
                return (struct change){i, i + x, j, j + sum - x};
    return (struct change){i, a->v.n, j, b->v.n};
}

static void compare(const struct lines *a, const struct lines *b,
                    struct changes *out)
{
    size_t i = 0;
    size_t j = 0;

    while (i < a->v.n || j < b->v.n) {
        if (i < a->v.n && j < b->v.n && tl_str_eq(a->v.v[i], b->v.v[j])) {
            i++;
            j++;
            continue;
        }
        struct change c = find_end(a, i, b, j);
        vec_push(&out->v, c);
        i = c.a1;
        j = c.b1;
    }
}

static void print_line(FILE *f, char mark, struct tl_str line)
{
    fputc(mark, f);
    fwrite(line.p, 1, line.n, f);
    if (!line.n || line.p[line.n - 1] != '\n')
        fputs("\n\\ No newline at end of file\n", f);
}

/* Line numbers count from 1; an empty side names the line before it. */
static void print_range(FILE *f, char mark, size_t from, size_t to)
{
    fprintf(f, " %c%zu,%zu", mark, to > from ? from + 1 : from, to - from);
}

static void print_hunk(FILE *f, const struct lines *a, const struct lines *b,
                       const struct change *c, size_t n)
{
    size_t lead = c[0].a0 < CONTEXT ? c[0].a0 : CONTEXT;
    size_t left = a->v.n - c[n - 1].a1;
    size_t trail = left < CONTEXT ? left : CONTEXT;
    size_t at = c[0].a0 - lead;

    fputs("@@", f);
    print_range(f, '-', at, c[n - 1].a1 + trail);
    print_range(f, '+', c[0].b0 - lead, c[n - 1].b1 + trail);
    fputs(" @@\n", f);
    for (size_t i = 0; i < n; i++) {
        for (; at < c[i].a0; at++)
            print_line(f, ' ', a->v.v[at]);
        for (; at < c[i].a1; at++)
            print_line(f, '-', a->v.v[at]);
        for (size_t k = c[i].b0; k < c[i].b1; k++)
            print_line(f, '+', b->v.v[k]);
    }
    for (size_t i = 0; i < trail; i++)
        print_line(f, ' ', a->v.v[at++]);
}

void diff_print(FILE *f, const char *path, struct tl_str before,
                struct tl_str after)
{
    struct lines a = {.v = VEC_INIT};
    struct lines b = {.v = VEC_INIT};
    struct changes changes = {.v = VEC_INIT};

    cut(before, &a);
    cut(after, &b);
    compare(&a, &b, &changes);
    if (changes.v.n)
        fprintf(f, "--- %s\n+++ %s\n", path, path);
    for (size_t i = 0, n; i < changes.v.n; i += n) {
        const struct change *c = &changes.v.v[i];

        n = 1;
        while (i + n < changes.v.n &&
               c[n].a0 - c[n - 1].a1 <= (size_t)2 * CONTEXT)
            n++;
        print_hunk(f, &a, &b, c, n);
    }
    vec_release(&changes.v);
    vec_release(&b.v);
    vec_release(&a.v);
}
