#!/usr/bin/env python3
"""digest.py - digests of a log's parts, merged, are the digest of the whole.

Usage: digest.py BINARY

A log of many statements, in each of the server's three forms, is cut into
pieces that follow one another and dealt out record by record, as a cluster
would; the pieces' digests are merged in several orders, in a tree and as one
stream of lines. Every way gives the bytes that the whole log gives. Then the
numbers are held against those counted here, and `check` against a run over the
log itself.
"""
import json
import math
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

STATEMENTS = 20000
PIECES = 7
FORMS = {"csv": 1, "json": 1, "log": 2}  # lines of a record
WORKLOAD = Path(__file__).parent / "bench" / "workload.py"


class Run:
    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = Path(folder)
        self.failures = 0
        self.passed = 0

    def expect(self, what, ok):
        self.passed += ok
        self.failures += not ok
        if not ok:
            print("digest: %s" % what)

    def digest(self, *paths, stdin=None):
        run = subprocess.run([self.binary, "digest", *map(str, paths)],
                             input=stdin, capture_output=True, check=False)
        self.expect("%s: status %d, %s" % (paths[0], run.returncode,
                                           run.stderr[:200]),
                    run.returncode == 0 and not run.stderr)
        return run.stdout

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path


def records_of(data, lines):
    rows = data.splitlines(keepends=True)
    return [b"".join(rows[i:i + lines]) for i in range(0, len(rows), lines)]


def following(records, rng):
    cuts = sorted(rng.sample(range(1, len(records)), PIECES - 1))
    return [b"".join(records[a:b])
            for a, b in zip([0] + cuts, cuts + [len(records)])]


def dealt(records, rng):
    hands = [[] for _ in range(PIECES)]
    for record in records:
        rng.choice(hands).append(record)
    return [b"".join(hand) for hand in hands]


def check_merges(run, form, name, pieces, whole, rng):
    files = [run.write("%s-%d.%s" % (name, i, form), piece)
             for i, piece in enumerate(pieces)]
    digests = [run.write("%s-%d-%s.jsonl" % (name, i, form), run.digest(f))
               for i, f in enumerate(files)]
    for attempt in range(3):
        order = rng.sample(digests, len(digests))
        run.expect("%s %s: merge %d" % (form, name, attempt),
                   run.digest(*order) == whole)
    left = run.write("left.jsonl", run.digest(*digests[:3]))
    right = run.write("right.jsonl", run.digest(*digests[3:]))
    run.expect("%s %s: tree" % (form, name), run.digest(right, left) == whole)
    lines = b"".join(d.read_bytes() for d in digests).splitlines(keepends=True)
    rng.shuffle(lines)
    run.expect("%s %s: shuffled lines" % (form, name),
               run.digest("-", stdin=b"".join(lines)) == whole)


def quantile(times, q):
    times = sorted(times)
    return times[max(0, math.ceil(q * len(times)) - 1)]


