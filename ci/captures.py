#!/usr/bin/env python3
"""captures.py - a real server's three logs of one application, linted.

Usage: captures.py BINARY (under ci/server.sh; see captures.sh)

Runs ci/captures/app.js, then lints the csvlog, the jsonlog and the stderr log
that the server wrote of it. The three must give the same findings about loops,
and those must be the loops that the application has, no more and no fewer.
"""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent / "captures"
SCHEMA = HERE / "schema.sql"
PREFIX = os.environ.get("LOG_LINE_PREFIX", "")
LOOPS = {
    ("TL401", "list_then_lookup", "trees"),
    ("TL401", "lookup_by_literal", "varieties"),
    ("TL401", "named_statement", "crates"),
    ("TL403", "insert_one_by_one", "crates"),
    ("TL404", "update_in_transaction", "trees"),
    ("TL401", "interleaved", "opening_hours"),
    ("TL401", "orm_lazy_loading", "hives"),
    ("TL404", "orm_save_each", "hives"),
}
LOGS = {"csvlog": "*.csv", "jsonlog": "*.json", "stderr": "*.log"}


def lint(binary, log):
    out = subprocess.run([binary, "--format", "json", "--schema", SCHEMA,
                          "--log-line-prefix", PREFIX, log],
                         stdout=subprocess.PIPE, check=False)
    if out.returncode not in (0, 1):
        raise SystemExit("captures: status %d" % out.returncode)
    return json.loads(out.stdout)["findings"]


def loops(findings):
    """Rule, application and table of each finding about a loop."""
    found = set()
    for f in findings:
        if f["rule"] not in ("TL401", "TL402", "TL403", "TL404"):
            continue
        app = re.search(r"\((\w+)\)", f["message"])
        table = f.get("objects", [{}])[0].get("relation") or re.search(
            r" (?:of|into|on) (\w+)", f["message"]).group(1)
        found.add((f["rule"], app.group(1) if app else "?", table))
    return found


def told(findings):
    return sorted((f["rule"], f["message"], f.get("detail", ""),
                   f.get("help", "")) for f in findings)


def main():
    binary = os.path.abspath(sys.argv[1])
    env = dict(os.environ, NODE_PATH=os.path.abspath("build/npm/node_modules"))
    subprocess.run(["node", HERE / "app.js", SCHEMA], env=env, check=True)
    folder = Path(os.environ["PGDATA"]) / "log"
    results = {name: lint(binary, next(folder.glob(pattern)))
               for name, pattern in LOGS.items()}
    failures = 0
    for name, findings in results.items():
        found = loops(findings)
        for loop in sorted(LOOPS - found):
            print("%s: not found: %s" % (name, loop))
        for loop in sorted(found - LOOPS):
            print("%s: not there: %s" % (name, loop))
        failures += found != LOOPS
    reference = told(results["csvlog"])
    for name in ("jsonlog", "stderr"):
        other = told(results[name])
        for f in [f for f in other if f not in reference]:
            print("%s only: %s" % (name, f))
        for f in [f for f in reference if f not in other]:
            print("not %s: %s" % (name, f))
        failures += other != reference
    print("captures: %d passed, %d failed" % (5 - failures, failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
