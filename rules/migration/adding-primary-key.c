/*
 * adding-primary-key - its index is built, and NULLs are looked for, while
 * nobody can use the table.
 */
#include <tusklint/rule.h>

static const struct tl_constraint_def *primary_key(const struct tl_op *op)
{
    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (op->constraints[i].kind == TL_PRIMARY_KEY)
            return &op->constraints[i];
    return NULL;
}

/* The first column that PostgreSQL must look through for NULLs, or none. One
   that the statement adds is seen to as it is filled. */
static struct tl_str nullable(struct tl_ctx *ctx, const struct tl_op *op,
                              const struct tl_str *columns, uint32_t n)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);

    for (uint32_t i = 0; r && i < n; i++)
        if (tl_find_column(tl_before(ctx), r, columns[i]) &&
            tl_column_is_not_null(tl_before(ctx), r, columns[i]) == TL_NO)
            return columns[i];
    return TL_NONE;
}

/* USING INDEX still reads the table when a column of the index may be NULL. */
static void check_using(struct tl_ctx *ctx, const struct tl_op *op,
                        const struct tl_constraint_def *c)
{
    struct tl_name name = {op->table.schema, c->using_index};
    const struct tl_index *index = tl_find_index(tl_before(ctx), name);
    struct tl_str columns[32];
    uint32_t n = 0;

    for (uint32_t i = 0; index && i < index->n_keys && n < 32; i++)
        columns[n++] = index->keys[i].column;
    struct tl_str column = nullable(ctx, op, columns, n);

    if (!column.n)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, c->node),
                  "%.*s may be NULL, so making it the primary key reads all "
                  "of %.*s while nobody can use it.",
                  TL_FMT(tl_quoted(ctx, column)), TL_FMT(table));
    tl_detail(ctx, f,
              "ACCESS EXCLUSIVE on %.*s: blocks reads and writes while every "
              "row is checked%s",
              TL_FMT(table), tl_and_on(ctx));
    tl_object(ctx, f, op->table, column);
    tl_help(ctx, f,
            "First CHECK (%.*s IS NOT NULL) NOT VALID, VALIDATE it, and SET "
            "NOT NULL.",
            TL_FMT(tl_quoted(ctx, column)));
}

static bool is_same_column(struct tl_schema then, const struct tl_relation *was,
                           struct tl_str old, struct tl_schema now,
                           const struct tl_relation *is, struct tl_str new)
{
    const struct tl_column *a = tl_find_column(then, was, old);
    const struct tl_column *b = tl_find_column(now, is, new);

    return a && b && a->number == b->number;
}

static bool is_plain(struct tl_schema s, const struct tl_relation *r,
                     const struct tl_constraint *key)
{
    TL_EACH_INDEX(s, r, x)
        if (x->id == key->index)
            return x->n_include == 0;
    return true;
}

/* The key that the table had when the file began, if it was on the same
   columns, whatever they are called by now. A table has one, so that the file
   drops it. */
static const struct tl_constraint *same_key(const struct tl_ctx *ctx,
                                            const struct tl_op *op,
                                            const struct tl_constraint_def *c)
{
    struct tl_schema now = tl_before(ctx);
    struct tl_schema then = tl_part_before(ctx);
    const struct tl_relation *is = tl_relation(ctx, op->table);
    const struct tl_relation *was = is ? tl_relation_by_id(then, is->id) : NULL;

    if (!was || c->n_include)
        return NULL;
    TL_EACH_CONSTRAINT(then, was, key) {
        if (key->kind != TL_PRIMARY_KEY)
            continue;
        if (!key->n_columns || key->n_columns != c->n_columns ||
            key->deferrable != c->deferrable || !is_plain(then, was, key))
            return NULL;
        for (uint32_t i = 0; i < c->n_columns; i++)
            if (!is_same_column(then, was, key->columns[i], now, is,
                                c->columns[i]))
                return NULL;
        return key;
    }
    return NULL;
}

static void say_keep(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_op *op, const struct tl_constraint_def *c,
                     const struct tl_constraint *key)
{
    if (!c->name.n || !key->name.n || tl_str_eq(c->name, key->name)) {
        tl_help(ctx, f,
                "Keep the key that this file drops: it has the same columns.");
        return;
    }
    tl_help(ctx, f,
            "Keep the key that this file drops: it has the same columns, and "
            "ALTER TABLE %.*s RENAME CONSTRAINT %.*s TO %.*s builds no index.",
            TL_FMT(tl_name_text(ctx, op->table)),
            TL_FMT(tl_quoted(ctx, key->name)), TL_FMT(tl_quoted(ctx, c->name)));
}

