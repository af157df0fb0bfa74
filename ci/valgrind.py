#!/usr/bin/env python3
"""valgrind.py - the release build under memcheck: what sanitizers do not see.

Usage: valgrind.py [BINARY [TEST-PROGRAM...]]

Reads of memory that was never written are its business, inside libpg_query too,
which no sanitizer has instrumented. Every command and every format runs, over
migrations, queries, logs, plans and digests, and a session of the language
server; then the unit tests' programs, where they are named. A run fails with
an error of memcheck, with memory that is lost, or with another status than it
must have.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "testdata"
FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab",
           "rdjson", "rdjsonl", "checkstyle", "junit", "markdown", "html")
ERROR = 99
# They try so much that each takes ten seconds or minutes here, or bound the time
# that something takes; sanitizers see them.
TOO_LONG = {"advice_test", "lex_test", "place_test", "predicate_test",
            "shape_test", "split_test", "syslog_test", "workload_test"}
MEMCHECK = ["valgrind", "--quiet", "--error-exitcode=%d" % ERROR,
            "--leak-check=full", "--show-leak-kinds=definite",
            "--errors-for-leak-kinds=definite",
            "--main-stacksize=8388608", "--child-silent-after-fork=yes"]


def session():
    """The messages of testdata/lsp as a client frames them, from its begin to
    its end."""
    lines = (DATA / "lsp" / "session.jsonl").read_bytes().splitlines()
    opening = [
        b'{"jsonrpc":"2.0","id":1,"method":"initialize",'
        b'"params":{"capabilities":{}}}',
        b'{"jsonrpc":"2.0","method":"textDocument/didOpen","params":'
        b'{"textDocument":{"uri":"untitled:1.sql","languageId":"sql",'
        b'"version":1,"text":"CREATE INDEX i ON t (a);\\nDROP TABLE t;\\n"}}}']
    closing = [b'{"jsonrpc":"2.0","id":90,"method":"shutdown"}',
               b'{"jsonrpc":"2.0","method":"exit"}']
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(m), m)
                    for m in [*opening, *lines, *closing])


class Run:
    """One run: the status that it must have, and its arguments; in a folder of
    its own."""

    def __init__(self, status, *words, stdin=b""):
        self.status = status
        self.words = [str(w) for w in words]
        self.stdin = stdin


def logs_of(folder):
    """The smallest two of each of the server's three forms."""
    return [log for form in sorted((folder / "inputs").iterdir())
            for log in sorted(form.iterdir(), key=lambda f: f.stat().st_size)[:2]]


def runs(work):
    demo = DATA / "demo"
    evidence = DATA / "golden" / "evidence"
    migration = work / "migration.sql"
    plans = sorted((DATA / "plans").glob("*_bad.json"))[:6]
    logs = logs_of(DATA)
    for name in FORMATS:
        yield Run(1, "--format", name, demo)
    yield Run(1, "-j", 2, "--statistics", "--timing", "-v", demo)
    yield Run(1, "--diff", demo / "migrations")
    yield Run(1, "--as", "migration", DATA / "positions")
    yield Run(1, evidence / "migrations", evidence / "plans", evidence / "logs")
    for seed in sorted((DATA / "seeds").iterdir()):
        yield Run(None, seed)
    for history in sorted((DATA / "histories").iterdir()):
        yield Run(None, "--format", "json", history)
    yield Run(None, "--schema", demo / "migrations", *logs)
    yield Run(1, *plans)
    yield Run(None, "--as", "query", "-", stdin=b"SELECT * FROM t WHERE a = 'x")
    yield Run(1, "-", stdin=b"DROP TABLE t;\x00\xff(")
    for lock in sorted((DATA / "golden" / "locks").glob("*.sql")):
        yield Run(0, "locks", "--format", "json", lock)
    yield Run(0, "digest", *logs)
    yield Run(0, "baseline", "write", "--baseline", work / "new.json", demo)
    yield Run(0, "baseline", "prune", "--baseline", work / "old.json", demo)
    yield Run(0, "--baseline", work / "old.json", demo)
    yield Run(0, "plan-baseline", "write", work / "new.jsonl", *plans)
    yield Run(0, "plan-baseline", "check", work / "old.jsonl", "--select",
              "plan-regression", *plans)
    yield Run(None, "--fix=unsafe", migration)
    yield Run(0, "suppress", "--add=for now", work / "suppressed.sql")
    yield Run(0, "config", "schema")
    yield Run(0, "config", "show", "--config", work / "config.yml", migration)
    yield Run(0, "config", "check", "--config", work / "config.yml")
    yield Run(0, "config", "init", work)
    for shell in ("bash", "zsh", "fish"):
        yield Run(0, "completion", shell)
    yield Run(0, "rules", "--format", "markdown")
    yield Run(0, "explain", "TL101")
    yield Run(0, "help", "--man")
    yield Run(0, "version", "--format", "json")
    yield Run(0, "lsp", "--stdio", stdin=session())
    yield Run(2, "--no-such-option")
    yield Run(2, work / "missing.sql", demo)


def prepare(binary, work):
    """What runs need of earlier ones, which need not be watched."""
    for name in ("migration.sql", "suppressed.sql"):
        (work / name).write_text("CREATE INDEX i ON t (a);\n"
                                 "ALTER TABLE t ADD UNIQUE (b);\n")
    (work / "config.yml").write_text("ignore: [drop-table]\n")
    plans = sorted((DATA / "plans").glob("*_bad.json"))[:6]
    for words in (["baseline", "write", "--baseline", work / "old.json",
                   DATA / "demo"],
                  ["plan-baseline", "write", work / "old.jsonl", *plans]):
        subprocess.run([binary, *words], check=True, cwd=work,
                       stdout=subprocess.DEVNULL)


def watch(number, command, status, stdin, place, work):
    """What was wrong, or None."""
    report = work / ("report%d" % number)
    place.mkdir(exist_ok=True)
    done = subprocess.run([*MEMCHECK, "--log-file=%s" % report, *command],
                          cwd=place, input=stdin, capture_output=True)
    said = report.read_text(errors="replace")
    if done.returncode == ERROR or done.returncode < 0 or said:
        return said or "status %d" % done.returncode
    if status is None:
        return None if done.returncode in (0, 1) else \
            "status %d: %s" % (done.returncode, done.stderr.decode())
    return None if done.returncode == status else "status %d, not %d: %s" % (
        done.returncode, status, done.stderr.decode())


def main():
    binary = str(Path(sys.argv[1] if len(sys.argv) > 1
                      else ROOT / "build" / "tusklint").resolve())
    programs = [str(Path(p).resolve()) for p in sys.argv[2:]
                if Path(p).name not in TOO_LONG]
    work = Path(tempfile.mkdtemp())
    failed = 0
    for name in ("GITHUB_ACTIONS", "CI_PROJECT_DIR"):
        os.environ.pop(name, None)
    try:
        prepare(binary, work)
        jobs = [([binary, *r.words], r.status, r.stdin,
                 work / ("place%d" % n)) for n, r in enumerate(runs(work))]
        # Tests find their data from the root.
        jobs += [([p], 0, b"", ROOT) for p in programs]
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
            found = list(pool.map(lambda job: watch(job[0], *job[1], work),
                                  enumerate(jobs)))
    finally:
        shutil.rmtree(work)
    for (command, *_), what in zip(jobs, found):
        if what:
            failed += 1
            print("FAILED: valgrind: %s\n    %s" % (
                " ".join(command), "\n    ".join(what.split("\n")[:40])))
    print("valgrind: %d passed, %d failed" % (len(jobs) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
