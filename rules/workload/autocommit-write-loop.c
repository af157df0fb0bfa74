/*
 * autocommit-write-loop - rows written one at a time, each in a transaction
 * of its own. Where the writes are a loop for insert-loop or update-loop,
 * those say it; here are the loops that write to more than one table, for
 * which a transaction around them is the cure.
 */
#include <tusklint/rule.h>

/* Behind a pause that is longer another request may have come. */
#define THINK_MS 10

static const char *verb_of(const struct tl_shape *s)
{
    switch (s->class) {
    case TL_CLASS_INSERT_ONE:
        return "INSERTs into";
    case TL_CLASS_UPSERT_ONE:
        return "upserts into";
    case TL_CLASS_UPDATE_ONE:
        return "UPDATEs of";
    case TL_CLASS_DELETE_ONE:
        return "DELETEs from";
    default:
        return NULL;
    }
}

/* A query that ran before all of them gave their keys: nothing else tells the
   work of one job from that of many on one connection. */
static bool is_one_job(const struct tl_loop *l)
{
    if (!l->parent || !l->parent_linked || l->think_ms < 0 ||
        l->think_ms > THINK_MS)
        return false;
    for (uint32_t i = 0; i < l->n_between; i++)
        if (l->between[i] == l->parent)
            return false;
    return true;
}

static void check(struct tl_ctx *ctx, const struct tl_loop *l)
{
    const struct tl_shape *s = l->shape;
    const char *verb = verb_of(s);

    if (!verb || !s->n_tables || !l->autocommit || l->confidence != TL_LOW ||
        l->n < tl_loop_minimum(ctx) || !is_one_job(l))
        return;
    struct tl_name table = s->tables[0].name;
    struct tl_finding *f =
        tl_report(ctx, l->first.span,
                  "%u %s %.*s, each in a transaction of its own%.*s%.*s.", l->n,
                  verb, TL_FMT(tl_name_text(ctx, table)),
                  TL_FMT(tl_loop_who(ctx, l)), TL_FMT(tl_loop_time(ctx, l)));

    /* The baseline knows a loop by its query. */
    f->statement_key = s->hash;
    tl_object(ctx, f, table, s->key_column);
    tl_detail(ctx, f,
              "Each commit waits for the disk, and what fails in the middle "
              "leaves half of it done; %u such loop%s in all.",
              l->occurrences, l->occurrences == 1 ? "" : "s");
    tl_help(ctx, f,
            "BEGIN before the first and COMMIT behind the last, or after each "
            "thousand: one wait instead of %u.",
            l->n);
    tl_related(ctx, f, l->parent_at.span, "this query ran before: %.*s",
               TL_FMT(l->parent->display));
    tl_related(ctx, f, l->last.span, "the last of the %u", l->n);
}

TL_RULE(autocommit_write_loop) = {
    .id = "TL406",
    .name = "autocommit-write-loop",
    .summary = "rows are written one by one, each in its own transaction",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_NOTE,
    .on_loop = check,
};
