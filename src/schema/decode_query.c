/*
 * decode_query.c - the columns that a query shows, for views and SELECT INTO.
 *
 * Only what can be read off without a catalog: names by PostgreSQL's rules,
 * and where a target is a plain column or a star of a plain table, a note of
 * which one, so that the catalog can fill in the rest.
 */
#include "schema/decoder.h"

/* What PostgreSQL calls a column that has no name. */
#define UNNAMED "?column?"

static struct tl_str last_string(PgQuery__Node *const *list, size_t n)
{
    return n > 0 ? decode_string(list[n - 1]) : TL_NONE;
}

static struct tl_str value_function_name(PgQuery__SQLValueFunctionOp op)
{
    static const char *const names[] = {
        "",
        "current_date",
        "current_time",
        "current_time",
        "current_timestamp",
        "current_timestamp",
        "localtime",
        "localtime",
        "localtimestamp",
        "localtimestamp",
        "current_role",
        "current_user",
        "user",
        "session_user",
        "current_catalog",
        "current_schema",
    };

    return (size_t)op < sizeof(names) / sizeof(*names) ? tl_str_c(names[op])
                                                       : TL_NONE;
}

static struct tl_str xml_name(PgQuery__XmlExprOp op)
{
    static const char *const names[] = {
        "",         "xmlconcat", "xmlelement", "xmlforest",
        "xmlparse", "xmlpi",     "xmlroot",    "xmlserialize",
    };

    return (size_t)op < sizeof(names) / sizeof(*names) ? tl_str_c(names[op])
                                                       : TL_NONE;
}

static struct tl_str column_ref_name(const PgQuery__ColumnRef *ref)
{
    for (size_t i = ref->n_fields; i > 0; i--) {
        struct tl_str name = decode_string(ref->fields[i - 1]);

        if (name.n > 0)
            return name;
    }
    return TL_NONE;
}

/* The name of an expression, which is weak when it only tells what the
   expression is: what stands around it may know a better one. */
struct figure {
    struct tl_str name;
    bool weak;
};

static struct figure figure_of(const PgQuery__Node *n);

/* A cast gives its type's name when what it casts has none of its own. */
static struct figure cast_figure(const PgQuery__TypeCast *c)
{
    struct figure f = figure_of(c->arg);

    if ((f.name.n > 0 && !f.weak) || !c->type_name)
        return f;
    return (struct figure){
        last_string(c->type_name->names, c->type_name->n_names), true};
}

static struct figure case_figure(const PgQuery__CaseExpr *c)
{
    struct figure f = figure_of(c->defresult);

    return f.name.n > 0 && !f.weak ? f : (struct figure){TL_STR("case"), true};
}

/* (SELECT x ...) is called as its only column is. */
static struct tl_str query_name(const PgQuery__Node *query)
{
    const PgQuery__SelectStmt *s =
        query && query->node_case == TL_KIND(SELECT_STMT) ? query->select_stmt
                                                          : NULL;

    for (unsigned depth = 0; s && s->larg && depth < 64; depth++)
        s = s->larg;
    if (s && s->n_values_lists > 0)
        return TL_STR("column1");
    if (!s || s->n_target_list == 0 ||
        s->target_list[0]->node_case != TL_KIND(RES_TARGET))
        return TL_NONE;

    const PgQuery__ResTarget *t = s->target_list[0]->res_target;

    struct tl_str name =
        t->name && *t->name ? tl_str_c(t->name) : decode_figure_name(t->val);

    return name.n > 0 ? name : TL_STR(UNNAMED);
}

static struct tl_str sublink_name(const PgQuery__SubLink *s)
{
    if (ENUM_IS(s->sub_link_type, SUB_LINK_TYPE, EXISTS_SUBLINK))
        return TL_STR("exists");
    if (ENUM_IS(s->sub_link_type, SUB_LINK_TYPE, ARRAY_SUBLINK))
        return TL_STR("array");
    if (ENUM_IS(s->sub_link_type, SUB_LINK_TYPE, EXPR_SUBLINK))
        return query_name(s->subselect);
    return TL_NONE;
}

/* Of what has one name, and that a strong one. */
static struct tl_str strong_name(const PgQuery__Node *n)
{
    switch (n->node_case) {
    case TL_KIND(COLUMN_REF):
        return column_ref_name(n->column_ref);
    case TL_KIND(FUNC_CALL):
        return last_string(n->func_call->funcname, n->func_call->n_funcname);
    case TL_KIND(A_EXPR):
        return ENUM_IS(n->a_expr->kind, A__EXPR__KIND, AEXPR_NULLIF)
                   ? TL_STR("nullif")
                   : TL_NONE;
    case TL_KIND(SUB_LINK):
        return sublink_name(n->sub_link);
    case TL_KIND(GROUPING_FUNC):
        return TL_STR("grouping");
    case TL_KIND(A_ARRAY_EXPR):
        return TL_STR("array");
    case TL_KIND(ROW_EXPR):
        return TL_STR("row");
    case TL_KIND(COALESCE_EXPR):
        return TL_STR("coalesce");
    case TL_KIND(MIN_MAX_EXPR):
        return n->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST
                   ? TL_STR("greatest")
                   : TL_STR("least");
    case TL_KIND(SQLVALUE_FUNCTION):
        return value_function_name(n->sqlvalue_function->op);
    case TL_KIND(XML_EXPR):
        return xml_name(n->xml_expr->op);
    case TL_KIND(XML_SERIALIZE):
        return TL_STR("xmlserialize");
    default:
        return TL_NONE;
    }
}

