"""table.py - the rows of the table, each in a folder of its own."""
import re

from .run import common_fault, snapshot

# Of what nothing is told.
CLEAN = re.compile(r"(No findings in \d+ files?\s*)?$")


def judge(result, status, word):
    wrong = common_fault(result)
    if wrong:
        return wrong
    if status is not None and result.status != status:
        return "status %d, not %d: %s" % (result.status, status,
                                          result.told()[:300])
    if word and not re.search(word, result.told()):
        return "no '%s': %s" % (word, result.told()[:300])
    if not word and status == 0 and not CLEAN.match(result.told()):
        return "it says: " + result.told()[:300]
    return None


def run_case(place, make):
    """The result, and what the folder holds that it did not hold before."""
    folder = place.fresh()
    arguments, how = make(folder)
    place.give(folder)
    before = snapshot(folder)
    result = place.run(arguments, folder, **how)
    after = snapshot(folder)
    changed = [k for k in set(before) | set(after)
               if before.get(k) != after.get(k)]
    return result, changed


def check(place, cases):
    """Rows: (what, what is wrong or None)."""
    for what, make, status, word in cases:
        result, changed = run_case(place, make)
        wrong = judge(result, status, word)
        if not wrong and changed:
            wrong = "it leaves %s" % changed
        yield what, wrong
