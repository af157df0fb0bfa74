/*
 * behind.c - which values the statements before this one, in the same part of
 * the file, have copied: read from their text, and asked for seldom.
 */
#include "lint/linter.h"

#include "sql/lex.h"

/* Further back nobody copies what is dropped here; a file of nothing else must
   not take the square of its length. */
#define LOOK_BACK 512

/* A statement that writes what it reads, by its first word. */
struct mover {
    const char *first;
    const char *const *writes; /* one of these must stand in it */
    const char *const *reads;  /* from one of these on it reads; NULL: all */
};

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct mover movers[] = {
    {"update", WORDS("update"), WORDS("set")},
    {"insert", WORDS("insert"), WORDS("select", "set")},
    {"merge", WORDS("merge"), WORDS("using")},
    {"with", WORDS("update", "insert", "merge", "into"), NULL},
    {"select", WORDS("into"), NULL},
    {"create", WORDS("table"), WORDS("as")},
    {"alter", WORDS("using", "generated"), WORDS("using", "generated")},
    {"do", WORDS("update", "insert", "merge"), NULL},
};

/* What is looked for, and what a statement has of it. */
struct copying {
    struct tl_str table;
    struct tl_str column; /* none: all rows of the table */
    bool writes;
    bool reads;
    bool names_table;
    bool reads_table;
    bool reads_column;
    bool chooses; /* not all rows */
};

/* The parser folds what is not quoted. */
static bool is_name(const struct lex *l, struct lex_token t, struct tl_str name)
{
    struct tl_str text = lex_text(l, t);

    if (t.kind == LEX_QUOTED_IDENT && text.n >= 2)
        return tl_str_eq((struct tl_str){text.p + 1, text.n - 2}, name);
    if (t.kind != LEX_WORD || text.n != name.n)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        bool upper = text.p[i] >= 'A' && text.p[i] <= 'Z';

        if ((upper ? text.p[i] + ('a' - 'A') : text.p[i]) != name.p[i])
            return false;
    }
    return true;
}

static bool is_one_of(const struct lex *l, struct lex_token t,
                      const char *const *words)
{
    for (; *words; words++)
        if (lex_is_word(l, t, *words))
            return true;
    return false;
}

/* SET name = ...: written, not read. */
static bool is_target(struct lex l, struct lex_token before)
{
    struct lex behind = l;
    struct lex_token next = lex_next_code(&behind);

    return (lex_is_word(&l, before, "set") || lex_is_punct(&l, before, ',')) &&
           tl_str_is(lex_text(&l, next), "=");
}

/* SELECT *, t.* */
static bool is_star(const struct lex *l, struct lex_token t,
                    struct lex_token before)
{
    return tl_str_is(lex_text(l, t), "*") &&
           (lex_is_word(l, before, "select") || lex_is_punct(l, before, ',') ||
            lex_is_punct(l, before, '.'));
}

static void look_at(struct copying *c, const struct mover *m,
                    const struct lex *l, struct lex_token t,
                    struct lex_token before)
{
    c->writes |= is_one_of(l, t, m->writes);
    c->chooses |= is_one_of(l, t, WORDS("where", "limit", "fetch"));
    if (is_name(l, t, c->table)) {
        c->names_table = true;
        c->reads_table |= c->reads;
    }
    if (c->reads && c->column.n)
        c->reads_column |= is_star(l, t, before) ||
                           (is_name(l, t, c->column) && !is_target(*l, before));
    c->reads |= m->reads && is_one_of(l, t, m->reads);
}

static const struct mover *mover_of(const struct lex *l, struct lex_token first)
{
    for (size_t i = 0; i < sizeof(movers) / sizeof(movers[0]); i++)
        if (lex_is_word(l, first, movers[i].first))
            return &movers[i];
    return NULL;
}

/* DO $$ ... $$: what stands between the dollars. */
static struct lex body_of(struct lex l)
{
    struct lex_token t = lex_next_code(&l);

    while (t.kind != LEX_END && t.kind != LEX_DOLLAR)
        t = lex_next_code(&l);
    struct tl_str text = lex_text(&l, t);
    const char *tag = text.n ? memchr(text.p + 1, '$', text.n - 1) : NULL;
    return lex_at(text, tag ? (size_t)(tag + 1 - text.p) : text.n);
}

static bool copies(struct tl_str statement, struct copying c)
{
    struct lex l = lex_at(statement, 0);
    struct lex_token before = lex_next_code(&l);
    const struct mover *m = mover_of(&l, before);

    if (!m)
        return false;
    if (lex_is_word(&l, before, "do")) {
        l = body_of(l);
        before = lex_next_code(&l);
    }
    c.reads = !m->reads;
    c.writes = is_one_of(&l, before, m->writes);
    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        look_at(&c, m, &l, t, before);
        before = t;
    }
    if (!c.column.n)
        return c.writes && c.reads_table && !c.chooses;
    return c.writes && c.names_table && c.reads_column;
}

static bool was_copied(const struct tl_ctx *c, const struct copying *wanted)
{
    const struct input *in = c->unit->input;
    struct tl_str file = in->source.text;

    /* The last one is the statement at hand, or the block that it stands in. */
    size_t n = in->statements.n;
    for (size_t i = n; i > 0 && n - i < LOOK_BACK; i--) {
        const struct statement_range *r = &in->statements.v[i - 1];

        if (r->last_number <= c->part_number)
            return false;
        if ((i < n || c->in_block) &&
            copies((struct tl_str){file.p + r->start, r->end - r->start},
                   *wanted))
            return true;
    }
    return false;
}

bool tl_was_copied(const struct tl_ctx *c, struct tl_name table,
                   struct tl_str column)
{
    const struct tl_relation *now = tl_relation(c, table);
    const struct tl_relation *then =
        now ? tl_relation_by_id(catalog_at(c->linter->catalog, c->part_number),
                                now->id)
            : NULL;
    struct copying wanted = {.table = table.name, .column = column};

    if (c->unit->map.encoding != TEXT_PLAIN)
        return false;
    if (was_copied(c, &wanted))
        return true;
    if (!then || tl_str_eq(then->name.name, table.name))
        return false;
    wanted.table = then->name.name;
    return was_copied(c, &wanted);
}
