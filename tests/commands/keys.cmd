cat > good.keys <<'END'
bind any <C-g> quit
bind reader gx go people
END
cat > wrong.keys <<'END'
bind nowhere x quit
bind any y fly-away
bind any
END
d keys --check good.keys
d keys --check wrong.keys
d keys --check nowhere.keys
printf 'include vi\ninclude other.keys\n' > includes.keys
d keys --check includes.keys
d keys --check good.keys wrong.keys
d keys good.keys
d keys --check
mkdir -p "$XDG_CONFIG_HOME/dossier"
cp good.keys "$XDG_CONFIG_HOME/dossier/keys"
"$DOSSIER_BINARY" keys | grep -e 'C-g' -e 'gx'
"$DOSSIER_BINARY" keys --json | grep -e '"gx"'
printf 'bind any g quit\nbind any - quit\n' > "$XDG_CONFIG_HOME/dossier/keys"
d keys --check
