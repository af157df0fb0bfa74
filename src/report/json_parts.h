/*
 * json_parts.h - the objects that the JSON formats share.
 *
 * Each function writes the members; the caller begins and ends the object, and
 * may add members of its own. docs/schemas/ says what they are.
 */
#ifndef REPORT_JSON_PARTS_H
#define REPORT_JSON_PARTS_H

#include "base/json.h"
#include "report/report.h"

/* Offsets are bytes from 0, lines and columns count from 1, columns in code
   points; a place outside of the run has no path. */
void json_finding(struct json *, const struct report_run *,
                  const struct tl_finding *);
void json_query(struct json *, const struct report_run *,
                const struct tl_shape *);
/* What could not be read: the at-th failure. */
void json_failure(struct json *, const struct report_run *, size_t at);
/* What could not be analysed: see report_is_trouble(). */
void json_trouble(struct json *, const struct report_run *,
                  const struct tl_finding *);
void json_tool(struct json *, const struct report_run *);
void json_summary(struct json *, const struct report_run *);

#endif
