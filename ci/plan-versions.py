#!/usr/bin/env python3
"""plan-versions.py - do the plan rules say the same of each release's plans?

Usage: plan-versions.py [BINARY]
       plan-versions.py --write FOLDER     keeps what is derived, to look at

The plans in testdata are of PostgreSQL 15. EXPLAIN (FORMAT JSON) of 12, 13,
16, 17 and 18 prints other keys; here each plan of a rule's fixtures and of
testdata/plans/own is rewritten to them, by what the release notes
tell and real servers of these releases show:

  13  partitions numbered from 1; BUFFERS for planning; WAL; Incremental Sort;
      hash aggregates go to disk and say so (release notes of 13)
  14  Async Capable; Memoize; ModifyTable has one child, no rows of its own
  15  Temp I/O Read Time and Write Time; Run Condition of a WindowAgg (release
      notes of 15)
  16  nothing that these plans have; GENERIC_PLAN prints the same keys
  17  I/O times of shared and local blocks apart; time of tuple deforming under
      JIT; SubPlans and InitPlans are named in conditions, with their column
      (release notes of 17, under EXPLAIN and monitoring)
  18  Disabled, and no cost of ten thousand million for it; Actual Rows with
      two decimals; Index Searches; Storage and Maximum Storage of Material,
      WindowAgg, CTE and recursive nodes; Window (release notes of 18,
      under EXPLAIN)

What is derived must have the keys that a real server of the release prints:
testdata/plans/keys.json has them of each type of node, recorded by
plan-labels.py --keys. Where a release lacks what a rule needs, OTHERWISE says
what is expected instead, and why; a plan with a node that the release does not
have is left out.
"""
import json
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "testdata" / "rules"
PLANS = ROOT / "testdata" / "plans"
OWN = PLANS / "own"
VERSIONS = ["12", "13", "16", "17", "18"]
DISABLED_COST = 1e10
# What 15 prints and the release does not.
NOT_IN_13 = {"Async Capable", "Temp I/O Read Time", "Temp I/O Write Time",
             "Run Condition"}
NOT_IN_17 = {"I/O Read Time", "I/O Write Time"}
GONE = {
    "12": NOT_IN_13 | {"Planning", "HashAgg Batches", "Planned Partitions",
                       "Disk Usage"},
    "13": NOT_IN_13,
    "16": set(),
    "17": NOT_IN_17,
    "18": NOT_IN_17,
}
# Fixtures that were made for one release already.
OF_A_RELEASE = re.compile(r"_1[23678]$")
# Names of another encoding go through as the bytes that they are.
OTHER_BYTES = "surrogateescape"
IN_MEMORY = "hash aggregates of 12 never go to disk"
UNTOLD = "12 does not tell what planning read: a first run looks like any other"
# (plan, release): what is said there instead, and why.
OTHERWISE = {
    ("hash-spill/bad_aggregate", "12"): ([], IN_MEMORY),
    ("hash-spill/bad_aggregate_above_workers", "12"): ([], IN_MEMORY),
    ("hash-spill/bad_distinct", "12"): ([], IN_MEMORY),
    ("own/hash_groups_to_disk", "12"): ([], IN_MEMORY),
    ("disk-reads/good_first_run", "12"): ([("disk-reads", 1)], UNTOLD),
    ("planning-time/good_first_run", "12"): ([("planning-time", 0)], UNTOLD),
}
# All of our queries with IN and NOT IN compare a column of this name.
TESTED = "id"


def nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


def with_keys(document):
    """All that has counters: nodes, their workers, the planning."""
    for node in nodes(document["Plan"]):
        yield node
        yield from node.get("Workers", [])
    if "Planning" in document:
        yield document["Planning"]


def objects(document):
    """(kind, keys), as plan-labels.py records them."""
    yield "document", document
    for node in nodes(document["Plan"]):
        yield node["Node Type"], node
        for worker in node.get("Workers", []):
            yield "worker", worker
    for trigger in document.get("Triggers", []):
        yield "trigger", trigger
    if "Planning" in document:
        yield "Planning", document["Planning"]


def drop(thing, *keys):
    for key in keys:
        thing.pop(key, None)


# ---- older releases ---------------------------------------------------------


def as_13(document):
    for thing in with_keys(document):
        drop(thing, *NOT_IN_13)
    for node in nodes(document["Plan"]):
        if node["Node Type"] == "ModifyTable":
            for child in node.get("Plans", []):
                if child["Parent Relationship"] == "Outer":
                    child["Parent Relationship"] = "Member"
                    node["Plan Rows"] = child["Plan Rows"]
                    node["Plan Width"] = child["Plan Width"]


