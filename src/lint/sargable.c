/*
 * sargable.c - does it matter that a filter is written so that no index can
 * serve it?
 *
 * Mostly not: another condition of the same table drives the scan, or there is
 * no index on the column that could have been used. Telling these apart is
 * what keeps query rules from crying at every function.
 */
#include "lint/linter.h"

#include <string.h>

static bool is_one_of(struct tl_str op, const char *const *list)
{
    for (; *list; list++)
        if (tl_str_is(op, *list))
            return true;
    return false;
}

/* What a b-tree looks up, or a pattern index could. */
static bool is_indexable(const struct tl_predicate *p)
{
    static const char *const ops[] = {
        "=",       "<",  ">",   "<=", ">=", "in", "any",
        "between", "~~", "~~*", "~",  "~*", NULL};

    return !p->negated && is_one_of(p->op, ops);
}

static bool is_equality(const struct tl_predicate *p)
{
    static const char *const ops[] = {"=", "in", "any", NULL};

    return is_one_of(p->op, ops);
}

/* The same item of FROM: joined to itself, a table is two. */
static bool same_range(const struct tl_predicate *a,
                       const struct tl_predicate *b)
{
    return a->ref.range && a->ref.range == b->ref.range;
}

/* A condition beside `p` that an index could serve. */
static bool is_other(const struct tl_predicate *p, const struct tl_predicate *o)
{
    return o != p && same_range(p, o) && o->conjunct != p->conjunct &&
           o->select == p->select && o->wrap == TL_WRAP_NONE && !o->under_or &&
           !o->negated && is_indexable(o) &&
           (o->value_is_constant || o->value_is_column);
}

static bool leads(const struct tl_index *x, struct tl_str column)
{
    return x->n_keys && x->keys[0].column.n &&
           tl_str_eq(x->keys[0].column, column);
}

static bool compares(const struct tl_predicate *all, uint32_t n,
                     const struct tl_predicate *p, struct tl_str column)
{
    for (uint32_t i = 0; i < n; i++)
        if (is_other(p, &all[i]) && is_equality(&all[i]) &&
            tl_str_eq(all[i].ref.column, column))
            return true;
    return false;
}

/* Every column of a unique index is compared with =: one row at most. */
static bool finds_one_row(struct tl_ctx *c, const struct tl_predicate *p,
                          const struct tl_predicate *all, uint32_t n)
{
    TL_EACH_INDEX(tl_after(c), p->ref.relation, x) {
        bool whole = x->unique && !x->predicate.n && x->n_keys > 0;

        for (uint32_t k = 0; whole && k < x->n_keys; k++)
            whole =
                x->keys[k].column.n && compares(all, n, p, x->keys[k].column);
        if (whole)
            return true;
    }
    return false;
}

static bool is_narrowed(struct tl_ctx *c, const struct tl_predicate *p,
                        const struct tl_predicate *all, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!is_other(p, &all[i]))
            continue;
        TL_EACH_INDEX(tl_after(c), p->ref.relation, x)
            if (leads(x, all[i].ref.column))
                return true;
    }
    return false;
}

static const struct tl_index *index_on(struct tl_ctx *c,
                                       const struct tl_predicate *p)
{
    TL_EACH_INDEX(tl_after(c), p->ref.relation, x)
        if (leads(x, p->ref.column))
            return x;
    return NULL;
}

/* A pattern (on the right of LIKE): there is nothing to look up in it. */
static bool is_pattern(const struct tl_ctx *c, const struct tl_predicate *p)
{
    static const char *const ops[] = {"~~", "~~*", "~", "~*", NULL};
    size_t side, value, end;

    if (!p->value || !is_one_of(p->op, ops))
        return false;
    tl_node_range(c, p->side, &side, &end);
    tl_node_range(c, p->value, &value, &end);
    return side > value;
}

/* A column of a query around this one is a value here. */
static bool is_of_outer_query(const struct tl_ctx *c,
                              const struct tl_predicate *p)
{
    if (!p->select || !p->ref.range)
        return false;
    TL_EACH(tl_tree(c), p->select, p->ref.range->kind, it)
        if (it == p->ref.range)
            return false;
    return true;
}

/* The server's own catalogs: small, and nobody adds indexes to them. */
static bool is_system(struct tl_name name)
{
    if (name.schema.n)
        return tl_str_is(name.schema, "pg_catalog") ||
               tl_str_is(name.schema, "information_schema");
    return name.name.n > 3 && memcmp(name.name.p, "pg_", 3) == 0;
}

