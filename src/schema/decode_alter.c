/*
 * decode_alter.c - ALTER TABLE and everything that is spelled like it.
 *
 * PostgreSQL sorts the commands of one ALTER TABLE into passes: what is
 * dropped goes first, then types change, columns come, then constraints. The
 * ops stand in that order.
 */
#include "schema/decoder.h"

enum pass {
    PASS_DROP,
    PASS_TYPE,
    PASS_ADD_COLUMN,
    PASS_COLUMN,
    PASS_INDEX,
    PASS_CONSTRAINT,
    PASS_OTHER,
    PASS_COUNT
};

#define AT(name) PG_QUERY__ALTER_TABLE_TYPE__AT_##name

struct alter {
    struct decoder *d;
    const struct tl_node *node; /* the command's */
    const PgQuery__AlterTableCmd *cmd;
    struct tl_name table;
    enum tl_relation_kind relation_kind;
    bool only;
    struct part place;
};

static struct tl_op *alter_op(const struct alter *a, enum tl_op_kind kind)
{
    struct tl_op *op = decode_op(a->d, kind, a->node);

    op->table = a->table;
    op->relation_kind = a->relation_kind;
    op->only = a->only;
    op->cascade = ENUM_IS(a->cmd->behavior, DROP_BEHAVIOR, DROP_CASCADE);
    if (a->place.end > a->place.start) {
        op->span.start = a->place.start;
        op->span.end = a->place.end;
    }
    return op;
}

static const struct tl_node *def_node(const struct alter *a)
{
    return tl_find_wrapped(a->d->tree, a->node, a->cmd->def);
}

static void add_column(const struct alter *a)
{
    const struct tl_node *node = def_node(a);

    if (!node || node->kind != TL_KIND(COLUMN_DEF))
        return;

    struct tl_op *op = alter_op(a, TL_OP_ADD_COLUMN);

    op->if_not_exists = a->cmd->missing_ok;
    op->columns = ARENA_NEW(a->d->arena, struct tl_column_def);
    op->columns[0] = decode_column(a->d, node, a->place, op);
    op->n_columns = 1;
    op->column = op->columns[0].name;
}

static void column_default(const struct alter *a)
{
    struct tl_op *op =
        alter_op(a, a->cmd->def ? TL_OP_SET_DEFAULT : TL_OP_DROP_DEFAULT);

    op->column = tl_str_c(a->cmd->name);
    if (!a->cmd->def)
        return;
    op->columns = ARENA_NEW(a->d->arena, struct tl_column_def);
    op->n_columns = 1;
    op->columns[0].name = op->column;
    decode_default(a->d, a->node, a->cmd->def, &op->columns[0]);
}

static void column_type(const struct alter *a)
{
    const struct tl_node *node = def_node(a);

    if (!node || node->kind != TL_KIND(COLUMN_DEF))
        return;

    const PgQuery__ColumnDef *def = TL_AS(COLUMN_DEF, ColumnDef, node);
    struct tl_op *op = alter_op(a, TL_OP_ALTER_COLUMN_TYPE);

    op->column = tl_str_c(a->cmd->name);
    op->type = canon_type(def->type_name, a->d->arena, NULL);
    op->using_node = tl_find_wrapped(a->d->tree, node, def->raw_default);
    if (def->coll_clause)
        op->value = decode_names(a->d, def->coll_clause->collname,
                                 def->coll_clause->n_collname)
                        .name;
    op->new_collation = def->coll_clause != NULL;
}

static void add_constraint(const struct alter *a)
{
    const struct tl_node *node = def_node(a);

    if (!node || node->kind != TL_KIND(CONSTRAINT))
        return;

    struct tl_op *op = alter_op(a, TL_OP_ADD_CONSTRAINT);
    struct tl_constraint_def def = decode_constraint(a->d, node);

    op->name = def.name;
    decode_push_constraint(a->d, op, &def);
}

static void alter_constraint(const struct alter *a)
{
    const struct tl_node *node = def_node(a);
    struct tl_op *op = alter_op(a, TL_OP_ALTER_CONSTRAINT);

    if (!node || node->kind != TL_KIND(CONSTRAINT))
        return;

    struct tl_constraint_def def = decode_constraint(a->d, node);

    op->name = def.name;
    decode_push_constraint(a->d, op, &def);
}

