/*
 * adding-check-constraint - a CHECK that is tested at once stops all use of
 * the table while it is read whole.
 */
#include <tusklint/rule.h>

static const struct tl_constraint_def *find_check(const struct tl_op *op)
{
    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (op->constraints[i].kind == TL_CHECK)
            return &op->constraints[i];
    return NULL;
}

static void offer_split(struct tl_ctx *ctx, const struct tl_op *op,
                        const struct tl_constraint_def *c, struct tl_finding *f)
{
    struct tl_str table = tl_full_name_text(ctx, op->table);
    struct tl_str name = tl_quoted(ctx, c->name);
    struct tl_span whole = tl_statement_span(ctx);

    tl_help(ctx, f,
            "Add it with NOT VALID, then VALIDATE CONSTRAINT in a later "
            "transaction: that lets reads and writes pass.");
    if (!c->name.n || tl_in_transaction(ctx) == TL_YES ||
        tl_is_one_command(ctx) || op->span.end != whole.end)
        return;
    struct tl_fix *fix =
        tl_fix(ctx, f, TL_SAFE, "add it NOT VALID and validate it after");
    tl_edit(ctx, fix, (struct tl_span){whole.end, whole.end, whole.source},
            " NOT VALID;\nALTER TABLE %s%.*s VALIDATE CONSTRAINT %.*s",
            op->if_exists ? "IF EXISTS " : "", TL_FMT(table), TL_FMT(name));
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_constraint_def *c = find_check(op);

    if (!c || c->not_valid || op->effect.no_rows ||
        tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, c->node),
                  "Adding a validated CHECK blocks reads and writes of %.*s "
                  "while every row is checked.",
                  TL_FMT(table));
    tl_detail(ctx, f,
              "ACCESS EXCLUSIVE on %.*s: blocks reads and writes while every "
              "row is checked%s",
              TL_FMT(table), tl_and_on(ctx));
    tl_object(ctx, f, op->table, c->name);
    if (op->kind == TL_OP_ADD_CONSTRAINT)
        offer_split(ctx, op, c, f);
    else
        tl_help(ctx, f,
                "Add the column first, the CHECK with NOT VALID after it, and "
                "VALIDATE it in a later transaction.");
}

TL_RULE(adding_check_constraint) = {
    .id = "TL111",
    .name = "adding-check-constraint",
    .summary = "a CHECK tested at once blocks the table while it is read",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("constraint-missing-not-valid",
                          "constraintMissingNotValid"),
    .ops = TL_ON(TL_OP_ADD_CONSTRAINT, TL_OP_ADD_COLUMN),
    .on_op = check,
};
