/*
 * ormlog_text.h - pieces of a log's line, colours passed over.
 *
 * Places are offsets into the text; where nothing is found, its length.
 */
#ifndef INPUT_ORMLOG_TEXT_H
#define INPUT_ORMLOG_TEXT_H

#include <tusklint/base.h>

struct tl_str text_from(struct tl_str, size_t at);
struct tl_str text_between(struct tl_str, size_t start, size_t end);
bool text_starts(struct tl_str, const char *word);
size_t text_find(struct tl_str, size_t at, const char *word);
size_t text_find_last(struct tl_str, const char *word);
bool text_is_blank(char);
bool text_is_digit(char);
/* Behind "\033[1;36m" and the like, or `at` itself. */
size_t text_behind_colours(struct tl_str, size_t at);
/* The same, and behind blanks. */
size_t text_behind_space(struct tl_str, size_t at);
/* Behind digits and points. */
size_t text_behind_digits(struct tl_str, size_t at);
/* That it begins with; negative when with none. */
double text_number(struct tl_str);

#endif
