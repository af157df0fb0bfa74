#!/usr/bin/env bash
# action.sh - the step of action.yml that lints.
#
# Reads INPUT_* from the environment, lints once with annotations on standard
# output and SARIF in a file, and leaves the exit status to a later step.
set -uo pipefail

# One word a line; blank lines and blanks around a word do not count.
read_lines() {
    local -n into=$1
    local line
    while IFS= read -r line; do
        line=${line#"${line%%[![:space:]]*}"}
        line=${line%"${line##*[![:space:]]}"}
        [ -n "$line" ] && into+=("$line")
    done <<<"$2"
}

paths=() schemas=() extra=()
read_lines paths "${INPUT_PATHS:-.}"
read_lines schemas "${INPUT_SCHEMA:-}"
read_lines extra "${INPUT_ARGS:-}"

sarif=${INPUT_SARIF_FILE:-tusklint.sarif}
options=(--format github -o "sarif=$sarif" --fail-on "${INPUT_FAIL_ON:-warning}")
for s in ${schemas[@]+"${schemas[@]}"}; do
    options+=(--schema "$s")
done
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    options+=(-o "markdown=$GITHUB_STEP_SUMMARY")
fi

status=0
"${TUSKLINT:-$ACTION_PATH/build/tusklint}" check "${options[@]}" \
    ${extra[@]+"${extra[@]}"} -- ${paths[@]+"${paths[@]}"} || status=$?

# A file name may hold a line break; such a one is not passed on.
if [ -s "$sarif" ] && [[ $sarif != *$'\n'* ]]; then
    echo "sarif-file=$sarif" >>"${GITHUB_OUTPUT:-/dev/null}"
fi
echo "exit-code=$status" >>"${GITHUB_OUTPUT:-/dev/null}"
