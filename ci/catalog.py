#!/usr/bin/env python3
"""catalog.py - the folded catalog against a real server's.

Usage: catalog.py BINARY [FOLDER...], with PGHOST and PGUSER set (server.sh).

Each folder is one history, given to an empty database statement by statement,
in the order that `tusklint debug catalog` prints. What the server refuses is
taken out of a copy of the folder, so that both sides saw the same; tables
that tusklint calls uncertain or incomplete are not compared. SETUP in the
environment names a file of SQL that only the server gets, first of all (roles,
extensions); VERBOSE shows what was refused.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DEFAULT = ["testdata/demo/migrations", "testdata/seeds/*/*/migrations",
           "testdata/rules/*/history*", "testdata/histories/*"]
KINDS = {"r": "table", "p": "partitioned", "v": "view", "m": "matview",
         "S": "sequence", "c": "composite", "f": "foreign table"}
CONSTRAINTS = {"p": "primary key", "u": "unique", "f": "foreign key",
               "c": "check", "x": "exclude"}
MINE = """n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND n.nspname !~ '^pg_t'
   AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.objid = {0}.oid
                   AND d.deptype = 'e')"""
NAMES = """(SELECT coalesce(json_agg(a.attname ORDER BY k.i), '[]')
   FROM unnest({1}) WITH ORDINALITY AS k (attnum, i)
   LEFT JOIN pg_attribute AS a
     ON a.attrelid = {0} AND a.attnum = k.attnum AND k.attnum > 0)"""
RELATIONS = """SELECT c.oid::int, n.nspname AS schema, c.relname AS name,
       c.relkind AS kind, c.relpersistence = 'u' AS unlogged,
       c.relrowsecurity AS row_security,
       (SELECT coalesce(json_agg(p.polname), '[]') FROM pg_policy AS p
         WHERE p.polrelid = c.oid) AS policies,
       coalesce((SELECT p.relname FROM pg_inherits AS i
                   JOIN pg_class AS p ON p.oid = i.inhparent
                  WHERE i.inhrelid = c.oid AND c.relispartition), '')
       AS partition_of
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'c', 'f') AND """ + \
    MINE.format("c")
COLUMNS = """SELECT a.attrelid::int AS relation, a.attname AS name,
       coalesce(e.typname, t.typname) AS type,
       coalesce(en.nspname, tn.nspname) AS type_schema,
       t.typcategory = 'A' AS array, a.atttypmod AS mod,
       a.attnotnull OR t.typnotnull AS not_null,
       coalesce(pg_get_expr(d.adbin, d.adrelid) !~ '^NULL::', false)
       AS default,
       a.attidentity <> '' AS identity, a.attgenerated <> '' AS generated
  FROM pg_attribute AS a
  JOIN pg_type AS t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  JOIN pg_namespace AS tn ON tn.oid = t.typnamespace
  LEFT JOIN pg_type AS e ON e.oid = t.typelem AND t.typcategory = 'A'
  LEFT JOIN pg_namespace AS en ON en.oid = e.typnamespace
 WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum"""
KEYS = """SELECT c.conrelid::int AS relation, c.conname AS name,
       c.contype AS kind, c.convalidated AS validated,
       c.condeferrable AS deferrable,
       %s AS columns,
       n.nspname AS ref_schema, r.relname AS ref_table,
       %s AS ref_columns, c.confdeltype AS on_delete
  FROM pg_constraint AS c
  LEFT JOIN pg_class AS r ON r.oid = c.confrelid
  LEFT JOIN pg_namespace AS n ON n.oid = r.relnamespace
 WHERE c.conrelid <> 0 AND c.contype IN ('p', 'u', 'f', 'c', 'x')
   AND NOT EXISTS (SELECT 1 FROM pg_constraint AS p
                    WHERE p.oid = c.conparentid AND p.conrelid = c.conrelid)
""" % (NAMES.format("c.conrelid", "c.conkey"),
       NAMES.format("c.confrelid", "c.confkey"))
INDEXES = """SELECT i.indrelid::int AS relation, n.nspname AS schema,
       c.relname AS name, m.amname AS method, i.indisunique AS unique,
       i.indisprimary AS primary, i.indpred IS NOT NULL AS partial,
       EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conindid = c.oid
               AND k.contype IN ('p', 'u', 'x')) AS of_constraint,
       i.indnkeyatts AS n_keys, %s AS columns
  FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_am AS m ON m.oid = c.relam
