#!/usr/bin/env python3
"""positions.py - do all reports point at the same characters?

Usage: positions.py [BINARY]

Lints testdata/positions and compares the text, JSON and SARIF reports with
what was counted by hand in positions.txt. Then looks at the bytes: each
position must be where CREATE INDEX stands, and the caret below it.
"""
import csv
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "testdata" / "positions"
RULE = "require-concurrent-index-creation"
NUMBERS = ["start", "end", "line", "column", "end_line", "end_column",
           "utf16_column", "utf16_end_column"]


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def equal(self, what, found, expected):
        if found == expected:
            self.passed += 1
            return
        self.failed += 1
        print("FAILED: %s\n    expected %s\n    found    %s" % (
            what, expected, found))


def run(binary, path, folder):
    reports = {f: Path(folder) / f for f in ("json", "sarif")}
    command = [binary, "--select", RULE, "--as", "migration", "--format",
               "text", "--color", "never"]
    for name, target in reports.items():
        command += ["-o", "%s=%s" % (name, target)]
    done = subprocess.run([*command, path.name], cwd=path.parent,
                          capture_output=True, timeout=60)
    read = {f: json.loads(p.read_text()) for f, p in reports.items()}
    return done.stdout.decode("utf-8"), read["json"], read["sarif"]


def cells(text):
    """Columns of a terminal that a text takes."""
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


def carets(text):
    """(line, where the source line has CREATE INDEX, where its caret is)."""
    found = []
    lines = text.split("\n")
    for i in range(len(lines) - 2):
        head = re.match(r"\S+:(\d+):\d+: ", lines[i])
        if not head:
            continue
        source, below = lines[i + 1], lines[i + 2]
        found.append((int(head.group(1)),
                      cells(source[:source.index("CREATE INDEX")]),
                      below.index("^")))
    return found


def check(tally, binary, path, rows):
    raw = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        text, report, sarif = run(binary, path, folder)
    name = path.name
    wanted = [tuple(row[n] for n in NUMBERS) for row in rows]

    heads = re.findall(r"^%s:(\d+):(\d+): " % re.escape(name), text, re.M)
    tally.equal(name + ": text", [tuple(map(int, h)) for h in heads],
                [(w[2], w[3]) for w in wanted])
    places = carets(text)
    tally.equal(name + ": carets", [(line, at) for line, _, at in places],
                [(line, at) for line, at, _ in places])

    found = [(f["start"]["offset"], f["end"]["offset"], f["start"]["line"],
              f["start"]["column"], f["end"]["line"], f["end"]["column"])
             for f in report["findings"]]
    tally.equal(name + ": JSON", found, [w[:6] for w in wanted])
    for start, end in [w[:2] for w in wanted]:
        tally.equal("%s: bytes %d-%d" % (name, start, end),
                    (raw[start:start + 12], raw[end - 1:end]),
                    (b"CREATE INDEX", b")"))

    kind = sarif["runs"][0]["columnKind"]
    column, end_column = ((6, 7) if kind == "utf16CodeUnits" else (3, 5))
    regions = [r["locations"][0]["physicalLocation"]["region"]
               for r in sarif["runs"][0]["results"]]
    tally.equal(
        name + ": SARIF",
        [(r["startLine"], r["startColumn"], r.get("endLine", r["startLine"]),
          r["endColumn"]) for r in regions],
        [(w[2], w[column], w[4], w[end_column]) for w in wanted])


def main():
    binary = Path(sys.argv[1] if len(sys.argv) > 1 else
                  ROOT / "build" / "tusklint").resolve()
    with open(FOLDER / "positions.txt", newline="") as f:
        rows = [{k: v if k == "file" else int(v) for k, v in row.items()}
                for row in csv.DictReader(f)]
    tally = Tally()
    for path in sorted(FOLDER.glob("*.sql")):
        check(tally, binary, path, [r for r in rows if r["file"] == path.name])
    print("positions: %d passed, %d failed" % (tally.passed, tally.failed))
    sys.exit(1 if tally.failed or not tally.passed else 0)


if __name__ == "__main__":
    main()
