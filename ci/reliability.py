#!/usr/bin/env python3
"""reliability.py - the table of ci/faults, run on tusklint and on squawk.

Usage: reliability.py TUSKLINT SQUAWK, prints docs/reliability.md.

squawk reads SQL from files and from standard input: what asks for plans, logs,
tusklint's configuration or options is no case for it.
"""
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from faults import table  # noqa: E402
from faults.cases import FILES, LOGS, OPTIONS, PLANS  # noqa: E402
from faults.cases import CONFIGS, SQL, STREAMS, of_inputs  # noqa: E402
from faults.run import SECONDS, Place  # noqa: E402

PARTS = [("SQL", of_inputs(SQL)), ("Files and folders", FILES),
         ("Streams and limits", STREAMS), ("Plans", of_inputs(PLANS)),
         ("Captured queries", of_inputs(LOGS)),
         ("Configurations", of_inputs(CONFIGS)), ("Options", OPTIONS)]
SQL_PARTS = ("SQL", "Files and folders", "Streams and limits")

HEAD = """# Reliability

`sh ci/reliability.sh` writes this page. It runs the table of `ci/faults` - bad
inputs, file systems, streams, limits - on tusklint and on squawk %s and
tells what each did: its exit status, and what was found or said first.
`make test` runs the same table on tusklint with the expected status and words
of each row (`ci/faults.py`), lets calls of the C library fail in turn
(allocations, threads, reading, writing, renaming; `--full` for each single
one), and kills `--fix` at random moments.

tusklint's statuses: 0 nothing found, 1 something found, 2 it could not do its
job and says why. squawk's: 0 nothing found, 1 something found or a failure.
"--" is no case for that program. A cell in bold is a crash, a hang (%d s) or
a status above 1 without a word. Each run has 4 GiB of addresses.

%d rows; tusklint: %d in bold. %d rows are run on squawk, too: %d in bold.
"""


def plain(text):
    """Without colors and links for a terminal."""
    return re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\\\", "", text)


def clean(text):
    """One line for a cell; folders of the test are not told."""
    text = plain(text)
    text = re.sub(r"/var/tmp/tusklint-faults-[^/]*/(case/?)?", "", text)
    text = "".join(c if c.isprintable() else "?" for c in text)
    text = text.replace("|", "\\|").replace("`", "'").replace("<", "&lt;")
    return text if len(text) <= 90 else text[:87] + "..."


def first_word(result, rules):
    names = []
    for rule in re.findall(rules, plain(result.out)):
        if rule not in names:
            names.append(rule)
    if names and result.status != 2:
        return ", ".join(names[:4]) + (" ..." if len(names) > 4 else "")
    for line in (result.error + "\n" + result.out).splitlines():
        if line.strip() and result.status:
            return clean(line.strip())
    return ""


def cell(result, rules):
    """What it did, and whether that is a failure of the program."""
    if result.status is None:
        return "**hangs**", True
    if result.status < 0:
        reason = re.search(r"(overflowed its stack|panicked|bad_alloc)",
                           result.error)
        return "**killed by signal %d%s**" % (
            -result.status, ": it " + reason[1] if reason else ""), True
    if "panicked" in result.error:
        return "**%d: it panicked**" % result.status, True
    said = first_word(result, rules)
    if result.status > 1 and not said and not result.deaf:
        return "**%d, without a word**" % result.status, True
    return ("%d: %s" % (result.status, said)).rstrip(": "), False


TUSKLINT = r"\[(TL\d+ [a-z0-9-]+)\]"
SQUAWK = r"(?:warning|error)\[([a-z-]+)\]"


def for_squawk(part, make, folder):
    """The words that mean the same to squawk, or None."""
    if part not in SQL_PARTS:
        return None
    arguments, how = make(folder)
    own = [a for a in arguments if a.startswith("-") and a != "-"]
    if own or "fault" in how or (folder / ".tusklint.yml").exists() or \
            (folder / ".tusklint.yml").is_symlink():
        return None
    # Its way to say standard input is to name nothing; a folder is a pattern.
    return [os.path.join(a, "**/*.sql") if (folder / a).is_dir() else a
            for a in arguments if a != "-"], how


def bounded(make):
    """As `make` says, in 4 GiB of addresses: some inputs have no end."""
    def made(folder):
        arguments, how = make(folder)
        how = dict(how)
        how.setdefault("limits", ((resource.RLIMIT_AS, 4 << 30),))
        return arguments, how
    return made


def run_squawk(place, squawk, part, make):
    folder = place.fresh()
    asked = for_squawk(part, make, folder)
    if asked is None:
        return None
    place.give(folder)
    ours, place.binary = place.binary, squawk
    try:
        return place.run(asked[0], folder, **asked[1])
    finally:
        place.binary = ours


def rows(place, squawk, part, cases):
    for what, make, _, _ in cases:
        make = bounded(make)
        result, _ = table.run_case(place, make)
        ours = cell(result, TUSKLINT)
        theirs = run_squawk(place, squawk, part, make)
        yield what, ours, cell(theirs, SQUAWK) if theirs else ("--", None)


def main():
    place = Place(sys.argv[1])
    squawk = place.root / "squawk"
    shutil.copy(sys.argv[2], squawk)
    version = subprocess.run([squawk, "--version"], capture_output=True,
                             text=True, check=True).stdout.split()[-1]
    try:
        parts = [(part, list(rows(place, os.fspath(squawk), part, cases)))
                 for part, cases in PARTS]
    finally:
        place.end()
    every = [row for _, part in parts for row in part]
    both = [row for row in every if row[2][1] is not None]
    print(HEAD % (version, SECONDS, len(every), sum(r[1][1] for r in every),
                  len(both), sum(r[2][1] for r in both)))
    for part, found in parts:
        print("## %s\n\n| case | tusklint | squawk |\n|---|---|---|" % part)
        for what, ours, theirs in found:
            print("| %s | %s | %s |" % (clean(what), ours[0], theirs[0]))
        print()


if __name__ == "__main__":
    main()
