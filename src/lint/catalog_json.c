/*
 * catalog_json.c - the schema at the end of a run as JSON, and what built it.
 *
 * {"migrations":[],"relations":[],"enums":[]}: relations, constraints and
 * indexes by name, columns by their place, enums as they were made. The first
 * member has the statements that go up, in the order they were folded, so that
 * a server can be given the same ones.
 */
#include "base/json.h"
#include "lint/linter.h"

#include <stdlib.h>

static void add_text(struct json *j, const char *key, struct tl_str s)
{
    json_key(j, key);
    json_str(j, s);
}

static void add_flag(struct json *j, const char *key, bool flag)
{
    json_key(j, key);
    json_bool(j, flag);
}

static void add_list(struct json *j, const char *key, const struct tl_str *list,
                     uint32_t n)
{
    json_key(j, key);
    json_begin_array(j);
    for (uint32_t i = 0; i < n; i++)
        json_str(j, list[i]);
    json_end_array(j);
}

static void add_name(struct json *j, struct tl_name name)
{
    add_text(j, "schema", name.schema);
    add_text(j, "name", name.name);
}

static void add_statements(struct json *j, const struct input *in,
                           const struct layout_section *s)
{
    json_key(j, "statements");
    json_begin_array(j);
    for (size_t i = 0; i < in->statements.n; i++) {
        struct statement_range r = in->statements.v[i];

        if (r.start < s->start || r.end > s->end)
            continue;
        json_begin_array(j);
        json_int(j, (int64_t)r.start);
        json_int(j, (int64_t)r.end);
        json_end_array(j);
    }
    json_end_array(j);
}

static void add_migration(struct json *j, const struct input *in,
                          struct layout_folder *folder)
{
    struct layout layout = {.sections = VEC_INIT};

    layout_read(in->path, in->source.text, folder, &layout);
    for (size_t i = 0; i < layout.sections.n; i++) {
        const struct layout_section *s = &layout.sections.v[i];

        if (s->down)
            continue;
        json_begin_object(j);
        json_key(j, "path");
        json_cstr(j, in->path);
        add_flag(j, "wrapped", s->wrapped == TL_YES);
        add_statements(j, in, s);
        json_end_object(j);
    }
    layout_release(&layout);
}

static void add_type(struct json *j, const struct tl_type *t)
{
    json_key(j, "type");
    json_begin_object(j);
    add_name(j, t->name);
    json_key(j, "mods");
    json_begin_array(j);
    for (uint8_t i = 0; i < t->n_mods && i < 2; i++)
        json_int(j, t->mods[i]);
    json_end_array(j);
    add_flag(j, "array", t->dimensions > 0);
    json_end_object(j);
}

static void add_column(struct json *j, const struct tl_column *c)
{
    json_begin_object(j);
    add_text(j, "name", c->name);
    add_type(j, &c->type);
    add_flag(j, "not_null", c->not_null);
    add_flag(j, "default", c->default_text.n > 0 || c->generated_stored);
    add_flag(j, "identity", c->identity);
    add_flag(j, "generated", c->generated_stored);
    json_end_object(j);
}

/* By its present name: the constraint knows the one it was made with. */
static void add_reference(struct json *j, struct tl_schema s,
                          const struct tl_constraint *c)
{
    char action[2] = {c->on_delete ? c->on_delete : 'a', '\0'};
    const struct tl_relation *to = tl_relation_by_id(s, c->ref_relation);

    json_key(j, "references");
    json_begin_object(j);
    add_name(j, to ? to->name : c->ref_table);
    add_list(j, "columns", c->ref_columns, c->n_ref_columns);
    json_key(j, "on_delete");
    json_cstr(j, action);
    json_end_object(j);
}

static void add_constraint(struct json *j, struct tl_schema s,
                           const struct tl_constraint *c)
{
    static const char *const kinds[] = {
        [TL_PRIMARY_KEY] = "primary key", [TL_UNIQUE] = "unique",
        [TL_FOREIGN_KEY] = "foreign key", [TL_CHECK] = "check",
        [TL_EXCLUDE] = "exclude",
    };

    json_begin_object(j);
    add_text(j, "name", c->name);
    json_key(j, "kind");
    json_cstr(j, kinds[c->kind]);
    add_list(j, "columns", c->columns, c->n_columns);
    add_flag(j, "validated", c->validated);
    add_flag(j, "deferrable", c->deferrable);
    if (c->kind == TL_FOREIGN_KEY)
        add_reference(j, s, c);
    json_end_object(j);
}

static void add_index(struct json *j, const struct tl_index *i)
{
    json_begin_object(j);
    add_name(j, i->name);
    add_text(j, "method", i->method);
    add_flag(j, "unique", i->unique);
    add_flag(j, "primary", i->primary);
    add_flag(j, "of_constraint", i->of_constraint);
    add_flag(j, "partial", i->predicate.n > 0);
    json_key(j, "keys");
    json_begin_array(j);
    for (uint32_t k = 0; k < i->n_keys; k++)
        if (i->keys[k].column.n > 0)
            json_str(j, i->keys[k].column);
        else
            json_null(j);
    json_end_array(j);
    add_list(j, "include", i->include, i->n_include);
    json_end_object(j);
}

