#!/usr/bin/env python3
"""plan-fixtures.py - writes the plan rules' fixtures from a real server.

Usage: plan-fixtures.py [--check BINARY] [RULE...], with PGHOST and PGUSER set
(see server.sh).

Makes the tables below, asks for the plan of each case and stores it under
testdata/rules/<rule>/, with the schema.sql that the plans were made with.
`expect` files are not written here: what a plan shows is the server's word,
what a rule must say of it is ours. Figures change a little with every run; which
rules fire must not.

With --check nothing is stored: of each bad case that the rule answers with a
statement to paste, the statement is run, the plan taken again, and the rule
must have nothing more to say.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

RULES = Path(__file__).resolve().parent.parent / "testdata" / "rules"

SCHEMA = """\
CREATE TABLE depots (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    region text NOT NULL
);
CREATE TABLE customers (
    id bigint PRIMARY KEY,
    email varchar(120) NOT NULL,
    country text NOT NULL,
    city text NOT NULL,
    depot_id bigint NOT NULL
);
CREATE TABLE shipments (
    id bigint PRIMARY KEY,
    customer_id bigint NOT NULL,
    depot_id bigint NOT NULL,
    status varchar(20) NOT NULL,
    weight_g integer NOT NULL,
    sent_at timestamptz NOT NULL
);
CREATE TABLE labels (
    code varchar(20) PRIMARY KEY,
    text text NOT NULL
);
CREATE TABLE scans (
    id bigint NOT NULL,
    shipment_id bigint NOT NULL,
    scanned_at timestamptz NOT NULL,
    depot_id bigint NOT NULL
) PARTITION BY RANGE (scanned_at);
CREATE TABLE returns (
    id bigint NOT NULL,
    region text NOT NULL,
    weight_g integer NOT NULL
) PARTITION BY LIST (region);
CREATE TABLE returns_north PARTITION OF returns FOR VALUES IN ('north');
CREATE TABLE returns_south PARTITION OF returns FOR VALUES IN ('south');
CREATE TABLE returns_rest PARTITION OF returns DEFAULT;
CREATE TABLE scans_2026_01 PARTITION OF scans
    FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE scans_2026_02 PARTITION OF scans
    FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE TABLE scans_2026_03 PARTITION OF scans
    FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
CREATE TABLE scans_2026_04 PARTITION OF scans
    FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
"""
ROWS = """
INSERT INTO depots
SELECT g, 'Depot ' || g, (ARRAY['north','east','south','west'])[1 + g % 4]
  FROM generate_series(1, 400) AS g;
INSERT INTO customers
SELECT g, 'c' || g || '@example.org', 'country' || g % 40,
       'city' || g % 40 || '-' || g % 400, 1 + g % 400
  FROM generate_series(1, 40000) AS g;
INSERT INTO shipments
SELECT g, 1 + g * 7919::bigint % 40000, 1 + g % 400,
       CASE WHEN g % 100 < 90 THEN 'done' WHEN g % 100 < 99 THEN 'sent'
            ELSE 'lost' END,
       g * 31 % 5000, '2026-01-01'::timestamptz + g * interval '1 minute'
  FROM generate_series(1, 150000) AS g;
INSERT INTO labels
SELECT 'L' || g, 'text ' || g FROM generate_series(1, 80) AS g;
INSERT INTO scans
SELECT g, 1 + g % 150000, '2026-01-01'::timestamptz + g * interval '86 seconds',
       1 + g % 400
  FROM generate_series(1, 120000) AS g;
INSERT INTO returns
SELECT g, (ARRAY['north','east','south','west'])[1 + g % 4], g * 31 % 5000
  FROM generate_series(1, 40000) AS g;