static void partition(const struct alter *a, enum tl_op_kind kind)
{
    if (!a->cmd->def || a->cmd->def->node_case != TL_KIND(PARTITION_CMD))
        return;

    const PgQuery__PartitionCmd *c = a->cmd->def->partition_cmd;
    bool index = a->relation_kind == TL_INDEX;
    struct tl_op *op = alter_op(a, index ? TL_OP_ATTACH_INDEX : kind);

    op->other = decode_range(c->name);
    op->concurrently = c->concurrent;
    decode_bounds(a->d, op, c->bound);
    if (kind == TL_OP_DETACH_PARTITION && c->name && c->name->location > 0)
        op->keyword_end =
            decode_name_end(a->d->text, (size_t)c->name->location);
}

static void named(const struct alter *a, enum tl_op_kind kind)
{
    struct tl_op *op = alter_op(a, kind);

    op->if_exists = a->cmd->missing_ok;
    if (kind == TL_OP_DROP_CONSTRAINT || kind == TL_OP_VALIDATE_CONSTRAINT)
        op->name = tl_str_c(a->cmd->name);
    else
        op->column = tl_str_c(a->cmd->name);
}

static void add_identity(const struct alter *a)
{
    const PgQuery__Node *def = a->cmd->def;

    named(a, TL_OP_ADD_IDENTITY);
    if (def && def->node_case == TL_KIND(CONSTRAINT))
        vec_last(&a->d->ops)->other =
            decode_sequence_name(a->d, def->constraint);
}

struct other_command {
    PgQuery__AlterTableType subtype;
    const char *words;
};

static const struct other_command other_commands[] = {
    {AT(SetStatistics), "set statistics"},
    {AT(SetOptions), "set attribute options"},
    {AT(ResetOptions), "reset attribute options"},
    {AT(SetStorage), "set storage"},
    {AT(SetCompression), "set compression"},
    {AT(ChangeOwner), "owner to"},
    {AT(ClusterOn), "cluster on"},
    {AT(DropCluster), "set without cluster"},
    {AT(SetLogged), "set logged"},
    {AT(SetUnLogged), "set unlogged"},
    {AT(DropOids), "set without oids"},
    {AT(SetAccessMethod), "set access method"},
    {AT(SetTableSpace), "set tablespace"},
    {AT(SetRelOptions), "set options"},
    {AT(ResetRelOptions), "reset options"},
    {AT(EnableTrig), "enable trigger"},
    {AT(EnableAlwaysTrig), "enable always trigger"},
    {AT(EnableReplicaTrig), "enable replica trigger"},
    {AT(DisableTrig), "disable trigger"},
    {AT(EnableTrigAll), "enable trigger all"},
    {AT(DisableTrigAll), "disable trigger all"},
    {AT(EnableTrigUser), "enable trigger user"},
    {AT(DisableTrigUser), "disable trigger user"},
    {AT(EnableRule), "enable rule"},
    {AT(EnableAlwaysRule), "enable always rule"},
    {AT(EnableReplicaRule), "enable replica rule"},
    {AT(DisableRule), "disable rule"},
    {AT(AddInherit), "inherit"},
    {AT(DropInherit), "no inherit"},
    {AT(AddOf), "of"},
    {AT(DropOf), "not of"},
    {AT(ReplicaIdentity), "replica identity"},
    {AT(EnableRowSecurity), "enable row level security"},
    {AT(DisableRowSecurity), "disable row level security"},
    {AT(ForceRowSecurity), "force row level security"},
    {AT(NoForceRowSecurity), "no force row level security"},
    {AT(SetIdentity), "set identity"},
    {AT(DetachPartitionFinalize), "detach partition finalize"},
};

static void other(const struct alter *a)
{
    struct tl_op *op = alter_op(a, TL_OP_ALTER_TABLE_OTHER);
    size_t n = sizeof(other_commands) / sizeof(*other_commands);
    const PgQuery__Node *def = a->cmd->def;

    op->name = tl_str_c(a->cmd->name);
    for (size_t i = 0; i < n; i++)
        if (other_commands[i].subtype == a->cmd->subtype)
            op->value = tl_str_c(other_commands[i].words);
    if (def && def->node_case == TL_KIND(RANGE_VAR))
        op->other = decode_range(def->range_var);
    if (def && def->node_case == TL_KIND(REPLICA_IDENTITY_STMT))
        op->new_name = tl_str_c(def->replica_identity_stmt->identity_type);
}

