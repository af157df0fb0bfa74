/*
 * fuzz_suppress.c - comments that speak to the linter, where they can stand.
 *
 * Each line of the input becomes a comment before, behind or in a statement
 * that has findings. Without what the linter obeys there are no fewer of them.
 */
#include "base/buf.h"
#include "base/mem.h"
#include "fuzz/harness.h"
#include "sql/comment.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <tusklint/rule.h>

/* What stands before and behind a line. */
static const struct {
    const char *before;
    const char *behind;
} places[] = {
    {"-- ", "\nCREATE INDEX ON herds (n);\n"},
    {"ALTER TABLE cows ADD c serial; -- ", "\n"},
    {"DROP /* ", " */ TABLE\nherds CASCADE;\n"},
    {"/* ", " */ ALTER TABLE cows ALTER name TYPE text;\n"},
    {"SELECT 1; SELECT * FROM\n-- ", "\ncows WHERE id NOT IN (NULL);\n"},
    {"DO $$ BEGIN\n-- ", "\nUPDATE herds SET n = 1; END $$;\n"},
};

static void place_lines(struct buf *b, struct tl_str s)
{
    for (size_t i = 0; s.n && i < 64; i++) {
        size_t place = i % (sizeof(places) / sizeof(places[0]));
        const char *newline = memchr(s.p, '\n', s.n);
        size_t n = newline ? (size_t)(newline - s.p) : s.n;

        buf_puts(b, places[place].before);
        buf_add(b, s.p, n);
        buf_puts(b, places[place].behind);
        n += newline != NULL;
        s.p += n;
        s.n -= n;
    }
}

/* The same bytes, with the first letters changed of what the linter obeys: all
   else may be a migration tool's. */
static char *without_comments(struct tl_str s)
{
    struct comment_list list = {.comments = VEC_INIT, .rules = VEC_INIT};
    char *text = mem_alloc(s.n);

    if (s.n)
        memcpy(text, s.p, s.n);
    comment_find(s, &list);
    for (size_t i = 0; i < list.comments.n; i++) {
        size_t k = list.comments.v[i].start;

        while (k < list.comments.v[i].end && !isalpha((unsigned char)text[k]))
            k++;
        if (k < list.comments.v[i].end)
            text[k] = 'x';
    }
    comment_release(&list);
    return text;
}

static struct tl_linter *run(const char *text, size_t n)
{
    struct tl_linter *l = fuzz_open(false);

    fuzz_add(l, "db/1.sql", TL_AS_MIGRATION, (const uint8_t *)text, n);
    tl_run(l);
    return l;
}

static bool same(const struct tl_finding *a, const struct tl_finding *b)
{
    return a->rule == b->rule && a->span.start == b->span.start &&
           a->span.end == b->span.end;
}

/* Both are sorted: what is left is found by going through once. */
static void must_be_among(const struct tl_linter *some,
                          const struct tl_linter *all)
{
    size_t k = 0;

    for (size_t i = 0; i < tl_finding_count(some); i++) {
        const struct tl_finding *f = tl_finding_at(some, i);

        if (f->rule->family == TL_META)
            continue;
        while (k < tl_finding_count(all) && !same(f, tl_finding_at(all, k)))
            k++;
        if (k++ == tl_finding_count(all))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf b;

    buf_init(&b, 0);
    place_lines(&b, (struct tl_str){(const char *)data, size});
    struct tl_str text = buf_view(&b);
    char *bare = without_comments(text);
    struct tl_linter *some = run(text.p, text.n);
    struct tl_linter *all = run(bare, text.n);

    must_be_among(some, all);
    tl_close(all);
    fuzz_finish(some);
    mem_free(bare);
    buf_release(&b);
    return 0;
}
