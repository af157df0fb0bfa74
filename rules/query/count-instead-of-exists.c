/*
 * count-instead-of-exists - counts all rows to learn whether there is one.
 */
#include <tusklint/rule.h>

struct counting {
    const struct tl_node *link;   /* SubLink */
    const struct tl_node *select; /* SELECT count(*) ... */
    bool exists;                  /* and not: does not exist */
};

static const char *operator_of(const PgQuery__AExpr *e)
{
    return e->n_name == 1 && e->name[0]->node_case == TL_KIND(STRING)
               ? e->name[0]->string->sval
               : "";
}

/* (count) op constant: does it ask for one row, or for none? */
static bool asks(const char *op, int32_t constant, bool *exists)
{
    static const struct {
        const char *op;
        int32_t constant;
        bool exists;
    } forms[] = {{">", 0, true},  {">=", 1, true}, {"<>", 0, true},
                 {"=", 0, false}, {"<", 1, false}, {"<=", 0, false}};

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (strcmp(op, forms[i].op) == 0 && constant == forms[i].constant) {
            *exists = forms[i].exists;
            return true;
        }
    return false;
}

static bool is_count_star(const PgQuery__SelectStmt *s)
{
    if (s->n_target_list != 1 || s->n_group_clause || s->having_clause ||
        s->n_distinct_clause || s->limit_count || s->limit_offset ||
        s->n_from_clause == 0 ||
        s->target_list[0]->node_case != TL_KIND(RES_TARGET))
        return false;
    const PgQuery__Node *v = s->target_list[0]->res_target->val;

    if (!v || v->node_case != TL_KIND(FUNC_CALL))
        return false;
    const PgQuery__FuncCall *f = v->func_call;
    return f->agg_star && !f->agg_filter && !f->over && f->n_funcname == 1 &&
           strcmp(f->funcname[0]->string->sval, "count") == 0;
}

static bool find(struct tl_ctx *ctx, const struct tl_node *node,
                 struct counting *out)
{
    const struct tl_tree *t = tl_tree(ctx);
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, node);

    if (e->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || !e->lexpr ||
        !e->rexpr || e->lexpr->node_case != TL_KIND(SUB_LINK) ||
        e->rexpr->node_case != TL_KIND(A_CONST) ||
        e->rexpr->a_const->val_case != PG_QUERY__A__CONST__VAL_IVAL ||
        !asks(operator_of(e), e->rexpr->a_const->ival->ival, &out->exists))
        return false;
    const PgQuery__SubLink *s = e->lexpr->sub_link;

    out->link = tl_find_wrapped(t, node, e->lexpr);
    out->select =
        out->link ? tl_find_wrapped(t, out->link, s->subselect) : NULL;
    return s->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK &&
           out->select && out->select->kind == TL_KIND(SELECT_STMT) &&
           is_count_star(TL_AS(SELECT_STMT, SelectStmt, out->select));
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    struct counting c;

    if (!find(ctx, node, &c))
        return;
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, c.select);
    const struct tl_node *count = tl_find_wrapped(
        tl_tree(ctx), c.select, s->target_list[0]->res_target->val);
    struct tl_span all = tl_node_span(ctx, node);
    struct tl_span link = tl_node_span(ctx, c.link);
    struct tl_finding *f = tl_report(
        ctx, all, "All rows are counted to learn whether there is one.");

    tl_help(ctx, f, "Ask with %sEXISTS: it ends at the first row.",
            c.exists ? "" : "NOT ");
    if (!count)
        return;
    struct tl_fix *fix = tl_fix(ctx, f, TL_SAFE, "ask with EXISTS");
    tl_edit(ctx, fix, (struct tl_span){all.start, all.start, all.source},
            c.exists ? "EXISTS " : "NOT EXISTS ");
    tl_edit(ctx, fix, tl_node_span(ctx, count), "1");
    tl_edit(ctx, fix, (struct tl_span){link.end, all.end, all.source}, "%s",
            "");
}

TL_RULE(count_instead_of_exists) = {
    .id = "TL311",
    .name = "count-instead-of-exists",
    .summary = "rows are counted to learn whether there is one",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(A_EXPR)),
    .on_node = check,
};
