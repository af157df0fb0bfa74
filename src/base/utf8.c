/*
 * utf8.c - counting and checking UTF-8 (RFC 3629).
 */
#include "base/utf8.h"

#include <utf8proc.h>

/* Bytes of a character by its first byte; 0 where none can begin. */
static size_t sequence_length(unsigned char c)
{
    if (c < 0x80)
        return 1;
    if (c >= 0xC2 && c <= 0xDF)
        return 2;
    if (c >= 0xE0 && c <= 0xEF)
        return 3;
    if (c >= 0xF0 && c <= 0xF4)
        return 4;
    return 0;
}

/* 0 when the bytes are no character. */
static size_t decode(struct tl_str s, uint32_t *codepoint)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t n = sequence_length(p[0]);

    if (n == 0 || n > s.n)
        return 0;
    if (n == 1) {
        *codepoint = p[0];
        return 1;
    }
    uint32_t c = p[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    bool overlong = (n == 3 && c < 0x800) || (n == 4 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *codepoint = c;
    return n;
}

size_t utf8_next(struct tl_str s, uint32_t *codepoint)
{
    size_t n = decode(s, codepoint);

    if (n)
        return n;
    *codepoint = 0xFFFD;
    return 1;
}

/* Eight bytes at a time: most text is nothing else. */
static size_t skip_ascii(struct tl_str s, size_t at)
{
    uint64_t eight;

    while (at + sizeof(eight) <= s.n) {
        memcpy(&eight, s.p + at, sizeof(eight));
        if (eight & UINT64_C(0x8080808080808080))
            break;
        at += sizeof(eight);
    }
    return at;
}

size_t utf8_invalid_at(struct tl_str s)
{
    size_t i = skip_ascii(s, 0);
    uint32_t c;

    while (i < s.n) {
        size_t n = decode((struct tl_str){s.p + i, s.n - i}, &c);

        if (n == 0)
            return i;
        i = skip_ascii(s, i + n);
    }
    return s.n;
}

/* ASCII counts one a byte, whatever is counted. */
static size_t count(struct tl_str s, size_t (*weight)(uint32_t))
{
    size_t i = skip_ascii(s, 0);
    size_t total = i;

    while (i < s.n) {
        uint32_t c;

        i += utf8_next((struct tl_str){s.p + i, s.n - i}, &c);
        total += weight(c);
        size_t next = skip_ascii(s, i);
        total += next - i;
        i = next;
    }
    return total;
}

static size_t weight_one(uint32_t c)
{
    (void)c;
    return 1;
}

static size_t weight_utf16(uint32_t c)
{
    return c > 0xFFFF ? 2 : 1;
}

static size_t weight_width(uint32_t c)
{
    if (c < 0x20 || c == 0x7F)
        return 1;
    int w = utf8proc_charwidth((utf8proc_int32_t)c);
    return w < 0 ? 0 : (size_t)w;
}

size_t utf8_codepoints(struct tl_str s)
{
    return count(s, weight_one);
}

size_t utf8_utf16(struct tl_str s)
{
    return count(s, weight_utf16);
}

size_t utf8_width(struct tl_str s)
{
    return count(s, weight_width);
}

static bool is_no_character(uint32_t c)
{
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

bool utf8_is_hidden(uint32_t c)
{
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return is_no_character(c);
    }
}
