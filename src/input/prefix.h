/*
 * prefix.h - log_line_prefix: what stands before each line of a stderr log.
 *
 * A prefix is compiled once and matched against the start of each line. The
 * escapes are those of PostgreSQL 12 to 18 (runtime-config-logging.html).
 */
#ifndef INPUT_PREFIX_H
#define INPUT_PREFIX_H

#include <tusklint/base.h>

#define PREFIX_MAX_PARTS 48

struct prefix_part {
    char escape; /* 'm', 'p' ...; 0: the literal text */
    struct tl_str text;
};

struct prefix {
    struct prefix_part parts[PREFIX_MAX_PARTS];
    size_t n;
    size_t n_always; /* those before %q: background processes stop there */
};

/* What a line's prefix tells; none where it does not. */
struct prefix_values {
    struct tl_str time;  /* %m, %t */
    struct tl_str epoch; /* %n */
    struct tl_str pid;
    struct tl_str session; /* %c */
    struct tl_str transaction;
    struct tl_str application;
    struct tl_str user;
    struct tl_str database;
    struct tl_str command;
};

/* The text must outlive it. False when there is no such escape, or too much. */
bool prefix_compile(struct prefix *, struct tl_str text);
/*
 * Does the line begin with the prefix and a severity ("LOG:  ")? Gives the
 * values, the severity, and the offset of what stands behind it.
 */
bool prefix_match(const struct prefix *, struct tl_str line,
                  struct prefix_values *, struct tl_str *severity,
                  size_t *behind);
/* The known prefix that fits most of the lines; false when none fits any. */
bool prefix_detect(struct prefix *, struct tl_str head);
/* The same of what came through syslog, where none at all is one too. */
bool prefix_detect_in_syslog(struct prefix *, struct tl_str head);

#endif
