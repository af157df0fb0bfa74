/*
 * finding.h - what a rule says, as embedders and reporters see it.
 *
 * Everything is owned by the run and lives until tl_close(). Texts are plain
 * UTF-8 without markup; a reporter escapes what its format needs.
 */
#ifndef TUSKLINT_FINDING_H
#define TUSKLINT_FINDING_H

#include <tusklint/base.h>

struct tl_rule;

enum tl_applicability {
    TL_SAFE,   /* same meaning; applied by --fix */
    TL_UNSAFE, /* needs a look; applied by --fix=unsafe */
    TL_MANUAL, /* shown, never applied */
};

/* Replaces the span's bytes; an insertion has start == end. */
struct tl_edit {
    struct tl_span span;
    struct tl_str text;
    struct tl_edit *next;
};

struct tl_fix {
    struct tl_str title;
    enum tl_applicability applicability;
    struct tl_edit *edits; /* in order of offset, not overlapping */
    uint32_t unmakes;      /* the catalog's id of an index it takes away; 0 */
};

/* Another place that belongs to the finding, in any input of the run. */
struct tl_related {
    struct tl_span span;
    struct tl_str message;
    struct tl_related *next;
};

struct tl_finding {
    const struct tl_rule *rule;
    enum tl_severity severity;
    struct tl_span span;
    struct tl_str message;     /* one sentence: what happens and to whom */
    struct tl_str detail;      /* the lock, how long; may be none */
    struct tl_str help;        /* the safe way; may be none */
    struct tl_str object;      /* "public.batches.status"; may be none */
    struct tl_str relation;    /* "public.batches" of it */
    const char *relation_kind; /* "table", "index", "view" ...; "object" when
                                  that is not known */
    const char *part_kind;     /* "column", "constraint", "index"; NULL when the
                                  object is the relation itself */
    struct tl_fix *fix;        /* or NULL */
    struct tl_related *related;
    const struct tl_plan *plan; /* that it is about a node of, or NULL */
    const struct tl_loop *loop; /* that it is about, or NULL */
    uint64_t statement_key;     /* of the statement's shape, for fingerprints */
    uint64_t fingerprint[2];    /* set when the run is done */
    uint32_t relations[2]; /* the catalog's ids of what it is about, or 0 */
    bool suppressed;       /* hidden by a comment */
};

#endif
