/*
 * markup.h - text from inputs that a page of Markdown shows as it is.
 *
 * Both functions sanitize, and give nothing that a renderer of GitHub's or
 * GitLab's Markdown takes for HTML, a link, an image, a mention of somebody or
 * a reference to an issue.
 */
#ifndef REPORT_MARKUP_H
#define REPORT_MARKUP_H

#include "base/buf.h"

/* For a page: whatever could be markup becomes a character reference. */
void markup_page(struct buf *, struct tl_str);
/* For a message that is also read as plain text: as little as possible is
   changed, and only emphasis and code may still come of it. */
void markup_message(struct buf *, struct tl_str);

#endif
