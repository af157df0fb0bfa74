/*
 * predicate.c - the comparisons that a statement filters by.
 *
 * Every WHERE, ON and HAVING is walked through its AND, OR and NOT with an own
 * stack; what is left are single tests. A test gives one predicate for each
 * side that holds a column, the column's side standing on the left.
 */
#include "lint/predicate.h"

#include "base/vec.h"

/* A boolean expression still to be opened. */
struct term {
    const struct tl_node *node;
    bool negated;
    bool under_or;
    bool open; /* an AND here splits into conjuncts of its own */
    uint32_t conjunct;
};

struct collector {
    struct scope *scope;
    const struct tl_tree *tree;
    struct arena *arena;
    VEC(struct tl_predicate) found;
    VEC(struct term) stack;
    uint32_t conjuncts;
    enum tl_clause clause;
    const struct tl_node *select;
    bool has_variables;
};

/* One comparison, operands as written. */
struct test {
    const struct tl_node *expr;
    const struct tl_node *left;
    const struct tl_node *right;
    struct tl_str op;
    struct tl_str flipped; /* the operator with its sides exchanged */
    bool negative;
};

static const struct tl_node *child_of(const struct collector *c,
                                      const struct tl_node *n,
                                      const PgQuery__Node *wrapped)
{
    const ProtobufCMessage *msg = tl_unwrap(wrapped);

    if (!msg)
        return NULL;
    TL_CHILDREN(c->tree, n, child) {
        if (child->msg == msg)
            return child;
    }
    return NULL;
}

/* ---- columns on a side ---- */

static bool is_aggregate(const struct tl_node *n)
{
    static const char *const names[] = {
        "count",
        "sum",
        "avg",
        "min",
        "max",
        "array_agg",
        "string_agg",
        "bool_and",
        "bool_or",
        "every",
        "bit_and",
        "bit_or",
        "json_agg",
        "jsonb_agg",
        "json_object_agg",
        "jsonb_object_agg",
        "stddev",
        "stddev_pop",
        "stddev_samp",
        "variance",
        "var_pop",
        "var_samp",
        "corr",
        "xmlagg",
        "range_agg",
        "any_value",
    };

    if (n->kind != TL_KIND(FUNC_CALL))
        return false;

    const PgQuery__FuncCall *f = TL_AS(FUNC_CALL, FuncCall, n);

    if (f->agg_star || f->agg_distinct || f->agg_filter || f->n_agg_order ||
        f->agg_within_group)
        return true;

    const PgQuery__Node *last =
        f->n_funcname ? f->funcname[f->n_funcname - 1] : NULL;

    if (!last || last->node_case != PG_QUERY__NODE__NODE_STRING)
        return false;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(last->string->sval, names[i]) == 0)
            return true;
    return false;
}

static bool is_plain_column(const struct tl_node *n)
{
    if (!n || n->kind != TL_KIND(COLUMN_REF))
        return false;

    const PgQuery__ColumnRef *ref = TL_AS(COLUMN_REF, ColumnRef, n);

    return ref->n_fields && ref->fields[ref->n_fields - 1]->node_case ==
                                PG_QUERY__NODE__NODE_STRING;
}

/* The first column of an operand that is not a subquery's own. */
static const struct tl_node *first_column(const struct collector *c,
                                          const struct tl_node *side)
{
    if (!side)
        return NULL;
    for (uint32_t i = tl_index(c->tree, side); i < side->end;) {
        const struct tl_node *n = &c->tree->nodes[i];

        if (is_plain_column(n))
            return n;
        if (n->kind == TL_KIND(SUB_LINK) || is_aggregate(n))
            i = n->end;
        else
            i++;
    }
    return NULL;
}

/* ---- wraps ---- */

static struct tl_str last_name(PgQuery__Node *const *names, size_t n)
{
    return n && names[n - 1]->node_case == PG_QUERY__NODE__NODE_STRING
               ? tl_str_c(names[n - 1]->string->sval)
               : TL_NONE;
}

