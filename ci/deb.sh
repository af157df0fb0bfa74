#!/bin/sh
# deb.sh - a Debian package of what is built.
#
# Usage: deb.sh FOLDER; the package's path is printed. What it depends on is
# read from the program and the library.
set -eu
out=$1
version=$(sed -n 's/^#define TL_VERSION "\(.*\)"/\1/p' include/tusklint/tusklint.h)
arch=$(dpkg --print-architecture)
triplet=$(${CC:-gcc} -print-multiarch)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

make --no-print-directory install DESTDIR="$dir/tree" PREFIX=/usr \
    LIBDIR="/usr/lib/$triplet" >"$dir/install.log" 2>&1 || {
    cat "$dir/install.log" >&2
    exit 1
}
gzip -9n "$dir/tree/usr/share/man/man1/tusklint.1"
# Debian's zsh looks here.
mv "$dir/tree/usr/share/zsh/site-functions" \
    "$dir/tree/usr/share/zsh/vendor-completions"
strip --strip-unneeded "$dir/tree/usr/bin/tusklint" \
    "$dir/tree/usr/lib/$triplet"/libtusklint.so.*
strip --strip-debug "$dir/tree/usr/lib/$triplet/libtusklint.a"
install -D -m 644 README.md "$dir/tree/usr/share/doc/tusklint/README.md"
cp -r docs "$dir/tree/usr/share/doc/tusklint/docs"

# dpkg-shlibdeps wants the sources' control file.
mkdir -p "$dir/debian" "$dir/tree/DEBIAN"
printf 'Source: tusklint\n\nPackage: tusklint\nArchitecture: any\n' \
    >"$dir/debian/control"
depends=$(cd "$dir" && dpkg-shlibdeps -O tree/usr/bin/tusklint \
    tree/usr/lib/"$triplet"/libtusklint.so.* 2>/dev/null |
    sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { echo "deb.sh: dpkg-shlibdeps found nothing" >&2; exit 1; }
cat >"$dir/tree/DEBIAN/control" <<EOF
Package: tusklint
Version: $version
Architecture: $arch
Maintainer: tusklint developers <tusklint@example.org>
Depends: $depends
Section: database
Priority: optional
Description: linter for PostgreSQL migrations, queries and plans
 Reads migrations, captured queries and EXPLAIN plans, and says what will hurt:
 the lock that a statement takes, the index that is missing, the query that is
 run once for each row. Needs no database.
EOF
find "$dir/tree" -type d -exec chmod 755 {} +
package=$out/tusklint_${version}_$arch.deb
dpkg-deb --root-owner-group --build "$dir/tree" "$package" >/dev/null
echo "$package"
