"""cases.py - the table of faults around the inputs: options, file systems,
streams and limits.

A row: what it is, a function that makes it in a folder and gives the words of
the command line (with a dictionary of how to run it, where that matters), the
status, and a word of what is told (a regular expression; None: nothing).
"""
import errno
import os
import resource
import socket
import subprocess

from .inputs import CONFIGS, INDEX, LOGS, PLANS, SQL

FINDS = "TL101"


def plain(folder):
    (folder / "a.sql").write_bytes(INDEX)


def words(*arguments, **how):
    """Those words beside a file a.sql in which something is found."""
    def make(folder):
        plain(folder)
        return list(arguments), how
    return make


def report_link(folder):
    plain(folder)
    (folder / "other").write_text("kept")
    (folder / "r.json").symlink_to("other")
    return ["-o", "json=r.json", "a.sql"], {}


OPTIONS = [
    ("an unknown option", words("--fxi", "a.sql"), 2, "--fix"),
    ("an unknown short option", words("-Z", "a.sql"), 2, "-Z"),
    ("an option without its value", words("a.sql", "--format"), 2, "format"),
    ("a value that none wants", words("--fix=maybe", "a.sql"), 2, "maybe"),
    ("no input", words(), 2, "no input"),
    ("an empty path", words(""), 2, "tusklint: "),
    ("a path of 5,000 characters", words("x" * 5000), 2, "xxx"),
    ("the same file twice", words("a.sql", "./a.sql"), 1, FINDS),
    ("1,000 times the same file", words(*["a.sql"] * 1000), 1, FINDS),
    ("-j 0", words("-j", "0", "a.sql"), 1, FINDS),
    ("-j -1", words("-j", "-1", "a.sql"), 2, "-j"),
    ("-j in words", words("-j", "all", "a.sql"), 2, "-j"),
    ("-j beyond any number", words("-j", "9" * 40, "a.sql"), 2, "-j"),
    ("--pg-version 0", words("--pg-version", "0", "a.sql"), 2, "pg-version"),
    ("--pg-version 99999999999", words("--pg-version", "99999999999",
                                       "a.sql"), 2, "pg-version"),
    ("a rule's name with escapes", words("--select", "\x1b[31mx", "a.sql"), 2,
     "no rule|unknown|x"),
    ("a format with a NUL's look", words("--format", "te\\0xt", "a.sql"), 2,
     "format"),
    ("explain a path", words("explain", "../../etc/passwd"), 2, "passwd"),
    ("completion for no shell", words("completion", "cmd"), 2, "zsh"),
    ("a baseline that is not there",
     words("--baseline", "no.json", "a.sql"), 2, "no.json"),
    ("a baseline that is a folder", words("--baseline", ".", "a.sql"), 2,
     "folder"),
    ("a baseline that is SQL", words("--baseline", "a.sql", "a.sql"), 2,
     "a.sql"),
    ("--since outside git", words("--since", "main", "a.sql"), 2, "git"),
    ("--since an option", words("--since", "--output=x", "a.sql"), 2,
     "output"),
    ("--since without git", words("--since", "main", "a.sql",
                                  more={"PATH": "/nowhere"}), 2, "git"),
    ("--diff-from nothing", words("--diff-from", "no.diff", "a.sql"), 2,
     "no.diff"),
    ("--diff-from SQL", words("--diff-from", "a.sql", "a.sql"), 2, "a.sql"),
    ("a report into a folder", words("-o", "json=.", "a.sql"), 2, "\\."),
    ("a report into no folder", words("-o", "json=no/r.json", "a.sql"), 2,
     "no/r.json"),
    ("a report over an input", words("-o", "json=a.sql", "a.sql"), 2,
     "input"),
    ("a report through a link", report_link, 2,
     "r.json: is a symbolic link"),
    ("a report into a device that is full", words("-o", "json=/dev/full",
                                                "a.sql"), 2, "/dev/full"),
    ("a schema that is not there", words("--schema", "no.sql", "a.sql"), 2,
     "no.sql"),
    ("a configuration that is not there",
     words("--config", "no.yml", "a.sql"), 2, "no.yml"),
    ("a configuration that is a folder", words("--config", ".", "a.sql"), 2,
     "no file"),
    ("lsp without a client", words("lsp"), None, None),
    ("lsp and rubbish", words("lsp", data=b"\0\1\2rubbish\r\n\r\n"), None,
     None),
    ("lsp and a length beyond any",
     words("lsp", data=b"Content-Length: 99999999999999999999\r\n\r\n{}"),
     None, None),
    ("digest of SQL", words("digest", "a.sql"), 2, "a.sql"),
    ("locks of a folder without SQL", words("locks", "/proc/self/task"),
     None, None),
]


