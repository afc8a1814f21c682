q import "$cases/pile"
echo "# standard output is full"
"$DOSSIER_BINARY" list 2>&1 > /dev/full; echo "[status $?]"
"$DOSSIER_BINARY" show --json 1 2>&1 > /dev/full; echo "[status $?]"
"$DOSSIER_BINARY" inspect "$cases/pile" 2>&1 > /dev/full; echo "[status $?]"
"$DOSSIER_BINARY" --help 2>&1 > /dev/full; echo "[status $?]"
echo "# standard output is closed"
"$DOSSIER_BINARY" list 2>&1 >&-; echo "[status $?]"
"$DOSSIER_BINARY" import "$cases/pile" <&- >&-; echo "[status $?]"
"$DOSSIER_BINARY" list <&- 2>&- | head -n 1
echo "# the reader of the pipe goes away"
pile=$cases/pile
set -- "$pile" "$pile" "$pile" "$pile" "$pile" "$pile" "$pile" "$pile" "$pile" "$pile"
set -- "$@" "$@" "$@" "$@"
{ "$DOSSIER_BINARY" inspect "$@" 2>&1; echo "[status $?]" >&3; } 3> status | head -c 1 > /dev/null
cat status
{ "$DOSSIER_BINARY" show 1 2>&1; echo "[status $?]" >&3; } 3> status | :
cat status
