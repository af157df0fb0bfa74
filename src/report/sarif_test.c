/*
 * sarif_test.c - regions, links, fingerprints, notifications, limits.
 *
 * ci/sarif.sh asks the schema and other people's validators; here are the
 * cases that a whole run does not reach.
 */
#include "report/testing.h"

#include <cjson/cJSON.h>

static struct sample s;
static cJSON *all;

static const cJSON *get(const cJSON *from, const char *key)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(from, key);

    if (!found)
        print_error("no key %s\n", key);
    assert_non_null(found);
    return found;
}

static const cJSON *at(const cJSON *from, const char *key, int i)
{
    const cJSON *found = cJSON_GetArrayItem(get(from, key), i);

    assert_non_null(found);
    return found;
}

static void expect_text(const cJSON *from, const char *key, const char *wanted)
{
    assert_string_equal(cJSON_GetStringValue(get(from, key)), wanted);
}

static int number(const cJSON *from, const char *key)
{
    return get(from, key)->valueint;
}

static const cJSON *run_of(void)
{
    all = cJSON_Parse(sample_write(&s, &report_sarif));
    assert_non_null(all);
    expect_text(all, "version", "2.1.0");
    return at(all, "runs", 0);
}

static void release(void)
{
    cJSON_Delete(all);
    sample_release(&s);
}

static const cJSON *region_of(const cJSON *result)
{
    return get(get(at(result, "locations", 0), "physicalLocation"), "region");
}

static void a_run_without_results(void **state)
{
    (void)state;
    sample_init(&s);
    const cJSON *run = run_of();
    assert_int_equal(cJSON_GetArraySize(get(run, "results")), 0);
    assert_int_equal(cJSON_GetArraySize(get(run, "artifacts")), 0);
    expect_text(run, "columnKind", "utf16CodeUnits");
    const cJSON *driver = get(get(run, "tool"), "driver");
    assert_int_equal(cJSON_GetArraySize(get(driver, "rules")), 2);
    const cJSON *rule = at(driver, "rules", 1);
    expect_text(rule, "id", "TL101");
    expect_text(rule, "name", "SomeRule");
    expect_text(rule, "helpUri",
                "https://example.org/x/blob/main/rules/migration/some-rule.md");
    expect_text(get(rule, "shortDescription"), "text",
                "Something blocks somebody.");
    expect_text(get(rule, "help"), "markdown", "# Some rule\n\nText.\n");
    expect_text(get(rule, "defaultConfiguration"), "level", "warning");
    expect_text(at(driver, "notifications", 0), "id", "TL001");
    assert_true(
        cJSON_IsTrue(get(at(run, "invocations", 0), "executionSuccessful")));
    release();
}

static void columns_are_utf16_and_bytes_are_bytes(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(
        &s, "a.sql",
        TL_STR("\xEF\xBB\xBF"
               "x\r\n\xF0\x9F\x98\x80\xC3\xA9\tDROP\r\n\r\nEND\n"));
    sample_finding(&s, sample_span(&s, id, "DROP\r\n\r\nEND"), "x");
    const cJSON *result = at(run_of(), "results", 0);
    const cJSON *region = region_of(result);
    assert_int_equal(number(region, "startLine"), 2);
    assert_int_equal(number(region, "startColumn"), 5);
    assert_int_equal(number(region, "endLine"), 4);
    assert_int_equal(number(region, "endColumn"), 4);
    assert_int_equal(number(region, "byteOffset"), 13);
    assert_int_equal(number(region, "byteLength"), 11);
    assert_int_equal(number(region, "charOffset"), 7);
    assert_int_equal(number(region, "charLength"), 11);
    expect_text(get(region, "snippet"), "text", "DROP\r\n\r\nEND");
    release();
}

static void regions_at_the_end_and_in_nothing(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("x\n"));
    uint32_t empty = sample_source(&s, "b.sql", TL_NONE);
    sample_finding(&s, (struct tl_span){2, 2, id}, "x");
    sample_finding(&s, (struct tl_span){7, 9, empty}, "x");
    sample_finding(&s, (struct tl_span){0, 0, 50}, "has no place");
    const cJSON *run = run_of();
    assert_int_equal(cJSON_GetArraySize(get(run, "results")), 2);
    const cJSON *region = region_of(at(run, "results", 0));
    assert_int_equal(number(region, "startLine"), 2);
    assert_int_equal(number(region, "endColumn"), 1);
    region = region_of(at(run, "results", 1));
    assert_int_equal(number(region, "startLine"), 1);
    assert_int_equal(number(region, "byteOffset"), 0);
    expect_text(get(at(run, "results", 1), "partialFingerprints"),
                "primaryLocationLineHash", "c129715d7a2bc9a3:1");
    release();
}

