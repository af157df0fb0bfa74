/*
 * identifier-too-long - PostgreSQL cuts names silently, and two long ones may
 * become one.
 */
#include <tusklint/rule.h>

#define RELATION_OF(node, kind, type, member)                                  \
    (TL_AS(kind, type, node)->member                                           \
         ? TL_AS(kind, type, node)->member->relname                            \
         : NULL)

/* The last part of a qualified name. */
static const char *last_of(PgQuery__Node *const *names, size_t n)
{
    return n && names[n - 1]->node_case == TL_KIND(STRING)
               ? names[n - 1]->string->sval
               : NULL;
}

#define LAST_OF(node, kind, type, member)                                      \
    last_of(TL_AS(kind, type, node)->member,                                   \
            TL_AS(kind, type, node)->n_##member)

static const char *made_relation(const struct tl_node *n)
{
    switch (n->kind) {
    case TL_KIND(CREATE_STMT):
        return RELATION_OF(n, CREATE_STMT, CreateStmt, relation);
    case TL_KIND(INTO_CLAUSE):
        return RELATION_OF(n, INTO_CLAUSE, IntoClause, rel);
    case TL_KIND(VIEW_STMT):
        return RELATION_OF(n, VIEW_STMT, ViewStmt, view);
    case TL_KIND(CREATE_SEQ_STMT):
        return RELATION_OF(n, CREATE_SEQ_STMT, CreateSeqStmt, sequence);
    case TL_KIND(COMPOSITE_TYPE_STMT):
        return RELATION_OF(n, COMPOSITE_TYPE_STMT, CompositeTypeStmt, typevar);
    case TL_KIND(INDEX_STMT):
        return TL_AS(INDEX_STMT, IndexStmt, n)->idxname;
    default:
        return NULL;
    }
}

static const char *made_part(const struct tl_node *n)
{
    switch (n->kind) {
    case TL_KIND(COLUMN_DEF):
        return TL_AS(COLUMN_DEF, ColumnDef, n)->colname;
    case TL_KIND(CONSTRAINT):
        return TL_AS(CONSTRAINT, Constraint, n)->conname;
    case TL_KIND(RENAME_STMT):
        return TL_AS(RENAME_STMT, RenameStmt, n)->newname;
    case TL_KIND(CREATE_TRIG_STMT):
        return TL_AS(CREATE_TRIG_STMT, CreateTrigStmt, n)->trigname;
    case TL_KIND(CREATE_POLICY_STMT):
        return TL_AS(CREATE_POLICY_STMT, CreatePolicyStmt, n)->policy_name;
    case TL_KIND(RULE_STMT):
        return TL_AS(RULE_STMT, RuleStmt, n)->rulename;
    case TL_KIND(CREATE_STATS_STMT):
        return LAST_OF(n, CREATE_STATS_STMT, CreateStatsStmt, defnames);
    default:
        return NULL;
    }
}

static const char *made_elsewhere(const struct tl_node *n)
{
    switch (n->kind) {
    case TL_KIND(CREATE_FUNCTION_STMT):
        return LAST_OF(n, CREATE_FUNCTION_STMT, CreateFunctionStmt, funcname);
    case TL_KIND(FUNCTION_PARAMETER):
        return TL_AS(FUNCTION_PARAMETER, FunctionParameter, n)->name;
    case TL_KIND(DEFINE_STMT):
        return LAST_OF(n, DEFINE_STMT, DefineStmt, defnames);
    case TL_KIND(CREATE_ENUM_STMT):
        return LAST_OF(n, CREATE_ENUM_STMT, CreateEnumStmt, type_name);
    case TL_KIND(CREATE_RANGE_STMT):
        return LAST_OF(n, CREATE_RANGE_STMT, CreateRangeStmt, type_name);
    case TL_KIND(CREATE_DOMAIN_STMT):
        return LAST_OF(n, CREATE_DOMAIN_STMT, CreateDomainStmt, domainname);
    case TL_KIND(CREATE_SCHEMA_STMT):
        return TL_AS(CREATE_SCHEMA_STMT, CreateSchemaStmt, n)->schemaname;
    case TL_KIND(CREATE_ROLE_STMT):
        return TL_AS(CREATE_ROLE_STMT, CreateRoleStmt, n)->role;
    case TL_KIND(CREATEDB_STMT):
        return TL_AS(CREATEDB_STMT, CreatedbStmt, n)->dbname;
    case TL_KIND(CREATE_PUBLICATION_STMT):
        return TL_AS(CREATE_PUBLICATION_STMT, CreatePublicationStmt, n)
            ->pubname;
    default:
        return NULL;
    }
}

/* Of a view or a table that a query fills: SELECT ... AS name. */
static const char *made_by_query(const struct tl_tree *t,
                                 const struct tl_node *n)
{
    bool makes = t->nodes[0].kind == TL_KIND(VIEW_STMT) ||
                 t->nodes[0].kind == TL_KIND(CREATE_TABLE_AS_STMT);

    return makes && n->kind == TL_KIND(RES_TARGET)
               ? TL_AS(RES_TARGET, ResTarget, n)->name
               : NULL;
}

/* The parser has cut the name; a character of several bytes is dropped whole.*/
static bool begins_with(struct tl_str written, const char *name)
{
    size_t quote = written.p[0] == '"';
    size_t n = name ? strlen(name) : 0;

    return n >= 60 && n + quote < written.n &&
           strncasecmp(written.p + quote, name, n) == 0;
}

/* A name that the statement only uses was cut when it was given. */
static bool is_made(const struct tl_tree *t, struct tl_str written)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const struct tl_node *n = &t->nodes[i];

        if (begins_with(written, made_relation(n)) ||
            begins_with(written, made_part(n)) ||
            begins_with(written, made_elsewhere(n)) ||
            begins_with(written, made_by_query(t, n)))
            return true;
    }
    return false;
}

static void check(struct tl_ctx *ctx)
{
    size_t start = 0;
    size_t end = 0;

    while (tl_long_identifier(ctx, end, &start, &end)) {
        if (!is_made(tl_tree(ctx),
                     (struct tl_str){tl_text(ctx).p + start, end - start}))
            continue;
        struct tl_finding *f =
            tl_report(ctx, tl_text_span(ctx, start, end),
                      "This name has more than 63 bytes: PostgreSQL drops what "
                      "is behind them.");

        tl_help(ctx, f, "Choose a shorter one.");
    }
}

TL_RULE(identifier_too_long) = {
    .id = "TL216",
    .name = "identifier-too-long",
    .summary = "a name is longer than PostgreSQL keeps",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .inputs = TL_IN_MIGRATION,
    .aliases = TL_ALIASES("identifier-length"),
    .on_statement = check,
};
