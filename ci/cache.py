#!/usr/bin/env python3
"""cache.py - with --cache-dir the answer is the one without, whatever changes.

Usage: cache.py [BINARY] [SEED] [EDITS]

Histories as several tools keep them are edited at random: files change, come,
go, are renamed and reordered, so do configuration, comments, baseline, files
beside migrations and options; the cache's own files are damaged. After each
edit the same is asked with the cache and without, and every byte, the status
too, must be equal. That the cache was of use is checked, never how fast.
"""
import os
import random
import re
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BINARY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/tusklint")
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 7
EDITS = int(sys.argv[3]) if len(sys.argv) > 3 else 25
FILES = 70
# A file changed so recently is read again: see docs/configuration.md.
SETTLED = 2.3


class Sql:
    """Statements that speak of each other across files."""

    def __init__(self, rng):
        self.rng = rng

    def name(self, stem, n=9):
        return "%s%d" % (stem, self.rng.randrange(n))

    def statement(self):
        r = self.rng
        t, u, c = self.name("t"), self.name("t"), self.name("c", 5)
        i, e, f = self.name("i"), self.name("e", 3), self.name("f", 3)
        kind = r.choice(("int", "bigint", "text", "varchar(20)", "jsonb",
                         "numeric(10,2)", e, "timestamp", "serial"))
        return r.choice((
            "CREATE TABLE %s (id bigint PRIMARY KEY, %s %s, %s_id int "
            "REFERENCES %s (id));" % (t, c, kind, u, u),
            "CREATE TABLE IF NOT EXISTS %s (id int, %s %s NOT NULL);" % (
                t, c, kind),
            "CREATE TABLE %s PARTITION OF %s FOR VALUES FROM (1) TO (9);" % (
                t, u),
            "CREATE TABLE %s (id int, d date) PARTITION BY RANGE (d);" % t,
            "CREATE TABLE %s (LIKE %s INCLUDING ALL);" % (t, u),
            "CREATE TABLE %s () INHERITS (%s);" % (t, u),
            "DROP TABLE IF EXISTS %s CASCADE;" % t,
            "ALTER TABLE %s RENAME TO %s;" % (t, u),
            "ALTER TABLE %s ADD COLUMN %s %s NOT NULL DEFAULT now();" % (
                t, c, kind),
            "ALTER TABLE %s DROP COLUMN IF EXISTS %s;" % (t, c),
            "ALTER TABLE %s RENAME COLUMN %s TO %s;" % (
                t, c, self.name("c", 5)),
            "ALTER TABLE %s ALTER COLUMN %s TYPE %s;" % (t, c, kind),
            "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;" % (t, c),
            "ALTER TABLE %s ADD CONSTRAINT k%s FOREIGN KEY (%s) REFERENCES "
            "%s (id) NOT VALID;" % (t, c, c, u),
            "ALTER TABLE %s VALIDATE CONSTRAINT k%s;" % (t, c),
            "ALTER TABLE %s ADD CONSTRAINT n%s CHECK (%s IS NOT NULL) NOT "
            "VALID;" % (t, c, c),
            "CREATE INDEX %s ON %s (%s);" % (i, t, c),
            "CREATE INDEX CONCURRENTLY %s ON %s (%s, id);" % (i, t, c),
            "CREATE UNIQUE INDEX %s ON %s (lower(%s)) WHERE id > 4;" % (
                i, t, c),
            "DROP INDEX %s;" % i,
            "ALTER INDEX %s RENAME TO %s;" % (i, self.name("i")),
            "CREATE TYPE %s AS ENUM ('a', 'b');" % e,
            "ALTER TYPE %s ADD VALUE '%s';" % (e, c),
            "DROP TYPE IF EXISTS %s;" % e,
            "ALTER TYPE %s ADD VALUE '%s' %s 'b';" % (
                e, c, r.choice(("BEFORE", "AFTER"))),
            "ALTER TYPE %s RENAME VALUE '%s' TO '%s';" % (
                e, r.choice(("a", "b", c)), self.name("c", 5)),
            "ALTER TYPE %s RENAME TO %s;" % (e, self.name("e", 3)),
            "CREATE VIEW v%s AS SELECT * FROM %s;" % (t, t),
            "CREATE OR REPLACE VIEW v%s AS SELECT id, 1 AS %s FROM %s;" % (
                t, c, u),
            "DROP VIEW IF EXISTS v%s;" % t,
            "CREATE SEQUENCE s%s OWNED BY %s.id;" % (t, u),
            "ALTER SEQUENCE s%s OWNED BY NONE;" % t,
            "CREATE TABLE %s PARTITION OF %s DEFAULT;" % (t, u),
            "ALTER TABLE %s DETACH PARTITION %s;" % (u, t),
            "ALTER TABLE %s ATTACH PARTITION %s DEFAULT;" % (u, t),
            "ALTER TABLE %s RENAME CONSTRAINT k%s TO k%s;" % (
                t, c, self.name("c", 5)),
            "ALTER TABLE %s DROP CONSTRAINT IF EXISTS k%s;" % (t, c),
            "CREATE TEMP TABLE %s (%s int);" % (t, c),
            "CREATE FUNCTION %s() RETURNS int LANGUAGE sql %s AS 'SELECT 1';"
            % (f, r.choice(("IMMUTABLE", "VOLATILE"))),
            "ALTER TABLE %s ADD COLUMN %s int DEFAULT %s();" % (t, c, f),
            "DO $$ BEGIN ALTER TABLE %s ADD COLUMN %s int; EXCEPTION WHEN "
            "duplicate_column THEN NULL; END $$;" % (t, c),
            "SET search_path TO app, public;",
            "CREATE TABLE app.%s (id int PRIMARY KEY);" % t,
            "ALTER TABLE %s ENABLE ROW LEVEL SECURITY;" % t,
            "CREATE POLICY p ON %s USING (true);" % t,
            "DROP POLICY IF EXISTS p ON %s;" % t,
            "INSERT INTO %s (id) VALUES (1);" % t,
            "UPDATE %s SET %s = NULL;" % (t, c),
            "DELETE FROM %s WHERE %s = 4;" % (t, c),
            "BEGIN; LOCK TABLE %s; ROLLBACK;" % t,
            "BEGIN; DROP TABLE %s; COMMIT;" % t,
            "SAVEPOINT a; TRUNCATE %s; ROLLBACK TO a;" % t,
            "SET lock_timeout = '2s';",
            "CREATE TABLE {{schema}}.%s (id int);" % t,
            "ALTER TABLE {{%s}} ADD COLUMN a int;" % t,
            "CREATE TABLE %s (id int" % t,
            "-- tusklint: ignore[require-concurrent-index-creation] small\n"
            "CREATE INDEX %s ON %s (%s);" % (i, t, c),
            "-- tusklint: ignore-file[migration]",
        ))

    def text(self):
        r = self.rng
        body = "\n".join(self.statement() for _ in range(r.randint(1, 4)))
        if r.random() < 0.1:
            body = "-- +goose Up\n%s\n-- +goose Down\n%s" % (
                body, self.statement())
        if r.random() < 0.05:
            body = "-- +goose NO TRANSACTION\n" + body
        return body + "\n"


