"""migrations.py - linting migrations, beside bare parsing and other linters."""
from bench import megabytes
from rows import Row, Table
from run import Figure, Twice, ratio, rounds, seconds

BARE = 1.5         # times bare parsing and unpacking, of processor time
SQUAWK = 1 / 3     # of squawk's processor time, on a history
SQUAWK_LONG = 1 / 8  # ... on one file of 20,000 statements
MORE = 5  # times as many rounds, where a run is short


def compare(bench, name, files, count):
    others = [other for other in bench.others(files) if other.works()]
    return rounds(count, [bench.lint(*files), bench.parse(name, files),
                          *others])


def against(done, other):
    """tusklint's share of another's processor time; None without that one."""
    return ratio(done, "tusklint", other) if other in done[0] else None


def rows_of(bench, what, key, done):
    yield Row(key + "-bare", "%s: processor time / bare parsing" % what,
              against(done, "bare"), BARE)
    yield Row(key + "-squawk", "%s: processor time / squawk" % what,
              against(done, "squawk"), SQUAWK, "%.3f")


def generated(bench, folder):
    """The rows of one large generated history, and of its threads."""
    files = sorted(folder.iterdir())
    programs = [bench.lint(folder), bench.lint(folder, name="two", threads=2),
                bench.parse("generated", files),
                Twice("twice", bench.lint(folder))]
    done = rounds(bench.rounds, programs)
    size = megabytes(files)
    scaling = ratio(done, "tusklint", "two", "wall")
    ceiling = Figure(2 * r["tusklint"].wall / r["twice"].wall for r in done)
    return [
        Row("generated-bare", "generated history of %.0f MB: processor time / "
            "bare parsing" % size, against(done, "bare"), BARE),
        Row("threads", "two threads, times as fast as one by the clock (two "
            "processes side by side: %.2f)" % ceiling.middle, scaling, 1.7,
            least=True)]


def real(bench):
    """The rows of all real histories together, and one line for each."""
    lines = []
    for name, files in given(bench):
        done = compare(bench, name, files, MORE * bench.rounds)
        lines.append(line_of(name, files, done))
    rows = []
    if len(bench.histories) > 1:
        files = [f for fs in bench.histories.values() for f in fs]
        done = compare(bench, "all", files, bench.rounds)
        rows = list(rows_of(bench, "%d real histories together" % len(
            bench.histories), "real", done))
        lines.append(line_of("all together", files, done))
    elif len(lines) == 1:
        rows = list(rows_of(bench, name, "real", done))
    return rows, table(lines)


def given(bench):
    return bench.histories.items() or [
        ("generated", sorted((bench.work / "migrations").iterdir())[:200])]


def cell(figure, form="%.2f"):
    if figure is None:
        return "not measured"
    return "%s (%s–%s)" % (form % figure.middle, form % figure.low,
                           form % figure.high)


def line_of(name, files, done):
    bare, squawk = against(done, "bare"), against(done, "squawk")
    missed = ["%s by %.0f %%" % (other, 100 * (figure.middle / limit - 1))
              for other, figure, limit in (("bare", bare, BARE),
                                           ("squawk", squawk, SQUAWK))
              if figure and figure.middle > limit]
    return [name, len(files), "%.2f" % megabytes(files),
            "%.3f s" % seconds(done, "tusklint").middle, cell(bare),
            cell(squawk, "%.3f"), cell(against(done, "pgls"), "%.3f"),
            "no: " + ", ".join(missed) if missed else "yes"]


def table(lines):
    return Table(
        "Histories, one by one",
        "tusklint's processor time, one thread, and what share it is of each "
        "other's on the same files: at most %.1f of bare parsing, %.3f of "
        "squawk. Quartiles in parentheses; %d times as many rounds as "
        "elsewhere, for most take a hundredth of a second." % (
            BARE, SQUAWK, MORE),
        ["history", "files", "MB", "tusklint", "/ bare", "/ squawk",
         "/ postgres-language-server", "reached"], lines,
        "histories" if any(line[-1] != "yes" for line in lines) else None)


def long_file(bench, path):
    """squawk takes minutes for it: it runs once."""
    done = rounds(1, [bench.lint(path), *bench.others([path])], warm=False)
    row = Row("long-squawk", "one file of 20,000 statements: processor time / "
              "squawk (one run)", against(done, "squawk"), SQUAWK_LONG, "%.4f")
    names = {"tusklint": "tusklint", "squawk": "squawk",
             "pgls": "postgres-language-server"}
    context = [[names[name], "%.1f s" % run.cpu, "%.0f MB" % run.memory]
               for name, run in done[0].items()]
    return row, Table(
        "One file of 20,000 statements", "%.1f MB." % megabytes([path]),
        ["program", "processor time", "peak memory"], context)


def small_file(bench, path):
    program = bench.lint(path, threads=None)
    runs = [r["tusklint"] for r in rounds(20 + bench.rounds, [program])]
    cpu = Figure(1000 * run.cpu for run in runs)
    return Row("small", "start to end on one small file, by the clock (%.1f "
               "ms of processor time)" % cpu.middle,
               Figure(1000 * run.wall for run in runs), 10, "%.1f", " ms",
               below=True)
