#!/usr/bin/env python3
"""sargability.py - the query rules' claims, asked of a real server.

Usage: sargability.py BINARY, with PGHOST and PGUSER set (see server.sh).

For each filter: tusklint reports it; with sequential scans switched off
PostgreSQL still has no Index Cond for it; and what tusklint offers, a rewrite
or an index, gives an Index Cond and the same rows.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SCHEMA = """
CREATE TABLE parcels (
    id bigint PRIMARY KEY,
    sent_at timestamptz NOT NULL,
    local_at timestamp NOT NULL,
    day date NOT NULL,
    route text NOT NULL,
    status text,
    weight integer NOT NULL,
    code varchar(20) NOT NULL,
    tags text[] NOT NULL,
    depot integer NOT NULL,
    bay integer NOT NULL,
    data jsonb,
    label text COLLATE "en-x-icu",
    shelf integer
);
CREATE INDEX parcels_sent_at_idx ON parcels (sent_at);
CREATE INDEX parcels_local_at_idx ON parcels (local_at);
CREATE INDEX parcels_day_idx ON parcels (day);
CREATE INDEX parcels_route_idx ON parcels (route);
CREATE INDEX parcels_status_idx ON parcels (status);
CREATE INDEX parcels_weight_idx ON parcels (weight);
CREATE INDEX parcels_code_idx ON parcels (code);
CREATE INDEX parcels_tags_idx ON parcels USING gin (tags);
CREATE INDEX parcels_depot_bay_idx ON parcels (depot, bay);
CREATE INDEX parcels_label_idx ON parcels (label);
"""
ROWS = """
INSERT INTO parcels
SELECT g, '2023-06-01'::timestamptz + g * interval '7 minutes',
       '2023-06-01'::timestamp + g * interval '7 minutes',
       '2023-06-01'::date + g % 700, 'Route ' || g % 5000,
       CASE WHEN g % 50 = 0 THEN NULL WHEN g % 7 = 0 THEN 'lost' ELSE 'sent' END,
       g % 3000, 'C' || g, ARRAY['t' || g % 900, 'u' || g % 70], g % 40,
       g % 4001, jsonb_build_object('k', (g % 4000)::text, 'n', g % 3500),
       'Route ' || g % 5000, g % 4001
  FROM generate_series(1, 120000) AS g;
