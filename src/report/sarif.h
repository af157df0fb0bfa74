/*
 * sarif.h - the parts of a SARIF log that do not depend on single results.
 */
#ifndef REPORT_SARIF_H
#define REPORT_SARIF_H

#include "base/json.h"
#include "report/report.h"

/* "key": {"text": ...} */
void sarif_text(struct json *, const char *key, struct tl_str text);

/* The driver with all rules that are on. */
void sarif_tool(struct json *, const struct report_run *);
/* Its place among the driver's rules. */
size_t sarif_rule_index(const struct report_run *, const struct tl_rule *);
/* The same among what is told about the run itself. */
size_t sarif_notification_index(const struct report_run *,
                                const struct tl_rule *);

/* "logicalLocations": what the finding is about, the part before the whole;
   nothing when it is about no object. */
void sarif_logical(struct json *, const struct tl_finding *);

/* The files that results speak of, in the order of the run. */
struct sarif_artifacts {
    size_t *index; /* by source; SIZE_MAX: not spoken of */
    size_t n;
};

void sarif_artifacts_init(struct sarif_artifacts *, const struct report_run *,
                          struct tl_finding *const *results, size_t n);
void sarif_artifacts_release(struct sarif_artifacts *);
void sarif_artifacts_write(struct json *, const struct sarif_artifacts *,
                           const struct report_run *);
void sarif_artifact_location(struct json *, const struct sarif_artifacts *,
                             const struct source *);

#endif
