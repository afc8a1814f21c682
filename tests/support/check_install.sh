#!/bin/sh
# Installs a build into an empty folder, compares the files with installed_files.txt
# (UPDATE_EXPECTED=1 rewrites it), starts the installed program, and removes everything again.
#   check_install.sh BUILD_FOLDER
set -eu
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
expected=$here/installed_files.txt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

prefix=$(sed -n 's/^CMAKE_INSTALL_PREFIX:PATH=//p' "$build/CMakeCache.txt")
DESTDIR=$scratch/root cmake --install "$build" >/dev/null
files() { (cd "$scratch/root" 2>/dev/null && find . ! -type d | sed "s|^\.$prefix/||" | LC_ALL=C sort); }
files >"$scratch/found"
if [ "${UPDATE_EXPECTED-}" = 1 ]; then
    cp "$scratch/found" "$expected"
elif ! diff -u "$expected" "$scratch/found"; then
    echo "the installed files are not those of installed_files.txt"
    exit 1
fi

"$scratch/root$prefix/bin/dossier" --version

DESTDIR=$scratch/root cmake --build "$build" --target uninstall >/dev/null
files >"$scratch/left"
if [ -s "$scratch/left" ]; then
    echo "left behind by uninstall:"
    cat "$scratch/left"
    exit 1
fi
if find "$scratch/root" -name '*dossier*' | grep .; then
    echo "folders left behind by uninstall"
    exit 1
fi
echo "$(wc -l <"$scratch/found") files installed and removed"
