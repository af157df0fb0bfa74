/*
 * finish.c - from what rules said to what is reported: what comments hide,
 * what the history undid, the order, the fingerprints.
 */
#include "lint/cache.h"
#include "lint/fingerprint.h"
#include "lint/linter.h"
#include "sql/lex.h"

#include <stdlib.h>

/* ---- what the history undid later ---- */

/* The file's first statement that ends at that number or later. */
static const struct statement_range *
range_of(const struct tl_linter *l, const struct input *in, uint32_t number)
{
    size_t n;
    const struct statement_range *v = frozen_statements(l, in, &n);
    size_t low = 0;
    size_t high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (v[middle].last_number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n ? &v[low] : NULL;
}

bool statement_place(const struct tl_linter *l, uint32_t number,
                     struct tl_span *out)
{
    for (size_t i = 0; number > 0 && i < l->inputs.n; i++) {
        const struct input *in = l->inputs.v[i];
        const struct statement_range *r =
            in->kind == INPUT_MIGRATION ? range_of(l, in, number) : NULL;

        if (!r)
            continue;
        *out = (struct tl_span){r->start, r->end, in->source.id};
        return true;
    }
    return false;
}

/* A second CREATE of the same name ends the first one's row, too: files that
   are no history of one database look like that. */
static bool is_create(struct tl_linter *l, struct tl_span place)
{
    input_load(l, l->inputs.v[place.source]);
    struct tl_str text = l->inputs.v[place.source]->source.text;
    struct lex lex = lex_at(text, place.start < text.n ? place.start : text.n);
    struct lex_token t = lex_next_code(&lex);

    return lex_is_word(&lex, t, "create");
}

/* An index that a later migration drops is history: worth knowing, no more. */
static bool settle_dropped(struct tl_linter *l, struct tl_finding *f,
                           uint32_t relation)
{
    struct tl_schema now = catalog_at(l->catalog, l->statement);
    uint32_t died;

    if (!relation || tl_relation_by_id(now, relation))
        return false;
    struct tl_related *r = ARENA_NEW(&l->arena, struct tl_related);
    died = catalog_died(l->catalog, relation);
    bool has_place = statement_place(l, died, &r->span);
    if (has_place && is_create(l, r->span))
        return false;
    if (f->severity > TL_NOTE)
        f->severity = TL_NOTE;
    if (!has_place)
        return true;
    r->message = TL_STR("it is dropped again here");
    if (relation != f->relations[0])
        r->message = TL_STR("the other one is dropped again here");
    r->next = f->related;
    f->related = r;
    f->help = TL_NONE;
    f->fix = NULL;
    return true;
}

static void settle_history(struct tl_linter *l, struct tl_finding *f)
{
    if (!settle_dropped(l, f, f->relations[0]))
        settle_dropped(l, f, f->relations[1]);
    unmake_settle(l, f);
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

/* What was said of a pair of relations, and when: in the order of the run. */
struct said {
    const struct tl_finding *finding;
    size_t when;
};

static int compare_pairs(const struct tl_finding *x, const struct tl_finding *y)
{
    int c = strcmp(x->rule->id, y->rule->id);

    if (!c)
        c = compare_numbers(x->relations[0], y->relations[0]);
    return c ? c : compare_numbers(x->relations[1], y->relations[1]);
}

static int compare_said(const void *a, const void *b)
{
    const struct said *x = a;
    const struct said *y = b;
    int c = compare_pairs(x->finding, y->finding);

    return c ? c : compare_numbers(x->when, y->when);
}

/* A rule that looks at the schema after each file says the same of a pair again
   when one of them changed: the last word holds, which has the names of now. */
static void drop_outdated(struct tl_linter *l)
{
    VEC(struct said) said = VEC_INIT;

    for (size_t i = 0; i < l->findings.n; i++)
        if (l->findings.v[i]->relations[1])
            vec_push(&said, ((struct said){l->findings.v[i], i}));
    if (said.n)
        qsort(said.v, said.n, sizeof(said.v[0]), compare_said);
    for (size_t i = 0; i + 1 < said.n; i++)
        if (!compare_pairs(said.v[i].finding, said.v[i + 1].finding))
            l->findings.v[said.v[i].when]->severity = TL_OFF;
    vec_release(&said);
}

/* ---- comments ---- */

static void report_problem(struct tl_linter *l, struct input *in,
                           const struct suppress_problem *p)
{
    struct tl_span at = {p->start, p->end, in->source.id};
    struct tl_ctx c = {.linter = l, .scratch = &l->scratch};
    struct tl_finding *f;

    switch (p->kind) {
    case SUPPRESS_UNUSED:
        if (p->name.n)
            f = linter_report(l, "unused-suppression", at,
                              "Nothing is found here by '%.*s', so the "
                              "comment hides nothing.",
                              TL_FMT(p->name));
        else
            f = linter_report(l, "unused-suppression", at,
                              "Nothing is found here, so the comment hides "
                              "nothing.");
        if (p->remove_end > p->remove_start)
            tl_edit(
                &c, tl_fix(&c, f, TL_SAFE, "remove it"),
                (struct tl_span){p->remove_start, p->remove_end, in->source.id},
                "%s", "");
        return;
    case SUPPRESS_UNKNOWN:
        f = linter_report(l, "unknown-rule", at, "There is no rule '%.*s'.",
                          TL_FMT(p->name));
        if (p->suggestion.n)
            tl_help(&c, f, "Did you mean '%.*s'?", TL_FMT(p->suggestion));
        return;
    case SUPPRESS_BLANKET:
        f = linter_report(l, "blanket-suppression", at,
                          "The comment names no rule, so it hides whatever is "
                          "found here.");
        tl_help(&c, f, "Name the rules: tusklint: ignore[rule] reason.");
        return;
    case SUPPRESS_MALFORMED:
        f = linter_report(l, "unknown-rule", at,
                          "The comment addresses tusklint with no word it "
                          "knows.");
        tl_help(&c, f,
                "ignore[...], ignore-file[...], ignore-start[...] and "
                "ignore-end are known.");
        return;
    }
}

static bool takes_comments(const struct input *in)
{
    return !in->context_only &&
           (in->kind == INPUT_MIGRATION || in->kind == INPUT_QUERY);
}

bool tl_takes_comments(const struct tl_linter *l, uint32_t source)
{
    return source < l->inputs.n && takes_comments(l->inputs.v[source]) &&
           l->inputs.v[source]->owns_file && !l->inputs.v[source]->packed;
}

bool tl_statement_around(const struct tl_linter *l, struct tl_span at,
                         struct tl_span *out)
{
    const struct input *in =
        at.source < l->inputs.n ? l->inputs.v[at.source] : NULL;
    size_t low = 0;
    size_t high = in ? in->statements.n : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (in->statements.v[middle].start <= at.start)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || in->statements.v[low - 1].end < at.start)
        return false;
    const struct statement_range *r = &in->statements.v[low - 1];
    *out = (struct tl_span){r->start, r->end, at.source};
    return true;
}

/* `of_source` are the findings of this input; the array is sorted by source. */
static void settle_comments(struct tl_linter *l, struct input *in,
                            struct tl_finding *const *of_source, size_t n)
{
    struct comment_list comments = {.comments = VEC_INIT, .rules = VEC_INIT};
    struct suppress_result result = {.problems = VEC_INIT};

    if (!takes_comments(in))
        return;
    comment_find(in->source.text, &comments);
    if (comments.comments.n) {
        struct suppress_file file = {.text = in->source.text,
                                     .statements = in->statements.v,
                                     .n_statements = in->statements.n,
                                     .comments = &comments,
                                     .findings = of_source,
                                     .n_findings = n,
                                     .options = choice_options(l, in)};

        suppress_apply(&file, &result);
        l->n_suppressed += result.n_suppressed;
        for (size_t i = 0; i < result.problems.n; i++)
            report_problem(l, in, &result.problems.v[i]);
    }
    suppress_release(&result);
    comment_release(&comments);
}

/* ---- order ---- */

/* Sources are numbered in the order of their paths as tools apply them; that
   is the order of the report. */
static int compare_findings(const void *a, const void *b)
{
    const struct tl_finding *x = *(struct tl_finding *const *)a;
    const struct tl_finding *y = *(struct tl_finding *const *)b;
    int c = compare_numbers(x->span.source, y->span.source);

    if (!c)
        c = compare_numbers(x->span.start, y->span.start);
    if (!c)
        c = strcmp(x->rule->id, y->rule->id);
    if (!c)
        c = compare_numbers(x->span.end, y->span.end);
    if (!c) {
        size_t n = x->message.n < y->message.n ? x->message.n : y->message.n;

        c = memcmp(x->message.p, y->message.p, n);
        if (!c)
            c = compare_numbers(x->message.n, y->message.n);
    }
    return c;
}

static void sort_findings(struct tl_linter *l)
{
    if (l->findings.n)
        qsort(l->findings.v, l->findings.n, sizeof(l->findings.v[0]),
              compare_findings);
}

static void apply_comments(struct tl_linter *l)
{
    size_t n = l->findings.n;
    size_t from = 0;

    for (size_t i = 0; i < l->inputs.n; i++) {
        size_t to = from;

        while (to < n && l->findings.v[to]->span.source == i)
            to++;
        /* Problems are pushed while the slice is read: hand out a copy. */
        struct tl_finding **slice =
            ARENA_ARRAY(&l->scratch, struct tl_finding *, to - from + 1);
        for (size_t k = from; k < to; k++)
            slice[k - from] = l->findings.v[k];
        settle_comments(l, l->inputs.v[i], slice, to - from);
        arena_clear(&l->scratch);
        from = to;
    }
}

/* Rules that look at the schema after each file may say a thing twice. */
static bool repeats(const struct tl_finding *a, const struct tl_finding *b)
{
    return a->rule == b->rule && a->span.source == b->span.source &&
           a->span.start == b->span.start && a->span.end == b->span.end &&
           tl_str_eq(a->message, b->message);
}

/* The findings are sorted, so equal ones are neighbours. */
static void drop_hidden(struct tl_linter *l)
{
    size_t kept = 0;

    for (size_t i = 0; i < l->findings.n; i++) {
        struct tl_finding *f = l->findings.v[i];

        if (f->suppressed || f->severity == TL_OFF ||
            (kept && repeats(f, l->findings.v[kept - 1])))
            continue;
        l->findings.v[kept++] = f;
    }
    l->findings.n = kept;
}

static const char *path_of(uint32_t source, void *arg)
{
    const char *path = tl_source_path(arg, source);

    return path ? path : "";
}

static void load_source(struct tl_linter *l, struct tl_span span)
{
    if (span.source < l->inputs.n)
        input_load(l, l->inputs.v[span.source]);
}

/* Reports show what they point to. */
static void load_shown(struct tl_linter *l, const struct tl_finding *f)
{
    load_source(l, f->span);
    for (const struct tl_related *r = f->related; r; r = r->next)
        load_source(l, r->span);
    for (const struct tl_edit *e = f->fix ? f->fix->edits : NULL; e;
         e = e->next)
        load_source(l, e->span);
}

void finish_run(struct tl_linter *l)
{
    unmake_sort(l);
    drop_outdated(l);
    for (size_t i = 0; i < l->findings.n; i++)
        settle_history(l, l->findings.v[i]);
    sort_findings(l);
    apply_comments(l);
    drop_hidden(l);
    sort_findings(l);
    for (size_t i = 0; i < l->findings.n; i++)
        load_shown(l, l->findings.v[i]);
    fingerprint_assign(l->findings.v, l->findings.n, path_of, l);
}
