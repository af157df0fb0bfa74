/*
 * split_test.c - statements' ranges, against the parser's and by hand.
 *
 * What libpg_query parses must be cut where it cuts, over joined samples and
 * over damaged ones. What it cannot read (psql, templates, data, open quotes)
 * is written down here.
 */
#include "sql/split.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "sql/lex.h"

#include <pg_query.h>
#include <stdio.h>

#include <cmocka.h>

#include <time.h>

struct fixture {
    struct arena arena;
    struct split_list list;
    struct tl_str masked;
};

static int set_up(void **state)
{
    struct fixture *f = mem_calloc(1, sizeof(*f));

    arena_init(&f->arena, 0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    split_release(&f->list);
    arena_release(&f->arena);
    mem_free(f);
    return 0;
}

/* Large texts are about time. */
#define PIECES_MAX ((size_t)64 << 10)

/* Piece by piece it is the same. */
static void check_pieces(const struct fixture *f, struct tl_str text)
{
    struct split_list piece = {.statements = VEC_INIT};
    struct split *c = split_create();
    struct tl_str masked;
    struct arena a;
    size_t n = 0;
    bool more = true;

    arena_init(&a, 0);
    split_begin(c, text, &a);
    while (more) {
        more = split_some(c, 1, &piece, &masked);
        assert_true(!more || piece.statements.n >= 2);
        assert_true(n + piece.statements.n <= f->list.statements.n);
        if (piece.statements.n)
            assert_memory_equal(piece.statements.v, f->list.statements.v + n,
                                piece.statements.n *
                                    sizeof(*piece.statements.v));
        n += piece.statements.n;
    }
    assert_int_equal(n, f->list.statements.n);
    assert_int_equal(masked.n, text.n);
    assert_true(!text.n || memcmp(masked.p, f->masked.p, text.n) == 0);
    split_release(&piece);
    split_free(c);
    arena_release(&a);
}

static void split(struct fixture *f, struct tl_str text)
{
    size_t at = 0;

    arena_clear(&f->arena);
    split_text(text, &f->arena, &f->list, &f->masked);
    assert_int_equal(f->masked.n, text.n);
    if (text.n < PIECES_MAX)
        check_pieces(f, text);
    for (size_t i = 0; i < f->list.statements.n; i++) {
        const struct split_statement *s = &f->list.statements.v[i];

        assert_true(s->start >= at && s->start < s->end);
        assert_true(s->end <= s->outer_end && s->outer_end <= text.n);
        at = s->outer_end;
    }
}

/* ---- against the parser ---- */

static bool is_code(struct lex_token t)
{
    return t.kind != LEX_SPACE && t.kind != LEX_LINE_COMMENT &&
           t.kind != LEX_BLOCK_COMMENT && t.kind != LEX_END;
}

/* The parser's range begins behind the semicolon before it, comments and all:
   the code in it. False when there is none. */
static bool trim(struct tl_str text, size_t *start, size_t *end)
{
    struct lex l = lex_at((struct tl_str){text.p, *end}, *start);
    bool any = false;

    for (;;) {
        struct lex_token t = lex_next(&l);

        if (t.kind == LEX_END)
            return any;
        /* Empty statements may come before it. */
        if (!is_code(t) || (!any && lex_is_punct(&l, t, ';')))
            continue;
        if (!any)
            *start = t.start;
        *end = t.end;
        any = true;
    }
}

static void compare(struct fixture *f, struct tl_str text,
                    const PgQuerySplitResult *r)
{
    size_t n = 0;

    for (int i = 0; i < r->n_stmts; i++) {
        size_t start = (size_t)r->stmts[i]->stmt_location;
        size_t end = start + (size_t)r->stmts[i]->stmt_len;

        if (!trim(text, &start, &end))
            continue;
        const struct split_statement *s = &f->list.statements.v[n];
        if (n >= f->list.statements.n || s->start != start || s->end != end)
            fail_msg("%.*s\nstatement %zu of %zu: %zu-%zu, the parser's "
                     "%zu-%zu",
                     TL_FMT(text), n, f->list.statements.n,
                     n < f->list.statements.n ? s->start : 0,
                     n < f->list.statements.n ? s->end : 0, start, end);
        n++;
    }
    if (n != f->list.statements.n)
        fail_msg("%.*s\n%zu statements, the parser's %zu", TL_FMT(text),
                 f->list.statements.n, n);
}

static bool agree(struct fixture *f, const char *text)
{
    PgQuerySplitResult r = pg_query_split_with_parser(text);
    struct tl_str s = {text, strlen(text)};
    bool accepted = !r.error;

    split(f, s);
    if (accepted) {
        assert_ptr_equal(f->masked.p, text);
        compare(f, s, &r);
    }
    pg_query_free_split_result(r);
    return accepted;
}

static const char *const samples[] = {
    "select 1",
    "select ';', \"a;b\" from t as \"x;\"",
    "select $$;$$, $a$ ; $$ ; $a$, E'\\';'",
    "select /* ; /* ; */ */ 1 -- ;\n + 1",
    "select a[1:2], b[:n], c[lo:], d[:] from t",
    "update t set a = 1 where b = 'it''s; so'",
    "create function f() returns int language sql as $$ select 1; $$",
    "create function f(a int) returns int begin atomic select 1; select 2; "
    "end",
    "create or replace function f() returns int language sql begin atomic\n"
    " select case when a then 1 else case b when 2 then 3 end end from t;\n"
    " insert into t values (1);\nend",
    "create procedure p() begin atomic end",
    "create function f() returns int begin atomic select 1 as end; "
    "select x.end, 2 as case from t x; end",
    "create function f() returns int return case when true then 1 end",
    "create rule r as on insert to t do also (insert into a values (1); "
    "delete from b)",
    "create rule r as on insert to t do instead (\n  insert into a values (1);"
    "\n  update b set c = 2;\n  select 3;\n  notify n\n)",
    "begin",
    "commit",
    "do $do$ begin perform 1; end $do$",
    "copy t from stdin",
    "copy t (a, b) to stdout with (format csv)",
    "insert into t values (1, '(;'), (2, ');')",
    "create table t (a int check (a > 0), b text default ';')",
    "select 'a'\n';b'",
    "select U&'d!003b' uescape '!'",
    "alter table t add column \"\xC3\xA9;\" int",
    "create schema s create table a (b int) create view v as select 1",
    "values (1), (2)",
};
#define N_SAMPLES (sizeof(samples) / sizeof(samples[0]))

static uint32_t draw(uint32_t *seed, size_t below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed % (uint32_t)below;
}

static void test_samples(void **state)
{
    for (size_t i = 0; i < N_SAMPLES; i++)
        if (!agree(*state, samples[i]))
            fail_msg("refused: %s", samples[i]);
}

static size_t join(char *out, size_t room, uint32_t *seed)
{
    static const char *const joints[] = {
        ";",       ";;",        "; ",           " ;\n", ";\r\n;",
        ";-- ;\n", ";/* ; */;", "-- 'x\n;\n\n", ";\t",  " /* $$ */ ;",
    };
    size_t n = 0;

    /* One draw a statement, so that every compiler draws in this order. */
    for (uint32_t left = 1 + draw(seed, 4); left > 0; left--) {
        const char *sample = samples[draw(seed, N_SAMPLES)];
        const char *joint = joints[draw(seed, 10)];

        n += (size_t)snprintf(out + n, room - n, "%s%s", sample, joint);
    }
    if (draw(seed, 2))
        n += (size_t)snprintf(out + n, room - n, "%s",
                              samples[draw(seed, N_SAMPLES)]);
    assert_true(n < room);
    return n;
}

static void test_joined(void **state)
{
    uint32_t seed = 77;
    char text[4096];

    for (unsigned i = 0; i < 3000; i++) {
        join(text, sizeof(text), &seed);
        if (!agree(*state, text))
            fail_msg("refused: %s", text);
    }
}

static void test_damaged(void **state)
{
    static const char bytes[] = "'\"$-/*;()[]:e \n,1.";
    uint32_t seed = 4711;
    unsigned accepted = 0;
    char text[4096];

    for (unsigned i = 0; i < 15000; i++) {
        size_t n = join(text, sizeof(text) - 1, &seed);
        size_t at = draw(&seed, n);

        if (draw(&seed, 2)) {
            memmove(text + at, text + at + 1, n - at);
        } else {
            memmove(text + at + 1, text + at, n - at + 1);
            text[at] = bytes[draw(&seed, sizeof(bytes) - 1)];
        }
        accepted += agree(*state, text);
    }
    assert_true(accepted > 1000);
}

/* ---- by hand --------------------------------------------------------------
 */

/*
 * The statements as they are to be parsed, each in angle brackets; a `!`
 * before one says that it ends in something open, a `~` that it was masked.
 */
static void check(struct fixture *f, struct tl_str text, const char *expected)
{
    char got[2048];
    size_t n = 0;

    split(f, text);
    got[0] = '\0';
    for (size_t i = 0; i < f->list.statements.n; i++) {
        const struct split_statement *s = &f->list.statements.v[i];

        n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%s<%.*s>",
                              s->unterminated ? "!" : "", s->masked ? "~" : "",
                              (int)(s->end - s->start), f->masked.p + s->start);
        assert_true(n < sizeof(got));
    }
    if (strcmp(got, expected) != 0)
        fail_msg("%.*s\ngives    %s\nexpected %s", TL_FMT(text), got, expected);
    /* Lines stay lines, and what was there keeps its place. */
    for (size_t i = 0; i < text.n; i++)
        assert_int_equal(text.p[i] == '\n', f->masked.p[i] == '\n');
}

