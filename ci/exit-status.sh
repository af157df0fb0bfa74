#!/bin/sh
# exit-status.sh - the promises of the command line: statuses, streams, words.
#
# Usage: exit-status.sh [BINARY]. 0 nothing found, 1 findings, 2 it could not
# be done; 2 beats 1. What went wrong stands on standard error, in a line that
# begins with the program's name, and names what would have been right.
set -u
binary=${1:-build/tusklint}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1
# What is tested must not depend on where it is tested.
unset GITHUB_ACTIONS GITHUB_WORKSPACE CI_PROJECT_DIR NO_COLOR CLICOLOR_FORCE
passed=0
failed=0
rule=require-concurrent-index-creation

mkdir db
echo 'CREATE TABLE bins (id bigint PRIMARY KEY, row int NOT NULL);' >db/1_a.sql
echo 'CREATE INDEX bins_row_idx ON bins (row);' >db/2_b.sql
cp db/1_a.sql clean.sql
cp db/2_b.sql bad.sql
cp db/2_b.sql mended.sql
cp bad.sql ./-bad.sql
printf 'SELECT FROM WHERE;\nCREATE INDEX i ON t (a);\n' >broken.sql

verdict() { # verdict OK WHAT
    if [ "$1" = yes ]; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED: $2"
    sed 's/^/    out: /' out | head -n 5
    sed 's/^/    err: /' err | head -n 5
}

# ends STATUS ARGUMENTS...: runs it, and keeps out and err for says and tells.
ends() {
    want=$1
    shift
    "$binary" "$@" >out 2>err <"${input:-/dev/null}"
    got=$?
    input=
    what="tusklint $*"
    [ "$got" = "$want" ] && ok=yes || ok=no
    verdict $ok "$what: status $got, not $want"
}

# gives STATUS ARGUMENTS...: the same, and looks at standard error.
gives() {
    ends "$@"
    # A failure says why; a success leaves the stream to the caller's errors.
    case $want in
    2) [ -s err ] && ok=yes || ok=no ;;
    *) [ ! -s err ] && ok=yes || ok=no ;;
    esac
    verdict $ok "$what: standard error"
}

says() { # in standard output
    grep -qF -e "$1" out && ok=yes || ok=no
    verdict $ok "$what: its output has no '$1'"
}

tells() { # in standard error
    grep -qF -e "$1" err && ok=yes || ok=no
    verdict $ok "$what: standard error has no '$1'"
}

# Nothing found, something found, and the words for it.
gives 0 clean.sql
gives 0 check clean.sql
gives 1 bad.sql
says "$rule"
gives 1 check db
says "$rule"
gives 0 --ignore "$rule" bad.sql
gives 0 --ignore TL101 bad.sql
gives 0 --fail-on error bad.sql
says "$rule"
gives 0 --fail-on never bad.sql
gives 1 --fail-on warning bad.sql
gives 1 --fail-on=note --severity "$rule=note" bad.sql
gives 0 --severity "$rule=note" bad.sql
gives 0 --severity "$rule=off" bad.sql
gives 1 --severity "$rule=error" --fail-on error bad.sql
gives 1 broken.sql
says broken.sql:1:
says syntax-error
says "$rule"
gives 0 -q clean.sql
[ ! -s out ] && ok=yes || ok=no
verdict $ok "$what: quiet and clean says nothing"

"$binary" --timing clean.sql >out 2>err
what='tusklint --timing'
tells 's in all'
for f in json rdjson gitlab checkstyle junit; do
    gives 0 --format $f clean.sql
done
says '<testcase name="no findings" classname="clean.sql"'
gives 1 --format gitlab bad.sql
says '"severity": "major"'
gives 2 --format junit bad.sql no-such-file.sql
says '<error type="failure" message="no-such-file.sql: '
gives 2 --format gitlab bad.sql no-such-file.sql
says '"path": "no-such-file.sql"'

