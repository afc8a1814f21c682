#!/bin/sh
# Installs a build under ~/.local of a home made for it, as a user without root does, uses it from
# there and takes it away again.
#   check_home_install.sh BUILD_FOLDER
set -eu
build=$(cd "$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { echo "check_home_install: $*"; exit 1; }

HOME=$scratch/home
PATH=$HOME/.local/bin:$PATH
export HOME PATH
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_STATE_HOME DOSSIER_DATA MANPATH 2>/dev/null || true
mkdir -p "$HOME"
cmake --install "$build" --prefix "$HOME/.local" >"$scratch/log"

# The build's own folder is out of the way: nothing of it may be needed.
cd "$scratch"
[ "$(command -v dossier)" = "$HOME/.local/bin/dossier" ] || fail "not found on the PATH"
dossier import "$HOME/.local/share/dossier/articles" >"$scratch/import"
[ "$(dossier list --json | wc -l)" -ge 10 ] || fail "the sample dossier is not imported"
dossier people Shoigu --json | grep -q 'Sergei Shoigu' || fail "no names: the data folder was not found"
dossier keys | grep -q . || fail "no keys"
[ -f "$HOME/.local/share/dossier/default.dossier" ] || fail "the dossier is not where the manual says"
for page in 1:dossier 5:dossier-config 5:dossier-keymap 7:dossier-query; do
    man -w "${page%%:*}" "${page#*:}" >/dev/null || fail "man does not find ${page#*:}(${page%%:*})"
done

# What the program made is the user's; all else goes.
while read -r path || [ -n "$path" ]; do
    rm "$path"
done <"$build/install_manifest.txt"
find "$HOME" ! -type d ! -path '*/share/dossier/default.dossier*' >"$scratch/left"
[ ! -s "$scratch/left" ] || fail "left behind: $(cat "$scratch/left")"
echo "installed under ~/.local, used, removed"
