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

static bool has_text(const struct tl_type *t)
{
    return tl_type_is(t, "text") || tl_type_is(t, "varchar") ||
           tl_type_is(t, "bpchar");
}

/* With its collation, where the op changes that and it is known. */
static struct tl_str type_text(struct tl_ctx *ctx, const struct tl_type *type,
                               struct tl_str collation, bool shown)
{
    char text[128];

    tl_type_text(type, text, sizeof(text));
    if (!collation.n && has_text(type))
        collation = TL_STR("default");
    if (!shown || !collation.n)
        return tl_printf(ctx, "%s", text);
    return tl_printf(ctx, "%s COLLATE \"%.*s\"", text, TL_FMT(collation));
}

/* What a change to another type does, or to the same one that USING gives other
   values. */
static struct tl_finding *report_known(struct tl_ctx *ctx,
                                       const struct tl_op *op, bool utc,
                                       struct tl_str from, struct tl_str to)
{
    const struct tl_effect *e = &op->effect;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str column = tl_quoted(ctx, op->column);

    if (tl_str_eq(from, to) && op->using_node)
        return tl_report(ctx, op->span,
                         "Giving %.*s other values by USING blocks reads and "
                         "writes of %.*s while the whole table is rewritten.",
                         TL_FMT(column), TL_FMT(table));
    return tl_report(
        ctx, op->span,
        "Changing %.*s from %.*s to %.*s blocks reads and writes of %.*s "
        "while %s.",
        TL_FMT(column), TL_FMT(from), TL_FMT(to), TL_FMT(table),
        utc          ? "the whole table is rewritten, unless TimeZone is UTC"
        : e->rewrite ? "the whole table is rewritten"
        : e->index_build ? "indexes of it are rebuilt"
                         : "every row is checked");
}

static struct tl_finding *
report_unknown(struct tl_ctx *ctx, const struct tl_op *op, struct tl_str to)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);

    return tl_report(ctx, op->span,
                     "Changing the type of %.*s to %.*s may rewrite %.*s while "
                     "nobody can use it: its old type is not %s.",
                     TL_FMT(tl_quoted(ctx, op->column)), TL_FMT(to),
                     TL_FMT(tl_name_text(ctx, op->table)),
                     r && r->uncertain ? "certain here" : "in the history");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_effect *e = &op->effect;
    if (!(e->rewrite || e->scan || e->index_build) ||
        tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    const struct tl_column *old = tl_op_column(ctx, op);
    bool known = old && old->type.name.name.n;
    bool utc =
        known && tl_pg_version(ctx) >= 12 && needs_no_rewrite_in_utc(old, op);
    bool collates =
        op->new_collation || (known && !tl_str_eq(old->collation, op->value));
    struct tl_str to = type_text(ctx, &op->type, op->value, collates);
    struct tl_str from =
        known ? type_text(ctx, &old->type, old->collation, collates) : TL_NONE;
    bool same = known && tl_str_eq(from, to) && op->using_node;
    struct tl_finding *f = known ? report_known(ctx, op, utc, from, to)
                                 : report_unknown(ctx, op, to);

    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, op->column);
    if (known && !same)
        tl_related(ctx, f, old->typed, "%.*s is %.*s here",
                   TL_FMT(tl_quoted(ctx, old->name)), TL_FMT(from));
    tl_help(ctx, f,
            utc ? "SET TimeZone = 'UTC' before it, if that is what the values "
                  "mean: then no row changes."
            : same ? "UPDATE the rows in batches: the type stays as it is, and "
                     "an UPDATE blocks nobody who reads."
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
