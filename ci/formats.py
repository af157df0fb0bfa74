#!/usr/bin/env python3
"""formats.py - do all reports say the same, and nothing that an input wants?

Usage: formats.py [BINARY]

Runs over testdata, and over hostile inputs made from a fixed seed, write every
format. Each is read with its consumer's means: JSON with its schema, XML with
xmllint, Markdown with a renderer, logs with a model of GitHub's runner. All
must tell of the same findings, at any -j.
"""
import json
import os
import pty
import random
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "formats"
SEVERITIES = {
    "gitlab": {"error": "critical", "warning": "major", "note": "info"},
    "rdjson": {"error": "ERROR", "warning": "WARNING", "note": "INFO"},
    "checkstyle": {"error": "error", "warning": "warning", "note": "info"},
}
TROUBLE = {"syntax-error", "unreadable-input"}
LEVELS = ["note", "warning", "error"]


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, ok, what):
        if ok:
            self.passed += 1
            return
        self.failed += 1
        if self.failed < 40:
            print("FAILED: %s" % what)

    def equal(self, what, found, expected):
        self.check(found == expected, "%s\n    expected %s\n    found    %s" % (
            what, str(expected)[:600], str(found)[:600]))


class Runner:
    def __init__(self, binary):
        self.binary = str(binary)
        done = self.run(["--format", "?", "x"], ROOT)
        self.formats = re.search(
            r"there are (.*)", done.stderr.decode()).group(1).split(", ")

    def run(self, arguments, folder, environment=None, stdin=None):
        """What a runner or a terminal set around us must not count."""
        env = {k: v for k, v in os.environ.items()
               if k == "PATH" or k.endswith("SAN_OPTIONS")}
        env.update({"LANG": "C.UTF-8"}, **(environment or {}))
        return subprocess.run([self.binary, *arguments], cwd=folder, env=env,
                              input=stdin, capture_output=True, timeout=300)

    def reports(self, name, folder, arguments):
        """One run, every format; the folder that holds them."""
        out = WORK / name
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        options = []
        for f in self.formats:
            options += ["-o", "%s=%s" % (f, out / f)]
        done = self.run(["-q", "--statistics", *options, *arguments], folder)
        return out, done


# ---- the same findings everywhere -------------------------------------------

def byte_column(raw, offset):
    """From 1; a byte order mark takes no column."""
    start = max(raw.rfind(b"\n", 0, offset), raw.rfind(b"\r", 0, offset)) + 1
    if start == 0 and raw.startswith(b"\xef\xbb\xbf"):
        start = 3
    return offset - start + 1


def check_gitlab(tally, name, out, findings, failures):
    issues = json.loads((out / "gitlab").read_text())[len(failures):]
    wanted = [(f["name"], f["fingerprint"], f["path"], f["start"]["line"],
               f["end"]["line"], "blocker" if f["name"] in TROUBLE
               else SEVERITIES["gitlab"][f["severity"]]) for f in findings]
    tally.equal(name + ": gitlab", [
        (i["check_name"], i["fingerprint"], i["location"]["path"],
         i["location"]["lines"]["begin"], i["location"]["lines"]["end"],
         i["severity"]) for i in issues], wanted)
    prints = [i["fingerprint"] for i in issues]
    tally.equal(name + ": gitlab's fingerprints", len(set(prints)),
                len(prints))


def check_rdjson(tally, name, out, findings, failures, folder):
    document = json.loads((out / "rdjson").read_text())["diagnostics"]
    lines = [json.loads(line) for line in
             (out / "rdjsonl").read_text().splitlines()]
    for line in lines:
        line.pop("source")
    tally.equal(name + ": rdjsonl", lines, document)
    diagnostics = document[len(failures):]
    tally.equal(name + ": rdjson", [
        (d["code"]["value"], d["location"]["path"], d["severity"],
         d["location"]["range"]["start"]["line"]) for d in diagnostics], [
        (f["rule"], f["path"], SEVERITIES["rdjson"][f["severity"]],
         f["start"]["line"]) for f in findings])
    texts = {}
    for d, f in zip(diagnostics, findings):
        path = Path(folder) / f["path"]
        if path.suffix in (".gz", ".zst") or not path.exists():
            continue
        raw = texts.setdefault(path, path.read_bytes())
        place = d["location"]["range"]
        at = (place["start"]["column"], place["end"]["column"])
        wanted = (byte_column(raw, f["start"]["offset"]),
                  byte_column(raw, f["end"]["offset"]))
        if at != wanted:
            tally.equal("%s: rdjson: columns of %s" % (name, f["path"]), at,
                        wanted)
            break
    else:
        tally.check(True, "")