struct sample {
    const char *text;
    const char *expected;
};

static void check_all(struct fixture *f, const struct sample *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check(f, tl_str_c(s[i].text), s[i].expected);
}
#define CHECK_ALL(f, s) check_all(f, s, sizeof(s) / sizeof((s)[0]))

static void test_empty(void **state)
{
    static const struct sample s[] = {
        {"", ""},
        {";;; ;\n;", ""},
        {"-- x;\n/* y; */", ""},
        {";select 1;;select 2", "<select 1><select 2>"},
        {" -- first\n select 1 -- last\n ; -- behind", "<select 1>"},
    };

    CHECK_ALL(*state, s);
}

static void test_open(void **state)
{
    static const struct sample s[] = {
        {"select 1; select 'abc; select 2;",
         "<select 1>!<select 'abc; select 2;>"},
        {"select 1; select \"abc;", "<select 1>!<select \"abc;>"},
        {"select 1; do $x$ begin; end;", "<select 1>!<do $x$ begin; end;>"},
        {"select 1; /* open ; select 2;", "<select 1>!</* open ; select 2;>"},
        {"select (1;\nselect 2; select 3", "<select (1><select 2><select 3>"},
        {"select (1; 2); select 3", "<select (1; 2)><select 3>"},
        {"select (1;", "<select (1>"},
        {"select 1);\nselect 2", "<select 1)><select 2>"},
        {"create rule r as on insert to t do (delete from a;\n"
         "create table b ()",
         "<create rule r as on insert to t do (delete from a>"
         "<create table b ()>"},
    };

    CHECK_ALL(*state, s);
}