""" % NAMES.format("i.indrelid", "i.indkey::int2[]")
ENUMS = """SELECT n.nspname AS schema, t.typname AS name,
       (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)
          FROM pg_enum AS e WHERE e.enumtypid = t.oid) AS values
  FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace
 WHERE t.typtype = 'e' AND """ + MINE.format("t")


def psql(text, database, *options):
    return subprocess.run(
        ["psql", "-X", "-q", "-A", "-t", "-d", database, *options, "-f", "-"],
        input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        errors="surrogateescape", text=True, check=False)


def rows(database, query):
    done = psql("SELECT coalesce(json_agg(q), '[]') FROM (%s) AS q;" % query,
                database)
    if done.returncode or done.stderr:
        sys.exit("catalog: %s" % done.stderr)
    return json.loads(done.stdout)


def modifiers(name, mod):
    """typmod as the modifiers that SQL writes."""
    if mod < 0:
        return []
    if name in ("varchar", "bpchar"):
        return [mod - 4]
    if name == "numeric":
        scale = (mod - 4) & 0x7ff
        return [((mod - 4) >> 16) & 0xffff, (scale ^ 1024) - 1024]
    if name == "interval":
        return [] if mod & 0xffff == 0xffff else [mod & 0xffff]
    return [mod]


def server_catalog(database):
    relations = {r["oid"]: r for r in rows(database, RELATIONS)}
    for r in relations.values():
        r.update(kind=KINDS[r["kind"]], columns=[], constraints={}, indexes={})
    for c in rows(database, COLUMNS):
        if c["relation"] in relations:
            relations[c["relation"]]["columns"].append(c)
    for c in rows(database, KEYS):
        c["kind"] = CONSTRAINTS[c["kind"]]
        if c["relation"] in relations:
            relations[c["relation"]]["constraints"][c["name"]] = c
    for i in rows(database, INDEXES):
        i["keys"] = i["columns"][:i["n_keys"]]
        i["include"] = i["columns"][i["n_keys"]:]
        if i["relation"] in relations:
            relations[i["relation"]]["indexes"][i["name"]] = i
    return ({(r["schema"], r["name"]): r for r in relations.values()},
            {(e["schema"], e["name"]): e["values"] or []
             for e in rows(database, ENUMS)})


class Comparison:
    def __init__(self):
        self.cells = 0
        self.skipped = 0
        self.differences = []

    def cell(self, where, ours, theirs):
        self.cells += 1
        if ours != theirs:
            self.differences.append("%s: tusklint has %r, the server %r"
                                    % (where, ours, theirs))

    def names(self, where, ours, theirs):
        """Both sides' keys; gives those they share."""
        for name in sorted(set(ours) | set(theirs)):
            self.cell("%s %s" % (where, name),
                      "it" if name in ours else "none",
                      "it" if name in theirs else "none")
        return sorted(set(ours) & set(theirs))

    def type(self, where, ours, theirs):
        name, mods = ours["name"], ours["mods"]
        if not name:
            self.skipped += 1
            return
        if name == "numeric" and len(mods) == 1:
            mods = [mods[0], 0]
        if name == "interval":
            mods = mods[1:]
        if name == "bpchar" and not mods and theirs["mod"] == 5:
            mods = [1]
        self.cell(where + " type", (name, mods, ours["array"]),
                  (theirs["type"], modifiers(theirs["type"], theirs["mod"]),
                   theirs["array"]))
        if ours["schema"] and theirs["type_schema"] != "pg_catalog":
            self.cell(where + " type's schema", ours["schema"],
                      theirs["type_schema"])

    def column(self, where, ours, theirs):
        self.type(where, ours["type"], theirs)
        for what in "not_null", "default", "identity", "generated":
            self.cell("%s %s" % (where, what), ours[what], theirs[what])

    def constraint(self, where, ours, theirs):
        for what in "kind", "validated", "deferrable":
            self.cell("%s %s" % (where, what), ours[what], theirs[what])
        if ours["kind"] not in ("check", "exclude"):
            self.cell(where + " columns", ours["columns"], theirs["columns"])
        if ours["kind"] != "foreign key":
            return
        to = ours["references"]
        self.cell(where + " references",
                  (to["schema"], to["name"], to["columns"], to["on_delete"]),
                  (theirs["ref_schema"], theirs["ref_table"],
                   theirs["ref_columns"], theirs["on_delete"]))

    def index(self, where, ours, theirs):
        for what in ("schema", "method", "unique", "primary", "of_constraint",
                     "partial", "keys", "include"):
            self.cell("%s %s" % (where, what), ours[what], theirs[what])

    def relation(self, where, ours, theirs):
        if ours["kind"] == "sequence":
            self.cell(where + " kind", ours["kind"], theirs["kind"])
            return
        for what in "kind", "unlogged", "partition_of", "row_security":
            self.cell("%s %s" % (where, what), ours[what], theirs[what])
        self.cell(where + " policies", sorted(ours["policies"]),
                  sorted(theirs["policies"]))
        if not (ours["kind"] in ("view", "matview") and ours["incomplete"]):
            self.cell(where + " columns", [c["name"] for c in ours["columns"]],
                      [c["name"] for c in theirs["columns"]])
        columns = {c["name"]: c for c in theirs["columns"]}
        if ours["kind"] not in ("view", "matview"):
            for c in ours["columns"]:
                if c["name"] in columns:
                    self.column("%s.%s" % (where, c["name"]), c,
                                columns[c["name"]])
        lists = (("constraint", self.constraint), ("index", self.index))
        for what, compare in lists:
            plural = what + "es" if what == "index" else what + "s"
            mine = {c["name"]: c for c in ours[plural]}
            for name in self.names("%s: %s" % (where, what), mine,
                                   theirs[plural]):
                compare("%s.%s" % (where, name), mine[name],
                        theirs[plural][name])

    def catalogs(self, ours, relations, enums):
        mine = {(r["schema"], r["name"]): r for r in ours["relations"]}
        sure = {k: r for k, r in mine.items()
                if not r["uncertain"] and
                (not r["incomplete"] or r["kind"] in ("view", "matview"))}
        unsure = set(mine) - set(sure)
        self.skipped += len(unsure)
        theirs = {k: r for k, r in relations.items() if k not in unsure}
        for key in self.names("relation", sure, theirs):
            self.relation(".".join(key), sure[key], theirs[key])
        mine = {(e["schema"], e["name"]): e["values"] for e in ours["enums"]}
        for key in self.names("enum", mine, enums):
            self.cell("enum %s.%s" % key, mine[key], enums[key])


