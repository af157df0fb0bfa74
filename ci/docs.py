#!/usr/bin/env python3
"""docs.py - what the documentation says can be run, and is all there is.

Usage: docs.py [BINARY]. The command lines of README.md and docs/*.md are run
in a scratch tree that has what they name, each document in a tree of its own,
line after line as a reader would: none may end with status 2. Options, keys,
formats, commands and files that are told of must be there, and those that are
there must be told of. Run at the repository's root.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path.cwd()
BINARY = pathlib.Path(sys.argv[1] if len(sys.argv) > 1
                      else "build/tusklint").resolve()
DOCUMENTS = ["README.md", *sorted(str(p) for p in pathlib.Path().glob(
    "docs/*.md")), "rules/README.md", "editors/vscode/README.md"]
TEXT = {name: pathlib.Path(name).read_text() for name in DOCUMENTS}
# Command lines that are not run, and why.
NOT_RUN = {
    "tusklint lsp": "a server, run by lsp.sh",
    "make test": "runs this script",
    "make deb": "builds a package even when asked what it would do; run by "
                "integration/install.sh",
}
# Options in prose that are of other programs.
FOREIGN = {
    "--timestamps": "kubectl",
    "--prefix": "kubectl",
    "--install-extension": "VS Code",
}
# Their output goes to a program that need not be installed.
READERS = ["reviewdog"]

passed = failed = 0


def check(ok, what, more=""):
    global passed, failed
    passed += bool(ok)
    failed += not ok
    if not ok:
        print(f"FAILED: {what}")
        for line in more.strip().splitlines()[:8]:
            print(f"    {line}")


def tusklint(*words):
    run = subprocess.run([BINARY, *words], capture_output=True, text=True,
                         stdin=subprocess.DEVNULL, timeout=60)
    return run.stdout


# ---- what the documents hold ----

def fences(text):
    """(language, body) of each fenced block."""
    return re.findall(r"^```(\S*)\n(.*?)^```$", text, re.M | re.S)


def spans(text):
    """The inline code of the prose; one may go on in the next line."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    return [re.sub(r"\s+", " ", s) for s in re.findall(r"`([^`]+)`", prose)]


def command_lines(text):
    """Shell command lines in blocks, continued ones whole."""
    for language, body in fences(text):
        if language not in ("", "sh", "console", "yaml", "groovy"):
            continue
        body = re.sub(r"\\\n\s*", "", body)
        body = re.sub(r"\|\n\s*", "| ", body)
        for line in body.splitlines():
            if language in ("yaml", "groovy"):
                found = re.search(r"(?:- |script: |sh ')(tusklint .*?)'?$",
                                  line)
                line = found.group(1) if found else ""
            line = line.strip().removeprefix("$ ")
            if re.match(r"(tusklint|make)\b", line):
                yield line


def bare(line):
    """Without the comment behind it."""
    return re.sub(r"\s+#.*", "", line)


# ---- the tree that the examples speak of ----

MIGRATIONS = {
    "0001_herds.sql": "CREATE TABLE herds (id bigint PRIMARY KEY, "
                      "name text);\n",
    "0042_new.sql": "CREATE INDEX herds_name_idx ON herds (name);\n",
}
QUERY = "SELECT id, weight FROM parcels WHERE route_id = 4711"
PLAN = [{"Plan": {"Node Type": "Index Scan", "Parallel Aware": False,
                  "Scan Direction": "Forward", "Relation Name": "parcels",
                  "Index Name": "parcels_route_id_idx", "Alias": "parcels",
                  "Startup Cost": 0.42, "Total Cost": 8.44, "Plan Rows": 1,
                  "Plan Width": 12, "Index Cond": "(route_id = 4711)"}}]


def prepare(tree):
    def write(name, text):
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    for folder in ("db/migrations", "migrations"):
        for name, text in MIGRATIONS.items():
            write(f"{folder}/{name}", text)
    write("db/structure.sql", MIGRATIONS["0001_herds.sql"])
    write("schema.sql", MIGRATIONS["0001_herds.sql"])
    write("db/new.sql", MIGRATIONS["0042_new.sql"])
    write("buffer", MIGRATIONS["0042_new.sql"])
    write("plans/report.sql", QUERY + ";\n")
    write("plans/report.json", json.dumps(PLAN) + "\n")
    write("postgresql.log",
          "2026-11-20 21:10:58.123 UTC [4986] client backend 673f.1:1 "
          f"app@shop/web LOG:  duration: 0.1 ms  statement: {QUERY}\n")
    shutil.copytree(ROOT / "testdata/demo", tree / "testdata/demo")
    for name in ("logs/app.csv", "postgresql-1.csv"):
        (tree / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "testdata/demo/logs/app.csv", tree / name)
    for name in ("week", "part1", "part2", "part3"):
        write(f"{name}.jsonl", tusklint("digest", str(tree / "logs/app.csv")))
    for name in ("base.jsonl", "plans/baseline.jsonl"):
        tusklint("plan-baseline", "write", str(tree / name),
                 str(tree / "plans"))
    write("tusklint-baseline.json", '{"version": 1, "findings": []}\n')
    git = ["git", "-C", str(tree), "-c", "user.name=a",
           "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"],
                  ["update-ref", "refs/remotes/origin/main", "HEAD"]):
        subprocess.run(git + words, check=True)


def scratch(work):
    """An environment in which `tusklint` is ours."""
    programs = work / "bin"
    programs.mkdir()
    (programs / "tusklint").symlink_to(BINARY)
    for name in READERS:
        (programs / name).write_text("#!/bin/sh\nexec cat >/dev/null\n")
        (programs / name).chmod(0o755)
    env = {k: v for k, v in os.environ.items()
           if k not in ("GITHUB_ACTIONS", "MAKEFLAGS", "MAKELEVEL")}
    return env | {"PATH": f"{programs}:{os.environ['PATH']}"}


# ---- the parts ----

def run_make(line, env):
    """make itself says whether it knows what it is asked for."""
    return subprocess.run(["sh", "-c", line.replace("make", "make -n", 1)],
                          capture_output=True, text=True, env=env)


def run_commands(work, env):
    for document, text in TEXT.items():
        tree = work / document.replace("/", "-")
        prepare(tree)
        shown = list(command_lines(text))
        # In prose only what needs nothing filled in; two words name a command.
        shown += [s for s in spans(text)
                  if re.match(r"make |tusklint \S+ ", s)
                  and not re.search(r"[A-Z]{3}(?!=)|\.\.\.", s)]
        for line in shown:
            if any(bare(line).startswith(x) for x in NOT_RUN):
                continue
            if line.startswith("make"):
                run = run_make(bare(line), env)
            else:
                line = line.replace("$(Build.ArtifactStagingDirectory)", ".")
                run = subprocess.run(
                    ["bash", "-o", "pipefail", "-c", line], cwd=tree, env=env,
                    stdin=subprocess.DEVNULL, capture_output=True, text=True,
                    timeout=60)
            check(run.returncode in (0, 1) and
                  "unknown option" not in run.stderr,
                  f"{document}: {line}: status {run.returncode}", run.stderr)


def options_of(command):
    """(long names, letters) that the help of a command has."""
    page = tusklint(command, "--help")
    left = re.findall(r"^ {2,6}(?:-(\w), )?--([a-z-]+)", page, re.M)
    return ({name for _, name in left}, {c for c, _ in left if c})


def check_options():
    overview = tusklint("--help")
    commands = re.findall(r"^  ([a-z-]+) {2,}", overview.split("\noptions:")[0],
                          re.M)
    options = {c: options_of(c) for c in commands}
    known = set().union(*(names for names, _ in options.values()))
    letters = set().union(*(ls for _, ls in options.values()))
    manual = tusklint("help", "--man").replace("\\-", "-")
    everything = "\n".join(TEXT.values())
    for name in sorted(known - {"man"}):
        check(re.search(rf"--{name}(?![\w-])", everything),
              f"no document tells of --{name}")
        check(f"--{name}" in manual, f"the man page lacks --{name}")
    for letter in sorted(letters):
        check(re.search(rf"`-{letter}\b|tusklint -{letter} ", everything),
              f"no document tells of -{letter}")
    for command in commands:
        check(f"tusklint {command}" in everything or
              f"`{command}`" in everything,
              f"no document tells of the command {command}")
    for document, text in TEXT.items():
        check_used(document, text, options, known)


