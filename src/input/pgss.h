/*
 * pgss.h - a row of pg_stat_statements or pg_stat_activity, however it was
 * written.
 */
#ifndef INPUT_PGSS_H
#define INPUT_PGSS_H

#include "input/message.h"

enum pgss_column {
    PGSS_QUERY,
    PGSS_CALLS,
    PGSS_TOTAL,
    PGSS_MAX,
    PGSS_ROWS,
    PGSS_TOPLEVEL,
    PGSS_USER,
    PGSS_DATABASE,
    PGSS_APPLICATION,
    PGSS_STATE, /* of pg_stat_activity alone */
    PGSS_COLUMNS,
};

/* A row's values as they stand in the file, still encoded. */
struct pgss_row {
    struct log_field query;
    struct tl_str values[PGSS_COLUMNS];
    size_t start;
    size_t end;
};

/* By its name, which releases changed; -1 for any other. */
int pgss_column(struct tl_str name);
/* Are there columns enough to tell what ran? `seen` is by column. */
bool pgss_columns_do(const bool seen[PGSS_COLUMNS]);
/* Hands the row to the sink; false when that stopped. */
bool pgss_emit(const struct input_sink *, const struct pgss_row *);

#endif
