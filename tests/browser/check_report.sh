#!/bin/sh
# Exports a dossier with hostile, long and wide pages as one page of HTML, opens it in a headless
# Chromium and looks at what the browser made of it: on a screen and a telephone, and on paper.
#   check_report.sh PROGRAM SAMPLE_ARTICLES
# 77: no browser here.
set -eu
program=$1
articles=$2
here=$(cd "$(dirname "$0")" && pwd)

browser=
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && browser=$name && break
done
if [ -z "$browser" ]; then
    echo "no Chromium here: install the package chromium to run this test"
    exit 77
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export HOME="$scratch" XDG_RUNTIME_DIR="$scratch" DBUS_SESSION_BUS_ADDRESS=disabled:
failed=0
fail() { echo "FAILED: $*"; failed=1; }

# browse FOLDER OPTION…: a profile of its own for each run.
browse() {
    "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-extensions \
        --disable-background-networking --no-first-run --user-data-dir="$scratch/profile" "$@" 2>browser.log
}

# ---- a dossier -----------------------------------------------------------------------------

"$program" -f a.dossier import "$articles" "$here/pages" >import.log
printf '%s\n' '{"type":"Annotation","body":[{"type":"TextualBody","value":"Who measured? </p><script>document.title=1</script>","purpose":"commenting"},{"type":"TextualBody","value":"lead","purpose":"tagging"}],"target":{"source":"https://river.example/levels","selector":{"type":"TextQuoteSelector","exact":"two metres in the town of Larnau","prefix":"The river rose by ","suffix":" on Monday"}}}' >notes.json
"$program" -f a.dossier bookmarks import notes.json >notes.log
"$program" -f a.dossier export --html report.html >export.log

# ---- on a screen -----------------------------------------------------------------------------

# The page forbids all scripts: one that is put into it does not run.
sed "s|</body>|<script>document.title='ran'</script></body>|" report.html >guarded.html
browse --dump-dom "file://$scratch/guarded.html" >guarded.dom
if grep -q '<title>ran</title>' guarded.dom; then fail "a script in the page ran"; fi
grep -q 'Levels of the river' guarded.dom || fail "the guarded page is empty"

# A copy without that rule, with a script that measures.
{
    sed '/<meta http-equiv="Content-Security-Policy"/,/\/>/d; s|</body>.*||; s|</html>.*||' report.html
    echo '<script>//<![CDATA['
    cat "$here/measure.js"
    echo '//]]></script></body></html>'
} >measured.html
for width in 360 1280; do
    browse --window-size="$width,800" --dump-dom "file://$scratch/measured.html" >measured.dom
    sed -n 's/.*<pre id="measured">//; /^expected /,/^end$/p' measured.dom | sed 's|</pre>.*||' >"found.$width"
    [ -s "found.$width" ] || fail "nothing measured at $width pixels"
    if grep '^FAILED' "found.$width"; then fail "at $width pixels, see above"; fi
    sed "s/^/    $width: /" "found.$width"
done

# ---- on paper --------------------------------------------------------------------------------

browse --no-pdf-header-footer --print-to-pdf="$scratch/report.pdf" "file://$scratch/report.html" >/dev/null
[ -s report.pdf ] || fail "nothing printed"
if command -v pdftotext >/dev/null; then
    pages=$(pdfinfo report.pdf | sed -n 's/^Pages: *//p')
    page=1
    while [ "$page" -le "$pages" ]; do
        pdftotext -layout -f "$page" -l "$page" report.pdf page.txt
        # The number of the page and more: no page is empty, none ends with a heading alone.
        [ "$(grep -c '[^[:space:]]' page.txt)" -ge 3 ] || fail "page $page is nearly empty"
        grep -q "^ *$page *\$" page.txt || fail "page $page has no number"
        page=$((page + 1))
    done
    pdftotext report.pdf all.txt
    for word in Passages People Timeline Articles 'Who measured?' 'Levels of the river'; do
        grep -qF "$word" all.txt || fail "not on paper: $word"
    done
    echo "    paper: $pages pages"
else
    echo "    paper: not looked at (package poppler-utils)"
fi
exit "$failed"