static void messages_link_to_other_places(void **state)
{
    struct tl_related away = {.span = {0, 1, 60}, .message = TL_STR("lost")};
    struct tl_related first = {.message = TL_STR("the [table]"), .next = &away};

    (void)state;
    sample_init(&s);
    uint32_t a = sample_source(&s, "a.sql", TL_STR("x"));
    uint32_t b = sample_source(&s, "d:b c.sql", TL_STR("table"));
    struct tl_finding *f = sample_finding(&s, (struct tl_span){0, 1, a},
                                          "A[0] \xE2\x80\xAE \\ ##[x]");
    f->detail = TL_STR("why");
    f->related = &first;
    first.span = sample_span(&s, b, "table");
    const cJSON *run = run_of();
    const cJSON *result = at(run, "results", 0);
    expect_text(get(result, "message"), "text",
                "A\\[0\\] <U+202E> \\\\ ##\\\\\\[x\\]. why. "
                "See: [the \\[table\\]](1).");
    assert_int_equal(cJSON_GetArraySize(get(result, "relatedLocations")), 1);
    const cJSON *related = at(result, "relatedLocations", 0);
    assert_int_equal(number(related, "id"), 1);
    const cJSON *file =
        get(get(related, "physicalLocation"), "artifactLocation");
    expect_text(file, "uri", "d%3Ab%20c.sql");
    expect_text(file, "uriBaseId", "SRCROOT");
    assert_int_equal(number(file, "index"), 1);
    assert_int_equal(cJSON_GetArraySize(get(run, "artifacts")), 2);
    release();
}

static void expect_logical(const cJSON *location, int i, const char *name,
                           const char *full, const char *kind)
{
    const cJSON *logical = at(location, "logicalLocations", i);

    expect_text(logical, "name", name);
    expect_text(logical, "fullyQualifiedName", full);
    expect_text(logical, "kind", kind);
}

static void objects_are_logical_places(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("one two"));
    sample_finding(&s, sample_span(&s, id, "one"), "about nothing");
    struct tl_finding *f =
        sample_finding(&s, sample_span(&s, id, "two"), "about a column");
    f->relation = TL_STR("public.odd.name");
    f->relation_kind = "table";
    f->object = TL_STR("public.odd.name.a");
    f->part_kind = "column";
    const cJSON *run = run_of();
    const cJSON *none = at(at(run, "results", 0), "locations", 0);
    assert_null(cJSON_GetObjectItemCaseSensitive(none, "logicalLocations"));
    const cJSON *column = at(at(run, "results", 1), "locations", 0);
    expect_logical(column, 0, "a", "public.odd.name.a", "column");
    expect_logical(column, 1, "odd.name", "public.odd.name", "table");
    release();
}

static void fixes_are_replacements(void **state)
{
    struct tl_edit second = {.text = TL_STR("b")};
    struct tl_edit first = {.text = TL_STR("a"), .next = &second};
    struct tl_fix fix = {.title = TL_STR("do it"), .edits = &first};

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("one\ntwo\n"));
    sample_finding(&s, (struct tl_span){0, 1, id}, "x")->fix = &fix;
    first.span = (struct tl_span){3, 3, id};
    second.span = (struct tl_span){4, 7, id};
    const cJSON *x = at(at(run_of(), "results", 0), "fixes", 0);
    expect_text(get(x, "description"), "text", "do it.");
    assert_int_equal(cJSON_GetArraySize(get(x, "artifactChanges")), 1);
    const cJSON *change = at(x, "artifactChanges", 0);
    assert_int_equal(cJSON_GetArraySize(get(change, "replacements")), 2);
    const cJSON *r = at(change, "replacements", 0);
    assert_int_equal(number(get(r, "deletedRegion"), "startColumn"), 4);
    assert_int_equal(number(get(r, "deletedRegion"), "endColumn"), 4);
    expect_text(get(r, "insertedContent"), "text", "a");
    release();
}

static void trouble_is_told_twice(void **state)
{
    static const char *const failures[] = {"b.sql: gone"};

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("SELEC"));
    struct tl_finding *f =
        sample_finding(&s, (struct tl_span){0, 5, id}, "It does not parse.");
    f->rule = &sample_broken;
    f->severity = TL_ERROR;
    s.run.failures = failures;
    s.run.n_failures = 1;
    const cJSON *run = run_of();
    const cJSON *invocation = at(run, "invocations", 0);
    assert_true(cJSON_IsFalse(get(invocation, "executionSuccessful")));
    const cJSON *gone = at(invocation, "toolExecutionNotifications", 0);
    expect_text(get(gone, "message"), "text", "b.sql: gone.");
    const cJSON *broken = at(invocation, "toolExecutionNotifications", 1);
    expect_text(get(broken, "descriptor"), "id", "TL001");
    assert_int_equal(number(get(broken, "descriptor"), "index"), 0);
    expect_text(at(run, "results", 0), "level", "error");
    release();
}

static void absolute_paths_have_no_base(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "/srv/\xFF.sql", TL_STR("x"));
    sample_finding(&s, (struct tl_span){0, 1, id}, "x");
    const cJSON *location = get(
        get(at(at(run_of(), "results", 0), "locations", 0), "physicalLocation"),
        "artifactLocation");
    expect_text(location, "uri", "file:///srv/%FF.sql");
    assert_null(cJSON_GetObjectItemCaseSensitive(location, "uriBaseId"));
    release();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_without_results),
        cmocka_unit_test(columns_are_utf16_and_bytes_are_bytes),
        cmocka_unit_test(regions_at_the_end_and_in_nothing),
        cmocka_unit_test(messages_link_to_other_places),
        cmocka_unit_test(objects_are_logical_places),
        cmocka_unit_test(fixes_are_replacements),
        cmocka_unit_test(trouble_is_told_twice),
        cmocka_unit_test(absolute_paths_have_no_base),
    };

    return cmocka_run_group_tests_name("sarif", tests, NULL, NULL);
}
