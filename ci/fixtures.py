#!/usr/bin/env python3
"""fixtures.py - does tusklint find what testdata says, and nothing else?

Usage: fixtures.py [--binary PATH] [RULE...]

Reads the annotation language of testdata/README.md, lints each fixture and
compares both ways. Runs the examples of the rules' documentation too, applies
fixes to bad.sql and compares with bad.fixed.sql; what any bad fixture becomes
when it is fixed must parse, lack what was fixed, and give no rule more to find.
Fails for a rule that has no bad or no good fixture. Only Python's standard
library is used.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "testdata" / "rules"
MARK = re.compile(r"^\s*--\s*(\^)?\s*(expect|ok):\s*([a-z0-9-]+)(?::\s*(.*?))?\s*$")
CONFIG = re.compile(r"^\s*--\s*config:\s*([a-z-]+)(?:=(.*?))?\s*$")
# What a linter must never say of a fixture that does not ask for it.
ALWAYS = ["statement-before-marker", "syntax-error", "unreadable-input"]
CAPTURES = {".csv", ".json", ".log", ".jsonl"}


class Outcome:
    def __init__(self, name):
        self.name = name
        self.problems = []

    def fail(self, text):
        self.problems.append(text)


def lint(binary, paths, options=(), cwd=ROOT):
    """The findings of one run, or a message when the run itself failed."""
    command = [str(binary), "--format", "json", *options, *map(str, paths)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, timeout=300)
    if done.returncode not in (0, 1):
        return None, "status %d: %s" % (
            done.returncode, done.stderr.decode(errors="replace")[-2000:])
    try:
        return json.loads(done.stdout)["findings"], None
    except ValueError as e:
        return None, "no JSON: %s" % e


def key_of(finding):
    return (finding["path"], finding["start"]["line"], finding["start"]["column"],
            finding["name"])


def said_by(finding):
    return "\n".join(finding[k] for k in ("message", "detail", "help")
                     if finding[k])


class Marks:
    """What the comments of one SQL file expect."""

    def __init__(self, path, text):
        self.path = path
        self.expected = []  # (line, column or None, rule, text or None)
        self.tempting = []  # (line, rule)
        self.options = []
        self.chosen = None
        target = 0
        for number, line in enumerate(text.split("\n"), 1):
            line = line.rstrip("\r")
            config = CONFIG.match(line)
            mark = MARK.match(line)
            if config:
                self.configure(config.group(1), config.group(2))
            elif mark:
                column = line.index("^") + 1 if mark.group(1) else None
                if mark.group(2) == "ok":
                    self.tempting.append((target, mark.group(3)))
                else:
                    self.expected.append(
                        (target, column, mark.group(3), mark.group(4)))
            else:
                target = number

    def configure(self, key, value):
        if key == "select":
            self.chosen = value
        else:
            self.options.append("--" + key + ("=" + value if value else ""))


def compare_marks(outcome, marks, findings):
    left = [f for f in findings if f["path"] == marks.path]
    for line, column, rule, text in marks.expected:
        found = [f for f in left if f["name"] == rule and
                 f["start"]["line"] == line and
                 (column is None or f["start"]["column"] == column)]
        if not found:
            near = ["%d:%d %s" % key_of(f)[1:] for f in left if f["name"] == rule]
            outcome.fail("%s:%d%s: %s is not found%s" % (
                marks.path, line, ":%d" % column if column else "", rule,
                "; it is at " + ", ".join(near) if near else ""))
            continue
        left.remove(found[0])
        if text and text not in said_by(found[0]):
            outcome.fail("%s:%d: %s does not say %r but: %s" % (
                marks.path, line, rule, text, said_by(found[0])))
    for f in left:
        outcome.fail("%s:%d:%d: not expected: %s: %s" % (
            *key_of(f), f["message"]))


def read_expect(path):
    entries = []
    for line in path.read_text().split("\n"):
        if line.strip():
            place, rule = line.rsplit(" ", 1)
            name, row, column = place.rsplit(":", 2)
            entries.append((name, int(row), int(column), rule))
    return sorted(entries)


def compare_expect(outcome, expected, findings):
    found = sorted(key_of(f) for f in findings)
    for entry in expected:
        if entry in found:
            found.remove(entry)
        else:
            outcome.fail("%s:%d:%d: %s is not found" % entry)
    for entry in found:
        outcome.fail("%s:%d:%d: not expected: %s" % entry)


def family_of(rule):
    files = list((ROOT / "rules").glob("*/%s.c" % rule))
    return files[0].parent.name if files else None


def kind_of(rule, path):
    """How a SQL fixture is read: by its rule, unless its name says it."""
    if path.name.startswith("migration") or "migration" in path.parent.name:
        return "migration"
    if path.name.startswith("query"):
        return "query"
    return "query" if family_of(rule) == "query" else "migration"


def select(rule, chosen):
    if chosen == "all":
        return []
    return ["--select", ",".join([chosen or rule, *ALWAYS])]


def context_of(folder):
    options = []
    for schema in sorted(folder.glob("schema*.sql")):
        options += ["--schema", schema.name]
    return options


# ---- one fixture each ------------------------------------------------------


def check_sql(binary, rule, path):
    outcome = Outcome(str(path.relative_to(ROOT)))
    marks = Marks(path.name, path.read_bytes().decode("utf-8", "replace"))
    options = [*select(rule, marks.chosen), "--as", kind_of(rule, path),
               *context_of(path.parent), *marks.options]
    findings, error = lint(binary, [path.name], options, path.parent)
    if error:
        outcome.fail(error)
        return outcome
    if path.name.startswith("good") and marks.expected:
        outcome.fail("a good fixture expects something")
    compare_marks(outcome, marks, findings)
    return outcome


def check_fixed(binary, rule, fixed):
    outcome = Outcome(str(fixed.relative_to(ROOT)))
    bad = fixed.with_name(fixed.name.replace(".fixed.sql", ".sql"))
    marks = Marks(bad.name, bad.read_text())
    with tempfile.TemporaryDirectory() as folder:
        for f in fixed.parent.glob("*.sql"):
            shutil.copy(f, folder)
        options = [*select(rule, marks.chosen), "--as", kind_of(rule, bad),
                   *context_of(fixed.parent), *marks.options]
        done = subprocess.run(
            [str(binary), "--quiet", "--fix=unsafe", *options, bad.name],
            cwd=folder, capture_output=True, timeout=300)
        if done.returncode not in (0, 1):
            outcome.fail(done.stderr.decode(errors="replace"))
        if (Path(folder) / bad.name).read_bytes() != fixed.read_bytes():
            diff = subprocess.run(["diff", "-u", str(fixed), bad.name],
                                  cwd=folder, capture_output=True)
            outcome.fail("fixing %s gives something else:\n%s" % (
                bad.name, diff.stdout.decode(errors="replace")))
    return outcome


def check_fixed_folder(binary, rule, fixed):
    """What --fix=unsafe makes of a whole history."""
    outcome = Outcome(str(fixed.relative_to(ROOT)))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "history"
        shutil.copytree(fixed.with_name(fixed.name.replace(".fixed", "")), work)
        done = subprocess.run(
            [str(binary), "--quiet", "--fix=unsafe", *select(rule, None), "."],
            cwd=work, capture_output=True, timeout=300)
        if done.returncode not in (0, 1):
            outcome.fail(done.stderr.decode(errors="replace"))
        diff = subprocess.run(["diff", "-ru", str(fixed), str(work)],
                              capture_output=True)
        if diff.returncode:
            outcome.fail("fixing it gives something else:\n%s"
                         % diff.stdout.decode(errors="replace"))
    return outcome


def fixable(findings, safety):
    return [f for f in findings
            if f["fix"] and f["fix"]["applicability"] in safety]


def names(findings):
    return Counter(f["name"] for f in findings)


def check_fixing(binary, rule, path):
    """Fixed until nothing is left to fix: it parses, what could be fixed is
    gone, and no rule finds more than before."""
    outcome = Outcome(str(path.relative_to(ROOT)) + " --fix")
    marks = Marks(path.name, path.read_bytes().decode("utf-8", "replace"))
    common = ["--as", kind_of(rule, path), *context_of(path.parent),
              *marks.options]
    own = [*select(rule, marks.chosen), *common]
    modes = (("--fix", ("safe",)), ("--fix=unsafe", ("safe", "unsafe")))
    for mode, safety in modes:
        with tempfile.TemporaryDirectory() as folder:
            for f in path.parent.glob("*.sql"):
                shutil.copy(f, folder)
            before, _ = lint(binary, [path.name], own, folder)
            if not fixable(before or [], safety):
                continue
            every, _ = lint(binary, [path.name], common, folder)
            for _ in range(4):
                subprocess.run([str(binary), "--quiet", mode, *own, path.name],
                               cwd=folder, capture_output=True, timeout=300)
            after, error = lint(binary, [path.name], own, folder)
            if error:
                outcome.fail(error)
                continue
            for f in fixable(after, safety):
                outcome.fail("%s leaves %d:%d: %s" % (
                    mode, *key_of(f)[1:3], f["message"]))
            now, _ = lint(binary, [path.name], common, folder)
            for name, n in (names(now) - names(every)).items():
                new = [f["message"] for f in now if f["name"] == name]
                outcome.fail("%s makes %d more %s: %s" % (
                    mode, n, name, "; ".join(new)))
    return outcome


def check_folder(binary, folder, rule=None):
    """A folder with `expect`, or a history with marks: one run."""
    outcome = Outcome(str(folder.relative_to(ROOT)))
    expect = folder / "expect"
    files = [f for f in sorted(folder.rglob("*.sql"))]
    marks = [Marks(str(f.relative_to(folder)),
                   f.read_bytes().decode("utf-8", "replace")) for f in files]
    options = [o for m in marks for o in m.options]
    chosen = next((m.chosen for m in marks if m.chosen), None)
    if rule:
        options += select(rule, chosen)
    findings, error = lint(binary, ["."], options, folder)
    if error:
        outcome.fail(error)
    elif expect.exists():
        compare_expect(outcome, read_expect(expect), findings)
    else:
        for m in marks:
            compare_marks(outcome, m, findings)
    return outcome


def check_captures(binary, rule, folder):
    """The plans and logs that lie beside a rule's SQL, with `expect`."""
    outcome = Outcome(str(folder.relative_to(ROOT)) + "/expect")
    files = sorted(f.name for f in folder.iterdir() if f.suffix in CAPTURES)
    findings, error = lint(binary, files,
                           [*select(rule, None), *context_of(folder)], folder)
    if error:
        outcome.fail(error)
    else:
        compare_expect(outcome, read_expect(folder / "expect"), findings)
    return outcome


