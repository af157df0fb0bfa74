/*
 * layout_path.h - what the name of a migration tells; for layout.c.
 */
#ifndef INPUT_LAYOUT_PATH_H
#define INPUT_LAYOUT_PATH_H

#include "input/layout.h"

/* Behind the last slash. */
const char *path_base(const char *path);
/* Case is not minded. */
bool path_ends(const char *path, const char *end);

/* 1_a.mysql.up.sql, 1_a.autocommit.up.sql: pop's way to name a migration. */
bool path_is_pop(const char *name);
/* Of such a name: does it say for which database the file is? */
bool path_has_dialect(const char *name);

enum flyway { FLYWAY_VERSIONED, FLYWAY_NO, FLYWAY_REPEATABLE };

/* V1.2__name, U1_2__name, R__name; gives the version. */
enum flyway path_flyway(const char *name, struct tl_str *version);

#endif
