/*
 * ctx.c - the answers behind rule.h: statement, transaction, schema.
 *
 * What rules say (tl_report and its kin) is in say.c.
 */
#include "lint/linter.h"
#include "sql/canon.h"
#include "sql/lex.h"
#include "sql/tree.h"
#include "sql/tree_tokens.h"

const struct tl_tree *tl_tree(const struct tl_ctx *c)
{
    return &c->unit->parse.tree;
}

struct tl_str tl_text(const struct tl_ctx *c)
{
    return c->unit->text;
}

struct tl_str tl_source_text(const struct tl_ctx *c, struct tl_span span)
{
    struct tl_linter *l = c->linter;

    if (span.source >= l->inputs.n)
        return TL_NONE;
    input_load(l, l->inputs.v[span.source]);
    struct tl_str all = l->inputs.v[span.source]->source.text;
    uint64_t end = span.end < all.n ? span.end : all.n;
    uint64_t start = span.start < end ? span.start : end;
    return (struct tl_str){all.p + start, end - start};
}

uint32_t tl_line(const struct tl_ctx *c, struct tl_span span)
{
    struct tl_linter *l = c->linter;

    if (span.source >= l->inputs.n)
        return 1;
    input_load(l, l->inputs.v[span.source]);
    return source_position(&l->inputs.v[span.source]->source, span.start,
                           SOURCE_BYTES)
        .line;
}

static struct tl_span place(const struct unit *u, size_t start, size_t end)
{
    struct tl_str file = u->input->source.text;

    return (struct tl_span){text_map_offset(&u->map, file, start),
                            text_map_offset(&u->map, file, end),
                            u->input->source.id};
}

struct tl_span tl_text_span(const struct tl_ctx *c, size_t start, size_t end)
{
    return place(c->unit, start, end);
}

struct tl_span tl_statement_span(const struct tl_ctx *c)
{
    return place(c->unit, 0, c->unit->text.n);
}

void tl_node_range(const struct tl_ctx *c, const struct tl_node *n,
                   size_t *start, size_t *end)
{
    struct unit *u = c->unit;

    if (!u->tokens)
        u->tokens = tokens_in(u->arena, u->text);
    tree_region_of(&u->parse.tree, n, u->tokens, start, end);
}

struct tl_span tl_node_span(const struct tl_ctx *c, const struct tl_node *n)
{
    size_t start;
    size_t end;

    tl_node_range(c, n, &start, &end);
    return place(c->unit, start, end);
}

struct tl_span tl_type_span(const struct tl_ctx *c,
                            const struct tl_column_def *column)
{
    const struct tl_node *type = NULL;

    if (column->node && column->node->kind == TL_KIND(COLUMN_DEF))
        type = tl_find(tl_tree(c), column->node,
                       TL_AS(COLUMN_DEF, ColumnDef, column->node)->type_name);
    if (type)
        return tl_node_span(c, type);
    return column->node ? tl_node_span(c, column->node) : tl_statement_span(c);
}

void tl_each_type(struct tl_ctx *c, const struct tl_op *op,
                  void (*judge)(struct tl_ctx *, const struct tl_type *,
                                struct tl_span))
{
    if (op->temporary)
        return;
    for (uint32_t i = 0; i < op->n_columns; i++)
        judge(c, &op->columns[i].type, tl_type_span(c, &op->columns[i]));
    if (op->kind == TL_OP_ALTER_COLUMN_TYPE)
        judge(c, &op->type, op->span);
}

bool tl_in_function(const struct tl_ctx *c)
{
    return c->unit && c->unit->in_function;
}

const struct tl_shape *tl_statement_shape(const struct tl_ctx *c)
{
    return c->unit ? c->unit->shape : NULL;
}

bool tl_in_down(const struct tl_ctx *c)
{
    return c->down;
}

uint32_t tl_statement_number(const struct tl_ctx *c)
{
    return c->linter->statement;
}

bool tl_lost_primary_key(const struct tl_ctx *c, const struct tl_relation *r,
                         struct tl_span *out)
{
    uint32_t died = tl_primary_key_died(tl_after(c), r);

    return died && statement_place(c->linter, died, out);
}

/* ---- transaction ---- */

#define ASSUMED "the migration tool runs each file in a transaction"

bool tl_is_one_command(const struct tl_ctx *c)
{
    return c->section && c->section->batch;
}

