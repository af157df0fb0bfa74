/*
 * tags.h - what applications write into comments behind their queries.
 *
 * sqlcommenter (key='value') and marginalia (key:value) forms.
 */
#ifndef WORKLOAD_TAGS_H
#define WORKLOAD_TAGS_H

#include <tusklint/base.h>

struct query_tags {
    struct tl_str trace; /* the trace id of traceparent, or a request id */
    struct tl_str route; /* route, or action, still encoded */
    struct tl_str controller;
};

/*
 * Reads the comment that ends (or begins) the text, and gives the text
 * without it. A text without such a comment comes back as it is.
 */
struct tl_str tags_read(struct tl_str text, struct query_tags *out);
/* "GET%20%2Fauthors" to "GET /authors" in buf, cut at size; its length. */
size_t tags_decode(struct tl_str raw, char *buf, size_t size);

#endif