class History:
    """A folder of migrations; a layout knows the names of its files."""

    def __init__(self, folder, layout, rng):
        self.folder = folder
        self.layout = layout
        self.rng = rng
        self.sql = Sql(rng)
        folder.mkdir(parents=True)
        for number in range(1, FILES + 1):
            self.add(number * 10)

    def paths(self):
        return sorted(p for p in self.folder.rglob("*.sql") if p.is_file())

    def names(self, number):
        return {
            "flat": ["%05d_step.sql" % number],
            "flyway": ["V%d__step.sql" % number],
            "steps": ["%04d_step.up.sql" % number,
                      "%04d_step.down.sql" % number],
            "diesel": ["%05d_step/up.sql" % number,
                       "%05d_step/down.sql" % number],
            "prisma": ["%05d_step/migration.sql" % number],
        }[self.layout]

    def add(self, number):
        for name in self.names(number):
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(self.sql.text())

    def beside(self, path):
        if self.layout == "diesel":
            return path.parent / "metadata.toml", "run_in_transaction = %s\n"
        return path.parent / (path.name + ".conf"), "executeInTransaction=%s\n"

    # ---- edits; each gives what it did ----

    def change(self):
        path = self.rng.choice(self.paths())
        path.write_text(self.sql.text())
        return "change %s" % path

    def change_last(self):
        path = self.paths()[-1]
        path.write_text(self.sql.text())
        return "change the last"

    def change_unseen(self):
        """Other bytes, with the size and the time of the old ones."""
        path = self.rng.choice(self.paths())
        text = path.read_text()
        before = path.stat()
        path.write_text(re.sub(r"\bt(\d)\b", lambda m: "t%d" % (
            (int(m.group(1)) + 1) % 9), text))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        return "change %s, same size and time" % path

    def touch(self):
        path = self.rng.choice(self.paths())
        when = self.rng.choice((time.time(), 1e9, time.time() + 9999))
        os.utime(path, (when, when))
        return "touch %s" % path

    def insert(self):
        self.add(self.rng.randrange(1, FILES * 10 + 50))
        return "add"

    def remove(self):
        path = self.rng.choice(self.paths())
        path.unlink()
        return "remove %s" % path

    def rename(self):
        path = self.rng.choice(self.paths())
        whole = path.parent if self.layout in ("diesel", "prisma") else path
        number = self.rng.randrange(1, FILES * 10 + 50)
        name = re.sub(r"\d+", "%05d" % number, whole.name, count=1)
        if not (whole.parent / name).exists():
            whole.rename(whole.parent / name)
        return "rename %s to %s" % (whole, name)

    def swap(self):
        a, b = self.rng.sample(self.paths(), 2)
        texts = a.read_text(), b.read_text()
        a.write_text(texts[1])
        b.write_text(texts[0])
        return "swap %s and %s" % (a, b)

    def link(self):
        path = self.rng.choice(self.paths())
        target = self.folder.parent / ("target%d" % self.rng.randrange(3))
        target.write_text(self.sql.text())
        path.unlink()
        path.symlink_to(target)
        return "link %s" % path

    def tell_beside(self):
        path, text = self.beside(self.rng.choice(self.paths()))
        if path.exists() and self.rng.random() < 0.5:
            path.unlink()
        else:
            path.write_text(text % self.rng.choice(("true", "false")))
        return "beside %s" % path

    def other_name(self):
        path = self.folder / self.rng.choice((
            "00005_other.postgres.up.sql", "00015_step.mysql.up.sql",
            "0020_step.autocommit.up.sql", "readme.txt", "zz.sql"))
        if path.exists():
            path.unlink()
        else:
            path.write_text("CREATE TABLE t1 (id int);\n")
        return "other %s" % path

    def for_postgres(self):
        """pop: the way of PostgreSQL alone, beside that of all databases."""
        path = self.rng.choice(self.paths())
        name, way = re.sub(r"(\.(up|down))?\.sql$", r" \1",
                           path.name).split(" ")
        mark = self.rng.choice((".postgres", ".postgres.autocommit"))
        own = path.parent / (name + mark + way + ".sql")
        if own.exists():
            own.unlink()
        else:
            own.write_text(self.sql.text())
        return "%s beside %s" % (own, path)

    EDITS = (for_postgres, change, change, change_last, change_last,
             change_unseen, touch, insert, remove, rename, swap, link,
             tell_beside, other_name)


