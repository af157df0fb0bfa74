/*
 * migrate.c - migrations: parsed in parallel, folded and judged in order.
 *
 * The main loop cuts files into batches of statements, lets the pool parse
 * them, and takes them back in the order it cut them. Only this thread sees
 * catalog and rules, so neither needs a lock and output does not depend on the
 * number of threads. Memory is bounded by the window.
 */
#include "base/clock.h"
#include "base/pool.h"
#include "lint/linter.h"
#include "lint/memo.h"
#include "schema/effect.h"
#include "sql/lex.h"

#include <string.h>
#include <unistd.h>

#define BATCH_BYTES ((size_t)64 << 10)
#define BATCH_STATEMENTS 256

/* Statements of one section of one file, on their way through the pool. */
struct batch {
    struct arena arena;
    struct input *input;
    struct layout *layout;
    struct layout_section section;
    VEC(struct unit) units;
    bool begins_file;
    bool begins_section;
    bool ends_section;
    bool ends_file;
    bool ends_down;     /* no part of the file's way down follows at once */
    bool in_one_string; /* several statements sent as one command */
    double parse_seconds;
};

/* Where the cutting stands. */
struct cutter {
    struct tl_linter *linter;
    size_t next_input;
    struct input *input; /* NULL between files */
    struct layout *layout;
    struct layout_folder folder; /* of the last file */
    size_t section;
    bool section_begun;
    struct arena masks; /* masked text of the section being cut */
    struct tl_str text;
    struct split_list list;
    size_t statement;
    VEC(struct batch *) free_batches;
};

/* A masked copy must outlive its statements' batches: it moves to the run. */
static struct tl_str keep_masked(struct cutter *c, struct tl_str section,
                                 struct tl_str masked)
{
    if (masked.p == section.p)
        return masked;
    return arena_str(&c->linter->arena, masked);
}

static bool open_file(struct cutter *c)
{
    struct tl_linter *l = c->linter;

    while (c->next_input < l->inputs.n) {
        struct input *in = l->inputs.v[c->next_input++];

        if (in->kind != INPUT_MIGRATION || in->failed)
            continue;
        c->input = in;
        c->layout = ARENA_NEW(&l->arena, struct layout);
        layout_read(in->path, in->source.text, &c->folder, c->layout);
        c->section = 0;
        c->section_begun = false;
        return true;
    }
    return false;
}

static void open_section(struct cutter *c)
{
    const struct layout_section *s = &c->layout->sections.v[c->section];
    struct tl_str all = c->input->source.text;
    size_t bom = s->start == 0 ? source_bom(all) : 0;
    struct tl_str text = {all.p + s->start + bom, s->end - s->start - bom};
    struct tl_str masked;

    arena_clear(&c->masks);
    split_text(text, &c->masks, &c->list, &masked);
    c->text = keep_masked(c, text, masked);
    c->statement = 0;
    c->section_begun = true;
}

static struct batch *new_batch(struct cutter *c)
{
    struct batch *b;

    if (c->free_batches.n) {
        b = c->free_batches.v[--c->free_batches.n];
        vec_clear(&b->units);
        arena_clear(&b->arena);
    } else {
        b = mem_calloc(1, sizeof(*b));
        arena_init(&b->arena, BATCH_BYTES * 4);
    }
    b->input = c->input;
    b->layout = c->layout;
    b->section = c->layout->sections.v[c->section];
    return b;
}

static void add_unit(struct cutter *c, struct batch *b,
                     const struct split_statement *s)
{
    struct tl_str all = c->input->source.text;
    size_t bom = b->section.start == 0 ? source_bom(all) : 0;
    struct unit u = {.input = c->input, .place = TL_IN_MIGRATION};

    u.text = (struct tl_str){c->text.p + s->start, s->end - s->start};
    u.map.base = b->section.start + bom + s->start;
    vec_push(&b->units, u);
}

/* The next batch, or NULL when every file was cut. A file or section without
   statements gives an empty batch, so that its begin and end are seen. */
