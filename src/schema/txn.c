/*
 * txn.c - follows BEGIN, COMMIT, ROLLBACK and savepoints through a script.
 */
#include "schema/txn.h"

void txn_init(struct txn *t)
{
    *t = (struct txn){.number = 1};
    settings_init(&t->settings.now);
    settings_init(&t->settings.outer);
}

void txn_release(struct txn *t)
{
    vec_release(&t->savepoints);
}

bool txn_is_open(const struct txn *t)
{
    return t->wrapped || t->explicit_block;
}

const struct txn_savepoint *txn_savepoint_now(const struct txn *t)
{
    return t->savepoints.n ? &t->savepoints.v[t->savepoints.n - 1] : NULL;
}

void txn_begin_file(struct txn *t, enum txn_wrap wrap, size_t mark)
{
    vec_clear(&t->savepoints);
    t->by_tool = wrap == TXN_WRAPPED;
    t->wrapped = wrap != TXN_BARE;
    t->implicit = wrap == TXN_IMPLICIT;
    t->explicit_block = false;
    t->failed_nesting = false;
    settings_init(&t->settings.now);
    settings_init(&t->settings.outer);
    t->before = t->settings;
    t->number++;
    t->mark = mark;
    t->begin = (struct tl_span){0, 0, 0};
}

void txn_next_statement(struct txn *t)
{
    t->failed_nesting = false;
    if (!txn_is_open(t))
        t->number++;
}

static enum txn_event begin(struct txn *t, const struct tl_op *op, size_t mark)
{
    if (t->implicit && !t->explicit_block) {
        /* The implicit block becomes a regular one, from its start on. */
        t->explicit_block = true;
        t->begin = op->span;
        return TXN_NONE;
    }
    if (txn_is_open(t)) {
        t->failed_nesting = true; /* PostgreSQL warns and goes on */
        return TXN_NONE;
    }
    t->explicit_block = true;
    t->number++;
    t->mark = mark;
    t->before = t->settings;
    t->begin = op->span;
    vec_clear(&t->savepoints);
    return TXN_BEGAN;
}

/* A COMMIT inside a file that the tool wraps ends the tool's transaction. */
static enum txn_event end(struct txn *t, const struct tl_op *op, size_t mark,
                          enum txn_event event, size_t *rollback_to)
{
    if (!txn_is_open(t)) {
        t->failed_nesting = true;
        return TXN_NONE;
    }
    if (!t->explicit_block && !t->implicit)
        t->failed_nesting = true;
    *rollback_to = t->mark;
    vec_clear(&t->savepoints);
    t->number++;
    if (event == TXN_ROLLED_BACK)
        t->settings.outer = t->before.outer;
    t->settings.now = t->settings.outer;
    t->before = t->settings;
    t->wrapped = t->implicit;
    t->explicit_block = op->chain;
    t->begin = op->span;
    t->mark = event == TXN_ROLLED_BACK ? t->mark : mark;
    return event;
}

static size_t find_savepoint(const struct txn *t, struct tl_str name)
{
    for (size_t i = t->savepoints.n; i > 0; i--)
        if (tl_str_eq(t->savepoints.v[i - 1].name, name))
            return i;
    return 0;
}

static enum txn_event savepoint(struct txn *t, const struct tl_op *op,
                                size_t mark)
{
    if (!txn_is_open(t)) {
        t->failed_nesting = true;
        return TXN_NONE;
    }
    if (!tl_str_is(op->value, "release")) {
        vec_push(&t->savepoints,
                 (struct txn_savepoint){op->name, mark, op->span, t->settings});
        return TXN_NONE;
    }

    size_t at = find_savepoint(t, op->name);

    if (at > 0)
        t->savepoints.n = at - 1;
    return TXN_NONE;
}

/* The savepoint itself stays: one can go back to it again. */
static enum txn_event back_to(struct txn *t, const struct tl_op *op,
                              size_t *rollback_to)
{
    size_t at = find_savepoint(t, op->name);

    if (at == 0)
        return TXN_NONE;
    *rollback_to = t->savepoints.v[at - 1].mark;
    t->settings = t->savepoints.v[at - 1].settings;
    t->savepoints.n = at;
    return TXN_ROLLED_BACK_TO;
}

static void setting(struct txn *t, const struct tl_op *op)
{
    if (op->local && !txn_is_open(t))
        return; /* PostgreSQL warns, and nothing is set */
    settings_take(&t->settings.now, op);
    if (!op->local)
        settings_take(&t->settings.outer, op);
}

enum txn_event txn_op(struct txn *t, const struct tl_op *op, size_t mark,
                      size_t *rollback_to)
{
    switch (op->kind) {
    case TL_OP_BEGIN:
        return begin(t, op, mark);
    case TL_OP_COMMIT:
        return end(t, op, mark, TXN_COMMITTED, rollback_to);
    case TL_OP_ROLLBACK:
        if (tl_str_is(op->value, "to savepoint"))
            return back_to(t, op, rollback_to);
        return end(t, op, mark, TXN_ROLLED_BACK, rollback_to);
    case TL_OP_SAVEPOINT:
        return savepoint(t, op, mark);
    case TL_OP_SET:
    case TL_OP_RESET:
        setting(t, op);
        return TXN_NONE;
    default:
        return TXN_NONE;
    }
}
