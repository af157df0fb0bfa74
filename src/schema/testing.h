/*
 * testing.h - folds SQL text into a catalog; for the tests of src/schema.
 */
#ifndef SCHEMA_TESTING_H
#define SCHEMA_TESTING_H

#include "schema/catalog.h"
#include "schema/decode.h"
#include "schema/effect.h"
#include "schema/txn.h"
#include "sql/parse.h"
#include "sql/split.h"

/* Sees an op with its effect, just before the catalog does. */
typedef void history_seen_fn(const struct tl_op *, struct tl_schema before,
                             void *arg);

struct history {
    struct arena arena;
    struct catalog *catalog;
    struct txn txn;
    struct effect_server server;
    uint32_t statement;
    history_seen_fn *seen;
    void *arg;
};

static inline void history_init(struct history *h, int version)
{
    *h = (struct history){.server = {version, false}};
    arena_init(&h->arena, 0);
    h->catalog = catalog_create();
    txn_init(&h->txn);
}

static inline void history_release(struct history *h)
{
    txn_release(&h->txn);
    catalog_destroy(h->catalog);
    arena_release(&h->arena);
}

static inline void history_fold(struct history *h, struct tl_op *op,
                                struct tl_str text)
{
    struct apply_context at = {.statement = h->statement, .file = 1};
    struct tl_schema before = catalog_at(h->catalog, h->statement);
    size_t rollback_to = 0;

    h->server.utc = h->txn.settings.now.utc;
    effect_settle(op, before);
    op->effect = effect_of(op, before, h->server);
    if (h->seen)
        h->seen(op, before, h->arg);

    enum txn_event event =
        txn_op(&h->txn, op, catalog_mark(h->catalog), &rollback_to);

    if (event == TXN_ROLLED_BACK || event == TXN_ROLLED_BACK_TO)
        catalog_rollback(h->catalog, rollback_to);
    at.transaction = h->txn.number;
    catalog_apply(h->catalog, op, &at);
    if (op->kind == TL_OP_DO)
        catalog_taint(h->catalog, text, &at);
}

/* The number of statements; one that does not parse fails the test. */
static inline uint32_t history_run(struct history *h, const char *sql)
{
    struct split_list list = {VEC_INIT};
    struct tl_str masked;
    uint32_t n;

    split_text(tl_str_c(sql), &h->arena, &list, &masked);
    n = (uint32_t)list.statements.n;
    for (size_t i = 0; i < list.statements.n; i++) {
        struct split_statement s = list.statements.v[i];
        struct tl_str text = {masked.p + s.start, s.end - s.start};
        struct parse_result r;
        struct op_list ops;
        bool several;

        parse_statement(text, &h->arena, &r, &several);
        if (!r.ok)
            fail_msg("%.*s: %.*s", TL_FMT(text), TL_FMT(r.message));
        decode_statement(&r.tree, text, &h->arena, &ops);
        h->statement++;
        txn_next_statement(&h->txn);
        for (uint32_t k = 0; k < ops.n; k++)
            history_fold(h, &ops.ops[k], text);
    }
    split_release(&list);
    return n;
}

static inline struct tl_schema history_now(const struct history *h)
{
    return catalog_at(h->catalog, h->statement);
}

#endif