struct tl_migration tl_migration(const struct tl_ctx *c)
{
    const struct catalog *catalog = c->linter->catalog;
    const struct input *in = c->input;
    size_t start = c->section->start;
    size_t end = start;

    while (end < c->section->end && in->source.text.p[end] != '\n')
        end++;
    return (struct tl_migration){
        .before = catalog_at(catalog, c->up_from),
        .up = catalog_at(catalog, c->up_to),
        .down = catalog_at(catalog, c->linter->statement),
        .down_at = {start, end, in->source.id},
    };
}

enum tl_know tl_in_transaction(const struct tl_ctx *c)
{
    const struct tl_linter *l = c->linter;

    if (c->in_block || txn_is_open(&l->txn))
        return TL_YES;
    bool none =
        c->section && (c->section->wrapped == TL_NO || c->section->bare);
    return none ? TL_NO : TL_UNKNOWN;
}

struct tl_str tl_transaction_reason(const struct tl_ctx *c)
{
    if (c->in_block)
        return TL_STR("a DO block is one transaction");
    if (c->linter->txn.explicit_block)
        return TL_STR("a BEGIN before it is still open");
    if (c->linter->txn.implicit)
        return TL_STR("the whole file is sent as one command, which PostgreSQL "
                      "runs as one transaction");
    if (c->layout && c->layout->reason && c->linter->txn.wrapped)
        return tl_str_c(c->layout->reason);
    if (choice_at(c)->assume_in_transaction)
        return TL_STR(ASSUMED);
    return TL_NONE;
}

struct tl_str tl_no_transaction_marker(const struct tl_ctx *c)
{
    if (c->in_block)
        return TL_STR("take it out of the DO block");
    if (c->linter->txn.implicit)
        return TL_STR("make it the only statement of the file, and see that "
                      "the tool itself opens no transaction");
    if (!c->layout)
        return TL_NONE;
    /* sql-migrate and dbmate mark each way by itself. */
    if (c->down && c->layout->down_marker)
        return tl_str_c(c->layout->down_marker);
    return tl_str_c(c->layout->marker);
}

struct tl_tool tl_tool_of(const struct tl_ctx *c, uint32_t source)
{
    struct tl_linter *l = c->linter;
    struct layout layout = {.sections = VEC_INIT};

    if (source >= l->inputs.n || source + 1 == l->tool_of)
        return source < l->inputs.n ? l->tool : (struct tl_tool){0};
    struct input *in = l->inputs.v[source];
    input_load(l, in);
    layout_read(in->path, in->source.text, &l->tool_folder, &layout);
    l->tool = (struct tl_tool){
        .reason = layout.reason ? tl_str_c(layout.reason) : TL_NONE,
        .marker = layout.marker ? tl_str_c(layout.marker) : TL_NONE,
        .one_command = layout.sections.n && layout.sections.v[0].batch,
    };
    if (!layout.reason && choice_options(l, in)->assume_in_transaction)
        l->tool.reason = TL_STR(ASSUMED);
    l->tool_of = source + 1;
    layout_release(&layout);
    return l->tool;
}

bool tl_transaction_begin(const struct tl_ctx *c, struct tl_span *out)
{
    if (c->in_block || !c->linter->txn.explicit_block)
        return false;
    *out = c->linter->txn.begin;
    return true;
}

bool tl_tool_commits(const struct tl_ctx *c)
{
    return c->linter->txn.by_tool;
}

uint32_t tl_transaction_number(const struct tl_ctx *c)
{
    return c->linter->txn.number;
}

bool tl_transaction_is_misplaced(const struct tl_ctx *c)
{
    return c->linter->txn.failed_nesting;
}

int64_t tl_lock_timeout(const struct tl_ctx *c)
{
    return c->linter->txn.settings.now.lock_timeout;
}

int64_t tl_statement_timeout(const struct tl_ctx *c)
{
    return c->linter->txn.settings.now.statement_timeout;
}

int tl_pg_version(const struct tl_ctx *c)
{
    return choice_at(c)->pg_version;
}

/* ---- schema ---- */

struct tl_schema tl_before(const struct tl_ctx *c)
{
    uint32_t now = c->linter->statement;

    return catalog_at(c->linter->catalog, now ? now - 1 : 0);
}

struct tl_schema tl_after(const struct tl_ctx *c)
{
    return catalog_at(c->linter->catalog, c->linter->statement);
}

