#!/usr/bin/env python3
"""plan-labels.py - writes the plans that testdata/plans/own/labels.json labels.

Usage: ci/plan-labels.sh [NAME...]

Run beside a throw-away server. The labels are a person's, who looked at the
plan; here its query is only explained, with what the label says of it:
`before` is run first and undone afterwards, `ddl` too, which is part of the
schema that the plan is linted against; `settings` hold for the query, and
`plain` is without ANALYZE. Each query is explained twice, so that the second
time finds the catalogs read.
"""
import json
import subprocess
import sys
from pathlib import Path

OWN = Path(__file__).resolve().parent.parent / "testdata" / "plans" / "own"
READS = ("SELECT", "WITH")


def psql(text):
    done = subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1"],
                          input=text, capture_output=True, text=True)
    if done.returncode or done.stderr:
        sys.exit("plan-labels: %s\n%s" % (done.stderr, text))
    return done.stdout


def explain(label):
    settings = "".join("SET %s;\n" % s for s in label.get("settings", []))
    how = "" if label.get("plain") else "ANALYZE, BUFFERS, "
    ask = "EXPLAIN (%sSETTINGS, FORMAT JSON) %s;\n" % (how, label["sql"])
    text = psql("BEGIN;\n%s%s;\n%sEXPLAIN %s;\n%sROLLBACK;\n" % (
        label.get("ddl", ""), label.get("before", ""), settings, label["sql"],
        ask))
    # What was undone still takes room, and the planner counts it.
    if {"ddl", "before"} & set(label) or not label["sql"].startswith(READS):
        psql("VACUUM FULL ANALYZE; VACUUM;")
    return text[text.index("[\n"):]


def main():
    psql((OWN / "schema.sql").read_text() + (OWN / "rows.sql").read_text())
    for label in json.loads((OWN / "labels.json").read_text()):
        name = label["file"].removesuffix(".json")
        if len(sys.argv) < 2 or name in sys.argv[1:]:
            (OWN / label["file"]).write_text(explain(label))


if __name__ == "__main__":
    main()
