/*
 * effect.c - the lock model: for each kind of op a row of the table, and a
 * function where the row depends on more than the kind.
 *
 * Locks, rewrites and scans are those that were measured on a server (see
 * testdata/locks/); what was not seen by the catalog is taken for the worse,
 * because a table that nobody knows may be large and in use.
 */
#include "schema/effect.h"

#include "schema/effect_partition.h"
#include "schema/effect_type.h"
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
    [TL_OP_CREATE_INDEX] = {.lock = TL_SHARE, .scan = true,
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
    [TL_OP_REFRESH_MATVIEW] = {.lock = TL_ACCESS_EXCLUSIVE, .rewrite = true,
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
    [TL_OP_CLUSTER] = {.lock = TL_ACCESS_EXCLUSIVE, .rewrite = true,
                       .scan = true, .index_build = true},
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

/* What every function below reads. */
struct look {
    const struct tl_op *op;
    struct tl_schema before;
    struct effect_server server;
    const struct tl_relation *table; /* NULL: not in the catalog */
};

static const struct tl_column *column_of(const struct look *k)
{
    return k->table ? tl_find_column(k->before, k->table, k->op->column)
                    : NULL;
}

/* ---- columns ------------------------------------------------------------ */

/* A domain's constraints are checked for every row, which rewrites it. */
static bool is_constrained_domain(const struct look *k,
                                  const struct tl_type *type)
{
    const struct type_row *t =
        store_find_type(k->before.catalog, type->name, k->before.at);

    return t && t->kind == TYPE_DOMAIN && (t->n_checks || t->not_null);
}

static void add_constraint_cost(const struct tl_constraint_def *c,
                                bool has_value, struct tl_effect *e)
{
    switch (c->kind) {
    case TL_CHECK:
        e->scan = true;
        return;
    case TL_PRIMARY_KEY:
    case TL_UNIQUE:
    case TL_EXCLUDE:
        e->scan = e->index_build = true;
        return;
    case TL_FOREIGN_KEY:
        e->referenced_lock = TL_SHARE_ROW_EXCLUSIVE;
        /* A column of NULLs refers to nothing. */
        e->scan |= has_value;
        return;
    }
}

static void add_column(const struct look *k, struct tl_effect *e)
{
    const struct tl_column_def *c = &k->op->columns[0];
    bool exists = k->table && tl_find_column(k->before, k->table, c->name);

    if (k->op->if_not_exists && exists)
        return;
    bool volatile_default =
        c->has_default && (c->default_volatility == TL_VOLATILE ||
                           c->default_volatility == TL_VOLATILITY_UNKNOWN);
    e->rewrite = c->serial || c->identity || c->generated_stored ||
                 volatile_default || is_constrained_domain(k, &c->type);
    bool has_value = c->has_default || e->rewrite;
    for (uint32_t i = 0; i < k->op->n_constraints; i++)
        add_constraint_cost(&k->op->constraints[i], has_value, e);
    e->scan |= e->rewrite;
    e->index_build |= e->rewrite;
}

static bool uses_column(const struct index_row *x, struct tl_str column)
{
    for (uint32_t i = 0; i < x->n_used; i++)
        if (tl_str_eq(x->used[i], column))
            return true;
    return false;
}

static bool is_key(const struct tl_index *x, struct tl_str column)
{
    for (uint32_t i = 0; i < x->n_keys; i++)
        if (x->keys[i].column.n && tl_str_eq(x->keys[i].column, column))
            return true;
    return false;
}

/*
 * A change that keeps the rows as they are still builds indexes anew whose
 * expression or predicate names the column, and every one of its indexes when
 * the order of values changes.
 */
static bool rebuilds_index(const struct look *k, bool new_order)
{
    struct object *o = store_object(k->before.catalog, k->table->id);

    for (struct index_row *x = o ? o->first_index : NULL; x; x = x->next)
        if (tl_alive(&x->index.row, k->before) &&
            (uses_column(x, k->op->column) ||
             (new_order && is_key(&x->index, k->op->column))))
            return true;
    return false;
}

/* CHECKs that name the column are checked again. */
static bool rechecks(const struct look *k)
{
    TL_EACH_CONSTRAINT(k->before, k->table, c)
        for (uint32_t i = 0; c->kind == TL_CHECK && i < c->n_columns; i++)
            if (tl_str_eq(c->columns[i], k->op->column))
                return true;
    return false;
}

static bool is_foreign_key_column(const struct look *k)
{
    TL_EACH_CONSTRAINT(k->before, k->table, c)
        for (uint32_t i = 0; c->kind == TL_FOREIGN_KEY && i < c->n_columns;
             i++)
            if (tl_str_eq(c->columns[i], k->op->column))
                return true;
    return false;
}

/* A domain is stored as what it is made of. */
static struct tl_type stored_type(const struct look *k,
                                  const struct tl_type *type)
{
    struct tl_type t = *type;

    for (unsigned i = 0; i < STORE_MAX_DEPTH; i++) {
        const struct type_row *row =
            store_find_type(k->before.catalog, t.name, k->before.at);

        if (!row || row->kind != TYPE_DOMAIN || t.dimensions)
            return t;
        t = row->base;
    }
    return t;
}

static void alter_type(const struct look *k, struct tl_effect *e)
{
    const struct tl_column *old = column_of(k);

    if (!old || !old->type.name.name.n) {
        e->rewrite = e->scan = e->index_build = true;
        return;
    }
    struct tl_type from = stored_type(k, &old->type);
    struct tl_type to = stored_type(k, &k->op->type);
    enum type_change change =
        effect_type_change(&from, &to, k->server.version >= 12 && k->server.utc);

    e->rewrite = change == TYPE_REWRITTEN ||
                 effect_using_computes(k->op) ||
                 (is_constrained_domain(k, &k->op->type) &&
                  !tl_type_equal(&old->type, &k->op->type));
    if (e->rewrite) {
        e->scan = e->index_build = true;
        return;
    }
    bool new_order = change == TYPE_REORDERED || k->op->new_collation;
    e->index_build = rebuilds_index(k, new_order);
    e->scan = e->index_build || (!tl_type_equal(&old->type, &k->op->type) &&
                                 rechecks(k));
    if (is_foreign_key_column(k))
        e->referenced_lock = TL_ACCESS_EXCLUSIVE;
}

static void set_not_null(const struct look *k, struct tl_effect *e)
{
    const struct tl_column *c = column_of(k);

    e->scan = true;
    if (c && c->not_null)
        e->scan = false;
    else if (k->table && k->server.version >= 12)
        e->scan = tl_column_is_not_null(k->before, k->table,
                                        k->op->column) != TL_YES;
}

/* ---- constraints ---------------------------------------------------------- */

static bool all_not_null(const struct look *k, struct tl_str index)
{
    const struct tl_index *x =
        tl_find_index(k->before, (struct tl_name){k->op->table.schema, index});

    for (uint32_t i = 0; x && i < x->n_keys; i++)
        if (tl_column_is_not_null(k->before, k->table, x->keys[i].column) !=
            TL_YES)
            return false;
    return x != NULL;
}

static void add_constraint(const struct look *k, struct tl_effect *e)
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
        e->scan = e->index_build || !k->table ||
                  !all_not_null(k, c->using_index);
        return;
    }
}

