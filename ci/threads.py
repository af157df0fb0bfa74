#!/usr/bin/env python3
"""threads.py - no output depends on -j.

Usage: threads.py [BINARY [ROUNDS]]

A tree with all that threads cut and parse: hundreds of small migrations, one
of many loads with sections, COPY data, psql lines and templates, syntax errors
and an open quote at its end, ways down, queries, logs and plans; each format
with one thread and with more, byte for byte.
"""
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FORMATS = ["json", "concise", "sarif", "html"]
THREADS = [1, 2, 3, 8]


def statements(n):
    yield "-- +goose Up\n"
    yield "SELECT set_config('a.b', :'value', false);\n\\set x 1\n"
    for i in range(n):
        yield "CREATE TABLE m%d (id int PRIMARY KEY, name varchar(20));\n" % i
        yield "CREATE INDEX ON m%d (name);\n" % i
        if i % 5 == 0:
            yield "ALTER TABLE m%d ADD COLUMN {{ col }} int NOT NULL;\n" % i
        if i % 7 == 0:
            yield "COPY m%d FROM stdin;\n1\ta;b\n2\t'c\n\\.\n" % i
        if i % 11 == 0:
            yield "ALTER TABEL m%d DROP name;\n" % i
        if i % 13 == 0:
            yield ("DO $$ BEGIN ALTER TABLE m%d ALTER name TYPE text; "
                   "END $$;\n" % i)
    yield "-- +goose Down\n"
    for i in range(n):
        yield "DROP TABLE m%d;\n" % i
    yield "SELECT 'open\n"


def make_tree(top):
    shutil.copytree("testdata/demo", top / "demo")
    shutil.copytree("testdata/histories", top / "histories")
    migrations = top / "db" / "migrations"
    migrations.mkdir(parents=True)
    for i in range(300):
        up = "CREATE TABLE t%d (id serial, t%d_id int REFERENCES t%d);\n" % (
            i, i - 1, i - 1)
        up += "CREATE INDEX i%d ON t%d (t%d_id);\n" % (i, i, i - 1)
        up += "UPDATE t%d SET id = 1;\n" % (i // 2)
        (migrations / ("%04d_a.up.sql" % i)).write_text(up * (i % 3))
        (migrations / ("%04d_a.down.sql" % i)).write_text(
            "DROP TABLE t%d;\n" % i)
    (top / "large.sql").write_text("".join(statements(2000)))
    (migrations / "0150_b.sql").write_text("\ufeff" + "".join(statements(40)))


def digest(binary, top, threads, form):
    run = subprocess.run(
        [binary, "-j", str(threads), "--format", form, "--fail-on", "never",
         "."], cwd=top, stdin=subprocess.DEVNULL, capture_output=True)
    if run.returncode not in (0, 2) or not run.stdout:
        sys.exit("threads: -j %d --format %s: status %d: %s" % (
            threads, form, run.returncode, run.stderr.decode()[:500]))
    return hashlib.sha256(run.stdout + run.stderr).hexdigest()


def main():
    binary = Path(sys.argv[1] if len(sys.argv) > 1 else "build/tusklint")
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        make_tree(Path(folder) / "tree")
        for form in FORMATS:
            seen = {t: {digest(binary.resolve(), Path(folder) / "tree", t, form)
                        for _ in range(rounds)} for t in THREADS}
            for t in THREADS:
                if seen[t] != seen[1] or len(seen[1]) != 1:
                    failed += 1
                    print("FAILED: --format %s: -j %d differs" % (form, t))
    print("threads: %d passed, %d failed" % (
        len(FORMATS) * len(THREADS) - failed, failed))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