static struct figure figure_of(const PgQuery__Node *n)
{
    for (unsigned depth = 0; n && depth < 64; depth++) {
        switch (n->node_case) {
        case TL_KIND(TYPE_CAST):
            return cast_figure(n->type_cast);
        case TL_KIND(CASE_EXPR):
            return case_figure(n->case_expr);
        case TL_KIND(COLLATE_CLAUSE):
            n = n->collate_clause->arg;
            continue;
        case TL_KIND(A_INDIRECTION): {
            const PgQuery__AIndirection *i = n->a_indirection;
            struct tl_str name = last_string(i->indirection, i->n_indirection);

            if (name.n > 0)
                return (struct figure){name, false};
            n = i->arg;
            continue;
        }
        default:
            return (struct figure){strong_name(n), false};
        }
    }
    return (struct figure){TL_NONE, false};
}

struct tl_str decode_figure_name(const PgQuery__Node *n)
{
    return figure_of(n).name;
}

struct source {
    struct tl_str alias;
    uint32_t parent; /* number among the op's parents */
};

struct sources {
    VEC(struct source) from; /* plain tables of the outermost FROM */
    bool all_plain;          /* ... which has nothing else */
};

static void add_source(struct tl_op *op, struct sources *s,
                       const PgQuery__RangeVar *r)
{
    uint32_t parent = op->n_parents;
    const char *alias = r->alias ? r->alias->aliasname : r->relname;

    for (uint32_t i = 0; i < op->n_parents; i++)
        if (op->parents[i].kind == TL_PARENT_FROM &&
            tl_str_eq(op->parents[i].table.name, tl_str_c(r->relname)) &&
            tl_str_eq(op->parents[i].table.schema, tl_str_c(r->schemaname)))
            parent = i;
    if (parent == op->n_parents)
        s->all_plain = false;
    else
        vec_push(&s->from, (struct source){tl_str_c(alias), parent});
}

static void walk_from(struct tl_op *op, struct sources *s,
                      const PgQuery__Node *n, unsigned depth)
{
    if (n && n->node_case == TL_KIND(RANGE_VAR)) {
        add_source(op, s, n->range_var);
        if (n->range_var->alias && n->range_var->alias->n_colnames > 0)
            s->all_plain = false;
        return;
    }
    if (n && n->node_case == TL_KIND(JOIN_EXPR) && depth < 200) {
        if (n->join_expr->is_natural || n->join_expr->n_using_clause > 0)
            s->all_plain = false;
        walk_from(op, s, n->join_expr->larg, depth + 1);
        walk_from(op, s, n->join_expr->rarg, depth + 1);
        return;
    }
    s->all_plain = false;
}

static bool is_cte(struct decoder *d, const struct tl_node *query,
                   const PgQuery__RangeVar *r)
{
    if (r->schemaname && *r->schemaname)
        return false;
    TL_EACH(d->tree, query, TL_KIND(COMMON_TABLE_EXPR), it)
        if (tl_str_eq(
                tl_str_c(r->relname),
                tl_str_c(
                    TL_AS(COMMON_TABLE_EXPR, CommonTableExpr, it)->ctename)))
            return true;
    return false;
}

static bool has_parent(const struct tl_op *op, struct tl_name name)
{
    for (uint32_t i = 0; i < op->n_parents; i++)
        if (op->parents[i].kind == TL_PARENT_FROM &&
            tl_str_eq(op->parents[i].table.name, name.name) &&
            tl_str_eq(op->parents[i].table.schema, name.schema))
            return true;
    return false;
}

struct shown {
    struct decoder *d;
    struct tl_op *op;
    struct sources sources;
    VEC(struct tl_parent_def) parents;
    VEC(struct tl_column_def) columns;
};

static void show_star(struct shown *s, struct tl_str alias)
{
    bool found = false;

    for (size_t i = 0; i < s->sources.from.n; i++) {
        const struct source *f = &s->sources.from.v[i];

        if (alias.n > 0 && !tl_str_eq(alias, f->alias))
            continue;
        found = true;

        struct tl_parent_def star = {
            .kind = TL_PARENT_STAR,
            .table = s->parents.v[f->parent].table,
            .before = (uint32_t)s->columns.n,
        };

        vec_push(&s->parents, star);
    }
    if (!found || (alias.n == 0 && !s->sources.all_plain))
        s->op->columns_unknown = true;
}

static void copy_type(struct shown *s, const PgQuery__ColumnRef *ref,
                      struct tl_column_def *def)
{
    struct tl_str alias =
        ref->n_fields == 2 ? decode_string(ref->fields[0]) : TL_NONE;

