#!/usr/bin/env python3
"""generate.py - inputs of any size for the benchmark, always the same ones.

Usage: generate.py migrations BYTES FOLDER | file STATEMENTS FILE | log BYTES FILE

Migrations are a history: tables are made, grow columns, indexes, keys and
checks, are filled and renamed. The log is a csvlog of some dozens of sessions
that send two thousand shapes of queries, some of them in loops.
"""
import random
import sys
from pathlib import Path

NOUNS = ("grower orchard bin crate pallet delivery shipment label grade press "
         "probe reading room truck route invoice payment customer order line "
         "season plot tree row bud graft spray harvest crew shift").split()
TYPES = ("bigint", "integer", "text", "numeric(12, 2)", "timestamptz",
         "boolean", "uuid", "varchar(80)", "date", "jsonb")
WORDS = ("weight_kg sugar state note picked_at checked_by price total color "
         "size position batch serial celsius remark due_on paid origin").split()


class History:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.tables = {}  # name -> columns
        self.count = 0

    def name(self, stem):
        self.count += 1
        return "%s_%d" % (stem, self.count)

    def table(self):
        # Mostly the young ones: that is where migrations happen.
        names = list(self.tables)
        return self.random.choice(names[-200:])

    def create(self):
        table = self.name(self.random.choice(NOUNS))
        columns = [self.name(self.random.choice(WORDS))
                   for _ in range(self.random.randint(3, 12))]
        lines = ["    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"]
        for c in columns:
            lines.append("    %s %s%s" % (
                c, self.random.choice(TYPES),
                self.random.choice(["", " NOT NULL", " UNIQUE", ""])))
        if self.tables and self.random.random() < 0.5:
            parent = self.table()
            lines.append("    %s_id bigint NOT NULL REFERENCES %s (id)" % (
                parent, parent))
            columns.append(parent + "_id")
        self.tables[table] = columns
        return "CREATE TABLE %s (\n%s\n);" % (table, ",\n".join(lines))

    def index(self):
        table = self.table()
        keys = self.random.sample(self.tables[table],
                                  self.random.randint(1, 2))
        return "CREATE INDEX CONCURRENTLY %s ON %s (%s);" % (
            self.name("idx_" + table), table, ", ".join(keys))

    def add_column(self):
        table = self.table()
        column = self.name(self.random.choice(WORDS))
        self.tables[table].append(column)
        return "ALTER TABLE %s ADD COLUMN %s %s DEFAULT NULL;" % (
            table, column, self.random.choice(TYPES))

    def check(self):
        table = self.table()
        column = self.random.choice(self.tables[table])
        return ("ALTER TABLE %s\n    ADD CONSTRAINT %s CHECK (%s IS NOT NULL) "
                "NOT VALID;" % (table, self.name("chk_" + table), column))

    def fill(self):
        table = self.table()
        a, b = self.random.choices(self.tables[table], k=2)
        return ("-- Old rows have none.\nUPDATE %s SET %s = NULL\n"
                " WHERE id BETWEEN %d AND %d AND %s IS NOT NULL;" % (
                    table, a, self.count, self.count + 5000, b))

    def view(self):
        table = self.table()
        columns = self.tables[table][:4]
        return ("CREATE VIEW %s AS\nSELECT t.id, %s,\n       count(*) OVER "
                "(PARTITION BY t.%s) AS n\n  FROM %s t\n WHERE t.id > 0 AND "
                "coalesce(t.id, %d) <> 7;" % (
                    self.name("view_" + table),
                    ", ".join("t." + c for c in columns), columns[0], table,
                    self.count))

    def comment(self):
        table = self.table()
        return "COMMENT ON TABLE %s IS 'kept since season %d; it''s %s';" % (
            table, self.count, self.random.choice(NOUNS))

    def statement(self):
        if len(self.tables) < 5:
            return self.create()
        return self.random.choices(
            (self.create, self.index, self.add_column, self.check, self.fill,
             self.view, self.comment), (20, 25, 20, 10, 10, 5, 10))[0]()


def migrations(size, folder):
    history = History(1)
    folder.mkdir(parents=True, exist_ok=True)
    written = number = 0
    while written < size:
        number += 1
        text = "\n\n".join(history.statement() for _ in range(40)) + "\n"
        (folder / ("%05d_change.sql" % number)).write_text(text)
        written += len(text)


def one_file(statements, path):
    history = History(4)
    path.write_text("\n\n".join(history.statement()
                                for _ in range(statements)) + "\n")


def shapes():
    choose = random.Random(2)
    found = []
    for i in range(2000):
        table = "%s_%d" % (choose.choice(NOUNS), i % 150)
        columns = choose.sample(WORDS, 5)
        found.append("SELECT t.id, t.%s, t.%s FROM %s t WHERE t.%s = $1 AND "
                     "t.%s >= $2 ORDER BY t.%s LIMIT %d" % (
                         *columns[:2], table, *columns[2:], 1 + i % 50))
    return found


def log(size, path):
    choose = random.Random(3)
    queries = shapes()
    written = line = 0
    with open(path, "w") as out:
        while written < size:
            session = choose.randrange(48)
            query = choose.choice(queries)
            for value in range(choose.choice((1, 1, 1, 1, 8))):
                line += 1
                at = "2026-11-20 %02d:%02d:%02d.%03d UTC" % (
                    line // 3600000 % 24, line // 60000 % 60,
                    line // 1000 % 60, line % 1000)
                text = (
                    '%s,"app","packhouse",%d,"[local]",6b00efa0.%x,%d,"SELECT",'
                    '2026-11-20 00:00:00 UTC,%d/%d,0,LOG,00000,"duration: %.3f '
                    'ms  execute <unnamed>: %s","parameters: $1 = \'%d\', $2 = '
                    '\'2026-11-01\'",,,,,,,,"web","client backend",,%d\n' % (
                        at, 4000 + session, 4000 + session, line, session,
                        line, choose.random() * 9, query, line + value,
                        len(query)))
                out.write(text)
                written += len(text)


def main():
    what, size, target = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    {"migrations": migrations, "file": one_file, "log": log}[what](size, target)


if __name__ == "__main__":
    main()
