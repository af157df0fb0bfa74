#!/usr/bin/env python3
"""locks.py - measures the statement forms of testdata/locks on a server.

Each form runs in a transaction of its own, in a database of its own, on the
base schema and its setup. What it locked, rewrote and read is written as JSON
in the form of lock_oracle.json, for the version that answered. Called by
locks.sh, which starts the server; needs psql and the standard library.

    locks.py lock_oracle.json VERSION PSQL-ARGUMENTS... > measured.json
"""
import json
import subprocess
import sys

MODES = ["AccessShareLock", "RowShareLock", "RowExclusiveLock",
         "ShareUpdateExclusiveLock", "ShareLock", "ShareRowExclusiveLock",
         "ExclusiveLock", "AccessExclusiveLock"]
NAMES = ["ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE",
         "SHARE UPDATE EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE",
         "EXCLUSIVE", "ACCESS EXCLUSIVE"]
# Objects of the user, in the order of their making.
WHERE = "c.oid >= 16384 and c.relname not like 'pg_toast%'"
BEFORE = ("select 'B', c.oid, c.relname, c.relkind,"
          " coalesce(pg_relation_filenode(c.oid), 0),"
          " coalesce(s.seq_scan, 0)"
          " from pg_class c"
          " left join pg_stat_xact_user_tables s on s.relid = c.oid"
          " where " + WHERE + ";")
AFTER = ("select 'A', c.oid, coalesce(pg_relation_filenode(c.oid), 0),"
         " coalesce(string_agg(distinct l.mode, ','), ''),"
         " coalesce(max(s.seq_scan), 0)"
         " from pg_class c"
         " left join pg_locks l on l.relation = c.oid"
         " and l.pid = pg_backend_pid() and l.locktype = 'relation'"
         " left join pg_stat_xact_user_tables s on s.relid = c.oid"
         " where " + WHERE + " group by c.oid;")


class Server:
    def __init__(self, arguments):
        self.arguments = arguments

    def run(self, database, sql):
        """Standard output and error of a script, statement by statement."""
        done = subprocess.run(
            ["psql", *self.arguments, "-XqAt", "-F", "\t", "-d", database],
            input=sql, capture_output=True, text=True, check=False)
        return done.stdout, done.stderr


def measure(server, form):
    """What the form did; None when the server refused it for its own sake."""
    server.run("postgres", "drop database if exists form;"
               "create database form template base;")
    out, err = server.run("form", "\n".join([
        form.get("setup", ""), "begin;", BEFORE, form["sql"] + ";", AFTER,
        "rollback;"]))
    if "cannot run inside a transaction block" in err:
        return {"transaction": False}
    if "ERROR" in err:
        print("skipped:", form["id"], err.split("\n")[0], file=sys.stderr)
        return None
    before, locks, rewrite, scan = {}, {}, [], []
    wants_index = form["sql"].startswith("alter index")
    for row in (line.split("\t") for line in out.split("\n")):
        if row[0] == "B":
            before[row[1]] = row[2:]
        if row[0] != "A" or row[1] not in before:
            continue
        name, kind, file_node, scans = before[row[1]]
        if kind in "iI" and not wants_index:
            continue
        held = [MODES.index(mode) for mode in row[3].split(",") if mode]
        if held:
            locks[name] = NAMES[max(held)]
        # A new file for an index or a sequence rewrites no table.
        if row[2] != file_node and kind in "rmp":
            rewrite.append(name)
        # The session still counts what the setup read.
        if int(row[4]) > int(scans):
            scan.append(name)
    return {"locks": locks, "rewrite": rewrite, "scan": scan}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        oracle = json.load(file)
    version = int(sys.argv[2])
    server = Server(sys.argv[3:])
    server.run("postgres", "create database base;")
    _, err = server.run("base", "\n".join(oracle["base"]))
    if "ERROR" in err:
        sys.exit("locks: the base schema: " + err)
    forms = []
    for form in oracle["forms"]:
        result = measure(server, form)
        if result is None:
            continue
        form["measured"] = [dict(versions=[version], **result)]
        forms.append(form)
    json.dump({"base": oracle["base"], "forms": forms}, sys.stdout, indent=1)
    print("locks: measured", len(forms), "of", len(oracle["forms"]),
          "forms on PostgreSQL", version, file=sys.stderr)
    if len(forms) < 60:
        sys.exit("locks: too few")


main()
