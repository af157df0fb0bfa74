/*
 * decode_table.c - CREATE TABLE, CREATE TABLE AS, SELECT INTO, views.
 */
#include "schema/decoder.h"

#include <ctype.h>

static void persistence(const PgQuery__RangeVar *r, struct tl_op *op)
{
    char p = r && r->relpersistence ? r->relpersistence[0] : 'p';

    op->temporary = p == 't';
    op->unlogged = p == 'u';
}

static void add_parent(struct decoder *d, struct tl_op *op,
                       struct tl_parent_def parent)
{
    /* As for constraints: doubling in the arena. */
    if ((op->n_parents & (op->n_parents - 1)) == 0) {
        size_t cap = op->n_parents ? (size_t)op->n_parents * 2 : 1;
        struct tl_parent_def *grown =
            ARENA_ARRAY(d->arena, struct tl_parent_def, cap);

        if (op->n_parents > 0)
            memcpy(grown, op->parents, op->n_parents * sizeof(*grown));
        op->parents = grown;
    }
    if (op->n_parents == 0)
        op->other = parent.table;
    op->parents[op->n_parents++] = parent;
}

enum like_option {
    LIKE_CONSTRAINTS = 1 << 2,
    LIKE_DEFAULTS = 1 << 3,
    LIKE_GENERATED = 1 << 4,
    LIKE_IDENTITY = 1 << 5,
    LIKE_INDEXES = 1 << 6,
};

static void add_like(struct decoder *d, struct tl_op *op,
                     const struct tl_node *node)
{
    const PgQuery__TableLikeClause *c =
        TL_AS(TABLE_LIKE_CLAUSE, TableLikeClause, node);

    add_parent(d, op,
               (struct tl_parent_def){
                   .kind = TL_PARENT_LIKE,
                   .table = decode_range(c->relation),
                   .before = op->n_columns,
                   .defaults = (c->options & LIKE_DEFAULTS) != 0,
                   .constraints = (c->options & LIKE_CONSTRAINTS) != 0,
                   .indexes = (c->options & LIKE_INDEXES) != 0,
                   .identity = (c->options & LIKE_IDENTITY) != 0,
                   .generated = (c->options & LIKE_GENERATED) != 0,
               });
}

static void add_table_constraint(struct decoder *d, struct tl_op *op,
                                 const struct tl_node *node, struct part place)
{
    struct tl_constraint_def def = decode_constraint(d, node);

    def.not_valid = false;
    if (place.end > place.start) {
        def.at = (uint32_t)(place.start - op->span.start);
        def.length = (uint32_t)(place.end - place.start);
    }
    decode_push_constraint(d, op, &def);
}

/* '2026-01-01', 10, MINVALUE, MAXVALUE; anything else is not read. */
static struct tl_str bound_text(struct decoder *d, PgQuery__Node *const *datums,
                                size_t n)
{
    if (n != 1)
        return TL_NONE;
    if (datums[0]->node_case == TL_KIND(COLUMN_REF) &&
        datums[0]->column_ref->n_fields == 1)
        return decode_string(datums[0]->column_ref->fields[0]);
    if (datums[0]->node_case != TL_KIND(A_CONST))
        return TL_NONE;

    const PgQuery__AConst *c = datums[0]->a_const;

    if (c->val_case == PG_QUERY__A__CONST__VAL_SVAL)
        return tl_str_c(c->sval->sval);
    if (c->val_case == PG_QUERY__A__CONST__VAL_IVAL)
        return arena_printf(d->arena, "%d", c->ival->ival);
    return TL_NONE;
}

void decode_bounds(struct decoder *d, struct tl_op *op,
                   const PgQuery__PartitionBoundSpec *spec)
{
    if (!spec)
        return;
    op->is_default = spec->is_default;
    op->bounds = (struct tl_bounds){
        bound_text(d, spec->lowerdatums, spec->n_lowerdatums),
        bound_text(d, spec->upperdatums, spec->n_upperdatums)};
}

