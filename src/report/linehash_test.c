/*
 * linehash_test.c - the hashes that GitHub's own upload step computes.
 *
 * testdata/sarif/linehash_vectors.json was made with its code.
 */
#include "report/linehash.h"

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

static void expect_line(struct tl_str text, uint32_t line, const char *wanted)
{
    struct linehash h = {.line = line};
    struct buf b;

    buf_init(&b, 0);
    linehash_fill(text, &h, 1);
    assert_true(h.found);
    linehash_write(&b, &h);
    assert_string_equal(b.p, wanted);
    buf_release(&b);
}

/* All lines of a vector at once, then each alone. */
static void check_vector(const cJSON *vector)
{
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(vector, "text");
    const cJSON *hashes = cJSON_GetObjectItemCaseSensitive(vector, "hashes");
    struct tl_str s = {text->valuestring, strlen(text->valuestring)};
    size_t n = (size_t)cJSON_GetArraySize(hashes);
    struct linehash *lines = mem_calloc(n, sizeof(*lines));
    const cJSON *pair;
    size_t i = 0;
    struct buf b;

    buf_init(&b, 0);
    for (size_t k = 0; k < n; k++)
        lines[k].line = (uint32_t)k + 1;
    linehash_fill(s, lines, n);
    cJSON_ArrayForEach(pair, hashes)
    {
        const char *wanted = cJSON_GetArrayItem(pair, 1)->valuestring;

        assert_int_equal(cJSON_GetArrayItem(pair, 0)->valueint, i + 1);
        buf_clear(&b);
        linehash_write(&b, &lines[i]);
        assert_string_equal(b.p, wanted);
        expect_line(s, (uint32_t)++i, wanted);
    }
    buf_release(&b);
    mem_free(lines);
}

static void agrees_with_the_vectors(void **state)
{
    struct file file;
    struct err err;

    (void)state;
    assert_true(
        file_read(&file, "testdata/sarif/linehash_vectors.json", 0, &err));
    cJSON *all = cJSON_ParseWithLength(file.text.p, file.text.n);
    const cJSON *vector;

    assert_non_null(all);
    assert_true(cJSON_GetArraySize(all) >= 10);
    cJSON_ArrayForEach(vector, all) check_vector(vector);
    cJSON_Delete(all);
    file_release(&file);
}

static void counts_lines_that_are_equal(void **state)
{
    static char text[300 * 4 + 1];
    struct linehash lines[3] = {{.line = 1}, {.line = 2}, {.line = 150}};

    (void)state;
    for (size_t i = 0; i < 300; i++)
        memcpy(text + 4 * i, "ab;\n", 4);
    linehash_fill((struct tl_str){text, 1200}, lines, 3);
    assert_true(lines[0].hash == lines[1].hash);
    assert_true(lines[0].hash == lines[2].hash);
    assert_int_equal(lines[0].ordinal, 1);
    assert_int_equal(lines[1].ordinal, 2);
    assert_int_equal(lines[2].ordinal, 150);
}

static void blanks_and_line_ends_do_not_count(void **state)
{
    struct linehash a = {.line = 2};
    struct linehash b = {.line = 2};

    (void)state;
    linehash_fill(TL_STR("x\n  y\tz \nend"), &a, 1);
    linehash_fill(TL_STR("other\r\nyz\r\nend"), &b, 1);
    assert_true(a.hash == b.hash);
}

static void lines_that_do_not_exist(void **state)
{
    struct linehash h = {.line = 3};

    (void)state;
    linehash_fill(TL_STR("x\ny"), &h, 1);
    assert_false(h.found);
    linehash_fill(TL_NONE, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_vectors),
        cmocka_unit_test(counts_lines_that_are_equal),
        cmocka_unit_test(blanks_and_line_ends_do_not_count),
        cmocka_unit_test(lines_that_do_not_exist),
    };

    return cmocka_run_group_tests_name("linehash", tests, NULL, NULL);
}
