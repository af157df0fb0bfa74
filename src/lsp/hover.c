/*
 * hover.c - what a table has and where that was made; what a rule says.
 */
#include "lsp/answers.h"

#include <tusklint/place.h>

#include <string.h>

/* Of each kind of things that a table has: nobody reads more. */
#define MAX_LISTED 100

struct hover {
    const struct question *q;
    struct tl_place place;
    struct buf text;
};

/* In a block of code a backtick could end the block. */
static void put_code(struct hover *h, struct tl_str s)
{
    size_t from = h->text.n;

    show_text(&h->text, s);
    for (size_t i = from; i < h->text.n; i++)
        if (h->text.p[i] == '`' || h->text.p[i] == '\n')
            h->text.p[i] = '\'';
}

static void put_name(struct hover *h, struct tl_name name)
{
    if (name.schema.n && !tl_str_is(name.schema, "public")) {
        put_code(h, name.schema);
        buf_char(&h->text, '.');
    }
    put_code(h, name.name);
}

/* "  -- migrations/1.sql:3" */
static void put_origin(struct hover *h, const struct tl_row *row)
{
    struct tl_linter *l = h->q->analysis->linter;
    const char *path = tl_source_path(l, row->made.source);

    if (!path)
        return;
    struct tl_position p =
        tl_source_position(l, row->made.source, row->made.start);
    buf_puts(&h->text, "  -- ");
    put_code(h, tl_str_c(path));
    buf_printf(&h->text, ":%u", p.line);
}

static void put_column(struct hover *h, const struct tl_column *c)
{
    char type[256];

    put_code(h, c->name);
    buf_char(&h->text, ' ');
    put_code(h, tl_str_c(tl_type_text(&c->type, type, sizeof(type))));
    if (c->not_null)
        buf_puts(&h->text, " NOT NULL");
    if (c->identity)
        buf_puts(&h->text, " GENERATED AS IDENTITY");
    if (c->generated_stored)
        buf_puts(&h->text, " GENERATED STORED");
    if (c->default_text.n && !c->generated_stored) {
        buf_puts(&h->text, " DEFAULT ");
        put_code(h, c->default_text);
    }
}

static void put_keys(struct hover *h, const struct tl_index *x)
{
    buf_puts(&h->text, " (");
    for (uint32_t i = 0; i < x->n_keys; i++) {
        const struct tl_index_key *k = &x->keys[i];

        if (i)
            buf_puts(&h->text, ", ");
        put_code(h, k->column.n ? k->column : k->expression);
        if (k->desc)
            buf_puts(&h->text, " DESC");
    }
    buf_char(&h->text, ')');
}

static void put_index(struct hover *h, const struct tl_index *x)
{
    buf_puts(&h->text, x->primary  ? "PRIMARY KEY "
                       : x->unique ? "UNIQUE INDEX "
                                   : "INDEX ");
    put_code(h, x->name.name);
    if (!tl_str_is(x->method, "btree")) {
        buf_puts(&h->text, " USING ");
        put_code(h, x->method);
    }
    put_keys(h, x);
    for (uint32_t i = 0; i < x->n_include; i++) {
        buf_puts(&h->text, i ? ", " : " INCLUDE (");
        put_code(h, x->include[i]);
    }
    if (x->n_include)
        buf_char(&h->text, ')');
    if (x->predicate.n) {
        buf_puts(&h->text, " WHERE ");
        put_code(h, x->predicate);
    }
    if (x->maybe_invalid)
        buf_puts(&h->text, " /* may be invalid */");
    put_origin(h, &x->row);
    buf_char(&h->text, '\n');
}

static void put_names(struct hover *h, const struct tl_str *names, uint32_t n)
{
    buf_puts(&h->text, " (");
    for (uint32_t i = 0; i < n; i++) {
        if (i)
            buf_puts(&h->text, ", ");
        put_code(h, names[i]);
    }
    buf_char(&h->text, ')');
}

static void put_foreign_key(struct hover *h, const struct tl_constraint *c)
{
    const struct tl_relation *to =
        tl_relation_by_id(h->place.schema, c->ref_relation);

    buf_puts(&h->text, "FOREIGN KEY");
    put_names(h, c->columns, c->n_columns);
    buf_puts(&h->text, " REFERENCES ");
    put_name(h, to ? to->name : c->ref_table);
    if (c->n_ref_columns)
        put_names(h, c->ref_columns, c->n_ref_columns);
    if (!c->validated)
        buf_puts(&h->text, " NOT VALID");
    put_origin(h, &c->row);
    buf_char(&h->text, '\n');
}

static const char *kind_name(enum tl_relation_kind kind)
{
    static const char *const names[] = {
        [TL_TABLE] = "TABLE",    [TL_PARTITIONED_TABLE] = "PARTITIONED TABLE",
        [TL_VIEW] = "VIEW",      [TL_MATVIEW] = "MATERIALIZED VIEW",
        [TL_INDEX] = "INDEX",    [TL_SEQUENCE] = "SEQUENCE",
        [TL_COMPOSITE] = "TYPE", [TL_FOREIGN_TABLE] = "FOREIGN TABLE",
    };

    return names[kind];
}

/* What is not surely all stands there, too. */
static void put_doubts(struct hover *h, const struct tl_relation *r)
{
    if (r->incomplete)
        buf_puts(&h->text, "-- its CREATE was not seen: there may be more\n");
    if (r->uncertain)
        buf_puts(&h->text,
                 "-- a DO block or dynamic SQL may have changed it\n");
}

