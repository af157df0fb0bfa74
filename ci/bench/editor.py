"""editor.py - what an editor waits for: from a keystroke to diagnostics.

A client writes one character into a migration and waits until diagnostics of
that version of the document come; then it takes the character back. Characters
go anywhere: into names, comments and keywords, so that statements break and
heal as they do while somebody writes.
"""
import json
import os
import random
import statistics
import subprocess
import sys
import time

from generate import History
from rows import Row
from run import Figure

LINES = 2000
BEFORE = 300  # migrations that come first, in the second measurement


class Server:
    def __init__(self, tusklint, folder):
        self.folder = folder
        self.child = subprocess.Popen(
            [tusklint, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        self.send({"id": 1, "method": "initialize", "params": {
            "processId": os.getpid(), "rootUri": folder.as_uri(),
            "capabilities": {"textDocument": {
                "publishDiagnostics": {"versionSupport": True}}}}})
        while self.read().get("id") != 1:
            pass
        self.send({"method": "initialized", "params": {}})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.child.stdin.write(
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.child.stdin.flush()

    def read(self):
        size = 0
        while True:
            line = self.child.stdout.readline()
            if not line:
                sys.exit("bench: the language server went away")
            if line == b"\r\n":
                break
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        self.body = self.child.stdout.read(size)
        # Read after the clock has stopped: a client's JSON is not ours.
        return json.loads(self.body) if b'"id"' in self.body[:60] else {}

    def wait_for(self, version):
        sign = b'"version":%d' % version
        while True:
            self.read()
            if b"publishDiagnostics" in self.body and sign in self.body:
                return

    def end(self):
        """Milliseconds of processor time that it had."""
        self.send({"id": 2, "method": "shutdown"})
        while self.read().get("id") != 2:
            pass
        self.send({"method": "exit"})
        self.child.stdin.close()
        _, status, usage = os.wait4(self.child.pid, 0)
        self.child.returncode = os.waitstatus_to_exitcode(status)
        return 1000 * (usage.ru_utime + usage.ru_stime)


class Document:
    def __init__(self, server, path, text):
        self.server = server
        self.uri = path.as_uri()
        self.version = 1
        server.send({"method": "textDocument/didOpen", "params": {
            "textDocument": {"uri": self.uri, "languageId": "sql",
                             "version": 1, "text": text}}})
        server.wait_for(1)

    def change(self, line, first, behind, text):
        """Milliseconds until diagnostics of it are there."""
        self.version += 1
        began = time.perf_counter()
        self.server.send({"method": "textDocument/didChange", "params": {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{
                "range": {"start": {"line": line, "character": first},
                          "end": {"line": line, "character": behind}},
                "text": text}]}})
        self.server.wait_for(self.version)
        return 1000 * (time.perf_counter() - began)


def long_migration(history):
    text = ""
    while text.count("\n") < LINES:
        text += history.statement() + "\n\n"
    return "\n".join(text.split("\n")[:LINES]) + "\n"


def keystrokes(tusklint, folder, text, count):
    """Milliseconds by the clock, and of processor time for each."""
    server = Server(tusklint, folder)
    path = folder / "90000_long.sql"
    document = Document(server, path, text)
    chance = random.Random(8)
    lines = text.split("\n")
    times = []
    for _ in range(count // 2):
        line = chance.randrange(LINES)
        at = chance.randint(0, len(lines[line]))
        times.append(document.change(line, at, at, chance.choice("ex_ (;'")))
        times.append(document.change(line, at, at + 1, ""))
    return times, server.end() / len(times)


def prepare(folder, before):
    history = History(7)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(before):
        (folder / ("%05d_change.sql" % number)).write_text(
            "\n\n".join(history.statement() for _ in range(10)) + "\n")
    text = long_migration(history)
    (folder / "90000_long.sql").write_text(text)
    return text


def row(key, what, times):
    return Row(key, "from a keystroke in a migration of 2,000 lines%s" % what,
               Figure(times), 30, "%.1f", " ms", below=True)


def measure(bench):
    """Alone in its folder, and as the last of a history."""
    count = 60 * bench.rounds
    for key, before, words in (
            ("editor", 0, " to diagnostics"),
            ("editor-history", BEFORE,
             " behind %d others to diagnostics" % BEFORE)):
        folder = bench.work.resolve() / key
        text = prepare(folder, before)
        times, cpu = keystrokes(bench.tusklint, folder, text, count)
        slow = statistics.quantiles(times, n=20)[-1]
        yield row(key, words + " (%.1f ms of processor time)" % cpu, times)
        yield row(key + "-slow", words + ", 95th percentile of %s" %
                  format(len(times), ","), [slow])
