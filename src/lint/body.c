/*
 * body.c - the statements in a DO block or a function, made ready for judging.
 *
 * Runs on pool threads; touches nothing but the unit.
 */
#include "lint/linter.h"
#include "sql/lex.h"

struct quoted {
    struct tl_str body; /* as it stands in the statement's text */
    struct tl_str language;
    bool is_do;
};

static struct tl_str string_of(const PgQuery__Node *n)
{
    if (n && n->node_case == TL_KIND(LIST) && n->list->n_items == 1)
        n = n->list->items[0];
    return n && n->node_case == TL_KIND(STRING) ? tl_str_c(n->string->sval)
                                                : TL_NONE;
}

static void take_option(const PgQuery__Node *n, struct quoted *q)
{
    if (n->node_case != TL_KIND(DEF_ELEM))
        return;
    struct tl_str name = tl_str_c(n->def_elem->defname);

    if (tl_str_is(name, "as"))
        q->body = string_of(n->def_elem->arg);
    else if (tl_str_is(name, "language"))
        q->language = string_of(n->def_elem->arg);
}

static bool find_body(const struct unit *u, struct quoted *q)
{
    const struct tl_node *root = &u->parse.tree.nodes[0];

    *q = (struct quoted){.language = TL_STR("plpgsql")};
    if (root->kind == TL_KIND(DO_STMT)) {
        const PgQuery__DoStmt *s = TL_AS(DO_STMT, DoStmt, root);

        q->is_do = true;
        for (size_t i = 0; i < s->n_args; i++)
            take_option(s->args[i], q);
    } else if (root->kind == TL_KIND(CREATE_FUNCTION_STMT)) {
        const PgQuery__CreateFunctionStmt *s =
            TL_AS(CREATE_FUNCTION_STMT, CreateFunctionStmt, root);

        q->language = TL_STR("sql");
        for (size_t i = 0; i < s->n_options; i++)
            take_option(s->options[i], q);
    }
    return q->body.n > 0;
}

/* Where the body stands, when no byte of it is escaped; NULL. */
static const char *place_of(const struct unit *u, struct tl_str body)
{
    struct lex l = lex_at(u->text, 0);

    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        struct tl_str text = lex_text(&l, t);

        if ((t.kind != LEX_DOLLAR && t.kind != LEX_STRING) ||
            text.n < body.n + 2)
            continue;
        size_t quotes = text.n - body.n;

        if (quotes % 2 == 0 && memcmp(text.p + quotes / 2, body.p, body.n) == 0)
            return text.p + quotes / 2;
    }
    return NULL;
}

/* Is it the string whose doubled quotes the body has singly? */
static bool is_body(struct tl_str quoted, struct tl_str body)
{
    size_t at = 1;

    for (size_t i = 0; i < body.n; i++) {
        if (at + 1 >= quoted.n || quoted.p[at] != body.p[i])
            return false;
        at += body.p[i] == '\'' ? 2 : 1;
    }
    return at + 1 == quoted.n;
}

/* The same for a body that has quotes in it. */
static const char *place_of_quoted(const struct unit *u, struct tl_str body)
{
    struct lex l = lex_at(u->text, 0);

    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        struct tl_str text = lex_text(&l, t);

        if (t.kind == LEX_STRING && text.p[0] == '\'' && is_body(text, body))
            return text.p + 1;
    }
    return NULL;
}

/* As outside of bodies; lengths stay. */
static struct tl_str mask(struct unit *u, struct tl_str text)
{
    struct split_list list = {.statements = VEC_INIT};
    struct tl_str masked;

    split_text(text, u->arena, &list, &masked);
    split_release(&list);
    return masked;
}

/* Names that a tool or psql puts in are found only where they hinder: in bodies
   and in strings that are executed a colon or brace may mean something else. */
