/*
 * need.c - what a captured statement looks rows up by, and no index serves.
 *
 * The statement's conditions are sorted by the item of FROM that they are of.
 * In doubt there is no need: an index that begins with any column compared is
 * taken to serve, and a join counts only from a side that is found otherwise.
 */
#include "facts/volatility.h"
#include "lint/linter.h"

#include <string.h>

#define ITEMS_MAX 16
#define COLUMNS_MAX 16

static const char *const ranges[] = {"<", "<=", ">", ">=", "between", NULL};

/* A column compared with = to one of another item. */
struct join {
    const struct tl_column *column;
    const struct tl_node *with; /* that item; NULL: an expression of several */
};

/* One item of FROM, with what the statement asks of it. */
struct item {
    const struct tl_node *range;
    const struct tl_relation *table;
    const struct tl_column *equal[COLUMNS_MAX];
    uint32_t n_equal;
    const struct tl_column *span; /* compared with < or > */
    const struct tl_column *sort; /* LIMIT takes the first by this */
    struct join joins[COLUMNS_MAX];
    uint32_t n_joins;
    struct tl_str tests[COLUMNS_MAX]; /* all its conjuncts, canonical */
    uint32_t n_tests;
    uint32_t nulls; /* bit: that test is IS NULL, or of a boolean */
    bool low, high; /* bounds of `span` */
    bool spans;     /* more than one column is a range */
    bool lists;     /* one equality is with many values */
    bool served;    /* an index is there for a condition of another kind */
};

struct reading {
    struct tl_ctx *ctx;
    struct tl_schema schema;
    struct item items[ITEMS_MAX];
    uint32_t n;
};

/* ---- columns ---- */

static bool is_one_of(struct tl_str s, const char *const *list)
{
    for (; *list; list++)
        if (tl_str_is(s, *list))
            return true;
    return false;
}

static bool is_enum(struct tl_schema s, const struct tl_type *type)
{
    struct catalog_enum e;
    size_t at = 0;

    while (catalog_next_enum(s, &at, &e))
        if (tl_str_eq(e.name.name, type->name.name))
            return true;
    return false;
}

bool column_is_sortable(struct tl_schema s, const struct tl_column *c)
{
    static const char *const types[] = {
        "int2", "int4",      "int8",        "numeric", "float4",   "float8",
        "text", "varchar",   "bpchar",      "citext",  "uuid",     "date",
        "time", "timestamp", "timestamptz", "timetz",  "interval", "inet",
        "cidr", "macaddr",   "oid",         "money",   "bool",     NULL};

    if (c->type.dimensions)
        return false;
    return is_one_of(c->type.name.name, types) || is_enum(s, &c->type);
}

static bool ends_with(struct tl_str s, const char *end)
{
    size_t n = strlen(end);

    return s.n >= n && memcmp(s.p + s.n - n, end, n) == 0 &&
           (s.n == n || s.p[s.n - n - 1] == '_');
}

bool column_is_coarse(struct tl_schema s, const struct tl_column *c)
{
    static const char *const words[] = {"status", "state",   "type",   "kind",
                                        "role",   "gender",  "locale", "level",
                                        "lang",   "currency"};

    if (tl_type_is(&c->type, "bool") || is_enum(s, &c->type))
        return true;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (ends_with(c->name, words[i]))
            return true;
    return false;
}

static bool has_column(const struct tl_column *const *list, uint32_t n,
                       struct tl_str name)
{
    for (uint32_t i = 0; i < n; i++)
        if (tl_str_eq(list[i]->name, name))
            return true;
    return false;
}

/* ---- reading the conditions ---- */

static bool is_judged(struct tl_schema s, const struct tl_relation *r)
{
    bool is_table = r->kind == TL_TABLE || r->kind == TL_PARTITIONED_TABLE ||
                    r->kind == TL_MATVIEW;

    /* A policy is a condition that no query shows. */
    return is_table && !r->temporary && !r->incomplete && !r->uncertain &&
           !tl_next_policy(s, r, NULL);
}

static struct item *item_of(struct reading *r, const struct tl_column_ref *ref)
{
    if (ref->origin != TL_FROM_TABLE || !ref->range || !ref->definition ||
        !ref->relation || !is_judged(r->schema, ref->relation))
        return NULL;
    for (uint32_t i = 0; i < r->n; i++)
        if (r->items[i].range == ref->range)
            return &r->items[i];
    if (r->n >= ITEMS_MAX)
        return NULL;
    r->items[r->n] = (struct item){.range = ref->range, .table = ref->relation};
    return &r->items[r->n++];
}

