"""run.py - one run of the program in a folder of its own, and what must hold
of every run: it ends, by itself, and says once what is wrong.
"""
import os
import re
import resource
import shutil
import signal
import struct
import subprocess
import tempfile
from pathlib import Path

SECONDS = 30
NOBODY = 65534
# What stands on standard error: of the program, or of a place in a file.
MESSAGE = re.compile(r"(tusklint: |[^:]+:\d+:\d+: |[^:]+: )")


class Result:
    def __init__(self, status, out, error, calls=0, deaf=False):
        self.status = status
        self.out = out.decode("utf-8", "replace")
        self.error = error.decode("utf-8", "replace")
        self.calls = calls
        self.deaf = deaf  # nobody reads what it says

    def told(self):
        return self.out + self.error

    def messages(self):
        return self.error.splitlines()


class Place:
    """Where cases run. Root may do all: then it is left to nobody."""

    def __init__(self, binary):
        self.root = Path(tempfile.mkdtemp(prefix="tusklint-faults-",
                                          dir="/var/tmp"))
        self.root.chmod(0o755)
        self.binary = self.root / "tusklint"
        shutil.copy(binary, self.binary)
        self.counter = self.root / "calls"
        self.counter.write_bytes(b"\0" * 8)
        self.counter.chmod(0o666)
        self.fault = self.root / "fault.so"
        subprocess.run(
            [os.environ.get("CC", "gcc"), "-O1", "-Wall", "-Wextra", "-Werror",
             "-shared", "-fPIC", "-o", str(self.fault),
             str(Path(__file__).with_name("fault.c")), "-ldl"], check=True)
        self.user = NOBODY if os.geteuid() == 0 else None

    def give(self, path):
        if self.user:
            for folder, _, names in os.walk(os.fsencode(path)):
                for name in [b"."] + names:
                    os.lchown(os.path.join(folder, name), self.user, self.user)

    def fresh(self, name="case"):
        folder = self.root / name
        self.remove(folder)
        folder.mkdir()
        return folder

    def remove(self, folder):
        if folder.exists():
            for path, _, _ in os.walk(os.fsencode(folder)):
                os.chmod(path, 0o755)
            shutil.rmtree(os.fsencode(folder))

    def end(self):
        self.remove(self.root)

    def environment(self, fault=None, more=None):
        keep = {"PATH": os.environ.get("PATH", ""), "HOME": str(self.root),
                "LC_ALL": "C.UTF-8"}
        # So that what sanitizers find has a status of its own.
        keep.update((k, v) for k, v in os.environ.items()
                    if k.endswith("SAN_OPTIONS"))
        if fault:
            call, at, error, run = fault
            self.counter.write_bytes(b"\0" * 8)
            keep.update(LD_PRELOAD=str(self.fault), FAULT_CALL=call,
                        FAULT_AT=str(at), FAULT_ERRNO=str(error),
                        FAULT_FOR=str(run), FAULT_FILE=str(self.counter))
        keep.update(more or {})
        return {k: v for k, v in keep.items() if v is not None}

    def start(self, arguments, cwd, fault=None, more=None, limits=(),
              closed=(), **pipes):
        def prepare():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            for number in closed:
                os.close(number)
            for what, value in limits:
                resource.setrlimit(what, (value, value))
        who = {"user": self.user, "group": self.user, "extra_groups": []} \
            if self.user else {}
        for name in ("stdin", "stdout", "stderr"):
            pipes.setdefault(name, subprocess.DEVNULL if name == "stdin"
                             else subprocess.PIPE)
        return subprocess.Popen(
            [os.fsencode(self.binary)] + [os.fsencode(a) for a in arguments],
            cwd=os.fsencode(cwd), env=self.environment(fault, more),
            preexec_fn=prepare, **who, **pipes)

    def run(self, arguments, cwd, data=None, **how):
        if data is not None:
            how["stdin"] = subprocess.PIPE
        opened = {name: os.open(how[name], flags) for name, flags in (
            ("stdin", os.O_RDONLY), ("stdout", os.O_WRONLY)) if name in how and
            isinstance(how[name], str)}
        how.update(opened)
        child = self.start(arguments, cwd, **how)
        for number in opened.values():
            os.close(number)
        try:
            out, error = child.communicate(data, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            return Result(None, b"", b"")
        calls = struct.unpack("<q", self.counter.read_bytes())[0]
        return Result(child.returncode, out or b"", error or b"", calls,
                      2 in how.get("closed", ()))


def common_fault(result):
    """What is wrong with any run, or None."""
    if result.status is None:
        return "it hangs"
    if result.status < 0:
        return "ended by %s" % signal.Signals(-result.status).name
    if result.status not in (0, 1, 2):
        return "status %d" % result.status
    if "internal error" in result.error:
        return result.error
    if result.status == 2 and not result.error and not result.deaf:
        return "status 2 and not a word"
    for line in result.messages():
        if not MESSAGE.match(line):
            return "it says: " + line[:200]
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", result.error):
        return "it writes control characters"
    return None


def one_message(result):
    """Of a failure; None when it is so."""
    wrong = common_fault(result)
    if not wrong and result.status == 2 and len(result.messages()) != 1:
        wrong = "%d messages: %s" % (len(result.messages()),
                                     result.error[:300])
    return wrong


def snapshot(folder):
    """Names and bytes of all that is in a folder."""
    found = {}
    for path, folders, names in os.walk(os.fsencode(folder)):
        for name in names:
            full = os.path.join(path, name)
            if os.path.islink(full) or not os.path.isfile(full):
                found[full] = None
                continue
            with open(full, "rb") as f:
                found[full] = f.read()
    return found
