/*
 * tree_tokens.h - a statement's tokens with their brackets paired.
 *
 * What tree_region.c needs of the text: spaces and comments are left out, the
 * statement ends before its semicolon, and every bracket, parenthesis and
 * CASE knows its partner. Indexes out of range are answered, not forbidden.
 */
#ifndef SQL_TREE_TOKENS_H
#define SQL_TREE_TOKENS_H

#include "base/arena.h"
#include "base/vec.h"
#include "sql/lex.h"

#define NO_TOKEN SIZE_MAX

struct paired_token {
    struct lex_token token;
    size_t match; /* index of the partner; NO_TOKEN */
};

struct tokens {
    struct lex lex;
    struct paired_token *v;
    size_t n;
    size_t cap;
};

void tokens_init(struct tokens *, struct tl_str text);
void tokens_release(struct tokens *);
/* They live as long as the arena, and are not released. */
const struct tokens *tokens_in(struct arena *, struct tl_str text);

/* The token that begins at or holds the byte; NO_TOKEN without one. */
size_t tokens_at(const struct tokens *, int32_t byte);
bool tokens_is_word(const struct tokens *, size_t at, const char *word);
bool tokens_is_punct(const struct tokens *, size_t at, char);
/* An identifier: quoted or not. */
bool tokens_is_name(const struct tokens *, size_t at);
/* The partner of an opening bracket (or CASE), else `at` itself. */
size_t tokens_close(const struct tokens *, size_t at);
/* The opening bracket around a token; NO_TOKEN at the top. */
size_t tokens_enclosing(const struct tokens *, size_t at);
/* The last token of a (group) right behind `at`, else `at`. */
size_t tokens_skip_group(const struct tokens *, size_t at);
/* The last token before the comma, closing bracket or end after `at`. */
size_t tokens_item_end(const struct tokens *, size_t at);
/* The last token of a.b.c, a.*, begun at `at`. */
size_t tokens_name_end(const struct tokens *, size_t at);
/* The last token of .x and [y] behind `at`. */
size_t tokens_indirection_end(const struct tokens *, size_t at);
/* The last token of a type's name, modifiers and array bounds. */
size_t tokens_type_end(const struct tokens *, size_t at, size_t mods,
                       size_t dimensions);

#endif
