/*
 * cut.h - migrations on their way to judgement: loads of statements, cut from
 * the files one after the other and parsed at once.
 *
 * Outside of the cutter nothing of a load is another thread's business until
 * it is parsed. Where the loads begin and end changes no output.
 */
#ifndef LINT_CUT_H
#define LINT_CUT_H

#include "lint/linter.h"

/* What a load has of one section of one file. A file or section without
   statements is a part, too, so that its begin and end are seen. */
struct part {
    struct input *input;
    struct layout *layout; /* released where the file ends */
    struct layout_section section;
    size_t first_unit; /* of the load's */
    size_t n_units;
    bool begins_file;
    bool begins_section;
    bool ends_section;
    bool ends_file;
    bool ends_down;     /* no part of the file's way down follows at once */
    bool in_one_string; /* several statements sent as one command */
};

struct load {
    struct cutter *cutter;
    struct arena arena; /* of the units' trees and ops */
    VEC(struct part) parts;
    VEC(struct unit) units;
    double seconds; /* of parsing */
};

/* Takes the migrations among the linter's inputs from number `first` on, all of
   which have been read, some `bytes` a load. Masked texts stay with the linter.
 */
struct cutter *cutter_create(struct tl_linter *, size_t first, size_t bytes);
void cutter_free(struct cutter *);
/* An empty load, or one that was given back; one thread's business. */
struct load *cutter_load(struct cutter *);
void cutter_give_back(struct cutter *, struct load *);
/* For a pool: cuts what comes next into the load, no part when nothing does;
   then parses that. */
void cutter_cut(void *job, void *state);
void load_parse(void *job, void *state);

#endif
