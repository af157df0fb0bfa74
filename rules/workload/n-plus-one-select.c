/*
 * n-plus-one-select - one query for each row of another one: as many round
 * trips as there are rows, where one query could bring all.
 */
#include <tusklint/rule.h>

/* A display text that may have been cut is not rewritten. */
#define WHOLE_MAX 236

struct rewrite {
    struct tl_str sql;
    struct tl_str column; /* the key as it is written: b.code, "B"."id" */
    struct tl_str array;  /* the parameter that takes all keys */
    size_t start, end;    /* of the value in `key = $1` */
    bool limited;         /* a LIMIT is for each key */
    bool aggregate;       /* begins with an aggregate, has no GROUP BY */
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool begins_at(struct tl_str s, size_t at, const char *word)
{
    size_t n = strlen(word);

    if (at > s.n || s.n - at < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (lower(s.p[at + i]) != word[i])
            return false;
    return true;
}

static bool begins(struct tl_str s, const char *word)
{
    return begins_at(s, 0, word);
}

static bool contains(struct tl_str s, const char *word)
{
    for (size_t at = 0; at < s.n; at++)
        if (begins_at(s, at, word))
            return true;
    return false;
}

static bool is_word_byte(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Behind the value at `at`: $1, a number or a string. */
static size_t value_end(struct tl_str s, size_t at)
{
    if (s.p[at] != '\'') {
        bool number = s.p[at] != '$';

        at += !number;
        while (at < s.n &&
               (is_word_byte(s.p[at]) || (number && s.p[at] == '.')))
            at++;
        return at;
    }
    for (at++; at < s.n; at++) {
        if (s.p[at] != '\'')
            continue;
        if (at + 1 >= s.n || s.p[at + 1] != '\'')
            return at + 1;
        at++;
    }
    return s.n;
}

/* Where "key = $1" has its value; false when it is not written like that. */
static bool find_value(struct tl_str key, struct rewrite *r)
{
    struct tl_str s = r->sql;

    for (size_t at = 1; s.n > key.n && at < s.n - key.n; at++) {
        size_t p = at + key.n;

        if (memcmp(s.p + at, key.p, key.n) != 0 || is_word_byte(s.p[at - 1]))
            continue;
        p += s.p[p] == '"';
        if (!begins_at(s, p, " = ") || p + 3 >= s.n)
            continue;
        r->start = p + 3;
        r->end = value_end(s, r->start);
        /* Not `key = other.column`, and not a cast behind it. */
        bool value = s.p[r->start] == '$' || s.p[r->start] == '\'' ||
                     (s.p[r->start] >= '0' && s.p[r->start] <= '9');
        if (!value || (r->end < s.n && s.p[r->end] == ':'))
            continue;
        while (at > 0 && (is_word_byte(s.p[at - 1]) || s.p[at - 1] == '.' ||
                          s.p[at - 1] == '"'))
            at--;
        r->column = (struct tl_str){s.p + at, p - at};
        return true;
    }
    return false;
}

static bool is_aggregate(struct tl_str sql)
{
    static const char *const starts[] = {"select count(", "select sum(",
                                         "select max(", "select min(",
                                         "select avg("};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (begins(sql, starts[i]))
            return true;
    return false;
}

/* The text that was seen, when it fits on a line: it has its LIMIT. Else the
   shape's, whose values are marks. */
static struct tl_str text_of(const struct tl_shape *s)
{
    bool short_enough = s->example.n && s->example.n <= WHOLE_MAX &&
                        !memchr(s->example.p, '\n', s->example.n) &&
                        !contains(s->example, "--");

    return short_enough ? s->example : s->display;
}

static bool plan_rewrite(struct tl_ctx *ctx, const struct tl_shape *s,
                         struct rewrite *r)
{
    *r = (struct rewrite){.sql = text_of(s), .array = TL_STR("$1")};
    if (r->sql.n > WHOLE_MAX || !begins(r->sql, "select ") ||
        !s->key_column.n || !find_value(s->key_column, r))
        return false;
    if (r->sql.p[r->start] == '$')
        r->array = tl_printf(ctx, "%.*s", (int)(r->end - r->start),
                             r->sql.p + r->start);
    r->limited = contains(r->sql, " limit ") || contains(r->sql, " fetch ");
    r->aggregate = is_aggregate(r->sql) && !contains(r->sql, " group by ");
    return true;
}

static bool selects_key(const struct tl_shape *s)
{
    for (uint32_t i = 0; i < s->n_selected; i++)
        if (tl_str_eq(s->selected[i], s->key_column))
            return true;
    return s->selects_star;
}

/* `SELECT key, ... WHERE key = ANY($1)`, grouped when it counts. */
static struct tl_str batched(struct tl_ctx *ctx, const struct tl_shape *s,
                             const struct rewrite *r)
{
    struct tl_str key = r->column;
    const char *list = r->sql.p + strlen("select ");
    bool add = !selects_key(s) && !begins(r->sql, "select distinct ");

    return tl_printf(
        ctx, "SELECT %.*s%s%.*sANY(%.*s)%.*s%s%.*s", add ? (int)key.n : 0,
        key.p, add ? ", " : "", (int)(r->start - strlen("select ")), list,
        TL_FMT(r->array), (int)(r->sql.n - r->end), r->sql.p + r->end,
        r->aggregate ? " GROUP BY " : "", r->aggregate ? (int)key.n : 0, key.p);
}

/* A LIMIT is for each key: it stays inside of a LATERAL. */
static struct tl_str lateral(struct tl_ctx *ctx, const struct rewrite *r)
{
    return tl_printf(ctx,
                     "SELECT k.key, found.* FROM unnest(%.*s) AS k(key) CROSS "
                     "JOIN LATERAL (%.*sk.key%.*s) AS found",
                     TL_FMT(r->array), (int)r->start, r->sql.p,
                     (int)(r->sql.n - r->end), r->sql.p + r->end);
}

static void say_how(struct tl_ctx *ctx, struct tl_finding *f,
                    const struct tl_loop *l)
{
    const struct tl_shape *s = l->shape;
    struct rewrite r;
    struct tl_str sql;
    const char *join =
        l->parent_linked ? " Or join it to the query that gives the keys." : "";

    if (!plan_rewrite(ctx, s, &r)) {
        tl_help(ctx, f,
                "Ask once for all keys, with %.*s = ANY($1) and an array of "
                "them.%s",
                TL_FMT(tl_quoted(ctx, s->key_column)), join);
        return;
    }
    sql = r.limited ? lateral(ctx, &r) : batched(ctx, s, &r);
    tl_help(ctx, f, "Ask once for all keys, given as one array: %.*s.%s",
            TL_FMT(sql), join);
}

static void say_where(struct tl_ctx *ctx, struct tl_finding *f,
                      const struct tl_loop *l)
{
    if (l->parent && l->parent_linked)
        tl_related(ctx, f, l->parent_at.span, "this query gives the keys: %.*s",
                   TL_FMT(l->parent->display));
    else if (l->parent)
        tl_related(ctx, f, l->parent_at.span,
                   "this query ran just before: %.*s",
                   TL_FMT(l->parent->display));
    tl_related(ctx, f, l->last.span, "the last of the %u", l->n);
}

static void say_more(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_loop *l)
{
    struct tl_str between = TL_STR("");

    if (l->n_between)
        between = tl_printf(ctx, ", with %u other quer%s in between",
                            l->n_between, l->n_between == 1 ? "y" : "ies");
    if (l->distinct == 0)
        tl_detail(ctx, f,
                  "The log has no parameters, so the values are taken to "
                  "differ%.*s.",
                  TL_FMT(between));
    else
        tl_detail(ctx, f, "%u different values%.*s; %u such loop%s in all.",
                  l->distinct, TL_FMT(between), l->occurrences,
                  l->occurrences == 1 ? "" : "s");
}

static void check(struct tl_ctx *ctx, const struct tl_loop *l)
{
    const struct tl_shape *s = l->shape;

    if (s->class != TL_CLASS_ONE || l->distinct == 1 ||
        l->confidence == TL_LOW || l->n < tl_loop_minimum(ctx))
        return;
    struct tl_str table =
        s->key_table.name.n ? tl_printf(ctx, "%.*s by ",
                                        TL_FMT(tl_name_text(ctx, s->key_table)))
                            : TL_STR("");
    struct tl_finding *f = tl_report(
        ctx, l->first.span,
        "The lookup of %.*s%.*s runs %u times in one %s%.*s, one key at a "
        "time%.*s.",
        TL_FMT(table), TL_FMT(tl_quoted(ctx, s->key_column)), l->n,
        tl_loop_unit(l), TL_FMT(tl_loop_who(ctx, l)),
        TL_FMT(tl_loop_time(ctx, l)));
    /* The baseline knows a loop by its query. */
    f->statement_key = s->hash;
    if (s->key_table.name.n)
        tl_object(ctx, f, s->key_table, s->key_column);
    say_more(ctx, f, l);
    say_how(ctx, f, l);
    say_where(ctx, f, l);
}

TL_RULE(n_plus_one_select) = {
    .id = "TL401",
    .name = "n-plus-one-select",
    .summary = "the same lookup runs once for each row of another query",
    .since = "0.1",
    .family = TL_WORKLOAD,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("n-plus-one", "N01"),
    .on_loop = check,
};
