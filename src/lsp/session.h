/*
 * session.h - what one client and the server know of each other, and the
 * documents that are open.
 */
#ifndef LSP_SESSION_H
#define LSP_SESSION_H

#include "lsp/history.h"
#include "lsp/server.h"
#include "lsp/text.h"
#include "lsp/wire.h"

/* What the client can do with our answers. */
struct client {
    bool pulls; /* asks for diagnostics itself */
    bool refreshes;
    bool registers_watchers;
    bool shows_related;
    bool shows_tags;
    bool shows_links; /* codeDescription */
    bool versions_edits;
    bool prefers_fixes; /* isPreferred */
    bool nests_symbols;
    bool reads_markdown;
};

struct analysis;

struct document {
    char *uri;
    char *path; /* relative to `root`, if it lies in one */
    const char *root;
    bool on_disk; /* a file: URI; else it has no history */
    bool is_sql;  /* the client says so */
    int64_t version;
    bool has_version;
    struct text text;
    struct analysis *analysis; /* of the last revision asked for, or NULL */
    uint64_t shown;            /* the revision whose diagnostics were sent */
    bool edited;               /* since then: the user waits */
};

struct session {
    struct wire wire;
    const struct lsp_options *options;
    uint64_t told; /* which mistakes of configurations; 0: none */
    enum encoding encoding;
    struct client client;
    VEC(char *) roots; /* folders of the workspace, absolute */
    VEC(struct document *) documents;
    struct histories histories;
    struct tl_memo *memo; /* of their statements */
    /* Counts whatever an analysis depends on: edits, files, settings. */
    uint64_t revision;
};

void session_init(struct session *, const struct lsp_options *, int out);
void session_release(struct session *);

void session_add_root(struct session *, const char *uri);
void session_remove_root(struct session *, const char *uri);

/* NULL when no document of that URI is open; `uri` may be NULL. */
struct document *session_document(const struct session *, const char *uri);
/* Opens or replaces it. */
struct document *session_open(struct session *, const char *uri,
                              const char *language, struct tl_str text);
void session_close(struct session *, struct document *);
/* Something that answers depend on is another now. */
void session_changed(struct session *);

/* An absolute path: of the workspace's file, or as it is; into `out`. */
void session_full_path(const struct document *, const char *path,
                       struct buf *out);

#endif
