/*
 * foreign-key-without-index - without an index on the referencing columns,
 * every DELETE in the referenced table reads the referencing one whole.
 */
#include <tusklint/rule.h>

static bool covers_not_null(const struct tl_index *index,
                            const struct tl_constraint *fk)
{
    if (fk->n_columns != 1 || index->n_keys == 0 ||
        !tl_str_eq(index->keys[0].column, fk->columns[0]))
        return false;
    /* The look-up compares with =, which no NULL satisfies. */
    const struct tl_str end = TL_STR(" is not null");
    struct tl_str p = index->predicate;
    return p.n == fk->columns[0].n + end.n &&
           memcmp(p.p, fk->columns[0].p, fk->columns[0].n) == 0 &&
           memcmp(p.p + fk->columns[0].n, end.p, end.n) == 0;
}

static bool is_served(struct tl_schema s, const struct tl_relation *table,
                      const struct tl_constraint *fk)
{
    if (tl_index_led_by(s, table, fk->columns, fk->n_columns, false))
        return true;
    TL_EACH_INDEX(s, table, index)
        if (covers_not_null(index, fk))
            return true;
    return false;
}

static bool is_of_key(const struct tl_constraint *fk, struct tl_str column)
{
    for (uint32_t i = 0; i < fk->n_columns; i++)
        if (column.n && tl_str_eq(fk->columns[i], column))
            return true;
    return false;
}

/* An index that begins with one of several columns finds some of the rows. */
static const struct tl_index *half_serving(struct tl_schema s,
                                           const struct tl_relation *table,
                                           const struct tl_constraint *fk)
{
    TL_EACH_INDEX(s, table, index)
        if (index->n_keys && !index->predicate.n &&
            is_of_key(fk, index->keys[0].column))
            return index;
    return NULL;
}

static const char *what_deletes_do(const struct tl_constraint *fk)
{
    switch (fk->on_delete) {
    case 'c':
        return "ON DELETE CASCADE looks for the rows to delete";
    case 'n':
        return "ON DELETE SET NULL looks for the rows to change";
    case 'd':
        return "ON DELETE SET DEFAULT looks for the rows to change";
    default:
        return "PostgreSQL looks for rows that still point there";
    }
}

/* Where CONCURRENTLY may stand, as far as the tool is known. */
static struct tl_str where(struct tl_ctx *ctx, const struct tl_constraint *fk)
{
    struct tl_tool tool = tl_tool_of(ctx, fk->row.file);

    if (tool.reason.n)
        return tl_printf(ctx,
                         " in a migration of its own, outside of a "
                         "transaction: %.*s%s%.*s",
                         TL_FMT(tool.reason), tool.marker.n ? "; " : "",
                         TL_FMT(tool.marker));
    return tool.one_command ? TL_STR(" as the only statement of its migration")
                            : TL_NONE;
}

/* "items (owner_id)": what an index of the key is on. */
static struct tl_str target(struct tl_ctx *ctx, struct tl_str table,
                            const struct tl_constraint *fk)
{
    struct tl_str columns = tl_list_text(ctx, fk->columns, fk->n_columns);

    return tl_printf(ctx, "%.*s (%.*s)", TL_FMT(table), TL_FMT(columns));
}

/* What a table and its key were when the key was made: SQL that stands behind
   it knows no later name. */
struct origin {
    struct tl_schema then;
    const struct tl_relation *table;
    const struct tl_constraint *fk;
    bool renamed; /* ... since */
};

static bool same_columns(const struct tl_constraint *a,
                         const struct tl_constraint *b)
{
    bool same = a->n_columns == b->n_columns;

    for (uint32_t i = 0; same && i < a->n_columns; i++)
        same = tl_str_eq(a->columns[i], b->columns[i]);
    return same;
}

static struct origin origin_of(const struct tl_ctx *ctx,
                               const struct tl_relation *table,
                               const struct tl_constraint *fk)
{
    struct tl_schema then = {tl_after(ctx).catalog, fk->row.first};
    const struct tl_relation *old = tl_relation_by_id(then, table->id);
    struct origin o = {.then = then, .table = old ? old : table, .fk = fk};

    TL_EACH_CONSTRAINT(then, o.table, c)
        if (c->kind == TL_FOREIGN_KEY && c->row.first == fk->row.first &&
            c->row.made.start == fk->row.made.start)
            o.fk = c;
    o.renamed =
        !tl_name_eq(o.table->name, table->name) || !same_columns(o.fk, fk);
    return o;
}

/* CONCURRENTLY is refused in the transaction that makes the table, and not
   needed: it is only for a table that is in use. */
static void say_index_when_new(struct tl_ctx *ctx, struct tl_finding *f,
                               const struct tl_relation *table,
                               const struct tl_constraint *fk, const char *when)
{
    struct origin o = origin_of(ctx, table, fk);
    struct tl_str now = target(ctx, tl_name_text(ctx, table->name), fk);
    struct tl_str then =
        target(ctx, tl_name_text_at(ctx, o.table->name, o.then), o.fk);
    struct tl_str place = where(ctx, fk);
    bool parts = table->kind == TL_PARTITIONED_TABLE;

    tl_help(ctx, f,
            "%sCREATE INDEX ON %.*s; behind this statement, where the table "
            "is new. Once it is in use, %s%s%.*s%.*s.",
            when, TL_FMT(then),
            parts ? "ON ONLY it, and CONCURRENTLY on each partition"
                  : "CREATE INDEX CONCURRENTLY",
            !o.renamed ? ""
            : parts    ? ": "
                       : " ON ",
            TL_FMT(o.renamed ? now : TL_NONE), TL_FMT(place));
}

