/*
 * freeze_row.c - what each kind of row is made of, for both ways.
 */
#include "schema/freeze_row.h"

void freeze_span(struct codec *c, struct tl_span *s,
                 struct freeze_sources sources)
{
    uint64_t length = s->end - s->start;

    code_u32(c, &s->source);
    code_u64(c, &s->start);
    code_u64(c, &length);
    s->end = s->start + length;
    if (!c->reading)
        return;
    if (s->end < s->start || s->source >= sources.n ||
        s->end > sources.length[s->source])
        codec_fail(c);
}

void freeze_id(struct freezer *f, uint32_t *id)
{
    code_u32(f->codec, id);
    if (*id > f->n_objects) {
        codec_fail(f->codec);
        *id = 0;
    }
}

void freeze_object(struct freezer *f, uint32_t *id)
{
    freeze_id(f, id);
    if (*id == 0)
        codec_fail(f->codec);
}

void freeze_list(struct freezer *f, const struct tl_str **list, uint32_t *n)
{
    struct codec *c = f->codec;
    struct tl_str *read = NULL;

    code_count(c, n);
    if (c->reading && *n)
        *list = read = ARENA_ARRAY(f->arena, struct tl_str, *n);
    else if (c->reading)
        *list = NULL;
    for (uint32_t i = 0; i < *n; i++) {
        struct tl_str s = (*list)[i];

        code_str(c, &s);
        if (read)
            read[i] = s;
    }
}

static void code_name(struct codec *c, struct tl_name *n)
{
    code_str(c, &n->schema);
    code_str(c, &n->name);
}

static void code_type(struct codec *c, struct tl_type *t)
{
    code_name(c, &t->name);
    t->n_mods = (uint8_t)code_choice(c, t->n_mods, 256);
    for (unsigned i = 0; i < t->n_mods && i < 2; i++)
        code_i32(c, &t->mods[i]);
    t->dimensions = (uint8_t)code_choice(c, t->dimensions, 256);
}

void freeze_row(struct freezer *f, struct tl_row *r)
{
    struct codec *c = f->codec;
    /* What most rows are: as they were made, where they were made, and there
       still. */
    bool dead = r->died != TL_ALIVE;
    bool changed = r->first != r->born;
    bool elsewhere = r->file != r->made.source;

    CODE_BOOLS(c, &dead, &changed, &elsewhere);
    code_u32(c, &r->born);
    code_u32_wrapped(c, &r->transaction);
    freeze_span(c, &r->made, f->sources);
    r->died = dead ? r->died : TL_ALIVE;
    r->first = changed ? r->first : r->born;
    r->file = elsewhere ? r->file : r->made.source;
    if (dead)
        code_u32(c, &r->died);
    if (changed)
        code_u32(c, &r->first);
    if (elsewhere)
        code_u32_wrapped(c, &r->file);
    if (c->reading && r->file != UINT32_MAX && r->file >= f->sources.n)
        codec_fail(c);
}

void freeze_relation(struct freezer *f, struct relation_row *row)
{
    struct tl_relation *r = &row->rel;
    struct codec *c = f->codec;

    freeze_row(f, &r->row);
    freeze_object(f, &r->id);
    CODE_ENUM(c, &r->kind, TL_FOREIGN_TABLE + 1);
    code_name(c, &r->name);
    CODE_BOOLS(c, &r->temporary, &r->unlogged, &r->filled, &r->dead_rows,
               &r->uncertain, &r->incomplete, &r->without_data,
               &r->row_security);
    code_u32(c, &r->emptied);
    code_u32(c, &r->proved_empty);
    code_u32(c, &r->doubted);
    freeze_id(f, &r->parent);
    code_str(c, &r->partition_columns);
    code_char(c, &r->partitioned_by);
    code_str(c, &r->bounds.from);
    code_str(c, &r->bounds.to);
    code_char(c, &r->replica_identity);
    /* The names' chains tell rows apart by it. */
    if (r->name.schema.n == 0)
        codec_fail(c);
}

static bool is_same_span(struct tl_span a, struct tl_span b)
{
    return a.source == b.source && a.start == b.start && a.end == b.end;
}

