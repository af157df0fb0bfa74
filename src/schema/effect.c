/*
 * effect.c - the lock model: for each kind of op a row of the table, and a
 * function where the row depends on more than the kind.
 *
 * Locks, rewrites and scans are those that were measured on a server (see
 * testdata/locks/); what was not seen by the catalog is taken for the worse,
 * because a table that nobody knows may be large and in use.
 */
#include "schema/effect.h"

#include "schema/effect_column.h"
#include "schema/effect_partition.h"
#include "schema/store.h"

struct row {
    enum tl_lock lock;
    bool rewrite;
    bool scan;
    bool index_build;
};

static const struct row rows[TL_OP_COUNT] = {
    [TL_OP_CREATE_TABLE] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_CREATE_TABLE_AS] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_DROP_TABLE] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_RENAME_TABLE] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_SET_SCHEMA] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_ADD_COLUMN] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_DROP_COLUMN] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_RENAME_COLUMN] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_ALTER_COLUMN_TYPE] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_SET_DEFAULT] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_DROP_DEFAULT] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_SET_NOT_NULL] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_DROP_NOT_NULL] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_ADD_IDENTITY] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_DROP_IDENTITY] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_DROP_EXPRESSION] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_ADD_CONSTRAINT] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_DROP_CONSTRAINT] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_VALIDATE_CONSTRAINT] = {.lock = TL_SHARE_UPDATE_EXCLUSIVE,
                                   .scan = true},
    [TL_OP_RENAME_CONSTRAINT] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_ALTER_CONSTRAINT] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_ALTER_TABLE_OTHER] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_CREATE_INDEX] = {.lock = TL_SHARE,
                            .scan = true,
                            .index_build = true},
    [TL_OP_DROP_INDEX] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_RENAME_INDEX] = {.lock = TL_SHARE_UPDATE_EXCLUSIVE},
    [TL_OP_ATTACH_INDEX] = {.lock = TL_SHARE_UPDATE_EXCLUSIVE},
    [TL_OP_REINDEX] = {.lock = TL_SHARE, .scan = true, .index_build = true},
    [TL_OP_ATTACH_PARTITION] = {.lock = TL_SHARE_UPDATE_EXCLUSIVE,
                                .scan = true},
    [TL_OP_DETACH_PARTITION] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_CREATE_VIEW] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_CREATE_MATVIEW] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_REFRESH_MATVIEW] = {.lock = TL_ACCESS_EXCLUSIVE,
                               .rewrite = true,
                               .scan = true},
    [TL_OP_DROP_VIEW] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_ALTER_SEQUENCE] = {.lock = TL_SHARE_ROW_EXCLUSIVE},
    [TL_OP_DROP_SEQUENCE] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_CREATE_TRIGGER] = {.lock = TL_SHARE_ROW_EXCLUSIVE},
    [TL_OP_DROP_TRIGGER] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_POLICY] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_TRUNCATE] = {.lock = TL_ACCESS_EXCLUSIVE},
    [TL_OP_INSERT] = {.lock = TL_ROW_EXCLUSIVE},
    [TL_OP_UPDATE] = {.lock = TL_ROW_EXCLUSIVE},
    [TL_OP_DELETE] = {.lock = TL_ROW_EXCLUSIVE},
    [TL_OP_COPY_FROM] = {.lock = TL_ROW_EXCLUSIVE},
    [TL_OP_SELECT] = {.lock = TL_ACCESS_SHARE},
    [TL_OP_VACUUM] = {.lock = TL_SHARE_UPDATE_EXCLUSIVE, .scan = true},
    [TL_OP_CLUSTER] = {.lock = TL_ACCESS_EXCLUSIVE,
                       .rewrite = true,
                       .scan = true,
                       .index_build = true},
};

struct other_row {
    const char *words; /* tl_op.value */
    enum tl_lock lock;
    bool rewrite;
};

/* ALTER TABLE's small subcommands that are not ACCESS EXCLUSIVE and instant. */
static const struct other_row other_rows[] = {
    {"set statistics", TL_SHARE_UPDATE_EXCLUSIVE, false},
    {"set attribute options", TL_SHARE_UPDATE_EXCLUSIVE, false},
    {"reset attribute options", TL_SHARE_UPDATE_EXCLUSIVE, false},
    {"set options", TL_SHARE_UPDATE_EXCLUSIVE, false},
    {"reset options", TL_SHARE_UPDATE_EXCLUSIVE, false},
    {"cluster on", TL_SHARE_UPDATE_EXCLUSIVE, false},
    {"set without cluster", TL_SHARE_UPDATE_EXCLUSIVE, false},
    {"detach partition finalize", TL_SHARE_UPDATE_EXCLUSIVE, false},
    {"enable trigger", TL_SHARE_ROW_EXCLUSIVE, false},
    {"enable always trigger", TL_SHARE_ROW_EXCLUSIVE, false},
    {"enable replica trigger", TL_SHARE_ROW_EXCLUSIVE, false},
    {"disable trigger", TL_SHARE_ROW_EXCLUSIVE, false},
    {"enable trigger all", TL_SHARE_ROW_EXCLUSIVE, false},
    {"disable trigger all", TL_SHARE_ROW_EXCLUSIVE, false},
    {"enable trigger user", TL_SHARE_ROW_EXCLUSIVE, false},
    {"disable trigger user", TL_SHARE_ROW_EXCLUSIVE, false},
    {"set logged", TL_ACCESS_EXCLUSIVE, true},
    {"set unlogged", TL_ACCESS_EXCLUSIVE, true},
    {"set access method", TL_ACCESS_EXCLUSIVE, true},
    {"set tablespace", TL_ACCESS_EXCLUSIVE, true},
};

