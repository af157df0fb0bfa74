/*
 * unpruned.c - Appends that read every partition of a table.
 *
 * A partition is left out when the filter compares the partition key itself.
 * What computes something of the key first, compares what no bound tells.
 */
#include "lint/linter.h"

#include <tusklint/plan_limits.h>

static const struct tl_plan_node *first_part(const struct tl_plan *p,
                                             const struct tl_plan_node *append)
{
    for (const struct tl_plan_node *c = tl_next_child(p, append, NULL); c;
         c = tl_next_child(p, append, c))
        if (tl_is_partition(p, c) && c->relation.n && c->filter.n)
            return c;
    return NULL;
}

static const struct tl_relation *parent_table(struct tl_schema schema,
                                              const struct tl_plan_node *part)
{
    struct tl_name name = {part->schema, part->relation};
    const struct tl_relation *r = tl_find_relation(schema, name, NULL);

    if (r && r->parent)
        return tl_relation_by_id(schema, r->parent);
    /* Partitions that no migration names: by the alias before its number. */
    name.name = part->alias;
    while (name.name.n && name.name.p[name.name.n - 1] != '_')
        name.name.n--;
    if (name.name.n < 2)
        return NULL;
    name.name.n--;
    r = tl_find_relation(schema, name, NULL);
    return r && r->kind == TL_PARTITIONED_TABLE ? r : NULL;
}

static bool is_key(const struct tl_relation *r, struct tl_str column)
{
    struct tl_str left = r->partition_columns;

    while (left.n) {
        const char *comma = memchr(left.p, ',', left.n);
        size_t n = comma ? (size_t)(comma - left.p) : left.n;

        if (tl_str_eq((struct tl_str){left.p, n}, column))
            return true;
        n += comma != NULL;
        left = (struct tl_str){left.p + n, left.n - n};
        while (left.n && *left.p == ' ')
            left = (struct tl_str){left.p + 1, left.n - 1};
    }
    return false;
}

/* Known before the rows are read: a constant or a parameter. */
static bool is_fixed(const struct tl_condition *c)
{
    return c->value_is_constant || (c->value.n && c->value.p[0] == '$');
}

/* The comparison that keeps the partitions in; NULL when there is none, or one
   that compares the key itself. */
static const struct tl_condition *wrapped_key(struct tl_ctx *ctx,
                                              const struct tl_plan *p,
                                              const struct tl_plan_node *part,
                                              const struct tl_relation *table)
{
    const struct tl_condition *found = NULL;
    struct tl_scan scan;

    tl_read_scan(ctx, p, part, &scan);
    for (uint32_t i = 0; i < scan.n_conditions; i++) {
        const struct tl_condition *c = &scan.conditions[i];

        if (!is_key(table, c->column))
            continue;
        if (c->wrap == TL_WRAP_NONE || tl_str_eq(c->expression, c->column))
            return NULL;
        if (!c->under_or && !c->negated && is_fixed(c) && !found)
            found = c;
    }
    return found;
}

static void count(const struct tl_plan *p, const struct tl_plan_node *append,
                  struct tl_unpruned *out)
{
    for (const struct tl_plan_node *c = tl_next_child(p, append, NULL); c;
         c = tl_next_child(p, append, c)) {
        if (!tl_is_fellow(p, out->part, c))
            continue;
        out->partitions++;
        if (c->rows_scanned >= 0) {
            out->scanned += c->rows_scanned;
            out->kept += c->rows_out;
        }
    }
}

bool tl_is_unpruned(struct tl_ctx *ctx, const struct tl_plan *p,
                    const struct tl_plan_node *append, struct tl_unpruned *out)
{
    memset(out, 0, sizeof(*out));
    if ((!tl_node_is(append, "Append") &&
         !tl_node_is(append, "Merge Append")) ||
        append->never_executed || append->subplans_removed > 0)
        return false;
    out->part = first_part(p, append);
    if (!out->part)
        return false;
    count(p, append, out);
    bool measured = append->actual_loops >= 0;
    if (out->partitions < TL_PRUNING_MIN_PARTITIONS ||
        (measured ? out->scanned < tl_limit(p, TL_PRUNING_MIN_ROWS)
                  : append->total_cost < tl_limit(p, TL_PRUNING_MIN_COST)))
        return false;
    if (!measured)
        out->scanned = out->kept = -1;
    out->table = parent_table(tl_after(ctx), out->part);
    if (!out->table || !out->table->partition_columns.n)
        return false;
    out->wrapped = wrapped_key(ctx, p, out->part, out->table);
    return out->wrapped;
}
