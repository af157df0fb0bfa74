/*
 * answers.h - the server's answers, one file a feature, and what they share.
 *
 * An answer writes exactly one message: a result, or an error when the params
 * are not what they should be.
 */
#ifndef LSP_ANSWERS_H
#define LSP_ANSWERS_H

#include "lsp/analysis.h"

#include <tusklint/finding.h>
#include <tusklint/rule.h>

/* Sends the document's diagnostics, to a client that does not ask for them. */
void diagnostics_publish(struct session *, struct document *);
/* An empty list, of a document that is closed. */
void diagnostics_clear(struct session *, const char *uri);

void diagnostics_answer(struct session *, const cJSON *id, const cJSON *params);
void actions_answer(struct session *, const cJSON *id, const cJSON *params);
void hover_answer(struct session *, const cJSON *id, const cJSON *params);
void definition_answer(struct session *, const cJSON *id, const cJSON *params);
void symbols_answer(struct session *, const cJSON *id, const cJSON *params);
void completion_answer(struct session *, const cJSON *id, const cJSON *params);

/* ---- for the answers ---- */

/* What a request is about. */
struct question {
    struct document *document;
    struct analysis *analysis;
    size_t start; /* of the position or range, in the analysed text */
    size_t end;
};

/* False when the question was answered already: with an error, or with null
   for a document that is not open. */
bool question_read(struct session *, const cJSON *id, const cJSON *params,
                   struct question *);

/* A diagnostic as an object. */
void put_diagnostic(struct session *, struct json *, const struct question *,
                    const struct tl_finding *);
/* Is a finding of the document's, that is shown in it? */
bool is_shown(const struct analysis *, const struct tl_finding *);

void put_range(struct json *, struct text *, size_t start, size_t end,
               enum encoding);
/* The value of "range", of a span in the document. */
void put_span(struct session *, struct json *, const struct question *,
              struct tl_span);
/* A Location, of a span in any source of the run. */
void put_location(struct session *, struct json *, const struct question *,
                  struct tl_span);
/* The URI of a source; lives until the next call for `out`. */
void put_uri(const struct session *, const struct question *, uint32_t source,
             struct buf *out);
/* Where the rule is explained. */
void put_rule_uri(const struct tl_rule *, struct buf *out);
/* Text from an input, made safe to show, lines kept. */
void show_text(struct buf *, struct tl_str);

#endif
