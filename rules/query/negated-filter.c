/*
 * negated-filter - the only condition says which rows are not wanted.
 *
 * Mostly the others are most of the table, and then it is right to read it
 * all. So only where an index on the column shows that it was meant to be
 * found by it, and the value is a word written into the query: a state, whose
 * other states may be rare.
 */
#include <tusklint/rule.h>

static bool is_word(const struct tl_node *value)
{
    return tl_string_constant(value).n > 0;
}

static bool are_words(const struct tl_tree *t, const struct tl_node *value)
{
    if (value->kind != TL_KIND(LIST))
        return is_word(value);
    TL_CHILDREN(t, value, item)
        if (!is_word(item))
            return false;
    return true;
}

static bool is_negation(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    bool equal = tl_str_is(p->op, "<>") || tl_str_is(p->op, "=") ||
                 tl_str_is(p->op, "in") || tl_str_is(p->op, "is distinct from");

    return p->negated && p->value && p->wrap == TL_WRAP_NONE && !p->under_or &&
           (equal || tl_str_is(p->op, "!~~") || tl_str_is(p->op, "~~")) &&
           are_words(tl_tree(ctx), p->value);
}

static bool is_bool(const struct tl_node *n, PgQuery__BoolExprType op)
{
    return n->kind == TL_KIND(BOOL_EXPR) &&
           TL_AS(BOOL_EXPR, BoolExpr, n)->boolop == op;
}

/* The negation that this part of a WHERE is; NULL. */
static const struct tl_predicate *negation_at(struct tl_ctx *ctx,
                                              const struct tl_node *n)
{
    uint32_t count;
    const struct tl_predicate *all = tl_predicates(ctx, &count);

    if (is_bool(n, PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR))
        n = n + 1;
    for (uint32_t i = 0; i < count; i++)
        if (all[i].expr == n && is_negation(ctx, &all[i]))
            return &all[i];
    return NULL;
}

/* Of a WHERE of such conditions alone, all on one table: the first; NULL. */
static const struct tl_predicate *only_negations(struct tl_ctx *ctx,
                                                 const struct tl_node *where)
{
    const struct tl_predicate *first = NULL;

    if (!is_bool(where, PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR))
        return negation_at(ctx, where);
    TL_CHILDREN(tl_tree(ctx), where, part) {
        const struct tl_predicate *p = negation_at(ctx, part);

        if (!p || (first && !tl_str_eq(p->ref.column, first->ref.column)))
            return NULL;
        first = first ? first : p;
    }
    return first;
}

/* One table, and all of its rows that pass: no LIMIT that ends it early. */
static bool reads_one_table(const struct tl_node *query)
{
    if (query->kind == TL_KIND(UPDATE_STMT))
        return !TL_AS(UPDATE_STMT, UpdateStmt, query)->n_from_clause;
    if (query->kind == TL_KIND(DELETE_STMT))
        return !TL_AS(DELETE_STMT, DeleteStmt, query)->n_using_clause;
    if (query->kind != TL_KIND(SELECT_STMT))
        return false;
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, query);
    return s->n_from_clause == 1 && !s->limit_count &&
           s->from_clause[0]->node_case == TL_KIND(RANGE_VAR);
}

/* The index that leads with the column. NULL, too, when one that is partial may
   serve, and when the column is a key: all but one row are most of them. */
static const struct tl_index *index_led(struct tl_ctx *ctx,
                                        const struct tl_predicate *p)
{
    const struct tl_index *found = NULL;

    TL_EACH_INDEX(tl_after(ctx), p->ref.relation, x) {
        bool leads = x->n_keys && tl_str_eq(x->keys[0].column, p->ref.column);

        if (x->predicate.n || (leads && x->unique && x->n_keys == 1))
            return NULL;
        if (leads && !found && tl_str_is(x->method, "btree"))
            found = x;
    }
    return found;
}

static bool is_table(const struct tl_predicate *p)
{
    const struct tl_relation *r = p->ref.relation;

    return p->ref.origin == TL_FROM_TABLE && r && !r->incomplete &&
           !r->uncertain && !r->temporary &&
           (r->kind == TL_TABLE || r->kind == TL_PARTITIONED_TABLE ||
            r->kind == TL_MATVIEW);
}

static void report(struct tl_ctx *ctx, const struct tl_predicate *p,
                   const struct tl_node *where, const struct tl_index *index)
{
    struct tl_str name = tl_quoted(ctx, index->name.name);
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, where),
        "An index finds what is equal, not what is different: all of %.*s is "
        "read, %.*s or not.",
        TL_FMT(table), TL_FMT(name));

    tl_object(ctx, f, p->ref.table, p->ref.column);
    tl_related(ctx, f, index->row.made, "%.*s is made here", TL_FMT(name));
    tl_help(ctx, f,
            "If few rows pass, ask for the values wanted (%.*s IN ...), or "
            "index those rows alone: CREATE INDEX CONCURRENTLY ON %.*s (%.*s) "
            "WHERE %.*s;",
            TL_FMT(column), TL_FMT(tl_full_name_text(ctx, p->ref.table)),
            TL_FMT(column), TL_FMT(tl_expression_text(ctx, where)));
}

/* Into a query inside of another one, conditions of that may be moved. */
static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_tree *t = tl_tree(ctx);

    if (p->clause != TL_CLAUSE_WHERE || !is_negation(ctx, p) || !is_table(p) ||
        p->select != t->nodes || !reads_one_table(p->select))
        return;
    const struct tl_node *where = p->expr;
    while (tl_parent(t, where) != p->select)
        where = tl_parent(t, where);
    if (only_negations(ctx, where) != p)
        return;
    const struct tl_index *index = index_led(ctx, p);
    if (index)
        report(ctx, p, where, index);
}

TL_RULE(negated_filter) = {
    .id = "TL310",
    .name = "negated-filter",
    .summary = "the only condition is one that no index can look up",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .on_predicate = check,
};
