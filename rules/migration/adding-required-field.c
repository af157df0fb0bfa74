/*
 * adding-required-field - a NOT NULL column without a default cannot be added
 * to a table that has rows.
 */
#include <tusklint/rule.h>

static bool has_value(const struct tl_column_def *c)
{
    return c->has_default || c->identity || c->serial || c->generated_stored;
}

static bool belongs_to_primary_key(const struct tl_op *op)
{
    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (op->constraints[i].kind == TL_PRIMARY_KEY)
            return true;
    return false;
}

/* IF NOT EXISTS: then nothing is added. */
static bool is_there(const struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);

    return op->if_not_exists && r && !r->uncertain &&
           tl_find_column(tl_before(ctx), r, op->columns[0].name);
}

static bool is_alone(const struct tl_constraint_def *c)
{
    return (c->kind == TL_PRIMARY_KEY || c->kind == TL_UNIQUE) &&
           c->n_columns <= 1;
}

/* Does the statement, or a later one of the file, make it unique by itself, so
   that no two rows may have the same value? */
static bool must_differ(const struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_schema after = tl_after(ctx);
    const struct tl_relation *r = tl_find_relation(after, op->table, NULL);

    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (is_alone(&op->constraints[i]))
            return true;
    if (r)
        TL_EACH_INDEX(after, r, x)
            if (x->unique && x->n_keys == 1 && !x->predicate.n &&
                tl_str_eq(x->keys[0].column, op->columns[0].name))
                return true;
    return tl_is_unique_later(ctx, op->table, op->columns[0].name);
}

static bool has(const struct tl_constraint *c, struct tl_str column)
{
    for (uint32_t i = 0; i < c->n_columns; i++)
        if (tl_str_eq(c->columns[i], column))
            return true;
    return false;
}

/* Is it made a foreign key, so that the value must be there elsewhere? */
static bool must_refer(const struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_schema after = tl_after(ctx);
    const struct tl_relation *r = tl_find_relation(after, op->table, NULL);

    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (op->constraints[i].kind == TL_FOREIGN_KEY)
            return true;
    if (r)
        TL_EACH_CONSTRAINT(after, r, c)
            if (c->kind == TL_FOREIGN_KEY && has(c, op->columns[0].name))
                return true;
    return tl_gets_foreign_key_later(ctx, op->table, op->columns[0].name);
}

/* What gives each row a value of its own, if the type allows it. */
static const char *values_that_differ(const struct tl_type *type)
{
    if (tl_type_is(type, "int2") || tl_type_is(type, "int4") ||
        tl_type_is(type, "int8"))
        return "as GENERATED ALWAYS AS IDENTITY";
    return tl_type_is(type, "uuid") ? "with DEFAULT gen_random_uuid()"
                                    : "with a volatile DEFAULT";
}

static void say_how(struct tl_ctx *ctx, struct tl_finding *f,
                    const struct tl_op *op)
{
    bool differs = must_differ(ctx, op);
    bool key = tl_becomes_key(ctx, op->table, op->columns[0].name);
    bool shared = tl_is_in_unique_later(ctx, op->table, op->columns[0].name);
    const char *then =
        key ? "build the key's index CONCURRENTLY, set NOT NULL, and add the "
              "key USING INDEX later"
        : differs || shared
            ? "build the unique index CONCURRENTLY, and set NOT NULL later"
            : "and set NOT NULL later";

    if (must_refer(ctx, op))
        tl_help(ctx, f,
                "Add it nullable, fill it in batches, add the foreign key NOT "
                "VALID and validate it, %s. %s",
                then,
                differs ? "A constant DEFAULT would give all rows one value."
                        : "A constant DEFAULT would have to be the key of a "
                          "row that is there.");
    else if (differs)
        tl_help(
            ctx, f,
            "Add it nullable, fill it in batches, build a unique index "
            "CONCURRENTLY, then set NOT NULL and add the key USING INDEX; or "
            "%s, which rewrites the table. A constant DEFAULT would give all "
            "rows one value.",
            values_that_differ(&op->columns[0].type));
    else if (key || shared)
        tl_help(ctx, f, "Add it nullable, fill it in batches, %s.", then);
    else
        tl_help(ctx, f,
                "Add the column with a constant DEFAULT (instant since "
                "PostgreSQL 11), or nullable, fill it in batches, %s.",
                then);
}

/* The rows are gone, so nothing has to be filled. */
static void say_writers_fail(struct tl_ctx *ctx, const struct tl_op *op,
                             struct tl_str table, struct tl_str column)
{
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "INSERTs into %.*s fail in code that does not know %.*s, which is NOT "
        "NULL and has no default.",
        TL_FMT(table), TL_FMT(column));

    tl_set_severity(f, tl_in_down(ctx) ? TL_NOTE : TL_WARNING);
    tl_object(ctx, f, op->table, op->columns[0].name);
    tl_help(ctx, f,
            "%s until all code writes it, or stop the writers for the deploy.",
            must_differ(ctx, op) || must_refer(ctx, op) ? "Leave it nullable"
                                                        : "Give it a DEFAULT");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_column_def *c = &op->columns[0];

    if (!c->not_null && !belongs_to_primary_key(op))
        return;
    if (has_value(c) || tl_table_is_new(ctx, op->table) == TL_YES ||
        is_there(ctx, op))
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str column = tl_quoted(ctx, c->name);
    if (tl_is_emptied_here(ctx, op->table)) {
        say_writers_fail(ctx, op, table, column);
        return;
    }
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "Adding %.*s as NOT NULL without a default fails if %.*s "
                  "has rows.",
                  TL_FMT(column), TL_FMT(table));
    tl_detail(ctx, f,
              "PostgreSQL would have to fill the old rows with NULL; writers "
              "that do not know the column would fail too");
    tl_object(ctx, f, op->table, c->name);
    say_how(ctx, f, op);
}

TL_RULE(adding_required_field) = {
    .id = "TL117",
    .name = "adding-required-field",
    .summary = "a NOT NULL column without a default fails on a table with rows",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_ERROR,
    .aliases = TL_ALIASES("add-column-not-null-no-default",
                          "addingRequiredField"),
    .ops = TL_ON(TL_OP_ADD_COLUMN),
    .on_op = check,
};
