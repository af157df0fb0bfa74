"""growth.py - what inputs that are four and sixteen times as long cost, and
how fast logs are read."""
from bench import megabytes
from rows import Row, Table
from run import peak, ratio, rounds, seconds, speed

LOG_SPEED = 200   # MB/s of a core
LOG_MEMORY = 200  # MB
TIMES = (1, 4, 16)
UNLIKE = "csvlog, all statements unlike"


def beginnings(folder):
    """The first sixteenth of a folder's files, the first quarter, all."""
    files = sorted(folder.iterdir())
    return [files[:len(files) * times // 16] for times in TIMES]


def inputs(bench):
    logs = bench.work / "logs"
    return {"migrations": beginnings(bench.work / "migrations"),
            "csvlog": [[logs / ("%dx.csv" % t)] for t in TIMES],
            "jsonlog": [[logs / ("%dx.json" % t)] for t in TIMES],
            UNLIKE: [[logs / ("%dx.unlike" % t)] for t in TIMES],
            "plans": beginnings(bench.work / "plans")}


def cells(figures, form):
    return " / ".join(form % figure.middle for figure in figures)


def line_of(kind, done, sizes):
    names = [str(t) for t in TIMES]
    return [kind, " / ".join("%.1f" % size for size in sizes),
            cells([seconds(done, name) for name in names], "%.2f"),
            *("%.2f" % ratio(done, name, "1").middle for name in names[1:]),
            cells([peak(done, name) for name in names], "%.0f")]


def log_rows(kind, done, sizes):
    if kind != UNLIKE:
        yield Row("speed-" + kind, "%s with 2,000 shapes, a core" % kind,
                  speed(done, "4", sizes[1]), LOG_SPEED, "%.0f", " MB/s",
                  least=True)
    yield Row("memory-" + kind, "%s, %.0f MB: peak memory" % (kind, sizes[-1]),
              peak(done, "16"), LOG_MEMORY, "%.0f", " MB", below=True)


def measure(bench):
    rows = []
    lines = []
    for kind, lengths in inputs(bench).items():
        # 2: it says that there were more shapes than it keeps.
        good = (0, 2) if kind == UNLIKE else (0,)
        programs = [bench.lint(*files, name=str(times), good=good)
                    for times, files in zip(TIMES, lengths)]
        done = rounds(max(1, bench.rounds // 2), programs)
        sizes = [megabytes(files) for files in lengths]
        lines.append(line_of(kind, done, sizes))
        if "log" in kind:
            rows += log_rows(kind, done, sizes)
    return rows, Table(
        "Growth", "The same input once, four and sixteen times as long, one "
        "thread. A program whose time grows as its input does has 4 and 16.",
        ["input", "MB", "processor time, s", "4x / 1x", "16x / 1x",
         "peak memory, MB"], lines)
