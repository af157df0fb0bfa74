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

struct change {
    struct tl_str from; /* nothing: not known */
    struct tl_str to;
    bool of_values; /* the type stays, USING makes other values */
    bool of_zone;   /* timestamp to timestamptz, or back */
};

static struct change change_of(struct tl_ctx *ctx, const struct tl_op *op,
                               const struct tl_column *old)
{
    bool collates =
        op->new_collation || (old && !tl_str_eq(old->collation, op->value));
    struct change c = {.to = type_text(ctx, &op->type, op->value, collates)};

    if (!old)
        return c;
    c.from = type_text(ctx, &old->type, old->collation, collates);
    c.of_values = op->using_node && tl_str_eq(c.from, c.to);
    c.of_zone = tl_pg_version(ctx) >= 12 && needs_no_rewrite_in_utc(old, op);
    return c;
}

static struct tl_finding *
report_known(struct tl_ctx *ctx, const struct tl_op *op, const struct change *c)
{
    const struct tl_effect *e = &op->effect;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str column = tl_quoted(ctx, op->column);

    if (c->of_values)
        return tl_report(ctx, op->span,
                         "Giving %.*s other values by USING blocks reads and "
                         "writes of %.*s while the whole table is rewritten.",
                         TL_FMT(column), TL_FMT(table));
    return tl_report(
        ctx, op->span,
        "Changing %.*s from %.*s to %.*s blocks reads and writes of %.*s "
        "while %s.",
        TL_FMT(column), TL_FMT(c->from), TL_FMT(c->to), TL_FMT(table),
        c->of_zone   ? "the whole table is rewritten, unless TimeZone is UTC"
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
    if (old && !old->type.name.name.n)
        old = NULL;
    struct change c = change_of(ctx, op, old);
    struct tl_finding *f =
        old ? report_known(ctx, op, &c) : report_unknown(ctx, op, c.to);

    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, op->column);
    if (old && !c.of_values)
        tl_related(ctx, f, old->typed, "%.*s is %.*s here",
                   TL_FMT(tl_quoted(ctx, old->name)), TL_FMT(c.from));
    tl_help(ctx, f,
            c.of_zone
                ? "SET TimeZone = 'UTC' before it, if that is what the values "
                  "mean: then no row changes."
            : c.of_values
                ? "UPDATE the rows in batches: the type stays as it is, and "
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
