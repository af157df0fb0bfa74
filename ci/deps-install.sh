#!/bin/sh
# deps-install.sh - installs the Debian packages that are missing.
#
# Usage: deps-install.sh build|test|integration|bench. Does nothing when all are
# there; a stamp in build/ keeps the question cheap. Works as root, or with sudo.
set -eu
set_name=${1:-build}
build_packages='gcc make libc6-dev libpg-query-dev libprotobuf-c-dev
    libcjson-dev libyaml-dev libutf8proc-dev zlib1g-dev libzstd-dev libxxhash-dev
    uthash-dev libcmocka-dev'
# PostgreSQL is here to prove the lock model; it is not needed to lint.
test_packages="$build_packages binutils git clang clang-tidy clang-format cppcheck
    valgrind postgresql-15 python3 python3-jsonschema python3-yaml libxml2-utils
    nodejs npm libclang-rt-14-dev gcovr"
# Programs that run tusklint.
integration_packages="$build_packages git pkgconf dpkg-dev pre-commit python3
    python3-yaml nodejs npm chromium neovim vim emacs-nox elpa-eglot vim-ale
    zsh fish groff-base"
# What the benchmarks compare with.
bench_packages="$build_packages python3 nodejs npm pgbadger"
case $set_name in
bench) packages=$bench_packages ;;
build) packages=$build_packages ;;
test) packages=$test_packages ;;
integration) packages=$integration_packages ;;
*) echo "deps-install.sh: build, test, integration or bench" >&2; exit 2 ;;
esac
mkdir -p build
stamp=build/.deps-$set_name
key=$(echo $packages | cksum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$key" ] && exit 0
if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "Not a Debian system: install by hand: $packages" >&2
    exit 0
fi
missing=
for p in $packages; do
    # A tool that came another way (node from elsewhere) is as good.
    case $p in
    nodejs) command -v node >/dev/null 2>&1 && continue ;;
    chromium) [ -z "${CHROMIUM:-}" ] || continue ;;
    npm | gcc | clang | clang-tidy | clang-format | cppcheck | python3 | make | \
        valgrind)
        command -v "$p" >/dev/null 2>&1 && continue ;;
    esac
    state=$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $p"
done
if [ -n "$missing" ]; then
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    echo "Installing:$missing"
    { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $missing; } \
        >build/apt.log 2>&1 || {
        tail -n 20 build/apt.log >&2
        exit 1
    }
fi
echo "$key" >"$stamp"
