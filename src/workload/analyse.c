/*
 * analyse.c - what a query shape reads, writes and looks up by.
 *
 * Reads the flat tree of the shape's first text. A shape that does not parse
 * stays in the list as TL_CLASS_OTHER: its executions still count.
 */
#include "workload/shapes.h"

#include "facts/volatility.h"
#include "sql/parse.h"

/* What one shape may name; more is left out. */
#define TABLES_MAX 32
/* Names that may be a CTE's; each is sought among all of them. */
#define NAMES_MAX 1000
#define COLUMNS_MAX 32

struct names {
    struct tl_str v[COLUMNS_MAX];
    uint32_t n;
};

struct table_use {
    struct tl_name name;
    struct tl_str alias;
    bool top; /* in the FROM of the statement itself */
    bool written;
    struct names equal;
    struct names other;
};

struct analysis {
    const struct tl_tree *tree;
    const ProtobufCMessage *where; /* of the statement itself, or NULL */
    struct table_use tables[TABLES_MAX];
    uint32_t n_tables;
    struct tl_str key_column;
    const struct table_use *key_table;
    uint64_t key_params;
    bool batch;     /* = ANY(...), unnest or VALUES in FROM */
    bool listed;    /* IN of several parameters */
    bool constants; /* IN of several constants */
    bool range;     /* compared otherwise at the top */
};

static void add_name(struct names *list, struct tl_str name)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (tl_str_eq(list->v[i], name))
            return;
    if (list->n < COLUMNS_MAX)
        list->v[list->n++] = name;
}

/* ---- tables ---- */

static bool is_cte(const struct tl_tree *t, const char *name)
{
    TL_EACH(t, t->nodes, TL_KIND(COMMON_TABLE_EXPR), n)
        if (strcmp(TL_AS(COMMON_TABLE_EXPR, CommonTableExpr, n)->ctename,
                   name) == 0)
            return true;
    return false;
}

static bool is_top(const struct tl_tree *t, const struct tl_node *n)
{
    for (n = tl_parent(t, n); n; n = tl_parent(t, n))
        if (n->kind == TL_KIND(SUB_LINK) ||
            n->kind == TL_KIND(COMMON_TABLE_EXPR) ||
            n->kind == TL_KIND(RANGE_SUBSELECT))
            return false;
    return true;
}

static const PgQuery__RangeVar *target_of(const struct tl_node *n)
{
    switch (n->kind) {
    case TL_KIND(INSERT_STMT):
        return TL_AS(INSERT_STMT, InsertStmt, n)->relation;
    case TL_KIND(UPDATE_STMT):
        return TL_AS(UPDATE_STMT, UpdateStmt, n)->relation;
    case TL_KIND(DELETE_STMT):
        return TL_AS(DELETE_STMT, DeleteStmt, n)->relation;
    case TL_KIND(MERGE_STMT):
        return TL_AS(MERGE_STMT, MergeStmt, n)->relation;
    default:
        return NULL;
    }
}

static bool is_target(const struct tl_tree *t, const struct tl_node *n)
{
    const struct tl_node *parent = tl_parent(t, n);

    return parent && (const void *)target_of(parent) == (const void *)n->msg;
}

static void find_tables(struct analysis *a)
{
    const struct tl_tree *t = a->tree;
    unsigned names = 0;

    TL_EACH(t, t->nodes, TL_KIND(RANGE_VAR), n) {
        const PgQuery__RangeVar *r = TL_AS(RANGE_VAR, RangeVar, n);
        struct table_use *use = &a->tables[a->n_tables];

        if (a->n_tables >= TABLES_MAX || names++ >= NAMES_MAX)
            return;
        if (!*r->schemaname && is_cte(t, r->relname))
            continue;
        memset(use, 0, sizeof(*use));
        use->name.schema = tl_str_c(r->schemaname);
        use->name.name = tl_str_c(r->relname);
        use->alias = r->alias ? tl_str_c(r->alias->aliasname) : use->name.name;
        use->top = is_top(t, n);
        use->written = is_target(t, n);
        a->n_tables++;
    }
}