enum tl_severity tl_filter_matters(struct tl_ctx *c,
                                   const struct tl_predicate *p,
                                   const struct tl_index **index)
{
    const struct tl_relation *r = p->ref.relation;
    uint32_t n;

    if (index)
        *index = NULL;
    if (p->ref.origin != TL_FROM_TABLE || p->clause == TL_CLAUSE_HAVING ||
        is_system(p->ref.table) || !is_indexable(p) ||
        !(p->value_is_constant || p->value_is_column))
        return TL_OFF;
    if (is_pattern(c, p) || is_of_outer_query(c, p))
        return TL_OFF;
    /* A join through a computed column may be served from the other side. */
    if (p->wrap != TL_WRAP_NONE && p->value_is_joined)
        return TL_OFF;
    /* In a function a name that the catalog lacks may be a transition table. */
    if (!r && c->unit->in_function)
        return TL_OFF;
    if (!r || r->incomplete || r->uncertain)
        return TL_NOTE;
    bool is_table = r->kind == TL_TABLE || r->kind == TL_PARTITIONED_TABLE ||
                    r->kind == TL_MATVIEW;
    if (!is_table || r->temporary)
        return TL_OFF;
    const struct tl_predicate *all = tl_predicates(c, &n);
    if (tl_expression_index(c, r, p->side) || finds_one_row(c, p, all, n))
        return TL_OFF;
    const struct tl_index *x = index_on(c, p);
    if (index)
        *index = x;
    return x && !is_narrowed(c, p, all, n) ? TL_WARNING : TL_NOTE;
}

struct tl_str tl_step_comparison(struct tl_ctx *c, struct tl_str column,
                                 struct tl_str op, struct tl_str low,
                                 struct tl_str next)
{
    if (tl_str_is(op, "="))
        return tl_printf(c, "%.*s >= %.*s AND %.*s < %.*s", TL_FMT(column),
                         TL_FMT(low), TL_FMT(column), TL_FMT(next));
    if (tl_str_is(op, ">=") || tl_str_is(op, "<"))
        return tl_printf(c, "%.*s %.*s %.*s", TL_FMT(column), TL_FMT(op),
                         TL_FMT(low));
    if (tl_str_is(op, ">"))
        return tl_printf(c, "%.*s >= %.*s", TL_FMT(column), TL_FMT(next));
    if (tl_str_is(op, "<="))
        return tl_printf(c, "%.*s < %.*s", TL_FMT(column), TL_FMT(next));
    return TL_NONE;
}

static bool is_day(struct tl_str s)
{
    static const char form[] = "dddd-dd-dd";

    if (s.n != strlen(form))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (form[i] == 'd' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != form[i])
            return false;
    return true;
}

struct tl_str tl_day_text(struct tl_ctx *c, const struct tl_node *value)
{
    struct tl_str constant = tl_string_constant(value);

    if (is_day(constant))
        return tl_printf(c, "'%.*s'::date", TL_FMT(constant));
    if (value->kind == TL_KIND(SQLVALUE_FUNCTION) &&
        TL_AS(SQLVALUE_FUNCTION, SQLValueFunction, value)->op ==
            PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE)
        return TL_STR("current_date");
    if (value->kind == TL_KIND(PARAM_REF)) {
        struct tl_str text = tl_node_text(c, value);

        return tl_printf(c, "%.*s::date", TL_FMT(text));
    }
    if (value->kind != TL_KIND(TYPE_CAST))
        return TL_NONE;
    const PgQuery__TypeCast *cast = TL_AS(TYPE_CAST, TypeCast, value);
    const PgQuery__TypeName *type = cast->type_name;
    bool to_date =
        type && type->n_names &&
        type->names[type->n_names - 1]->node_case == TL_KIND(STRING) &&
        strcmp(type->names[type->n_names - 1]->string->sval, "date") == 0;
    const struct tl_node *inner = tl_find_wrapped(tl_tree(c), value, cast->arg);
    bool plain = inner && (is_day(tl_string_constant(inner)) ||
                           inner->kind == TL_KIND(PARAM_REF));
    return to_date && plain ? tl_node_text(c, value) : TL_NONE;
}

struct tl_str tl_node_text(const struct tl_ctx *c, const struct tl_node *n)
{
    struct tl_str written = c->unit->written;
    struct tl_str text = written.p ? written : tl_text(c);
    size_t start;
    size_t end;

    tl_node_range(c, n, &start, &end);
    return (struct tl_str){text.p + start, end - start};
}
