/*
 * rls-enabled-without-policy - row level security without a policy shows
 * nobody anything.
 */
#include <tusklint/rule.h>

static bool has_policy(struct tl_schema s, const struct tl_relation *table)
{
    return tl_next_policy(s, table, NULL) != NULL;
}

static void check(struct tl_ctx *ctx, const struct tl_relation *table)
{
    struct tl_schema s = tl_after(ctx);

    if (!table->row_security || table->uncertain || has_policy(s, table))
        return;
    struct tl_str name = tl_name_text(ctx, table->name);
    struct tl_finding *f = tl_report(
        ctx, table->row.made,
        "%.*s has row level security and no policy: whoever does not own "
        "it sees no rows and writes none.",
        TL_FMT(name));

    tl_object(ctx, f, table->name, TL_NONE);
    tl_about_relation(ctx, f, table->id);
    tl_help(ctx, f,
            "CREATE POLICY for those who may; nothing is needed where only "
            "the owner and BYPASSRLS roles use the table.");
}

TL_RULE(rls_enabled_without_policy) = {
    .id = "TL224",
    .name = "rls-enabled-without-policy",
    .summary = "row level security is on, and no policy lets anybody in",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("rls_enabled_no_policy"),
    .on_relation = check,
};
