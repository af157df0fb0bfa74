/*
 * lifecycle.h - the greeting: what the client can, what we can.
 */
#ifndef LSP_LIFECYCLE_H
#define LSP_LIFECYCLE_H

#include "lsp/session.h"

/* Reads the client's abilities and folders, and answers with ours. */
void lifecycle_initialize(struct session *, const cJSON *id,
                          const cJSON *params);
/* Asks the client to watch files for us, if it can. */
void lifecycle_initialized(struct session *);

#endif
