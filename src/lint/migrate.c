/*
 * migrate.c - migrations, folded and judged in order.
 *
 * Pool threads cut and parse (cut.h); this one takes what they made in the
 * order of the files. Only it sees catalog and rules, so neither needs a lock
 * and output does not depend on the number of threads. It parses, too, while
 * nothing is there to be judged.
 */
#include "base/pool.h"
#include "lint/cache.h"
#include "lint/cut.h"
#include "lint/linter.h"
#include "schema/effect.h"
#include "sql/lex.h"

#include <string.h>

/* Bytes of SQL from which another thread pays. */
#define WORTH_THREADS ((size_t)64 << 10)
/* ... that are cut and parsed at once. Trees are thirty times as large, and
   want to stay in a core's cache. */
#define LOAD_BYTES ((size_t)16 << 10)
#define LONE_LOAD_BYTES ((size_t)8 << 10)

static void thread_end(void *state)
{
    (void)state;
    parse_thread_end();
}

struct walk {
    struct tl_linter *linter;
    struct tl_ctx ctx;
    /* Of the last part that went up, and where that began; in `ctx` it is what
       goes on into the next file. */
    struct walk_state state;
    size_t down_mark; /* the catalog before a way down */
    size_t file_mark; /* ... and before the file */
    bool goes_down;   /* ... which is being read, or was last */
    bool was_down;
    bool has_up; /* the file has a part that goes up */
};

static enum txn_wrap wrap_of(const struct tl_linter *l, const struct part *b)
{
    bool assumed = choice_options(l, b->input)->assume_in_transaction &&
                   b->section.wrapped == TL_UNKNOWN;

    if (b->section.wrapped == TL_YES || assumed)
        return TXN_WRAPPED;
    return b->in_one_string ? TXN_IMPLICIT : TXN_BARE;
}

/* The file is one more of a migration whose ways down may stand between. */
static bool is_later_part(const struct walk *w, const struct part *b)
{
    return b->begins_file && !b->section.down && w->state.up &&
           b->layout->tool && strcmp(b->layout->tool, "pop") == 0 &&
           layout_are_pop_parts(w->state.up->path, b->input->path);
}

static void begin_part(struct walk *w, bool goes_on)
{
    struct tl_ctx *c = &w->ctx;

    c->part_goes_on = goes_on;
    c->part_number = goes_on ? w->state.up_number : w->linter->statement;
    c->part_transaction =
        goes_on ? w->state.up_transaction : w->linter->txn.number;
    if (c->down)
        return;
    w->state.up_number = c->part_number;
    w->state.up_transaction = c->part_transaction;
}

