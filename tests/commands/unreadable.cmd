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
