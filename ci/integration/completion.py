#!/usr/bin/env python3
"""completion.py - the completions in bash, zsh and fish, and the man page.

Usage: completion.py BINARY. Each shell is asked what it would offer behind the
same beginnings of a command line; bash and fish answer, zsh's script is run as
far as its arguments go.
"""
import pathlib
import subprocess
import sys
import tempfile

binary = str(pathlib.Path(sys.argv[1]).resolve())
passed = failed = 0


def check(what, ok, output=""):
    global passed, failed
    passed += ok
    failed += not ok
    if not ok:
        print(f"FAILED: {what}\n{output}")


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, **more)


# What is typed, what must be offered, what must not.
CASES = [
    (["lo"], {"locks"}, {"check"}),
    ([""], {"check", "baseline", "lsp"}, set()),
    (["--expect"], {"--expect-index"}, {"--format"}),
    (["check", "--fail-on", ""], {"error", "warning", "note", "never"}, {"text"}),
    (["--format", "ju"], {"junit"}, {"json"}),
    (["locks", "--format", ""], {"text", "json"}, {"sarif"}),
    (["explain", "redundant-p"], {"redundant-primary-key-index"}, set()),
    (["config", "s"], {"show", "schema"}, {"check"}),
    (["baseline", ""], {"write", "prune"}, set()),
    (["help", "sup"], {"suppress"}, set()),
    (["suppress", "--a"], {"--add"}, {"--fix"}),
    (["lsp", "--pg-version", "1"], {"15", "18"}, set()),
]

BASH = """
source "$1"; shift
COMP_WORDS=(tusklint "$@"); COMP_CWORD=$#
_tusklint 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""


def in_bash(script, words):
    return set(run("bash", "-c", BASH, "bash", script, *words).stdout.split())


def in_fish(script, words):
    line = " ".join(["tusklint", *words])
    said = run("fish", "--no-config", "-c", f"source {script}; complete -C '{line}'")
    return {offer.split("\t")[0] for offer in said.stdout.splitlines()}


# _arguments and _describe are told apart from the rest by printing what they get.
ZSH = """
_files() { :; }
_describe() { print -rl -- $commands | sed 's/:.*//'; }
_arguments() { print -rl -- "$@"; }
compdef() { :; }
source "$1"; shift
words=(tusklint "$@"); CURRENT=$(( $# + 1 ))
_tusklint
"""


def in_zsh(script, words):
    said = run("zsh", "-f", "-c", ZSH, "zsh", script, *words)
    check(f"zsh: {words}: no complaint", not said.stderr, said.stderr)
    return said.stdout


with tempfile.TemporaryDirectory() as scratch:
    scripts = {}
    for shell in ("bash", "zsh", "fish"):
        scripts[shell] = f"{scratch}/{shell}"
        text = run(binary, "completion", shell)
        check(f"completion {shell}", text.returncode == 0, text.stderr)
        pathlib.Path(scripts[shell]).write_text(text.stdout)
        parsed = run(shell, "-n", scripts[shell])
        check(f"{shell} reads it", parsed.returncode == 0 and not parsed.stderr, parsed.stderr)
    for words, wanted, unwanted in CASES:
        for shell, ask in (("bash", in_bash), ("fish", in_fish)):
            offers = ask(scripts[shell], words)
            check(f"{shell}: {words}", wanted <= offers and not unwanted & offers, sorted(offers))
        said = in_zsh(scripts["zsh"], words)
        check(f"zsh: {words}", all(w in said for w in wanted), said[:2000])

page = run(binary, "help", "--man").stdout
roff = run("groff", "-man", "-ww", "-z", "-Tutf8", input=page)
check("man page: no warning", roff.returncode == 0 and not roff.stderr, roff.stderr)
shown = run("groff", "-man", "-Tascii", "-P-cbou", input=page).stdout
for word in ("--expect-index", "tusklint baseline", "EXIT STATUS", "--add[=REASON]"):
    check(f"man page: {word}", word in shown)

print(f"completion: {passed} passed, {failed} failed")
sys.exit(failed != 0)
