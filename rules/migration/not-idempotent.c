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
    static const char *const *const forms[] = {built,   index, table,
                                               matview, view,  sequence};
    size_t at = 0;

    if (op->kind == TL_OP_DROP_COLUMN)
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

static bool is_drop(enum tl_op_kind kind)
{
    return kind == TL_OP_DROP_TABLE || kind == TL_OP_DROP_COLUMN ||
           kind == TL_OP_DROP_INDEX || kind == TL_OP_DROP_VIEW ||
           kind == TL_OP_DROP_SEQUENCE;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    bool drops = is_drop(op->kind);

    if (op->if_exists || op->if_not_exists || op->temporary ||
        (op->kind == TL_OP_CREATE_INDEX && op->concurrently) ||
        tl_in_transaction(ctx) != TL_NO || !tl_has_more_statements(ctx))
        return;
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "If a later statement fails, running the migration again fails here.");

    tl_object(ctx, f, op->table, op->column);
    tl_help(ctx, f,
            drops
                ? "Add IF EXISTS, or run the migration in a transaction."
                : "Add IF NOT EXISTS, or run the migration in a transaction.");
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
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN, TL_OP_CREATE_INDEX,
                 TL_OP_CREATE_SEQUENCE, TL_OP_CREATE_SCHEMA,
                 TL_OP_CREATE_EXTENSION, TL_OP_DROP_TABLE, TL_OP_DROP_COLUMN,
                 TL_OP_DROP_INDEX, TL_OP_DROP_VIEW, TL_OP_DROP_SEQUENCE),
    .on_op = check,
};
