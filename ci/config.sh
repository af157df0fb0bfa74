#!/bin/sh
# config.sh - configurations, baselines, changes and suppressions, end to end.
#
# Usage: config.sh [BINARY]. In a folder of its own with a git repository; what
# is said on standard output and standard error is looked at together.
set -u
binary=${1:-build/tusklint}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
schema=$PWD/docs/schemas/config.json
plan=$PWD/testdata/rules/seq-scan/bad.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1
# What is tested must not depend on where it is tested.
unset GITHUB_ACTIONS NO_COLOR CLICOLOR_FORCE GIT_DIR GIT_WORK_TREE
HOME=$work GIT_CONFIG_NOSYSTEM=1
export HOME GIT_CONFIG_NOSYSTEM
passed=0
failed=0

verdict() { # verdict OK WHAT
    if [ "$1" = yes ]; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED: $2"
    sed 's/^/    /' "$work/all" | head -n 10
}

# gives STATUS ARGUMENTS...: keeps what is said for says and hides.
gives() {
    want=$1
    shift
    "$binary" "$@" >"$work/all" 2>&1 <"${input:-/dev/null}"
    got=$?
    input=
    what="tusklint $*"
    [ "$got" = "$want" ] && ok=yes || ok=no
    verdict $ok "$what: status $got, not $want"
}

says() {
    grep -qF -e "$1" "$work/all" && ok=yes || ok=no
    verdict $ok "$what: it does not say '$1'"
}

hides() {
    grep -qF -e "$1" "$work/all" && ok=no || ok=yes
    verdict $ok "$what: it says '$1'"
}

same() { # same FILE FILE WHAT
    cmp -s "$1" "$2" && ok=yes || ok=no
    verdict $ok "$3"
}

commit() {
    git add -A && git -c user.name=a -c user.email=a@example.org commit -qm "$1"
}

git init -q repo
cd repo || exit 1
mkdir -p db svc/db
echo 'CREATE TABLE bins (id bigint PRIMARY KEY, row int NOT NULL);' >db/1_a.sql
echo 'CREATE INDEX bins_row_idx ON bins (row);' >db/2_b.sql
cp db/1_a.sql db/2_b.sql svc/db
commit first

# What holds for a file.
gives 1 -q --format concise db
says 'db/2_b.sql:1:1: warning'
echo 'severity: {require-concurrent-index-creation: error}' >.tusklint.yml
gives 1 -q --format concise db
says 'db/2_b.sql:1:1: error'
gives 1 -q --format concise --severity TL101=note --fail-on note db
says 'db/2_b.sql:1:1: note'
gives 1 -q --format concise --no-config db
says 'db/2_b.sql:1:1: warning'
printf 'ignore: [requireConcurrently, TL101]\n' >svc/.tusklint.yml
gives 2 svc
says "svc/.tusklint.yml:1:10: error: no rule is named 'requireConcurrently'"
printf 'ignore: [TL101]\n' >svc/.tusklint.yml
gives 1 -q --format concise db svc
says 'db/2_b.sql:1:1: error'
hides 'svc/db/2_b.sql'
# The command line's selection is the last word, and keeps the severity.
gives 1 -q --format concise --select migration db svc
says 'svc/db/2_b.sql:1:1: warning'
says 'b/2_b.sql:1:1: error'
printf 'extends: ../.tusklint.yml\nfail-on: never\n' >svc/.tusklint.yml
gives 0 -q --format concise svc
says 'svc/db/2_b.sql:1:1: error'
gives 1 --fail-on error -q svc
(cd svc/db && "$binary" -q --format concise . >"$work/all" 2>&1)
what='from a folder below'
says '2_b.sql:1:1: error'
input=db/2_b.sql
gives 0 -q --format concise --stdin-filename svc/new/3.sql -
says 'svc/new/3.sql:1:1: error'
gives 0 --config svc/.tusklint.yml db

