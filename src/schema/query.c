/*
 * query.c - the schema as rules ask for it.
 *
 * Everything here reads one moment and changes nothing.
 */
#include "schema/store.h"
#include "sql/lex.h"

/* Objects: enough that one comes while the ones before it are looked at. */
#define FETCH_AHEAD 16

const struct tl_relation *
tl_find_relation(struct tl_schema s, struct tl_name name, enum tl_know *known)
{
    const struct relation_row *row =
        store_find_relation(s.catalog, name, s.at, known);

    return row ? &row->rel : NULL;
}

const struct tl_relation *tl_relation_by_id(struct tl_schema s, uint32_t id)
{
    return store_relation(s.catalog, id, s.at);
}

const struct tl_column *tl_find_column(struct tl_schema s,
                                       const struct tl_relation *rel,
                                       struct tl_str name)
{
    return rel ? store_column(s.catalog, rel->id, name, s.at) : NULL;
}

const struct tl_index *tl_find_index(struct tl_schema s, struct tl_name name)
{
    const struct relation_row *row =
        store_find_relation(s.catalog, name, s.at, NULL);
    const struct index_row *index =
        row ? store_index(s.catalog, row->rel.id, s.at) : NULL;

    return index ? &index->index : NULL;
}

const struct tl_constraint *tl_find_constraint(struct tl_schema s,
                                               const struct tl_relation *rel,
                                               struct tl_str name)
{
    const struct constraint_row *row =
        rel ? store_constraint(s.catalog, rel->id, name, s.at) : NULL;

    return row ? &row->con : NULL;
}

/* Who goes through all relations meets memory that is in no cache. */
static void fetch_ahead(const struct catalog *c, uint32_t id)
{
    const struct object *near = store_object(c, id + FETCH_AHEAD);
    const struct object *far = store_object(c, id + 2 * FETCH_AHEAD);

    if (far) {
        __builtin_prefetch(far);
        __builtin_prefetch(far + 1);
    }
    if (near) {
        __builtin_prefetch(near->newest);
        __builtin_prefetch(near->first_constraint);
    }
}

const struct tl_relation *tl_next_relation(struct tl_schema s,
                                           const struct tl_relation *last)
{
    for (uint32_t id = last ? last->id + 1 : 1; id <= s.catalog->objects.n;
         id++) {
        fetch_ahead(s.catalog, id);
        const struct tl_relation *rel = store_relation(s.catalog, id, s.at);

        if (rel)
            return rel;
    }
    return NULL;
}

const struct tl_relation *catalog_next_changed(struct tl_schema s,
                                               const struct tl_relation *last,
                                               uint32_t since)
{
    for (uint32_t id = last ? last->id + 1 : 1; id <= s.catalog->objects.n;
         id++) {
        fetch_ahead(s.catalog, id);
        const struct tl_relation *rel =
            s.catalog->objects.v[id - 1]->changed >= since
                ? store_relation(s.catalog, id, s.at)
                : NULL;

        if (rel)
            return rel;
    }
    return NULL;
}

const struct tl_column *tl_next_column(struct tl_schema s,
                                       const struct tl_relation *rel,
                                       const struct tl_column *last)
{
    const struct object *o = rel ? store_object(s.catalog, rel->id) : NULL;
    const struct column_row *r = NULL;

    if (last)
        r = ((const struct column_row *)last)->next;
    else if (o)
        r = store_first_column(o, s.at);
    while (r && !tl_alive(&r->col.row, s))
        r = r->next;
    return r ? &r->col : NULL;
}

const struct tl_index *tl_next_index(struct tl_schema s,
                                     const struct tl_relation *rel,
                                     const struct tl_index *last)
{
    const struct object *o = rel ? store_object(s.catalog, rel->id) : NULL;
    const struct index_row *r = NULL;

    if (last)
        r = ((const struct index_row *)last)->next;
    else if (o)
        r = o->first_index;
    while (r && !tl_alive(&r->index.row, s))
        r = r->next;
    return r ? &r->index : NULL;
}

const struct tl_constraint *tl_next_constraint(struct tl_schema s,
                                               const struct tl_relation *rel,
                                               const struct tl_constraint *last)
{
    const struct object *o = rel ? store_object(s.catalog, rel->id) : NULL;
    const struct constraint_row *r = NULL;

    if (last)
        r = ((const struct constraint_row *)last)->next;
    else if (o)
        r = o->first_constraint;
    while (r && !tl_alive(&r->con.row, s))
        r = r->next;
    return r ? &r->con : NULL;
}

uint32_t tl_primary_key_died(struct tl_schema s, const struct tl_relation *rel)
{
    const struct object *o = rel ? store_object(s.catalog, rel->id) : NULL;
    uint32_t died = 0;

    for (const struct constraint_row *r = o ? o->first_constraint : NULL; r;
         r = r->next) {
        if (r->con.kind != TL_PRIMARY_KEY || r->con.row.born > s.at)
            continue;
        if (r->con.row.died > s.at)
            return 0;
        died = r->con.row.died > died ? r->con.row.died : died;
    }
    return died;
}