/* ---- constraints ---- */

static bool all_not_null(const struct effect_look *k, struct tl_str index)
{
    const struct tl_index *x =
        tl_find_index(k->before, (struct tl_name){k->op->table.schema, index});

    for (uint32_t i = 0; x && i < x->n_keys; i++)
        if (tl_column_is_not_null(k->before, k->table, x->keys[i].column) !=
            TL_YES)
            return false;
    return x != NULL;
}

static void add_constraint(const struct effect_look *k, struct tl_effect *e)
{
    const struct tl_constraint_def *c = &k->op->constraints[0];

    switch (c->kind) {
    case TL_CHECK:
        e->scan = !c->not_valid;
        return;
    case TL_FOREIGN_KEY:
        e->lock = e->referenced_lock = TL_SHARE_ROW_EXCLUSIVE;
        e->scan = !c->not_valid;
        return;
    case TL_UNIQUE:
    case TL_EXCLUDE:
        e->scan = e->index_build = c->using_index.n == 0;
        return;
    case TL_PRIMARY_KEY:
        e->index_build = c->using_index.n == 0;
        e->scan =
            e->index_build || !k->table || !all_not_null(k, c->using_index);
        return;
    }
}

static const struct tl_constraint *constraint_of(const struct effect_look *k)
{
    return k->table ? tl_find_constraint(k->before, k->table, k->op->name)
                    : NULL;
}

static void old_constraint(const struct effect_look *k, struct tl_effect *e)
{
    const struct tl_constraint *c = constraint_of(k);
    bool validate = k->op->kind == TL_OP_VALIDATE_CONSTRAINT;

    if (!c)
        return;
    if (validate && c->validated)
        e->scan = false;
    if (c->kind == TL_FOREIGN_KEY)
        e->referenced_lock = validate ? TL_ROW_SHARE : TL_ACCESS_EXCLUSIVE;
    else if (effect_has_incoming(k))
        e->referenced_lock = TL_ACCESS_EXCLUSIVE;
}

/* ---- relations ---- */

static bool has_foreign_key(const struct effect_look *k)
{
    TL_EACH_CONSTRAINT(k->before, k->table, c)
        if (c->kind == TL_FOREIGN_KEY)
            return true;
    return false;
}

/* The parent forgets its partition, the referenced table its triggers. */
static void drop_table(const struct effect_look *k, struct tl_effect *e)
{
    if (k->table && (k->table->parent || has_foreign_key(k)))
        e->referenced_lock = TL_ACCESS_EXCLUSIVE;
}

static void drop_column(const struct effect_look *k, struct tl_effect *e)
{
    if (k->table && (effect_is_foreign_key(k) || effect_has_incoming(k)))
        e->referenced_lock = TL_ACCESS_EXCLUSIVE;
}

/* Every table that has a column of the domain. */
static void alter_domain(const struct effect_look *k, struct tl_effect *e)
{
    struct tl_str what = k->op->value;
    bool adds = tl_str_is(what, "add constraint") && !k->op->not_valid;

    if (!adds && !tl_str_is(what, "validate constraint") &&
        !tl_str_is(what, "set not null"))
        return;
    e->lock = TL_SHARE;
    e->scan = true;
}

static bool is_partitioned(const struct effect_look *k)
{
    return k->table && k->table->kind == TL_PARTITIONED_TABLE;
}

static void create_child(const struct effect_look *k,
                         const struct tl_parent_def *p, struct tl_effect *e)
{
    if (p->kind == TL_PARENT_INHERITS &&
        e->referenced_lock < TL_SHARE_UPDATE_EXCLUSIVE)
        e->referenced_lock = TL_SHARE_UPDATE_EXCLUSIVE;
    if (p->kind != TL_PARENT_PARTITION)
        return;
    e->referenced_lock = TL_ACCESS_EXCLUSIVE;
    e->scan |= !k->op->is_default &&
               tl_has_default_partition(
                   k->before, tl_find_relation(k->before, p->table, NULL));
}

