# The files under data/ that are made from the tables of commands, options and actions. With
# UPDATE_EXPECTED=1 they are written anew.
data=$TESTS_DIR/../data

# same FILE KIND
same() {
    if [ "${UPDATE_EXPECTED-}" = 1 ]; then
        "$DOSSIER_BINARY" generate "$2" >made && cp made "$data/$1"
        rm made
    fi
    "$DOSSIER_BINARY" generate "$2" | cmp - "$data/$1" ||
        echo "data/$1 is not what \`dossier generate $2\` prints"
}
for shell in bash zsh fish; do
    same completions/dossier.$shell $shell
    if command -v $shell >/dev/null; then
        $shell -n "$data/completions/dossier.$shell" || echo "$shell cannot read it"
    fi
done

page=$data/man/dossier-keymap.5
"$DOSSIER_BINARY" generate actions >actions
if [ "${UPDATE_EXPECTED-}" = 1 ]; then
    sed -e '/^\.\\" actions$/r actions' -e '/^\.\\" actions$/,/^\.\\" end of actions$/{/^\.\\" /!d}' \
        "$page" >made && cp made "$page"
    rm made
fi
sed -n '/^\.\\" actions$/,/^\.\\" end of actions$/{/^\.\\" /!p}' "$page" | cmp - actions ||
    echo "the actions of dossier-keymap(5) are not what \`dossier generate actions\` prints"
rm actions
# Every scope and every name of a key has its place there.
"$DOSSIER_BINARY" keys --json | grep -o '"scope":"[a-z]*' | sed 's/.*"//' | sort -u | while read -r scope; do
    grep -q "^\.It Cm $scope\$" "$page" || echo "dossier-keymap(5) lacks the scope $scope"
done
d generate csh

# What bash offers for words of a command line, the last one still being typed.
cat >complete.bash <<'EOT'
. "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_dossier
printf '$'
printf ' %s' "$@"
echo
printf '    %s\n' "${COMPREPLY[@]}" | sort
EOT
offers() { bash complete.bash "$data/completions/dossier.bash" "$@"; }
mkdir 'some pages'
: >'some file'
offers dossier m
offers dossier t
offers dossier some
offers dossier -f some
offers dossier -f 'some file' exp
offers dossier people --
offers dossier people --kind ''
offers dossier people --kind p
offers dossier timeline --from 2
offers dossier -f x timeline --t
offers dossier import --published 2024-01-01 some
offers dossier list some
offers dossier help tim
