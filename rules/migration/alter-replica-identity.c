/*
 * alter-replica-identity - FULL writes every old row to the log whole, and
 * makes each change on the other side a search.
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

TL_RULE(alter_replica_identity) = {
    .id = "TL155",
    .name = "alter-replica-identity",
    .summary = "REPLICA IDENTITY FULL makes replication slow",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .nodes = TL_ON(TL_KIND(REPLICA_IDENTITY_STMT)),
    .on_node = check,
};
