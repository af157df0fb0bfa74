/*
 * html_locks.c - what a migration locks, statement by statement, as a table:
 * time goes down, each locked table has a column, and a lock stays in its
 * column until its transaction ends.
 */
#include "report/html.h"

#define TABLES_MAX 6
#define STEPS_MAX 80
#define TEXT_MAX 220

/* One migration's columns. */
struct grid {
    const struct html_history *history;
    const struct tl_step_lock *tables[TABLES_MAX];
    size_t n_tables;
    size_t n_others; /* that have no column */
};

static bool is_same(const struct tl_step_lock *a, const struct tl_step_lock *b)
{
    return tl_name_eq(a->table, b->table) && a->of_index == b->of_index;
}

static void add_column(struct grid *g, const struct tl_step_lock *lock)
{
    for (size_t i = 0; i < g->n_tables; i++)
        if (is_same(g->tables[i], lock))
            return;
    if (g->n_tables < TABLES_MAX)
        g->tables[g->n_tables++] = lock;
    else
        g->n_others++;
}

static bool hurts(const struct tl_step_lock *lock)
{
    return lock->in_use && tl_lock_blocks_writes(lock->lock);
}

/* Tables that others wait for come first, then those in use. */
static void choose_tables(struct grid *g)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < g->history->n; i++) {
            const struct tl_step *s = &g->history->steps[i];

            for (uint32_t k = 0; k < s->n_locks; k++)
                if (s->locks[k].in_use && hurts(&s->locks[k]) == !pass)
                    add_column(g, &s->locks[k]);
        }
}

static bool locks_in_use(const struct tl_step *s)
{
    for (uint32_t i = 0; i < s->n_locks; i++)
        if (s->locks[i].in_use)
            return true;
    return false;
}

/* Of a long migration only what locks something that others use. */
static bool is_shown(const struct html_history *m, size_t i)
{
    return m->n <= STEPS_MAX || locks_in_use(&m->steps[i]);
}

/* ---- a cell ---- */

/* What the step takes of the column's table, or NULL. */
static const struct tl_step_lock *taken(const struct tl_step *s,
                                        const struct tl_step_lock *column)
{
    for (uint32_t i = 0; i < s->n_locks; i++)
        if (s->locks[i].in_use && is_same(&s->locks[i], column))
            return &s->locks[i];
    return NULL;
}

/* The strongest that an earlier step of the transaction took and still has. */
static enum tl_lock held(const struct html_history *m, size_t first, size_t at,
                         const struct tl_step_lock *column)
{
    enum tl_lock strongest = TL_LOCK_NONE;
    uint64_t let_go = UINT64_MAX;

    if (m->steps[at].lets_go)
        let_go = m->steps[at].lets_go;
    for (size_t i = at; i-- > first;) {
        const struct tl_step *s = &m->steps[i];
        const struct tl_step_lock *l = taken(s, column);

        if (s->lets_go && s->lets_go < let_go)
            let_go = s->lets_go;
        if (l && s->at.start <= let_go && l->lock > strongest)
            strongest = l->lock;
    }
    return strongest;
}

static const char *class_of(enum tl_lock lock)
{
    if (tl_lock_blocks_reads(lock))
        return "all";
    return tl_lock_blocks_writes(lock) ? "writes" : "free";
}

static void add_cell(struct buf *b, const struct tl_step_lock *now,
                     enum tl_lock before)
{
    if (!now && !before) {
        buf_puts(b, "<td></td>");
        return;
    }
    if (now && now->lock > before)
        buf_printf(b, "<td class=\"held begin %s\">%s</td>",
                   class_of(now->lock), tl_lock_name(now->lock));
    else
        buf_printf(b,
                   "<td class=\"held %s\"><span class=\"still\" title=\"%s\">"
                   "still</span></td>",
                   class_of(before), tl_lock_name(before));
}

/* ---- a row ---- */

