#!/bin/sh
# cppcheck.sh - the sources through cppcheck; silent when there is nothing to
# say.
#
# Usage: cppcheck.sh [FOLDER...]. What it does not know is in cppcheck/macros.cfg,
# what it is not believed in cppcheck/suppressions.xml. Files that did not change
# are not read again. Its own -j would forget the symbols that suppressions name.
set -u
jobs=$(nproc 2>/dev/null || echo 2)
[ $# -gt 0 ] || set -- src/* rules/*
for folder in "$@"; do
    [ ! -d "$folder" ] || echo "$folder"
done | xargs -P "$jobs" -I '{}' sh -c 'mkdir -p build/cppcheck/{} &&
    cppcheck --quiet --cppcheck-build-dir=build/cppcheck/{} \
        --std=c11 --language=c -D_GNU_SOURCE -Iinclude -Isrc \
        --library=posix,gnu,ci/cppcheck/macros.cfg --inline-suppr \
        --enable=warning,performance,portability,style \
        --suppress-xml=ci/cppcheck/suppressions.xml --error-exitcode=1 \
        --template="{file}:{line}:{column}: {severity}: {message} [{id}]" {}'
