/*
 * suppress_test.c - what comments hide, and which of them are stale.
 *
 * In these texts every statement begins with CREATE or DROP and ends with a
 * semicolon; each CREATE is a finding of create-rule, each DROP one of
 * drop-rule, each BROKEN one of syntax-error.
 */
#include "lint/suppress.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct tl_rule broken = {
    .id = "TL001",
    .name = "syntax-error",
    .family = TL_META,
    .severity = TL_ERROR,
};
static const struct tl_rule create_rule = {
    .id = "TL101",
    .name = "create-rule",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("E6", "require-concurrent-index-creation"),
};
static const struct tl_rule drop_rule = {
    .id = "TL102",
    .name = "drop-rule",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
};
static const struct tl_rule fussy = {
    .id = "TL208",
    .name = "fussy-rule",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
};
static const struct tl_rule plan_rule = {
    .id = "TL501",
    .name = "plan-rule",
    .family = TL_PLAN,
    .severity = TL_NOTE,
};
static const struct tl_rule *const rules[] = {&broken, &create_rule, &drop_rule,
                                              &fussy, &plan_rule};

size_t tl_rule_count(void)
{
    return sizeof(rules) / sizeof(rules[0]);
}

const struct tl_rule *tl_rule_at(size_t i)
{
    return i < tl_rule_count() ? rules[i] : NULL;
}

#define MAX 32

struct bench {
    struct tl_str text;
    struct comment_list comments;
    struct statement_range statements[MAX];
    size_t n_statements;
    struct tl_finding findings[MAX];
    struct tl_finding *list[MAX];
    size_t n_findings;
    struct suppress_result result;
};

static void find_words(struct bench *b, const char *word,
                       const struct tl_rule *rule)
{
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= b->text.n; i++) {
        if (memcmp(b->text.p + i, word, n) != 0)
            continue;
        assert_true(b->n_findings < MAX);
        b->findings[b->n_findings] =
            (struct tl_finding){.rule = rule, .span = {i, i + n, 0}};
        b->list[b->n_findings] = &b->findings[b->n_findings];
        b->n_findings++;
    }
}

static void find_statements(struct bench *b)
{
    const char *words[] = {"CREATE", "DROP", "BROKEN"};

    for (size_t i = 0; i < b->text.n; i++) {
        size_t end = i;

        for (size_t w = 0; w < 3; w++)
            if (b->text.n - i >= strlen(words[w]) &&
                memcmp(b->text.p + i, words[w], strlen(words[w])) == 0)
                end = i + 1;
        if (end == i)
            continue;
        while (end < b->text.n && b->text.p[end] != ';')
            end++;
        b->statements[b->n_statements++] = (struct statement_range){i, end, 0};
        i = end;
    }
}

static void run(struct bench *b, const char *text)
{
    const struct tl_options options = TL_OPTIONS_INIT;

    memset(b, 0, sizeof(*b));
    b->text = tl_str_c(text);
    comment_find(b->text, &b->comments);
    find_statements(b);
    find_words(b, "CREATE", &create_rule);
    find_words(b, "DROP", &drop_rule);
    find_words(b, "BROKEN", &broken);
    const struct suppress_file file = {
        .text = b->text,
        .statements = b->statements,
        .n_statements = b->n_statements,
        .comments = &b->comments,
        .findings = b->list,
        .n_findings = b->n_findings,
        .options = &options,
    };
    suppress_apply(&file, &b->result);
}

static void release(struct bench *b)
{
    comment_release(&b->comments);
    suppress_release(&b->result);
}

/* One letter a finding, in text order: '.' hidden, 'c', 'd', 'b' not. */
static void describe(const struct bench *b, char out[MAX + 1])
{
    size_t n = 0;

    for (size_t at = 0; at < b->text.n; at++)
        for (size_t i = 0; i < b->n_findings; i++) {
            const struct tl_finding *f = &b->findings[i];

            if (f->span.start != at)
                continue;
            out[n++] = f->suppressed             ? '.'
                       : f->rule == &create_rule ? 'c'
                       : f->rule == &drop_rule   ? 'd'
                                                 : 'b';
        }
    out[n] = '\0';
}