# ---- a rule's folder ---------------------------------------------------------


def is_plain_sql(path):
    return (path.suffix == ".sql" and not path.name.endswith(".fixed.sql")
            and not path.name.startswith("schema"))


def expects_something(folder):
    for f in [folder, *folder.rglob("*")]:
        if f.is_dir():
            continue
        if f.name == "expect" and f.read_text().strip():
            return True
        if f.suffix == ".sql" and Marks(f.name, f.read_text(errors="replace")).expected:
            return True
    return False


def has_good(folder):
    return any(f.name.startswith("good") for f in folder.rglob("*")) or any(
        Marks(f.name, f.read_text(errors="replace")).tempting
        for f in folder.rglob("*.sql"))


def rule_jobs(binary, rule):
    folder = RULES / rule
    if not folder.is_dir():
        return [lambda: missing(rule, "has no folder in testdata/rules")]
    jobs = []
    for f in sorted(folder.iterdir()):
        if f.is_dir() and f.name.endswith(".fixed"):
            jobs.append(lambda f=f: check_fixed_folder(binary, rule, f))
        elif f.is_dir():
            jobs.append(lambda f=f: check_folder(binary, f, rule))
        elif f.name.endswith(".fixed.sql"):
            jobs.append(lambda f=f: check_fixed(binary, rule, f))
        elif is_plain_sql(f):
            jobs.append(lambda f=f: check_sql(binary, rule, f))
            if expects_something(f):
                jobs.append(lambda f=f: check_fixing(binary, rule, f))
    if (folder / "expect").exists():
        jobs.append(lambda: check_captures(binary, rule, folder))
    if not expects_something(folder):
        jobs.append(lambda: missing(rule, "has no fixture that expects it"))
    if not has_good(folder):
        jobs.append(lambda: missing(rule, "has no good fixture"))
    return jobs


