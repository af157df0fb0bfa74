/*
 * advice.c - from what shapes need to as few indexes as serve them.
 *
 * The needs of a table are taken by the number of their columns, most first.
 * A need joins a bundle when its columns can stand in front of the bundle's
 * others: sets that hold one another, each the beginning of the next, are one
 * index. An existing index whose columns can stand in front of all is extended.
 */
#include "lint/linter.h"
#include "schema/names.h"

#include <stdlib.h>

/* A table with more columns in need than that is left alone. */
#define COLUMNS_MAX 63
#define SETS_MAX 16
#define INDEX_COLUMNS_MAX (2 * NEED_EQUAL_MAX + 2)

/* An index that finds rows in part is made longer only for shapes that are
   slow although they find little. */
#define BEGUN_MEAN_MS 20
#define BEGUN_ROWS 100
#define MANY_ROWS 10000

/* A set of columns of the table at hand, by their places in `columns`. */
typedef uint64_t set;

struct wish {
    const struct need *need;
    set equal;
    set whole; /* with the last one */
};

struct bundle {
    set sets[SETS_MAX]; /* each holds the next; the first holds all */
    uint32_t n_sets;
    set top;                      /* the equalities alone */
    const struct tl_column *last; /* behind them; NULL */
    VEC(const struct need *) needs;
};

struct table_work {
    struct tl_ctx *ctx;
    struct tl_schema schema;
    const struct tl_relation *table;
    const struct tl_column *columns[COLUMNS_MAX];
    uint32_t shared[COLUMNS_MAX]; /* needs that compare the column with = */
    uint32_t n_columns;
    VEC(struct wish) wishes;
    VEC(struct bundle) bundles;
};

/* ---- sets ---- */

static uint32_t size_of(set s)
{
    uint32_t n = 0;

    for (; s; s &= s - 1)
        n++;
    return n;
}

static bool holds(set a, set b)
{
    return (a & b) == b;
}

/* Holds it each of them, or the other way round? */
static bool is_nested(const struct bundle *b, set s)
{
    for (uint32_t i = 0; i < b->n_sets; i++)
        if (!holds(b->sets[i], s) && !holds(s, b->sets[i]))
            return false;
    return true;
}

static void add_set(struct bundle *b, set s)
{
    uint32_t at = 0;

    while (at < b->n_sets && size_of(b->sets[at]) > size_of(s))
        at++;
    if (!s || b->n_sets >= SETS_MAX || (at < b->n_sets && b->sets[at] == s))
        return;
    for (uint32_t i = b->n_sets++; i > at; i--)
        b->sets[i] = b->sets[i - 1];
    b->sets[at] = s;
}

/* ---- wishes ---- */

static set bit_of(struct table_work *w, const struct tl_column *c)
{
    for (uint32_t i = 0; i < w->n_columns; i++)
        if (w->columns[i]->number == c->number)
            return (set)1 << i;
    if (w->n_columns >= COLUMNS_MAX)
        return 0;
    w->columns[w->n_columns] = c;
    return (set)1 << w->n_columns++;
}

static bool is_slow(const struct tl_shape *s)
{
    double calls = (double)s->calls;

    return s->total_ms >= BEGUN_MEAN_MS * calls && s->rows >= 0 &&
           s->rows <= BEGUN_ROWS * calls;
}

/* Reading so many rows takes its time, with an index or without. */
static bool returns_many(const struct tl_shape *s)
{
    return s->rows > MANY_ROWS * (double)s->calls;
}

static bool is_told(const struct need *n)
{
    return n->shape->from_capture && n->shape->calls > n->shape->errors &&
           !returns_many(n->shape) && (!n->begun || is_slow(n->shape));
}

/* Those of one shape stand together. */
static bool repeats(const struct table_work *w, const struct wish *wish)
{
    for (size_t i = w->wishes.n; i-- > 0;) {
        if (w->wishes.v[i].need->shape != wish->need->shape)
            return false;
        if (w->wishes.v[i].whole == wish->whole)
            return true;
    }
    return false;
}

static void add_wish(struct table_work *w, const struct need *n)
{
    struct wish wish = {.need = n};

    if (!is_told(n))
        return;
    for (uint32_t i = 0; i < n->n_equal; i++)
        wish.equal |= bit_of(w, n->equal[i]);
    wish.whole = wish.equal | (n->last ? bit_of(w, n->last) : 0);
    if (repeats(w, &wish))
        return;
    for (uint32_t i = 0; i < w->n_columns; i++)
        w->shared[i] += (wish.equal >> i & 1) != 0;
    vec_push(&w->wishes, wish);
}

