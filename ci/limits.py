#!/usr/bin/env python3
"""limits.py - deep and huge inputs: a result or one clear error, in linear time.

Usage: limits.py BINARY [--big] [CASE...]

What is said to be read must be read whole; what is said to be refused must be
one error. A crash, too much memory or time that grows faster than the input
fails. --big takes sizes near the limits of docs/limits.md: minutes, gigabytes.
"""
import itertools
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

MEGABYTE = 1 << 20
# CPU seconds that are start-up and noise, not growth.
NOISE = 0.4
# Of memory, for each byte of the input and for whatever is small.
MEMORY_FACTOR, MEMORY_BASE = 500, 400 * MEGABYTE
MEMORY_MAX = 8000 * MEGABYTE

# Sizes: what is read, what is refused (either may be None), the large one.
Case = namedtuple("Case", "name read refused big make file")
Case.__new__.__defaults__ = ("migrations/1_a.sql",)


def deep(name, read, refused, make, *file):
    return Case(name, read, refused, 10 * refused, make, *file)


def wide(name, read, big, make, *file):
    return Case(name, read, None, big, make, *file)


def chain(first, more, last=";\n"):
    return lambda n: [first, (more, n), last]


def nest(opening, inner, closing, before="", after=";\n"):
    return lambda n: [before, (opening, n), inner, (closing, n), after]


def lines(line):
    """Each line knows its number."""
    return lambda n: (line % i for i in range(n))


def around(first, inner, last):
    return lambda n: itertools.chain([first], inner(n), [last])


def blocks(opening, closing):
    return nest(opening, "NULL;", closing, "DO $body$ BEGIN ",
                " END $body$;\n")


def plan_depth(n):
    node = '{"Node Type":"Sort","Plans":['
    return ['[{"Plan":', (node, n), '{"Node Type":"Result"}', ("]}", n), "}]"]


def plan_width(n):
    node = '{"Node Type":"Seq Scan","Relation Name":"t%d","Alias":"t"},'
    return around('[{"Plan":{"Node Type":"Append","Plans":[',
                  lines(node), '{"Node Type":"Result"}]}}]')(n)


LOG_HEAD = ('{"timestamp":"2026-11-20 08:00:00.000 UTC","pid":1,'
            '"session_id":"a.1","error_severity":"LOG","message":'
            '"duration: 1.0 ms  statement: ')


def log_line(text):
    return LOG_HEAD + text + '"}\n'


def dollar_quotes(n):
    return (["DO $a%d$ BEGIN EXECUTE $b%d$" % (i, i) for i in range(n)] +
            ["SELECT 1"] +
            ["$b%d$; END $a%d$" % (i, i) for i in reversed(range(n))] +
            [";\n"])


