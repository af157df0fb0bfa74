"""cache.py - one changed file in a long history, the others known."""
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
    folder = bench.work / "many"
    cache = bench.work / "cache"
    last = sorted(folder.iterdir())[-1]
    text = last.read_text()
    program = bench.lint("--cache-dir", cache, folder, threads=None)
    shutil.rmtree(cache, ignore_errors=True)
    program.run()
    times = []
    for n in range(2 * bench.rounds):
        last.write_text(text + "SELECT %d;\n" % n)  # never seen before
        times.append(1000 * program.run().wall)
    last.write_text(text)
    return [Row("cache", "5,000 migrations with --cache-dir, the last one "
                "changed, by the clock", Figure(times), LIMIT, "%.1f", " ms",
                below=True)]
