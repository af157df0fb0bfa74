#!/bin/sh
# install.sh - what `make install` and `make deb` leave can be used.
#
# Usage: install.sh BINARY. Into a scratch folder: the example is built with what
# pkg-config says, against either library; the package is unpacked and run.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
passed=0
failed=0

check() {
    what=$1
    shift
    if "$@" >"$dir/out" 2>&1; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED: $what"
    cat "$dir/out"
}

tree=$dir/tree
lib=$tree/usr/lib
PKG_CONFIG_LIBDIR=$lib/pkgconfig
PKG_CONFIG_SYSROOT_DIR=$tree
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR

finds_index() {
    echo 'CREATE INDEX herds_name_idx ON herds (name);' |
        LD_LIBRARY_PATH=$lib "$1" testdata/demo/migrations/*.sql >"$dir/said"
    [ $? = 1 ] && grep -q '^line 1, column 1: .*blocks writes' "$dir/said"
}

compile_shared() {
    # shellcheck disable=SC2046
    cc -Wall -Werror examples/lint.c -o "$dir/shared" \
        $(pkg-config --cflags --libs tusklint)
}

compile_static() {
    # shellcheck disable=SC2046
    cc -Wall -Werror $(pkg-config --cflags tusklint) examples/lint.c \
        -o "$dir/static" "$lib/libtusklint.a" \
        $(pkg-config --static --libs-only-l tusklint | sed 's/-ltusklint//')
}

exports_only_ours() {
    # The two that take libpg_query's place while we parse (src/sql/graft.c).
    ! nm -D --defined-only "$lib/libtusklint.so" | awk '{ print $3 }' |
        grep -vE '^(tl_.*|pg_query__parse_result__(get_packed_size|pack))$'
}

check "make install" make install DESTDIR="$tree" PREFIX=/usr
check "the version" test "$(pkg-config --modversion tusklint)" = \
    "$("$tree/usr/bin/tusklint" version | sed 's/^tusklint \([0-9.]*\).*/\1/')"
check "with the shared library" compile_shared
check "the example finds" finds_index "$dir/shared"
check "with the static library" compile_static
check "the example finds" finds_index "$dir/static"
check "exported names" exports_only_ours

check "the man page" test -s "$tree/usr/share/man/man1/tusklint.1"
check "completions" test -s \
    "$tree/usr/share/bash-completion/completions/tusklint"

check "make deb" make deb
deb=$(ls -t build/tusklint_*.deb | head -n 1)
check "unpacks" dpkg-deb -x "$deb" "$dir/deb"
check "runs" "$dir/deb/usr/bin/tusklint" version
check "has the headers" test -f "$dir/deb/usr/include/tusklint/tusklint.h"
check "names what it needs" sh -c \
    "dpkg-deb -f '$deb' Depends | grep -q libpg-query"

echo "install: $passed passed, $failed failed"
[ "$failed" = 0 ]