static void begin_section(struct walk *w, const struct part *b)
{
    struct tl_linter *l = w->linter;
    bool same_way = !b->begins_file && w->was_down == b->section.down;
    bool goes_on = is_later_part(w, b);

    w->ctx.down = b->section.down;
    w->has_up |= !b->section.down;
    if (!b->section.down && (b->begins_file || w->was_down)) {
        w->state.up = b->input;
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

static void judge_down(struct walk *w, const struct part *b)
{
    struct tl_linter *l = w->linter;

    if (w->ctx.muted || !w->state.up ||
        !layout_is_same_migration(w->state.up->path, b->input->path))
        return;
    w->ctx.unit = NULL;
    w->ctx.input = b->input;
    w->ctx.scratch = &l->scratch;
    judge_list(&w->ctx, l->dispatch.on_down_end, call_down_end, NULL);
    arena_clear(&l->scratch);
}

/* What a way down does is judged, but it did not happen. It may have several
   parts, each after the other. */
static void end_section(struct walk *w, const struct part *b)
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

static void end_file(struct walk *w, const struct part *b)
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

/* A DO block's statements happen now, one after the other, as far as they are
   certain to; a function's are queries of a time to come. */
static void take_body(struct walk *w, struct unit *parent)
{
    struct tl_linter *l = w->linter;

    for (uint32_t i = 0; i < parent->n_body; i++) {
        struct unit *u = &parent->body[i];

        begin_unit(w, u);
        if (!u->goes_on)
            w->ctx.renamed = NULL;
        w->ctx.in_block = u->place == TL_IN_MIGRATION;
        if (!u->parse.ok && w->ctx.in_block)
            taint(l, u);
        if (!u->parse.ok)
            syntax_report(l, &w->ctx);
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

static void pass_file(struct walk *w, uint32_t input)
{
    w->state.up_from = w->ctx.up_from;
    w->state.up_to = w->ctx.up_to;
    cache_pass(w->linter, &w->state, input);
}

static void take_part(struct walk *w, const struct load *load,
                      const struct part *b)
{
    w->ctx.layout = b->layout;
    w->ctx.section = &b->section;
    w->ctx.muted = b->input->context_only;
    if (b->begins_file) {
        pass_file(w, b->input->source.id);
        w->ctx.file_number = w->linter->statement;
        if (!w->ctx.muted && !w->linter->shown_from)
            w->linter->shown_from = w->linter->statement + 1;
        w->file_mark = catalog_mark(w->linter->catalog);
        w->has_up = false;
        taken_clear(w->linter);
        head_take(w->linter, b->input, b->layout, w->ctx.muted);
    }
    if (b->begins_section)
        begin_section(w, b);
    for (size_t i = 0; i < b->n_units; i++)
        take_unit(w, &load->units.v[b->first_unit + i]);
    if (b->ends_section)
        end_section(w, b);
    if (b->ends_file) {
        end_file(w, b);
        if (b->input->snapshot)
            leave_snapshot(w);
        layout_release(b->layout);
    }
}

static void take_load(struct walk *w, const struct load *load)
{
    w->linter->timing.parse += load->seconds;
    for (size_t i = 0; i < load->parts.n; i++)
        take_part(w, load, &load->parts.v[i]);
}

/* A machine with one core gains nothing from a second thread, and one file of
   a few statements nothing from any. */
static unsigned helpers(const struct tl_linter *l, size_t first)
{
    size_t bytes = 0;

    for (size_t i = first; i < l->inputs.n; i++)
        if (l->inputs.v[i]->kind == INPUT_MIGRATION)
            bytes += input_length(l->inputs.v[i]);
    return bytes > WORTH_THREADS ? l->options.threads - 1 : 0;
}

/* Loading is this thread's business, cutting is not. */
static void load_from(struct tl_linter *l, size_t first)
{
    for (size_t i = first; i < l->inputs.n; i++) {
        struct input *in = l->inputs.v[i];

        if (in->kind != INPUT_MIGRATION || !in->unread)
            continue;
        input_load(l, in);
        cache_confirm(l, in);
    }
}

static void run_from(struct walk *w, size_t first)
{
    struct tl_linter *l = w->linter;
    unsigned threads = helpers(l, first);
    struct cutter *c =
        cutter_create(l, first, threads ? LOAD_BYTES : LONE_LOAD_BYTES);
    struct pool_config config = {.threads = threads,
                                 .stack_size = PARSE_STACK,
                                 .window = threads ? threads * 8 : 1,
                                 .prepare = cutter_cut,
                                 .work = load_parse,
                                 .thread_end = thread_end};
    struct pool *p = pool_create(&config);
    bool more = true;

    do {
        while (more && pool_pending(p) < config.window)
            pool_submit(p, cutter_load(c));
        struct load *load = pool_take(p);
        more = more && load->parts.n;
        take_load(w, load);
        cutter_give_back(c, load);
    } while (more || pool_pending(p));
    pool_destroy(p);
    cutter_free(c);
}

void migrate_run(struct tl_linter *l)
{
    struct walk w = {.linter = l, .ctx = {.linter = l}};
    uint32_t first = cache_restore(l, &w.state);

    w.ctx.up_from = w.state.up_from;
    w.ctx.up_to = w.state.up_to;
    load_from(l, first);
    run_from(&w, first);
    pass_file(&w, (uint32_t)l->inputs.n);
}
