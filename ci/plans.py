#!/usr/bin/env python3
"""plans.py - how well the plan rules do on plans that a person labelled.

Usage: plans.py [BINARY]

testdata/plans/labels.json says of each plan of a real server which checks must
speak and which must be silent, and what the schema was. Each plan is linted
against that schema; precision and recall are printed, and 0.95 must be kept.
"""
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLANS = ROOT / "testdata" / "plans"
LEAST = 0.95
SCANS = {"TL501", "TL503", "TL513"}
WRAPS = {"filter-cast-on-column", "filter-function-on-column",
         "filter-expression-on-column"}
# The checks that one rule answers; a check is scored where a label has it.
CHECKS = {
    "sort-spill": "TL507",
    "hash-spill": "TL508",
    "hashagg-spill": "TL508",
    "temp-io": "TL509",
    "lossy-bitmap": "TL510",
    "heap-fetches": "TL511",
    "fk-trigger-slow": "TL515",
    "jit-overhead": "TL516",
    "workers-not-launched": "TL518",
    "memoize-inefficient": "TL526",
    # No label has these: whatever is found must be judged below.
    "planning-time": "TL517",
    "disk-reads": "TL522",
    "disabled-cost": "TL523",
}
# What is found where the label names none of the rule's checks was looked at
# by hand: (file, rule): why it is right. All else there is a false alarm.
JUDGED = {
    ("054_heap_fetches_bad.json", "TL516"): "compiles 219 of 385 ms",
    ("054_heap_fetches_bad.json", "TL523"): "index scans are off, one is used",
    ("054_heap_fetches_bad_plain.json", "TL523"): "the same without ANALYZE",
    ("080_nested_loop_blowup_bad.json", "TL511"): "8000 fetches for 8000 rows",
    ("104_disabled_cost_bad_plain.json", "TL523"): "seq scans are off",
    ("111_distinct_sort_bad.json", "TL508"): "writes 31 MB in 17 batches",
    ("111_distinct_sort_bad_plain.json", "TL508"): "16 planned partitions",
}
PLAIN = re.compile(r"^[a-z_][a-z0-9_]*$")


def schema_of(label):
    """DDL of the tables and indexes that the plan's server had."""
    lines = []
    for table, t in label["tables"].items():
        columns = ", ".join('"%s" %s' % c for c in t["columns"].items())
        lines.append('CREATE TABLE "%s" (%s);' % (table, columns))
    for i in label["indexes"]:
        if i["table"] not in label["tables"]:
            continue
        keys = ", ".join('"%s"' % c if PLAIN.match(c) else "(%s)" % c
                         for c in i["columns"] if c)
        if not keys:
            continue
        where = " WHERE " + i["predicate"] if i.get("predicate") else ""
        lines.append("CREATE %sINDEX %s ON \"%s\" USING %s (%s)%s;" % (
            "UNIQUE " if i["unique"] else "", i["name"], i["table"], i["am"],
            keys, where))
    return "\n".join(lines) + "\n"


def found(binary, label):
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "schema.sql"
        schema.write_text(schema_of(label))
        done = subprocess.run(
            [binary, "--format", "json", "--schema", str(schema),
             str(PLANS / label["file"])], capture_output=True, timeout=60)
    if done.returncode not in (0, 1):
        sys.exit("plans: %s: %s" % (label["file"], done.stderr.decode()))
    return {f["rule"] for f in json.loads(done.stdout)["findings"]}


def has_index_on_wrapped(label):
    """Only then is it filter-on-function's; else an index is missing."""
    return any(i["columns"] and i["columns"][0] and not i.get("predicate")
               and re.search(r"\b%s\b" % re.escape(i["columns"][0]),
                             label["sql"].split(" WHERE ")[-1])
               for i in label["indexes"] if PLAIN.match(i["columns"][0] or ""))


class Score:
    def __init__(self, name):
        self.name = name
        self.right = self.false = self.missed = self.silent = 0
        self.wrong = []

    def count(self, file, wanted, got):
        if wanted and got:
            self.right += 1
        elif wanted:
            self.missed += 1
            self.wrong.append("missed: " + file)
        elif got:
            self.false += 1
            self.wrong.append("false alarm: " + file)
        else:
            self.silent += 1

    def ratio(self, other):
        return self.right / (self.right + other) if self.right + other else 1.0

    def show(self):
        precision, recall = self.ratio(self.false), self.ratio(self.missed)
        print("plans: %-28s precision %.2f, recall %.2f (%d right, %d silent)"
              % (self.name, precision, recall, self.right, self.silent))
        for w in self.wrong:
            print("    " + w)
        return precision >= LEAST and recall >= LEAST


def wants(label, rule, names):
    """Must the rule speak? A label that names none of its checks says no,
    unless a person judged otherwise."""
    if set(names) & (set(label["expected"]) | set(label["silent"])):
        return bool(set(names) & set(label["expected"]))
    return (label["file"], rule) in JUDGED


def score_checks(labels, results):
    scores = []
    for rule in sorted(set(CHECKS.values())):
        names = [c for c in CHECKS if CHECKS[c] == rule]
        scores.append(Score(", ".join(names)))
        for label, rules in zip(labels, results):
            scores[-1].count(label["file"], wants(label, rule, names),
                             rule in rules)
    return scores


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build/tusklint")
    labels = json.loads((PLANS / "labels.json").read_text())
    scan = Score("seq-scan, missing index")
    wrap = Score("filter-on-function")
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(lambda l: found(binary, l), labels))
    for label, rules in zip(labels, results):
        expected = set(label["expected"])
        if "seq-scan-selective" in expected | set(label["silent"]):
            scan.count(label["file"], "seq-scan-selective" in expected,
                       bool(rules & SCANS))
        wrapped = bool(expected & WRAPS) and "seq-scan-selective" in expected
        if wrapped or WRAPS & set(label["silent"]):
            wrap.count(label["file"],
                       wrapped and has_index_on_wrapped(label),
                       "TL513" in rules)
    scores = [scan, wrap] + score_checks(labels, results)
    good = [score.show() for score in scores]
    print("plans: %d passed, %d failed" % (sum(good), len(good) - sum(good)))
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
