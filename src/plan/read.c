/*
 * read.c - EXPLAIN (FORMAT JSON), in whatever it is wrapped, to plans.
 *
 * One walk over the tokens with a stack of our own: a plan nested ten thousand
 * deep is an error and no crash. Keys that are not known are passed over, so
 * that any server's plan reads.
 */
#include "plan/read.h"

#include "base/buf.h"
#include "base/scan.h"
#include "plan/figures.h"
#include "plan/psql.h"
#include "plan/sections.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#define MAX_DEPTH 10000
/* A node takes a hundred times the bytes that `{}` does. */
#define MAX_NODES 100000
/* Nobody reads more, and each may have to be looked for in its file. */
#define MAX_ERRORS 100

enum frame_kind {
    FRAME_ARRAY,    /* of documents, or of arrays of them */
    FRAME_DOCUMENT, /* {"Plan": ..., "Execution Time": ...} */
    FRAME_NODE,
    FRAME_CHILDREN, /* "Plans": [...] */
    FRAME_STRINGS,  /* "Sort Key": [...] */
    FRAME_OTHER,
};

struct frame {
    enum frame_kind kind;
    bool is_object;
    bool wants_value; /* a key and its colon were read */
    bool has_item;
    bool wants_item;           /* behind a comma */
    const struct field *field; /* FRAME_STRINGS: where they go */
    enum section section;      /* FRAME_OTHER: what it is of */
    struct tl_str key;         /* raw, with its quotes */
};

enum field_type { FIELD_TEXT, FIELD_NUMBER, FIELD_BOOL, FIELD_LIST };

struct field {
    const char *key;
    enum field_type type;
    size_t offset;
};

#define TEXT(key, member)                                                      \
    {                                                                          \
        key, FIELD_TEXT, offsetof(struct tl_plan_node, member)                 \
    }
#define NUMBER(key, member)                                                    \
    {                                                                          \
        key, FIELD_NUMBER, offsetof(struct tl_plan_node, member)               \
    }

/* In byte order of the keys: found by halving. */
static const struct field fields[] = {
    NUMBER("Actual Loops", actual_loops),
    NUMBER("Actual Rows", actual_rows),
    NUMBER("Actual Startup Time", actual_startup),
    NUMBER("Actual Total Time", actual_total),
    TEXT("Alias", alias),
    TEXT("CTE Name", cte_name),
    NUMBER("Cache Evictions", cache_evictions),
    NUMBER("Cache Hits", cache_hits),
    NUMBER("Cache Misses", cache_misses),
    NUMBER("Cache Overflows", cache_overflows),
    {"Disabled", FIELD_BOOL, offsetof(struct tl_plan_node, disabled)},
    NUMBER("Disk Usage", disk_usage_kb),
    NUMBER("Exact Heap Blocks", exact_blocks),
    TEXT("Filter", filter),
    NUMBER("Hash Batches", hash_batches),
    TEXT("Hash Cond", join_cond),
    NUMBER("HashAgg Batches", hashagg_batches),
    NUMBER("Heap Fetches", heap_fetches),
    NUMBER("I/O Read Time", io_read_ms),
    TEXT("Index Cond", index_cond),
    TEXT("Index Name", index),
    TEXT("Join Filter", join_cond),
    NUMBER("Lossy Heap Blocks", lossy_blocks),
    TEXT("Merge Cond", join_cond),
    TEXT("Node Type", type),
    NUMBER("Original Hash Batches", original_hash_batches),
    {"Parallel Aware", FIELD_BOOL,
     offsetof(struct tl_plan_node, parallel_aware)},
    TEXT("Parent Relationship", relationship),
    NUMBER("Peak Memory Usage", peak_memory_kb),
    NUMBER("Plan Rows", plan_rows),
    NUMBER("Plan Width", plan_width),
    NUMBER("Planned Partitions", planned_partitions),
    TEXT("Recheck Cond", recheck_cond),
    TEXT("Relation Name", relation),
    NUMBER("Rows Removed by Filter", rows_removed),
    NUMBER("Rows Removed by Index Recheck", rows_removed_recheck),
    NUMBER("Rows Removed by Join Filter", rows_removed_join),
    TEXT("Schema", schema),
    NUMBER("Shared Hit Blocks", shared_hit),
    NUMBER("Shared I/O Read Time", io_read_ms),
    NUMBER("Shared Read Blocks", shared_read),
    {"Sort Key", FIELD_LIST, offsetof(struct tl_plan_node, sort_key)},
    TEXT("Sort Method", sort_method),
    TEXT("Sort Space Type", sort_space_type),
    NUMBER("Sort Space Used", sort_space_kb),
    NUMBER("Startup Cost", startup_cost),
    TEXT("Strategy", strategy),
    TEXT("Subplan Name", subplan_name),
    NUMBER("Subplans Removed", subplans_removed),
    NUMBER("Temp Read Blocks", temp_read),
    NUMBER("Temp Written Blocks", temp_written),
    NUMBER("Total Cost", total_cost),
    NUMBER("Workers Launched", workers_launched),
    NUMBER("Workers Planned", workers_planned),
};