# Usage.
gives 2
gives 2 --no-such-option bad.sql
tells no-such-option
gives 2 --selekt "$rule" bad.sql
tells --select
gives 2 -Z bad.sql
gives 2 --format
gives 2 --format yaml bad.sql
tells sarif
gives 2 --format checkstile bad.sql
tells "did you mean 'checkstyle'?"
gives 2 -o jnuit=x bad.sql
tells "did you mean 'junit'?"
gives 2 -o json=x -o sarif=x bad.sql
tells 'two reports would go to x'
cp bad.sql kept.sql
gives 2 -o json=./kept.sql kept.sql
tells 'kept.sql is an input of this run'
cmp -s bad.sql kept.sql && ok=yes || ok=no
verdict $ok 'a report overwrites an input'
gives 2 -o sarif bad.sql
tells FORMAT=PATH
gives 2 -o yaml=x bad.sql
gives 2 --as fish bad.sql
tells migration
gives 2 --fail-on sometimes bad.sql
gives 2 --pg-version 8 bad.sql
# Grammar of a server newer than the parser: a fault only of older servers.
echo 'SELECT a FROM (SELECT 1 AS a);' >newer.sql
gives 1 newer.sql
says 'It may be right in PostgreSQL 16 (--pg-version 16)'
gives 0 --pg-version 16 newer.sql
says 'This statement is not analysed'
# Digests go to standard output alone; what is no capture is told.
printf '%s\n' '{"timestamp":"2026-11-20 10:00:00.000 UTC","pid":1,"session_id":"a.1","error_severity":"LOG","message":"duration: 1.5 ms  statement: SELECT a FROM t"}' >app.json
gives 0 digest app.json
says '"total_us":1500'
"$binary" digest app.json >app.jsonl
gives 0 digest app.jsonl app.jsonl
says '"total_us":1500'
gives 0 check app.jsonl
says '1 of 1 query, by time: 1.5 ms in 1 call'
gives 2 digest bad.sql
# Plans as they were, and now.
plan() { # plan TYPE MORE
    printf '{"Query Text":"SELECT a FROM t WHERE b = 1","Plan":{"Node Type":"%s","Relation Name":"t","Alias":"t"%s}}' "$1" "${2:-}"
}
plan 'Index Scan' ',"Index Name":"t_b_idx"' >plan.json
gives 0 plan-baseline write base.jsonl plan.json
gives 0 plan-baseline check base.jsonl plan.json
plan 'Seq Scan' >plan.json
gives 1 plan-baseline check base.jsonl plan.json
says 'The index scan of t using t_b_idx has become a sequential scan'
cp base.jsonl kept.jsonl
printf '[{"Plan": {"Node Type"' >cut.json
gives 2 plan-baseline write base.jsonl plan.json cut.json
cmp -s base.jsonl kept.jsonl && ok=yes || ok=no
verdict $ok 'plan-baseline write: what cannot be read leaves the old one'
gives 2 plan-baseline
gives 2 plan-baseline write base.jsonl
gives 2 plan-baseline check base.jsonl
gives 2 plan-baseline show base.jsonl plan.json
gives 2 digest
gives 2 digest --format sarif app.json
gives 2 digest missing.json
gives 2 --color sometimes bad.sql
gives 2 --log-line-prefix %z bad.sql
tells log_line_prefix
gives 2 -j many bad.sql
gives 2 --quiet=yes bad.sql
gives 2 --select require-concurent-index-creation bad.sql
tells "$rule"
gives 2 --ignore no-such-rule-at-all bad.sql
tells no-such-rule-at-all
gives 2 --severity "$rule=loud" bad.sql

# Inputs that cannot be read; what can be is linted all the same.
gives 2 missing.sql
tells missing.sql
gives 2 bad.sql missing.sql
says "$rule"
gives 2 --schema missing.sql bad.sql
tells missing.sql
if [ "$(id -u)" != 0 ]; then
    cp bad.sql locked.sql
    chmod 000 locked.sql
    gives 2 locked.sql
    tells locked.sql
fi
# A file that opens and fails, which root may not read either.
if [ -r /proc/self/mem ]; then
    gives 2 --as migration /proc/self/mem
