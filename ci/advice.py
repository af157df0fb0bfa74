#!/usr/bin/env python3
"""advice.py - are the indexes that missing-index offers worth their making?

Usage: advice.py BINARY, with PGHOST and PGUSER set (see server.sh).

A capture of queries on tables that lack indexes is linted. The statements
offered must be the expected ones; for each query that one of them is said to
help, the planner must take that very index once it is there, and its estimate
must fall. Where an older index is said to be superfluous it is dropped first.
Without the indexes that unused-index names the plans stay the same, and the
claims of jsonb-gin-operator-class are held against both classes. What
index-missing-for-filter makes of plans is tried in the same way.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SCHEMA = """
CREATE TYPE parcel_state AS ENUM ('new', 'sent', 'lost');
CREATE TABLE depots (
    id bigint PRIMARY KEY,
    code text NOT NULL UNIQUE,
    region_id integer NOT NULL
);
CREATE TABLE parcels (
    id bigint PRIMARY KEY,
    depot_id bigint NOT NULL REFERENCES depots (id),
    sender_id bigint NOT NULL,
    route text NOT NULL,
    state parcel_state NOT NULL,
    urgent boolean NOT NULL,
    weight integer NOT NULL,
    sent_at timestamptz NOT NULL,
    removed_at timestamptz,
    note text
);
CREATE TABLE scans (
    id bigint PRIMARY KEY,
    parcel_id bigint NOT NULL,
    device uuid NOT NULL,
    kind text NOT NULL,
    seen_at timestamptz NOT NULL
);
CREATE TABLE letters (
    id bigint PRIMARY KEY,
    owner_id bigint NOT NULL,
    topic text NOT NULL,
    box text NOT NULL,
    status text NOT NULL,
    sent_on date NOT NULL,
    read_at timestamptz
);
CREATE INDEX letters_owner_id_idx ON letters (owner_id);
CREATE TABLE "Jobs" (
    id bigint PRIMARY KEY,
    status text NOT NULL,
    "runAt" timestamptz NOT NULL,
    worker text
);
"""
ROWS = """
INSERT INTO depots SELECT g, 'D' || g, g % 400 FROM generate_series(1, 100000) g;
INSERT INTO parcels
SELECT g, 1 + g % 2000, 1 + (g * 7919) % 30000, 'R' || g % 9000,
       (ARRAY['new', 'sent', 'lost'])[1 + g % 3]::parcel_state, g % 2 = 0,
       (g * 31) % 5000, '2023-06-01'::timestamptz + g * interval '3 minutes',
       CASE WHEN g % 10 = 0 THEN now() END, 'n'
  FROM generate_series(1, 150000) AS g;
INSERT INTO scans
SELECT g, 1 + (g * 3) % 150000, md5((g % 700)::text)::uuid,
       (ARRAY['in', 'out'])[1 + g % 2],
       '2023-06-01'::timestamptz + g * interval '2 minutes'
  FROM generate_series(1, 200000) AS g;
INSERT INTO letters
SELECT g, 1 + g % 40, 'T' || (g * 7) % 3000, 'B' || (g * 11) % 2000,
       (ARRAY['new', 'seen', 'done'])[1 + g % 3], '2023-01-01'::date + g % 800,
       CASE WHEN g % 9 <> 0 THEN now() END
  FROM generate_series(1, 150000) AS g;
INSERT INTO "Jobs"
SELECT g, (ARRAY['queued', 'done'])[1 + (g % 50 > 0)::int],
       '2023-06-01'::timestamptz + g * interval '2 minutes', 'w' || g % 9
  FROM generate_series(1, 120000) AS g;
