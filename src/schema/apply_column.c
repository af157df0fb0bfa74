/*
 * apply_column.c - columns are added and changed, in children too.
 */
#include "base/buf.h"
#include "schema/apply.h"
#include "sql/lex.h"

/* `given` is what SEQUENCE NAME says, if anything. */
static struct tl_str make_serial(struct change *x, struct tl_relation *rel,
                                 struct tl_str column, struct tl_str given,
                                 struct tl_span made, uint32_t *sequence)
{
    struct tl_str name =
        given.n > 0 ? given
                    : names_for_relation(x, rel->name, column, "seq", false);
    struct tl_relation *seq = store_add_relation(
        x,
        (struct tl_relation){.kind = TL_SEQUENCE,
                             .name = {rel->name.schema, name},
                             .temporary = rel->temporary},
        made);

    *sequence = seq->id;
    return arena_printf(&x->catalog->arena, "nextval('%.*s')", TL_FMT(name));
}

static bool domain_is_not_null(struct change *x, struct tl_name type)
{
    struct type_row *t = store_find_type(x->catalog, type, STORE_NOW);

    return t && t->kind == TYPE_DOMAIN && t->not_null;
}

/* A column that came from a parent and is named again keeps its place. */
static bool merge_column(struct change *x, uint32_t relation,
                         const struct tl_column_def *def)
{
    struct tl_column *old =
        store_column(x->catalog, relation, def->name, STORE_NOW);

    if (!old)
        return false;

    /* Nothing new: a version that says the same would only cost. */
    if ((old->not_null || !def->not_null) && !def->has_default)
        return true;

    struct tl_column next = *old;

    next.not_null = next.not_null || def->not_null;
    if (def->has_default)
        next.default_text = def->default_text;
    store_replace_column(x, old, &next);
    return true;
}

void apply_column_def(struct change *x, uint32_t relation,
                      const struct tl_column_def *def)
{
    struct tl_relation *rel = store_relation(x->catalog, relation, STORE_NOW);
    struct tl_span made = apply_part(x, def->at, def->length);
    uint32_t sequence = 0;

    if (!rel || merge_column(x, relation, def))
        return;

    struct tl_column col = {
        .relation = relation,
        .name = def->name,
        .type = def->type,
        .not_null = def->not_null || def->identity || def->serial ||
                    domain_is_not_null(x, def->type.name),
        .identity = def->identity,
        .serial = def->serial,
        .generated_stored = def->generated_stored,
        .default_text = def->default_text,
        .collation = def->collation,
    };

    if (def->serial || def->identity) {
        struct tl_str text =
            make_serial(x, rel, def->name, def->sequence.name, made, &sequence);

        if (def->serial)
            col.default_text = text;
    }

    struct tl_column *row = store_add_column(x, col, made);

    if (sequence)
        store_add_edge(x, relation,
                       (struct edge){.kind = EDGE_OWNED,
                                     .to = sequence,
                                     .column = row->number});
}

void apply_set_inherited(struct change *x, uint32_t relation,
                         struct tl_str name, bool inherited)
{
    struct tl_column *old = store_column(x->catalog, relation, name, STORE_NOW);

    if (!old || old->inherited == inherited)
        return;

    struct tl_column next = *old;

    next.inherited = inherited;
    store_replace_column(x, old, &next);
}

static void add_to_child(struct change *x, struct tl_relation *child,
                         const void *arg)
{
    const struct tl_column_def *def = arg;
    bool own = store_column(x->catalog, child->id, def->name, STORE_NOW);

    apply_column_def(x, child->id, def);
    if (!own && !child->parent)
        apply_set_inherited(x, child->id, def->name, true);
    apply_children(x, child->id, true, add_to_child, arg);
}

/* Rows that were there would have to get a value, and there is none. */
static bool fails_with_rows(const struct change *x,
                            const struct tl_column_def *def)
{
    const struct type_row *type =
        store_find_type(x->catalog, def->type.name, STORE_NOW);
    bool not_null = def->not_null;

    for (uint32_t i = 0; i < x->op->n_constraints; i++)
        not_null |= x->op->constraints[i].kind == TL_PRIMARY_KEY;
    return not_null && !def->has_default && !def->identity && !def->serial &&
           !def->generated_stored && !(type && type->kind == TYPE_DOMAIN);
}

static void prove_empty(struct change *x, uint32_t id)
{
    struct tl_relation *rel = store_relation(x->catalog, id, STORE_NOW);

    if (!rel)
        return;
    struct tl_relation next = *rel;
    next.proved_empty = x->context->statement;
    store_replace_relation(x, rel, &next);
}

