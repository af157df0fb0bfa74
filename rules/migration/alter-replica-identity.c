/*
 * alter-replica-identity - rows that logical replication cannot tell apart.
 *
 * FULL writes every old row to the log whole, and makes each change on the
 * other side a search. Without any identity PostgreSQL refuses the change; see
 * logical-replication-publication.html.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__ReplicaIdentityStmt *s =
        TL_AS(REPLICA_IDENTITY_STMT, ReplicaIdentityStmt, node);

    if (strcmp(s->identity_type, "f") != 0)
        return;
    struct tl_finding *f = tl_report(
        ctx, tl_statement_span(ctx),
        "REPLICA IDENTITY FULL logs every column of each changed row, and the "
        "subscriber searches the whole table for it.");

    tl_help(ctx, f,
            "Use the primary key (DEFAULT), or USING INDEX of a unique index "
            "on NOT NULL columns.");
}

static bool has_identity(struct tl_schema s, const struct tl_relation *table)
{
    TL_EACH_CONSTRAINT(s, table, c)
        if (c->kind == TL_PRIMARY_KEY)
            return true;
    return table->replica_identity == 'i' || table->replica_identity == 'f';
}

/* WITH (publish = 'insert, truncate') */
static bool publishes_inserts_alone(const struct tl_node *n)
{
    if (n->kind != TL_KIND(CREATE_PUBLICATION_STMT))
        return false;
    const PgQuery__CreatePublicationStmt *s =
        TL_AS(CREATE_PUBLICATION_STMT, CreatePublicationStmt, n);

    for (size_t i = 0; i < s->n_options; i++) {
        const PgQuery__DefElem *o = s->options[i]->def_elem;

        if (o && strcmp(o->defname, "publish") == 0 && o->arg &&
            o->arg->node_case == TL_KIND(STRING))
            return !strstr(o->arg->string->sval, "update") &&
                   !strstr(o->arg->string->sval, "delete");
    }
    return false;
}

static void check_published(struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_schema s = tl_after(ctx);
    const struct tl_relation *table = tl_find_relation(s, op->table, NULL);

    if (!tl_str_is(op->value, "publication") || !table || table->incomplete ||
        table->uncertain || has_identity(s, table) ||
        publishes_inserts_alone(op->node))
        return;
    struct tl_str name = tl_name_text(ctx, op->table);
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "UPDATE and DELETE on %.*s fail once it is published: it has no "
        "primary key.",
        TL_FMT(name));

    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "Add a primary key, or set REPLICA IDENTITY USING INDEX, before "
            "the table is published; or publish only its inserts.");
}

TL_RULE(alter_replica_identity) = {
    .id = "TL155",
    .name = "alter-replica-identity",
    .summary = "logical replication has no key to find rows by",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(REPLICA_IDENTITY_STMT)),
    .on_node = check,
    .ops = TL_ON(TL_OP_OTHER),
    .on_op = check_published,
};
