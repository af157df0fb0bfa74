/*
 * long-transaction - a transaction that stays open while the application does
 * something else: what it locked stays locked, and vacuum waits for it.
 */
#include <tusklint/rule.h>

/* A transaction of one query that is slow is a slow query. */
#define STATEMENTS_MIN 2

/* Somebody typed it, or it is a tool of the administrator. */
static bool is_console(struct tl_str application)
{
    static const char *const names[] = {"psql",     "pg_dump",  "pg_restore",
                                        "pgAdmin",  "DBeaver",  "DataGrip",
                                        "IntelliJ", "pg_repack"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        size_t n = strlen(names[i]);

        if (application.n >= n && memcmp(application.p, names[i], n) == 0)
            return true;
    }
    return false;
}

static struct tl_str who(struct tl_ctx *ctx, const struct tl_transaction *t)
{
    struct tl_str name = t->tag.n ? t->tag : t->application;

    return name.n ? tl_printf(ctx, " (%.*s)", TL_FMT(name)) : TL_STR("");
}

/* "orders, stock" */
static struct tl_str tables_of(struct tl_ctx *ctx,
                               const struct tl_transaction *t)
{
    struct tl_str list = TL_STR("");

    for (uint32_t i = 0; i < t->n_written; i++)
        list = tl_printf(ctx, "%.*s%s%.*s", TL_FMT(list), i ? ", " : "",
                         TL_FMT(tl_name_text(ctx, t->written[i])));
    return list;
}

static struct tl_str harm_of(struct tl_ctx *ctx, const struct tl_transaction *t)
{
    if (t->n_written)
        return tl_printf(ctx,
                         "The rows it wrote in %.*s stay locked, and vacuum "
                         "keeps every row version that has died since.",
                         TL_FMT(tables_of(ctx, t)));
    if (t->locks)
        return TL_STR("The rows it locked stay locked.");
    return TL_STR("Its locks keep ALTER TABLE and the like waiting, and all "
                  "that comes behind them.");
}

/* The baseline knows it by its queries. */
static void name(struct tl_ctx *ctx, struct tl_finding *f,
                 const struct tl_transaction *t)
{
    f->statement_key = t->hash;
    if (t->before->n_tables)
        tl_object(ctx, f, t->before->tables[0].name, TL_NONE);
}

static void report_pause(struct tl_ctx *ctx, const struct tl_transaction *t)
{
    struct tl_finding *f = tl_report(
        ctx, t->before_at,
        "The connection is idle in a transaction for %.3g s after this "
        "query%.*s.",
        t->pause_ms / 1000, TL_FMT(who(ctx, t)));

    name(ctx, f, t);
    tl_detail(ctx, f,
              "%.*s It is open for %.3g s; %u such transaction%s in all.",
              TL_FMT(harm_of(ctx, t)), t->total_ms / 1000, t->n,
              t->n == 1 ? "" : "s");
    tl_help(ctx, f,
            "Do what takes time (calls of other services, files, mail) before "
            "BEGIN or behind COMMIT. idle_in_transaction_session_timeout ends "
            "what was forgotten.");
    if (t->after)
        tl_related(ctx, f, t->after_at, "the next query: %.*s",
                   TL_FMT(t->after->display));
}

static void report_long(struct tl_ctx *ctx, const struct tl_transaction *t)
{
    struct tl_finding *f =
        tl_report(ctx, t->before_at,
                  "A transaction of %u statements is open for %.3g s%.*s.",
                  t->statements, t->total_ms / 1000, TL_FMT(who(ctx, t)));

    name(ctx, f, t);
    tl_detail(ctx, f, "%.*s %u such transaction%s in all.",
              TL_FMT(harm_of(ctx, t)), t->n, t->n == 1 ? "" : "s");
    tl_help(ctx, f,
            "Commit in between where the work can be cut (a thousand rows at a "
            "time), and read first what can be read outside.");
}

static void check(struct tl_ctx *ctx, const struct tl_transaction *t)
{
    if (is_console(t->application))
        return;
    if (t->pause_ms >= TL_PAUSE_MS)
        report_pause(ctx, t);
    else if (t->pause_ms < 0 && t->total_ms >= TL_TRANSACTION_MS &&
             t->statements >= STATEMENTS_MIN && t->longest_ms < t->total_ms / 2)
        report_long(ctx, t);
}

TL_RULE(long_transaction) = {
    .id = "TL407",
    .name = "long-transaction",
    .summary = "a transaction stays open for long or while nothing runs",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("idle-in-transaction"),
    .on_transaction = check,
};
