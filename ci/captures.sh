#!/bin/sh
# captures.sh - what a real server logs of a real application, in three formats.
#
#   ci/captures.sh [BINARY]
set -u
binary=${1:-build/tusklint}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
sh ci/npm.sh
# All that the other two know: the transaction's virtual id, too.
LOG_LINE_PREFIX='%m [%p] %v %q%u@%d/%a '
PG_SETTINGS="-c logging_collector=on -c log_destination=stderr,csvlog,jsonlog \
    -c log_min_duration_statement=0 -c log_line_prefix='$LOG_LINE_PREFIX'"
export PG_SETTINGS LOG_LINE_PREFIX
# A machine that stalls for a tenth of a second between two queries shows a
# pause, and two short loops for one: it gets another try.
for attempt in 1 2 3; do
    sh ci/server.sh python3 ci/captures.py "$binary" && exit 0
    echo "captures: attempt $attempt"
done
exit 1
