/*
 * memo_test.c - what is kept from run to run is never of other texts.
 */
#include <tusklint/place.h>
#include <tusklint/rule.h>

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define FILES 40

struct story {
    char names[FILES][24];
    char texts[FILES][160];
};

static void tell(struct story *s)
{
    for (int i = 0; i < FILES; i++) {
        (void)snprintf(s->names[i], sizeof(s->names[i]), "m/%03d.sql", i + 1);
        (void)snprintf(s->texts[i], sizeof(s->texts[i]),
                       "CREATE TABLE t%d (id bigint PRIMARY KEY, a int);", i);
    }
}

/* One after the other, each as it stands in its place. */
static void write_all(const struct tl_linter *l, struct buf *out)
{
    for (size_t i = 0; i < tl_finding_count(l); i++) {
        const struct tl_finding *f = tl_finding_at(l, i);

        buf_printf(out, "%s %u:%d-%d %.*s\n", f->rule ? f->rule->id : "",
                   (unsigned)f->span.source, (int)f->span.start,
                   (int)f->span.end, TL_FMT(f->message));
    }
    for (uint32_t i = 0; i < tl_source_count(l); i++)
        buf_printf(out, "%s %u\n", tl_source_path(l, i),
                   (unsigned)tl_statement_count(l, i));
}

/* File `shown` is written, the others are its history. */
static void lint_story(const struct story *s, int shown, struct tl_memo *memo,
                       struct buf *out)
{
    struct tl_options options = TL_OPTIONS_INIT;
    struct tl_error error;

    options.memo = memo;
    struct tl_linter *l = tl_open(&options, &error);
    for (int i = 0; i < FILES; i++)
        if (i != shown)
            tl_add_history_text(l, s->names[i], "m", tl_str_c(s->texts[i]));
    tl_add_text(l, s->names[shown], tl_str_c(s->texts[shown]), TL_AS_AUTO,
                false);
    tl_run(l);
    write_all(l, out);
    tl_close(l);
}

static void expect_the_same(const struct story *s, int shown,
                            struct tl_memo *memo)
{
    struct buf with;
    struct buf without;

    buf_init(&with, 0);
    buf_init(&without, 0);
    lint_story(s, shown, memo, &with);
    lint_story(s, shown, NULL, &without);
    buf_char(&with, '\0');
    buf_char(&without, '\0');
    assert_string_equal(with.p, without.p);
    buf_release(&with);
    buf_release(&without);
}

/* A kept schema is that of the very texts before the file, whatever changes
   where. */
static void a_memo_is_never_stale(void **state)
{
    static const char *const edits[] = {
        "DROP TABLE t1;",
        "ALTER TABLE t2 RENAME TO moved;",
        "ALTER TABLE t3 DROP COLUMN a;",
        "CREATE INDEX ON t4 (a);",
        "broken(;",
        "CREATE INDEX t5_a ON t5 (a); CREATE INDEX t5_b ON t5 (a);"};
    struct tl_memo *memo = tl_memo_create();
    struct story s;
    uint32_t chance = 7;

    (void)state;
    tell(&s);
    for (int round = 0; round < 60; round++) {
        chance = chance * 1103515245 + 12345;
        int at = (int)(chance >> 16) % FILES;
        int shown = round % 3 == 0 ? (int)(chance >> 20) % FILES : FILES - 1;

        (void)snprintf(s.texts[at], sizeof(s.texts[at]), "%s",
                       edits[round % 6]);
        expect_the_same(&s, FILES - 1, memo);
        (void)snprintf(s.texts[shown], sizeof(s.texts[shown]),
                       "CREATE INDEX ON t%d (a); DROP TABLE moved;",
                       round % FILES);
        expect_the_same(&s, shown, memo);
        expect_the_same(&s, shown, memo);
    }
    tl_memo_free(memo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_memo_is_never_stale),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
