/*
 * scope.c - what the column names in a statement stand for.
 *
 * One pass over the tree notes, for every node, the nearest ancestor that
 * gives or hides names (a query, a join, an item of FROM) and the child of it
 * that the way goes through; a lookup then climbs from one to the next. The
 * FROM items of a query are collected when first asked for. An unqualified
 * name is settled by what each item is known to have, and left alone when two
 * items may have it.
 */
#include "lint/scope.h"

#include "base/vec.h"

/* More FROM items than any person writes; the rest resolves to nothing. */
#define MAX_ITEMS 1024
/* Subqueries within subqueries that a column is followed through. */
#define MAX_FOLLOW 16
/* Arms of a UNION that are passed on the way to its first one. */
#define MAX_ARMS 64

/* One thing that FROM (or UPDATE, MERGE ...) brings into view. */
struct item {
    const struct tl_node *range;
    enum tl_origin origin;
    struct tl_name table;
    struct tl_str alias; /* or the table's name */
    bool has_alias;
    PgQuery__Node *const *columns; /* of the alias, or of the CTE */
    size_t n_columns;
    const ProtobufCMessage *query; /* CTE, subquery */
    const struct tl_node *query_node;
    const struct tl_relation *relation;
};

struct level {
    struct item *items;
    size_t n;
};

struct scope {
    const struct tl_tree *tree;
    struct tl_schema schema;
    struct arena *arena;
    uint32_t *up;          /* nearest ancestor that matters; TL_NO_NODE */
    uint32_t *via;         /* its child on the way */
    struct level **levels; /* by node; made when asked for */
};

struct name {
    struct tl_str schema;
    struct tl_str table;
    struct tl_str column;
};

static bool matters(uint16_t kind)
{
    switch ((int)kind) {
    case TL_KIND(SELECT_STMT):
    case TL_KIND(UPDATE_STMT):
    case TL_KIND(DELETE_STMT):
    case TL_KIND(INSERT_STMT):
    case TL_KIND(MERGE_STMT):
    case TL_KIND(INDEX_STMT):
    case TL_KIND(CREATE_STMT):
    case TL_KIND(ALTER_TABLE_STMT):
    case TL_KIND(CREATE_POLICY_STMT):
    case TL_KIND(JOIN_EXPR):
    case TL_KIND(RANGE_SUBSELECT):
        return true;
    default:
        return false;
    }
}

struct scope *scope_create(const struct tl_tree *tree, struct tl_schema schema,
                           struct arena *arena)
{
    struct scope *s = ARENA_NEW(arena, struct scope);

    *s = (struct scope){.tree = tree, .schema = schema, .arena = arena};
    s->up = ARENA_ARRAY(arena, uint32_t, tree->count);
    s->via = ARENA_ARRAY(arena, uint32_t, tree->count);
    s->levels = ARENA_ARRAY(arena, struct level *, tree->count);
    for (uint32_t i = 0; i < tree->count; i++) {
        uint32_t parent = tree->nodes[i].parent;

        if (parent == TL_NO_NODE) {
            s->up[i] = TL_NO_NODE;
            s->via[i] = i;
        } else if (matters(tree->nodes[parent].kind)) {
            s->up[i] = parent;
            s->via[i] = i;
        } else {
            s->up[i] = s->up[parent];
            s->via[i] = s->via[parent];
        }
    }
    return s;
}

const struct tl_tree *scope_tree(const struct scope *s)
{
    return s->tree;
}

static struct tl_str node_string(const PgQuery__Node *n)
{
    return n && n->node_case == PG_QUERY__NODE__NODE_STRING
               ? tl_str_c(n->string->sval)
               : TL_NONE;
}

/* Which field of its parent does a node come from? */
static bool is_field(const struct scope *s, uint32_t node, const char *field)
{
    const struct tl_node *n = &s->tree->nodes[node];
    const struct tl_node *parent = tl_parent(s->tree, n);

    return parent &&
           strcmp(parent->msg->descriptor->fields[n->field].name, field) == 0;
}

/* ---- common table expressions ---- */

