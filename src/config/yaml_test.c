/*
 * yaml_test.c - YAML as a tree with places.
 */
#include "config/yaml.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void nodes_know_their_places(void **state)
{
    struct yaml_error error;
    struct yaml_node *root = yaml_read(
        TL_STR("# c\na: [x, '1']\n\xc3\xa9: {c: 2}\n"), &arena, &error);

    (void)state;
    assert_non_null(root);
    assert_int_equal(root->kind, YAML_MAP);
    struct yaml_node *list = root->first->value;
    assert_int_equal(list->kind, YAML_LIST);
    assert_string_equal(list->first->text, "x");
    assert_int_equal(list->first->line, 2);
    assert_int_equal(list->first->column, 5);
    assert_false(list->first->quoted);
    assert_true(list->first->next->quoted);
    struct yaml_node *c = root->first->next->value->first;
    assert_int_equal(c->line, 3);
    assert_int_equal(c->column, 5);
    assert_string_equal(c->value->text, "2");
}

static void nothing_is_an_empty_map(void **state)
{
    static const char *const texts[] = {"", "# only\n", "---\n", "{}"};
    struct yaml_error error;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct yaml_node *root = yaml_read(
            (struct tl_str){texts[i], strlen(texts[i])}, &arena, &error);

        assert_non_null(root);
        assert_int_equal(root->kind, YAML_MAP);
        assert_null(root->first);
    }
}

static void refuses(const char *text, uint32_t line, uint32_t column,
                    const char *why)
{
    struct yaml_error error = {0};

    assert_null(yaml_read((struct tl_str){text, strlen(text)}, &arena, &error));
    assert_non_null(strstr(error.message, why));
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

static void what_is_refused(void **state)
{
    (void)state;
    refuses("a: &x 1\n", 1, 4, "anchor");
    refuses("a: *x\n", 1, 4, "alias");
    refuses("a: !!int 1\n", 1, 4, "tag");
    refuses("a: 1\nb: 2\na: 3\n", 3, 1, "there already, in line 1");
    refuses("a: 1\n---\nb: 2\n", 2, 1, "second document");
    refuses("a: \"x\\0y\"\n", 1, 4, "NUL");
    refuses("? [a]\n: b\n", 1, 3, "a key is a word");
    refuses("a: [1\n", 2, 1, "not YAML");
    refuses("a: \"\xff\"\n", 1, 1, "not YAML");
}

static void sizes_are_bounded(void **state)
{
    struct yaml_error error;
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    for (size_t i = 0; i < 200000; i++)
        buf_char(&b, '[');
    assert_null(yaml_read(buf_view(&b), &arena, &error));
    assert_non_null(strstr(error.message, "nested too deeply"));
    buf_clear(&b);
    buf_puts(&b, "a: [");
    for (size_t i = 0; i < YAML_NODES; i++)
        buf_puts(&b, "1,");
    buf_puts(&b, "]");
    assert_null(yaml_read(buf_view(&b), &arena, &error));
    assert_non_null(strstr(error.message, "too much"));
    buf_clear(&b);
    for (size_t i = 0; i <= YAML_BYTES; i++)
        buf_char(&b, '#');
    assert_null(yaml_read(buf_view(&b), &arena, &error));
    assert_non_null(strstr(error.message, "at most 256 KiB"));
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_know_their_places),
        cmocka_unit_test(nothing_is_an_empty_map),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(sizes_are_bounded),
    };

    return cmocka_run_group_tests_name("yaml", tests, set_up, tear_down);
}