ANALYZE;
"""
NO_WORKERS = "SET max_parallel_workers_per_gather = 0;"
WORKERS = """SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2;"""


class Case:
    """A query; `setup` is undone behind it. Plain: without ANALYZE."""

    def __init__(self, name, sql, setup="", plain=False, settings=NO_WORKERS):
        self.name = name
        self.sql = sql
        self.setup = setup
        self.plain = plain
        self.settings = settings


BY_DEPOT = "CREATE INDEX ON shipments (depot_id); ANALYZE shipments;"
# rule: (DDL that schema.sql has, too, cases)
CASES = {
    "seq-scan-in-loop": ("", [
        Case("bad_subquery", """SELECT d.name, (SELECT count(*) FROM shipments s
             WHERE s.depot_id = d.id AND s.status = 'lost') FROM depots d
             WHERE d.region = 'north' AND d.id < 120"""),
        Case("bad_subquery_plain", """SELECT d.name,
             (SELECT max(s.sent_at) FROM shipments s WHERE s.depot_id = d.id)
             FROM depots d WHERE d.id < 100""", plain=True),
        Case("bad_lateral", """SELECT d.name, l.id FROM depots d, LATERAL
             (SELECT s.id FROM shipments s WHERE s.depot_id = d.id
              ORDER BY s.sent_at DESC LIMIT 1) l WHERE d.id < 60"""),
        Case("bad_join_filter", """SELECT c.email, s.id FROM customers c
             JOIN shipments s ON s.customer_id = c.id
             WHERE c.country = 'country7' AND c.city = 'city7-7'
             AND lower(c.email) LIKE 'c1%'""",
             settings=NO_WORKERS + """SET enable_hashjoin = off;
             SET enable_mergejoin = off; SET enable_material = off;"""),
        Case("good_small_table", """SELECT s.id, (SELECT text FROM labels l
             WHERE l.text = 'text ' || s.weight_g) FROM shipments s
             WHERE s.id < 3000""", settings=NO_WORKERS),
        Case("good_index", """SELECT d.name, (SELECT count(*) FROM shipments s
             WHERE s.depot_id = d.id) FROM depots d WHERE d.id < 120""",
             BY_DEPOT),
        Case("good_kept", """SELECT d.name, (SELECT sum(s.weight_g)
             FROM shipments s WHERE s.depot_id <> d.id) FROM depots d
             WHERE d.id < 20"""),
        Case("good_hash", """SELECT d.name, s.id FROM depots d JOIN shipments s
             ON s.depot_id = d.id WHERE d.id < 20"""),
        Case("good_hashed_subplan", """SELECT count(*) FROM customers c
             WHERE c.id NOT IN (SELECT customer_id FROM shipments
             WHERE status = 'lost')"""),
        Case("good_few_loops", """SELECT d.name, (SELECT count(*)
             FROM shipments s WHERE s.depot_id = d.id AND s.status = 'lost')
             FROM depots d WHERE d.id < 4"""),
        Case("good_materialize", """SELECT count(*) FROM depots d
             JOIN customers c ON c.city < d.name WHERE d.id < 20"""),
    ]),
    "index-exists-but-unused": ("""\