static const PgQuery__WithClause *with_of(const struct tl_node *n)
{
    switch ((int)n->kind) {
    case TL_KIND(SELECT_STMT):
        return TL_AS(SELECT_STMT, SelectStmt, n)->with_clause;
    case TL_KIND(INSERT_STMT):
        return TL_AS(INSERT_STMT, InsertStmt, n)->with_clause;
    case TL_KIND(UPDATE_STMT):
        return TL_AS(UPDATE_STMT, UpdateStmt, n)->with_clause;
    case TL_KIND(DELETE_STMT):
        return TL_AS(DELETE_STMT, DeleteStmt, n)->with_clause;
    case TL_KIND(MERGE_STMT):
        return TL_AS(MERGE_STMT, MergeStmt, n)->with_clause;
    default:
        return NULL;
    }
}

/* The CTE that a node is written in, when `via` is its WITH clause. */
static const void *own_cte(const struct scope *s, uint32_t via, uint32_t node)
{
    const struct tl_node *with = &s->tree->nodes[via];

    if (with->kind != TL_KIND(WITH_CLAUSE))
        return NULL;
    TL_CHILDREN(s->tree, with, cte) {
        if (tl_inside(s->tree, cte, &s->tree->nodes[node]))
            return cte->msg;
    }
    return NULL;
}

static const PgQuery__CommonTableExpr *
find_cte(const struct scope *s, uint32_t node, struct tl_str name)
{
    for (uint32_t at = node; s->up[at] != TL_NO_NODE; at = s->up[at]) {
        const PgQuery__WithClause *with = with_of(&s->tree->nodes[s->up[at]]);

        if (!with)
            continue;

        const void *inside = own_cte(s, s->via[at], node);

        for (size_t i = 0; i < with->n_ctes; i++) {
            const PgQuery__Node *n = with->ctes[i];

            if (n->node_case != PG_QUERY__NODE__NODE_COMMON_TABLE_EXPR)
                continue;
            /* Without RECURSIVE a CTE sees only those before it. */
            if (n->common_table_expr == inside && !with->recursive)
                break;
            if (tl_str_eq(tl_str_c(n->common_table_expr->ctename), name))
                return n->common_table_expr;
        }
    }
    return NULL;
}

/* ---- the items of FROM ---- */

static void set_alias(struct item *it, const PgQuery__Alias *alias)
{
    if (!alias)
        return;
    it->has_alias = true;
    it->alias = tl_str_c(alias->aliasname);
    if (alias->n_colnames) {
        it->columns = alias->colnames;
        it->n_columns = alias->n_colnames;
    }
}

static void set_table(const struct scope *s, struct item *it)
{
    const PgQuery__RangeVar *var = TL_AS(RANGE_VAR, RangeVar, it->range);
    const PgQuery__CommonTableExpr *cte = NULL;

    it->table.schema = tl_str_c(var->schemaname);
    it->table.name = tl_str_c(var->relname);
    it->alias = it->table.name;
    if (it->table.schema.n == 0)
        cte = find_cte(s, tl_index(s->tree, it->range), it->table.name);
    if (cte) {
        it->origin = TL_FROM_CTE;
        it->query = tl_unwrap(cte->ctequery);
        it->columns = cte->aliascolnames;
        it->n_columns = cte->n_aliascolnames;
    } else {
        it->origin = TL_FROM_TABLE;
        it->relation = tl_find_relation(s->schema, it->table, NULL);
    }
    set_alias(it, var->alias);
}

/* Functions, XMLTABLE, JSON_TABLE: all keep their alias in such a child. */
static void set_other(const struct scope *s, struct item *it)
{
    it->origin = TL_FROM_FUNCTION;
    TL_CHILDREN(s->tree, it->range, child) {
        if (child->kind == TL_KIND(ALIAS))
            set_alias(it, TL_AS(ALIAS, Alias, child));
    }
}

static struct item make_item(const struct scope *s, const struct tl_node *n)
{
    struct item it = {.range = n};

    if (n->kind == TL_KIND(RANGE_VAR)) {
        set_table(s, &it);
    } else if (n->kind == TL_KIND(RANGE_SUBSELECT)) {
        const PgQuery__RangeSubselect *sub =
            TL_AS(RANGE_SUBSELECT, RangeSubselect, n);

        it.origin = TL_FROM_SUBQUERY;
        it.query = tl_unwrap(sub->subquery);
        set_alias(&it, sub->alias);
    } else {
        set_other(s, &it);
    }
    if (it.query)
        it.query_node = tl_find(s->tree, s->tree->nodes, it.query);
    return it;
}

