#!/usr/bin/env python3
"""plan-fixtures-memory.py - writes the plans of testdata/rules/ that show
spills, triggers, compiling, workers, reads and what is switched off.

Usage: ci/plan-fixtures-memory.sh

Run beside a throw-away server. Each plan is the server's own; those of other
versions are made from one of them by what is known to differ. The place that
`expect` names is that of a node type, found in the text and not by the linter.
"""
import json
import subprocess
import sys
from pathlib import Path

RULES = Path(__file__).resolve().parent.parent / "testdata" / "rules"

TABLES = """
CREATE TABLE readings (id bigint, sensor_id int, level int, value float8,
  label text, seen timestamptz);
INSERT INTO readings SELECT g, g % 5000, g % 7,
  (g * 7919::bigint % 100003) / 10.0, md5(g::text), timestamptz '2026-01-01' + g * interval '1 minute'
  FROM generate_series(1, 300000) g;
CREATE INDEX readings_level_idx ON readings (level);
CREATE TABLE sensors (id int PRIMARY KEY, name text, site text);
INSERT INTO sensors SELECT g, 'sensor ' || g, 'site ' || g % 20
  FROM generate_series(0, 4999) g;
CREATE TABLE calibrations (reading_id bigint, note text);
INSERT INTO calibrations SELECT g, repeat('n', 40)
  FROM generate_series(1, 200000) g;
CREATE TABLE wide (id int, k int, filler text);
INSERT INTO wide SELECT g, (g * 7919::bigint % 1000), repeat('f', 200)
  FROM generate_series(1, 300000) g;
CREATE INDEX wide_k_idx ON wide (k);
CREATE INDEX wide_id_brin ON wide USING brin (id) WITH (pages_per_range = 64);
VACUUM ANALYZE;
CREATE TABLE visits (id int PRIMARY KEY, page int, at int);
INSERT INTO visits SELECT g, g % 100, g FROM generate_series(1, 50000) g;
CREATE INDEX visits_page_idx ON visits (page);
CREATE TABLE pages (id int PRIMARY KEY, title text);
INSERT INTO pages SELECT g, 'page ' || g FROM generate_series(1, 20000) g;
VACUUM ANALYZE pages;
ANALYZE visits;
CREATE TABLE logins (id int, day int, PRIMARY KEY (id, day))
  PARTITION BY RANGE (day);
CREATE TABLE logins_1 PARTITION OF logins FOR VALUES FROM (0) TO (50);
CREATE TABLE logins_2 PARTITION OF logins FOR VALUES FROM (50) TO (100);
INSERT INTO logins SELECT g, g % 100 FROM generate_series(1, 40000) g;
ANALYZE logins;
CREATE TABLE shops (id int PRIMARY KEY, name text);
INSERT INTO shops SELECT g, 'shop ' || g FROM generate_series(1, 500) g;
CREATE TABLE sales (id int PRIMARY KEY,
  shop_id int CONSTRAINT sales_shop_fk REFERENCES shops ON DELETE CASCADE,
  total int);
INSERT INTO sales SELECT g, g % 300, g FROM generate_series(1, 100000) g
  WHERE g % 300 > 0;
CREATE TABLE refunds (id int PRIMARY KEY, sale_id int
  CONSTRAINT refunds_sale_fk REFERENCES sales, at int);
INSERT INTO refunds SELECT g, 1 + g % 299, g FROM generate_series(1, 60000) g;
CREATE TABLE tickets (id int PRIMARY KEY,
  shop_id int CONSTRAINT tickets_shop_fk REFERENCES shops, body text);
CREATE INDEX tickets_shop_idx ON tickets (shop_id);
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
  $$BEGIN PERFORM pg_sleep(0.002); RETURN NEW; END$$;
CREATE TRIGGER tickets_audit AFTER INSERT ON tickets FOR EACH ROW
  WHEN (NEW.body = 'audited') EXECUTE FUNCTION slow();
ANALYZE shops; ANALYZE sales; ANALYZE refunds;
CREATE TABLE parts (id int, day int) PARTITION BY RANGE (day);
SELECT format('CREATE TABLE parts_%s PARTITION OF parts FOR VALUES FROM (%s) '
  'TO (%s)', g, g, g + 1) FROM generate_series(1, 55) g \\gexec
CREATE TABLE j1 (id int PRIMARY KEY, n int);
SELECT format('CREATE TABLE j%s (LIKE j1 INCLUDING ALL)', g)
  FROM generate_series(2, 12) g \\gexec
CREATE TABLE archive (id int, filler text);
INSERT INTO archive SELECT g, repeat('f', 220)
  FROM generate_series(1, 900000) g;
CREATE INDEX archive_id_idx ON archive (id);
ANALYZE;
CREATE TABLE scans (id int, sensor_id int);
INSERT INTO scans SELECT g, g % 10 FROM generate_series(1, 4900) g;
ANALYZE scans;
UPDATE scans SET sensor_id = id;
CREATE TABLE samples (id int, sensor_id int);
ALTER TABLE samples ALTER sensor_id SET (n_distinct = 50);
INSERT INTO samples SELECT g, g * 7919::bigint % 5000
  FROM generate_series(1, 60000) g;
ANALYZE samples;
"""


