/*
 * ahead.h - what a part of a file does, by name: filled from its text by
 * ahead_read.c, asked by ahead.c.
 */
#ifndef TUSKLINT_LINT_AHEAD_H
#define TUSKLINT_LINT_AHEAD_H

#include "lint/linter.h"

#include "sql/lex.h"

enum ahead_kind {
    AHEAD_MADE,  /* CREATE TABLE, VIEW ... name */
    AHEAD_TABLE, /* CREATE TABLE name, not of a temporary one */
    AHEAD_ADDED,
    AHEAD_KEY,         /* ALTER TABLE name ... PRIMARY KEY */
    AHEAD_DROPPED,     /* DROP ... IF EXISTS name */
    AHEAD_DOOMED,      /* DROP TABLE name, name */
    AHEAD_INDEX,       /* CREATE INDEX name */
    AHEAD_REFERRED,    /* REFERENCES name */
    AHEAD_UPDATED,     /* UPDATE name: the first place */
    AHEAD_DOOMED_TYPE, /* DROP TYPE name, DROP DOMAIN name */
    /* ALTER TABLE name ... ADD column NOT NULL, no DEFAULT: the column's place,
       by the table's name. */
    AHEAD_REQUIRED,
    /* Of columns; what is added to the kind tells the tables apart. */
    AHEAD_RENAMED_TO, /* ALTER TABLE ... RENAME [COLUMN] ... TO name */
    AHEAD_FOREIGN,    /* ALTER TABLE ... FOREIGN KEY (name, name) */
    AHEAD_PRIMARY,    /* ALTER TABLE ... PRIMARY KEY (name, name) */
    AHEAD_COLUMN,     /* ALTER TABLE ... ADD [COLUMN] name */
    AHEAD_IN_UNIQUE,  /* The same, and of several columns */
    AHEAD_UNIQUE,     /* ALTER TABLE ... UNIQUE (name); CREATE UNIQUE INDEX */
};

/* ALTER TABLE name, in a form that lets nobody read: one kind for each
   transaction, by the ends before it. */
#define AHEAD_SHUT(n) (UINT64_C(1) << 32 | (uint64_t)(n))

struct ahead_slot {
    uint64_t hash; /* of kind and name; 0: free */
    size_t at;     /* the last place; of some kinds the first */
};

struct ahead {
    uint32_t source;
    size_t start; /* of the part */
    bool read;    /* the slots are filled */
    bool drops;   /* the part may drop a table */
    bool renames; /* ... or rename something */
    struct ahead_slot *slots;
    size_t size; /* a power of two */
    size_t n;
    VEC(size_t) ends;     /* of transactions, in order */
    struct ahead *blocks; /* what DO blocks do, of which a branch may not run;
                             NULL: there are none */
};

void ahead_free(struct ahead *);

/* Of a kind and a name, never 0. */
uint64_t ahead_hash(uint64_t kind, struct tl_str name);
/* Where a hash is kept, or would be; the table must not be empty. */
struct ahead_slot *ahead_slot_of(struct ahead_slot *slots, size_t size,
                                 uint64_t hash);
/* Reads text[start, end) into it. */
void ahead_read(struct ahead *, struct tl_str text, size_t start, size_t end);
/* Behind ADD, or at the column's name: is it a column that must not be NULL,
   and has no value? */
bool ahead_adds_required(struct lex);
bool ahead_is_any(const struct lex *, struct lex_token,
                  const char *const *words);

#endif
