/*
 * update-loop - rows that are changed or deleted one at a time in one unit of
 * work.
 */
#include <tusklint/rule.h>

static struct tl_str columns_of(struct tl_ctx *ctx, const struct tl_shape *s)
{
    return s->key_column.n ? tl_quoted(ctx, s->key_column) : TL_STR("its key");
}

static void check(struct tl_ctx *ctx, const struct tl_loop *l)
{
    const struct tl_shape *s = l->shape;
    bool deletes = s->class == TL_CLASS_DELETE_ONE;

    if ((s->class != TL_CLASS_UPDATE_ONE && !deletes) || !s->n_tables ||
        l->confidence == TL_LOW || l->n < tl_loop_minimum(ctx))
        return;
    struct tl_name table = s->tables[0].name;
    struct tl_str name = tl_name_text(ctx, table);
    struct tl_str key = columns_of(ctx, s);
    struct tl_finding *f = tl_report(
        ctx, l->first.span, "%u %s of %.*s by %.*s in one %s%.*s%.*s.", l->n,
        deletes ? "DELETEs" : "UPDATEs", TL_FMT(name), TL_FMT(key),
        tl_loop_unit(l), TL_FMT(tl_loop_who(ctx, l)),
        TL_FMT(tl_loop_time(ctx, l)));

    /* The baseline knows a loop by its query. */
    f->statement_key = s->hash;
    tl_object(ctx, f, table, s->key_column);
    tl_detail(ctx, f, "Each is a round trip%s; %u such loop%s in all.",
              l->autocommit ? " and a transaction of its own, whose commit "
                              "waits for the disk"
                            : "",
              l->occurrences, l->occurrences == 1 ? "" : "s");
    if (deletes)
        tl_help(ctx, f, "DELETE FROM %.*s WHERE %.*s = ANY($1);", TL_FMT(name),
                TL_FMT(key));
    else
        tl_help(ctx, f,
                "One statement for all: UPDATE %.*s SET ... FROM unnest($1, "
                "$2) AS v (%.*s, value) WHERE %.*s.%.*s = v.%.*s; or WHERE "
                "%.*s = ANY($1) if all get the same.",
                TL_FMT(name), TL_FMT(key), TL_FMT(name), TL_FMT(key),
                TL_FMT(key), TL_FMT(key));
    if (l->parent && l->parent_linked)
        tl_related(ctx, f, l->parent_at.span, "this query ran before: %.*s",
                   TL_FMT(l->parent->display));
    tl_related(ctx, f, l->last.span, "the last of the %u", l->n);
}

TL_RULE(update_loop) = {
    .id = "TL404",
    .name = "update-loop",
    .summary = "rows are changed or deleted by one statement each",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("N05", "delete-loop"),
    .on_loop = check,
};
