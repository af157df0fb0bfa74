/*
 * sections.c - what an EXPLAIN says beside its nodes, and of the workers of a
 * node.
 *
 * The leader's figures are keys of the node itself; each worker has its own
 * object below it. They are added up here, because a rule asks what the node
 * did and not which process.
 */
#include "plan/sections.h"

#include <math.h>
#include <stddef.h>

struct passage {
    enum section in;
    const char *key; /* NULL: an item of an array */
    bool is_object;
    enum section to;
};

static const struct passage passages[] = {
    {SECTION_DOCUMENT, "Settings", true, SECTION_SETTINGS},
    {SECTION_DOCUMENT, "Planning", true, SECTION_PLANNING},
    {SECTION_DOCUMENT, "JIT", true, SECTION_JIT},
    {SECTION_JIT, "Timing", true, SECTION_JIT_TIMING},
    {SECTION_DOCUMENT, "Triggers", false, SECTION_TRIGGERS},
    {SECTION_TRIGGERS, NULL, true, SECTION_TRIGGER},
    {SECTION_NODE, "Workers", false, SECTION_WORKERS},
    {SECTION_WORKERS, NULL, true, SECTION_WORKER},
    {SECTION_NODE, "Full-sort Groups", true, SECTION_SORT_GROUPS},
    {SECTION_NODE, "Pre-sorted Groups", true, SECTION_SORT_GROUPS},
    {SECTION_WORKER, "Full-sort Groups", true, SECTION_SORT_GROUPS},
    {SECTION_WORKER, "Pre-sorted Groups", true, SECTION_SORT_GROUPS},
    {SECTION_SORT_GROUPS, "Sort Space Disk", true, SECTION_SORT_DISK},
};

static bool key_is(struct tl_str raw, const char *name)
{
    size_t n = strlen(name);

    return raw.n == n + 2 && memcmp(raw.p + 1, name, n) == 0;
}

enum section section_below(enum section in, struct tl_str key, bool is_object)
{
    for (size_t i = 0; i < sizeof(passages) / sizeof(passages[0]); i++) {
        const struct passage *p = &passages[i];

        if (p->in == in && p->is_object == is_object &&
            (p->key ? key_is(key, p->key) : key.n == 0))
            return p->to;
    }
    return SECTION_NONE;
}

void section_begin(struct sections *s, enum section section)
{
    if (section == SECTION_WORKER)
        s->worker = (struct process){.sort_kb = 0};
    if (section == SECTION_TRIGGER)
        vec_push(&s->triggers,
                 ((struct tl_plan_trigger){.time_ms = -1, .calls = -1}));
}

/* ---- one value ---- */

struct number_key {
    const char *key;
    size_t offset;
};

static void take_number(const struct number_key *keys, size_t n, void *into,
                        struct tl_str key, double value)
{
    for (size_t i = 0; i < n; i++)
        if (key_is(key, keys[i].key))
            memcpy((char *)into + keys[i].offset, &value, sizeof(value));
}

static const struct number_key worker_numbers[] = {
    {"Sort Space Used", offsetof(struct process, sort_kb)},
    {"Disk Usage", offsetof(struct process, disk_kb)},
    {"HashAgg Batches", offsetof(struct process, hash_batches)},
    {"Cache Hits", offsetof(struct process, hits)},
    {"Cache Misses", offsetof(struct process, misses)},
    {"Cache Evictions", offsetof(struct process, evictions)},
    {"Cache Overflows", offsetof(struct process, overflows)},
    {"Exact Heap Blocks", offsetof(struct process, exact)},
    {"Lossy Heap Blocks", offsetof(struct process, lossy)},
};

static const struct number_key planning_numbers[] = {
    {"Shared Hit Blocks", offsetof(struct tl_plan, planning_hit)},
    {"Shared Read Blocks", offsetof(struct tl_plan, planning_read)},
};

static const struct number_key trigger_numbers[] = {
    {"Time", offsetof(struct tl_plan_trigger, time_ms)},
    {"Calls", offsetof(struct tl_plan_trigger, calls)},
};

#define TAKE(keys, into)                                                       \
    take_number(keys, sizeof(keys) / sizeof((keys)[0]), into, key, number)

