/*
 * link.c - which query gave a loop its keys, and how sure that is.
 *
 * A query is linked to a loop when a foreign key or the columns' names lead
 * from its result to the loop's key, or when it returned about as many rows
 * as the loop ran. Thresholds are those that separated the recorded
 * scenarios from their baits.
 */
#include "workload/loops.h"

#include <stdlib.h>

/* Mean pauses inside a loop, of one connection without a transaction. */
#define THINK_SAME_MS 25.0
#define THINK_WRITE_MS 10.0

struct judged {
    const struct raw_loop *raw;
    const struct loop_parent *parent; /* linked, or only near, or NULL */
    bool linked;
    bool same; /* the same values every time */
    enum tl_confidence confidence;
};

/* ---- names ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same_word(struct tl_str a, struct tl_str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

static bool ends_in(struct tl_str s, struct tl_str end)
{
    return !end.n ||
           (s.n >= end.n &&
            same_word((struct tl_str){s.p + s.n - end.n, end.n}, end));
}

/* "author" of "author_id" and of "authorId"; none of other names. */
static struct tl_str stem_of(struct tl_str column)
{
    static const char *const ends[] = {"_id", "_uuid", "_key", "Id", "Uuid"};

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        size_t n = strlen(ends[i]);

        if (column.n > n && memcmp(column.p + column.n - n, ends[i], n) == 0)
            return (struct tl_str){column.p, column.n - n};
    }
    return TL_NONE;
}

/* Is `stem` what one row of the relation is called? */
static bool names_row(struct tl_str stem, struct tl_str relation)
{
    static const struct {
        const char *plural, *singular;
    } forms[] = {{"", ""}, {"s", ""}, {"es", ""}, {"ies", "y"}};

    for (size_t i = 0; stem.n && i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct tl_str plural = tl_str_c(forms[i].plural);
        struct tl_str singular = tl_str_c(forms[i].singular);

        if (!ends_in(relation, plural) || !ends_in(stem, singular))
            continue;
        struct tl_str row = {relation.p, relation.n - plural.n};
        struct tl_str word = {stem.p, stem.n - singular.n};
        if (same_word(row, word))
            return true;
        /* machine_components: component. */
        if (row.n > word.n && ends_in(row, word) &&
            row.p[row.n - word.n - 1] == '_')
            return true;
    }
    return false;
}

static bool is_identity(struct tl_str column)
{
    return tl_str_is(column, "id") || tl_str_is(column, "uuid");
}

static bool selects(const struct tl_shape *s, struct tl_str column)
{
    for (uint32_t i = 0; i < s->n_selected; i++)
        if (tl_str_eq(s->selected[i], column))
            return true;
    return s->selects_star;
}

static bool selects_identity(const struct tl_shape *s)
{
    for (uint32_t i = 0; i < s->n_selected; i++)
        if (is_identity(s->selected[i]) || stem_of(s->selected[i]).n)
            return true;
    return s->selects_star;
}

static bool reads(const struct tl_shape *s, struct tl_str table)
{
    for (uint32_t i = 0; table.n && i < s->n_tables; i++)
        if (tl_str_eq(s->tables[i].name.name, table))
            return true;
    return false;
}

/* Was the parent itself asked by the child's key? Then whoever asked had the
   keys before: it is the batch, not the source. */
static bool asked_by_key(const struct tl_shape *parent,
                         const struct tl_shape *child)
{
    for (uint32_t i = 0; i < parent->n_tables; i++) {
        const struct tl_shape_table *t = &parent->tables[i];

        if (!tl_str_eq(t->name.name, child->key_table.name))
            continue;
        for (uint32_t k = 0; k < t->n_equal; k++)
            if (tl_str_eq(t->equal[k], child->key_column))
                return true;
        for (uint32_t k = 0; k < t->n_other; k++)
            if (tl_str_eq(t->other[k], child->key_column) &&
                parent->class == TL_CLASS_BATCH)
                return true;
    }
    return false;
}

static bool linked_by_name(const struct tl_shape *parent,
                           const struct tl_shape *child)
{
    struct tl_str key = child->key_column;
    struct tl_str stem = stem_of(key);

    if (asked_by_key(parent, child))
        return false;
    if (reads(parent, child->key_table.name) && selects(parent, key))
        return true;
    if (stem.n && !parent->selects_star && selects(parent, key))
        return true;
    for (uint32_t i = 0; i < parent->n_tables; i++)
        if (names_row(stem.n ? stem : key, parent->tables[i].name.name))
            return selects_identity(parent);
    /* books.author, looked up in authors by whatever its key is called. */
    for (uint32_t i = 0; i < parent->n_selected; i++)
        if (names_row(parent->selected[i], child->key_table.name))
            return true;
    if (!is_identity(key))
        return false;
    for (uint32_t i = 0; i < parent->n_selected; i++)
        if (names_row(stem_of(parent->selected[i]), child->key_table.name))
            return true;
    return false;
}

