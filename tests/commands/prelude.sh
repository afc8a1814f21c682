# Read before every script. The current folder is new and empty; HOME is that folder.
cases=$TESTS_DIR/cases/commands

# d WORD…: shows the command line, its output and a status other than 0.
d() {
    printf '$ dossier'
    printf ' %s' "$@"
    echo
    q "$@"
}

# The lines that tell how far a long import is depend on the machine.
without_progress() { sed -e '/^[0-9].* a second/d' -e '/^names and days of .* settled/d'; }

# q WORD…: the same without the command line.
q() {
    {
        "$DOSSIER_BINARY" "$@" 2>&1
        status=$?
        [ "$status" = 0 ] || echo "[status $status]"
    } | without_progress
}