static void add_parents(struct decoder *d, struct tl_op *op,
                        const PgQuery__CreateStmt *s)
{
    bool partition = s->partbound != NULL;

    for (size_t i = 0; i < s->n_inh_relations; i++) {
        const PgQuery__Node *n = s->inh_relations[i];

        if (n->node_case == TL_KIND(RANGE_VAR))
            add_parent(
                d, op,
                (struct tl_parent_def){.kind = partition ? TL_PARENT_PARTITION
                                                         : TL_PARENT_INHERITS,
                                       .table = decode_range(n->range_var)});
    }
    decode_bounds(d, op, s->partbound);
    /* OF type: its attributes, as LIKE would copy them. */
    if (s->of_typename)
        add_parent(d, op,
                   (struct tl_parent_def){
                       .kind = TL_PARENT_LIKE,
                       .table = decode_names(d, s->of_typename->names,
                                             s->of_typename->n_names)});
}

/* The grammar of 15 has a word, later ones an enum: list, range, hash. */
static inline char strategy_of_word(const char *word)
{
    return (char)tolower((unsigned char)word[0]);
}

static inline char strategy_of_number(int n)
{
    static const char letters[] = {0, 'l', 'r', 'h'};

    return n >= 0 && n < 4 ? letters[n] : 0;
}

#define STRATEGY(field)                                                        \
    _Generic((field), char *: strategy_of_word, default: strategy_of_number)(  \
        field)

static void partition_by(struct decoder *d, struct tl_op *op,
                         const struct tl_node *node,
                         const PgQuery__PartitionSpec *spec)
{
    struct tl_str all = TL_NONE;

    if (!spec)
        return;
    op->partitioned = true;
    op->relation_kind = TL_PARTITIONED_TABLE;
    for (size_t i = 0; i < spec->n_part_params && i < DECODE_MAX_KEYS; i++) {
        const PgQuery__Node *n = spec->part_params[i];

        if (n->node_case != TL_KIND(PARTITION_ELEM))
            continue;

        const PgQuery__PartitionElem *e = n->partition_elem;
        struct tl_str part =
            e->expr ? decode_expression(d, node, e->expr) : tl_str_c(e->name);

        all = all.n == 0 ? part
                         : arena_printf(d->arena, "%.*s,%.*s", TL_FMT(all),
                                        TL_FMT(part));
    }
    op->partition_columns = all;
    op->partitioned_by = STRATEGY(spec->strategy);
}

/* Elements in the tree and in the text come in one order. */
static void add_elements(struct decoder *d, struct tl_op *op,
                         const struct tl_node *node,
                         const PgQuery__CreateStmt *s)
{
    size_t max = s->n_table_elts;
    struct part *places = ARENA_ARRAY(d->arena, struct part, max);
    size_t from = s->relation && s->relation->location > 0
                      ? (size_t)s->relation->location
                      : 0;
    size_t n = decode_split(d->text, from, true, places, max);
    size_t at = 0;

    op->columns = ARENA_ARRAY(d->arena, struct tl_column_def, max);
    TL_CHILDREN(d->tree, node, child) {
        struct part place = at < n ? places[at] : (struct part){0, 0};

        if (child->kind == TL_KIND(COLUMN_DEF)) {
            struct tl_column_def def = decode_column(d, child, place, op);

            op->columns[op->n_columns++] = def;
        } else if (child->kind == TL_KIND(CONSTRAINT)) {
            add_table_constraint(d, op, child, place);
        } else if (child->kind == TL_KIND(TABLE_LIKE_CLAUSE)) {
            add_like(d, op, child);
        } else {
            continue;
        }
        if (++at == max)
            return;
    }
}

/* PRIMARY KEY (a) makes a NOT NULL, wherever it is written. */
static void mark_key_columns(struct tl_op *op)
{
    for (uint32_t i = 0; i < op->n_constraints; i++) {
        const struct tl_constraint_def *def = &op->constraints[i];

        if (def->kind != TL_PRIMARY_KEY)
            continue;
        for (uint32_t k = 0; k < def->n_columns; k++)
            for (uint32_t c = 0; c < op->n_columns; c++)
                if (tl_str_eq(op->columns[c].name, def->columns[k]))
                    op->columns[c].not_null = true;
    }
}

