/*
 * symbols.c - a document's outline: its statements, and the tables, columns
 * and indexes that each made.
 */
#include "lsp/answers.h"

#include <tusklint/place.h>

#include <ctype.h>

#define MAX_TITLE 60

/* SymbolKind */
enum { KIND_FIELD = 8, KIND_STRUCT = 23, KIND_EVENT = 24, KIND_KEY = 20 };

struct symbols {
    struct session *session;
    struct question q;
    struct tl_schema schema;
    VEC(const struct tl_relation *) relations; /* that the document touched */
    struct json *json;
    struct tl_str container; /* of a flat list; none */
};

/* The statement's begin, in one line. */
static void put_title(struct buf *out, struct tl_str text)
{
    struct buf line;
    bool blank = false;

    buf_init(&line, 0);
    for (size_t i = 0; i < text.n && line.n < MAX_TITLE; i++) {
        bool is_space = isspace((unsigned char)text.p[i]) != 0;

        if (text.p[i] == '(' && line.n > 0)
            break;
        if (is_space) {
            blank = line.n > 0;
            continue;
        }
        if (blank)
            buf_char(&line, ' ');
        blank = false;
        buf_char(&line, text.p[i]);
    }
    /* Not in the middle of a character. */
    while (line.n && ((unsigned char)line.p[line.n - 1] & 0x80))
        line.n--;
    show_text(out, buf_view(&line));
    buf_release(&line);
}

static void begin_symbol(struct symbols *y, struct tl_str name, int kind,
                         struct tl_span at)
{
    struct json *j = y->json;
    struct buf text;

    buf_init(&text, 0);
    show_text(&text, name);
    json_begin_object(j);
    json_key(j, "name");
    json_str(j, text.n ? buf_view(&text) : TL_STR("?"));
    buf_release(&text);
    json_key(j, "kind");
    json_int(j, kind);
    if (!y->session->client.nests_symbols) {
        json_key(j, "location");
        json_begin_object(j);
        json_key(j, "uri");
        json_cstr(j, y->q.document->uri);
        json_key(j, "range");
        put_span(y->session, j, &y->q, at);
        json_end_object(j);
        if (y->container.n) {
            json_key(j, "containerName");
            json_str(j, y->container);
        }
        json_end_object(j);
        return;
    }
    json_key(j, "range");
    put_span(y->session, j, &y->q, at);
    json_key(j, "selectionRange");
    put_span(y->session, j, &y->q, at);
    json_key(j, "children");
    json_begin_array(j);
}

/* A flat list has no children: the object is closed already. */
static void end_symbol(struct symbols *y)
{
    if (!y->session->client.nests_symbols)
        return;
    json_end_array(y->json);
    json_end_object(y->json);
}

static bool is_made_in(const struct tl_row *row, struct tl_span statement)
{
    return row->made.source == statement.source &&
           row->made.start >= statement.start &&
           row->made.end <= statement.end && row->made.end > row->made.start;
}

static void put_child(struct symbols *y, struct tl_str name, int kind,
                      const struct tl_row *row)
{
    begin_symbol(y, name, kind, row->made);
    end_symbol(y);
}

/* What the statement made of a table, or the whole of it. */
static void put_made(struct symbols *y, const struct tl_relation *r,
                     struct tl_span statement)
{
    bool made = is_made_in(&r->row, statement) && !r->incomplete;

    if (made)
        begin_symbol(y, r->name.name, KIND_STRUCT, r->row.made);
    TL_EACH_COLUMN(y->schema, r, c)
        if (is_made_in(&c->row, statement))
            put_child(y, c->name, KIND_FIELD, &c->row);
    TL_EACH_INDEX(y->schema, r, x)
        if (is_made_in(&x->row, statement))
            put_child(y, x->name.name, KIND_KEY, &x->row);
    if (made)
        end_symbol(y);
}

static void put_statement(struct symbols *y, struct tl_span statement)
{
    struct tl_str all = y->q.analysis->text.s;
    struct tl_str text = {all.p + statement.start,
                          (size_t)(statement.end - statement.start)};
    struct buf title;

    buf_init(&title, 0);
    put_title(&title, text);
    begin_symbol(y, buf_view(&title), KIND_EVENT, statement);
    y->container = buf_view(&title);
    for (size_t i = 0; i < y->relations.n; i++)
        put_made(y, y->relations.v[i], statement);
    y->container = TL_NONE;
    end_symbol(y);
    buf_release(&title);
}

static bool is_touched(const struct symbols *y, const struct tl_relation *r)
{
    uint32_t source = y->q.analysis->source;
    bool touched = r->row.made.source == source;

    TL_EACH_COLUMN(y->schema, r, c)
        touched |= c->row.made.source == source;
    TL_EACH_INDEX(y->schema, r, x)
        touched |= x->row.made.source == source;
    return touched;
}

static void find_relations(struct symbols *y)
{
    TL_EACH_RELATION(y->schema, r)
        if (r->kind != TL_INDEX && is_touched(y, r))
            vec_push(&y->relations, r);
}

void symbols_answer(struct session *s, const cJSON *id, const cJSON *params)
{
    struct symbols y = {.session = s};
    struct buf list;
    struct json json;

    if (!question_read(s, id, params, &y.q))
        return;
    const struct analysis *a = y.q.analysis;
    y.schema = tl_schema_behind(a->linter, a->source);
    y.json = &json;
    find_relations(&y);
    buf_init(&list, 0);
    json_init(&json, &list, false);
    json_begin_array(&json);
    for (size_t i = 0; i < tl_statement_count(a->linter, a->source); i++)
        put_statement(&y, tl_statement_at(a->linter, a->source, i));
    json_end_array(&json);
    json_raw(wire_result(&s->wire, id), buf_view(&list));
    wire_send(&s->wire);
    vec_release(&y.relations);
    buf_release(&list);
}
