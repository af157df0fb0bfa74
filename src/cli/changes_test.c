/*
 * changes_test.c - unified diffs.
 */
#include "cli/changes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct err err;

static bool read_text(struct changes *c, const char *text)
{
    changes_init(c);
    return changes_read(c, (struct tl_str){text, strlen(text)}, "d", &err);
}

static bool touches(const struct changes *c, const char *path, uint32_t first,
                    uint32_t last)
{
    const struct changed_file *f = changes_of(c, path);

    return f && changes_touch(f, first, last);
}

static void git_says(void **state)
{
    struct changes c;

    (void)state;
    assert_true(read_text(&c, "diff --git a/db/1.sql b/db/1.sql\n"
                              "index 1..2 100644\n"
                              "--- a/db/1.sql\n"
                              "+++ b/db/1.sql\n"
                              "@@ -3 +3,2 @@ CREATE\n"
                              "--- a comment\n"
                              "+++ b\n"
                              "+two\n"
                              "@@ -9,2 +9,0 @@\n"
                              "-x\n"
                              "-y\n"));
    assert_int_equal(c.files.n, 1);
    assert_false(touches(&c, "db/1.sql", 1, 2));
    assert_true(touches(&c, "db/1.sql", 3, 3));
    assert_true(touches(&c, "db/1.sql", 4, 4));
    assert_false(touches(&c, "db/1.sql", 5, 9));
    /* What was taken out stood in the middle. */
    assert_true(touches(&c, "db/1.sql", 9, 10));
    assert_false(touches(&c, "db/1.sql", 10, 99));
    assert_false(touches(&c, "1.sql", 3, 3));
    changes_release(&c);
}

static void context_is_no_change(void **state)
{
    struct changes c;

    (void)state;
    assert_true(read_text(&c, "--- db/1.sql\t2026-01-01 00:00:00\r\n"
                              "+++ ./db/1.sql\t2026-01-01 00:00:00\r\n"
                              "@@ -1,3 +1,3 @@\r\n"
                              " a\r\n"
                              "-b\r\n"
                              "\\ No newline at end of file\n"
                              "+c\r\n"
                              "\r\n"
                              "\\ No newline at end of file\n"));
    assert_false(touches(&c, "db/1.sql", 1, 1));
    assert_true(touches(&c, "db/1.sql", 2, 2));
    assert_false(touches(&c, "db/1.sql", 3, 3));
    changes_release(&c);
}

static void names_of_all_kinds(void **state)
{
    struct changes c;

    (void)state;
    assert_true(read_text(
        &c, "diff --git \"a/b\\303\\266 \\\"1\\\".sql\" \"b/x\"\n"
            "--- \"a/b\\303\\266 \\\"1\\\".sql\"\n"
            "+++ \"b/b\\303\\266 \\\"1\\\".sql\"\n"
            "@@ -1 +1 @@\n-a\n+b\n"
            "diff --git a/old.sql b/new.sql\n"
            "similarity index 100%\nrename from old.sql\nrename to new.sql\n"
            "diff --git a/gone.sql b/gone.sql\n"
            "--- a/gone.sql\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"
            "diff --git c/m.sql w/m.sql\n"
            "--- c/m.sql\n+++ w/m.sql\n@@ -0,0 +1 @@\n+a\n"
            "diff --git a/add.sql b/add.sql\n"
            "--- /dev/null\n+++ b/add.sql\n@@ -0,0 +1,2 @@\n+a\n+b\n"
            "diff --git x.sql x.sql\n"
            "--- x.sql\n+++ x.sql\n@@ -1 +1 @@\n-a\n+b\n"));
    assert_true(touches(&c, "b\xc3\xb6 \"1\".sql", 1, 1));
    assert_null(changes_of(&c, "new.sql"));
    assert_null(changes_of(&c, "gone.sql"));
    assert_true(touches(&c, "m.sql", 1, 1));
    assert_true(touches(&c, "add.sql", 2, 2));
    assert_true(touches(&c, "x.sql", 1, 1));
    changes_release(&c);
}

static void refuses(const char *text, const char *why)
{
    struct changes c;

    assert_false(read_text(&c, text));
    assert_non_null(strstr(err.message, why));
    changes_release(&c);
}

static void what_is_damaged(void **state)
{
    struct changes c;

    (void)state;
    refuses("hello\n", "no unified diff");
    refuses("--- a\n+++ b\n@@ -1,2 +1,2 @@\n a\n", "ends within");
    refuses("--- a\n+++ b\n@@ -1 +1 @@\n a\n@@ -x +1 @@\n", "d:5:");
    refuses("--- a\n+++ b\n@@ -1 +1 @@\n+a\n+b\n", "the lines that it says");
    refuses("--- a\n+++ b\n@@ -1,99999999999999999999 +1 @@\n", "damaged");
    refuses("diff --cc a\n--- a/a\n+++ b/a\n@@@ -1 -1 +1 @@@\n", "merge");
    assert_true(read_text(&c, ""));
    changes_release(&c);
    assert_true(read_text(&c, "\n"));
    changes_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(git_says),
        cmocka_unit_test(context_is_no_change),
        cmocka_unit_test(names_of_all_kinds),
        cmocka_unit_test(what_is_damaged),
    };

    return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
