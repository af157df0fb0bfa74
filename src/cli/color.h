/*
 * color.h - what a stream can show: colors, and how many columns.
 */
#ifndef CLI_COLOR_H
#define CLI_COLOR_H

#include <stdbool.h>

enum cli_color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/*
 * The option decides; then NO_COLOR (not empty), CLICOLOR_FORCE and
 * FORCE_COLOR (not empty, not 0), CLICOLOR=0; then whether `fd` is a terminal
 * that is not dumb.
 */
bool color_wanted(enum cli_color, int fd);
/* The terminal's columns within reason; 0 when `fd` is none. */
unsigned color_columns(int fd);

#endif
