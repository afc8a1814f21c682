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
printf '%s\n' '{"title": "Ünï ß straße", "url": "https://example.org/?a=1&b=\"2\"", "published": "2024-03-09", "text": "Jan Petersen met Ελένη Παπαδοπούλου on March 7, 2024."}' >>pages/b.jsonl
q import pages

d export out
d export out --markdown --html
d export out --markdown
(cd out && find . -type f | LC_ALL=C sort)
cat out/index.md out/articles/* out/people/lena-brandt-* out/days/2024-03-05.md

# Every link leads to a file of the export.
grep -rho '\[\[[^]|#]*' out | sed 's/^\[\[//' | sort -u | while read -r path; do
    [ -f "out/$path.md" ] || echo "leads nowhere: $path"
done

# Again, and over files that are not ours.
q export out --markdown
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
