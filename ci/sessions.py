#!/usr/bin/env python3
"""sessions.py - which loops does tusklint find in labelled sessions?

Usage: sessions.py BINARY [NAME...]

Each session is what one or more connections did, written as the csvlog that a
server with log_min_duration_statement = 0 would have written, and the loops in
it: the rule and the table. Names are unconventional on purpose. Counted over
all sessions, precision and recall must both be at least 0.95; with names, the
findings of those sessions are printed.
"""
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ENOUGH = 0.95
RULES = {"TL401": "select", "TL402": "same", "TL403": "insert",
         "TL404": "write", "TL406": "commit", "TL407": "open"}
# Of the others a note is no verdict.
NOTES = {"TL406", "TL407"}
SCHEMA = """
CREATE TABLE kunde (nr bigint PRIMARY KEY, firma text, ort text);
CREATE TABLE auftrag (lfd bigint PRIMARY KEY, kd bigint REFERENCES kunde, am date);
CREATE TABLE posten (lfd bigint PRIMARY KEY, zu bigint REFERENCES auftrag, ware text, menge int);
CREATE TABLE ware (code text PRIMARY KEY, titel text, preis numeric);
CREATE TABLE tblSettings (k text PRIMARY KEY, v text);
CREATE TABLE ereignis (id bigint PRIMARY KEY, art text, wann timestamptz);
CREATE TABLE queue_items (qid bigint PRIMARY KEY, state text, payload text);
"""
SESSIONS = []


def session(*labels):
    """Registers a session; labels are "rule table" words."""
    def keep(function):
        SESSIONS.append((function.__name__, set(labels), function))
        return function
    return keep


