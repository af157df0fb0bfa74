/*
 * sha256.h - SHA-256 (FIPS 180-4): for the artifacts of a SARIF file, the
 * policy of an HTML report, and to know files again.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <tusklint/base.h>

#define SHA256_BYTES 32
#define SHA256_HEX 65
#define SHA256_BLOCK 64

/* Of bytes that come in pieces. */
struct sha256 {
    uint32_t hash[8];
    unsigned char rest[SHA256_BLOCK];
    uint64_t n;
};

void sha256_begin(struct sha256 *);
void sha256_add(struct sha256 *, const void *, size_t n);
/* Of what was added so far; more may follow. */
void sha256_end(const struct sha256 *, unsigned char out[SHA256_BYTES]);

void sha256(struct tl_str, unsigned char out[SHA256_BYTES]);

/* In lower-case hexadecimal, NUL-terminated. */
void sha256_hex(struct tl_str, char out[SHA256_HEX]);
void sha256_show(const unsigned char hash[SHA256_BYTES], char out[SHA256_HEX]);

#endif
