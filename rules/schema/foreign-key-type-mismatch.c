/*
 * foreign-key-type-mismatch - every check and every join converts one side.
 */
#include <tusklint/rule.h>

static bool is_one_of(const struct tl_type *t, const char *const *names)
{
    for (; *names; names++)
        if (tl_type_is(t, *names))
            return true;
    return false;
}

/* Types that PostgreSQL compares with each other; others it refuses. Text and
   varchar compare as they are. */
static bool differ(const struct tl_type *a, const struct tl_type *b)
{
    static const char *const numbers[] = {"int2", "int4", "int8", "numeric",
                                          NULL};
    static const char *const texts[] = {"text", "varchar", NULL};

    if (is_one_of(a, numbers) && is_one_of(b, numbers))
        return !tl_str_eq(a->name.name, b->name.name);
    return (tl_type_is(a, "bpchar") && is_one_of(b, texts)) ||
           (tl_type_is(b, "bpchar") && is_one_of(a, texts));
}

static const struct tl_constraint *primary_key(struct tl_schema s,
                                               const struct tl_relation *table)
{
    TL_EACH_CONSTRAINT(s, table, c)
        if (c->kind == TL_PRIMARY_KEY)
            return c;
    return NULL;
}

static void report(struct tl_ctx *ctx, const struct tl_relation *table,
                   const struct tl_constraint *fk, const struct tl_column *from,
                   const struct tl_relation *other, const struct tl_column *to)
{
    char a[64];
    char b[64];
    struct tl_finding *f = tl_report(
        ctx, fk->row.made,
        "Foreign key column %.*s of %.*s is %s, but %.*s of %.*s is %s.",
        TL_FMT(tl_quoted(ctx, from->name)),
        TL_FMT(tl_name_text(ctx, table->name)),
        tl_type_text(&from->type, a, sizeof(a)),
        TL_FMT(tl_quoted(ctx, to->name)),
        TL_FMT(tl_name_text(ctx, other->name)),
        tl_type_text(&to->type, b, sizeof(b)));

    tl_object(ctx, f, table->name, from->name);
    tl_related(ctx, f, to->row.made, "the column it refers to is made here");
    tl_help(ctx, f,
            "Give both the same type: a smaller one runs out first, and a "
            "different one is converted in every join.");
}

static void judge_key(struct tl_ctx *ctx, const struct tl_relation *table,
                      const struct tl_constraint *fk)
{
    struct tl_schema s = tl_after(ctx);
    const struct tl_relation *other = tl_relation_by_id(s, fk->ref_relation);
    const struct tl_constraint *key = other ? primary_key(s, other) : NULL;
    const struct tl_str *columns = fk->ref_columns;
    uint32_t n = fk->n_ref_columns;

    if (!n && key) {
        columns = key->columns;
        n = key->n_columns;
    }
    for (uint32_t i = 0; other && !other->uncertain && !table->uncertain &&
                         i < n && i < fk->n_columns;
         i++) {
        const struct tl_column *from = tl_find_column(s, table, fk->columns[i]);
        const struct tl_column *to = tl_find_column(s, other, columns[i]);

        if (!from || !to || from->type.dimensions || to->type.dimensions ||
            !differ(&from->type, &to->type))
            continue;
        report(ctx, table, fk, from, other, to);
        return;
    }
}

/* At the end of the history: a later migration may have changed the type. */
static void check(struct tl_ctx *ctx, const struct tl_relation *table)
{
    struct tl_schema s = tl_after(ctx);

    if (table->incomplete || table->uncertain || table->parent)
        return;
    TL_EACH_CONSTRAINT(s, table, fk)
        if (fk->kind == TL_FOREIGN_KEY)
            judge_key(ctx, table, fk);
}

TL_RULE(foreign_key_type_mismatch) = {
    .id = "TL207",
    .name = "foreign-key-type-mismatch",
    .summary = "a foreign key's column has another type than the key",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("fk-type-mismatch"),
    .on_relation = check,
};