static struct batch *cut(struct cutter *c)
{
    if (!c->input && !open_file(c))
        return NULL;
    bool begins_section = !c->section_begun;
    if (begins_section)
        open_section(c);
    struct batch *b = new_batch(c);
    b->begins_section = begins_section;
    b->begins_file = begins_section && c->section == 0;
    b->in_one_string = b->section.batch && c->list.statements.n > 1;
    size_t bytes = 0;
    while (c->statement < c->list.statements.n && bytes < BATCH_BYTES &&
           b->units.n < BATCH_STATEMENTS) {
        const struct split_statement *s = &c->list.statements.v[c->statement++];

        add_unit(c, b, s);
        bytes += s->end - s->start;
    }
    for (size_t i = 0; i < b->units.n; i++)
        b->units.v[i].arena = &b->arena;
    b->ends_section = c->statement == c->list.statements.n;
    b->ends_file = b->ends_section && c->section + 1 == c->layout->sections.n;
    b->ends_down =
        b->section.down && b->ends_section &&
        (b->ends_file || !b->layout->sections.v[c->section + 1].down);
    if (b->ends_section) {
        c->section++;
        c->section_begun = false;
    }
    if (b->ends_file)
        c->input = NULL;
    return b;
}

static void parse_batch(void *job, void *state)
{
    struct batch *b = job;
    double began = clock_seconds();

    (void)state;
    for (size_t i = 0; i < b->units.n; i++)
        if (b->input->memo)
            memo_prepare(b->input->memo, &b->units.v[i]);
        else
            unit_prepare(&b->units.v[i]);
    b->parse_seconds = clock_seconds() - began;
}

static void thread_end(void *state)
{
    (void)state;
    parse_thread_end();
}

/* ---- in order ---- */

struct walk {
    struct tl_linter *linter;
    struct tl_ctx ctx;
    const char *up_path; /* of the last part that went up */
    uint32_t up_number;  /* ... and where that began */
    uint32_t up_transaction;
    size_t down_mark; /* the catalog before a way down */
    size_t file_mark; /* ... and before the file */
    bool goes_down;   /* ... which is being read, or was last */
    bool was_down;
    bool has_up; /* the file has a part that goes up */
};

static enum txn_wrap wrap_of(const struct tl_linter *l, const struct batch *b)
{
    bool assumed = choice_options(l, b->input)->assume_in_transaction &&
                   b->section.wrapped == TL_UNKNOWN;

    if (b->section.wrapped == TL_YES || assumed)
        return TXN_WRAPPED;
    return b->in_one_string ? TXN_IMPLICIT : TXN_BARE;
}

/* The file is one more of a migration whose ways down may stand between. */
static bool is_later_part(const struct walk *w, const struct batch *b)
{
    return b->begins_file && !b->section.down && w->up_path &&
           b->layout->tool && strcmp(b->layout->tool, "pop") == 0 &&
           layout_are_pop_parts(w->up_path, b->input->path);
}

static void begin_part(struct walk *w, bool goes_on)
{
    struct tl_ctx *c = &w->ctx;

    c->part_goes_on = goes_on;
    c->part_number = goes_on ? w->up_number : w->linter->statement;
    c->part_transaction = goes_on ? w->up_transaction : w->linter->txn.number;
    if (c->down)
        return;
    w->up_number = c->part_number;
    w->up_transaction = c->part_transaction;
}

static void begin_section(struct walk *w, const struct batch *b)
{
    struct tl_linter *l = w->linter;
    bool same_way = !b->begins_file && w->was_down == b->section.down;
    bool goes_on = is_later_part(w, b);

    w->ctx.down = b->section.down;
    w->has_up |= !b->section.down;
    if (!b->section.down && (b->begins_file || w->was_down)) {
        w->up_path = b->input->path;
        w->ctx.up_from = l->statement;
    }
    w->was_down = b->section.down;
    if (!w->goes_down)
        w->down_mark = catalog_mark(l->catalog);
    w->goes_down = b->section.down;
    if (!b->section.goes_on) {
        catalog_reset_search_path(l->catalog);
        txn_begin_file(&l->txn, wrap_of(l, b), catalog_mark(l->catalog));
    }
    if (!same_way)
        begin_part(w, goes_on);
}

static void call_file_end(struct tl_ctx *c, const struct tl_rule *r,
                          const void *arg)
{
    (void)arg;
    r->on_file_end(c);
}

