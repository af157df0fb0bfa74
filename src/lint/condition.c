/*
 * condition.c - a plan's condition text read as the filter of a query.
 *
 * PostgreSQL prints conditions as SQL; put behind a WHERE they pass the same
 * parser, scopes and predicates as what the application sent.
 */
#include "lint/linter.h"
#include "lint/subplan.h"
#include "sql/canon.h"
#include "sql/tree.h"

/* What is longer is not a filter that a person could be told about. */
#define CONDITION_MAX ((size_t)1 << 20)
/* Tables of a join that its condition may name. */
#define OTHERS_MAX 50

static bool is_same(struct tl_str a, struct tl_str b)
{
    return a.p == b.p && a.n == b.n;
}

/* The node that has this very text: its relation is what columns are of. */
static const struct tl_plan_node *owner(const struct tl_plan *plan,
                                        struct tl_str condition)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];

        if (is_same(n->filter, condition) ||
            is_same(n->index_cond, condition) ||
            is_same(n->recheck_cond, condition) ||
            is_same(n->join_cond, condition))
            return n;
    }
    return NULL;
}

static struct tl_str alias_of(const struct tl_plan_node *n)
{
    struct tl_str relation = n && n->relation.n ? n->relation : TL_STR("t");

    return n && n->alias.n ? n->alias : relation;
}

/* The other tables of a join, so that its condition names known things. */
static struct tl_str others(struct arena *a, const struct tl_plan *plan,
                            const struct tl_plan_node *join,
                            const struct tl_plan_node *of)
{
    struct tl_str list = TL_STR("");
    uint32_t n = 0;

    for (const struct tl_plan_node *o = join + 1;
         o < plan->nodes + join->end && n < OTHERS_MAX; o++) {
        if (!o->relation.n || tl_str_eq(alias_of(o), alias_of(of)))
            continue;
        struct tl_str relation = canon_quoted(o->relation, a);
        struct tl_str alias = canon_quoted(alias_of(o), a);

        list = arena_printf(a, "%.*s, %.*s AS %.*s", TL_FMT(list),
                            TL_FMT(relation), TL_FMT(alias));
        n++;
    }
    return list;
}

static struct tl_str as_query(struct arena *a, const struct tl_plan_node *n,
                              struct tl_str others, struct tl_str condition)
{
    struct tl_str relation = n && n->relation.n ? n->relation : TL_STR("t");
    struct tl_str quoted = canon_quoted(relation, a);
    struct tl_str quoted_alias = canon_quoted(alias_of(n), a);

    condition = subplan_as_sql(condition, a);
    return arena_printf(a, "SELECT FROM %.*s AS %.*s%.*s WHERE %.*s",
                        TL_FMT(quoted), TL_FMT(quoted_alias), TL_FMT(others),
                        TL_FMT(condition));
}

/* Known when the statement is planned, and written there. */
static bool is_literal(const struct tl_tree *t, const struct tl_node *value)
{
    static const uint16_t unknown[] = {
        TL_KIND(COLUMN_REF),
        TL_KIND(PARAM_REF),
        TL_KIND(SUB_LINK),
    };

    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        if (tl_next_of(t, tl_index(t, value), value->end, unknown[i]))
            return false;
    return true;
}

static struct tl_str wrap_name(const struct tl_node *side, struct arena *a)
{
    char text[128];

    if (side->kind != TL_KIND(TYPE_CAST))
        return tl_call_name(side);
    const PgQuery__TypeCast *cast = TL_AS(TYPE_CAST, TypeCast, side);
    if (!cast->type_name)
        return TL_NONE;
    struct tl_type type = canon_type(cast->type_name, a, NULL);
    tl_type_text(&type, text, sizeof(text));
    return arena_str(a, tl_str_c(text));
}

static struct tl_str region(const struct tl_tree *t, const struct tl_node *n,
                            struct tl_str text)
{
    size_t start;
    size_t end;

    tree_region(t, n, text, &start, &end);
    return (struct tl_str){text.p + start, end - start};
}

static struct tl_condition convert(const struct tl_tree *t,
                                   const struct tl_predicate *p,
                                   struct tl_str text, struct arena *a)
{
    struct tl_condition c = {.column = p->ref.column,
                             .wrap = p->wrap,
                             .wrap_name = wrap_name(p->side, a),
                             .op = p->op,
                             .negated = p->negated,
                             .under_or = p->under_or,
                             .expression =
                                 canon_expression(t, p->side, text, a),
                             .term = canon_expression(t, p->expr, text, a)};

    if (p->value) {
        c.value = region(t, p->value, text);
        c.value_is_constant = is_literal(t, p->value);
    }
    return c;
}

static const struct tl_condition *read_query(struct tl_ctx *ctx,
                                             struct tl_str text,
                                             struct tl_str alias,
                                             uint32_t *count)
{
    struct arena *a = ctx->scratch;
    struct parse_result parsed;
    bool more = false;
    uint32_t n;

    parse_statement(text, a, &parsed, &more);
    if (!parsed.ok || more)
        return NULL;
    struct scope *scope = scope_create(&parsed.tree, tl_after(ctx), a);
    const struct tl_predicate *found = predicate_list(scope, false, a, &n);
    struct tl_condition *out = ARENA_ARRAY(a, struct tl_condition, n + 1);
    for (uint32_t i = 0; i < n; i++)
        if (found[i].ref.origin == TL_FROM_TABLE &&
            tl_str_eq(found[i].ref.alias, alias))
            out[(*count)++] = convert(&parsed.tree, &found[i], text, a);
    return out;
}

const struct tl_condition *
condition_list(struct tl_ctx *ctx, const struct tl_plan *plan,
               const struct tl_plan_node *of, const struct tl_plan_node *join,
               struct tl_str condition, uint32_t *count)
{
    struct arena *a = ctx->scratch;

    *count = 0;
    if (!condition.n || condition.n > CONDITION_MAX)
        return NULL;
    struct tl_str more = join ? others(a, plan, join, of) : TL_STR("");
    struct tl_str text = as_query(a, of, more, condition);
    return read_query(ctx, text, alias_of(of), count);
}

const struct tl_condition *tl_plan_conditions(struct tl_ctx *ctx,
                                              const struct tl_plan *plan,
                                              struct tl_str condition,
                                              uint32_t *count)
{
    return condition_list(ctx, plan, owner(plan, condition), NULL, condition,
                          count);
}

bool tl_filter_has_column(struct tl_ctx *ctx, const struct tl_plan_node *n)
{
    struct arena *a = ctx->scratch;
    struct parse_result parsed;
    bool more = false;

    if (!n->filter.n || n->filter.n > CONDITION_MAX)
        return n->filter.n > 0;
    struct tl_str text = as_query(a, n, TL_STR(""), n->filter);
    parse_statement(text, a, &parsed, &more);
    if (!parsed.ok || more)
        return true;
    return tl_next_of(&parsed.tree, 0, parsed.tree.count, TL_KIND(COLUMN_REF));
}
