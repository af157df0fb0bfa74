#!/usr/bin/env python3
"""growth.py - work grows with the input, whatever the input has many of.

Usage: growth.py BINARY [--big] [CASE...]

Each case is run under valgrind with n and 4n of something; instructions are
counted, not time, less those of a run with one. Four times as many may take
five times the work. --big takes every case, with eight times as many.
"""
import os
import re
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

from limits import around, chain, lines, log_line, write_parts

# Four, and what sorting and doubling add. Where the square is a twelfth of
# the work with n, it is five.
MOST = 5.0
BIG = 8

Case = namedtuple("Case", "name n files args often")
CHECK = ["check", "--format", "json", "--fail-on", "never", "-j", "1", "."]
MIGRATION, QUERY, LOG, PLAN = ("migrations/1.sql", "queries/q.sql", "log.json",
                               "plan.json")
TABLE = "CREATE TABLE t (a int primary key, b int);\n"


def case(name, n, make, path=MIGRATION, args=None, often=True):
    """`make` gives the parts of one file, or files by their paths."""
    def files(count):
        made = make(count)
        return made if isinstance(made, dict) else {path: made}
    return Case(name, n, files, args or CHECK, often)


def each(text):
    """Every %d is the line's number."""
    return lambda n: (text.replace("%d", str(i)) for i in range(n))


def with_table(text):
    return around(TABLE, each(text), "")


def commas(first, item, last):
    return lambda n: [first, ",".join(item.replace("%d", str(i))
                                      for i in range(n)), last]


def two(first, second, before=""):
    """All of the first, then all of the second."""
    return lambda n: [before, *each(first)(n), *each(second)(n)]


def many_files(path, text):
    return lambda n: {path % i: [text.replace("%d", str(i))] for i in range(n)}


def scan(i):
    return ('{"Node Type":"Seq Scan","Relation Name":"t%d","Alias":"t%d",'
            '"Plan Rows":100000,"Total Cost":1000.0,"Filter":"(a = 1)"}'
            % (i, i))


def plan(n):
    return ['[{"Plan":{"Node Type":"Append","Plans":[',
            ",".join(scan(i) for i in range(n)), "]}}]"]


def plans(n):
    return ["[", ",".join('{"Plan":%s}' % scan(i) for i in range(n)), "]"]


def wide_and(n):
    columns = "".join("c%d int," % i for i in range(n))
    where = " AND ".join("c%d = 1" % i for i in range(n))
    return {MIGRATION: ["CREATE TABLE t (", columns, "z int);\n"],
            QUERY: ["SELECT z FROM t WHERE ", where, ";\n"]}


def renames(n):
    return ["CREATE TABLE t0 (a int);\n"] + [
        "ALTER TABLE t%d RENAME TO t%d;\n" % (i, i + 1) for i in range(n)]


def partitions_and(text):
    return around("CREATE TABLE p (a int) PARTITION BY LIST (a);\n",
                  each("CREATE TABLE p%d PARTITION OF p FOR VALUES IN (%d);\n"),
                  text)


def output(form):
    return ["check", "--format", form, "--fail-on", "never", "-j", "1", "."]


