/*
 * attaching-partition - PostgreSQL reads the new partition, and the DEFAULT
 * one, to prove that every row is where it belongs.
 */
#include <tusklint/rule.h>

static void say_default(struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_str parent = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "ATTACH PARTITION reads the DEFAULT partition of %.*s while "
                  "nobody can use it.",
                  TL_FMT(parent));
    tl_detail(ctx, f,
              "ACCESS EXCLUSIVE on the DEFAULT partition: blocks reads and "
              "writes while every row is checked");
    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "Add a CHECK to the DEFAULT partition that rules the new bounds "
            "out, NOT VALID, and VALIDATE it before.");
}

static void say_child(struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_str child = tl_name_text(ctx, op->other);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "ATTACH PARTITION reads all of %.*s while nobody can use it: "
                  "no valid CHECK says that its rows fit.",
                  TL_FMT(child));
    tl_detail(ctx, f,
              "ACCESS EXCLUSIVE on %.*s: blocks reads and writes while every "
              "row is checked%s",
              TL_FMT(child), tl_and_on(ctx));
    tl_object(ctx, f, op->other, TL_NONE);
    tl_help(ctx, f,
            "Add a CHECK of the partition's bounds to %.*s, NOT VALID, and "
            "VALIDATE it before; the partition columns must be NOT NULL.",
            TL_FMT(child));
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *parent = tl_relation(ctx, op->table);

    if (!op->effect.scan || tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    if (parent && tl_has_default_partition(tl_before(ctx), parent))
        say_default(ctx, op);
    else if (tl_table_is_empty(ctx, op->other) != TL_YES &&
             tl_table_is_new(ctx, op->other) != TL_YES)
        say_child(ctx, op);
}

TL_RULE(attaching_partition) = {
    .id = "TL124",
    .name = "attaching-partition",
    .summary = "ATTACH PARTITION reads a table that nobody can use meanwhile",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("attach-partition", "avoidAttachingPartition"),
    .ops = TL_ON(TL_OP_ATTACH_PARTITION),
    .on_op = check,
};
