/*
 * plpgsql.h - the SQL statements inside a PL/pgSQL body, with their places.
 *
 * Reads the block structure by its keywords alone; expressions are passed
 * over. What PL/pgSQL adds to a statement (INTO target, PERFORM) is masked by
 * bytes of the same number, so that offsets stay those of the body.
 */
#ifndef SQL_PLPGSQL_H
#define SQL_PLPGSQL_H

#include "base/arena.h"
#include "base/vec.h"

enum plpgsql_runs {
    PLPGSQL_ALWAYS,
    PLPGSQL_UNLESS_THERE, /* IF NOT EXISTS (...), IF to_regclass('a') IS NULL,
                             WHEN duplicate_object */
    PLPGSQL_IF_THERE,     /* IF EXISTS (...), WHEN undefined_table */
    PLPGSQL_PERHAPS,      /* a branch, a loop, a handler */
};

struct plpgsql_statement {
    size_t start; /* in the body */
    size_t end;
    enum plpgsql_runs runs;
};

struct plpgsql {
    VEC(struct plpgsql_statement) statements;
    struct tl_str text; /* what to parse: masked, of the body's length */
    bool dynamic;       /* EXECUTE of something that is put together */
};

/* Clears `out` first; its text lives in the arena. Never fails: a body that is
   not understood to its end says `dynamic`. */
void plpgsql_read(struct tl_str body, struct arena *, struct plpgsql *out);
void plpgsql_release(struct plpgsql *);

#endif
