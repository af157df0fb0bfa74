#!/usr/bin/env python3
"""plan-labels.py - writes the plans that testdata/plans/own/labels.json labels.

Usage: ci/plan-labels.sh [NAME...]
       PG_BIN=... ci/plan-labels.sh --keys

Run beside a throw-away server. The labels are a person's, who looked at the
plan; here its query is only explained, with what the label says of it:
`before` is run first and undone afterwards, `ddl` too, which is part of the
schema that the plan is linted against; `settings` hold for the query, and
`plain` is without ANALYZE. Each query is explained twice, so that the second
time finds the catalogs read.

With --keys nothing is stored but the keys that the server's EXPLAIN prints,
in testdata/plans/keys.json under the server's major version: of each type of
node those that are `always` there and those that are there `at times`, with
ANALYZE, BUFFERS and without, with track_io_timing and without.
plan-versions.py holds what it derives against them.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

PLANS = Path(__file__).resolve().parent.parent / "testdata" / "plans"
OWN = PLANS / "own"
KEYS = PLANS / "keys.json"
READS = ("SELECT", "WITH")


def psql(text):
    done = subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1"],
                          input=text, capture_output=True, text=True)
    if done.returncode or done.stderr:
        sys.exit("plan-labels: %s\n%s" % (done.stderr, text))
    return done.stdout


def explain(label, known, more=""):
    """`known`: the server's settings; an older one does not have them all."""
    settings = more + "".join("SET %s;\n" % s for s in label.get("settings", [])
                              if s.split()[0] in known)
    how = "" if label.get("plain") else "ANALYZE, BUFFERS, "
    ask = "EXPLAIN (%sSETTINGS, FORMAT JSON) %s;\n" % (how, label["sql"])
    text = psql("BEGIN;\n%s%s;\n%sEXPLAIN %s;\n%sROLLBACK;\n" % (
        label.get("ddl", ""), label.get("before", ""), settings, label["sql"],
        ask))
    return text[text.index("[\n"):]


def clean_up(label):
    """What was undone still takes room, and the planner counts it."""
    if {"ddl", "before"} & set(label) or not label["sql"].startswith(READS):
        psql("VACUUM FULL ANALYZE; VACUUM;")


# ---- the keys ---------------------------------------------------------------


def nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


class Seen:
    """The keys of one kind of object."""

    def __init__(self):
        self.always = None
        self.ever = set()

    def add(self, keys):
        self.always = set(keys) if self.always is None else self.always & set(keys)
        self.ever |= set(keys)

    def show(self):
        return {"always": sorted(self.always),
                "at times": sorted(self.ever - self.always)}


def objects(document):
    """(kind, keys) of all that has keys; a settings' names are no keys."""
    yield "document", document
    for node in nodes(document["Plan"]):
        yield node["Node Type"], node
        for worker in node.get("Workers", []):
            yield "worker", worker
    for trigger in document.get("Triggers", []):
        yield "trigger", trigger
    if "Planning" in document:
        yield "Planning", document["Planning"]


def covering(labels):
    """As few as have each type of node, as the stored plans tell."""
    seen = set()
    for label in labels:
        plan = json.loads((OWN / label["file"]).read_text())[0]["Plan"]
        kinds = {(n["Node Type"], "plain" in label) for n in nodes(plan)}
        if kinds - seen:
            yield label
        seen |= kinds


def record_keys(labels, known):
    seen = {"analyze": {}, "plain": {}}
    for label in covering(labels):
        for timing in ("on", "off"):
            text = explain(label, known, "SET track_io_timing = %s;\n" % timing)
            way = seen["plain" if label.get("plain") else "analyze"]
            for kind, keys in objects(json.loads(text)[0]):
                way.setdefault(kind, Seen()).add(keys)
    version = psql("SHOW server_version_num").strip()[:2]
    all_keys = json.loads(KEYS.read_text()) if KEYS.exists() else {}
    all_keys[version] = {way: {kind: s.show() for kind, s in kinds.items()}
                         for way, kinds in seen.items()}
    text = json.dumps(all_keys, indent=1, sort_keys=True)
    # A list of keys on one line.
    text = re.sub(r"\[\s+([^]]*?)\s+\]",
                  lambda m: "[%s]" % re.sub(r"\s*\n\s*", " ", m.group(1)), text)
    KEYS.write_text(text + "\n")


def main():
    psql((OWN / "schema.sql").read_text() + (OWN / "rows.sql").read_text())
    known = set(psql("SELECT name FROM pg_settings").split())
    labels = json.loads((OWN / "labels.json").read_text())
    if sys.argv[1:] == ["--keys"]:
        record_keys(labels, known)
        return
    for label in labels:
        name = label["file"].removesuffix(".json")
        if len(sys.argv) < 2 or name in sys.argv[1:]:
            (OWN / label["file"]).write_text(explain(label, known))
            clean_up(label)


if __name__ == "__main__":
    main()