def check_suggestions(tally, name, out, findings, failures, folder):
    """A suggestion does what the edits of the JSON report do together."""
    document = json.loads((out / "rdjson").read_text())["diagnostics"]
    for d, f in zip(document[len(failures):], findings):
        fix = f["fix"]
        if not fix or not fix["edits"] or fix["applicability"] == "manual":
            tally.check("suggestions" not in d, name + ": a suggestion of none")
            continue
        edits = fix["edits"]
        path = Path(folder) / edits[0]["path"]
        if {e["path"] for e in edits} != {edits[0]["path"]} or \
                not path.exists():
            continue
        raw = path.read_bytes()
        text, at = b"", edits[0]["start"]["offset"]
        for e in edits:
            text += raw[at:e["start"]["offset"]] + e["text"].encode()
            at = e["end"]["offset"]
        place = d["suggestions"][0]["range"]
        tally.equal("%s: the suggestion of %s" % (name, f["rule"]), (
            d["suggestions"][0]["text"], place["start"]["column"],
            place["end"]["line"], place["end"]["column"]), (
            text.decode("utf-8", "replace"),
            byte_column(raw, edits[0]["start"]["offset"]),
            edits[-1]["end"]["line"], byte_column(raw, at)))


def parse_xml(tally, name, path, schema):
    done = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--relaxng",
         str(ROOT / "ci" / "formats" / schema), str(path)],
        capture_output=True, timeout=120)
    tally.check(done.returncode == 0, "%s: %s" % (
        name, done.stderr.decode("utf-8", "replace")[:500]))
    try:
        return ElementTree.parse(path).getroot()
    except ElementTree.ParseError:
        return ElementTree.Element("unreadable", tests="0", failures="0",
                                   errors="0")


def check_checkstyle(tally, name, out, findings, failures):
    root = parse_xml(tally, name + ": checkstyle", out / "checkstyle",
                     "checkstyle.rng")
    errors = [e for e in root.iter("error")
              if e.get("source") != "tusklint.failure"]
    tally.equal(name + ": checkstyle", sorted(
        (int(e.get("line")), int(e.get("column")), e.get("severity"),
         e.get("source")) for e in errors), sorted(
        (f["start"]["line"], f["start"]["column"],
         SEVERITIES["checkstyle"][f["severity"]], "tusklint." + f["rule"])
        for f in findings))
    tally.equal(name + ": checkstyle's failures",
                len(list(root.iter("error"))) - len(errors), len(failures))


def check_junit(tally, name, out, findings, failures, fail_on="warning"):
    root = parse_xml(tally, name + ": junit", out / "junit", "junit.rng")
    bar = LEVELS.index(fail_on)
    failing = [f for f in findings if LEVELS.index(f["severity"]) >= bar]
    tally.equal(name + ": junit", (
        len(list(root.iter("failure"))), len(list(root.iter("error"))),
        len(list(root.iter("system-out")))), (
        len(failing), len(failures), len(findings) - len(failing)))
    for scope in [root, *root.iter("testsuite")]:
        cases = list(scope.iter("testcase"))
        counted = (len(cases), len(list(scope.iter("failure"))),
                   len(list(scope.iter("error"))))
        said = tuple(int(scope.get(k)) for k in ("tests", "failures", "errors"))
        if counted != said:
            tally.equal(name + ": junit's numbers", said, counted)
    for suite in root.iter("testsuite"):
        names = [c.get("name") for c in suite.iter("testcase")]
        if len(set(names)) != len(names):
            tally.check(False, name + ": junit: two cases have one name")


def check_lines(tally, name, out, report):
    lines = [json.loads(line) for line in
             (out / "jsonl").read_text().splitlines()]
    types = [line.pop("type") for line in lines]
    tally.equal(name + ": jsonl's last line", types[-1:], ["summary"])
    for kind, key in (("finding", "findings"), ("query", "queries"),
                      ("error", "errors")):
        tally.equal("%s: jsonl: %s" % (name, key), [
            line for line, t in zip(lines, types) if t == kind],
            report.get(key, []))
    summary = dict(report["summary"], version=report["version"],
                   tool=report["tool"])
    tally.equal(name + ": jsonl's summary", lines[-1], summary)