static bool is_from_field(const char *field)
{
    static const char *const fields[] = {
        "relation", "from_clause", "using_clause", "source_relation", "table"};

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        if (strcmp(field, fields[i]) == 0)
            return true;
    return false;
}

/* Joins and samples are opened on the way, left before right; the array is
   in preorder already, so a leaf's slice is passed over and all is in order. */
static void collect_items(const struct scope *s, const struct tl_node *top,
                          struct level *level)
{
    VEC(struct item) items = VEC_INIT;

    TL_CHILDREN(s->tree, top, child) {
        const ProtobufCFieldDescriptor *fields = top->msg->descriptor->fields;

        if (!is_from_field(fields[child->field].name))
            continue;
        for (uint32_t i = tl_index(s->tree, child);
             i < child->end && items.n < MAX_ITEMS;) {
            const struct tl_node *n = &s->tree->nodes[i];
            bool container = n->kind == TL_KIND(JOIN_EXPR) ||
                             n->kind == TL_KIND(RANGE_TABLE_SAMPLE);
            bool part = n != child &&
                        (is_field(s, i, "larg") || is_field(s, i, "rarg") ||
                         is_field(s, i, "relation"));

            if (container && (n == child || part)) {
                i++;
                continue;
            }
            if (n == child || part)
                vec_push(&items, make_item(s, n));
            i = n->end;
        }
    }
    level->n = items.n;
    level->items = ARENA_ARRAY(s->arena, struct item, items.n);
    if (items.n)
        memcpy(level->items, items.v, items.n * sizeof(*items.v));
    vec_release(&items);
}

static const struct level *level_of(struct scope *s, uint32_t node)
{
    if (!s->levels[node]) {
        s->levels[node] = ARENA_NEW(s->arena, struct level);
        collect_items(s, &s->tree->nodes[node], s->levels[node]);
    }
    return s->levels[node];
}

/* ---- what an item has ---- */

static bool find_named(struct scope *, uint32_t level, uint32_t from,
                       const struct name *, unsigned depth,
                       struct tl_column_ref *);

