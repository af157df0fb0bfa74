/*
 * catalog.c - the catalog's life, the table of what each op does to it, undo.
 */
#include "schema/apply.h"
#include "sql/lex.h"
#include <stdlib.h>

struct catalog *catalog_create(void)
{
    struct catalog *c = mem_calloc(1, sizeof(*c));

    arena_init(&c->arena, 0);
    names_init(c);
    return c;
}

void catalog_destroy(struct catalog *c)
{
    if (!c)
        return;
    names_release(c);
    vec_release(&c->objects);
    vec_release(&c->types);
    vec_release(&c->functions);
    vec_release(&c->indexes);
    vec_release(&c->constraints);
    vec_release(&c->edges);
    vec_release(&c->label_sets);
    vec_release(&c->undo);
    vec_release(&c->index_changes);
    arena_release(&c->arena);
    mem_free(c);
}

struct tl_schema catalog_at(const struct catalog *c, uint32_t statement)
{
    return (struct tl_schema){c, statement};
}

size_t catalog_mark(const struct catalog *c)
{
    return c->undo.n;
}

uint32_t catalog_last_statement(const struct catalog *c)
{
    return c->statement;
}

/* A dead row's end goes back to its birth: no moment sees it any more. */
void catalog_rollback(struct catalog *c, size_t mark)
{
    while (c->undo.n > mark) {
        struct undo u = *vec_last(&c->undo);

        u.row->died = u.born ? u.row->born : TL_ALIVE;
        c->undo.n--;
    }
}

void catalog_reset_search_path(struct catalog *c)
{
    const struct tl_str public_schema = TL_STR("public");

    if (c->path)
        store_set_path(c, &public_schema, 1, false, c->statement);
}

typedef void apply_fn(struct change *);

/* Kinds without an entry change nothing that the catalog keeps. */
static apply_fn *const apply_table[TL_OP_COUNT] = {
    [TL_OP_DROP_SCHEMA] = apply_drop_schema,
    [TL_OP_RENAME_SCHEMA] = apply_rename_schema,
    [TL_OP_CREATE_TABLE] = apply_create_table,
    [TL_OP_CREATE_TABLE_AS] = apply_create_view,
    [TL_OP_DROP_TABLE] = apply_drop,
    [TL_OP_RENAME_TABLE] = apply_rename,
    [TL_OP_SET_SCHEMA] = apply_set_schema,
    [TL_OP_ADD_COLUMN] = apply_add_column,
    [TL_OP_DROP_COLUMN] = apply_alter_column,
    [TL_OP_RENAME_COLUMN] = apply_rename_column,
    [TL_OP_ALTER_COLUMN_TYPE] = apply_alter_column,
    [TL_OP_SET_DEFAULT] = apply_alter_column,
    [TL_OP_DROP_DEFAULT] = apply_alter_column,
    [TL_OP_SET_NOT_NULL] = apply_alter_column,
    [TL_OP_DROP_NOT_NULL] = apply_alter_column,
    [TL_OP_ADD_IDENTITY] = apply_alter_column,
    [TL_OP_DROP_IDENTITY] = apply_alter_column,
    [TL_OP_DROP_EXPRESSION] = apply_alter_column,
    [TL_OP_ADD_CONSTRAINT] = apply_add_constraint,
    [TL_OP_DROP_CONSTRAINT] = apply_change_constraint,
    [TL_OP_VALIDATE_CONSTRAINT] = apply_change_constraint,
    [TL_OP_RENAME_CONSTRAINT] = apply_change_constraint,
    [TL_OP_ALTER_CONSTRAINT] = apply_change_constraint,
    [TL_OP_ALTER_TABLE_OTHER] = apply_alter_table_other,
    [TL_OP_CREATE_INDEX] = apply_create_index,
    [TL_OP_DROP_INDEX] = apply_drop,
    [TL_OP_RENAME_INDEX] = apply_rename,
    [TL_OP_ATTACH_INDEX] = apply_attach_index,
    [TL_OP_ATTACH_PARTITION] = apply_attach_partition,
    [TL_OP_DETACH_PARTITION] = apply_detach_partition,
    [TL_OP_CREATE_VIEW] = apply_create_view,
    [TL_OP_CREATE_MATVIEW] = apply_create_view,
    [TL_OP_REFRESH_MATVIEW] = apply_refresh,
    [TL_OP_DROP_VIEW] = apply_drop,
    [TL_OP_CREATE_SEQUENCE] = apply_sequence,
    [TL_OP_ALTER_SEQUENCE] = apply_sequence,
    [TL_OP_DROP_SEQUENCE] = apply_drop,
    [TL_OP_CREATE_TYPE] = apply_type,
    [TL_OP_CREATE_ENUM] = apply_type,
    [TL_OP_ADD_ENUM_VALUE] = apply_enum_value,
    [TL_OP_CREATE_DOMAIN] = apply_type,
    [TL_OP_ALTER_DOMAIN] = apply_domain,
    [TL_OP_DROP_TYPE] = apply_drop_type,
    [TL_OP_RENAME_TYPE] = apply_type,
    [TL_OP_CREATE_FUNCTION] = apply_function,
    [TL_OP_DROP_FUNCTION] = apply_function,
    [TL_OP_INSERT] = apply_filled,
    [TL_OP_UPDATE] = NULL,
    [TL_OP_COPY_FROM] = apply_filled,
    [TL_OP_POLICY] = apply_policy,
    [TL_OP_TRUNCATE] = apply_emptied,
    [TL_OP_DELETE] = apply_emptied,
    [TL_OP_COMMIT] = apply_setting,
    [TL_OP_ROLLBACK] = apply_setting,
    [TL_OP_SET] = apply_setting,
    [TL_OP_RESET] = apply_setting,
    [TL_OP_OTHER] = apply_other,
};

