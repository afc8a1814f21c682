cp -R "$cases/pile" .
"$DOSSIER_BINARY" -f some.dossier import pile
