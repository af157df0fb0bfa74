/*
 * shapes.c - the distinct queries of a capture.
 *
 * Most statements of a log were seen a moment ago, byte for byte: the text
 * cache answers those without lexing.
 */
#include "workload/shapes.h"

#include "base/xxh.h"
#include "sql/lex.h"
#include "sql/shape.h"

#define TEXT_SLOTS 8192u
#define DISPLAY_MAX 240

/* One text seen lately and what it led to; direct-mapped. */
struct text_slot {
    uint64_t hash; /* 0: empty */
    struct shape_use use;
};

void shapes_init(struct shapes *s, struct arena *arena, uint32_t max)
{
    memset(s, 0, sizeof(*s));
    s->arena = arena;
    arena_init(&s->scratch, 0);
    s->max = max ? max : SHAPES_MAX;
    s->texts = mem_calloc(TEXT_SLOTS, sizeof(*s->texts));
    /* At once, so that no shape ever moves; pages that stay empty cost
       nothing. */
    vec_reserve(&s->list, s->max);
}

void shapes_release(struct shapes *s)
{
    arena_release(&s->scratch);
    vec_release(&s->list);
    vec_release(&s->extras);
    for (size_t i = 0; i < s->stats.n; i++)
        stats_release(&s->stats.v[i]);
    vec_release(&s->stats);
    mem_free(s->table);
    mem_free(s->texts);
    s->table = NULL;
    s->texts = NULL;
}

static size_t place_of(const struct shapes *s, uint64_t hash)
{
    size_t at = (size_t)hash & (s->table_size - 1);

    while (s->table[at] && s->list.v[s->table[at] - 1].hash != hash)
        at = (at + 1) & (s->table_size - 1);
    return at;
}

uint32_t shapes_find(const struct shapes *s, uint64_t hash)
{
    if (!s->table_size)
        return NO_SHAPE;
    uint32_t at = s->table[place_of(s, hash)];
    return at ? at - 1 : NO_SHAPE;
}

static void grow_table(struct shapes *s)
{
    size_t size = s->table_size ? s->table_size * 2 : 256;

    mem_free(s->table);
    s->table = mem_calloc(size, sizeof(*s->table));
    s->table_size = size;
    for (size_t i = 0; i < s->list.n; i++)
        s->table[place_of(s, s->list.v[i].hash)] = (uint32_t)i + 1;
}

/* The first word decides what needs no parsing. */
static enum statement_role role_of(struct tl_str text)
{
    static const char *const queries[] = {"select", "insert", "update",
                                          "delete", "with",   "merge",
                                          "values", "table"};
    struct lex l = lex_at(text, 0);
    struct lex_token t = lex_next_code(&l);

    while (lex_is_punct(&l, t, '('))
        t = lex_next_code(&l);
    for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
        if (lex_is_word(&l, t, queries[i]))
            return ROLE_QUERY;
    if (lex_is_word(&l, t, "begin") || lex_is_word(&l, t, "start"))
        return ROLE_BEGIN;
    if (lex_is_word(&l, t, "commit") || lex_is_word(&l, t, "end"))
        return ROLE_END;
    struct lex_token next = lex_next_code(&l);
    if (lex_is_word(&l, t, "rollback") || lex_is_word(&l, t, "abort")) {
        while (lex_is_word(&l, next, "work") ||
               lex_is_word(&l, next, "transaction"))
            next = lex_next_code(&l);
        return lex_is_word(&l, next, "to") ? ROLE_IGNORED : ROLE_END;
    }
    if (lex_is_word(&l, t, "discard") || lex_is_word(&l, t, "reset"))
        return lex_is_word(&l, next, "all") ? ROLE_RESET : ROLE_IGNORED;
    return ROLE_IGNORED;
}

static void keep_example(struct shapes *s, struct tl_shape *shape,
                         struct tl_str text)
{
    if (text.n > SHAPES_EXAMPLE_MAX ||
        s->example_bytes + text.n > SHAPES_EXAMPLES_MAX)
        return;
    s->example_bytes += text.n;
    shape->example = arena_str(s->arena, text);
}

static uint32_t add_shape(struct shapes *s, uint64_t hash, struct tl_str text,
                          const struct shape_place *place)
{
    struct tl_shape shape = {.hash = hash,
                             .number = (uint32_t)s->list.n,
                             .span = place->span,
                             .from_capture = place->from_capture,
                             .total_ms = -1,
                             .max_ms = -1,
                             .p95_ms = -1,
                             .rows = -1};
    struct shape_extra extra = {.map = place->map, .read_after = NO_SHAPE};

    if (s->list.n >= s->max)
        return NO_SHAPE;
    keep_example(s, &shape, text);
    shape.display = place->display.n
                        ? arena_str(s->arena, place->display)
                        : shape_display(s->arena, text, DISPLAY_MAX);
    shapes_analyse(s->arena, &s->scratch, text, &shape, &extra);
    arena_clear(&s->scratch);
    vec_push(&s->list, shape);
    vec_push(&s->extras, extra);
    struct shape_stats stats;
    stats_init(&stats);
    vec_push(&s->stats, stats);
    if (s->list.n * 2 > s->table_size)
        grow_table(s);
    else
        s->table[place_of(s, hash)] = (uint32_t)s->list.n;
    return (uint32_t)s->list.n - 1;
}