/* The problems, a letter each: unused, unknown (x), blanket (a), malformed. */
static void expect(const char *text, const char *findings, const char *problems)
{
    static const char letters[] = {'u', 'x', 'a', 'm'};
    struct bench b;
    char shown[MAX + 1];
    char found[MAX + 1] = "";

    run(&b, text);
    describe(&b, shown);
    if (strcmp(shown, findings) != 0)
        print_error("in: %s\n", text);
    assert_string_equal(shown, findings);
    for (size_t i = 0; i < b.result.problems.n; i++)
        found[i] = letters[b.result.problems.v[i].kind];
    if (strcmp(found, problems) != 0)
        print_error("in: %s\n", text);
    assert_string_equal(found, problems);
    size_t hidden = 0;
    for (const char *p = shown; *p; p++)
        hidden += *p == '.';
    assert_int_equal(b.result.n_suppressed, hidden);
    release(&b);
}

static void the_statement_that_follows(void **state)
{
    (void)state;
    expect("-- tusklint: ignore[create-rule] small\nCREATE a;\nCREATE b;\n",
           ".c", "");
    expect("-- tusklint: ignore[TL101]\n\n-- more\nCREATE a\n , x;\n", ".", "");
    expect("/* tusklint: ignore[tl101] */ CREATE a; CREATE b;", ".c", "");
    expect("CREATE a;\n-- tusklint: ignore[create-rule]\nCREATE b;", "c.", "");
}

static void the_statement_that_it_stands_behind_or_in(void **state)
{
    (void)state;
    expect("CREATE a; -- tusklint: ignore[create-rule]\nCREATE b;", ".c", "");
    expect("CREATE a -- tusklint: ignore[create-rule]\n, b;\nCREATE c;", ".c",
           "");
}

static void names_globs_and_aliases(void **state)
{
    (void)state;
    expect("-- tusklint: ignore[migration]\nCREATE a;", ".", "");
    expect("-- tusklint: ignore[TL1*]\nCREATE a;", ".", "");
    expect("-- tusklint: ignore[E6]\nCREATE a;", ".", "");
    expect("-- tusklint: ignore[drop-rule, create-rule]\nCREATE a DROP;", "..",
           "");
}

static void files_and_ranges(void **state)
{
    (void)state;
    expect("-- tusklint: ignore-file[create-rule]\nCREATE a;\nDROP b;\nCREATE "
           "c;",
           ".d.", "");
    expect("CREATE a;\n-- tusklint: ignore-start[create-rule]\nCREATE b;\n"
           "-- tusklint: ignore-end\nCREATE c;",
           "c.c", "");
    expect("-- tusklint: ignore-start[create-rule]\nCREATE a;\nCREATE b;", "..",
           "");
    expect("CREATE a;\n-- tusklint: ignore-end\n", "c", "u");
    /* The end with the names closes the range of these names. */
    expect("-- tusklint: ignore-start[create-rule]\n"
           "-- tusklint: ignore-start[drop-rule]\nCREATE a DROP;\n"
           "-- tusklint: ignore-end[create-rule]\nCREATE b DROP;\n"
           "-- tusklint: ignore-end[drop-rule]\nDROP c;",
           "..c.d", "");
}

static void what_hides_nothing_is_told(void **state)
{
    (void)state;
    expect("-- tusklint: ignore[drop-rule]\nCREATE a;", "c", "u");
    expect("-- tusklint: ignore[create-rule]\n", "", "u");
    expect("-- tusklint: ignore[create-rule, drop-rule]\nCREATE a;", ".", "u");
    /* A rule that is off, or waits for plans, cannot prove itself. */
    expect("-- tusklint: ignore[fussy-rule]\nCREATE a;", "c", "");
    expect("-- tusklint: ignore[plan-rule]\nCREATE a;", "c", "");
    /* Nor can a comment where the statement did not parse. */
    expect("-- tusklint: ignore[create-rule]\nBROKEN a;", "b", "");
}