def keep_in_memory(node):
    """What hash aggregates at or below the node wrote and read, taken out."""
    keys = ("Temp Written Blocks", "Temp Read Blocks")
    below = [keep_in_memory(c) for c in node.get("Plans", [])]
    less = {key: sum(b[key] for b in below) for key in keys}
    for key in keys:
        node_own = node.get(key, 0) - sum(
            c.get(key, 0) + b[key]
            for c, b in zip(node.get("Plans", []), below))
        if node.get("HashAgg Batches", 0) > 1:
            less[key] += node_own
        if key in node:
            node[key] -= less[key]
    return less


CONDITIONS = ("Filter", "Join Filter", "Index Cond", "Recheck Cond",
              "Hash Cond", "Merge Cond", "One-Time Filter")


def name_partitions(plan):
    """13 numbers them all, from 1; 12 numbered the alias of the query, the
    first one had none, and without an alias they go by their own names."""
    names = {}
    for node in nodes(plan):
        if node.get("Relation Name", "").startswith(node.get("Alias", "") + "_"):
            names[node["Alias"]] = node["Relation Name"]
            node["Alias"] = node["Relation Name"]
        if node["Node Type"] not in ("Append", "Merge Append"):
            continue
        for child in node["Plans"]:
            found = re.fullmatch(r"(\w+)_(\d+)", child.get("Alias", ""))
            if not found or child["Alias"] == child["Relation Name"]:
                continue
            base, number = found[1], int(found[2]) - 1
            new = base + "_%d" % number if number else base
            if child["Relation Name"].startswith(base + "_"):
                new = child["Relation Name"]
            names[child["Alias"]] = new
            child["Alias"] = new
    for node in nodes(plan):
        for key in set(CONDITIONS) & set(node):
            node[key] = re.sub(r"\b(\w+)(?=\.\w)",
                               lambda m: names.get(m[1], m[1]), node[key])


def as_12(document):
    as_13(document)
    keep_in_memory(document["Plan"])
    name_partitions(document["Plan"])
    drop(document, "Planning")
    drop(document.get("Settings", {}), "hash_mem_multiplier")
    for thing in with_keys(document):
        drop(thing, "HashAgg Batches", "Planned Partitions", "Disk Usage")
        if thing.get("Node Type") == "Aggregate":
            drop(thing, "Peak Memory Usage")
        # Only VERBOSE lists the workers, but for what each of them sorted.
        if thing.get("Node Type") != "Sort":
            drop(thing, "Workers")


# ---- newer releases ---------------------------------------------------------


def as_16(document):
    pass


def split_io_times(thing):
    for way in ("Read", "Write"):
        ms = thing.pop("I/O %s Time" % way, None)
        if ms is not None:
            thing["Shared I/O %s Time" % way] = ms
            thing["Local I/O %s Time" % way] = 0.0


def named_parameters(plan):
    """{"$0": "(InitPlan 1).col1"}, of what the InitPlans return."""
    names = {}
    for node in nodes(plan):
        found = re.fullmatch(r"(InitPlan \d+) \(returns ([$\d,]+)\)",
                             node.get("Subplan Name", ""))
        if found:
            node["Subplan Name"] = found[1]
            for i, name in enumerate(found[2].split(","), 1):
                names[name] = "(%s).col%d" % (found[1], i)
    return names


def name_subplans(text, names):
    """A list that is looked up is IN or NOT IN; behind OR stands EXISTS."""
    text = re.sub(r"\$\d+", lambda m: names.get(m[0], m[0]), text)
    text = re.sub(r"\((hashed SubPlan \d+)\)",
                  r"(ANY (%s = (\1).col1))" % TESTED, text)
    text = re.sub(r"\(NOT \((SubPlan \d+)\)\)",
                  r"(NOT (ANY (%s = (\1).col1)))" % TESTED, text)
    return re.sub(r" OR \((SubPlan \d+)\)", r" OR EXISTS(\1)", text)


def as_17(document):
    names = named_parameters(document["Plan"])
    for thing in with_keys(document):
        split_io_times(thing)
        for key in set(CONDITIONS) & set(thing):
            thing[key] = name_subplans(thing[key], names)
    timing = document.get("JIT", {}).get("Timing")
    if timing:
        timing["Generation"] = {"Deform": round(timing["Generation"] / 4, 3),
                                "Total": timing["Generation"]}