def fold(binary, path, cwd):
    done = subprocess.run([binary, "debug", "catalog", path], cwd=cwd,
                          stdout=subprocess.PIPE, text=True, check=True,
                          errors="surrogateescape")
    return json.loads(done.stdout)


def script(ours, cwd):
    """One psql script of everything, a marker before each statement."""
    out = ["\\set ON_ERROR_ROLLBACK on\n"]
    for m, migration in enumerate(ours["migrations"]):
        data = Path(cwd, migration["path"]).read_bytes()
        out.append("RESET ALL;\n")
        if migration["wrapped"]:
            out.append("BEGIN;\n")
        for s, (start, end) in enumerate(migration["statements"]):
            text = data[start:end].decode(errors="surrogateescape")
            out.append("\\warn @ %d %d\n%s\n;\n" % (m, s, text))
        out.append("\\warn @ -1 -1\n")
        if migration["wrapped"]:
            out.append("COMMIT;\n")
    return "".join(out)


def refusals(ours, stderr):
    """(path, start, end, message) of what the server did not take."""
    at = None
    for line in stderr.splitlines():
        marker = re.match(r"@ (-?\d+) (-?\d+)$", line)
        if marker:
            at = int(marker[1]), int(marker[2])
        error = re.search(r"(?:ERROR|FATAL|error): +(.*)", line)
        if error and at and at[0] >= 0 and not line.startswith("DETAIL"):
            m = ours["migrations"][at[0]]
            yield m["path"], *m["statements"][at[1]], error[1]


def apply(binary, folder, database):
    """Gives the folded catalog, and what was left out on both sides."""
    home = Path(tempfile.mkdtemp())
    try:
        path = Path("history") / Path(folder).name
        shutil.copytree(folder, home / path)
        ours = fold(binary, str(path), home)
        text = script(ours, home)
        setup = os.environ.get("SETUP")
        if setup:
            text = Path(setup).read_text() + text
        done = psql(text, database)
        refused = sorted(set(refusals(ours, done.stderr)))
        for name, start, end, _ in refused:
            data = bytearray((home / name).read_bytes())
            data[start:end] = re.sub(rb"[^\n]", b" ", data[start:end])
            (home / name).write_bytes(data)
        return (fold(binary, str(path), home) if refused else ours), refused
    finally:
        shutil.rmtree(home)


def main():
    binary, folders = sys.argv[1], sys.argv[2:]
    patterns = folders or DEFAULT
    folders = [f for p in patterns for f in sorted(glob.glob(p))
               if Path(f).is_dir()]
    passed = failed = 0
    for n, folder in enumerate(folders):
        database = "history%d" % n
        psql('DROP DATABASE IF EXISTS %s;\nCREATE DATABASE %s;' %
             (database, database), "postgres")
        ours, refused = apply(binary, folder, database)
        comparison = Comparison()
        comparison.catalogs(ours, *server_catalog(database))
        for line in comparison.differences:
            print("%s: %s" % (folder, line))
        if comparison.differences or os.environ.get("VERBOSE"):
            for name, start, _, message in refused:
                print("  refused: %s:%d: %s" % (name, start, message))
        print("%s: %d cells, %d differ, %d refused, %d not compared" % (
            folder, comparison.cells, len(comparison.differences),
            len(refused), comparison.skipped))
        passed += comparison.cells - len(comparison.differences)
        failed += len(comparison.differences)
    print("catalog: %d passed, %d failed" % (passed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
