/*
 * dropping-primary-key - with the key go its index, what tells rows apart, and
 * the identity without which a published table takes no UPDATE and DELETE.
 */
#include <tusklint/rule.h>

/* Another one takes its place in the same statement. */
static bool has_key_after(const struct tl_ctx *ctx, uint32_t table)
{
    struct tl_schema s = tl_after(ctx);
    const struct tl_relation *r = tl_relation_by_id(s, table);

    if (!r)
        return true;
    TL_EACH_CONSTRAINT(s, r, c)
        if (c->kind == TL_PRIMARY_KEY)
            return true;
    return false;
}

/* ... or later in the transaction, which nobody can look into. */
static bool is_swapped(const struct tl_ctx *ctx, const struct tl_relation *r)
{
    return tl_in_transaction(ctx) != TL_NO &&
           (tl_gets_key_later(ctx, r->name) || tl_is_made_later(ctx, r->name));
}

/* By default the primary key is what tells subscribers which row is meant. */
static bool identifies_rows(const struct tl_relation *r)
{
    return r->replica_identity == 0 || r->replica_identity == 'd';
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);
    const struct tl_constraint *c =
        r ? tl_find_constraint(tl_before(ctx), r, op->name) : NULL;

    if (!c || (c->kind != TL_PRIMARY_KEY && c->kind != TL_UNIQUE) ||
        tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_is_made_here(ctx, &c->row))
        return;
    bool primary = c->kind == TL_PRIMARY_KEY;

    if (primary && (has_key_after(ctx, r->id) || is_swapped(ctx, r)))
        return;
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "Dropping %s of %.*s drops its index: duplicates may come, and "
        "look-ups slow down.",
        primary ? "the primary key" : "a unique constraint",
        TL_FMT(tl_name_text(ctx, op->table)));

    if (!primary)
        tl_set_severity(f, TL_NOTE);
    else if (identifies_rows(r))
        tl_detail(ctx, f,
                  "if the table is published, its UPDATEs and DELETEs fail "
                  "from then on: it has no replica identity");
    tl_related(ctx, f, c->row.made, "the %s is made here",
               primary ? "primary key" : "constraint");
    tl_object(ctx, f, op->table, c->n_columns ? c->columns[0] : TL_NONE);
    tl_help(ctx, f,
            "Build the index that takes its place first, concurrently, and "
            "add the new key with USING INDEX in the same transaction.");
}

TL_RULE(dropping_primary_key) = {
    .id = "TL139",
    .name = "dropping-primary-key",
    .summary = "a primary key or unique constraint goes with its index",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("drop-primary-key", "banDropPrimaryKey"),
    .ops = TL_ON(TL_OP_DROP_CONSTRAINT),
    .on_op = check,
};
