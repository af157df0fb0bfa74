/*
 * creating-trigger - an instant's work that waits for every writer, while the
 * writers behind it wait, too.
 */
#include <tusklint/rule.h>

static bool toggles(const struct tl_op *op)
{
    return op->value.n >= 7 &&
           (memcmp(op->value.p, "enable ", 7) == 0 ||
            (op->value.n >= 8 && memcmp(op->value.p, "disable ", 8) == 0)) &&
           memmem(op->value.p, op->value.n, "trigger", 7);
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);
    bool creates = op->kind == TL_OP_CREATE_TRIGGER;

    if ((!creates && !toggles(op)) || !op->table.name.n ||
        tl_table_is_new(ctx, op->table) == TL_YES || (r && r->kind == TL_VIEW))
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "%s a trigger blocks writes to %.*s while it waits for its "
                  "lock.",
                  creates ? "Creating" : "Switching", TL_FMT(table));
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "Set a short lock_timeout before it, and run the migration again "
            "when it gives up.");
}

TL_RULE(creating_trigger) = {
    .id = "TL123",
    .name = "creating-trigger",
    .summary = "a trigger on a table in use waits for every writer",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("create-trigger", "creatingTrigger"),
    .ops = TL_ON(TL_OP_CREATE_TRIGGER, TL_OP_ALTER_TABLE_OTHER),
    .on_op = check,
};
