"""table.py - the rows of the table, each in a folder of its own."""
import re
import resource

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


def is_of_sanitizers(how):
    """Sanitizers take the C library's calls and much memory for themselves."""
    return "fault" in how or any(
        what == resource.RLIMIT_AS for what, _ in how.get("limits", ()))


def run_case(place, make, sanitized=False):
    """The result, and what the folder holds that it did not hold before; None
    for what a sanitized build is not asked."""
    folder = place.fresh()
    arguments, how = make(folder)
    if sanitized and is_of_sanitizers(how):
        return None, None
    place.give(folder)
    before = snapshot(folder)
    result = place.run(arguments, folder, **how)
    after = snapshot(folder)
    changed = [k for k in set(before) | set(after)
               if before.get(k) != after.get(k)]
    return result, changed


def check(place, cases, sanitized=False):
    """Rows: (what, what is wrong or None)."""
    for what, make, status, word in cases:
        result, changed = run_case(place, make, sanitized)
        if not result:
            continue
        wrong = judge(result, status, word)
        if not wrong and changed:
            wrong = "it leaves %s" % changed
        yield what, wrong
