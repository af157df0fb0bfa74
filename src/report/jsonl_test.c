/*
 * jsonl_test.c - a line an object, and the summary at the end.
 */
#include "report/testing.h"

#include <cjson/cJSON.h>

static struct sample s;

static size_t count_lines(const char *text)
{
    size_t n = 0;

    for (const char *p = strchr(text, '\n'); p; p = strchr(p + 1, '\n'))
        n++;
    return n;
}

/* The line's "type"; its text must be one JSON object. */
static void expect_types(const char *text, const char *const *types, size_t n)
{
    assert_int_equal(count_lines(text), n);
    for (size_t i = 0; i < n; i++) {
        size_t length = strcspn(text, "\n");
        cJSON *line = cJSON_ParseWithLength(text, length);

        assert_non_null(line);
        assert_string_equal(
            cJSON_GetStringValue(cJSON_GetObjectItem(line, "type")), types[i]);
        cJSON_Delete(line);
        text += length + 1;
    }
}

static void an_empty_run_is_a_summary(void **state)
{
    (void)state;
    sample_init(&s);
    assert_string_equal(
        sample_write(&s, &report_jsonl),
        "{\"type\":\"summary\",\"version\":1,\"tool\":{\"name\":\"tusklint\","
        "\"version\":\"0.1.0\",\"parser\":\"parser 15\"},\"files\":0,"
        "\"errors\":0,\"warnings\":0,\"notes\":0,\"suppressed\":0,"
        "\"notNew\":0}\n");
    sample_release(&s);
}

static void one_line_an_object(void **state)
{
    static const char *const failures[] = {"b.sql: gone"};
    static const char *const types[] = {"finding", "finding", "error", "error",
                                        "summary"};

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a\n.sql", TL_STR("SELECT (\n"));
    sample_finding(&s, (struct tl_span){0, 6, id}, "a\nb");
    struct tl_finding *f =
        sample_finding(&s, (struct tl_span){8, 9, id}, "It ends.");
    f->rule = &sample_broken;
    f->severity = TL_ERROR;
    s.run.failures = failures;
    s.run.n_failures = 1;
    expect_types(sample_write(&s, &report_jsonl), types, 5);
    sample_release(&s);
}

static void statistics_stand_in_the_summary(void **state)
{
    (void)state;
    sample_init(&s);
    s.run.statistics = true;
    uint32_t id = sample_source(&s, "a.sql", TL_STR("x"));
    sample_finding(&s, (struct tl_span){0, 1, id}, "one");
    sample_finding(&s, (struct tl_span){0, 1, id}, "two");
    assert_non_null(strstr(sample_write(&s, &report_jsonl),
                           "\"statistics\":[{\"rule\":\"TL101\",\"name\":"
                           "\"some-rule\",\"findings\":2}]}\n"));
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_run_is_a_summary),
        cmocka_unit_test(one_line_an_object),
        cmocka_unit_test(statistics_stand_in_the_summary),
    };

    return cmocka_run_group_tests_name("jsonl", tests, NULL, NULL);
}
