/*
 * changing-column-type - most type changes write the whole table anew; some
 * only look like it.
 */
#include <tusklint/rule.h>

/* timestamp and timestamptz differ by the session's time zone alone. */
static bool needs_no_rewrite_in_utc(const struct tl_column *old,
                                    const struct tl_op *op)
{
    return op->effect.rewrite && !op->using_node && !op->type.n_mods &&
           ((tl_type_is(&old->type, "timestamp") &&
             tl_type_is(&op->type, "timestamptz")) ||
            (tl_type_is(&old->type, "timestamptz") &&
             tl_type_is(&op->type, "timestamp")));
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_effect *e = &op->effect;
    char from[128];
    char to[128];

    if (!(e->rewrite || e->scan || e->index_build) ||
        tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    const struct tl_relation *r = tl_relation(ctx, op->table);
    const struct tl_column *old = tl_op_column(ctx, op);
    bool known = old && old->type.name.name.n;
    bool utc =
        known && tl_pg_version(ctx) >= 12 && needs_no_rewrite_in_utc(old, op);
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str column = tl_quoted(ctx, op->column);
    tl_type_text(&op->type, to, sizeof(to));
    struct tl_finding *f;
    if (known)
        f = tl_report(
            ctx, op->span,
            "Changing %.*s from %s to %s blocks reads and writes of %.*s "
            "while %s.",
            TL_FMT(column), tl_type_text(&old->type, from, sizeof(from)), to,
            TL_FMT(table),
            utc ? "the whole table is rewritten, unless TimeZone is UTC"
            : e->rewrite     ? "the whole table is rewritten"
            : e->index_build ? "indexes of it are rebuilt"
                             : "every row is checked");
    else
        f = tl_report(ctx, op->span,
                      "Changing the type of %.*s to %s may rewrite %.*s while "
                      "nobody can use it: its old type is not %s.",
                      TL_FMT(column), to, TL_FMT(table),
                      r && r->uncertain ? "certain here" : "in the history");
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, op->column);
    if (known)
        tl_related(ctx, f, old->row.made, "%.*s is %s here",
                   TL_FMT(tl_quoted(ctx, old->name)), from);
    tl_help(ctx, f,
            utc ? "SET TimeZone = 'UTC' before it, if that is what the values "
                  "mean: then no row changes."
                : "Add a new column of the new type, write both, fill it in "
                  "batches, then switch and drop the old one.");
}

TL_RULE(changing_column_type) = {
    .id = "TL121",
    .name = "changing-column-type",
    .summary = "a type change that rewrites or checks the whole table",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("alter-column-type", "changingColumnType", "E5"),
    .ops = TL_ON(TL_OP_ALTER_COLUMN_TYPE),
    .on_op = check,
};