struct reading {
    struct arena *arena;
    struct scan scan;
    VEC(struct frame) frames;
    VEC(struct tl_plan_node) nodes; /* of the plan being read */
    struct sections sections;       /* the same */
    uint32_t open_node;             /* index, or TL_NO_NODE */
    struct tl_plan plan;
    size_t plan_start;
    struct buf list; /* of the strings of FRAME_STRINGS */
    bool has_plan;   /* the document has a "Plan" */
    bool is_dressed; /* by psql, whose other lines are passed over */
    struct plan_list *out;
    /* Where spans go. */
    struct tl_str file;
    const struct text_map *map;
    uint32_t source;
};

static void tell(struct reading *r, size_t at, const char *message)
{
    if (r->out->errors.n >= MAX_ERRORS)
        return;
    uint64_t place = r->map ? text_map_offset(r->map, r->file, at) : at;

    vec_push(&r->out->errors,
             ((struct plan_error){(size_t)place, tl_str_c(message)}));
}

/* ---- keys ---- */

static int compare_key(const void *key, const void *field)
{
    const struct tl_str *k = key;
    const struct field *f = field;
    size_t n = strlen(f->key);
    int c = memcmp(k->p, f->key, k->n < n ? k->n : n);

    return c ? c : (k->n > n) - (k->n < n);
}

static const struct field *find_field(struct tl_str raw)
{
    struct tl_str key = {raw.p + 1, raw.n - 2};

    return bsearch(&key, fields, sizeof(fields) / sizeof(fields[0]),
                   sizeof(fields[0]), compare_key);
}

static bool key_is(const struct frame *f, const char *name)
{
    return f->key.n == strlen(name) + 2 &&
           memcmp(f->key.p + 1, name, f->key.n - 2) == 0;
}

/* ---- nodes and documents ---- */

static struct tl_plan_node *node_now(struct reading *r)
{
    return &r->nodes.v[r->open_node];
}

static struct tl_plan_node *node_or_null(struct reading *r)
{
    return r->open_node == TL_NO_NODE ? NULL : node_now(r);
}

static bool begin_node(struct reading *r)
{
    struct tl_plan_node n = {.parent = r->open_node,
                             .startup_cost = -1,
                             .total_cost = -1,
                             .plan_rows = -1,
                             .plan_width = -1,
                             .actual_startup = -1,
                             .actual_total = -1,
                             .actual_rows = -1,
                             .actual_loops = -1,
                             .rows_removed = -1,
                             .rows_removed_join = -1,
                             .rows_removed_recheck = -1,
                             .sort_space_kb = -1,
                             .hash_batches = -1,
                             .original_hash_batches = -1,
                             .hashagg_batches = -1,
                             .planned_partitions = -1,
                             .disk_usage_kb = -1,
                             .peak_memory_kb = -1,
                             .cache_hits = -1,
                             .cache_misses = -1,
                             .cache_evictions = -1,
                             .cache_overflows = -1,
                             .io_read_ms = -1,
                             .heap_fetches = -1,
                             .exact_blocks = -1,
                             .lossy_blocks = -1,
                             .workers_planned = -1,
                             .workers_launched = -1,
                             .subplans_removed = -1,
                             .shared_hit = -1,
                             .shared_read = -1,
                             .temp_read = -1,
                             .temp_written = -1};

    if (r->nodes.n >= MAX_NODES)
        return false;
    vec_push(&r->nodes, n);
    r->open_node = (uint32_t)r->nodes.n - 1;
    return true;
}

static void end_node(struct reading *r)
{
    struct tl_plan_node *n = node_now(r);

    n->end = (uint32_t)r->nodes.n;
    r->open_node = n->parent;
}