def missing(folder):
    return ["no.sql"], {}


def empty_folder(folder):
    (folder / "db").mkdir()
    return ["db"], {}


def unreadable(folder):
    plain(folder)
    (folder / "b.sql").write_bytes(INDEX)
    (folder / "b.sql").chmod(0)
    return ["a.sql", "b.sql"], {}


def unreadable_folder(folder):
    plain(folder)
    (folder / "sub").mkdir()
    (folder / "sub/b.sql").write_bytes(INDEX)
    (folder / "sub").chmod(0)
    return ["."], {}


def unsearchable_folder(folder):
    plain(folder)
    (folder / "sub").mkdir()
    (folder / "sub/b.sql").write_bytes(INDEX)
    (folder / "sub").chmod(0o444)
    return ["sub/b.sql"], {}


def link(target, path="b.sql", asked=("b.sql",)):
    def make(folder):
        plain(folder)
        (folder / path).symlink_to(target)
        return list(asked), {}
    return make


def folder_loop(folder):
    plain(folder)
    (folder / "db").mkdir()
    (folder / "db/up").symlink_to("..")
    (folder / "db/b.sql").write_bytes(INDEX)
    return ["db"], {}


def named(name):
    def make(folder):
        full = os.path.join(os.fsencode(folder), name)
        with open(full, "wb") as f:
            f.write(INDEX)
        return ["."], {}
    return make


def deep(levels):
    def make(folder):
        at = folder
        for _ in range(levels):
            at = at / "d"
        at.mkdir(parents=True)
        (at / "a.sql").write_bytes(INDEX)
        return ["."], {}
    return make


def many_files(folder):
    for i in range(3000):
        (folder / ("%d.sql" % i)).write_bytes(b"SELECT 1;\n")
    plain(folder)
    return ["."], {}


def fifo_in_folder(folder):
    plain(folder)
    os.mkfifo(folder / "b.sql")
    return ["."], {}


def fifo_as_config(folder):
    plain(folder)
    os.mkfifo(folder / ".tusklint.yml")
    return ["a.sql"], {}


def folder_as_config(folder):
    plain(folder)
    (folder / ".tusklint.yml").mkdir()
    return ["a.sql"], {}


def link_as_config(target):
    def make(folder):
        plain(folder)
        (folder / ".tusklint.yml").symlink_to(target)
        return ["a.sql"], {}
    return make


def locked_config(folder):
    plain(folder)
    (folder / ".tusklint.yml").write_text("fail-on: error\n")
    (folder / ".tusklint.yml").chmod(0)
    return ["a.sql"], {}


def socket_file(folder):
    plain(folder)
    with socket.socket(socket.AF_UNIX) as s:
        here = os.getcwd()
        os.chdir(folder)
        s.bind("b.sql")
        os.chdir(here)
    return ["b.sql"], {}


def read_only_file(folder):
    (folder / "a.sql").write_bytes(b"-- no-transaction\n" + INDEX)
    (folder / "a.sql").chmod(0o444)
    return ["--fix", "a.sql"], {}


