#!/usr/bin/env python3
"""history.py - one migration with --context history is judged as in its folder.

Usage: history.py BINARY. Every migration of the fixtures' histories is linted
alone, and what is said must be what the run over the whole folder says of it.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

binary = str(pathlib.Path(sys.argv[1]).resolve())
passed = failed = 0


def lint(cwd, *words, text=None):
    run = subprocess.run([binary, "--format", "json", "--fail-on", "never", *words],
                         cwd=cwd, input=text, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"history: {words}: status {run.returncode}: {run.stderr}")
    return json.loads(run.stdout)["findings"]


def of(findings, path):
    return sorted((f["rule"], f["start"]["offset"], f["severity"], f["message"])
                  # Of another dialect's file it is said when it is named.
                  for f in findings if f["path"] == path and f["rule"] != "TL004")


def expect(what, got, wanted):
    global passed, failed
    if got == wanted:
        passed += 1
        return
    failed += 1
    print(f"FAILED: {what}\n  alone:     {got}\n  in folder: {wanted}")


def check_folder(folder):
    whole = lint(folder.parent, folder.name)
    files = sorted(p for p in folder.rglob("*.sql")
                   if p.name[0].isdigit() or p.parent.name[0].isdigit())
    for path in files:
        name = str(path.relative_to(folder.parent))
        alone = lint(folder.parent, "--context", "history", name)
        expect(name, of(alone, name), of(whole, name))
        if {f["path"] for f in alone} - {name}:
            expect(f"{name}: other files", "reported", "not reported")


def is_history(folder):
    """All of it has versions: then a file's history is the whole folder."""
    if any(p.suffix in (".csv", ".json", ".log") for p in folder.iterdir()):
        return False
    names = {p.relative_to(folder).parts[0] for p in folder.rglob("*.sql")}
    flat = all(p.parent == folder for p in folder.rglob("*.sql"))
    fixed = all(p.name in ("up.sql", "down.sql", "migration.sql")
                and p.parent.parent == folder for p in folder.rglob("*.sql"))
    return names and all(n[0].isdigit() for n in names) and (flat or fixed)


for folder in sorted(pathlib.Path("testdata").rglob("*")):
    if folder.is_dir() and is_history(folder):
        check_folder(folder)

with tempfile.TemporaryDirectory() as scratch:
    root = pathlib.Path(scratch)
    (root / "db").mkdir()
    (root / "db/1_a.sql").write_text("CREATE TABLE herds (id bigint PRIMARY KEY, n int);\n")
    (root / "db/2_b.sql").write_text("SELECT 1;\n")
    (root / "db/notes.sql").write_text("CREATE INDEX ON herds (n);\n")
    index = "CREATE INDEX herds_n_idx ON herds (n);\n"
    said = of(lint(root, "--context", "history", "--stdin-filename", "db/2_b.sql",
                   "-", text=index), "db/2_b.sql")
    expect("text stands for the file of its name", [s[0] for s in said], ["TL101"])
    expect("a name without a version has no history",
           [f["rule"] for f in lint(root, "--context", "history", "--verbose", "db/notes.sql")],
           [f["rule"] for f in lint(root, "db/notes.sql")])
    (root / "db/3_c.sql").write_text("CREATE UNIQUE INDEX herds_id_idx ON herds (id);\n")
    one = lint(root / "db", "--context", "history", "3_c.sql")
    expect("a path without a folder", [f["rule"] for f in one if f["rule"] == "TL201"], ["TL201"])

print(f"history: {passed} passed, {failed} failed")
sys.exit(failed != 0)
