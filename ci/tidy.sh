#!/bin/sh
# tidy.sh - one file through clang-tidy; silent when there is nothing to say.
#
# Usage: tidy.sh FILE.c COMPILER-FLAGS...
set -eu
file=$1
shift
# It counts suppressed warnings on stderr, which nobody wants to read.
out=$(clang-tidy --quiet "$file" -- "$@" 2>/dev/null) || {
    echo "$out"
    exit 1
}
