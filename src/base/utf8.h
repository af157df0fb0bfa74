/*
 * utf8.h - counting and checking UTF-8.
 *
 * An invalid byte counts as one character of one byte, so that positions in a
 * damaged file are still exact.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <tusklint/base.h>

/* Offset of the first invalid byte (RFC 3629), or s.n when all is valid. */
size_t utf8_invalid_at(struct tl_str);
/* Characters in s; bytes that are not UTF-8 count one each. */
size_t utf8_codepoints(struct tl_str);
/* UTF-16 code units that s takes; an invalid byte is one (U+FFFD). */
size_t utf8_utf16(struct tl_str);
/* Terminal columns that s takes; tabs count one: expand them before. */
size_t utf8_width(struct tl_str);
/* Nothing that a reader would see as itself: controls, formatting characters
   (those that turn the writing direction among them), separators of lines and
   paragraphs, and what is no character at all. */
bool utf8_is_hidden(uint32_t codepoint);
/* The bytes of the character at s (1 to 4; 1 when invalid); s.n > 0. */
size_t utf8_next(struct tl_str, uint32_t *codepoint);

#endif