void catalog_apply(struct catalog *c, const struct tl_op *op,
                   const struct apply_context *context)
{
    struct change x = {.catalog = c, .context = context, .op = op};

    c->statement = context->statement;
    if ((unsigned)op->kind < TL_OP_COUNT && apply_table[op->kind])
        apply_table[op->kind](&x);
}

/* What was dropped may be back. */
static void revive(struct change *x, struct relation_row *dead)
{
    struct tl_relation *rel =
        store_add_unseen(x, dead->rel.name, dead->rel.kind);

    rel->uncertain = true;
    rel->doubted = x->context->statement;
}

/* `makes`: a CREATE or RENAME stands before the word. */
static void taint_word(struct change *x, struct tl_str word, bool makes)
{
    struct relation_row *dead = NULL;
    bool alive = false;

    for (struct name_slot *at = store_bare_once(x->catalog, word, makes); at;
         at = store_next_schema(at)) {
        struct relation_row *r = store_newest(at);

        if (!r || !row_is_current(&r->rel.row)) {
            dead = dead ? dead : r;
            continue;
        }
        alive = true;
        /* Only ever asked of the present: no version of its own. */
        r->rel.doubted = x->context->statement;
        if (r->rel.uncertain)
            continue;

        struct tl_relation changed = r->rel;

        changed.uncertain = true;
        changed.filled = true;
        store_replace_relation(x, &r->rel, &changed);
    }
    if (dead && !alive && makes)
        revive(x, dead);
}

/* As the parser folds an unquoted word; no relation's name is longer. */
static void taint_folded(struct change *x, struct tl_str word, bool makes)
{
    char folded[64];

    if (word.n >= sizeof(folded))
        return;
    for (size_t i = 0; i < word.n; i++)
        folded[i] = word.p[i] >= 'A' && word.p[i] <= 'Z'
                        ? (char)(word.p[i] + ('a' - 'A'))
                        : word.p[i];
    taint_word(x, (struct tl_str){folded, word.n}, makes);
}

static void taint_text(struct change *x, struct tl_str body, unsigned depth)
{
    struct lex l = lex_at(body, 0);
    bool makes = false;

    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        struct tl_str text = lex_text(&l, t);

        if (t.kind == LEX_DOLLAR || t.kind == LEX_STRING) {
            size_t cut = t.kind == LEX_STRING ? 1 : 2;

            /* Dynamic SQL is written in strings: their words count too. */
            if (depth >= 4 || text.n <= 2 * cut)
                continue;
            text = (struct tl_str){text.p + cut, text.n - 2 * cut};
            taint_text(x, text, depth + 1);
            /* format('%I', 'Name') */
            if (t.kind == LEX_STRING)
                taint_word(x, text, makes);
            continue;
        }
        if (t.kind == LEX_QUOTED_IDENT && text.n > 2) {
            taint_word(x, (struct tl_str){text.p + 1, text.n - 2}, makes);
            continue;
        }
        if (t.kind != LEX_WORD)
            continue;
        makes = makes || lex_is_word(&l, t, "create") ||
                lex_is_word(&l, t, "rename");
        taint_folded(x, text, makes);
    }
}