# Overrides, include, exclude; a named file is asked for exclude only.
cat >.tusklint.yml <<'EOF'
include: [db/**]
exclude: [1_*]
overrides:
  - files: [2_*]
    ignore: [migration]
  - files: db/2_b.sql
    severity: {TL101: note}
EOF
rm svc/.tusklint.yml
gives 0 -v --format concise .
says 'db/2_b.sql:1:1: note'
hides 'svc/'
hides '1_a.sql'
gives 0 -v svc/db/2_b.sql
says 'svc/db/2_b.sql: migration'
gives 0 -v db/1_a.sql
hides '1_a.sql: migration'
gives 0 config show db/2_b.sql
says '  TL101: note  # .tusklint.yml:7'
says '  - migration  # .tusklint.yml:5'
says '# fail-on: warning'

# Version, tool, schema.
printf 'pg-version: 12\nassume-in-transaction: true\n' >.tusklint.yml
gives 1 -q db
says 'on until the transaction ends'
mkdir other
echo 'CREATE TABLE far (id int PRIMARY KEY);' >other/far.sql
echo 'ALTER TABLE far ADD COLUMN gone int; SELECT 1 FROM far WHERE no = 1;' \
    >svc/db/3_c.sql
printf 'schema: ../other/far.sql\n' >svc/.tusklint.yml
gives 1 -v --format concise svc
says 'other/far.sql: migration, for the schema only'
rm svc/.tusklint.yml svc/db/3_c.sql

# From where on the rules of plans speak.
cp "$plan" plan.json
rm .tusklint.yml
gives 1 plan.json
says seq-scan
printf 'plan: {scan-min-rows: 1000000000, scan-max-kept: 0.5}\n' >.tusklint.yml
gives 0 --select seq-scan plan.json
printf 'overrides: [{files: p*.json, plan: {scan-min-rows: 1e9}}]\n' >.tusklint.yml
gives 2 plan.json
says 'scan-min-rows: a number from 0 on is wanted'
rm plan.json

# Mistakes: each with its place, status 2.
mistake() { # mistake PLACE MESSAGE; the configuration on standard input
    cat >.tusklint.yml
    gives 2 db
    says ".tusklint.yml:$1: error: $2"
    gives 2 config check
    says ".tusklint.yml:$1: error: $2"
}
mistake 2:1 "unknown key 'selct'; did you mean 'select'?" <<'EOF'
# a comment
selct: [migration]
EOF
mistake 1:10 "no rule is named 'migraton'; did you mean 'migration'?" <<'EOF'
select: [migraton]
EOF
mistake 1:19 'TL101: error, warning, note or off is wanted; did you mean' <<'EOF'
severity: {TL101: eror}
EOF
mistake 1:13 'pg-version: a number from 12 to 18 is wanted' <<'EOF'
pg-version: 9
EOF
mistake 1:13 'pg-version: a number from 12 to 18 is wanted' <<'EOF'
pg-version: "15"
EOF
mistake 1:24 'assume-in-transaction: true or false is wanted' <<'EOF'
assume-in-transaction: yes
EOF
mistake 1:10 'fail-on: one of never, note, warning, error is wanted; did' <<'EOF'
fail-on: warnin
EOF
touch ../outside.sql
mistake 1:9 "'../outside.sql' leads out of what" <<'EOF'
schema: ../outside.sql
EOF
mistake 1:9 "'/etc/passwd': a path is relative" <<'EOF'
schema: /etc/passwd
EOF
mistake 1:10 "'../x': a pattern cannot leave" <<'EOF'
exclude: ../x
EOF
mistake 1:18 'log-line-prefix: not a log_line_prefix' <<'EOF'
log-line-prefix: "%"
EOF
mistake 1:8 "there is no limit 'scan-minrows'; did you mean 'scan-min-rows'?" <<'EOF'
plan: {scan-minrows: 1}
EOF
mistake 1:23 'scan-max-kept: a number from 0 to 1 is wanted' <<'EOF'
plan: {scan-max-kept: 2}
EOF
mistake 1:39 'plan expectation no-srot: no such term; known are' <<'EOF'
expect-plans: {'SELECT 1 FROM herds': no-srot}
EOF
mistake 3:5 "'n-plus-one' has no place in overrides" <<'EOF'
overrides:
  - files: [a]
    n-plus-one: 3
EOF
mistake 2:5 'an entry of overrides names its files' <<'EOF'
overrides:
  - ignore: [all]
EOF
mistake 1:1 "'files' has no place here" <<'EOF'
files: [a]
EOF
mistake 2:4 'an alias is not taken here' <<'EOF'
a: 1
b: *x
EOF
mistake 1:17 'this is nested too deeply' <<'EOF'
[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
EOF
mistake 1:1 'keys with values are wanted' <<'EOF'
- a
EOF
mistake 1:11 "'.tusklint.yml' extends itself" <<'EOF'
extends: [.tusklint.yml]
EOF
mistake 1:10 "'nope.yml': there is no such file" <<'EOF'
extends: nope.yml
EOF
# Escapes for a terminal are shown, not sent.
printf '"\\e[31mred": 1\n' >.tusklint.yml
gives 2 db
says '\x1b[31mred'
ln -s ../outside.sql .tusklint.yaml && rm .tusklint.yml
gives 2 db
says 'leads out'
ln -sf nowhere .tusklint.yaml
gives 2 db
says '.tusklint.yaml:1:1: error: it cannot be read'
rm .tusklint.yaml
gives 2 --config nope.yml db
says 'nope.yml:1:1: error: it cannot be read'

# Editors' schema and tusklint say the same of a file (JSON is YAML, too).
agree() { # agree STATUS; the configuration on standard input
    cat >.tusklint.yml
    gives "$1" config check
    python3 -c 'import json, sys, jsonschema
jsonschema.Draft202012Validator(json.load(open(sys.argv[1]))).validate(
    json.load(open(sys.argv[2])))' "$schema" .tusklint.yml >"$work/all" 2>&1
    [ $? = $(($1 / 2)) ] && ok=yes || ok=no
    verdict $ok "the schema says otherwise: $(cat .tusklint.yml)"
}
agree 0 <<'EOF'
{"select": "migration", "ignore": ["TL2*"], "severity": {"TL101": "off"},
 "fail-on": "never", "pg-version": 15, "assume-in-transaction": true,
 "n-plus-one": 5, "log-line-prefix": "%m ", "schema": ["db/1_a.sql"],
 "include": ["**"], "exclude": ["x/"], "plan": {"scan-max-kept": 0.5},
 "overrides": [{"files": "a", "plan": {"jit-ms": 1}}]}
EOF
agree 2 <<'EOF'
{"pg-version": 9}
EOF
agree 2 <<'EOF'
{"pg-version": "15"}
EOF
agree 2 <<'EOF'
{"unknown": 9}
EOF
agree 2 <<'EOF'
{"overrides": [{"ignore": "all"}]}
EOF
agree 2 <<'EOF'
{"overrides": [{"files": "a", "schema": "db/1_a.sql"}]}
EOF
agree 2 <<'EOF'
{"plan": {"scan-max-kept": 2}}
EOF
agree 2 <<'EOF'
{"severity": {"TL101": "never"}}
EOF
agree 2 <<'EOF'
{"select": [1, {}]}
EOF
rm .tusklint.yml

# The schema is what the documentation has; init writes what check takes.
"$binary" config schema >../schema.json
same ../schema.json "$schema" 'docs/schemas/config.json is not what config schema prints'
gives 0 config init
says 'wrote .tusklint.yml'
gives 0 config check
sed -n 's/^# \([a-z-]*: [^ ].*\)/\1/p' .tusklint.yml |
    grep -vE '^(extends|schema|Default)' >../some.yml
mv ../some.yml .tusklint.yml
gives 0 config check
gives 0 config show
says 'n-plus-one: 10  # .tusklint.yml'
gives 2 config init
says '.tusklint.yml is there already'
rm .tusklint.yml
cat >.squawk.toml <<'EOF'
# old
pg_version = "15.2"
excluded_rules = [
  "prefer-big-int", # why
  'no-such-rule',
]
excluded_paths = ["*_b.sql", "/abs"]
assume_in_transaction = true
[upload_to_github]
fail_on_violations = true
EOF
gives 0 config init
says '.squawk.toml:3: no-such-rule'
says '.squawk.toml:7: /abs'
says '.squawk.toml:10: fail_on_violations'
gives 0 config check
gives 0 config show db/2_b.sql
says 'pg-version: 15  # .tusklint.yml'
says '  - all  # .tusklint.yml'
gives 0 db
rm .tusklint.yml .squawk.toml

# A baseline: lines move, files do not.
gives 0 baseline write db
says 'tusklint-baseline.json: findings: 1'
cp tusklint-baseline.json ../before.json
gives 0 baseline write
says 'findings: 2'
gives 0 baseline write db
says 'findings: 2'
cp ../before.json tusklint-baseline.json
gives 0 --baseline tusklint-baseline.json db
says '1 not new'
printf '\n-- more\n\ncreate  index bins_row_idx on bins (row);' >db/2_b.sql
gives 0 --baseline tusklint-baseline.json db
(cd db && "$binary" --baseline ../tusklint-baseline.json . >"$work/all" 2>&1)
what='a baseline from below'
says '1 not new'
printf '\nCREATE INDEX bins_row_idx ON bins (row);\n' >>db/2_b.sql
gives 1 -q --format concise --baseline tusklint-baseline.json db
says 'db/2_b.sql:5:1'
hides 'db/2_b.sql:4:1: warning: CREATE INDEX without'
mv db/2_b.sql db/2_c.sql
gives 1 --baseline tusklint-baseline.json db
gives 0 baseline prune db
says 'findings: 0, gone: 1'
echo 'baseline: known.json' >.tusklint.yml
gives 2 db
says 'known.json'
gives 0 baseline write
gives 0 .
says 'not new'
echo '{"version":2,"findings":[]}' >known.json
gives 2 .
says 'another version'
echo '[' >known.json
gives 2 .
says 'no baseline'
echo '{"version":1,"findings":[{"rule":1}]}' >known.json
gives 2 .
says 'entry 1'
git checkout -q . && git clean -qfd

# Since a commit.
git checkout -qb topic
gives 0 --since HEAD .
says '2 not new'
echo 'CREATE INDEX other ON bins (row, id);' >>db/2_b.sql
gives 1 -q --format concise --since HEAD .
says 'db/2_b.sql:2:1'
hides 'svc/'
hides 'db/2_b.sql:1:1: warning: CREATE'
commit second
gives 0 --since HEAD .
gives 1 --since HEAD~1 .
# What others did meanwhile is not ours: the merge base counts.
git checkout -q - && echo 'SELECT 1;' >>svc/db/1_a.sql && commit theirs
main=$(git rev-parse HEAD)
git checkout -q topic
gives 1 -q --format concise --since "$main" .
says 'db/2_b.sql:2:1'
hides 'svc/'
# What git does not know is new, what was only renamed is not.
printf '\nCREATE INDEX third ON bins (id, row);\n' >'db/3 ö "x".sql'
git mv svc/db/2_b.sql svc/db/4_b.sql
gives 1 -q --format concise --since HEAD .
says 'db/3 ö "x".sql:2:1'
hides 'svc/'
commit third
printf '%s\r\n' 'CREATE INDEX fourth ON bins (id, row);' >>'db/3 ö "x".sql'
gives 1 -q --format concise --since HEAD .
says 'db/3 ö "x".sql:3:1'
hides 'db/3 ö "x".sql:2:1: warning: CREATE INDEX without'
git diff >../all.diff
gives 1 -q --format concise --diff-from ../all.diff .
says 'db/3 ö "x".sql:3:1'
hides 'db/3 ö "x".sql:2:1: warning: CREATE INDEX without'
input=../all.diff
gives 1 -q --diff-from - db
for ref in --output=x -x '' 'a b' 'HEAD:db' "$(printf 'a\nb')"; do
    gives 2 --since "$ref" .
    says 'no name of a commit'
done
[ ! -e x ] && ok=yes || ok=no
verdict $ok 'a hostile name of a commit wrote a file'
gives 2 --since nope .
says 'git cannot compare'
echo hello >../no.diff
gives 2 --diff-from ../no.diff .
says 'no unified diff'
gives 2 --diff-from - -
(cd / && "$binary" --since HEAD "$work/repo/db" >"$work/all" 2>&1)
got=$?
what='--since outside of a repository'
[ $got = 2 ] && ok=yes || ok=no
verdict $ok "$what: status $got"

# Comments for what is found; the second time there is nothing to do.
printf '  CREATE INDEX i ON bins (id, row); CREATE INDEX k ON bins(row, id);\r\n' >s.sql
printf 'DO $$ BEGIN\r\n  CREATE INDEX m ON bins (row);\r\nEND $$;\r\nSELEC 1;' >>s.sql
cp s.sql ../s.sql
gives 0 suppress --add TL101 --diff s.sql
says '+-- tusklint: ignore[require-concurrent-index-creation]'
same s.sql ../s.sql '--diff wrote the file'
gives 0 suppress --add='old, see #12' s.sql
gives 0 s.sql
says 'hidden by comments'
grep -c "$(printf '\r')\$" s.sql >"$work/all"
what='line endings'
says 7
cp s.sql ../s.sql
gives 0 suppress --add s.sql
same s.sql ../s.sql 'suppress --add twice wrote twice'
gives 2 suppress --add="$(printf 'a\nb')" s.sql
gives 2 suppress --add nope s.sql
says "no rule is named 'nope'"
gives 2 suppress s.sql
gives 2 suppress --add -

# A baseline knows files outside of its folder, from wherever it is asked.
mkdir -p side/one/two
printf 'CREATE INDEX i ON bins (id, row);\n' >side/x.sql
(cd side/one/two && "$binary" baseline write --baseline b.json ../../x.sql) \
    >"$work/all" 2>&1
what='a baseline of files outside'
cat side/one/two/b.json >>"$work/all"
says '"../../x.sql"'
gives 0 --baseline side/one/two/b.json side/x.sql
gives 1 side/x.sql
gives 2 baseline write --baseline b.json --since HEAD side
says 'takes no --since'
gives 2 baseline write --baseline nowhere/b.json side
says 'nowhere'

cd "$work/.." || exit 1
echo "config: $passed passed, $failed failed"
[ "$failed" = 0 ]
