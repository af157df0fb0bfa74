/*
 * security-definer-search-path - who calls the function chooses what its names
 * mean, and it runs with its owner's rights.
 */
#include <tusklint/rule.h>

static const PgQuery__DefElem *option(const PgQuery__CreateFunctionStmt *s,
                                      const char *name)
{
    for (size_t i = 0; i < s->n_options; i++)
        if (s->options[i]->node_case == TL_KIND(DEF_ELEM) &&
            strcmp(s->options[i]->def_elem->defname, name) == 0)
            return s->options[i]->def_elem;
    return NULL;
}

static bool sets_path(const PgQuery__CreateFunctionStmt *s)
{
    for (size_t i = 0; i < s->n_options; i++) {
        const PgQuery__Node *n = s->options[i];
        const PgQuery__Node *arg =
            n->node_case == TL_KIND(DEF_ELEM) ? n->def_elem->arg : NULL;

        if (arg && arg->node_case == TL_KIND(VARIABLE_SET_STMT) &&
            strcmp(arg->variable_set_stmt->name, "search_path") == 0)
            return true;
    }
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__CreateFunctionStmt *s =
        TL_AS(CREATE_FUNCTION_STMT, CreateFunctionStmt, node);
    const PgQuery__DefElem *security = option(s, "security");
    bool definer = security && security->arg &&
                   security->arg->node_case == TL_KIND(BOOLEAN) &&
                   security->arg->boolean->boolval;

    /* A body in SQL of its own has its names looked up when it is made. */
    if (!definer || sets_path(s) || s->sql_body)
        return;
    const struct tl_node *at = tl_find(tl_tree(ctx), node, security);
    struct tl_finding *f = tl_report(
        ctx, at ? tl_node_span(ctx, at) : tl_statement_span(ctx),
        "Whoever calls this function chooses its search_path, and it runs with "
        "its owner's rights.");

    tl_help(ctx, f,
            "Add SET search_path = '' and write every name with its schema; or "
            "SET search_path = pg_catalog, your_schema, pg_temp.");
}

TL_RULE(security_definer_search_path) = {
    .id = "TL223",
    .name = "security-definer-search-path",
    .summary = "SECURITY DEFINER without a search_path of its own",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .inputs = TL_IN_MIGRATION,
    .aliases = TL_ALIASES("function_search_path_mutable"),
    .nodes = TL_ON(TL_KIND(CREATE_FUNCTION_STMT)),
    .on_node = check,
};