static void begin_document(struct reading *r, size_t at)
{
    vec_clear(&r->nodes);
    sections_clear(&r->sections);
    r->open_node = TL_NO_NODE;
    r->plan = (struct tl_plan){.planning_ms = -1,
                               .execution_ms = -1,
                               .jit_ms = -1,
                               .planning_hit = -1,
                               .planning_read = -1};
    r->plan_start = at;
    r->has_plan = false;
}

static struct tl_span span_of(const struct reading *r, size_t start, size_t end)
{
    if (!r->map)
        return (struct tl_span){start, end, 0};
    return (struct tl_span){text_map_offset(r->map, r->file, start),
                            text_map_offset(r->map, r->file, end), r->source};
}

/* Spans rise with the nodes, so each is mapped from the one before it. A node
   whose type stands behind its children, or nowhere, is the whole plan. */
static void map_spans(const struct reading *r, struct tl_plan_node *nodes,
                      size_t n)
{
    struct text_map plain = {.encoding = TEXT_PLAIN};
    struct text_map at = r->map ? *r->map : plain;
    size_t done = 0;

    for (size_t i = 0; i < n; i++) {
        struct tl_span *s = &nodes[i].span;

        if (s->end == 0 || s->start < done) {
            *s = r->plan.span;
            continue;
        }
        uint64_t start = text_map_offset(&at, r->file, s->start - done);
        at.base = start;
        at.skip = 0;
        done = s->start;
        uint64_t end = text_map_offset(&at, r->file, s->end - done);
        *s = (struct tl_span){start, end, r->plan.span.source};
    }
}

static void end_document(struct reading *r, size_t end)
{
    struct tl_plan *p = &r->plan;

    if (!r->has_plan) {
        tell(r, r->plan_start, "There is no plan in this object.");
        return;
    }
    if (!r->nodes.v[0].type.n) {
        tell(r, r->plan_start, "The plan does not say what its nodes are.");
        return;
    }
    struct tl_plan_node *nodes =
        ARENA_ARRAY(r->arena, struct tl_plan_node, r->nodes.n);
    memcpy(nodes, r->nodes.v, r->nodes.n * sizeof(*nodes));
    p->count = (uint32_t)r->nodes.n;
    p->analyzed = nodes[0].actual_loops >= 0;
    p->span = span_of(r, r->plan_start, end);
    map_spans(r, nodes, r->nodes.n);
    figures_compute(nodes, p->count, r->arena);
    p->nodes = nodes;
    sections_give(&r->sections, p);
    p->number = (uint32_t)r->out->plans.n;
    vec_push(&r->out->plans, *p);
}

/* ---- values ---- */

static void *member_at(struct tl_plan_node *n, const struct field *f)
{
    return (char *)n + f->offset;
}

static void set_field(struct reading *r, const struct field *f,
                      struct scan_token t)
{
    struct tl_plan_node *n = node_now(r);
    double number;

    switch (f->type) {
    case FIELD_TEXT:
        if (t.kind != SCAN_STRING)
            return;
        *(struct tl_str *)member_at(n, f) = scan_string(&r->scan, t, r->arena);
        if (f->offset == offsetof(struct tl_plan_node, type))
            n->span = (struct tl_span){t.start, t.end, 0};
        return;
    case FIELD_LIST:
        if (t.kind != SCAN_STRING)
            return;
        if (r->list.n)
            buf_puts(&r->list, ", ");
        buf_str(&r->list, scan_string(&r->scan, t, r->arena));
        return;
    case FIELD_NUMBER:
        number = scan_number(&r->scan, t);
        if (!isnan(number))
            *(double *)member_at(n, f) = number;
        return;
    case FIELD_BOOL:
        *(bool *)member_at(n, f) = scan_is_word(&r->scan, t, "true");
        return;
    }
}

static void set_document(struct reading *r, const struct frame *f,
                         struct scan_token t)
{
    double number = scan_number(&r->scan, t);

    if (key_is(f, "Query Text") && t.kind == SCAN_STRING) {
        r->plan.query = scan_string(&r->scan, t, r->arena);
        r->plan.query_span = span_of(r, t.start + 1, t.end - 1);
    } else if (key_is(f, "Planning Time") && !isnan(number)) {
        r->plan.planning_ms = number;
    } else if (key_is(f, "Execution Time") && !isnan(number)) {
        r->plan.execution_ms = number;
    }
}

