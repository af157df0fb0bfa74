/*
 * layout.h - what a migration tool makes of a file: parts that go up and
 * down, transactions around them, the order of files.
 *
 * Recognised by name and by markers in comments; a file without either is one
 * part that goes up, and whether it runs in a transaction is not known.
 */
#ifndef INPUT_LAYOUT_H
#define INPUT_LAYOUT_H

#include "base/arena.h"
#include "base/vec.h"

#include <tusklint/base.h>

struct layout_section {
    size_t start; /* bytes of the file, marker lines not included */
    size_t end;
    bool down;
    enum tl_know wrapped; /* the tool opens a transaction around it */
    bool batch;   /* sent as one string: a transaction if over one statement */
    bool bare;    /* the tool is known to open none, whatever is in the file */
    bool goes_on; /* in the transaction of the section before */
};

struct layout {
    const char *tool;   /* "goose", "dbmate" ...; NULL when not recognised */
    const char *reason; /* why it is in a transaction, for messages */
    const char *marker; /* how to turn that off; NULL when there is no way */
    const char *down_marker; /* the same on the way down, if it is another */
    /* Behind which the tool looks for statements: of the bytes up to head_end,
       where the first marker is, it runs none. NULL: there are no such. */
    const char *up_marker;
    size_t head_end;
    bool dump; /* pg_dump wrote it: it is loaded into an empty database */
    const char *dialect; /* "mysql", "sqlite" ...: not PostgreSQL; or NULL */
    VEC(struct layout_section) sections;
};

/* What is in a folder beside its migrations. All zero: nothing was looked at.
 */
struct layout_folder {
    const char *path;     /* of a file in it, */
    size_t n;             /* to the last slash */
    enum tl_know pop;     /* do the names tell of it? */
    enum tl_know diesels; /* does metadata.toml turn transactions off? */
};

/* `path` as given; files beside it (diesel's metadata.toml) may be looked at.
   What `folder` has of them is not looked for again; with NULL, the names
   beside it are not read.
   Clears `out` first. */
void layout_read(const char *path, struct tl_str text,
                 struct layout_folder *folder, struct layout *out);
void layout_release(struct layout *);
/* The file whose text layout_read() may look at, too, for a file of that path:
   diesel's metadata.toml, Flyway's NAME.sql.conf; NULL: none. In the arena. */
const char *layout_beside(const char *path, struct arena *);
/* Do the names beside the file tell that it is one of pop's? The same to
   layout_read(), and asked for names of this form alone. */
bool layout_is_pop(const char *path, struct layout_folder *folder);

/*
 * The order in which a tool applies files: folder by folder, numbers in names
 * by value, an up file before its down file. Negative, 0, positive.
 */
int layout_compare_paths(const char *a, const char *b);
/* Do the two files take one migration up and down? One file is its own. */
bool layout_is_same_migration(const char *a, const char *b);
/* Ory's pop cuts a migration into files, 20200830154602000001_name.up.sql: the
   last six digits number the part. Are the two parts of one migration? */
bool layout_are_pop_parts(const char *a, const char *b);
/* Is it a down file by its name? */
bool layout_is_down_path(const char *path);
/* The dialect that the name is marked with, when it is not PostgreSQL's. */
const char *layout_foreign_dialect(const char *path);
/* A name that a folder walk takes for SQL: x.sql, x.sql.postgres ... */
bool layout_is_sql_path(const char *path);
/* Does the path look like a migration (and not like a query file)? */
bool layout_is_migration_path(const char *path);

#endif