class Workspace:
    def __init__(self, folder, layout, rng):
        self.folder = folder
        self.rng = rng
        self.cache = folder / "cache"
        self.history = History(folder / "db/migrations", layout, rng)
        self.used = 0
        (folder / ".git").mkdir()
        (folder / "schema.sql").write_text("CREATE TABLE t0 (id int);\n")

    def run(self, words, stdin, binary=BINARY, **more):
        return subprocess.run([binary, *words], cwd=self.folder, input=stdin,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False, timeout=120, **more)

    def question(self):
        """What somebody may ask of the history: options and input."""
        r = self.rng
        paths = [str(p.relative_to(self.folder)) for p in self.history.paths()]
        words = ["--context", "history", "--format",
                 r.choice(("json", "text", "sarif", "html"))]
        words += r.choice(([], [], [], ["--pg-version", "12"],
                           ["--assume-in-transaction"], ["--select", "schema"],
                           ["--ignore", "migration"], ["--no-config"],
                           ["--fail-on", "note"], ["--schema", "schema.sql"],
                           ["--baseline", "baseline.json"], ["-j1"],
                           ["--severity", "all=note"]))
        stdin = None
        chosen = r.choice(("last", "last", "last", "any", "some", "stdin"))
        if chosen == "last":
            words += paths[-1:]
        elif chosen == "any":
            words += [r.choice(paths)]
        elif chosen == "some":
            words += r.sample(paths, 3)
        else:
            words += ["--stdin-filename", r.choice(paths), "-"]
            stdin = self.history.sql.text().encode()
        return words, stdin

    def compare(self, what, question=None, **more):
        words, stdin = question or self.question()
        bare = self.run(words, stdin)
        cached = self.run(["--cache-dir", str(self.cache), "-v", *words], stdin,
                          **more)
        if (bare.stdout, bare.returncode) != (cached.stdout,
                                              cached.returncode):
            print("cache: %s: after '%s' another answer to %s" % (
                self.folder, what, " ".join(words)))
            print(bare.stdout.decode(errors="replace")[-2000:])
            print(cached.stdout.decode(errors="replace")[-2000:])
            sys.exit(1)
        note = re.search(rb"cache: (\d+) of", cached.stderr)
        self.used += bool(note and int(note.group(1)))
        return bool(note and int(note.group(1)))

    # ---- edits outside of the history ----

    def configure(self):
        path = self.folder / ".tusklint.yml"
        path.write_text(self.rng.choice((
            "", "pg-version: 13\n", "assume-in-transaction: true\n",
            "ignore: [schema]\n", "severity: {schema: error}\n")))
        return "configure"

    def accept(self):
        self.run(["baseline", "write", "--baseline", "baseline.json",
                  "db/migrations"], None)
        return "baseline"

    def foreign(self):
        """A file that is no cache's, in the test's own folder."""
        path = self.cache.parent / "foreign"
        path.write_text("not a cache\n")
        return path

    def damage(self):
        # Never through a link: what it leads to is somebody else's.
        files = [p for p in self.cache.glob("*")
                 if p.is_file() and not p.is_symlink()]
        for path in self.rng.sample(files, min(len(files), 3)):
            data = bytearray(path.read_bytes())
            how = self.rng.randrange(5)
            if how == 0:
                del data[self.rng.randrange(len(data) + 1):]
            elif how == 1 and data:
                data[self.rng.randrange(len(data))] ^= 1 << (
                    self.rng.randrange(8))
            elif how == 2:
                data = bytearray(self.rng.randbytes(200))
            elif how == 3:
                data = bytearray()
            else:
                path.unlink()
                path.symlink_to(self.foreign())
                continue
            path.write_bytes(data)
        return "damage"

    def edit(self):
        if self.rng.random() < 0.25:
            return self.rng.choice((self.configure, self.accept,
                                    self.damage))()
        return self.rng.choice(History.EDITS)(self.history)


