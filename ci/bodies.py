#!/usr/bin/env python3
"""bodies.py - is a body that syntax-error reports one that a server refuses?

Usage: bodies.py BINARY, with PGHOST and PGUSER set (see server.sh).

Each statement of the fixtures whose names say "body" or "plpgsql" goes to the
server. It must be refused with the words of the first finding that stands in
it, or taken where there is none.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

FIXTURES = Path("testdata/rules/syntax-error")
END = re.compile(r"^(?:END )?(?:\$\$;|END';)$|^[^ ].*;$")


def statements(text):
    """Each with the number of its first line."""
    lines, first = [], 1
    for number, line in enumerate(text.splitlines(), 1):
        lines.append(line)
        in_body = re.search(r"AS (\$\$|')|^DO", "\n".join(lines))
        if END.match(line) and (not in_body or "$$;" in line or "END'" in line):
            yield first, number, "\n".join(lines)
            lines, first = [], number + 1


def findings(binary, path):
    """The server's words in each, by line."""
    done = subprocess.run(
        [binary, "--select", "TL001", "--fail-on", "never", "--format", "json",
         path], capture_output=True, text=True, check=True)
    return {f["start"]["line"]: f["message"].removeprefix(
        "The statement does not parse: ")
            for f in json.loads(done.stdout)["findings"]}


def refusal(sql):
    """Why the server does not take it; none where it does."""
    done = subprocess.run(["psql", "-XqAt", "-c", sql], text=True,
                          capture_output=True, check=False)
    error = re.search(r"ERROR:\s+(.*)", done.stderr)
    return error[1] if error else None


def judge(binary, path):
    """How many hold, and what does not."""
    found = findings(binary, path)
    passed, wrong = 0, []
    for first, last, sql in statements(path.read_text()):
        said = next((found[n] for n in range(first, last + 1) if n in found),
                    None)
        told = refusal(sql)
        if told == said:
            passed += 1
        else:
            wrong.append("%s:%d: the server: %s; tusklint: %s" %
                         (path, first, told, said))
    return passed, wrong


def main():
    passed, wrong = 0, []
    for path in sorted([*FIXTURES.glob("*body*.sql"),
                        *FIXTURES.glob("*plpgsql*.sql")]):
        more, not_so = judge(sys.argv[1], path)
        passed += more
        wrong += not_so
    print("\n".join([*wrong, "bodies: %d passed, %d failed" %
                     (passed, len(wrong))]))
    return 1 if wrong or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