void apply_add_column(struct change *x)
{
    const struct tl_op *op = x->op;
    struct tl_relation *rel = apply_target(x, TL_TABLE);

    if (!rel || op->n_columns == 0)
        return;

    const struct tl_column_def *def = &op->columns[0];
    uint32_t id = rel->id;

    if (op->if_not_exists && store_column(x->catalog, id, def->name, STORE_NOW))
        return;
    apply_column_def(x, id, def);
    apply_children(x, id, true, add_to_child, def);
    for (uint32_t i = 0; i < op->n_constraints; i++)
        apply_constraint_def(x, id, &op->constraints[i]);
    /* IF NOT EXISTS may have found it in a schema that nobody saw. */
    if (!op->if_not_exists && fails_with_rows(x, def))
        prove_empty(x, id);
}

static void change_column(struct change *x, struct tl_column *next)
{
    const struct tl_op *op = x->op;

    switch (op->kind) {
    case TL_OP_ALTER_COLUMN_TYPE:
        next->type = op->type;
        next->typed = op->span;
        next->collation = op->value;
        return;
    case TL_OP_SET_DEFAULT:
        next->default_text =
            op->n_columns > 0 ? op->columns[0].default_text : TL_NONE;
        return;
    case TL_OP_DROP_DEFAULT:
        next->default_text = TL_NONE;
        return;
    case TL_OP_SET_NOT_NULL:
        next->not_null = true;
        return;
    case TL_OP_DROP_NOT_NULL:
        next->not_null = false;
        return;
    case TL_OP_ADD_IDENTITY:
        next->identity = true;
        return;
    case TL_OP_DROP_IDENTITY:
        next->identity = false;
        return;
    default:
        next->generated_stored = false;
        next->default_text = TL_NONE;
        return;
    }
}

static void change_one(struct change *x, uint32_t relation);

static void change_child(struct change *x, struct tl_relation *child,
                         const void *arg)
{
    (void)arg;
    change_one(x, child->id);
}

static void change_one(struct change *x, uint32_t relation)
{
    struct tl_column *old =
        store_column(x->catalog, relation, x->op->column, STORE_NOW);

    if (old) {
        struct tl_column next = *old;

        change_column(x, &next);
        store_replace_column(x, old, &next);
    }
    apply_children(x, relation, true, change_child, NULL);
}

/* DDL on a column of a table whose CREATE was not seen tells of the column. */
static void make_unseen_column(struct change *x, const struct tl_relation *rel)
{
    if (!rel->incomplete || x->op->column.n == 0 ||
        store_column(x->catalog, rel->id, x->op->column, STORE_NOW))
        return;
    store_add_column(
        x, (struct tl_column){.relation = rel->id, .name = x->op->column},
        x->op->span);
}

void apply_alter_column(struct change *x)
{
    struct tl_relation *rel = apply_target(x, TL_TABLE);

    if (!rel)
        return;

    uint32_t id = rel->id;

    if (x->op->kind == TL_OP_DROP_COLUMN) {
        drop_column(x, id, x->op->column, x->op->cascade);
        return;
    }
    make_unseen_column(x, rel);
    if (x->op->kind == TL_OP_DROP_IDENTITY)
        drop_identity(x, id, x->op->column);
    change_one(x, id);
    if (x->op->kind == TL_OP_ADD_IDENTITY) {
        uint32_t sequence;
        struct tl_column *col =
            store_column(x->catalog, id, x->op->column, STORE_NOW);

        if (!col)
            return;
        make_serial(x, rel, col->name, x->op->other.name, x->op->span,
                    &sequence);
        store_add_edge(x, id,
                       (struct edge){.kind = EDGE_OWNED,
                                     .to = sequence,
                                     .column = col->number});
    }
}

void apply_set_not_null(struct change *x, uint32_t relation, struct tl_str name,
                        bool not_null)
{
    struct tl_column *old = store_column(x->catalog, relation, name, STORE_NOW);

    if (!old || old->not_null == not_null)
        return;

    struct tl_column next = *old;

    next.not_null = not_null;
    store_replace_column(x, old, &next);
}

struct renaming {
    struct tl_str from;
    struct tl_str to;
};

/* An expression with the column's new name; calls and strings are kept. */
static struct tl_str rename_in_text(struct change *x, struct tl_str text,
                                    const struct renaming *r)
{
    struct lex l = lex_at(text, 0);
    struct buf out;
    size_t copied = 0;

    if (text.n == 0)
        return text;
    buf_init(&out, 0);
    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        struct tl_str word = lex_text(&l, t);
        bool quoted = t.kind == LEX_QUOTED_IDENT && word.n > 2;

        if (quoted)
            word = (struct tl_str){word.p + 1, word.n - 2};
        if ((t.kind != LEX_WORD && !quoted) || !tl_str_eq(word, r->from))
            continue;
        if (t.end < text.n && text.p[t.end] == '(')
            continue;
        buf_add(&out, text.p + copied, t.start - copied);
        buf_printf(&out, quoted ? "\"%.*s\"" : "%.*s", TL_FMT(r->to));
        copied = t.end;
    }
    buf_add(&out, text.p + copied, text.n - copied);

    struct tl_str renamed = store_str(x, buf_view(&out));

    buf_release(&out);
    return renamed;
}

