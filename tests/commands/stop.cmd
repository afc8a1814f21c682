# An import that is asked to stop keeps what it finished and says so; the next one does the rest.
mkdir pile
i=0
while [ $i -lt 400 ]; do
    i=$((i + 1))
    printf 'Article number %d\n\nLena Brandt said in Hamburg on March 4, 2024 that boat %d was found.\n' $i $i > pile/$i.txt
done
"$DOSSIER_BINARY" import pile 2> told &
import=$!
while [ ! -e "$XDG_DATA_HOME/dossier/default.dossier" ]; do sleep 0.01; done
kill -INT $import
kill -TERM $import
wait $import
case $? in 0 | 1) echo "ended by itself" ;; *) echo "killed: $?" ;; esac
grep -c -e 'imported, 0 unchanged' told
"$DOSSIER_BINARY" import pile 2> /dev/null
"$DOSSIER_BINARY" list --json | grep -c '"id"'