def joins(tables, column):
    return "SELECT count(*) FROM j1 " + " ".join(
        "JOIN j%d ON j%d.%s = j1.n" % (i, i, column)
        for i in range(2, tables + 1))


NO_PARALLEL = "SET max_parallel_workers_per_gather = 0;"
PARALLEL = ("SET max_parallel_workers_per_gather = 2;"
            "SET max_parallel_workers = 4; SET parallel_setup_cost = 0;"
            "SET parallel_tuple_cost = 0;"
            "SET min_parallel_table_scan_size = 0;")
ALONE = NO_PARALLEL + "SET enable_mergejoin = off; SET enable_nestloop = off;"
GROUPED = NO_PARALLEL + "SET enable_sort = off;"
BITMAP = NO_PARALLEL + ("SET enable_seqscan = off; SET enable_indexscan = off;"
                        "SET enable_indexonlyscan = off;")
ONLY = NO_PARALLEL + "SET enable_seqscan = off; SET enable_bitmapscan = off;"
JIT = NO_PARALLEL + ("SET jit = on; SET jit_above_cost = 0;"
                     "SET jit_inline_above_cost = 0;"
                     "SET jit_optimize_above_cost = 0;")
MEMOIZE = NO_PARALLEL + ("SET enable_hashjoin = off; SET enable_mergejoin = "
                         "off; SET enable_seqscan = off;")
CACHED = ("SELECT count(s.name) FROM (SELECT * FROM readings OFFSET 0) r "
          "JOIN sensors s ON s.id = %s")
JOIN = ("SELECT count(*) FROM readings r JOIN calibrations c "
        "ON c.reading_id = r.id WHERE c.note || r.label > ''")

