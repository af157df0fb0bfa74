/*
 * shapes.h - the distinct queries of a capture.
 *
 * A statement's text leads to its shape: through a cache of texts seen
 * lately, then the lexed shape hash, and only a shape seen for the first time
 * is parsed. Must be used on a thread with a stack of PARSE_STACK bytes.
 */
#ifndef WORKLOAD_SHAPES_H
#define WORKLOAD_SHAPES_H

#include "base/arena.h"
#include "base/vec.h"
#include "input/stats.h"
#include "input/textmap.h"

#include <tusklint/workload.h>

/* Longer texts are judged once and not kept as examples. */
#define SHAPES_EXAMPLE_MAX ((size_t)1 << 20)
/* Longer texts, which only bulk loads have, are not parsed. */
#define SHAPES_PARSE_MAX ((size_t)4 << 20)
/* What all examples take together. */
#define SHAPES_EXAMPLES_MAX ((size_t)256 << 20)
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
/* Small inputs reach it, and a sanitizer clears less for each run. */
#define SHAPES_MAX 256u
#else
#define SHAPES_MAX 100000u
#endif
#define NO_SHAPE UINT32_MAX

enum statement_role {
    ROLE_QUERY,
    ROLE_IGNORED, /* utility, no relation, catalogs only */
    ROLE_BEGIN,
    ROLE_END,   /* COMMIT, ROLLBACK */
    ROLE_RESET, /* DISCARD ALL, RESET ALL: the connection changes hands */
};

/* What sessions need to know of a shape beside the public part. */
struct shape_extra {
    struct text_map map; /* of the example */
    enum statement_role role;
    bool parsed;
    bool single_row; /* LIMIT 1, or aggregates without GROUP BY */
    bool is_select;
    bool returning;
    uint64_t key_params; /* bit n-1: $n is compared with = */
    bool has_params;
    bool pages;          /* OFFSET, or ORDER BY with LIMIT behind a range */
    bool skips;          /* OFFSET */
    bool or_nothing;     /* INSERT ... ON CONFLICT DO NOTHING */
    uint32_t read_after; /* of such: the look-up that came next, NO_SHAPE */
    uint64_t reads_after;
};

struct shape_use {
    enum statement_role role;
    uint32_t shape;  /* NO_SHAPE unless ROLE_QUERY or ROLE_IGNORED */
    uint64_t values; /* hash of the literals in the text */
};

struct shapes {
    struct arena *arena; /* of the run */
    struct arena scratch;
    VEC(struct tl_shape) list;
    VEC(struct shape_extra) extras; /* parallel to list */
    VEC(struct shape_stats) stats;  /* parallel to list */
    uint32_t *table;                /* open addressing, index + 1 */
    size_t table_size;
    struct text_slot *texts;
    uint32_t max;
    size_t example_bytes;
    uint64_t dropped; /* executions whose shape found no place */
};

/* Where a text was first seen. */
struct shape_place {
    struct tl_span span;
    struct text_map map;
    bool from_capture;
    struct tl_str display; /* of the shape, where it is known; else none */
};

void shapes_init(struct shapes *, struct arena *, uint32_t max);
void shapes_release(struct shapes *);
/* `text` has no tags; it is added when it is new. */
struct shape_use shapes_use(struct shapes *, struct tl_str text,
                            const struct shape_place *);
/* The same for a text whose hash is known already, because its values were
   cut out of it. */
struct shape_use shapes_use_as(struct shapes *, uint64_t hash,
                               struct tl_str text, const struct shape_place *);
/* An execution, its text at `span`; one that failed. */
void shapes_count(struct shapes *, uint32_t shape, const struct stats_call *,
                  struct tl_span);
void shapes_count_error(struct shapes *, uint32_t shape);
/* The shapes say what was counted. */
void shapes_finish(struct shapes *);
/* Index of the shape with that hash, or NO_SHAPE. */
uint32_t shapes_find(const struct shapes *, uint64_t hash);

/* analyse.c: parses the text and fills what a shape says about itself. */
void shapes_analyse(struct arena *run, struct arena *scratch,
                    struct tl_str text, struct tl_shape *,
                    struct shape_extra *);

#endif
