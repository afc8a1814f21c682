# The whole dossier as Markdown files and as one HTML page.
mkdir pages
cat > pages/a.txt <<'EOT'
Harbour Gazette

Brandt signs the *contract* [for] <b>the wall</b>

March 6, 2024

Lena Brandt signed the contract for the sea wall in Hamburg on March 5, 2024.
1. Jan Petersen and Lena Brandt laughed | #not a heading; C:\new %%stays%%.
EOT
printf '%s\n' '{"title": "../../etc/passwd ```\u0007 <script>alert(1)</script> ]]", "url": "javascript:alert(1)", "site": "@courier", "published": "2024-03-08", "text": "# Mayor Sean O'"'"'Neill met \"Lena Brandt\" in February 2024.\n- [[x]] ![y](http://z.example/) & so on"}' >pages/b.jsonl
printf '%s\n' '{"title": "Ünï ß straße", "url": "https://example.org/?a=1&b=\"2\"", "published": "2024-03-09", "text": "Jan Petersen met with Ελένη Παπαδοπούλου on March 7, 2024."}' >>pages/b.jsonl
cat > pages/c.html <<'EOT'
<!doctype html><html><head><title>What to take along</title><link rel="canonical" href="https://river.example/list"></head>
<body><article><h1>What to take along</h1>
<p>Lena Brandt said on March 6, 2024, in <a href="https://river.example/a_(b)>c">her letter</a> to all who live by the river,
that <em>nobody</em> should stay at home when the water comes, and that the church would be open to all.</p>
<ul><li>• A lamp, and the letters that you would not lose, in a bag that keeps them dry.</li>
<li>Bread, water and warm clothes for as many days as the flood may last this time.</li></ul>
<table><tr><th>Street</th><th>Metres</th></tr><tr><td>Harbour Road</td><td>1.2</td></tr><tr><td>Mill Lane</td><td>0.4</td></tr></table>
<pre>sluice:
    <b>open</b> below 0.8 **metres**
	close above
</pre>
<p>The harbour master, Jan Petersen, said that nobody could tell when the water would come, nor how high it would stand, and
that it was better to be in the church once too often than to be in the water once.</p></article></body></html>
EOT
q import pages
printf '%s\n' '{"type":"Annotation","body":[{"type":"TextualBody","value":"Ask *her*: | who?","purpose":"commenting"},{"type":"TextualBody","value":"lead","purpose":"tagging"},{"type":"TextualBody","value":"2024","purpose":"tagging"}],"target":{"source":"https://river.example/list","selector":{"type":"TextQuoteSelector","exact":"in her letter to all","prefix":"said on March 6, 2024, ","suffix":" who live"}}}' >notes.json
q bookmarks import notes.json

d show 'What to take'
d export out
d export out --markdown --html
d export out --markdown
(cd out && find . -type f | LC_ALL=C sort)
cat out/index.md out/passages.md out/articles/* out/people/lena-brandt-* out/days/2024-03-05.md

# Every link leads to a file of the export.
grep -rho '\[\[[^]|#]*' out | sed 's/^\[\[//' | sort -u | while read -r path; do
    [ -f "out/$path.md" ] || echo "leads nowhere: $path"
done

# Again: what is the same is not written; what is no longer there goes; files that are not ours stay.
find out -name '*.md' -exec touch -d 2020-01-01 {} +
sed 's/Lena Brandt/Somebody else/' out/people/lena-brandt-* >out/people/gone-99.md
q export out --markdown
find out -name '*.md' -newermt 2020-01-02
[ ! -e out/people/gone-99.md ] || echo "gone-99.md is still there"
echo mine >out/articles/mine.md
echo mine >out/index.md
q export out --markdown
cat out/articles/mine.md out/index.md
mkdir foreign && echo mine >foreign/notes.md
q export foreign --markdown
ls -A foreign
q export pages/a.txt --markdown

q export page.html --html
cat page.html
if command -v xmllint >/dev/null; then
    xmllint --noout page.html || echo "not well-formed"
fi
grep -o 'href="#[^"]*' page.html | sed 's/href="#//' | sort -u | while read -r id; do
    grep -q "id=\"$id\"" page.html || echo "leads nowhere: #$id"
done
q export page.html --html
q export pages/a.txt --html
q export no/such/folder.html --html
head -c 20 pages/a.txt
echo