# rule: (file, settings, query, node type that is found or None)
PLANS = {
    "sort-spill": [
        ("bad", NO_PARALLEL,
         "SELECT id, label FROM readings ORDER BY label", "Sort"),
        ("bad_parallel", PARALLEL,
         "SELECT id, value, label FROM readings ORDER BY value, id", "Sort"),
        ("bad_incremental", NO_PARALLEL + "SET enable_sort = off;"
         "SET enable_seqscan = off; SET enable_bitmapscan = off;"
         "SET work_mem = '1MB';",
         "SELECT * FROM readings ORDER BY level, label", "Incremental Sort"),
        ("bad_two", NO_PARALLEL,
         "SELECT id, rank() OVER (ORDER BY value) FROM readings ORDER BY label",
         "Sort"),
        ("good_memory", NO_PARALLEL + "SET work_mem = '128MB';",
         "SELECT id, label FROM readings ORDER BY label", None),
        ("good_top", NO_PARALLEL,
         "SELECT id, label FROM readings ORDER BY label LIMIT 20", None),
        ("good_small", NO_PARALLEL + "SET work_mem = '64kB';",
         "SELECT * FROM sensors ORDER BY name", None),
    ],
    "hash-spill": [
        ("bad", ALONE, JOIN, "Hash"),
        ("bad_grown", ALONE + "SET work_mem = '256kB';",
         JOIN + " AND r.label LIKE md5('1') || '%' IS NOT TRUE"
         " AND c.note || c.reading_id::text = c.note || c.reading_id::text"
         " AND r.level + 0 = r.level AND r.sensor_id + 0 = r.sensor_id",
         "Hash"),
        ("bad_parallel", PARALLEL + "SET work_mem = '1MB';"
         "SET enable_mergejoin = off; SET enable_nestloop = off;", JOIN,
         "Hash"),
        ("bad_aggregate", GROUPED, "SELECT label, count(*) FROM readings "
         "GROUP BY label", "Aggregate"),
        ("bad_aggregate_above_workers", PARALLEL + "SET enable_sort = off;"
         "SET work_mem = '1MB';", "SELECT label, sum(value) FROM readings "
         "GROUP BY label", "Aggregate"),
        ("bad_distinct", GROUPED + "SET work_mem = '1MB';",
         "SELECT DISTINCT value, label FROM readings", "Aggregate"),
        ("good_memory", ALONE + "SET work_mem = '128MB';", JOIN, None),
        ("good_small", ALONE + "SET work_mem = '64kB';",
         "SELECT count(*) FROM readings r JOIN sensors s ON s.id = r.sensor_id",
         None),
        ("good_aggregate", GROUPED + "SET work_mem = '128MB';",
         "SELECT label, count(*) FROM readings GROUP BY label", None),
    ],
    "temp-io": [
        ("bad_cte", NO_PARALLEL, "WITH all_readings AS MATERIALIZED (SELECT * "
         "FROM readings) SELECT count(*) FROM all_readings WHERE id = 4711",
         "CTE Scan"),
        ("bad_window", NO_PARALLEL,
         "SELECT id, label, sum(value) OVER () FROM readings", "WindowAgg"),
        ("bad_function", NO_PARALLEL,
         "SELECT count(*) FROM generate_series(1, 600000) g", "Function Scan"),
        ("bad_distinct_aggregate", NO_PARALLEL,
         "SELECT count(DISTINCT label) FROM readings", "Aggregate"),
        ("bad_materialize", NO_PARALLEL + "SET enable_hashjoin = off;"
         "SET enable_mergejoin = off;",
         "SELECT count(r.label) FROM sensors s LEFT JOIN readings r "
         "ON r.label > s.name || r.seen WHERE s.id < 3", "Materialize"),
        ("bad_cte_of_sort", NO_PARALLEL + "SET work_mem = '32MB';",
         "WITH s AS MATERIALIZED (SELECT * FROM readings ORDER BY label) "
         "SELECT count(*) FROM s WHERE id < 0", "CTE Scan"),
        ("good_sort", NO_PARALLEL, "SELECT id, label FROM readings "
         "ORDER BY label", None),
        ("good_sort_in_cte", NO_PARALLEL,
         "WITH s AS MATERIALIZED (SELECT * FROM readings ORDER BY label OFFSET "
         "299000) SELECT count(*) FROM s", None),
        ("good_hash", ALONE, JOIN, None),
        ("good_small", NO_PARALLEL + "SET work_mem = '64kB';",
         "WITH s AS MATERIALIZED (SELECT * FROM sensors) SELECT count(*) "
         "FROM s", None),
        ("good_memory", NO_PARALLEL + "SET work_mem = '128MB';",
         "SELECT id, label, sum(value) OVER () FROM readings", None),
    ],
    "lossy-bitmap": [
        ("bad", BITMAP + "SET work_mem = '64kB';",
         "SELECT count(filler) FROM wide WHERE k < 100", "Bitmap Heap Scan"),
        ("bad_or", BITMAP + "SET work_mem = '64kB';",
         "SELECT count(filler) FROM wide WHERE k < 60 OR k > 940",
         "Bitmap Heap Scan"),
        ("good_bitmap_and", BITMAP + "SET work_mem = '128kB';",
         "UPDATE wide SET filler = 'g' WHERE k BETWEEN 10 AND 90 AND id < 0",
         None),
        ("bad_between", BITMAP + "SET work_mem = '128kB';",
         "SELECT id, filler FROM wide WHERE k BETWEEN 500 AND 650",
         "Bitmap Heap Scan"),
        ("good_exact", BITMAP, "SELECT count(filler) FROM wide WHERE k < 100",
         None),
        ("good_brin", BITMAP,
         "SELECT count(filler) FROM wide WHERE id BETWEEN 1000 AND 90000",
         None),
        ("good_brin_narrow", BITMAP,
         "SELECT count(filler) FROM wide WHERE id BETWEEN 1000 AND 1010", None),
        ("good_few_rows", BITMAP + "SET work_mem = '64kB';",
         "SELECT count(*) FROM readings WHERE level < 7", None),
    ],
    "heap-fetches": [
        ("bad", ONLY, "SELECT count(*) FROM visits WHERE page < 50",
         "Index Only Scan"),
        ("bad_partitions", ONLY, "SELECT count(*) FROM logins WHERE id > 100",
         "Index Only Scan"),
        ("bad_loops", ONLY + "SET enable_hashjoin = off;"
         "SET enable_mergejoin = off; SET enable_memoize = off;"
         "SET enable_indexscan = on;",
         "SELECT count(*) FROM (SELECT id AS x FROM pages OFFSET 0) p "
         "JOIN visits v ON v.id = p.x", "Index Only Scan#2"),
        ("good_vacuumed", ONLY, "SELECT count(*) FROM pages WHERE id > 10",
         None),
        ("good_few", ONLY, "SELECT count(*) FROM visits WHERE page = 3", None),
        ("good_index_scan", NO_PARALLEL + "SET enable_seqscan = off;"
         "SET enable_bitmapscan = off;",
         "SELECT sum(at) FROM visits WHERE page < 50", None),
    ],
    "trigger-time": [
        ("bad", "", "DELETE FROM shops WHERE id BETWEEN 400 AND 480",
         "ModifyTable"),
        ("bad_two_levels", "", "DELETE FROM sales WHERE id > 99900",
         "ModifyTable"),
        ("bad_own", "", "INSERT INTO tickets SELECT g, 1, 'audited' "
         "FROM generate_series(1, 60) g", "ModifyTable"),
        ("good_referring", "", "INSERT INTO tickets SELECT g, 1 + g % 300, "
         "'plain' FROM generate_series(1000, 31000) g", None),
        ("good_few", "", "DELETE FROM shops WHERE id = 490", None),
        ("good_no_trigger", "", "DELETE FROM refunds WHERE id < 50000", None),
    ],
    "jit-overhead": [
        ("bad", JIT, "SELECT level, sum(value), avg(value), max(label) "
         "FROM readings WHERE sensor_id < 2500 GROUP BY level", "Aggregate"),
        ("bad_lookup", JIT,
         "SELECT * FROM readings r JOIN sensors s ON s.id = r.sensor_id "
         "WHERE s.name = 'sensor 17' AND r.level = 3", "*"),
        ("bad_parallel", PARALLEL + JIT.replace(NO_PARALLEL, ""),
         "SELECT level, sum(value) FROM readings GROUP BY level", "*"),
        ("good_share", NO_PARALLEL + "SET jit = on; SET jit_above_cost = 0;"
         "SET jit_inline_above_cost = -1; SET jit_optimize_above_cost = -1;",
         "SELECT count(*) FROM readings a JOIN readings b ON a.id = b.id "
         "JOIN readings c ON c.id = b.id", None),
        ("good_off", NO_PARALLEL + "SET jit = off;",
         "SELECT level, sum(value) FROM readings GROUP BY level", None),
        ("good_small", NO_PARALLEL + "SET jit = on; SET jit_above_cost = 0;"
         "SET jit_inline_above_cost = -1; SET jit_optimize_above_cost = -1;",
         "SELECT count(*) FROM sensors", None),
    ],
    "planning-time": [
        ("bad_joins", "SET join_collapse_limit = 12; SET geqo = off;",
         joins(11, "n"), "*"),
        ("bad_keys", "SET join_collapse_limit = 12; SET geqo = off;",
         joins(10, "id"), "*"),
        ("bad_partitions", "SET join_collapse_limit = 12; SET geqo = off;"
         + NO_PARALLEL, joins(10, "n") + " JOIN parts ON parts.day = j1.n",
         "*"),
        ("good_long_run", NO_PARALLEL, "SELECT count(*) FROM readings a, "
         "generate_series(1, 10) g", None),
        ("good_order_kept", "SET join_collapse_limit = 1; SET geqo = off;",
         joins(11, "n"), None),
        ("good_quick", "", "SELECT * FROM sensors WHERE id = 3", None),
    ],
    "workers-not-launched": [
        ("bad_none", PARALLEL + "SET max_parallel_workers = 0;",
         "SELECT count(*) FROM readings WHERE label LIKE '%abc%'", "Gather"),
        ("bad_one", PARALLEL + "SET max_parallel_workers = 1;",
         "SELECT level, count(*) FROM readings WHERE label LIKE '%a%' "
         "GROUP BY level", "Gather Merge"),
        ("bad_merge", PARALLEL + "SET max_parallel_workers = 1;",
         "SELECT id, label FROM readings WHERE label LIKE 'a%' "
         "ORDER BY label", "Gather Merge"),
        ("good_all", PARALLEL,
         "SELECT count(*) FROM readings WHERE label LIKE '%abc%'", None),
        ("good_short", PARALLEL + "SET max_parallel_workers = 0;",
         "SELECT count(*) FROM sensors", None),
        ("good_never", PARALLEL + "SET max_parallel_workers = 0;",
         "SELECT * FROM sensors s WHERE s.id = 3 AND (s.name IS NOT NULL OR "
         "EXISTS (SELECT 1 FROM readings r WHERE r.value < -1))", None),
    ],
    "disk-reads": [
        ("bad_count", NO_PARALLEL, "SELECT count(*), max(filler) FROM archive",
         "Seq Scan"),
        ("bad_index", ONLY, "SELECT max(filler) FROM archive WHERE id < 800000",
         "Index Scan"),
        ("bad_parallel", PARALLEL, "SELECT count(*), max(filler) FROM archive",
         "Seq Scan"),
        ("good_hit", NO_PARALLEL + "SELECT count(*) FROM sensors;",
         "SELECT count(*) FROM sensors", None),
        ("good_small", NO_PARALLEL, "SELECT count(*) FROM readings", None),
        ("good_told_by_seq_scan", NO_PARALLEL,
         "SELECT * FROM archive WHERE filler = 'x'", None),
    ],
    "disabled-or-forced-node": [
        ("bad", NO_PARALLEL + "SET enable_seqscan = off;",
         "SELECT * FROM sensors WHERE name = 'sensor 5'", "Seq Scan"),
        ("bad_join", NO_PARALLEL + "SET enable_nestloop = off;",
         "SELECT count(*) FROM sensors a JOIN sensors b ON a.id < b.id "
         "WHERE a.id < 5 AND b.id < 5", "Nested Loop"),
        ("bad_sort", NO_PARALLEL + "SET enable_sort = off;",
         "SELECT * FROM sensors ORDER BY name", "Sort"),
        ("bad_plain", NO_PARALLEL + "SET enable_seqscan = off;",
         "SELECT a.name FROM sensors a JOIN sensors b ON a.site = b.site",
         "Seq Scan"),
        ("good_off_but_unused", NO_PARALLEL + "SET enable_seqscan = off;",
         "SELECT * FROM sensors WHERE id = 5", None),
        ("good", NO_PARALLEL, "SELECT * FROM sensors WHERE name = 'sensor 5'",
         None),
        ("good_dear_plain", NO_PARALLEL, "SELECT * FROM wide a, wide b, "
         "sensors c WHERE a.filler <> b.filler", None),
    ],
    "low-cache-or-memoize": [
        ("bad", MEMOIZE + "SET work_mem = '64kB';", "SELECT count(s.name) "
         "FROM samples r JOIN sensors s ON s.id = r.sensor_id", "Memoize"),
        ("bad_stale", MEMOIZE, "SELECT count(s.name) FROM scans r "
         "JOIN sensors s ON s.id = r.sensor_id", "Memoize"),
        ("bad_settled", MEMOIZE + "SET work_mem = '64kB';",
         CACHED % "r.sensor_id", "Memoize"),
        ("good", MEMOIZE, CACHED % "r.sensor_id", None),
        ("good_few", MEMOIZE, "SELECT count(s.name) FROM (SELECT *, "
         "id::int AS k FROM readings WHERE id < 500 OFFSET 0) r "
         "JOIN sensors s ON s.id = r.k", None),
        ("good_no_memoize", MEMOIZE + "SET enable_memoize = off;",
         CACHED % "r.sensor_id", None),
    ],
}