fi

# Standard input.
input=bad.sql gives 1 -
says '<stdin>:1:1'
input=bad.sql gives 1 --stdin-filename db/9_c.sql -
says db/9_c.sql:1:1
input=clean.sql gives 0 -
gives 0 --as migration -
printf 'SELECT id FROM bins WHERE row = NULL;\n' >query.sql
input=query.sql gives 1 --as query --stdin-filename q.sql -
says null-comparison

# Names that look like options.
gives 1 -- -bad.sql
says -bad.sql:1:1
gives 1 --format=json ./-bad.sql
says '"findings"'

# Reports into files, several at once.
gives 1 -o sarif=r.sarif -o json=r.json --output markdown=r.md -o json=r2.json \
    --format concise bad.sql
says "$rule]"
grep -q '"version": *"2.1.0"' r.sarif && cmp -s r.json r2.json && [ -s r.md ] &&
    ok=yes || ok=no
verdict $ok "$what: the files"
gives 2 -o json=no/such/folder/r.json bad.sql
tells no/such/folder/r.json
for format in text concise json sarif github markdown; do
    gives 1 --format $format bad.sql
    says bad.sql
done
GITHUB_ACTIONS=true
export GITHUB_ACTIONS
gives 1 bad.sql
says '::warning '
unset GITHUB_ACTIONS
# Annotations count from the folder that was checked out.
GITHUB_WORKSPACE=$(dirname "$PWD")
export GITHUB_WORKSPACE
gives 1 --format github bad.sql
says "file=$(basename "$PWD")/bad.sql,"
unset GITHUB_WORKSPACE

# A full disk is trouble, a reader that went away is not.
if [ -w /dev/full ]; then
    for words in bad.sql '--format json bad.sql' 'locks bad.sql' version rules "explain $rule"
    do
        # shellcheck disable=SC2086
        "$binary" $words >/dev/full 2>err
        got=$?
        : >out
        [ $got = 2 ] && [ -s err ] && ok=yes || ok=no
        verdict $ok "tusklint $words >/dev/full: status $got; 2 and a word are due"
    done
    gives 2 -o json=/dev/full bad.sql
    tells /dev/full
fi

# Its other commands.
gives 0 version
says tusklint
gives 0 --version
gives 0 version --format json
says '"version"'
gives 0 --help
says --fail-on
gives 0 check --help
gives 0 rules
says "$rule"
gives 0 rules --format json
says '"TL101"'
gives 0 rules --format markdown
says '| TL101 |'
gives 2 rules --format yaml
gives 0 explain "$rule"
says '## Why it matters'
gives 0 explain TL101
says "$rule"
gives 0 locks bad.sql
says 'SHARE on'
gives 0 locks --format json bad.sql
says '"riskiest"'
gives 2 locks
gives 2 locks --format sarif bad.sql
gives 2 locks no-such-file.sql
gives 2 explain
gives 2 explain require-concurrent-index-creatio
tells "$rule"
gives 2 explain 'nothing of that kind'

# Fixing. What would fail in a transaction waits for one word more, unless the
# tool is told to open none.
cp bad.sql fix.sql
gives 1 --quiet --fix fix.sql
cmp -s bad.sql fix.sql && ok=yes || ok=no
verdict $ok "$what: leaves what may be in a transaction alone"
gives 1 --diff --fix=unsafe fix.sql
says '+CREATE INDEX CONCURRENTLY'
{ echo '-- no-transaction' && cat bad.sql; } >fix.sql
cp fix.sql bare.sql
gives 1 --diff fix.sql
says '+CREATE INDEX CONCURRENTLY'
cmp -s bare.sql fix.sql && ok=yes || ok=no
verdict $ok "$what: leaves the file alone"
gives 0 --quiet --fix fix.sql
grep -q CONCURRENTLY fix.sql && ok=yes || ok=no
verdict $ok "$what: writes the file"
# Prisma sends one statement as it is.
mkdir -p prisma/migrations/1_a
cp bad.sql prisma/migrations/1_a/migration.sql
gives 0 --quiet --fix prisma
grep -q CONCURRENTLY prisma/migrations/1_a/migration.sql && ok=yes || ok=no
verdict $ok "$what: writes the file"

