/*
 * subplan.c - one walk over the tokens; the text of a pair of parentheses that
 * is a subplan is taken back when it closes.
 */
#include "lint/subplan.h"

#include "base/buf.h"
#include "sql/lex.h"

#include <string.h>

#define DEPTH_MAX 256 /* of parentheses */

enum group_kind {
    GROUP_PLAIN,
    GROUP_INIT_PLAN, /* (InitPlan 1) */
    GROUP_SUBPLAN,   /* (SubPlan 1), (hashed SubPlan 1) */
    GROUP_QUANTIFIED /* (ANY (...)): a comparison with a subplan's rows */
};

struct group {
    size_t start; /* in the output */
    enum group_kind kind;
};

struct rewrite {
    struct lex lex;
    struct buf out;
    size_t done; /* of the input */
    struct group groups[DEPTH_MAX];
    unsigned depth;
    struct lex_token last;
};

static void copy_until(struct rewrite *r, size_t end)
{
    buf_add(&r->out, r->lex.text.p + r->done, end - r->done);
    r->done = end;
}

static enum group_kind kind_of(const struct rewrite *r, struct lex_token t)
{
    struct tl_str word = lex_text(&r->lex, t);

    /* Columns are printed in quotes when they have capitals. */
    if (tl_str_is(word, "InitPlan"))
        return GROUP_INIT_PLAN;
    if (tl_str_is(word, "SubPlan"))
        return GROUP_SUBPLAN;
    if (lex_is_punct(&r->lex, r->last, '(') &&
        (lex_is_word(&r->lex, t, "any") || lex_is_word(&r->lex, t, "all")))
        return GROUP_QUANTIFIED;
    return GROUP_PLAIN;
}

static bool open_group(struct rewrite *r, struct lex_token t)
{
    if (r->depth == DEPTH_MAX)
        return false;
    copy_until(r, lex_is_word(&r->lex, r->last, "exists") ? r->last.start
                                                          : t.start);
    r->groups[r->depth++] = (struct group){r->out.n, GROUP_PLAIN};
    return true;
}

/* ".col1" behind what a subplan gives. */
static void skip_column(struct rewrite *r)
{
    struct lex ahead = r->lex;
    struct lex_token dot = lex_next(&ahead);
    struct lex_token name = lex_next(&ahead);

    if (!lex_is_punct(&ahead, dot, '.') || name.kind != LEX_WORD)
        return;
    r->lex = ahead;
    r->done = name.end;
}

static void close_group(struct rewrite *r, struct lex_token t)
{
    if (!r->depth)
        return;
    struct group g = r->groups[--r->depth];
    if (g.kind == GROUP_PLAIN)
        return;
    r->out.n = g.start;
    r->done = t.end;
    buf_puts(&r->out, g.kind == GROUP_INIT_PLAN ? "$0" : "NULL");
    skip_column(r);
}

static bool take(struct rewrite *r, struct lex_token t)
{
    if (lex_is_punct(&r->lex, t, '(') && !open_group(r, t))
        return false;
    if (lex_is_punct(&r->lex, t, ')')) {
        copy_until(r, t.end);
        close_group(r, t);
    } else if (r->depth && !r->groups[r->depth - 1].kind) {
        r->groups[r->depth - 1].kind = kind_of(r, t);
    }
    r->last = t;
    return true;
}

static bool has_subplan(struct tl_str s)
{
    return s.n && (memmem(s.p, s.n, "SubPlan ", 8) ||
                   memmem(s.p, s.n, "InitPlan ", 9));
}

struct tl_str subplan_as_sql(struct tl_str condition, struct arena *a)
{
    struct rewrite r = {.lex = lex_at(condition, 0)};
    struct tl_str out = condition;
    bool whole = true;

    if (!has_subplan(condition))
        return condition;
    buf_init(&r.out, condition.n + 1);
    for (struct lex_token t = lex_next_code(&r.lex); whole && t.kind != LEX_END;
         t = lex_next_code(&r.lex))
        whole = take(&r, t);
    if (whole) {
        copy_until(&r, condition.n);
        out = arena_str(a, buf_view(&r.out));
    }
    buf_release(&r.out);
    return out;
}
