#!/usr/bin/env python3
"""pre-commit.py - the hooks in Debian's pre-commit, from a clone of this tree.

Usage: pre-commit.py BINARY. A repository with a history of migrations is made;
commits are tried, and what the hooks say of them is looked at.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

binary = pathlib.Path(sys.argv[1]).resolve()
source = pathlib.Path.cwd()
passed = failed = 0


def check(what, ok, output=""):
    global passed, failed
    passed += ok
    failed += not ok
    if not ok:
        print(f"FAILED: {what}\n{output}")


def git(cwd, *words, **more):
    return subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org",
                           "-c", "init.defaultBranch=main", *words],
                          cwd=cwd, capture_output=True, text=True, env=env, **more)


def git_must(cwd, *words):
    run = git(cwd, *words)
    if run.returncode:
        sys.exit(f"pre-commit: git {words}: {run.stderr}")
    return run.stdout.strip()


def clone_of_tree(target):
    """What is in the work tree, committed or not: pre-commit clones a commit."""
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                           cwd=source, capture_output=True, check=True).stdout
    for name in filter(None, names.decode().split("\0")):
        if (source / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name)
    git_must(target, "init", "-q")
    git_must(target, "add", "-A")
    git_must(target, "commit", "-q", "-m", "tree")
    return git_must(target, "rev-parse", "HEAD")


def use_hook(app, repo, rev, hook):
    (app / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {repo}\n  rev: {rev}\n  hooks:\n  - id: {hook}\n")
    git_must(app, "add", ".pre-commit-config.yaml")
    git_must(app, "commit", "-q", "--no-verify", "-m", "hook")


def commit(app, files):
    """Tries to commit them; gives whether it went through, and what was said."""
    for name, text in files.items():
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_text(text)
        git_must(app, "add", "--", name)
    run = git(app, "commit", "-m", "change")
    return run.returncode == 0, run.stdout + run.stderr


def take_back(app, files):
    git_must(app, "reset", "-q", "--hard", "HEAD")
    for name in files:
        (app / name).unlink(missing_ok=True)


HISTORY = {
    "db/001_herds.sql": "CREATE TABLE herds (id bigint PRIMARY KEY, name text);\n",
    "db/002_index.sql": "CREATE INDEX herds_name_idx ON herds (name);\n",
}
# Only who knows 001 knows that this index repeats the primary key.
NEEDS_HISTORY = {"db/003_again.sql":
                 "CREATE UNIQUE INDEX CONCURRENTLY herds_id_idx ON herds (id);\n"}
FINE = {"db/003_views.sql": "CREATE VIEW names AS SELECT name FROM herds;\n"}
ODD = {"-dash.sql": "ALTER TABLE herds DROP COLUMN name;\n",
       "a folder/004 drop.sql": "ALTER TABLE herds DROP COLUMN name;\n"}


def try_hook(app, hook):
    ok, said = commit(app, NEEDS_HISTORY)
    check(f"{hook}: a finding stops the commit", not ok, said)
    check(f"{hook}: the history is known", "TL201" in said, said)
    check(f"{hook}: and not reported", "db/002_index.sql" not in said, said)
    take_back(app, NEEDS_HISTORY)
    ok, said = commit(app, ODD)
    check(f"{hook}: odd names stop it", not ok, said)
    for name in ODD:
        check(f"{hook}: {name} was linted", f"{name}:1:" in said, said)
    take_back(app, ODD)
    ok, said = commit(app, FINE)
    check(f"{hook}: what is fine passes", ok, said)
    git_must(app, "reset", "-q", "--hard", "HEAD~1")


with tempfile.TemporaryDirectory() as scratch:
    scratch = pathlib.Path(scratch)
    tree, app, path = scratch / "tusklint", scratch / "app", scratch / "bin"
    for folder in (tree, app, path):
        folder.mkdir()
    (path / "tusklint").symlink_to(binary)
    env = {**os.environ, "PRE_COMMIT_HOME": str(scratch / "cache"),
           "PATH": f"{path}:{os.environ['PATH']}", "HOME": str(scratch)}
    rev = clone_of_tree(tree)
    git_must(app, "init", "-q")
    for name, text in HISTORY.items():
        (app / name).parent.mkdir(exist_ok=True)
        (app / name).write_text(text)
    git_must(app, "add", "-A")
    git_must(app, "commit", "-q", "-m", "history")
    subprocess.run(["pre-commit", "install"], cwd=app, env=env, check=True, capture_output=True)

    use_hook(app, tree, rev, "tusklint")
    try_hook(app, "tusklint")

    use_hook(app, tree, rev, "tusklint-all")
    ok, said = commit(app, FINE)
    check("tusklint-all: says what stands elsewhere", not ok and "002_index.sql:1:" in said, said)
    take_back(app, FINE)
    ok, said = commit(app, {"README": "no SQL\n"})
    check("tusklint-all: not run when no SQL changes", ok, said)

    use_hook(app, tree, rev, "tusklint-src")
    try_hook(app, "tusklint-src")

print(f"pre-commit: {passed} passed, {failed} failed")
sys.exit(failed != 0)
