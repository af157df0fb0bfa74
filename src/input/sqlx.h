/*
 * sqlx.h - the queries that SQLx keeps for builds without a database.
 *
 * `cargo sqlx prepare` writes .sqlx/query-HASH.json, an object for each query;
 * before 0.7 one sqlx-data.json held them all, by their hashes. They are what
 * the application may send, not what it sent: a query file, no capture.
 */
#ifndef INPUT_SQLX_H
#define INPUT_SQLX_H

#include "base/arena.h"
#include "input/textmap.h"

struct sqlx_sink {
    void (*query)(void *arg, struct tl_str sql, struct text_map);
    void (*error)(void *arg, uint64_t start, uint64_t end, const char *message);
    void *arg;
};

/* Does the path lie in a folder of SQLx's, whatever its file is? */
bool sqlx_is_folder_path(const char *path);
/* query-*.json in that folder, or sqlx-data.json. */
bool sqlx_is_path(const char *path);
/* By what its beginning holds; `path` helps where that is not enough. */
bool sqlx_sniff(const char *path, struct tl_str head);
/* The queries' texts are in the arena. Those for another database than
   PostgreSQL are passed over. */
void sqlx_read(struct tl_str file, struct arena *, const struct sqlx_sink *);

#endif