def read_only_folder(folder):
    (folder / "a.sql").write_bytes(b"-- no-transaction\n" + INDEX)
    folder.chmod(0o555)
    return ["--fix", "a.sql"], {}


# What git would run if its settings and the stranger's attributes were followed.
HOOKED = {"core.fsmonitor": "touch run-1; false", "core.pager": "touch run-2",
          "diff.external": "touch run-3", "diff.x.command": "touch run-4",
          "diff.x.textconv": "touch run-5; cat", "core.hooksPath": "hooks"}


def git(folder, *arguments):
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c",
                    "core.hooksPath=/dev/null", *arguments], cwd=folder,
                   check=True, stdout=subprocess.DEVNULL)


def hostile_repository(folder):
    (folder / "a.sql").write_bytes(b"SELECT 1;\n")
    (folder / ".gitattributes").write_text("*.sql diff=x\n")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "a")
    for key, value in HOOKED.items():
        git(folder, "config", key, value)
    (folder / "hooks").mkdir()
    for name in ("post-index-change", "pre-commit", "post-checkout"):
        (folder / "hooks" / name).write_text("#!/bin/sh\ntouch run-6\n")
        (folder / "hooks" / name).chmod(0o755)
    plain(folder)
    return ["--since", "HEAD", "a.sql"], {}


def fault(call, error, *arguments, at=1, run=1, data=None):
    how = {"fault": (call, at, error, run)}
    if data is not None:
        how["data"] = data
    return words(*(arguments or ("a.sql",)), **how)


FILES = [
    ("a file that is not there", missing, 2, "no.sql"),
    ("an empty folder", empty_folder, None, None),
    ("an unreadable file", unreadable, 2, "b.sql.*Permission"),
    ("an unreadable folder", unreadable_folder, 2, "sub.*Permission"),
    ("a folder that may not be entered", unsearchable_folder, 2, "Permission"),
    ("a link to itself", link("b.sql"), 2, "b.sql.*symbolic"),
    ("a link to nothing", link("nothing"), 2, "b.sql"),
    ("a link to a file", link("a.sql"), 1, FINDS),
    ("a link to itself in a folder", link("b.sql", asked=(".",)), 1, FINDS),
    ("folders that go round", folder_loop, 1, FINDS),
    ("a name that is not UTF-8", named(b"\xff\xfe.sql"), 1, FINDS),
    ("a name with a line break", named(b"a\nb.sql"), 1, FINDS),
    ("a name with an escape", named(b"\x1b[2Ja.sql"), 1, FINDS),
    ("a name like an option", named(b"--fix.sql"), 1, FINDS),
    ("a name of 255 bytes", named(b"x" * 251 + b".sql"), 1, FINDS),
    ("60 folders deep", deep(60), 1, FINDS),
    ("100 folders deep", deep(100), 2, "too deep"),
    ("3,000 files", many_files, 1, FINDS),
    ("a pipe without a writer in a folder", fifo_in_folder, 1, FINDS),
    ("a socket", socket_file, 2, "b.sql"),
    ("a device without an end", words("/dev/zero"), 2, "/dev/zero"),
    ("a device without bytes", words("/dev/null"), 0, None),
    ("a file that opens and fails", words("--as", "migration",
                                          "/proc/self/mem"), 2, "mem"),
    ("a pipe as configuration", fifo_as_config, 2, "tusklint.yml"),
    ("a folder as configuration", folder_as_config, 2, "tusklint.yml"),
    ("a configuration that links to itself",
     link_as_config(".tusklint.yml"), 2, "tusklint.yml"),
    ("a configuration that links to a device",
     link_as_config("/dev/zero"), 2, "tusklint.yml"),
    ("a configuration that links outside",
     link_as_config("/etc/passwd"), 2, "tusklint.yml"),
    ("an unreadable configuration", locked_config, 2,
     "tusklint.yml.*Permission"),
    ("a repository that would run programs", hostile_repository, 1, FINDS),
    ("--fix of a file that may not be written", read_only_file, 2,
     "a.sql: cannot be written"),
    ("--fix in a folder that may not be written", read_only_folder, 2,
     "a.sql: cannot be written"),
    ("a file that vanishes", fault("open", errno.ENOENT), 2,
     "a.sql.*No such file"),
    ("open: too many files", fault("open", errno.EMFILE), 2, "a.sql.*open"),
    ("open: interrupted", fault("open", errno.EINTR), 1, FINDS),
    ("read: interrupted", fault("read", errno.EINTR), 1, FINDS),
    ("read: a part", fault("read", 0), 1, FINDS),
    ("read: always a part of standard input",
     fault("read", 0, "-", run=0, data=INDEX), 1, FINDS),
    ("read: I/O error", fault("read,map", errno.EIO, run=0), 2,
     "a.sql.*Input/output"),
    ("read: I/O error in standard input",
     fault("read", errno.EIO, "-", data=INDEX), 2, "input.*Input/output"),
    ("a folder: I/O error", fault("folder", errno.EIO, ".", at=2), 2,
     "Input/output"),
    ("a folder that vanishes", fault("folder", errno.ENOENT, "."), 2,
     "No such file"),
    ("no thread", fault("start", errno.EAGAIN), 2, "thread"),
    ("no memory", fault("alloc", errno.ENOMEM, at=20), 2, "out of memory"),
    ("no mapping", fault("map", errno.ENODEV), 1, FINDS),
    ("no git: no pipe", fault("spawn", errno.EMFILE, "--since", "main",
                              "a.sql"), 2, "git"),
]