def check_statistics(tally, name, out, report):
    counts = {}
    for f in report["findings"]:
        counts[f["rule"]] = counts.get(f["rule"], 0) + 1
    tally.equal(name + ": statistics", {
        s["rule"]: s["findings"] for s in report["summary"]["statistics"]},
        counts)
    for log in ("text", "concise", "github"):
        text = (out / log).read_text()
        tally.equal("%s: %s --statistics" % (name, log), {
            rule: int(n) for n, rule in re.findall(
                r"^ *(\d+)  (TL\d+) [a-z-]+[a-z0-9-]*$", text, re.M)}, counts)


def check_same(tally, name, out, folder, fail_on="warning"):
    report = json.loads((out / "json").read_text())
    findings = report["findings"]
    failures = [e for e in report["errors"] if "start" not in e]
    check_gitlab(tally, name, out, findings, failures)
    check_rdjson(tally, name, out, findings, failures, folder)
    check_suggestions(tally, name, out, findings, failures, folder)
    check_checkstyle(tally, name, out, findings, failures)
    check_junit(tally, name, out, findings, failures, fail_on)
    check_lines(tally, name, out, report)
    check_statistics(tally, name, out, report)
    concise = (out / "concise").read_text().splitlines()
    tally.equal(name + ": concise", len(concise), len(findings) + len(failures)
                + len(report["summary"]["statistics"]))
    return report


# ---- the runner of GitHub ---------------------------------------------------

def commands_in(line):
    """What the runner would obey: '::name props::data' where the line begins,
    '##[name]' anywhere; Azure's agents know '##vso[name]', too."""
    found = []
    head = re.match(r"\s*::([A-Za-z-]+)(?:\s([^\n]*?))?::(.*)", line)
    if head:
        found.append(head.groups())
    for name in re.findall(r"##\[([^\]]*)\]?", line):
        found.append((name, "", "v1"))
    for name in re.findall(r"##vso\[([^\]]*)\]?", line, re.I):
        found.append((name, "", "vso"))
    return found


def lines_of(text):
    return re.split(r"\r\n|\r|\n", text)


def unescape(text, prop):
    if prop:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return (text.replace("%0D", "\r").replace("%0A", "\n")
            .replace("%25", "%"))


def check_annotations(tally, name, text, report):
    """Every command of the github format is ours, and says what it should."""
    shown = []
    for line in lines_of(text):
        found = commands_in(line)
        for command, props, _ in found:
            pairs = dict(p.split("=", 1) for p in (props or "").split(","))
            known = {"file", "line", "endLine", "col", "endColumn", "title"}
            if command not in ("error", "warning", "notice") or \
                    not set(pairs) <= known or len(found) > 1 or \
                    not pairs.get("title", "").startswith("tusklint"):
                tally.check(False, "%s: github: %s" % (name, line[:200]))
            if "file" in pairs:
                path = re.sub(r"\\x[89a-f][0-9a-f]", "\ufffd",
                              unescape(pairs["file"], True))
                shown.append((path, int(pairs.get("line", 0))))
    places = {(clean(f["path"]), f["start"]["line"])
              for f in report["findings"] if f["path"]}
    tally.check(set(shown) <= places,
                "%s: github: annotations of no finding: %s" % (
                    name, sorted(set(shown) - places)[:3]))


def clean(path):
    """What a path looks like in a log: nothing hidden, no '##['."""
    out = []
    for c in path:
        if ord(c) < 0x20 or ord(c) == 0x7F:
            out.append("\\x%02x" % ord(c))
        elif is_hidden(c):
            out.append("<U+%04X>" % ord(c))
        else:
            out.append(c)
    return re.sub(r"##(\[|vso\[)", r"##\\\1", "".join(out), flags=re.I)


