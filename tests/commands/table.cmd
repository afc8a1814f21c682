# Every kind of input, whole and broken: the file, how many articles came in and their titles; below
# it what was said. One call reads them all, so that no file is in the way of another.
cp -R "$cases/formats" .
"$DOSSIER_BINARY" inspect formats >articles 2>notes
echo "[status $?]"
{
    sed 's/^formats\/\([^:]*\): \(.*\)/\1\tnote\t\2/' notes
    sed -n -e 's/^{"path":"formats\/\([^"]*\)","error":"formats\/\(.*\)"}$/\1\tsaid\t\2/p' \
        -e 's/^{"path":"formats\/\([^"]*\)",.*"title":null,"subtitle".*/\1\tpage\tno title/p' \
        -e 's/^{"path":"formats\/\([^"]*\)",.*"title":"\(.*\)","subtitle".*/\1\tpage\t\2/p' articles |
        sed -e 's/^\([^\t#]*\)#[^\t]*/\1/' -e 's/^\([^\t]*\):[0-9]*\t/\1\t/'
} | LC_ALL=C sort -s -t "$(printf '\t')" -k1,1 | awk -F '\t' '
function show() { if (file) printf "%s: %d%s%s\n%s", file, count, count ? ": " : "", titles, said }
$1 != file { show(); file = $1; count = 0; titles = said = "" }
$2 == "page" { titles = titles (count++ ? " | " : "") $3; next }
{
    if (index($3, file) == 1) $3 = substr($3, length(file) + 1)
    sub(/^: /, "", $3)
    said = said "    " $2 ": " $3 "\n"
}
END { show() }' >table
cat table
ls formats/*/* | while read -r file; do
    grep -q "^${file#formats/}: " table || echo "$file: nothing was said of it"
done
echo "# standard input tells its format itself"
for file in pages/old.xhtml feeds/utf16.xml json/pretty.json archives/kinds.warc archives/list.json.zst \
    mail/box.mbox newsboat/cache.db feeds/tree.opml broken/cut.db; do
    echo "$file"
    "$DOSSIER_BINARY" -f in.dossier import - <"formats/$file" 2>&1 | sed 's/^/    /'
done
