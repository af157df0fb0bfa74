#!/usr/bin/env python3
"""logs.py - how fast logs are read, beside pgBadger.

Usage: logs.py BINARY FOLDER ROUNDS

FOLDER holds app.csv, app.json, app.log, and quarter.log, a quarter as long, as
workload.py writes them. tusklint and pgBadger (-j 1, when it is
installed) read app.log in turn; figures are medians, speed is of processor time.
"""
import os
import shutil
import statistics
import subprocess
import sys

PREFIX = "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h "


def run(command):
    """Processor seconds and peak memory in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit("logs: %s: status %d" % (command[0], status))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    binary, folder, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    logs = {name: os.path.join(folder, name)
            for name in ("app.csv", "app.json", "app.log", "quarter.log")}
    for name, path in logs.items():
        size = os.path.getsize(path) / 1e6
        results = [run([binary, path]) for _ in range(rounds)]
        seconds = statistics.median(r[0] for r in results)
        print("%-11s %6.0f MB  %6.0f MB/s  peak memory %.0f MiB" % (
            name, size, size / seconds, max(r[1] for r in results)))
    if not shutil.which("pgbadger"):
        print("pgBadger is not installed: nothing is compared with it")
        return
    ratios = []
    for _ in range(max(2, rounds // 2)):
        ours, _ = run([binary, logs["app.log"]])
        theirs, memory = run(["pgbadger", "-q", "-j", "1", "-f", "stderr",
                              "--prefix", PREFIX, "-o",
                              os.path.join(folder, "pgbadger.html"),
                              logs["app.log"]])
        ratios.append(theirs / ours)
        print("app.log: tusklint %.1f s, pgBadger %.1f s (%.0f MiB)" % (
            ours, theirs, memory))
    print("pgBadger / tusklint: %.0f" % statistics.median(ratios))


if __name__ == "__main__":
    main()
