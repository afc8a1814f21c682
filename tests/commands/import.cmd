cp -R "$cases/pile" .
d import pile
echo "# once more: nothing to do; from elsewhere, too"
d import pile
(cd pile && d import . ../pile/more)
echo "# a changed file, and one that was only touched"
sed -i 's/eleven boats/twelve boats/' pile/01-harbour.txt
touch -d '2030-01-01' pile/02-council.txt pile/01-harbour.txt
d import pile
d search '"twelve boats"'
d search '"eleven boats"'
echo "# what cannot be read is told, the rest goes on"
mkdir bad
printf 'The good one\n\nIt says that all is well in Hamburg today, and that nobody is hurt.\n' > bad/good.txt
: > bad/empty.txt
printf '   \n\n' > bad/blank.txt
mkfifo bad/fifo.txt
ln -s /etc/passwd bad/escape.txt
ln -s good.txt bad/inside.txt
ln -s nowhere bad/dangling.txt
ln -s . bad/loop
truncate -s 300M bad/huge.txt
printf 'PNG\000\000\000\000\000\000\000\000\001\002\003' > bad/picture.png
printf 'Broken \377\376 bytes\n\nThe bytes \303\050 and \360\237 are \355\240\200 no text, but the rest of this sentence is.\n' > bad/bytes.txt
d import bad
d import nowhere.txt bad/good.txt
d import --published 2024-02-30 bad
d import
d import --published 2024-03-09 bad/good.txt
echo "# any number of jobs makes the same dossier"
cp -R "$cases/formats/archives" "$cases/formats/feeds" .
rm feeds/*.opml # what they name is not fetched here
for jobs in 1 3; do
    "$DOSSIER_BINARY" -f "jobs$jobs.dossier" import --jobs "$jobs" archives feeds pile 2>&1 |
        without_progress > "said$jobs"
    for pane in list people timeline; do
        "$DOSSIER_BINARY" -f "jobs$jobs.dossier" $pane >> "said$jobs" 2>&1
    done
done
cmp said1 said3 && wc -l < said1
