/*
 * named_test.c - which comment names a query, and what its parameters become.
 */
#include "sql/named.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check_style(const char *text, enum named_style want)
{
    assert_int_equal(named_style(tl_str_c(text)), want);
}

static void sqlc_comments(void **state)
{
    (void)state;
    check_style("-- name: GetAuthor :one\nSELECT 1;", NAMED_SQLC);
    check_style("--name:GetAuthor   :batchone  \r\nSELECT 1;", NAMED_SQLC);
    check_style("/* name: GetAuthor :many */ SELECT 1;", NAMED_SQLC);
    check_style("-- all of them\n\n-- name: Drop :execrows  x\n", NAMED_SQLC);
    check_style("-- name: a\n-- name: B :exec\n", NAMED_SQLC);
    check_style("SELECT '-- name: GetAuthor :one';", NAMED_NONE);
    check_style("-- name: GetAuthor :two\n", NAMED_NONE);
    check_style("-- name: Get Author :one\n", NAMED_NONE);
    check_style("-- name:\n", NAMED_NONE);
    check_style("-- name", NAMED_NONE);
    check_style("-- rename: X :one\n", NAMED_NONE);
    check_style("--", NAMED_NONE);
    check_style("", NAMED_NONE);
}

static void other_comments(void **state)
{
    (void)state;
    check_style("/* @name GetAuthor */ SELECT 1;", NAMED_PGTYPED);
    check_style("/**\n * @name GetAuthor\n * @param ids -> (...)\n */",
                NAMED_PGTYPED);
    check_style("-- @name GetAuthor\n", NAMED_NONE);
    check_style("/* @name */", NAMED_NONE);
    check_style("-- :name get-author :? :1\n", NAMED_HUGSQL);
    check_style("-- name: get-author\n", NAMED_AIOSQL);
    check_style("-- name: get_author^\n", NAMED_AIOSQL);
    check_style("-- name: get_author(id, name)<!\n", NAMED_AIOSQL);
    check_style("-- name: the table of authors\n", NAMED_NONE);
    check_style("-- name: authors; see below\n", NAMED_NONE);
    check_style("/*", NAMED_NONE);
    check_style("/* name", NAMED_NONE);
}

static void check(enum named_style style, const char *text, const char *want)
{
    struct arena a;

    arena_init(&a, 0);
    struct tl_str got = named_mask(tl_str_c(text), style, &a);
    assert_int_equal(got.n, strlen(text));
    assert_string_equal(got.p, want);
    arena_release(&a);
}

static void sqlc_parameters(void **state)
{
    (void)state;
    check(NAMED_SQLC, "a = @name AND b = @b OR c = @name::text",
          "a = $0001 AND b = $2 OR c = $0001::text");
    check(NAMED_SQLC, "(@a); (@b)", "($1); ($1)");
    check(NAMED_SQLC, "sqlc.arg(name), SQLC.NARG('name'), @x",
          "$0000000000001, $0000000000000001, $2");
    check(NAMED_SQLC, "id IN (sqlc.slice( 'ids' ))",
          "id IN ($000000000000000001)");
    check(NAMED_SQLC, "SELECT sqlc.embed(authors), sqlc.embed(\"B\") FROM t",
          "SELECT authors          .*, \"B\"          .* FROM t");
    /* Operators, strings and other functions stay. */
    check(NAMED_SQLC, "@ -5, @(a), a @> b, a <@b, a @@ q, '@x', \"@x\", @-x",
          "@ -5, @(a), a @> b, a <@b, a @@ q, '@x', \"@x\", @-x");
    check(NAMED_SQLC, "-- @x\nsqlc.other(x), sqlc.arg(a, b), sqlc.arg(",
          "-- @x\nsqlc.other(x), sqlc.arg(a, b), sqlc.arg(");
    check(NAMED_SQLC, "sqlc.arg(E'a'), sqlc.arg('",
          "sqlc.arg(E'a'), sqlc.arg('");
    check(NAMED_SQLC, "@a,@b,@c,@d,@e,@f,@g,@h,@i,@j,@kk",
          "$1,$2,$3,$4,$5,$6,$7,$8,$9,$9,$11");
    check(NAMED_SQLC, "@", "@");
    check(NAMED_SQLC, "sqlc", "sqlc");
    check(NAMED_NONE, "@name", "@name");
}

static void colon_parameters(void **state)
{
    (void)state;
    check(NAMED_AIOSQL, "a = :id::int AND b = :name",
          "a = $01::int AND b = $0002");
    check(NAMED_AIOSQL, "a[1:n], ARRAY[:x, :yy], f(:t:)",
          "a[1:n], ARRAY[$1, $02], f($03)");
    check(NAMED_AIOSQL, "a IN :ids, b in :ii, c IN (:ids), d in :d , e in :e",
          "a IN ($1), b in($2), c IN ($001), d in($3), e in $4");
    check(NAMED_AIOSQL, "x := :y, ':z', a::int", "x := $1, ':z', a::int");
    check(NAMED_PGTYPED, "VALUES :rows, a = :b!, c = :d!= e",
          "VALUES ($01), a = $02, c = $3!= e");
    check(NAMED_HUGSQL, ":v:user-id, :i:table, :v*:ids, :a.b, :c::int",
          "$000000001, x_______, $000002, $003, $4::int");
    check(NAMED_AIOSQL, ":", ":");
    check(NAMED_HUGSQL, ":v*:", "$1*:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sqlc_comments),
        cmocka_unit_test(other_comments),
        cmocka_unit_test(sqlc_parameters),
        cmocka_unit_test(colon_parameters),
    };

    return cmocka_run_group_tests_name("named", tests, NULL, NULL);
}