CREATE INDEX shipments_customer_id_idx ON shipments USING brin (customer_id);
CREATE INDEX shipments_status_idx ON shipments (status);
CREATE INDEX customers_city_idx ON customers (city);
CREATE INDEX customers_email_idx ON customers (email COLLATE "C");
""", [
        Case("bad_stale", """SELECT * FROM customers
             WHERE city = 'nowhere'""",
             """UPDATE customers SET city = 'nowhere'; ANALYZE customers;
             UPDATE customers SET city = 'city' || id WHERE id > 5""",
             settings=NO_WORKERS + "SET enable_bitmapscan = off;"),
        Case("bad_method", """SELECT * FROM shipments
             WHERE customer_id = 77"""),
        Case("good_subquery_plain", """SELECT d.name,
             (SELECT max(s.sent_at) FROM shipments s WHERE s.depot_id = d.id)
             FROM depots d WHERE d.id < 100""", plain=True),
        Case("bad_other_column", """SELECT * FROM shipments
             WHERE status = 'done' AND depot_id = 17 AND weight_g < 500"""),
        Case("bad_collation", """SELECT * FROM customers
             WHERE email = 'c77@example.org'"""),
        Case("bad_settings", "SELECT * FROM customers WHERE city = 'city7-7'",
             settings=NO_WORKERS + """SET enable_indexscan = off;
             SET enable_bitmapscan = off;"""),
        Case("bad_plain", "SELECT * FROM customers WHERE city = 'city3-3'",
             settings=NO_WORKERS + """SET enable_indexscan = off;
             SET enable_bitmapscan = off;""", plain=True),
        Case("good_used", "SELECT * FROM customers WHERE city = 'city7-7'"),
        Case("good_many_kept", """SELECT * FROM shipments
             WHERE status = 'sent'""",
             settings=NO_WORKERS + "SET enable_bitmapscan = off;"),
        Case("good_small", "SELECT * FROM labels WHERE code = 'L9'"),
        Case("good_wrapped", """SELECT * FROM customers
             WHERE lower(city) = 'city7-7'"""),
        Case("good_later_index", "SELECT * FROM shipments WHERE weight_g = 7"),
    ]),
    "rows-removed-by-filter": ("""\