def edits(folder, layout, rng):
    w = Workspace(folder, layout, rng)
    for number in range(EDITS):
        what = w.edit()
        if number % 15 == 3:
            time.sleep(SETTLED)
        # The second finds what the first has kept.
        w.compare(what)
        w.compare(what)
        if len(w.history.paths()) < FILES // 2:
            w.history.insert()
    return w.used


def settled(folder, rng):
    """Folder, history and a question; all in the cache."""
    w = Workspace(folder, "flat", rng)
    time.sleep(SETTLED)
    last = str(w.history.paths()[-1].relative_to(w.folder))
    question = (["--context", "history", "--format", "json", last], None)
    w.compare("nothing", question)
    if not w.compare("nothing", question):
        sys.exit("cache: the second run did not use it")
    return w, question


def together(w, question):
    """Several at a time, one of them while another writes."""
    words, _ = question
    for _ in range(5):
        shutil.rmtree(w.cache)
        runs = [subprocess.Popen([BINARY, "--cache-dir", str(w.cache), *words],
                                 cwd=w.folder, stdout=subprocess.PIPE)
                for _ in range(4)]
        answers = {run.communicate()[0] for run in runs}
        if answers != {w.run(words, None).stdout}:
            sys.exit("cache: runs at one time disturb each other")
        if not w.compare("runs at one time", question):
            sys.exit("cache: runs at one time leave nothing of use")
        if list(w.cache.glob("*new-*")):
            sys.exit("cache: a temporary file was left")