static const struct tl_str *rename_in_list(struct change *x,
                                           const struct tl_str *list,
                                           uint32_t n, const struct renaming *r)
{
    if (!list_has(list, n, r->from))
        return list;

    struct tl_str *copy = ARENA_ARRAY(&x->catalog->arena, struct tl_str, n);

    for (uint32_t i = 0; i < n; i++)
        copy[i] = tl_str_eq(list[i], r->from) ? r->to : list[i];
    return copy;
}

static void rename_in_index(struct change *x, struct index_row *row,
                            const struct renaming *r)
{
    struct index_row next = *row;
    struct tl_index *index = &next.index;
    struct tl_index_key *keys =
        ARENA_ARRAY(&x->catalog->arena, struct tl_index_key, index->n_keys);

    for (uint32_t i = 0; i < index->n_keys; i++) {
        keys[i] = index->keys[i];
        if (tl_str_eq(keys[i].column, r->from))
            keys[i].column = r->to;
        keys[i].expression = rename_in_text(x, keys[i].expression, r);
    }
    index->keys = keys;
    index->include = rename_in_list(x, index->include, index->n_include, r);
    index->predicate = rename_in_text(x, index->predicate, r);
    next.used = rename_in_list(x, next.used, next.n_used, r);
    store_replace_index(x, row, &next);
}

static void rename_in_constraint(struct change *x, struct constraint_row *row,
                                 const struct renaming *r)
{
    struct constraint_row next = *row;

    next.con.columns =
        rename_in_list(x, next.con.columns, next.con.n_columns, r);
    next.con.check = rename_in_text(x, next.con.check, r);
    store_replace_constraint(x, row, &next);
}

static void rename_in_incoming(struct change *x, struct object *o,
                               const struct renaming *r)
{
    for (struct constraint_row *c = o->incoming; c; c = c->next_incoming) {
        if (!row_is_current(&c->con.row) ||
            !list_has(c->con.ref_columns, c->con.n_ref_columns, r->from))
            continue;

        struct constraint_row next = *c;

        next.con.ref_columns =
            rename_in_list(x, next.con.ref_columns, next.con.n_ref_columns, r);
        store_replace_constraint(x, c, &next);
    }
}

static void rename_partition_key(struct change *x, uint32_t relation,
                                 const struct renaming *r)
{
    struct tl_relation *rel = store_relation(x->catalog, relation, STORE_NOW);

    if (!rel || rel->partition_columns.n == 0)
        return;

    struct tl_relation next = *rel;

    next.partition_columns = rename_in_text(x, rel->partition_columns, r);
    if (!tl_str_eq(next.partition_columns, rel->partition_columns))
        store_replace_relation(x, rel, &next);
}

static void rename_one(struct change *x, uint32_t relation,
                       const struct renaming *r);

static void rename_child(struct change *x, struct tl_relation *child,
                         const void *arg)
{
    rename_one(x, child->id, arg);
}

/* New rows stand behind the ones they replace: each is met, and passed over
   because it names the column no more. */
static void rename_one(struct change *x, uint32_t relation,
                       const struct renaming *r)
{
    struct tl_column *old =
        store_column(x->catalog, relation, r->from, STORE_NOW);
    struct object *o = store_object(x->catalog, relation);

    if (!old || !o || tl_str_eq(r->from, r->to))
        return;

    struct tl_column next = *old;

    next.name = r->to;
    store_replace_column(x, old, &next);
    for (struct index_row *i = o->first_index; i; i = i->next)
        if (row_is_current(&i->index.row) && index_uses(i, r->from))
            rename_in_index(x, i, r);
    for (struct constraint_row *c = o->first_constraint; c; c = c->next)
        if (row_is_current(&c->con.row) &&
            list_has(c->con.columns, c->con.n_columns, r->from))
            rename_in_constraint(x, c, r);
    rename_in_incoming(x, o, r);
    rename_partition_key(x, relation, r);
    apply_children(x, relation, true, rename_child, r);
}

void apply_rename_column(struct change *x)
{
    struct tl_relation *rel = apply_target(x, TL_TABLE);
    struct renaming r = {x->op->column, x->op->new_name};

    if (!rel)
        return;
    make_unseen_column(x, rel);
    rename_one(x, rel->id, &r);
}
