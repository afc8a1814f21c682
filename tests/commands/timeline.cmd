# The timeline in every form, and its filter.
mkdir pages
cat > pages/a.txt <<'EOF'
Harbour Gazette

Brandt signs the sea wall contract

March 6, 2024

Lena Brandt signed the contract for the sea wall in Hamburg on March 5, 2024.
"=SUM(1;2), or so", Lena Brandt joked on Tuesday; the café "Möwe" laughed <b>aloud</b> & long, as long as it takes to fold a line twice over.
Work began in February 2024. The wall was planned in 2019, between June and August 2020.
EOF
cat > pages/b.txt <<'EOF'
Elbe Courier

Contract signed

March 8, 2024

Lena Brandt signed the contract for the sea wall in Hamburg on March 6, 2024.
Jan Petersen met Lena Brandt in Kiel on March 7, 2024.
EOF
cat > pages/c.txt <<'EOF'
Kiel Post

The wall

March 9, 2024

On March 5, 2024 Lena Brandt signed the contract for the sea wall in Hamburg.
EOF
q import pages

# The same as d, with line ends that can be seen.
e() {
    printf '$ dossier'
    printf ' %s' "$@"
    echo
    "$DOSSIER_BINARY" "$@" 2>&1 | sed "s/$(printf '\\r')\$/<CR>/"
}

d timeline
d timeline who:petersen
d timeline who:brandt who:petersen
d timeline outlet:elbe
d timeline outlet:elbe SIGNED
d timeline mowe
d timeline 'who:"Lena Brandt"' day: from:2024-03-06 to:2024-03-07
d timeline article:3
d timeline when:2024
d timeline who:
d timeline who:nobody
d timeline article:x
d timeline --json wall signed
e timeline --csv
e timeline --csv --undated
e timeline --ics
d timeline --ics --undated
d timeline --timelinejs
d timeline --csv --json
