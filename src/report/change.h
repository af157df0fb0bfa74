/*
 * change.h - a fix as the lines it changes.
 */
#ifndef REPORT_CHANGE_H
#define REPORT_CHANGE_H

#include "report/excerpt.h"
#include "report/report.h"

/* What the lines are drawn with; "" without colour. */
struct change_style {
    struct excerpt_style excerpt;
    const char *removed;
    const char *added;
};

/*
 * Lines before (-) and after (+), a few of them. Nothing for edits of another
 * source than `home`, or of more text than a person would read.
 */
void change_write(struct buf *, struct source *home, const struct tl_fix *,
                  const struct change_style *);

#endif