    if (ref->n_fields > 2 || (ref->n_fields == 1 && s->sources.from.n != 1))
        return;
    for (size_t i = 0; i < s->sources.from.n; i++) {
        if (alias.n > 0 && !tl_str_eq(alias, s->sources.from.v[i].alias))
            continue;
        def->copy_of = decode_string(ref->fields[ref->n_fields - 1]);
        def->copy_from = s->sources.from.v[i].parent;
        return;
    }
}

static void show_target(struct shown *s, const PgQuery__ResTarget *t)
{
    const PgQuery__Node *val = t->val;
    struct tl_column_def def = {.name = tl_str_c(t->name)};

    if (val && val->node_case == TL_KIND(COLUMN_REF)) {
        const PgQuery__ColumnRef *ref = val->column_ref;
        size_t n = ref->n_fields;

        if (n > 0 && ref->fields[n - 1]->node_case == TL_KIND(A_STAR)) {
            show_star(s, n > 1 ? decode_string(ref->fields[n - 2]) : TL_NONE);
            return;
        }
        copy_type(s, ref, &def);
    }
    if (val && val->node_case == TL_KIND(TYPE_CAST))
        def.type = canon_type(val->type_cast->type_name, s->d->arena, NULL);
    if (def.name.n == 0)
        def.name = decode_figure_name(val);
    if (def.name.n == 0)
        def.name = TL_STR(UNNAMED);
    vec_push(&s->columns, def);
}

static void collect_parents(struct shown *s, const struct tl_node *query)
{
    TL_EACH(s->d->tree, query, TL_KIND(RANGE_VAR), it) {
        const PgQuery__RangeVar *r = TL_AS(RANGE_VAR, RangeVar, it);
        struct tl_op sofar = {.parents = s->parents.v,
                              .n_parents = (uint32_t)s->parents.n};

        if (s->parents.n < 1024 && !is_cte(s->d, query, r) &&
            !has_parent(&sofar, decode_range(r)) && tl_parent(s->d->tree, it) &&
            tl_parent(s->d->tree, it)->kind != TL_KIND(INTO_CLAUSE))
            vec_push(&s->parents,
                     (struct tl_parent_def){.kind = TL_PARENT_FROM,
                                            .table = decode_range(r)});
    }
    s->op->parents = s->parents.v;
    s->op->n_parents = (uint32_t)s->parents.n;
}

static void rename_columns(struct shown *s, PgQuery__Node *const *names,
                           size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i < s->columns.n)
            s->columns.v[i].name = decode_string(names[i]);
        else
            vec_push(&s->columns,
                     (struct tl_column_def){.name = decode_string(names[i])});
    }
}

/* A view's column list in front of a star names the star's first columns, and
   nobody counts them here: the star itself then shows nothing that is known. */
static void drop_stars(struct shown *s)
{
    size_t kept = 0;

    s->op->columns_unknown = true;

    for (size_t i = 0; i < s->parents.n; i++)
        if (s->parents.v[i].kind != TL_PARENT_STAR)
            s->parents.v[kept++] = s->parents.v[i];
    s->parents.n = kept;
}

void decode_query_columns(struct decoder *d, const struct tl_node *query,
                          PgQuery__Node *const *names, size_t n_names,
                          struct tl_op *op)
{
    struct shown s = {.d = d, .op = op, .sources = {.all_plain = true}};
    const PgQuery__SelectStmt *select = NULL;

    collect_parents(&s, query);
    if (query->kind == TL_KIND(SELECT_STMT))
        select = TL_AS(SELECT_STMT, SelectStmt, query);
    while (select && select->larg)
        select = select->larg;
    if (!select || select->n_values_lists > 0)
        op->columns_unknown = n_names == 0;
    for (size_t i = 0; select && i < select->n_from_clause; i++)
        walk_from(op, &s.sources, select->from_clause[i], 0);
    for (size_t i = 0; select && i < select->n_target_list; i++) {
        op->parents = s.parents.v;
        if (select->target_list[i]->node_case == TL_KIND(RES_TARGET))
            show_target(&s, select->target_list[i]->res_target);
    }
    if (n_names > 0 && s.parents.n > op->n_parents)
        drop_stars(&s);
    rename_columns(&s, names, n_names);
    op->n_parents = (uint32_t)s.parents.n;
    op->n_columns = (uint32_t)s.columns.n;
    op->parents = ARENA_ARRAY(d->arena, struct tl_parent_def, s.parents.n);
    op->columns = ARENA_ARRAY(d->arena, struct tl_column_def, s.columns.n);
    if (s.parents.n > 0)
        memcpy(op->parents, s.parents.v, s.parents.n * sizeof(*s.parents.v));
    if (s.columns.n > 0)
        memcpy(op->columns, s.columns.v, s.columns.n * sizeof(*s.columns.v));
    if (op->n_parents > 0)
        op->other = op->parents[0].table;
    vec_release(&s.sources.from);
    vec_release(&s.parents);
    vec_release(&s.columns);
}