def unfit_folders(w, question):
    """Where it cannot be written the run goes on as without."""
    whole = w.cache
    (w.folder / "file").write_text("")
    (w.folder / "link").symlink_to(whole)
    loose = w.folder / "loose"
    loose.mkdir()
    loose.chmod(0o777)
    for name in ("file", "file/below", "link", "loose"):
        w.cache = w.folder / name
        if w.compare("folder %s" % name, question):
            sys.exit("cache: %s was used" % name)
    if list(loose.iterdir()):
        sys.exit("cache: a folder of all was written to")
    w.cache = w.folder / "full"
    for limit in (0, 100, 5000):
        w.compare("full", question, preexec_fn=lambda n=limit:
                  resource.setrlimit(resource.RLIMIT_FSIZE, (n, n))
                  if n else resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1)))
    if list(w.cache.glob("*new-*")):
        sys.exit("cache: a file that was not whole was left")
    w.cache = whole


def another_build(w, question):
    """One byte of the build id, as another linking would write it."""
    notes = subprocess.run(["readelf", "-n", BINARY], stdout=subprocess.PIPE,
                           check=True).stdout.decode()
    build = bytes.fromhex(re.search(r"Build ID: ([0-9a-f]+)", notes).group(1))
    other = w.folder / "other"
    data = Path(BINARY).read_bytes()
    other.write_bytes(data.replace(build, bytes([build[0] ^ 1]) + build[1:]))
    other.chmod(0o755)
    run = w.run(["--cache-dir", str(w.cache), "-v", *question[0]], None,
                binary=str(other))
    if b"cache: 0 of" not in run.stderr:
        sys.exit("cache: another build took this one's")
    if not w.compare("another build", question):
        sys.exit("cache: another build took ours away")


def modes(w):
    if stat.S_IMODE(w.cache.stat().st_mode) != 0o700:
        sys.exit("cache: others may look into the folder")
    for path in w.cache.iterdir():
        if stat.S_IMODE(path.stat().st_mode) != 0o600:
            sys.exit("cache: others may read %s" % path.name)


def main():
    rng = random.Random(SEED)
    uses = []
    with tempfile.TemporaryDirectory() as scratch:
        top = Path(scratch)
        w, question = settled(top / "settled", rng)
        modes(w)
        unfit_folders(w, question)
        another_build(w, question)
        together(w, question)
        for layout in ("flat", "flyway", "steps", "diesel", "prisma"):
            uses.append("%s %d" % (layout, edits(top / layout, layout, rng)))
        if all(use.endswith(" 0") for use in uses):
            sys.exit("cache: of no use after any edit")
    print("cache: %d edits of each history, the same answers; used in %s of "
          "%d runs" % (EDITS, ", ".join(uses), 2 * EDITS))


if __name__ == "__main__":
    main()
