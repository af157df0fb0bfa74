/*
 * decode_type.c - types, enums, domains, functions, sequences, schemas.
 */
#include "schema/decoder.h"

/* PostgreSQL refuses more than 100 that go in; what comes out counts here. */
#define MAX_ARGUMENTS 1000

static void add_text(struct decoder *d, struct tl_str *all, struct tl_str more)
{
    *all = all->n == 0 ? more
                       : arena_printf(d->arena, "%.*s,%.*s", TL_FMT(*all),
                                      TL_FMT(more));
}

static void add_argument(struct decoder *d, struct tl_str *all,
                         const PgQuery__TypeName *type)
{
    struct tl_type t = canon_type(type, d->arena, NULL);

    add_text(d, all,
             arena_printf(d->arena, "%.*s%s", TL_FMT(t.name.name),
                          t.dimensions ? "[]" : ""));
}

/* Never none: f() has a list of arguments, an empty one. */
struct tl_str decode_arguments(struct decoder *d, PgQuery__Node *const *list,
                               size_t n)
{
    struct tl_str all = {"", 0};
    size_t end = n < MAX_ARGUMENTS ? n : MAX_ARGUMENTS;

    for (size_t i = 0; i < end; i++) {
        if (list[i]->node_case == TL_KIND(TYPE_NAME))
            add_argument(d, &all, list[i]->type_name);
        if (list[i]->node_case != TL_KIND(FUNCTION_PARAMETER))
            continue;

        const PgQuery__FunctionParameter *p = list[i]->function_parameter;

        if (!ENUM_IS(p->mode, FUNCTION_PARAMETER_MODE, FUNC_PARAM_OUT) &&
            !ENUM_IS(p->mode, FUNCTION_PARAMETER_MODE, FUNC_PARAM_TABLE))
            add_argument(d, &all, p->arg_type);
    }
    return all;
}

static const PgQuery__Node *option(PgQuery__Node *const *list, size_t n,
                                   const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (list[i]->node_case == TL_KIND(DEF_ELEM) &&
            tl_str_is(tl_str_c(list[i]->def_elem->defname), name))
            return list[i]->def_elem->arg;
    return NULL;
}

struct tl_name decode_sequence_name(struct decoder *d,
                                    const PgQuery__Constraint *c)
{
    const PgQuery__Node *name =
        option(c->options, c->n_options, "sequence_name");

    if (!name || name->node_case != TL_KIND(LIST))
        return (struct tl_name){TL_NONE, TL_NONE};
    return decode_names(d, name->list->items, name->list->n_items);
}

static void create_function(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__CreateFunctionStmt *s =
        TL_AS(CREATE_FUNCTION_STMT, CreateFunctionStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_CREATE_FUNCTION, node);
    struct tl_str declared =
        decode_string(option(s->options, s->n_options, "volatility"));

    op->table = decode_names(d, s->funcname, s->n_funcname);
    op->name = op->table.name;
    op->or_replace = s->replace;
    op->value = decode_arguments(d, s->parameters, s->n_parameters);
    op->volatility = TL_VOLATILE;
    if (tl_str_is(declared, "immutable"))
        op->volatility = TL_IMMUTABLE;
    else if (tl_str_is(declared, "stable"))
        op->volatility = TL_STABLE;
}

/* OWNED BY a.b.c: the column comes last. */
static void owned_by(struct decoder *d, PgQuery__Node *const *options, size_t n,
                     struct tl_op *op)
{
    const PgQuery__Node *owner = option(options, n, "owned_by");

    if (!owner || owner->node_case != TL_KIND(LIST))
        return;
    if (owner->list->n_items < 2) {
        op->value = TL_STR("owned by none");
        return;
    }

    size_t last = owner->list->n_items - 1;

    op->other = decode_names(d, owner->list->items, last);
    op->column = decode_string(owner->list->items[last]);
}

static void create_sequence(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__CreateSeqStmt *s =
        TL_AS(CREATE_SEQ_STMT, CreateSeqStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_CREATE_SEQUENCE, node);

    op->table = decode_range(s->sequence);
    op->name = op->table.name;
    op->if_not_exists = s->if_not_exists;
    op->temporary = s->sequence && s->sequence->relpersistence &&
                    s->sequence->relpersistence[0] == 't';
    op->relation_kind = TL_SEQUENCE;
    owned_by(d, s->options, s->n_options, op);
}