def as_12(plan):
    """No hash aggregate of 12 goes to disk, and planning reads nothing."""
    plan.pop("Planning", None)
    for n in nodes(plan["Plan"]):
        for key in ("Async Capable", "HashAgg Batches", "Planned Partitions",
                    "Disk Usage", "Peak Memory Usage"):
            if n["Node Type"] == "Aggregate" or key == "Async Capable":
                n.pop(key, None)


def as_17(plan):
    """Reading has its kind of block; generation has its parts."""
    for n in nodes(plan["Plan"]):
        for way in ("Read", "Write"):
            ms = n.pop("I/O %s Time" % way, None)
            if ms is not None:
                n["Shared I/O %s Time" % way] = ms
                n["Local I/O %s Time" % way] = 0.0
    timing = plan.get("JIT", {}).get("Timing")
    if timing:
        timing["Generation"] = {"Deform": 0.1, "Total": timing["Generation"]}


def as_18(plan):
    """Rows have fractions; what is switched off says so, at no cost."""
    as_17(plan)
    off = [n for n in nodes(plan["Plan"]) if n["Startup Cost"] >= 1e10
           and all(c["Total Cost"] < 1e10 for c in n.get("Plans", []))]
    for n in nodes(plan["Plan"]):
        n["Disabled"] = any(n is o for o in off)
        if "Actual Rows" in n:
            n["Actual Rows"] += 0.25 if n["Actual Loops"] > 1 else 0.0
        for key in ("Startup Cost", "Total Cost"):
            while n[key] >= 1e10:
                n[key] = round(n[key] - 1e10, 2)
        if n["Node Type"].startswith("Index"):
            n["Index Searches"] = 1