/* ---- the catalog ---- */

/* A foreign key between the two relations that the keys could follow. */
static bool linked_by_key(struct tl_schema schema,
                          const struct tl_relation *from, uint32_t to,
                          struct tl_str column, struct tl_str ref_column)
{
    TL_EACH_CONSTRAINT(schema, from, c) {
        if (c->kind != TL_FOREIGN_KEY || c->ref_relation != to ||
            c->n_columns == 0)
            continue;
        if (column.n && !tl_str_eq(c->columns[0], column))
            continue;
        if (ref_column.n && c->n_ref_columns &&
            !tl_str_eq(c->ref_columns[0], ref_column))
            continue;
        return true;
    }
    return false;
}

static bool linked_by_catalog(struct tl_schema schema,
                              const struct tl_shape *parent,
                              const struct tl_shape *child)
{
    if (!schema.catalog || !child->key_table.name.n)
        return false;
    const struct tl_relation *to =
        tl_find_relation(schema, child->key_table, NULL);

    for (uint32_t i = 0; to && i < parent->n_tables; i++) {
        const struct tl_relation *from =
            tl_find_relation(schema, parent->tables[i].name, NULL);

        if (!from)
            continue;
        if (linked_by_key(schema, to, from->id, child->key_column, TL_NONE))
            return true;
        for (uint32_t k = 0; k < parent->n_selected; k++)
            if (linked_by_key(schema, from, to->id, parent->selected[k],
                              child->key_column))
                return true;
        if (parent->selects_star &&
            linked_by_key(schema, from, to->id, TL_NONE, child->key_column))
            return true;
    }
    return false;
}

/* Does it look one row up? Such a query gives no list of keys. */
static bool gives_one_row(struct tl_schema schema, const struct shapes *s,
                          uint32_t number)
{
    const struct tl_shape *shape = &s->list.v[number];
    struct tl_str key = shape->key_column;

    if (s->extras.v[number].single_row)
        return true;
    if (shape->class != TL_CLASS_ONE || shape->n_tables != 1)
        return false;
    if (is_identity(key) || names_row(stem_of(key), shape->key_table.name))
        return true;
    if (!schema.catalog)
        return false;
    const struct tl_relation *rel =
        tl_find_relation(schema, shape->key_table, NULL);
    if (!rel)
        return false;
    TL_EACH_INDEX(schema, rel, index)
        if (index->unique && index->n_keys == 1 && !index->predicate.n &&
            tl_str_eq(index->keys[0].column, key))
            return true;
    return false;
}

void loops_complete_shapes(struct shapes *s, struct tl_schema schema)
{
    if (!schema.catalog)
        return;
    for (size_t i = 0; i < s->list.n; i++) {
        struct tl_shape *shape = &s->list.v[i];
        const struct tl_shape_table *found = NULL;
        uint32_t n = 0;

        if (!shape->key_column.n || shape->key_table.name.n)
            continue;
        for (uint32_t k = 0; k < shape->n_tables; k++) {
            const struct tl_relation *rel =
                tl_find_relation(schema, shape->tables[k].name, NULL);

            if (!rel || !tl_find_column(schema, rel, shape->key_column))
                continue;
            found = &shape->tables[k];
            n++;
        }
        if (n == 1)
            shape->key_table = found->name;
    }
}

/* ---- the verdict ---- */

/* One row asked for each that came back, or for nearly each. */
static bool rows_fit(const struct raw_loop *raw, double rows)
{
    return rows >= 2 && ((double)raw->n >= 0.8 * rows) &&
           (double)raw->n <= 1.1 * rows;
}

static void choose_parent(const struct loops *l, struct tl_schema schema,
                          struct judged *j)
{
    const struct tl_shape *child = &l->shapes->list.v[j->raw->shape];

    for (uint32_t i = 0; i < j->raw->n_parents; i++) {
        const struct loop_parent *p = &j->raw->parents[i];
        const struct tl_shape *shape = &l->shapes->list.v[p->shape];

        if (p->rows < 2 && gives_one_row(schema, l->shapes, p->shape))
            continue;
        j->linked = linked_by_name(shape, child) ||
                    linked_by_catalog(schema, shape, child) ||
                    (!p->between && rows_fit(j->raw, p->rows));
        if (j->linked || (!j->parent && !p->between))
            j->parent = p;
        if (j->linked)
            return;
    }
}

