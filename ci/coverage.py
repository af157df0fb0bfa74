#!/usr/bin/env python3
"""coverage.py - lines and branches by folder, of gcovr's summary.

Usage: coverage.py SUMMARY.json PERCENT. Fails when fewer lines than PERCENT of
a hundred were run. The files with the most lines that nothing ran come last.
"""
import json
import sys
from collections import defaultdict

MOST = 10
SUMS = ("line_total", "line_covered", "branch_total", "branch_covered")


def share(covered, total):
    return 100 * covered / total if total else 100.0


def main():
    path, least = sys.argv[1], float(sys.argv[2])
    with open(path) as f:
        files = json.load(f)["files"]
    folders = defaultdict(lambda: [0, 0, 0, 0])
    for one in files:
        for name in ("/".join(one["filename"].split("/")[:2]), "total"):
            for i, key in enumerate(SUMS):
                folders[name][i] += one[key]
    print("%-16s %7s %7s %9s %7s" % ("", "lines", "", "branches", ""))
    for name, (lines, run, branches, taken) in sorted(folders.items()):
        print("%-16s %7d %5.1f %% %9d %5.1f %%" % (
            name, lines, share(run, lines), branches, share(taken, branches)))
    print("lines not run:")
    left = sorted(((f["line_total"] - f["line_covered"], f["filename"])
                   for f in files), reverse=True)
    for n, name in left[:MOST]:
        print("%6d %s" % (n, name))
    total = folders["total"]
    enough = bool(files) and share(total[1], total[0]) >= least
    print("coverage: %d passed, %d failed" % (enough, not enough))
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