/* A column of a query around this one is a value here. */
static bool is_of_outer_query(const struct tl_ctx *c,
                              const struct tl_predicate *p)
{
    if (!p->select)
        return true;
    TL_EACH(tl_tree(c), p->select, p->ref.range->kind, it)
        if (it == p->ref.range)
            return false;
    return true;
}

static bool is_integer(const struct tl_column *c)
{
    return tl_type_is(&c->type, "int2") || tl_type_is(&c->type, "int4") ||
           tl_type_is(&c->type, "int8");
}

/* 5.5, or x::numeric: an integer column is compared as what that is. */
static bool is_wider(const struct tl_node *n)
{
    static const char *const types[] = {"numeric", "float4", "float8", NULL};

    if (n->kind == TL_KIND(A_CONST))
        return TL_AS(A_CONST, AConst, n)->val_case ==
               PG_QUERY__A__CONST__VAL_FVAL;
    if (n->kind != TL_KIND(TYPE_NAME))
        return false;
    const PgQuery__TypeName *t = TL_AS(TYPE_NAME, TypeName, n);
    const PgQuery__Node *last = t->n_names ? t->names[t->n_names - 1] : NULL;
    return last && last->node_case == TL_KIND(STRING) &&
           is_one_of(tl_str_c(last->string->sval), types);
}

/* A value that each row would have anew, or of a type that makes the column
   another one's, leads to no index. */
static bool is_plain_value(const struct tl_ctx *c, const struct tl_column *def,
                           const struct tl_node *value)
{
    const struct tl_tree *t = tl_tree(c);

    if (!value)
        return false;
    TL_EACH(t, value, TL_KIND(SUB_LINK), n)
        return false;
    TL_EACH(t, value, TL_KIND(FUNC_CALL), n) {
        enum tl_volatility v = volatility_of(tl_call_name(n));

        if (v != TL_STABLE && v != TL_IMMUTABLE)
            return false;
    }
    for (uint32_t i = tl_index(t, value); i < value->end; i++)
        if (is_integer(def) && is_wider(&t->nodes[i]))
            return false;
    return true;
}

static void add_equal(struct item *it, const struct tl_column *c)
{
    if (!has_column(it->equal, it->n_equal, c->name) &&
        it->n_equal < COLUMNS_MAX)
        it->equal[it->n_equal++] = c;
}

static void add_range(struct item *it, const struct tl_predicate *p)
{
    bool between = tl_str_is(p->op, "between");

    if (it->span && !tl_str_eq(it->span->name, p->ref.column))
        it->spans = true;
    it->span = p->ref.definition;
    it->low |= between || p->op.p[0] == '>';
    it->high |= between || p->op.p[0] == '<';
}

static void add_join(struct reading *r, struct item *it,
                     const struct tl_predicate *p)
{
    struct tl_column_ref other = {.range = NULL};

    if (it->n_joins >= COLUMNS_MAX)
        return;
    if (p->value_is_column)
        (void)tl_resolve_column(r->ctx, p->value, &other);
    it->joins[it->n_joins++] = (struct join){p->ref.definition, other.range};
}

/* Every conjunct may prove a partial index's predicate; some may become one. */
static void add_test(struct reading *r, struct item *it,
                     const struct tl_predicate *p)
{
    bool is_null = tl_str_is(p->op, "is null") && !p->negated;
    bool is_true = tl_str_is(p->op, "is true") && p->expr == p->side;
    struct tl_str text = tl_expression_text(r->ctx, p->expr);

    if (it->n_tests >= COLUMNS_MAX)
        return;
    if (is_true && p->negated)
        text = arena_printf(&r->ctx->linter->arena, "not %.*s", TL_FMT(text));
    if (p->wrap == TL_WRAP_NONE && (is_null || is_true))
        it->nulls |= 1u << it->n_tests;
    it->tests[it->n_tests++] = arena_str(&r->ctx->linter->arena, text);
}

/* A condition that GIN, GiST and their like are for, or a pattern's index. */
static bool has_other_index(const struct reading *r,
                            const struct tl_predicate *p)
{
    bool pattern = !p->negated && tl_str_is(p->op, "~~");

    TL_EACH_INDEX(r->schema, p->ref.relation, x)
        for (uint32_t k = 0; k < x->n_keys; k++)
            if (tl_str_eq(x->keys[k].column, p->ref.column) &&
                (!tl_str_is(x->method, "btree") || (pattern && k == 0)))
                return true;
    return false;
}

