/*
 * missing-partition - rows that fit no partition are refused.
 *
 * Judged when everything was read, for tables that are partitioned by range of
 * one column, have partitions that the history shows, and no DEFAULT one.
 */
#include <tusklint/rule.h>

#include <stdlib.h>

static bool is_digits(struct tl_str s)
{
    size_t from = s.n > 1 && s.p[0] == '-';

    for (size_t i = from; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > from && s.n < 19;
}

/* 2026-01-01, with or without a time behind it. */
static bool is_date(struct tl_str s)
{
    static const char form[] = "dddd-dd-dd";

    if (s.n < sizeof(form) - 1)
        return false;
    for (size_t i = 0; i < sizeof(form) - 1; i++)
        if (form[i] == 'd' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != form[i])
            return false;
    return true;
}

static bool is_infinite(struct tl_str s)
{
    return tl_str_is(s, "minvalue") || tl_str_is(s, "maxvalue");
}

static bool is_readable(struct tl_str s)
{
    return is_digits(s) || is_date(s) || is_infinite(s);
}

/* 2026-01-01 and 2026-01-01 00:00:00+00 begin the same day. */
static struct tl_str day(struct tl_str s)
{
    if (!is_date(s))
        return s;
    for (size_t i = 10; i < s.n; i++)
        if (s.p[i] >= '1' && s.p[i] <= '9')
            return s;
    return (struct tl_str){s.p, 10};
}

static int compare(struct tl_str a, struct tl_str b)
{
    if (tl_str_is(a, "minvalue") || tl_str_is(b, "maxvalue"))
        return tl_str_eq(a, b) ? 0 : -1;
    if (tl_str_is(b, "minvalue") || tl_str_is(a, "maxvalue"))
        return 1;
    if (is_digits(a) && is_digits(b)) {
        long long x = strtoll(a.p, NULL, 10);
        long long y = strtoll(b.p, NULL, 10);

        return (x > y) - (x < y);
    }
    a = day(a);
    b = day(b);
    size_t n = a.n < b.n ? a.n : b.n;
    int order = memcmp(a.p, b.p, n);
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* All partitions' bounds can be compared, with one another too. */
static bool all_readable(struct tl_schema s, const struct tl_relation *table)
{
    bool numbers = false;
    bool dates = false;

    TL_EACH_PARTITION(s, table, p)
    {
        if (!is_readable(p->bounds.from) || !is_readable(p->bounds.to) ||
            p->uncertain)
            return false;
        numbers |= is_digits(p->bounds.from) || is_digits(p->bounds.to);
        dates |= is_date(p->bounds.from) || is_date(p->bounds.to);
    }
    return numbers != dates;
}

/* The partition that begins first behind this one's end, unless one begins
   exactly there; NULL. */
static const struct tl_relation *behind_gap(struct tl_schema s,
                                            const struct tl_relation *table,
                                            const struct tl_relation *before)
{
    const struct tl_relation *next = NULL;

    TL_EACH_PARTITION(s, table, p)
    {
        int order = compare(p->bounds.from, before->bounds.to);

        if (order == 0)
            return NULL;
        if (order > 0 &&
            (!next || compare(p->bounds.from, next->bounds.from) < 0))
            next = p;
    }
    return next;
}

static void say_end(struct tl_ctx *ctx, const struct tl_relation *table,
                    const struct tl_relation *last)
{
    struct tl_str name = tl_name_text(ctx, table->name);
    struct tl_finding *f =
        tl_report(ctx, last->row.made,
                  "%.*s refuses rows from %.*s on: its last partition ends "
                  "there, and it has no DEFAULT partition.",
                  TL_FMT(name), TL_FMT(last->bounds.to));

    tl_object(ctx, f, table->name, TL_NONE);
    tl_about_relation(ctx, f, table->id);
    tl_help(ctx, f,
            "Have a job make partitions ahead of time, or add CREATE TABLE ... "
            "PARTITION OF %.*s DEFAULT.",
            TL_FMT(name));
}

static void say_gap(struct tl_ctx *ctx, const struct tl_relation *table,
                    const struct tl_relation *before,
                    const struct tl_relation *behind)
{
    struct tl_str name = tl_name_text(ctx, table->name);
    struct tl_str other = tl_name_text(ctx, behind->name);
    struct tl_finding *f = tl_report(
        ctx, before->row.made,
        "No partition of %.*s takes rows from %.*s to %.*s: they are refused.",
        TL_FMT(name), TL_FMT(before->bounds.to), TL_FMT(behind->bounds.from));

    tl_object(ctx, f, table->name, TL_NONE);
    tl_about_relation(ctx, f, table->id);
    tl_related(ctx, f, behind->row.made, "%.*s begins behind the gap",
               TL_FMT(other));
    tl_help(ctx, f, "CREATE TABLE ... PARTITION OF %.*s for the gap.",
            TL_FMT(name));
}

static void judge(struct tl_ctx *ctx, struct tl_schema s,
                  const struct tl_relation *table)
{
    const struct tl_relation *last = NULL;

    TL_EACH_PARTITION(s, table, p)
    {
        const struct tl_relation *next = behind_gap(s, table, p);

        if (next)
            say_gap(ctx, table, p, next);
        if (!last || compare(last->bounds.to, p->bounds.to) < 0)
            last = p;
    }
    if (last && !tl_str_is(last->bounds.to, "maxvalue"))
        say_end(ctx, table, last);
}

static void check(struct tl_ctx *ctx, const struct tl_relation *table)
{
    struct tl_schema s = tl_after(ctx);

    if (table->kind != TL_PARTITIONED_TABLE || table->uncertain ||
        table->incomplete || table->partitioned_by != 'r' ||
        !tl_has_partitions(s, table) || tl_has_default_partition(s, table) ||
        !all_readable(s, table))
        return;
    judge(ctx, s, table);
}

TL_RULE(missing_partition) = {
    .id = "TL222",
    .name = "missing-partition",
    .summary = "rows that fit no partition are refused",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("no-default-partition"),
    .on_relation = check,
};
