/*
 * trigger-time - most of a write's time goes into triggers; behind a foreign
 * key without an index each row of a DELETE reads a whole table.
 */
#include <tusklint/rule.h>

/* PostgreSQL names a foreign key's triggers: _a_ on the table that is
   referenced, _c_ on the one that refers. */
#define ACTION_PREFIX "RI_ConstraintTrigger_a_"

static bool begins_with(struct tl_str s, const char *prefix)
{
    size_t n = strlen(prefix);

    return s.n >= n && memcmp(s.p, prefix, n) == 0;
}

/* No more than this can each take a fifth, unless one is inside another. */
#define TRIGGERS_MAX 8

struct key {
    const struct tl_relation *table;
    const struct tl_constraint *fk;
};

/* By its name and by the table that it refers to; names are no more unique
   than that. */
static struct key find_key(struct tl_ctx *ctx, const struct tl_plan_trigger *t)
{
    struct tl_schema s = tl_after(ctx);

    TL_EACH_RELATION(s, table)
        TL_EACH_CONSTRAINT(s, table, fk)
            if (fk->kind == TL_FOREIGN_KEY &&
                tl_str_eq(fk->name, t->constraint) &&
                tl_str_eq(fk->ref_table.name, t->relation))
                return (struct key){table, fk};
    return (struct key){NULL, NULL};
}

static const struct tl_plan_node *node_of(const struct tl_plan *plan,
                                          const struct tl_plan_trigger *t)
{
    for (uint32_t i = 0; i < plan->count; i++)
        if (tl_str_is(plan->nodes[i].type, "ModifyTable") &&
            tl_str_eq(plan->nodes[i].relation, t->relation))
            return &plan->nodes[i];
    return &plan->nodes[0];
}

static struct tl_finding *speak(struct tl_ctx *ctx, const struct tl_plan *plan,
                                const struct tl_plan_trigger *t)
{
    struct tl_str name =
        tl_quoted(ctx, t->constraint.n ? t->constraint : t->name);
    struct tl_str table = tl_quoted(ctx, t->relation);
    struct tl_finding *f = tl_report(
        ctx, node_of(plan, t)->span,
        "The %s %.*s takes %.1f ms of %.1f ms, %.2f ms for each of %.0f call%s "
        "on %.*s.",
        t->constraint.n ? "check of foreign key" : "trigger", TL_FMT(name),
        t->time_ms, tl_plan_ms(plan),
        t->time_ms / (t->calls > 0 ? t->calls : 1), t->calls,
        t->calls == 1 ? "" : "s", TL_FMT(table));

    tl_relate_query(ctx, f, plan);
    return f;
}

static void report_key(struct tl_ctx *ctx, const struct tl_plan *plan,
                       const struct tl_plan_trigger *t)
{
    struct key k = find_key(ctx, t);
    struct tl_schema s = tl_after(ctx);

    /* Indexed by now: the time goes into the rows themselves. */
    if (k.fk && k.fk->n_columns &&
        tl_index_led_by(s, k.table, k.fk->columns, k.fk->n_columns, false))
        return;
    struct tl_finding *f = speak(ctx, plan, t);
    if (!k.fk || !k.fk->n_columns) {
        tl_help(ctx, f,
                "Index the columns that refer to it: CREATE INDEX CONCURRENTLY "
                "ON ... (...); Lint the migrations too, and tusklint names "
                "them.");
        return;
    }
    struct tl_str table = tl_name_text(ctx, k.table->name);
    struct tl_str columns = tl_list_text(ctx, k.fk->columns, k.fk->n_columns);
    tl_detail(ctx, f,
              "no index of %.*s begins with (%.*s), so each call reads all of "
              "it; see foreign-key-without-index",
              TL_FMT(table), TL_FMT(columns));
    tl_object(ctx, f, k.table->name, k.fk->columns[0]);
    tl_related(ctx, f, k.fk->row.made, "the foreign key is made here");
    tl_help(ctx, f, "CREATE INDEX CONCURRENTLY ON %.*s (%.*s);", TL_FMT(table),
            TL_FMT(columns));
}

static void report_own(struct tl_ctx *ctx, const struct tl_plan *plan,
                       const struct tl_plan_trigger *t)
{
    struct tl_finding *f = speak(ctx, plan, t);

    tl_set_severity(f, TL_NOTE);
    tl_help(ctx, f,
            "Look at the statements in its function, or run it once for the "
            "whole statement: FOR EACH STATEMENT with REFERENCING OLD or NEW "
            "TABLE.");
}

static bool takes_long(const struct tl_plan *p, const struct tl_plan_trigger *t,
                       double whole)
{
    return whole >= 0 && t->time_ms >= tl_limit(p, TL_TRIGGER_MS) &&
           t->time_ms >= tl_limit(p, TL_TRIGGER_PART) * whole;
}

/* The check of a referring row looks a primary key up; that it takes its part
   of a large INSERT is what a foreign key costs. */
static void judge(struct tl_ctx *ctx, const struct tl_plan *plan,
                  const struct tl_plan_trigger *t)
{
    if (begins_with(t->name, ACTION_PREFIX) && t->constraint.n)
        report_key(ctx, plan, t);
    else if (t->name.n && !t->constraint.n)
        report_own(ctx, plan, t);
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    double whole = tl_plan_ms(plan);
    unsigned judged = 0;

    for (uint32_t i = 0; i < plan->n_triggers && judged < TRIGGERS_MAX; i++)
        if (takes_long(plan, &plan->triggers[i], whole)) {
            judge(ctx, plan, &plan->triggers[i]);
            judged++;
        }
}

TL_RULE(trigger_time) = {
    .id = "TL515",
    .name = "trigger-time",
    .summary = "a write waits for its triggers, or for a foreign key's check",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