static void read_comparison(struct reading *r, struct item *it,
                            const struct tl_predicate *p)
{
    static const char *const lists[] = {"in", "any", NULL};
    bool equals = tl_str_is(p->op, "=");
    bool sortable = column_is_sortable(r->schema, p->ref.definition);

    if (p->negated || !sortable || is_of_outer_query(r->ctx, p)) {
        return;
    } else if (p->value_is_joined || p->value_is_column) {
        if (equals)
            add_join(r, it, p);
    } else if (!p->value_is_constant ||
               !is_plain_value(r->ctx, p->ref.definition, p->value)) {
        /* A subquery may be what leads to the rows. */
        if (equals || is_one_of(p->op, lists))
            add_join(r, it, p);
    } else if (equals || is_one_of(p->op, lists)) {
        it->lists |= !equals;
        add_equal(it, p->ref.definition);
    } else if (is_one_of(p->op, ranges)) {
        add_range(it, p);
    }
}

/* (a, b) > ($1, $2) is a range of a; (a, b) IN (SELECT ...) may lead to the
   rows by any of them. */
static void read_row(struct reading *r, const struct tl_predicate *p)
{
    struct tl_predicate part = *p;

    if (p->negated || is_of_outer_query(r->ctx, p))
        return;
    part.value_is_column = false;
    TL_EACH(tl_tree(r->ctx), p->side, TL_KIND(COLUMN_REF), n) {
        struct item *it = tl_resolve_column(r->ctx, n, &part.ref)
                              ? item_of(r, &part.ref)
                              : NULL;

        if (!it)
            continue;
        if (p->value_is_constant && is_one_of(p->op, ranges)) {
            add_range(it, &part);
            return;
        }
        add_join(r, it, &part);
    }
}

static void read_predicate(struct reading *r, const struct tl_predicate *p)
{
    struct item *it = item_of(r, &p->ref);

    if (!it || p->under_or || p->clause == TL_CLAUSE_HAVING)
        return;
    add_test(r, it, p);
    if (p->side->kind == TL_KIND(ROW_EXPR))
        read_row(r, p);
    else if (p->wrap != TL_WRAP_NONE)
        it->served |= tl_expression_index(r->ctx, it->table, p->side) != NULL;
    else
        read_comparison(r, it, p);
    it->served |= has_other_index(r, p);
}

/* ---- ORDER BY with LIMIT ---- */

static bool is_windowed(const struct tl_tree *t, const struct tl_node *query)
{
    TL_EACH(t, query, TL_KIND(FUNC_CALL), n)
        if (TL_AS(FUNC_CALL, FuncCall, n)->over)
            return true;
    return false;
}

static bool takes_first(const struct tl_tree *t, const struct tl_node *query)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, query);
    const PgQuery__Node *limit = s->limit_count;

    if (!limit ||
        (limit->node_case == TL_KIND(A_CONST) && limit->a_const->isnull))
        return false;
    return s->n_sort_clause > 0 && s->n_group_clause == 0 &&
           s->n_distinct_clause == 0 && !s->having_clause &&
           s->op == PG_QUERY__SET_OPERATION__SETOP_NONE &&
           s->n_from_clause == 1 &&
           s->from_clause[0]->node_case == TL_KIND(RANGE_VAR) &&
           !is_windowed(t, query);
}

/* In the order of a plain index, forwards or backwards. */
static bool is_plain_order(const PgQuery__SortBy *s)
{
    bool desc = s->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;

    if (s->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_USING)
        return false;
    if (s->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST)
        return desc;
    if (s->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST)
        return !desc;
    return true;
}

static void read_sort(struct reading *r, const struct tl_node *query)
{
    const struct tl_tree *t = tl_tree(r->ctx);
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, query);
    struct tl_column_ref ref;

    if (!takes_first(t, query) ||
        s->sort_clause[0]->node_case != TL_KIND(SORT_BY))
        return;
    /* Rows that are sorted in part need a full sort before 13. */
    if (s->n_sort_clause > 1 && tl_pg_version(r->ctx) < 13)
        return;
    const PgQuery__SortBy *by = s->sort_clause[0]->sort_by;
    const struct tl_node *key = tl_find_wrapped(t, query, by->node);
    if (!key || key->kind != TL_KIND(COLUMN_REF) || !is_plain_order(by) ||
        !tl_resolve_column(r->ctx, key, &ref))
        return;
    struct item *it = item_of(r, &ref);
    if (it && column_is_sortable(r->schema, ref.definition))
        it->sort = ref.definition;
}

/* ---- which need is left ---- */

static struct item *find_item(struct reading *r, const struct tl_node *range)
{
    for (uint32_t i = 0; range && i < r->n; i++)
        if (r->items[i].range == range)
            return &r->items[i];
    return NULL;
}

