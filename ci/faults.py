#!/usr/bin/env python3
"""faults.py - bad inputs and faults: the status, one message, nothing broken.

Usage: faults.py BINARY [--full | --sanitized | CASE...]

The table (ci/faults/inputs.py, ci/faults/cases.py) is run row by row; then
calls of the C library fail in turn (ci/faults/fault.c), and --fix is disturbed
and killed. --full lets every allocation fail, not some. --sanitized is for a
build with sanitizers: only rows of the table, and none of a fault of the C
library or of memory, which the sanitizers have in their hands. CASE is a part
of what a row is called: only those rows.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from faults import fixes, injected, table  # noqa: E402
from faults.cases import CASES  # noqa: E402
from faults.run import Place  # noqa: E402


def main():
    binary, *rest = sys.argv[1:]
    sanitized = "--sanitized" in rest
    wanted = [w for w in rest if not w.startswith("--")]
    cases = [c for c in CASES
             if not wanted or any(w in c[0] for w in wanted)]
    place = Place(binary)
    try:
        results = list(table.check(place, cases, sanitized))
        print("%d rows of the table" % len(results))
        if not wanted and not sanitized:
            results += injected.check(place, "--full" in rest)
            results += fixes.check(place, "--full" in rest)
    finally:
        place.end()
    wrong = [(what, why) for what, why in results if why]
    for what, why in wrong:
        print("%s: %s" % (what, why))
    print("faults: %d passed, %d failed" % (len(results) - len(wrong),
                                            len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
