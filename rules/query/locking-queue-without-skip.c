/*
 * locking-queue-without-skip - workers that take the next row of a queue wait
 * for one another.
 */
#include <tusklint/rule.h>

static bool waits(const PgQuery__SelectStmt *s)
{
    for (size_t i = 0; i < s->n_locking_clause; i++) {
        if (s->locking_clause[i]->node_case != TL_KIND(LOCKING_CLAUSE))
            return false;
        const PgQuery__LockingClause *c = s->locking_clause[i]->locking_clause;

        if (c->strength < PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORNOKEYUPDATE ||
            c->wait_policy != PG_QUERY__LOCK_WAIT_POLICY__LockWaitBlock)
            return false;
    }
    return s->n_locking_clause > 0;
}

static bool ends_in(struct tl_str s, const char *end)
{
    size_t n = strlen(end);

    return s.n >= n && memcmp(s.p + s.n - n, end, n) == 0;
}

/* order_id, orderId: rows of one thing. Who locks those means to wait. */
static bool is_reference(struct tl_str column)
{
    return ends_in(column, "_id") || ends_in(column, "Id") ||
           ends_in(column, "_uuid");
}

/* A row that is named by its key is no queue. */
static bool is_found_by_key(struct tl_ctx *ctx, const struct tl_node *select)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    for (uint32_t i = 0; i < n; i++) {
        const struct tl_predicate *p = &all[i];

        if (p->select != select || p->under_or || p->negated ||
            !tl_str_is(p->op, "="))
            continue;
        if (!p->ref.relation || is_reference(p->ref.column))
            return true;
        TL_EACH_INDEX(tl_after(ctx), p->ref.relation, x)
            if (x->unique && x->n_keys &&
                tl_str_eq(x->keys[0].column, p->ref.column))
                return true;
    }
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);

    if (!s->limit_count || !s->n_sort_clause || !s->where_clause || !waits(s) ||
        s->n_from_clause != 1 ||
        s->from_clause[0]->node_case != TL_KIND(RANGE_VAR) ||
        is_found_by_key(ctx, node))
        return;
    const struct tl_node *lock =
        tl_find_wrapped(tl_tree(ctx), node, s->locking_clause[0]);
    const PgQuery__RangeVar *r = s->from_clause[0]->range_var;
    const struct tl_name name = {tl_str_c(r->schemaname), tl_str_c(r->relname)};
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, lock ? lock : node),
                  "Whoever asks for the next row of %.*s waits for the one "
                  "before, until its transaction ends.",
                  TL_FMT(tl_name_text(ctx, name)));

    tl_object(ctx, f, name, TL_NONE);
    tl_detail(ctx, f,
              "After the wait the row may not match any more: then fewer rows "
              "come than LIMIT says, or none.");
    tl_help(ctx, f,
            "For a queue, FOR UPDATE SKIP LOCKED takes the next row that is "
            "free; NOWAIT fails instead of waiting.");
}

TL_RULE(locking_queue_without_skip) = {
    .id = "TL332",
    .name = "locking-queue-without-skip",
    .summary = "FOR UPDATE of the next rows waits where SKIP LOCKED would not",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("for-update-without-skip-or-nowait"),
    .nodes = TL_ON(TL_KIND(SELECT_STMT)),
    .on_node = check,
};