static enum tl_wrap operator_wrap(const struct tl_node *n)
{
    static const char *const arithmetic[] = {"+",  "-",  "*", "/", "%",
                                             "^",  "||", "&", "|", "#",
                                             "<<", ">>", "~", "@"};
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, n);
    struct tl_str op = last_name(e->name, e->n_name);

    if (e->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF)
        return TL_WRAP_FUNCTION;
    if (e->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP)
        return TL_WRAP_OTHER;
    for (size_t i = 0; i < sizeof(arithmetic) / sizeof(arithmetic[0]); i++)
        if (tl_str_is(op, arithmetic[i]))
            return TL_WRAP_ARITHMETIC;
    return TL_WRAP_OTHER;
}

static enum tl_wrap wrap_of(const struct tl_node *side)
{
    switch ((int)side->kind) {
    case TL_KIND(COLUMN_REF):
        return TL_WRAP_NONE;
    case TL_KIND(TYPE_CAST):
        return TL_WRAP_CAST;
    case TL_KIND(FUNC_CALL): {
        const PgQuery__FuncCall *f = TL_AS(FUNC_CALL, FuncCall, side);

        return f->n_args == 2 &&
                       tl_str_is(last_name(f->funcname, f->n_funcname),
                                 "timezone")
                   ? TL_WRAP_TIME_ZONE
                   : TL_WRAP_FUNCTION;
    }
    case TL_KIND(COALESCE_EXPR):
    case TL_KIND(MIN_MAX_EXPR):
    case TL_KIND(XML_EXPR):
        return TL_WRAP_FUNCTION;
    case TL_KIND(A_EXPR):
        return operator_wrap(side);
    default:
        return TL_WRAP_OTHER;
    }
}

/* ---- emitting ---- */

/* The part of a value that is looked at: of `x IN (SELECT ...)` the query,
   since x belongs to the other side. */
static const struct tl_node *value_part(const struct collector *c,
                                        const struct tl_node *value)
{
    if (!value || value->kind != TL_KIND(SUB_LINK))
        return value;
    return child_of(c, value, TL_AS(SUB_LINK, SubLink, value)->subselect);
}

/* No column in it is of the same FROM item, for all we can tell. */
static bool is_constant_for(const struct collector *c,
                            const struct tl_node *value,
                            const struct tl_node *range)
{
    const struct tl_node *part = value_part(c, value);

    if (!part)
        return true;
    TL_EACH(c->tree, part, TL_KIND(COLUMN_REF), it) {
        struct tl_column_ref ref;

        if (!is_plain_column(it))
            continue;

        bool inside = part->kind == TL_KIND(SELECT_STMT);

        /* What a subquery cannot place is most likely its own. */
        if (!scope_resolve(c->scope, it, &ref)) {
            if (!inside && !c->has_variables)
                return false;
        } else if (ref.range == range) {
            return false;
        }
    }
    return true;
}

/* Does it mention columns of other FROM items? What a subquery has is its
   own. */
static bool is_joined(const struct collector *c, const struct tl_node *value,
                      const struct tl_node *range)
{
    const struct tl_node *part = value_part(c, value);

    if (!part || part->kind == TL_KIND(SELECT_STMT))
        return false;
    TL_EACH(c->tree, part, TL_KIND(COLUMN_REF), it) {
        struct tl_column_ref ref;

        if (is_plain_column(it) && scope_resolve(c->scope, it, &ref) &&
            ref.range != range)
            return true;
    }
    return false;
}

