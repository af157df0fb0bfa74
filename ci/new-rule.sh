#!/bin/sh
# new-rule.sh - the skeletons of a rule: code, documentation, fixtures.
#
# Usage: new-rule.sh family/name. Takes the family's next free id. What it
# writes compiles at once, and its fixtures fail until it says something true.
set -eu
LC_ALL=C
export LC_ALL

die() {
    echo "new-rule: $1" >&2
    exit 2
}

family=${1%%/*}
name=${1#*/}
echo "${1:-}" | grep -qE '^[a-z]+/[a-z][a-z0-9]*(-[a-z0-9]+)*$' ||
    die "a name such as query/not-in-subquery is wanted (make rule NAME=...)"
case $family in
meta) digit=0 ;;
migration) digit=1 ;;
schema) digit=2 ;;
query) digit=3 ;;
workload) digit=4 ;;
plan) digit=5 ;;
*) die "family $family: meta, migration, schema, query, workload or plan" ;;
esac
[ -z "$(ls rules/*/"$name".c 2>/dev/null)" ] || die "$name: there is one"
[ ! -e "testdata/rules/$name" ] || die "testdata/rules/$name: is there already"

# The greatest id and one: numbers are never used twice.
last=$(sed -nE "s/^ *\.id = \"TL($digit[0-9][0-9])\".*/\1/p" rules/*/*.c |
    sort -n | tail -n 1)
id=$(printf 'TL%03d' $((${last#0} + 1)))
identifier=$(echo "$name" | tr - _)
upper=$(echo "$family" | tr '[:lower:]' '[:upper:]')

case $family in
migration)
    subject='const struct tl_op *op' span='op->span'
    hook='    .ops = TL_ON(TL_OP_CREATE_INDEX),
    .on_op = check,'
    bad='CREATE INDEX bins_row_idx ON bins (row);' ;;
query | meta)
    subject='const struct tl_node *node' span='tl_node_span(ctx, node)'
    hook='    .nodes = TL_ON(TL_KIND(SELECT_STMT)),
    .on_node = check,'
    bad='SELECT id FROM bins;' ;;
schema)
    subject= span='relation->row.made'
    hook='    .on_file_end = check,'
    bad='CREATE TABLE bins (id bigint PRIMARY KEY);' ;;
workload)
    subject='const struct tl_loop *loop' span='loop->first.span'
    hook='    .on_loop = check,' ;;
plan)
    subject='const struct tl_plan *plan' span='plan->span'
    hook='    .on_plan = check,' ;;
esac

report="    struct tl_finding *f =
        tl_report(ctx, $span, \"what happens, and who waits\");

    tl_help(ctx, f, \"the safe way\");"
{
    echo "/*"
    echo " * $name - what is wrong, in one sentence."
    echo " */"
    echo "#include <tusklint/rule.h>"
    echo
    if [ "$family" = schema ]; then
        cat <<'EOF'
static void judge(struct tl_ctx *ctx, const struct tl_relation *relation)
{
EOF
        echo "$report"
        cat <<'EOF'
}

static void check(struct tl_ctx *ctx)
{
    const struct tl_relation *r = NULL;

    while ((r = tl_next_reindexed(ctx, r)))
        judge(ctx, r);
}
EOF
    else
        echo "/* First what makes it harmless, each with a return. */"
        echo "static void check(struct tl_ctx *ctx, $subject)"
        echo "{"
        echo "$report"
        echo "}"
    fi
    cat <<EOF

TL_RULE($identifier) = {
    .id = "$id",
    .name = "$name",
    .summary = "what it finds, in a line without a period",
    .since = "0.1",
    .family = TL_$upper,
    .severity = TL_WARNING,
$hook
};
EOF
} >"rules/$family/$name.c"

example() {
    case $family in
    workload) printf '```csv\nlines of a csvlog\n```\n' ;;
    plan) printf '```json\n[]\n```\n' ;;
    *) printf '```sql\n%s\n```\n' "$bad" ;;
    esac
}

{
    echo "# $name"
    echo
    printf '## What it finds\n\n## Why it matters\n\n## Bad\n\n'
    example
    printf '\n## Good\n\n'
    example
    printf '\n## When not to use it\n\n## Fix\n\n## References\n'
} >"rules/$family/$name.md"

folder=testdata/rules/$name
mkdir -p "$folder"
case $family in
workload) echo "bad.csv:1:1 $name" >"$folder/expect" ;;
plan) echo "bad.json:1:1 $name" >"$folder/expect" ;;
*)
    printf '%s\n-- expect: %s: words of its message\n' "$bad" "$name" \
        >"$folder/bad.sql"
    printf '%s\n-- ok: %s\n' "$bad" "$name" >"$folder/good.sql"
    ;;
esac

echo "$id $name:"
echo "    rules/$family/$name.c"
echo "    rules/$family/$name.md"
case $family in
workload | plan)
    echo "    $folder/expect  (beside it bad.* and good.*, as a server wrote them)" ;;
*) echo "    $folder/bad.sql and good.sql" ;;
esac
echo "Then: make fixtures RULE=$name"