static void say_index(struct tl_ctx *ctx, struct tl_finding *f,
                      const struct tl_relation *table,
                      const struct tl_constraint *fk, const char *when)
{
    struct tl_str on = target(ctx, tl_name_text(ctx, table->name), fk);
    struct tl_str place = where(ctx, fk);

    if (table->row.file == fk->row.file)
        say_index_when_new(ctx, f, table, fk, when);
    else if (table->kind == TL_PARTITIONED_TABLE)
        tl_help(ctx, f,
                "%sCREATE INDEX ON ONLY %.*s; build one with "
                "CONCURRENTLY on each partition, and ALTER INDEX ... ATTACH "
                "PARTITION each%s%.*s.",
                when, TL_FMT(on), place.n ? "," : "", TL_FMT(place));
    else
        tl_help(ctx, f, "%sCREATE INDEX CONCURRENTLY ON %.*s;%.*s%s", when,
                TL_FMT(on), TL_FMT(place), place.n ? "." : "");
}

/* By the name that it has now. */
static struct tl_str referenced(struct tl_ctx *ctx,
                                const struct tl_constraint *fk)
{
    const struct tl_relation *r =
        tl_relation_by_id(tl_after(ctx), fk->ref_relation);

    return tl_name_text(ctx, r ? r->name : fk->ref_table);
}

/* A reader of the old file knows the table by its old name. */
static void relate_old_name(struct tl_ctx *ctx, struct tl_finding *f,
                            const struct tl_relation *table,
                            const struct tl_constraint *fk)
{
    struct origin o = origin_of(ctx, table, fk);

    if (!o.renamed)
        return;
    struct tl_str now = target(ctx, tl_name_text(ctx, table->name), fk);
    struct tl_str then = target(ctx, tl_name_text(ctx, o.table->name), o.fk);
    tl_related(ctx, f, fk->row.made, "%.*s is called %.*s here", TL_FMT(now),
               TL_FMT(then));
}

static void report_half(struct tl_ctx *ctx, const struct tl_relation *table,
                        const struct tl_constraint *fk,
                        const struct tl_index *index)
{
    struct tl_str of = tl_name_text(ctx, table->name);
    struct tl_str to = referenced(ctx, fk);
    struct tl_str name = tl_quoted(ctx, index->name.name);
    struct tl_str columns = tl_list_text(ctx, fk->columns, fk->n_columns);
    struct tl_str column = tl_quoted(ctx, index->keys[0].column);
    struct tl_finding *f = tl_report(
        ctx, fk->row.made,
        "Of the foreign key's (%.*s) only %.*s leads an index of %.*s: a "
        "DELETE in %.*s reads every row with the same %.*s.",
        TL_FMT(columns), TL_FMT(column), TL_FMT(of), TL_FMT(to),
        TL_FMT(column));
    tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, table->name, fk->columns[0]);
    tl_related(ctx, f, index->row.made, "%.*s is made here", TL_FMT(name));
    relate_old_name(ctx, f, table, fk);
    say_index(ctx, f, table, fk, "If many rows share it: ");
}

static void report(struct tl_ctx *ctx, const struct tl_relation *table,
                   const struct tl_constraint *fk)
{
    struct tl_str of = tl_name_text(ctx, table->name);
    struct tl_str to = referenced(ctx, fk);
    struct tl_str columns = tl_list_text(ctx, fk->columns, fk->n_columns);
    bool partial =
        tl_index_led_by(tl_after(ctx), table, fk->columns, fk->n_columns, true);
    struct tl_finding *f = tl_report(
        ctx, fk->row.made,
        "No %sindex of %.*s begins with the foreign key's (%.*s), so every "
        "DELETE in %.*s reads all of %.*s.",
        partial ? "full " : "", TL_FMT(of), TL_FMT(columns), TL_FMT(to),
        TL_FMT(of));
    tl_object(ctx, f, table->name, fk->columns[0]);
    if (partial)
        tl_detail(ctx, f, "%s, and a partial index does not show it all rows",
                  what_deletes_do(fk));
    else
        tl_detail(ctx, f, "%s; joins along the key have no index either",
                  what_deletes_do(fk));
    relate_old_name(ctx, f, table, fk);
    say_index(ctx, f, table, fk, "");
}

static void judge_table(struct tl_ctx *ctx, struct tl_schema s,
                        const struct tl_relation *table)
{
    TL_EACH_CONSTRAINT(s, table, fk) {
        if (fk->kind != TL_FOREIGN_KEY || !fk->n_columns ||
            !tl_is_shown(ctx, fk->row.made) || is_served(s, table, fk))
            continue;
        const struct tl_index *half = half_serving(s, table, fk);
        if (half)
            report_half(ctx, table, fk, half);
        else
            report(ctx, table, fk);
    }
}

/* At the end of the history: the index often comes in the next migration. */
static void check(struct tl_ctx *ctx, const struct tl_relation *table)
{
    struct tl_schema s = tl_after(ctx);
    /* A partition's keys are its parent's; one finding is enough. An unseen
       table may have any index. */
    bool judged =
        table->kind == TL_TABLE || table->kind == TL_PARTITIONED_TABLE;

    if (judged && !table->incomplete && !table->parent && !table->temporary &&
        !table->uncertain && !tl_has_one_row(ctx, table->name))
        judge_table(ctx, s, table);
}

TL_RULE(foreign_key_without_index) = {
    .id = "TL204",
    .name = "foreign-key-without-index",
    .summary = "no index serves a foreign key's referencing columns",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("unindexed_foreign_keys"),
    .on_relation = check,
};