static void blankets_unknown_and_malformed(void **state)
{
    (void)state;
    expect("-- tusklint: ignore\nCREATE a DROP;", "..", "a");
    expect("-- tusklint: ignore\n", "", "u");
    expect("-- tusklint: ignore[create-rul]\nCREATE a;", "c", "x");
    expect("-- tusklint: ignroe[create-rule]\nCREATE a;", "c", "m");
}

static void other_linters_are_obeyed_and_not_blamed(void **state)
{
    (void)state;
    expect("-- squawk-ignore require-concurrent-index-creation\nCREATE a;", ".",
           "");
    expect("-- squawk-ignore no-such-rule, drop-rule\nCREATE a;", "c", "");
    expect("-- eugene: ignore: E6\nCREATE a;", ".", "");
}

static void unknown_names_have_a_place_and_a_suggestion(void **state)
{
    struct bench b;

    (void)state;
    run(&b, "-- tusklint: ignore[create-rul]\nCREATE a;");
    assert_int_equal(b.result.problems.n, 1);
    const struct suppress_problem *p = &b.result.problems.v[0];
    assert_int_equal(p->start, 20);
    assert_int_equal(p->end, 30);
    assert_true(tl_str_is(p->suggestion, "create-rule"));
    release(&b);
}

/* What stays when the bytes of every problem are deleted. */
static void expect_removed(const char *text, const char *wanted)
{
    struct bench b;
    struct buf out;
    size_t at = 0;

    run(&b, text);
    buf_init(&out, 0);
    for (size_t i = 0; i < b.result.problems.n; i++) {
        const struct suppress_problem *p = &b.result.problems.v[i];

        assert_true(p->remove_start >= at && p->remove_end <= b.text.n);
        buf_add(&out, text + at, p->remove_start - at);
        at = p->remove_end;
    }
    buf_add(&out, text + at, b.text.n - at);
    assert_string_equal(buf_view(&out).p, wanted);
    buf_release(&out);
    release(&b);
}

static void deleting_leaves_a_clean_text(void **state)
{
    (void)state;
    expect_removed("a\n  -- tusklint: ignore[drop-rule]  \nCREATE a;\n",
                   "a\nCREATE a;\n");
    expect_removed("-- tusklint: ignore[drop-rule]\r\nCREATE a;\r\n",
                   "CREATE a;\r\n");
    expect_removed("CREATE a; -- tusklint: ignore[drop-rule]\n", "CREATE a;\n");
    expect_removed("/* tusklint: ignore[drop-rule] */ CREATE a;", " CREATE a;");
    expect_removed("CREATE /* tusklint: ignore[drop-rule] */ a;", "CREATE a;");
    expect_removed("CREATE /* tusklint: ignore[drop-rule] */a;", "CREATE a;");
    expect_removed("CREATE/* tusklint: ignore[drop-rule] */ a;", "CREATE a;");
    expect_removed("CREATE/* tusklint: ignore[drop-rule] */a;",
                   "CREATE/* tusklint: ignore[drop-rule] */a;");
    expect_removed("-- tusklint: ignore[drop-rule, create-rule]\nCREATE a;",
                   "-- tusklint: ignore[create-rule]\nCREATE a;");
    expect_removed("-- tusklint: ignore[create-rule, drop-rule]\nCREATE a;",
                   "-- tusklint: ignore[create-rule]\nCREATE a;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_statement_that_follows),
        cmocka_unit_test(the_statement_that_it_stands_behind_or_in),
        cmocka_unit_test(names_globs_and_aliases),
        cmocka_unit_test(files_and_ranges),
        cmocka_unit_test(what_hides_nothing_is_told),
        cmocka_unit_test(blankets_unknown_and_malformed),
        cmocka_unit_test(other_linters_are_obeyed_and_not_blamed),
        cmocka_unit_test(unknown_names_have_a_place_and_a_suggestion),
        cmocka_unit_test(deleting_leaves_a_clean_text),
    };

    return cmocka_run_group_tests_name("suppress", tests, NULL, NULL);
}