static void create_table(const struct effect_look *k, struct tl_effect *e)
{
    const struct tl_op *op = k->op;

    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (op->constraints[i].kind == TL_FOREIGN_KEY)
            e->referenced_lock = TL_SHARE_ROW_EXCLUSIVE;
    for (uint32_t i = 0; i < op->n_parents; i++)
        create_child(k, &op->parents[i], e);
}

/* IF NOT EXISTS: the lock is taken, and nothing is built. */
static bool is_there(const struct effect_look *k)
{
    const struct tl_relation *old =
        k->op->if_not_exists && k->op->index->name.n && k->table
            ? tl_find_relation(
                  k->before,
                  (struct tl_name){k->table->name.schema, k->op->index->name},
                  NULL)
            : NULL;

    return old && !old->uncertain;
}

static void index_op(const struct effect_look *k, struct tl_effect *e)
{
    const struct tl_op *op = k->op;

    if (op->concurrently) {
        e->lock = TL_SHARE_UPDATE_EXCLUSIVE;
        e->transaction_ok = TL_NO;
    }
    if (op->kind == TL_OP_CREATE_INDEX &&
        ((is_partitioned(k) &&
          (op->index->only ||
           partitions_have_index(op->index, k->before, k->table))) ||
         is_there(k)))
        e->scan = e->index_build = false;
}

static void reindex(const struct effect_look *k, struct tl_effect *e)
{
    bool many = tl_str_is(k->op->value, "schema") ||
                tl_str_is(k->op->value, "database") ||
                tl_str_is(k->op->value, "system");

    index_op(k, e);
    if (many || is_partitioned(k))
        e->transaction_ok = TL_NO;
    else if (e->transaction_ok == TL_YES && !k->table)
        e->transaction_ok = TL_UNKNOWN; /* may be partitioned */
}

static void partition(const struct effect_look *k, struct tl_effect *e)
{
    e->referenced_lock = TL_ACCESS_EXCLUSIVE;
    if (k->op->kind == TL_OP_ATTACH_PARTITION) {
        e->scan = tl_has_default_partition(k->before, k->table) ||
                  !partition_is_checked(k->op, k->before, k->table);
        return;
    }
    if (k->op->concurrently) {
        /* The child's is taken last, for an instant. */
        e->lock = TL_SHARE_UPDATE_EXCLUSIVE;
        e->transaction_ok = TL_NO;
    }
}

static void refresh(const struct effect_look *k, struct tl_effect *e)
{
    if (!k->op->concurrently)
        return;
    e->lock = TL_EXCLUSIVE;
    e->rewrite = false;
}

static void vacuum(const struct effect_look *k, struct tl_effect *e)
{
    /* ANALYZE reads a sample. */
    if (tl_str_is(k->op->value, "analyze")) {
        e->scan = false;
        return;
    }
    e->transaction_ok = TL_NO;
    if (k->op->full) {
        e->lock = TL_ACCESS_EXCLUSIVE;
        e->rewrite = e->index_build = true;
    }
}

static void other_alter(const struct effect_look *k, struct tl_effect *e)
{
    for (size_t i = 0; i < sizeof(other_rows) / sizeof(*other_rows); i++) {
        if (!tl_str_is(k->op->value, other_rows[i].words))
            continue;
        e->lock = other_rows[i].lock;
        e->rewrite = e->scan = other_rows[i].rewrite;
    }
    /* A view's options are part of what it means. */
    if (k->op->relation_kind == TL_VIEW)
        e->lock = TL_ACCESS_EXCLUSIVE;
    if (tl_str_is(k->op->value, "inherit"))
        e->referenced_lock = TL_SHARE_UPDATE_EXCLUSIVE;
}

static void other_statement(const struct effect_look *k, struct tl_effect *e)
{
    if (tl_str_is(k->op->value, "comment") ||
        tl_str_is(k->op->value, "create statistics") ||
        tl_str_is(k->op->value, "publication"))
        e->lock = TL_SHARE_UPDATE_EXCLUSIVE;
    if (tl_str_is(k->op->value, "not in a transaction"))
        e->transaction_ok = TL_NO;
    if (tl_str_is(k->op->value, "create rule") ||
        tl_str_is(k->op->value, "rename trigger") ||
        tl_str_is(k->op->value, "rename"))
        e->lock = TL_ACCESS_EXCLUSIVE;
}

static void cluster(const struct effect_look *k, struct tl_effect *e)
{
    if (!k->op->table.name.n)
        e->transaction_ok = TL_NO;
}

static void attach_index(const struct effect_look *k, struct tl_effect *e)
{
    (void)k;
    e->referenced_lock = TL_ACCESS_EXCLUSIVE;
}

