"""injected.py - each call of a kind fails in turn, in runs that show all that
the program does.

A failure that can be lived with leaves the result as it was; any other ends
with status 2 and one message. Files are old or new, and nothing lies about.
"""
import errno
import os

from .run import common_fault, one_message, snapshot

BIG = b"".join(b"CREATE INDEX i%d ON t%d (a) WHERE b > %d;\n" % (i, i, i)
               for i in range(6000))
SMALL = (b"CREATE TABLE b (id bigint PRIMARY KEY, row int NOT NULL);\n"
         b"CREATE INDEX b_row ON b (row);\n"
         b"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS "
         b"$$ BEGIN DELETE FROM b; END $$;\nSELECT FROM WHERE;\n")
PLAN = (b'[{"Plan": {"Node Type": "Seq Scan", "Relation Name": "b",'
        b'"Alias": "b", "Plan Rows": 900000, "Filter": "(row = 4)"}}]')
LOG = (b'{"timestamp":"2026-11-20 10:00:00.000 UTC","pid":7,"session_id":"a.1"'
       b',"error_severity":"LOG","message":"duration: 1.5 ms  statement: '
       b'SELECT id FROM b WHERE row = 7"}\n')


def tree(folder):
    (folder / "db").mkdir()
    (folder / "db/1_a.sql").write_bytes(SMALL)
    (folder / "db/2_b.sql").write_bytes(b"ALTER TABLE b ADD c int NOT NULL;\n")
    (folder / "plan.json").write_bytes(PLAN)
    (folder / "plan.sql").write_bytes(b"ALTER TABLE b DROP c;\n")
    (folder / "app.json").write_bytes(LOG * 20)
    (folder / ".tusklint.yml").write_text("fail-on: warning\n")


def big(folder):
    (folder / "big.sql").write_bytes(BIG)


# What is run, and where; each shows other parts of the program.
RUNS = {
    "a tree": (tree, ["--format", "json", "db", "plan.json", "app.json"]),
    "a page and SARIF": (tree, ["-o", "html=/dev/null", "--format", "sarif",
                                "db", "plan.json"]),
    "threads": (big, ["-j", "3", "--format", "concise", "big.sql"]),
    "digest": (tree, ["digest", "app.json"]),
    "locks": (tree, ["locks", "db/2_b.sql", "plan.sql"]),
    "explain": (tree, ["explain", "TL101"]),
}

# Kind, error (0: a part is done), how many in a row (0: from there on), and
# whether the result must be as it was.
KINDS = [
    ("start", errno.EAGAIN, 1, False),
    ("start", errno.EAGAIN, 0, False),
    ("map", errno.ENODEV, 0, True),
    ("open", errno.EACCES, 1, False),
    ("open", errno.EINTR, 1, True),
    ("open", errno.EMFILE, 0, False),
    ("folder", errno.EIO, 1, False),
    ("read", errno.EINTR, 1, True),
    ("read", 0, 1, True),
    ("read", 0, 0, True),
    ("read,map", errno.EIO, 0, False),
]


def verdict(result, good, same, run):
    wrong = common_fault(result)
    if not wrong and run == 1:
        wrong = one_message(result)
    # One for each file, when none can be read.
    if not wrong and len(set(result.messages())) != len(result.messages()):
        wrong = "it says the same twice: " + result.error
    if wrong:
        return wrong
    if result.status == 2:
        return "status 2: " + result.error if same else None
    if result.status != good.status or result.out != good.out:
        return "status %d and another result, without a word" % result.status
    return None


def loop(place, folder, arguments, fault, step, same):
    """What is wrong first when call after call fails; how many were tried."""
    call, error, run = fault
    good = place.run(arguments, folder, fault=(call, 0, error, run))
    wrong = None
    tried = 0
    for at in range(1, good.calls + 1, step):
        result = place.run(arguments, folder, fault=(call, at, error, run))
        why = verdict(result, good, same, run)
        tried += 1
        if why and not wrong:
            wrong = "call %d of %d: %s" % (at, good.calls, why)
    return wrong, tried


def allocation_loop(place, folder, arguments, full):
    """Every one, or the first hundred and then some sixty over all."""
    fault = ("alloc", errno.ENOMEM, 1)
    calls = place.run(arguments, folder, fault=("alloc", 0, 0, 1)).calls
    step = 1 if full else max(1, calls // 40)
    wrong, tried = loop(place, folder, arguments, fault, step, False)
    return wrong, tried, calls


def check(place, full):
    """Rows: (what, what is wrong or None)."""
    total = 0
    for name, (make, arguments) in RUNS.items():
        folder = place.fresh("run")
        make(folder)
        place.give(folder)
        before = snapshot(folder)
        wrong, tried, calls = allocation_loop(place, folder, arguments, full)
        yield "%s: %d of %d allocations" % (name, tried, calls), wrong
        total += tried
        for call, error, run, same in KINDS:
            what = os.strerror(error) if error else "a part is done"
            wrong, tried = loop(place, folder, arguments, (call, error, run),
                                1, same)
            total += tried
            yield "%s: each %s, %s" % (name, call, what), wrong
        same = snapshot(folder) == before
        yield name + ": the files", None if same else "they were changed"
    print("%d runs with a fault" % total)