def middle(number):
    if number < 8:
        return number
    low = (8 + number % 8) << (number // 8 - 1)
    return low + (1 << (number // 8 - 1)) // 2


def p95_of(line):
    total = sum(n for _, n in line["times"])
    seen = 0
    if total < 20:
        return line["max_us"]
    for number, n in line["times"]:
        seen += n
        if seen >= 0.95 * total:
            return min(middle(number), line["max_us"])
    return None


def check_numbers(run, data, whole):
    """Against the statements as the log has them: these come prepared."""
    times = defaultdict(list)
    for line in data.decode().splitlines():
        record = json.loads(line)
        found = re.match(r"duration: ([0-9.]+) ms  execute [^:]*: (.*)",
                         record["message"], re.S)
        times[found.group(2)].append(round(float(found.group(1)) * 1000))
    lines = [json.loads(line) for line in whole.splitlines()]
    shapes = {line["examples"][0][0]: line for line in lines}
    run.expect("shapes: %d, %d" % (len(shapes), len(times)),
               set(shapes) == set(times))
    for sql, all_times in times.items():
        line = shapes[sql]
        exact = (line["calls"] == line["timed"] == len(all_times) and
                 line["total_us"] == sum(all_times) and
                 line["max_us"] == max(all_times))
        p95 = quantile(all_times, 0.95)
        run.expect("numbers of %s" % sql, exact)
        run.expect("p95 of %s: %d, %s" % (sql, p95, p95_of(line)),
                   abs(p95_of(line) - p95) <= p95 / 16 + 1)


def findings(run, path):
    out = subprocess.run([run.binary, "check", "--format", "json",
                          "--fail-on", "never", str(path)],
                         capture_output=True, check=True).stdout
    return sorted((f["rule"], f["message"])
                  for f in json.loads(out)["findings"]
                  if f["rule"].startswith("TL3"))


def table(run, path):
    out = subprocess.run([run.binary, "check", "--fail-on", "never",
                          "--select", "TL004", str(path)],
                         capture_output=True, check=True).stdout.decode()
    return [line for line in out.splitlines() if " %" in line]


ASKED = ["SELECT id FROM t1 WHERE lower(a1) = 'x%d'",
         "SELECT id FROM t2 ORDER BY random() LIMIT %d",
         "SELECT id FROM t3 WHERE id NOT IN (SELECT t1_id FROM t4 WHERE a = %d)"]


def check_input(run):
    """Loops need the order, all else must come out of a digest as well."""
    lines = [json.dumps({"timestamp": "2026-11-20 10:%02d:%02d.000 UTC" % (
                             n // 60, n % 60), "session_id": "6920d000.%x" % n,
                         "pid": n, "error_severity": "LOG",
                         "message": "duration: %d.5 ms  statement: %s" % (
                             n, ASKED[n % 3] % n)}) for n in range(90)]
    log = run.write("asked.json", "\n".join(lines).encode() + b"\n")
    digest = run.write("asked.jsonl", run.digest(log))
    run.expect("findings", findings(run, log) == findings(run, digest) != [])
    run.expect("table", table(run, log) == table(run, digest) != [])


def check_sessions(run):
    """Durations in records of their own: whole sessions stay together."""
    sessions = []
    for pid in range(20):
        lines = []
        for n in range(30):
            base = {"timestamp": "2026-11-20 10:00:%02d.%03d UTC" % (n, pid),
                    "session_id": "6920d000.%x" % pid, "pid": pid,
                    "error_severity": "LOG", "user": "app", "dbname": "shop"}
            lines.append(dict(base, message="statement: SELECT a FROM t%d "
                                            "WHERE b = %d" % (n % 4, n * pid)))
            lines.append(dict(base, message="duration: %d.%03d ms" % (n, pid)))
        sessions.append("".join(json.dumps(x) + "\n" for x in lines).encode())
    together = run.digest(run.write("sessions.json", b"".join(sessions)))
    parts = [run.digest(run.write("session-%d.json" % i, s))
             for i, s in enumerate(sessions)]
    run.expect("sessions", run.digest("-", stdin=b"".join(parts)) == together)
    run.expect("session calls", sum(json.loads(x)["timed"] for x in
                                    together.splitlines()) == 600)


def check_hostile(run, whole):
    lines = whole.splitlines(keepends=True)
    bad = [b'{"tusklint_digest":2,"shape":"0000000000000001","query":"x"}\n',
           b'{"tusklint_digest":1,"shape":"zz","query":"select"}\n',
           b'{"tusklint_digest":1,"shape":"0000000000000001"}\n',
           lines[0].replace(b'"calls":', b'"calls":-'),
           lines[0].replace(b'"times":[[', b'"times":[[99999,1],['),
           lines[0][:60] + b"\n", b"\x00\xff garbage\n",
           b"[" * 100000 + b"\n", b'{"tusklint_digest":1' + b',"a":1' * 999]
    for one in bad:
        path = run.write("bad.jsonl", lines[0] + one.rstrip(b"\n") + b"\n" +
                         b"".join(lines[1:]))
        out = subprocess.run([run.binary, "digest", str(path)],
                             capture_output=True, check=False)
        run.expect("damaged by %s" % one[:60],
                   out.returncode == 0 and out.stdout == whole and
                   out.stderr.count(b"\n") == 1 and b":2:1: " in out.stderr)
    out = subprocess.run([run.binary, "digest", str(WORKLOAD)],
                         capture_output=True, check=False)
    run.expect("no log", out.returncode == 2 and not out.stdout)


def main():
    with tempfile.TemporaryDirectory() as folder:
        run = Run(sys.argv[1], folder)
        rng = random.Random(7)
        for form, lines in FORMS.items():
            path = run.folder / ("whole." + form)
            subprocess.run([sys.executable, str(WORKLOAD), form,
                            str(STATEMENTS), str(path)], check=True)
            records = records_of(path.read_bytes(), lines)
            whole = run.digest(path)
            for name, cut in (("following", following), ("dealt", dealt)):
                check_merges(run, form, name, cut(records, rng), whole, rng)
        check_input(run)
        data = (run.folder / "whole.json").read_bytes()
        check_numbers(run, data, run.digest(run.folder / "whole.json"))
        check_sessions(run)
        check_hostile(run, whole)
        print("digest: %d passed, %d failed" % (run.passed, run.failures))
        return 1 if run.failures else 0


if __name__ == "__main__":
    sys.exit(main())