# A plan that is expected of a query: used, not used, not given.
mkdir expected
cat >expected/q.json <<'EOF'
[{"Plan": {"Node Type": "Index Scan", "Index Name": "bins_row_idx",
  "Relation Name": "bins", "Alias": "bins", "Startup Cost": 0.4,
  "Total Cost": 8.4, "Plan Rows": 3, "Plan Width": 8,
  "Index Cond": "(row = 4)"}}]
EOF
echo 'SELECT id FROM bins WHERE row = 4;' >expected/q.sql
query='select id from bins where row=$1'
gives 0 --expect-index "$query=bins_row_idx" expected
gives 0 --expect-index "EXPLAIN ANALYZE $query;=public.bins_row_idx" expected
gives 1 --expect-index "$query=bins_id_idx" --format concise expected
says 'expected/q.json:1:25: error: The plan is not as expected: index=bins_id_idx.'
gives 2 --expect-index "$query=bins_row_idx" \
    --expect-index 'select 1 from bins=bins_row_idx' expected
tells 'index=bins_row_idx was expected of a plan of "select '
gives 2 --expect-index "$query=bins_row_idx" expected/q.sql
rm expected/q.sql
gives 2 --expect-index "$query=bins_row_idx" expected
tells '1 plan names no query'
gives 2 --expect-index "$query" expected
tells 'SQL=INDEX is wanted'
gives 2 --expect-index ';=i' expected
tells 'its query is empty'
gives 2 --expect-index "$query=i j" expected
tells 'no such term'

# Plans against what they were; a test that compares nothing is no test.
mkdir before nothing
cp expected/q.json before/q.json
echo "$query" >before/q.sql
gives 0 plan-baseline write b.jsonl before
gives 0 plan-baseline check b.jsonl before
sed 's/"Index Name": "bins_row_idx",//; s/Index Scan/Seq Scan/' \
    before/q.json >q.json
mv q.json before/q.json
gives 1 plan-baseline check --format concise b.jsonl before
says 'before/q.json:1:25: error: The index scan of bins using bins_row_idx has become a sequential scan. [TL525'
cp b.jsonl was.jsonl
: >empty.jsonl
gives 2 plan-baseline check b.jsonl nothing
tells 'no plan is among the inputs'
gives 2 plan-baseline check empty.jsonl before
tells 'no plan baseline is among the inputs'
gives 2 plan-baseline check nowhere.jsonl before
tells 'nowhere.jsonl'
gives 2 plan-baseline write b.jsonl nothing
tells 'b.jsonl: not written'
echo '[{"Plan": {"Node Type": "Seq Scan"' >before/broken.json
gives 2 plan-baseline write b.jsonl before
cmp -s b.jsonl was.jsonl && ok=yes || ok=no
verdict $ok "$what: leaves the old baseline"
gives 2 plan-baseline check b.jsonl
gives 2 plan-baseline write b.jsonl
gives 2 plan-baseline
gives 0 plan-baseline check --help

# Options may stand before the word that says what a command does.
gives 0 plan-baseline --select plan-regression write b2.jsonl plan.json
gives 0 baseline --baseline first.json write bad.sql
gives 0 baseline write bad.sql --baseline first.json
gives 0 suppress --diff --add bad.sql
says 'ignore[require-concurrent-index-creation]'
gives 2 baseline --baseline first.json
gives 2 config --config no-such-file.yml show
tells 'no-such-file.yml:1:1: error: it cannot be read: No such file'
gives 0 debug --help