static void add_statement(struct html *h, const struct tl_step *s)
{
    struct source *src = report_source(h->run, s->at);
    struct buf *b = &h->out;
    struct buf text;
    bool blank = false;

    if (!src)
        return;
    struct tl_span at = report_span(src, s->at);
    buf_init(&text, TEXT_MAX);
    for (uint64_t i = at.start; i < at.end && !text.full; i++) {
        char c = src->text.p[i];
        bool is_blank = c == ' ' || (c >= '\t' && c <= '\r');

        if (!is_blank && blank && text.n)
            buf_char(&text, ' ');
        if (!is_blank)
            buf_char(&text, c);
        blank = is_blank;
    }
    html_clipped(b, buf_view(&text), TEXT_MAX - 4);
    buf_release(&text);
}

static void add_cost(struct buf *b, const struct tl_step *s)
{
    static const char *const words[] = {
        [TL_LASTS_NOT] = "",
        [TL_LASTS_INSTANT] = "an instant",
        [TL_LASTS_SCAN] = "reads the table",
        [TL_LASTS_INDEX_BUILD] = "builds an index",
        [TL_LASTS_REWRITE] = "rewrites the table",
    };
    enum tl_duration d = tl_step_duration(s);

    if (!locks_in_use(s) && d <= TL_LASTS_INSTANT)
        return;
    buf_printf(b, "<span class=\"cost%s\">%s</span>",
               d > TL_LASTS_INSTANT ? " long" : "", words[d]);
    buf_puts(b, s->perhaps ? "<small>if it runs</small>" : "");
}

static void add_row(struct html *h, const struct grid *g, size_t first,
                    size_t at, bool last)
{
    const struct html_history *m = g->history;
    const struct tl_step *s = &m->steps[at];
    struct source *src = report_source(h->run, s->at);
    struct buf *b = &h->out;

    buf_puts(b, last ? "<tr class=\"end\">" : "<tr>");
    buf_printf(b, "<td class=\"num\">%u</td><th scope=\"row\"%s><code>",
               src ? source_position(src, s->at.start, SOURCE_BYTES).line : 0,
               s->in_block ? " class=\"inner\"" : "");
    add_statement(h, s);
    buf_puts(b, "</code>");
    buf_puts(b, s->hidden ? "<small>not all that the block does is "
                            "shown</small>"
                          : "");
    buf_puts(b, "</th>");
    for (size_t i = 0; i < g->n_tables; i++)
        add_cell(b, taken(s, g->tables[i]), held(m, first, at, g->tables[i]));
    buf_puts(b, "<td>");
    add_cost(b, s);
    buf_puts(b, "</td></tr>\n");
}

/* ---- a transaction, a migration ---- */

static void add_name(struct buf *b, const struct tl_step_lock *lock)
{
    if (lock->of_index)
        buf_puts(b, "the table of index ");
    if (lock->table.schema.n && !tl_str_is(lock->table.schema, "public")) {
        html_text(b, lock->table.schema);
        buf_char(b, '.');
    }
    html_text(b, lock->table.name);
}

static uint32_t line_of(const struct html *h, const struct tl_step *s)
{
    struct source *src = report_source(h->run, s->at);

    return src ? source_position(src, s->at.start, SOURCE_BYTES).line : 0;
}

static void add_moment(struct html *h, const struct tl_moment *m)
{
    static const char *const words[] = {
        [TL_LASTS_NOT] = "",
        [TL_LASTS_INSTANT] = " for an instant, once the lock is granted",
        [TL_LASTS_SCAN] = " while the table is read whole",
        [TL_LASTS_INDEX_BUILD] = " while an index is built",
        [TL_LASTS_REWRITE] = " while the table is rewritten",
    };
    struct buf *b = &h->out;

    if (!m->step)
        return;
    buf_printf(b, "<p class=\"moment\"><b>Riskiest</b> line %u: nobody can %s ",
               line_of(h, m->step),
               tl_lock_blocks_reads(m->lock->lock) ? "use" : "write to");
    add_name(b, m->lock);
    buf_puts(b, words[tl_step_duration(m->step)]);
    if (m->since != m->step)
        buf_printf(b, ", locked since line %u", line_of(h, m->since));
    if (m->step->perhaps || m->since->perhaps)
        buf_puts(b, ", if all that runs");
    buf_puts(b, ".</p>\n");
}

