/*
 * harness.h - what the fuzz targets share: bytes become an input of a kind, and
 * the run goes all the way to a report.
 *
 * A target is LLVMFuzzerTestOneInput of libFuzzer. What it looks for are the
 * sanitizers' findings, time and memory; some hold a property besides, and
 * abort when it fails.
 */
#ifndef FUZZ_HARNESS_H
#define FUZZ_HARNESS_H

#include <tusklint/tusklint.h>

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A linter with every rule on and one thread. */
struct tl_linter *fuzz_open(bool digest);
/* Adds a copy of the bytes, which lives as long as the linter. */
struct tl_str fuzz_add(struct tl_linter *, const char *name, enum tl_as,
                       const uint8_t *data, size_t size);
/* Runs, writes the report in some formats, and closes. */
void fuzz_finish(struct tl_linter *);

#endif
