/*
 * mention.c - which columns of which tables queries mention, and with what
 * operators that b-trees know nothing of.
 *
 * Errs on the side of a mention: a column that is only shown by the statement
 * itself is none, all others are; a name that cannot be placed counts for every
 * table that has it.
 */
#include "lint/linter.h"

#include <string.h>

/* Names without a table that are kept; with more, anything may be meant. */
#define NAMES_MAX 4096

void evidence_begin(struct tl_linter *l)
{
    for (size_t i = 0; i < l->inputs.n; i++)
        if (l->inputs.v[i]->kind == INPUT_LOG)
            l->evidence.wanted = true;
}

void evidence_release(struct tl_linter *l)
{
    struct evidence *e = &l->evidence;

    for (size_t i = 0; i < e->by_relation.n; i++)
        if (e->by_relation.v[i])
            vec_release(&e->by_relation.v[i]->shapes);
    vec_release(&e->by_relation);
    vec_release(&e->needs);
    vec_release(&e->operators);
    vec_release(&e->names);
    vec_release(&e->advices);
}

void mention_blind(struct tl_linter *l)
{
    l->evidence.blind = true;
}

/* ---- what is kept ---- */

static struct mentions *mentions_of(struct tl_linter *l, uint32_t relation)
{
    struct evidence *e = &l->evidence;

    while (e->by_relation.n < relation)
        vec_push(&e->by_relation, NULL);
    struct mentions **m = &e->by_relation.v[relation - 1];
    if (!*m)
        *m = ARENA_NEW(&l->arena, struct mentions);
    return *m;
}

static bool is_mentioned(const struct mentions *m, uint32_t number)
{
    return number / 64 < sizeof(m->columns) / sizeof(m->columns[0]) &&
           (m->columns[number / 64] >> number % 64 & 1);
}

static void mention_column(struct tl_linter *l, const struct tl_column *c)
{
    struct mentions *m = mentions_of(l, c->relation);

    if (c->number / 64 < sizeof(m->columns) / sizeof(m->columns[0]))
        m->columns[c->number / 64] |= (uint64_t)1 << c->number % 64;
    else
        mention_blind(l);
}

static bool has_name(const struct evidence *e, struct tl_str name)
{
    for (size_t i = 0; i < e->names.n; i++)
        if (tl_str_eq(e->names.v[i], name))
            return true;
    return false;
}

static void mention_name(struct tl_linter *l, struct tl_str name)
{
    struct evidence *e = &l->evidence;

    if (!name.n || has_name(e, name))
        return;
    if (e->names.n >= NAMES_MAX)
        mention_blind(l);
    else
        vec_push(&e->names, arena_str(&l->arena, name));
}

static bool is_word_byte(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

void mention_words(struct tl_linter *l, struct tl_str code)
{
    for (size_t at = 0, end; l->evidence.wanted && at < code.n; at = end + 1) {
        for (end = at; end < code.n && is_word_byte(code.p[end]);)
            end++;
        mention_name(l, (struct tl_str){code.p + at, end - at});
    }
}

static void mention_table(struct tl_linter *l, const struct tl_relation *r,
                          const struct tl_shape *shape)
{
    struct mentions *m = mentions_of(l, r->id);

    if (shape && (!m->shapes.n || *vec_last(&m->shapes) != shape))
        vec_push(&m->shapes, shape);
}

/* ---- the statement ---- */

static struct tl_str string_of(const PgQuery__Node *n)
{
    return n && n->node_case == TL_KIND(STRING) ? tl_str_c(n->string->sval)
                                                : TL_NONE;
}

static bool has_number(PgQuery__Node *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const PgQuery__Node *by = list[i];

        if (by->node_case == TL_KIND(SORT_BY))
            by = by->sort_by->node;
        if (by && by->node_case == TL_KIND(A_CONST))
            return true;
    }
    return false;
}

/* What it lists is compared with itself, or a number or the target's alias may
   mean it where rows are sorted or grouped. */
static bool lists_only(const struct tl_node *query,
                       const PgQuery__ResTarget *target)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, query);
    bool ordered = s->n_sort_clause > 0 || s->n_group_clause > 0;

    return s->n_distinct_clause == 0 &&
           s->op == PG_QUERY__SET_OPERATION__SETOP_NONE &&
           !(ordered && *target->name) &&
           !has_number(s->sort_clause, s->n_sort_clause) &&
           !has_number(s->group_clause, s->n_group_clause);
}