def as_first_run(plan):
    plan["Planning"]["Shared Read Blocks"] = 912


def as_timed(plan):
    """The operating system had all the pages."""
    plan["Plan"]["I/O Read Time"] = 0.02 * plan["Execution Time"]


def as_timed_slow(plan):
    plan["Plan"]["I/O Read Time"] = round(0.7 * plan["Execution Time"], 3)


def of_key(name):
    """The same of another foreign key; schema.sql says what serves it."""
    def change(plan):
        plan["Triggers"][0]["Constraint Name"] = name
    return change


def as_auto_explain(plan):
    """It tells the whole time in the line before, and not in the plan."""
    plan.pop("Planning Time", None)
    plan.pop("Execution Time", None)


# rule: (file, the plan it is made from, how, node type or None)
VARIANTS = {
    "sort-spill": [("bad_18", "bad_two", as_18, "Sort")],
    "hash-spill": [("bad_18", "bad_aggregate", as_18, "Aggregate"),
                   ("good_12", "bad_aggregate", as_12, None)],
    "temp-io": [("bad_12", "bad_window", as_12, "WindowAgg")],
    "lossy-bitmap": [("bad_18", "bad_or", as_18, "Bitmap Heap Scan")],
    "heap-fetches": [("bad_18", "bad_loops", as_18, "Index Only Scan#2")],
    "trigger-time": [("bad_auto_explain", "bad", as_auto_explain,
                      "ModifyTable"),
                     ("bad_13", "bad_two_levels", as_12, "ModifyTable"),
                     ("bad_unseen", "bad", of_key("baskets_shop_fk"),
                      "ModifyTable"),
                     ("good_indexed_by_now", "bad", of_key("tickets_shop_fk"),
                      None)],
    "jit-overhead": [("bad_17", "bad", as_17, "*")],
    "planning-time": [("good_first_run", "bad_joins", as_first_run, None)],
    "workers-not-launched": [("bad_18", "bad_merge", as_18, "Gather Merge")],
    "disk-reads": [("bad_timed_17", "bad_count",
                    lambda p: (as_timed_slow(p), as_17(p)), "Seq Scan"),
                   ("good_first_run", "bad_count", as_first_run, None),
                   ("good_timed", "bad_count", as_timed, None)],
    "disabled-or-forced-node": [("bad_18", "bad_join", as_18, "Nested Loop"),
                                ("good_18", "good_off_but_unused", as_18,
                                 None)],
    "low-cache-or-memoize": [("bad_18", "bad_stale", as_18, "Memoize")],
}