def missing(rule, what):
    outcome = Outcome("testdata/rules/" + rule)
    outcome.fail(what)
    return outcome


# ---- documentation -------------------------------------------------------------

BLOCK = re.compile(r"^```(sql|json|csv)\n(.*?)^```", re.M | re.S)
SECTION = re.compile(r"^## (Bad|Good)\n(.*?)(?=^## )", re.M | re.S)
QUERY = re.compile(r"^\s*(SELECT|WITH|UPDATE|DELETE|INSERT|VALUES)\b", re.I)


def write_blocks(folder, rule, blocks):
    """Files of one example; the options to lint it with."""
    options = []
    family = family_of(rule)
    has_plan = any(language == "json" for language, _ in blocks)
    for number, (language, text) in enumerate(blocks, 1):
        if language == "json":
            (folder / ("plan%d.json" % number)).write_text(text)
        elif language == "csv":
            (folder / ("log%d.csv" % number)).write_text(text)
        elif has_plan:
            (folder / "schema.sql").write_text(text)
            options += ["--schema", "schema.sql"]
        elif family == "query" and rule != "null-comparison":
            schema, queries = split_queries(text)
            (folder / "schema.sql").write_text(schema)
            (folder / "queries").mkdir()
            (folder / "queries" / "example.sql").write_text(queries)
            options += ["--schema", "schema.sql"]
        else:
            for part, sql in enumerate(
                    text.split("-- tusklint: next-file\n"), 1):
                (folder / ("%d_%d.sql" % (number, part))).write_text(sql)
    return options