/* Is it found by conditions of its own, few rows at a time? */
static bool is_narrow(const struct reading *r, const struct item *it)
{
    for (uint32_t i = 0; it && i < it->n_equal; i++)
        if (!column_is_coarse(r->schema, it->equal[i]))
            return true;
    return false;
}

/* The columns that a narrow item gives the values of. */
static void take_joined(struct reading *r, const struct item *it,
                        struct need *need)
{
    const struct tl_node *with = NULL;

    for (uint32_t i = 0; i < it->n_joins; i++) {
        const struct join *j = &it->joins[i];

        if (!is_narrow(r, find_item(r, j->with)) || (with && with != j->with))
            continue;
        with = j->with;
        if (need->n_equal < NEED_EQUAL_MAX &&
            !has_column(need->equal, need->n_equal, j->column->name))
            need->equal[need->n_equal++] = j->column;
    }
}

/* Booleans tell too little apart to be worth a column. */
static void take_equal(const struct reading *r, const struct item *it,
                       bool coarse, struct need *need)
{
    for (uint32_t i = 0; i < it->n_equal; i++)
        if (!tl_type_is(&it->equal[i]->type, "bool") &&
            column_is_coarse(r->schema, it->equal[i]) == coarse &&
            need->n_equal < NEED_EQUAL_MAX)
            need->equal[need->n_equal++] = it->equal[i];
}

static const struct tl_column *sorted_by(const struct item *it)
{
    if (!it->sort || it->lists || it->span ||
        has_column(it->equal, it->n_equal, it->sort->name))
        return NULL;
    return it->sort;
}

/* False: nothing to look up by. */
static bool make_need(struct reading *r, const struct item *it,
                      struct need *need)
{
    *need =
        (struct need){.shape = tl_statement_shape(r->ctx), .table = it->table};
    if (is_narrow(r, it)) {
        take_equal(r, it, false, need);
        need->last = it->span && !it->spans ? it->span : sorted_by(it);
        /* What is left is few rows, unless their order is to come from the
           index: then nothing may stand between. */
        if (need->last && need->last == it->sort)
            take_equal(r, it, true, need);
        return true;
    }
    take_joined(r, it, need);
    if (need->n_equal)
        return true;
    take_equal(r, it, true, need);
    need->last = sorted_by(it);
    if (need->n_equal || it->n_equal)
        return need->n_equal && need->last;
    /* Half of a table lies behind one bound; between two of them less. */
    if (it->span && !it->spans && it->low && it->high)
        need->last = it->span;
    else if (it->n_tests || it->n_joins)
        need->last = NULL;
    return need->last != NULL;
}

/* ---- is there an index already? ---- */

/* A partial index counts when a condition proves its predicate, and where one
   is about the same column: it may. */
static bool is_usable(const struct reading *r, const struct item *it,
                      const struct tl_index *x)
{
    if (x->maybe_invalid || x->n_keys == 0)
        return false;
    if (!x->predicate.n)
        return true;
    for (uint32_t i = 0; i < it->n_tests; i++)
        if (tl_str_eq(it->tests[i], x->predicate))
            return true;
    TL_EACH_COLUMN(r->schema, it->table, c) {
        bool compared = has_column(it->equal, it->n_equal, c->name) ||
                        (it->span && tl_str_eq(it->span->name, c->name));

        for (uint32_t i = 0; i < it->n_joins; i++)
            compared |= tl_str_eq(it->joins[i].column->name, c->name);
        for (uint32_t i = 0; i < it->n_tests; i++)
            compared |= mention_has_word(it->tests[i], c->name);
        if (compared && mention_has_word(x->predicate, c->name))
            return true;
    }
    return false;
}

/* May rows of it be found before those of others: has it a condition of its
   own, whatever that is worth? */
static bool may_begin(const struct item *it)
{
    return it->n_equal || it->span || it->served;
}

/* Bits of the items from which a join may lead to the one at hand, directly or
   through others. What is no table of the catalog may be a few values. */
static uint32_t drivers_of(struct reading *r, const struct item *target)
{
    uint32_t found = 0;
    uint32_t before;

    do {
        before = found;
        for (uint32_t i = 0; i < r->n; i++) {
            const struct item *it = &r->items[i];
            bool drives = may_begin(it);

            for (uint32_t k = 0; k < it->n_joins && it != target; k++) {
                const struct item *with = find_item(r, it->joins[k].with);

                drives |= !with || (found >> (with - r->items) & 1);
            }
            if (drives && it != target)
                found |= 1u << i;
        }
    } while (found != before);
    return found;
}

