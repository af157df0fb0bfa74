/*
 * gitlab_test.c - the keys that GitLab reads, and nothing lost.
 */
#include "report/testing.h"

#include <cjson/cJSON.h>

static struct sample s;

static const char *text_of(const cJSON *from, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(from, key));
}

static int line_of(const cJSON *issue, const char *key)
{
    const cJSON *at = cJSON_GetObjectItem(issue, "location");

    return cJSON_GetObjectItem(cJSON_GetObjectItem(at, "lines"), key)->valueint;
}

static void an_empty_run_is_an_empty_array(void **state)
{
    (void)state;
    sample_init(&s);
    assert_string_equal(sample_write(&s, &report_gitlab), "[]\n");
    sample_release(&s);
}

static void an_issue(void **state)
{
    (void)state;
    assert_string_equal(
        sample_one(&s, &report_gitlab, TL_STR("a\nDROP\n\tx;"), "DROP\n\tx"),
        "[\n  {\n"
        "    \"description\": \"some-rule: It blocks.\",\n"
        "    \"check_name\": \"some-rule\",\n"
        "    \"fingerprint\": \"0000000000000abc0000000000000123\",\n"
        "    \"severity\": \"major\",\n"
        "    \"location\": {\n"
        "      \"path\": \"a.sql\",\n"
        "      \"lines\": {\n"
        "        \"begin\": 2,\n"
        "        \"end\": 3\n"
        "      }\n    }\n  }\n]\n");
    sample_release(&s);
}

static void severities_and_failures(void **state)
{
    static const char *const failures[] = {"b.sql: gone", "too much"};
    static const char *const paths[] = {"b.sql", NULL};
    static const char *const severities[] = {"blocker", "blocker", "blocker",
                                             "critical", "info"};

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("SELECT ("));
    struct tl_finding *broken =
        sample_finding(&s, (struct tl_span){8, 90, id}, "It ends.");
    broken->rule = &sample_broken;
    sample_finding(&s, (struct tl_span){0, 6, id}, "\x1b")->severity = TL_ERROR;
    sample_finding(&s, (struct tl_span){0, 6, 7}, "x")->severity = TL_NOTE;
    s.run.failures = failures;
    s.run.failure_paths = paths;
    s.run.n_failures = 2;
    cJSON *all = cJSON_Parse(sample_write(&s, &report_gitlab));
    assert_int_equal(cJSON_GetArraySize(all), 5);
    for (int i = 0; i < 5; i++)
        assert_string_equal(text_of(cJSON_GetArrayItem(all, i), "severity"),
                            severities[i]);
    const cJSON *gone = cJSON_GetArrayItem(all, 0);
    assert_string_equal(text_of(gone, "description"), "failure: b.sql: gone");
    assert_string_equal(text_of(cJSON_GetObjectItem(gone, "location"), "path"),
                        "b.sql");
    assert_string_equal(text_of(cJSON_GetArrayItem(all, 3), "description"),
                        "some-rule: \\x1b");
    assert_int_equal(line_of(cJSON_GetArrayItem(all, 2), "begin"), 1);
    cJSON_Delete(all);
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_run_is_an_empty_array),
        cmocka_unit_test(an_issue),
        cmocka_unit_test(severities_and_failures),
    };

    return cmocka_run_group_tests_name("gitlab", tests, NULL, NULL);
}
