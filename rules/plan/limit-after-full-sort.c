/*
 * limit-after-full-sort - a whole table is read and sorted to show its first
 * rows, which an index would have in order.
 */
#include <tusklint/rule.h>

#include <string.h>

#define KEYS_MAX 8
/* Of the 63 bytes of a name, without "_idx". */
#define NAME_ROOM 59

struct order {
    struct tl_str columns[KEYS_MAX];
    struct tl_str how[KEYS_MAX]; /* " DESC NULLS LAST" */
    uint32_t n;
};

static struct tl_str part(struct tl_str s, size_t from, size_t to)
{
    return to > from ? (struct tl_str){s.p + from, to - from} : TL_NONE;
}

static bool is_word(struct tl_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!(c >= 'a' && c <= 'z') && c != '_' &&
            !(i > 0 && c >= '0' && c <= '9'))
            return false;
    }
    return s.n > 0;
}

/* "s.sent_at DESC NULLS LAST"; false for what is not a plain column of n. */
static bool add_key(const struct tl_plan_node *n, struct tl_str key,
                    struct order *out)
{
    if (out->n == KEYS_MAX || !key.n)
        return false;
    const char *blank = memchr(key.p, ' ', key.n);
    size_t end = blank ? (size_t)(blank - key.p) : key.n;
    out->how[out->n] = part(key, end, key.n);
    key.n = end;
    if (key.n > n->alias.n + 1 && n->alias.n && key.p[n->alias.n] == '.' &&
        memcmp(key.p, n->alias.p, n->alias.n) == 0)
        key = part(key, n->alias.n + 1, key.n);
    out->columns[out->n++] = key;
    return is_word(key);
}

static bool read_order(const struct tl_plan_node *n, struct tl_str keys,
                       struct order *out)
{
    size_t from = 0;

    memset(out, 0, sizeof(*out));
    for (size_t i = 0; i + 1 < keys.n; i++)
        if (keys.p[i] == ',' && keys.p[i + 1] == ' ') {
            if (!add_key(n, part(keys, from, i), out))
                return false;
            from = i + 2;
        }
    return add_key(n, part(keys, from, keys.n), out);
}

/* An index is read in both directions: a single one need not be written. */
static bool is_simple(const struct order *o)
{
    for (uint32_t i = 0; i < o->n; i++)
        if (!tl_str_eq(o->how[i], o->how[0]))
            return false;
    return !o->how[0].n || tl_str_is(o->how[0], " DESC");
}

static struct tl_str index_of(struct tl_ctx *ctx, const struct tl_plan_node *n,
                              const struct order *o)
{
    bool simple = is_simple(o);
    struct tl_str list = TL_STR("");
    struct tl_str name = n->relation;
    struct tl_str table =
        tl_name_text(ctx, (struct tl_name){n->schema, n->relation});

    for (uint32_t i = 0; i < o->n; i++) {
        struct tl_str how = simple ? TL_STR("") : o->how[i];

        list = tl_printf(ctx, "%.*s%s%.*s%.*s", TL_FMT(list), i ? ", " : "",
                         TL_FMT(o->columns[i]), TL_FMT(how));
        name = tl_printf(ctx, "%.*s_%.*s", TL_FMT(name), TL_FMT(o->columns[i]));
    }
    if (name.n > NAME_ROOM)
        name.n = NAME_ROOM;
    name = tl_printf(ctx, "%.*s_idx", TL_FMT(name));
    name = tl_quoted(ctx, name);
    return tl_printf(ctx, "CREATE INDEX CONCURRENTLY %.*s ON %.*s (%.*s);",
                     TL_FMT(name), TL_FMT(table), TL_FMT(list));
}

static const struct tl_plan_node *limit_above(const struct tl_plan *p,
                                              const struct tl_plan_node *sort)
{
    const struct tl_plan_node *up = tl_plan_parent(p, sort);

    if (up && tl_node_is(up, "Gather Merge"))
        up = tl_plan_parent(p, up);
    return up && tl_node_is(up, "Limit") ? up : NULL;
}

static bool is_led(struct tl_ctx *ctx, const struct tl_relation *r,
                   struct tl_str column)
{
    return r && tl_index_led_by(tl_after(ctx), r, &column, 1, false);
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *sort,
                   const struct tl_plan_node *scan, double rows,
                   const struct order *o)
{
    const struct tl_plan_node *limit = limit_above(plan, sort);
    struct tl_name name = {scan->schema, scan->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str time = tl_node_time(ctx, limit);
    struct tl_str index = index_of(ctx, scan, o);
    struct tl_finding *f =
        tl_report(ctx, sort->span,
                  "%s%.0f rows of %.*s are read and sorted by %.*s to show "
                  "%.0f%.*s.",
                  scan->actual_loops >= 0 ? "" : "About ", rows, TL_FMT(table),
                  TL_FMT(sort->sort_key), limit->rows_out, TL_FMT(time));

    tl_detail(ctx, f,
              "an index on these columns has the rows in order, so "
              "that the first ones are read and no more");
    tl_object(ctx, f, name, o->columns[0]);
    tl_about_node(ctx, f, plan, scan);
    tl_help(ctx, f, "%s%.*s",
            tl_relation(ctx, name) ? ""
                                   : "If no index begins with these columns: ",
            TL_FMT(index));
}

/* An OFFSET is counted, too: the sort gives those rows. */
static double rows_shown(const struct tl_plan_node *limit,
                         const struct tl_plan_node *sort)
{
    bool measured = sort->actual_loops >= 0;

    return measured && sort->rows_out > limit->rows_out ? sort->rows_out
                                                        : limit->rows_out;
}

static void judge(struct tl_ctx *ctx, const struct tl_plan *plan,
                  const struct tl_plan_node *sort)
{
    const struct tl_plan_node *limit = limit_above(plan, sort);
    const struct tl_plan_node *scan = tl_child(plan, sort, "Outer");
    struct tl_scan told;
    struct order order;

    if (!limit || !scan || scan->never_executed ||
        !tl_node_is(scan, "Seq Scan"))
        return;
    struct tl_name name = {scan->schema, scan->relation};
    double rows = tl_rows_of_all(plan, scan);
    if (rows < tl_limit(plan, TL_SORT_LIMIT_MIN_ROWS) ||
        rows < rows_shown(limit, sort) * tl_limit(plan, TL_SORT_LIMIT_TIMES) ||
        !read_order(scan, sort->sort_key, &order) ||
        is_led(ctx, tl_relation(ctx, name), order.columns[0]))
        return;
    /* A few rows of many: the filter's index comes first. */
    if (tl_judge_scan(ctx, plan, scan, &told) == TL_SCAN_FINE)
        report(ctx, plan, sort, scan, rows, &order);
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++)
        if (tl_node_is(&plan->nodes[i], "Sort"))
            judge(ctx, plan, &plan->nodes[i]);
}

TL_RULE(limit_after_full_sort) = {
    .id = "TL520",
    .name = "limit-after-full-sort",
    .summary = "a whole table is read and sorted to show its first rows",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_NOTE,
    .on_plan = check,
};
