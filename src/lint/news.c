/*
 * news.c - what the file that just ended made or changed.
 *
 * A history may give one table an index with each of its files: what was said
 * of two older ones is not looked at again.
 */
#include "lint/linter.h"

#include <string.h>

bool tl_is_news(const struct tl_ctx *c, const struct tl_row *row)
{
    return row->born > c->file_number;
}

/* The first of the list, which rises, behind that id. */
static uint32_t reindexed_behind(const struct tl_ctx *c, uint32_t id)
{
    uint32_t low = 0;
    uint32_t high = c->n_reindexed;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (c->reindexed[middle] <= id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct tl_relation *tl_next_reindexed(const struct tl_ctx *c,
                                            const struct tl_relation *last)
{
    struct tl_schema now = tl_after(c);
    const struct tl_relation *r = NULL;

    for (uint32_t i = last ? reindexed_behind(c, last->id) : 0;
         !r && i < c->n_reindexed; i++)
        r = tl_relation_by_id(now, c->reindexed[i]);
    return r;
}

struct tl_new_indexes tl_new_indexes(const struct tl_ctx *c,
                                     const struct tl_relation *table)
{
    const struct tl_index **list = NULL;
    uint32_t n = 0;

    TL_EACH_INDEX(tl_after(c), table, i)
        n += tl_is_news(c, &i->row);
    list = ARENA_ARRAY(c->scratch, const struct tl_index *, n);
    n = 0;
    TL_EACH_INDEX(tl_after(c), table, i)
        if (tl_is_news(c, &i->row))
            list[n++] = i;
    return (struct tl_new_indexes){table, list, n};
}

const struct tl_index *tl_find_pair(const struct tl_ctx *c,
                                    const struct tl_new_indexes *news,
                                    const struct tl_index *index,
                                    tl_index_pair_fn *fits)
{
    if (tl_is_news(c, &index->row)) {
        TL_EACH_INDEX(tl_after(c), news->table, other)
            if (other != index && fits(index, other))
                return other;
        return NULL;
    }
    for (uint32_t i = 0; i < news->n; i++)
        if (fits(index, news->v[i]))
            return news->v[i];
    return NULL;
}
