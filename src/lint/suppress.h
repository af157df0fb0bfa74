/*
 * suppress.h - comments that hide findings, applied to one file.
 *
 * A comment without a scope of its own belongs to the statement around it, to
 * the one that ends before it on its line, else to the next one; the whole
 * statement counts, whatever its lines. What hides nothing, or names no rule,
 * comes back as a problem, so that stale comments do not stay.
 */
#ifndef LINT_SUPPRESS_H
#define LINT_SUPPRESS_H

#include "base/vec.h"
#include "sql/comment.h"

#include <tusklint/rule.h>
#include <tusklint/tusklint.h>

/* A statement's range in its file: which one a comment stands with. */
struct statement_range {
    uint64_t start;
    uint64_t end;
    uint32_t last_number; /* in the run, of it or of the last in its body; 0 */
};

struct suppress_file {
    struct tl_str text;
    const struct statement_range *statements; /* in text order */
    size_t n_statements;
    const struct comment_list *comments;
    struct tl_finding *const *findings; /* of this file, in any order */
    size_t n_findings;
    const struct tl_options *options; /* a rule that is off leaves no trace */
};

enum suppress_kind {
    SUPPRESS_UNUSED,    /* TL002: hides nothing */
    SUPPRESS_UNKNOWN,   /* TL003: `name` is no rule */
    SUPPRESS_BLANKET,   /* TL005: names no rule, so hides all of them */
    SUPPRESS_MALFORMED, /* TL003: "tusklint:" and no word that is known */
};

/*
 * Other linters' comments are obeyed where we know the name and never blamed:
 * they are written for somebody else.
 */
struct suppress_problem {
    enum suppress_kind kind;
    size_t start; /* the name, or the whole comment */
    size_t end;
    struct tl_str name;       /* none: the comment as a whole */
    struct tl_str suggestion; /* SUPPRESS_UNKNOWN: what was meant; none */
    size_t remove_start;      /* SUPPRESS_UNUSED: deleting these bytes, ... */
    size_t remove_end;        /* ... if any, leaves a clean text */
};

struct suppress_result {
    VEC(struct suppress_problem) problems; /* in text order */
    size_t n_suppressed;
};

/* Sets `suppressed` of findings; clears `out` first. */
void suppress_apply(const struct suppress_file *, struct suppress_result *out);
void suppress_release(struct suppress_result *);

#endif