static void take_scalar(struct reading *r, struct frame *f, struct scan_token t)
{
    if (f->kind == FRAME_NODE) {
        const struct field *field = find_field(f->key);

        if (field)
            set_field(r, field, t);
    } else if (f->kind == FRAME_STRINGS) {
        set_field(r, f->field, t);
    } else if (f->kind == FRAME_DOCUMENT) {
        set_document(r, f, t);
    } else if (f->section) {
        section_take(&r->sections, f->section, &r->plan, node_or_null(r),
                     f->key, &r->scan, t);
    }
}

/* ---- the walk ---- */

static enum section section_of(const struct frame *f)
{
    if (f->kind == FRAME_DOCUMENT)
        return SECTION_DOCUMENT;
    return f->kind == FRAME_NODE ? SECTION_NODE : f->section;
}

static struct frame child_frame(struct reading *r, const struct frame *in,
                                bool is_object)
{
    struct frame f = {.kind = FRAME_OTHER, .is_object = is_object};

    if (!in || in->kind == FRAME_ARRAY) {
        f.kind = is_object ? FRAME_DOCUMENT : FRAME_ARRAY;
    } else if (in->kind == FRAME_DOCUMENT) {
        if (is_object && key_is(in, "Plan") && !r->has_plan)
            f.kind = FRAME_NODE;
        else if (!is_object && key_is(in, "QUERY PLAN"))
            f.kind = FRAME_ARRAY;
    } else if (in->kind == FRAME_NODE && !is_object) {
        f.field = find_field(in->key);
        if (key_is(in, "Plans"))
            f.kind = FRAME_CHILDREN;
        else if (f.field && f.field->type == FIELD_LIST)
            f.kind = FRAME_STRINGS;
    } else if (in->kind == FRAME_CHILDREN && is_object) {
        f.kind = FRAME_NODE;
    }
    if (in && f.kind == FRAME_OTHER)
        f.section = section_below(section_of(in), in->key, is_object);
    return f;
}

/* NULL or what is wrong. */
static const char *open_frame(struct reading *r, struct scan_token t)
{
    struct frame *in = r->frames.n ? vec_last(&r->frames) : NULL;
    struct frame f = child_frame(r, in, t.punct == '{');

    if (r->frames.n >= MAX_DEPTH)
        return "The plan is nested too deep.";
    if (f.kind == FRAME_DOCUMENT)
        begin_document(r, t.start);
    /* A row as clients save it: the plan is what its only column has. */
    if (f.kind == FRAME_ARRAY && in && in->kind == FRAME_DOCUMENT)
        in->kind = FRAME_OTHER;
    if (f.kind == FRAME_STRINGS)
        buf_clear(&r->list);
    if (f.kind == FRAME_NODE) {
        r->has_plan = true;
        if (!begin_node(r))
            return "The plan has too many nodes.";
    }
    section_begin(&r->sections, f.section);
    vec_push(&r->frames, f);
    return NULL;
}

static void end_item(struct frame *f)
{
    f->wants_value = false;
    f->wants_item = false;
    f->has_item = true;
}

static void close_frame(struct reading *r, size_t end)
{
    struct frame f = *vec_last(&r->frames);

    r->frames.n--;
    if (f.kind == FRAME_NODE)
        end_node(r);
    if (f.kind == FRAME_DOCUMENT)
        end_document(r, end);
    if (f.kind == FRAME_STRINGS)
        *(struct tl_str *)member_at(node_now(r), f.field) =
            arena_str(r->arena, buf_view(&r->list));
    section_end(&r->sections, f.section, node_or_null(r));
    if (r->frames.n)
        end_item(vec_last(&r->frames));
}

static const char *take_value(struct reading *r, struct scan_token t)
{
    struct frame *f = vec_last(&r->frames);

    if (t.kind == SCAN_PUNCT && (t.punct == '{' || t.punct == '['))
        return open_frame(r, t);
    if (t.kind == SCAN_PUNCT)
        return "The JSON is broken: a value is missing here.";
    take_scalar(r, f, t);
    end_item(f);
    return NULL;
}

static const char *take_key(struct reading *r, struct scan_token t)
{
    struct frame *f = vec_last(&r->frames);

    if (t.kind != SCAN_STRING)
        return "The JSON is broken: a key is missing here.";
    f->key = (struct tl_str){r->scan.text.p + t.start, t.end - t.start};
    t = scan_next(&r->scan);
    if (t.kind != SCAN_PUNCT || t.punct != ':')
        return "The JSON is broken: no colon stands behind this key.";
    f->wants_value = true;
    return NULL;
}

