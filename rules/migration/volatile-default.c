/*
 * volatile-default - a default that differs from row to row makes ADD COLUMN
 * write the whole table anew.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_column_def *c = &op->columns[0];

    if (!c->has_default || c->serial || c->identity || c->generated_stored ||
        c->default_volatility == TL_STABLE ||
        c->default_volatility == TL_IMMUTABLE)
        return;
    if (!op->effect.rewrite || tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_span at =
        c->default_node ? tl_node_span(ctx, c->default_node) : op->span;
    bool sure = c->default_volatility == TL_VOLATILE;
    bool key = tl_becomes_key(ctx, op->table, c->name);
    bool required = c->not_null || key;
    struct tl_finding *f =
        tl_report(ctx, at,
                  "The default %s volatile, so adding the column %s %.*s "
                  "while nobody can use it.",
                  sure ? "is" : "may be", sure ? "rewrites" : "may rewrite",
                  TL_FMT(table));
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, c->name);
    tl_help(ctx, f,
            "Add the column %swithout a default, SET DEFAULT in a second "
            "statement, and fill the old rows in batches%s%s.",
            required ? "nullable and " : "",
            required ? ", then set it NOT NULL by a validated CHECK" : "",
            key ? ", and make it a key last" : "");
    if (!sure && c->volatile_call.n)
        tl_detail(ctx, f,
                  "%.*s() is not declared in this history: PostgreSQL takes a "
                  "function for volatile unless it says STABLE or IMMUTABLE",
                  TL_FMT(c->volatile_call));
}

TL_RULE(volatile_default) = {
    .id = "TL118",
    .name = "volatile-default",
    .summary = "ADD COLUMN with a volatile default rewrites the table",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("adding-field-with-default",
                          "add-column-non-constant-default",
                          "addingFieldWithDefault"),
    .ops = TL_ON(TL_OP_ADD_COLUMN),
    .on_op = check,
};
