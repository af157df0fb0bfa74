/*
 * lex_test.c - the lexer against PostgreSQL's own scanner, and by itself.
 *
 * Whatever pg_query_scan accepts must have the same tokens here: over tables
 * of tricky pieces put next to each other, over every SQL file in testdata
 * and over those files damaged byte by byte. What it refuses must still be
 * covered from left to right.
 */
#include "sql/lex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"

#include <ftw.h>
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <stdio.h>

#include <cmocka.h>

static enum lex_kind ascii_kind(char c)
{
    if (strchr("()[],;.:", c))
        return LEX_PUNCT;
    return strchr("+-*/%^<>=", c) ? LEX_OPERATOR : LEX_OTHER;
}

static enum lex_kind expected_kind(const PgQuery__ScanToken *t,
                                   const char *text)
{
    char c = text[t->start];

    switch ((int)t->token) {
    case PG_QUERY__TOKEN__IDENT:
        return c == '"' ? LEX_QUOTED_IDENT : LEX_WORD;
    case PG_QUERY__TOKEN__UIDENT:
        return LEX_QUOTED_IDENT;
    case PG_QUERY__TOKEN__FCONST:
    case PG_QUERY__TOKEN__ICONST:
        return LEX_NUMBER;
    case PG_QUERY__TOKEN__SCONST:
        return c == '$' ? LEX_DOLLAR : LEX_STRING;
    case PG_QUERY__TOKEN__USCONST:
    case PG_QUERY__TOKEN__BCONST:
    case PG_QUERY__TOKEN__XCONST:
        return LEX_STRING;
    case PG_QUERY__TOKEN__PARAM:
        return LEX_PARAM;
    case PG_QUERY__TOKEN__SQL_COMMENT:
        return LEX_LINE_COMMENT;
    case PG_QUERY__TOKEN__C_COMMENT:
        return LEX_BLOCK_COMMENT;
    case PG_QUERY__TOKEN__Op:
    case PG_QUERY__TOKEN__TYPECAST:
    case PG_QUERY__TOKEN__DOT_DOT:
    case PG_QUERY__TOKEN__COLON_EQUALS:
    case PG_QUERY__TOKEN__EQUALS_GREATER:
    case PG_QUERY__TOKEN__LESS_EQUALS:
    case PG_QUERY__TOKEN__GREATER_EQUALS:
    case PG_QUERY__TOKEN__NOT_EQUALS:
        return LEX_OPERATOR;
    default:
        return t->token < 256 ? ascii_kind(c) : LEX_WORD;
    }
}

/* The scanner makes a keyword of the N before a national string. */
static bool is_national(const PgQuery__ScanToken *t, const char *text)
{
    return t->token == PG_QUERY__TOKEN__NCHAR && t->end - t->start == 1 &&
           text[t->end] == '\'';
}

static void differ(struct tl_str text, struct lex_token ours, int kind,
                   int start, int end)
{
    fail_msg("%.*s\nours: kind %d at %zu-%zu; the scanner's: %d at %d-%d",
             TL_FMT(text), ours.kind, ours.start, ours.end, kind, start, end);
}

static void compare(struct tl_str text, const PgQuery__ScanResult *scan)
{
    struct lex l = lex_at(text, 0);
    struct lex_token ours;

    for (size_t i = 0; i < scan->n_tokens; i++) {
        const PgQuery__ScanToken *t = scan->tokens[i];
        enum lex_kind kind = expected_kind(t, text.p);
        int start = t->start;

        if (is_national(t, text.p)) {
            kind = LEX_STRING;
            t = scan->tokens[++i];
        }
        do
            ours = lex_next(&l);
        while (ours.kind == LEX_SPACE);
        /* It loses the end of what begins with U&. */
        bool ends = ours.end == (size_t)t->end ||
                    t->token == PG_QUERY__TOKEN__USCONST ||
                    t->token == PG_QUERY__TOKEN__UIDENT;

        if (ours.kind != kind || ours.start != (size_t)start || !ends ||
            ours.unterminated)
            differ(text, ours, (int)kind, start, t->end);
    }
    do
        ours = lex_next(&l);
    while (ours.kind == LEX_SPACE);
    if (ours.kind != LEX_END)
        differ(text, ours, LEX_END, (int)text.n, (int)text.n);
}

/* True when the scanner takes the text, which must end in a NUL. */
static bool agree(struct tl_str text)
{
    PgQueryScanResult scanned = pg_query_scan(text.p);
    bool accepted = !scanned.error;

    if (accepted) {
        PgQuery__ScanResult *r = pg_query__scan_result__unpack(
            NULL, scanned.pbuf.len, (const uint8_t *)scanned.pbuf.data);

        assert_non_null(r);
        compare(text, r);
        pg_query__scan_result__free_unpacked(r, NULL);
    }
    pg_query_free_scan_result(scanned);
    return accepted;
}

