/*
 * dropping-table - the rows are gone, and code that is running still asks for
 * them.
 */
#include <tusklint/rule.h>

#define DOUBT "if it is there: nothing before makes or uses it"

/* IF EXISTS of a table that nothing but this statement speaks of. */
static bool is_unheard_of(const struct tl_op *op, const struct tl_relation *r)
{
    if (!op->if_exists)
        return false;
    return !r || (r->incomplete && r->row.made.source == op->span.source &&
                  r->row.made.start == op->span.start);
}

/* The old code finds a table of that name afterwards, without the rows. */
static void check_made_again(struct tl_ctx *ctx, const struct tl_op *op,
                             const struct tl_relation *r, struct tl_span again)
{
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "Dropping %.*s deletes its rows; the table is made again on line %u.",
        TL_FMT(tl_name_text(ctx, op->table)), tl_line(ctx, again));

    tl_object(ctx, f, op->table, TL_NONE);
    /* So a script begins that sets up a database. */
    bool unheard_of = is_unheard_of(op, r);
    if (unheard_of)
        tl_detail(ctx, f, DOUBT);
    else if (tl_in_transaction(ctx) != TL_YES)
        tl_detail(ctx, f,
                  "until then, code that asks for it fails, unless both run "
                  "in one transaction");
    if (unheard_of || tl_table_is_empty(ctx, op->table) == TL_YES)
        tl_set_severity(f, TL_NOTE);
    tl_related(ctx, f, again, "it is made again here");
    tl_help(ctx, f,
            "To keep the rows, change the table with ALTER TABLE; or rename "
            "it, copy its rows into the new one, and drop it last.");
}

/* Were the rows copied by this file, or are there none? */
static bool are_elsewhere(struct tl_ctx *ctx, struct tl_name table)
{
    return tl_table_is_empty(ctx, table) == TL_YES ||
           tl_was_copied(ctx, table, TL_NONE);
}

static bool is_of_dropped_type(const struct tl_ctx *ctx,
                               const struct tl_relation *r)
{
    TL_EACH_COLUMN(tl_before(ctx), r, c)
        if (tl_is_type_dropped_later(ctx, c->type.name.name))
            return true;
    return false;
}

/* A table that it refers to and that the file drops next, or none. */
static struct tl_str dropped_parent(struct tl_ctx *ctx,
                                    const struct tl_relation *r)
{
    TL_EACH_CONSTRAINT(tl_before(ctx), r, c)
        if (c->kind == TL_FOREIGN_KEY && c->ref_relation != r->id &&
            tl_is_table_dropped_later(ctx, c->ref_table.name))
            return tl_name_text(ctx, c->ref_table);
    return TL_NONE;
}

/* What the file drops next, and cannot while the table is there. */
static struct tl_str with_what(struct tl_ctx *ctx, const struct tl_relation *r)
{
    struct tl_str parent = r ? dropped_parent(ctx, r) : TL_NONE;

    if (parent.n)
        return tl_printf(ctx, ", before %.*s", TL_FMT(parent));
    if (r && is_of_dropped_type(ctx, r))
        return TL_STR(", before the types of its columns");
    return TL_NONE;
}

/* The same where other tables were seen being made: it may well not be there.
 */
static bool is_doubtful(const struct tl_ctx *ctx, const struct tl_op *op,
                        const struct tl_relation *r)
{
    if (!is_unheard_of(op, r))
        return false;
    if (!r)
        return true;
    TL_EACH_RELATION(tl_part_before(ctx), other)
        if (!other->incomplete && other->kind == TL_TABLE)
            return true;
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);

    if (op->relation_kind != TL_TABLE ||
        tl_table_is_new(ctx, op->table) == TL_YES ||
        (r && (r->temporary || r->kind == TL_VIEW)))
        return;
    /* Code that asks for the old name of a table is renaming-table's, and code
       that knows the new one there is none: only the rows count. */
    bool renamed = tl_is_renamed_here(ctx, r);
    if (renamed && are_elsewhere(ctx, op->table))
        return;
    struct tl_span again;
    if (r && tl_is_made_again(ctx, op->table, &again)) {
        check_made_again(ctx, op, r, again);
        return;
    }
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f = tl_report(
        ctx, op->span, "Dropping %.*s deletes its rows%s.", TL_FMT(table),
        renamed ? "" : " and breaks code that still reads it");
    tl_object(ctx, f, op->table, TL_NONE);
    if (is_doubtful(ctx, op, r)) {
        tl_detail(ctx, f, DOUBT);
        tl_set_severity(f, TL_NOTE);
    }
    if (r && !r->incomplete)
        tl_related(ctx, f, r->row.made, "the table is made here");
    tl_help(ctx, f,
            "Deploy code that no longer names the table first, and drop it in "
            "a later migration%.*s.",
            TL_FMT(with_what(ctx, r)));
}

TL_RULE(dropping_table) = {
    .id = "TL134",
    .name = "dropping-table",
    .summary = "a dropped table loses its rows and breaks running code",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("ban-drop-table", "drop-table", "banDropTable"),
    .ops = TL_ON(TL_OP_DROP_TABLE),
    .on_op = check,
};