ANALYZE;
"""
# The statement that is offered, the index that may go then, the queries.
ADVICE = [
    ("CREATE INDEX CONCURRENTLY parcels_sender_id_sent_at_idx ON parcels "
     "(sender_id, sent_at);", None, [
         "SELECT id FROM parcels WHERE sender_id = 77",
         "SELECT id, note FROM parcels WHERE sender_id = 78 AND state = 'lost'",
         "SELECT id FROM parcels WHERE sender_id = 79 "
         "AND sent_at >= '2023-09-01'",
         "SELECT * FROM parcels WHERE sender_id = 80 ORDER BY sent_at DESC "
         "LIMIT 1",
         "UPDATE parcels SET note = 'x' WHERE sender_id = 81",
         "SELECT id FROM parcels WHERE sender_id = 84 AND (sent_at, id) < "
         "('2023-12-01', 9999999) ORDER BY sent_at DESC, id DESC LIMIT 20",
         "SELECT count(*) FROM parcels WHERE sender_id IN (82, 83)",
     ]),
    ("CREATE INDEX CONCURRENTLY parcels_route_weight_idx ON parcels "
     "(route, weight);", None, [
         "SELECT id FROM parcels WHERE route = 'R7' AND weight = 17",
         "SELECT id FROM parcels WHERE route = 'R8'",
         "SELECT id FROM parcels WHERE route = 'R9' AND urgent",
     ]),
    ("CREATE INDEX CONCURRENTLY parcels_depot_id_idx ON parcels (depot_id);",
     None, [
         "SELECT p.id FROM depots AS d JOIN parcels AS p ON p.depot_id = d.id "
         "WHERE d.code = 'D77'",
         "DELETE FROM parcels WHERE depot_id = 1999 AND urgent",
     ]),
    ("CREATE INDEX CONCURRENTLY parcels_sent_at_idx ON parcels (sent_at);",
     None, [
         "SELECT id FROM parcels WHERE sent_at BETWEEN '2023-09-01' AND "
         "'2023-09-02'",
         "SELECT id, route FROM parcels ORDER BY sent_at DESC LIMIT 20",
     ]),
    ("CREATE INDEX CONCURRENTLY depots_region_id_idx ON depots (region_id);",
     None, ["SELECT id FROM depots WHERE region_id = 9"]),
    ("CREATE INDEX CONCURRENTLY scans_parcel_id_idx ON scans (parcel_id);",
     None, [
         "SELECT s.id FROM scans AS s WHERE s.parcel_id = 4711",
         "SELECT p.id, s.seen_at FROM parcels AS p LEFT JOIN scans AS s "
         "ON s.parcel_id = p.id WHERE p.id = 4712 AND p.note = 'n'",
         "SELECT d.code FROM depots AS d WHERE d.code = 'D9' AND EXISTS "
         "(SELECT 1 FROM scans AS s WHERE s.parcel_id = d.id)",
     ]),
    ("CREATE INDEX CONCURRENTLY scans_device_kind_seen_at_idx ON scans "
     "(device, kind, seen_at);", None, [
         "SELECT id FROM scans WHERE device = "
         "'9bf31c7f-f062-936a-96d3-c8bd1f8f2ff3' AND kind = 'in' "
         "ORDER BY seen_at LIMIT 5",
         "SELECT max(seen_at) FROM scans WHERE device = "
         "'9bf31c7f-f062-936a-96d3-c8bd1f8f2ff3'",
     ]),
    ("CREATE INDEX CONCURRENTLY letters_owner_id_topic_sent_on_idx ON letters "
     "(owner_id, topic, sent_on);", "letters_owner_id_idx", [
         "SELECT id FROM letters WHERE owner_id = 7 AND topic = 'T77'",
         "SELECT id FROM letters WHERE owner_id = 8 AND topic = 'T78' "
         "ORDER BY sent_on LIMIT 3",
     ]),
    ("CREATE INDEX CONCURRENTLY letters_box_idx ON letters (box) "
     "WHERE read_at is null;", None, [
         "SELECT id FROM letters WHERE box = 'B9' AND read_at IS NULL",
         "SELECT count(*) FROM letters WHERE box = 'B10' AND read_at IS NULL "
         "AND status = 'new'",
     ]),
    ('CREATE INDEX CONCURRENTLY "Jobs_status_runAt_idx" ON "Jobs" '
     '(status, "runAt");', None, [
         "SELECT id FROM \"Jobs\" WHERE status = 'queued' ORDER BY \"runAt\" "
         "LIMIT 1",
         "SELECT id FROM \"Jobs\" WHERE status = 'done' ORDER BY \"runAt\" "
         "DESC LIMIT 9",
     ]),
]
# Nothing is offered for these, slow as the capture has them.
SILENT = [
    "SELECT id FROM depots WHERE code = 'D9'",
    "SELECT id FROM parcels WHERE state = 'lost'",
    "SELECT id FROM parcels WHERE urgent AND weight > 10",
    "SELECT id FROM letters WHERE owner_id = 7",
    "SELECT id FROM letters WHERE owner_id = 7 AND id = 8",
    "SELECT p.id FROM parcels AS p JOIN scans AS s ON s.parcel_id = p.id",
    "SELECT id FROM parcels WHERE note = 'x' OR weight = 3",
    "SELECT id FROM parcels WHERE sent_at < '2023-06-02'",
]
CALLS = 40
MS = 45

DOCUMENTS = """
CREATE TABLE documents (id bigint PRIMARY KEY, data jsonb NOT NULL);
INSERT INTO documents
SELECT g, jsonb_build_object('state', 's' || g % 7, 'n', g % 4000, 'tags',
                             jsonb_build_array('t' || g % 900))
          || CASE WHEN g % 500 = 0 THEN '{"k77": 1}' ELSE '{}' END::jsonb
  FROM generate_series(1, 100000) AS g;