static void command(const struct alter *a)
{
    switch (a->cmd->subtype) {
    case AT(AddColumn):
        add_column(a);
        return;
    case AT(ColumnDefault):
        column_default(a);
        return;
    case AT(DropNotNull):
        named(a, TL_OP_DROP_NOT_NULL);
        return;
    case AT(SetNotNull):
        named(a, TL_OP_SET_NOT_NULL);
        return;
    case AT(DropExpression):
        named(a, TL_OP_DROP_EXPRESSION);
        return;
    case AT(DropColumn):
        named(a, TL_OP_DROP_COLUMN);
        return;
    case AT(AddIdentity):
        add_identity(a);
        return;
    case AT(DropIdentity):
        named(a, TL_OP_DROP_IDENTITY);
        return;
    case AT(AlterColumnType):
        column_type(a);
        return;
    case AT(AddConstraint):
        add_constraint(a);
        return;
    case AT(AlterConstraint):
        alter_constraint(a);
        return;
    case AT(ValidateConstraint):
        named(a, TL_OP_VALIDATE_CONSTRAINT);
        return;
    case AT(DropConstraint):
        named(a, TL_OP_DROP_CONSTRAINT);
        return;
    case AT(AttachPartition):
        partition(a, TL_OP_ATTACH_PARTITION);
        return;
    case AT(DetachPartition):
        partition(a, TL_OP_DETACH_PARTITION);
        return;
    default:
        other(a);
        return;
    }
}

static enum pass pass_of(const PgQuery__AlterTableCmd *c)
{
    switch (c->subtype) {
    case AT(DropColumn):
    case AT(DropConstraint):
    case AT(DropNotNull):
    case AT(DropIdentity):
    case AT(DropExpression):
        return PASS_DROP;
    case AT(AlterColumnType):
        return PASS_TYPE;
    case AT(AddColumn):
        return PASS_ADD_COLUMN;
    case AT(SetNotNull):
    case AT(SetIdentity):
        return PASS_COLUMN;
    case AT(ColumnDefault):
        return c->def ? PASS_CONSTRAINT : PASS_DROP;
    case AT(AddIdentity):
        return PASS_CONSTRAINT;
    case AT(AddConstraint):
        if (c->def && c->def->node_case == TL_KIND(CONSTRAINT) &&
            (c->def->constraint->n_keys > 0 || c->def->constraint->indexname))
            return PASS_INDEX;
        return PASS_CONSTRAINT;
    default:
        return PASS_OTHER;
    }
}

static enum tl_relation_kind object_kind(PgQuery__ObjectType type)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        return TL_INDEX;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
        return TL_VIEW;
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
        return TL_MATVIEW;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        return TL_SEQUENCE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return TL_FOREIGN_TABLE;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        return TL_COMPOSITE;
    default:
        return TL_TABLE;
    }
}

static size_t commands_start(struct decoder *d, const PgQuery__RangeVar *r)
{
    size_t at = r && r->location > 0
                    ? decode_name_end(d->text, (size_t)r->location)
                    : 0;
    size_t star = at;

    while (star < d->text.n && strchr(" \t\r\n", d->text.p[star]))
        star++;
    return star < d->text.n && d->text.p[star] == '*' ? star + 1 : at;
}

static void alter_table(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__AlterTableStmt *s =
        TL_AS(ALTER_TABLE_STMT, AlterTableStmt, node);
    struct alter *a = ARENA_ARRAY(d->arena, struct alter, s->n_cmds);
    struct part *places = ARENA_ARRAY(d->arena, struct part, s->n_cmds);
    size_t n_places = decode_split(d->text, commands_start(d, s->relation),
                                   false, places, s->n_cmds);
    size_t n = 0;

    TL_CHILDREN(d->tree, node, child)
        if (child->kind == TL_KIND(ALTER_TABLE_CMD) && n < s->n_cmds) {
            a[n] = (struct alter){
                .d = d,
                .node = child,
                .cmd = TL_AS(ALTER_TABLE_CMD, AlterTableCmd, child),
                .table = decode_range(s->relation),
                .relation_kind = object_kind(s->objtype),
                .only = s->relation && !s->relation->inh,
                .place = n_places == s->n_cmds && s->n_cmds > 1
                             ? places[n]
                             : (struct part){0, 0},
            };
            n++;
        }

    size_t first = d->ops.n;

    for (enum pass pass = PASS_DROP; pass < PASS_COUNT; pass++)
        for (size_t i = 0; i < n; i++)
            if (pass_of(a[i].cmd) == pass)
                command(&a[i]);
    for (size_t i = first; i < d->ops.n; i++)
        d->ops.v[i].if_exists = d->ops.v[i].if_exists || s->missing_ok;
}

