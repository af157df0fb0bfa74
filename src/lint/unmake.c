/*
 * unmake.c - the fix that makes an index not at all: its CREATE goes, and what
 * the migration does with it on its way down goes, too.
 *
 * The way down is read after the rules were asked, so the fix is settled when
 * the run ends: where something else still names the index, there is none.
 */
#include "lint/linter.h"

#include <stdlib.h>

/* To the end of the semicolon, where one follows. */
static struct tl_span with_semicolon(struct tl_ctx *c, struct tl_span at)
{
    struct tl_span more = {at.end, at.end + 1, at.source};

    if (tl_str_is(tl_source_text(c, more), ";"))
        at.end++;
    return at;
}

void tl_fix_unmake(struct tl_ctx *c, struct tl_finding *f,
                   const struct tl_index *index)
{
    struct tl_fix *fix =
        tl_fix(c, f, TL_UNSAFE, "do not make the index at all");

    fix->unmakes = index->id;
    tl_edit(c, fix, with_semicolon(c, index->row.made), "%s", "");
}

void unmake_note(struct tl_ctx *c, const struct tl_op *op,
                 struct tl_schema before)
{
    const struct tl_index *index = tl_find_index(before, op->table);

    if (!c->down || op->kind != TL_OP_DROP_INDEX || !index)
        return;
    struct dropped_index d = {.index = index->id,
                              .at = with_semicolon(c, op->span),
                              .if_exists = op->if_exists,
                              .one_of_many = op->one_of_many};
    vec_push(&c->linter->dropped_down, d);
}

/* Has it the name still that it was made with? */
static bool is_renamed(const struct tl_linter *l, uint32_t id)
{
    struct tl_schema now = catalog_at(l->catalog, l->statement);
    const struct tl_relation *r = tl_relation_by_id(now, id);
    struct tl_schema then = {l->catalog, r ? r->row.first : 0};
    const struct tl_relation *made = r ? tl_relation_by_id(then, id) : NULL;

    return made && !tl_name_eq(made->name, r->name);
}

static int compare_dropped(const void *a, const void *b)
{
    const struct dropped_index *x = a;
    const struct dropped_index *y = b;

    return (x->index > y->index) - (x->index < y->index);
}

/* The first of the index, or where it would stand. */
static size_t first_dropped(const struct tl_linter *l, uint32_t index)
{
    size_t low = 0;
    size_t high = l->dropped_down.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (l->dropped_down.v[middle].index < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void unmake_sort(struct tl_linter *l)
{
    if (l->dropped_down.n)
        qsort(l->dropped_down.v, l->dropped_down.n,
              sizeof(l->dropped_down.v[0]), compare_dropped);
}

void unmake_settle(struct tl_linter *l, struct tl_finding *f)
{
    struct tl_ctx c = {.linter = l, .scratch = &l->scratch};
    uint32_t id = f->fix ? f->fix->unmakes : 0;

    if (!id)
        return;
    if (is_renamed(l, id))
        f->fix = NULL;
    for (size_t i = first_dropped(l, id); f->fix && i < l->dropped_down.n;
         i++) {
        const struct dropped_index *d = &l->dropped_down.v[i];

        if (d->index != id)
            return;
        if (!d->one_of_many && d->at.source == f->fix->edits->span.source)
            tl_edit(&c, f->fix, d->at, "%s", "");
        else if (!d->if_exists)
            f->fix = NULL;
    }
}