struct tl_schema tl_part_before(const struct tl_ctx *c)
{
    return catalog_at(c->linter->catalog, c->part_number);
}

/* What a statement meets; where none is judged, what all of them left. */
static struct tl_schema schema_met(const struct tl_ctx *c)
{
    return c->unit ? tl_before(c) : tl_after(c);
}

const struct tl_relation *tl_relation(const struct tl_ctx *c,
                                      struct tl_name name)
{
    return tl_find_relation(schema_met(c), name, NULL);
}

struct tl_str ctx_column_name(const struct tl_ctx *c, const struct tl_op *op,
                              struct tl_schema s)
{
    const struct tl_relation *r =
        c->renamed ? tl_find_relation(s, op->table, NULL) : NULL;

    if (r && tl_name_eq(c->renamed->table, op->table) &&
        tl_str_eq(c->renamed->new_name, op->column) &&
        !tl_find_column(s, r, op->column))
        return c->renamed->column;
    return op->column;
}

const struct tl_column *tl_op_column(const struct tl_ctx *c,
                                     const struct tl_op *op)
{
    struct tl_schema s = tl_before(c);
    const struct tl_relation *r = tl_find_relation(s, op->table, NULL);

    return r ? tl_find_column(s, r, ctx_column_name(c, op, s)) : NULL;
}

/* A row is a version of its object, born anew with every change: file and
   transaction are those of the making. What the way up made is not new on the
   way down, which is gone on a day when it is in use. */
bool tl_is_made_here(const struct tl_ctx *c, const struct tl_row *row)
{
    bool same_part =
        c->unit &&
        (c->part_goes_on || row->file == c->unit->input->source.id) &&
        row->transaction >= c->part_transaction;

    return same_part || row->transaction == c->linter->txn.number;
}

bool tl_column_is_new(const struct tl_ctx *c, struct tl_name table,
                      struct tl_str column)
{
    struct tl_schema then = tl_part_before(c);
    const struct tl_relation *r = tl_relation(c, table);
    const struct tl_relation *was = r ? tl_relation_by_id(then, r->id) : NULL;

    if (!was)
        return false;
    const struct tl_column *now = tl_find_column(tl_before(c), r, column);
    const struct tl_column *old = tl_find_column(then, was, column);
    if (now && old)
        return now->number != old->number;
    return !old && (now || !r->incomplete);
}

enum tl_know tl_table_is_new(const struct tl_ctx *c, struct tl_name name)
{
    const struct tl_relation *r = tl_relation(c, name);

    if (!r)
        return TL_UNKNOWN;
    /* Its CREATE may be here all the same, in a form that does not parse. */
    if (r->temporary || tl_is_made_here(c, &r->row))
        return TL_YES;
    return r->incomplete ? TL_UNKNOWN : TL_NO;
}

enum tl_know tl_table_is_empty(const struct tl_ctx *c, struct tl_name name)
{
    const struct tl_relation *r = tl_relation(c, name);

    if (!r || r->uncertain)
        return TL_UNKNOWN;
    if (r->emptied > c->part_number || r->proved_empty > c->part_number)
        return TL_YES;
    if (r->incomplete)
        return TL_UNKNOWN;
    if (r->filled)
        return TL_NO;
    return tl_table_is_new(c, name) == TL_YES ? TL_YES : TL_UNKNOWN;
}

bool tl_is_doubted_here(const struct tl_ctx *c, const struct tl_relation *r)
{
    return r && r->uncertain && r->doubted > c->part_number;
}

bool tl_is_emptied_here(const struct tl_ctx *c, struct tl_name name)
{
    const struct tl_relation *r = tl_relation(c, name);

    return r && !r->uncertain && r->emptied > c->part_number;
}

bool tl_is_renamed_here(const struct tl_ctx *c, const struct tl_relation *r)
{
    const struct tl_relation *before =
        r ? tl_relation_by_id(tl_part_before(c), r->id) : NULL;

    return before && !tl_name_eq(before->name, r->name);
}