static size_t add_transaction(struct html *h, const struct grid *g,
                              size_t first, size_t n, size_t room)
{
    const struct html_history *m = g->history;
    size_t shown = 0;
    size_t behind = first;

    for (size_t i = first; i < first + n; i++)
        if (is_shown(m, i))
            behind = i + 1;
    for (size_t i = first; i < behind && shown < room; i++) {
        if (!is_shown(m, i))
            continue;
        add_row(h, g, first, i, i + 1 == behind);
        shown++;
    }
    html_flush(h);
    return shown;
}

static void add_grid_head(struct html *h, const struct grid *g)
{
    struct buf *b = &h->out;

    buf_puts(b, "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                "aria-label=\"Locks\"><table class=\"locks\"><thead><tr>"
                "<th class=\"num\">line</th><th>statement</th>");
    for (size_t i = 0; i < g->n_tables; i++) {
        buf_puts(b, "<th>");
        add_name(b, g->tables[i]);
        buf_puts(b, "</th>");
    }
    buf_puts(b, "<th>how long</th></tr></thead><tbody>\n");
}

static struct tl_moment riskiest_of(const struct html_history *m)
{
    struct tl_moment worst = {NULL, NULL, NULL, 0};

    for (size_t i = 0; i < m->n;) {
        size_t n = tl_transaction_length(m->steps + i, m->n - i);
        struct tl_moment one = tl_riskiest(m->steps + i, n);

        if (one.risk > worst.risk)
            worst = one;
        i += n;
    }
    return worst;
}

static void add_history(struct html *h, const struct html_history *m)
{
    struct grid g = {.history = m};
    struct source *s = h->run->sources[m->source];
    struct tl_moment worst = riskiest_of(m);
    size_t shown = 0;

    choose_tables(&g);
    buf_printf(&h->out,
               "<figure class=\"migration\" id=\"locks-%u\">"
               "<figcaption><h3>",
               m->source);
    html_path(&h->out, s->path);
    buf_puts(&h->out, "</h3></figcaption>\n");
    add_moment(h, &worst);
    add_grid_head(h, &g);
    for (size_t i = 0; i < m->n;) {
        size_t n = tl_transaction_length(m->steps + i, m->n - i);

        shown += add_transaction(h, &g, i, n, STEPS_MAX - shown);
        i += n;
    }
    buf_puts(&h->out, "</tbody></table></div>\n");
    html_left_out(h, m->n, shown, "statement",
                  "<code>tusklint locks</code> shows all");
    if (g.n_others)
        buf_printf(&h->out,
                   "<p class=\"left-out\">%zu lock%s on other tables "
                   "without a column here; <code>tusklint locks</code> shows "
                   "all.</p>\n",
                   g.n_others, g.n_others == 1 ? " is" : "s are");
    buf_puts(&h->out, "</figure>\n");
}

void html_histories(struct html *h)
{
    if (!h->n_histories)
        return;
    buf_puts(
        &h->out,
        "<section id=\"locks\" aria-labelledby=\"h-locks\">"
        "<h2 id=\"h-locks\">Lock timelines</h2>\n<p class=\"lead\">"
        "Migrations that stop reads, or writes for longer than an instant, "
        "statement by statement. A lock stays until its transaction "
        "ends.</p>\n<ul "
        "class=\"legend locks-legend\"><li><span class=\"key "
        "all\"></span>blocks reads "
        "and writes</li><li><span class=\"key writes\"></span>blocks "
        "writes</li><li><span class=\"key free\"></span>blocks neither"
        "</li><li><span class=\"key ends\"></span>the transaction ends"
        "</li></ul>\n");
    for (size_t i = 0; i < h->n_histories; i++)
        add_history(h, &h->histories[i]);
    html_left_out(h, h->n_histories_found, h->n_histories, "migration",
                  "<code>tusklint locks</code> shows all");
    buf_puts(&h->out, "</section>\n");
}
