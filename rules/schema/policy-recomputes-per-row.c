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

static void check(struct tl_ctx *ctx, const struct tl_node *policy)
{
    TL_EACH(tl_tree(ctx), policy, TL_KIND(FUNC_CALL), call) {
        const PgQuery__FuncCall *c = TL_AS(FUNC_CALL, FuncCall, call);

        if (!is_constant_for_a_query(c) || is_in_subquery(ctx, call))
            continue;
        struct tl_span at = tl_node_span(ctx, call);
        struct tl_str text = tl_source_text(ctx, at);
        struct tl_finding *f = tl_report(
            ctx, at, "%.*s runs again for every row that the policy looks at.",
            TL_FMT(text));

        tl_help(ctx, f, "Write (SELECT %.*s): that runs once.", TL_FMT(text));
        tl_edit(ctx, tl_fix(ctx, f, TL_SAFE, "let it run once"), at,
                "(SELECT %.*s)", TL_FMT(text));
    }
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
