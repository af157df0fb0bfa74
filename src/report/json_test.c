/*
 * json_test.c - the contract with scripts: keys, positions, errors.
 */
#include "report/testing.h"

#include <cjson/cJSON.h>

static struct sample s;

static cJSON *parse(const char *text)
{
    cJSON *all = cJSON_Parse(text);

    assert_non_null(all);
    return all;
}

static const cJSON *get(const cJSON *from, const char *key)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(from, key);

    if (!found)
        print_error("no key %s\n", key);
    assert_non_null(found);
    return found;
}

static void expect_text(const cJSON *from, const char *key, const char *wanted)
{
    assert_string_equal(cJSON_GetStringValue(get(from, key)), wanted);
}

static void expect_place(const cJSON *from, const char *key, int offset,
                         int line, int column)
{
    const cJSON *p = get(from, key);

    assert_int_equal(get(p, "offset")->valueint, offset);
    assert_int_equal(get(p, "line")->valueint, line);
    assert_int_equal(get(p, "column")->valueint, column);
}

static void an_empty_run(void **state)
{
    (void)state;
    sample_init(&s);
    cJSON *all = parse(sample_write(&s, &report_json));
    assert_int_equal(get(all, "version")->valueint, 1);
    expect_text(get(all, "tool"), "name", "tusklint");
    expect_text(get(all, "tool"), "version", "0.1.0");
    assert_int_equal(cJSON_GetArraySize(get(all, "findings")), 0);
    assert_int_equal(cJSON_GetArraySize(get(all, "errors")), 0);
    assert_int_equal(get(get(all, "summary"), "files")->valueint, 0);
    cJSON_Delete(all);
    sample_release(&s);
}

static void a_finding(void **state)
{
    struct tl_edit edit = {.text = TL_STR(" NOW")};
    struct tl_fix fix = {
        .title = TL_STR("do it"), .applicability = TL_UNSAFE, .edits = &edit};
    struct tl_related related = {.message = TL_STR("there")};

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql",
                                TL_STR("x\r\n\xF0\x9F\x98\x80\tDROP\r\nEND\n"));
    struct tl_finding *f =
        sample_finding(&s, sample_span(&s, id, "DROP\r\nEND"), "\x1b\"\xFF");
    edit.span = (struct tl_span){f->span.start + 4, f->span.start + 4, id};
    related.span = sample_span(&s, id, "x");
    f->fix = &fix;
    f->related = &related;
    cJSON *all = parse(sample_write(&s, &report_json));
    const cJSON *x = cJSON_GetArrayItem(get(all, "findings"), 0);
    expect_text(x, "rule", "TL101");
    expect_text(x, "name", "some-rule");
    expect_text(x, "severity", "warning");
    expect_text(x, "message", "\x1b\"\xEF\xBF\xBD");
    expect_text(x, "path", "a.sql");
    expect_place(x, "start", 8, 2, 3);
    expect_place(x, "end", 17, 3, 4);
    expect_text(x, "fingerprint", "0000000000000abc0000000000000123");
    assert_true(cJSON_IsNull(get(x, "help")));
    const cJSON *change = get(x, "fix");
    expect_text(change, "description", "do it");
    expect_text(change, "applicability", "unsafe");
    const cJSON *e = cJSON_GetArrayItem(get(change, "edits"), 0);
    expect_text(e, "text", " NOW");
    expect_place(e, "start", 12, 2, 7);
    expect_place(e, "end", 12, 2, 7);
    const cJSON *r = cJSON_GetArrayItem(get(x, "related"), 0);
    expect_text(r, "message", "there");
    expect_place(r, "start", 0, 1, 1);
    assert_int_equal(get(get(all, "summary"), "warnings")->valueint, 1);
    cJSON_Delete(all);
    sample_release(&s);
}

static void what_could_not_be_analysed(void **state)
{
    static const char *const failures[] = {"b.sql: gone"};

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("SELECT ("));
    struct tl_finding *f =
        sample_finding(&s, (struct tl_span){8, 90, id}, "It ends.");
    f->rule = &sample_broken;
    f->severity = TL_ERROR;
    s.run.failures = failures;
    s.run.n_failures = 1;
    cJSON *all = parse(sample_write(&s, &report_json));
    const cJSON *errors = get(all, "errors");
    assert_int_equal(cJSON_GetArraySize(errors), 2);
    expect_text(cJSON_GetArrayItem(errors, 0), "message", "b.sql: gone");
    expect_text(cJSON_GetArrayItem(errors, 1), "path", "a.sql");
    expect_place(cJSON_GetArrayItem(errors, 1), "end", 8, 1, 9);
    cJSON_Delete(all);
    sample_release(&s);
}

static void places_outside_of_the_run(void **state)
{
    (void)state;
    sample_init(&s);
    sample_finding(&s, (struct tl_span){5, 6, 77}, "nowhere");
    cJSON *all = parse(sample_write(&s, &report_json));
    const cJSON *x = cJSON_GetArrayItem(get(all, "findings"), 0);
    assert_true(cJSON_IsNull(get(x, "path")));
    assert_true(cJSON_IsNull(get(x, "fix")));
    cJSON_Delete(all);
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_run),
        cmocka_unit_test(a_finding),
        cmocka_unit_test(what_could_not_be_analysed),
        cmocka_unit_test(places_outside_of_the_run),
    };

    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
