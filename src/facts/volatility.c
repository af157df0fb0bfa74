/*
 * volatility.c - looks a function's name up in the generated lists.
 *
 * A list is rows of sorted words, so a lookup is a binary search for the row
 * and a walk along it: three pages of text instead of 3,000 pointers.
 */
#include "facts/volatility.h"

#include "facts/volatility_data.h"

static int compare_word(struct tl_str word, const char *row, size_t n)
{
    size_t common = word.n < n ? word.n : n;
    int order = memcmp(word.p, row, common);

    if (order != 0)
        return order;
    return word.n < n ? -1 : word.n > n;
}

static bool row_has(const char *row, struct tl_str word)
{
    while (*row) {
        size_t n = strcspn(row, " ");

        if (compare_word(word, row, n) == 0)
            return true;
        row += n + (row[n] == ' ');
    }
    return false;
}

static bool list_has(const char *const *rows, size_t n, struct tl_str word)
{
    size_t low = 0;
    size_t high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *row = rows[middle];

        if (compare_word(word, row, strcspn(row, " ")) < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low > 0 && row_has(rows[low - 1], word);
}

#define LIST_HAS(list, word)                                                   \
    list_has((list), sizeof(list) / sizeof(*(list)), (word))

enum tl_volatility volatility_of(struct tl_str function)
{
    if (function.n == 0)
        return TL_VOLATILITY_UNKNOWN;
    if (LIST_HAS(volatile_names, function))
        return TL_VOLATILE;
    if (LIST_HAS(stable_names, function))
        return TL_STABLE;
    if (LIST_HAS(immutable_names, function))
        return TL_IMMUTABLE;
    return TL_VOLATILITY_UNKNOWN;
}
