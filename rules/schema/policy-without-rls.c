/*
 * policy-without-rls - a policy of a table without row level security keeps
 * nobody out.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_relation *table)
{
    struct tl_schema s = tl_after(ctx);
    const struct tl_policy *first = tl_next_policy(s, table, NULL);

    if (!first || table->row_security || table->uncertain || table->incomplete)
        return;
    struct tl_str name = tl_name_text(ctx, table->name);
    struct tl_str policy = tl_quoted(ctx, first->name);
    struct tl_finding *f = tl_report(
        ctx, first->row.made,
        "The policy %.*s does nothing: %.*s has no row level security.",
        TL_FMT(policy), TL_FMT(name));

    tl_object(ctx, f, table->name, TL_NONE);
    tl_about_relation(ctx, f, table->id);
    tl_help(ctx, f, "ALTER TABLE %.*s ENABLE ROW LEVEL SECURITY;",
            TL_FMT(name));
}

TL_RULE(policy_without_rls) = {
    .id = "TL229",
    .name = "policy-without-rls",
    .summary = "a policy of a table without row level security does nothing",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("policy_exists_rls_disabled"),
    .on_relation = check,
};