INDEX = "CREATE INDEX i%d ON t%d (a);\n"
CASES = [
    case("tables", 300, each(TABLE.replace("t (", "t%d ("))),
    case("columns", 1000, commas("CREATE TABLE t (", "c%d int", ");\n")),
    case("columns-added", 500, with_table("ALTER TABLE t ADD c%d int;\n")),
    case("columns-renamed", 300, with_table(
        "ALTER TABLE t RENAME b TO c; ALTER TABLE t RENAME c TO b;\n")),
    case("columns-defaults", 500, with_table(
        "ALTER TABLE t ALTER b SET DEFAULT %d;\n"), often=False),
    case("columns-retyped", 300, with_table(
        "ALTER TABLE t ALTER b TYPE bigint; ALTER TABLE t ALTER b TYPE int;\n"),
         often=False),
    case("indexes", 1100, with_table("CREATE INDEX i%d ON t (a);\n")),
    case("index-again", 300, with_table(
        "CREATE INDEX i ON t (a); DROP INDEX i;\n"), often=False),
    case("index-keys", 1000, commas(TABLE + "CREATE INDEX i ON t (", "a",
                                    ");\n")),
    case("checks", 300, with_table(
        "ALTER TABLE t ADD CONSTRAINT k%d CHECK (a > %d);\n")),
    case("foreign-keys", 300, with_table(
        "CREATE TABLE c%d (a int REFERENCES t (a));\n")),
    case("enum-values", 500, around(
        "CREATE TYPE e AS ENUM ('a');\n",
        each("ALTER TYPE e ADD VALUE 'v%d' BEFORE 'a';\n"), "")),
    case("arguments", 1000, commas("CREATE FUNCTION f(", "a%d int",
                                   ") RETURNS int LANGUAGE sql AS 'x';\n")),
    case("functions", 300, each(
        "CREATE FUNCTION f%d() RETURNS int LANGUAGE sql AS 'SELECT 1';\n"),
         often=False),
    case("partitions", 300, partitions_and("")),
    case("partitions-indexed", 100, partitions_and(
        "".join("CREATE INDEX i%d ON p (a);\n" % i for i in range(8)))),
    case("partitions-altered", 100, partitions_and(
        "".join("ALTER TABLE p ADD c%d int;\n" % i for i in range(8)))),
    case("views", 300, with_table("CREATE VIEW v%d AS SELECT a FROM t;\n"),
         often=False),
    case("views-replaced", 300, with_table(
        "CREATE OR REPLACE VIEW v AS SELECT a, %d FROM t;\n")),
    case("table-again", 300, each("CREATE TABLE t (a int); DROP TABLE t;\n")),
    case("table-unread", 500, each("CREATE TABLE t (a int,,);\n"),
         often=False),
    case("renames", 500, renames),
    case("renames-back", 300, with_table(
        "ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME TO t;\n"),
         often=False),
    case("search-path", 1000, commas("SET search_path = ", "s%d", ";\n")),
    case("tainted", 300, two("CREATE TABLE t (a int); DROP TABLE t;\n",
                             "DO $$ BEGIN EXECUTE 'ALTER t'; END $$;\n"),
         often=False),
    case("transactions", 500, each("BEGIN; SELECT %d; COMMIT;\n"),
         often=False),
    case("body", 500, around("DO $$ BEGIN\n", each("PERFORM %d;\n"),
                             "END $$;\n")),
    case("drop-list", 200, commas("DROP TABLE ", "t%d", ";\n")),
    case("files", 100, many_files("migrations/%d_a.sql",
                                  "CREATE INDEX i%d ON t%d (a);\n")),
    case("suppressions", 300, each(
        "-- tusklint: ignore[TL101] x\nCREATE INDEX ON t%d (a);\n")),
    case("one-line", 200, each(INDEX.replace("\n", " "))),
    case("in-list", 3000, commas("SELECT a FROM t WHERE b IN (", "%d", ");\n"),
         QUERY),
    case("joins", 200, chain("SELECT 1 FROM t", " JOIN u ON u.a = t.b",
                             ";\n"), QUERY, often=False),
    case("filters", 200, wide_and, QUERY),
    case("patterns", 150, lambda n: ["SELECT * FROM t WHERE ", " OR ".join(
        "a LIKE '%%x%d'" % i for i in range(n)), ";\n"], QUERY),
    case("subqueries", 100, commas(
        "SELECT ", "(SELECT x.a FROM t x WHERE x.b = y.a)", " FROM t y;\n"),
         QUERY),
    case("queries", 300, each("SELECT a FROM t%d WHERE b = 1;\n"), QUERY),
    case("log-shapes", 200, lines(log_line("SELECT a%d FROM t")), LOG),
    case("log-same", 2000, lines(log_line("SELECT a FROM t WHERE b = %d")),
         LOG),
    case("plan-nodes", 100, plan, PLAN),
    case("plans", 100, plans, PLAN),
] + [case("format-" + form, 150, each(INDEX), args=output(form), often=False)
     for form in ("text", "concise", "json", "jsonl", "sarif", "github",
                  "gitlab", "rdjson", "rdjsonl", "checkstyle", "junit",
                  "markdown", "html")]


def instructions(binary, files, args):
    with tempfile.TemporaryDirectory() as folder:
        for path, parts in files.items():
            path = Path(folder) / path
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "wb") as f:
                write_parts(f, parts)
        p = subprocess.run(
            ["valgrind", "--tool=cachegrind", "--cache-sim=no",
             "--cachegrind-out-file=/dev/null", binary] + args,
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, check=False)
    counted = re.search(rb"I +refs: +([0-9,]+)", p.stderr)
    if p.returncode not in (0, 1) or not counted:
        raise RuntimeError("status %d: %s" % (
            p.returncode, p.stderr[-300:].decode("utf-8", "replace")))
    return int(counted.group(1).replace(b",", b""))


def try_case(binary, c, big):
    n = c.n * BIG if big else c.n
    try:
        least, less, more = (instructions(binary, c.files(i), c.args)
                             for i in (1, n, 4 * n))
    except RuntimeError as e:
        print("%s: %s" % (c.name, e))
        return False
    growth = (more - least) / max(less - least, 1)
    if big:
        print("%-20s %7d %9.1f M %9.1f M  x %.2f" % (
            c.name, n, less / 1e6, more / 1e6, growth), flush=True)
    if growth > MOST:
        print("%s: 4 * %d take %.1f times the work of %d" % (c.name, n, growth,
                                                             n))
        return False
    return True


def main():
    binary = os.path.abspath(sys.argv[1])
    big = "--big" in sys.argv
    names = [a for a in sys.argv[2:] if a != "--big"]
    tried = [try_case(binary, c, big) for c in CASES
             if c.name in names or not names and (big or c.often)]
    print("growth: %d passed, %d failed" % (sum(tried),
                                            len(tried) - sum(tried)))
    return not all(tried)


if __name__ == "__main__":
    sys.exit(main())
