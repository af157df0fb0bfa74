#!/usr/bin/env python3
"""action.py - the steps of action.yml, run as a runner of GitHub runs them.

Usage: action.py BINARY. Expressions are filled in from given inputs, each `run`
goes to bash with the environment of its step; what a step says to the runner is
read back. Actions of others (the upload) are not run.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

root = pathlib.Path.cwd()
action = yaml.safe_load((root / "action.yml").read_text())
passed = failed = 0


def check(what, ok, output=""):
    global passed, failed
    passed += ok
    failed += not ok
    if not ok:
        print(f"FAILED: {what}\n{output}")


def value_of(expression, inputs, steps):
    if expression.startswith("inputs."):
        return inputs[expression[len("inputs."):]]
    if expression == "github.action_path":
        return str(root)
    step = re.fullmatch(r"steps\.([\w-]+)\.outputs\.([\w-]+)", expression)
    if not step:
        sys.exit(f"action: unknown expression {expression}")
    return steps.get(step[1], {}).get(step[2], "")


def fill(text, inputs, steps):
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}",
                  lambda m: value_of(m[1], inputs, steps), str(text))


def read_outputs(path):
    """name=value lines; a heredoc is none of ours."""
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


def run_action(work, **given):
    inputs = {name: given.pop(name.replace("-", "_"), spec.get("default", ""))
              for name, spec in action["inputs"].items()}
    steps, said, status = {}, "", 0
    summary = work / "summary.md"
    for number, step in enumerate(action["runs"]["steps"]):
        if "run" not in step:
            continue
        out = work / f"output{number}"
        out.write_text("")
        env = {**os.environ, "GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": str(out),
               "GITHUB_STEP_SUMMARY": str(summary), **given}
        for name, text in step.get("env", {}).items():
            env[name] = fill(text, inputs, steps)
        check("no expression inside of a script", "${{" not in step["run"], step["run"])
        run = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                             cwd=work, env=env, capture_output=True, text=True)
        said, status = said + run.stdout, run.returncode
        if "id" in step:
            steps[step["id"]] = read_outputs(out)
        if status:
            break
    return status, said, steps, summary.read_text() if summary.exists() else ""


def files(work, **texts):
    (work / "db").mkdir(exist_ok=True)
    for name, text in texts.items():
        (work / "db" / f"{name}.sql").write_text(text)


BAD = "CREATE INDEX herds_name_idx ON herds (name);\n"
FINE = "CREATE TABLE herds (id bigint PRIMARY KEY, name text);\n"

for step in action["runs"]["steps"]:
    uses = step.get("uses", "")
    check(f"{uses or step.get('name')}: pinned", not uses or "@" in uses)

with tempfile.TemporaryDirectory() as scratch:
    work = pathlib.Path(scratch)
    files(work, **{"001": FINE})
    status, said, steps, summary = run_action(work, paths="db")
    check("clean: status 0", status == 0, said)
    check("clean: exit-code", steps["lint"]["exit-code"] == "0", str(steps))
    check("clean: SARIF", json.loads((work / "tusklint.sarif").read_text())["runs"][0]["results"] == [])

    files(work, **{"002": BAD})
    status, said, steps, summary = run_action(work, paths="db")
    check("findings: status 1", status == 1, said)
    check("findings: annotation", "::warning file=db/002.sql,line=1," in said, said)
    check("findings: summary", "TL101" in summary, summary)
    check("findings: SARIF", len(json.loads((work / steps["lint"]["sarif-file"]).read_text())
                                 ["runs"][0]["results"]) > 0)

    status, said, steps, _ = run_action(work, paths="db\n\n", fail_on="never")
    check("fail-on never", status == 0 and "::warning" in said, said)
    status, said, steps, _ = run_action(work, paths="db/002.sql", args="--ignore\nTL1*\n")
    check("args", status == 0 and "TL101" not in said, said)
    status, said, _, _ = run_action(work, paths="db/none")
    check("trouble: status 2", status == 2, said)

    marker = work / "owned"
    for name in ("paths", "args", "fail_on", "sarif_file", "schema"):
        hostile = f'$(touch {marker}) `touch {marker}` "; touch {marker}; \'; touch {marker} #'
        run_action(work, **{"paths": "db", name: hostile})
        check(f"{name}: no shell reads it", not marker.exists())
    files(work, **{"003 a,b::error": BAD})
    _, said, _, _ = run_action(work, paths="db")
    commands = [line for line in said.splitlines() if line.startswith("::")]
    check("file names stay properties",
          all(re.match(r"::(warning|error|notice|group|endgroup)", c) for c in commands)
          and "file=db/003 a%2Cb%3A%3Aerror.sql" in said, said)

print(f"action: {passed} passed, {failed} failed")
sys.exit(failed != 0)