static bool is_less(struct tl_str a, struct tl_str b)
{
    int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

    return order < 0 || (order == 0 && a.n < b.n);
}

/* Parts of one capture may show a damaged text: which of them is kept must not
   depend on their order. */
static void settle_display(struct shapes *s, struct tl_shape *shape,
                           struct tl_str display)
{
    if (display.n && shape->display.n && is_less(display, shape->display))
        shape->display = arena_str(s->arena, display);
}

static struct shape_use find_or_add(struct shapes *s, uint64_t hash,
                                    struct tl_str text,
                                    const struct shape_place *place)
{
    struct shape_use use = {.role = role_of(text), .shape = NO_SHAPE};

    if (use.role != ROLE_QUERY)
        return use;
    if (!hash)
        hash = shape_hash_values(text, &use.values);
    use.shape = shapes_find(s, hash);
    if (use.shape == NO_SHAPE)
        use.shape = add_shape(s, hash, text, place);
    else
        settle_display(s, &s->list.v[use.shape], place->display);
    if (use.shape == NO_SHAPE)
        use.role = ROLE_IGNORED;
    else
        use.role = s->extras.v[use.shape].role;
    return use;
}

/* A query file had it first; where it really ran says more. */
static void adopt(struct shapes *s, uint32_t index, struct tl_str text,
                  const struct shape_place *place)
{
    struct tl_shape *shape = &s->list.v[index];

    if (shape->from_capture)
        return;
    shape->from_capture = true;
    shape->span = place->span;
    s->extras.v[index].map = place->map;
    keep_example(s, shape, text);
}

struct shape_use shapes_use(struct shapes *s, struct tl_str text,
                            const struct shape_place *place)
{
    uint64_t hash = XXH3_64bits(text.p ? text.p : "", text.n) | 1;
    struct text_slot *slot = &s->texts[hash >> 1 & (TEXT_SLOTS - 1)];

    if (slot->hash != hash) {
        struct shape_use use = find_or_add(s, 0, text, place);

        *slot = (struct text_slot){hash, use};
    }
    if (place->from_capture && slot->use.shape != NO_SHAPE)
        adopt(s, slot->use.shape, text, place);
    if (slot->use.shape == NO_SHAPE && s->list.n >= s->max &&
        slot->use.role == ROLE_IGNORED)
        s->dropped++;
    return slot->use;
}

struct shape_use shapes_use_as(struct shapes *s, uint64_t hash,
                               struct tl_str text,
                               const struct shape_place *place)
{
    struct shape_use use = find_or_add(s, hash, text, place);

    if (use.shape != NO_SHAPE)
        adopt(s, use.shape, text, place);
    else if (s->list.n >= s->max && use.role == ROLE_IGNORED)
        s->dropped++;
    return use;
}

void shapes_count(struct shapes *s, uint32_t shape,
                  const struct stats_call *call, struct tl_span span)
{
    stats_count(&s->stats.v[shape], call);
    s->list.v[shape].last = span;
}

void shapes_count_error(struct shapes *s, uint32_t shape)
{
    s->stats.v[shape].calls++;
    s->stats.v[shape].errors++;
}

static const struct tl_seen *seen_of(const struct shapes *s,
                                     const struct sketch *from, uint32_t *n)
{
    struct tl_seen *list = ARENA_ARRAY(s->arena, struct tl_seen, from->n + 1);

    for (uint32_t i = 0; i < from->n; i++)
        list[i] =
            (struct tl_seen){from->entries[i].text, from->entries[i].count};
    *n = from->n;
    return list;
}

void shapes_finish(struct shapes *s)
{
    for (size_t i = 0; i < s->list.n; i++) {
        struct tl_shape *shape = &s->list.v[i];
        const struct shape_stats *stats = &s->stats.v[i];

        shape->calls = stats->calls;
        shape->errors = stats->errors;
        if (stats->has_total) {
            shape->total_ms = (double)stats->total_us / 1000;
            shape->max_ms = (double)stats->max_us / 1000;
        }
        const struct shape_extra *extra = &s->extras.v[i];
        if (extra->read_after != NO_SHAPE) {
            shape->read_after = &s->list.v[extra->read_after];
            shape->reads_after = extra->reads_after;
        }
        shape->constants = stats->constants;
        shape->p95_ms = stats_p95_ms(stats);
        if (stats->has_rows)
            shape->rows = (double)stats->rows;
        shape->parameters =
            seen_of(s, &stats->parameters, &shape->n_parameters);
        shape->applications =
            seen_of(s, &stats->applications, &shape->n_applications);
        shape->routes = seen_of(s, &stats->routes, &shape->n_routes);
    }
}
