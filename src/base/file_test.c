/*
 * file_test.c - reading, replacing and finding files in a folder of our own.
 */
#include "base/file.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT ((size_t)1 << 20)

/* Each test runs inside a fresh folder, and removes what it made. */
static int enter_folder(void **state)
{
    static char folder[64];

    snprintf(folder, sizeof(folder), "/tmp/tusklint-file-test-XXXXXX");
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    *state = folder;
    return 0;
}

static int leave_folder(void **state)
{
    return chdir("/") == 0 && rmdir(*state) == 0 ? 0 : -1;
}

static void put(const char *path, const char *text)
{
    struct err e;

    if (!file_write(path, (struct tl_str){text, strlen(text)}, &e))
        fail_msg("%s", e.message);
}

static void check_text(const char *path, const char *text)
{
    struct file f;
    struct err e;

    if (!file_read(&f, path, LIMIT, &e))
        fail_msg("%s", e.message);
    assert_true(tl_str_is(f.text, text));
    assert_non_null(f.text.p);
    file_release(&f);
}

static void writes_what_it_reads(void **state)
{
    struct file f;
    struct err e;

    (void)state;
    put("a", "some text");
    check_text("a", "some text");
    assert_true(file_read(&f, "a", 1, &e));
    assert_true(f.mapped);
    file_forget(&f, 1 << 20);
    assert_true(tl_str_is(f.text, "some text"));
    file_release(&f);
    put("a", "");
    check_text("a", "");
    unlink("a");
}

static void forgotten_pages_come_back(void **state)
{
    enum { SIZE = 5 * 4096 + 7 };
    char *text = malloc(SIZE);
    struct file f;
    struct err e;

    (void)state;
    assert_non_null(text);
    memset(text, 'q', SIZE);
    assert_true(file_write("big", (struct tl_str){text, SIZE}, &e));
    assert_true(file_read(&f, "big", LIMIT, &e));
    file_forget(&f, 0);
    file_forget(&f, 9000);
    file_forget(&f, SIZE);
    assert_int_equal(f.text.n, SIZE);
    assert_memory_equal(f.text.p, text, SIZE);
    file_release(&f);
    free(text);
    unlink("big");
}

/* A child fills the FIFO with `size` bytes while this process reads it. */
static bool read_fifo(size_t size, size_t max, struct file *f, struct err *e)
{
    assert_int_equal(mkfifo("fifo", 0600), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        FILE *out = fopen("fifo", "w");

        if (!out)
            _exit(1);
        for (size_t i = 0; i < size; i++)
            putc('x', out);
        fflush(out);
        _exit(0);
    }
    bool ok = file_read(f, "fifo", max, e);
    assert_int_equal(waitpid(child, NULL, 0), child);
    unlink("fifo");
    return ok;
}

static void pipes_are_read_up_to_the_limit(void **state)
{
    struct file f;
    struct err e;

    (void)state;
    assert_true(read_fifo(200000, 200000, &f, &e));
    assert_int_equal(f.text.n, 200000);
    assert_false(f.mapped);
    assert_int_equal(f.text.p[199999], 'x');
    file_release(&f);
    assert_true(read_fifo(0, 10, &f, &e));
    assert_int_equal(f.text.n, 0);
    file_release(&f);
    file_release(&f);
    assert_false(read_fifo(11, 10, &f, &e));
    assert_string_equal(e.message, "fifo: larger than the limit of 10 bytes");
}

static void partly_read_input_goes_on(void **state)
{
    struct file f;
    struct err e;
    int saved = dup(STDIN_FILENO);

    (void)state;
    put("in", "first;second");
    int fd = open("in", O_RDONLY);
    assert_true(fd >= 0 && dup2(fd, STDIN_FILENO) == STDIN_FILENO);
    close(fd);
    assert_int_equal(lseek(STDIN_FILENO, 6, SEEK_SET), 6);
    assert_true(file_read(&f, "-", LIMIT, &e));
    assert_true(tl_str_is(f.text, "second"));
    file_release(&f);
    if (saved >= 0) {
        dup2(saved, STDIN_FILENO);
        close(saved);
    }
    unlink("in");
}

