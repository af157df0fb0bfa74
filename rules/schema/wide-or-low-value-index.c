/*
 * wide-or-low-value-index - an index that costs every write and helps few
 * reads.
 */
#include <tusklint/rule.h>

#define MANY_KEYS 5

static const struct tl_column *lonely_boolean(struct tl_ctx *ctx,
                                              const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);
    const struct tl_index_def *x = op->index;
    const struct tl_column *c;

    if (!r || x->n_keys != 1 || x->predicate.n || x->unique ||
        !x->keys[0].column.n)
        return NULL;
    c = tl_find_column(tl_before(ctx), r, x->keys[0].column);
    return c && tl_type_is(&c->type, "bool") ? c : NULL;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_column *c = lonely_boolean(ctx, op);

    if (c) {
        struct tl_finding *f = tl_report(
            ctx, op->span,
            "An index on the boolean %.*s alone finds half of the table.",
            TL_FMT(tl_quoted(ctx, c->name)));

        tl_object(ctx, f, op->table, c->name);
        tl_help(ctx, f,
                "Index what you look for, with WHERE for the rare value.");
    } else if (op->index->n_keys > MANY_KEYS && !op->index->unique) {
        struct tl_finding *f =
            tl_report(ctx, op->span,
                      "An index of %u columns is about as large as its "
                      "table, and few queries use its end.",
                      op->index->n_keys);

        tl_object(ctx, f, op->table, TL_NONE);
        tl_help(ctx, f, "Keep the columns that filters use, in that order.");
    }
}

TL_RULE(wide_or_low_value_index) = {
    .id = "TL228",
    .name = "wide-or-low-value-index",
    .summary = "an index on a boolean alone, or on very many columns",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
    .ops = TL_ON(TL_OP_CREATE_INDEX),
    .on_op = check,
};
