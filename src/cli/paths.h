/*
 * paths.h - one way to write a path, wherever the program was started.
 */
#ifndef CLI_PATHS_H
#define CLI_PATHS_H

#include "base/arena.h"

/* As seen from the absolute folder; with ../ when it lies elsewhere. What is
   not there is taken to lie in the nearest folder that is. */
const char *paths_relative(struct arena *, const char *path,
                           const char *folder);
/* The nearest folder from the working directory up that holds .git, or "". */
const char *paths_repository(struct arena *);
void paths_sort(const char **list, size_t n);
/* Is it in the sorted list? */
bool paths_has(const char *const *list, size_t n, const char *path);

#endif