def closed(*numbers, arguments=("a.sql",)):
    return words(*arguments, closed=numbers)


STREAMS = [
    ("standard input is closed", closed(0, arguments=("-",)), 2,
     "standard input"),
    ("standard input is closed, a file is named", closed(0), 1, FINDS),
    ("standard output is closed", closed(1), 2, "standard output"),
    ("standard error is closed", closed(2), 1, FINDS),
    ("all three are closed", closed(0, 1, 2), 2, None),
    ("standard output is full", words("a.sql", stdout="/dev/full"), 2,
     "standard output.*No space"),
    ("standard output is full, as JSON",
     words("--format", "json", "a.sql", stdout="/dev/full"), 2,
     "standard output.*No space"),
    ("the difference into a full disk",
     words("--fix=unsafe", "--diff", "a.sql", stdout="/dev/full"), 2,
     "standard output.*No space"),
    ("standard input is a folder", words("-", stdin="/"), 2, "folder"),
    ("standard input is empty", words("-", data=b""), 0, None),
    ("standard input twice", words("-", "-", data=INDEX), 1, FINDS),
    ("a file may have no byte",
     words("-o", "json=r.json", "a.sql",
           limits=((resource.RLIMIT_FSIZE, 0),)), 2, "r.json"),
    ("--fix, and a file may have ten bytes",
     words("--fix=unsafe", "a.sql", limits=((resource.RLIMIT_FSIZE, 10),)), 2,
     "a.sql.*too large"),
    ("no more open files", words("a.sql",
                                 limits=((resource.RLIMIT_NOFILE, 4),)), 1,
     FINDS),
    ("memory of 100 MB", words("a.sql",
                               limits=((resource.RLIMIT_AS, 100 << 20),)), 2,
     "thread|memory"),
    ("a stack of 64 kB", words("a.sql",
                               limits=((resource.RLIMIT_STACK, 65536),)), 1,
     FINDS),
]


def of_input(name, data):
    def make(folder):
        (folder / name).write_bytes(data)
        if name != ".tusklint.yml":
            return [name], {}
        plain(folder)
        return ["a.sql"], {}
    return make


def of_inputs(rows):
    return [(what, of_input(name, data), status, word)
            for what, name, data, status, word in rows]


CASES = (of_inputs(SQL + PLANS + LOGS + CONFIGS) + OPTIONS + FILES + STREAMS)
