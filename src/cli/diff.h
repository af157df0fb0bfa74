/*
 * diff.h - how a text changes, as `patch` reads it.
 */
#ifndef CLI_DIFF_H
#define CLI_DIFF_H

#include <tusklint/base.h>

#include <stdio.h>

/* A unified diff with three lines of context. The texts are taken to differ in
   few places: lines between the first and the last difference are compared
   greedily, so the diff is right, if not always the shortest. */
void diff_print(FILE *, const char *path, struct tl_str before,
                struct tl_str after);

#endif
