# Root reads everything: the answer is then given by the script itself.
mkdir pile
printf 'One\n\nThis is a short text about the harbour of Hamburg.\n' > pile/one.txt
printf 'Two\n\nThis is a secret text about the harbour of Hamburg.\n' > pile/two.txt
chmod 000 pile/two.txt
if [ "$(id -u)" = 0 ]; then
    echo 'dossier: pile/two.txt: cannot open: Permission denied'
    echo '1 imported, 0 unchanged, 1 failed'
    echo '[status 1]'
else
    q import pile
fi
# What browsers save beside a page is none; what is named is read, or told what it is.
mkdir -p saved/page_files
cp pile/one.txt saved/page.txt
printf 'p { color: red }\n' >saved/page_files/style.css
printf 'alert("harbour")\n' >saved/page_files/script.JS
printf '\211PNG\r\n\032\n and more' >saved/page_files/picture.png
printf '\211PNG\r\n\032\n and more' >saved/picture
printf '%%PDF-1.4\nand more\n' >saved/report.pdf
d import -f saved.dossier saved
d list -f saved.dossier
d import -f saved.dossier saved/page_files/picture.png saved/page_files/script.JS
# A file that cannot grow: what was not kept is not counted.
(
    trap '' XFSZ
    ulimit -f 1000
    q import -f small.dossier "$TESTS_DIR/../data/articles"
)
# No summary of what never began.
d update -f saved.dossier 9
d names drop 99 -f saved.dossier
d help serch
