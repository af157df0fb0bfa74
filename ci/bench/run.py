"""run.py - programs run in turn, and what their figures come to.

Others use the machine, too, and its speed changes while it runs. So all
programs that are compared run within each round, each round begins with
another of them, ratios are made within a round, and their median counts.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time


class Run:
    """One run of a program: seconds by the clock and of processors, MB."""

    def __init__(self, child, began, said):
        _, status, usage = os.wait4(child.pid, 0)
        self.wall = time.perf_counter() - began
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss * 1024 / 1e6
        self.status = os.waitstatus_to_exitcode(status)
        child.returncode = self.status
        said.seek(0)
        self.said = said.read(500).decode(errors="replace")
        said.close()


class Program:
    def __init__(self, name, command, good=(0,)):
        self.name = name
        self.command = [str(word) for word in command]
        self.good = good  # statuses that a run may end with

    def begin(self):
        said = tempfile.TemporaryFile()
        began = time.perf_counter()
        child = subprocess.Popen(self.command, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=said)
        return child, began, said

    def end(self, begun):
        run = Run(*begun)
        if run.status not in self.good:
            sys.exit("bench: %s...: status %d: %s" % (
                " ".join(self.command[:6]), run.status, run.said))
        return run

    def run(self):
        return self.end(self.begin())

    def works(self):
        """Another's program that fails on an input is told of and left out."""
        run = Run(*self.begin())
        if run.status not in self.good:
            print("bench: %s: status %d: %s" % (self.name, run.status,
                                                run.said), file=sys.stderr)
        return run.status in self.good


class Twice:
    """Two processes of a program at once: how far the machine lets two of
    anything run side by side."""

    def __init__(self, name, program):
        self.name = name
        self.program = program

    def run(self):
        begun = [self.program.begin(), self.program.begin()]
        runs = [self.program.end(b) for b in begun]
        return max(runs, key=lambda run: run.wall)


def rounds(count, programs, warm=True):
    """A dictionary of runs, by name, for each round."""
    if warm:
        for program in programs:
            program.run()  # the files are in memory from here on
    done = []
    for turn in range(count):
        shift = turn % len(programs)
        order = programs[shift:] + programs[:shift]
        done.append({program.name: program.run() for program in order})
    return done


class Figure:
    """A median and the quartiles around it."""

    def __init__(self, values):
        values = list(values)
        self.middle = statistics.median(values)
        self.low, self.high = self.middle, self.middle
        if len(values) > 1:
            self.low, _, self.high = statistics.quantiles(
                values, n=4, method="inclusive")
        self.count = len(values)


def ratio(done, over, under, of="cpu"):
    return Figure(getattr(r[over], of) / getattr(r[under], of) for r in done)


def seconds(done, name, of="cpu"):
    return Figure(getattr(r[name], of) for r in done)


def speed(done, name, megabytes):
    return Figure(megabytes / r[name].cpu for r in done)


def peak(done, name):
    return Figure(r[name].memory for r in done)