def is_hidden(c):
    return (unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") or
            (ord(c) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF)


def check_safe(tally, name, data, ours=False, colored=False, shown="\n"):
    """Plain UTF-8, nothing hidden, no command (unless they are `ours`)."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        tally.check(False, "%s: not UTF-8: %s" % (name, e))
        return ""
    if colored:
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    hidden = sorted({"U+%04X" % ord(c) for c in text
                     if c not in shown and is_hidden(c)})
    tally.check(not hidden, "%s: hidden characters: %s" % (name, hidden[:9]))
    obeyed = [] if ours else [
        line for line in lines_of(text) if commands_in(line)]
    tally.check(not obeyed, "%s: commands: %s" % (
        name, [line[:160] for line in obeyed[:3]]))
    return text


def check_all_safe(tally, runner, name, out, done, report):
    check_safe(tally, name + ": stderr", done.stderr)
    for f in runner.formats:
        text = check_safe(tally, "%s: %s" % (name, f), (out / f).read_bytes(),
                          ours=f == "github",
                          # A page keeps the tabs of the source.
                          shown="\n\t" if f == "html" else "\n")
        if f == "github":
            check_annotations(tally, name, text, report)


# ---- hostile inputs ---------------------------------------------------------

BAITS = [
    "\n::error file=a.sql,line=1,title=tusklint pwned::x", "::stop-commands::t",
    "\r::set-output name=a::b", "##[add-mask]e", "##vso[task.setvariable]x",
    "##[error]", "##", "[", "%0A::warning::x", "%25", "\x1b[31m",
    "\x1b]8;;http://x\x07", "\x9b31m", "\u202e", "\u2066", "\u200b",
    "\u2028", "\ufeff", "\U000e0041",
    "\ufffe", "\x00", "\x01", "\x7f", "\x85", "]]>", "<![CDATA[", "<!--", "-->",
    "<script>alert(1)</script>", "<img src=x onerror=y>", "&lt;b&gt;", "&#60;",
    "</failure>", "\"/><x y=\"", "'", "\"", "\\", "\\\"", "`", "```", "|", "||",
    "[a](http://x.y)", "![i](http://x.y/z.png)", "[r]: http://x",
    "http://x.y/z", "https://x.y", "www.x.y", "mailto:a@b.c",
    "someone@example.org",
    "@someone", "@org/team", "#12", "owner/repo#3", "*b*", "_i_", "~~s~~",
    "**", "$a$", "$(touch pwned)", "`touch pwned`", "\t", "\n", "\r\n", "\n\n",
    "\n- [ ] x", "\n# h", "\n---\n", "\n| a | b |", "日本", "é", "e\u0301",
    "\U0001f600", "%", ",", ":", "::", "{", "}", "\u0000", "a" * 80,
    "é" * 2500,
]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def bait(self, most=3):
        return "".join(self.random.choice(BAITS) + self.random.choice(
            ["", "x", " ", "t1"]) for _ in range(self.random.randint(1, most)))

    def name(self):
        """As a quoted identifier."""
        text = self.bait().replace("\x00", "").replace('"', '""')
        return '"%s"' % (text or "x")

    def literal(self):
        return "'%s'" % self.bait().replace("\x00", "").replace("'", "''")

    def statement(self):
        r = self.random
        n = self.name
        return r.choice([
            lambda: "CREATE INDEX %s ON %s (%s)" % (n(), n(), n()),
            lambda: "ALTER TABLE %s DROP COLUMN %s" % (n(), n()),
            lambda: "ALTER TABLE %s RENAME TO %s" % (n(), n()),
            lambda: "ALTER TABLE %s ADD COLUMN %s text NOT NULL" % (n(), n()),
            lambda: "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) "
                    "REFERENCES %s (%s)" % (n(), n(), n(), n(), n()),
            lambda: "ALTER TABLE %s ALTER COLUMN %s TYPE int" % (n(), n()),
            lambda: "DROP TABLE %s" % n(),
            lambda: "CREATE TABLE %s (%s int, %s timestamp)" % (n(), n(), n()),
            lambda: "TRUNCATE %s" % n(),
            lambda: "UPDATE %s SET %s = %s" % (n(), n(), self.literal()),
            lambda: "SELECT %s %s FROM" % (self.bait(), n()),
            lambda: "SELECT * FROM %s WHERE %s = NULL" % (n(), n()),
            lambda: "SELECT * FROM %s WHERE %s LIKE '%%' || %s" % (
                n(), n(), self.literal()),
            lambda: "-- tusklint: ignore[%s] %s\nDROP TABLE %s" % (
                self.bait().replace("\n", " "), self.bait().replace("\n", " "),
                n()),
            lambda: "DO $$ BEGIN EXECUTE %s; DROP TABLE %s; END $$" % (
                self.literal(), n()),
        ])()

    def sql(self):
        text = ";\n".join(self.statement() for _ in range(8)) + ";\n"
        raw = text.encode("utf-8", "surrogatepass")
        if self.random.random() < 0.3:
            at = self.random.randrange(len(raw))
            raw = raw[:at] + bytes([self.random.choice([0xFF, 0xC3, 0xE2])]) \
                + raw[at:]
        return raw

    def file_name(self, i, suffix):
        text = self.bait(2).replace("/", "_").replace("\x00", "")
        raw = ("%04d_%s" % (i, text)).encode("utf-8", "surrogatepass")[:200]
        if self.random.random() < 0.2:
            raw += b"\xff"
        if self.random.random() < 0.3:
            raw = b"::error::" + raw
        return raw + suffix

    def log(self):
        """A jsonlog: its texts are whatever an application sends."""
        out = []
        for i in range(30):
            query = self.statement().replace("\x00", "")
            out.append(json.dumps({
                "timestamp": "2026-11-20 10:00:%02d.000 UTC" % i, "pid": 7,
                "session_id": "a.1", "user": self.bait(), "dbname": "d",
                "application_name": self.bait(), "error_severity": "LOG",
                "message": "duration: 1.5 ms  statement: " + query}))
        return ("\n".join(out) + "\n").encode()

    def plan(self):
        name = self.bait().replace("\x00", "")
        column = self.bait().replace("\x00", "").replace('"', '""')
        return json.dumps([{
            "Query Text": self.statement().replace("\x00", ""),
            "Plan": {
                "Node Type": "Seq Scan", "Relation Name": name, "Alias": name,
                "Startup Cost": 0, "Total Cost": 100000, "Plan Rows": 1,
                "Plan Width": 8, "Actual Startup Time": 0.1,
                "Actual Total Time": 900.0, "Actual Rows": 2,
                "Actual Loops": 1, "Filter": '("%s" = 1)' % column,
                "Rows Removed by Filter": 900000},
            "Execution Time": 901.0}]).encode()


def make_hostile(folder, seed):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    maker = Maker(seed)
    where = os.fsencode(folder)
    kinds = [(maker.sql, b".sql")] * 10 + [(maker.log, b".json"),
                                           (maker.plan, b".json")]
    for i, (make, suffix) in enumerate(kinds):
        path = os.path.join(where, maker.file_name(i, suffix))
        with open(path, "wb") as f:
            f.write(make())


# ---- the parts --------------------------------------------------------------

def try_testdata(tally, runner):
    data = "testdata/"
    runs = {
        "demo": [data + "demo"], "plans": [data + "plans"],
        "inputs": [data + "inputs"], "golden": [data + "golden"],
        "positions": ["--as", "migration", data + "positions"],
        "locks": [data + "locks"], "missing": [data + "demo", "no/such.sql"],
    }
    for seed in sorted((ROOT / "testdata" / "seeds").iterdir()):
        runs["seed-" + seed.name] = [data + "seeds/" + seed.name]
    for history in sorted((ROOT / "testdata" / "histories").iterdir()):
        runs["history-" + history.name] = [data + "histories/" + history.name]
    rules = sorted(p.name for p in (ROOT / "testdata" / "rules").iterdir()
                   if p.is_dir())
    for i in range(0, len(rules), 8):
        runs["rules-%d" % i] = [data + "rules/" + r for r in rules[i:i + 8]]
    found = 0
    for name, arguments in runs.items():
        out, done = runner.reports(name, ROOT, arguments)
        wanted = (2,) if name == "missing" else (0, 1)
        tally.check(done.returncode in wanted, "%s: status %d: %s" % (
            name, done.returncode, done.stderr[:200]))
        report = check_same(tally, name, out, ROOT)
        check_all_safe(tally, runner, name, out, done, report)
        found += len(report["findings"])
    tally.check(found > 1000, "only %d findings in testdata" % found)
    return [str(WORK / name) for name in runs]


def try_empty(tally, runner):
    """Nothing to say is said in a document that is valid."""
    folder = WORK / "input-empty"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "empty.sql").write_text("")
    for name, arguments in (("empty-file", ["empty.sql"]),
                            ("empty-folder", ["."])):
        if name == "empty-folder":
            (folder / "empty.sql").unlink()
        out, done = runner.reports(name, folder, arguments)
        tally.equal(name + ": status", done.returncode, 0)
        report = check_same(tally, name, out, folder)
        tally.equal(name, report["findings"], [])
        tally.equal(name + ": gitlab", (out / "gitlab").read_text(), "[]\n")
        tally.equal(name + ": rdjsonl", (out / "rdjsonl").read_text(), "")
        tally.equal(name + ": concise", (out / "concise").read_text(), "")
    return [str(WORK / "empty-file"), str(WORK / "empty-folder")]


def try_fail_on(tally, runner):
    for level in LEVELS:
        out, _ = runner.reports("fail-on", ROOT, [
            "--fail-on", level, "testdata/demo", "testdata/seeds"])
        check_same(tally, "--fail-on " + level, out, ROOT, level)
    out, _ = runner.reports("fail-on", ROOT, ["--fail-on", "never",
                                              "testdata/demo"])
    tally.check(b"<failure" not in (out / "junit").read_bytes(),
                "--fail-on never: junit fails")


def try_order(tally, runner):
    """The same bytes from any number of threads, file or stream."""
    paths = ["testdata/seeds", "testdata/demo", "testdata/rules"]
    first = None
    for jobs in ("1", "2", "2", "7"):
        out, _ = runner.reports("order", ROOT, ["-j", jobs, *paths])
        got = {f: (out / f).read_bytes() for f in runner.formats}
        first = first or got
        for f in runner.formats:
            tally.check(got[f] == first[f], "%s differs at -j%s" % (f, jobs))
    for f in runner.formats:
        done = runner.run(["-q", "--statistics", "--format", f, *paths], ROOT)
        tally.check(done.stdout == first[f],
                    "%s: a file and standard output differ" % f)


def try_hostile(tally, runner, seeds):
    folders = []
    for seed in seeds:
        name = "hostile-%d" % seed
        folder = WORK / ("input-" + name)
        make_hostile(folder, seed)
        out, done = runner.reports(name, folder, ["."])
        tally.check(done.returncode in (1, 2), "%s: status %d: %s" % (
            name, done.returncode, done.stderr[:300]))
        if done.returncode not in (1, 2):
            continue
        report = check_same(tally, name, out, folder)
        tally.check(len(report["findings"]) >= 30,
                    "%s: only %d findings" % (name, len(report["findings"])))
        check_all_safe(tally, runner, name, out, done, report)
        try_hostile_streams(tally, runner, name, folder)
        folders.append(str(out))
        tally.check(not (folder / "pwned").exists(), name + ": a shell ran")
    return folders


def try_hostile_streams(tally, runner, name, folder):
    """What goes to a log in other ways."""
    for arguments, colored in (
            (["--color", "always", "."], True), (["-v", "."], False),
            (["locks", "."], False),
            (["locks", "--format", "json", "."], False),
            (["--select", "a\n::error::x", "."], False),
            (["a\n::error::x\x1b[31m.sql"], False),
            (["--format", "\n::error::x", "."], False),
            (["-o", "json=/no\n::error::x/y", "-q", "."], False)):
        done = runner.run(arguments, folder)
        what = "%s: tusklint %r" % (name, arguments)
        check_safe(tally, what, done.stdout, colored=colored)
        check_safe(tally, what + ": stderr", done.stderr)
    sql = next(p for p in os.listdir(os.fsencode(folder))
               if p.endswith(b".sql"))
    done = runner.run(["--stdin-filename", "x\n::error::y.sql", "-"], folder,
                      stdin=open(os.path.join(os.fsencode(folder), sql),
                                 "rb").read())
    check_safe(tally, name + ": standard input", done.stdout + done.stderr)


def try_defaults(tally, runner):
    """Which format, and which colors, when nobody says."""
    folder = WORK / "input-default"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.sql").write_text("CREATE INDEX i ON t (a);\n")
    done = runner.run(["a.sql"], folder, {"GITHUB_ACTIONS": "true"})
    tally.check(done.stdout.startswith(b"::warning file=a.sql,"),
                "GITHUB_ACTIONS=true gives annotations")
    for env in ({}, {"GITHUB_ACTIONS": "false"}, {"GITHUB_ACTIONS": ""}):
        done = runner.run(["a.sql"], folder, env)
        tally.check(done.stdout.startswith(b"a.sql:1:1: "), "text: %s" % env)
    done = runner.run(["--format", "json", "a.sql"], folder,
                      {"GITHUB_ACTIONS": "true"})
    tally.check(done.stdout.startswith(b"{"), "a format that is given is kept")
    for env, colored in (({}, False), ({"FORCE_COLOR": "1"}, True),
                         ({"CLICOLOR_FORCE": "1"}, True),
                         ({"FORCE_COLOR": "0"}, False),
                         ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)):
        done = runner.run(["a.sql"], folder, env)
        tally.equal("colors: %s" % env, b"\x1b[" in done.stdout, colored)
        done = runner.run(["--color=never", "a.sql"], folder, env)
        tally.equal("--color=never: %s" % env, b"\x1b[" in done.stdout, False)
        done = runner.run(["--color=always", "a.sql"], folder, env)
        tally.equal("--color=always: %s" % env, b"\x1b[" in done.stdout, True)
    done = runner.run(["--color=always", "--format", "json", "-o",
                       "text=t.txt", "a.sql"], folder)
    tally.check(b"\x1b[" not in done.stdout +
                (folder / "t.txt").read_bytes(), "files and JSON have no color")


def on_terminal(runner, folder, arguments, environment, columns):
    """Standard output of a run on a terminal so wide."""
    master, slave = pty.openpty()
    subprocess.run(["stty", "cols", str(columns)], stdin=slave, check=True)
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment}
    done = subprocess.Popen([runner.binary, *arguments], cwd=folder, env=env,
                            stdin=subprocess.DEVNULL, stdout=slave,
                            stderr=subprocess.DEVNULL)
    os.close(slave)
    out = b""
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        out += chunk
    os.close(master)
    done.wait(timeout=60)
    return out.decode("utf-8")


def cells(line):
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


def try_terminal(tally, runner):
    folder = WORK / "input-default"
    wide = "CREATE INDEX i ON \"%s\" (a);\n" % ("\u65e5\u672c" * 12)
    (folder / "w.sql").write_text("SELECT '%s'; %s" % ("\u65e5" * 90, wide))
    for term, colored in (("xterm", True), ("dumb", False)):
        out = on_terminal(runner, folder, ["w.sql"], {"TERM": term}, 100)
        tally.equal("TERM=" + term, "\x1b[" in out, colored)
    for columns in (60, 90, 130):
        out = on_terminal(runner, folder, ["w.sql"], {"TERM": "dumb"}, columns)
        body = [line for line in out.splitlines()
                if re.match(r" +\d* [|=] ", line)]
        widest = max(map(cells, out.splitlines()[1:]))
        tally.check(len(body) >= 4 and columns - 35 < widest <= columns,
                    "%d columns: the widest line has %d" % (columns, widest))
        marks = [(body[i], body[i + 1]) for i in range(len(body) - 1)
                 if "CREATE INDEX" in body[i] and "^" in body[i + 1]]
        tally.check(len(marks) == 1 and
                    cells(marks[0][0][:marks[0][0].index("CREATE")]) ==
                    marks[0][1].index("^"),
                    "%d columns: the caret stands elsewhere" % columns)


def main():
    binary = Path(sys.argv[1] if len(sys.argv) > 1 else
                  ROOT / "build" / "tusklint").resolve()
    shutil.rmtree(WORK, ignore_errors=True)
    tally = Tally()
    runner = Runner(binary)
    folders = try_testdata(tally, runner)
    folders += try_empty(tally, runner)
    try_fail_on(tally, runner)
    try_order(tally, runner)
    folders += try_hostile(tally, runner, range(1, 17))
    try_defaults(tally, runner)
    try_terminal(tally, runner)
    done = subprocess.run(
        ["node", "ci/formats/validate.js", str(ROOT / "build" / "npm"),
         *folders], cwd=ROOT, capture_output=True, text=True, timeout=600)
    print(done.stdout + done.stderr, end="")
    counts = re.search(r"validate: (\d+) passed, (\d+) failed", done.stdout)
    tally.passed += int(counts.group(1)) if counts else 0
    tally.failed += int(counts.group(2)) if counts else 1
    print("formats: %d passed, %d failed" % (tally.passed, tally.failed))
    sys.exit(1 if tally.failed or not tally.passed else 0)


if __name__ == "__main__":
    main()