static void put_head(struct hover *h, const struct tl_relation *r)
{
    buf_printf(&h->text, "%s ", kind_name(r->kind));
    put_name(h, r->name);
    if (!r->incomplete)
        put_origin(h, &r->row);
    buf_char(&h->text, '\n');
}

static void put_rest(struct hover *h, unsigned n, const char *what)
{
    if (n > MAX_LISTED)
        buf_printf(&h->text, "-- and %u more %s\n", n - MAX_LISTED, what);
}

static void put_columns(struct hover *h, const struct tl_relation *r)
{
    unsigned n = 0;

    TL_EACH_COLUMN(h->place.schema, r, c) {
        if (n++ >= MAX_LISTED)
            continue;
        buf_puts(&h->text, "    ");
        put_column(h, c);
        if (c->row.made.source != r->row.made.source || r->incomplete)
            put_origin(h, &c->row);
        buf_char(&h->text, '\n');
    }
    put_rest(h, n, "columns");
}

static void put_indexes(struct hover *h, const struct tl_relation *r)
{
    unsigned n = 0;

    TL_EACH_INDEX(h->place.schema, r, x) {
        if (n++ < MAX_LISTED)
            put_index(h, x);
    }
    put_rest(h, n, "indexes");
}

static void put_foreign_keys(struct hover *h, const struct tl_relation *r)
{
    unsigned n = 0;

    TL_EACH_CONSTRAINT(h->place.schema, r, c) {
        if (c->kind == TL_FOREIGN_KEY && n++ < MAX_LISTED)
            put_foreign_key(h, c);
    }
    put_rest(h, n, "foreign keys");
}

static void put_relation(struct hover *h, const struct tl_relation *r)
{
    put_head(h, r);
    put_columns(h, r);
    put_indexes(h, r);
    put_foreign_keys(h, r);
    put_doubts(h, r);
}

static void put_place(struct hover *h)
{
    const struct tl_place *p = &h->place;

    buf_puts(&h->text, "```sql\n");
    if (p->kind == TL_PLACE_RELATION)
        put_relation(h, p->relation);
    if (p->kind == TL_PLACE_INDEX) {
        put_index(h, p->index);
        buf_puts(&h->text, "ON ");
        put_head(h, p->relation);
    }
    if (p->kind == TL_PLACE_COLUMN) {
        put_column(h, p->column);
        put_origin(h, &p->column->row);
        buf_puts(&h->text, "\nOF ");
        put_head(h, p->relation);
        put_doubts(h, p->relation);
    }
    buf_puts(&h->text, "```\n");
}

static void put_rule(struct hover *h, const struct tl_rule *rule)
{
    struct tl_str doc = tl_rule_doc(rule);

    buf_printf(&h->text, "**%s** (%s)\n\n", rule->name, rule->id);
    if (doc.n)
        buf_str(&h->text, doc);
    else
        buf_puts(&h->text, rule->summary);
    buf_char(&h->text, '\n');
}

/* The rule of the smallest finding around the place; of equal ones the first:
   findings of whole statements would hide those in them. */
static const struct tl_finding *finding_at(const struct question *q)
{
    const struct tl_linter *l = q->analysis->linter;
    const struct tl_finding *best = NULL;

    for (size_t i = 0; i < tl_finding_count(l); i++) {
        const struct tl_finding *f = tl_finding_at(l, i);

        if (!is_shown(q->analysis, f) || f->span.start > q->start ||
            f->span.end < q->start)
            continue;
        if (!best ||
            f->span.end - f->span.start < best->span.end - best->span.start)
            best = f;
    }
    return best;
}

static void put_rule_line(struct hover *h, const struct tl_rule *rule)
{
    buf_printf(&h->text, "\n%s: %s ([%s](", rule->name, rule->summary,
               rule->id);
    put_rule_uri(rule, &h->text);
    buf_puts(&h->text, "))\n");
}

/* Gives the range that the text is about. */
static struct tl_span fill(struct hover *h)
{
    const struct question *q = h->q;
    const struct tl_finding *f = finding_at(q);
    bool found = tl_place_at(q->analysis->linter, q->analysis->source, q->start,
                             &h->place);

    if (found && h->place.kind == TL_PLACE_RULE) {
        put_rule(h, h->place.rule);
        return h->place.at;
    }
    if (found) {
        put_place(h);
        if (f)
            put_rule_line(h, f->rule);
        return h->place.at;
    }
    if (f)
        put_rule(h, f->rule);
    return f ? f->span : h->place.at;
}

void hover_answer(struct session *s, const cJSON *id, const cJSON *params)
{
    struct question q;
    struct hover h = {.q = &q};

    if (!question_read(s, id, params, &q))
        return;
    buf_init(&h.text, 0);
    struct tl_span at = fill(&h);
    if (h.text.n == 0) {
        wire_null(&s->wire, id);
    } else {
        struct json *j = wire_result(&s->wire, id);

        json_begin_object(j);
        json_key(j, "contents");
        json_begin_object(j);
        json_key(j, "kind");
        json_cstr(j, s->client.reads_markdown ? "markdown" : "plaintext");
        json_key(j, "value");
        json_str(j, buf_view(&h.text));
        json_end_object(j);
        json_key(j, "range");
        put_span(s, j, &q, at);
        json_end_object(j);
        wire_send(&s->wire);
    }
    buf_release(&h.text);
}