static bool is_system_column(struct tl_str name)
{
    static const char *const names[] = {"ctid", "xmin", "xmax",
                                        "cmin", "cmax", "tableoid"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (tl_str_is(name, names[i]))
            return true;
    return false;
}

/* Position among the alias's columns, from 1; 0 when it is not there. */
static size_t alias_position(const struct item *it, struct tl_str name)
{
    for (size_t i = 0; i < it->n_columns; i++)
        if (tl_str_eq(node_string(it->columns[i]), name))
            return i + 1;
    return 0;
}

struct targets {
    PgQuery__Node *const *v;
    size_t n;
    bool known; /* false: VALUES and the like */
};

/* A query's output columns: of a UNION those of its first arm. */
static struct targets targets_of(const ProtobufCMessage *query)
{
    struct targets none = {NULL, 0, false};

    for (int arms = 0; query && arms < MAX_ARMS; arms++) {
        if (query->descriptor == &pg_query__insert_stmt__descriptor) {
            const PgQuery__InsertStmt *q = (const void *)query;
            return (struct targets){q->returning_list, q->n_returning_list,
                                    true};
        }
        if (query->descriptor == &pg_query__update_stmt__descriptor) {
            const PgQuery__UpdateStmt *q = (const void *)query;
            return (struct targets){q->returning_list, q->n_returning_list,
                                    true};
        }
        if (query->descriptor == &pg_query__delete_stmt__descriptor) {
            const PgQuery__DeleteStmt *q = (const void *)query;
            return (struct targets){q->returning_list, q->n_returning_list,
                                    true};
        }
        if (query->descriptor != &pg_query__select_stmt__descriptor)
            return none;

        const PgQuery__SelectStmt *q = (const void *)query;

        if (!q->larg)
            return (struct targets){q->target_list, q->n_target_list,
                                    q->n_values_lists == 0};
        query = &q->larg->base;
    }
    return none;
}

static const PgQuery__ColumnRef *plain_column(const PgQuery__Node *target)
{
    const PgQuery__Node *value =
        target->node_case == PG_QUERY__NODE__NODE_RES_TARGET
            ? target->res_target->val
            : NULL;

    return value && value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF
               ? value->column_ref
               : NULL;
}

static bool is_star(const PgQuery__ColumnRef *ref)
{
    return ref && ref->n_fields &&
           ref->fields[ref->n_fields - 1]->node_case ==
               PG_QUERY__NODE__NODE_A_STAR;
}

static struct tl_str target_name(const PgQuery__Node *target)
{
    if (target->node_case != PG_QUERY__NODE__NODE_RES_TARGET)
        return TL_NONE;
    if (*target->res_target->name)
        return tl_str_c(target->res_target->name);

    const PgQuery__Node *value = target->res_target->val;

    while (value && value->node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
        value = value->type_cast->arg;
    if (!value)
        return TL_NONE;
    if (value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
        return node_string(
            value->column_ref->fields[value->column_ref->n_fields - 1]);
    if (value->node_case == PG_QUERY__NODE__NODE_FUNC_CALL)
        return node_string(
            value->func_call->funcname[value->func_call->n_funcname - 1]);
    return TL_NONE;
}

/* The output column: by its place when the alias names it, else by name. */
static const PgQuery__Node *find_target(const struct item *it,
                                        struct tl_str name, bool *star)
{
    struct targets t = targets_of(it->query);
    size_t position = alias_position(it, name);

    *star = !t.known;
    for (size_t i = 0; i < t.n; i++) {
        if (is_star(plain_column(t.v[i]))) {
            *star = true;
            if (position)
                return NULL;
        } else if (position ? i + 1 == position
                            : i >= it->n_columns &&
                                  tl_str_eq(target_name(t.v[i]), name)) {
            return t.v[i];
        }
    }
    return NULL;
}

static bool has_columns(const struct scope *s, const struct tl_relation *r)
{
    return tl_next_column(s->schema, r, NULL) != NULL;
}

static enum tl_know item_has(const struct scope *s, const struct item *it,
                             struct tl_str name)
{
    if (alias_position(it, name))
        return TL_YES;
    if (it->origin == TL_FROM_TABLE) {
        const struct tl_relation *r = it->relation;

        if (is_system_column(name))
            return TL_YES;
        if (!r)
            return TL_UNKNOWN;
        if (tl_find_column(s->schema, r, name))
            return TL_YES;
        return r->incomplete || r->uncertain || !has_columns(s, r) ? TL_UNKNOWN
                                                                   : TL_NO;
    }
    if (it->origin == TL_FROM_FUNCTION)
        return tl_str_eq(it->alias, name) ? TL_YES
               : it->n_columns            ? TL_NO
                                          : TL_UNKNOWN;

    bool star;

    if (find_target(it, name, &star))
        return TL_YES;
    return star ? TL_UNKNOWN : TL_NO;
}

/* ---- following a column to where it is kept ---- */

static const struct tl_column *
column_number(const struct scope *s, const struct tl_relation *r, size_t number)
{
    TL_EACH_COLUMN(s->schema, r, c) {
        if (--number == 0)
            return c;
    }
    return NULL;
}

static bool read_name(const PgQuery__ColumnRef *ref, struct name *out)
{
    *out = (struct name){TL_NONE, TL_NONE, TL_NONE};
    if (ref->n_fields == 0 || ref->n_fields > 4)
        return false;
    out->column = node_string(ref->fields[ref->n_fields - 1]);
    if (ref->n_fields > 1)
        out->table = node_string(ref->fields[ref->n_fields - 2]);
    if (ref->n_fields > 2)
        out->schema = node_string(ref->fields[ref->n_fields - 3]);
    return out->column.n > 0;
}

/* Fills in the table's side of a column that a subquery hands on. */
static void follow(struct scope *s, const struct item *it, unsigned depth,
                   struct tl_column_ref *out)
{
    bool star;
    const PgQuery__Node *target = find_target(it, out->column, &star);
    const struct tl_node *query = it->query_node;
    struct name name = {TL_NONE, TL_NONE, out->column};
    struct tl_column_ref inner;

    /* The arms of a UNION meet in one column: that is no table's. */
    if (!query || depth >= MAX_FOLLOW ||
        (query->kind == TL_KIND(SELECT_STMT) &&
         TL_AS(SELECT_STMT, SelectStmt, query)->larg))
        return;
    if (target) {
        const PgQuery__ColumnRef *ref = plain_column(target);

        if (!ref || !read_name(ref, &name))
            return;
    } else if (!star || alias_position(it, out->column)) {
        return;
    }
    if (!find_named(s, tl_index(s->tree, query), TL_NO_NODE, &name, depth + 1,
                    &inner))
        return;
    out->relation = inner.relation;
    out->definition = inner.definition;
}

static void fill(struct scope *s, const struct item *it, struct tl_str column,
                 unsigned depth, struct tl_column_ref *out)
{
    *out = (struct tl_column_ref){.origin = it->origin,
                                  .table = it->table,
                                  .alias = it->alias,
                                  .column = column,
                                  .range = it->range,
                                  .relation = it->relation};
    if (it->origin == TL_FROM_CTE || it->origin == TL_FROM_SUBQUERY) {
        out->table = (struct tl_name){TL_NONE, TL_NONE};
        follow(s, it, depth, out);
    }
    if (it->origin != TL_FROM_TABLE || !it->relation)
        return;

    size_t position = alias_position(it, column);

    out->definition = position
                          ? column_number(s, it->relation, position)
                          : tl_find_column(s->schema, it->relation, column);
    if (position && out->definition)
        out->column = out->definition->name;
}

/* ---- looking in one query ---- */

static bool is_named(const struct item *it, const struct name *name)
{
    if (!tl_str_eq(it->alias, name->table) || it->alias.n == 0)
        return false;
    if (name->schema.n == 0)
        return true;
    if (it->has_alias || it->origin != TL_FROM_TABLE)
        return false;
    if (it->table.schema.n)
        return tl_str_eq(it->table.schema, name->schema);
    return !it->relation || tl_str_eq(it->relation->name.schema, name->schema);
}

/* Where a name is looked up from, and what that hides. */
struct view {
    uint32_t from; /* the ColumnRef; TL_NO_NODE: from nowhere inside */
    uint32_t join; /* an ON clause sees the two sides of its join */
};

static bool is_visible(const struct scope *s, const struct item *it,
                       struct view view)
{
    const struct tl_node *nodes = s->tree->nodes;

    /* A lateral subquery or function does not see itself. */
    if (view.from != TL_NO_NODE &&
        tl_inside(s->tree, it->range, &nodes[view.from]))
        return false;
    return view.join == TL_NO_NODE ||
           tl_inside(s->tree, &nodes[view.join], it->range);
}

/* The one item that has or may have the name; NULL with *stop when there are
   several, so that nobody looks further out. */
static const struct item *pick(const struct scope *s, const struct level *l,
                               struct view view, struct tl_str column,
                               bool *stop)
{
    const struct item *maybe = NULL;
    size_t n_maybe = 0;

    for (size_t i = 0; i < l->n; i++) {
        const struct item *it = &l->items[i];

        if (!is_visible(s, it, view))
            continue;

        enum tl_know has = item_has(s, it, column);

        if (has == TL_YES)
            return it;
        if (has == TL_UNKNOWN) {
            maybe = it;
            n_maybe++;
        }
        /* A row as a whole: count(t). */
        if (tl_str_eq(it->alias, column))
            *stop = true;
    }
    if (n_maybe == 1 && !*stop)
        return maybe;
    *stop = *stop || n_maybe > 0;
    return NULL;
}

/* Looks in the items of one query; `stop`: the name is settled as unknown. */
static bool find_here(struct scope *s, uint32_t node, struct view view,
                      const struct name *name, unsigned depth,
                      struct tl_column_ref *out, bool *stop)
{
    const struct level *l = level_of(s, node);
    const struct item *found = NULL;

    if (name->table.n == 0) {
        found = pick(s, l, view, name->column, stop);
    } else {
        for (size_t i = 0; !found && i < l->n; i++)
            if (is_visible(s, &l->items[i], view) &&
                is_named(&l->items[i], name))
                found = &l->items[i];
    }
    if (found)
        fill(s, found, name->column, depth, out);
    return found != NULL;
}

/* ---- climbing ---- */

/* INSERT ... ON CONFLICT DO UPDATE calls the row that was refused so. */
static bool is_excluded(const struct tl_node *query, const struct name *name)
{
    return query->kind == TL_KIND(INSERT_STMT) &&
           tl_str_is(name->table, "excluded");
}

/* Does the way from below come out of a place that cannot see the items? */
static bool is_blind(const struct scope *s, uint32_t from, bool lateral)
{
    const struct tl_node *via = &s->tree->nodes[s->via[from]];
    const struct tl_node *query = &s->tree->nodes[s->up[from]];

    if (via->kind == TL_KIND(WITH_CLAUSE))
        return true;
    if (query->kind == TL_KIND(INSERT_STMT))
        return is_field(s, s->via[from], "select_stmt");
    if (via->kind == TL_KIND(RANGE_SUBSELECT) ||
        via->kind == TL_KIND(JOIN_EXPR))
        return !lateral;
    return false;
}

/* Looks in the query at `level` and, with `from`, on outwards from there. */
static bool find_named(struct scope *s, uint32_t level, uint32_t from,
                       const struct name *name, unsigned depth,
                       struct tl_column_ref *out)
{
    bool stop = false;
    struct view view = {from, TL_NO_NODE};
    bool lateral = true;

    if (from == TL_NO_NODE)
        return find_here(s, level, view, name, depth, out, &stop);
    for (uint32_t at = from; s->up[at] != TL_NO_NODE; at = s->up[at]) {
        uint32_t up = s->up[at];
        const struct tl_node *query = &s->tree->nodes[up];

        if (query->kind == TL_KIND(RANGE_SUBSELECT)) {
            lateral = TL_AS(RANGE_SUBSELECT, RangeSubselect, query)->lateral;
            continue;
        }
        if (query->kind == TL_KIND(JOIN_EXPR)) {
            if (view.join == TL_NO_NODE && is_field(s, s->via[at], "quals"))
                view.join = up;
            continue;
        }

        bool blind = is_blind(s, at, lateral);

        if (!blind && is_excluded(query, name)) {
            struct name target = {TL_NONE, TL_NONE, name->column};

            return find_here(s, up, view, &target, depth, out, &stop);
        }
        if (!blind && find_here(s, up, view, name, depth, out, &stop))
            return true;
        if (stop)
            return false;
        view.join = TL_NO_NODE;
        lateral = true;
    }
    return false;
}

/* ORDER BY and GROUP BY may name what the target list puts out. */
static const struct tl_node *output_of(struct scope *s, uint32_t node,
                                       const struct name *name)
{
    const struct tl_node *n = &s->tree->nodes[node];
    const struct tl_node *parent = tl_parent(s->tree, n);

    if (name->table.n || !parent || parent->kind != TL_KIND(SORT_BY))
        return NULL;

    const struct tl_node *query = tl_parent(s->tree, parent);

    if (!query || query->kind != TL_KIND(SELECT_STMT))
        return NULL;
    TL_CHILDREN(s->tree, query, child) {
        if (child->kind == TL_KIND(RES_TARGET) &&
            tl_str_eq(tl_str_c(TL_AS(RES_TARGET, ResTarget, child)->name),
                      name->column))
            return child;
    }
    return NULL;
}

bool scope_resolve(struct scope *s, const struct tl_node *n,
                   struct tl_column_ref *out)
{
    struct name name;
    uint32_t at = tl_index(s->tree, n);

    *out = (struct tl_column_ref){.origin = TL_FROM_UNKNOWN};
    if (n->kind != TL_KIND(COLUMN_REF) ||
        !read_name(TL_AS(COLUMN_REF, ColumnRef, n), &name))
        return false;
    out->column = name.column;

    const struct tl_node *target = output_of(s, at, &name);

    if (target) {
        const PgQuery__Node *value = TL_AS(RES_TARGET, ResTarget, target)->val;

        n = tl_find_wrapped(s->tree, target, value);
        if (!n || n->kind != TL_KIND(COLUMN_REF) ||
            !read_name(TL_AS(COLUMN_REF, ColumnRef, n), &name))
            return false;
        at = tl_index(s->tree, n);
    }

    struct tl_column_ref found;

    if (!find_named(s, 0, at, &name, 0, &found))
        return false;
    *out = found;
    return true;
}