const struct tl_policy *tl_next_policy(struct tl_schema s,
                                       const struct tl_relation *rel,
                                       const struct tl_policy *last)
{
    const struct object *o = rel ? store_object(s.catalog, rel->id) : NULL;
    const struct policy_row *r = NULL;

    if (last)
        r = ((const struct policy_row *)last)->next;
    else if (o)
        r = o->first_policy;
    while (r && !tl_alive(&r->policy.row, s))
        r = r->next;
    return r ? &r->policy : NULL;
}

const struct tl_relation *tl_next_partition(struct tl_schema s,
                                            const struct tl_relation *parent,
                                            const struct tl_relation *last)
{
    const struct object *o = store_object(s.catalog, parent->id);
    const struct edge *e = o ? o->edges : NULL;

    if (last) {
        e = store_edge(s.catalog, parent->id, EDGE_PARTITION, last->id, s.at);
        e = e ? e->next : NULL;
    }
    for (; e; e = e->next) {
        const struct tl_relation *rel =
            e->kind == EDGE_PARTITION && tl_alive(&e->row, s)
                ? tl_relation_by_id(s, e->to)
                : NULL;

        if (rel)
            return rel;
    }
    return NULL;
}

bool tl_has_heirs(struct tl_schema s, const struct tl_relation *rel)
{
    const struct object *o = store_object(s.catalog, rel->id);

    for (const struct edge *e = o ? o->edges : NULL; e; e = e->next)
        if (e->kind == EDGE_INHERITS && tl_alive(&e->row, s) &&
            tl_relation_by_id(s, e->to))
            return true;
    return false;
}

static bool leads_with(const struct tl_index *index,
                       const struct tl_str *columns, uint32_t n)
{
    if (index->n_keys < n)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        bool found = false;

        for (uint32_t k = 0; k < n && !found; k++)
            found = index->keys[k].column.n > 0 &&
                    tl_str_eq(index->keys[k].column, columns[i]);
        if (!found)
            return false;
    }
    return true;
}

const struct tl_index *tl_index_led_by(struct tl_schema s,
                                       const struct tl_relation *rel,
                                       const struct tl_str *columns, uint32_t n,
                                       bool partial_ok)
{
    TL_EACH_INDEX(s, rel, index) {
        if (!tl_str_is(index->method, "btree"))
            continue;
        if (index->predicate.n > 0 && !partial_ok)
            continue;
        if (leads_with(index, columns, n))
            return index;
    }
    return NULL;
}

/* Is it `column is not null`, in parentheses or not? */
static bool conjunct_proves(struct tl_str text, struct tl_str column)
{
    struct lex l = lex_at(text, 0);
    struct lex_token t[8] = {{.kind = LEX_END}};
    size_t n = 0;

    for (struct lex_token next = lex_next_code(&l); next.kind != LEX_END;
         next = lex_next_code(&l)) {
        if (lex_is_punct(&l, next, '(') || lex_is_punct(&l, next, ')'))
            continue;
        if (n == 8)
            return false;
        t[n++] = next;
    }
    if (n != 4 || !lex_is_word(&l, t[1], "is") ||
        !lex_is_word(&l, t[2], "not") || !lex_is_word(&l, t[3], "null"))
        return false;

    struct tl_str name = lex_text(&l, t[0]);

    if (t[0].kind == LEX_QUOTED_IDENT && name.n > 2)
        name = (struct tl_str){name.p + 1, name.n - 2};
    return tl_str_eq(name, column);
}

/* Takes the parentheses off that hold the whole text. */
static struct tl_str strip_parentheses(struct tl_str text)
{
    for (;;) {
        struct lex l = lex_at(text, 0);
        struct lex_token first = lex_next_code(&l);
        size_t depth = 1;

        if (!lex_is_punct(&l, first, '('))
            return text;

        struct lex_token t = first;

        while (depth > 0) {
            t = lex_next_code(&l);
            if (t.kind == LEX_END)
                return text;
            depth += lex_is_punct(&l, t, '(');
            depth -= lex_is_punct(&l, t, ')');
        }
        if (lex_next_code(&l).kind != LEX_END)
            return text;
        text = (struct tl_str){text.p + first.end, t.start - first.end};
    }
}

