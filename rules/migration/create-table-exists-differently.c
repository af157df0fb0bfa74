/*
 * create-table-exists-differently - IF NOT EXISTS does nothing where there is
 * something, however different that is.
 */
#include <tusklint/rule.h>

#define ALTER_IT "Change what is there (ALTER ...), or choose another name."

static void say(struct tl_ctx *ctx, const struct tl_op *op,
                struct tl_str column, struct tl_span at, struct tl_span made,
                struct tl_str what, const char *instead)
{
    struct tl_finding *f = tl_report(
        ctx, at, "IF NOT EXISTS does nothing here: %.*s.", TL_FMT(what));

    tl_object(ctx, f, op->table, column);
    tl_related(ctx, f, made, "it is made here");
    tl_help(ctx, f, "%s", instead);
}

static struct tl_span part(const struct tl_op *op,
                           const struct tl_column_def *c)
{
    struct tl_span span = op->span;

    if (c->length) {
        span.start += c->at;
        span.end = span.start + c->length;
    }
    return span;
}

/* A type of the history's own may be named with its schema or without. */
static bool differs(const struct tl_type *a, const struct tl_type *b)
{
    return a->name.name.n && b->name.name.n && !a->name.schema.n &&
           !b->name.schema.n && !tl_type_equal(a, b);
}

static void judge_column(struct tl_ctx *ctx, const struct tl_op *op,
                         const struct tl_relation *table,
                         const struct tl_column_def *def)
{
    const struct tl_column *c =
        tl_find_column(tl_before(ctx), table, def->name);
    struct tl_str name = tl_quoted(ctx, def->name);
    struct tl_str of = tl_name_text(ctx, table->name);
    char mine[128];
    char theirs[128];

    if (!c) {
        if (!tl_is_added_later(ctx, def->name))
            say(ctx, op, def->name, part(op, def), table->row.made,
                tl_printf(ctx, "%.*s is there already, and has no column %.*s",
                          TL_FMT(of), TL_FMT(name)),
                ALTER_IT);
        return;
    }
    if (!differs(&c->type, &def->type))
        return;
    say(ctx, op, def->name, part(op, def), c->row.made,
        tl_printf(ctx, "%.*s.%.*s is there already, as %s and not as %s",
                  TL_FMT(of), TL_FMT(name),
                  tl_type_text(&c->type, theirs, sizeof(theirs)),
                  tl_type_text(&def->type, mine, sizeof(mine))),
        ALTER_IT);
}

static bool is_sure(const struct tl_relation *r)
{
    return r && !r->incomplete && !r->uncertain &&
           (r->kind == TL_TABLE || r->kind == TL_PARTITIONED_TABLE);
}

static bool same_keys(const struct tl_index *a, const struct tl_index_def *b)
{
    if (a->n_keys != b->n_keys)
        return false;
    for (uint32_t i = 0; i < a->n_keys; i++)
        if (!tl_str_eq(a->keys[i].column, b->keys[i].column) ||
            !tl_str_eq(a->keys[i].expression, b->keys[i].expression) ||
            a->keys[i].desc != b->keys[i].desc)
            return false;
    return true;
}

static void judge_index(struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_schema s = tl_before(ctx);
    const struct tl_relation *table = tl_find_relation(s, op->table, NULL);
    const struct tl_index_def *def = op->index;
    const struct tl_index *old =
        table && def->name.n
            ? tl_find_index(s, (struct tl_name){table->name.schema, def->name})
            : NULL;

    const struct tl_relation *itself =
        old ? tl_relation_by_id(s, old->id) : NULL;

    /* A DROP INDEX before it may have found the index. */
    if (!itself || itself->uncertain || !is_sure(table))
        return;
    struct tl_str name = tl_quoted(ctx, def->name);
    if (old->relation != table->id) {
        const struct tl_relation *other = tl_relation_by_id(s, old->relation);
        struct tl_str of = other ? tl_name_text(ctx, other->name) : TL_NONE;

        say(ctx, op, TL_NONE, op->span, old->row.made,
            tl_printf(ctx, "%.*s is an index of %.*s", TL_FMT(name),
                      TL_FMT(of)),
            "Choose another name.");
    } else if (!same_keys(old, def) || old->unique != def->unique ||
               !tl_str_eq(old->method, def->method) ||
               !tl_str_eq(old->predicate, def->predicate)) {
        say(ctx, op, TL_NONE, op->span, old->row.made,
            tl_printf(ctx, "%.*s is there already, with another definition",
                      TL_FMT(name)),
            "Make it under another name, then drop the old one: no ALTER INDEX "
            "changes what an index holds.");
    }
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (!op->if_not_exists)
        return;
    if (op->kind == TL_OP_CREATE_INDEX) {
        judge_index(ctx, op);
        return;
    }
    const struct tl_relation *table =
        tl_find_relation(tl_before(ctx), op->table, NULL);

    if (!is_sure(table))
        return;
    for (uint32_t i = 0; i < op->n_columns; i++)
        if (op->kind == TL_OP_CREATE_TABLE ||
            tl_find_column(tl_before(ctx), table, op->columns[i].name))
            judge_column(ctx, op, table, &op->columns[i]);
}

TL_RULE(create_table_exists_differently) = {
    .id = "TL153",
    .name = "create-table-exists-differently",
    .summary = "IF NOT EXISTS hides that something else is there",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN, TL_OP_CREATE_INDEX),
    .on_op = check,
};
