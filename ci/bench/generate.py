#!/usr/bin/env python3
"""generate.py - inputs of any size for the benchmark, always the same ones.

Usage: generate.py migrations BYTES FOLDER | many FILES FOLDER |
       file STATEMENTS FILE | plans COUNT FOLDER | psql COUNT FOLDER

Migrations are a history: tables are made, grow columns, indexes, keys and
checks, are filled and renamed; forty statements a file, in `many` three. Plans
have 50 nodes, in one line or as psql prints them.
"""
import json
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


def node(kind, choose, **more):
    rows = choose.randint(1, 90000)
    cost = choose.random() * 9000
    began = choose.random() * 40
    return {"Node Type": kind, "Parent Relationship": "Outer",
            "Parallel Aware": False, "Async Capable": False, **more,
            "Startup Cost": round(cost, 2),
            "Total Cost": round(cost + rows / 50, 2), "Plan Rows": rows,
            "Plan Width": choose.randint(4, 200),
            "Actual Startup Time": round(began, 3),
            "Actual Total Time": round(began + rows / 9000, 3),
            "Actual Rows": rows + choose.randint(0, 9), "Actual Loops": 1}


def scan(choose, number):
    table = "%s_%d" % (choose.choice(NOUNS), choose.randrange(400))
    column = choose.choice(WORDS)
    return node("Seq Scan", choose, **{
        "Relation Name": table, "Alias": "t%d" % number,
        "Filter": "((%s >= %d) AND (state = 'open'::text))" % (
            column, choose.randrange(1000)),
        "Rows Removed by Filter": choose.randint(0, 90000)})


def plan(choose, nodes):
    """Tables that are joined one after the other, sorted and counted."""
    number = 0
    tree = scan(choose, number)
    count = 3
    while count + 3 <= nodes:
        number += 1
        inner = node("Hash", choose, Plans=[scan(choose, number)])
        inner["Parent Relationship"] = "Inner"
        tree = node("Hash Join", choose, **{
            "Join Type": "Inner", "Inner Unique": True,
            "Hash Cond": "(t%d.%s_id = t%d.id)" % (
                number - 1, choose.choice(NOUNS), number),
            "Plans": [tree, inner]})
        count += 3
    tree = node("Sort", choose, **{
        "Sort Key": ["t0.%s" % choose.choice(WORDS)],
        "Sort Method": "quicksort", "Sort Space Used": 32,
        "Sort Space Type": "Memory", "Plans": [tree]})
    for _ in range(nodes - count):
        tree = node("Materialize", choose, Plans=[tree])
    tree = node("Aggregate", choose, Strategy="Sorted", Plans=[tree])
    del tree["Parent Relationship"]
    return [{"Plan": tree, "Planning Time": 1.25, "Triggers": [],
             "Execution Time": round(choose.random() * 900, 3)}]


def plans(count, folder, indent):
    """As a driver gives them, or, indented, as psql prints them."""
    choose = random.Random(5)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = json.dumps(plan(choose, 50), indent=indent)
        (folder / ("%05d.json" % number)).write_text(text + "\n")


def many(count, folder):
    """A long history of small files, as it grows in years."""
    history = History(6)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = "\n\n".join(history.statement() for _ in range(3)) + "\n"
        (folder / ("%05d_change.sql" % number)).write_text(text)


def main():
    what, size, target = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    {"migrations": migrations, "many": many, "file": one_file,
     "plans": lambda n, folder: plans(n, folder, None),
     "psql": lambda n, folder: plans(n, folder, 2)}[what](size, target)


if __name__ == "__main__":
    main()