ANALYZE parcels;
"""
# (rule, filter): each must be reported, and fixed or given an index.
FILTERS = [
    ("TL301", "date(sent_at) = '2024-05-01'"),
    ("TL301", "date(local_at) = '2024-05-01'"),
    ("TL301", "date(sent_at) >= '2024-11-01'"),
    ("TL301", "date(sent_at) < '2023-06-03'"),
    ("TL301", "date(sent_at) > '2024-12-01'"),
    ("TL301", "date(sent_at) <= '2023-06-03'"),
    ("TL301", "extract(year FROM sent_at) = 2025"),
    ("TL301", "extract(year FROM day) = 2025"),
    ("TL301", "extract(year FROM local_at) > 2024"),
    ("TL301", "date_part('year', local_at) > 2024"),
    ("TL301", "date_trunc('month', sent_at) = '2024-05-01'"),
    ("TL301", "date_trunc('day', local_at) = '2024-05-01'"),
    ("TL301", "date_trunc('year', local_at) >= '2025-01-01'"),
    ("TL301", "coalesce(status, 'none') = 'none'"),
    ("TL301", "coalesce(status, 'none') = 'lost'"),
    ("TL301", "lower(route) = 'route 77'"),
    ("TL301", "upper(code) = 'C77'"),
    ("TL301", "length(route) = 7"),
    ("TL301", "abs(weight) = 7"),
    ("TL301", "left(route, 8) = 'Route 77'"),
    ("TL303", "sent_at::date = '2024-05-01'"),
    ("TL303", "local_at::date >= '2024-12-01'"),
    ("TL303", "CAST(local_at AS date) < '2023-06-03'"),
    ("TL303", "id::text = '4711'"),
    ("TL303", "weight::varchar = '17'"),
    ("TL303", "weight = 17.0"),
    ("TL303", "weight > 2990.0"),
    ("TL302", "weight + 5 > 2995"),
    ("TL302", "weight - 3 = 10"),
    ("TL302", "weight + 7 <= 9"),
    ("TL302", "weight * 2 = 34"),
    ("TL302", "sent_at + interval '1 hour' < '2023-06-02'"),
    ("TL302", "route || '-x' = 'Route 77-x'"),
    ("TL304", "route LIKE '%777'"),
    ("TL304", "route ILIKE '%oute 777%'"),
    ("TL304", "route ~ '777$'"),
    ("TL305", "label LIKE 'Route 77%'"),
    ("TL305", "label LIKE 'Route 77' || '%'"),
    ("TL305", "label ~ '^Route 77'"),
    ("TL306", "route ILIKE 'route 77'"),
    ("TL306", "code ILIKE 'c77%'"),
    ("TL308", "depot = 7 OR shelf = 7"),
    ("TL308", "id = 7 OR weight = 8 OR shelf IN (7, 8)"),
    ("TL310", "route NOT LIKE 'Route%'"),
    ("TL310", "NOT (code LIKE 'C%')"),
    ("TL321", "data ->> 'k' = '77'"),
    ("TL321", "data @> '{\"n\": 77}'"),
    ("TL322", "'t7' = ANY(tags)"),
    ("TL323", "sent_at AT TIME ZONE 'UTC' >= '2024-12-01'"),
    ("TL323", "timezone('Europe/Riga', sent_at) < '2023-06-02'"),
    ("TL324", "bay = 7"),
    ("TL324", "bay IN (7, 8)"),
    ("TL338", "status IS NOT DISTINCT FROM 'lost'"),
    ("TL338", "weight IS NOT DISTINCT FROM 4"),
]
# Silent, and served as they are.
SERVED = [
    "code::text = 'C77'", "id::bigint = 77", "weight = '17'",
    "sent_at >= '2024-05-01'::date AND sent_at < '2024-05-02'::date",
    "sent_at >= date_trunc('month', now())", "status IS NULL",
    "route = lower('ROUTE 77')", "weight = ANY('{1,2}')",
    "tags @> ARRAY['t7']", "depot = 7 AND bay = 7", "weight > 2990 + 5",
    "sent_at >= timestamp '2024-12-01' AT TIME ZONE 'UTC'",
    "depot = 7 OR weight = 7", "route = 'x' OR (depot = 7 AND status = 'lost')",
    "label LIKE 'Route 77'", "label ~ '^Route 77$'",
]
QUERY = "SELECT id FROM parcels WHERE %s;"
# TL325: a join as it is, and with the column itself.
NOTES = "CREATE TABLE notes (parcel text, route text, weight integer);"
JOINS = [
    ("p.id::text = n.parcel", "p.id = n.parcel::bigint"),
    ("lower(p.route) = n.route", "p.route = n.route"),
    ("p.weight + 1 = n.weight", "p.weight = n.weight - 1"),
    ("upper(p.route) = upper(n.route)", "p.route = upper(n.route)"),
]
JOIN = "SELECT p.id FROM notes AS n JOIN parcels AS p ON %s;"
# TL308: an OR across two tables, and its sides as queries of their own.
ACROSS = [("p.route = 'Route 77'", "s.town = 'Town 77'"),
          ("p.weight IN (7, 8)", "s.id = 77")]
# TL337: a condition that stays outside, and the form that lets it in.
INSIDE = [
    ("WITH p AS MATERIALIZED (SELECT id, weight FROM parcels) "
     "SELECT id FROM p WHERE weight = 7;",
     "WITH p AS (SELECT id, weight FROM parcels) "
     "SELECT id FROM p WHERE weight = 7;"),
    ("SELECT id FROM (SELECT id, route, rank() OVER (ORDER BY bay) AS n "
     "FROM parcels) AS s WHERE route = 'Route 77';",
     "SELECT id FROM (SELECT id, route, rank() OVER (PARTITION BY route "
     "ORDER BY bay) AS n FROM parcels) AS s WHERE route = 'Route 77';"),
    ("WITH s AS (SELECT *, lag(bay) OVER (PARTITION BY depot ORDER BY bay) "
     "FROM parcels) SELECT id FROM s WHERE weight IN (7, 8);",
     "WITH s AS (SELECT *, lag(bay) OVER (PARTITION BY weight ORDER BY bay) "
     "FROM parcels) SELECT id FROM s WHERE weight IN (7, 8);"),
]
STOPS = """
CREATE TABLE stops (id bigint PRIMARY KEY, parcel bigint NOT NULL, town text);
CREATE INDEX stops_parcel_idx ON stops (parcel);
CREATE INDEX stops_town_idx ON stops (town);
"""
STOP_ROWS = """
INSERT INTO stops SELECT g, g % 90000, 'Town ' || g % 4000
  FROM generate_series(1, 120000) AS g;
