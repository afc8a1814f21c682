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
# So has every field that a command prints as JSON.
cat >page.html <<'EOT'
<!doctype html><html lang="en"><head><title>Weir</title><link rel="canonical" href="https://post.example/weir">
<meta property="article:modified_time" content="2024-05-09"></head><body><article><h1>Weir</h1><p>By Ann Ford</p>
<p>6 May 2024</p><p>The <a href="https://post.example/boat">boat</a> of Bath was sold on Monday, said Ann Ford.</p></article></body></html>
EOT
"$DOSSIER_BINARY" -f m.dossier import page.html 2>notes
"$DOSSIER_BINARY" -f m.dossier import http://127.0.0.1:1/ 2>>notes
for command in list inspect people card overview mentions timeline search sources keys; do
    case $command in
    inspect) set -- page.html ;;
    card | mentions | search) set -- -f m.dossier --json Ford ;;
    keys) set -- --json ;;
    *) set -- -f m.dossier --json ;;
    esac
    sed -n "/^\.Sh JSON\$/,/^\.Sh FORMATS/p" "$data/man/dossier.1" |
        sed -n -e "/^\.It .*\b$command\b/,/^\.It\|^\.El/p" -e '/^\.Li published/,$p' | sed 1d | tr -s ' ' '\n' >told
    "$DOSSIER_BINARY" "$command" "$@" 2>>notes | grep -o '"[a-z_]*":' | tr -d '":' | sort -u >fields
    [ -s fields ] || echo "$command prints nothing as JSON"
    while read -r field; do
        grep -qx "$field" told || echo "the manual lacks the field $field of $command"
    done <fields
done
rm -f m.dossier page.html notes told fields
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
