/*
 * rdjson_test.c - byte columns, whole suggestions, nothing lost.
 */
#include "report/testing.h"

#include <cjson/cJSON.h>

static struct sample s;

static const cJSON *get(const cJSON *from, const char *key)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(from, key);

    if (!found)
        print_error("no key %s\n", key);
    assert_non_null(found);
    return found;
}

static const char *text_of(const cJSON *from, const char *key)
{
    return cJSON_GetStringValue(get(from, key));
}

static void expect_range(const cJSON *range, int line, int column, int end_line,
                         int end_column)
{
    assert_int_equal(get(get(range, "start"), "line")->valueint, line);
    assert_int_equal(get(get(range, "start"), "column")->valueint, column);
    assert_int_equal(get(get(range, "end"), "line")->valueint, end_line);
    assert_int_equal(get(get(range, "end"), "column")->valueint, end_column);
}

static cJSON *first_diagnostic(cJSON **all)
{
    *all = cJSON_Parse(sample_write(&s, &report_rdjson));
    assert_non_null(*all);
    return cJSON_GetArrayItem(get(*all, "diagnostics"), 0);
}

static void an_empty_run(void **state)
{
    (void)state;
    sample_init(&s);
    assert_string_equal(sample_write(&s, &report_rdjson),
                        "{\n  \"source\": {\n    \"name\": \"tusklint\",\n"
                        "    \"url\": \"https://example.org/x\"\n  },\n"
                        "  \"severity\": \"WARNING\",\n"
                        "  \"diagnostics\": []\n}\n");
    assert_string_equal(sample_write(&s, &report_rdjsonl), "");
    sample_release(&s);
}

static void columns_are_bytes(void **state)
{
    cJSON *all;

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql",
                                TL_STR("x\r\n\xF0\x9F\x98\x80\tDROP\r\nEND\n"));
    struct tl_finding *f =
        sample_finding(&s, sample_span(&s, id, "DROP\r\nEND"), "It blocks.");
    f->help = TL_STR("Do not.");
    const cJSON *d = first_diagnostic(&all);
    assert_string_equal(text_of(d, "message"), "It blocks.\n\nHelp: Do not.");
    assert_string_equal(text_of(d, "severity"), "WARNING");
    assert_string_equal(text_of(get(d, "code"), "value"), "TL101");
    assert_string_equal(
        text_of(get(d, "code"), "url"),
        "https://example.org/x/blob/main/rules/migration/some-rule.md");
    assert_string_equal(text_of(get(d, "location"), "path"), "a.sql");
    expect_range(get(get(d, "location"), "range"), 2, 6, 3, 4);
    cJSON_Delete(all);
    sample_release(&s);
}

static void a_fix_is_one_suggestion(void **state)
{
    struct tl_edit second = {.text = TL_STR(" NOW")};
    struct tl_edit first = {.text = TL_STR("LET"), .next = &second};
    struct tl_fix fix = {
        .title = TL_STR("do it"), .applicability = TL_SAFE, .edits = &first};
    cJSON *all;

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("DROP all;\n"));
    struct tl_finding *f =
        sample_finding(&s, sample_span(&s, id, "DROP"), "It blocks.");
    first.span = sample_span(&s, id, "DROP");
    second.span = (struct tl_span){8, 8, id};
    f->fix = &fix;
    const cJSON *d = first_diagnostic(&all);
    const cJSON *one = cJSON_GetArrayItem(get(d, "suggestions"), 0);
    assert_string_equal(text_of(one, "text"), "LET all NOW");
    expect_range(get(one, "range"), 1, 1, 1, 9);
    cJSON_Delete(all);
    fix.applicability = TL_MANUAL;
    d = first_diagnostic(&all);
    assert_null(cJSON_GetObjectItem(d, "suggestions"));
    cJSON_Delete(all);
    sample_release(&s);
}

static void lines_name_their_source(void **state)
{
    static const char *const failures[] = {"b.sql: gone"};
    static const char *const paths[] = {"b.sql"};

    (void)state;
    sample_init(&s);
    s.run.failures = failures;
    s.run.failure_paths = paths;
    s.run.n_failures = 1;
    struct tl_related related = {.span = {0, 1, 5},
                                 .message = TL_STR("there @me")};
    sample_finding(&s, (struct tl_span){0, 0, 9}, "nowhere")->related =
        &related;
    assert_string_equal(
        sample_write(&s, &report_rdjsonl),
        "{\"source\":{\"name\":\"tusklint\",\"url\":\"https://example.org/x\"},"
        "\"message\":\"b.sql: gone\",\"location\":{\"path\":\"b.sql\"},"
        "\"severity\":\"ERROR\"}\n"
        "{\"source\":{\"name\":\"tusklint\",\"url\":\"https://example.org/x\"},"
        "\"message\":\"nowhere\",\"location\":{\"path\":\".\"},"
        "\"severity\":\"WARNING\",\"code\":{\"value\":\"TL101\",\"url\":"
        "\"https://example.org/x/blob/main/rules/migration/some-rule.md\"},"
        "\"related_locations\":[{\"message\":\"there @\\u200bme\","
        "\"location\":{\"path\":\".\"}}]}\n");
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_run),
        cmocka_unit_test(columns_are_bytes),
        cmocka_unit_test(a_fix_is_one_suggestion),
        cmocka_unit_test(lines_name_their_source),
    };

    return cmocka_run_group_tests_name("rdjson", tests, NULL, NULL);
}