ANALYZE stops;
"""
STOPS_OF = "SELECT s.id FROM parcels AS p JOIN stops AS s ON s.parcel = p.id WHERE "


def psql(sql):
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1"],
                          input=sql, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return done.stdout.strip()


def has_index_cond(query):
    plan = psql("SET enable_seqscan = off; EXPLAIN (FORMAT JSON) " + query)
    return '"Index Cond"' in plan


def cost(query):
    plan = json.loads(psql("EXPLAIN (FORMAT JSON) " + query))
    return plan[0]["Plan"]["Total Cost"]


def rows(query):
    return sorted(psql("SET timezone = 'Europe/Riga'; " + query).split("\n"))


# Fixes that are right here, and not everywhere.
UNSAFE = {"TL322"}
# The whole index may be read with the condition as its Index Cond: what the
# offered index is worth shows in the cost.
CHEAPER = {"TL310", "TL324"}
WORTH = 3


def lint(binary, folder, filter_text, fix="--fix"):
    """The findings, and the query with the fixes applied."""
    query = Path(folder) / "query.sql"
    query.write_text(QUERY % filter_text + "\n")
    command = [binary, "--schema", str(Path(folder) / "schema.sql"),
               "--as", "query"]
    out = subprocess.run([*command, "--format", "json", str(query)],
                         capture_output=True, text=True).stdout
    subprocess.run([*command, "--quiet", fix, str(query)],
                   capture_output=True)
    return json.loads(out)["findings"], query.read_text().strip()


def index_in(help_text):
    found = re.search(r"(CREATE INDEX CONCURRENTLY ON .*?;)", help_text or "")
    return found.group(1) if found else None


def check_index(statement, query):
    """The offered index serves; it is dropped again."""
    try:
        psql(statement)
    except RuntimeError as e:
        return "the offered index cannot be made: %s" % e
    name = psql("SELECT max(oid)::regclass FROM pg_class WHERE relkind = 'i'")
    good = has_index_cond(query)
    psql("DROP INDEX " + name)
    return None if good else "the offered index does not serve: " + statement


def check_worth(statement, query):
    before = cost(query)
    psql(statement)
    name = psql("SELECT max(oid)::regclass FROM pg_class WHERE relkind = 'i'")
    after = cost(query)
    psql("DROP INDEX " + name)
    if before < WORTH * after:
        return "costs %g without the offered index, %g with it" % (before, after)
    return None


def check(binary, folder, rule, filter_text):
    query = QUERY % filter_text
    findings, fixed = lint(binary, folder, filter_text,
                           "--fix=unsafe" if rule in UNSAFE else "--fix")
    mine = [f for f in findings if f["rule"] == rule]
    if not mine:
        return "is not reported"
    if rule in CHEAPER:
        return check_worth(index_in(mine[0]["help"]), query)
    if has_index_cond(query):
        return "has an Index Cond, so the finding is wrong"
    if fixed != query:
        if not has_index_cond(fixed):
            return "the rewritten form has no Index Cond: " + fixed
        if rows(query) != rows(fixed):
            return "the rewritten form finds other rows: " + fixed
        return None
    statement = index_in(mine[0]["help"])
    return check_index(statement, query) if statement else None


def check_served(binary, folder, filter_text):
    findings, _ = lint(binary, folder, filter_text)
    if [f for f in findings if f["rule"].startswith("TL3")]:
        return "is reported, but PostgreSQL serves it by an index"
    return None if has_index_cond(QUERY % filter_text) else "is not served"


def rules_of(binary, folder, text):
    query = Path(folder) / "query.sql"
    query.write_text(text + "\n")
    out = subprocess.run([binary, "--schema", str(Path(folder) / "schema.sql"),
                          "--as", "query", "--format", "json", str(query)],
                         capture_output=True, text=True).stdout
    return [f["rule"] for f in json.loads(out)["findings"]]


def check_join(binary, folder, bad, good):
    """Not even a nested loop looks rows up; by the column itself it does."""
    if "TL325" not in rules_of(binary, folder, JOIN % bad):
        return "is not reported"
    nested = "SET enable_hashjoin = off; SET enable_mergejoin = off; "
    plans = [psql("SET enable_seqscan = off; " + nested + "EXPLAIN (FORMAT JSON) "
                  + JOIN % condition) for condition in (bad, good)]
    if '"Index Cond"' in plans[0]:
        return "has an Index Cond, so the finding is wrong"
    return None if '"Index Cond"' in plans[1] else "has none by the column either"


def check_inside(binary, folder, bad, good):
    if "TL337" not in rules_of(binary, folder, bad):
        return "is not reported"
    if "TL337" in rules_of(binary, folder, good):
        return "is reported where the condition is let in"
    if has_index_cond(bad):
        return "has an Index Cond, so the finding is wrong"
    if not has_index_cond(good):
        return "the other form has no Index Cond"
    return None if rows(bad) == rows(good) else "the other form finds other rows"


def check_across(binary, folder, sides):
    """No side is looked up; as two queries both are, with the same rows."""
    bad = STOPS_OF + " OR ".join(sides) + ";"
    good = " UNION ".join(STOPS_OF + side for side in sides) + ";"
    if "TL308" not in rules_of(binary, folder, bad):
        return "is not reported"
    if rows(bad) != rows(good):
        return "two queries find other rows"
    before, after = cost(bad), cost(good)
    if before < WORTH * after:
        return "costs %g, as two queries %g" % (before, after)
    return None


def main():
    binary = sys.argv[1]
    passed = failed = 0
    psql(SCHEMA + NOTES + STOPS + ROWS + STOP_ROWS + "CREATE EXTENSION pg_trgm;")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "schema.sql").write_text(SCHEMA + NOTES + STOPS)
        results = [(f, check(binary, folder, rule, f)) for rule, f in FILTERS]
        results += [(f, check_served(binary, folder, f)) for f in SERVED]
        results += [(bad, check_join(binary, folder, bad, good))
                    for bad, good in JOINS]
        results += [(" OR ".join(s), check_across(binary, folder, s))
                    for s in ACROSS]
        results += [(bad, check_inside(binary, folder, bad, good))
                    for bad, good in INSIDE]
    for filter_text, problem in results:
        if problem:
            failed += 1
            print("FAILED: %s: %s" % (filter_text, problem))
        else:
            passed += 1
    print("sargability: %d passed, %d failed" % (passed, failed))
    sys.exit(1 if failed else 0)


main()
