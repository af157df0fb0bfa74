#!/usr/bin/env python3
"""workload.py - a log of a busy server: many statements of 2,000 shapes.

Usage: workload.py csv|json|log|syslog|rds|unlike STATEMENTS FILE...

The same numbers give the same log, and fewer its beginning. `log` is stderr
with the log_line_prefix that pgBadger asks for. Sixteen connections take turns,
each until another takes its place; a fifth of the statements are lookups in
loops, the rest is spread unevenly over the shapes. `unlike` is a csvlog of
statements of which no two have a shape in common.
"""
import json
import random
import sys

TABLES = 50
CONNECTIONS = 16
LIFE = 5000  # statements that a connection sends, about
TEMPLATES = [
    "SELECT id, a{k}, b{k} FROM t{t} WHERE id = $1",
    "SELECT count(*) FROM t{t} WHERE a{k} = $1 AND created_at > $2",
    "SELECT x.id, y.b{k} FROM t{t} x JOIN u{t} y ON y.x_id = x.id WHERE x.a{k} = $1 ORDER BY x.id LIMIT 20",
    "UPDATE t{t} SET a{k} = $1, updated_at = now() WHERE id = $2",
    "INSERT INTO t{t} (a{k}, b{k}, created_at) VALUES ($1, $2, now())",
    "SELECT id FROM t{t} WHERE a{k} IN (1, 2, 3, 5, 8) AND b{k} = $1",
    "DELETE FROM t{t} WHERE a{k} = $1 AND b{k} < $2",
    "SELECT a{k}, sum(b{k}) FROM t{t} WHERE created_at >= $1 GROUP BY a{k} HAVING sum(b{k}) > $2",
]


def shapes():
    return [template.format(t=t, k=k) for k in range(5)
            for template in TEMPLATES for t in range(TABLES)]


def csv_record(at, n, pid, message, detail):
    return ('%s.%03d UTC,"app","shop",%d,"10.0.0.7:51234",6920d0%02x.%x,%d,'
            '"SELECT",2026-11-20 08:00:00 UTC,%d/0,0,LOG,00000,"%s","%s",,,,,,'
            ',,"web","client backend",,0\n' % (
                at, n % 1000, pid, pid % 256, pid, n, pid % 90, message, detail))


def json_record(at, n, pid, message, detail):
    return json.dumps({
        "timestamp": "%s.%03d UTC" % (at, n % 1000), "user": "app",
        "dbname": "shop", "pid": pid, "remote_host": "10.0.0.7",
        "session_id": "6920d0%02x.%x" % (pid % 256, pid), "line_num": n,
        "ps": "SELECT", "vxid": "%d/0" % (pid % 90), "txid": 0,
        "error_severity": "LOG", "message": message, "detail": detail,
        "application_name": "web", "backend_type": "client backend",
        "query_id": 0}, separators=(",", ":")) + "\n"


def stderr_record(at, n, pid, message, detail):
    prefix = "%s UTC [%d]: [%d-1] user=app,db=shop,app=web,client=10.0.0.7 " % (
        at, pid, n)
    return "%sLOG:  %s\n%sDETAIL:  %s\n" % (prefix, message, prefix, detail)


def syslog_record(at, n, pid, message, detail):
    return "".join(
        "%s.%03d+00:00 db1 postgres[%d]: [%d-%d] user=app,db=shop,app=web,"
        "client=10.0.0.7 %s\n" % (at.replace(" ", "T"), n % 1000, pid, n,
                                  part, text)
        for part, text in ((1, "LOG:  " + message), (2, "DETAIL:  " + detail)))


def rds_record(at, n, pid, message, detail):
    prefix = "%s UTC:10.0.0.7(51234):app@shop:[%d]:" % (at, pid)
    return "%sLOG:  %s\n%sDETAIL:  %s\n" % (prefix, message, prefix, detail)


WRITERS = {"csv": csv_record, "json": json_record, "log": stderr_record,
           "syslog": syslog_record, "rds": rds_record, "unlike": csv_record}


def records(write, statements, unlike):
    every = shapes()
    chance = random.Random(7)
    looping = [0] * CONNECTIONS
    pids = [4000 + c for c in range(CONNECTIONS)]
    for n in range(statements):
        c = chance.randrange(CONNECTIONS)
        if looping[c]:
            sql = every[c]
            looping[c] -= 1
        else:
            sql = every[int(len(every) * chance.random() ** 2)]
            looping[c] = 12 if chance.random() < 0.02 else 0
            if chance.random() < 1 / LIFE:
                pids[c] = max(pids) + 1
        if unlike:
            sql = "SELECT a%d, b FROM t%d WHERE c%d = $1" % (n, n % 500, n)
        seconds = n // 2000
        at = "2026-11-20 %02d:%02d:%02d" % (
            seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)
        yield write(
            at, n, pids[c], "duration: %d.%03d ms  execute <unnamed>: %s" % (
                n % 3, n % 997, sql),
            "parameters: $1 = '%d', $2 = '%d'" % (chance.randrange(1 << 20),
                                                  n % 365))


def main():
    write = WRITERS[sys.argv[1]]
    counts = [int(count) for count in sys.argv[2::2]]
    files = [open(path, "w", encoding="utf-8") for path in sys.argv[3::2]]
    every = records(write, max(counts), sys.argv[1] == "unlike")
    for n, record in enumerate(every):
        for count, file in zip(counts, files):
            if n < count:
                file.write(record)
    for file in files:
        file.close()


if __name__ == "__main__":
    main()
