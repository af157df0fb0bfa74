"""cache.py - one changed file of a long history, as a commit has it."""
import shutil
import subprocess

from rows import Row
from run import Figure

LIMIT = 50  # milliseconds


def is_known(bench):
    page = subprocess.run([bench.tusklint, "--help"], capture_output=True,
                          text=True, check=True).stdout
    return "--cache-dir" in page


def measure(bench):
    if not is_known(bench):
        return []
    cache = bench.work / "cache"
    last = sorted((bench.work / "many").iterdir())[-1]
    text = last.read_text()
    words = ["--context", "history", last]
    program = bench.lint("--cache-dir", cache, *words, threads=None)
    without = bench.lint(*words, threads=None)
    shutil.rmtree(cache, ignore_errors=True)
    program.run()
    known, whole = [], []
    for n in range(2 * bench.rounds):
        last.write_text(text + "SELECT %d;\n" % n)  # never seen before
        known.append(program.run())
        whole.append(without.run())
    last.write_text(text)
    cpu, cpu_whole = (Figure(1000 * run.cpu for run in runs)
                      for runs in (known, whole))
    return [Row("cache", "the last of 5,000 migrations, changed, with a cache "
                "of the others, by the clock (%.0f ms of processor time; "
                "without cache %.0f)" % (cpu.middle, cpu_whole.middle),
                Figure(1000 * run.wall for run in known), LIMIT, "%.1f",
                " ms", below=True)]
