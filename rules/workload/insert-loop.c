/*
 * insert-loop - rows that come one INSERT at a time in one unit of work:
 * each pays a round trip, and without a transaction a commit.
 */
#include <tusklint/rule.h>

#include <strings.h>

/* A display text that may have been cut is not rewritten. */
#define WHOLE_MAX 236

static size_t find(struct tl_str s, const char *word)
{
    size_t n = strlen(word);

    for (size_t at = 0; s.n >= n && at <= s.n - n; at++)
        if (memcmp(s.p + at, word, n) == 0)
            return at;
    return s.n;
}

/* What follows the rows, as it was written: its values are not the rows'. */
static struct tl_str tail_of(const struct tl_shape *s)
{
    static const char *const words[] = {"on conflict", "returning"};
    struct tl_str text = s->example;

    if (text.n > WHOLE_MAX || (text.n && memchr(text.p, '\n', text.n)))
        return TL_NONE;
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(words[i]);

        for (size_t at = 0; text.n > n && at < text.n - n; at++)
            if (strncasecmp(text.p + at, words[i], n) == 0)
                return (struct tl_str){text.p + at, text.n - at};
    }
    return TL_NONE;
}

/* Behind the bracket that closes the one at `at`. */
static size_t behind_bracket(struct tl_str s, size_t at)
{
    int depth = 0;

    for (; at < s.n; at++) {
        if (s.p[at] == '(')
            depth++;
        else if (s.p[at] == ')' && --depth == 0)
            return at + 1;
    }
    return s.n;
}

/* Are the values $1, $2, ... and nothing else? */
static uint32_t count_params(struct tl_str values)
{
    uint32_t n = 0;

    for (size_t at = 1; at + 1 < values.n; at++) {
        char c = values.p[at];

        if (c == '$')
            n++;
        else if (c != ',' && c != ' ' && (c < '0' || c > '9'))
            return 0;
    }
    return n;
}

/* "$1, $2, $3" */
static struct tl_str params(struct tl_ctx *ctx, uint32_t n)
{
    struct tl_str list = TL_STR("$1");

    for (uint32_t i = 2; i <= n; i++)
        list = tl_printf(ctx, "%.*s, $%u", TL_FMT(list), i);
    return list;
}

/* `insert into t(a, b) SELECT * FROM unnest($1, $2)` and what follows; none
   when the values are more than parameters. */
static struct tl_str from_arrays(struct tl_ctx *ctx, const struct tl_shape *s)
{
    struct tl_str sql = s->display;
    size_t values = find(sql, "values(");

    if (sql.n > WHOLE_MAX || values >= sql.n)
        return TL_NONE;
    size_t start = values + strlen("values");
    size_t end = behind_bracket(sql, start);
    uint32_t n = count_params((struct tl_str){sql.p + start, end - start});
    if (n == 0)
        return TL_NONE;
    struct tl_str tail = tail_of(s);
    if (!tail.n && end < sql.n)
        tail = (struct tl_str){sql.p + end + 1, sql.n - end - 1};
    return tl_printf(ctx, "%.*sSELECT * FROM unnest(%.*s)%s%.*s", (int)values,
                     sql.p, TL_FMT(params(ctx, n)), tail.n ? " " : "",
                     TL_FMT(tail));
}

static void say_how(struct tl_ctx *ctx, struct tl_finding *f,
                    const struct tl_shape *s)
{
    struct tl_str sql = from_arrays(ctx, s);
    const char *once =
        s->class == TL_CLASS_UPSERT_ONE
            ? " Leave one row for each conflict key: a statement cannot "
              "update a row twice."
            : "";

    if (sql.n)
        tl_help(ctx, f,
                "Insert all rows with one statement that takes an array for "
                "each column (cast to its type): %.*s; or with several rows "
                "in VALUES, or COPY.%s",
                TL_FMT(sql), once);
    else
        tl_help(ctx, f,
                "Insert all rows with one statement: several rows in VALUES, "
                "INSERT ... SELECT from unnest() of an array for each column, "
                "or COPY.%s",
                once);
}

static void say_where(struct tl_ctx *ctx, struct tl_finding *f,
                      const struct tl_loop *l)
{
    if (l->parent && l->parent_linked)
        tl_related(ctx, f, l->parent_at.span, "this query ran before: %.*s",
                   TL_FMT(l->parent->display));
    tl_related(ctx, f, l->last.span, "the last of the %u", l->n);
}

static const char *cost_of(const struct tl_loop *l)
{
    if (l->window == TL_WINDOW_TRANSACTION)
        return "Each is a round trip";
    return l->autocommit
               ? "Each is a round trip and a transaction of its own, whose "
                 "commit waits for the disk"
               : "Each is a round trip and, outside of a transaction, a "
                 "commit";
}

static void check(struct tl_ctx *ctx, const struct tl_loop *l)
{
    const struct tl_shape *s = l->shape;
    bool upsert = s->class == TL_CLASS_UPSERT_ONE;

    if ((s->class != TL_CLASS_INSERT_ONE && !upsert) || !s->n_tables ||
        l->confidence == TL_LOW || l->n < tl_loop_minimum(ctx))
        return;
    struct tl_name table = s->tables[0].name;
    struct tl_finding *f = tl_report(
        ctx, l->first.span, "%u single-row %s into %.*s in one %s%.*s%.*s.",
        l->n, upsert ? "upserts" : "INSERTs", TL_FMT(tl_name_text(ctx, table)),
        tl_loop_unit(l), TL_FMT(tl_loop_who(ctx, l)),
        TL_FMT(tl_loop_time(ctx, l)));
    /* The baseline knows a loop by its query. */
    f->statement_key = s->hash;
    tl_object(ctx, f, table, TL_NONE);
    tl_detail(ctx, f, "%s; %u such loop%s in all.", cost_of(l), l->occurrences,
              l->occurrences == 1 ? "" : "s");
    say_how(ctx, f, s);
    say_where(ctx, f, l);
}

TL_RULE(insert_loop) = {
    .id = "TL403",
    .name = "insert-loop",
    .summary = "rows are inserted by one statement each",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("N03"),
    .on_loop = check,
};