static void call_down_end(struct tl_ctx *c, const struct tl_rule *r,
                          const void *arg)
{
    (void)arg;
    r->on_down_end(c);
}

static void judge_down(struct walk *w, const struct batch *b)
{
    struct tl_linter *l = w->linter;

    if (w->ctx.muted || !w->up_path ||
        !layout_is_same_migration(w->up_path, b->input->path))
        return;
    w->ctx.unit = NULL;
    w->ctx.input = b->input;
    w->ctx.scratch = &l->scratch;
    judge_list(&w->ctx, l->dispatch.on_down_end, call_down_end, NULL);
    arena_clear(&l->scratch);
}

/* What a way down does is judged, but it did not happen. It may have several
   parts, each after the other. */
static void end_section(struct walk *w, const struct batch *b)
{
    if (!b->section.down) {
        w->ctx.up_to = w->linter->statement;
        return;
    }
    if (!b->ends_down)
        return;
    judge_down(w, b);
    catalog_rollback(w->linter->catalog, w->down_mark);
    w->goes_down = false;
}

static void end_file(struct walk *w, const struct batch *b)
{
    struct tl_linter *l = w->linter;

    /* What is there before all that is reported has nothing to say of it. */
    if (!w->has_up || (w->ctx.muted && b->input->goes_first))
        return;
    w->ctx.unit = NULL;
    w->ctx.down = false;
    w->ctx.scratch = &l->scratch;
    w->ctx.reindexed = catalog_reindexed(l->catalog, w->ctx.file_number,
                                         &l->scratch, &w->ctx.n_reindexed);
    judge_list(&w->ctx, l->dispatch.on_file_end, call_file_end, NULL);
    arena_clear(&l->scratch);
}

/* What goes through the rows of a table that has none takes an instant. */
static void spare_empty(const struct walk *w, struct tl_op *op,
                        struct tl_schema before)
{
    const struct tl_relation *r = tl_find_relation(before, op->table, NULL);
    const struct tl_index *x =
        r && r->kind == TL_INDEX ? tl_find_index(before, op->table) : NULL;
    uint32_t from = w->ctx.part_number;

    /* What these read is another table. */
    if (op->kind == TL_OP_ATTACH_PARTITION || op->kind == TL_OP_CREATE_TABLE)
        return;
    if (x)
        r = tl_relation_by_id(before, x->relation);
    if (!r || r->uncertain || r->dead_rows ||
        (r->emptied <= from && r->proved_empty <= from))
        return;
    op->effect.no_rows = true;
    op->effect.rewrite = op->effect.scan = op->effect.index_build = false;
}

/* Where the op stands, and what it would do to the schema that it meets. */
static void settle_op(const struct walk *w, const struct unit *u,
                      struct tl_op *op, struct tl_schema before)
{
    const struct tl_linter *l = w->linter;

    op->span.start =
        text_map_offset(&u->map, u->input->source.text, (size_t)op->span.start);
    op->span.end =
        text_map_offset(&u->map, u->input->source.text, (size_t)op->span.end);
    op->span.source = u->input->source.id;
    effect_settle(op, before);
    struct effect_server server = {choice_options(l, u->input)->pg_version,
                                   l->txn.settings.now.utc};
    struct tl_str column = op->column;

    op->column = ctx_column_name(&w->ctx, op, before);
    op->effect = effect_of(op, before, server);
    op->column = column;
    if (op->table.name.n)
        spare_empty(w, op, before);
}

/* What an UPDATE or DELETE reads depends on the indexes that there are. */
static void settle_scan(struct walk *w, struct tl_op *op)
{
    if (!op->effect.no_rows && reads_whole(&w->ctx, op))
        op->effect.scan = true;
}