def split_queries(text):
    """Definitions before the first query are the schema."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if QUERY.match(line):
            return "\n".join(lines[:i]) + "\n", "\n".join(lines[i:])
    return text, ""


def check_doc(binary, path):
    rule = path.stem
    outcome = Outcome(str(path.relative_to(ROOT)))
    text = path.read_text()
    sections = dict((k, BLOCK.findall(v)) for k, v in SECTION.findall(text))
    for name in ("Bad", "Good"):
        if not sections.get(name):
            outcome.fail("## %s has no example" % name)
            continue
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            options = write_blocks(folder, rule, sections[name])
            # The linter's own rules speak about what others find.
            if family_of(rule) != "meta":
                options += ["--select", rule]
            findings, error = lint(binary, ["."], options, folder)
            findings = [f for f in findings or [] if f["name"] == rule]
        if error:
            outcome.fail(error)
        elif name == "Bad" and not findings:
            outcome.fail("the bad example is not found")
        elif name == "Good" and findings:
            outcome.fail("the good example is found: " +
                         findings[0]["message"])
    return outcome


def judges_shapes(doc):
    return ".on_shape" in doc.with_suffix(".c").read_text()


# ---- all ---------------------------------------------------------------------------


def all_jobs(binary, wanted):
    docs = sorted((ROOT / "rules").glob("*/*.md"))
    docs = [d for d in docs if d.with_suffix(".c").exists()]
    rules = [d.stem for d in docs]
    jobs = []
    for doc in docs:
        if wanted and doc.stem not in wanted:
            continue
        jobs += rule_jobs(binary, doc.stem)
        # What a loop is, a log shows; two statements do not.
        if doc.parent.name != "workload" and not judges_shapes(doc):
            jobs.append(lambda doc=doc: check_doc(binary, doc))
    if wanted:
        return jobs
    for folder in sorted(RULES.iterdir()):
        if folder.is_dir() and folder.name not in rules:
            jobs.append(lambda f=folder: missing(f.name, "is no rule"))
    for expect in sorted((ROOT / "testdata").rglob("expect")):
        if RULES not in expect.parents:
            jobs.append(lambda e=expect: check_folder(binary, e.parent))
    return jobs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=str(ROOT / "build" / "tusklint"))
    parser.add_argument("rules", nargs="*")
    arguments = parser.parse_args()
    binary = Path(arguments.binary).resolve()
    failed = passed = 0
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for outcome in pool.map(lambda job: job(),
                                all_jobs(binary, arguments.rules)):
            if outcome.problems:
                failed += 1
                print("FAILED: " + outcome.name)
                for p in outcome.problems:
                    print("    " + p)
            else:
                passed += 1
    print("fixtures: %d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
