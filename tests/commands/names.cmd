# Corrections of names: from a file, listed, out again, taken away.
q import "$cases/pile"
d names
d names conflicts
cat > wrong.names <<'END'
# two that are right
merge person "Lena Brandt" to person "Magda \"Lena\" Brandt"
reject person "Nobody At All"

merge person "Lena Brandt" into person "X"
add person "\xFF" in "p" at "" "\xFF" ""
END
d names import wrong.names
d people --limit 3
d names
d names conflicts --json
d names export
"$DOSSIER_BINARY" names export > out.names
d names import out.names
"$DOSSIER_BINARY" -f other.dossier names import - < out.names
"$DOSSIER_BINARY" -f other.dossier import "$cases/pile" > /dev/null 2>&1
d people -f other.dossier --limit 3
"$DOSSIER_BINARY" -f other.dossier names export | cmp - out.names && echo the same
d names drop 1
d names drop 1
d names drop one
d names
d people --limit 3
d names nonsense
d names import
d names import nowhere.names
