#!/bin/sh
# hardening.sh - what compiler and linker do against a fault of ours.
#
# Usage: hardening.sh [BINARY [LIBRARY]], of a release build. Program and shared
# library can be anywhere in memory; tables of addresses are
# read-only before main; stacks and buffers are checked; no memory may be
# written and run. And what is never called: a shell.
set -u
binary=${1:-build/tusklint}
[ $# -ge 2 ] || make --no-print-directory shared >/dev/null || exit 1
library=${2:-$(find build/release -name 'libtusklint.so.*' | sort | tail -n 1)}
passed=0
failed=0

holds() { # holds WHAT COMMAND...
    what=$1
    shift
    if "$@" >/dev/null; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $what"
    fi
}

says() { # says PATTERN TEXT
    printf '%s\n' "$2" | grep -qE -e "$1"
}

never() {
    ! says "$@"
}

for file in "$binary" "$library"; do
    header=$(readelf -hW "$file") || exit 1
    segments=$(readelf -lW "$file")
    dynamic=$(readelf -dW "$file")
    symbols=$(nm -D --undefined-only "$file")
    code=$(objdump -d --no-show-raw-insn "$file" | grep -m 200 -E \
        'endbr64|bti|paciasp' || true)
    holds "$file: its place is not fixed" says 'Type: +DYN' "$header"
    holds "$file: no stack that can be run" says 'GNU_STACK.* RW ' "$segments"
    holds "$file: nothing can be written and run" never \
        'LOAD.* RWE ' "$segments"
    holds "$file: tables become read-only" says GNU_RELRO "$segments"
    holds "$file: all is bound at the start" says \
        'BIND_NOW|FLAGS_1.*NOW' "$dynamic"
    holds "$file: no text is relocated" never TEXTREL "$dynamic"
    holds "$file: finds no library in a folder of its own" never \
        '(RPATH|RUNPATH).*\[[^/]' "$dynamic"
    holds "$file: stacks are checked" says ' __stack_chk_fail' "$symbols"
    holds "$file: buffers are checked" says ' __memcpy_chk' "$symbols"
    holds "$file: no shell" never \
        ' (system|popen|wordexp|exec[lv]p?e?)(@|$)' "$symbols"
    holds "$file: no network" never \
        ' (socket|connect|getaddrinfo|gethostbyname)(@|$)' "$symbols"
    holds "$file: loads nothing later" never ' dlopen(@|$)' "$symbols"
    case $(uname -m) in
    x86_64 | aarch64)
        holds "$file: calls lead to where calls may lead" [ -n "$code" ]
        ;;
    esac
done
holds "$binary: is a program of that kind" says 'Flags:.* PIE' \
    "$(readelf -dW "$binary")"
# What was asked of the compiler for each object, rules and all.
flags=$(cat build/release/flags)
for flag in -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
    -fstack-clash-protection -fPIC; do
    holds "the release is built with $flag" says " $flag( |\$)" "$flags"
done
echo "hardening: $passed passed, $failed failed"
[ "$failed" = 0 ]