static void fold_op(struct walk *w, const struct unit *u, struct tl_op *op)
{
    struct tl_linter *l = w->linter;
    struct apply_context at = {.statement = l->statement,
                               .file = u->input->source.id};
    size_t rollback_to = 0;
    /* An op meets what the ones before it in the statement made. */
    struct tl_schema before = catalog_at(l->catalog, l->statement);

    settle_op(w, u, op, before);
    /* Who waits for it, somebody may ask of a transaction. */
    if (txn_is_open(&l->txn) || l->options.record_steps)
        settle_scan(w, op);
    /* A savepoint's name outlives its statement. */
    if (op->kind == TL_OP_SAVEPOINT)
        op->name = arena_str(&l->arena, op->name);
    enum txn_event event =
        txn_op(&l->txn, op, catalog_mark(l->catalog), &rollback_to);
    if (event == TXN_ROLLED_BACK || event == TXN_ROLLED_BACK_TO)
        catalog_rollback(l->catalog, rollback_to);
    if (event == TXN_ROLLED_BACK_TO)
        taken_release(l, txn_savepoint_now(&l->txn)->at);
    taken_add(&w->ctx, op, before);
    unmake_note(&w->ctx, op, before);
    at.transaction = l->txn.number;
    catalog_apply(l->catalog, op, &at);
    if (op->kind == TL_OP_DO && (!u->has_body || u->body_is_dynamic))
        catalog_taint(l->catalog, u->text, &at);
}

static void taint(struct tl_linter *l, const struct unit *u)
{
    struct apply_context at = {.statement = l->statement,
                               .file = u->input->source.id,
                               .transaction = l->txn.number};

    catalog_taint(l->catalog, u->text, &at);
}

static void create_unread(struct tl_linter *l, const struct unit *u)
{
    struct apply_context at = {.statement = l->statement,
                               .file = u->input->source.id,
                               .transaction = l->txn.number};

    catalog_create_unread(l->catalog, u->text, &at);
}

static void begin_unit(struct walk *w, struct unit *u)
{
    w->linter->statement++;
    w->ctx.unit = u;
    w->ctx.scope = NULL;
    w->ctx.has_predicates = false;
    w->ctx.scratch = u->arena;
    masks_read(w->linter, u);
}

/* Makes what its guard asked for: whether or not it runs, the thing is there
   afterwards (or gone). */
static bool is_settled_by_guard(const struct tl_op *op, enum plpgsql_runs runs)
{
    switch (op->kind) {
    case TL_OP_CREATE_SCHEMA:
    case TL_OP_CREATE_TABLE:
    case TL_OP_CREATE_TABLE_AS:
    case TL_OP_ADD_COLUMN:
    case TL_OP_ADD_CONSTRAINT:
    case TL_OP_CREATE_INDEX:
    case TL_OP_CREATE_VIEW:
    case TL_OP_CREATE_MATVIEW:
    case TL_OP_CREATE_SEQUENCE:
    case TL_OP_CREATE_TYPE:
    case TL_OP_CREATE_ENUM:
    case TL_OP_CREATE_DOMAIN:
    case TL_OP_ADD_ENUM_VALUE:
        return runs == PLPGSQL_UNLESS_THERE;
    case TL_OP_DROP_SCHEMA:
    case TL_OP_DROP_TABLE:
    case TL_OP_DROP_COLUMN:
    case TL_OP_DROP_CONSTRAINT:
    case TL_OP_DROP_INDEX:
    case TL_OP_DROP_VIEW:
    case TL_OP_DROP_SEQUENCE:
    case TL_OP_DROP_TYPE:
        return runs == PLPGSQL_IF_THERE;
    default:
        return false;
    }
}

/* Is what the op would make there already? Its guard then passes it by. */
static bool is_there(struct tl_schema s, const struct tl_op *op)
{
    const struct tl_relation *rel = tl_find_relation(s, op->table, NULL);

    switch (op->kind) {
    case TL_OP_ADD_COLUMN:
        return rel && tl_find_column(s, rel, op->columns[0].name);
    case TL_OP_ADD_CONSTRAINT:
        return rel && tl_find_constraint(s, rel, op->constraints[0].name);
    case TL_OP_CREATE_INDEX:
        return tl_find_index(s,
                             (struct tl_name){rel ? rel->name.schema : TL_NONE,
                                              op->index->name});
    default:
        return rel != NULL;
    }
}

static bool is_rename(const struct tl_op *op)
{
    return op->kind == TL_OP_RENAME_TABLE || op->kind == TL_OP_RENAME_COLUMN;
}