static int compare_text(struct tl_str a, struct tl_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;

    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int compare_names(const void *a, const void *b)
{
    const struct tl_relation *x = *(const struct tl_relation *const *)a;
    const struct tl_relation *y = *(const struct tl_relation *const *)b;
    int schema = compare_text(x->name.schema, y->name.schema);

    return schema ? schema : compare_text(x->name.name, y->name.name);
}

static int compare_constraints(const void *a, const void *b)
{
    return compare_text((*(const struct tl_constraint *const *)a)->name,
                        (*(const struct tl_constraint *const *)b)->name);
}

static int compare_indexes(const void *a, const void *b)
{
    return compare_text((*(const struct tl_index *const *)a)->name.name,
                        (*(const struct tl_index *const *)b)->name.name);
}

static void add_constraints(struct json *j, struct tl_schema s,
                            const struct tl_relation *rel)
{
    VEC(const struct tl_constraint *) list = VEC_INIT;

    TL_EACH_CONSTRAINT(s, rel, c)
        vec_push(&list, c);
    if (list.n)
        qsort(list.v, list.n, sizeof(list.v[0]), compare_constraints);
    json_key(j, "constraints");
    json_begin_array(j);
    for (size_t i = 0; i < list.n; i++)
        add_constraint(j, s, list.v[i]);
    json_end_array(j);
    vec_release(&list);
}

static void add_indexes(struct json *j, struct tl_schema s,
                        const struct tl_relation *rel)
{
    VEC(const struct tl_index *) list = VEC_INIT;

    TL_EACH_INDEX(s, rel, i)
        vec_push(&list, i);
    if (list.n)
        qsort(list.v, list.n, sizeof(list.v[0]), compare_indexes);
    json_key(j, "indexes");
    json_begin_array(j);
    for (size_t i = 0; i < list.n; i++)
        add_index(j, list.v[i]);
    json_end_array(j);
    vec_release(&list);
}

static void add_relation(struct json *j, struct tl_schema s,
                         const struct tl_relation *rel)
{
    static const char *const kinds[] = {
        [TL_TABLE] = "table",         [TL_PARTITIONED_TABLE] = "partitioned",
        [TL_VIEW] = "view",           [TL_MATVIEW] = "matview",
        [TL_INDEX] = "index",         [TL_SEQUENCE] = "sequence",
        [TL_COMPOSITE] = "composite", [TL_FOREIGN_TABLE] = "foreign table",
    };
    const struct tl_relation *parent = tl_relation_by_id(s, rel->parent);

    json_begin_object(j);
    add_name(j, rel->name);
    json_key(j, "kind");
    json_cstr(j, kinds[rel->kind]);
    add_flag(j, "unlogged", rel->unlogged);
    add_flag(j, "uncertain", rel->uncertain);
    add_flag(j, "incomplete", rel->incomplete);
    add_text(j, "partition_of", parent ? parent->name.name : TL_NONE);
    json_key(j, "columns");
    json_begin_array(j);
    TL_EACH_COLUMN(s, rel, c)
        add_column(j, c);
    json_end_array(j);
    add_flag(j, "row_security", rel->row_security);
    json_key(j, "policies");
    json_begin_array(j);
    TL_EACH_POLICY(s, rel, p)
    json_str(j, p->name);
    json_end_array(j);
    add_constraints(j, s, rel);
    add_indexes(j, s, rel);
    json_end_object(j);
}

static void add_relations(struct json *j, struct tl_schema s)
{
    VEC(const struct tl_relation *) list = VEC_INIT;

    TL_EACH_RELATION(s, rel)
        if (rel->kind != TL_INDEX && !rel->temporary)
            vec_push(&list, rel);
    if (list.n)
        qsort(list.v, list.n, sizeof(list.v[0]), compare_names);
    json_key(j, "relations");
    json_begin_array(j);
    for (size_t i = 0; i < list.n; i++)
        add_relation(j, s, list.v[i]);
    json_end_array(j);
    vec_release(&list);
}

static void add_enums(struct json *j, struct tl_schema s)
{
    size_t at = 0;
    struct catalog_enum e;

    json_key(j, "enums");
    json_begin_array(j);
    while (catalog_next_enum(s, &at, &e)) {
        const struct tl_str *label = NULL;

        json_begin_object(j);
        add_name(j, e.name);
        json_key(j, "values");
        json_begin_array(j);
        while ((label = catalog_next_label(s, &e, label)))
            json_str(j, *label);
        json_end_array(j);
        json_end_object(j);
    }
    json_end_array(j);
}

bool tl_write_catalog(struct tl_linter *l, FILE *f)
{
    struct tl_schema now = catalog_at(l->catalog, l->statement);
    struct layout_folder folder = {0};
    struct buf out;
    struct json j;

    buf_init(&out, 0);
    json_init(&j, &out, true);
    json_begin_object(&j);
    json_key(&j, "migrations");
    json_begin_array(&j);
    for (size_t i = 0; i < l->inputs.n; i++)
        if (l->inputs.v[i]->kind == INPUT_MIGRATION) {
            input_load(l, l->inputs.v[i]);
            add_migration(&j, l->inputs.v[i], &folder);
        }
    json_end_array(&j);
    add_relations(&j, now);
    add_enums(&j, now);
    json_end_object(&j);
    buf_char(&out, '\n');
    fwrite(out.p, 1, out.n, f);
    buf_release(&out);
    return !ferror(f);
}