static void parse_child(struct unit *u, struct unit *child)
{
    bool more = false;

    parse_statement(child->text, u->arena, &child->parse, &more);
    if (child->parse.ok)
        return;
    struct tl_str masked = mask(u, child->text);
    if (masked.p == child->text.p)
        return;
    child->text = masked;
    parse_statement(child->text, u->arena, &child->parse, &more);
}

static void add(struct unit *u, struct tl_str text, size_t start, size_t end,
                enum plpgsql_runs runs, bool is_do)
{
    struct unit *child = &u->body[u->n_body++];

    *child = (struct unit){
        .arena = u->arena,
        .text = {text.p + start, end - start},
        .map = {.base = u->map.base + start},
        .input = u->input,
        .place = is_do ? TL_IN_MIGRATION : TL_IN_QUERY,
        .runs = runs,
        .in_function = !is_do,
    };
    parse_child(u, child);
    if (child->parse.ok && is_do)
        decode_statement(&child->parse.tree, child->text, u->arena,
                         &child->ops);
}

/* Does nothing stand between two statements, so that both run or none? */
static bool is_nothing_between(struct tl_str text, size_t end, size_t start)
{
    if (start < end)
        return false;
    struct lex l = lex_at((struct tl_str){text.p + end, start - end}, 0);
    struct lex_token t = lex_next_code(&l);

    while (lex_is_punct(&l, t, ';'))
        t = lex_next_code(&l);
    return t.kind == LEX_END;
}

static void read_plpgsql(struct unit *u, size_t at, struct tl_str body,
                         bool is_do)
{
    struct plpgsql p = {.statements = VEC_INIT};

    /* {% if %} would be taken for a statement. */
    if (memchr(body.p, '{', body.n))
        body = mask(u, body);
    plpgsql_read(body, u->arena, &p);
    u->body_is_dynamic = p.dynamic;
    u->body = ARENA_ARRAY(u->arena, struct unit, p.statements.n);
    for (size_t i = 0; i < p.statements.n; i++) {
        const struct plpgsql_statement *s = &p.statements.v[i];

        add(u, p.text, s->start, s->end, s->runs, is_do);
        struct unit *child = &u->body[u->n_body - 1];
        child->map.base += at;
        child->goes_on =
            i > 0 && is_nothing_between(p.text, s[-1].end, s->start);
    }
    plpgsql_release(&p);
}

static void read_sql(struct unit *u, size_t at, struct tl_str body)
{
    struct split_list list = {.statements = VEC_INIT};
    struct tl_str text;

    split_text(body, u->arena, &list, &text);
    u->body = ARENA_ARRAY(u->arena, struct unit, list.statements.n);
    for (size_t i = 0; i < list.statements.n; i++) {
        const struct split_statement *s = &list.statements.v[i];

        add(u, text, s->start, s->end, PLPGSQL_ALWAYS, false);
        u->body[u->n_body - 1].map.base += at;
    }
    split_release(&list);
}

/* Their places count in the body, and each quote before them is two bytes. */
static void place_quoted(struct unit *u, uint64_t base)
{
    for (uint32_t i = 0; i < u->n_body; i++)
        u->body[i].map = (struct text_map){
            .base = base,
            .encoding = TEXT_QUOTED,
            .skip = (size_t)(u->body[i].map.base - base),
        };
}

void body_prepare(struct unit *u)
{
    struct quoted q;

    if (u->parse.tree.count == 0 || !find_body(u, &q))
        return;
    const char *plain = place_of(u, q.body);
    const char *place = plain ? plain : place_of_quoted(u, q.body);
    if (!place || u->map.encoding != TEXT_PLAIN)
        return;
    size_t at = (size_t)(place - u->text.p);
    struct tl_str body = plain ? (struct tl_str){plain, q.body.n} : q.body;

    u->has_body = true;
    if (tl_str_is(q.language, "plpgsql"))
        read_plpgsql(u, at, body, q.is_do);
    else if (tl_str_is(q.language, "sql") && !q.is_do)
        read_sql(u, at, body);
    else
        u->has_body = false;
    if (!plain)
        place_quoted(u, u->map.base + at);
}
