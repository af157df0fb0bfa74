"""plans.py - ten thousand plans of fifty nodes, a file each."""
from bench import megabytes
from rows import Row
from run import rounds, seconds

FORMS = (("plans", "as drivers give them"), ("psql", "as psql prints them"))


def measure(bench):
    count = max(1, bench.rounds // 2)
    programs = [bench.lint(bench.work / form, name=form, threads=None)
                for form, _ in FORMS]
    done = rounds(count, programs)
    for form, words in FORMS:
        files = list((bench.work / form).iterdir())
        yield Row("plans-" + form, "%s plans of 50 nodes, %s (%.0f MB), by "
                  "the clock (%.2f s of processor time)" % (
                      format(len(files), ","), words, megabytes(files),
                      seconds(done, form).middle),
                  seconds(done, form, "wall"), 2, "%.2f", " s", below=True)
