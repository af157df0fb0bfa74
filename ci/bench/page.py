"""page.py - docs/benchmarks.md, whole."""
import textwrap

import machine

HEAD = """\
`make bench` writes this page, whole: what is changed here by hand is gone with
the next run. It compares tusklint with what cannot be avoided, which is parsing
the same statements with libpg_query and unpacking their trees, and with squawk,
postgres-language-server and pgBadger, and holds the figures against limits. To
run it again: `make bench`, or with real histories, as here, `HISTORIES="FOLDER
NAME=FOLDER" make bench`; `ROUNDS` says how often each program runs (%(rounds)d
here). What is missing is installed: pgBadger as a Debian package, the other two
from npm.
"""

METHOD = """\
The programs that are compared run in turn within each round, a ratio is made
of two runs of the same round, and the median of the ratios counts; quartiles
tell how much they differ. Processor time is that of the whole program, user
and system, from start to exit, with one thread where nothing else is said.
Bare parsing (`ci/bench/bare.c`) is told where statements begin, and does
nothing but read the files, parse each statement and unpack its tree; a ratio
below 1 is possible, because libpg_query packs trees into bytes that have to be
unpacked, and tusklint copies the tree before that (`src/sql/graft.h`).
Absolute figures are of this machine and day. %(histories)s
"""

OTHERS = """\
tusklint is asked for all that it does by default, and so are the others.
squawk's own program is called, without the script for node around it; it reads
each file by itself. postgres-language-server's `check` runs without a database,
and so with its parser and lint rules only: its type check needs a database that
is running. Neither keeps a schema from file to file, follows a migration tool's
layout or reads logs and plans.
"""


def wrapped(text):
    return textwrap.fill(" ".join(text.split()), 79, break_long_words=False,
                         break_on_hyphens=False) + "\n"


def table_of(heads, lines):
    yield "| %s |\n" % " | ".join(heads)
    yield "|%s\n" % ("---|" * len(heads))
    for line in lines:
        yield "| %s |\n" % " | ".join(str(cell) for cell in line)
    yield "\n"


def reasons(path):
    found = {}
    for line in open(path, encoding="utf-8"):
        key, _, sentence = line.strip().partition(": ")
        if sentence and not key.startswith("#"):
            found[key] = sentence
    return found


def limits(rows, why):
    yield "## Limits\n\n"
    yield from table_of(
        ["what", "limit", "measured", "quartiles", "reached"],
        [[row.what, row.limit_text(), row.measured_text(),
          row.quartiles_text(), row.reached_text()] for row in rows])
    measured = [row for row in rows if row.figure]
    missed = [row for row in measured if not row.reached()]
    yield "%d of %d are reached.\n\n" % (len(measured) - len(missed),
                                        len(measured))
    for row in missed:
        if row.key in why:
            yield wrapped("%s: %s" % (row.what, why[row.key])) + "\n"


def given(bench):
    if not bench.histories:
        return "No real histories were given: the generated one is measured."
    return "The real histories are migrations of %s." % ", ".join(
        bench.histories)


def page(bench, rows, tables, path):
    """Everything, as one text."""
    names = {"rounds": bench.rounds, "histories": given(bench)}
    parts = ["# Benchmarks\n\n", wrapped(HEAD % names), "\n",
             wrapped(METHOD % names), "\n"]
    why = reasons(path)
    parts += limits(rows, why)
    for table in tables:
        parts += ["## %s\n\n" % table.title, wrapped(table.prose), "\n"]
        parts += table_of(table.heads, table.lines)
        if table.missed in why:
            parts += [wrapped(why[table.missed]), "\n"]
    parts += ["## The others\n\n", wrapped(OTHERS), "\n## Machine\n\n"]
    parts += table_of(["", ""], machine.describe(bench))
    return "".join(parts).rstrip("\n") + "\n"
