/*
 * news.h - only what is new: a baseline, a change since a commit, a diff.
 */
#ifndef CLI_NEWS_H
#define CLI_NEWS_H

#include "cli/options.h"

struct news;

/* NULL without an error (its message is empty) when everything is reported. */
struct news *news_open(struct cli_options *, struct err *);
void news_free(struct news *);
/* Takes from what the run reports what is not new. */
void news_filter(struct news *, struct tl_linter *);

#endif