static bool one_connection(const struct raw_loop *raw)
{
    return raw->window == TL_WINDOW_SESSION;
}

/* The same query with the same values, and nothing that may change the
   answer in between. */
static bool judge_same(const struct loops *l, struct judged *j)
{
    const struct raw_loop *raw = j->raw;
    const struct tl_shape *s = &l->shapes->list.v[raw->shape];

    if (s->locking || s->volatile_call || raw->wrote_between)
        return false;
    j->same = true;
    j->parent = NULL;
    j->linked = false;
    j->confidence = TL_HIGH;
    if (one_connection(raw))
        j->confidence = raw->n_between == 0 && raw->think_ms >= 0 &&
                                raw->think_ms <= THINK_SAME_MS
                            ? TL_MEDIUM
                            : TL_LOW;
    return true;
}

static bool judge_lookup(const struct loops *l, struct judged *j)
{
    const struct raw_loop *raw = j->raw;
    const struct shape_extra *extra = &l->shapes->extras.v[raw->shape];
    uint32_t wanted = j->linked ? 2 : (raw->n + 1) / 2;

    /* Without parameters nobody can tell the key from the page. */
    if (extra->pages && !extra->has_params)
        return false;
    if (raw->distinct == 0) {
        /* Without values only a request, or as many rows as there were
           executions, makes a loop of a series. */
        bool fits = j->linked && rows_fit(raw, j->parent->rows);
        bool traced = j->linked && raw->window == TL_WINDOW_TRACE;

        j->confidence = fits || traced ? TL_MEDIUM : TL_LOW;
        return true;
    }
    if (raw->distinct_keys < (wanted < 2 ? 2 : wanted))
        return false;
    if (j->linked)
        j->confidence = TL_HIGH;
    else
        j->confidence = one_connection(raw) ? TL_LOW : TL_MEDIUM;
    return true;
}

/* Looks for the row that the loop then writes: check, then write. */
static bool only_checks_between(const struct loops *l,
                                const struct raw_loop *raw)
{
    const struct tl_shape *writer = &l->shapes->list.v[raw->shape];

    for (uint32_t i = 0; i < raw->n_between; i++) {
        const struct tl_shape *s = &l->shapes->list.v[raw->between[i]];

        if (s->class != TL_CLASS_ONE || !writer->n_tables ||
            !reads(s, writer->tables[0].name.name))
            return false;
    }
    return true;
}

static bool judge_write(const struct loops *l, struct judged *j)
{
    const struct raw_loop *raw = j->raw;
    enum tl_shape_class class = l->shapes->list.v[raw->shape].class;
    bool by_key = class == TL_CLASS_UPDATE_ONE || class == TL_CLASS_DELETE_ONE;

    if (by_key && raw->distinct != 0 && raw->distinct_keys < 2)
        return false;
    j->confidence = TL_HIGH;
    if (one_connection(raw))
        j->confidence = raw->think_ms >= 0 && raw->think_ms <= THINK_WRITE_MS &&
                                only_checks_between(l, raw)
                            ? TL_MEDIUM
                            : TL_LOW;
    return true;
}

/* False: it is no loop worth a word. */
static bool judge(const struct loops *l, struct tl_schema schema,
                  struct judged *j)
{
    const struct raw_loop *raw = j->raw;

    switch (l->shapes->list.v[raw->shape].class) {
    case TL_CLASS_ONE:
        if (raw->distinct == 1)
            return judge_same(l, j);
        choose_parent(l, schema, j);
        return judge_lookup(l, j);
    case TL_CLASS_RANGE:
    case TL_CLASS_SCAN:
        return raw->distinct == 1 && judge_same(l, j);
    case TL_CLASS_INSERT_ONE:
    case TL_CLASS_UPSERT_ONE:
    case TL_CLASS_UPDATE_ONE:
    case TL_CLASS_DELETE_ONE:
        choose_parent(l, schema, j);
        return judge_write(l, j);
    default:
        return false;
    }
}

/* ---- one for each place ---- */

static uint64_t group_of(const struct judged *j)
{
    uint64_t parent = j->linked ? (uint64_t)j->parent->shape + 2 : j->same;

    return (uint64_t)j->raw->shape << 32 | parent;
}

