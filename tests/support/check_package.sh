#!/bin/sh
# Makes the Debian package and the archive of the source from a build, has lintian judge the
# package, installs, uses and purges it in a system folder of its own, and unpacks the source.
#   check_package.sh BUILD_FOLDER SOURCE_FOLDER
# SOURCE_FOLDER is made: the unpacked source, ready to be built.
set -eu
build=$(cd "$1" && pwd)
source=$2
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { echo "check_package: $*"; exit 1; }

# ---- the package -----------------------------------------------------------------------------

# Built for /usr, as packages are, in the folder of the build that is there.
cpack --config "$build/CPackConfig.cmake" -B "$scratch/packed" >"$scratch/log" || { cat "$scratch/log"; exit 1; }
package=$(ls "$scratch"/packed/*.deb)
lintian --fail-on error,warning --tag-display-limit 0 --allow-root "$package" || fail "lintian has complaints"
dpkg-deb --field "$package" Depends | grep -q 'libsqlite3-0.*' || fail "the package does not name what it needs"

# A system folder of its own: the machine's packages are left alone.
root=$scratch/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/triggers"
: >"$root/var/lib/dpkg/status"
in_root() { dpkg --root="$root" --force-not-root --force-depends --force-script-chrootless --log=/dev/null "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }; }
files() { (cd "$root" && find . -path ./var/lib/dpkg -prune -o ! -type d -print | LC_ALL=C sort); }
in_root -i "$package"
files >"$scratch/installed"
grep -qx ./usr/bin/dossier "$scratch/installed" || fail "no program in the package"

HOME=$scratch/home
export HOME
mkdir -p "$HOME"
program=$root/usr/bin/dossier
"$program" --version
"$program" import "$root/usr/share/dossier/articles" >"$scratch/import"
"$program" people Shoigu --json | grep -q 'Sergei Shoigu' || fail "the installed program finds no names"
[ -z "$(find "$root" -newer "$scratch/installed" ! -type d ! -path '*/var/lib/dpkg/*')" ] ||
    fail "using the program wrote into the system"

in_root -P dossier
files >"$scratch/left"
[ ! -s "$scratch/left" ] || fail "purging leaves: $(cat "$scratch/left")"
[ -z "$(find "$root" -name '*dossier*' ! -path '*/var/lib/dpkg/*')" ] || fail "purging leaves folders"
[ -s "$HOME/.local/share/dossier/default.dossier" ] || fail "purging took the user's dossier"
echo "$(basename "$package"): $(wc -l <"$scratch/installed") files installed, used and purged"

# ---- the source ------------------------------------------------------------------------------

cpack --config "$build/CPackSourceConfig.cmake" -B "$scratch/packed" >"$scratch/log" || { cat "$scratch/log"; exit 1; }
mkdir -p "$source"
tar -xJf "$scratch"/packed/*.tar.xz -C "$source" --strip-components=1
for path in CMakeLists.txt README.md LICENSE run src/main.c data/names/en.weights tests/CMakeLists.txt keymaps/default.keys; do
    [ -s "$source/$path" ] || fail "not in the archive of the source: $path"
done
[ ! -e "$source/build" ] && [ ! -e "$source/.git" ] || fail "the archive of the source has what a build or git made"
echo "$(basename "$(ls "$scratch"/packed/*.tar.xz)"): $(find "$source" -type f | wc -l) files"