CREATE INDEX shipments_sent_at_idx ON shipments (sent_at);
""", [
        Case("bad", """SELECT * FROM shipments WHERE sent_at < '2026-01-15'
             AND customer_id = 12"""),
        Case("bad_limit", """SELECT * FROM shipments WHERE status = 'lost'
             AND weight_g = 4800 ORDER BY sent_at LIMIT 20""",
             settings=NO_WORKERS + "SET enable_sort = off;"),
        Case("bad_bitmap", """SELECT * FROM shipments
             WHERE sent_at < '2026-02-01' AND weight_g = 31""",
             settings=NO_WORKERS + "SET enable_indexscan = off;"),
        Case("bad_loop", """SELECT d.name, (SELECT count(*) FROM shipments s
             WHERE s.sent_at < '2026-01-02' AND s.depot_id = d.id)
             FROM depots d WHERE d.id < 100"""),
        Case("bad_partitions", """SELECT count(*) FROM scans
             WHERE scanned_at < '2026-03-20' AND depot_id = 17
             AND shipment_id > 100000""",
             "CREATE INDEX ON scans (scanned_at); ANALYZE scans;",
             settings=NO_WORKERS + "SET enable_seqscan = off;"),
        Case("good_few_rows", """SELECT * FROM shipments
             WHERE sent_at < '2026-01-02' AND customer_id = 12"""),
        Case("good_kept", """SELECT count(weight_g) FROM shipments
             WHERE sent_at < '2026-02-01' AND status = 'done'"""),
        Case("good_composite", """SELECT * FROM shipments
             WHERE sent_at < '2026-01-15' AND customer_id = 12""",
             "CREATE INDEX ON shipments (customer_id, sent_at);"),
        Case("good_plain", """SELECT * FROM shipments
             WHERE sent_at < '2026-01-15' AND customer_id = 12""",
             plain=True),
    ]),
    "misestimate": ("", [
        Case("bad_together", """SELECT count(*) FROM customers
             WHERE length(city) = 8 AND substr(city, 1, 4) = 'city'
             AND depot_id > 2"""),
        Case("bad_stale", "SELECT count(*) FROM shipments WHERE status = 'new'",
             """INSERT INTO shipments SELECT g, 1, 1, 'new', 5, now()
             FROM generate_series(200001, 230000) AS g"""),
        Case("bad_join", """SELECT count(*) FROM customers c JOIN shipments s
             ON s.customer_id = c.id WHERE upper(c.country) LIKE 'COUNTRY%'
             AND length(c.country) = 9 AND substr(c.city, 1, 4) = 'city'"""),
        Case("bad_over", """SELECT count(*) FROM shipments s JOIN customers c
             ON s.depot_id = c.id + 1000000"""),
        Case("good_over_told", """SELECT count(*) FROM shipments
             WHERE weight_g + depot_id > 100000"""),
        Case("bad_workers", """SELECT count(*) FROM customers
             WHERE length(city) = 8 AND substr(city, 1, 4) = 'city'
             AND depot_id > 2""", settings=WORKERS),
        Case("good_told", """SELECT count(*) FROM shipments
             WHERE date_trunc('week', sent_at) = '2026-02-02'"""),
        Case("good_right", """SELECT count(*) FROM shipments
             WHERE status = 'lost'"""),
        Case("good_limit", """SELECT * FROM shipments WHERE weight_g > 10
             LIMIT 10"""),
        Case("good_exists", """SELECT EXISTS (SELECT 1 FROM shipments
             WHERE weight_g > 10)"""),
        Case("good_few_rows", """SELECT * FROM customers
             WHERE country = 'country7' AND city = 'city7-7'
             AND depot_id = 8"""),
        Case("good_partitions", """SELECT count(*) FROM scans
             WHERE scanned_at::date = '2026-02-07'"""),
        Case("good_merge", """SELECT count(*) FROM depots d JOIN shipments s
             ON s.id = d.id""", settings=NO_WORKERS + """SET enable_hashjoin =
             off; SET enable_nestloop = off;"""),
        Case("good_function", """SELECT count(*)
             FROM unnest(array_fill(1, ARRAY[20000])) AS t"""),
        Case("good_empty_hash", """SELECT count(*) FROM shipments s
             JOIN depots d ON d.id = s.depot_id WHERE d.region = 'none'"""),
    ]),
    "nested-loop-blowup": ("", [
        Case("bad", """SELECT count(s.weight_g) FROM customers c
             JOIN shipments s ON s.id = c.id WHERE length(c.country) = 9
             AND substr(c.city, 1, 4) = 'city'
             AND upper(c.country) LIKE 'COUNTRY%'"""),
        Case("bad_chain", """SELECT count(s.weight_g), max(d.name)
             FROM customers c JOIN shipments s ON s.id = c.id
             JOIN depots d ON d.id = s.depot_id WHERE length(c.country) = 9
             AND substr(c.city, 1, 4) = 'city'
             AND upper(c.country) LIKE 'COUNTRY%'""",
             settings=NO_WORKERS + """SET enable_hashjoin = off;
             SET enable_mergejoin = off; SET enable_memoize = off;"""),
        Case("bad_stale", """SELECT count(c.email) FROM shipments s
             JOIN customers c ON c.id = s.customer_id
             WHERE s.status = 'new'""",
             """INSERT INTO shipments SELECT g, g % 40000, 1, 'new', 5, now()
             FROM generate_series(200001, 230000) AS g"""),
        Case("bad_workers", """SELECT count(s.weight_g) FROM customers c
             JOIN shipments s ON s.id = c.id WHERE length(c.country) = 9
             AND substr(c.city, 1, 4) = 'city'
             AND upper(c.country) LIKE 'COUNTRY%'""", settings=WORKERS +
             "SET enable_hashjoin = off; SET enable_mergejoin = off;"),
        Case("good_expected", """SELECT count(c.email) FROM shipments s
             JOIN customers c ON c.id = s.customer_id WHERE s.status = 'lost'
             """, settings=NO_WORKERS + """SET enable_hashjoin = off;
             SET enable_mergejoin = off; SET enable_memoize = off;"""),
        Case("good_few_loops", """SELECT count(s.weight_g) FROM customers c
             JOIN shipments s ON s.id = c.id WHERE c.city = 'city7-7'
             AND length(c.email) > 3 AND upper(c.country) = 'COUNTRY7'"""),
        Case("good_one_row", """SELECT d.name, s.id FROM depots d
             JOIN shipments s ON s.depot_id = d.id WHERE d.id = 5"""),
        Case("good_plain", """SELECT count(s.weight_g) FROM customers c
             JOIN shipments s ON s.id = c.id WHERE length(c.country) = 9
             AND substr(c.city, 1, 4) = 'city'
             AND upper(c.country) LIKE 'COUNTRY%'""", plain=True),
        Case("good_correct_chain", """SELECT d.name, l.id FROM depots d,
             LATERAL (SELECT s.id, c.email FROM shipments s JOIN customers c
             ON c.id = s.customer_id WHERE s.depot_id = d.id
             ORDER BY s.sent_at DESC LIMIT 5) l""",
             "CREATE INDEX ON shipments (depot_id, sent_at);"),
    ]),
    "partition-pruning-failed": ("", [
        Case("bad_cast", """SELECT count(*) FROM scans
             WHERE scanned_at::date = '2026-02-07'"""),
        Case("bad_function_plain", """SELECT * FROM scans s
             WHERE date_trunc('day', s.scanned_at) = '2026-02-07'
             AND s.depot_id = 5""", plain=True),
        Case("bad_arithmetic", """SELECT count(*) FROM scans
             WHERE scanned_at + interval '1 hour' > '2026-04-29'"""),
        Case("bad_workers", """SELECT count(*) FROM scans
             WHERE date(scanned_at) = '2026-02-07'""", settings=WORKERS),
        Case("bad_list", """SELECT max(weight_g) FROM returns
             WHERE lower(region) = 'north'"""),
        Case("good_list", """SELECT max(weight_g) FROM returns
             WHERE region = 'north'"""),
        Case("good_range", """SELECT count(*) FROM scans
             WHERE scanned_at >= '2026-02-07' AND scanned_at < '2026-02-08'"""),
        Case("good_other_column", "SELECT count(*) FROM scans WHERE depot_id = 5"),
        Case("good_two_months", """SELECT count(*) FROM scans
             WHERE scanned_at >= '2026-02-01' AND scanned_at < '2026-04-01'
             AND scanned_at::time < '06:00'"""),
        Case("good_at_run_time", """SELECT count(*) FROM scans
             WHERE scanned_at > '2026-04-01'::timestamptz + (random()
             * interval '0')"""),
        Case("good_removed", """SELECT count(*) FROM scans
             WHERE scanned_at >= current_setting('a.day')::timestamptz
             AND scanned_at::time < '06:00'""", "SET a.day = '2026-04-02'"),
        Case("good_union", """SELECT id FROM shipments
             WHERE sent_at::date = '2026-02-07' UNION ALL SELECT id FROM labels,
             depots WHERE code = 'L1' UNION ALL SELECT id FROM customers
             WHERE country = 'country1'"""),
        Case("good_whole", "SELECT count(*) FROM scans"),
    ]),
    "large-offset": ("CREATE INDEX shipments_sent_at_idx ON shipments "
                     "(sent_at);\n", [
        Case("bad", """SELECT id FROM shipments ORDER BY sent_at LIMIT 20
             OFFSET 60000"""),
        Case("bad_plain", """SELECT id FROM shipments ORDER BY sent_at LIMIT 20
             OFFSET 60000""", plain=True),
        Case("bad_sort", """SELECT id FROM shipments ORDER BY weight_g, id
             LIMIT 50 OFFSET 30000"""),
        Case("bad_no_limit_plain", """SELECT id FROM shipments ORDER BY id
             OFFSET 140000""", plain=True),
        Case("good_keyset", """SELECT id FROM shipments
             WHERE sent_at > '2026-02-12' ORDER BY sent_at LIMIT 20"""),
        Case("good_keyset_plain", """SELECT id FROM shipments
             WHERE sent_at > '2026-02-12' ORDER BY sent_at LIMIT 20""",
             plain=True),
        Case("good_small_offset", """SELECT id FROM shipments ORDER BY sent_at
             LIMIT 20 OFFSET 400"""),
        Case("good_sort_plain", """SELECT id FROM shipments ORDER BY weight_g
             LIMIT 20""", plain=True),
        Case("good_batches", """SELECT id FROM shipments ORDER BY id
             LIMIT 50000 OFFSET 50000"""),
        Case("good_loop", """SELECT d.id, (SELECT id FROM shipments s
             WHERE s.sent_at > '2026-02-01' ORDER BY s.sent_at, d.id - d.id
             LIMIT 1 OFFSET 200 + d.id % 2) FROM depots d"""),
        Case("good_beyond", """SELECT id FROM customers WHERE id < 500
             ORDER BY id LIMIT 20 OFFSET 90000"""),
    ]),
    "limit-after-full-sort": ("", [
        Case("bad", "SELECT * FROM shipments ORDER BY sent_at DESC LIMIT 20"),
        Case("bad_plain", """SELECT id FROM customers ORDER BY email, id
             LIMIT 10""", plain=True),
        Case("bad_workers", """SELECT * FROM shipments
             ORDER BY weight_g DESC, id LIMIT 5""", settings=WORKERS),
        Case("bad_filter", """SELECT * FROM shipments WHERE status = 'done'
             ORDER BY sent_at DESC NULLS LAST LIMIT 20"""),
        Case("good_index", """SELECT * FROM shipments ORDER BY id DESC
             LIMIT 20"""),
        Case("good_random", "SELECT * FROM customers ORDER BY random() LIMIT 5"),
        Case("good_small", "SELECT * FROM depots ORDER BY name LIMIT 5"),
        Case("good_most_rows", """SELECT * FROM customers ORDER BY city
             LIMIT 30000"""),
        Case("good_grouped", """SELECT customer_id, count(*) FROM shipments
             GROUP BY customer_id ORDER BY count(*) DESC LIMIT 10"""),
        Case("good_joined", """SELECT s.id FROM shipments s JOIN depots d
             ON d.id = s.depot_id ORDER BY d.name, s.sent_at LIMIT 10"""),
        Case("good_selective", """SELECT * FROM shipments WHERE customer_id = 7
             ORDER BY sent_at LIMIT 10"""),
    ]),
    "cte-or-subplan-per-row": ("""\
