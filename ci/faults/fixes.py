"""fixes.py - --fix and what else writes files, disturbed: every file has its
old bytes or its new ones, and only what is killed by force leaves a trace.
"""
import errno
import os
import random
import re
import resource
import signal
import stat
import time

from .run import common_fault, one_message, snapshot

HEAD = b"-- no-transaction\n"
TEMPORARY = re.compile(rb"\.\d+-\d+\.tmp$")
OLD = HEAD + b"CREATE INDEX i ON t (a);\n"
NEW = HEAD + b"CREATE INDEX CONCURRENTLY i ON t (a);\n"
FIX = ["--fix", "--quiet", "--format", "concise", "."]

# Kind, error or 0, how many in a row, and whether all must be fixed.
FAULTS = [
    ("write", errno.ENOSPC, 1, False),
    ("write", errno.EIO, 0, False),
    ("write", errno.EINTR, 1, True),
    ("write", 0, 1, True),
    ("write", 0, 9, True),
    ("sync", errno.EIO, 1, False),
    ("sync", errno.ENOSPC, 0, False),
    ("rename", errno.EACCES, 1, False),
    ("rename", errno.ENOSPC, 0, False),
    ("mode", errno.EPERM, 1, False),
    ("open", errno.EACCES, 1, False),
    ("open", errno.EINTR, 1, True),
]


def make(place, files=3):
    folder = place.fresh("fix")
    for i in range(files):
        (folder / ("%d.sql" % i)).write_bytes(OLD)
        (folder / ("%d.sql" % i)).chmod(0o640)
    place.give(folder)
    return folder


def torn(folder, killed=False):
    """What is neither old nor new, or None."""
    for path, data in snapshot(folder).items():
        if TEMPORARY.search(path):
            if not killed:
                return "%s is left" % path
        elif data not in (OLD, NEW):
            return "%s holds %s" % (path, data)
        elif stat.S_IMODE(os.stat(path).st_mode) != 0o640:
            return "%s has another mode" % path
    return None


def all_new(folder):
    return all(data == NEW for data in snapshot(folder).values())


def loop(place, call, error, run, survived):
    fault = (call, 0, error, run)
    calls = place.run(FIX, make(place), fault=fault).calls
    for at in range(1, calls + 1):
        folder = make(place)
        result = place.run(FIX, folder, fault=(call, at, error, run))
        wrong = common_fault(result) or torn(folder)
        if not wrong and run == 1:
            wrong = one_message(result)
        if not wrong and not all_new(folder) and (survived or
                                                  result.status != 2):
            wrong = "status %d and not all is fixed" % result.status
        if wrong:
            return "call %d of %d: %s" % (at, calls, wrong)
    return None if calls else "there is no such call"


def allocations(place, full):
    calls = place.run(FIX, make(place), fault=("alloc", 0, 0, 1)).calls
    for at in range(1, calls + 1, 1 if full else max(1, calls // 40)):
        folder = make(place)
        result = place.run(FIX, folder, fault=("alloc", at, errno.ENOMEM, 1))
        wrong = one_message(result) or torn(folder)
        if wrong:
            return "call %d of %d: %s" % (at, calls, wrong)
    return None


def full_disk(place):
    """A limit of the file's size, byte by byte."""
    for size in range(0, len(NEW) + 1, 3):
        folder = make(place, 1)
        result = place.run(FIX, folder,
                           limits=((resource.RLIMIT_FSIZE, size),))
        wrong = one_message(result) or torn(folder)
        if not wrong and (result.status == 2) != (size < len(NEW)):
            wrong = "status %d" % result.status
        if wrong:
            return "at %d bytes: %s" % (size, wrong)
    return None


def end_it(place, how, rounds):
    """At moments all over a run of twenty files."""
    dice = random.Random(7)
    began = time.monotonic()
    place.run(FIX, make(place, 20))
    lasts = time.monotonic() - began
    for _ in range(rounds):
        folder = make(place, 20)
        child = place.start(FIX, folder)
        time.sleep(dice.uniform(0, lasts))
        child.send_signal(how)
        _, error = child.communicate(timeout=30)
        if child.returncode not in (0, 1, -how):
            return "status %d: %s" % (child.returncode, error)
        wrong = torn(folder, how == signal.SIGKILL)
        if wrong:
            return wrong
    return None


def others(place):
    """Links, hard links and what was not named stay as they are."""
    folder = make(place, 1)
    outside = place.root / "outside.sql"
    outside.write_bytes(OLD)
    (folder / "link.sql").symlink_to("../outside.sql")
    os.link(folder / "0.sql", place.root / "hard.sql")
    result = place.run(["--fix", "--quiet", "0.sql"], folder)
    if result.status != 0 or (folder / "0.sql").read_bytes() != NEW:
        return "not fixed: " + result.told()
    if outside.read_bytes() != OLD or \
            (place.root / "hard.sql").read_bytes() != OLD:
        return "another file was changed"
    result = place.run(["--fix", "--quiet", "link.sql"], folder)
    if result.status != 2 or outside.read_bytes() != OLD:
        return "the link was followed: " + result.told()
    return None


def owners(place):
    """Root may write for others; the file stays theirs."""
    if place.user is None:
        return None
    folder = make(place, 1)
    path = folder / "0.sql"
    os.chown(path, 12345, 23456)
    path.chmod(0o666)
    result = place.run(["--fix", "--quiet", "0.sql"], folder)
    st = path.stat()
    if (st.st_uid, st.st_gid) != (12345, 23456):
        return "it has another owner"
    if result.status != 2 or path.read_bytes() != OLD or torn(folder) == "":
        return "status %d: %s" % (result.status, result.error)
    place.user, user = None, place.user
    result = place.run(["--fix", "--quiet", "0.sql"], folder)
    place.user = user
    st = path.stat()
    if result.status != 0 or path.read_bytes() != NEW:
        return "root does not fix: " + result.error
    if (st.st_uid, st.st_gid, stat.S_IMODE(st.st_mode)) != \
            (12345, 23456, 0o666):
        return "root takes the file"
    return None


def baseline(place):
    """It is written whole or not at all."""
    for call, error in (("write", errno.ENOSPC), ("sync", errno.EIO),
                        ("rename", errno.EACCES)):
        folder = make(place, 1)
        (folder / "b.json").write_text("old")
        place.give(folder)
        result = place.run(["baseline", "write", "--baseline", "b.json",
                            "0.sql"], folder, fault=(call, 1, error, 0))
        wrong = one_message(result)
        if wrong or result.status != 2:
            return "%s: %s" % (call, wrong or result.told())
        if (folder / "b.json").read_text() != "old" or \
                len(snapshot(folder)) != 2:
            return "%s: %s" % (call, snapshot(folder))
    return None


def check(place, full):
    """Rows: (what, what is wrong or None)."""
    for call, error, run, survived in FAULTS:
        what = os.strerror(error) if error else "a part is done"
        yield ("--fix: each %s, %s, %s" % (call, what, run or "for ever"),
               loop(place, call, error, run, survived))
    yield "--fix: allocations", allocations(place, full)
    yield "--fix: a full disk, byte by byte", full_disk(place)
    for how, some, many in ((signal.SIGKILL, 50, 500),
                            (signal.SIGTERM, 20, 200),
                            (signal.SIGINT, 20, 200)):
        rounds = many if full else some
        yield ("--fix: %s at %d moments" % (how.name, rounds),
               end_it(place, how, rounds))
    yield "--fix: links, and what was not named", others(place)
    yield "--fix: owners", owners(place)
    yield "a baseline", baseline(place)