# What is a link, outside, or context stays as it is; the rest is fixed.
same() { # same FILE FILE: verdict of the last run
    cmp -s "$1" "$2" && ok=yes || ok=no
    verdict $ok "$what: leaves $1 alone"
}
mkdir -p tree/sub outside
cp bad.sql outside/o.sql
ln -s ../outside/o.sql tree/link.sql
ln -s ../outside tree/folder
printf '\357\273\277CREATE INDEX b ON t (x);\r\nSELECT 1;\r\n' >tree/sub/b.sql
chmod 640 tree/sub/b.sql
cp bad.sql context.sql
# It has something to say on standard error beside its findings.
"$binary" --as migration --schema context.sql --fix=unsafe tree >out 2>err
got=$?
what="tusklint --fix=unsafe tree with a link"
[ "$got" = 2 ] && ok=yes || ok=no
verdict $ok "$what: status $got, not 2"
tells 'link.sql: is a symbolic link; not written'
says "$rule"
[ "$(grep -c link.sql err)" = 1 ] && ok=yes || ok=no
verdict $ok "$what: says it once"
same outside/o.sql bad.sql
same context.sql bad.sql
[ -L tree/link.sql ] && [ -L tree/folder ] && ok=yes || ok=no
verdict $ok "$what: keeps the links"
printf '\357\273\277CREATE INDEX CONCURRENTLY b ON t (x);\r\nSELECT 1;\r\n' >want
same tree/sub/b.sql want
[ "$(stat -c %a tree/sub/b.sql)" = 640 ] && ok=yes || ok=no
verdict $ok "$what: keeps the mode"
[ "$(ls -A tree/sub)" = b.sql ] && ok=yes || ok=no
verdict $ok "$what: leaves no temporary file"

# A word that is nearly a command, and commands that are asked for otherwise.
gives 2 chekc bad.sql
tells "no file or command 'chekc'; did you mean tusklint check?"
gives 2 baselin
tells 'did you mean tusklint baseline?'
gives 2 help check rules
tells 'help takes one command'
gives 2 help chekc
tells "no command 'chekc'"
gives 2 rules --format
gives 2 rules db
tells 'rules takes only --format'
gives 2 version --format yaml
tells 'version takes only --format'
gives 0 rules --format=json
gives 0 version --format=json
gives 2 config
tells 'config takes: show [FILE]'
gives 2 config frob
gives 2 config show a.sql b.sql
gives 2 config schema x
gives 2 lsp bad.sql
tells 'lsp takes no paths'
gives 2 debug
tells 'debug takes: catalog PATH...'
gives 2 debug tree bad.sql
gives 2 --context all bad.sql
tells 'none or history'
gives 2 --fix=all bad.sql
tells 'safe or unsafe'
gives 2 --n-plus-one 1 bad.sql
tells 'a number from 2 on'

# Completions know each rule, command, option and what it may be.
for shell in bash zsh fish; do
    gives 0 completion $shell
    for word in "$rule" plan-baseline stdin-filename checkstyle; do
        says $word
    done
done
gives 0 completion bash
bash -n out && ok=yes || ok=no
verdict $ok "$what: bash cannot read it"
gives 2 completion csh
tells 'bash, zsh or fish'
gives 2 completion

# Fixed text of standard input goes to standard output, fixed or not; what is
# left goes to standard error, and the status tells of that.
input=bad.sql ends 0 --fix=unsafe --as migration -
says 'CREATE INDEX CONCURRENTLY bins_row_idx'
tells '1 fix applied'
input=bad.sql ends 1 --fix --as migration -
cmp -s out bad.sql && ok=yes || ok=no
verdict $ok "$what: what has no safe fix is as it was"
tells "$rule"
input=bad.sql ends 0 --fix=unsafe --as migration - mended.sql
says 'CREATE INDEX CONCURRENTLY bins_row_idx'
tells '2 fixes applied'
input=broken.sql ends 1 --fix --as migration --format json -
cmp -s out broken.sql && ok=yes || ok=no
verdict $ok "$what: what does not parse is as it was"
tells '"TL001"'
input=clean.sql ends 0 --fix --as migration -
cmp -s out clean.sql && ok=yes || ok=no
verdict $ok "$what: what needs no fix is as it was"

echo "exit-status: $passed passed, $failed failed"
[ "$failed" = 0 ]