bool check_proves_not_null(struct tl_str check, struct tl_str column)
{
    check = strip_parentheses(check);

    struct lex l = lex_at(check, 0);
    size_t depth = 0;
    size_t begin = 0;
    bool proved = false;

    for (;;) {
        struct lex_token t = lex_next_code(&l);
        bool end = t.kind == LEX_END;

        depth += lex_is_punct(&l, t, '(');
        if (depth > 0 && lex_is_punct(&l, t, ')'))
            depth--;
        if (!end && depth == 0 && lex_is_word(&l, t, "or"))
            return false;
        if (!end && !(depth == 0 && lex_is_word(&l, t, "and")))
            continue;

        struct tl_str part = {check.p + begin, t.start - begin};

        proved = proved || conjunct_proves(part, column);
        begin = t.end;
        if (end)
            return proved;
    }
}

enum tl_know tl_column_is_not_null(struct tl_schema s,
                                   const struct tl_relation *rel,
                                   struct tl_str column)
{
    const struct tl_column *col = tl_find_column(s, rel, column);

    if (!rel)
        return TL_UNKNOWN;
    if (col && col->not_null)
        return TL_YES;
    TL_EACH_CONSTRAINT(s, rel, con) {
        if (con->kind == TL_PRIMARY_KEY &&
            list_has(con->columns, con->n_columns, column))
            return TL_YES;
        if (con->kind == TL_CHECK && con->validated &&
            check_proves_not_null(con->check, column))
            return TL_YES;
    }
    return rel->incomplete || rel->uncertain ? TL_UNKNOWN : TL_NO;
}

static bool same_order(const struct tl_index *a, const struct tl_index *b)
{
    bool forward = true;
    bool backward = true;

    for (uint32_t i = 0; i < a->n_keys; i++) {
        bool desc = a->keys[i].desc == b->keys[i].desc;
        bool nulls = a->keys[i].nulls_first == b->keys[i].nulls_first;

        forward = forward && desc && nulls;
        backward = backward && !desc && !nulls;
    }
    return forward || backward;
}

bool tl_index_is_prefix(const struct tl_index *a, const struct tl_index *b)
{
    if (a->n_keys > b->n_keys || !tl_str_eq(a->method, b->method))
        return false;
    for (uint32_t i = 0; i < a->n_keys; i++) {
        const struct tl_index_key *x = &a->keys[i];
        const struct tl_index_key *y = &b->keys[i];

        if (!tl_str_eq(x->column, y->column) ||
            !tl_str_eq(x->expression, y->expression) ||
            !tl_str_eq(x->opclass, y->opclass) ||
            !tl_str_eq(x->collation, y->collation))
            return false;
    }
    return same_order(a, b);
}

struct tl_index index_as_made(const struct tl_index_def *d)
{
    return (struct tl_index){
        .method = d->method,
        .unique = d->unique,
        .nulls_not_distinct = d->nulls_not_distinct,
        .keys = d->keys,
        .n_keys = d->n_keys,
        .include = d->include,
        .n_include = d->n_include,
        .predicate = d->predicate,
    };
}

static bool keys_fit(const struct tl_index_key *a, const struct tl_index_key *b)
{
    return tl_str_eq(a->column, b->column) &&
           tl_str_eq(a->expression, b->expression) &&
           tl_str_eq(a->opclass, b->opclass) &&
           tl_str_eq(a->collation, b->collation);
}

/* CompareIndexInfo() of PostgreSQL, and DefineIndex() around it. */
bool index_fits(const struct tl_index *a, const struct tl_index *parent)
{
    if (a->n_keys != parent->n_keys || a->n_include != parent->n_include ||
        a->unique != parent->unique ||
        a->nulls_not_distinct != parent->nulls_not_distinct ||
        (parent->of_constraint && !a->of_constraint) ||
        !tl_str_eq(a->method, parent->method) ||
        !tl_str_eq(a->predicate, parent->predicate))
        return false;
    for (uint32_t i = 0; i < a->n_keys; i++)
        if (!keys_fit(&a->keys[i], &parent->keys[i]))
            return false;
    for (uint32_t i = 0; i < a->n_include; i++)
        if (!tl_str_eq(a->include[i], parent->include[i]))
            return false;
    return true;
}

bool index_is_attached(struct tl_schema s, const struct tl_relation *table,
                       uint32_t index)
{
    const struct object *o = store_object(s.catalog, index);

    for (const struct edge *e = o ? o->edges_to : NULL; e; e = e->next_to) {
        const struct index_row *above =
            e->kind == EDGE_INDEX && tl_alive(&e->row, s)
                ? store_index(s.catalog, e->from, s.at)
                : NULL;

        if (above && above->index.relation == table->id)
            return true;
    }
    return false;
}

bool tl_index_serves(const struct tl_index *index,
                     const struct tl_index_def *def)
{
    const struct tl_index made = index_as_made(def);

    return index_fits(index, &made);
}

uint32_t sequence_owner(struct tl_schema s, uint32_t sequence)
{
    const struct object *o = store_object(s.catalog, sequence);

    for (const struct edge *e = o ? o->edges_to : NULL; e; e = e->next_to)
        if (e->kind == EDGE_OWNED && tl_alive(&e->row, s))
            return e->from;
    return 0;
}
