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

/* Are the two characters before `i` and `j` the same, the other way round? */
static bool is_swap(struct tl_str a, struct tl_str b, unsigned i, unsigned j)
{
    return i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
           a.p[i - 2] == b.p[j - 1];
}

/* Levenshtein's distance, two neighbours swapped being one edit; names longer
   than the bound are never near. */
static unsigned distance(struct tl_str a, struct tl_str b)
{
    unsigned rows[3][MAX_NAME + 1];

    if (a.n > MAX_NAME || b.n > MAX_NAME)
        return UINT32_MAX;
    for (unsigned j = 0; j <= b.n; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= a.n; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i + 2) % 3];
        const unsigned *swapped = rows[(i + 1) % 3];

        row[0] = i;
        for (unsigned j = 1; j <= b.n; j++) {
            row[j] = smallest(above[j] + 1, row[j - 1] + 1,
                              above[j - 1] + (a.p[i - 1] != b.p[j - 1]));
            if (is_swap(a, b, i, j) && swapped[j - 2] + 1 < row[j])
                row[j] = swapped[j - 2] + 1;
        }
    }
    return rows[a.n % 3][b.n];
}

void suggest_consider(struct tl_str asked, struct tl_str candidate,
                      struct tl_str *nearest, unsigned *best)
{
    unsigned d = distance(asked, candidate);

    /* Half of a short word is another word. */
    if (d > candidate.n / 3 + (candidate.n < 3 ? 0 : 1) ||
        (d && 2 * (size_t)d >= (asked.n < candidate.n ? asked.n : candidate.n)))
        return;
    if (nearest->n && d >= *best)
        return;
    *nearest = candidate;
    *best = d;
}