/* Tokens follow each other without a gap, and no token is empty. */
static void check_cover(struct tl_str text)
{
    struct lex l = lex_at(text, 0);
    size_t at = 0;

    for (;;) {
        struct lex_token t = lex_next(&l);

        assert_int_equal(t.start, at);
        if (t.kind == LEX_END)
            break;
        assert_true(t.end > t.start && t.end <= text.n);
        assert_true(!t.unterminated || t.end == text.n);
        at = t.end;
    }
    assert_int_equal(at, text.n);
    assert_int_equal(lex_next(&l).kind, LEX_END);
}

static const char *const pieces[] = {
    "'a'",
    "''",
    "'it''s'",
    "''''",
    "'\\'",
    "'a\nb'",
    "'/*'",
    "'--'",
    "'$$'",
    "e'a\\'b'",
    "E'\\\\'",
    "E'a''b'",
    "E'\\n\\x41\\101'",
    "E'\\\n'",
    "u&'d\\0061t'",
    "U&'!0061' uescape '!'",
    "U&'a''b'",
    "U&\"d\\0061t\"",
    "U&\"a\"\"b\"",
    "U&x",
    "u & 'x'",
    "b'01'",
    "B'1''0'",
    "x'1F'",
    "X'1''F'",
    "n'nation'",
    "N'a''b'",
    "nchar 'x'",
    "'a'\n'b'",
    "'a' \t\r\n  'b'",
    "'a' 'b'",
    "e'a\\''\n'b\\''",
    "b'1'\n'0'",
    "'a' -- c\n'b'",
    "'a'\n-- c\n'b'",
    "'a'\n/* c */'b'",
    "$$a$$",
    "$$$$",
    "$t$a$$b$t$",
    "$t$ $T$ $t$",
    "$_1$x$_1$",
    "$a$$aa$$a$",
    "$$a$b$$",
    "$x$ $x $x$",
    "$\xC3\xA9$'\"$\xC3\xA9$",
    "$1",
    "$12",
    "$1.5",
    "$",
    "a$1",
    "a$b$c",
    "_$",
    "\"a\"",
    "\"a\"\"b\"",
    "\"/*\"",
    "\"'\"",
    "\"\xE6\xBC\xA2\"",
    "a",
    "_a1",
    "A",
    "select",
    "CASE",
    "\xC3\xA9t\xC3\xA9",
    "\xF0\x9F\x98\x80",
    "\xFF",
    "1",
    "1.",
    ".5",
    "1.5",
    "1.5e3",
    "1e5",
    "1.e5",
    "1E+5",
    "1e-5",
    "1..10",
    "1...5",
    ".5.6",
    "1.5.6",
    "007",
    "9999999999999",
    "0x1F",
    "0X_aF",
    "0o17",
    "0B1_0",
    "1_000",
    "1_0.5_0E1_0",
    "1_0..2_0",
    ".1_0",
    "-- c",
    "--",
    "--\n",
    "--x\r",
    "-- '\n",
    "/* c */",
    "/**/",
    "/* /* */ */",
    "/*/**/*/",
    "/***/",
    "/* ' */",
    "/*--*/",
    "/* $$ */",
    "+",
    "-",
    "*",
    "/",
    "<",
    ">",
    "=",
    "%",
    "^",
    "<=",
    ">=",
    "<>",
    "!=",
    "=>",
    "->",
    "->>",
    "#>>",
    "@-",
    "+-",
    "*-",
    "<->",
    "||",
    "||-",
    "~-",
    "!~~*",
    "=-",
    "=+-+",
    "<@",
    "&&",
    "?|",
    "??",
    "`",
    "@@@",
    "|/",
    "::",
    ":",
    ":=",
    ":::",
    "..",
    ".",
    ",",
    "(",
    ")",
    "[",
    "]",
    ";",
    "{",
    "}",
    "\\",
    "\x01",
    "\x7F",
    "=--x",
    "+/*c*/",
    "=-1",
    "@--x\n",
    "- -",
    "*/",
};
#define N_PIECES (sizeof(pieces) / sizeof(pieces[0]))