static void test_psql(void **state)
{
    static const struct sample s[] = {
        {"\\restrict a;b'c\nselect 1;\n\\unrestrict a;b'c\n", "<select 1>"},
        {"\\connect db\r\nselect 1;\r\n", "<select 1>"},
        {"  \\set x 'y\nselect 1", "<select 1>"},
        {"\\echo 'it''s; $$'\n\\ir a.sql\nselect 1;", "<select 1>"},
        {"select 'a' \\gexec\nselect 2;", "<select 'a'><select 2>"},
        {"select 1\n\\g\nselect 2 \\gset p_\nselect 3\\watch 2\nselect 4",
         "<select 1><select 2><select 3><select 4>"},
        {"select 1, \\p\n2;", "<select 1,   \n2>"},
        {"select 1\\; select 2;", "<select 1><select 2>"},
        {"select 1,\n\\getenv a b\n2", "<select 1,\n           \n2>"},
        {"select 'a\\b', \"\\x\", $$\\g$$;",
         "<select 'a\\b', \"\\x\", $$\\g$$>"},
        {"select 1 \\ 2; select 3", "<select 1 \\ 2><select 3>"},
        {"\\", ""},
        {"\\\\", ""},
    };

    CHECK_ALL(*state, s);
}

static void test_copy(void **state)
{
    static const struct sample s[] = {
        {"COPY t (a) FROM stdin;\n1;\t'x\n$$\n\\N\n\\.\nselect 1;",
         "<COPY t (a) FROM stdin><select 1>"},
        {"copy t from STDIN with (format csv);\r\n1;\r\n\\.\r\nselect 1;\r\n",
         "<copy t from STDIN with (format csv)><select 1>"},
        {"copy t from stdin;\n\\.\ncopy t from stdin;\n'\n\\.\n",
         "<copy t from stdin><copy t from stdin>"},
        {"\\copy t from stdin csv\n1;'\n\\.\nselect 1;", "<select 1>"},
        {"\\copy t from 'x.csv'\nselect 1;", "<select 1>"},
        /* A line that only begins so does not end the data. */
        {"copy t from stdin;\n\\.x\n \\.\n'\n\\.\nselect 1",
         "<copy t from stdin><select 1>"},
        /* No end of data, so no data. */
        {"copy t from stdin;\nselect 1;\nselect 2",
         "<copy t from stdin><select 1><select 2>"},
        {"copy t from stdin", "<copy t from stdin>"},
        {"copy t from 'stdin';\nselect 1;\n\\.\n",
         "<copy t from 'stdin'><select 1>"},
        {"copy (select 1 from stdin) to stdout;\nselect 1",
         "<copy (select 1 from stdin) to stdout><select 1>"},
    };

    CHECK_ALL(*state, s);
}

