/*
 * baseline.c - what plans looked like when they were found good.
 */
#include "plan/baseline.h"

#include "base/json.h"
#include "base/scan.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define MARK "{\"tusklint_plan\":"
#define NODES_MAX 100000u

bool baseline_spills(const struct tl_plan_node *n)
{
    return tl_str_is(n->sort_space_type, "Disk") || n->hash_batches > 1 ||
           n->disk_kb > 0;
}

/* ---- writing ---- */

static void write_text(struct json *j, const char *key, struct tl_str s)
{
    if (!s.n)
        return;
    json_key(j, key);
    json_str(j, s);
}

static void write_node(struct json *j, const struct tl_plan_node *n)
{
    json_begin_object(j);
    json_key(j, "node");
    json_str(j, n->type);
    write_text(j, "on", n->relation);
    if (!tl_str_eq(n->alias, n->relation))
        write_text(j, "as", n->alias);
    write_text(j, "using", n->index);
    if (n->parent != TL_NO_NODE) {
        json_key(j, "in");
        json_int(j, n->parent);
    }
    if (baseline_spills(n)) {
        json_key(j, "spills");
        json_bool(j, true);
    }
    json_end_object(j);
}

void baseline_write(struct buf *out, uint64_t key, struct tl_str query,
                    const struct tl_plan *p)
{
    struct json j;
    char digits[17];

    snprintf(digits, sizeof(digits), "%016" PRIx64, key);
    json_init(&j, out, false);
    json_begin_object(&j);
    json_key(&j, "tusklint_plan");
    json_int(&j, BASELINE_VERSION);
    json_key(&j, "shape");
    json_cstr(&j, digits);
    write_text(&j, "query", query);
    json_key(&j, "nodes");
    json_begin_array(&j);
    for (uint32_t i = 0; i < p->count; i++)
        write_node(&j, &p->nodes[i]);
    json_end_array(&j);
    json_end_object(&j);
    buf_char(out, '\n');
}

/* ---- reading ---- */

struct line {
    struct scan scan;
    struct arena *arena;
    VEC(struct tl_plan_step) steps;
    uint64_t key;
    bool bad;
};

static bool is_punct(struct scan_token t, char c)
{
    return t.kind == SCAN_PUNCT && t.punct == c;
}

static struct tl_str take_text(struct line *l, struct scan_token t)
{
    l->bad |= t.kind != SCAN_STRING;
    return l->bad ? TL_NONE : scan_string(&l->scan, t, l->arena);
}

/* The next member's name and value; false behind the last, or when the line is
   no object. */
static bool next_member(struct line *l, struct tl_str *name,
                        struct scan_token *value)
{
    struct scan_token key = scan_next(&l->scan);

    if (is_punct(key, ','))
        key = scan_next(&l->scan);
    if (is_punct(key, '}'))
        return false;
    bool colon = is_punct(scan_next(&l->scan), ':');
    *value = scan_next(&l->scan);
    l->bad |= key.kind != SCAN_STRING || !colon || value->kind == SCAN_END ||
              value->kind == SCAN_BAD;
    *name = l->bad ? TL_NONE : take_text(l, key);
    return !l->bad;
}

/* A parent comes before its children. */
static uint32_t take_parent(struct line *l, struct scan_token t)
{
    double n = scan_number(&l->scan, t);

    l->bad |= !(n >= 0 && n < (double)l->steps.n);
    return l->bad ? TL_NO_NODE : (uint32_t)n;
}

static void take_node(struct line *l)
{
    struct tl_plan_step s = {.parent = TL_NO_NODE};
    struct scan_token value;
    struct tl_str name;
    bool has_type = false;

    while (next_member(l, &name, &value)) {
        has_type |= tl_str_is(name, "node");
        if (tl_str_is(name, "node"))
            s.type = take_text(l, value);
        else if (tl_str_is(name, "on"))
            s.relation = take_text(l, value);
        else if (tl_str_is(name, "as"))
            s.alias = take_text(l, value);
        else if (tl_str_is(name, "using"))
            s.index = take_text(l, value);
        else if (tl_str_is(name, "in"))
            s.parent = take_parent(l, value);
        else if (tl_str_is(name, "spills"))
            s.spills = scan_is_word(&l->scan, value, "true");
        else
            scan_skip(&l->scan, value);
    }
    l->bad |= !has_type || l->steps.n == NODES_MAX;
    if (!s.alias.n)
        s.alias = s.relation;
    if (!l->bad)
        vec_push(&l->steps, s);
}

static void take_nodes(struct line *l, struct scan_token t)
{
    l->bad |= !is_punct(t, '[');
    while (!l->bad) {
        t = scan_next(&l->scan);
        if (is_punct(t, ']'))
            return;
        if (is_punct(t, ','))
            t = scan_next(&l->scan);
        l->bad |= !is_punct(t, '{');
        if (!l->bad)
            take_node(l);
    }
}

