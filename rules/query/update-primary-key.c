/*
 * update-primary-key - the key of a row is what others remember it by.
 */
#include <tusklint/rule.h>

static const struct tl_constraint *primary_key(struct tl_schema s,
                                               const struct tl_relation *table)
{
    TL_EACH_CONSTRAINT(s, table, c)
        if (c->kind == TL_PRIMARY_KEY)
            return c;
    return NULL;
}

static bool has(const struct tl_constraint *key, const char *column)
{
    for (uint32_t i = 0; i < key->n_columns; i++)
        if (tl_str_is(key->columns[i], column))
            return true;
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__UpdateStmt *s = TL_AS(UPDATE_STMT, UpdateStmt, node);

    if (!s->relation)
        return;
    const struct tl_name name = {tl_str_c(s->relation->schemaname),
                                 tl_str_c(s->relation->relname)};
    struct tl_schema schema = tl_after(ctx);
    const struct tl_relation *table = tl_find_relation(schema, name, NULL);
    const struct tl_constraint *key = table ? primary_key(schema, table) : NULL;

    for (size_t i = 0; key && i < s->n_target_list; i++) {
        const struct tl_node *target =
            tl_find_wrapped(tl_tree(ctx), node, s->target_list[i]);

        if (!target || target->kind != TL_KIND(RES_TARGET) ||
            !has(key, TL_AS(RES_TARGET, ResTarget, target)->name))
            continue;
        struct tl_str column =
            tl_str_c(TL_AS(RES_TARGET, ResTarget, target)->name);
        struct tl_finding *f = tl_report(
            ctx, tl_node_span(ctx, target),
            "%.*s belongs to the primary key of %.*s: every row that refers to "
            "it is looked for, and every index written.",
            TL_FMT(tl_quoted(ctx, column)), TL_FMT(tl_name_text(ctx, name)));

        tl_object(ctx, f, name, column);
        tl_help(ctx, f,
                "Leave keys as they are; keep what changes in a column "
                "of its own.");
        return;
    }
}

TL_RULE(update_primary_key) = {
    .id = "TL331",
    .name = "update-primary-key",
    .summary = "an UPDATE of a primary key",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(UPDATE_STMT)),
    .on_node = check,
};