static void test_templates(void **state)
{
    static const struct sample s[] = {
        {"select * from ${s}.t;", "~<select * from x___.t>"},
        {"select * from app_${env}_x.t;", "~<select * from app_x______x.t>"},
        {"select * from ${a}${b};", "~<select * from x___x___>"},
        {"select ${a\n}", "<select ${a\n}>"},
        {"select '${a};' ; select 1", "<select '${a};'><select 1>"},
        {"drop table {{ .T }}; select 1", "~<drop table x_______><select 1>"},
        {"{{ if x }}select 1;{{ end }}\nselect 2;", "<select 1><select 2>"},
        {"{% if x %}\nselect 1;\n{% endif %}", "<select 1>"},
        {"select a from t where b = :id and c = :'n' and d = :\"C\";",
         "~<select a from t where b = _id and c = '_n' and d = \"_C\">"},
        {"select * from t where a = %(id)s and b=%(c_d)s::int; select 1",
         "~<select * from t where a = x_____ and b=x______::int><select 1>"},
        {"select a %(b), a % (b) s, '%(c)s', a %(b)sum, %(, %()s, %(d",
         "<select a %(b), a % (b) s, '%(c)s', a %(b)sum, %(, %()s, %(d>"},
        {"select @extschema@.f(), a @ b, @ a @ b, @a, @@session, a<@extowner@",
         "~<select x__________.f(), a @ b, @ a @ b, @a, @@session, "
         "a<x_________>"},
        {"select array[:a, b:::i], ARRAY [[:c]], d[:e], d[1:f], d[:g][:h]",
         "~<select array[_a, b::_i], ARRAY [[_c]], d[:e], d[1:f], d[:g][:h]>"},
        {"select a[1:n], b::int, f(c := 1)",
         "<select a[1:n], b::int, f(c := 1)>"},
        {"select ':x', $$:x$$, \":x\"", "<select ':x', $$:x$$, \":x\">"},
        {"select {", "<select {>"},
        {"select ${", "<select ${>"},
        {"select :", "<select :>"},
        {"select :'", "!<select :'>"},
    };

    CHECK_ALL(*state, s);
}