/* Is a column of the key made by this file, so that no index of it can be
   there before? */
static bool has_new_column(const struct tl_ctx *ctx, const struct tl_op *op,
                           const struct tl_constraint_def *c)
{
    for (uint32_t i = 0; i < c->n_columns; i++)
        if (tl_column_is_new(ctx, op->table, c->columns[i]))
            return true;
    return false;
}

/* Did the file find a key on the table, which it drops for this one? */
static bool had_key(const struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_schema then = tl_part_before(ctx);
    const struct tl_relation *is = tl_relation(ctx, op->table);
    const struct tl_relation *was = is ? tl_relation_by_id(then, is->id) : NULL;

    if (was)
        TL_EACH_CONSTRAINT(then, was, key)
            if (key->kind == TL_PRIMARY_KEY)
                return true;
    return false;
}

/* Between two migrations, the table is not to be without a key. */
static void say_exchange(struct tl_ctx *ctx, struct tl_finding *f, bool later,
                         const char *not_null)
{
    tl_help(ctx, f,
            "%sCREATE UNIQUE INDEX CONCURRENTLY%s, then drop the old key and "
            "ADD PRIMARY KEY USING INDEX in one transaction, which takes an "
            "instant%s.",
            later ? "Keep the old key for now; in later migrations " : "",
            not_null, later ? "; foreign keys to it come after that" : "");
}

static void say_index_first(struct tl_ctx *ctx, struct tl_finding *f,
                            const struct tl_op *op,
                            const struct tl_constraint_def *c, bool nullable)
{
    const char *not_null =
        nullable ? ", make the column NOT NULL by a validated CHECK" : "";
    bool later = has_new_column(ctx, op, c);

    if (op->kind == TL_OP_ADD_COLUMN)
        tl_help(ctx, f,
                "Add the column without the key%s and fill it in batches; then "
                "CREATE UNIQUE INDEX CONCURRENTLY, make it NOT NULL by a "
                "validated CHECK, and %sADD PRIMARY KEY USING INDEX.",
                had_key(ctx, op) ? ", keep the old one for now," : "",
                had_key(ctx, op) ? "in one transaction drop the old key and "
                                 : "");
    else if (had_key(ctx, op))
        say_exchange(ctx, f, later, not_null);
    else if (later)
        tl_help(ctx, f,
                "In later migrations: CREATE UNIQUE INDEX CONCURRENTLY%s, then "
                "ADD PRIMARY KEY USING INDEX, which takes an instant; foreign "
                "keys to it come after that.",
                not_null);
    else
        tl_help(ctx, f,
                "CREATE UNIQUE INDEX CONCURRENTLY%s, then ADD PRIMARY KEY "
                "USING INDEX, which takes an instant.",
                not_null);
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_constraint_def *c = primary_key(op);

    if (!c || op->effect.no_rows || tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES)
        return;
    if (c->using_index.n) {
        check_using(ctx, op, c);
        return;
    }
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_str column = op->kind == TL_OP_ADD_COLUMN
                               ? TL_NONE
                               : nullable(ctx, op, c->columns, c->n_columns);
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, c->node),
                  "Adding a primary key blocks reads and writes of %.*s until "
                  "its index is built.",
                  TL_FMT(table));
    tl_note_lock(ctx, f, op);
    if (column.n)
        tl_detail(ctx, f, "%.*s may be NULL: every row is looked at, too",
                  TL_FMT(tl_quoted(ctx, column)));
    tl_object(ctx, f, op->table, c->n_columns ? c->columns[0] : TL_NONE);
    const struct tl_constraint *key = same_key(ctx, op, c);
    if (key)
        say_keep(ctx, f, op, c, key);
    else
        say_index_first(ctx, f, op, c, column.n > 0);
}

TL_RULE(adding_primary_key) = {
    .id = "TL114",
    .name = "adding-primary-key",
    .summary = "a primary key builds its index under an exclusive lock",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("adding-primary-key-constraint",
                          "adding-serial-primary-key-field",
                          "addingPrimaryKeyConstraint"),
    .ops = TL_ON(TL_OP_ADD_CONSTRAINT, TL_OP_ADD_COLUMN),
    .on_op = check,
};
