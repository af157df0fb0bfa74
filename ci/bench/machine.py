"""machine.py - where the figures are from: processor, kernel, versions."""
import mmap
import os
import platform
import re
import statistics
import subprocess
import time

PAGES = 16384  # 64 MB, of pages of 4 KB


def said(*command):
    try:
        run = subprocess.run([str(word) for word in command],
                             capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run.stdout.strip()


def first_line(text):
    return text.splitlines()[0] if text else ""


def processor():
    with open("/proc/cpuinfo") as f:
        found = re.search(r"^model name\s*:\s*(.*)$", f.read(), re.M)
    return found.group(1) if found else platform.machine()


def memory():
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return "%.0f GB" % (pages / 1e9)


def page_cost():
    """Microseconds for a page of memory that nobody had, in one call for all.
    On a virtual machine it differs by the hour, and with it short runs do."""
    def once():
        begin = time.perf_counter()
        with mmap.mmap(-1, PAGES * mmap.PAGESIZE, flags=mmap.MAP_PRIVATE |
                       mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE):
            return (time.perf_counter() - begin) / PAGES * 1e6
    return statistics.median(once() for _ in range(9))


def commit():
    """Which one, and whether the files are those of the commit; the document
    itself is not: it is what this run writes."""
    name = said("git", "rev-parse", "--short=12", "HEAD")
    changed = said("git", "status", "--porcelain", "--", ".",
                   ":!docs/benchmarks.md")
    return name + (" with changes" if changed else "")


def parser():
    return said("dpkg-query", "-W", "-f", "${Version}", "libpg-query-dev") \
        if not os.environ.get("PG_QUERY_PREFIX") else "PG_QUERY_PREFIX"


def version(program, *words):
    found = re.search(r"\d+(\.\d+)+", said(program, *words)) \
        if program else None
    return found.group(0) if found else "not there"


def describe(bench):
    yield "processor", "%s, %d cores" % (processor(), os.cpu_count())
    yield "memory", memory()
    yield "load when it began", "%.1f processes" % bench.load
    yield "a new page of memory", "%.2f µs before, %.2f µs after" % (
        bench.page_cost, page_cost())
    yield "kernel", "%s %s" % (platform.system(), platform.release())
    yield "compiler", first_line(said(os.environ.get("CC", "gcc"),
                                      "--version"))
    yield "tusklint", "%s, commit %s" % (
        version(bench.tusklint, "version"), commit())
    yield "libpg_query", parser()
    yield "squawk", version(bench.squawk, "--version")
    yield "postgres-language-server", version(bench.pgls, "--version")
    yield "pgBadger", version("pgbadger", "--version")
