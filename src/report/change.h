/*
 * change.h - a fix as the lines it changes.
 */
#ifndef REPORT_CHANGE_H
#define REPORT_CHANGE_H

#include "report/excerpt.h"
#include "report/report.h"

/* A line that the fix takes away or puts in its place. */
struct change_line {
    bool removed;
    uint32_t number;    /* of a removed one, in the source */
    struct tl_str text; /* may be long */
    bool cut;           /* what stands before is not shown */
    size_t more; /* not 0: no line, but so many of its kind are not shown */
};
typedef void change_fn(void *arg, const struct change_line *);

/*
 * Lines before and after, a few of them, those that go first. Nothing for edits
 * of another source than `home`, or of more text than a person would read. Of
 * a line longer than `room` bytes only what is around its edits.
 */
void change_each(struct source *home, const struct tl_fix *, size_t room,
                 change_fn *line, void *arg);

/* What the lines are drawn with; "" without colour. */
struct change_style {
    struct excerpt_style excerpt;
    const char *removed;
    const char *added;
};

/* The same as text, with - and + before each line. */
void change_write(struct buf *, struct source *home, const struct tl_fix *,
                  const struct change_style *);

#endif