def disabled_nodes(plan):
    for node in nodes(plan):
        if node["Startup Cost"] >= DISABLED_COST and all(
                c["Total Cost"] < DISABLED_COST for c in node.get("Plans", [])):
            yield id(node)


def add_fractions(thing):
    """An average of more than one loop is seldom a whole number."""
    if "Actual Rows" in thing:
        more = 0.25 if thing["Actual Loops"] > 1 else 0.0
        thing["Actual Rows"] = thing["Actual Rows"] + more


def as_18(document):
    as_17(document)
    off = set(disabled_nodes(document["Plan"]))
    for node in nodes(document["Plan"]):
        node["Disabled"] = id(node) in off
        for thing in [node, *node.get("Workers", [])]:
            add_fractions(thing)
        for key in ("Startup Cost", "Total Cost"):
            while node[key] >= DISABLED_COST:
                node[key] = round(node[key] - DISABLED_COST, 2)
        kind, ran = node["Node Type"], node.get("Actual Loops", 0) > 0
        if "Actual Loops" in node and kind in (
                "Index Scan", "Index Only Scan", "Bitmap Index Scan"):
            node["Index Searches"] = node["Actual Loops"]
        if kind == "WindowAgg":
            node["Window"] = "w1 AS ()"
        if ran and kind in ("WindowAgg", "CTE Scan", "Materialize",
                            "Recursive Union"):
            spilled = node.get("Temp Written Blocks", 0) > 0
            node["Storage"] = "Disk" if spilled else "Memory"
            node["Maximum Storage"] = 17


DERIVE = {"12": as_12, "13": as_13, "16": as_16, "17": as_17, "18": as_18}


def cannot_be(document, version):
    """What kind of node the release does not have."""
    kinds = {n["Node Type"] for n in nodes(document["Plan"])}
    if version in ("12", "13") and "Memoize" in kinds:
        return "Memoize is of 14"
    if version == "12" and "Incremental Sort" in kinds:
        return "Incremental Sort is of 13"
    return None


def documents_of(text):
    """auto_explain writes one, EXPLAIN a list."""
    documents = json.loads(text)
    return documents if isinstance(documents, list) else [documents]


def derive(text, version):
    """None where the release has no such plan."""
    documents = documents_of(text)
    if any(cannot_be(d, version) for d in documents):
        return None
    for document in documents:
        DERIVE[version](document)
    text = json.dumps(documents, indent=2, ensure_ascii=False) + "\n"
    # Two decimals, as 18 prints them.
    return re.sub(r'("Actual Rows": \d+\.\d)(?=,)', r"\g<1>0", text)


# ---- are these the release's keys? ------------------------------------------


def spelled(seen, kinds=None):
    """Every key of those kinds of objects, however they were explained."""
    return {key for way in seen.values() for kind, keys in way.items()
            if kinds is None or kind in kinds
            for key in keys["always"] + keys["at times"]}


class Keys:
    """What real servers print, and what is derived otherwise."""

    def __init__(self):
        self.of = json.loads((PLANS / "keys.json").read_text())
        self.wrong = set()
        for version in VERSIONS:
            there = spelled(self.of[version])
            for key in GONE[version] & there:
                self.wrong.add("%s prints %s" % (version, key))
            for key in self.always_of_15(version) - there - GONE[version]:
                self.wrong.add("%s does not print %s" % (version, key))

    def always_of_15(self, version):
        """Of the kinds that the release has, too."""
        return {key for name, way in self.of["15"].items()
                for kind, seen in way.items()
                if kind in self.of[version][name] for key in seen["always"]}

    def check(self, document, original, version):
        there, ours = self.of[version], spelled(self.of["15"])
        gone, new = GONE[version], spelled(there) - ours
        way = "analyze" if "Actual Loops" in document["Plan"] else "plain"
        for kind, thing in objects(document):
            always = there[way].get(kind, {"always": []})["always"]
            for key in set(thing) & gone:
                self.wrong.add("%s: %s has no %s" % (version, kind, key))
            for key in set(always) & new - set(thing):
                self.wrong.add("%s: %s lacks %s" % (version, kind, key))
        for node, was in zip(nodes(document["Plan"]), nodes(original["Plan"])):
            kind = node["Node Type"]
            for key in set(node) - set(was) - spelled(there, [kind]):
                self.wrong.add("%s: no %s in a %s" % (version, key, kind))


# ---- do the rules say the same? -----------------------------------------------