ANALYZE documents;
"""
# condition, does jsonb_ops serve it, does jsonb_path_ops
OPERATORS = [
    ("data @> '{\"n\": 77}'", True, True),
    ("data @> '{\"tags\": [\"t7\"]}'", True, True),
    ("data @? '$.n ? (@ == 77)'", True, True),
    ("data @@ '$.n == 77'", True, True),
    ("data ? 'k77'", True, False),
    ("data ?| array['k77', 'k78']", True, False),
    ("data ?& array['k77', 'n']", True, False),
]

STAMPS = """
CREATE TABLE stamps (
    id bigint PRIMARY KEY,
    motif text NOT NULL,
    price integer NOT NULL,
    shade text NOT NULL,
    printed_at timestamptz NOT NULL
);
CREATE INDEX stamps_motif_idx ON stamps (motif);
CREATE INDEX stamps_price_idx ON stamps (price);
CREATE INDEX stamps_shade_idx ON stamps (lower(shade), price);
CREATE INDEX stamps_printed_at_idx ON stamps USING brin (printed_at);
"""
STAMP_ROWS = """
INSERT INTO stamps
SELECT g, 'M' || g % 900, g % 4000, 'S' || g % 70,
       '2023-06-01'::timestamptz + g * interval '3 minutes'
  FROM generate_series(1, 100000) AS g;
