/*
 * not-idempotent - a statement that fails when the migration is run again
 * after it was broken off half-way.
 *
 * That can only happen where no transaction takes everything back, and only
 * to a statement that has others behind it.
 */
#include <tusklint/rule.h>

#include <ctype.h>
#include <strings.h>

/* Offset behind the words that the statement begins with, or 0. Comments
   between them are not looked through. */
static size_t behind_words(struct tl_str text, const char *const *words)
{
    size_t at = 0;

    for (; *words; words++) {
        size_t n = strlen(*words);

        while (at < text.n && isspace((unsigned char)text.p[at]))
            at++;
        if (text.n - at <= n || strncasecmp(text.p + at, *words, n) != 0 ||
            !isspace((unsigned char)text.p[at + n]))
            return 0;
        at += n;
    }
    return at;
}

static size_t behind_drop(const struct tl_ctx *ctx, const struct tl_op *op)
{
    static const char *const table[] = {"drop", "table", NULL};
    static const char *const view[] = {"drop", "view", NULL};
    static const char *const matview[] = {"drop", "materialized", "view", NULL};
    static const char *const index[] = {"drop", "index", NULL};
    static const char *const built[] = {"drop", "index", "concurrently", NULL};
    static const char *const sequence[] = {"drop", "sequence", NULL};
    static const char *const type[] = {"drop", "type", NULL};
    static const char *const domain[] = {"drop", "domain", NULL};
    static const char *const function[] = {"drop", "function", NULL};
    static const char *const trigger[] = {"drop", "trigger", NULL};
    static const char *const policy[] = {"drop", "policy", NULL};
    static const char *const schema[] = {"drop", "schema", NULL};
    static const char *const *const forms[] = {
        built, index,  table,    matview, view,   sequence,
        type,  domain, function, trigger, policy, schema};
    size_t at = 0;

    if (op->kind == TL_OP_DROP_COLUMN || op->kind == TL_OP_DROP_CONSTRAINT)
        return 0;
    for (size_t i = 0; !at && i < sizeof(forms) / sizeof(forms[0]); i++)
        at = behind_words(tl_text(ctx), forms[i]);
    return at;
}

/* Where IF NOT EXISTS goes: in front of the name. */
static size_t before_name(const struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_node *n = op->node;

    if (op->kind == TL_OP_CREATE_TABLE && n->kind == TL_KIND(CREATE_STMT)) {
        int at = TL_AS(CREATE_STMT, CreateStmt, n)->relation->location;

        return at > 0 ? (size_t)at : 0;
    }
    if (op->kind == TL_OP_ADD_COLUMN && op->columns[0].node) {
        size_t start;
        size_t end;

        tl_node_range(ctx, op->columns[0].node, &start, &end);
        return start;
    }
    return 0;
}

static void fix(struct tl_ctx *ctx, struct tl_finding *f,
                const struct tl_op *op, bool drops)
{
    size_t at = 0;

    if (drops) {
        at = behind_drop(ctx, op);
        if (at)
            tl_edit(ctx, tl_fix(ctx, f, TL_SAFE, "add IF EXISTS"),
                    tl_text_span(ctx, at, at), " IF EXISTS");
        return;
    }
    at = before_name(ctx, op);
    if (at)
        tl_edit(ctx, tl_fix(ctx, f, TL_UNSAFE, "add IF NOT EXISTS"),
                tl_text_span(ctx, at, at), "IF NOT EXISTS ");
    else if (op->kind == TL_OP_CREATE_INDEX && op->index->name.n &&
             op->keyword_end)
        tl_edit(ctx, tl_fix(ctx, f, TL_UNSAFE, "add IF NOT EXISTS"),
                tl_text_span(ctx, op->keyword_end, op->keyword_end),
                " IF NOT EXISTS");
}

static bool is_drop(const struct tl_op *op)
{
    switch (op->kind) {
    case TL_OP_DROP_TABLE:
    case TL_OP_DROP_COLUMN:
    case TL_OP_DROP_CONSTRAINT:
    case TL_OP_DROP_INDEX:
    case TL_OP_DROP_VIEW:
    case TL_OP_DROP_SEQUENCE:
    case TL_OP_DROP_SCHEMA:
    case TL_OP_DROP_TYPE:
    case TL_OP_DROP_FUNCTION:
    case TL_OP_DROP_TRIGGER:
        return true;
    case TL_OP_POLICY:
    case TL_OP_OTHER:
        return tl_str_is(op->value, "drop");
    default:
        return false;
    }
}

/* A name that PostgreSQL chooses is never taken. */
static bool has_fixed_name(const struct tl_op *op)
{
    const struct tl_constraint_def *c = op->constraints;

    if (op->kind == TL_OP_CREATE_INDEX)
        return op->index->name.n > 0;
    if (op->kind == TL_OP_ADD_CONSTRAINT)
        return c->name.n || c->using_index.n || c->kind == TL_PRIMARY_KEY;
    return true;
}

/* CREATE and ADD that fail where the thing is there already. */
static bool is_creation(const struct tl_op *op)
{
    if (op->kind == TL_OP_POLICY)
        return tl_str_is(op->value, "create");
    if (op->kind == TL_OP_CREATE_INDEX && op->concurrently)
        return false; /* concurrent-index-without-if-not-exists says it */
    return op->kind != TL_OP_OTHER && !op->or_replace && has_fixed_name(op);
}

