/*
 * comment.h - comments that speak to a linter.
 *
 * Ours: `-- tusklint: ignore[rule, ...] reason`, `ignore-file[...]`,
 * `ignore-start[...]`, `ignore-end`. Those of squawk (`squawk-ignore a, b`,
 * `squawk-ignore-file`), eugene (`eugene: ignore: E1, E2`), pgls
 * (`pgls-ignore lint/safety/rule: why`) and pgfence (`pgfence-ignore: rule`)
 * are understood. Block comments work like line comments.
 */
#ifndef SQL_COMMENT_H
#define SQL_COMMENT_H

#include "base/vec.h"

#include <tusklint/base.h>

enum comment_scope {
    COMMENT_NEXT, /* the statement it stands before, in, or behind */
    COMMENT_FILE,
    COMMENT_START,
    COMMENT_END,
};

enum comment_dialect {
    COMMENT_TUSKLINT,
    COMMENT_SQUAWK,
    COMMENT_EUGENE,
    COMMENT_PGLS,
    COMMENT_PGFENCE,
};

struct comment_rule {
    struct tl_str name; /* as written, blanks trimmed */
    size_t start;       /* of the name, in the text */
    size_t end;
};

struct comment {
    enum comment_scope scope;
    enum comment_dialect dialect;
    size_t start; /* the whole comment, delimiters included */
    size_t end;
    size_t first_rule; /* index into comment_list.rules */
    size_t n_rules;    /* 0: every rule */
    struct tl_str reason;
    bool malformed; /* "tusklint:" followed by no word we know */
};

struct comment_list {
    VEC(struct comment) comments;
    VEC(struct comment_rule) rules;
};

/* In text order; clears `out` first. Views point into `text`. */
void comment_find(struct tl_str text, struct comment_list *out);
void comment_release(struct comment_list *);

#endif