static void emit(struct collector *c, const struct term *term,
                 const struct test *test, const struct tl_node *side,
                 const struct tl_node *value, struct tl_str op)
{
    const struct tl_node *column = first_column(c, side);

    if (!column)
        return;

    struct tl_predicate p = {
        .expr = test->expr,
        .side = side,
        .column = column,
        .value = value,
        .wrap = wrap_of(side),
        .op = op,
        .clause = c->clause,
        .conjunct = term->conjunct,
        .negated = term->negated != test->negative,
        .under_or = term->under_or,
        .select = c->select,
    };
    struct tl_column_ref other;

    (void)scope_resolve(c->scope, column, &p.ref);
    p.value_is_constant = is_constant_for(c, value, p.ref.range);
    p.value_is_column = is_plain_column(value) &&
                        scope_resolve(c->scope, value, &other) &&
                        other.range != p.ref.range;
    p.value_is_joined = is_joined(c, value, p.ref.range);
    vec_push(&c->found, p);
}

/* Both sides, when they are of different FROM items; else the first one that
   has a column. */
static void emit_sides(struct collector *c, const struct term *term,
                       const struct test *test)
{
    const struct tl_node *left = first_column(c, test->left);
    const struct tl_node *right = first_column(c, test->right);
    bool both = left && right;

    if (both) {
        struct tl_column_ref a;
        struct tl_column_ref b;

        both = scope_resolve(c->scope, left, &a) &&
               scope_resolve(c->scope, right, &b) && a.range != b.range;
    }
    if (left)
        emit(c, term, test, test->left, test->right, test->op);
    if (right && (both || !left))
        emit(c, term, test, test->right, test->left, test->flipped);
}

/* ---- the kinds of tests ---- */

static struct tl_str flip(struct tl_str op)
{
    static const struct {
        const char *op;
        struct tl_str flipped;
    } pairs[] = {
        {"<", {">", 1}},   {">", {"<", 1}},   {"<=", {">=", 2}},
        {">=", {"<=", 2}}, {"@>", {"<@", 2}}, {"<@", {"@>", 2}},
        {"<<", {">>", 2}}, {">>", {"<<", 2}},
    };

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (tl_str_is(op, pairs[i].op))
            return pairs[i].flipped;
    return op;
}

static bool is_negative(struct tl_str op)
{
    return tl_str_is(op, "<>") || (op.n > 1 && op.p[0] == '!');
}

/* (a, b) = (1, 2) is a = 1 and b = 2. */
static bool emit_rows(struct collector *c, const struct term *term,
                      const struct test *test)
{
    if (!test->left || !test->right || test->left->kind != TL_KIND(ROW_EXPR) ||
        test->right->kind != TL_KIND(ROW_EXPR) || !tl_str_is(test->op, "="))
        return false;

    const PgQuery__RowExpr *a = TL_AS(ROW_EXPR, RowExpr, test->left);
    const PgQuery__RowExpr *b = TL_AS(ROW_EXPR, RowExpr, test->right);

    if (a->n_args != b->n_args)
        return false;

    const struct tl_node *left = test->left + 1;
    const struct tl_node *right = test->right + 1;

    for (size_t i = 0; i < a->n_args; i++) {
        struct test part = *test;

        if (tl_index(c->tree, left) >= test->left->end ||
            tl_index(c->tree, right) >= test->right->end)
            break;
        part.left = left;
        part.right = right;
        emit_sides(c, term, &part);
        left = &c->tree->nodes[left->end];
        right = &c->tree->nodes[right->end];
    }
    return true;
}

/* The column is among the values: 5 IN (a, b), now() BETWEEN a AND b. */
static void emit_items(struct collector *c, const struct term *term,
                       const struct test *test, struct tl_str first,
                       struct tl_str second)
{
    size_t i = 0;

    if (!test->right || test->right->kind != TL_KIND(LIST))
        return;
    TL_CHILDREN(c->tree, test->right, item) {
        emit(c, term, test, item, test->left, i++ == 0 ? first : second);
    }
}

static void test_list(struct collector *c, const struct term *term,
                      struct test *test, bool between)
{
    if (first_column(c, test->left)) {
        emit(c, term, test, test->left, test->right, test->op);
        return;
    }

    struct term any = *term;

    any.under_or = term->under_or || !between;
    emit_items(c, &any, test, between ? TL_STR("<=") : TL_STR("="),
               between ? TL_STR(">=") : TL_STR("="));
}

