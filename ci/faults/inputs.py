"""inputs.py - the table of bad inputs: what is in the file, what is said of it.

A row: what it is, the file's name, its bytes, the status, and a word (a
regular expression) of what is told on either stream; None: nothing is told.
SQL goes through the linter that docs/reliability.md compares with, too.
"""
import gzip
import json
import zlib

INDEX = b"CREATE INDEX i ON t (a);\n"
FINDS = "TL101"
BROKEN = "TL001"
MANY = 100000


def rubbish(n, seed=1):
    """The same bytes each time, of no kind."""
    out = bytearray()
    state = seed
    while len(out) < n:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        out += state.to_bytes(8, "big")[:4]
    return bytes(out[:n])


def sql(what, text, status, word, name="a.sql"):
    data = text.encode() if isinstance(text, str) else text
    return what, name, data, status, word


SQL = [
    # Nothing, nearly nothing.
    sql("empty", "", 0, None),
    sql("blanks", " \n\t\n ", 0, None),
    sql("a comment", "-- nothing\n", 0, None),
    sql("semicolons", ";;;;\n;", 0, None),
    sql("a million semicolons", ";" * 1000000, 0, None),
    sql("a million lines", "\n" * 1000000, 0, None),
    sql("no newline at the end", INDEX.strip(), 1, FINDS),
    # Bytes that are no text.
    sql("one NUL", b"\0", 1, BROKEN),
    sql("NUL in a statement", b"SELECT \0 1;\n" + INDEX, 1, "NUL byte"),
    sql("NUL in a comment", b"-- a\0b\n" + INDEX, 1, FINDS),
    sql("NUL in a string", b"SELECT 'a\0b';\n" + INDEX, 1, "NUL byte"),
    sql("10 MB of zeros", b"\0" * 10000000, 1, BROKEN),
    sql("random bytes", rubbish(20000), 1, BROKEN),
    sql("a program", b"\x7fELF\x02\x01\x01" + rubbish(5000), 1, BROKEN),
    sql("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + rubbish(3000), 1,
        BROKEN),
    sql("a zip", b"PK\x03\x04\x14\0\0\0" + rubbish(3000), 1, BROKEN),
    sql("a dump in PostgreSQL's own format",
        b"PGDMP\x01\x0e\x00\x04\x08\x01\x01\x01\0" + rubbish(500), 1, BROKEN),
    # Encodings.
    sql("byte order mark alone", b"\xef\xbb\xbf", 0, None),
    sql("byte order mark", b"\xef\xbb\xbf" + INDEX, 1, "a.sql:1:1.*TL101"),
    sql("two byte order marks", b"\xef\xbb\xbf" * 2 + INDEX, 1, BROKEN),
    sql("byte order mark in the middle", INDEX + b"\xef\xbb\xbf" + INDEX, 1,
        "TL101"),
    sql("UTF-16, little end first", INDEX.decode().encode("utf-16"), 1,
        BROKEN),
    sql("UTF-16, big end first",
        b"\xfe\xff" + INDEX.decode().encode("utf-16-be"), 1, BROKEN),
    sql("UTF-16 without a mark", INDEX.decode().encode("utf-16-le"), 1,
        BROKEN),
    sql("UTF-32", INDEX.decode().encode("utf-32"), 1, BROKEN),
    sql("Latin-1 in a string", b"SELECT 'M\xfcller';\n" + INDEX, 1, FINDS),
    sql("Latin-1 in a name", b"CREATE INDEX \xfc ON t (a);\n", 1, FINDS),
    sql("overlong UTF-8", b"SELECT '\xc0\xaf';\n" + INDEX, 1, FINDS),
    sql("half a surrogate pair", b"SELECT '\xed\xa0\x80';\n" + INDEX, 1,
        FINDS),
    sql("cut off in a character", INDEX + b"SELECT '\xe2\x82", 1, BROKEN),
    sql("no-break space", "CREATE\u00a0INDEX i ON t (a);", 1, BROKEN),
    sql("zero-width space", "CREATE \u200bINDEX i ON t (a);", 1, BROKEN),
    sql("right-to-left override", "-- \u202egnihtoN\n" + INDEX.decode(), 1,
        FINDS),
    sql("escape for the terminal in a name",
        'CREATE INDEX "\x1b[2J\x1b]0;x\x07" ON t (a);', 1, FINDS),
    # Lines.
    sql("lone CR", INDEX.replace(b"\n", b"\r") * 2, 1, FINDS),
    sql("CRLF", INDEX.replace(b"\n", b"\r\n") * 2, 1, "a.sql:2:1.*TL101"),
    sql("three kinds of line ends", b"SELECT 1;\r" + b"SELECT 2;\r\n" + INDEX,
        1, FINDS),
    sql("a comment that a lone CR ends", b"-- a\r" + INDEX, 1, FINDS),
    sql("form feed and vertical tab", b"\f\vCREATE\fINDEX i ON t (a);", 1,
        "TL"),
    # What never ends.
    sql("open string", INDEX + b"SELECT 'abc;\n", 1, BROKEN),
    sql("open name", INDEX + b'SELECT "abc;\n', 1, BROKEN),
    sql("open escape string", INDEX + b"SELECT E'abc\\';\n", 1, BROKEN),
    sql("open dollar quote", INDEX + b"SELECT $$abc;\n", 1, BROKEN),
    sql("open tagged dollar quote", INDEX + b"SELECT $a$ $b$ $$;\n", 1,
        BROKEN),
    sql("open comment", INDEX + b"/* abc;\n", 1, BROKEN),
    sql("open comment in a comment", INDEX + b"/* /* */ abc;\n", 1, BROKEN),
    sql("open parenthesis", b"CREATE INDEX i ON t (a;\n" + INDEX, 1, BROKEN),
    sql("open bracket", b"SELECT ARRAY[1, 2;\n" + INDEX, 1, BROKEN),
    sql("open bit string", INDEX + b"SELECT B'01", 1, BROKEN),
    sql("open body", INDEX + b"CREATE FUNCTION f() RETURNS int LANGUAGE sql "
        b"BEGIN ATOMIC SELECT 1;\n", 1, BROKEN),
    sql("COPY data without an end", INDEX + b"COPY t FROM stdin;\n1\t2\n", 1,
        FINDS),
    sql("a byte too few: the semicolon", INDEX.rstrip(b";\n") + b"\n" + INDEX,
        1, BROKEN),
    # What is closed and was not open.
    sql("closed parenthesis", b"SELECT 1);\n" + INDEX, 1, BROKEN),
    sql("closed comment", b"SELECT 1 */;\n" + INDEX, 1, BROKEN),
    sql("a thousand closed parentheses", b")" * 1000 + b";\n" + INDEX, 1,
        BROKEN),
    # What tools leave behind.
    sql("a merge that was not finished",
        b"<<<<<<< ours\n" + INDEX + b"=======\n" + INDEX + b">>>>>>> x\n", 1,
        BROKEN),
    sql("a web page", "<!DOCTYPE html><html><body>404</body></html>", 1,
        BROKEN),
    sql("JSON", '{"a": [1, 2]}', 1, BROKEN),
    sql("a shell script", "#!/bin/sh\nset -e\necho 'x'\n", 1, BROKEN),
    sql("an open template", "SELECT {{ a;\n" + INDEX.decode(), 1, BROKEN),
    sql("psql's commands", b"\\i other.sql\n\\connect x\n\\! rm -rf /\n" +
        INDEX, 1, FINDS),
    sql("a backslash", b"SELECT \\ 1;\n" + INDEX, 1, "TL"),
    sql("bad escapes", b"SELECT U&'\\zzzz', E'\\xzz\\u12';\n" + INDEX, 1,
        BROKEN),
    sql("another server's words", "CREATE TABLE `t` (a int) ENGINE=InnoDB;\n" +
        INDEX.decode(), 1, BROKEN),
    # Depth.
    sql("1,000 parentheses", "SELECT %s1%s;\n" % ("(" * 1000, ")" * 1000) +
        INDEX.decode(), 1, FINDS),
    sql("100,000 parentheses", "SELECT %s1%s;\n" % ("(" * MANY, ")" * MANY) +
        INDEX.decode(), 1, "nested too deeply"),
    sql("a million open parentheses", "SELECT " + "(" * 1000000, 1, BROKEN),
    sql("100,000 brackets", "SELECT ARRAY%s1%s;\n" % ("[" * MANY, "]" * MANY),
        1, "nested too deeply"),
    sql("100,000 NOT", "SELECT " + "NOT " * MANY + "true;", 1,
        "nested too deeply"),
    sql("100,000 minus", "SELECT " + "- " * MANY + "1;", 1,
        "nested too deeply"),
    sql("50,000 ||", "SELECT 'a'" + " || 'a'" * 50000 + ";", 1,
        "nested too deeply"),
    sql("20,000 casts", "SELECT 1" + "::int" * 20000 + ";", 0, None),
    sql("20,000 UNION", "SELECT 1" + " UNION SELECT 1" * 20000 + ";", 0, None),
    sql("5,000 subqueries", "SELECT " + "(SELECT " * 5000 + "1" + ")" * 5000 +
        ";", 1, "memory exhausted"),
    sql("20,000 CASE", "SELECT " + "CASE WHEN " * 20000, 1, BROKEN),
    sql("5,000 joins", "SELECT 1 FROM a" + " JOIN a USING (b)" * 5000 + ";", 0, None),
    sql("100,000 comments in each other", "/*" * MANY + "*/" * MANY + "\n" +
        INDEX.decode(), 1, FINDS),
    sql("1,000 bodies in each other", "".join(
        "DO $a%d$ BEGIN EXECUTE $b%d$" % (i, i) for i in range(1000)), 1,
        BROKEN),
    # Length.
    sql("a line of 20 MB", "-- " + "x" * 20000000 + "\n" + INDEX.decode(), 1,
        FINDS),
    sql("a string of 20 MB", "SELECT '" + "x" * 20000000 + "';\n" +
        INDEX.decode(), 1, "TL"),
    sql("a name of 1 MB", "SELECT " + "x" * 1000000 + ";\n" + INDEX.decode(),
        1, FINDS),
    sql("a number of 1 MB", "SELECT " + "9" * 1000000 + ";\n" +
        INDEX.decode(), 1, FINDS),
    sql("a list of 200,000", "SELECT 1 FROM t WHERE a IN (" +
        "1," * 200000 + "1);\n" + INDEX.decode(), 1, FINDS),
    sql("a line of 2,000 statements", INDEX.replace(b"\n", b" ") * 2000, 1,
        FINDS),
    sql("20,000 broken statements", "SELECT FROM WHERE;\n" * 20000, 1, BROKEN),
    sql("1,600 columns and one", "CREATE TABLE w (" + ", ".join(
        "c%d int" % i for i in range(1601)) + ");\n" + INDEX.decode(), 1,
        FINDS),
]


