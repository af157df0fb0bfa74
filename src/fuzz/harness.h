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
/* Adds the bytes, which must outlive the linter: no copy, because a byte too
   many shall be seen. */
void fuzz_add(struct tl_linter *, const char *name, enum tl_as,
              const uint8_t *data, size_t size);
/* Adds two tables with their indexes and a view, for queries to ask. */
void fuzz_add_schema(struct tl_linter *);
/* Cuts the text at its first line of "-- next" and gives what is behind it;
   nothing when there is none. */
struct tl_str fuzz_behind_next(struct tl_str *);
/* Runs if it did not yet, writes a report, and closes. */
void fuzz_finish(struct tl_linter *);

#endif