/* `column`, `column = constant` or `column is true`, as canon.h writes them. */
static bool allows_one_value(struct tl_str check, struct tl_str column)
{
    if (check.n < column.n || memcmp(check.p, column.p, column.n) != 0)
        return false;
    struct lex l = lex_at(check, column.n);
    struct lex_token t = lex_next_code(&l);
    if (t.kind == LEX_END)
        return true;
    if (!tl_str_is(lex_text(&l, t), "=") && !lex_is_word(&l, t, "is"))
        return false;
    t = lex_next_code(&l);
    return (t.kind == LEX_NUMBER || t.kind == LEX_STRING ||
            lex_is_word(&l, t, "true") || lex_is_word(&l, t, "false")) &&
           lex_next_code(&l).kind == LEX_END;
}

/* A CHECK lets NULL pass, and so does a unique index, as often as it likes. */
static bool is_constant(const struct tl_ctx *c, const struct tl_relation *r,
                        struct tl_str column)
{
    struct tl_schema s = schema_met(c);
    struct tl_str name = canon_quoted(column, c->scratch);

    if (tl_column_is_not_null(s, r, column) != TL_YES)
        return false;
    TL_EACH_CONSTRAINT(s, r, con)
        if (con->kind == TL_CHECK && con->validated &&
            allows_one_value(con->check, name))
            return true;
    return false;
}

bool tl_has_one_row(const struct tl_ctx *c, struct tl_name name)
{
    const struct tl_relation *r = tl_relation(c, name);
    struct tl_schema s = schema_met(c);

    TL_EACH_INDEX(s, r, x)
        if (x->unique && !x->predicate.n && x->n_keys == 1 &&
            (tl_str_is(x->keys[0].expression, "true") ||
             tl_str_is(x->keys[0].expression, "1") ||
             (x->keys[0].column.n && is_constant(c, r, x->keys[0].column))))
            return true;
    return false;
}

enum tl_know tl_is_partitioned(const struct tl_ctx *c, struct tl_name name)
{
    const struct tl_relation *r = tl_relation(c, name);

    if (!r || r->incomplete)
        return TL_UNKNOWN;
    return r->kind == TL_PARTITIONED_TABLE ? TL_YES : TL_NO;
}

/* ---- names and filters of the statement ---- */

static struct scope *scope_of(struct tl_ctx *c)
{
    if (!c->scope)
        c->scope = scope_create(&c->unit->parse.tree,
                                c->unit->place == TL_IN_QUERY ? tl_after(c)
                                                              : tl_before(c),
                                c->unit->arena);
    return c->scope;
}

bool tl_resolve_column(struct tl_ctx *c, const struct tl_node *n,
                       struct tl_column_ref *out)
{
    return scope_resolve(scope_of(c), n, out);
}

const struct tl_predicate *tl_predicates(struct tl_ctx *c, uint32_t *count)
{
    if (!c->has_predicates) {
        c->predicates = predicate_list(scope_of(c), c->unit->in_function,
                                       c->unit->arena, &c->n_predicates);
        c->has_predicates = true;
    }
    *count = c->n_predicates;
    return c->predicates;
}

struct tl_str tl_expression_text(struct tl_ctx *c, const struct tl_node *n)
{
    return canon_expression(&c->unit->parse.tree, n, c->unit->text,
                            c->unit->arena);
}

const struct tl_index *tl_expression_index(struct tl_ctx *c,
                                           const struct tl_relation *r,
                                           const struct tl_node *expr)
{
    struct tl_schema s = tl_after(c);
    struct tl_str text = tl_expression_text(c, expr);

    TL_EACH_INDEX(s, r, index)
        for (uint32_t k = 0; k < index->n_keys; k++)
            if (index->keys[k].expression.n &&
                tl_str_eq(index->keys[k].expression, text))
                return index;
    return NULL;
}

/* ---- workload ---- */

const struct tl_shape *tl_shape_by_hash(const struct tl_ctx *c, uint64_t hash)
{
    return hash && c->linter->workload
               ? workload_shape(c->linter->workload, hash)
               : NULL;
}

const struct tl_shape *tl_next_shape(const struct tl_ctx *c,
                                     const struct tl_shape *s)
{
    const struct tl_linter *l = c->linter;
    size_t next = s ? (size_t)(s - l->shapes) + 1 : 0;

    return next < l->n_shapes ? &l->shapes[next] : NULL;
}

bool tl_has_capture(const struct tl_ctx *c)
{
    return c->linter->has_capture;
}

uint32_t tl_loop_minimum(const struct tl_ctx *c)
{
    return c->linter->options.loop_minimum;
}