class Log:
    """A server's csvlog, written by several connections."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.time = 9 * 3600 * 1000
        self.lines = []
        self.transactions = 100

    def record(self, pid, message, detail="", vxid=None, app="web"):
        t = self.time
        at = "2026-11-20 %02d:%02d:%02d.%03d UTC" % (
            t // 3600000, t // 60000 % 60, t // 1000 % 60, t % 1000)

        def cell(text):
            return '"%s"' % text.replace('"', '""') if text else ""
        self.lines.append(
            '%s,"app","shop",%d,"[local]",6920d0%02x.%x,%d,"SELECT",'
            '2026-11-20 08:00:00 UTC,%s,0,LOG,00000,%s,%s,,,,,,,,%s,'
            '"client backend",,0' % (
                at, pid, pid % 256, pid, len(self.lines) + 1,
                vxid or "%d/0" % (pid % 90), cell(message), cell(detail),
                cell(app)))


class Connection:
    def __init__(self, log, pid=4001, app="web"):
        self.log = log
        self.pid = pid
        self.app = app
        self.vxid = None

    def pause(self, ms):
        self.log.time += ms
        return self

    def run(self, sql, *values, ms=None, name="<unnamed>"):
        log = self.log
        took = ms if ms is not None else log.random.uniform(0.05, 0.6)
        log.time += 1 + int(took)
        if values:
            detail = "parameters: " + ", ".join(
                "$%d = %s" % (i, "NULL" if v is None else "'%s'" % v)
                for i, v in enumerate(values, 1))
            message = "duration: %.3f ms  execute %s: %s" % (took, name, sql)
        else:
            detail = ""
            message = "duration: %.3f ms  statement: %s" % (took, sql)
        log.record(self.pid, message, detail, self.vxid, self.app)
        return self

    def begin(self):
        self.log.transactions += 1
        self.vxid = "%d/%d" % (self.pid % 90, self.log.transactions)
        return self.run("BEGIN")

    def commit(self):
        self.run("COMMIT")
        self.vxid = None
        return self


LIST = "SELECT nr, firma FROM kunde WHERE ort = $1 ORDER BY nr"
CHILD = "SELECT lfd, am FROM auftrag WHERE kd = $1"
LINES = "SELECT lfd, ware, menge FROM posten WHERE zu = $1"
WARE = "SELECT titel, preis FROM ware WHERE code = $1"


# ---- loops of every kind -------------------------------------------------------


@session("select auftrag")
def list_and_children(log):
    c = Connection(log).run(LIST, "Ulm")
    for nr in range(12):
        c.run(CHILD, nr)


@session("select auftrag")
def literals_without_parameters(log):
    c = Connection(log).run("SELECT nr, firma FROM kunde WHERE ort = 'Ulm'")
    for nr in range(9):
        c.run("SELECT lfd, am FROM auftrag WHERE kd = %d" % nr)


@session("select auftrag")
def named_prepared_statement(log):
    c = Connection(log).run(LIST, "Ulm", name="s1")
    for nr in range(8):
        c.run(CHILD, nr, name="s2")


@session("select auftrag")
def inside_a_transaction(log):
    c = Connection(log).begin().run(LIST, "Bonn")
    for nr in range(15):
        c.run(CHILD, nr)
    c.commit()


@session("select ware")
def key_of_another_name(log):
    c = Connection(log).run("SELECT lfd, ware FROM posten WHERE menge > $1", 3)
    for i in range(14):
        c.run(WARE, "W%d" % i)


@session("select auftrag", "select posten")
def two_children_interleaved(log):
    c = Connection(log).run(LIST, "Ulm")
    for nr in range(10):
        c.run(CHILD, nr).run("SELECT count(*) FROM posten WHERE zu = $1", nr)


@session("select posten")
def nested_two_levels(log):
    c = Connection(log).run("SELECT lfd FROM auftrag WHERE am = $1",
                            "2026-01-01")
    for nr in range(16):
        c.run(LINES, nr)


@session("select kunde")
def parent_of_each_row(log):
    c = Connection(log).run("SELECT lfd, kd FROM auftrag ORDER BY am LIMIT 20")
    for i in range(20):
        c.run("SELECT firma FROM kunde WHERE nr = $1", i % 13)


@session("select auftrag")
def camel_case_quoted(log):
    c = Connection(log).run('SELECT "nr" FROM "kunde" AS "K" WHERE "K"."ort" = $1', "Ulm")
    for nr in range(7):
        c.run('SELECT "A"."lfd" FROM "auftrag" AS "A" WHERE "A"."kd" = $1', nr)


@session("select auftrag")
def slow_think_time_in_a_transaction(log):
    c = Connection(log).begin().run(LIST, "Ulm")
    for nr in range(8):
        c.pause(400).run(CHILD, nr)
    c.commit()


@session("select auftrag")
def with_a_constant_beside_the_key(log):
    c = Connection(log).run(LIST, "Ulm")
    for nr in range(9):
        c.run("SELECT lfd FROM auftrag WHERE kd = $1 AND am > $2", nr,
              "2026-01-01")


@session("insert posten")
def insert_loop_in_transaction(log):
    c = Connection(log).begin()
    for i in range(20):
        c.run("INSERT INTO posten (zu, ware, menge) VALUES ($1, $2, $3)", 7,
              "W%d" % i, i)
    c.commit()


@session("insert posten")
def insert_loop_autocommit(log):
    c = Connection(log)
    for i in range(25):
        c.run("INSERT INTO posten (zu, ware, menge) VALUES (%d, 'W%d', 1)" % (
            i, i))


@session("insert tblsettings")
def upsert_loop(log):
    c = Connection(log).begin()
    for i in range(10):
        c.run("INSERT INTO tblSettings (k, v) VALUES ($1, $2) ON CONFLICT (k) "
              "DO UPDATE SET v = excluded.v", "k%d" % i, i)
    c.commit()


@session("write ware")
def update_loop(log):
    c = Connection(log).begin()
    for i in range(11):
        c.run("UPDATE ware SET preis = $1 WHERE code = $2", i * 1.5, "W%d" % i)
    c.commit()


@session("write posten")
def delete_loop(log):
    c = Connection(log).begin()
    for i in range(9):
        c.run("DELETE FROM posten WHERE lfd = $1", i)
    c.commit()


@session("same tblsettings")
def same_setting_again(log):
    c = Connection(log).begin()
    for i in range(9):
        c.run("SELECT v FROM tblSettings WHERE k = $1", "currency")
    c.commit()


@session("select auftrag", "insert ereignis")
def read_loop_then_write_loop(log):
    c = Connection(log).begin().run(LIST, "Ulm")
    for nr in range(8):
        c.run(CHILD, nr)
    for i in range(8):
        c.run("INSERT INTO ereignis (art, wann) VALUES ($1, $2)", "a%d" % i,
              "2026-01-01")
    c.commit()


@session("select auftrag")
def tagged_requests_share_a_connection(log):
    c = Connection(log)
    for r in range(3):
        tag = "/*traceparent='00-%032x-0000000000000001-01'*/" % (r + 7)
        c.run(LIST + " " + tag, "Ulm")
        for nr in range(6):
            c.run(CHILD + " " + tag, r * 10 + nr)


@session("select auftrag")
def one_request_over_a_pool(log):
    pool = [Connection(log, 4100 + i) for i in range(4)]
    tag = " /*traceparent='00-%032x-0000000000000001-01'*/" % 99
    pool[0].run(LIST + tag, "Ulm")
    for nr in range(16):
        pool[nr % 4].run(CHILD + tag, nr)


@session("select auftrag")
def behind_a_transaction_pooler(log):
    # Other clients' work comes through the same server connection.
    c = Connection(log)
    for i in range(4):
        c.begin().run("SELECT v FROM tblSettings WHERE k = $1", "k%d" % i)
        c.commit().pause(300)
    c.begin().run(LIST, "Ulm")
    for nr in range(9):
        c.run(CHILD, nr)
    c.commit()


@session("write auftrag")
def savepoint_around_each(log):
    c = Connection(log).begin()
    for i in range(8):
        c.run("SAVEPOINT sp%d" % i)
        c.run("UPDATE auftrag SET am = $1 WHERE lfd = $2", "2026-01-01", i)
        c.run("RELEASE SAVEPOINT sp%d" % i)
    c.commit()


@session("select auftrag")
def exists_for_each(log):
    c = Connection(log).run(LIST, "Ulm")
    for nr in range(10):
        c.run("SELECT 1 FROM auftrag WHERE kd = $1 LIMIT 1", nr)


@session("select auftrag")
def many_columns_and_joins(log):
    c = Connection(log).run(LIST, "Ulm")
    for nr in range(10):
        c.run("SELECT a.lfd, p.ware FROM auftrag a JOIN posten p ON p.zu = "
              "a.lfd WHERE a.kd = $1 ORDER BY a.am", nr)


@session("insert posten")
def insert_returning_in_request(log):
    c = Connection(log).begin()
    c.run("INSERT INTO auftrag (kd, am) VALUES ($1, $2) RETURNING lfd", 4,
          "2026-01-01")
    for i in range(7):
        c.run("INSERT INTO posten (zu, ware, menge) VALUES ($1, $2, $3) "
              "RETURNING lfd", 99, "W%d" % i, 1)
    c.commit()


@session("commit auftrag")
def a_job_commits_each_row(log):
    c = Connection(log, app="mahnung")
    c.run("SELECT lfd, kd FROM auftrag WHERE am < $1", "2026-01-01")
    for nr in range(14):
        c.run("UPDATE auftrag SET am = now() WHERE lfd = %d" % nr)
        c.run("INSERT INTO ereignis (art, wann) VALUES ('mahnung', now())")


@session("open kunde")
def waits_for_a_service_in_a_transaction(log):
    for nr in range(3):
        c = Connection(log, 4001 + nr).begin()
        c.run("UPDATE kunde SET ort = $1 WHERE nr = $2", "Ulm", nr)
        c.pause(7500)
        c.run("INSERT INTO ereignis (art, wann) VALUES ($1, now())", "umzug")
        c.commit().pause(2000)


@session("open queue_items")
def holds_the_item_it_works_on(log):
    c = Connection(log, app="worker").begin()
    c.run("SELECT qid, payload FROM queue_items WHERE state = 'new' ORDER BY "
          "qid LIMIT 1 FOR UPDATE SKIP LOCKED")
    c.pause(20000)
    c.run("DELETE FROM queue_items WHERE qid = $1", 5)
    c.commit()


@session("open posten", "write posten")
def many_steps_in_a_long_transaction(log):
    c = Connection(log, app="import").begin()
    for i in range(30):
        c.run("UPDATE posten SET menge = 0 WHERE zu = %d AND ware > 'W%d'"
              % (i, i), ms=60)
        c.pause(2400)
    c.commit()


# ---- what only looks like one ---------------------------------------------------


@session()
def batched(log):
    c = Connection(log).run(LIST, "Ulm")
    c.run("SELECT lfd, kd FROM auftrag WHERE kd = ANY($1)", "{1,2,3,4,5,6,7}")
    c.run("SELECT zu, ware FROM posten WHERE zu IN (1, 2, 3, 4, 5, 6)")


@session()
def chunks(log):
    c = Connection(log).run(LIST, "Ulm")
    for i in range(12):
        keys = ", ".join(str(i * 50 + k) for k in range(50))
        c.run("SELECT lfd, kd FROM auftrag WHERE kd IN (%s)" % keys)


@session()
def four_only(log):
    c = Connection(log).run(LIST, "Ulm")
    for nr in range(4):
        c.run(CHILD, nr)


@session()
def pages_by_key(log):
    c = Connection(log)
    for i in range(15):
        c.run("SELECT nr, firma FROM kunde WHERE nr > $1 ORDER BY nr LIMIT 100",
              i * 100)


@session()
def pages_by_offset(log):
    c = Connection(log)
    for i in range(15):
        c.run("SELECT nr, firma FROM kunde ORDER BY nr LIMIT 100 OFFSET $1",
              i * 100)


@session()
def requests_far_apart(log):
    c = Connection(log)
    for i in range(40):
        c.run("SELECT firma FROM kunde WHERE nr = $1", i)
        c.pause(1500 + log.random.randrange(9000))


@session()
def poller(log):
    c = Connection(log, app="worker")
    for i in range(60):
        c.run("SELECT qid, payload FROM queue_items WHERE state = $1 ORDER BY "
              "qid LIMIT 1 FOR UPDATE SKIP LOCKED", "new")
        c.pause(1000)


@session()
def queue_worker(log):
    c = Connection(log, app="worker")
    for i in range(12):
        c.begin()
        c.run("SELECT qid, payload FROM queue_items WHERE state = $1 ORDER BY "
              "qid LIMIT 1 FOR UPDATE SKIP LOCKED", "new")
        c.run("UPDATE queue_items SET state = $1 WHERE qid = $2", "done", i)
        c.commit().pause(800)


@session()
def health_checks(log):
    c = Connection(log, app="lb")
    for i in range(50):
        c.run("SELECT 1").pause(5000)


@session()
def cron_job(log):
    c = Connection(log, app="cron")
    for i in range(10):
        c.run("DELETE FROM ereignis WHERE wann < $1", "2026-01-%02d" % (i + 1))
        c.run("SELECT count(*) FROM ereignis")
        c.pause(3600 * 1000)


@session()
def retries(log):
    c = Connection(log)
    for i in range(6):
        c.begin()
        c.run("UPDATE auftrag SET am = $1 WHERE lfd = $2", "2026-01-01", 7)
        c.run("ROLLBACK")
        c.vxid = None
        c.pause(250 * 2 ** i)


@session()
def cursor(log):
    c = Connection(log).begin()
    c.run("DECLARE c1 CURSOR FOR SELECT nr FROM kunde")
    for i in range(20):
        c.run("FETCH 100 FROM c1")
    c.commit()


@session()
def many_clients_one_lookup_each(log):
    for i in range(30):
        Connection(log, 5000 + i).run("SELECT firma FROM kunde WHERE nr = $1",
                                      i)


@session()
def unrelated_tagged_requests(log):
    c = Connection(log)
    for r in range(25):
        tag = " /*traceparent='00-%032x-0000000000000001-01'*/" % (r + 500)
        c.run("SELECT firma FROM kunde WHERE nr = $1" + tag, r)
        c.run(CHILD + tag, r)


@session()
def admin_script(log):
    c = Connection(log, app="psql")
    for table in ("kunde", "auftrag", "posten", "ware", "ereignis"):
        c.run("SELECT count(*) FROM %s" % table)
        c.run("VACUUM ANALYZE %s" % table, ms=40)
        c.pause(2000)


@session()
def catalog_introspection(log):
    c = Connection(log)
    for i in range(20):
        c.run("SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = $1",
              16384 + i)


@session()
def multi_row_inserts(log):
    c = Connection(log).begin()
    for i in range(10):
        c.run("INSERT INTO posten (zu, ware) VALUES (%d, 'a'), (%d, 'b')" % (
            i, i))
    c.commit()


@session()
def written_in_between(log):
    c = Connection(log).begin()
    for i in range(8):
        c.run("SELECT v FROM tblSettings WHERE k = $1", "counter")
        c.run("UPDATE tblSettings SET v = (v::int + 1)::text WHERE k = "
              "'counter'")
    c.commit()


@session()
def reports_of_several_shapes(log):
    c = Connection(log, app="report")
    c.run("SELECT ort, count(*) FROM kunde GROUP BY ort", ms=30)
    c.run("SELECT am, count(*) FROM auftrag GROUP BY am", ms=40)
    c.run("SELECT ware, sum(menge) FROM posten GROUP BY ware", ms=50)
    for month in range(1, 7):
        c.run("SELECT count(*) FROM auftrag WHERE am BETWEEN $1 AND $2",
              "2026-%02d-01" % month, "2026-%02d-28" % month, ms=20)


@session()
def random_numbers(log):
    c = Connection(log)
    for i in range(10):
        c.run("SELECT nextval('auftrag_lfd_seq')")


@session()
def updates_of_everything(log):
    c = Connection(log, app="cron")
    for i in range(6):
        c.run("UPDATE ereignis SET art = 'alt' WHERE wann < now() - interval "
              "'%d days'" % (i + 30))
        c.pause(60000)


@session()
def idle_between_transactions(log):
    c = Connection(log)
    for nr in range(5):
        c.begin().run("UPDATE kunde SET ort = $1 WHERE nr = $2", "Ulm", nr)
        c.commit().pause(30000)


@session()
def one_long_report_in_a_transaction(log):
    c = Connection(log, app="report").begin()
    c.run("SELECT kd, count(*) FROM auftrag GROUP BY kd", ms=120000)
    c.commit()


@session()
def requests_that_write_twice(log):
    # A pooled connection under load: each request writes its two rows.
    c = Connection(log)
    for i in range(20):
        c.run("UPDATE kunde SET ort = 'Ulm' WHERE nr = %d" % (i * 31 % 17))
        c.run("INSERT INTO ereignis (art, wann) VALUES ('umzug%d', now())" % i)


@session()
def two_writes_to_a_transaction(log):
    c = Connection(log)
    c.run("SELECT lfd, kd FROM auftrag WHERE am < $1", "2026-01-01")
    for nr in range(9):
        c.begin()
        c.run("UPDATE auftrag SET am = now() WHERE lfd = %d" % nr)
        c.run("INSERT INTO ereignis (art, wann) VALUES ('mahnung', now())")
        c.commit()


# ---- the score --------------------------------------------------------------------


def found_in(binary, folder, name, function):
    log = Log(name)
    function(log)
    path = Path(folder) / (name + ".csv")
    path.write_text("\n".join(log.lines) + "\n")
    done = subprocess.run(
        [binary, "--format", "json", "--schema", "schema.sql", path.name],
        cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit("sessions: %s: %s" % (name, done.stderr))
    found = set()
    for f in json.loads(done.stdout)["findings"]:
        if f["rule"] in RULES and (f["severity"] != "note" or
                                   f["rule"] in NOTES):
            table = (f["object"] or "").split(".")
            table = table[1] if table[0] == "public" else table[0]
            found.add("%s %s" % (RULES[f["rule"]], table))
    return found


def main():
    binary = str(Path(sys.argv[1]).resolve())
    wanted = sys.argv[2:]
    right = wrong = missed = loops = 0
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "schema.sql").write_text(SCHEMA)
        for name, labels, function in SESSIONS:
            if wanted and name not in wanted:
                continue
            found = found_in(binary, folder, name, function)
            loops += len(labels)
            right += len(found & labels)
            wrong += len(found - labels)
            missed += len(labels - found)
            for extra in sorted(found - labels):
                print("  %s: finds %s" % (name, extra))
            for gone in sorted(labels - found):
                print("  %s: misses %s" % (name, gone))
    precision = right / (right + wrong) if right + wrong else 1
    recall = right / loops if loops else 1
    good = precision >= ENOUGH and recall >= ENOUGH
    print("sessions: %d sessions, %d loops; precision %.3f, recall %.3f" % (
        len(SESSIONS), loops, precision, recall))
    print("sessions: %d passed, %d failed" % (len(SESSIONS) if good else 0,
                                              0 if good else 1))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
