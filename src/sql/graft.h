/*
 * graft.h - the parser's tree, taken before it is packed.
 *
 * libpg_query builds a tree of protobuf-c structs, packs it into bytes and
 * frees it; whoever wants the tree unpacks the bytes into the same structs.
 * That costs four times what parsing does. In a shared libpg_query the calls
 * to its own packing functions go through the dynamic linker, so the
 * definitions in graft.c take their place and copy the tree instead; the
 * program, which has the archive in it, asks the linker for them (--wrap, see
 * the Makefile). Who links the archive without asking gets libpg_query's own:
 * then there is no graft, and the bytes are there to be unpacked.
 */
#ifndef SQL_GRAFT_H
#define SQL_GRAFT_H

#include "base/arena.h"

#include <tusklint/tree.h>

/* What libpg_query packs on this thread from now on is copied to the arena and
   not packed. Calls come in pairs, around one parse. */
void graft_begin(struct arena *);
/* The copy, or NULL when nothing was packed or libpg_query packed it itself. */
const PgQuery__ParseResult *graft_end(void);

/* What is called in place of libpg_query's pg_query__parse_result__...():
   the bytes that packing takes, and how many were written. */
size_t graft_packed_size(const PgQuery__ParseResult *);
size_t graft_pack(const PgQuery__ParseResult *, uint8_t *out);

#endif
