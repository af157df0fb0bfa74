/*
 * dropping-column - the data is gone, and code that is running still asks for
 * it.
 */
#include <tusklint/rule.h>

/* Was it copied, of every row? */
static bool is_elsewhere(struct tl_ctx *ctx, const struct tl_op *op)
{
    return tl_was_copied(ctx, op->table, op->column) &&
           tl_was_copied(ctx, op->table, TL_NONE);
}

static bool is_in_primary_key(struct tl_schema s, const struct tl_relation *r,
                              const struct tl_column *c)
{
    TL_EACH_CONSTRAINT(s, r, key)
        for (uint32_t i = 0; key->kind == TL_PRIMARY_KEY && i < key->n_columns;
             i++)
            if (tl_str_eq(key->columns[i], c->name))
                return true;
    return false;
}

/* The column's own key goes with it: another one is new. */
static bool gets_other_key(const struct tl_ctx *ctx,
                           const struct tl_relation *r)
{
    struct tl_schema after = tl_after(ctx);

    TL_EACH_CONSTRAINT(after, r, key)
        if (key->kind == TL_PRIMARY_KEY)
            return true;
    return tl_gets_key_later(ctx, r->name);
}

/* A table that the column refers to, and that goes later in the file. */
static struct tl_str drops_what_it_refers_to(struct tl_ctx *ctx,
                                             const struct tl_relation *r,
                                             const struct tl_column *c)
{
    struct tl_schema s = tl_before(ctx);

    TL_EACH_CONSTRAINT(s, r, key) {
        const struct tl_relation *other =
            key->kind == TL_FOREIGN_KEY
                ? tl_relation_by_id(s, key->ref_relation)
                : NULL;

        for (uint32_t i = 0; other && i < key->n_columns; i++)
            if (tl_str_eq(key->columns[i], c->name) &&
                tl_is_table_dropped_later(ctx, other->name.name))
                return tl_name_text(ctx, other->name);
    }
    return TL_NONE;
}

/* What the file does next and cannot do while the column is there. */
static struct tl_str with_what(struct tl_ctx *ctx, const struct tl_op *op,
                               const struct tl_relation *r,
                               const struct tl_column *c)
{
    struct tl_span renamed;

    if (tl_is_renamed_to_later(ctx, op->table, op->column, &renamed))
        return tl_printf(ctx, ", before the renaming of line %u",
                         tl_line(ctx, renamed));
    if (c && tl_is_type_dropped_later(ctx, c->type.name.name))
        return TL_STR(", before its type");
    /* The old key is in its way. */
    if (c && is_in_primary_key(tl_before(ctx), r, c) && gets_other_key(ctx, r))
        return TL_STR(", before the new primary key");
    struct tl_str other = c ? drops_what_it_refers_to(ctx, r, c) : TL_NONE;
    return other.n ? tl_printf(ctx, ", before %.*s", TL_FMT(other)) : TL_NONE;
}

/* Of a table with a new name no code is left that names the column. */
static void say_when(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_op *op, const struct tl_relation *r,
                     const struct tl_column *c)
{
    struct tl_str with = with_what(ctx, op, r, c);
    const char *optional = "";

    if (c && c->not_null && !c->default_text.n && !c->identity &&
        !c->generated_stored)
        optional = is_in_primary_key(tl_before(ctx), r, c)
                       ? "give it a default so that inserts without it work, "
                       : "make it nullable so that inserts without it work, ";

    if (tl_is_renamed_here(ctx, r))
        tl_help(ctx, f,
                "Keep it for now, %sand drop it in a later migration%.*s, when "
                "its data is no longer wanted.",
                optional, TL_FMT(with));
    else
        tl_help(ctx, f,
                "Deploy code that no longer names the column first, %sand drop "
                "it in a later migration%.*s.",
                optional, TL_FMT(with));
}

/* Running code finds a column of that name afterwards, without the values. One
   that must not be NULL fails where there are rows: adding-required-field's. */
static bool check_made_again(struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_span again;
    bool required;

    if (!tl_is_column_made_again(ctx, op->table, op->column, op->span, &again,
                                 &required))
        return false;
    if (required || tl_table_is_empty(ctx, op->table) == TL_YES ||
        tl_was_copied(ctx, op->table, op->column))
        return true;
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "Dropping %.*s from %.*s deletes its data; the column is made again "
        "on line %u.",
        TL_FMT(tl_quoted(ctx, op->column)),
        TL_FMT(tl_name_text(ctx, op->table)), tl_line(ctx, again));
    tl_object(ctx, f, op->table, op->column);
    tl_related(ctx, f, again, "it is made again here");
    tl_help(ctx, f,
            "To keep the data, change the column where it stands (ALTER "
            "COLUMN ...), or give the new one another name and copy it.");
    return true;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    const struct tl_relation *r = tl_relation(ctx, op->table);
    const struct tl_column *c =
        r ? tl_find_column(tl_before(ctx), r, op->column) : NULL;
    if (c && tl_is_made_here(ctx, &c->row))
        return;
    /* Perhaps made by a statement of this migration that we cannot read. */
    if (!c && tl_is_doubted_here(ctx, r))
        return;
    if (r && r->kind == TL_COMPOSITE)
        return;
    /* Another column takes its place, its name and its values. */
    struct tl_span renamed_at;
    if (tl_is_renamed_to_later(ctx, op->table, op->column, &renamed_at) &&
        tl_was_copied(ctx, op->table, op->column))
        return;
    if (check_made_again(ctx, op))
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str column = tl_quoted(ctx, op->column);
    bool elsewhere = op->relation_kind == TL_FOREIGN_TABLE ||
                     (r && r->kind == TL_FOREIGN_TABLE);
    bool empty = elsewhere || tl_table_is_empty(ctx, op->table) == TL_YES;
    /* Code asks for the old name of a table, which is renaming-table's. */
    bool renamed = tl_is_renamed_here(ctx, r);
    if (renamed && (empty || is_elsewhere(ctx, op)))
        return;
    struct tl_finding *f = tl_report(
        ctx, op->span, "Dropping %.*s from %.*s %s%s%s.", TL_FMT(column),
        TL_FMT(table), empty ? "" : "deletes its data",
        empty || renamed ? "" : " and ",
        renamed ? "" : "breaks code that still reads it");
    tl_object(ctx, f, op->table, op->column);
    if (c && !r->incomplete)
        tl_related(ctx, f, c->row.made, "the column is made here");
    say_when(ctx, f, op, r, c);
}

TL_RULE(dropping_column) = {
    .id = "TL133",
    .name = "dropping-column",
    .summary = "a dropped column loses its data and breaks running code",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("ban-drop-column", "drop-column", "banDropColumn"),
    .ops = TL_ON(TL_OP_DROP_COLUMN),
    .on_op = check,
};
