/*
 * build.h - which program this is, to the last byte.
 */
#ifndef BASE_BUILD_H
#define BASE_BUILD_H

#include "base/sha256.h"

/*
 * Adds what the linker wrote into the program and its libraries to tell builds
 * apart (the GNU build id). False where the program, or a library whose name
 * has `needed` in it, has none.
 */
bool build_add(struct sha256 *, const char *needed);

#endif