/* Without WHERE there is no other way to the rows. */
static void change_rows(const struct effect_look *k, struct tl_effect *e)
{
    e->scan = !k->op->has_where;
}

static void lock_table(const struct effect_look *k, struct tl_effect *e)
{
    e->lock = k->op->lock_mode;
}

static void read_rows(const struct effect_look *k, struct tl_effect *e)
{
    if (k->op->lock_mode != TL_LOCK_NONE)
        e->lock = k->op->lock_mode;
}

static void outside_only(const struct effect_look *k, struct tl_effect *e)
{
    (void)k;
    e->transaction_ok = TL_NO;
}

typedef void depends_fn(const struct effect_look *, struct tl_effect *);

static depends_fn *const depends[TL_OP_COUNT] = {
    [TL_OP_ADD_COLUMN] = effect_add_column,
    [TL_OP_DROP_COLUMN] = drop_column,
    [TL_OP_ALTER_COLUMN_TYPE] = effect_alter_type,
    [TL_OP_SET_NOT_NULL] = effect_set_not_null,
    [TL_OP_ADD_CONSTRAINT] = add_constraint,
    [TL_OP_DROP_CONSTRAINT] = old_constraint,
    [TL_OP_VALIDATE_CONSTRAINT] = old_constraint,
    [TL_OP_CREATE_TABLE] = create_table,
    [TL_OP_DROP_TABLE] = drop_table,
    [TL_OP_ALTER_DOMAIN] = alter_domain,
    [TL_OP_CREATE_INDEX] = index_op,
    [TL_OP_DROP_INDEX] = index_op,
    [TL_OP_ATTACH_INDEX] = attach_index,
    [TL_OP_REINDEX] = reindex,
    [TL_OP_ATTACH_PARTITION] = partition,
    [TL_OP_DETACH_PARTITION] = partition,
    [TL_OP_REFRESH_MATVIEW] = refresh,
    [TL_OP_VACUUM] = vacuum,
    [TL_OP_CLUSTER] = cluster,
    [TL_OP_UPDATE] = change_rows,
    [TL_OP_DELETE] = change_rows,
    [TL_OP_SELECT] = read_rows,
    [TL_OP_LOCK_TABLE] = lock_table,
    [TL_OP_ALTER_TABLE_OTHER] = other_alter,
    [TL_OP_DATABASE] = outside_only,
    [TL_OP_SYSTEM] = outside_only,
    [TL_OP_OTHER] = other_statement,
};

/* Rows of a foreign table are elsewhere, and a composite type has none: what
   is changed of them changes the catalog alone. */
static bool has_rows_here(const struct effect_look *k)
{
    const struct tl_op *op = k->op;

    if (k->table &&
        (k->table->kind == TL_FOREIGN_TABLE || k->table->kind == TL_COMPOSITE))
        return false;
    /* It may be known by its name alone. Domains are called composite types,
       too, and their values lie in tables. */
    return op->relation_kind != TL_FOREIGN_TABLE &&
           !(op->relation_kind == TL_COMPOSITE &&
             (op->kind == TL_OP_ADD_COLUMN || op->kind == TL_OP_DROP_COLUMN ||
              op->kind == TL_OP_ALTER_COLUMN_TYPE));
}

struct tl_effect effect_of(const struct tl_op *op, struct tl_schema before,
                           struct effect_server server)
{
    const struct row *row = &rows[op->kind];
    struct effect_look k = {.op = op, .before = before, .server = server};
    struct tl_effect e = {.lock = row->lock,
                          .rewrite = row->rewrite,
                          .scan = row->scan,
                          .index_build = row->index_build,
                          .transaction_ok = TL_YES};

    if (op->table.name.n)
        k.table = tl_find_relation(before, op->table, NULL);
    if (depends[op->kind])
        depends[op->kind](&k, &e);
    if (op->table.name.n && e.lock > TL_ROW_EXCLUSIVE && !has_rows_here(&k))
        e.rewrite = e.scan = e.index_build = false;
    return e;
}

/* ---- what the history declares ---- */

static enum tl_volatility declared(struct tl_schema s, struct tl_str function)
{
    struct tl_name name = name_split(function);
    enum tl_volatility worst = TL_VOLATILITY_UNKNOWN;

    for (struct function_row *f = store_functions(s.catalog, name, s.at); f;
         f = f->same_name)
        if (tl_alive(&f->row, s) && f->volatility > worst)
            worst = f->volatility;
    return worst;
}

void effect_settle(struct tl_op *op, struct tl_schema before)
{
    for (uint32_t i = 0; i < op->n_columns; i++) {
        struct tl_column_def *c = &op->columns[i];

        if (c->has_default && c->volatile_call.n &&
            c->default_volatility == TL_VOLATILITY_UNKNOWN)
            c->default_volatility = declared(before, c->volatile_call);
    }
}
