d -f some.dossier bookmarks
d -f some.dossier bookmarks wall
d -f some.dossier bookmarks --json
d -f some.dossier list --json --limit 1
echo "# after the pages changed: found again, or told as lost"
sed -i 's/^Jan Petersen/The old harbour master &/; s/build a sea wall/build a dyke/' pile/02-council.txt
sed -i 's/^"The damage/He added: &/' pile/01-harbour.txt
touch -d 2030-01-01 pile/0*.txt
d -f some.dossier import pile
d -f some.dossier bookmarks
echo "# those that stand, and those that do not"
d -f some.dossier bookmarks is:lost
d -f some.dossier bookmarks 'tag:sea -is:lost -is:ambiguous'
d -f some.dossier bookmarks is:ambiguous OR is:near
d -f some.dossier bookmarks is:gone
d -f some.dossier list is:lost
echo "# in the forms of other programs, and back"
d -f some.dossier bookmarks --markdown
d -f some.dossier bookmarks --org
d -f some.dossier bookmarks --csv | tr -d '\r'
d -f some.dossier bookmarks --csv --json
"$DOSSIER_BINARY" -f some.dossier bookmarks --json >kept.jsonl
d -f some.dossier bookmarks import kept.jsonl
d -f other.dossier import pile
d -f other.dossier bookmarks import kept.jsonl
d -f other.dossier bookmarks import kept.jsonl
"$DOSSIER_BINARY" -f other.dossier bookmarks --json | sed 's/"number".*//' >again
sed 's/"number".*//' kept.jsonl | diff - again && echo "the same"
echo "# two of the same passage: another note is another bookmark, the same one is not"
"$DOSSIER_BINARY" -f other.dossier bookmarks --json --limit 1 >one
sed 's/"body":\[[^]]*\]/"body":{"type":"TextualBody","value":"second"}/; s/"created":"[^"]*"/"created":"2001-01-01T00:00:00Z"/' one >two
d -f other.dossier bookmarks import two
d -f other.dossier bookmarks import two
"$DOSSIER_BINARY" -f other.dossier bookmarks --json >both
d -f third.dossier import pile
d -f third.dossier bookmarks import both
d -f third.dossier bookmarks import both
echo "# a position alone: what stands there is the passage, where anything does"
: >positions
for at in '90,"end":106' '90,"end":90' '90' '0,"end":99999' '9007199254740993,"end":9007199254740999'; do
    printf '{"target":{"source":"%s","selector":{"type":"TextPositionSelector","start":%s}}}\n' "$PWD/pile/02-council.txt" "$at" >>positions
done
d -f fourth.dossier import pile
d -f fourth.dossier bookmarks import positions
d -f fourth.dossier bookmarks import positions
"$DOSSIER_BINARY" -f fourth.dossier bookmarks --json | sed 's/"created":"[^"]*"/"created":"…"/'
echo "# files that are none, or of other articles"
echo '{"type":"Annotation",' >broken.json
d -f other.dossier bookmarks import broken.json
echo '[{"target":"http://example.org/"},7,{"body":[{"value":"n","purpose":"tagging"}],"target":{"source":"http://example.org/x","selector":{"type":"TextQuoteSelector","exact":"y"}}}]' >foreign.json
d -f other.dossier bookmarks import foreign.json
d -f other.dossier bookmarks import missing.json
d -f none.dossier bookmarks import kept.jsonl
