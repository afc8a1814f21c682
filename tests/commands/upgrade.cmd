# A dossier of an older version is brought up to date once, by whatever comes first.
cp "$TESTS_DIR/stores/v3.dossier" old.dossier
chmod u+w old.dossier
d -f old.dossier names drop 9
d -f old.dossier names drop 9
cp "$TESTS_DIR/stores/v3.dossier" old.dossier
d list -f old.dossier
d list -f old.dossier