static int compare_ids(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

const uint32_t *catalog_reindexed(const struct catalog *c, uint32_t statement,
                                  struct arena *arena, uint32_t *n)
{
    size_t from = c->index_changes.n;

    while (from > 0 && c->index_changes.v[from - 1].statement > statement)
        from--;
    size_t count = c->index_changes.n - from;
    uint32_t *ids = ARENA_ARRAY(arena, uint32_t, count + 1);
    for (size_t i = 0; i < count; i++)
        ids[i] = c->index_changes.v[from + i].relation;
    qsort(ids, count, sizeof(*ids), compare_ids);
    *n = 0;
    for (size_t i = 0; i < count; i++)
        if (*n == 0 || ids[*n - 1] != ids[i])
            ids[(*n)++] = ids[i];
    return ids;
}

uint32_t catalog_died(const struct catalog *c, uint32_t relation)
{
    const struct object *o = store_object(c, relation);

    if (!o || !o->newest || o->newest->rel.row.died == TL_ALIVE)
        return 0;
    return o->newest->rel.row.died;
}

void catalog_taint(struct catalog *c, struct tl_str body,
                   const struct apply_context *context)
{
    static const struct tl_op nothing = {.kind = TL_OP_OTHER};
    struct change x = {.catalog = c, .context = context, .op = &nothing};

    c->tainting++;
    taint_text(&x, body, 0);
}

/* [schema.]name, without its quotes. */
static struct tl_str plain_name(const struct lex *l, struct lex_token t)
{
    struct tl_str text = lex_text(l, t);

    if (t.kind == LEX_QUOTED_IDENT && text.n > 2)
        return (struct tl_str){text.p + 1, text.n - 2};
    return t.kind == LEX_WORD ? text : TL_NONE;
}

static bool creates_table(struct tl_str statement, struct tl_op *op)
{
    static const char *const between[] = {"temp",  "temporary", "unlogged",
                                          "local", "global",    "table",
                                          "if",    "not",       "exists"};
    struct lex l = lex_at(statement, 0);
    struct lex_token t = lex_next_code(&l);
    bool table = false;
    bool passed = lex_is_word(&l, t, "create");

    *op = (struct tl_op){.kind = TL_OP_CREATE_TABLE};
    while (passed) {
        t = lex_next_code(&l);
        table = table || lex_is_word(&l, t, "table");
        op->temporary = op->temporary || lex_is_word(&l, t, "temp") ||
                        lex_is_word(&l, t, "temporary");
        op->if_not_exists = op->if_not_exists || lex_is_word(&l, t, "not");
        passed = false;
        for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++)
            passed = passed || lex_is_word(&l, t, between[i]);
    }
    op->table.name = plain_name(&l, t);
    if (lex_is_punct(&l, lex_next_code(&l), '.')) {
        op->table.schema = op->table.name;
        op->table.name = plain_name(&l, lex_next_code(&l));
    }
    return table && op->table.name.n > 0;
}

void catalog_create_unread(struct catalog *c, struct tl_str statement,
                           const struct apply_context *context)
{
    struct tl_op op;
    struct change x = {.catalog = c, .context = context, .op = &op};

    if (!creates_table(statement, &op))
        return;
    catalog_apply(c, &op, context);
    struct relation_row *row =
        store_find_relation(c, op.table, STORE_NOW, NULL);
    if (!row)
        return;
    struct tl_relation next = row->rel;
    next.uncertain = next.incomplete = next.filled = true;
    next.doubted = context->statement;
    store_replace_relation(&x, &row->rel, &next);
}

bool catalog_next_enum(struct tl_schema s, size_t *at, struct catalog_enum *e)
{
    const struct catalog *c = s.catalog;

    while (*at < c->types.n) {
        const struct type_row *t = c->types.v[(*at)++];

        if (t->kind != TYPE_ENUM || !row_alive(&t->row, s.at))
            continue;
        *e = (struct catalog_enum){t->name, t->labels};
        return true;
    }
    return false;
}

const struct tl_str *catalog_next_label(struct tl_schema s,
                                        const struct catalog_enum *e,
                                        const struct tl_str *last)
{
    const struct label_row *r =
        last ? ((const struct label_row *)last)->next : e->labels->first;

    while (r && !tl_alive(&r->row, s))
        r = r->next;
    return r ? &r->name : NULL;
}
