/*
 * glob.h - patterns over paths, as .gitignore has them.
 *
 * `*` and `?` stay within a folder's name, `**` goes through folders, [abc] and
 * [!a-z] are sets. A pattern without a slash in it (or with one at its end
 * only) matches a name at any depth; others begin at the root. What matches a
 * folder matches everything in it.
 */
#ifndef CONFIG_GLOB_H
#define CONFIG_GLOB_H

#include <tusklint/base.h>

bool glob_matches(const char *pattern, const char *path);
/* Why it is no pattern, or NULL. */
const char *glob_problem(const char *pattern);

#endif