PLAN, LOG, YAML = "plan.json", "log.json", ".tusklint.yml"
QUERY = "queries/q.sql"
# Each deep form has a size below which it is read and one at which it is
# refused; the parser's own limits decide, as they would on the server.
CASES = [
    # Chains that lean to the left: the grammar nests them.
    deep("concatenation", 30000, 100000, chain("SELECT 'a'", "||'a'")),
    deep("sum", 30000, 100000, chain("SELECT 1", "+1")),
    deep("and", 30000, 100000, chain("SELECT a", " AND b")),
    deep("or", 15000, 100000, chain("SELECT * FROM t WHERE a = 1",
                                    " OR a = 2"), QUERY),
    deep("union", 15000, 100000, chain("SELECT 1", " UNION SELECT 1")),
    deep("join", 15000, 100000, chain("SELECT 1 FROM t", " CROSS JOIN t"),
         QUERY),
    deep("cast", 30000, 100000, chain("SELECT 1", "::int")),
    deep("subscript", 15000, 100000, chain("SELECT a", "[1]")),
    deep("at-time-zone", 15000, 100000,
         chain("SELECT a", " AT TIME ZONE 'UTC'")),
    # Everything that nests.
    deep("not", 5000, 100000, chain("SELECT ", "NOT ", "a;\n")),
    deep("minus", 5000, 100000, chain("SELECT ", "- ", "1;\n")),
    deep("parentheses", 5000, 100000, nest("(", "1", ")", "SELECT ")),
    deep("subqueries", 1500, 100000, nest("(SELECT ", "1", ")", "SELECT ")),
    deep("from", 1000, 100000, nest("SELECT * FROM (", "SELECT 1", ") x"),
         QUERY),
    deep("exists", 1000, 100000, nest("SELECT 1 WHERE EXISTS (", "SELECT 1",
                                      ")"), QUERY),
    deep("in", 1000, 100000, nest("SELECT 1 FROM t WHERE a IN (", "SELECT 1",
                                  ")"), QUERY),
    deep("with", 1000, 100000, nest("WITH a AS (", "SELECT 1",
                                    ") SELECT 1 FROM a"), QUERY),
    deep("case", 1000, 100000, nest("CASE WHEN a THEN ", "1", " END",
                                    "SELECT ")),
    deep("arrays", 1500, 100000, nest("ARRAY[", "1", "]", "SELECT ")),
    deep("calls", 1500, 100000, nest("f(", "1", ")", "SELECT ")),
    wide("comments", 100000, 10000000, nest("/*", "", "*/", "SELECT ", " 1;\n")),
    wide("dollar-quotes", 2500, 10000, dollar_quotes),
    wide("blocks", 2500, 30000, blocks("BEGIN ", "END;")),
    wide("if", 2500, 30000, blocks("IF a THEN ", "END IF;")),
    wide("loop", 2500, 30000, blocks("LOOP ", "END LOOP;")),
    wide("transactions", 5000, 200000, chain("", "BEGIN;\n", "")),
    wide("savepoints", 5000, 200000,
         around("BEGIN;\n", lines("SAVEPOINT s%d;\n"), "")),
    # Other forms that nest.
    deep("plan-depth", 1000, 100000, plan_depth, PLAN),
    Case("plan-brackets", None, 100000, 10000000, chain("", "[", ""), PLAN),
    Case("config-brackets", None, 10000, 100000, chain("ignore: ", "[", "\n"),
         YAML),
    Case("log-brackets", None, 100000, 10000000,
         chain(log_line("SELECT 1") + '{"a":', "[", "\n"), LOG),
    # Everything that is long.
    wide("in-list", 100000, 1000000, chain("SELECT * FROM t WHERE a IN (0",
                                           ",1", ");\n"), QUERY),
    wide("values", 100000, 1000000, chain("INSERT INTO t VALUES (0)", ",(1)")),
    wide("columns", 1600, 100000,
         around("CREATE TABLE t (", lines("c%d int, "), "z int);\n")),
    wide("tables", 5000, 200000, lines("CREATE TABLE t%d (a int);\n")),
    wide("indexes", 1250, 100000,
         around("CREATE TABLE t (a int);\n",
                lines("CREATE INDEX i%d ON t (a);\n"), "")),
    wide("commands", 1600, 100000,
         around("ALTER TABLE t ", lines("ADD c%d int, "), "ADD z int;\n")),
    wide("drops", 2000, 100000,
         lambda n: itertools.chain(
             lines("CREATE TABLE t%d (a int);\n")(n),
             around("DROP TABLE ", lines("t%d, "), "t;\n")(n))),
    wide("statements", 100000, 5000000, chain("", "SELECT 1;\n", "")),
    wide("semicolons", 100000, 10000000, chain("", ";", "")),
    wide("suppressions", 1000, 400000,
         lines("-- tusklint: ignore[TL101] x\nCREATE INDEX ON t%d (a);\n")),
    wide("suppression-names", 100000, 2000000,
         chain("-- tusklint: ignore[TL101", ", TL101",
               "]\nCREATE INDEX ON t (a);\n")),
    wide("literal", 8 * MEGABYTE, 100 * MEGABYTE, chain("SELECT '", "x",
                                                        "';\n")),
    wide("escapes", 4 * MEGABYTE, 50 * MEGABYTE, chain("SELECT E'", "\\n",
                                                       "';\n")),
    wide("dollar-literal", 8 * MEGABYTE, 100 * MEGABYTE,
         chain("SELECT $x$", "$", " $x$;\n")),
    wide("body", 4 * MEGABYTE, 100 * MEGABYTE,
         chain("DO $x$ BEGIN PERFORM '", "x", "'; END $x$;\n")),
    wide("identifier", MEGABYTE, 50 * MEGABYTE, chain("SELECT a", "a")),
    wide("number", MEGABYTE, 50 * MEGABYTE, chain("SELECT 1", "1")),
    wide("line-comment", 8 * MEGABYTE, 100 * MEGABYTE,
         chain("-- ", "x", "\nSELECT 1;\n")),
    wide("blanks", 8 * MEGABYTE, 100 * MEGABYTE, chain("SELECT ", " ",
                                                       "1;\n")),
    wide("copy-data", 100000, 10000000, chain("COPY t FROM stdin;\n", "1\tx\n",
                                              "\\.\n")),
    Case("operators", None, 100000, 10000000, chain("SELECT 1 ", "+", "1;\n")),
    Case("comments-open", None, 100000, 10000000, chain("SELECT 1 ", "/*", "")),
    Case("literal-open", None, 8 * MEGABYTE, 100 * MEGABYTE,
         chain("SELECT '", "x", "")),
    Case("zero-bytes", None, 4 * MEGABYTE, 100 * MEGABYTE,
         chain("SELECT 1", "\0", ";\n")),
    wide("half-gigabyte", 16 * MEGABYTE, 500 * MEGABYTE,
         chain("SELECT '", "x", "';\n")),
    wide("plan-width", 5000, 90000, plan_width, PLAN),
    wide("plan-literal", 4 * MEGABYTE, 60 * MEGABYTE,
         chain('[{"Plan":{"Node Type":"Result","Output":["', "x", '"]}}]'),
         PLAN),
    wide("log-record", 8 * MEGABYTE, 60 * MEGABYTE,
         chain(LOG_HEAD + "SELECT '", "x", "'\"}\n" + log_line("SELECT 1")),
         LOG),
    wide("log-shapes", 5000, 90000,
         lines(log_line("SELECT a%d FROM t")), LOG),
]