static void says_what_cannot_be_read(void **state)
{
    struct file f;
    struct err e;

    (void)state;
    assert_false(file_read(&f, ".", LIMIT, &e));
    assert_string_equal(e.message, ".: is a folder");
    assert_false(file_read(&f, "none", LIMIT, &e));
    assert_string_equal(e.message,
                        "none: cannot be opened: No such file or directory");
    file_release(&f);
}

static mode_t mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

static void keeps_the_mode(void **state)
{
    mode_t mask = umask(027);

    (void)state;
    put("m", "new");
    assert_int_equal(mode_of("m"), 0640);
    assert_int_equal(chmod("m", 0751), 0);
    put("m", "newer");
    assert_int_equal(mode_of("m"), 0751);
    umask(mask);
    unlink("m");
}

static void refuses_what_is_no_file(void **state)
{
    struct err e;

    (void)state;
    put("target", "safe");
    assert_int_equal(symlink("target", "link"), 0);
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_false(file_write("link", TL_STR("x"), &e));
    assert_string_equal(e.message, "link: is a symbolic link; not written");
    assert_false(file_write("fifo", TL_STR("x"), &e));
    assert_false(file_write(".", TL_STR("x"), &e));
    assert_false(file_write("none/x", TL_STR("x"), &e));
    check_text("target", "safe");
    unlink("link");
    unlink("fifo");
    unlink("target");
}

static bool want_sql(const char *path, void *arg)
{
    size_t n = strlen(path);

    (void)arg;
    return n > 4 && strcmp(path + n - 4, ".sql") == 0;
}

static const char *const folders[] = {
    "d", "d/a", "d/.git", "d/.sqlx", "d/node_modules", "d/a/b"};
static const char *const files[] = {
    "d/a.sql",      "d/a/z.sql",     "d/a/b/c.sql",
    "d/.git/x.sql", "d/.sqlx/x.sql", "d/node_modules/x.sql",
    "d/notes.txt",
};

static void walks_in_byte_order(void **state)
{
    struct path_list list = {VEC_INIT};
    struct arena a;
    struct err e;

    (void)state;
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        assert_int_equal(mkdir(folders[i], 0755), 0);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        put(files[i], "");
    assert_int_equal(symlink("..", "d/a/round"), 0);
    assert_int_equal(symlink("../a.sql", "d/a/link.sql"), 0);
    assert_int_equal(symlink("nowhere", "d/dangling.sql"), 0);
    arena_init(&a, 0);
    assert_true(file_walk(&list, &a, "d/", want_sql, NULL, &e));
    assert_int_equal(list.paths.n, 5);
    assert_string_equal(list.paths.v[0], "d/.sqlx/x.sql");
    assert_string_equal(list.paths.v[1], "d/a.sql");
    assert_string_equal(list.paths.v[2], "d/a/b/c.sql");
    assert_string_equal(list.paths.v[3], "d/a/link.sql");
    assert_string_equal(list.paths.v[4], "d/a/z.sql");
    vec_clear(&list.paths);
    assert_true(file_walk(&list, &a, ".", want_sql, NULL, &e));
    assert_int_equal(list.paths.n, 5);
    assert_string_equal(list.paths.v[1], "d/a.sql");
    assert_false(file_walk(&list, &a, "none", want_sql, NULL, &e));
    assert_int_equal(list.paths.n, 5);
    assert_true(file_is_dir("d"));
    assert_false(file_is_dir("d/a.sql"));
    assert_false(file_is_dir("none"));
    vec_release(&list.paths);
    arena_release(&a);
    unlink("d/a/round");
    unlink("d/a/link.sql");
    unlink("d/dangling.sql");
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        unlink(files[i]);
    for (size_t i = sizeof(folders) / sizeof(folders[0]); i-- > 0;)
        rmdir(folders[i]);
}

#define IN_FOLDER(f)                                                           \
    cmocka_unit_test_setup_teardown(f, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(writes_what_it_reads),
        IN_FOLDER(forgotten_pages_come_back),
        IN_FOLDER(pipes_are_read_up_to_the_limit),
        IN_FOLDER(partly_read_input_goes_on),
        IN_FOLDER(says_what_cannot_be_read),
        IN_FOLDER(keeps_the_mode),
        IN_FOLDER(refuses_what_is_no_file),
        IN_FOLDER(walks_in_byte_order),
    };

    return cmocka_run_group_tests_name("base/file", tests, NULL, NULL);
}
