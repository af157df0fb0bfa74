/*
 * grant-to-public - PUBLIC is every role there is, and every one to come.
 */
#include <tusklint/rule.h>

#include <strings.h>

static bool is_public(const PgQuery__GrantStmt *s)
{
    for (size_t i = 0; i < s->n_grantees; i++)
        if (s->grantees[i]->node_case == TL_KIND(ROLE_SPEC) &&
            s->grantees[i]->role_spec->roletype ==
                PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC)
            return true;
    return false;
}

/* No list means ALL PRIVILEGES. */
static bool allows_writing(const PgQuery__GrantStmt *s)
{
    static const char *const writes[] = {"insert",   "update",     "delete",
                                         "truncate", "references", "trigger",
                                         "create"};

    for (size_t i = 0; i < s->n_privileges; i++) {
        const PgQuery__AccessPriv *p =
            s->privileges[i]->node_case == TL_KIND(ACCESS_PRIV)
                ? s->privileges[i]->access_priv
                : NULL;

        for (size_t w = 0; p && w < sizeof(writes) / sizeof(writes[0]); w++)
            if (strcasecmp(p->priv_name, writes[w]) == 0)
                return true;
    }
    return s->n_privileges == 0;
}

static bool concerns(PgQuery__ObjectType type)
{
    return type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
           type == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE ||
           type == PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA ||
           type == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__GrantStmt *s = TL_AS(GRANT_STMT, GrantStmt, node);

    if (!s->is_grant || !concerns(s->objtype) || !is_public(s) ||
        !allows_writing(s))
        return;
    struct tl_finding *f = tl_report(
        ctx, tl_statement_span(ctx),
        "PUBLIC is every role of the server, also those to come: all of them "
        "may %s here.",
        s->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA ||
                s->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE
            ? "make objects"
            : "write");

    tl_help(ctx, f, "GRANT it to the role that needs it.");
}

TL_RULE(grant_to_public) = {
    .id = "TL232",
    .name = "grant-to-public",
    .summary = "every role of the server is allowed to write",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .inputs = TL_IN_MIGRATION,
    .nodes = TL_ON(TL_KIND(GRANT_STMT)),
    .on_node = check,
};