/* A column in the list of what the statement itself gives back. */
static bool is_shown(const struct tl_tree *t, const struct tl_node *column)
{
    const struct tl_node *target = tl_parent(t, column);
    const struct tl_node *query = target ? tl_parent(t, target) : NULL;

    if (!query || target->kind != TL_KIND(RES_TARGET) || query != t->nodes ||
        query->kind == TL_KIND(VIEW_STMT))
        return false;
    const char *field = query->msg->descriptor->fields[target->field].name;
    if (strcmp(field, "returning_list") == 0)
        return true;
    return strcmp(field, "target_list") == 0 &&
           query->kind == TL_KIND(SELECT_STMT) &&
           lists_only(query, TL_AS(RES_TARGET, ResTarget, target));
}

static void note_columns(struct tl_ctx *c)
{
    const struct tl_tree *t = tl_tree(c);
    struct tl_column_ref ref;

    TL_EACH(t, t->nodes, TL_KIND(COLUMN_REF), n) {
        const PgQuery__ColumnRef *column = TL_AS(COLUMN_REF, ColumnRef, n);
        struct tl_str name =
            column->n_fields ? string_of(column->fields[column->n_fields - 1])
                             : TL_NONE;

        if (!name.n || is_shown(t, n))
            continue;
        if (tl_resolve_column(c, n, &ref) && ref.origin == TL_FROM_TABLE &&
            ref.definition)
            mention_column(c->linter, ref.definition);
        else
            mention_name(c->linter, name);
    }
}

static bool is_cte(const struct tl_tree *t, const char *name)
{
    TL_EACH(t, t->nodes, TL_KIND(COMMON_TABLE_EXPR), n)
        if (strcmp(TL_AS(COMMON_TABLE_EXPR, CommonTableExpr, n)->ctename,
                   name) == 0)
            return true;
    return false;
}

static bool is_system(const PgQuery__RangeVar *r)
{
    return strcmp(r->schemaname, "pg_catalog") == 0 ||
           strcmp(r->schemaname, "information_schema") == 0 ||
           strncmp(r->relname, "pg_", 3) == 0;
}

/* A view that nobody knows may be of any table. */
static void note_tables(struct tl_ctx *c)
{
    const struct tl_tree *t = tl_tree(c);
    const struct tl_shape *shape = tl_statement_shape(c);

    TL_EACH(t, t->nodes, TL_KIND(RANGE_VAR), n) {
        const PgQuery__RangeVar *r = TL_AS(RANGE_VAR, RangeVar, n);
        struct tl_name name = {tl_str_c(r->schemaname), tl_str_c(r->relname)};
        const struct tl_relation *rel =
            tl_find_relation(tl_after(c), name, NULL);

        if ((!*r->schemaname && is_cte(t, r->relname)) || is_system(r))
            continue;
        if (rel)
            mention_table(c->linter, rel, shape);
        if (shape && (!rel || (rel->kind == TL_VIEW && rel->incomplete)))
            mention_blind(c->linter);
    }
}

/* USING names columns of both sides; NATURAL all that they share. */
static void note_joins(struct tl_ctx *c)
{
    const struct tl_tree *t = tl_tree(c);

    TL_EACH(t, t->nodes, TL_KIND(JOIN_EXPR), n) {
        const PgQuery__JoinExpr *j = TL_AS(JOIN_EXPR, JoinExpr, n);

        for (size_t i = 0; i < j->n_using_clause; i++)
            mention_name(c->linter, string_of(j->using_clause[i]));
        if (j->is_natural)
            mention_blind(c->linter);
    }
}

/* ---- operators ---- */

static bool is_of_btrees(struct tl_str op)
{
    static const char *const ops[] = {
        "=",  "<", ">",  "<=",  ">=", "in",  "<>", "any",
        "!~", "~", "~*", "!~*", "~~", "!~~", "~~*"};

    for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
        if (tl_str_is(op, ops[i]))
            return true;
    return memchr(op.p, ' ', op.n) || (op.p[0] >= 'a' && op.p[0] <= 'z');
}

