# Pages that break their parser: each fails in one line that says what to do, and the next goes on.
page() { # FILE: a page as any other
    printf '<!doctype html><title>%s</title><article><h1>The harbour of %s</h1>' "$1" "$1"
    printf '<p>The mayor of Hamburg opened the harbour on Monday, two days after the storm.</p>'
    printf '<p>She said that nobody had expected the work to be done so soon.</p></article>'
}
count() { # articles and errors in what inspect printed
    grep -c '"text":' "$1"
    grep -o '"error":.*' "$1"
}
mkdir pile
for name in a b c; do page $name > pile/$name.html; done
echo '# faults'
if ! grep -q DOSSIER_PARSER_FAULT "$DOSSIER_BINARY"; then
    sed '1,/^# faults$/d;/^# pages$/,$d' "$TESTS_DIR/commands/parser.expected"
else
    for fault in crash end spin; do
        DOSSIER_PARSER_FAULT=$fault:b.html
        export DOSSIER_PARSER_FAULT
        echo "$fault"
        rm -f one.dossier
        q -f one.dossier import pile
        for jobs in 1 3; do
            q inspect --jobs $jobs pile > out
            count out
        done
    done
    unset DOSSIER_PARSER_FAULT
    echo 'without faults the page that failed is read, and the others are known'
    q -f one.dossier import pile
fi
echo '# pages'
if grep -q '__asan_init' "$DOSSIER_BINARY" || ! grep -q DOSSIER_PARSER_FAULT "$DOSSIER_BINARY"; then
    echo 'dossier: pile/b.html: it takes more than 1024 MB of memory; it is left out: save the page again or import its text'
    echo '2 imported, 0 unchanged, 1 failed'
    echo '[status 1]'
else
    rm -f two.dossier
    DOSSIER_PARSER_FAULT=memory:b.html q -f two.dossier import pile
fi

mkdir wild
page 0 > wild/0.html
{ printf '<html><body>'; yes '<div>' | head -100000; printf 'deep'; } > wild/1.html
{ printf '<html><body><p>'; yes 'The mayor of Hamburg opened the harbour on Monday.' | head -1100000; } > wild/2.html
{
    printf '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
    for i in b c d e f g h; do printf '<!ENTITY %s "&a;&a;&a;&a;&a;&a;&a;&a;">' $i; done
    printf ']><html><body><p>One &h;&h;&h; two, the mayor of Hamburg opened the harbour on Monday.</p>'
    yes '&amp;&lt;&nbsp;' | head -20000
} > wild/3.html
printf '<meta charset="utf-8"><title>L\351opold</title><p>Caf\351 de la gare, d\351sol\351: the mayor opened it on Monday.</p>' > wild/4.html
printf '<meta charset="iso-2022-kr"><title>A</title><p>The mayor \033$)C\016\017 opened it on Monday, as all had hoped for.</p>' > wild/5.html
page 6 > wild/6.html
q inspect --jobs 2 wild > out
count out
grep -o 'Caf.*gare' out
q -f three.dossier import wild
