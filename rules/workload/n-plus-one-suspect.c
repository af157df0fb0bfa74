/*
 * n-plus-one-suspect - statistics have no order, but numbers that fit: a
 * look-up runs about as often as another query gives rows.
 *
 * Thresholds as measured on pg_stat_statements of a known application: the
 * ratio of the look-up's calls to the other query's rows lies near one, below
 * it when some code paths ask in batches.
 */
#include <tusklint/rule.h>

#define RATIO_MIN 0.2
#define RATIO_MAX 1.5
#define CALLS_PER_PARENT 5
#define CALLS_MIN 20

static bool reads(const struct tl_shape *s, struct tl_schema schema,
                  uint32_t relation)
{
    for (uint32_t i = 0; i < s->n_tables; i++) {
        const struct tl_relation *r =
            tl_find_relation(schema, s->tables[i].name, NULL);

        if (r && r->id == relation)
            return true;
    }
    return false;
}

/* The look-up's column refers to a table that the other one reads, or is the
   key that a table of the other one refers to. */
static bool is_linked(struct tl_schema schema, const struct tl_relation *child,
                      struct tl_str column, const struct tl_shape *parent)
{
    TL_EACH_CONSTRAINT(schema, child, c)
        if (c->kind == TL_FOREIGN_KEY && c->n_columns == 1 &&
            tl_str_eq(c->columns[0], column) &&
            reads(parent, schema, c->ref_relation))
            return true;
    for (uint32_t i = 0; i < parent->n_tables; i++) {
        const struct tl_relation *r =
            tl_find_relation(schema, parent->tables[i].name, NULL);

        TL_EACH_CONSTRAINT(schema, r, c)
            if (c->kind == TL_FOREIGN_KEY && c->ref_relation == child->id)
                return true;
    }
    return false;
}

static bool is_parent(const struct tl_shape *p, const struct tl_shape *child)
{
    double calls = (double)child->calls;

    if (p == child || !p->from_statistics || p->calls == 0 || p->rows <= 0 ||
        p->class == TL_CLASS_OTHER || p->class >= TL_CLASS_INSERT_ONE ||
        p->rows < 2 * (double)p->calls)
        return false;
    double ratio = calls / p->rows;
    return calls >= CALLS_PER_PARENT * (double)p->calls && ratio >= RATIO_MIN &&
           ratio <= RATIO_MAX;
}

static void report(struct tl_ctx *ctx, const struct tl_shape *s,
                   const struct tl_shape *parent)
{
    struct tl_str table = tl_name_text(ctx, s->key_table);
    struct tl_str column = tl_quoted(ctx, s->key_column);
    struct tl_finding *f = tl_report(
        ctx, s->span,
        "The look-up of %.*s by %.*s ran %llu times, about once for each of "
        "the %.0f rows that another query gave: perhaps a loop.",
        TL_FMT(table), TL_FMT(column), (unsigned long long)s->calls,
        parent->rows);

    f->statement_key = s->hash;
    tl_object(ctx, f, s->key_table, s->key_column);
    tl_related(ctx, f, parent->span, "the query that may give the keys: %.*s",
               TL_FMT(parent->display));
    tl_detail(ctx, f,
              "statistics know no order: a log with "
              "log_min_duration_statement = 0, or a trace, would show "
              "it");
    tl_help(ctx, f, "If it is one: ask once, with %.*s = ANY($1), or join.",
            TL_FMT(column));
}

static void check(struct tl_ctx *ctx)
{
    struct tl_schema schema = tl_after(ctx);

    for (const struct tl_shape *s = NULL; (s = tl_next_shape(ctx, s));) {
        const struct tl_relation *child =
            s->from_statistics && s->class == TL_CLASS_ONE &&
                    s->calls >= CALLS_MIN
                ? tl_find_relation(schema, s->key_table, NULL)
                : NULL;

        if (!child)
            continue;
        for (const struct tl_shape *p = NULL; (p = tl_next_shape(ctx, p));)
            if (is_parent(p, s) && is_linked(schema, child, s->key_column, p)) {
                report(ctx, s, p);
                break;
            }
    }
}

TL_RULE(n_plus_one_suspect) = {
    .id = "TL409",
    .name = "n-plus-one-suspect",
    .summary = "statistics in which a look-up may be a loop",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_NOTE,
    .on_end = check,
};