static void alter_sequence(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__AlterSeqStmt *s = TL_AS(ALTER_SEQ_STMT, AlterSeqStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_ALTER_SEQUENCE, node);

    op->table = decode_range(s->sequence);
    op->name = op->table.name;
    op->if_exists = s->missing_ok;
    op->relation_kind = TL_SEQUENCE;
    owned_by(d, s->options, s->n_options, op);
}

static struct tl_op *type_op(struct decoder *d, const struct tl_node *node,
                             enum tl_op_kind kind, PgQuery__Node *const *name,
                             size_t n)
{
    struct tl_op *op = decode_op(d, kind, node);

    op->table = decode_names(d, name, n);
    op->name = op->table.name;
    op->relation_kind = TL_COMPOSITE;
    return op;
}

static void alter_enum(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__AlterEnumStmt *s =
        TL_AS(ALTER_ENUM_STMT, AlterEnumStmt, node);
    bool rename = s->old_val && *s->old_val;
    struct tl_op *op =
        type_op(d, node, rename ? TL_OP_OTHER : TL_OP_ADD_ENUM_VALUE,
                s->type_name, s->n_type_name);

    op->value = rename ? TL_STR("rename enum value") : tl_str_c(s->new_val);
    op->new_name = tl_str_c(s->new_val);
    op->column = tl_str_c(rename ? s->old_val : s->new_val_neighbor);
    op->after = s->new_val_is_after;
    op->if_not_exists = s->skip_if_new_val_exists;
}

static void create_domain(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__CreateDomainStmt *s =
        TL_AS(CREATE_DOMAIN_STMT, CreateDomainStmt, node);
    struct tl_op *op =
        type_op(d, node, TL_OP_CREATE_DOMAIN, s->domainname, s->n_domainname);

    op->type = canon_type(s->type_name, d->arena, NULL);
    op->columns = ARENA_NEW(d->arena, struct tl_column_def);
    op->n_columns = 1;
    op->columns[0].type = op->type;
    TL_CHILDREN(d->tree, node, child) {
        if (child->kind != TL_KIND(CONSTRAINT))
            continue;

        const PgQuery__Constraint *c = TL_AS(CONSTRAINT, Constraint, child);

        if (ENUM_IS(c->contype, CONSTR_TYPE, CONSTR_NOTNULL))
            op->columns[0].not_null = true;
        if (ENUM_IS(c->contype, CONSTR_TYPE, CONSTR_DEFAULT))
            decode_default(d, child, c->raw_expr, &op->columns[0]);
        if (!ENUM_IS(c->contype, CONSTR_TYPE, CONSTR_CHECK))
            continue;

        struct tl_constraint_def def = decode_constraint(d, child);

        decode_push_constraint(d, op, &def);
    }
}

static void alter_domain(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__AlterDomainStmt *s =
        TL_AS(ALTER_DOMAIN_STMT, AlterDomainStmt, node);
    struct tl_op *op =
        type_op(d, node, TL_OP_ALTER_DOMAIN, s->type_name, s->n_type_name);
    const struct tl_node *def = tl_find_wrapped(d->tree, node, s->def);

    op->new_name = tl_str_c(s->name);
    op->cascade = ENUM_IS(s->behavior, DROP_BEHAVIOR, DROP_CASCADE);
    op->if_exists = s->missing_ok;
    switch (s->subtype ? s->subtype[0] : '\0') {
    case 'T':
        op->value = def ? TL_STR("set default") : TL_STR("drop default");
        return;
    case 'N':
        op->value = TL_STR("drop not null");
        return;
    case 'O':
        op->value = TL_STR("set not null");
        return;
    case 'V':
        op->value = TL_STR("validate constraint");
        return;
    case 'X':
        op->value = TL_STR("drop constraint");
        return;
    default:
        op->value = TL_STR("add constraint");
        break;
    }
    if (!def || def->kind != TL_KIND(CONSTRAINT))
        return;

    struct tl_constraint_def check = decode_constraint(d, def);

    op->not_valid = check.not_valid;
    decode_push_constraint(d, op, &check);
}

