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
