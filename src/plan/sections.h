/*
 * sections.h - what an EXPLAIN says beside its nodes, and of the workers of a
 * node.
 */
#ifndef PLAN_SECTIONS_H
#define PLAN_SECTIONS_H

#include "base/arena.h"
#include "base/scan.h"
#include "base/vec.h"

#include <tusklint/plan.h>

/* Where in the document the reader is; the first two are the reader's own. */
enum section {
    SECTION_NONE,
    SECTION_DOCUMENT,
    SECTION_NODE,
    SECTION_SETTINGS,
    SECTION_PLANNING,
    SECTION_JIT,
    SECTION_JIT_TIMING,
    SECTION_TRIGGERS,
    SECTION_TRIGGER,
    SECTION_WORKERS,
    SECTION_WORKER,
    SECTION_SORT_GROUPS,
    SECTION_SORT_DISK,
};

/* What one of a node's processes says of itself. */
struct process {
    double sort_kb, disk_kb, hash_batches;
    double hits, misses, evictions, overflows;
    double exact, lossy;
    bool sort_on_disk;
};

struct sections {
    struct arena *arena;
    VEC(struct tl_plan_trigger) triggers;
    VEC(struct tl_plan_setting) settings;
    struct process worker; /* the one that is open */
};

/* The section that a { or [ behind `key` (raw, with quotes; none in an array)
   begins inside of another. */
enum section section_below(enum section in, struct tl_str key, bool is_object);
void section_begin(struct sections *, enum section);
/* A number or a string behind `key`; `node` is NULL beside the nodes. */
void section_take(struct sections *, enum section, struct tl_plan *,
                  struct tl_plan_node *node, struct tl_str key,
                  const struct scan *, struct scan_token);
void section_end(struct sections *, enum section, struct tl_plan_node *);

void sections_clear(struct sections *); /* for the next document */
void sections_give(struct sections *, struct tl_plan *);
void sections_release(struct sections *);

#endif