static void test_pieces(void **state)
{
    static const char *const joints[] = {"", " ", "\n", "\r\n", "\t\f", "a"};
    unsigned accepted = 0;
    char text[128];

    (void)state;
    for (size_t i = 0; i < N_PIECES; i++)
        for (size_t j = 0; j < N_PIECES; j++)
            for (size_t k = 0; k < sizeof(joints) / sizeof(joints[0]); k++) {
                int n = snprintf(text, sizeof(text), "%s%s%s", pieces[i],
                                 joints[k], pieces[j]);
                struct tl_str s = {text, (size_t)n};

                assert_true(n > 0 && (size_t)n < sizeof(text));
                check_cover(s);
                accepted += agree(s);
            }
    assert_true(accepted > N_PIECES * N_PIECES * 3);
}

/* xorshift: the same damage on every run. */
static uint32_t draw(uint32_t *seed, size_t below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return below ? *seed % (uint32_t)below : 0;
}

/* Deletes, inserts or doubles a few bytes; `text` has room for them. */
static size_t damage(char *text, size_t n, uint32_t *seed)
{
    static const char bytes[] = "'\"$-/*\\;:.()eEUuNn&0123456789\n\r \xC3_a";

    for (uint32_t left = 1 + draw(seed, 3); left > 0; left--) {
        size_t at = draw(seed, n);
        uint32_t what = draw(seed, 3);

        if (what == 0 && n > 0) {
            memmove(text + at, text + at + 1, --n - at);
            continue;
        }
        char c = what == 1 || n == 0 ? bytes[draw(seed, sizeof(bytes) - 1)]
                                     : text[at];
        memmove(text + at + 1, text + at, n++ - at);
        text[at] = c;
    }
    text[n] = '\0';
    return n;
}

static void check_damaged(struct tl_str text, uint32_t *seed, unsigned times)
{
    char *copy = mem_alloc(text.n + 4);

    for (unsigned i = 0; i < times; i++) {
        memcpy(copy, text.p, text.n);
        struct tl_str s = {copy, damage(copy, text.n, seed)};

        check_cover(s);
        (void)agree(s);
    }
    mem_free(copy);
}

static void test_damaged_pieces(void **state)
{
    uint32_t seed = 20240229;
    char text[256];

    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        const char *drawn[4];

        for (size_t k = 0; k < 4; k++)
            drawn[k] = pieces[draw(&seed, N_PIECES)];

        int n = snprintf(text, sizeof(text), "%s %s\n%s%s", drawn[0], drawn[1],
                         drawn[2], drawn[3]);

        check_damaged((struct tl_str){text, (size_t)n}, &seed, 1);
    }
}

static unsigned files_seen;

static int visit(const char *path, const struct stat *st, int type,
                 struct FTW *where)
{
    size_t n = strlen(path);
    struct file f;
    struct err err;

    (void)where;
    if (type != FTW_F || n < 4 || strcmp(path + n - 4, ".sql") != 0 ||
        st->st_size > 200000)
        return 0;
    if (!file_read(&f, path, 1 << 20, &err))
        fail_msg("%s", err.message);
    struct tl_str text = f.text;
    uint32_t seed = 1 + (uint32_t)text.n;
    char *copy = mem_alloc(text.n + 1);

    memcpy(copy, text.p ? text.p : "", text.n);
    copy[text.n] = '\0';
    check_cover((struct tl_str){copy, text.n});
    (void)agree((struct tl_str){copy, text.n});
    check_damaged((struct tl_str){copy, text.n}, &seed, 20);
    mem_free(copy);
    file_release(&f);
    files_seen++;
    return 0;
}

static void test_files(void **state)
{
    (void)state;
    if (nftw("testdata", visit, 16, FTW_PHYS) != 0)
        skip();
    assert_true(files_seen > 0);
}

