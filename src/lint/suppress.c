/*
 * suppress.c - comments that hide findings, applied to one file.
 *
 * Findings are sorted by rule and place, so that a comment's reach is an
 * interval of each rule's findings: two marks at its ends, summed up once.
 * The cost is comments times rules, however many findings a comment hides.
 */
#include "lint/suppress.h"

#include "lint/select.h"

#include <stdlib.h>
#include <string.h>

/* How far down the open ranges an ignore-end looks for its start. */
#define MAX_SEARCH 64

struct entry {
    const struct tl_rule *rule;
    uint64_t start;
    struct tl_finding *finding;
};

/* The findings of one rule: a slice of the entries. */
struct group {
    const struct tl_rule *rule;
    size_t first;
    size_t n;
};

/* Which findings a comment speaks of, by where they begin. */
struct reach {
    uint64_t start;
    uint64_t end; /* exclusive; == start: none */
    bool closed;  /* of an end: it closed something; of a start: it is closed */
};

struct work {
    const struct suppress_file *file;
    struct entry *entries;
    int64_t *marks; /* +1 and -1 at the ends of what is hidden */
    VEC(struct group) groups;
    struct reach *reaches; /* of each comment */
    bool *name_used;       /* of each name in the list */
    bool *comment_used;    /* hid anything */
    size_t newline_after;  /* memory of line_end() */
    size_t newline_asked;
    size_t newline_before; /* memory of line_start() */
    size_t scanned;
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    int order = strcmp(x->rule->id, y->rule->id);

    if (order)
        return order;
    return x->start < y->start ? -1 : x->start > y->start;
}

static void make_groups(struct work *w)
{
    const struct suppress_file *f = w->file;

    for (size_t i = 0; i < f->n_findings; i++)
        w->entries[i] = (struct entry){
            f->findings[i]->rule, f->findings[i]->span.start, f->findings[i]};
    qsort(w->entries, f->n_findings, sizeof(*w->entries), compare_entries);
    for (size_t i = 0; i < f->n_findings; i++) {
        const struct tl_rule *rule = w->entries[i].rule;

        if (w->groups.n == 0 || vec_last(&w->groups)->rule != rule)
            vec_push(&w->groups, (struct group){rule, i, 0});
        vec_last(&w->groups)->n++;
    }
}

static bool is_newline(char c)
{
    return c == '\n' || c == '\r';
}

/*
 * Comments come in text order, so both ends of a line are found by going on
 * from the last answer: a file that is one long line stays linear.
 */
static size_t line_start(struct work *w, size_t at)
{
    for (; w->scanned < at; w->scanned++)
        if (is_newline(w->file->text.p[w->scanned]))
            w->newline_before = w->scanned + 1;
    return w->newline_before;
}

static size_t line_end(struct work *w, size_t at)
{
    struct tl_str t = w->file->text;

    if (at >= w->newline_asked && at <= w->newline_after)
        return w->newline_after;
    w->newline_asked = at;
    while (at < t.n && !is_newline(t.p[at]))
        at++;
    w->newline_after = at;
    return at;
}

