/*
 * analysis.h - one run over a document and the history that it is part of.
 */
#ifndef LSP_ANALYSIS_H
#define LSP_ANALYSIS_H

#include "base/arena.h"
#include "lsp/session.h"

struct analysis {
    struct config *config; /* what the linter's options are from; NULL */
    struct tl_linter *linter;
    uint32_t source;  /* the document's; none where the configuration leaves it
                         out: UINT32_MAX */
    struct text text; /* as it was analysed */
    uint64_t revision;
    struct arena arena; /* copies of what open documents hold */
};

/* Of the document as it is now; made when there is none. NULL with a message
   when the options are wrong. It lives until the next one is asked for. */
struct analysis *analysis_of(struct session *, struct document *,
                             struct tl_error *);
/* One of another text in the document's place, for analysis_free(). */
struct analysis *analysis_of_text(struct session *, struct document *,
                                  struct tl_str text, struct tl_error *);
void analysis_free(struct analysis *); /* NULL is fine */

#endif