def nested_plan(depth):
    node = '{"Node Type": "Result", "Plans": ['
    return '[{"Plan": %s%s}]' % (node * depth, "]}" * depth)


def wide_plan(n):
    child = {"Node Type": "Seq Scan", "Relation Name": "t", "Alias": "t"}
    return json.dumps([{"Plan": {"Node Type": "Append", "Plans": [child] * n}}])


SCAN = ('[{"Plan": {"Node Type": "Seq Scan", "Relation Name": "t", '
        '"Alias": "t", "Plan Rows": %s}}]')


def plan(what, text, status, word):
    data = text.encode() if isinstance(text, str) else text
    return "plan: " + what, "a.json", data, status, word


PLANS = [
    plan("empty", "", 0, None),
    plan("no plan in a list", "[]", 1, "TL004"),
    plan("cut off", '[{"Plan": {"Node Type": "Seq', 1, "TL"),
    plan("cut off behind the first node",
         '[{"Plan": {"Node Type": "Sort", "Plans": [', 1, "TL"),
    plan("a string", '[{"Plan": "Seq Scan"}]', 1, "TL"),
    plan("a number", '[{"Plan": 4}]', 1, "TL"),
    plan("null", '[{"Plan": null}]', 1, "TL"),
    plan("children that are numbers",
         '[{"Plan": {"Node Type": "Append", "Plans": [1, null, "a"]}}]', 0,
         None),
    plan("a node without a type", '[{"Plan": {"Alias": "t"}}]', 1, "TL"),
    plan("a type that is a number", '[{"Plan": {"Node Type": 7}}]', 1, "TL"),
    plan("a trailing comma", SCAN % 1 + ",", 1, "TL"),
    plan("rubbish behind", SCAN % 1 + " x", 1, "TL"),
    plan("rows beyond any number", SCAN % "1e400", 0, None),
    plan("rows below nothing", SCAN % "-5", 0, None),
    plan("rows that are no number", SCAN % "NaN", 1, "TL"),
    plan("rows in words", SCAN % '"many"', 0, None),
    plan("half a surrogate pair", SCAN % '1, "Filter": "\\ud800"', 0,
         None),
    plan("an escaped NUL", SCAN % '1, "Filter": "a\\u0000b"', 0, None),
    plan("a NUL", SCAN % '1, "Filter": "a\0b"', 0, None),
    plan("UTF-16", (SCAN % 1).encode("utf-16"), 1, "TL"),
    plan("a byte order mark", b"\xef\xbb\xbf" + (SCAN % 1).encode(), 0, None),
    plan("depth of 500", nested_plan(500), 0, None),
    plan("depth of 100,000", nested_plan(MANY), 1, "TL"),
    plan("100,000 brackets", '[{"Plan": ' + "[" * MANY, 1, "TL"),
    plan("100,000 nodes", wide_plan(MANY), 1,
         "too many nodes"),
    plan("a thousand times the same key",
         '[{"Plan": {%s"Node Type": "Result"}}]' % (
             '"Node Type": "Sort", ' * 1000), 0, None),
]

