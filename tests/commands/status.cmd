# Exit statuses: 0 done, 1 some input or the name asked for, 2 usage and the environment.
cp -R "$cases/pile" .
"$DOSSIER_BINARY" import pile 2>/dev/null
echo nonsense >bad.txt
mkdir empty pictures
: >pictures/one.jpg
: >pictures/style.css
echo "# a list may be empty, a folder too"
d list nothing-like-this
d bookmarks
d import empty
d import pictures
echo "# inputs that cannot be read"
d import bad/path.txt
d bookmarks import nowhere.json
d bookmarks import bad.txt
d names import nowhere.txt
d names import bad.txt
d names import pile
d keys --check nowhere.keys
d keys --check bad.txt
d inspect nowhere.txt
echo "# names and numbers that nothing here has"
d show nothing
d card nobody
d mentions nobody
d timeline who:nobody
d names drop 99
d sources remove nothing
d update nothing
d update
d open 99@1
echo "# usage, queries"
d search
d search '(storm'
d list whom:x
d timeline --from yesterday
d names frob
d sources frob
d keys bad.txt
d export out
echo "# the environment: no dossier, no place to write to"
d -f none.dossier list
d -f none.dossier bookmarks import bad.txt
d -f bad.txt list
d export --markdown /proc/nowhere/out
d export --html /proc/nowhere/out.html
