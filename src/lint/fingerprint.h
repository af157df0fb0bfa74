/*
 * fingerprint.h - what identifies a finding from run to run.
 *
 * Made of the rule, the path, the statement's shape and the object, not of
 * lines, texts or severity: a finding keeps its fingerprint when the file
 * around it changes. Equal ones are told apart by their order in the file.
 */
#ifndef LINT_FINGERPRINT_H
#define LINT_FINGERPRINT_H

#include <tusklint/finding.h>

/* The path of a source, as the report shows it. */
typedef const char *fingerprint_path_fn(uint32_t source, void *arg);

/* Fills `fingerprint` of each; they stand in the order of the report. */
void fingerprint_assign(struct tl_finding *const *findings, size_t n,
                        fingerprint_path_fn *path_of, void *arg);

#endif