/* By place; the surest first, then the one that is told of. */
static int compare_judged(const void *a, const void *b)
{
    const struct judged *x = a;
    const struct judged *y = b;

    if (group_of(x) != group_of(y))
        return group_of(x) < group_of(y) ? -1 : 1;
    if (x->confidence != y->confidence)
        return x->confidence > y->confidence ? -1 : 1;
    if (loop_is_better(x->raw, y->raw))
        return -1;
    return loop_is_better(y->raw, x->raw);
}

/* Did each of them commit by itself? */
static bool autocommits(const struct loops *l, const struct raw_loop *raw)
{
    const struct log_habits *h =
        transactions_habits(l->transactions, raw->first.span.source);

    return raw->alone == ALONE_YES ||
           (raw->alone == ALONE_NO_SAY && h->all_begins && h->nested == 0);
}

static void describe(const struct loops *l, const struct judged *j,
                     struct tl_loop *out)
{
    const struct raw_loop *raw = j->raw;
    const struct tl_shape *shapes = l->shapes->list.v;

    *out = (struct tl_loop){.shape = &shapes[raw->shape],
                            .n = raw->n,
                            .distinct = raw->distinct,
                            .total_ms = raw->total_ms,
                            .think_ms = raw->think_ms,
                            .autocommit = autocommits(l, raw),
                            .first = raw->first,
                            .last = raw->last,
                            .runs = raw->runs,
                            .n_runs = raw->n_runs,
                            .window = raw->window,
                            .confidence = j->confidence,
                            .parent_rows = -1,
                            .n_between = raw->n_between,
                            .application = raw->application,
                            .tag = raw->tag};
    for (uint32_t i = 0; i < raw->n_between; i++)
        out->between[i] = &shapes[raw->between[i]];
    if (!j->parent)
        return;
    out->parent = &shapes[j->parent->shape];
    out->parent_at = j->parent->at;
    out->parent_rows = j->parent->rows;
    out->parent_linked = j->linked;
}

struct ranked {
    struct tl_loop loop;
    double cost;
    size_t order;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;

    if (x->cost < y->cost || x->cost > y->cost)
        return x->cost > y->cost ? -1 : 1;
    uint64_t nx = (uint64_t)x->loop.n * x->loop.occurrences;
    uint64_t ny = (uint64_t)y->loop.n * y->loop.occurrences;
    if (nx != ny)
        return nx > ny ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static size_t merge(const struct loops *l, const struct judged *list, size_t n,
                    struct ranked *out)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        bool more = i > 0 && group_of(&list[i]) == group_of(&list[i - 1]);

        if (!more) {
            out[count] = (struct ranked){.order = count};
            describe(l, &list[i], &out[count].loop);
            count++;
        }
        /* What is not sure is not counted beside what is. */
        if (list[i].confidence == TL_LOW &&
            out[count - 1].loop.confidence != TL_LOW)
            continue;
        out[count - 1].loop.occurrences += list[i].raw->occurrences;
        out[count - 1].cost += list[i].raw->all_ms;
    }
    return count;
}

/* A query again and again, and nobody knows whether it asked for the same. */
static void tell_unknown(const struct loops *l, const struct judged *j,
                         struct gaps *gaps)
{
    enum tl_shape_class class = l->shapes->list.v[j->raw->shape].class;

    if (j->raw->distinct == 0 && j->confidence == TL_LOW &&
        (class == TL_CLASS_ONE || class == TL_CLASS_RANGE ||
         class == TL_CLASS_SCAN))
        gaps_add(gaps, TL_GAP_PARAMETERS, j->raw->first.span,
                 j->raw->occurrences, -1);
}

struct tl_loop *loops_judge(const struct loops *l, struct tl_schema schema,
                            struct gaps *gaps, size_t *n)
{
    VEC(struct judged) judged = VEC_INIT;

    for (size_t i = 0; i < l->raw.n; i++) {
        struct judged j = {.raw = &l->raw.v[i]};

        if (judge(l, schema, &j))
            vec_push(&judged, j);
        tell_unknown(l, &j, gaps);
    }
    *n = 0;
    if (!judged.n)
        return NULL;
    qsort(judged.v, judged.n, sizeof(*judged.v), compare_judged);
    struct ranked *ranked = mem_calloc(judged.n, sizeof(*ranked));
    *n = merge(l, judged.v, judged.n, ranked);
    qsort(ranked, *n, sizeof(*ranked), compare_ranked);
    struct tl_loop *out = ARENA_ARRAY(l->arena, struct tl_loop, *n);
    for (size_t i = 0; i < *n; i++)
        out[i] = ranked[i].loop;
    mem_free(ranked);
    vec_release(&judged);
    return out;
}
