/*
 * policy-recomputes-per-row - a function in a policy runs for each row; inside
 * a scalar subquery it runs once.
 */
#include <tusklint/rule.h>

static bool is_constant_for_a_query(const PgQuery__FuncCall *f)
{
    static const char *const of_auth[] = {"uid", "jwt", "role", "email"};
    size_t n = f->n_funcname;
    const char *name = n ? f->funcname[n - 1]->string->sval : "";

    if (strcmp(name, "current_setting") == 0)
        return true;
    if (n != 2 || strcmp(f->funcname[0]->string->sval, "auth") != 0)
        return false;
    for (size_t i = 0; i < sizeof(of_auth) / sizeof(of_auth[0]); i++)
        if (strcmp(name, of_auth[i]) == 0)
            return true;
    return false;
}

static bool is_in_subquery(const struct tl_ctx *ctx, const struct tl_node *n)
{
    for (n = tl_parent(tl_tree(ctx), n); n; n = tl_parent(tl_tree(ctx), n))
        if (n->kind == TL_KIND(SUB_LINK))
            return true;
    return false;
}

static bool is_value(const PgQuery__Node *n)
{
    while (n && n->node_case == TL_KIND(TYPE_CAST))
        n = n->type_cast->arg;
    return n && n->node_case == TL_KIND(A_CONST) && !n->a_const->isnull;
}

static const char *column_of(const PgQuery__Node *n)
{
    while (n && n->node_case == TL_KIND(TYPE_CAST))
        n = n->type_cast->arg;
    if (!n || n->node_case != TL_KIND(COLUMN_REF) || !n->column_ref->n_fields)
        return NULL;
    const PgQuery__ColumnRef *c = n->column_ref;
    const PgQuery__Node *last = c->fields[c->n_fields - 1];
    return last->node_case == TL_KIND(STRING) ? last->string->sval : NULL;
}

/* column = constant, either way round: the column, or none. */
static struct tl_str fixed_by(const PgQuery__Node *n)
{
    if (n->node_case != TL_KIND(A_EXPR))
        return TL_NONE;
    const PgQuery__AExpr *e = n->a_expr;
    if (e->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || e->n_name != 1 ||
        strcmp(e->name[0]->string->sval, "=") != 0)
        return TL_NONE;
    const char *left = is_value(e->rexpr) ? column_of(e->lexpr) : NULL;
    const char *right = is_value(e->lexpr) ? column_of(e->rexpr) : NULL;
    return left ? tl_str_c(left) : right ? tl_str_c(right) : TL_NONE;
}

#define FIXED_MAX 16

/* Columns that must equal a constant where the call counts. */
struct fixed {
    struct tl_str before[FIXED_MAX]; /* by what stands before the call */
    uint32_t n;
    bool any; /* by that or by what stands behind it */
};

static void take_and(struct fixed *fixed, const struct tl_tree *tree,
                     const struct tl_node *and, const struct tl_node *call)
{
    const PgQuery__BoolExpr *b = TL_AS(BOOL_EXPR, BoolExpr, and);
    bool before = true;

    for (size_t i = 0; i < b->n_args; i++) {
        const struct tl_node *arg = tl_find_wrapped(tree, and, b->args[i]);
        struct tl_str column = fixed_by(b->args[i]);

        before = before && !(arg && tl_inside(tree, arg, call));
        fixed->any |= column.n != 0;
        if (before && column.n && fixed->n < FIXED_MAX)
            fixed->before[fixed->n++] = column;
    }
}

static struct fixed what_is_fixed(const struct tl_tree *tree,
                                  const struct tl_node *call)
{
    struct fixed fixed = {.n = 0};

    for (const struct tl_node *n = tl_parent(tree, call); n;
         n = tl_parent(tree, n))
        if (n->kind == TL_KIND(BOOL_EXPR) &&
            TL_AS(BOOL_EXPR, BoolExpr, n)->boolop ==
                PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR)
            take_and(&fixed, tree, n, call);
    return fixed;
}

static bool is_fixed(const struct fixed *fixed, const struct tl_index *index)
{
    uint32_t found = 0;

    for (uint32_t k = 0; k < index->n_keys; k++)
        for (uint32_t i = 0; i < fixed->n; i++)
            if (tl_str_eq(fixed->before[i], index->keys[k].column)) {
                found++;
                break;
            }
    return index->n_keys && found == index->n_keys;
}

/* An index that lets one row at most come as far as the call. What compares a
   column with a constant is done first: of one policy by its cost, of several
   because it stands first. */
static const struct tl_index *one_row(const struct tl_ctx *ctx,
                                      const struct tl_node *policy,
                                      const struct fixed *fixed)
{
    const PgQuery__RangeVar *table =
        policy->kind == TL_KIND(CREATE_POLICY_STMT)
            ? TL_AS(CREATE_POLICY_STMT, CreatePolicyStmt, policy)->table
            : TL_AS(ALTER_POLICY_STMT, AlterPolicyStmt, policy)->table;
    struct tl_schema s = tl_before(ctx);
    const struct tl_relation *r =
        table ? tl_relation(ctx, (struct tl_name){tl_str_c(table->schemaname),
                                                  tl_str_c(table->relname)})
              : NULL;

    if (r)
        TL_EACH_INDEX(s, r, x)
            if (x->unique && !x->predicate.n && is_fixed(fixed, x))
                return x;
    return NULL;
}

static void report(struct tl_ctx *ctx, const struct tl_node *policy,
                   const struct tl_node *call)
{
    struct tl_span at = tl_node_span(ctx, call);
    struct tl_str text = tl_source_text(ctx, at);
    struct fixed fixed = what_is_fixed(tl_tree(ctx), call);
    const struct tl_index *index = one_row(ctx, policy, &fixed);
    struct tl_finding *f = tl_report(
        ctx, at, "%.*s runs again for every row that %s.", TL_FMT(text),
        fixed.any ? "gets as far as this condition" : "the policy looks at");

    if (index) {
        tl_set_severity(f, TL_NOTE);
        tl_detail(ctx, f,
                  "by %.*s that is one row at most: what is compared before "
                  "it is unique",
                  TL_FMT(tl_quoted(ctx, index->name.name)));
    }
    tl_help(ctx, f, "Write (SELECT %.*s): that runs once.", TL_FMT(text));
    tl_edit(ctx, tl_fix(ctx, f, TL_SAFE, "let it run once"), at,
            "(SELECT %.*s)", TL_FMT(text));
}

static void check(struct tl_ctx *ctx, const struct tl_node *policy)
{
    TL_EACH(tl_tree(ctx), policy, TL_KIND(FUNC_CALL), call)
        if (is_constant_for_a_query(TL_AS(FUNC_CALL, FuncCall, call)) &&
            !is_in_subquery(ctx, call))
            report(ctx, policy, call);
}

TL_RULE(policy_recomputes_per_row) = {
    .id = "TL225",
    .name = "policy-recomputes-per-row",
    .summary = "a policy calls a function again for every row",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .inputs = TL_IN_MIGRATION,
    .aliases = TL_ALIASES("auth_rls_initplan"),
    .nodes = TL_ON(TL_KIND(CREATE_POLICY_STMT), TL_KIND(ALTER_POLICY_STMT)),
    .on_node = check,
};