def place_of_nodes(text):
    """Line of each node, in order: the places of findings."""
    return [number for number, line in enumerate(text.splitlines(), 1)
            if '"Node Type": ' in line]


def lint(binary, folder, files, options):
    done = subprocess.run(
        [binary, "--format", "json", *options, *files], cwd=folder,
        capture_output=True, timeout=300)
    if done.returncode not in (0, 1):
        sys.exit("plan-versions: %s" % done.stderr.decode())
    return json.loads(done.stdout)["findings"]


def said(findings, texts):
    """{file: sorted [(rule, which node)]}"""
    out = {name: [] for name in texts}
    for f in findings:
        if f["path"] in texts:
            line = f["start"]["line"]
            out[f["path"]].append((f["name"], place_of_nodes(
                texts[f["path"]]).index(line)))
    return {name: sorted(found) for name, found in out.items()}


class Test:
    def __init__(self, binary):
        self.binary = binary
        self.keys = Keys()
        self.passed = 0
        self.failed = []
        self.otherwise = set()
        self.kept = None  # a folder for what is derived

    def compare(self, what, version, now, then):
        """`then` of 15, or what OTHERWISE has."""
        if (what, version) in OTHERWISE and now != then:
            self.otherwise.add((what, version))
            then = OTHERWISE[what, version][0]
        if now == then:
            self.passed += 1
        else:
            self.failed.append("%s of %s: %s, of 15: %s" % (what, version, now,
                                                          then))

    def derived(self, text, version, what):
        """As derive(), its keys checked."""
        new = derive(text, version)
        if new is None:
            return None
        for pair in zip(documents_of(new), documents_of(text)):
            self.keys.check(*pair, version)
        if self.kept:
            file = self.kept / version / (what + ".json")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(new, errors=OTHER_BYTES)
        return new

    def rule(self, rule):
        folder = RULES / rule
        texts = {f.name: f.read_text(errors=OTHER_BYTES)
                 for f in sorted(folder.glob("*.json"))
                 if not OF_A_RELEASE.search(f.stem)}
        options = ["--select", rule]
        for schema in sorted(folder.glob("schema*.sql")):
            options += ["--schema", schema.name]
        files = sorted(f.name for f in folder.iterdir()
                       if f.suffix == ".jsonl") + sorted(texts)
        then = said(lint(self.binary, folder, files, options), texts)
        for version in VERSIONS:
            with tempfile.TemporaryDirectory() as name:
                copy_of = Path(name) / rule
                shutil.copytree(folder, copy_of)
                new = {}
                for file, text in texts.items():
                    what = rule + "/" + file.removesuffix(".json")
                    new[file] = self.derived(text, version, what)
                    if new[file]:
                        (copy_of / file).write_text(new[file],
                                                    errors=OTHER_BYTES)
                new = {file: text for file, text in new.items() if text}
                here = [f for f in files if f in new or f not in texts]
                now = said(lint(self.binary, copy_of, here, options), new)
                for file in new:
                    self.compare(rule + "/" + file.removesuffix(".json"),
                                 version, now[file], then[file])

    def own(self, label):
        text = (OWN / label["file"]).read_text()
        ddl = (OWN / "schema.sql").read_text() + label.get("ddl", "")
        what = "own/" + label["file"].removesuffix(".json")
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "schema.sql").write_text(ddl)
            for version in VERSIONS:
                new = self.derived(text, version, what)
                if new:
                    (folder / "plan.json").write_text(new)
                    found = lint(self.binary, folder, ["plan.json"],
                                 ["--schema", "schema.sql"])
                    self.compare(what, version, sorted({f["rule"] for f in found}),
                                 sorted(label["expected"]))


def main():
    args = sys.argv[1:]
    keep = args.pop(args.index("--write") + 1) if "--write" in args else None
    args = [a for a in args if a != "--write"]
    test = Test(str(Path(args[0] if args else ROOT / "build/tusklint").resolve()))
    test.kept = keep and Path(keep)
    rules = sorted(f.stem for f in (ROOT / "rules" / "plan").glob("*.c"))
    labels = json.loads((OWN / "labels.json").read_text())
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(test.rule, rules))
        list(pool.map(test.own, labels))
    needless = set(OTHERWISE) - test.otherwise
    failed = test.failed + sorted(test.keys.wrong) + [
        "%s of %s is as of 15" % a for a in sorted(needless)]
    print("".join("    %s\n" % f for f in failed), end="")
    print("plan-versions: %d passed, %d failed" % (test.passed, len(failed)))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
