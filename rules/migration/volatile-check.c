/*
 * volatile-check - a CHECK that may be true today and false tomorrow.
 *
 * PostgreSQL takes any function there; rows are checked when they are written
 * and never again, but a dump is loaded as new rows (ddl-constraints.html,
 * Check Constraints).
 */
#include <tusklint/rule.h>

static bool is_any(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static bool changes(const struct tl_node *n)
{
    static const char *const names[] = {"now",
                                        "clock_timestamp",
                                        "statement_timestamp",
                                        "timeofday",
                                        "transaction_timestamp",
                                        "random",
                                        "age",
                                        "gen_random_uuid",
                                        "txid_current",
                                        "current_setting",
                                        NULL};

    if (n->kind == TL_KIND(SQLVALUE_FUNCTION))
        return true;
    if (n->kind != TL_KIND(FUNC_CALL))
        return false;
    const PgQuery__FuncCall *f = TL_AS(FUNC_CALL, FuncCall, n);
    size_t last = f->n_funcname;
    const PgQuery__Node *name = last ? f->funcname[last - 1] : NULL;

    if (!name || name->node_case != TL_KIND(STRING))
        return false;
    /* age(a) counts to the present day, age(a, b) between two. */
    if (strcmp(name->string->sval, "age") == 0 && f->n_args != 1)
        return false;
    return is_any(name->string->sval, names);
}

static void judge(struct tl_ctx *ctx, const struct tl_op *op,
                  const struct tl_constraint_def *c)
{
    const struct tl_tree *t = tl_tree(ctx);
    const struct tl_node *end = t->nodes + c->check_node->end;

    for (const struct tl_node *n = c->check_node; n < end; n++) {
        if (!changes(n))
            continue;
        struct tl_span at = tl_node_span(ctx, n);
        struct tl_str text = tl_source_text(ctx, at);
        struct tl_finding *f = tl_report(
            ctx, at,
            "%.*s in a CHECK: a row that passes today may not pass when a dump "
            "of it is loaded.",
            TL_FMT(text));

        tl_object(ctx, f, op->table, c->name);
        tl_help(ctx, f,
                "Check it in a trigger or in the application, and keep CHECK "
                "for what is true of a row for ever.");
        return;
    }
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (op->constraints[i].kind == TL_CHECK &&
            op->constraints[i].check_node && !op->temporary)
            judge(ctx, op, &op->constraints[i]);
}

TL_RULE(volatile_check) = {
    .id = "TL161",
    .name = "volatile-check",
    .summary = "a CHECK that may be true today and false tomorrow",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN, TL_OP_ADD_CONSTRAINT),
    .on_op = check,
};
