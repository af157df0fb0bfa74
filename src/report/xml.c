/*
 * xml.c - text from inputs in XML 1.0.
 *
 * The sanitizer leaves no character that XML forbids.
 */
#include "report/xml.h"

#include "report/sanitize.h"

static const char *reference_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

void xml_text(struct buf *out, struct tl_str text)
{
    struct buf clean;

    buf_init(&clean, 0);
    sanitize(&clean, text);
    for (size_t i = 0; i < clean.n; i++) {
        const char *reference = reference_of(clean.p[i]);

        if (reference)
            buf_puts(out, reference);
        else
            buf_char(out, clean.p[i]);
    }
    buf_release(&clean);
}

void xml_attribute(struct buf *out, const char *name, struct tl_str value)
{
    buf_printf(out, " %s=\"", name);
    xml_text(out, value);
    buf_char(out, '"');
}

void xml_number(struct buf *out, const char *name, size_t n)
{
    buf_printf(out, " %s=\"%zu\"", name, n);
}
