/*
 * update-or-delete-without-where - one statement that writes every row.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);

    if (op->has_where || tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES || (r && r->temporary) ||
        tl_has_one_row(ctx, op->table))
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    bool updates = op->kind == TL_OP_UPDATE;
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  updates ? "This UPDATE has no WHERE: it writes every row of "
                            "%.*s in one transaction."
                          : "This DELETE has no WHERE: it removes every row of "
                            "%.*s.",
                  TL_FMT(table));
    tl_detail(
        ctx, f,
        updates
            ? "each row is locked until its transaction ends, and written anew "
              "beside its old version: the table and its indexes can "
              "grow to twice their size, and the room is used again "
              "but seldom goes back to the disk"
            : "each row is locked until its transaction ends, and the table "
              "keeps "
              "its size until a VACUUM cuts off empty pages at its "
              "end");
    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "Go through the key in batches, each in a transaction of its own.");
}

TL_RULE(update_or_delete_without_where) = {
    .id = "TL140",
    .name = "update-or-delete-without-where",
    .summary = "an UPDATE or DELETE of every row in a migration",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("ban-update-without-where", "delete-without-where",
                          "ban-delete-without-where", "update-without-where"),
    .ops = TL_ON(TL_OP_UPDATE, TL_OP_DELETE),
    .on_op = check,
};
