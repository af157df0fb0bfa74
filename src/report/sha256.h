/*
 * sha256.h - SHA-256 (FIPS 180-4), for the artifacts of a SARIF file.
 */
#ifndef REPORT_SHA256_H
#define REPORT_SHA256_H

#include <tusklint/base.h>

#define SHA256_HEX 65

/* In lower-case hexadecimal, NUL-terminated. */
void sha256_hex(struct tl_str, char out[SHA256_HEX]);

#endif