static void create_composite(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__CompositeTypeStmt *s =
        TL_AS(COMPOSITE_TYPE_STMT, CompositeTypeStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_CREATE_TYPE, node);

    op->table = decode_range(s->typevar);
    op->name = op->table.name;
    op->relation_kind = TL_COMPOSITE;
    op->columns = ARENA_ARRAY(d->arena, struct tl_column_def, s->n_coldeflist);
    TL_CHILDREN(d->tree, node, child)
        if (child->kind == TL_KIND(COLUMN_DEF) &&
            op->n_columns < s->n_coldeflist)
            op->columns[op->n_columns++] =
                decode_column(d, child, (struct part){0, 0}, op);
}

/* The statements inside CREATE SCHEMA work in the new schema. */
static void create_schema(struct decoder *d, const struct tl_node *node)
{
    const PgQuery__CreateSchemaStmt *s =
        TL_AS(CREATE_SCHEMA_STMT, CreateSchemaStmt, node);
    struct tl_op *op = decode_op(d, TL_OP_CREATE_SCHEMA, node);
    struct tl_str name = tl_str_c(s->schemaname);

    if (name.n == 0 && s->authrole)
        name = tl_str_c(s->authrole->rolename);
    op->name = name;
    op->if_not_exists = s->if_not_exists;

    size_t first = d->ops.n;

    for (size_t i = 0; i < s->n_schema_elts; i++) {
        const struct tl_node *n =
            tl_find_wrapped(d->tree, node, s->schema_elts[i]);

        if (n)
            decode_nested(d, n);
    }
    for (size_t i = first; i < d->ops.n; i++)
        if (d->ops.v[i].table.name.n > 0 && d->ops.v[i].table.schema.n == 0)
            d->ops.v[i].table.schema = name;
}

bool decode_type(struct decoder *d, const struct tl_node *node)
{
    switch (node->kind) {
    case TL_KIND(CREATE_FUNCTION_STMT):
        create_function(d, node);
        return true;
    case TL_KIND(CREATE_SEQ_STMT):
        create_sequence(d, node);
        return true;
    case TL_KIND(ALTER_SEQ_STMT):
        alter_sequence(d, node);
        return true;
    case TL_KIND(CREATE_ENUM_STMT): {
        const PgQuery__CreateEnumStmt *s =
            TL_AS(CREATE_ENUM_STMT, CreateEnumStmt, node);

        struct tl_op *op =
            type_op(d, node, TL_OP_CREATE_ENUM, s->type_name, s->n_type_name);

        op->labels = decode_strings(d, s->vals, s->n_vals);
        op->n_labels = (uint32_t)s->n_vals;
        return true;
    }
    case TL_KIND(ALTER_ENUM_STMT):
        alter_enum(d, node);
        return true;
    case TL_KIND(CREATE_DOMAIN_STMT):
        create_domain(d, node);
        return true;
    case TL_KIND(ALTER_DOMAIN_STMT):
        alter_domain(d, node);
        return true;
    case TL_KIND(COMPOSITE_TYPE_STMT):
        create_composite(d, node);
        return true;
    case TL_KIND(CREATE_RANGE_STMT): {
        const PgQuery__CreateRangeStmt *s =
            TL_AS(CREATE_RANGE_STMT, CreateRangeStmt, node);

        type_op(d, node, TL_OP_CREATE_TYPE, s->type_name, s->n_type_name);
        return true;
    }
    case TL_KIND(DEFINE_STMT): {
        const PgQuery__DefineStmt *s = TL_AS(DEFINE_STMT, DefineStmt, node);

        if (!ENUM_IS(s->kind, OBJECT_TYPE, OBJECT_TYPE))
            return false;
        type_op(d, node, TL_OP_CREATE_TYPE, s->defnames, s->n_defnames);
        return true;
    }
    case TL_KIND(CREATE_SCHEMA_STMT):
        create_schema(d, node);
        return true;
    default:
        return false;
    }
}