static const struct tl_constraint *constraint_of(const struct look *k)
{
    return k->table ? tl_find_constraint(k->before, k->table, k->op->name)
                    : NULL;
}

static void old_constraint(const struct look *k, struct tl_effect *e)
{
    const struct tl_constraint *c = constraint_of(k);
    bool validate = k->op->kind == TL_OP_VALIDATE_CONSTRAINT;

    if (!c)
        return;
    if (validate && c->validated)
        e->scan = false;
    if (c->kind == TL_FOREIGN_KEY)
        e->referenced_lock = validate ? TL_ROW_SHARE : TL_ACCESS_EXCLUSIVE;
}

/* ---- relations ------------------------------------------------------------ */

static bool has_foreign_key(const struct look *k)
{
    TL_EACH_CONSTRAINT(k->before, k->table, c)
        if (c->kind == TL_FOREIGN_KEY)
            return true;
    return false;
}

/* The parent forgets its partition, the referenced table its triggers. */
static void drop_table(const struct look *k, struct tl_effect *e)
{
    if (k->table && (k->table->parent || has_foreign_key(k)))
        e->referenced_lock = TL_ACCESS_EXCLUSIVE;
}

static void drop_column(const struct look *k, struct tl_effect *e)
{
    if (k->table && is_foreign_key_column(k))
        e->referenced_lock = TL_ACCESS_EXCLUSIVE;
}

/* Every table that has a column of the domain. */
static void alter_domain(const struct look *k, struct tl_effect *e)
{
    struct tl_str what = k->op->value;
    bool adds = tl_str_is(what, "add constraint") && !k->op->not_valid;

    if (!adds && !tl_str_is(what, "validate constraint") &&
        !tl_str_is(what, "set not null"))
        return;
    e->lock = TL_SHARE;
    e->scan = true;
}

static bool is_partitioned(const struct look *k)
{
    return k->table && k->table->kind == TL_PARTITIONED_TABLE;
}

static void create_child(const struct look *k, const struct tl_parent_def *p,
                         struct tl_effect *e)
{
    if (p->kind == TL_PARENT_INHERITS &&
        e->referenced_lock < TL_SHARE_UPDATE_EXCLUSIVE)
        e->referenced_lock = TL_SHARE_UPDATE_EXCLUSIVE;
    if (p->kind != TL_PARENT_PARTITION)
        return;
    e->referenced_lock = TL_ACCESS_EXCLUSIVE;
    e->scan |= !k->op->is_default &&
               partition_has_default(
                   k->before, tl_find_relation(k->before, p->table, NULL));
}