RECORD = ('2026-11-20 10:00:00.000 UTC,"app","shop",7,"[local]",6920d005.7,1,'
          '"SELECT",2026-11-20 08:00:00 UTC,3/0,0,LOG,00000,"%s",,,,,,,,,"web",'
          '"client backend",,0\n')
DURATION = RECORD % "duration: 1.5 ms  statement: SELECT 1"
LINE = ('{"timestamp":"2026-11-20 10:00:00.000 UTC","pid":7,"session_id":"a.1",'
        '"error_severity":"LOG","message":"duration: 1.5 ms  statement: '
        'SELECT 1"}\n')


def bomb(megabytes):
    """Zeros packed a thousand to one."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"\0" * 1000000
    return b"".join(pack.compress(zeros) for _ in range(megabytes)) + \
        pack.flush()


def log(what, name, text, status, word):
    data = text.encode() if isinstance(text, str) else text
    return "log: " + what, name, data, status, word


LOGS = [
    log("empty CSV", "a.csv", "", 0, None),
    log("empty", "a.log", "", 0, None),
    log("cut off in a field", "a.csv", DURATION * 5 + DURATION[:150], 1,
        "TL004"),
    log("too few fields", "a.csv", DURATION * 5 + "a,b,c\n" + DURATION, 1,
        "TL004"),
    log("an open quote", "a.csv", DURATION * 3 + '"' + DURATION * 3, 1,
        "TL004"),
    log("a NUL", "a.csv", DURATION + "\0\0\0\n" + DURATION, 1, "TL004"),
    log("JSON that is cut off", "a.json", LINE * 3 + LINE[:60], 1, "TL004"),
    log("JSON of another kind between", "a.json", LINE + "[1,2]\n" + LINE, 1,
        "TL004"),
    log("rubbish", "a.log", rubbish(5000), 1, "TL00"),
    log("packed and cut off", "a.csv.gz",
        gzip.compress(rubbish(9) + DURATION.encode() * 500)[:-20], 1, "TL00"),
    log("packed rubbish", "a.csv.gz", b"\x1f\x8b\x08\0" + rubbish(500), 1,
        "TL00"),
    log("a wrong check sum", "a.csv.gz",
        gzip.compress(DURATION.encode() * 50)[:-8] + b"\0" * 8, 1, "TL00"),
    log("300 MB of zeros, packed", "a.csv.gz", bomb(300), 1, "TL00"),
    log("zstd and cut off", "a.csv.zst", b"\x28\xb5\x2f\xfd\x04\x58\x11", 1,
        "TL00"),
    log("zstd with a window of 2 GiB", "a.csv.zst",
        b"\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", 1, "TL00"),
    log("a gzip that is not one", "a.sql.gz", INDEX, 1, "TL"),
]


def config(what, text, status, word):
    data = text.encode() if isinstance(text, str) else text
    return "config: " + what, ".tusklint.yml", data, status, word


LAUGHS = "a0: &a0 [x, x]\n" + "".join(
    "a%d: &a%d [%s]\n" % (i, i, ", ".join(["*a%d" % (i - 1)] * 9))
    for i in range(1, 30))

CONFIGS = [
    config("empty", "", 1, FINDS),
    config("a comment", "# nothing\n", 1, FINDS),
    config("a byte order mark", b"\xef\xbb\xbffail-on: error\n", 0, FINDS),
    config("an unknown key", "fial-on: error\n", 2, "fail-on"),
    config("an unknown rule", "ignore: [no-such-rule]\n", 2, "no-such-rule"),
    config("a list for a word", "fail-on: [error]\n", 2, ":1:"),
    config("a word for a list", "overrides: 7\n", 2, ":1:"),
    config("not YAML", "a: [1, 2\n", 2, "tusklint.yml:"),
    config("a tab", "fail-on:\n\t- error\n", 2, "tusklint.yml:"),
    config("rubbish", rubbish(500), 2, "tusklint.yml:"),
    config("NUL", b"fail-on: err\0or\n", 2, "tusklint.yml:"),
    config("a list at the top", "- a\n- b\n", 2, "tusklint.yml:"),
    config("aliases of aliases", LAUGHS, 2, "tusklint.yml:"),
    config("an alias of itself", "ignore: &a [*a]\n", 2, "tusklint.yml:"),
    config("depth of 100,000", "ignore: " + "[" * MANY, 2, "tusklint.yml:"),
    config("a key twice", "fail-on: error\nfail-on: note\n", 2,
           "tusklint.yml:2"),
    config("two documents", "fail-on: error\n---\nfail-on: note\n", 2,
           "tusklint.yml:"),
    config("a path above", "schema: ../../../etc/passwd\n", 2,
           "tusklint.yml:1"),
    config("an absolute path", "schema: /etc/passwd\n", 2, "tusklint.yml:1"),
    config("a baseline above", "baseline: ../x.json\n", 2,
           "tusklint.yml:1"),
    config("it extends itself", "extends: .tusklint.yml\n", 2,
           "tusklint.yml:1"),
    config("it extends a device", "extends: /dev/zero\n", 2,
           "tusklint.yml:1"),
    config("a tag that makes an object",
           "ignore: !!python/object/apply:os.system [id]\n", 2,
           "tusklint.yml:1"),
    config("1 MB in a word", "ignore: [" + "x" * 1000000 + "]\n", 2,
           "tusklint.yml:1"),
]