def psql(text):
    done = subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1"],
                          input=text, capture_output=True, text=True)
    if done.returncode or done.stderr:
        sys.exit("plan-fixtures-memory: %s\n%s" % (done.stderr, text))
    return done.stdout


def explain(file, settings, query):
    """Twice, so that the catalogs are read; in a transaction that ends."""
    options = "" if "plain" in file else "ANALYZE, BUFFERS, "
    text = psql("%s BEGIN;\nEXPLAIN %s;\nSAVEPOINT s;\nEXPLAIN (%s SETTINGS, "
                "FORMAT JSON) %s;\nROLLBACK;\n"
                % (settings, query, options, query))
    return text[text.index("[\n"):]


def nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


def place(text, node):
    """Line and column of the value of the Nth such "Node Type"."""
    name, _, number = node.partition("#")
    seen = int(number or 1)
    for line, row in enumerate(text.splitlines(), 1):
        at = row.find('"Node Type": ')
        if at >= 0 and (name == "*" or '"%s"' % name in row):
            seen -= 1
            if seen == 0:
                return "%d:%d" % (line, at + len('"Node Type": ') + 1)
    print("plan-fixtures-memory: no %s in\n%s" % (node, text), file=sys.stderr)
    return "?"


def write_rule(rule, plans):
    folder = RULES / rule
    folder.mkdir(parents=True, exist_ok=True)
    texts, lines = {}, []
    for file, settings, query, node in plans:
        texts[file] = explain(file, settings, query)
        if node:
            lines.append("%s.json:%s %s" % (file, place(texts[file], node),
                                            rule))
    for file, source, change, node in VARIANTS.get(rule, []):
        documents = json.loads(texts[source])
        change(documents[0])
        texts[file] = json.dumps(documents, indent=2) + "\n"
        if node:
            lines.append("%s.json:%s %s" % (file, place(texts[file], node),
                                            rule))
    for file, text in texts.items():
        (folder / (file + ".json")).write_text(text)
    (folder / "expect").write_text("\n".join(sorted(lines)) + "\n")


def main():
    psql(TABLES)
    for rule, plans in PLANS.items():
        if len(sys.argv) < 2 or rule in sys.argv[1:]:
            write_rule(rule, plans)


if __name__ == "__main__":
    main()