static const char *why_bad(const struct reading *r, struct scan_token t)
{
    return r->scan.text.p[t.start] == '"'
               ? "The JSON is broken: this string is not closed on its line."
               : "The JSON is broken here.";
}

static const char *step_inside(struct reading *r, struct scan_token t)
{
    struct frame *f = vec_last(&r->frames);
    bool is_comma = t.kind == SCAN_PUNCT && t.punct == ',';

    if (t.kind == SCAN_END)
        return "The JSON ends in the middle of a plan.";
    if (t.kind == SCAN_BAD)
        return why_bad(r, t);
    if (f->wants_value)
        return take_value(r, t);
    if (t.kind == SCAN_PUNCT && t.punct == (f->is_object ? '}' : ']') &&
        !f->wants_item) {
        close_frame(r, t.end);
        return NULL;
    }
    if (f->has_item && !f->wants_item) {
        f->wants_item = is_comma;
        return is_comma ? NULL : "The JSON is broken: a comma is missing here.";
    }
    return f->is_object ? take_key(r, t) : take_value(r, t);
}

static const char *step(struct reading *r, struct scan_token t)
{
    if (r->frames.n)
        return step_inside(r, t);
    if (t.kind != SCAN_PUNCT || (t.punct != '{' && t.punct != '['))
        return "An EXPLAIN in JSON begins with [ or {.";
    return open_frame(r, t);
}

static size_t line_after(struct tl_str text, size_t at)
{
    const char *nl = memchr(text.p + at, '\n', text.n - at);

    return nl ? (size_t)(nl - text.p) + 1 : text.n;
}

/* The next line that begins like a plan: what is broken ends somewhere. psql
   begins its lines with a blank. */
static size_t next_start(const struct reading *r, size_t at)
{
    struct tl_str text = r->scan.text;

    for (at = line_after(text, at); at < text.n; at = line_after(text, at)) {
        size_t first = at;

        if (r->is_dressed && text.p[at] == ' ' && at + 1 < text.n)
            first++;
        if (text.p[first] == '[' || text.p[first] == '{')
            return first;
    }
    return text.n;
}

static void read_all(struct reading *r)
{
    for (;;) {
        struct scan_token t = scan_next(&r->scan);

        if (t.kind == SCAN_END && r->frames.n == 0)
            return;
        const char *wrong = step(r, t);
        if (!wrong)
            continue;
        /* Between plans psql says more: SET, BEGIN, how long it took. */
        if (r->frames.n || !r->is_dressed)
            tell(r, t.start, wrong);
        vec_clear(&r->frames);
        r->scan.at = next_start(r, t.start);
    }
}

void plan_read(struct tl_str text, struct arena *arena, uint32_t source,
               const struct text_map *map, struct tl_str file,
               struct plan_list *out)
{
    struct reading r = {.arena = arena,
                        .sections = {.arena = arena},
                        .open_node = TL_NO_NODE,
                        .out = out,
                        .file = file,
                        .map = map,
                        .source = source};

    vec_clear(&out->plans);
    vec_clear(&out->errors);
    if (text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0)
        r.scan.at = 3;
    buf_init(&r.list, 0);
    r.is_dressed = psql_undress(text, arena, &r.scan.text);
    read_all(&r);
    if (out->plans.n == 0 && out->errors.n == 0)
        tell(&r, 0, "There is no plan in it.");
    vec_release(&r.frames);
    vec_release(&r.nodes);
    sections_release(&r.sections);
    buf_release(&r.list);
}

void plan_list_release(struct plan_list *l)
{
    vec_release(&l->plans);
    vec_release(&l->errors);
}

bool plan_sniff(struct tl_str text)
{
    struct tl_str t = text;

    if (t.n >= 3 && memcmp(t.p, "\xEF\xBB\xBF", 3) == 0)
        t = (struct tl_str){t.p + 3, t.n - 3};
    while (t.n && (*t.p == ' ' || *t.p == '\n' || *t.p == '\r' || *t.p == '\t'))
        t = (struct tl_str){t.p + 1, t.n - 1};
    if (!t.n)
        return false;
    if (*t.p != '[' && *t.p != '{' &&
        !memmem(t.p, t.n, "QUERY PLAN", strlen("QUERY PLAN")))
        return false;
    /* A jsonlog has no such keys at the beginning of a record. */
    return memmem(t.p, t.n, "\"Plan\"", 6) &&
           memmem(t.p, t.n, "\"Node Type\"", 11);
}