static void take_key(struct line *l, struct scan_token t)
{
    struct tl_str hex = take_text(l, t);
    char digits[17] = "";
    char *end = digits;

    if (hex.n == 16) {
        memcpy(digits, hex.p, 16);
        l->key = strtoull(digits, &end, 16);
    }
    l->bad |= end != digits + 16;
}

static void take_line(struct line *l)
{
    struct scan_token value;
    struct tl_str name;

    l->bad |= !is_punct(scan_next(&l->scan), '{');
    while (!l->bad && next_member(l, &name, &value)) {
        if (tl_str_is(name, "tusklint_plan"))
            l->bad |= scan_number(&l->scan, value) != BASELINE_VERSION;
        else if (tl_str_is(name, "shape"))
            take_key(l, value);
        else if (tl_str_is(name, "nodes"))
            take_nodes(l, value);
        else
            scan_skip(&l->scan, value);
    }
    l->bad |= !l->key || !l->steps.n || scan_next(&l->scan).kind != SCAN_END;
}

static void read_line(struct baseline *b, struct tl_str text, size_t start,
                      size_t end, uint32_t source, struct arena *arena,
                      struct plan_list *errors)
{
    struct line l = {.scan = {{text.p + start, end - start}, 0},
                     .arena = arena,
                     .steps = VEC_INIT};

    take_line(&l);
    if (l.bad) {
        vec_push(&errors->errors,
                 ((struct plan_error){
                     start, TL_STR("the line is no plan of a baseline")}));
    } else {
        struct tl_plan_step *steps =
            ARENA_ARRAY(arena, struct tl_plan_step, l.steps.n);
        memcpy(steps, l.steps.v, l.steps.n * sizeof(*steps));
        vec_push(
            &b->entries,
            ((struct baseline_entry){
                l.key, {steps, (uint32_t)l.steps.n, {start, end, source}}}));
    }
    vec_release(&l.steps);
}

void baseline_read(struct baseline *b, struct tl_str text, uint32_t source,
                   struct arena *arena, struct plan_list *errors)
{
    for (size_t at = 0; at < text.n;) {
        const char *newline = memchr(text.p + at, '\n', text.n - at);
        size_t end = newline ? (size_t)(newline - text.p) : text.n;

        if (end > at && !(end == at + 1 && text.p[at] == '\r'))
            read_line(b, text, at, end, source, arena, errors);
        at = end + 1;
    }
}

bool baseline_sniff(struct tl_str text)
{
    return text.n > sizeof(MARK) && memcmp(text.p, MARK, sizeof(MARK) - 1) == 0;
}

void baseline_release(struct baseline *b)
{
    vec_release(&b->entries);
}

/* ---- finding ---- */

static int compare(const void *a, const void *b)
{
    const struct baseline_entry *x = a;
    const struct baseline_entry *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->plan.span.source != y->plan.span.source)
        return x->plan.span.source < y->plan.span.source ? -1 : 1;
    return x->plan.span.start < y->plan.span.start
               ? -1
               : x->plan.span.start > y->plan.span.start;
}

void baseline_sort(struct baseline *b)
{
    if (b->entries.n)
        qsort(b->entries.v, b->entries.n, sizeof(*b->entries.v), compare);
}

static uint32_t take_codepoint(struct tl_str *s)
{
    uint32_t c;
    size_t n = utf8_next(*s, &c);

    s->p += n;
    s->n -= n;
    return c;
}

bool baseline_is_text(struct tl_str written, struct tl_str s)
{
    if (tl_str_eq(written, s))
        return true;
    while (written.n && s.n)
        if (take_codepoint(&written) != take_codepoint(&s))
            return false;
    return !written.n && !s.n;
}

static bool same_node(const struct tl_plan_step *s,
                      const struct tl_plan_node *n)
{
    struct tl_str alias = n->alias.n ? n->alias : n->relation;

    return baseline_is_text(s->type, n->type) &&
           baseline_is_text(s->relation, n->relation) &&
           baseline_is_text(s->alias, alias) &&
           baseline_is_text(s->index, n->index) && s->parent == n->parent &&
           s->spills == baseline_spills(n);
}

static bool same_plan(const struct tl_plan_before *b, const struct tl_plan *p)
{
    if (b->count != p->count)
        return false;
    for (uint32_t i = 0; i < p->count; i++)
        if (!same_node(&b->steps[i], &p->nodes[i]))
            return false;
    return true;
}

const struct tl_plan_before *
baseline_find(const struct baseline *b, uint64_t key, const struct tl_plan *p)
{
    size_t low = 0;
    size_t high = b->entries.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (b->entries.v[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    const struct tl_plan_before *found = NULL;
    for (; low < b->entries.n && b->entries.v[low].key == key; low++) {
        if (same_plan(&b->entries.v[low].plan, p))
            return NULL;
        if (!found)
            found = &b->entries.v[low].plan;
    }
    return found;
}