/* Made by this very file, which makes it anew when it is run again. */
static bool is_made_before(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);
    const struct tl_row *row = r ? &r->row : NULL;

    if (!r)
        return false;
    if (op->kind == TL_OP_DROP_CONSTRAINT) {
        const struct tl_constraint *c =
            tl_find_constraint(tl_before(ctx), r, op->name);

        row = c ? &c->row : NULL;
    } else if (op->kind == TL_OP_DROP_COLUMN) {
        const struct tl_column *c =
            tl_find_column(tl_before(ctx), r, op->column);

        row = c ? &c->row : NULL;
    } else if (op->kind == TL_OP_DROP_TRIGGER || op->kind == TL_OP_POLICY) {
        return false;
    }
    return row && tl_is_made_here(ctx, row);
}

/* DROP CONSTRAINT and ADD CONSTRAINT of one name, or of the primary key, in one
   statement: it finds the other one when it is run again. */
static bool is_swapped(struct tl_ctx *ctx, const struct tl_op *op)
{
    bool drops = op->kind == TL_OP_DROP_CONSTRAINT;
    struct tl_schema there = drops ? tl_after(ctx) : tl_before(ctx);
    const struct tl_relation *r = tl_find_relation(there, op->table, NULL);

    if (!drops && op->kind != TL_OP_ADD_CONSTRAINT)
        return false;
    struct tl_str name = drops ? op->name : op->constraints->name;
    TL_EACH_CONSTRAINT(there, r, c)
        if (name.n ? tl_str_eq(c->name, name) : c->kind == TL_PRIMARY_KEY)
            return true;
    return false;
}

static struct tl_str name_of(const struct tl_op *op)
{
    switch (op->kind) {
    case TL_OP_CREATE_INDEX:
        return op->index->name;
    case TL_OP_ADD_CONSTRAINT:
        return op->constraints->name;
    case TL_OP_ADD_COLUMN:
        return op->columns[0].name;
    case TL_OP_CREATE_TRIGGER:
    case TL_OP_CREATE_SCHEMA:
    case TL_OP_POLICY:
        return op->name;
    default:
        return op->table.name;
    }
}

static const char *advice(const struct tl_ctx *ctx, const struct tl_op *op)
{
    switch (op->kind) {
    case TL_OP_CREATE_TRIGGER:
        if (tl_pg_version(ctx) < 14)
            return "DROP TRIGGER IF EXISTS before it";
        return "Write CREATE OR REPLACE";
    case TL_OP_CREATE_VIEW:
    case TL_OP_CREATE_FUNCTION:
        return "Write CREATE OR REPLACE";
    case TL_OP_ADD_CONSTRAINT:
        return "DROP CONSTRAINT IF EXISTS before it";
    case TL_OP_POLICY:
        return "DROP POLICY IF EXISTS before it";
    case TL_OP_CREATE_TYPE:
    case TL_OP_CREATE_ENUM:
    case TL_OP_CREATE_DOMAIN:
        return "Look for it first, in a DO block";
    default:
        return "Add IF NOT EXISTS";
    }
}

static bool can_be_repeated(struct tl_ctx *ctx, const struct tl_op *op,
                            bool drops)
{
    if (op->if_exists || op->if_not_exists || op->temporary ||
        is_swapped(ctx, op))
        return true;
    if (drops)
        return is_made_before(ctx, op);
    return !is_creation(op) || tl_was_dropped_if_exists(ctx, name_of(op));
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    bool drops = is_drop(op);

    if (tl_in_transaction(ctx) != TL_NO || can_be_repeated(ctx, op, drops) ||
        !tl_has_more_statements(ctx))
        return;
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "If a later statement fails, running the migration again fails here.");

    tl_object(ctx, f, op->table, op->column);
    tl_help(ctx, f, "%s, or run the migration in a transaction.",
            drops ? "Add IF EXISTS" : advice(ctx, op));
    fix(ctx, f, op, drops);
}

TL_RULE(not_idempotent) = {
    .id = "TL151",
    .name = "not-idempotent",
    .summary = "a statement that fails when the migration is run again",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .opt_in = true,
    .aliases = TL_ALIASES("prefer-robust-stmts", "preferRobustStmts"),
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_CREATE_TABLE_AS, TL_OP_ADD_COLUMN,
                 TL_OP_ADD_CONSTRAINT, TL_OP_CREATE_INDEX,
                 TL_OP_CREATE_SEQUENCE, TL_OP_CREATE_SCHEMA,
                 TL_OP_CREATE_EXTENSION, TL_OP_CREATE_VIEW,
                 TL_OP_CREATE_MATVIEW, TL_OP_CREATE_TYPE, TL_OP_CREATE_ENUM,
                 TL_OP_CREATE_DOMAIN, TL_OP_ADD_ENUM_VALUE,
                 TL_OP_CREATE_FUNCTION, TL_OP_CREATE_TRIGGER, TL_OP_POLICY,
                 TL_OP_DROP_TABLE, TL_OP_DROP_COLUMN, TL_OP_DROP_CONSTRAINT,
                 TL_OP_DROP_INDEX, TL_OP_DROP_VIEW, TL_OP_DROP_SEQUENCE,
                 TL_OP_DROP_SCHEMA, TL_OP_DROP_TYPE, TL_OP_DROP_FUNCTION,
                 TL_OP_DROP_TRIGGER, TL_OP_OTHER),
    .on_op = check,
};
