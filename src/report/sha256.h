/*
 * sha256.h - SHA-256 (FIPS 180-4), for the artifacts of a SARIF file and the
 * policy of an HTML report.
 */
#ifndef REPORT_SHA256_H
#define REPORT_SHA256_H

#include <tusklint/base.h>

#define SHA256_BYTES 32
#define SHA256_HEX 65

void sha256(struct tl_str, unsigned char out[SHA256_BYTES]);

/* In lower-case hexadecimal, NUL-terminated. */
void sha256_hex(struct tl_str, char out[SHA256_HEX]);

#endif