static struct tl_str quantified(struct collector *c, struct tl_str op,
                                const char *word)
{
    if (tl_str_is(op, "="))
        return tl_str_c(word);
    return arena_printf(c->arena, "%.*s %s", TL_FMT(op), word);
}

static void test_operator(struct collector *c, const struct term *term)
{
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, term->node);
    struct tl_str op = last_name(e->name, e->n_name);
    struct test t = {.expr = term->node,
                     .left = child_of(c, term->node, e->lexpr),
                     .right = child_of(c, term->node, e->rexpr),
                     .op = op,
                     .flipped = flip(op),
                     .negative = is_negative(op)};

    switch (e->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
        t.op = t.flipped = quantified(c, op, "any");
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        t.op = t.flipped = quantified(c, op, "all");
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        t.op = TL_STR("in");
        test_list(c, term, &t, false);
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
        t.op = TL_STR("between");
        t.negative = e->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN;
        test_list(c, term, &t, true);
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
        t.op = t.flipped = TL_STR("between symmetric");
        t.negative = e->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
        t.op = t.flipped = TL_STR("is distinct from");
        t.negative = true;
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        t.op = t.flipped = TL_STR("is not distinct from");
        t.negative = false;
        break;
    default:
        break;
    }
    if (!emit_rows(c, term, &t))
        emit_sides(c, term, &t);
}

static struct tl_str boolean_op(PgQuery__BoolTestType type)
{
    switch (type) {
    case PG_QUERY__BOOL_TEST_TYPE__IS_TRUE:
        return TL_STR("is true");
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE:
        return TL_STR("is not true");
    case PG_QUERY__BOOL_TEST_TYPE__IS_FALSE:
        return TL_STR("is false");
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE:
        return TL_STR("is not false");
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_UNKNOWN:
        return TL_STR("is not unknown");
    default:
        return TL_STR("is unknown");
    }
}

static void test_unary(struct collector *c, const struct term *term,
                       const PgQuery__Node *arg, struct tl_str op)
{
    struct test t = {.expr = term->node, .op = op};

    t.left = arg ? child_of(c, term->node, arg) : term->node;
    t.negative = op.n > 6 && memcmp(op.p, "is not", 6) == 0;
    emit(c, term, &t, t.left, NULL, op);
}

static void test_sublink(struct collector *c, const struct term *term)
{
    const PgQuery__SubLink *s = TL_AS(SUB_LINK, SubLink, term->node);
    struct tl_str op = last_name(s->oper_name, s->n_oper_name);
    struct test t = {.expr = term->node,
                     .left = child_of(c, term->node, s->testexpr),
                     .negative = is_negative(op)};

    if (!t.left)
        return;
    t.op = op.n == 0 ? TL_STR("in")
           : s->sub_link_type == PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK
               ? quantified(c, op, "all")
               : quantified(c, op, "any");
    emit(c, term, &t, t.left, term->node, t.op);
}

static void test_leaf(struct collector *c, const struct term *term)
{
    const struct tl_node *n = term->node;

    switch ((int)n->kind) {
    case TL_KIND(A_EXPR):
        test_operator(c, term);
        return;
    case TL_KIND(NULL_TEST): {
        const PgQuery__NullTest *t = TL_AS(NULL_TEST, NullTest, n);

        test_unary(c, term, t->arg,
                   t->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL
                       ? TL_STR("is null")
                       : TL_STR("is not null"));
        return;
    }
    case TL_KIND(BOOLEAN_TEST): {
        const PgQuery__BooleanTest *t = TL_AS(BOOLEAN_TEST, BooleanTest, n);

        test_unary(c, term, t->arg, boolean_op(t->booltesttype));
        return;
    }
    case TL_KIND(SUB_LINK):
        test_sublink(c, term);
        return;
    case TL_KIND(COLUMN_REF):
        test_unary(c, term, NULL, TL_STR("is true"));
        return;
    default:
        return;
    }
}