static int compare_wishes(const void *a, const void *b)
{
    const struct wish *x = a;
    const struct wish *y = b;
    uint32_t n = size_of(x->equal);
    uint32_t m = size_of(y->equal);

    if (n != m)
        return n > m ? -1 : 1;
    if (!x->need->last != !y->need->last)
        return x->need->last ? -1 : 1;
    if (x->need->shape->calls != y->need->shape->calls)
        return x->need->shape->calls > y->need->shape->calls ? -1 : 1;
    if (x->need->shape != y->need->shape)
        return x->need->shape->number < y->need->shape->number ? -1 : 1;
    return x->whole < y->whole ? -1 : x->whole > y->whole;
}

/* ---- bundles ---- */

static bool fits(const struct bundle *b, const struct wish *wish)
{
    const struct tl_column *last = wish->need->last;

    if (!is_nested(b, wish->equal))
        return false;
    if (!last)
        return holds(b->top, wish->equal);
    if (wish->equal == b->top)
        return !b->last || b->last->number == last->number;
    return holds(b->top, wish->whole) && is_nested(b, wish->whole);
}

/* Its equalities stand in front: what is left to do behind them, an index made
   for that alone would hardly do better. */
static bool fits_in_part(const struct table_work *w, const struct bundle *b,
                         const struct wish *wish)
{
    return wish->equal && holds(b->top, wish->equal) &&
           is_nested(b, wish->equal) &&
           !column_is_coarse(w->schema, wish->need->equal[0]);
}

static void join_bundle(struct bundle *b, const struct wish *wish)
{
    add_set(b, wish->equal);
    if (wish->need->last && wish->equal == b->top)
        b->last = wish->need->last;
    else
        add_set(b, wish->whole);
    vec_push(&b->needs, wish->need);
}

static void place_wish(struct table_work *w, const struct wish *wish)
{
    for (size_t i = 0; i < w->bundles.n; i++)
        if (fits(&w->bundles.v[i], wish)) {
            join_bundle(&w->bundles.v[i], wish);
            return;
        }
    for (size_t i = 0; i < w->bundles.n; i++)
        if (fits_in_part(w, &w->bundles.v[i], wish)) {
            add_set(&w->bundles.v[i], wish->equal);
            vec_push(&w->bundles.v[i].needs, wish->need);
            return;
        }
    struct bundle b = {.top = wish->equal};
    join_bundle(&b, wish);
    vec_push(&w->bundles, b);
}

/* ---- the index's columns ---- */

static bool is_plain(const struct tl_index *x)
{
    bool plain = tl_str_is(x->method, "btree") && !x->unique &&
                 !x->predicate.n && !x->of_constraint && !x->n_include &&
                 !x->maybe_invalid;

    for (uint32_t i = 0; i < x->n_keys; i++)
        plain &= x->keys[i].column.n && !x->keys[i].opclass.n &&
                 !x->keys[i].collation.n && !x->keys[i].desc &&
                 !x->keys[i].nulls_first;
    return plain;
}

static set key_bit(const struct table_work *w, const struct tl_index *x,
                   uint32_t key)
{
    for (uint32_t i = 0; i < w->n_columns; i++)
        if (tl_str_eq(w->columns[i]->name, x->keys[key].column))
            return (set)1 << i;
    return 0;
}

/* Can its columns stand in front, in their order? */
static bool can_extend(const struct table_work *w, const struct bundle *b,
                       const struct tl_index *x)
{
    set so_far = 0;

    if (!is_plain(x) || x->n_keys > size_of(b->top) ||
        (x->n_keys == size_of(b->top) && !b->last))
        return false;
    for (uint32_t k = 0; k < x->n_keys; k++) {
        set bit = key_bit(w, x, k);

        so_far |= bit;
        if (!bit || !holds(b->top, so_far) || !is_nested(b, so_far))
            return false;
    }
    return true;
}

static const struct tl_index *extended(const struct table_work *w,
                                       struct bundle *b)
{
    TL_EACH_INDEX(w->schema, w->table, x) {
        set so_far = 0;

        if (!can_extend(w, b, x))
            continue;
        for (uint32_t k = 0; k < x->n_keys; k++)
            add_set(b, so_far |= key_bit(w, x, k));
        return x;
    }
    return NULL;
}