static void test_nul(void **state)
{
    struct fixture *f = *state;

    check(f, TL_STR("select 1; select 2"), "<select 1><select 2>");
    split(f, TL_STR("select \0 1; \0; select 2\0"));
    assert_int_equal(f->list.statements.n, 3);
    assert_int_equal(f->list.statements.v[0].end, 10);
    assert_int_equal(f->list.statements.v[1].start, 12);
    assert_int_equal(f->list.statements.v[2].end, 24);
}

static void test_ranges(void **state)
{
    struct fixture *f = *state;
    const struct split_statement *s;

    split(f, TL_STR("-- c\n select 1 /* d */ ; select '\xC3\xA9' -- e"));
    s = f->list.statements.v;
    assert_int_equal(f->list.statements.n, 2);
    assert_int_equal(s[0].start, 6);
    assert_int_equal(s[0].end, 14);
    assert_int_equal(s[0].outer_end, 24);
    assert_int_equal(s[1].start, 25);
    assert_int_equal(s[1].end, 36);
    assert_int_equal(s[1].outer_end, 36);
}

/* Every start of every sample, in memory of exactly its length. */
static void test_cut_anywhere(void **state)
{
    static const char text[] =
        "\\copy t from stdin\n1\n\\.\ncopy t from stdin;\n1\n\\.\n"
        "select :'a', ${b}, {{ c }}, {% d %}, x${e} \\gexec\n"
        "create function f() returns int begin atomic select 1; end; "
        "create rule r as on insert to t do (select 1; select 2);";

    for (size_t n = 1; n < sizeof(text); n++) {
        char *copy = mem_alloc(n);

        memcpy(copy, text, n);
        split(*state, (struct tl_str){copy, n});
        mem_free(copy);
    }
}

/* Texts of a megabyte that would be slow if anything were read again. */
static void test_large(void **state)
{
    static const char *const units[] = {
        "/*",     "*/",
        "(;",     "${",
        "{{",     "'{{'}}",
        ":'",     "\\",
        "\\g\n",  "(;/*x*/",
        "$$",     "$a$",
        "$a",     "'",
        "{{'}}",  "copy t from stdin;\n",
        "   \\ ", "--",
        "[",      "'a'\n",
        "case ",  "create function f() begin atomic case ",
        ";",      "{%",
        ":x ",    "\"{{\"",
    };
    const size_t size = 1 << 20;
    char *text = mem_alloc(size);

    for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++) {
        size_t n = strlen(units[u]);
        clock_t begin = clock();

        for (size_t i = 0; i < size; i++)
            text[i] = units[u][i % n];
        split(*state, (struct tl_str){text, size});
        text[0] = '\'';
        split(*state, (struct tl_str){text, size});
        if (clock() - begin > 5 * CLOCKS_PER_SEC)
            fail_msg("a megabyte of %s is slow", units[u]);
    }
    /* Half opens, half closes: one comment, no statement. */
    for (size_t i = 0; i < size; i += 2)
        memcpy(text + i, i < size / 2 ? "/*" : "*/", 2);
    split(*state, (struct tl_str){text, size});
    assert_int_equal(((struct fixture *)*state)->list.statements.n, 0);
    mem_free(text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_samples), TEST(test_joined),       TEST(test_damaged),
        TEST(test_empty),   TEST(test_open),         TEST(test_psql),
        TEST(test_copy),    TEST(test_templates),    TEST(test_nul),
        TEST(test_ranges),  TEST(test_cut_anywhere), TEST(test_large),
    };

    return cmocka_run_group_tests_name("split", tests, NULL, NULL);
}
