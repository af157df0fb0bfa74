/*
 * suggest.c - edit distance over short names.
 */
#include "lint/suggest.h"

#define MAX_NAME 80

static unsigned smallest(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;

    return m < c ? m : c;
}

/* Levenshtein's distance; names longer than the bound are never near. */
static unsigned distance(struct tl_str a, struct tl_str b)
{
    unsigned row[MAX_NAME + 1];

    if (a.n > MAX_NAME || b.n > MAX_NAME)
        return UINT32_MAX;
    for (unsigned j = 0; j <= b.n; j++)
        row[j] = j;
    for (unsigned i = 1; i <= a.n; i++) {
        unsigned diagonal = row[0];

        row[0] = i;
        for (unsigned j = 1; j <= b.n; j++) {
            unsigned above = row[j];
            unsigned change = diagonal + (a.p[i - 1] != b.p[j - 1]);

            row[j] = smallest(above + 1, row[j - 1] + 1, change);
            diagonal = above;
        }
    }
    return row[b.n];
}

void suggest_consider(struct tl_str asked, struct tl_str candidate,
                      struct tl_str *nearest, unsigned *best)
{
    unsigned d = distance(asked, candidate);

    if (d > candidate.n / 3 + (candidate.n < 3 ? 0 : 1))
        return;
    if (nearest->n && d >= *best)
        return;
    *nearest = candidate;
    *best = d;
}