static bool goes_first(const struct table_work *w, uint32_t a, uint32_t b)
{
    bool coarse_a = column_is_coarse(w->schema, w->columns[a]);
    bool coarse_b = column_is_coarse(w->schema, w->columns[b]);

    if (coarse_a != coarse_b)
        return coarse_b;
    if (w->shared[a] != w->shared[b])
        return w->shared[a] > w->shared[b];
    return w->columns[a]->number < w->columns[b]->number;
}

/* Of a set that has some. */
static uint32_t first_of(const struct table_work *w, set s)
{
    uint32_t best = (uint32_t)__builtin_ctzll(s);

    for (uint32_t k = best + 1; k < w->n_columns; k++)
        if (s >> k & 1 && goes_first(w, k, best))
            best = k;
    return best;
}

static uint32_t order_columns(const struct table_work *w,
                              const struct bundle *b, struct tl_str *out)
{
    set done = 0;
    uint32_t n = 0;

    for (uint32_t i = b->n_sets; i-- > 0;)
        while (b->sets[i] & ~done && n < INDEX_COLUMNS_MAX) {
            uint32_t best = first_of(w, b->sets[i] & ~done);

            done |= (set)1 << best;
            out[n++] = w->columns[best]->name;
        }
    if (b->last && n < INDEX_COLUMNS_MAX)
        out[n++] = b->last->name;
    return n;
}

/* ---- the advice ---- */

static bool has_test(const struct need *n, struct tl_str test)
{
    for (uint32_t i = 0; i < n->n_tests; i++)
        if (tl_str_eq(n->tests[i], test))
            return true;
    return false;
}

/* What a foreign key's check or a cascade asks for has no condition. */
static bool leads_foreign_key(const struct table_work *w, struct tl_str column)
{
    TL_EACH_CONSTRAINT(w->schema, w->table, c)
        for (uint32_t i = 0; c->kind == TL_FOREIGN_KEY && i < c->n_columns; i++)
            if (tl_str_eq(c->columns[i], column))
                return true;
    return false;
}

/* A condition that all of them have. */
static struct tl_str predicate_of(const struct bundle *b)
{
    const struct need *first = b->needs.v[0];

    for (uint32_t i = 0; i < first->n_tests; i++) {
        size_t n = 0;

        while (n < b->needs.n && has_test(b->needs.v[n], first->tests[i]))
            n++;
        if (n == b->needs.n)
            return first->tests[i];
    }
    return TL_NONE;
}

static bool is_name_given(const struct evidence *e, struct tl_str schema,
                          struct tl_str name)
{
    for (size_t i = 0; i < e->advices.n; i++)
        if (tl_str_eq(e->advices.v[i].name, name) &&
            tl_str_eq(e->advices.v[i].table->name.schema, schema))
            return true;
    return false;
}

static struct tl_str name_of(const struct table_work *w,
                             const struct tl_str *columns, uint32_t n)
{
    struct tl_linter *l = w->ctx->linter;
    struct change x = {.catalog = l->catalog};
    struct tl_str part = names_join(&l->arena, columns, n);
    struct tl_str name =
        names_for_relation(&x, w->table->name, part, "idx", false);
    char label[24];

    for (unsigned i = 1;
         is_name_given(&l->evidence, w->table->name.schema, name) && i < 100;
         i++) {
        (void)snprintf(label, sizeof(label), "idx%u", i);
        name = names_for_relation(&x, w->table->name, part, label, false);
    }
    return name;
}

