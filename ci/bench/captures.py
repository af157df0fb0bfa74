"""captures.py - reading logs, beside pgBadger."""
import shutil

from bench import megabytes
from rows import Row, Table
from run import Program, peak, ratio, rounds, seconds

TIMES = 50  # pgBadger's processor time
PREFIX = "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h "
# What servers write and pgBadger reads: our file, pgBadger's name, its prefix.
FORMS = (("csvlog", "csv", "csv", None),
         ("jsonlog", "json", "jsonlog", None),
         ("stderr", "log", "stderr", PREFIX),
         ("syslog", "syslog", "syslog2", None),
         ("RDS", "rds", "rds", None))


def pgbadger(bench, title, form, name, prefix):
    log = bench.work / "logs" / ("1x." + form)
    report = bench.work / "pgbadger.html"
    command = ["pgbadger", "-q", "-j", "1", "-f", name, "-o", report]
    if prefix:
        command += ["--prefix", prefix]
    programs = [bench.lint(log), Program("pgbadger", [*command, log])]
    done = rounds(max(3, bench.rounds // 2), programs, warm=False)
    row = Row("pgbadger-" + form, "%s: pgBadger's processor time / ours" %
              title, ratio(done, "pgbadger", "tusklint"), TIMES, "%.0f",
              least=True)
    size = megabytes([log])
    line = [title, "%.0f MB" % size,
            "%.2f s" % seconds(done, "tusklint").middle,
            "%.1f s" % seconds(done, "pgbadger").middle,
            "%.0f MB" % peak(done, "tusklint").middle,
            "%.0f MB" % peak(done, "pgbadger").middle]
    return row, line


def beside_pgbadger(bench):
    if not shutil.which("pgbadger"):
        return [Row("pgbadger-" + form, "%s: pgBadger's processor time / ours"
                    % title, None, TIMES, "%.0f", least=True)
                for title, form, _, _ in FORMS], None
    both = [pgbadger(bench, *form) for form in FORMS]
    return [row for row, _ in both], Table(
        "Logs, beside pgBadger",
        "One process each, with what each does by default: pgBadger writes "
        "its HTML report, tusklint its findings. pgBadger draws more charts "
        "of the server (connections, checkpoints, vacuum); it looks for no "
        "mistakes in the queries.",
        ["format", "log", "tusklint", "pgBadger", "tusklint's memory",
         "pgBadger's memory"], [line for _, line in both])
