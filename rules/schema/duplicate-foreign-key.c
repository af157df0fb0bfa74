/*
 * duplicate-foreign-key - the same check made twice for every row.
 */
#include <tusklint/rule.h>

static bool same_list(const struct tl_str *a, uint32_t n_a,
                      const struct tl_str *b, uint32_t n_b)
{
    if (n_a != n_b)
        return false;
    for (uint32_t i = 0; i < n_a; i++)
        if (!tl_str_eq(a[i], b[i]))
            return false;
    return true;
}

static bool is_same(const struct tl_constraint *a,
                    const struct tl_constraint *b)
{
    return b->kind == TL_FOREIGN_KEY && a->ref_relation &&
           a->ref_relation == b->ref_relation &&
           same_list(a->columns, a->n_columns, b->columns, b->n_columns) &&
           same_list(a->ref_columns, a->n_ref_columns, b->ref_columns,
                     b->n_ref_columns);
}

static void report(struct tl_ctx *ctx, const struct tl_relation *table,
                   const struct tl_constraint *first,
                   const struct tl_constraint *second)
{
    struct tl_str one = tl_quoted(ctx, first->name);
    struct tl_str two = tl_quoted(ctx, second->name);
    struct tl_str of = tl_name_text(ctx, table->name);
    struct tl_finding *f = tl_report(
        ctx, second->row.made,
        "%.*s of %.*s checks what %.*s checks: each row is looked up twice.",
        TL_FMT(two), TL_FMT(of), TL_FMT(one));

    tl_object(ctx, f, table->name, second->columns[0]);
    tl_related(ctx, f, first->row.made, "%.*s is made here", TL_FMT(one));
    if (first->on_delete != second->on_delete)
        tl_detail(ctx, f,
                  "they differ in ON DELETE, and both actions are carried out");
    tl_help(ctx, f, "ALTER TABLE %.*s DROP CONSTRAINT one of the two.",
            TL_FMT(of));
}

static void judge(struct tl_ctx *ctx, struct tl_schema s,
                  const struct tl_relation *table)
{
    TL_EACH_CONSTRAINT(s, table, second) {
        if (second->kind != TL_FOREIGN_KEY || !second->n_columns)
            continue;
        TL_EACH_CONSTRAINT(s, table, first) {
            if (first == second)
                break;
            if (!is_same(second, first))
                continue;
            report(ctx, table, first, second);
            break;
        }
    }
}

static void check(struct tl_ctx *ctx, const struct tl_relation *table)
{
    if (!table->uncertain && !table->parent && !table->temporary)
        judge(ctx, tl_after(ctx), table);
}

TL_RULE(duplicate_foreign_key) = {
    .id = "TL230",
    .name = "duplicate-foreign-key",
    .summary = "two foreign keys of a table check the same",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .on_relation = check,
};
