/*
 * sha256.c - SHA-256 (FIPS 180-4).
 */
#include "base/sha256.h"

#include <stdio.h>

/* Fractions of the cube roots of the first 64 primes. */
static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t turn(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static void schedule(const unsigned char *p, uint32_t w[64])
{
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 |
               (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
    for (size_t i = 16; i < 64; i++) {
        uint32_t a = w[i - 15];
        uint32_t b = w[i - 2];

        w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) +
               (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
    }
}

#define ROUND(a, b, c, d, e, f, g, h, i)                                       \
    do {                                                                       \
        uint32_t t_ = (h) + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) +         \
                      (((e) & (f)) ^ (~(e) & (g))) + round_constants[i] +      \
                      w[i];                                                    \
                                                                               \
        (d) += t_;                                                             \
        (h) = t_ + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) +                  \
              (((a) & (b)) ^ ((a) & (c)) ^ ((b) & (c)));                       \
    } while (0)

/* The letters change their parts, not their values: eight rounds and each is
   where it was. */
static void add_block(uint32_t hash[8], const unsigned char *p)
{
    uint32_t w[64];
    uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3];
    uint32_t e = hash[4], f = hash[5], g = hash[6], h = hash[7];

    schedule(p, w);
    for (size_t i = 0; i < 64; i += 8) {
        ROUND(a, b, c, d, e, f, g, h, i);
        ROUND(h, a, b, c, d, e, f, g, i + 1);
        ROUND(g, h, a, b, c, d, e, f, i + 2);
        ROUND(f, g, h, a, b, c, d, e, i + 3);
        ROUND(e, f, g, h, a, b, c, d, i + 4);
        ROUND(d, e, f, g, h, a, b, c, i + 5);
        ROUND(c, d, e, f, g, h, a, b, i + 6);
        ROUND(b, c, d, e, f, g, h, a, i + 7);
    }
    hash[0] += a;
    hash[1] += b;
    hash[2] += c;
    hash[3] += d;
    hash[4] += e;
    hash[5] += f;
    hash[6] += g;
    hash[7] += h;
}

void sha256_begin(struct sha256 *s)
{
    *s = (struct sha256){.hash = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                  0xa54ff53a, 0x510e527f, 0x9b05688c,
                                  0x1f83d9ab, 0x5be0cd19}};
}

void sha256_add(struct sha256 *s, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    size_t held = (size_t)(s->n % SHA256_BLOCK);

    s->n += n;
    if (held + n < SHA256_BLOCK) {
        if (n)
            memcpy(s->rest + held, p, n);
        return;
    }
    if (held) {
        memcpy(s->rest + held, p, SHA256_BLOCK - held);
        add_block(s->hash, s->rest);
        p += SHA256_BLOCK - held;
        n -= SHA256_BLOCK - held;
    }
    for (; n >= SHA256_BLOCK; p += SHA256_BLOCK, n -= SHA256_BLOCK)
        add_block(s->hash, p);
    if (n)
        memcpy(s->rest, p, n);
}

void sha256_end(const struct sha256 *so_far, unsigned char out[SHA256_BYTES])
{
    struct sha256 s = *so_far;
    size_t rest = (size_t)(s.n % SHA256_BLOCK);
    size_t padded = rest + 9 <= SHA256_BLOCK ? SHA256_BLOCK : 2 * SHA256_BLOCK;
    unsigned char tail[2 * SHA256_BLOCK] = {0};
    uint64_t bits = s.n * 8;

    memcpy(tail, s.rest, rest);
    tail[rest] = 0x80;
    for (size_t i = 0; i < 8; i++)
        tail[padded - 1 - i] = (unsigned char)(bits >> (8 * i));
    for (size_t i = 0; i < padded; i += SHA256_BLOCK)
        add_block(s.hash, tail + i);
    for (size_t i = 0; i < SHA256_BYTES; i++)
        out[i] = (unsigned char)(s.hash[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256(struct tl_str text, unsigned char out[SHA256_BYTES])
{
    struct sha256 s;

    sha256_begin(&s);
    sha256_add(&s, text.p, text.n);
    sha256_end(&s, out);
}

void sha256_show(const unsigned char hash[SHA256_BYTES], char out[SHA256_HEX])
{
    for (size_t i = 0; i < SHA256_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

void sha256_hex(struct tl_str s, char out[SHA256_HEX])
{
    unsigned char hash[SHA256_BYTES];

    sha256(s, hash);
    sha256_show(hash, out);
}
