#!/usr/bin/env python3
"""measure.py - runs every comparison and writes the page about it.

Usage: measure.py PAGE. bench.sh has made the programs and inputs; what it
takes from the environment, bench.py tells.
"""
import sys
import time
from pathlib import Path

import cache
import captures
import editor
import growth
import migrations
import page
import plans
from bench import Bench

SMALL = Path("testdata/demo/migrations/0001_growers.sql")


class Report:
    def __init__(self):
        self.rows = []
        self.tables = []
        self.began = time.monotonic()

    def add(self, *rows):
        for row in rows:
            self.rows.append(row)
            print("%4.0f s  %s: %s (%s) %s" % (
                time.monotonic() - self.began, row.what, row.measured_text(),
                row.limit_text(), row.reached_text()), flush=True)

    def add_table(self, table):
        if table:
            self.tables.append(table)


def measure(bench):
    report = Report()
    report.add(*migrations.generated(bench, bench.work / "migrations"))
    report.add(migrations.small_file(bench, SMALL))
    rows, table = migrations.real(bench)
    report.add(*rows)
    report.add_table(table)
    row, table = migrations.long_file(bench, bench.work / "one.sql")
    report.add(row)
    report.add_table(table)
    rows, grown = growth.measure(bench)
    report.add(*rows)
    rows, table = captures.beside_pgbadger(bench)
    report.add(*rows)
    report.add_table(table)
    report.add(*plans.measure(bench))
    report.add(*editor.measure(bench))
    report.add(*cache.measure(bench))
    report.add_table(grown)
    return report


def main():
    bench = Bench()
    report = measure(bench)
    text = page.page(bench, report.rows, report.tables, "ci/bench/reasons.txt")
    Path(sys.argv[1]).write_text(text, encoding="utf-8")
    print("%s is written, in %.0f minutes" % (
        sys.argv[1], (time.monotonic() - report.began) / 60))


if __name__ == "__main__":
    main()
