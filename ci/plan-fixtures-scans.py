#!/usr/bin/env python3
"""plan-fixtures-scans.py - writes the fixtures of the plan rules about scans,
and those of what a plan must be and what it was.

Usage: ci/plan-fixtures-scans.sh [RULE...]

Run beside a throw-away server; the tables and the rest are plan-fixtures.py's.
Where a fixture has its query in a file beside it, that is what is explained.
"""
import importlib
import json
import sys

base = importlib.import_module("plan-fixtures")
Case, RULES = base.Case, base.RULES
NO_WORKERS, WORKERS = base.NO_WORKERS, base.WORKERS

BY_CUSTOMER = "CREATE INDEX ON shipments (customer_id); ANALYZE shipments;"
# rule: (DDL that schema.sql has, too, or None for no schema.sql, cases)
CASES = {
    "seq-scan": (None, [
        Case("bad", """SELECT id, sent_at FROM shipments
             WHERE customer_id = 77 ORDER BY sent_at""", settings=WORKERS),
        Case("bad_plain", """SELECT id, sent_at FROM shipments
             WHERE customer_id = 77 ORDER BY sent_at""", settings=WORKERS,
             plain=True),
        Case("bad_or", """SELECT * FROM shipments WHERE customer_id = 77
             OR (depot_id = 3 AND weight_g = 6)"""),
        Case("bad_pattern", """SELECT * FROM customers
             WHERE email LIKE '%77@example.org'"""),
        Case("bad_except_list", """SELECT * FROM shipments WHERE weight_g = 31
             AND id NOT IN (SELECT id FROM customers)"""),
        Case("good_small_table", """SELECT * FROM labels
             WHERE text LIKE 'text 1%' AND code <> 'L1'"""),
        Case("good_half_kept", """SELECT count(*) FROM shipments
             WHERE weight_g > 2500""", settings=WORKERS),
        Case("good_limit", "SELECT * FROM shipments WHERE depot_id > 3 LIMIT 10"),
        Case("good_limit_plain", """SELECT * FROM shipments WHERE depot_id > 3
             LIMIT 10""", plain=True),
        Case("good_in_loop", """SELECT d.name, (SELECT count(*)
             FROM shipments s WHERE s.depot_id = d.id AND s.status = 'lost')
             FROM depots d WHERE d.region = 'north' AND d.id < 120"""),
        Case("good_sample", "SELECT * FROM shipments WHERE random() < 0.001"),
        Case("good_not_in", """SELECT * FROM customers WHERE id NOT IN
             (SELECT id FROM customers WHERE id > 20)"""),
    ]),
    "index-missing-for-filter": ("", [
        Case("bad", """SELECT id, sent_at FROM shipments
             WHERE customer_id = 77 ORDER BY sent_at""", settings=WORKERS),
        Case("bad_again", "SELECT * FROM shipments WHERE customer_id = 4242"),
        Case("bad_two_columns_plain", """SELECT * FROM shipments
             WHERE weight_g < 2 AND depot_id = 7""", plain=True),
        Case("bad_update", """UPDATE shipments SET status = 'lost'
             WHERE customer_id = 777"""),
        Case("bad_subplan_plain", """SELECT * FROM shipments
             WHERE depot_id = 7 AND weight_g = 6
             AND id NOT IN (SELECT id FROM customers)""", plain=True),
        Case("bad_init_plan", """SELECT * FROM shipments WHERE customer_id =
             (SELECT id FROM customers WHERE id = 77)"""),
        Case("good_index_scan", """SELECT * FROM shipments
             WHERE customer_id = 77 AND sent_at > '2026-02-01'""", BY_CUSTOMER),
        Case("good_small_table", """SELECT * FROM labels
             WHERE text LIKE 'text 1%' AND code <> 'L1'"""),
    ]),
    "filter-on-function": ("""\
CREATE INDEX shipments_sent_at_idx ON shipments (sent_at);
CREATE INDEX customers_email_idx ON customers (email COLLATE "C");
""", [
        Case("bad_cast", """SELECT * FROM shipments
             WHERE sent_at::date = '2026-02-01'""", settings=WORKERS),
        Case("bad_function", """SELECT * FROM customers
             WHERE lower(email) = 'c77@example.org'"""),
        Case("bad_text", "SELECT * FROM shipments WHERE id::text = '4242'"),
        Case("good_expression_index", """SELECT * FROM customers
             WHERE lower(email) = 'c77@example.org'""", """CREATE INDEX ON
             customers (lower(email)); ANALYZE customers;"""),
        Case("good_varchar", """SELECT * FROM shipments
             WHERE status = 'sent' AND weight_g = 31"""),
    ]),
    "plan-expectation-failed": (None, [
        Case("bad_scan", None, settings=WORKERS),
        Case("bad_many", None, settings=WORKERS),
        Case("good_index", None, "CREATE INDEX customers_lower_email_idx ON "
             "customers (lower(email)); ANALYZE customers;"),
        Case("good_plain", None, """CREATE INDEX customers_email_pattern_idx ON
             customers (email text_pattern_ops); ANALYZE customers;""",
             plain=True),
        Case("good_update", None, BY_CUSTOMER),
    ]),
    "plan-regression": (None, [
        Case("bad_index", None, "DROP INDEX parcels_route_taken_idx;"),
        Case("bad_join", None, """DROP INDEX parcels_route_id_idx,
             parcels_route_taken_idx;"""),
        Case("bad_scan", None, """DROP INDEX parcels_route_id_idx,
             parcels_route_taken_idx;"""),
        Case("bad_sort", None, "DROP INDEX parcels_taken_at_idx;"),
        Case("bad_spill", None, settings=NO_WORKERS +
             "SET enable_hashagg = off; SET work_mem = '1MB';"),
        Case("good_better", None, """CREATE INDEX parcels_weight_idx ON
             parcels (weight_g); ANALYZE parcels;"""),
        Case("good_new", None),
        Case("good_same", None),
    ]),
}
# What the baseline's queries are of.
PARCELS = """
CREATE TABLE routes (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO routes SELECT g, 'route ' || g FROM generate_series(1, 5000) AS g;
CREATE TABLE parcels (id bigint PRIMARY KEY, route_id integer NOT NULL,
    weight_g integer NOT NULL, label text NOT NULL,
    taken_at timestamptz NOT NULL);
INSERT INTO parcels SELECT g, 1 + g % 5000, g * 31 % 30011, md5(g::text),
       '2026-01-01'::timestamptz + g * interval '1 minute'
  FROM generate_series(1, 200000) AS g;
CREATE INDEX parcels_route_id_idx ON parcels (route_id);
CREATE INDEX parcels_route_taken_idx ON parcels (route_id, taken_at);
CREATE INDEX parcels_taken_at_idx ON parcels (taken_at);
ANALYZE;
"""


def write(rule):
    ddl, cases = CASES[rule]
    folder = RULES / rule
    base.make_tables(ddl or "")
    if rule == "plan-regression":
        base.psql(PARCELS)
    if ddl is not None:
        (folder / "schema.sql").write_text(base.SCHEMA + ddl)
    for case in cases:
        if case.sql is None:
            case.sql = (folder / (case.name + ".sql")).read_text().rstrip("\n;")
        text = base.plan_of(case).strip()
        json.loads(text)
        (folder / (case.name + ".json")).write_text(text + "\n")
    print("plan-fixtures-scans: %s: %d plans" % (rule, len(cases)))


if __name__ == "__main__":
    for name in sys.argv[1:] or CASES:
        write(name)