static void rename_relation(struct decoder *d, const struct tl_node *node,
                            const PgQuery__RenameStmt *s)
{
    enum tl_relation_kind kind = object_kind(s->rename_type);
    struct tl_op *op = decode_op(
        d, kind == TL_INDEX ? TL_OP_RENAME_INDEX : TL_OP_RENAME_TABLE, node);

    op->table = decode_range(s->relation);
    op->name = op->table.name;
    op->new_name = tl_str_c(s->newname);
    op->relation_kind = kind;
    op->if_exists = s->missing_ok;
}

static void rename_part(struct decoder *d, const struct tl_node *node,
                        const PgQuery__RenameStmt *s, enum tl_op_kind kind)
{
    struct tl_op *op = decode_op(d, kind, node);

    op->table = decode_range(s->relation);
    op->new_name = tl_str_c(s->newname);
    op->relation_kind = object_kind(s->relation_type);
    op->if_exists = s->missing_ok;
    if (kind == TL_OP_RENAME_COLUMN)
        op->column = tl_str_c(s->subname);
    else
        op->name = tl_str_c(s->subname);
}

static bool rename_object(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__RenameStmt *s = TL_AS(RENAME_STMT, RenameStmt, node);
    struct tl_op *op = NULL;
    bool policy;

    switch (s->rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        rename_relation(d, node, s);
        return true;
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
        rename_part(d, node, s, TL_OP_RENAME_COLUMN);
        return true;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
        rename_part(d, node, s, TL_OP_RENAME_CONSTRAINT);
        return true;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        op = decode_op(d, TL_OP_RENAME_SCHEMA, node);
        op->name = tl_str_c(s->subname);
        op->new_name = tl_str_c(s->newname);
        return true;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        op = decode_op(d, TL_OP_RENAME_TYPE, node);
        op->table = decode_object(d, s->object);
        op->name = op->table.name;
        op->new_name = tl_str_c(s->newname);
        return true;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        policy = ENUM_IS(s->rename_type, OBJECT_TYPE, OBJECT_POLICY);
        op = decode_op(d, policy ? TL_OP_POLICY : TL_OP_OTHER, node);
        op->table = decode_range(s->relation);
        op->name = tl_str_c(s->subname);
        op->new_name = tl_str_c(s->newname);
        op->value = ENUM_IS(s->rename_type, OBJECT_TYPE, OBJECT_TRIGGER)
                        ? TL_STR("rename trigger")
                        : TL_STR("rename");
        return true;
    default:
        return false;
    }
}

static bool set_schema(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__AlterObjectSchemaStmt *s =
        TL_AS(ALTER_OBJECT_SCHEMA_STMT, AlterObjectSchemaStmt, node);

    bool type = ENUM_IS(s->object_type, OBJECT_TYPE, OBJECT_TYPE) ||
                ENUM_IS(s->object_type, OBJECT_TYPE, OBJECT_DOMAIN);

    if (!s->relation && !type)
        return false;

    struct tl_op *op =
        decode_op(d, type ? TL_OP_OTHER : TL_OP_SET_SCHEMA, node);

    op->table = type ? decode_object(d, s->object) : decode_range(s->relation);
    if (type)
        op->value = TL_STR("type set schema");
    op->new_name = tl_str_c(s->newschema);
    op->if_exists = s->missing_ok;
    op->relation_kind = object_kind(s->object_type);
    return true;
}

bool decode_alter(struct decoder *d, const struct tl_node *node)
{
    switch (node->kind) {
    case TL_KIND(ALTER_TABLE_STMT):
        alter_table(d, node);
        return true;
    case TL_KIND(RENAME_STMT):
        return rename_object(d, node);
    case TL_KIND(ALTER_OBJECT_SCHEMA_STMT):
        return set_schema(d, node);
    default:
        return false;
    }
}