static int compare_shapes(const void *a, const void *b)
{
    const struct tl_shape *x = *(const struct tl_shape *const *)a;
    const struct tl_shape *y = *(const struct tl_shape *const *)b;

    if (x->total_ms != y->total_ms)
        return x->total_ms > y->total_ms ? -1 : 1;
    if (x->calls != y->calls)
        return x->calls > y->calls ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Each once: a shape may need the index twice. */
static void add_shapes(struct arena *arena, const struct bundle *b,
                       struct tl_index_advice *a)
{
    size_t n = b->needs.n;
    const struct tl_shape **list =
        ARENA_ARRAY(arena, const struct tl_shape *, n);

    for (size_t i = 0; i < n; i++)
        list[i] = b->needs.v[i]->shape;
    qsort(list, n, sizeof(list[0]), compare_shapes);
    a->total_ms = -1;
    for (size_t i = 0; i < n; i++) {
        const struct tl_shape *s = list[i];

        if (a->n_shapes && list[a->n_shapes - 1] == s)
            continue;
        list[a->n_shapes++] = s;
        a->calls += s->calls;
        if (s->total_ms < 0)
            continue;
        a->timed_calls += s->calls;
        a->total_ms = s->total_ms + (a->total_ms > 0 ? a->total_ms : 0);
    }
    a->shapes = list;
}

/* An index that serves a need in part is not doubled by another one. */
static bool is_worthwhile(const struct bundle *b, const struct tl_index *old)
{
    for (size_t i = 0; i < b->needs.n; i++)
        if (!b->needs.v[i]->begun)
            return true;
    return old != NULL;
}

static void advise(struct table_work *w, struct bundle *b)
{
    struct tl_linter *l = w->ctx->linter;
    struct tl_index_advice a = {.table = w->table, .extends = extended(w, b)};
    struct tl_str columns[INDEX_COLUMNS_MAX];

    if (!is_worthwhile(b, a.extends))
        return;
    a.n_columns = order_columns(w, b, columns);
    struct tl_str *kept = ARENA_ARRAY(&l->arena, struct tl_str, a.n_columns);
    for (uint32_t i = 0; i < a.n_columns; i++)
        kept[i] = columns[i];
    a.columns = kept;
    if (!a.extends && !leads_foreign_key(w, columns[0]))
        a.predicate = predicate_of(b);
    a.name = name_of(w, columns, a.n_columns);
    add_shapes(&l->arena, b, &a);
    vec_push(&l->evidence.advices, a);
}

/* Of one table. */
static void work_on(struct tl_ctx *c, const struct need *needs, size_t n)
{
    struct table_work w = {
        .ctx = c, .schema = tl_after(c), .table = needs[0].table};

    for (size_t i = 0; i < n && w.n_columns < COLUMNS_MAX; i++)
        add_wish(&w, &needs[i]);
    if (w.wishes.n)
        qsort(w.wishes.v, w.wishes.n, sizeof(w.wishes.v[0]), compare_wishes);
    for (size_t i = 0; i < w.wishes.n && w.n_columns < COLUMNS_MAX; i++)
        place_wish(&w, &w.wishes.v[i]);
    for (size_t i = 0; i < w.bundles.n; i++) {
        advise(&w, &w.bundles.v[i]);
        vec_release(&w.bundles.v[i].needs);
    }
    vec_release(&w.wishes);
    vec_release(&w.bundles);
}

static int compare_needs(const void *a, const void *b)
{
    const struct need *x = a;
    const struct need *y = b;

    if (x->table->id != y->table->id)
        return x->table->id < y->table->id ? -1 : 1;
    return x->shape->number < y->shape->number ? -1 : x->shape != y->shape;
}

static int compare_advices(const void *a, const void *b)
{
    const struct tl_index_advice *x = a;
    const struct tl_index_advice *y = b;
    size_t n = x->name.n < y->name.n ? x->name.n : y->name.n;

    if (x->total_ms != y->total_ms)
        return x->total_ms > y->total_ms ? -1 : 1;
    if (x->calls != y->calls)
        return x->calls > y->calls ? -1 : 1;
    if (x->table->id != y->table->id)
        return x->table->id < y->table->id ? -1 : 1;
    int c = memcmp(x->name.p, y->name.p, n);
    return c ? c : x->name.n < y->name.n ? -1 : x->name.n > y->name.n;
}

static void advise_all(struct tl_ctx *c)
{
    struct evidence *e = &c->linter->evidence;

    if (e->needs.n)
        qsort(e->needs.v, e->needs.n, sizeof(e->needs.v[0]), compare_needs);
    for (size_t i = 0, end; i < e->needs.n; i = end) {
        for (end = i + 1; end < e->needs.n; end++)
            if (e->needs.v[end].table->id != e->needs.v[i].table->id)
                break;
        work_on(c, &e->needs.v[i], end - i);
    }
    if (e->advices.n)
        qsort(e->advices.v, e->advices.n, sizeof(e->advices.v[0]),
              compare_advices);
}

const struct tl_index_advice *tl_index_advices(struct tl_ctx *c, uint32_t *n)
{
    struct evidence *e = &c->linter->evidence;

    *n = 0;
    if (!c->linter->n_shapes)
        return NULL;
    if (!e->advised)
        advise_all(c);
    e->advised = true;
    *n = (uint32_t)e->advices.n;
    return e->advices.v;
}