static void create_table(struct decoder *d, const struct tl_node *node,
                         const PgQuery__CreateStmt *s)
{
    struct tl_op *op = decode_op(d, TL_OP_CREATE_TABLE, node);

    op->table = decode_range(s->relation);
    op->if_not_exists = s->if_not_exists;
    persistence(s->relation, op);
    add_parents(d, op, s);
    add_elements(d, op, node, s);
    partition_by(d, op, node, s->partspec);
    mark_key_columns(op);
}

static void create_as(struct decoder *d, const struct tl_node *node,
                      const PgQuery__IntoClause *into, PgQuery__Node *query,
                      enum tl_op_kind kind)
{
    struct tl_op *op = decode_op(d, kind, node);

    op->table = decode_range(into->rel);
    op->with_data = !into->skip_data;
    if (kind == TL_OP_CREATE_MATVIEW)
        op->relation_kind = TL_MATVIEW;
    persistence(into->rel, op);

    const struct tl_node *q =
        query ? tl_find_wrapped(d->tree, node, query) : node;

    if (q)
        decode_query_columns(d, q, into->col_names, into->n_col_names, op);
}

static void create_view(struct decoder *d, const struct tl_node *node,
                        const PgQuery__ViewStmt *s)
{
    struct tl_op *op = decode_op(d, TL_OP_CREATE_VIEW, node);
    const struct tl_node *query = tl_find_wrapped(d->tree, node, s->query);

    op->table = decode_range(s->view);
    op->or_replace = s->replace;
    op->relation_kind = TL_VIEW;
    persistence(s->view, op);
    if (query)
        decode_query_columns(d, query, s->aliases, s->n_aliases, op);
}

static void create_table_as(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__CreateTableAsStmt *s =
        TL_AS(CREATE_TABLE_AS_STMT, CreateTableAsStmt, node);
    bool view = ENUM_IS(s->objtype, OBJECT_TYPE, OBJECT_MATVIEW);

    if (!s->into)
        return;
    create_as(d, node, s->into, s->query,
              view ? TL_OP_CREATE_MATVIEW : TL_OP_CREATE_TABLE_AS);
    vec_last(&d->ops)->if_not_exists = s->if_not_exists;
}

bool decode_table(struct decoder *d, const struct tl_node *node)
{
    if (node->kind == TL_KIND(CREATE_STMT)) {
        create_table(d, node, TL_AS(CREATE_STMT, CreateStmt, node));
        return true;
    }
    if (node->kind == TL_KIND(CREATE_FOREIGN_TABLE_STMT)) {
        const struct tl_node *base = node + 1;
        const PgQuery__CreateForeignTableStmt *s =
            TL_AS(CREATE_FOREIGN_TABLE_STMT, CreateForeignTableStmt, node);

        if (!s->base_stmt || !tl_inside(d->tree, node, base))
            return false;
        base = tl_find(d->tree, node, s->base_stmt);
        create_table(d, base ? base : node, s->base_stmt);
        vec_last(&d->ops)->relation_kind = TL_FOREIGN_TABLE;
        vec_last(&d->ops)->node = node;
        return true;
    }
    if (node->kind == TL_KIND(CREATE_TABLE_AS_STMT)) {
        create_table_as(d, node);
        return true;
    }
    if (node->kind == TL_KIND(VIEW_STMT)) {
        create_view(d, node, TL_AS(VIEW_STMT, ViewStmt, node));
        return true;
    }
    if (node->kind == TL_KIND(SELECT_STMT)) {
        const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);

        if (!s->into_clause)
            return false;
        create_as(d, node, s->into_clause, NULL, TL_OP_CREATE_TABLE_AS);
        return true;
    }
    return false;
}