/* The number of statements that begin before `at`. */
static size_t statements_before(const struct suppress_file *f, size_t at)
{
    size_t low = 0;
    size_t high = f->n_statements;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (f->statements[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A finding may stand at the very end of its statement. */
static struct reach reach_of_statement(const struct statement_range *s)
{
    return (struct reach){.start = s->start, .end = s->end + 1};
}

static struct reach reach_of_next(struct work *w, const struct comment *c)
{
    const struct suppress_file *f = w->file;
    size_t next = statements_before(f, c->start);
    const struct statement_range *before =
        next ? &f->statements[next - 1] : NULL;
    const struct statement_range *after =
        next < f->n_statements ? &f->statements[next] : NULL;

    if (before && c->start < before->end)
        return reach_of_statement(before);
    bool behind = before && before->end >= line_start(w, c->start);
    bool code_follows = after && after->start < line_end(w, c->end);
    if (behind && !code_follows)
        return reach_of_statement(before);
    return after ? reach_of_statement(after) : (struct reach){.start = 0};
}

static const struct comment_rule *name_of(const struct work *w,
                                          const struct comment *c, size_t i)
{
    return &w->file->comments->rules.v[c->first_rule + i];
}

static bool same_names(const struct work *w, const struct comment *a,
                       const struct comment *b)
{
    if (a->n_rules != b->n_rules)
        return false;
    for (size_t i = 0; i < a->n_rules; i++)
        if (!tl_str_eq(name_of(w, a, i)->name, name_of(w, b, i)->name))
            return false;
    return true;
}

/* The open range that an end closes: the last with its names, if it has any,
   else the last one. SIZE_MAX when nothing is open. */
static size_t find_open(const struct work *w, const struct comment *end,
                        const size_t *open, size_t n)
{
    const struct comment *comments = w->file->comments->comments.v;
    size_t nearest = SIZE_MAX;

    for (size_t i = n; i > 0 && n - i < MAX_SEARCH; i--) {
        const struct comment *start = &comments[open[i - 1]];

        if (start->dialect != end->dialect)
            continue;
        if (end->n_rules == 0 || same_names(w, start, end))
            return i - 1;
        if (nearest == SIZE_MAX)
            nearest = i - 1;
    }
    return nearest;
}

static void pair_ranges(struct work *w)
{
    const struct comment_list *list = w->file->comments;
    VEC(size_t) open = VEC_INIT;

    for (size_t i = 0; i < list->comments.n; i++) {
        const struct comment *c = &list->comments.v[i];

        if (c->malformed)
            continue;
        if (c->scope == COMMENT_START) {
            w->reaches[i] = (struct reach){c->start, UINT64_MAX, false};
            vec_push(&open, i);
        }
        if (c->scope != COMMENT_END)
            continue;
        size_t at = find_open(w, c, open.v, open.n);
        if (at == SIZE_MAX)
            continue;
        w->reaches[i].closed = true;
        w->reaches[open.v[at]].closed = true;
        w->reaches[open.v[at]].end = c->start;
        memmove(&open.v[at], &open.v[at + 1],
                (open.n - at - 1) * sizeof(open.v[0]));
        open.n--;
    }
    vec_release(&open);
}

static void find_reaches(struct work *w)
{
    const struct comment_list *list = w->file->comments;

    pair_ranges(w);
    for (size_t i = 0; i < list->comments.n; i++) {
        const struct comment *c = &list->comments.v[i];

        if (c->malformed)
            continue;
        if (c->scope == COMMENT_NEXT)
            w->reaches[i] = reach_of_next(w, c);
        else if (c->scope == COMMENT_FILE)
            w->reaches[i] = (struct reach){0, UINT64_MAX, false};
    }
}

/* The first entry of a group that begins at or behind `at`. */
static size_t entry_from(const struct work *w, const struct group *g,
                         uint64_t at)
{
    size_t low = g->first;
    size_t high = g->first + g->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (w->entries[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool hide(struct work *w, const struct group *g, struct reach reach)
{
    size_t first = entry_from(w, g, reach.start);
    size_t last = entry_from(w, g, reach.end);

    if (first >= last)
        return false;
    w->marks[first]++;
    w->marks[last]--;
    return true;
}

static bool hide_by_name(struct work *w, struct tl_str name, struct reach reach)
{
    bool any = false;

    for (size_t g = 0; g < w->groups.n; g++)
        if (select_matches(w->groups.v[g].rule, name))
            any |= hide(w, &w->groups.v[g], reach);
    return any;
}

static void hide_by_comment(struct work *w, size_t at)
{
    const struct comment *c = &w->file->comments->comments.v[at];
    struct reach reach = w->reaches[at];

    if (c->malformed || c->scope == COMMENT_END || reach.start >= reach.end)
        return;
    if (c->n_rules == 0)
        for (size_t g = 0; g < w->groups.n; g++)
            w->comment_used[at] |= hide(w, &w->groups.v[g], reach);
    for (size_t i = 0; i < c->n_rules; i++) {
        bool used = hide_by_name(w, name_of(w, c, i)->name, reach);

        w->name_used[c->first_rule + i] = used;
        w->comment_used[at] |= used;
    }
}

static size_t set_suppressed(struct work *w)
{
    int64_t depth = 0;
    size_t n = 0;

    for (size_t i = 0; i < w->file->n_findings; i++) {
        depth += w->marks[i];
        if (depth <= 0)
            continue;
        n += !w->entries[i].finding->suppressed;
        w->entries[i].finding->suppressed = true;
    }
    return n;
}

/* ---- problems ---- */

static bool says_unparsed(const struct tl_rule *r)
{
    return r->family == TL_META && (strcmp(r->name, "syntax-error") == 0 ||
                                    strcmp(r->name, "unreadable-input") == 0);
}

/* Where something could not be analysed, a comment cannot prove itself. */
static bool reaches_unparsed(const struct work *w, struct reach reach)
{
    for (size_t i = 0; i < w->groups.n; i++) {
        const struct group *g = &w->groups.v[i];

        if (says_unparsed(g->rule) &&
            entry_from(w, g, reach.start) < entry_from(w, g, reach.end))
            return true;
    }
    return false;
}

/* Rules of captures and plans speak in runs that are given some. */
static bool could_speak(const struct work *w, struct tl_str name)
{
    for (size_t i = 0; i < tl_rule_count(); i++) {
        const struct tl_rule *r = tl_rule_at(i);

        if (r->family == TL_WORKLOAD || r->family == TL_PLAN)
            continue;
        if (select_matches(r, name) &&
            select_severity(w->file->options, r) != TL_OFF)
            return true;
    }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* With its line when it has one to itself, else with the blanks before it. What
   it keeps apart stays apart, so not if it alone does that. */
static void removal_of_comment(const struct work *w, const struct comment *c,
                               struct suppress_problem *p)
{
    struct tl_str t = w->file->text;
    size_t start = c->start;
    size_t end = c->end;

    /* A tool that reads lines may find its marker in it. */
    if (memchr(t.p + start, '\n', end - start))
        return;
    while (start > 0 && is_blank(t.p[start - 1]))
        start--;
    while (end < t.n && is_blank(t.p[end]))
        end++;
    bool begins_line = start == 0 || is_newline(t.p[start - 1]);
    bool ends_line = end == t.n || is_newline(t.p[end]);
    bool parts = !begins_line && !ends_line && end == c->end;
    if (parts && start == c->start)
        return;
    p->remove_start = parts || (begins_line && !ends_line) ? c->start : start;
    p->remove_end = ends_line ? end : c->end;
    if (!begins_line || !ends_line || end == t.n)
        return;
    p->remove_end +=
        t.p[end] == '\r' && end + 1 < t.n && t.p[end + 1] == '\n' ? 2 : 1;
}

static void add_problem(struct suppress_result *out, enum suppress_kind kind,
                        const struct comment *c)
{
    vec_push(&out->problems, (struct suppress_problem){.kind = kind,
                                                       .start = c->start,
                                                       .end = c->end,
                                                       .remove_start = c->start,
                                                       .remove_end = c->start});
}

static void add_unused_comment(const struct work *w, const struct comment *c,
                               struct suppress_result *out)
{
    add_problem(out, SUPPRESS_UNUSED, c);
    removal_of_comment(w, c, vec_last(&out->problems));
}

static void add_name(const struct comment_rule *name, enum suppress_kind kind,
                     const struct comment *c, struct suppress_result *out)
{
    add_problem(out, kind, c);
    struct suppress_problem *p = vec_last(&out->problems);

    p->start = name->start;
    p->end = name->end;
    p->name = name->name;
    p->remove_start = p->remove_end = name->start;
    if (kind == SUPPRESS_UNKNOWN)
        p->suggestion = select_suggest(name->name);
}

static bool is_unused_name(const struct work *w, const struct comment *c,
                           size_t i)
{
    struct tl_str name = name_of(w, c, i)->name;

    return !w->name_used[c->first_rule + i] && select_is_known(name) &&
           could_speak(w, name);
}

/*
 * Names go with the comma that ties them to what stays: the one before when a
 * name before it stays, else the one behind. So no two removals overlap.
 */
static void add_unused_name(const struct work *w, const struct comment *c,
                            size_t i, bool kept_before,
                            struct suppress_result *out)
{
    add_name(name_of(w, c, i), SUPPRESS_UNUSED, c, out);
    struct suppress_problem *p = vec_last(&out->problems);

    p->remove_end = p->end;
    if (kept_before)
        p->remove_start = name_of(w, c, i - 1)->end;
    else if (i + 1 < c->n_rules)
        p->remove_end = name_of(w, c, i + 1)->start;
}

static void judge_names(const struct work *w, const struct comment *c,
                        bool blame_unused, struct suppress_result *out)
{
    size_t unused = 0;
    bool kept_before = false;

    for (size_t i = 0; i < c->n_rules; i++)
        unused += blame_unused && is_unused_name(w, c, i);
    if (unused == c->n_rules) {
        add_unused_comment(w, c, out);
        return;
    }
    for (size_t i = 0; i < c->n_rules; i++) {
        const struct comment_rule *name = name_of(w, c, i);

        if (blame_unused && is_unused_name(w, c, i)) {
            add_unused_name(w, c, i, kept_before, out);
            continue;
        }
        kept_before = true;
        if (!select_is_known(name->name))
            add_name(name, SUPPRESS_UNKNOWN, c, out);
    }
}

static void judge_comment(const struct work *w, size_t at,
                          struct suppress_result *out)
{
    const struct comment *c = &w->file->comments->comments.v[at];

    if (c->dialect != COMMENT_TUSKLINT)
        return;
    if (c->malformed) {
        add_problem(out, SUPPRESS_MALFORMED, c);
        return;
    }
    if (c->scope == COMMENT_END) {
        if (!w->reaches[at].closed)
            add_unused_comment(w, c, out);
        return;
    }
    bool blame = !reaches_unparsed(w, w->reaches[at]);
    if (c->n_rules)
        judge_names(w, c, blame, out);
    else if (w->comment_used[at])
        add_problem(out, SUPPRESS_BLANKET, c);
    else if (blame)
        add_unused_comment(w, c, out);
}

void suppress_apply(const struct suppress_file *f, struct suppress_result *out)
{
    size_t n_comments = f->comments->comments.n;
    struct work w = {.file = f, .newline_asked = SIZE_MAX};

    vec_clear(&out->problems);
    out->n_suppressed = 0;
    if (n_comments == 0)
        return;
    w.entries = mem_calloc(f->n_findings + 1, sizeof(*w.entries));
    w.marks = mem_calloc(f->n_findings + 1, sizeof(*w.marks));
    w.reaches = mem_calloc(n_comments, sizeof(*w.reaches));
    w.comment_used = mem_calloc(n_comments, sizeof(*w.comment_used));
    w.name_used = mem_calloc(f->comments->rules.n + 1, sizeof(*w.name_used));
    make_groups(&w);
    find_reaches(&w);
    for (size_t i = 0; i < n_comments; i++)
        hide_by_comment(&w, i);
    out->n_suppressed = set_suppressed(&w);
    for (size_t i = 0; i < n_comments; i++)
        judge_comment(&w, i, out);
    mem_free(w.entries);
    mem_free(w.marks);
    mem_free(w.reaches);
    mem_free(w.comment_used);
    mem_free(w.name_used);
    vec_release(&w.groups);
}

void suppress_release(struct suppress_result *r)
{
    vec_release(&r->problems);
    r->n_suppressed = 0;
}
