"""bench.py - what is compared: where programs and inputs are, how often each
runs."""
import os
import subprocess
from pathlib import Path

import machine
from run import Program

# Folders that say nothing of whose migrations are in them.
GENERIC = {"migrations", "migration", "migrate", "db", "sql", "database",
           "databases", "postgres", "postgresql", "schema", "src", "packages"}


class Bench:
    def __init__(self):
        self.tusklint = os.environ.get("TUSKLINT", "build/tusklint")
        self.bare = "build/bench/bare"
        self.squawk = os.environ.get("SQUAWK", "")
        self.pgls = os.environ.get("PGLS", "")
        self.work = Path("build/bench")
        self.load = os.getloadavg()[0]
        self.page_cost = machine.page_cost()
        self.rounds = int(os.environ.get("ROUNDS", "7"))
        self.histories = histories(os.environ.get("HISTORIES", "").split())

    def lint(self, *words, name="tusklint", threads=1, good=(0,)):
        command = [self.tusklint, "-q", "--fail-on", "never", "--format",
                   "concise"]
        if threads:
            command += ["-j", threads]
        return Program(name, [*command, *words], good)

    def parse(self, name, files):
        """Bare libpg_query on the statements of these files."""
        index = self.work / (name + ".index")
        subprocess.run([self.bare, "index", index, *files], check=True)
        return Program("bare", [self.bare, "parse", index])

    def others(self, files):
        """The linters that there are, as a user calls them: 1 is a finding."""
        if self.squawk:
            yield Program("squawk", [self.squawk, *files], (0, 1))
        if self.pgls:
            # Without a size all that is larger than 1 MiB is left out.
            yield Program("pgls", [
                self.pgls, "check", "--disable-db",
                "--files-max-size=1000000000", *files], (0, 1))


def megabytes(files):
    return sum(f.stat().st_size for f in files) / 1e6


def project(folder, common):
    """The first folder that is not shared with other projects, or the last
    one that says something."""
    if common and folder != common:
        return folder.relative_to(common).parts[0]
    parts = list(folder.parts)
    while len(parts) > 2 and parts[-1] in GENERIC:
        parts.pop()
    return parts[-1]


def histories(words):
    """Name and files of each; a word is FOLDER or NAME=FOLDER."""
    split = [word.rpartition("=") for word in words]
    folders = [Path(folder).resolve() for _, _, folder in split]
    common = Path(os.path.commonpath(folders)) if len(folders) > 1 else None
    found = {}
    for (name, _, _), folder in zip(split, folders):
        files = sorted(folder.rglob("*.sql"))
        if not files:
            raise SystemExit("bench: %s: no .sql file" % folder)
        name = name or project(folder, common)
        if name in found:
            name += ", " + folder.name
        found[name] = files
    return found