/* ---- AND, OR, NOT ---- */

static void open_bool(struct collector *c, const struct term *term)
{
    const PgQuery__BoolExpr *b = TL_AS(BOOL_EXPR, BoolExpr, term->node);
    bool is_not = b->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR;
    bool is_and = b->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    size_t first = c->stack.n;

    TL_CHILDREN(c->tree, term->node, child) {
        struct term t = *term;

        t.node = child;
        t.negated = term->negated != is_not;
        /* NOT (a AND b) is an OR; NOT (a OR b) is an AND. */
        t.under_or = term->under_or || (!is_not && is_and == term->negated);
        t.open = term->open && is_and && !term->negated;
        if (t.open && c->stack.n > first)
            t.conjunct = c->conjuncts++;
        vec_push(&c->stack, t);
    }
    /* The stack gives back what was pushed last: turn them around. */
    for (size_t i = first, k = c->stack.n; i + 1 < k; i++) {
        struct term t = c->stack.v[i];

        c->stack.v[i] = c->stack.v[--k];
        c->stack.v[k] = t;
    }
}

static void walk_clause(struct collector *c, const struct tl_node *root)
{
    vec_push(
        &c->stack,
        (struct term){.node = root, .open = true, .conjunct = c->conjuncts++});
    while (c->stack.n > 0) {
        struct term term = c->stack.v[--c->stack.n];

        if (term.node->kind == TL_KIND(BOOL_EXPR))
            open_bool(c, &term);
        else
            test_leaf(c, &term);
    }
}

static bool is_query(uint16_t kind)
{
    return kind == TL_KIND(SELECT_STMT) || kind == TL_KIND(UPDATE_STMT) ||
           kind == TL_KIND(DELETE_STMT) || kind == TL_KIND(MERGE_STMT);
}

/* Is the node the root of a filter, and of which kind? */
static bool is_clause(const struct tl_tree *tree, const struct tl_node *n,
                      enum tl_clause *clause)
{
    const struct tl_node *parent = tl_parent(tree, n);

    if (!parent)
        return false;

    const char *field = parent->msg->descriptor->fields[n->field].name;

    if (parent->kind == TL_KIND(JOIN_EXPR) && strcmp(field, "quals") == 0)
        *clause = TL_CLAUSE_JOIN;
    else if (parent->kind == TL_KIND(MERGE_STMT) &&
             strcmp(field, "join_condition") == 0)
        *clause = TL_CLAUSE_JOIN;
    else if (!is_query(parent->kind))
        return false;
    else if (strcmp(field, "where_clause") == 0)
        *clause = TL_CLAUSE_WHERE;
    else if (strcmp(field, "having_clause") == 0)
        *clause = TL_CLAUSE_HAVING;
    else
        return false;
    return true;
}

static const struct tl_node *query_of(const struct tl_tree *tree,
                                      const struct tl_node *n)
{
    do
        n = tl_parent(tree, n);
    while (n && !is_query(n->kind));
    return n;
}

const struct tl_predicate *predicate_list(struct scope *scope,
                                          bool has_variables,
                                          struct arena *arena, uint32_t *count)
{
    struct collector c = {.scope = scope,
                          .tree = scope_tree(scope),
                          .arena = arena,
                          .has_variables = has_variables};

    for (uint32_t i = 0; i < c.tree->count; i++) {
        const struct tl_node *n = &c.tree->nodes[i];

        if (!is_clause(c.tree, n, &c.clause))
            continue;
        c.select = query_of(c.tree, n);
        walk_clause(&c, n);
    }

    struct tl_predicate *list =
        ARENA_ARRAY(arena, struct tl_predicate, c.found.n);

    if (c.found.n)
        memcpy(list, c.found.v, c.found.n * sizeof(*list));
    *count = (uint32_t)c.found.n;
    vec_release(&c.found);
    vec_release(&c.stack);
    return list;
}
