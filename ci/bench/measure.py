#!/usr/bin/env python3
"""measure.py - ratios of running times, from interleaved runs.

Usage: measure.py TUSKLINT BARE MIGRATIONS LOG SMALL FILE [ROUNDS]

SQUAWK in the environment is another linter's program to compare with,
HISTORIES are folders of real migrations.

Two programs run in turn, A B A B, so that whatever else the machine does hits
both; the median of the ratios is what counts. CPU is user and system time.
"""
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path


class Run:
    found = {}  # program: its status when it has found something

    def __init__(self, command):
        began = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE)
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        self.wall = time.perf_counter() - began
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, Run.found.get(command[0], 0)):
            sys.exit("bench: %s...: status %d: %s" % (
                " ".join(command[:6]), child.returncode, said.decode()[:500]))


def pairs(rounds, a, b, warm=True):
    if warm:
        Run(a), Run(b)  # the files are in memory from here on
    return [(Run(a), Run(b)) for _ in range(rounds)]


def median(values):
    return statistics.median(values)


def row(what, value, limit=""):
    print("%-44s %12s   %s" % (what, value, limit))


def size_of(path):
    if path.is_dir():
        return sum(f.stat().st_size for f in path.iterdir()) / 1e6
    return path.stat().st_size / 1e6


def measure_migrations(tusklint, bare, folder, rounds):
    size = size_of(folder)
    lint = [tusklint, "-q", "--fail-on", "never", "--format", "concise"]
    files = sorted(str(f) for f in folder.iterdir())
    runs = pairs(rounds, [*lint, "-j", "1", str(folder)], [bare, *files])
    row("migrations, MB in files", "%.1f in %d" % (size, len(files)))
    row("  bare libpg_query, MB/s of CPU",
        "%.1f" % (size / median(b.cpu for _, b in runs)))
    row("  tusklint -j 1, MB/s of CPU",
        "%.1f" % (size / median(a.cpu for a, _ in runs)))
    row("  tusklint / bare, CPU",
        "%.2f" % median(a.cpu / b.cpu for a, b in runs), "at most 1.5")
    row("  tusklint -j 1, memory", "%.0f MB" % max(a.memory for a, _ in runs))
    runs = pairs(rounds, [*lint, "-j", "1", str(folder)],
                 [*lint, "-j", "2", str(folder)])
    row("  one thread / two threads, time",
        "%.2f" % median(a.wall / b.wall for a, b in runs), "at least 1.7")


def measure_log(tusklint, log, rounds):
    size = size_of(log)
    lint = [tusklint, "-q", "--fail-on", "never", "--format", "concise", "-j",
            "1", str(log)]
    runs = pairs(rounds, lint, ["wc", "-l", str(log)])
    row("log, MB", "%.1f" % size)
    row("  wc -l, MB/s", "%.0f" % (size / median(b.wall for _, b in runs)))
    row("  tusklint -j 1, MB/s of CPU",
        "%.0f" % (size / median(a.cpu for a, _ in runs)), "at least 200")
    row("  tusklint -j 1, memory",
        "%.0f MB" % max(a.memory for a, _ in runs), "below 200 MB")


def measure_squawk(tusklint, bare, squawk, one, rounds):
    """The same files given to both; each does all that it does by default."""
    Run.found[squawk] = 1
    lint = [tusklint, "-q", "--fail-on", "never", "--format", "concise",
            "-j", "1"]
    # squawk takes minutes for it.
    runs = pairs(1, [*lint, str(one)], [squawk, str(one)], False)
    row("one file of 20,000 statements, MB", "%.1f" % size_of(one))
    row("  tusklint -j 1 / squawk, CPU",
        "%.3f" % median(a.cpu / b.cpu for a, b in runs), "at most 0.125")
    for folder in os.environ.get("HISTORIES", "").split():
        files = sorted(str(f) for f in Path(folder).rglob("*.sql"))
        runs = pairs(rounds, [*lint, *files], [squawk, *files])
        row("history %s, files" % Path(folder).name, "%d" % len(files))
        row("  tusklint -j 1 / squawk, CPU",
            "%.2f" % median(a.cpu / b.cpu for a, b in runs), "at most 0.33")
        runs = pairs(rounds, [*lint, *files], [bare, *files])
        row("  tusklint -j 1 / bare, CPU",
            "%.2f" % median(a.cpu / b.cpu for a, b in runs), "at most 1.5")


def main():
    tusklint, bare = sys.argv[1:3]
    folder, log, small, one = map(Path, sys.argv[3:7])
    rounds = int(sys.argv[7]) if len(sys.argv) > 7 else 5
    measure_migrations(tusklint, bare, folder, rounds)
    measure_log(tusklint, log, rounds)
    starts = [Run([tusklint, "--fail-on", "never", str(small)]).wall
              for _ in range(20)]
    if os.environ.get("SQUAWK"):
        measure_squawk(tusklint, bare, os.environ["SQUAWK"], one, rounds)
    row("one small file, start to end", "%.1f ms" % (1000 * median(starts)),
        "below 10 ms")


if __name__ == "__main__":
    main()
