/*
 * xml.h - text from inputs in XML 1.0.
 */
#ifndef REPORT_XML_H
#define REPORT_XML_H

#include "base/buf.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

/* Sanitized and escaped, for content and for attributes in double quotes. */
void xml_text(struct buf *, struct tl_str);
/* ' name="value"' */
void xml_attribute(struct buf *, const char *name, struct tl_str value);
void xml_number(struct buf *, const char *name, size_t n);

#endif
