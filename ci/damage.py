#!/usr/bin/env python3
"""damage.py - logs that are cut off, mixed with rubbish, or out of time.

Usage: damage.py BINARY [--sanitized]

One run of an application, written as the three logs that a server would have
written of it (csvlog, jsonlog, stderr) and as collectors would have kept them
(Docker, Kubernetes, CloudNativePG, Cloud SQL), holds a loop near its beginning
and another near its end. Undamaged, all give the same findings. Then each is
damaged between the two: whatever happens there, both loops are found, and what
could not be read is one finding TL004 with its place. A sanitized build is not
asked how much memory it takes, nor to read the longest lines.
"""
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

MEMORY_MAX = 200 << 20
GIB = 1 << 30
FORMS = ("csv", "json", "log", "docker.json", "cnpg.json", "cloudsql.json",
         "cri.log")
# A line that just ends early is all that is known of it.
LINES = ("log", "cri.log")


def at_time(ms):
    return "2026-11-20 %02d:%02d:%02d.%03d UTC" % (
        ms // 3600000 % 24, ms // 60000 % 60, ms // 1000 % 60, ms % 1000)


def iso_time(ms):
    return at_time(ms).replace(" UTC", "Z").replace(" ", "T")


def csv_record(ms, pid, message, detail):
    def cell(text):
        return '"%s"' % text.replace('"', '""') if text else ""
    return ('%s,"app","shop",%d,"[local]",6920d0%02x.%x,1,"SELECT",'
            "2026-11-20 08:00:00 UTC,3/0,0,LOG,00000,%s,%s,,,,,,,,"
            '"web","client backend",,0\n' % (
                at_time(ms), pid, pid % 256, pid, cell(message), cell(detail)))


def json_record(ms, pid, message, detail):
    record = {"timestamp": at_time(ms), "user": "app", "dbname": "shop",
              "pid": pid, "session_id": "6920d0%02x.%x" % (pid % 256, pid),
              "ps": "SELECT", "vxid": "3/0", "error_severity": "LOG",
              "message": message, "application_name": "web",
              "backend_type": "client backend"}
    if detail:
        record["detail"] = detail
    return json.dumps(record, separators=(",", ":")) + "\n"


def stderr_record(ms, pid, message, detail):
    prefix = "%s [%d] app@shop/web " % (at_time(ms), pid)
    text = prefix + "LOG:  " + message.replace("\n", "\n\t") + "\n"
    if detail:
        text += prefix + "DETAIL:  " + detail.replace("\n", "\n\t") + "\n"
    return text


def wrapped(entry):
    """Each line of the stderr log in an object of its own."""
    def record(ms, pid, message, detail):
        lines = stderr_record(ms, pid, message, detail).splitlines()
        return "".join(json.dumps(entry(ms, line)) + "\n" for line in lines)
    return record


def docker(ms, line):
    return {"log": line + "\n", "stream": "stderr", "time": iso_time(ms)}


def cloudsql(ms, line):
    return {"insertId": "s=%d" % ms, "resource": {
        "labels": {"project_id": "shop"}, "type": "cloudsql_database"},
        "severity": "INFO", "textPayload": line, "timestamp": iso_time(ms)}


def cri_record(ms, pid, message, detail):
    lines = stderr_record(ms, pid, message, detail).splitlines()
    return "".join("%s stderr F %s\n" % (iso_time(ms), line) for line in lines)


CSV_NAMES = {"timestamp": "log_time", "user": "user_name",
             "dbname": "database_name", "pid": "process_id",
             "ps": "command_tag", "vxid": "virtual_transaction_id"}


def cnpg_record(ms, pid, message, detail):
    record = json.loads(json_record(ms, pid, message, detail))
    return json.dumps({
        "level": "info", "ts": iso_time(ms), "logger": "postgres",
        "msg": "record", "logging_pod": "shop-1", "record": {
            CSV_NAMES.get(k, k): str(v) for k, v in record.items()}}) + "\n"


WRITERS = {"csv": csv_record, "json": json_record, "log": stderr_record,
           "docker.json": wrapped(docker), "cloudsql.json": wrapped(cloudsql),
           "cnpg.json": cnpg_record, "cri.log": cri_record}


def loop(pid, ms, parent, child, key):
    """The records of a list and the lookups of what it gave."""
    yield ms, pid, "duration: 3.100 ms  execute <unnamed>: " + parent, ""
    for i in range(12):
        ms += 2
        yield (ms, pid,
               "duration: 0.%d20 ms  execute <unnamed>: %s" % (i % 9 + 1, child),
               "parameters: $1 = '%d'" % (key + 7 * i * i))


def filler(pid, ms, n):
    for i in range(n):
        yield (ms + 900 * i, pid,
               "duration: 1.500 ms  statement: SELECT now(),\n 'a \"quoted\"\tone'"
               " AS word_%d" % (i % 3), "")


def first_half():
    yield from loop(4001, 1000, "SELECT id FROM dock WHERE yard = 'N'",
                    "SELECT id, crane FROM berth WHERE dock = $1", 100)
    yield from filler(4002, 9000, 30)


def second_half(jump=0):
    yield from filler(4002, 50000 + jump, 30)
    yield from loop(4003, 90000 + jump, "SELECT id FROM ship WHERE flag = 'PA'",
                    "SELECT what, tons FROM cargo WHERE ship = $1", 5)


def written(form, records):
    return "".join(WRITERS[form](*r) for r in records).encode()


# ---- kinds of damage: bytes of the whole log, and whether TL004 is due ----

def nothing(form):
    return written(form, first_half()) + written(form, second_half()), False


def cut_at_the_end(form):
    whole, _ = nothing(form)
    last = written(form, filler(4002, 99000, 1))
    return whole + last[:len(last) * 2 // 3], form not in LINES


def cut_in_the_middle(form):
    """Rotation lost the end of one file and the beginning of the next."""
    record = written(form, filler(4002, 48000, 1))
    return (written(form, first_half()) + record[:len(record) // 2] + b"\n" +
            written(form, second_half()), form not in LINES)


def begins_in_a_record(form):
    record = written(form, filler(4002, 500, 1))
    start = 30 if form == "csv" else len(record) - 20
    whole, _ = nothing(form)
    return record[start:] + whole, form not in LINES


def binary_rubbish(form):
    rubbish = bytes((i * 197 + 31) % 256 for i in range(5000))
    return (written(form, first_half()) + rubbish + b"\n" +
            written(form, second_half()), True)


def zeros(form):
    """What a file system leaves after a crash."""
    return (written(form, first_half()) + b"\0" * 70000 + b"\n" +
            written(form, second_half()), True)


def not_utf8(form):
    bad = b"\xff\xfe\xc0\xaf"
    text = written(form, filler(4002, 48000, 4)).replace(b"quoted", bad)
    return (written(form, first_half()) + text +
            written(form, second_half()), False)


def clock_back(form):
    return (written(form, first_half()) +
            written(form, second_half(-40000)), False)


def clock_forward(form):
    return (written(form, first_half()) +
            written(form, second_half(5 * 3600 * 1000)), False)


def impossible_times(form):
    bad = written(form, filler(4002, 48000, 3))
    bad = bad.replace(b"2026-11-20 00", b"9999-99-99 99")
    return (written(form, first_half()) + bad +
            written(form, second_half()), False)


def windows_lines(form):
    return nothing(form)[0].replace(b"\n", b"\r\n"), False


def byte_order_mark(form):
    return b"\xef\xbb\xbf" + nothing(form)[0], False


def long_line(form):
    """A value of 20 MB in the middle of it all."""
    value = "x" * (20 << 20)
    record = (48000, 4002, "duration: 1.0 ms  execute <unnamed>: "
              "SELECT $1::text", "parameters: $1 = '%s'" % value)
    return (written(form, first_half()) + written(form, [record]) +
            written(form, second_half()), False)


def packed_and_cut(form):
    whole, _ = nothing(form)
    packed = gzip.compress(whole)
    return gzip.compress(whole) + packed[:len(packed) // 2], True


DAMAGES = [nothing, cut_at_the_end, cut_in_the_middle, begins_in_a_record,
           binary_rubbish, zeros, not_utf8, clock_back, clock_forward,
           impossible_times, windows_lines, byte_order_mark, long_line,
           packed_and_cut]


def limit_memory():
    """Address space is no measure with mapped files; time at least is."""
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


def lint(binary, path):
    process = subprocess.Popen(
        [binary, "--format", "json", path], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, preexec_fn=limit_memory)
    out = process.stdout.read()
    error = process.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise AssertionError("status %d %s" % (process.returncode, error))
    return json.loads(out)["findings"], usage.ru_maxrss * 1024


def loops_of(findings):
    return sorted(f["message"].split(" runs ")[0] for f in findings
                  if f["rule"] == "TL401")


WANTED = ["The lookup of berth by dock", "The lookup of cargo by ship"]


def check(binary, path, due, memory_max):
    findings, memory = lint(binary, path)
    found = loops_of(findings)
    told = [f for f in findings if f["rule"] == "TL004"]
    if found != WANTED:
        return "loops found: %s" % found
    if bool(told) != due:
        return "TL004 %s: %s" % ("missing" if due else "not due",
                                 [f["message"] for f in told])
    if memory > memory_max:
        return "%d MiB of memory" % (memory >> 20)
    return None


def sparse_line(form, path):
    """A line of 1 GiB that takes no room on the disk."""
    first = written(form, first_half())
    with open(path, "wb") as f:
        f.write(first)
        f.seek(len(first) + GIB)
        f.write(b"\n" + written(form, second_half()))


def same_findings(binary, folder):
    """Of all forms, but for the places."""
    seen = []
    for form in FORMS:
        path = folder / ("same." + form)
        path.write_bytes(nothing(form)[0])
        findings, _ = lint(binary, path)
        seen.append(sorted((f["rule"], f["message"]) for f in findings))
    return None if all(s == seen[0] for s in seen) and seen[0] else str(seen)


def main():
    binary = os.path.abspath(sys.argv[1])
    sanitized = "--sanitized" in sys.argv[2:]
    memory_max = sys.maxsize if sanitized else MEMORY_MAX
    results = []
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        results.append(("the forms agree", same_findings(binary, folder)))
        for damage in DAMAGES:
            for form in FORMS:
                data, due = damage(form)
                path = folder / ("app." + form)
                path.write_bytes(data)
                what = "%s of %s" % (damage.__name__, form)
                try:
                    results.append(
                        (what, check(binary, path, due, memory_max)))
                except AssertionError as e:
                    results.append((what, str(e)))
        for form in () if sanitized else FORMS:
            path = folder / ("long." + form)
            sparse_line(form, path)
            try:
                # The pages of the line itself are the file's.
                wrong = check(binary, path, True, GIB + MEMORY_MAX)
            except AssertionError as e:
                wrong = str(e)
            results.append(("a line of 1 GiB in %s" % form, wrong))
            path.unlink()
    wrong = [(what, why) for what, why in results if why]
    for what, why in wrong:
        print("%s: %s" % (what, why))
    print("damage: %d passed, %d failed" % (len(results) - len(wrong),
                                            len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