/* What the scanner refuses has tokens here all the same. */
static void test_refused(void **state)
{
    static const struct {
        const char *text;
        enum lex_kind kind;
        size_t end;
        bool unterminated;
    } cases[] = {
        {"'abc", LEX_STRING, 4, true},
        {"'abc''", LEX_STRING, 6, true},
        {"'abc'\n'd", LEX_STRING, 8, true},
        {"E'abc\\'", LEX_STRING, 7, true},
        {"E'abc\\", LEX_STRING, 6, true},
        {"B'01", LEX_STRING, 4, true},
        {"\"abc", LEX_QUOTED_IDENT, 4, true},
        {"\"abc\"\"", LEX_QUOTED_IDENT, 6, true},
        {"U&\"abc", LEX_QUOTED_IDENT, 6, true},
        {"$a$ $b$", LEX_DOLLAR, 7, true},
        {"$$ $", LEX_DOLLAR, 4, true},
        {"/* /* */", LEX_BLOCK_COMMENT, 8, true},
        {"/*/", LEX_BLOCK_COMMENT, 3, true},
        {"/*", LEX_BLOCK_COMMENT, 2, true},
        {"\"\"", LEX_QUOTED_IDENT, 2, false},
        {"0x1F_ff g", LEX_NUMBER, 7, false},
        {"0o17 1", LEX_NUMBER, 4, false},
        {"0b_101 1", LEX_NUMBER, 6, false},
        {"1_000.5_0e1_0 x", LEX_NUMBER, 13, false},
        {"1__0", LEX_NUMBER, 1, false},
        {"0xg", LEX_NUMBER, 1, false},
        {"\v\f x", LEX_SPACE, 3, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct tl_str s = {cases[i].text, strlen(cases[i].text)};
        struct lex l = lex_at(s, 0);
        struct lex_token t = lex_next(&l);

        check_cover(s);
        if (t.kind != cases[i].kind || t.end != cases[i].end ||
            t.unterminated != cases[i].unterminated)
            fail_msg("%s: kind %d, end %zu, open %d", s.p, t.kind, t.end,
                     t.unterminated);
    }
}

/* No byte is read behind the end: copies of exactly their length. */
static void test_cut_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_PIECES; i++) {
        size_t n = strlen(pieces[i]);

        for (size_t cut = 1; cut <= n; cut++) {
            char *copy = mem_alloc(cut);

            memcpy(copy, pieces[i], cut);
            check_cover((struct tl_str){copy, cut});
            (void)lex_nesting_bound((struct tl_str){copy, cut});
            mem_free(copy);
        }
    }
    check_cover(TL_NONE);
    check_cover((struct tl_str){"a\0b'\0'", 6});
}

static void test_nested_comments(void **state)
{
    const size_t depth = 250000;
    char *text = mem_alloc(4 * depth);
    struct tl_str s = {text, 4 * depth};

    (void)state;
    for (size_t i = 0; i < depth; i++) {
        memcpy(text + 2 * i, "/*", 2);
        memcpy(text + 2 * (depth + i), "*/", 2);
    }
    struct lex l = lex_at(s, 0);
    struct lex_token t = lex_next(&l);
    assert_int_equal(t.kind, LEX_BLOCK_COMMENT);
    assert_int_equal(t.end, s.n);
    assert_false(t.unterminated);
    l = lex_at((struct tl_str){text, s.n - 1}, 0);
    assert_true(lex_next(&l).unterminated);
    mem_free(text);
}

static void test_words(void **state)
{
    struct lex l = lex_at(TL_STR("SeLect \"select\" -- x\n selects ;"), 0);
    struct lex_token t = lex_next_code(&l);

    (void)state;
    assert_true(lex_is_word(&l, t, "select"));
    assert_true(tl_str_is(lex_text(&l, t), "SeLect"));
    t = lex_next_code(&l);
    assert_false(lex_is_word(&l, t, "select"));
    t = lex_next_code(&l);
    assert_false(lex_is_word(&l, t, "select"));
    t = lex_next_code(&l);
    assert_true(lex_is_punct(&l, t, ';'));
    assert_false(lex_is_punct(&l, t, ','));
    t = lex_next_code(&l);
    assert_false(lex_is_punct(&l, t, ';'));
    assert_int_equal(t.kind, LEX_END);
}

static void test_nesting_bound(void **state)
{
    (void)state;
    assert_int_equal(lex_nesting_bound(TL_STR("")), 0);
    assert_int_equal(lex_nesting_bound(TL_STR("a b c")), 3);
    /* Siblings behind commas do not add up, what is nested does. */
    assert_int_equal(lex_nesting_bound(TL_STR("f(a, b)")),
                     lex_nesting_bound(TL_STR("f(a, b, c, d)")));
    assert_true(lex_nesting_bound(TL_STR("((((1))))")) >= 5);
    assert_true(lex_nesting_bound(TL_STR("f(a, g(b, h(c)))")) >
                lex_nesting_bound(TL_STR("f(a, g(b), h(c))")));
    assert_int_equal(lex_nesting_bound(TL_STR("))))")), 4);
    assert_true(lex_nesting_bound(TL_STR("case when a then b end")) >= 5);

    enum { MANY = 100000 };
    char *text = mem_alloc(MANY);
    memset(text, '(', MANY);
    assert_int_equal(lex_nesting_bound((struct tl_str){text, MANY}), MANY);
    mem_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_damaged_pieces),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_nested_comments),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_nesting_bound),
    };

    return cmocka_run_group_tests_name("lex", tests, NULL, NULL);
}
