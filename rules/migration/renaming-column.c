/*
 * renaming-column - code that is running still asks for the old name.
 */
#include <tusklint/rule.h>

static bool has_origin(const struct tl_ctx *ctx, const struct tl_relation *r,
                       struct tl_span made)
{
    struct tl_schema s = tl_before(ctx);

    TL_EACH_COLUMN(s, r, c)
        if (c->row.made.source == made.source &&
            c->row.made.start == made.start)
            return true;
    return false;
}

/* Did running code know a column of the new name, which this migration has
   dropped (and not renamed, too) by now? */
static bool takes_place_of_dropped(const struct tl_ctx *ctx,
                                   const struct tl_relation *r,
                                   struct tl_str name)
{
    const struct tl_column *old =
        r ? tl_find_column(tl_part_before(ctx), r, name) : NULL;

    return old && !has_origin(ctx, r, old->row.made);
}

/* Does this migration give the old name to another column of the table? */
static bool is_taken(struct tl_ctx *ctx, const struct tl_op *op,
                     struct tl_span *at)
{
    bool required;

    return tl_is_column_made_again(ctx, op->table, op->column, op->span, at,
                                   &required) ||
           tl_is_renamed_to_later(ctx, op->table, op->column, at);
}

static bool has_name(const struct tl_str *names, uint32_t n, struct tl_str name)
{
    for (uint32_t i = 0; i < n; i++)
        if (tl_str_eq(names[i], name))
            return true;
    return false;
}

/* What goes with the column when it is dropped. */
static bool has_dependents(struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_schema s = tl_before(ctx);
    const struct tl_relation *r = tl_relation(ctx, op->table);

    if (!r)
        return false;
    TL_EACH_INDEX(s, r, x)
        for (uint32_t i = 0; i < x->n_keys; i++)
            if (tl_str_eq(x->keys[i].column, op->column))
                return true;
    TL_EACH_CONSTRAINT(s, r, c)
        if (has_name(c->columns, c->n_columns, op->column))
            return true;
    return false;
}

static void say_how(struct tl_ctx *ctx, struct tl_finding *f,
                    const struct tl_op *op, bool is_there, bool taken)
{
    struct tl_str from = tl_quoted(ctx, op->column);
    struct tl_str to = tl_quoted(ctx, op->new_name);
    const char *with = has_dependents(ctx, op)
                           ? " with the old one's indexes and constraints"
                           : "";

    if (is_there)
        tl_help(ctx, f,
                "%.*s was there before this migration: write both, copy the "
                "old values of %.*s, move the readers, then drop %.*s.",
                TL_FMT(to), TL_FMT(from), TL_FMT(from));
    else if (taken)
        tl_help(ctx, f,
                "Give the other column a name of its own, add %.*s%s, write "
                "both, copy the old values, move the readers, then drop %.*s.",
                TL_FMT(to), with, TL_FMT(from));
    else
        tl_help(ctx, f,
                "Add %.*s%s, write both, copy the old values, move the "
                "readers, then drop %.*s; or keep the name.",
                TL_FMT(to), with, TL_FMT(from));
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    const struct tl_relation *r = tl_relation(ctx, op->table);
    const struct tl_column *c =
        r ? tl_find_column(tl_before(ctx), r, op->column) : NULL;
    /* Made by this very migration: no code knows it yet. */
    if (c && tl_is_made_here(ctx, &c->row))
        return;
    /* Perhaps made by a statement of this migration that we cannot read. */
    if (!c && tl_is_doubted_here(ctx, r))
        return;
    if (r && (r->kind == TL_COMPOSITE || tl_is_renamed_here(ctx, r)))
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str from = tl_quoted(ctx, op->column);
    struct tl_str to = tl_quoted(ctx, op->new_name);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "Renaming %.*s to %.*s breaks code that still asks %.*s for "
                  "the old name.",
                  TL_FMT(from), TL_FMT(to), TL_FMT(table));
    tl_object(ctx, f, op->table, op->column);
    struct tl_span other;
    bool taken = is_taken(ctx, op, &other);

    if (taken) {
        tl_detail(ctx, f,
                  "and another column gets that name here: old code then "
                  "reads and writes the wrong one");
        tl_related(ctx, f, other, "the other column gets the name here");
    }
    say_how(ctx, f, op, takes_place_of_dropped(ctx, r, op->new_name), taken);
}

TL_RULE(renaming_column) = {
    .id = "TL130",
    .name = "renaming-column",
    .summary = "a renamed column breaks code that is still running",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("rename-column", "renamingColumn"),
    .ops = TL_ON(TL_OP_RENAME_COLUMN),
    .on_op = check,
};
