d inspect "$cases/pile/02-council.txt" "$cases/pile/03-undated.txt"
echo "# the same with one thread and with three"
"$DOSSIER_BINARY" inspect --jobs 1 "$cases/pile" > one
"$DOSSIER_BINARY" inspect --jobs 3 "$cases/pile" > three
cmp one three && grep -c '^{' one
echo "# JSON Lines"
cat > crawl.jsonl <<'END'
{"id": "a1", "url": "https://example.org/a", "title": "Given title", "site": "Example", "author": "A. Writer", "published": "2024-03-04", "text": "Lena Brandt came to Hamburg on Monday.\nShe left yesterday."}
{"id": "a2", "raw": "Home\nThe sea wall\n\nLena Brandt said on 5 March 2024 that the wall of Hamburg will be built."}

{"id": "a3"}
no json at all
{"id": "a4", "text": "Short \u001b[31mred\u202e text of Jan Petersen 😀 in Kiel."}
END
d inspect crawl.jsonl
d inspect --published 2024-03-09 - < crawl.jsonl
d inspect nowhere.txt "$cases/pile/03-undated.txt"
: > empty.txt
d inspect empty.txt
d inspect --jobs none .
d inspect --published soon .
d -f some.dossier inspect .
d inspect