static void take_trigger_text(struct tl_plan_trigger *t, struct tl_str key,
                              struct tl_str text)
{
    if (key_is(key, "Trigger Name"))
        t->name = text;
    else if (key_is(key, "Constraint Name"))
        t->constraint = text;
    else if (key_is(key, "Relation"))
        t->relation = text;
}

static void add_disk(struct tl_plan_node *n, double kb)
{
    n->disk_kb += kb;
    if (n->disk_most_kb < kb)
        n->disk_most_kb = kb;
}

static void take_text(struct sections *s, enum section section,
                      struct tl_str key, struct tl_str text)
{
    if (section == SECTION_TRIGGER && s->triggers.n)
        take_trigger_text(vec_last(&s->triggers), key, text);
    else if (section == SECTION_WORKER && key_is(key, "Sort Space Type"))
        s->worker.sort_on_disk = tl_str_is(text, "Disk");
    else if (section == SECTION_SETTINGS)
        vec_push(&s->settings,
                 ((struct tl_plan_setting){{key.p + 1, key.n - 2}, text}));
}

static void take_figure(struct sections *s, enum section section,
                        struct tl_plan *plan, struct tl_plan_node *node,
                        struct tl_str key, double number)
{
    if (section == SECTION_WORKER)
        TAKE(worker_numbers, &s->worker);
    else if (section == SECTION_PLANNING)
        TAKE(planning_numbers, plan);
    else if (section == SECTION_TRIGGER && s->triggers.n)
        TAKE(trigger_numbers, vec_last(&s->triggers));
    else if (section == SECTION_JIT_TIMING && key_is(key, "Total"))
        plan->jit_ms = number;
    else if (section == SECTION_SORT_DISK && node &&
             key_is(key, "Peak Sort Space Used"))
        add_disk(node, number);
}

void section_take(struct sections *s, enum section section,
                  struct tl_plan *plan, struct tl_plan_node *node,
                  struct tl_str key, const struct scan *scan,
                  struct scan_token t)
{
    double number = scan_number(scan, t);

    if (key.n < 2)
        return;
    if (t.kind == SCAN_STRING)
        take_text(s, section, key, scan_string(scan, t, s->arena));
    else if (!isnan(number))
        take_figure(s, section, plan, node, key, number);
}

/* ---- the end of a section ---- */

/* To a figure that is negative while nobody gave it. */
static void add_to(double *sum, double more)
{
    if (more > 0)
        *sum = (*sum < 0 ? 0 : *sum) + more;
}

static void add_worker(struct tl_plan_node *n, const struct process *w)
{
    if (w->sort_on_disk)
        add_disk(n, w->sort_kb);
    if (w->disk_kb > 0)
        add_disk(n, w->disk_kb);
    if (w->hash_batches > n->hashagg_batches)
        n->hashagg_batches = w->hash_batches;
    add_to(&n->cache_hits, w->hits);
    add_to(&n->cache_misses, w->misses);
    add_to(&n->cache_evictions, w->evictions);
    add_to(&n->cache_overflows, w->overflows);
    add_to(&n->exact_blocks, w->exact);
    add_to(&n->lossy_blocks, w->lossy);
}

void section_end(struct sections *s, enum section section,
                 struct tl_plan_node *node)
{
    if (section == SECTION_WORKER && node)
        add_worker(node, &s->worker);
}

void sections_clear(struct sections *s)
{
    vec_clear(&s->triggers);
    vec_clear(&s->settings);
}

void sections_give(struct sections *s, struct tl_plan *plan)
{
    struct tl_plan_trigger *triggers =
        ARENA_ARRAY(s->arena, struct tl_plan_trigger, s->triggers.n);
    struct tl_plan_setting *settings =
        ARENA_ARRAY(s->arena, struct tl_plan_setting, s->settings.n);

    for (size_t i = 0; i < s->triggers.n; i++)
        triggers[i] = s->triggers.v[i];
    for (size_t i = 0; i < s->settings.n; i++) {
        settings[i] = s->settings.v[i];
        settings[i].name = arena_str(s->arena, settings[i].name);
    }
    plan->triggers = triggers;
    plan->n_triggers = (uint32_t)s->triggers.n;
    plan->settings = settings;
    plan->n_settings = (uint32_t)s->settings.n;
}

void sections_release(struct sections *s)
{
    vec_release(&s->triggers);
    vec_release(&s->settings);
}
