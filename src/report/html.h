/*
 * html.h - what the parts of the HTML report share.
 *
 * Markup is ours; whatever comes from an input passes html_text() or one of
 * its kin. There are no style attributes and no handlers in attributes: the
 * page's policy forbids them, and allows the one style sheet and the one
 * script by their hashes.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "report/report.h"

/* A page that a browser still shows at once. */
#define HTML_FULL_MAX 1000    /* findings with their source and advice */
#define HTML_LISTED_MAX 20000 /* ... as one line */
#define HTML_PLANS_MAX 40
#define HTML_LOOPS_MAX 40
#define HTML_QUERIES_MAX 25
#define HTML_HISTORIES_MAX 40

/* How much of a finding the page has. */
enum html_extent { HTML_LEFT_OUT, HTML_ONE_LINE, HTML_FULL };

struct html {
    const struct report_run *run;
    struct buf out;
    FILE *file;
    unsigned char *extent;        /* enum html_extent of each finding */
    const struct tl_plan **plans; /* shown, the costliest first */
    size_t n_plans;               /* ... and how many */
    size_t n_plans_found;         /* that findings are about */
    const struct tl_loop **loops; /* the same */
    size_t n_loops;
    size_t n_loops_found;
    struct html_history *histories; /* by source */
    size_t n_histories;
    size_t n_histories_found; /* that make somebody wait */
};

/* A migration whose locks are shown. */
struct html_history {
    uint32_t source;
    const struct tl_step *steps;
    size_t n;
    int risk;
};

/* What of the run is shown, the worst first where it is too much. */
void html_choose(struct html *);
void html_release(struct html *);
void html_flush(struct html *);

/* ---- html_text.c ---- */

/* Text for an element, such characters marked as what the input does not show.
 */
void html_text(struct buf *, struct tl_str);
/* The same of a text of several lines: newlines and tabs stay. */
void html_lines(struct buf *, struct tl_str);
/* At most so many bytes of it, with an ellipsis when there is more. */
void html_clipped(struct buf *, struct tl_str, size_t most);
/* A path, which may break behind its slashes. */
void html_path(struct buf *, const char *path);
/* "1,234" */
void html_number(struct buf *, uint64_t n);
/* "1,234 calls" */
void html_count(struct buf *, uint64_t n, const char *one);
/* "0.23 ms", "14.2 ms", "3.4 s" */
void html_ms(struct buf *, double ms);
/* A rule's Markdown without its title: headings from <h4> on. */
void html_markdown(struct buf *, struct tl_str);
/* The percentage that part is of whole, for a width: "12.34%". */
void html_percent(struct buf *, double part, double whole);
/* A bar of that length. */
void html_bar(struct buf *, const char *class, double part, double whole);

/* ---- html_source.c ---- */

/* The span's lines with numbers, and the span marked. */
void html_excerpt(struct buf *, struct source *, struct tl_span,
                  unsigned most_lines, unsigned around);
/* What the fix changes, as lines before and after. */
void html_change(struct buf *, struct source *home, const struct tl_fix *);

/* ---- the sections ---- */

/* "line 3:1" or "path:3:1" of run->findings[at], linked to it where it is on
   the page. */
void html_finding_link(struct html *, size_t at, bool with_path);
void html_findings(struct html *);
void html_rules(struct html *);
void html_queries(struct html *);
void html_loops(struct html *);
void html_plans(struct html *);
void html_histories(struct html *);

/* Its number on the page from 1, 0 when it is not there. */
size_t html_plan_number(const struct html *, const struct tl_plan *);
size_t html_loop_number(const struct html *, const struct tl_loop *);
/* Are the locks of the source's migration shown? */
bool html_has_history(const struct html *, uint32_t source);
/* "7 more plans are not shown here; ..." when not all are; `where` tells how to
   see the rest. */
void html_left_out(struct html *, size_t all, size_t shown, const char *one,
                   const char *where);

/* ---- generated from html/ ---- */

extern const char html_style[];
extern const size_t html_style_size;
extern const char html_script[];
extern const size_t html_script_size;

#endif