static bool leads_by_join(struct reading *r, const struct item *it,
                          const struct need *need, struct tl_str lead)
{
    uint32_t drivers = drivers_of(r, it);

    for (uint32_t i = 0; i < it->n_joins; i++) {
        const struct join *j = &it->joins[i];
        const struct item *with = find_item(r, j->with);

        if (tl_str_eq(j->column->name, lead) &&
            !has_column(need->equal, need->n_equal, lead) &&
            (!with || (drivers >> (with - r->items) & 1)))
            return true;
    }
    return false;
}

/* How many of the first keys are compared with =. */
static uint32_t matched(const struct tl_index *x, const struct item *it,
                        const struct need *need)
{
    uint32_t n = 0;

    while (n < x->n_keys && x->keys[n].column.n &&
           (has_column(it->equal, it->n_equal, x->keys[n].column) ||
            has_column(need->equal, need->n_equal, x->keys[n].column)))
        n++;
    return n;
}

static bool covers(const struct tl_index *x, const struct need *need)
{
    for (uint32_t i = 0; i < need->n_equal; i++) {
        bool found = false;

        for (uint32_t k = 0; k < need->n_equal && k < x->n_keys; k++)
            found |= tl_str_eq(x->keys[k].column, need->equal[i]->name);
        if (!found)
            return false;
    }
    return !need->last ||
           (x->n_keys > need->n_equal &&
            tl_str_eq(x->keys[need->n_equal].column, need->last->name));
}

enum service { SERVES_NOT, SERVES_IN_PART, SERVES };

static enum service serves(struct reading *r, const struct item *it,
                           const struct need *need, const struct tl_index *x)
{
    struct tl_str lead = x->keys[0].column;
    uint32_t n = matched(x, it, need);
    bool fine =
        need->n_equal > 0 && column_is_coarse(r->schema, need->equal[0]);

    if (leads_by_join(r, it, need, lead) || covers(x, need) ||
        (it->span && tl_str_eq(lead, it->span->name)) ||
        (x->unique && n == x->n_keys))
        return SERVES;
    if (need->last && !need->n_equal && tl_str_eq(lead, need->last->name))
        return SERVES;
    for (uint32_t k = 0; k < n; k++) {
        const struct tl_column *c =
            tl_find_column(r->schema, it->table, x->keys[k].column);

        fine |= c && !column_is_coarse(r->schema, c);
    }
    return n && fine ? SERVES_IN_PART : SERVES_NOT;
}

static enum service best_service(struct reading *r, const struct item *it,
                                 const struct need *need)
{
    enum service best = it->served ? SERVES : SERVES_NOT;

    TL_EACH_INDEX(r->schema, it->table, x) {
        if (!is_usable(r, it, x))
            continue;
        enum service s = serves(r, it, need, x);
        best = s > best ? s : best;
    }
    return best;
}

static void keep_need(struct reading *r, const struct item *it)
{
    struct need need;

    if (!make_need(r, it, &need))
        return;
    enum service s = best_service(r, it, &need);
    if (s == SERVES)
        return;
    need.begun = s == SERVES_IN_PART;
    for (uint32_t i = 0; i < it->n_tests && need.n_tests < NEED_TESTS_MAX; i++)
        if (it->nulls >> i & 1)
            need.tests[need.n_tests++] = it->tests[i];
    vec_push(&r->ctx->linter->evidence.needs, need);
}

/* What is joined by USING is compared, but where stands nowhere. */
static bool is_readable(const struct tl_tree *t)
{
    TL_EACH(t, t->nodes, TL_KIND(JOIN_EXPR), n) {
        const PgQuery__JoinExpr *j = TL_AS(JOIN_EXPR, JoinExpr, n);

        if (j->n_using_clause || j->is_natural)
            return false;
    }
    return true;
}

void need_note(struct tl_ctx *c)
{
    uint32_t n;

    if (!c->linter->evidence.wanted || !tl_statement_shape(c) ||
        c->unit->parse.tree.count == 0 || !is_readable(tl_tree(c)))
        return;
    const struct tl_predicate *all = tl_predicates(c, &n);
    struct reading *r = ARENA_NEW(c->unit->arena, struct reading);

    r->ctx = c;
    r->schema = tl_after(c);
    for (uint32_t i = 0; i < n; i++)
        read_predicate(r, &all[i]);
    TL_EACH(tl_tree(c), tl_tree(c)->nodes, TL_KIND(SELECT_STMT), query)
        read_sort(r, query);
    for (uint32_t i = 0; i < r->n; i++)
        keep_need(r, &r->items[i]);
}
