/*
 * color_test.c - who wins: the option, the environment, the terminal.
 */
#include "cli/color.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const names[] = {"NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR",
                                    "CLICOLOR", "TERM"};

static int begin(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        unsetenv(names[i]);
    return 0;
}

/* The other end of a new terminal of that many columns. */
static int open_terminal(int *master, unsigned short columns)
{
    struct winsize size = {.ws_row = 24, .ws_col = columns};

    *master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(*master >= 0);
    assert_int_equal(grantpt(*master), 0);
    assert_int_equal(unlockpt(*master), 0);
    int fd = open(ptsname(*master), O_RDWR | O_NOCTTY);
    assert_true(fd >= 0);
    assert_int_equal(ioctl(fd, TIOCSWINSZ, &size), 0);
    return fd;
}

static void without_a_terminal(void **state)
{
    int fd = open("/dev/null", O_WRONLY);

    (void)state;
    setenv("TERM", "xterm", 1);
    assert_false(color_wanted(COLOR_AUTO, fd));
    assert_true(color_wanted(COLOR_ALWAYS, fd));
    setenv("FORCE_COLOR", "0", 1);
    setenv("CLICOLOR_FORCE", "", 1);
    assert_false(color_wanted(COLOR_AUTO, fd));
    setenv("FORCE_COLOR", "1", 1);
    assert_true(color_wanted(COLOR_AUTO, fd));
    setenv("NO_COLOR", "", 1);
    assert_true(color_wanted(COLOR_AUTO, fd));
    setenv("NO_COLOR", "1", 1);
    assert_false(color_wanted(COLOR_AUTO, fd));
    assert_true(color_wanted(COLOR_ALWAYS, fd));
    assert_int_equal(color_columns(fd), 0);
    close(fd);
}

static void on_a_terminal(void **state)
{
    int master;
    int fd = open_terminal(&master, 120);

    (void)state;
    assert_false(color_wanted(COLOR_AUTO, fd));
    setenv("TERM", "dumb", 1);
    assert_false(color_wanted(COLOR_AUTO, fd));
    setenv("TERM", "xterm", 1);
    assert_true(color_wanted(COLOR_AUTO, fd));
    assert_false(color_wanted(COLOR_NEVER, fd));
    setenv("CLICOLOR", "0", 1);
    assert_false(color_wanted(COLOR_AUTO, fd));
    setenv("CLICOLOR_FORCE", "1", 1);
    assert_true(color_wanted(COLOR_AUTO, fd));
    setenv("NO_COLOR", "1", 1);
    assert_false(color_wanted(COLOR_AUTO, fd));
    assert_int_equal(color_columns(fd), 120);
    close(fd);
    close(master);
}

static void columns_within_reason(void **state)
{
    int master;
    int fd = open_terminal(&master, 9);

    (void)state;
    assert_int_equal(color_columns(fd), 40);
    close(fd);
    close(master);
    fd = open_terminal(&master, 5000);
    assert_int_equal(color_columns(fd), 240);
    close(fd);
    close(master);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(without_a_terminal, begin),
        cmocka_unit_test_setup(on_a_terminal, begin),
        cmocka_unit_test_setup(columns_within_reason, begin),
    };

    return cmocka_run_group_tests_name("cli/color", tests, NULL, NULL);
}