void freeze_column(struct freezer *f, struct column_row *row)
{
    struct tl_column *col = &row->col;
    struct codec *c = f->codec;

    freeze_row(f, &col->row);
    code_u32(c, &col->number);
    code_str(c, &col->name);
    code_type(c, &col->type);
    /* Mostly nobody has changed it since. */
    bool changed = !is_same_span(col->typed, col->row.made);
    CODE_BOOLS(c, &changed, &col->not_null, &col->identity, &col->serial,
               &col->generated_stored, &col->inherited);
    if (changed)
        freeze_span(c, &col->typed, f->sources);
    else
        col->typed = col->row.made;
    code_str(c, &col->default_text);
    code_str(c, &col->collation);
}

static void code_keys(struct freezer *f, struct tl_index *x)
{
    struct tl_index_key *read = NULL;
    struct codec *c = f->codec;

    code_count(c, &x->n_keys);
    if (c->reading)
        x->keys = read =
            x->n_keys ? ARENA_ARRAY(f->arena, struct tl_index_key, x->n_keys)
                      : NULL;
    for (uint32_t i = 0; i < x->n_keys; i++) {
        struct tl_index_key key = x->keys[i];

        code_str(c, &key.column);
        code_str(c, &key.expression);
        code_str(c, &key.opclass);
        code_str(c, &key.collation);
        CODE_BOOLS(c, &key.desc, &key.nulls_first);
        if (read)
            read[i] = key;
    }
}

void freeze_index(struct freezer *f, struct index_row *row)
{
    struct tl_index *x = &row->index;
    struct codec *c = f->codec;

    code_u32(c, &row->number);
    freeze_row(f, &x->row);
    freeze_object(f, &x->id);
    code_name(c, &x->name);
    code_str(c, &x->method);
    CODE_BOOLS(c, &x->unique, &x->primary, &x->of_constraint,
               &x->nulls_not_distinct, &x->concurrently, &x->maybe_invalid);
    code_keys(f, x);
    freeze_list(f, &x->include, &x->n_include);
    code_str(c, &x->predicate);
    code_str(c, &row->name_part);
    freeze_list(f, &row->used, &row->n_used);
}

void freeze_constraint(struct freezer *f, struct constraint_row *row)
{
    struct tl_constraint *con = &row->con;
    struct codec *c = f->codec;

    code_u32(c, &row->number);
    freeze_row(f, &con->row);
    CODE_ENUM(c, &con->kind, TL_EXCLUDE + 1);
    code_str(c, &con->name);
    freeze_list(f, &con->columns, &con->n_columns);
    CODE_BOOLS(c, &con->validated, &con->deferrable, &row->inherited,
               &row->no_inherit);
    code_str(c, &con->check);
    code_name(c, &con->ref_table);
    freeze_id(f, &con->ref_relation);
    freeze_list(f, &con->ref_columns, &con->n_ref_columns);
    code_char(c, &con->on_delete);
    freeze_id(f, &con->index);
}

void freeze_edge(struct freezer *f, struct edge *e)
{
    struct codec *c = f->codec;

    freeze_row(f, &e->row);
    CODE_ENUM(c, &e->kind, EDGE_INDEX + 1);
    freeze_object(f, &e->from);
    freeze_object(f, &e->to);
    code_bool(c, &e->is_default);
    code_u32(c, &e->column);
}

void freeze_policy(struct freezer *f, struct policy_row *row)
{
    freeze_row(f, &row->policy.row);
    code_str(f->codec, &row->policy.name);
}

void freeze_type(struct freezer *f, struct type_row *t)
{
    struct codec *c = f->codec;

    freeze_row(f, &t->row);
    code_name(c, &t->name);
    CODE_ENUM(c, &t->kind, TYPE_COMPOSITE + 1);
    code_type(c, &t->base);
    code_bool(c, &t->not_null);
    code_u32(c, &t->n_checks);
}

void freeze_label(struct freezer *f, struct label_row *row)
{
    freeze_row(f, &row->row);
    code_str(f->codec, &row->name);
}

void freeze_function(struct freezer *f, struct function_row *row)
{
    struct codec *c = f->codec;

    freeze_row(f, &row->row);
    code_name(c, &row->name);
    code_str(c, &row->arguments);
    CODE_ENUM(c, &row->volatility, TL_VOLATILE + 1);
}

void freeze_path(struct freezer *f, struct path_row *row)
{
    code_u32(f->codec, &row->row.born);
    code_u32_wrapped(f->codec, &row->row.died);
    freeze_list(f, &row->schemas, &row->n);
    code_bool(f->codec, &row->local);
}