def check_used(document, text, options, known):
    """Options in examples are of that command, those in prose of any."""
    lines = [bare(x) for x in command_lines(text)]
    lines += [s for s in spans(text) if s.startswith("tusklint ")]
    for line in (x for x in lines if x.startswith("tusklint")):
        line = re.sub(r"'[^']*'", "''", line).split("|")[0]
        words = line.split()
        command = words[1] if len(words) > 1 and words[1] in options \
            else "check"
        for name in re.findall(r" --([a-z][a-z-]*)", line):
            check(name in options[command][0],
                  f"{document}: {line}: {command} has no --{name}")
    for span in spans(text):
        found = re.match(r"--([a-z][a-z-]+)", span)
        if found:
            check(found.group(1) in known or found.group(0) in FOREIGN,
                  f"{document}: there is no option {found.group(0)}")


def first_cells(text, heading):
    """The names in the first column of the table that a heading begins."""
    table = text[text.index(heading):].split("\n\n")[0]
    rows = table.splitlines()[2:]
    return {n: row for row in rows
            for n in re.findall(r"`([^`]+)`", row.split("|")[1])}


def same_names(told, there, what):
    for name in sorted(set(told) - set(there)):
        check(False, f"{what} {name} is told of and not there")
    for name in sorted(set(there) - set(told)):
        check(False, f"{what} {name} is there and not told of")
    check(True, what)