static bool renames_something(struct tl_schema s, const struct tl_op *op)
{
    const struct tl_relation *rel = tl_find_relation(s, op->table, NULL);
    const struct tl_name to = {op->table.schema, op->new_name};

    if (rel && op->kind == TL_OP_RENAME_TABLE)
        return !tl_find_relation(s, to, NULL);
    return rel && tl_find_column(s, rel, op->column) &&
           !tl_find_column(s, rel, op->new_name);
}

static void take_block_op(struct walk *w, struct unit *u, struct tl_op *op)
{
    struct tl_linter *l = w->linter;
    struct tl_schema before = catalog_at(l->catalog, l->statement);

    if (u->runs == PLPGSQL_ALWAYS) {
        fold_op(w, u, op);
    } else if (is_settled_by_guard(op, u->runs) &&
               !(u->runs == PLPGSQL_UNLESS_THERE && is_there(before, op))) {
        op->if_exists |= u->runs == PLPGSQL_IF_THERE;
        fold_op(w, u, op);
    } else if (u->runs != PLPGSQL_PERHAPS && is_rename(op) &&
               renames_something(before, op)) {
        /* So it does as far as the history goes, which may not be all. */
        fold_op(w, u, op);
        taint(l, u);
    } else {
        settle_op(w, u, op, before);
        if (op->kind == TL_OP_RENAME_COLUMN)
            w->ctx.renamed = op;
        if (l->options.record_steps) {
            settle_scan(w, op);
            taken_perhaps(&w->ctx, op, before);
        }
        if (!is_settled_by_guard(op, u->runs))
            taint(l, u);
    }
}

/* Does nothing stand between the two, so that both run or none? */
static bool follows(const struct unit *u, const struct unit *last)
{
    const char *end = last->text.p + last->text.n;

    if (u->text.p < end)
        return false;
    struct tl_str between = {end, (size_t)(u->text.p - end)};
    struct lex l = lex_at(between, 0);
    struct lex_token t = lex_next_code(&l);

    while (lex_is_punct(&l, t, ';'))
        t = lex_next_code(&l);
    return t.kind == LEX_END;
}

/* A DO block's statements happen now, one after the other, as far as they are
   certain to; a function's are queries of a time to come. */
static void take_body(struct walk *w, struct unit *parent)
{
    struct tl_linter *l = w->linter;

    for (uint32_t i = 0; i < parent->n_body; i++) {
        struct unit *u = &parent->body[i];

        begin_unit(w, u);
        if (i == 0 || !follows(u, &parent->body[i - 1]))
            w->ctx.renamed = NULL;
        w->ctx.in_block = u->place == TL_IN_MIGRATION;
        if (!u->parse.ok && w->ctx.in_block)
            taint(l, u);
        for (uint32_t k = 0; u->parse.ok && k < u->ops.n; k++)
            take_block_op(w, u, &u->ops.ops[k]);
        if (l->options.record_steps && w->ctx.in_block && !w->ctx.muted)
            step_add_inner(&w->ctx);
        judge_unit(l, &w->ctx);
        if (u->in_function && u->parse.ok)
            mention_note(&w->ctx);
        else if (u->in_function)
            mention_words(l, u->text);
    }
    w->ctx.in_block = false;
    w->ctx.renamed = NULL;
}

/* What a view or a function asks for, it asks whenever it is used. */
static void note_lasting(struct walk *w, const struct unit *u)
{
    const struct tl_node *root = u->parse.tree.nodes;

    if (u->parse.tree.count == 0)
        return;
    if (root->kind == TL_KIND(VIEW_STMT) ||
        root->kind == TL_KIND(CREATE_TABLE_AS_STMT))
        mention_note(&w->ctx);
    else if (root->kind == TL_KIND(CREATE_FUNCTION_STMT) &&
             (!u->has_body || u->body_is_dynamic))
        mention_words(w->linter, u->text);
}

