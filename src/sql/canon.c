/*
 * canon.c - expressions as comparable text.
 *
 * A writer over the messages with PostgreSQL's operator precedence, so that
 * parentheses come from the tree and not from the text. What the server
 * rewrites when it stores or explains an expression is rewritten here the same
 * way: IN lists and array literals become = ANY (array[...]), BETWEEN becomes
 * two comparisons, casts that only name a constant's type disappear, and a
 * constant stands on the right of a comparison.
 */
#include "sql/canon.h"

#include "base/buf.h"
#include "sql/canon_array.h"
#include "sql/lex.h"
#include "sql/tree.h"

/* Deeper expressions are compared by their tokens. */
#define CANON_DEPTH 200
/* Each unknown part costs a reading of the statement: bound their number. */
#define CANON_UNKNOWN 16
#define CANON_BYTES ((size_t)16 << 20)

/* PostgreSQL's precedence, lowest first. */
enum precedence {
    PREC_NONE,
    PREC_OR,
    PREC_AND,
    PREC_NOT,
    PREC_IS,
    PREC_COMPARE,
    PREC_ANY,
    PREC_OPERATOR,
    PREC_ADD,
    PREC_MULTIPLY,
    PREC_POWER,
    PREC_COLLATE,
    PREC_SIGN,
    PREC_CAST,
    PREC_ATOM,
};

struct canon {
    const struct tl_tree *tree;
    const struct tl_node *top;
    struct tl_str text;
    struct arena *arena;
    struct buf out;
    unsigned depth;
    unsigned unknown;
    bool hopeless; /* too deep or too strange: use the tokens of it all */
};

static void put(struct canon *c, const PgQuery__Node *n, enum precedence min);

static void put_text(struct canon *c, const char *s)
{
    buf_puts(&c->out, s);
}

static void put_list(struct canon *c, PgQuery__Node *const *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            put_text(c, ", ");
        put(c, items[i], PREC_NONE);
    }
}

static void put_name(struct canon *c, struct tl_str name)
{
    buf_str(&c->out, canon_quoted(name, c->arena));
}

static void put_quoted(struct canon *c, struct tl_str s)
{
    buf_char(&c->out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\'')
            buf_char(&c->out, '\'');
        buf_char(&c->out, s.p[i]);
    }
    buf_char(&c->out, '\'');
}

static bool open_paren(struct canon *c, enum precedence own,
                       enum precedence min)
{
    if (own >= min)
        return false;
    buf_char(&c->out, '(');
    return true;
}

static void close_paren(struct canon *c, bool opened)
{
    if (opened)
        buf_char(&c->out, ')');
}

static void put_tokens(struct canon *c, struct tl_str text)
{
    struct lex lex = lex_at(text, 0);
    const char *before = "";

    for (;;) {
        struct lex_token t = lex_next_code(&lex);

        if (t.kind == LEX_END)
            break;
        put_text(c, before);
        before = " ";

        struct tl_str token = lex_text(&lex, t);

        for (size_t i = 0; i < token.n; i++) {
            char ch = token.p[i];
            bool fold = t.kind == LEX_WORD && ch >= 'A' && ch <= 'Z';

            buf_char(&c->out, (char)(fold ? ch - 'A' + 'a' : ch));
        }
    }
}

static void put_unknown(struct canon *c, const ProtobufCMessage *msg)
{
    const struct tl_node *n = tl_find(c->tree, c->top, msg);

    if (!n || ++c->unknown > CANON_UNKNOWN) {
        c->hopeless = true;
        return;
    }

    size_t start;
    size_t end;

    tree_region(c->tree, n, c->text, &start, &end);
    put_tokens(c, (struct tl_str){c->text.p + start, end - start});
}

/* ---- constants ---- */

