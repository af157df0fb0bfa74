#!/bin/sh
# editors.sh - the language server in real editors, without their windows.
#
# Usage: editors.sh [BINARY]. The snippets of docs/editors.md are what is run,
# each in a workspace of its own, by the script of its editor in editors/.
set -eu
binary=${1:-build/tusklint}
case $binary in /*) ;; *) binary=$PWD/$binary ;; esac
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/bin"
ln -s "$binary" "$work/bin/tusklint"
PATH=$work/bin:$PATH
HOME=$work
export PATH HOME
passed=0
failed=0

# snippet LANGUAGE: the first block of that language.
snippet() {
    awk -v fence='```'"$1" '
        $0 == "```" && inside { exit }
        inside
        $0 == fence { inside = 1 }' "$root/docs/editors.md"
}

# workspace NAME: two migrations; the second one is to be opened.
workspace() {
    mkdir -p "$work/$1/.git" "$work/$1/migrations"
    cd "$work/$1"
    printf '%s\n' 'CREATE TABLE users (id bigint PRIMARY KEY, email text);' \
        'CREATE INDEX users_email ON users (email);' >migrations/001_users.sql
    printf '%s\n' '-- +goose NO TRANSACTION' '-- +goose Up' \
        'CREATE INDEX i ON users (id, email);' >migrations/002_index.sql
}

# tell NAME: counts what the editor's script wrote; nothing is a failure.
tell() {
    p=$(grep -c '^ok ' "$work/results" || true)
    f=$(grep -c '^FAIL ' "$work/results" || true)
    [ "$((p + f))" -gt 0 ] || f=1
    passed=$((passed + p))
    failed=$((failed + f))
    [ "$f" = 0 ] || sed "s/^/$1: /" "$work/results" "$work/log"
    cd "$root"
}

workspace nvim
snippet lua >"$work/init.lua"
timeout 60 nvim --headless -u NONE -i NONE -n -c "luafile $work/init.lua" \
    -c "luafile $root/ci/integration/editors/nvim.lua" >"$work/results" 2>"$work/log" ||
    echo "FAIL nvim ends with $?" >>"$work/results"
tell nvim

workspace emacs
snippet elisp >"$work/init.el"
timeout 60 emacs --batch -L /usr/share/emacs/site-lisp/elpa/ \
    --eval '(package-initialize)' -l "$work/init.el" \
    -l "$root/ci/integration/editors/eglot.el" >"$work/results" 2>"$work/log" ||
    echo "FAIL emacs ends with $?" >>"$work/results"
tell emacs

workspace vim
snippet vim >"$work/vimrc"
: >"$work/results"
# Keys that never come: at the end of its input Vim would leave.
mkfifo "$work/keys"
exec 3<>"$work/keys"
RESULTS=$work/results timeout 60 vim -N -u "$work/vimrc" -i NONE -n --not-a-term \
    -S "$root/ci/integration/editors/ale.vim" <&3 >"$work/log" 2>&1 ||
    echo "FAIL vim ends with $?" >>"$work/results"
tell vim

echo "editors: $passed passed, $failed failed"
[ "$failed" = 0 ]
