/*
 * depot_test.c - a folder of files that nobody misses, in a folder of our own.
 */
#include "base/depot.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LIMIT ((size_t)1 << 20)

static int enter_folder(void **state)
{
    static char folder[64];

    snprintf(folder, sizeof(folder), "/tmp/tusklint-depot-test-XXXXXX");
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    *state = folder;
    return 0;
}

static int leave_folder(void **state)
{
    return chdir("/") == 0 && rmdir(*state) == 0 ? 0 : -1;
}

static void open_depot(struct depot *d, const char *folder)
{
    struct err e;

    if (!depot_open(d, folder, &e))
        fail_msg("%s", e.message);
}

/* -1: it is not there, or not whole. */
static int length_of(const struct depot *d, const char *name)
{
    struct tl_str bytes;
    struct file f;

    if (!depot_read(d, name, LIMIT, &f, &bytes))
        return -1;
    int n = (int)bytes.n;
    file_release(&f);
    return n;
}

static unsigned mode_of(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? (unsigned)(st.st_mode & 07777) : 0;
}

static void keeps_what_it_gets(void **state)
{
    struct depot d;

    (void)state;
    open_depot(&d, "a/b");
    assert_int_equal(mode_of("a/b"), 0700);
    assert_int_equal(length_of(&d, "x"), -1);
    assert_true(depot_write(&d, "x", TL_STR("apples")));
    assert_int_equal(mode_of("a/b/tusklint-x"), 0600);
    assert_int_equal(length_of(&d, "x"), 6);
    assert_true(depot_write(&d, "x", TL_STR("")));
    assert_int_equal(length_of(&d, "x"), 0);
    depot_sweep(&d, 0);
    assert_int_equal(length_of(&d, "x"), -1);
    depot_close(&d);
    assert_int_equal(rmdir("a/b") | rmdir("a"), 0);
}

static void damage_is_no_file(void **state)
{
    struct depot d;

    (void)state;
    open_depot(&d, "d");
    assert_true(depot_write(&d, "x", TL_STR("apples")));
    int fd = open("d/tusklint-x", O_WRONLY);
    assert_true(pwrite(fd, "o", 1, 10) == 1);
    close(fd);
    assert_int_equal(length_of(&d, "x"), -1);
    assert_true(depot_write(&d, "x", TL_STR("apples")));
    assert_int_equal(chmod("d/tusklint-x", 0644), 0);
    assert_int_equal(length_of(&d, "x"), -1);
    assert_int_equal(chmod("d/tusklint-x", 0600), 0);
    assert_int_equal(length_of(&d, "x"), 6);
    assert_int_equal(truncate("d/tusklint-x", 3), 0);
    assert_int_equal(length_of(&d, "x"), -1);
    assert_int_equal(unlink("d/tusklint-x"), 0);
    /* Good bytes, but not of this folder. */
    assert_true(depot_write(&d, "y", TL_STR("apples")));
    assert_int_equal(symlink("tusklint-y", "d/tusklint-x"), 0);
    assert_int_equal(length_of(&d, "x"), -1);
    assert_int_equal(unlink("d/tusklint-y"), 0);
    assert_int_equal(unlink("d/tusklint-x"), 0);
    assert_int_equal(mkfifo("d/tusklint-x", 0600), 0);
    assert_int_equal(length_of(&d, "x"), -1);
    assert_int_equal(unlink("d/tusklint-x") | rmdir("d"), 0);
    depot_close(&d);
}

static void others_folders_are_refused(void **state)
{
    struct depot d;
    struct err e;

    (void)state;
    assert_int_equal(mkdir("open", 0700) | chmod("open", 0777), 0);
    assert_false(depot_open(&d, "open", &e));
    assert_int_equal(chmod("open", 0700), 0);
    assert_int_equal(symlink("open", "link"), 0);
    assert_false(depot_open(&d, "link", &e));
    assert_int_equal(unlink("link") | rmdir("open"), 0);
    assert_false(depot_open(&d, "/dev/null", &e));
}

static void age(const char *path, time_t seconds)
{
    struct timespec then[2] = {{time(NULL) - seconds, 0},
                               {time(NULL) - seconds, 0}};

    assert_int_equal(utimensat(AT_FDCWD, path, then, 0), 0);
}

/* The oldest go first; what is touched is young again. */
static void sweeps_the_oldest(void **state)
{
    struct depot d;

    (void)state;
    open_depot(&d, "s");
    depot_write(&d, "a", TL_STR("12345678"));
    depot_write(&d, "b", TL_STR("12345678"));
    depot_write(&d, "c", TL_STR("12345678"));
    depot_write(&d, "new-1", TL_STR(""));
    depot_write(&d, "new-2", TL_STR(""));
    age("s/tusklint-a", 900);
    age("s/tusklint-b", 800);
    age("s/tusklint-c", 700);
    age("s/tusklint-new-1", 7200);
    depot_touch(&d, "a");
    close(open("s/other", O_CREAT | O_WRONLY, 0600));
    depot_sweep(&d, 32 + 8);
    assert_int_equal(length_of(&d, "a"), 8);
    assert_int_equal(length_of(&d, "b"), -1);
    assert_int_equal(length_of(&d, "c"), 8);
    assert_int_equal(length_of(&d, "new-1"), -1);
    assert_int_equal(length_of(&d, "new-2"), 0);
    assert_int_equal(unlink("s/other") | unlink("s/tusklint-new-2"), 0);
    depot_sweep(&d, 0);
    depot_close(&d);
    assert_int_equal(rmdir("s"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_it_gets),
        cmocka_unit_test(damage_is_no_file),
        cmocka_unit_test(others_folders_are_refused),
        cmocka_unit_test(sweeps_the_oldest),
    };

    return cmocka_run_group_tests_name("depot", tests, enter_folder,
                                       leave_folder);
}
