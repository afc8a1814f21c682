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
