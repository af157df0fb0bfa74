/*
 * split.h - one text cut into statements.
 *
 * A statement's range begins at its first token and ends behind its last one,
 * before the semicolon. Comments before it are not part of it. Quotes, dollar
 * quotes, nested comments and BEGIN ATOMIC bodies hide semicolons; a CREATE
 * RULE's parenthesised actions too. An unbalanced parenthesis does not swallow
 * the file: a semicolon that is followed by a line which begins with a word
 * that starts a statement ends it all the same.
 *
 * What psql or a migration tool reads and the server never sees is masked:
 * backslash commands, the data behind COPY (or \copy) ... FROM stdin if a line
 * of "\." ends it, psql variables (:name, :'name', :"name"), ${placeholders}
 * and {{templates}}. A mask has the length of what it hides, so offsets stay
 * those of the file.
 */
#ifndef SQL_SPLIT_H
#define SQL_SPLIT_H

#include "base/arena.h"
#include "base/vec.h"

struct split_statement {
    size_t start;      /* first token */
    size_t end;        /* behind the last token, without the semicolon */
    size_t outer_end;  /* behind the semicolon, or == end without one */
    bool unterminated; /* ends in an open quote or comment */
    bool masked;       /* a template or variable was replaced inside it */
};

struct split_list {
    VEC(struct split_statement) statements;
};

/*
 * `text` is the part of a file to read, `out` is cleared first. `*masked`
 * becomes the text to parse: `text` itself when nothing was masked, else a
 * copy of equal length in the arena.
 */
void split_text(struct tl_str text, struct arena *, struct split_list *out,
                struct tl_str *masked);
void split_release(struct split_list *);
/*
 * The same piece by piece, for a text of which the first statements are wanted
 * before the last are found. What was masked in one piece stays where it is.
 * One state serves one text after the other.
 */
struct split;
struct split *split_create(void);
void split_free(struct split *);
void split_begin(struct split *, struct tl_str text, struct arena *);
/* The next `bytes` or more, with two statements at least: false when the text
   has ended with them. */
bool split_some(struct split *, size_t bytes, struct split_list *out,
                struct tl_str *masked);
/* Is the name one that a mask left: "x______"? */
bool split_is_mask(struct tl_str name);

#endif