static void create_table(const struct look *k, struct tl_effect *e)
{
    const struct tl_op *op = k->op;

    for (uint32_t i = 0; i < op->n_constraints; i++)
        if (op->constraints[i].kind == TL_FOREIGN_KEY)
            e->referenced_lock = TL_SHARE_ROW_EXCLUSIVE;
    for (uint32_t i = 0; i < op->n_parents; i++)
        create_child(k, &op->parents[i], e);
}

static void index_op(const struct look *k, struct tl_effect *e)
{
    const struct tl_op *op = k->op;

    if (op->concurrently) {
        e->lock = TL_SHARE_UPDATE_EXCLUSIVE;
        e->transaction_ok = TL_NO;
    }
    if (op->kind == TL_OP_CREATE_INDEX && op->index->only &&
        is_partitioned(k))
        e->scan = e->index_build = false;
}

static void reindex(const struct look *k, struct tl_effect *e)
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

static void partition(const struct look *k, struct tl_effect *e)
{
    e->referenced_lock = TL_ACCESS_EXCLUSIVE;
    if (k->op->kind == TL_OP_ATTACH_PARTITION) {
        e->scan = partition_has_default(k->before, k->table) ||
                  !partition_is_checked(k->op, k->before, k->table);
        return;
    }
    if (k->op->concurrently) {
        /* The child's is taken last, for an instant. */
        e->lock = TL_SHARE_UPDATE_EXCLUSIVE;
        e->transaction_ok = TL_NO;
    }
}

static void refresh(const struct look *k, struct tl_effect *e)
{
    if (!k->op->concurrently)
        return;
    e->lock = TL_EXCLUSIVE;
    e->rewrite = false;
}

static void vacuum(const struct look *k, struct tl_effect *e)
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

static void other_alter(const struct look *k, struct tl_effect *e)
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

static void other_statement(const struct look *k, struct tl_effect *e)
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

static void depends(const struct look *k, struct tl_effect *e)
{
    switch (k->op->kind) {
    case TL_OP_ADD_COLUMN:
        add_column(k, e);
        break;
    case TL_OP_DROP_COLUMN:
        drop_column(k, e);
        break;
    case TL_OP_ALTER_COLUMN_TYPE:
        alter_type(k, e);
        break;
    case TL_OP_SET_NOT_NULL:
        set_not_null(k, e);
        break;
    case TL_OP_ADD_CONSTRAINT:
        add_constraint(k, e);
        break;
    case TL_OP_DROP_CONSTRAINT:
    case TL_OP_VALIDATE_CONSTRAINT:
        old_constraint(k, e);
        break;
    case TL_OP_CREATE_TABLE:
        create_table(k, e);
        break;
    case TL_OP_DROP_TABLE:
        drop_table(k, e);
        break;
    case TL_OP_ALTER_DOMAIN:
        alter_domain(k, e);
        break;
    case TL_OP_ATTACH_INDEX:
        e->referenced_lock = TL_ACCESS_EXCLUSIVE;
        break;
    case TL_OP_UPDATE:
    case TL_OP_DELETE:
        e->scan = !k->op->has_where;
        break;
    case TL_OP_CREATE_INDEX:
    case TL_OP_DROP_INDEX:
        index_op(k, e);
        break;
    case TL_OP_REINDEX:
        reindex(k, e);
        break;
    case TL_OP_ATTACH_PARTITION:
    case TL_OP_DETACH_PARTITION:
        partition(k, e);
        break;
    case TL_OP_REFRESH_MATVIEW:
        refresh(k, e);
        break;
    case TL_OP_VACUUM:
        vacuum(k, e);
        break;
    case TL_OP_CLUSTER:
        if (!k->op->table.name.n)
            e->transaction_ok = TL_NO;
        break;
    case TL_OP_LOCK_TABLE:
        e->lock = k->op->lock_mode;
        break;
    case TL_OP_ALTER_TABLE_OTHER:
        other_alter(k, e);
        break;
    case TL_OP_DATABASE:
    case TL_OP_SYSTEM:
        e->transaction_ok = TL_NO;
        break;
    case TL_OP_OTHER:
        other_statement(k, e);
        break;
    default:
        break;
    }
}

struct tl_effect effect_of(const struct tl_op *op, struct tl_schema before,
                           struct effect_server server)
{
    const struct row *row = &rows[op->kind];
    struct look k = {.op = op, .before = before, .server = server};
    struct tl_effect e = {.lock = row->lock,
                          .rewrite = row->rewrite,
                          .scan = row->scan,
                          .index_build = row->index_build,
                          .transaction_ok = TL_YES};

    if (op->table.name.n)
        k.table = tl_find_relation(before, op->table, NULL);
    depends(&k, &e);
    return e;
}

/* ---- what the history declares --------------------------------------------- */

static enum tl_volatility declared(struct tl_schema s, struct tl_str function)
{
    struct tl_name name = {TL_NONE, function};
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
