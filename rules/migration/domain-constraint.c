/*
 * domain-constraint - a domain's constraint is checked in every table that has
 * a column of it, and a column of one that has constraints writes its table.
 */
#include <tusklint/rule.h>

/* The first table in use whose rows the statement reads; how many there are. */
static const struct tl_taken_lock *tables_read(const struct tl_ctx *ctx,
                                               uint32_t *n_tables)
{
    uint32_t n;
    const struct tl_taken_lock *taken = tl_taken_locks(ctx, &n);
    const struct tl_taken_lock *first = NULL;

    *n_tables = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (taken[i].statement != tl_statement_number(ctx) ||
            taken[i].op != TL_OP_ALTER_DOMAIN || !taken[i].in_use)
            continue;
        first = first ? first : &taken[i];
        ++*n_tables;
    }
    return first;
}

static void alter_domain(struct tl_ctx *ctx, const struct tl_op *op)
{
    uint32_t n;
    const struct tl_taken_lock *first = tables_read(ctx, &n);

    if (!op->effect.scan || !first)
        return;
    struct tl_str table = tl_name_text(ctx, first->table);
    struct tl_str others =
        n > 1 ? tl_printf(ctx, " and %u more", n - 1) : TL_NONE;
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "ALTER DOMAIN reads every row of %.*s%.*s and blocks writes "
                  "to %s meanwhile.",
                  TL_FMT(table), TL_FMT(others), n > 1 ? "them" : "it");

    tl_object(ctx, f, op->table, TL_NONE);
    tl_detail(ctx, f,
              "SHARE on each table that has a column of the domain, until the "
              "transaction ends");
    if (tl_str_is(op->value, "validate constraint"))
        tl_help(ctx, f,
                "Put a NOT VALID CHECK on each table instead: VALIDATE "
                "CONSTRAINT of a table lets writes pass.");
    else
        tl_help(ctx, f,
                "Add a CHECK as NOT VALID: new rows are checked at once, and "
                "no table is read.");
}

static void add_column(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_column_def *c = &op->columns[0];
    char type[128];

    if (!op->effect.rewrite || c->serial || c->identity ||
        c->generated_stored ||
        (c->has_default && c->default_volatility != TL_STABLE &&
         c->default_volatility != TL_IMMUTABLE) ||
        tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f = tl_report(
        ctx, tl_type_span(ctx, c),
        "The domain %s has constraints, so adding the column rewrites "
        "%.*s while nobody can use it.",
        tl_type_text(&c->type, type, sizeof(type)), TL_FMT(table));

    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, c->name);
    tl_help(ctx, f,
            "Give the column the domain's base type, add a CHECK as NOT VALID, "
            "and VALIDATE it later.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (op->kind == TL_OP_ALTER_DOMAIN)
        alter_domain(ctx, op);
    else
        add_column(ctx, op);
}

TL_RULE(domain_constraint) = {
    .id = "TL125",
    .name = "domain-constraint",
    .summary = "a domain's constraint is checked in every table that uses it",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("ban-alter-domain-with-add-constraint",
                          "add-domain-constraint-without-not-valid",
                          "add-domain-not-null"),
    .ops = TL_ON(TL_OP_ALTER_DOMAIN, TL_OP_ADD_COLUMN),
    .on_op = check,
};
