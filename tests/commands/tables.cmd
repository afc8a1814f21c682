# Every listing as a table, and who appears with whom.
mkdir pages
cat > pages/a.txt <<'EOT'
Harbour Gazette

"=Brandt" signs <the> sea wall & contract

March 6, 2024

Lena Brandt signed the contract for the sea wall in Hamburg on March 5, 2024.
Jan Petersen and Lena Brandt laughed; C:\new stays as it is.
EOT
cat > pages/b.txt <<'EOT'
Elbe Courier

=SUM(1;2) is the title

March 8, 2024

Jan Petersen met Lena Brandt in Kiel on March 7, 2024. Mayor Sean O'Neill came along.
EOT
cat > pages/c.txt <<'EOT'
Kiel Post

The wall

Some say that Sean O'Neill spoke to Erika Mustermann alone.
EOT
printf '%s\n' '{"title": "=SUM(1;2) & more", "site": "@courier", "text": "The wall\tstands; \"so\" it is."}' >pages/d.jsonl
q import pages

# The same as d, with line ends and tabs that can be seen.
e() {
    printf '$ dossier'
    printf ' %s' "$@"
    echo
    "$DOSSIER_BINARY" "$@" 2>&1 | sed "s/$(printf '\r')\$/<CR>/; s/$(printf '\t')/<TAB>/g"
}

d overview
d overview --json --limit 3
d card lena brandt
d card brandt --json
d card nobody
d searches
for form in --csv --tsv; do
    e overview $form
    e card brandt $form
    e searches $form
    e list $form
    e people $form
    e mentions $form brandt
    e timeline $form
    e search $form wall
done
e people --kind place --csv --limit 1
e list --csv nothing-is-like-this
d list --csv --tsv
d people --json --gexf
d list --graphml

# A graph, and what a reader of XML says of it.
g() {
    d "$@"
    if command -v xmllint >/dev/null; then
        "$DOSSIER_BINARY" "$@" | xmllint --noout - || echo "not well-formed"
    fi
}
g people --graphml
g people --gexf
g people --gexf --limit 1
g people --kind place --graphml