static bool leads_an_index(struct tl_ctx *c, const struct tl_predicate *p)
{
    TL_EACH_INDEX(tl_after(c), p->ref.relation, x)
        if (x->n_keys && tl_str_eq(x->keys[0].column, p->ref.column))
            return true;
    return false;
}

static bool is_alone(struct tl_ctx *c, const struct tl_predicate *all,
                     uint32_t n, const struct tl_predicate *p)
{
    for (uint32_t i = 0; i < n; i++)
        if (all[i].ref.range == p->ref.range && &all[i] != p &&
            all[i].conjunct != p->conjunct && leads_an_index(c, &all[i]))
            return false;
    return true;
}

static void note_operators(struct tl_ctx *c)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(c, &n);

    for (uint32_t i = 0; i < n; i++) {
        const struct tl_predicate *p = &all[i];

        if (!p->op.n || is_of_btrees(p->op) || !p->ref.relation ||
            p->ref.origin != TL_FROM_TABLE)
            continue;
        struct tl_operator_use use = {
            .relation = p->ref.relation->id,
            .operand = arena_str(&c->linter->arena,
                                 p->wrap == TL_WRAP_NONE
                                     ? p->ref.column
                                     : tl_expression_text(c, p->side)),
            .op = arena_str(&c->linter->arena, p->op),
            .shape = tl_statement_shape(c),
            .at = tl_node_span(c, p->expr),
            .alone = is_alone(c, all, n, p),
        };
        vec_push(&c->linter->evidence.operators, use);
    }
}

void mention_note(struct tl_ctx *c)
{
    if (!c->linter->evidence.wanted || c->unit->parse.tree.count == 0)
        return;
    note_columns(c);
    note_tables(c);
    note_joins(c);
    note_operators(c);
}

/* ---- asked at the end ---- */

const struct tl_operator_use *tl_operator_uses(const struct tl_ctx *c,
                                               uint32_t *n)
{
    *n = (uint32_t)c->linter->evidence.operators.n;
    return c->linter->evidence.operators.v;
}

static const struct mentions *find_mentions(const struct tl_ctx *c,
                                            uint32_t relation)
{
    const struct evidence *e = &c->linter->evidence;

    return relation && relation <= e->by_relation.n
               ? e->by_relation.v[relation - 1]
               : NULL;
}

struct tl_table_use tl_table_use(const struct tl_ctx *c,
                                 const struct tl_relation *r)
{
    const struct mentions *m = find_mentions(c, r->id);
    struct tl_table_use use = {0, 0};

    for (size_t i = 0; m && i < m->shapes.n; i++) {
        use.shapes += m->shapes.v[i]->from_capture;
        use.calls += m->shapes.v[i]->calls;
    }
    return use;
}

bool mention_has_word(struct tl_str text, struct tl_str word)
{
    for (size_t at = 0; word.n && at + word.n <= text.n; at++)
        if (memcmp(text.p + at, word.p, word.n) == 0 &&
            (at == 0 || !is_word_byte(text.p[at - 1])) &&
            (at + word.n == text.n || !is_word_byte(text.p[at + word.n])))
            return true;
    return false;
}

/* A partial index may be read whole for its predicate alone. */
static bool is_of_index(const struct tl_index *x, struct tl_str column)
{
    for (uint32_t i = 0; i < x->n_keys; i++)
        if (tl_str_eq(x->keys[i].column, column) ||
            mention_has_word(x->keys[i].expression, column))
            return true;
    return mention_has_word(x->predicate, column);
}

enum tl_know tl_index_is_mentioned(const struct tl_ctx *c,
                                   const struct tl_index *x)
{
    struct tl_schema s = tl_after(c);
    const struct mentions *m = find_mentions(c, x->relation);
    bool placed = false;

    TL_EACH_COLUMN(s, tl_relation_by_id(s, x->relation), column) {
        if (!is_of_index(x, column->name))
            continue;
        placed = true;
        if ((m && is_mentioned(m, column->number)) ||
            has_name(&c->linter->evidence, column->name))
            return TL_YES;
    }
    return placed && !c->linter->evidence.blind ? TL_NO : TL_UNKNOWN;
}