static void put_const(struct canon *c, const PgQuery__AConst *k)
{
    switch (k->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        buf_printf(&c->out, "%d", k->ival->ival);
        return;
    case PG_QUERY__A__CONST__VAL_FVAL:
        put_text(c, k->fval->fval);
        return;
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        put_text(c, k->boolval->boolval ? "true" : "false");
        return;
    case PG_QUERY__A__CONST__VAL_SVAL:
        put_quoted(c, tl_str_c(k->sval->sval));
        return;
    case PG_QUERY__A__CONST__VAL_BSVAL:
        /* "b0101", "x1f": the letter, then the digits */
        buf_char(&c->out, k->bsval->bsval[0]);
        put_quoted(c, tl_str_c(*k->bsval->bsval ? k->bsval->bsval + 1 : ""));
        return;
    default:
        put_text(c, "null");
        return;
    }
}

/* A constant under any number of casts; NULL when it is not one. */
static const PgQuery__AConst *bare_const(const PgQuery__Node *n)
{
    while (n && n->node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
        n = n->type_cast->arg;
    return n && n->node_case == PG_QUERY__NODE__NODE_A_CONST ? n->a_const
                                                             : NULL;
}

static bool is_constant_array(const PgQuery__Node *n)
{
    if (!n || n->node_case != PG_QUERY__NODE__NODE_A_ARRAY_EXPR)
        return false;
    for (size_t i = 0; i < n->a_array_expr->n_elements; i++)
        if (!bare_const(n->a_array_expr->elements[i]))
            return false;
    return true;
}

/* Would PostgreSQL's index matching put this on the right? */
static bool is_constant(const PgQuery__Node *n)
{
    while (n && n->node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
        n = n->type_cast->arg;
    return n && (n->node_case == PG_QUERY__NODE__NODE_A_CONST ||
                 n->node_case == PG_QUERY__NODE__NODE_PARAM_REF ||
                 n->node_case == PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION ||
                 is_constant_array(n));
}

static bool is_number_type(const struct tl_type *type)
{
    static const char *const names[] = {"int2",   "int4",    "int8", "float4",
                                        "float8", "numeric", "oid"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (tl_str_is(type->name.name, names[i]))
            return true;
    return false;
}

static bool is_number(struct tl_str s)
{
    size_t i = s.n > 0 && s.p[0] == '-';
    bool digit = false;

    for (; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            digit = true;
        else if (s.p[i] != '.')
            return false;
    }
    return digit;
}

/* ---- casts ---- */

static void put_type(struct canon *c, const PgQuery__TypeName *type)
{
    struct tl_type t = canon_type(type, c->arena, NULL);
    char words[256];

    put_text(c, canon_type_words(&t, words, sizeof(words)));
}

/* A cast to text of what the server may well see as text already. */
static bool is_relabel(const PgQuery__Node *arg, const struct tl_type *type)
{
    bool plain =
        type->n_mods == 0 && type->dimensions == 0 && type->name.schema.n == 0;

    if (!plain || !arg || arg->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return false;
    return tl_str_is(type->name.name, "text") ||
           tl_str_is(type->name.name, "varchar") ||
           tl_str_is(type->name.name, "bpchar");
}

/* '{1,2}'::int4[] as array[1, 2]; false when the literal is not so plain. */
static bool put_array_literal(struct canon *c, struct tl_str literal,
                              const struct tl_type *type)
{
    struct array_items items;

    if (!array_literal_read(literal, c->arena, &items))
        return false;
    put_text(c, "array[");
    for (size_t i = 0; i < items.n; i++) {
        struct tl_str item = items.v[i].text;

        if (i > 0)
            put_text(c, ", ");
        if (items.v[i].null)
            put_text(c, "null");
        else if (is_number_type(type) && is_number(item))
            buf_str(&c->out, item);
        else
            put_quoted(c, item);
    }
    put_text(c, "]");
    return true;
}

static void put_constant_cast(struct canon *c, const PgQuery__AConst *k,
                              const struct tl_type *type)
{
    struct tl_str s = k->val_case == PG_QUERY__A__CONST__VAL_SVAL
                          ? tl_str_c(k->sval->sval)
                          : TL_NONE;

    if (s.n > 0 && type->dimensions == 1 && put_array_literal(c, s, type))
        return;
    /* '-1'::integer is how the server writes -1. */
    if (s.n > 0 && is_number_type(type) && is_number(s))
        buf_str(&c->out, s);
    else if (tl_str_is(type->name.name, "bool") &&
             (tl_str_is(s, "t") || tl_str_is(s, "true")))
        put_text(c, "true");
    else if (tl_str_is(type->name.name, "bool") &&
             (tl_str_is(s, "f") || tl_str_is(s, "false")))
        put_text(c, "false");
    else
        put_const(c, k);
}

static void put_cast(struct canon *c, const PgQuery__TypeCast *cast,
                     enum precedence min)
{
    struct tl_type type = canon_type(cast->type_name, c->arena, NULL);
    const PgQuery__Node *arg = cast->arg;

    if (arg && arg->node_case == PG_QUERY__NODE__NODE_A_CONST) {
        put_constant_cast(c, arg->a_const, &type);
        return;
    }
    if (bare_const(arg) || is_constant_array(arg) || is_relabel(arg, &type)) {
        put(c, arg, min);
        return;
    }

    bool paren = open_paren(c, PREC_CAST, min);

    put(c, arg, PREC_CAST);
    put_text(c, "::");
    put_type(c, cast->type_name);
    close_paren(c, paren);
}

/* ---- operators ---- */

static struct tl_str operator_name(const PgQuery__AExpr *e)
{
    const PgQuery__Node *last = e->n_name ? e->name[e->n_name - 1] : NULL;

    return last && last->node_case == PG_QUERY__NODE__NODE_STRING
               ? tl_str_c(last->string->sval)
               : TL_NONE;
}

static const char *mirrored(struct tl_str op)
{
    static const char *const pairs[][2] = {{"=", "="},   {"<>", "<>"},
                                           {"<", ">"},   {">", "<"},
                                           {"<=", ">="}, {">=", "<="}};

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (tl_str_is(op, pairs[i][0]))
            return pairs[i][1];
    return NULL;
}

static enum precedence operator_precedence(struct tl_str op, bool unary)
{
    if (unary)
        return tl_str_is(op, "-") || tl_str_is(op, "+") ? PREC_SIGN
                                                        : PREC_OPERATOR;
    if (mirrored(op))
        return PREC_COMPARE;
    if (tl_str_is(op, "+") || tl_str_is(op, "-"))
        return PREC_ADD;
    if (tl_str_is(op, "*") || tl_str_is(op, "/") || tl_str_is(op, "%"))
        return PREC_MULTIPLY;
    return tl_str_is(op, "^") ? PREC_POWER : PREC_OPERATOR;
}

static void put_binary(struct canon *c, const PgQuery__Node *left,
                       const char *op, const PgQuery__Node *right,
                       enum precedence own, enum precedence min)
{
    bool paren = open_paren(c, own, min);

    /* Comparisons do not associate; everything else does to the left. */
    if (left) {
        put(c, left, own == PREC_COMPARE ? own + 1 : own);
        put_text(c, " ");
    }
    put_text(c, op);
    put_text(c, left ? " " : "");
    put(c, right, own + 1);
    close_paren(c, paren);
}

static void put_operator(struct canon *c, const PgQuery__AExpr *e,
                         enum precedence min)
{
    struct tl_str op = operator_name(e);
    const char *swapped = mirrored(op);
    enum precedence own = operator_precedence(op, !e->lexpr);

    if (e->lexpr && swapped && is_constant(e->lexpr) && !is_constant(e->rexpr))
        put_binary(c, e->rexpr, swapped, e->lexpr, own, min);
    else
        put_binary(c, e->lexpr, op.n ? op.p : "?", e->rexpr, own, min);
}

static void put_quantified(struct canon *c, const PgQuery__AExpr *e,
                           const char *word, enum precedence min)
{
    bool paren = open_paren(c, PREC_COMPARE, min);
    struct tl_str op = operator_name(e);

    put(c, e->lexpr, PREC_COMPARE + 1);
    buf_printf(&c->out, " %.*s %s (", TL_FMT(op), word);
    put(c, e->rexpr, PREC_NONE);
    put_text(c, ")");
    close_paren(c, paren);
}

static void put_in(struct canon *c, const PgQuery__AExpr *e,
                   enum precedence min)
{
    bool in = tl_str_is(operator_name(e), "=");
    const PgQuery__List *list =
        e->rexpr && e->rexpr->node_case == PG_QUERY__NODE__NODE_LIST
            ? e->rexpr->list
            : NULL;

    if (list && list->n_items == 1) {
        put_binary(c, e->lexpr, in ? "=" : "<>", list->items[0], PREC_COMPARE,
                   min);
        return;
    }

    bool paren = open_paren(c, PREC_COMPARE, min);

    put(c, e->lexpr, PREC_COMPARE + 1);
    put_text(c, in ? " = any (array[" : " <> all (array[");
    if (list)
        put_list(c, list->items, list->n_items);
    put_text(c, "])");
    close_paren(c, paren);
}

static void put_between(struct canon *c, const PgQuery__AExpr *e, bool negated,
                        enum precedence min)
{
    const PgQuery__List *list =
        e->rexpr && e->rexpr->node_case == PG_QUERY__NODE__NODE_LIST
            ? e->rexpr->list
            : NULL;

    if (!list || list->n_items != 2) {
        c->hopeless = true;
        return;
    }

    enum precedence own = negated ? PREC_OR : PREC_AND;
    bool paren = open_paren(c, own, min);

    put_binary(c, e->lexpr, negated ? "<" : ">=", list->items[0], PREC_COMPARE,
               own);
    put_text(c, negated ? " or " : " and ");
    put_binary(c, e->lexpr, negated ? ">" : "<=", list->items[1], PREC_COMPARE,
               own);
    close_paren(c, paren);
}

static void put_distinct(struct canon *c, const PgQuery__AExpr *e,
                         const char *words, enum precedence min)
{
    bool swap = is_constant(e->lexpr) && !is_constant(e->rexpr);

    put_binary(c, swap ? e->rexpr : e->lexpr, words, swap ? e->lexpr : e->rexpr,
               PREC_IS, min);
}

static void put_a_expr(struct canon *c, const PgQuery__AExpr *e,
                       enum precedence min)
{
    switch (e->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
        put_operator(c, e, min);
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
        put_quantified(c, e, "any", min);
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        put_quantified(c, e, "all", min);
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        put_in(c, e, min);
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
        put_between(c, e, false, min);
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
        put_between(c, e, true, min);
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
        put_distinct(c, e, "is distinct from", min);
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        put_distinct(c, e, "is not distinct from", min);
        return;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        put_text(c, "nullif(");
        put(c, e->lexpr, PREC_NONE);
        put_text(c, ", ");
        put(c, e->rexpr, PREC_NONE);
        put_text(c, ")");
        return;
    default:
        put_unknown(c, &e->base);
        return;
    }
}

/* a AND (b AND c) is the same list as a AND b AND c. */
static void put_terms(struct canon *c, const PgQuery__BoolExpr *b,
                      const char *word, enum precedence own)
{
    for (size_t i = 0; i < b->n_args; i++) {
        if (i > 0)
            put_text(c, word);
        put(c, b->args[i], own);
    }
}

static void put_bool(struct canon *c, const PgQuery__BoolExpr *b,
                     enum precedence min)
{
    bool or = b->boolop == PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR;
    bool not = b->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR;
    enum precedence own = not ? PREC_NOT : or ? PREC_OR : PREC_AND;
    bool paren = open_paren(c, own, min);

    put_text(c, not ? "not " : "");
    put_terms(c, b, or ? " or " : " and ", own);
    close_paren(c, paren);
}

/* ---- the rest ---- */

static void put_column(struct canon *c, const PgQuery__ColumnRef *ref)
{
    const PgQuery__Node *last =
        ref->n_fields ? ref->fields[ref->n_fields - 1] : NULL;

    if (last && last->node_case == PG_QUERY__NODE__NODE_STRING)
        put_name(c, tl_str_c(last->string->sval));
    else
        put_text(c, "*");
}

static void put_function(struct canon *c, const PgQuery__FuncCall *f)
{
    struct tl_name name = canon_name(f->funcname, f->n_funcname, c->arena);

    if (f->n_agg_order || f->agg_filter || f->over || f->agg_within_group) {
        put_unknown(c, &f->base);
        return;
    }
    if (name.schema.n && !tl_str_is(name.schema, "pg_catalog")) {
        put_name(c, name.schema);
        put_text(c, ".");
    }
    buf_str(&c->out, canon_quoted(name.name, c->arena));
    put_text(c, f->agg_star ? "(*" : f->agg_distinct ? "(distinct " : "(");
    for (size_t i = 0; i < f->n_args; i++) {
        put_text(c, i ? ", " : "");
        put_text(c, f->func_variadic && i + 1 == f->n_args ? "variadic " : "");
        put(c, f->args[i], PREC_NONE);
    }
    put_text(c, ")");
}

static void put_call(struct canon *c, const char *word,
                     PgQuery__Node *const *args, size_t n, const char *end)
{
    put_text(c, word);
    put_list(c, args, n);
    put_text(c, end);
}

static void put_case(struct canon *c, const PgQuery__CaseExpr *e)
{
    put_text(c, "case");
    if (e->arg) {
        put_text(c, " ");
        put(c, e->arg, PREC_NONE);
    }
    for (size_t i = 0; i < e->n_args; i++) {
        const PgQuery__Node *when = e->args[i];

        if (when->node_case != PG_QUERY__NODE__NODE_CASE_WHEN)
            continue;
        put_text(c, " when ");
        put(c, when->case_when->expr, PREC_NONE);
        put_text(c, " then ");
        put(c, when->case_when->result, PREC_NONE);
    }
    if (e->defresult) {
        put_text(c, " else ");
        put(c, e->defresult, PREC_NONE);
    }
    put_text(c, " end");
}

static void put_test(struct canon *c, const PgQuery__Node *arg,
                     const char *words, enum precedence min)
{
    bool paren = open_paren(c, PREC_IS, min);

    put(c, arg, PREC_IS);
    put_text(c, words);
    close_paren(c, paren);
}

static const char *boolean_test_words(PgQuery__BoolTestType type)
{
    switch (type) {
    case PG_QUERY__BOOL_TEST_TYPE__IS_TRUE:
        return " is true";
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE:
        return " is not true";
    case PG_QUERY__BOOL_TEST_TYPE__IS_FALSE:
        return " is false";
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE:
        return " is not false";
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_UNKNOWN:
        return " is not unknown";
    default:
        return " is unknown";
    }
}

/* a[1] and what has steps already stand as they are; (f(x)).y would be another
   expression or none without its parentheses, and (a).b is no column of a. */
static bool wants_parentheses(const PgQuery__AIndirection *a)
{
    int arg = a->arg ? (int)a->arg->node_case : 0;
    bool subscript = a->n_indirection > 0 && a->indirection[0]->node_case ==
                                                 PG_QUERY__NODE__NODE_A_INDICES;

    if (arg == PG_QUERY__NODE__NODE_A_INDIRECTION)
        return false;
    return !subscript || (arg != PG_QUERY__NODE__NODE_COLUMN_REF &&
                          arg != PG_QUERY__NODE__NODE_PARAM_REF);
}

static void put_indirection(struct canon *c, const PgQuery__AIndirection *a)
{
    bool paren = wants_parentheses(a);

    put_text(c, paren ? "(" : "");
    put(c, a->arg, PREC_NONE);
    put_text(c, paren ? ")" : "");
    for (size_t i = 0; i < a->n_indirection; i++) {
        const PgQuery__Node *step = a->indirection[i];

        if (step->node_case == PG_QUERY__NODE__NODE_STRING) {
            put_text(c, ".");
            put_name(c, tl_str_c(step->string->sval));
        } else if (step->node_case == PG_QUERY__NODE__NODE_A_INDICES) {
            put_text(c, "[");
            if (step->a_indices->lidx)
                put(c, step->a_indices->lidx, PREC_NONE);
            put_text(c, step->a_indices->is_slice ? ":" : "");
            if (step->a_indices->uidx)
                put(c, step->a_indices->uidx, PREC_NONE);
            put_text(c, "]");
        } else {
            put_text(c, ".*");
        }
    }
}

static void put_collate(struct canon *c, const PgQuery__CollateClause *e,
                        enum precedence min)
{
    bool paren = open_paren(c, PREC_COLLATE, min);

    put(c, e->arg, PREC_COLLATE);
    put_text(c, " collate ");
    put_name(c, canon_name(e->collname, e->n_collname, c->arena).name);
    close_paren(c, paren);
}

static void put_node(struct canon *c, const PgQuery__Node *n,
                     enum precedence min)
{
    switch ((int)n->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        put_column(c, n->column_ref);
        return;
    case PG_QUERY__NODE__NODE_A_CONST:
        put_const(c, n->a_const);
        return;
    case PG_QUERY__NODE__NODE_PARAM_REF:
        buf_printf(&c->out, "$%d", n->param_ref->number);
        return;
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        put_cast(c, n->type_cast, min);
        return;
    case PG_QUERY__NODE__NODE_A_EXPR:
        put_a_expr(c, n->a_expr, min);
        return;
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        put_bool(c, n->bool_expr, min);
        return;
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        put_function(c, n->func_call);
        return;
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        put_call(c, "coalesce(", n->coalesce_expr->args,
                 n->coalesce_expr->n_args, ")");
        return;
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        put_call(c,
                 n->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_LEAST
                     ? "least("
                     : "greatest(",
                 n->min_max_expr->args, n->min_max_expr->n_args, ")");
        return;
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        put_call(c, "array[", n->a_array_expr->elements,
                 n->a_array_expr->n_elements, "]");
        return;
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        put_call(c, "row(", n->row_expr->args, n->row_expr->n_args, ")");
        return;
    case PG_QUERY__NODE__NODE_LIST:
        put_call(c, "(", n->list->items, n->list->n_items, ")");
        return;
    case PG_QUERY__NODE__NODE_NULL_TEST:
        put_test(c, n->null_test->arg,
                 n->null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL
                     ? " is null"
                     : " is not null",
                 min);
        return;
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        put_test(c, n->boolean_test->arg,
                 boolean_test_words(n->boolean_test->booltesttype), min);
        return;
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        put_case(c, n->case_expr);
        return;
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
        put_indirection(c, n->a_indirection);
        return;
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        put_collate(c, n->collate_clause, min);
        return;
    default:
        put_unknown(c, tl_unwrap(n));
        return;
    }
}

static void put(struct canon *c, const PgQuery__Node *n, enum precedence min)
{
    if (!n || n->node_case == PG_QUERY__NODE__NODE__NOT_SET || c->hopeless)
        return;
    if (++c->depth > CANON_DEPTH)
        c->hopeless = true;
    else
        put_node(c, n, min);
    c->depth--;
}

struct tl_str canon_expression(const struct tl_tree *tree,
                               const struct tl_node *node, struct tl_str text,
                               struct arena *arena)
{
    struct canon c = {.tree = tree, .top = node, .text = text, .arena = arena};
    PgQuery__Node wrapper = PG_QUERY__NODE__INIT;
    union {
        const ProtobufCMessage *in;
        PgQuery__Alias *out;
    } message = {node->msg};

    buf_init(&c.out, CANON_BYTES);
    /* The flat tree left the wrapper out; the writer reads only wrappers. */
    wrapper.node_case = (PgQuery__Node__NodeCase)node->kind;
    wrapper.alias = message.out;
    put(&c, &wrapper, PREC_NONE);
    if (c.hopeless) {
        size_t start;
        size_t end;

        tree_region(tree, node, text, &start, &end);
        buf_clear(&c.out);
        put_tokens(&c, (struct tl_str){text.p + start, end - start});
    }

    struct tl_str result = arena_str(arena, buf_view(&c.out));

    buf_release(&c.out);
    return result;
}
