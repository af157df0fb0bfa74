/*
 * named.h - query files whose queries have names: sqlc, PgTyped, HugSQL,
 * aiosql.
 *
 * A comment names the query, and its parameters have names too, which the
 * tool replaces before the server sees them. Each is masked by a parameter of
 * the same length ("@name" by "$0001"), so that offsets stay those of the file
 * and a token ends where the user's does.
 */
#ifndef SQL_NAMED_H
#define SQL_NAMED_H

#include "base/arena.h"

enum named_style {
    NAMED_NONE,
    NAMED_SQLC,    /* -- name: GetAuthor :one; @id, sqlc.arg(id) */
    NAMED_PGTYPED, /* @name GetAuthor in a block comment; :id, :id! */
    NAMED_HUGSQL,  /* -- :name get-author :? :1; :id, :v:id, :i:table */
    NAMED_AIOSQL,  /* -- name: get_author^; :id. Chance writes it as well */
};

/* By the first comment that names a query; one of aiosql's is believed only
   when no other follows. Looks at the file's beginning. */
enum named_style named_style(struct tl_str text);
/* `text` itself for NAMED_NONE, else a copy of equal length in the arena. */
struct tl_str named_mask(struct tl_str text, enum named_style, struct arena *);

#endif