static void take_unit(struct walk *w, struct unit *u)
{
    struct tl_linter *l = w->linter;
    struct statement_range range = {u->map.base, u->map.base + u->text.n,
                                    l->statement + 1 + u->n_body};

    begin_unit(w, u);
    txn_next_statement(&l->txn);
    vec_push(&u->input->statements, range);
    if (!u->parse.ok) {
        /* Whatever it names is no longer what the catalog thinks. */
        taint(l, u);
        create_unread(l, u);
        syntax_report(l, &w->ctx);
        return;
    }
    uint32_t transaction = l->txn.number;
    bool was_open = txn_is_open(&l->txn);

    for (uint32_t i = 0; i < u->ops.n; i++)
        fold_op(w, u, &u->ops.ops[i]);
    /* A COMMIT belongs to what it ends, a BEGIN to what it begins. */
    if (l->options.record_steps && !w->ctx.muted)
        step_add(&w->ctx, was_open ? transaction : l->txn.number);
    judge_unit(l, &w->ctx);
    note_lasting(w, u);
    take_body(w, u);
}

/* The migrations that follow begin without what it made. */
static void leave_snapshot(struct walk *w)
{
    capture_judge_end(w->linter);
    catalog_rollback(w->linter->catalog, w->file_mark);
}

static void take_batch(struct walk *w, struct batch *b)
{
    w->linter->timing.parse += b->parse_seconds;
    w->ctx.layout = b->layout;
    w->ctx.section = &b->section;
    w->ctx.muted = b->input->context_only;
    if (b->begins_file) {
        w->ctx.file_number = w->linter->statement;
        w->file_mark = catalog_mark(w->linter->catalog);
        w->has_up = false;
        taken_clear(w->linter);
    }
    if (b->begins_section)
        begin_section(w, b);
    for (size_t i = 0; i < b->units.n; i++)
        take_unit(w, &b->units.v[i]);
    if (b->ends_section)
        end_section(w, b);
    if (b->ends_file) {
        end_file(w, b);
        if (b->input->snapshot)
            leave_snapshot(w);
        layout_release(b->layout);
    }
}

static void release_cutter(struct cutter *c)
{
    for (size_t i = 0; i < c->free_batches.n; i++) {
        arena_release(&c->free_batches.v[i]->arena);
        vec_release(&c->free_batches.v[i]->units);
        mem_free(c->free_batches.v[i]);
    }
    vec_release(&c->free_batches);
    split_release(&c->list);
    arena_release(&c->masks);
}

/* A machine with one core gains nothing from a second thread, and one file of
   a few statements nothing from any: parse on this thread then. */
static bool worth_threads(const struct tl_linter *l)
{
    size_t bytes = 0;

    for (size_t i = 0; i < l->inputs.n; i++)
        if (l->inputs.v[i]->kind == INPUT_MIGRATION)
            bytes += l->inputs.v[i]->source.text.n;
    return l->options.threads > 1 && bytes > 2 * BATCH_BYTES;
}

static void run_here(struct cutter *c, struct walk *w)
{
    for (struct batch *b; (b = cut(c));) {
        parse_batch(b, NULL);
        take_batch(w, b);
        vec_push(&c->free_batches, b);
    }
}

/* False when there are no threads: nothing is done then. */
static bool run_pool(struct cutter *c, struct walk *w)
{
    /* This thread folds and judges, which is a tenth of the work; the others
       parse, as many as there are cores. */
    unsigned threads = w->linter->options.threads;
    struct pool_config config = {.threads = threads,
                                 .stack_size = PARSE_STACK,
                                 .window = (size_t)threads * 32,
                                 .work = parse_batch,
                                 .thread_end = thread_end};
    struct pool *p = pool_create(&config);

    if (!p)
        return false;
    struct batch *next = cut(c);
    while (next || pool_pending(p)) {
        while (next && pool_submit(p, next))
            next = cut(c);
        struct batch *done = pool_take(p);
        if (!done)
            continue;
        take_batch(w, done);
        vec_push(&c->free_batches, done);
    }
    pool_destroy(p);
    return true;
}

void migrate_run(struct tl_linter *l)
{
    struct cutter c = {.linter = l};
    struct walk w = {.linter = l, .ctx = {.linter = l}};

    arena_init(&c.masks, 0);
    if (!worth_threads(l) || !run_pool(&c, &w))
        run_here(&c, &w);
    release_cutter(&c);
}
