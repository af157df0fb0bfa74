/*
 * no-float-for-money - binary fractions do not hold cents.
 *
 * The type alone says nothing: it is the column's name that tells money.
 */
#include <tusklint/rule.h>

#include <strings.h>

/* Is the word one of the name's parts: total_price, priceCents? */
static bool has_part(struct tl_str name, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= name.n; i++) {
        bool begins = i == 0 || name.p[i - 1] == '_' ||
                      (name.p[i] >= 'A' && name.p[i] <= 'Z');
        char after = i + n < name.n ? name.p[i + n] : '_';

        if (begins && strncasecmp(name.p + i, word, n) == 0 &&
            (after < 'a' || after > 'z'))
            return true;
    }
    return false;
}

static bool means_money(struct tl_str name)
{
    static const char *const words[] = {
        "price",   "prices", "amount", "amounts", "cost",  "costs", "fee",
        "fees",    "salary", "wage",   "balance", "money", "tax",   "taxes",
        "payment", "refund", "income", "revenue", "cents", "usd",   "eur",
    };
    static const char *const rates[] = {"rate",       "ratio",  "percent",
                                        "percentage", "factor", "weight"};

    for (size_t i = 0; i < sizeof(rates) / sizeof(rates[0]); i++)
        if (has_part(name, rates[i]))
            return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (has_part(name, words[i]))
            return true;
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (op->temporary)
        return;
    for (uint32_t i = 0; i < op->n_columns; i++) {
        const struct tl_column_def *c = &op->columns[i];

        if ((!tl_type_is(&c->type, "float4") &&
             !tl_type_is(&c->type, "float8")) ||
            !means_money(c->name))
            continue;
        struct tl_str name = tl_quoted(ctx, c->name);
        struct tl_finding *f =
            tl_report(ctx, tl_type_span(ctx, c),
                      "%.*s sounds like money, and a binary fraction cannot "
                      "hold 0.10.",
                      TL_FMT(name));

        tl_object(ctx, f, op->table, c->name);
        tl_help(ctx, f, "Use numeric, or whole cents in a bigint.");
    }
}

TL_RULE(no_float_for_money) = {
    .id = "TL215",
    .name = "no-float-for-money",
    .summary = "money in a binary fraction loses cents",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
    .inputs = TL_IN_MIGRATION,
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN),
    .on_op = check,
};