static struct table_use *table_of(struct analysis *a, struct tl_str qualifier)
{
    struct table_use *found = NULL;

    for (uint32_t i = 0; i < a->n_tables; i++) {
        struct table_use *use = &a->tables[i];

        if (qualifier.n) {
            if (tl_str_eq(use->alias, qualifier))
                return use;
            continue;
        }
        if (a->n_tables > 1 && !use->top)
            continue;
        if (found)
            return NULL;
        found = use;
    }
    return found;
}

/* ---- comparisons ---- */

static struct tl_str last_string(PgQuery__Node *const *list, size_t n,
                                 size_t from_end)
{
    if (n <= from_end)
        return TL_NONE;
    const PgQuery__Node *node = list[n - 1 - from_end];
    if (node->node_case != PG_QUERY__NODE__NODE_STRING)
        return TL_NONE;
    return tl_str_c(node->string->sval);
}

/* A column, or a column behind a cast. */
static const PgQuery__ColumnRef *column_of(const PgQuery__Node *n)
{
    for (int depth = 0; n && depth < 4; depth++) {
        if (n->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
            return n->column_ref;
        if (n->node_case != PG_QUERY__NODE__NODE_TYPE_CAST)
            return NULL;
        n = n->type_cast->arg;
    }
    return NULL;
}

static bool is_value(const struct analysis *a, const struct tl_node *in,
                     const PgQuery__Node *n)
{
    const struct tl_node *top = tl_find_wrapped(a->tree, in, n);

    if (!top)
        return false;
    for (uint32_t i = tl_index(a->tree, top); i < top->end; i++)
        if (a->tree->nodes[i].kind == TL_KIND(COLUMN_REF) ||
            a->tree->nodes[i].kind == TL_KIND(SUB_LINK))
            return false;
    return true;
}

/* Is it one of the statement's own AND terms? */
static bool is_conjunct(const struct analysis *a, const struct tl_node *n)
{
    while (n && n->msg != a->where) {
        n = tl_parent(a->tree, n);
        if (!n || n->kind != TL_KIND(BOOL_EXPR) ||
            TL_AS(BOOL_EXPR, BoolExpr, n)->boolop !=
                PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR)
            return false;
    }
    return n != NULL;
}

static void note_params(struct analysis *a, const struct tl_node *in,
                        const PgQuery__Node *value)
{
    const struct tl_node *top = tl_find_wrapped(a->tree, in, value);

    if (!top)
        return;
    TL_EACH(a->tree, top, TL_KIND(PARAM_REF), n) {
        int32_t number = TL_AS(PARAM_REF, ParamRef, n)->number;

        if (number >= 1 && number <= 64)
            a->key_params |= (uint64_t)1 << (number - 1);
    }
}

static void note_equal(struct analysis *a, const struct tl_node *n,
                       const PgQuery__ColumnRef *column,
                       const PgQuery__Node *value)
{
    struct tl_str name = last_string(column->fields, column->n_fields, 0);
    struct table_use *table =
        table_of(a, last_string(column->fields, column->n_fields, 1));

    if (!name.n)
        return;
    if (table)
        add_name(&table->equal, name);
    if (!a->where || !is_conjunct(a, n))
        return;
    note_params(a, n, value);
    if (!a->key_column.n) {
        a->key_column = name;
        a->key_table = table;
    }
}

static void note_other(struct analysis *a, const struct tl_node *n,
                       const PgQuery__ColumnRef *column)
{
    struct tl_str name = last_string(column->fields, column->n_fields, 0);
    struct table_use *table =
        table_of(a, last_string(column->fields, column->n_fields, 1));

    if (name.n && table)
        add_name(&table->other, name);
    if (a->where && is_conjunct(a, n))
        a->range = true;
}

/* IN of one element is an equality; of constants a filter, not a batch of
   keys, as long as parameters do the looking up. */
static void note_in(struct analysis *a, const struct tl_node *n,
                    const PgQuery__AExpr *e, const PgQuery__ColumnRef *column)
{
    const PgQuery__Node *right = e->rexpr;

    if (right && right->node_case == PG_QUERY__NODE__NODE_LIST &&
        right->list->n_items == 1) {
        note_equal(a, n, column, right->list->items[0]);
        return;
    }
    note_other(a, n, column);
    const struct tl_node *list = tl_find_wrapped(a->tree, n, right);
    if (!list || !a->where || !is_conjunct(a, n))
        return;
    if (tl_next_of(a->tree, tl_index(a->tree, list), list->end,
                   TL_KIND(PARAM_REF)))
        a->listed = true;
    else
        a->constants = true;
}

static void read_comparison(struct analysis *a, const struct tl_node *n)
{
    const PgQuery__AExpr *e = TL_AS(A_EXPR, AExpr, n);
    const PgQuery__ColumnRef *left = column_of(e->lexpr);
    const PgQuery__ColumnRef *right = column_of(e->rexpr);
    bool equals = tl_str_is(last_string(e->name, e->n_name, 0), "=");
    const PgQuery__ColumnRef *column = left ? left : right;
    const PgQuery__Node *value = left ? e->rexpr : e->lexpr;

    if (!column || (left && right))
        return;
    if (e->kind == PG_QUERY__A__EXPR__KIND__AEXPR_IN && equals) {
        note_in(a, n, e, column);
    } else if (e->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY && equals) {
        note_other(a, n, column);
        a->batch = a->batch || (a->where && is_conjunct(a, n));
    } else if (e->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP && equals &&
               is_value(a, n, value)) {
        note_equal(a, n, column, value);
    } else {
        note_other(a, n, column);
    }
}

static void find_batches(struct analysis *a)
{
    const struct tl_tree *t = a->tree;

    TL_EACH(t, t->nodes, TL_KIND(RANGE_FUNCTION), n)
        if (is_top(t, n))
            a->batch = true;
    TL_EACH(t, t->nodes, TL_KIND(RANGE_SUBSELECT), n) {
        const PgQuery__RangeSubselect *r =
            TL_AS(RANGE_SUBSELECT, RangeSubselect, n);

        if (r->subquery &&
            r->subquery->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
            r->subquery->select_stmt->n_values_lists > 1)
            a->batch = true;
    }
}

/* ---- the statement ---- */

static enum tl_shape_class select_class(const struct analysis *a)
{
    if (a->batch || a->listed || (a->constants && !a->key_params))
        return TL_CLASS_BATCH;
    if (a->key_column.n)
        return TL_CLASS_ONE;
    return a->range ? TL_CLASS_RANGE : TL_CLASS_SCAN;
}

static enum tl_shape_class insert_class(const PgQuery__InsertStmt *s)
{
    size_t rows = 1;

    if (s->select_stmt) {
        if (s->select_stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
            return TL_CLASS_WRITE;
        rows = s->select_stmt->select_stmt->n_values_lists;
    }
    if (rows == 0)
        return TL_CLASS_WRITE;
    if (rows > 1)
        return TL_CLASS_INSERT_MANY;
    return s->on_conflict_clause ? TL_CLASS_UPSERT_ONE : TL_CLASS_INSERT_ONE;
}

static bool inserts_or_nothing(const struct tl_node *root)
{
    if (root->kind != TL_KIND(INSERT_STMT))
        return false;
    const PgQuery__InsertStmt *s = TL_AS(INSERT_STMT, InsertStmt, root);

    return s->on_conflict_clause &&
           s->on_conflict_clause->action ==
               PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_NOTHING;
}

static enum tl_shape_class class_of(const struct analysis *a)
{
    const struct tl_node *root = a->tree->nodes;
    bool keyed = a->key_column.n && !a->batch && !a->listed;

    switch (root->kind) {
    case TL_KIND(SELECT_STMT):
        return select_class(a);
    case TL_KIND(INSERT_STMT):
        return insert_class(TL_AS(INSERT_STMT, InsertStmt, root));
    case TL_KIND(UPDATE_STMT):
        return keyed ? TL_CLASS_UPDATE_ONE : TL_CLASS_WRITE;
    case TL_KIND(DELETE_STMT):
        return keyed ? TL_CLASS_DELETE_ONE : TL_CLASS_WRITE;
    case TL_KIND(MERGE_STMT):
        return TL_CLASS_WRITE;
    default:
        return TL_CLASS_OTHER;
    }
}

static const ProtobufCMessage *where_of(const struct tl_node *root)
{
    switch (root->kind) {
    case TL_KIND(SELECT_STMT):
        return tl_unwrap(TL_AS(SELECT_STMT, SelectStmt, root)->where_clause);
    case TL_KIND(UPDATE_STMT):
        return tl_unwrap(TL_AS(UPDATE_STMT, UpdateStmt, root)->where_clause);
    case TL_KIND(DELETE_STMT):
        return tl_unwrap(TL_AS(DELETE_STMT, DeleteStmt, root)->where_clause);
    default:
        return NULL;
    }
}

static size_t outputs_of(const struct tl_node *root, PgQuery__Node ***list)
{
    switch (root->kind) {
    case TL_KIND(SELECT_STMT):
        *list = TL_AS(SELECT_STMT, SelectStmt, root)->target_list;
        return TL_AS(SELECT_STMT, SelectStmt, root)->n_target_list;
    case TL_KIND(INSERT_STMT):
        *list = TL_AS(INSERT_STMT, InsertStmt, root)->returning_list;
        return TL_AS(INSERT_STMT, InsertStmt, root)->n_returning_list;
    case TL_KIND(UPDATE_STMT):
        *list = TL_AS(UPDATE_STMT, UpdateStmt, root)->returning_list;
        return TL_AS(UPDATE_STMT, UpdateStmt, root)->n_returning_list;
    case TL_KIND(DELETE_STMT):
        *list = TL_AS(DELETE_STMT, DeleteStmt, root)->returning_list;
        return TL_AS(DELETE_STMT, DeleteStmt, root)->n_returning_list;
    default:
        *list = NULL;
        return 0;
    }
}

static bool is_aggregate(const PgQuery__FuncCall *f)
{
    static const char *const names[] = {"count",    "sum",       "max",
                                        "min",      "avg",       "bool_or",
                                        "bool_and", "array_agg", "string_agg"};
    struct tl_str name = last_string(f->funcname, f->n_funcname, 0);

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (tl_str_is(name, names[i]))
            return !f->over;
    return false;
}

static void read_outputs(const struct tl_node *root, struct names *columns,
                         struct tl_shape *shape, struct shape_extra *extra)
{
    PgQuery__Node **list;
    size_t n = outputs_of(root, &list);
    size_t aggregates = 0;

    for (size_t i = 0; i < n; i++) {
        const PgQuery__Node *value =
            list[i]->node_case == PG_QUERY__NODE__NODE_RES_TARGET
                ? list[i]->res_target->val
                : NULL;
        const PgQuery__ColumnRef *column = column_of(value);

        if (value && value->node_case == PG_QUERY__NODE__NODE_FUNC_CALL)
            aggregates += is_aggregate(value->func_call);
        if (!column)
            continue;
        struct tl_str name = last_string(column->fields, column->n_fields, 0);
        if (name.n)
            add_name(columns, name);
        else
            shape->selects_star = true;
    }
    extra->returning = root->kind != TL_KIND(SELECT_STMT) && n > 0;
    if (root->kind != TL_KIND(SELECT_STMT))
        return;
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, root);
    const PgQuery__Node *limit = s->limit_count;
    extra->single_row =
        (aggregates > 0 && s->n_group_clause == 0) ||
        (limit && limit->node_case == PG_QUERY__NODE__NODE_A_CONST &&
         limit->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL &&
         limit->a_const->ival->ival == 1);
    extra->pages = limit && s->n_sort_clause > 0;
    extra->skips = s->limit_offset != NULL;
}

static void read_calls(const struct tl_tree *t, struct tl_shape *shape)
{
    TL_EACH(t, t->nodes, TL_KIND(FUNC_CALL), n) {
        const PgQuery__FuncCall *f = TL_AS(FUNC_CALL, FuncCall, n);
        struct tl_str name = last_string(f->funcname, f->n_funcname, 0);
        enum tl_volatility v = volatility_of(name);

        /* A function of the user's own may do anything. */
        if (v == TL_VOLATILE || v == TL_VOLATILITY_UNKNOWN)
            shape->volatile_call = true;
    }
    TL_EACH(t, t->nodes, TL_KIND(SELECT_STMT), n)
        if (TL_AS(SELECT_STMT, SelectStmt, n)->n_locking_clause > 0)
            shape->locking = true;
}

static bool is_system(struct tl_name name)
{
    if (name.schema.n)
        return tl_str_is(name.schema, "pg_catalog") ||
               tl_str_is(name.schema, "information_schema");
    return name.name.n > 3 && memcmp(name.name.p, "pg_", 3) == 0;
}

static enum statement_role role_of(const struct analysis *a)
{
    for (uint32_t i = 0; i < a->n_tables; i++)
        if (!is_system(a->tables[i].name))
            return ROLE_QUERY;
    return ROLE_IGNORED;
}

/* ---- into the run's memory ---- */

static const struct tl_str *keep_names(struct arena *arena,
                                       const struct names *list)
{
    if (!list->n)
        return NULL;
    struct tl_str *out = ARENA_ARRAY(arena, struct tl_str, list->n);
    for (uint32_t i = 0; i < list->n; i++)
        out[i] = arena_str(arena, list->v[i]);
    return out;
}

static struct tl_name keep_name(struct arena *arena, struct tl_name name)
{
    return (struct tl_name){arena_str(arena, name.schema),
                            arena_str(arena, name.name)};
}

static void keep_tables(struct arena *arena, const struct analysis *a,
                        struct tl_shape *shape)
{
    if (!a->n_tables)
        return;
    struct tl_shape_table *out =
        ARENA_ARRAY(arena, struct tl_shape_table, a->n_tables);

    for (uint32_t i = 0; i < a->n_tables; i++) {
        const struct table_use *use = &a->tables[i];

        out[i].name = keep_name(arena, use->name);
        out[i].equal = keep_names(arena, &use->equal);
        out[i].n_equal = use->equal.n;
        out[i].other = keep_names(arena, &use->other);
        out[i].n_other = use->other.n;
        out[i].written = use->written;
        if (a->key_table == use)
            shape->key_table = out[i].name;
    }
    shape->tables = out;
    shape->n_tables = a->n_tables;
    shape->key_column = arena_str(arena, a->key_column);
}

void shapes_analyse(struct arena *run, struct arena *scratch,
                    struct tl_str text, struct tl_shape *shape,
                    struct shape_extra *extra)
{
    struct parse_result parsed;
    bool more = false;
    struct names columns = {.n = 0};

    extra->role = ROLE_QUERY;
    if (text.n > SHAPES_PARSE_MAX)
        return;
    parse_statement(text, scratch, &parsed, &more);
    if (!parsed.ok || !parsed.tree.count)
        return;
    struct analysis *a = ARENA_NEW(scratch, struct analysis);
    a->tree = &parsed.tree;
    a->where = where_of(parsed.tree.nodes);
    find_tables(a);
    TL_EACH(a->tree, a->tree->nodes, TL_KIND(A_EXPR), n)
        read_comparison(a, n);
    find_batches(a);
    shape->class = class_of(a);
    read_outputs(parsed.tree.nodes, &columns, shape, extra);
    read_calls(a->tree, shape);
    shape->selected = keep_names(run, &columns);
    shape->n_selected = columns.n;
    keep_tables(run, a, shape);
    extra->parsed = true;
    extra->role = role_of(a);
    extra->or_nothing = inserts_or_nothing(parsed.tree.nodes);
    extra->is_select = parsed.tree.nodes->kind == TL_KIND(SELECT_STMT);
    extra->key_params = a->key_params;
    extra->pages = extra->skips || (extra->pages && a->range);
    extra->has_params =
        tl_next_of(a->tree, 0, a->tree->count, TL_KIND(PARAM_REF)) != NULL;
}
