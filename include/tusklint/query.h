/*
 * query.h - what the names in a query mean, and what its filters ask for.
 */
#ifndef TUSKLINT_QUERY_H
#define TUSKLINT_QUERY_H

#include <tusklint/schema.h>
#include <tusklint/tree.h>

struct tl_ctx;

enum tl_origin {
    TL_FROM_TABLE, /* a table, view or materialized view */
    TL_FROM_CTE,
    TL_FROM_SUBQUERY,
    TL_FROM_FUNCTION, /* set-returning function, VALUES, JSON_TABLE ... */
    TL_FROM_UNKNOWN,  /* the name does not resolve here */
};

/* What a column reference in a query stands for. */
struct tl_column_ref {
    enum tl_origin origin;
    struct tl_name table; /* TL_FROM_TABLE: as written in FROM */
    struct tl_str alias;  /* the name it goes by in the query */
    struct tl_str column;
    const struct tl_node *range; /* RangeVar, RangeSubselect ...; or NULL */
    const struct tl_relation *relation; /* NULL: not in the catalog */
    const struct tl_column *definition; /* NULL: not in the catalog */
};

/*
 * Resolves a ColumnRef node (not `*`) in its place: aliases, CTEs, subqueries
 * and outer queries are followed; an unqualified name is looked for in every
 * relation of the nearest FROM whose columns the catalog knows, and belongs to
 * the only relation there when there is just one. False: nothing to say.
 */
bool tl_resolve_column(struct tl_ctx *, const struct tl_node *column_ref,
                       struct tl_column_ref *out);

/* What stands between the column and the operator. */
enum tl_wrap {
    TL_WRAP_NONE,
    TL_WRAP_CAST,       /* column::type, CAST(column AS type) */
    TL_WRAP_FUNCTION,   /* f(column, ...); EXTRACT, COALESCE too */
    TL_WRAP_ARITHMETIC, /* column + 1, -column, column || 'x' */
    TL_WRAP_TIME_ZONE,  /* column AT TIME ZONE z */
    TL_WRAP_OTHER,      /* CASE, a row, a subscript, -> and ->> ... */
};

enum tl_clause { TL_CLAUSE_WHERE, TL_CLAUSE_JOIN, TL_CLAUSE_HAVING };

/* One comparison of a filter that mentions a column. */
struct tl_predicate {
    const struct tl_node *expr;   /* the comparison itself */
    const struct tl_node *side;   /* the operand that holds the column */
    const struct tl_node *column; /* the ColumnRef in it */
    const struct tl_node *value;  /* the other operand; NULL for IS NULL */
    enum tl_wrap wrap;            /* outermost thing around the column */
    struct tl_str op; /* "=", "<", "~~", "in", "any", "between", "is null",
                         "is not null", "is distinct from", "exists" ...;
                         BETWEEN's value is the List of both bounds */
    struct tl_column_ref ref;
    enum tl_clause clause;
    uint32_t conjunct; /* equal numbers: the same top-level AND term */
    bool negated;      /* under NOT, or a negative operator (<>, !~~, NOT IN) */
    bool under_or;
    bool value_is_constant;       /* mentions no column of the same FROM item */
    bool value_is_column;         /* it is a plain column of another relation */
    bool value_is_joined;         /* it mentions columns of other FROM items */
    const struct tl_node *select; /* the SelectStmt/UpdateStmt/DeleteStmt */
};

/* All predicates of the statement, in order; computed once and kept. */
const struct tl_predicate *tl_predicates(struct tl_ctx *, uint32_t *count);

/*
 * The expression's canonical text: keywords lower, one blank between tokens,
 * no redundant parentheses, column qualifiers dropped, type names canonical
 * (varchar, int4), casts of string constants dropped. Two expressions that
 * PostgreSQL would match to one another have equal texts. From the unit's
 * arena.
 */
struct tl_str tl_expression_text(struct tl_ctx *, const struct tl_node *);

/* The unqualified name of the function a FuncCall node calls, folded:
   "lower"; none for other nodes. COALESCE is "coalesce". */
static inline struct tl_str tl_call_name(const struct tl_node *n)
{
    if (n->kind == TL_KIND(COALESCE_EXPR))
        return TL_STR("coalesce");
    if (n->kind != TL_KIND(FUNC_CALL))
        return TL_NONE;
    const PgQuery__FuncCall *call = TL_AS(FUNC_CALL, FuncCall, n);
    if (call->n_funcname == 0)
        return TL_NONE;
    const PgQuery__Node *last = call->funcname[call->n_funcname - 1];
    return last->node_case == TL_KIND(STRING) ? tl_str_c(last->string->sval)
                                              : TL_NONE;
}

/* The text of a string constant node; none for anything else. */
static inline struct tl_str tl_string_constant(const struct tl_node *n)
{
    if (!n || n->kind != TL_KIND(A_CONST))
        return TL_NONE;
    const PgQuery__AConst *c = TL_AS(A_CONST, AConst, n);
    if (c->val_case != PG_QUERY__A__CONST__VAL_SVAL || !c->sval->sval)
        return TL_NONE;
    return (struct tl_str){c->sval->sval, strlen(c->sval->sval)};
}

/*
 * How much it matters that no index can serve this filter as it is written:
 * TL_WARNING when an index begins with the bare column (given in *index, which
 * may be NULL) and nothing else narrows the table, TL_NOTE when no such index
 * is known, or another condition on the table has one; TL_OFF when it does not
 * matter: an index on this very expression, a unique key that is compared, a
 * column that is no table's, a filter that no index could ever serve.
 */
enum tl_severity tl_filter_matters(struct tl_ctx *, const struct tl_predicate *,
                                   const struct tl_index **index);

/*
 * "column op value" for a filter on something that rounds its column down to a
 * step (a day, a month): `low` is the value compared with, `next` the step
 * after it. Equal for every column value to `f(column) op value`; none for
 * operators that have no such form.
 */
struct tl_str tl_step_comparison(struct tl_ctx *, struct tl_str column,
                                 struct tl_str op, struct tl_str low,
                                 struct tl_str next);
/* A day as an expression of type date: a constant, a parameter or
   current_date; none for what may not be one. */
struct tl_str tl_day_text(struct tl_ctx *, const struct tl_node *value);

/* The text of a node, as it stands in the statement. */
struct tl_str tl_node_text(const struct tl_ctx *, const struct tl_node *);

/* An index whose key is this very expression, or NULL. */
const struct tl_index *tl_expression_index(struct tl_ctx *,
                                           const struct tl_relation *,
                                           const struct tl_node *expr);

#endif
