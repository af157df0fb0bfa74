/*
 * scratch.h - a file for targets whose subject reads files alone.
 */
#ifndef FUZZ_SCRATCH_H
#define FUZZ_SCRATCH_H

#include <stddef.h>
#include <stdint.h>

/* Writes the bytes into a file of that name in a folder of this process, and
   gives its path. The folder goes when the process ends. */
const char *scratch_file(const char *name, const uint8_t *data, size_t size);
const char *scratch_folder(void);

#endif
