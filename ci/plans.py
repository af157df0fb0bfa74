#!/usr/bin/env python3
"""plans.py - how well the plan rules do on plans that a person labelled.

Usage: plans.py [BINARY]

testdata/plans/labels.json says of each plan of a real server which checks must
speak and which must be silent, and what the schema was. Each plan is linted
against that schema; precision and recall of each rule are printed, and 0.95 must be
kept. Where a label is wrong by the rule's own terms, or says nothing,
overrides.json says what is right, and why.

testdata/plans/own/labels.json has our own: which rules must speak, with the
reason; all other plan rules must be silent. plan-labels.py makes these plans.
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
OWN = PLANS / "own"
LEAST = 0.95
LEAST_PLANS = 200
SCANS = {"TL501", "TL503", "TL513"}
WRAPS = {"filter-cast-on-column", "filter-function-on-column",
         "filter-expression-on-column"}
# The labels' names of what a rule says; a label of any of them is the rule's.
# Where no label has one, whatever is found must have been judged by hand.
CHECKS = {
    "TL502": ["seq-scan-loop"],
    "TL505": ["index-filter-waste"],
    "TL506": ["row-estimate", "stale-stats"],
    "TL507": ["sort-spill"],
    "TL508": ["hash-spill", "hashagg-spill"],
    "TL509": ["temp-io"],
    "TL510": ["lossy-bitmap"],
    "TL511": ["heap-fetches"],
    "TL512": ["nested-loop-blowup"],
    "TL514": ["partitions-not-pruned"],
    "TL515": ["fk-trigger-slow"],
    "TL516": ["jit-overhead"],
    "TL517": ["planning-time"],
    "TL518": ["workers-not-launched"],
    "TL519": ["large-offset"],
    "TL520": ["top-n-full-sort"],
    "TL521": ["subplan-per-row", "cte-fence"],
    "TL522": ["disk-reads"],
    "TL523": ["disabled-cost"],
    "TL526": ["memoize-inefficient"],
}
# The labels do not tell these apart, ours do.
APART = ["TL501", "TL503", "TL504", "TL513"]
# What the labels do not tell of partitioned tables.
KEYS = {"activity_logs": "created_at"}
PLAIN = re.compile(r"^[a-z_][a-z0-9_]*$")


def columns_of(table):
    return ", ".join('"%s" %s' % c for c in table["columns"].items())


def tables_of(label):
    """A partitioned table before its partitions; bounds do not matter."""
    parents = label["parents"]
    parted = set(parents.values())
    names = sorted(label["tables"], key=lambda name: name in parents)
    for name in names:
        parent = parents.get(name)
        if parent in label["tables"] and parent in KEYS:
            yield ('CREATE TABLE "%s" PARTITION OF "%s" FOR VALUES FROM '
                   "('2025-01-01') TO ('2025-02-01');" % (name, parent))
            continue
        key = " PARTITION BY RANGE (%s)" % KEYS[name] if name in parted else ""
        yield 'CREATE TABLE "%s" (%s)%s;' % (
            name, columns_of(label["tables"][name]), key)


def schema_of(label):
    """DDL of the tables and indexes that the plan's server had."""
    lines = list(tables_of(label))
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


def found(binary, plan, ddl):
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "schema.sql"
        schema.write_text(ddl)
        done = subprocess.run(
            [binary, "--format", "json", "--schema", str(schema), str(plan)],
            capture_output=True, timeout=60)
    if done.returncode not in (0, 1):
        sys.exit("plans: %s: %s" % (plan.name, done.stderr.decode()))
    return {f["rule"] for f in json.loads(done.stdout)["findings"]}


def found_in_all(binary, labels, own):
    """The rules that speak, of each label."""
    ddl = (OWN / "schema.sql").read_text()
    jobs = [(PLANS / l["file"], schema_of(l)) for l in labels]
    jobs += [(OWN / l["file"], ddl + l.get("ddl", "")) for l in own]
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(lambda job: found(binary, *job), jobs))
    return results[:len(labels)], results[len(labels):]


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

    def judge(self, label, rule, got, overrides):
        """A plan without a label of the rule wants none of it, unless a
        person judged otherwise."""
        wanted = bool(set(CHECKS[rule]) & set(label["expected"]))
        for o in overrides:
            if o["rule"] == rule and o["file"] == label["file"]:
                wanted = o["expected"]
        self.count(label["file"], wanted, got)

    def add(self, other):
        self.right += other.right
        self.false += other.false
        self.missed += other.missed
        self.silent += other.silent

    def ratio(self, other):
        return self.right / (self.right + other) if self.right + other else 1.0

    def show(self):
        precision, recall = self.ratio(self.false), self.ratio(self.missed)
        print("plans: %-32s %3d right, %3d silent, precision %.2f, recall %.2f"
              % (self.name, self.right, self.silent, precision, recall))
        for w in self.wrong:
            print("    " + w)
        return precision >= LEAST and recall >= LEAST


def score_labels(scores, labels, results):
    overrides = json.loads((PLANS / "overrides.json").read_text())
    for label, rules in zip(labels, results):
        expected = set(label["expected"])
        if "seq-scan-selective" in expected | set(label["silent"]):
            scores["scan"].count(label["file"],
                                 "seq-scan-selective" in expected,
                                 bool(rules & SCANS))
        wrapped = bool(expected & WRAPS) and "seq-scan-selective" in expected
        if wrapped or WRAPS & set(label["silent"]):
            scores["TL513"].count(label["file"],
                                  wrapped and has_index_on_wrapped(label),
                                  "TL513" in rules)
        for rule in CHECKS:
            scores[rule].judge(label, rule, rule in rules, overrides)


def score_own(scores, own, results):
    for label, rules in zip(own, results):
        expected = set(label["expected"])
        scores["scan"].count(label["file"], bool(expected & SCANS),
                             bool(rules & SCANS))
        for rule in [*APART, *CHECKS]:
            scores[rule].count(label["file"], rule in expected, rule in rules)


def complain_of_labels(own):
    """What makes labels worthless: none of a plan, or a plan without one."""
    files = {l["file"] for l in own}
    there = {f.name for f in OWN.glob("*.json")} - {"labels.json"}
    for name in sorted(files ^ there):
        print("    %s has no %s" % (name, "plan" if name in files else "label"))
    blank = [l["file"] for l in own if not l["reason"].endswith(".")]
    for name in blank:
        print("    %s: no reason" % name)
    return files == there and not blank


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build/tusklint")
    labels = json.loads((PLANS / "labels.json").read_text())
    own = json.loads((OWN / "labels.json").read_text())
    scores = {"scan": Score("TL501, TL503, TL513 any of them")}
    scores |= {rule: Score(rule + " apart") for rule in APART}
    scores |= {rule: Score("%s %s" % (rule, ", ".join(checks)))
               for rule, checks in CHECKS.items()}
    theirs, ours = found_in_all(binary, labels, own)
    score_labels(scores, labels, theirs)
    score_own(scores, own, ours)
    good = [s.show() for s in scores.values()]
    n = len(labels) + len(own)
    total = Score("all of %d plans" % n)
    for rule in [*APART, *CHECKS]:
        total.add(scores[rule])
    total.show()
    good += [n >= LEAST_PLANS, complain_of_labels(own)]
    print("plans: %d of these plans are our own" % len(own))
    print("plans: %d passed, %d failed" % (sum(good), len(good) - sum(good)))
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