ANALYZE stamps;
"""
STAMP_QUERIES = [
    "SELECT motif, printed_at, shade FROM stamps WHERE id = 77",
    "SELECT id, motif FROM stamps WHERE price = 77",
    "SELECT motif FROM stamps ORDER BY price LIMIT 5",
    "SELECT s.motif FROM stamps AS s JOIN stamps AS o ON o.id = s.price "
    "WHERE o.price = 4",
    "UPDATE stamps SET motif = 'x' WHERE id = 78",
]
UNUSED = {"stamps_motif_idx", "stamps_printed_at_idx"}


# Each has a plan with a scan whose index is missing.
PLANNED = [
    "SELECT id FROM parcels WHERE sender_id = 77",
    "SELECT note FROM parcels WHERE sender_id = 77 AND route = 'R7'",
    "SELECT id FROM parcels WHERE route = 'R8'",
    "SELECT id FROM parcels WHERE route = 'R8' AND weight > 4000",
    "SELECT id FROM parcels WHERE route IN ('R8', 'R9')",
    "SELECT count(*) FROM parcels WHERE depot_id = 5",
    "SELECT id FROM parcels WHERE sent_at >= '2024-04-08'",
    "SELECT id FROM parcels WHERE sent_at BETWEEN '2023-09-01' AND "
    "'2023-09-02'",
    "SELECT id FROM parcels WHERE weight = 17 AND urgent",
    "SELECT max(weight) FROM parcels WHERE sender_id = 90",
    "SELECT id FROM parcels WHERE sender_id = 80 ORDER BY sent_at DESC LIMIT 1",
    "UPDATE parcels SET note = 'x' WHERE route = 'R77'",
    "DELETE FROM parcels WHERE sender_id = 81",
    "SELECT id FROM depots WHERE region_id = 9",
    "SELECT d.code, p.id FROM depots AS d JOIN parcels AS p "
    "ON p.id = d.id WHERE d.region_id = 10",
    "SELECT id FROM scans WHERE parcel_id = 4711",
    "SELECT id FROM scans WHERE device = '9bf31c7f-f062-936a-96d3-c8bd1f8f2ff3'",
    "SELECT id FROM scans WHERE seen_at < '2023-06-02'",
    "SELECT id FROM scans WHERE parcel_id = 7 AND kind = 'in'",
    "SELECT kind, count(*) FROM scans WHERE parcel_id = 7 GROUP BY kind",
    "SELECT id FROM letters WHERE topic = 'T77'",
    "SELECT id FROM letters WHERE box = 'B9' AND sent_on > '2024-06-01'",
    "SELECT id FROM letters WHERE topic = 'T9' ORDER BY sent_on LIMIT 3",
    "SELECT id FROM \"Jobs\" WHERE \"runAt\" < '2023-06-01 10:00'",
]


def psql(sql):
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1"],
                          input=sql, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return done.stdout.strip()


def explain(query):
    """The plan's text and its cost."""
    plan = psql("EXPLAIN (FORMAT JSON) " + query)
    return plan, json.loads(plan)[0]["Plan"]["Total Cost"]