def check_keys():
    schema = json.loads(tusklint("config", "schema"))["properties"]
    rows = first_cells(TEXT["docs/configuration.md"], "| key | value |")
    same_names(rows, schema, "key")
    inner = schema["overrides"]["items"]["properties"]
    told = {k for k, row in rows.items() if re.search(r"\| yes \|$", row)}
    same_names(told, set(inner) - {"files"}, "key of overrides")
    shown = subprocess.run([BINARY, "config", "show"], cwd="/", text=True,
                           capture_output=True).stdout
    for key in ("fail-on", "n-plus-one", "assume-in-transaction"):
        default = re.search(rf"^# {key}: (\S+)", shown, re.M).group(1)
        check(re.search(rf"\| `?{default}`? \|", rows[key]),
              f"docs/configuration.md: the default of {key} is {default}")


def check_formats():
    page = re.sub(r"\s+", " ", tusklint("check", "--help"))
    there = re.search(r"--format FORMAT .*?: ([a-z, ]+?) -o", page).group(1)
    told = first_cells(TEXT["docs/formats.md"], "| format | for |")
    same_names(told, there.split(", "), "format")


def check_files():
    """Paths of this repository that the documents name."""
    folders = "docs|ci|src|rules|include|editors|examples|testdata"
    for document, text in TEXT.items():
        for span in spans(text):
            if not re.fullmatch(rf"({folders})(/[\w.-]+)+/?", span):
                continue
            # The rule that a reader makes.
            if "sort-by-random" in span or span == "docs/buffer":
                continue
            check((ROOT / span).exists(), f"{document}: there is no {span}")


def check_scripts():
    """ci/README.md names each script; `.py` beside a `.sh` is the same."""
    told = pathlib.Path("ci/README.md").read_text()
    for path in sorted(pathlib.Path("ci").glob("*.*")):
        if path.suffix in (".sh", ".py", ".js"):
            check(f"`{path.stem}." in told, f"ci/README.md lacks {path}")


def check_sample():
    """The report in README.md is what the demo prints, with gaps."""
    sample = next(body for _, body in fences(TEXT["README.md"])
                  if body.startswith("$ tusklint testdata/demo"))
    printed = tusklint("testdata/demo", "--format", "text").splitlines()
    at = 0
    for line in sample.splitlines()[1:]:
        if line == "...":
            continue
        while at < len(printed) and printed[at] != line:
            at += 1
        check(at < len(printed), "README.md: the demo does not print this, "
              "or not here", line)
        if at == len(printed):
            return


def check_snippets(work):
    for document, text in TEXT.items():
        for language, body in fences(text):
            if language == "yaml":
                try:
                    yaml.safe_load(body)
                    check(True, document)
                except yaml.YAMLError as error:
                    check(False, f"{document}: no YAML", f"{error}\n{body}")
    # The configuration is a good one where its files are.
    body = next(b for n, b in fences(TEXT["docs/configuration.md"])
                if n == "yaml")
    tree = work / "configured"
    prepare(tree)
    (tree / ".tusklint.yml").write_text(body)
    run = subprocess.run([BINARY, "config", "check"], cwd=tree,
                         capture_output=True, text=True)
    check(run.returncode == 0, "docs/configuration.md: its example",
          run.stdout + run.stderr)
    # The rule compiles as rules do.
    code = next(b for n, b in fences(TEXT["rules/README.md"]) if n == "c")
    run = subprocess.run(
        ["cc", "-std=c11", "-D_GNU_SOURCE", "-Iinclude", "-Wall", "-Wextra",
         "-Werror", "-fsyntax-only", "-xc", "-"],
        input=code, capture_output=True, text=True)
    check(run.returncode == 0, "rules/README.md: its rule", run.stderr)


def main():
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        run_commands(work, scratch(work))
        check_snippets(work)
    check_options()
    check_keys()
    check_formats()
    check_files()
    check_scripts()
    check_sample()
    print(f"docs: {passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
