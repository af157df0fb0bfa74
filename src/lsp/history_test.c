#include "lsp/history.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place_on_disk {
    char folder[64];
    struct arena arena;
};

static const char *path_of(struct place_on_disk *p, const char *name)
{
    return arena_printf(&p->arena, "%s/%s", p->folder, name).p;
}

static void put(struct place_on_disk *p, const char *name, const char *text)
{
    struct err err;

    assert_true(file_write(path_of(p, name), tl_str_c(text), &err));
}

static void count(void *arg)
{
    ++*(int *)arg;
}

static void files_are_kept_until_they_change(void **state)
{
    struct place_on_disk p = {.folder = "/tmp/tusklint-history-XXXXXX"};
    struct histories all = {.list = VEC_INIT};
    int changes = 0;

    (void)state;
    arena_init(&p.arena, 0);
    assert_non_null(mkdtemp(p.folder));
    put(&p, "2.sql", "two");
    put(&p, "1.sql", "one");
    put(&p, "notes.txt", "no");
    struct history *h = history_of(&all, p.folder, false);
    assert_int_equal(h->files.n, 2);
    assert_string_equal(h->files.v[0].name, "1.sql");
    const char *one = h->files.v[0].text.p;
    histories_forget(&all);
    history_refresh(h, count, &changes);
    assert_int_equal(changes, 0);
    assert_ptr_equal(h->files.v[0].text.p, one);
    put(&p, "2.sql", "other");
    histories_forget(&all);
    history_refresh(h, count, &changes);
    assert_int_equal(changes, 1);
    assert_ptr_equal(h->files.v[0].text.p, one);
    assert_true(tl_str_is(h->files.v[1].text, "other"));
    unlink(path_of(&p, "1.sql"));
    histories_forget(&all);
    history_refresh(h, count, &changes);
    assert_int_equal(changes, 2);
    assert_int_equal(h->files.n, 1);
    assert_ptr_equal(history_of(&all, p.folder, false), h);
    unlink(path_of(&p, "2.sql"));
    unlink(path_of(&p, "notes.txt"));
    rmdir(p.folder);
    histories_release(&all);
    arena_release(&p.arena);
}

static void folders_may_be_nested(void **state)
{
    struct place_on_disk p = {.folder = "/tmp/tusklint-history-XXXXXX"};
    struct histories all = {.list = VEC_INIT};

    (void)state;
    arena_init(&p.arena, 0);
    assert_non_null(mkdtemp(p.folder));
    assert_int_equal(mkdir(path_of(&p, "1_a"), 0700), 0);
    put(&p, "1_a/up.sql", "up");
    put(&p, "1_a/other.sql", "other");
    struct history *h = history_of(&all, p.folder, true);
    assert_int_equal(h->files.n, 1);
    assert_string_equal(h->files.v[0].name, "1_a/up.sql");
    assert_int_equal(history_of(&all, p.folder, false)->files.n, 0);
    unlink(path_of(&p, "1_a/up.sql"));
    unlink(path_of(&p, "1_a/other.sql"));
    rmdir(path_of(&p, "1_a"));
    rmdir(p.folder);
    histories_release(&all);
    arena_release(&p.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_kept_until_they_change),
        cmocka_unit_test(folders_may_be_nested),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
