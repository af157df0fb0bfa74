/*
 * color.c - what a stream can show: colors, and how many columns.
 */
#include "cli/color.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_MIN 40
#define COLUMNS_MAX 240

static bool is_set(const char *name)
{
    const char *v = getenv(name);

    return v && *v;
}

static bool is_zero(const char *name)
{
    const char *v = getenv(name);

    return v && strcmp(v, "0") == 0;
}

static bool is_forced(const char *name)
{
    return is_set(name) && !is_zero(name);
}

bool color_wanted(enum cli_color option, int fd)
{
    const char *term = getenv("TERM");

    if (option != COLOR_AUTO)
        return option == COLOR_ALWAYS;
    if (is_set("NO_COLOR"))
        return false;
    if (is_forced("CLICOLOR_FORCE") || is_forced("FORCE_COLOR"))
        return true;
    if (is_zero("CLICOLOR"))
        return false;
    return isatty(fd) && term && strcmp(term, "dumb") != 0;
}

unsigned color_columns(int fd)
{
    struct winsize size;

    if (!isatty(fd) || ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 0;
    if (size.ws_col < COLUMNS_MIN)
        return COLUMNS_MIN;
    return size.ws_col > COLUMNS_MAX ? COLUMNS_MAX : size.ws_col;
}