def lint(binary, folder):
    """What is offered: statement, what it extends, the queries it helps."""
    queries = [q for _, _, group in ADVICE for q in group] + SILENT
    lines = []
    for query in queries:
        event = {"sql": query, "duration_ms": MS, "rows": 3}
        lines += [json.dumps(event)] * CALLS
    fast = {"sql": "SELECT code FROM depots WHERE id = 1", "duration_ms": 0.1}
    lines += [json.dumps(fast)] * CALLS
    (Path(folder) / "schema.sql").write_text(SCHEMA)
    (Path(folder) / "trace.jsonl").write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        [binary, "--select", "missing-index", "--schema", "schema.sql",
         "--format", "json", "trace.jsonl"],
        cwd=folder, capture_output=True, text=True)
    found = {}
    for f in json.loads(done.stdout)["findings"]:
        statement, rest = re.match(r"(CREATE .*?;)(.*)", f["help"]).groups()
        old = re.search(r"DROP INDEX CONCURRENTLY (\S+);", rest)
        places = [f["start"]["line"]] + [
            r["start"]["line"] for r in f["related"]
            if r["path"].endswith("trace.jsonl")]
        helped = {queries[(line - 1) // CALLS] for line in places}
        found[statement] = (old.group(1) if old else None, helped)
    return found


def compare(found):
    """One result for each statement expected, and each that is not."""
    for statement, old, queries in ADVICE:
        problem = None
        if statement not in found:
            problem = "is not offered"
        elif found[statement] != (old, set(queries)):
            problem = "is offered otherwise: %r" % (found[statement],)
        yield statement, problem
    for statement in set(found) - {a[0] for a in ADVICE}:
        yield statement, "is offered, but not expected: %r" % (
            found[statement],)


def check_query(query, name, before):
    plan, cost = explain(query)
    if '"Index Name": "%s"' % name not in plan:
        return "does not use " + name
    if cost >= before:
        return "costs %g without %s, %g with it" % (before, name, cost)
    return None


def check_statement(statement, old, queries):
    name = re.search(r'CONCURRENTLY (?:"([^"]+)"|(\S+)) ON', statement)
    name = name.group(1) or name.group(2)
    before = {query: explain(query)[1] for query in queries}
    psql(statement)
    if old:
        psql("DROP INDEX " + old)
    for query in queries:
        yield query, check_query(query, name, before[query])
    psql('DROP INDEX "%s"' % name)
    if old:
        psql("CREATE INDEX %s ON letters (owner_id)" % old)


def check_class(name, column):
    psql("CREATE INDEX documents_data_idx ON documents USING gin (data %s)"
         % name)
    size = int(psql("SELECT pg_relation_size('documents_data_idx')"))
    results = []
    for operator in OPERATORS:
        plan = psql("SET enable_seqscan = off; EXPLAIN (FORMAT JSON) SELECT id "
                    "FROM documents WHERE " + operator[0])
        served = '"Index Cond"' in plan
        problem = None if served == operator[column] else "served: %s" % served
        results.append(("%s: %s" % (name, operator[0]), problem))
    psql("DROP INDEX documents_data_idx")
    return size, results


def check_classes():
    psql(DOCUMENTS)
    large, results = check_class("jsonb_ops", 1)
    small, more = check_class("jsonb_path_ops", 2)
    size = None if small < large else "%d bytes, not less than %d" % (small,
                                                                      large)
    return results + more + [("jsonb_path_ops is smaller", size)]


def check_unused(binary, folder):
    """Without the indexes that are said to be unused every plan is the same."""
    lines = [json.dumps({"sql": query, "duration_ms": 0.2})
             for query in STAMP_QUERIES] * 300
    (Path(folder) / "stamps.sql").write_text(STAMPS)
    (Path(folder) / "stamps.jsonl").write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        [binary, "--select", "unused-index", "--format", "json", "stamps.sql",
         "stamps.jsonl"], cwd=folder, capture_output=True, text=True)
    found = {f["object"].split(".")[-1] for f in json.loads(done.stdout)["findings"]}
    problem = None if found == UNUSED else "are said to be unused: %r" % found
    results = [("unused-index", problem)]
    psql(STAMPS + STAMP_ROWS)
    before = {query: explain(query)[0] for query in STAMP_QUERIES}
    psql("DROP INDEX " + ", ".join(sorted(found)))
    for query in STAMP_QUERIES:
        same = explain(query)[0] == before[query]
        results.append((query, None if same else "has another plan now"))
    return results


def plan_advice(binary, folder):
    """What is offered for each planned query's plan."""
    plans = Path(folder) / "plans"
    plans.mkdir()
    (Path(folder) / "schema.sql").write_text(SCHEMA)
    for n, query in enumerate(PLANNED):
        (plans / ("%02d.sql" % n)).write_text(query + ";\n")
        (plans / ("%02d.json" % n)).write_text(psql(
            "BEGIN; EXPLAIN (ANALYZE, FORMAT JSON) %s; ROLLBACK" % query))
    done = subprocess.run(
        [binary, "--select", "index-missing-for-filter", "--schema",
         "schema.sql", "--format", "json", "plans"],
        cwd=folder, capture_output=True, text=True)
    offered = {}
    for f in json.loads(done.stdout)["findings"]:
        query = PLANNED[int(f["path"][-7:-5])]
        offered.setdefault(query, []).append(
            re.match(r"(CREATE .*?;)", f["help"]).group(1))
    return offered


def check_plans(binary, folder):
    offered = plan_advice(binary, folder)
    for query in PLANNED:
        statements = offered.get(query, [])
        if len(statements) != 1:
            yield query, "its plan is offered %r" % statements
            continue
        yield from check_statement(statements[0], None, [query])


def main():
    binary = sys.argv[1]
    psql(SCHEMA + ROWS)
    with tempfile.TemporaryDirectory() as folder:
        found = lint(binary, folder)
        results = list(check_plans(binary, folder))
        results += check_unused(binary, folder)
    results += compare(found)
    for statement, (old, queries) in found.items():
        results += check_statement(statement, old, sorted(queries))
    results += check_classes()
    failed = 0
    for what, problem in results:
        if problem:
            failed += 1
            print("FAILED: %s: %s" % (what, problem))
    print("advice: %d passed, %d failed" % (len(results) - failed, failed))
    sys.exit(1 if failed else 0)


main()