CREATE INDEX shipments_customer_id_idx ON shipments (customer_id, sent_at);
""", [
        Case("bad_subplan", """SELECT c.id, (SELECT s.weight_g FROM shipments s
             WHERE s.customer_id = c.id ORDER BY s.sent_at DESC LIMIT 1)
             FROM customers c"""),
        Case("bad_subplan_plain", """SELECT c.id, (SELECT max(s.weight_g)
             FROM shipments s WHERE s.customer_id = c.id) FROM customers c
             """, plain=True),
        Case("bad_filter", """SELECT count(*) FROM customers c
             WHERE (SELECT count(*) FROM shipments s
             WHERE s.customer_id = c.id) > 3"""),
        Case("bad_fence", """WITH s AS MATERIALIZED (SELECT * FROM shipments)
             SELECT * FROM s WHERE id = 5"""),
        Case("bad_fence_plain", """WITH s AS MATERIALIZED
             (SELECT * FROM shipments) SELECT * FROM s WHERE customer_id = 5""",
             plain=True),
        Case("bad_cte_loop", """WITH s AS MATERIALIZED (SELECT depot_id,
             count(*) AS n FROM shipments GROUP BY depot_id)
             SELECT d.name, (SELECT n FROM s WHERE s.depot_id = d.id)
             FROM depots d"""),
        Case("bad_not_in", """SELECT count(*) FROM customers c WHERE
             c.id < 1500 AND c.id NOT IN (SELECT customer_id FROM shipments)""",
             settings=NO_WORKERS + """SET work_mem = '64kB';
             SET hash_mem_multiplier = 1;"""),
        Case("good_few_rows", """SELECT d.id, (SELECT s.sent_at
             FROM shipments s WHERE s.customer_id = d.id ORDER BY s.sent_at
             DESC LIMIT 1) FROM depots d"""),
        Case("good_hashed", """SELECT count(*) FROM customers c
             WHERE c.id NOT IN (SELECT customer_id FROM shipments
             WHERE status = 'lost')"""),
        Case("good_hashed_plain", """SELECT count(*) FROM customers c
             WHERE c.id NOT IN (SELECT customer_id FROM shipments
             WHERE status = 'lost')""", plain=True),
        Case("good_inlined", """WITH s AS (SELECT * FROM shipments)
             SELECT * FROM s WHERE id = 5"""),
        Case("good_recursive", """WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL
             SELECT n + 1 FROM r WHERE n < 20000)
             SELECT * FROM r WHERE n = 7"""),
        Case("good_returning", """WITH moved AS (UPDATE customers
             SET city = city RETURNING id) SELECT * FROM moved
             WHERE id = 9"""),
        Case("good_init", """SELECT count(*) FROM shipments WHERE weight_g >
             (SELECT avg(weight_g) FROM shipments)"""),
        Case("good_exists", """SELECT count(*) FROM customers c WHERE NOT EXISTS
             (SELECT 1 FROM shipments s WHERE s.customer_id = c.id)"""),
        Case("good_whole_cte", """WITH s AS MATERIALIZED (SELECT depot_id,
             count(*) AS n FROM shipments GROUP BY depot_id)
             SELECT d.name, s.n FROM depots d JOIN s ON s.depot_id = d.id"""),
    ]),
}


def psql(sql):
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1"],
                          input=sql, capture_output=True, text=True)
    if done.returncode:
        sys.exit("plan-fixtures: %s\n%s" % (done.stderr, sql))
    return done.stdout


PASTED = re.compile(r"(?:ANALYZE|CREATE (?:INDEX|STATISTICS))[^;]*;")


def plan_of(case, fix=""):
    how = "FORMAT JSON" if case.plain else "ANALYZE, BUFFERS, FORMAT JSON"
    text = psql("BEGIN; %s; %s %s EXPLAIN (%s) %s; ROLLBACK;" % (
        case.setup or "SELECT", fix, case.settings, how, case.sql))
    # What was undone still takes room, and the planner counts it.
    if case.setup or fix:
        psql("VACUUM FULL ANALYZE;")
    return text


def make_tables(ddl):
    psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + SCHEMA + ddl +
         ROWS)


def write(rule):
    ddl, cases = CASES[rule]
    folder = RULES / rule
    folder.mkdir(exist_ok=True)
    make_tables(ddl)
    (folder / "schema.sql").write_text(SCHEMA + ddl)
    for case in cases:
        text = plan_of(case).strip()
        json.loads(text)
        (folder / (case.name + ".json")).write_text(text + "\n")
    print("plan-fixtures: %s: %d plans" % (rule, len(cases)))


# ---- is the help right? -----------------------------------------------------


def findings(binary, rule, ddl, plan):
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "schema.sql"
        schema.write_text(SCHEMA + ddl)
        file = Path(folder) / "plan.json"
        file.write_text(plan)
        done = subprocess.run(
            [binary, "--format", "json", "--select", rule, "--schema",
             str(schema), str(file)], capture_output=True)
    return json.loads(done.stdout)["findings"]


def check(binary, rule):
    ddl, cases = CASES[rule]
    make_tables(ddl)
    wrong = tried = 0
    for case in cases:
        found = findings(binary, rule, ddl, plan_of(case))
        helps = " ".join(str(f["help"]) for f in found)
        fix = " ".join(PASTED.findall(helps)).replace(" CONCURRENTLY", "")
        if not fix:
            continue
        tried += 1
        left = findings(binary, rule, ddl, plan_of(case, fix))
        if left:
            wrong += 1
            print("    %s: %s\n        leaves %s" % (case.name, fix,
                                                   left[0]["message"]))
    print("plan-fixtures: %s: %d statements tried, %d in vain" % (
        rule, tried, wrong))
    return wrong


def main():
    args = sys.argv[1:]
    if args[:1] == ["--check"]:
        sys.exit(sum([check(args[1], rule) for rule in args[2:] or CASES]) > 0)
    for rule in args or CASES:
        write(rule)


if __name__ == "__main__":
    main()
