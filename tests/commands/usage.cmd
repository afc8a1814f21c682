d --version
d list --version
d --help
d help
d help search
d import --help
d inspect --help
d help nothing
d --nonsense
d -x
d list --nonsense
d list --limit
d list --json=yes
d lsit
d xylophone
d no/such/path
d timeline word
d show
d -f '' list
echo "# no dossier yet"
d list
d -f other.dossier people
d list -f other.dossier
echo "# something that is no dossier"
echo "not a database, but a text of some length" > text.dossier
d -f text.dossier list
cat text.dossier
env -u HOME -u XDG_DATA_HOME "$DOSSIER_BINARY" -f x.dossier list 2>&1

# A place to open.
d open
d open 1
printf 'Gazette\n\nSome title\n\nMarch 5, 2024\n\nA line of text that says a thing.\n' >opened.txt
q import opened.txt
d open no-place
d open 1@
d open 1@-3
d open 1@x
d open 1@2 3
d open 7@1
d open 1@100000
