/*
 * fix.c - the text of an input with the fixes of its findings applied.
 *
 * A fix is applied whole or not at all, and never over another one's bytes:
 * what is left over is found again by the next run, on the new text.
 */
#include "lint/linter.h"

#include <stdlib.h>

struct edit_list {
    VEC(const struct tl_edit *) edits; /* sorted, not overlapping */
};

static bool is_wanted(const struct tl_finding *f, uint32_t source,
                      enum tl_applicability most)
{
    if (!f->fix || !f->fix->edits || f->fix->applicability > most)
        return false;
    for (const struct tl_edit *e = f->fix->edits; e; e = e->next)
        if (e->span.source != source)
            return false;
    return true;
}

/* Two insertions at one place have no order of their own. */
static bool collides(const struct tl_edit *a, const struct tl_edit *b)
{
    if (a->span.start == b->span.start)
        return true;
    return a->span.start < b->span.end && b->span.start < a->span.end;
}

static bool fits(const struct edit_list *list, const struct tl_fix *fix)
{
    for (const struct tl_edit *e = fix->edits; e; e = e->next)
        for (size_t i = list->edits.n; i > 0; i--)
            if (collides(list->edits.v[i - 1], e))
                return false;
    return true;
}

static int compare_edits(const void *a, const void *b)
{
    const struct tl_edit *x = *(const struct tl_edit *const *)a;
    const struct tl_edit *y = *(const struct tl_edit *const *)b;

    return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

static size_t collect(const struct tl_linter *l, uint32_t source,
                      enum tl_applicability most, struct edit_list *list)
{
    size_t n = 0;

    for (size_t i = 0; i < l->findings.n; i++) {
        const struct tl_finding *f = l->findings.v[i];

        if (!is_wanted(f, source, most) || !fits(list, f->fix))
            continue;
        for (const struct tl_edit *e = f->fix->edits; e; e = e->next)
            vec_push(&list->edits, e);
        n++;
    }
    if (list->edits.n)
        qsort(list->edits.v, list->edits.n, sizeof(list->edits.v[0]),
              compare_edits);
    return n;
}

static struct tl_str apply(struct arena *arena, struct tl_str text,
                           const struct edit_list *list)
{
    size_t size = text.n;
    size_t read = 0;
    size_t n = 0;

    for (size_t i = 0; i < list->edits.n; i++)
        size += list->edits.v[i]->text.n;
    char *out = arena_alloc(arena, size + 1);
    for (size_t i = 0; i < list->edits.n; i++) {
        const struct tl_edit *e = list->edits.v[i];

        memcpy(out + n, text.p + read, e->span.start - read);
        n += e->span.start - read;
        if (e->text.n)
            memcpy(out + n, e->text.p, e->text.n);
        n += e->text.n;
        read = e->span.end;
    }
    memcpy(out + n, text.p + read, text.n - read);
    n += text.n - read;
    return (struct tl_str){out, n};
}

/* Texts inside logs and plans are records of what was: nothing to edit. A
   packed file is none to write text to. */
static bool is_editable(const struct input *in)
{
    return !in->context_only && !in->packed &&
           (in->kind == INPUT_MIGRATION || in->kind == INPUT_QUERY);
}

size_t tl_fixed_text(struct tl_linter *l, uint32_t source,
                     enum tl_applicability most, struct tl_str *out)
{
    struct edit_list list = {.edits = VEC_INIT};

    if (source >= l->inputs.n || !is_editable(l->inputs.v[source]))
        return 0;
    size_t n = collect(l, source, most, &list);
    if (n)
        *out = apply(&l->arena, l->inputs.v[source]->source.text, &list);
    vec_release(&list.edits);
    return n;
}