def write_parts(f, parts):
    """Texts, and pairs of a text and how often; never held as a whole."""
    for part in parts:
        text, count = (part, 1) if isinstance(part, str) else part
        at_once = max(MEGABYTE // len(text), 1) if text else 1
        for done in range(0, count, at_once):
            f.write((text * min(at_once, count - done)).encode())


class Run:
    """One run of the linter, and what it took."""

    def __init__(self, binary, case, n):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / case.file
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "wb") as f:
                write_parts(f, case.make(n))
            self.n, self.size = n, path.stat().st_size
            output = self.run(binary, path, folder)
        self.refusals = self.read_refusals(output)
        self.end = output[-300:]

    def run(self, binary, path, folder):
        command = [binary, "--format", "json", "--fail-on", "never", path]
        if path.name == YAML:
            command = [binary, "config", "check", path]
        with open(os.path.join(folder, "out"), "w+b") as out:
            p = subprocess.Popen(command, stdout=out, stderr=out, cwd=folder)
            _, status, usage = os.wait4(p.pid, 0)
            p.returncode = self.status = os.waitstatus_to_exitcode(status)
            self.cpu = usage.ru_utime + usage.ru_stime
            self.memory = usage.ru_maxrss * 1024
            out.seek(0)
            return out.read().decode("utf-8", "replace")

    @staticmethod
    def read_refusals(output):
        """What could not be read; None when the output is broken."""
        if not output.startswith("{"):
            return output.splitlines()
        try:
            return [e["message"] for e in json.loads(output)["errors"]]
        except ValueError:
            return None

    def __str__(self):
        return "%10d %7.1f MB %6.2f s %5d MB  %s" % (
            self.n, self.size / MEGABYTE, self.cpu, self.memory / MEGABYTE,
            self.refusals[0][:100] if self.refusals else "read")


def run_named(binary, name, n):
    return Run(binary, next(c for c in CASES if c.name == name), n)


def run_apart(binary, case, n):
    """What this process has taken counts to those that it starts: so each run
    is started, and its report read, by a fresh one."""
    with multiprocessing.Pool(1) as pool:
        return pool.apply(run_named, (binary, case.name, n))


def problem(run, outcome):
    if run.status not in (0, 2) or run.refusals is None:
        return "status %d: %s" % (run.status, run.end)
    if outcome == "read" and run.refusals:
        return "is refused: %s" % run.refusals[0][:200]
    if outcome == "refused" and len(run.refusals) != 1:
        return "%d errors" % len(run.refusals)
    if run.refusals and len(run.refusals[0]) > 500:
        return "the error is not short"
    if run.memory > min(MEMORY_MAX, MEMORY_BASE + MEMORY_FACTOR * run.size):
        return "takes %d MB" % (run.memory / MEGABYTE)
    return None


def grows(last, run):
    """Four times the size may take four times as long, and half as much."""
    if run.cpu <= 6 * last.cpu + NOISE:
        return None
    return "%.2f s after %.2f s: grows too fast" % (run.cpu, last.cpu)


def sizes(case, big):
    """Sizes and outcomes; the last is four times the one before."""
    last = "refused" if case.refused else "read"
    most = case.big if big else case.refused or case.read
    if case.read and case.refused:
        yield case.read, "read"
    yield max(most // 4, 1), None
    yield most, last


def try_case(binary, case, big):
    last = None
    for n, outcome in sizes(case, big):
        run = run_apart(binary, case, n)
        if big:
            print("%-18s %s" % (case.name, run))
        wrong = problem(run, outcome)
        if not wrong and last and n == 4 * last.n:
            wrong = grows(last, run)
        if wrong:
            print("%s, n = %d: %s" % (case.name, n, wrong))
            return False
        last = run
    return True


def main():
    binary = os.path.abspath(sys.argv[1])
    big = "--big" in sys.argv
    names = [a for a in sys.argv[2:] if a != "--big"]
    # A core of gigabytes helps nobody.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tried = [try_case(binary, case, big) for case in CASES
             if not names or case.name in names]
    print("limits: %d passed, %d failed" % (sum(tried),
                                            len(tried) - sum(tried)))
    return not all(tried)


if __name__ == "__main__":
    sys.exit(main())
