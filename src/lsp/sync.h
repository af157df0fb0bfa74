/*
 * sync.h - notifications: what the client tells of documents and files.
 *
 * A notification that makes no sense is passed over: nobody waits for an
 * answer.
 */
#ifndef LSP_SYNC_H
#define LSP_SYNC_H

#include "lsp/session.h"

void sync_open(struct session *, const cJSON *params);
void sync_change(struct session *, const cJSON *params);
void sync_save(struct session *, const cJSON *params);
void sync_close(struct session *, const cJSON *params);
void sync_watched(struct session *, const cJSON *params);
void sync_configuration(struct session *, const cJSON *params);
void sync_folders(struct session *, const cJSON *params);

#endif
